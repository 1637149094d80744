"""What addresses say of those who followed them is told of where readers see it."""

import pytest

from pipeline.document import formats, tracking
from pipeline.document.corrections import Corrections
from pipeline.languages import SHIPPED

TOLD = [
    "https://list.example/page?id=3&mc_eid=0a1b2c3d4e",
    "https://news.example/p?fbclid=IwAR2x",
    "www.news.example/p?a=1&utm_source=whatsapp",
    "HTTPS://NEWS.EXAMPLE/?email=sara%40x.example",
    "https://www.linkedin.com/posts/x-1?rcm=ACoAAB",
    "https://org-my.sharepoint.com/personal/sara_org/x.docx",
]
KEPT = [
    "https://news.example/page?id=3",
    "https://news.example/2026/11/30/strike.html#part-2",
    "www.news.example",
    "https://[x.example/?fbclid=1",
    "sara@news.example",
]


def remarks(address: str, suffix: str) -> list[str]:
    words = f"Read more at {address} and come to the meeting in the hall of the harbour."
    page = f"<h1>Appeal of the council</h1><p>{words.replace('&', '&amp;')}</p><p>The strike goes on.</p>"
    texts = {"txt": f"Appeal of the council\n\n{words}\n", "md": f"# Appeal of the council\n\n{words}\n", "html": page}
    document = formats.read(texts[suffix].encode(), f"appeal.{suffix}", SHIPPED["en"], Corrections())
    assert any(address in block.text for block in document.blocks)  # words are never changed
    return [remark for remark in document.remarks if "addresses in the text" in remark]


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
@pytest.mark.parametrize("address", TOLD)
def test_an_address_that_tells_of_its_reader_is_quoted(address, suffix):
    (remark,) = remarks(address, suffix)
    assert remark.startswith(f"appeal.{suffix}: ") and address[:40] in remark


@pytest.mark.parametrize("suffix", ["txt", "html"])
@pytest.mark.parametrize("address", KEPT)
def test_nothing_is_said_of_other_addresses(address, suffix):
    assert not remarks(address, suffix)


def test_a_pasted_link_leads_to_the_page_alone_and_its_words_are_told_of():
    page = f'<h1>Appeal of the council</h1><p>Read <a href="{TOLD[1]}">{TOLD[1]}</a> and come to the meeting.</p>'
    document = formats.read(page.encode(), "appeal.html", SHIPPED["en"], Corrections())
    assert [mark.value for block in document.blocks for mark in block.marks] == ["https://news.example/p"]
    assert [remark.partition(":")[2][:10] for remark in document.remarks] == [" links sho", " addresses"]


def test_many_addresses_are_one_remark():
    (remark,) = tracking.said("x.txt", [" ".join(f"{TOLD[0]}{number}" for number in range(3000))])
    assert "3000, such as" in remark and len(remark) < 400
