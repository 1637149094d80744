import json
import re
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest
import weasyprint

from pipeline.edition.design import FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.model import Kind, MarkKind
from tests.support import rich
from tests.support.pages import PROSE, built, cells, html, rich_page, words


@pytest.mark.parametrize(
    ("date", "moment", "day"),
    [
        ("2016-10-30", "2016-10-30T00:00:00Z", "2016-10-30"),
        ("2016-10", "2016-10", "2016-10-01"),
        ("2016", "2016", "2016-01-01"),
        ("", "1970-01-01T00:00:00Z", "1970-01-01"),
    ],
)
def test_a_file_is_dated_as_far_as_its_document(date, moment, day):
    job = json.loads(next(pdf.sheets(built("عنوان", str, date=date))).job)
    assert job["html"].count(f'content="{moment}"') == 2
    assert f"<xmp:CreateDate>{moment}</xmp:CreateDate>" in job["rdf"]
    assert job["date"] == day  # of what is attached, which a PDF dates to the second


HOSTILE = '<img src="file:///etc/passwd"><link rel=attachment href=x>&lt;<script>alert(1)</script>'


def test_text_is_text_and_never_markup():
    source = f"{PROSE} {HOSTILE}"
    made = html(f"عنوان\n{source}", lambda text: HOSTILE, issuer=HOSTILE)
    elements = [element.tag for element in fromstring(made).iter()]
    assert not {"img", "script", "link"} & set(elements)
    assert "&lt;img src=" in made


def test_every_direction_is_stated_by_the_language():
    made = html(f"عنوان\n{PROSE}", lambda text: "Text", lang="fr")
    cells = re.findall(r'class="cell column-(\d) (\w+)[^"]*" lang="(\w+)" dir="(\w+)"', made)
    assert set(cells) == {("0", "source", "fa", "rtl"), ("1", "target", "fr", "ltr")}


def test_a_sheet_changes_when_and_only_when_the_page_does():
    (one,), (same,) = pdf.sheets(built(PROSE, str.upper)), pdf.sheets(built(PROSE, str.upper))
    (other,) = pdf.sheets(built(PROSE, lambda text: "x"))
    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("address", "is_link"), [("https://a.example", True), ("javascript:alert(1)", False), ("#x", False)]
)
def test_only_addresses_of_the_web_and_of_mail_become_links(address, is_link):
    one = rich.block(Kind.PARAGRAPH, "این نشانی است.", ("نشانی", MarkKind.LINK, address))
    made = rich_page(blocks=(one,))
    assert [link.get("href") for link in made.iter("a")] == [address] * 2 * is_link


def test_words_of_another_script_in_several_spans_stay_in_their_own_order():
    source = next(cell for cell in cells(rich_page(), "fa", "paragraph") if cell.find(".//sub") is not None)
    runs = [run for run in source.iter("span") if run.get("class") == "apart"]
    assert [(words(run), run.get("dir")) for run in runs] == [("H2O", "ltr"), ("۱۰m2", "ltr")]


def test_a_short_title_stands_in_the_heads_of_pages_and_the_whole_title_above_the_text():
    title = "عنوانی که برای سر صفحه‌ها درازتر از آن است که در یک خط جا شود"
    made = weasyprint.HTML(
        string=html(f"{title}\n\n{PROSE}", lambda text: f"<{text}>", short_title="کوتاه")
    ).etree_element
    heads = [words(one) for one in made.iter("div") if one.get("class", "").startswith("head ")]
    assert heads == ["کوتاه", "<کوتاه>"]
    assert [words(one) for one in made.iter("h1")] == [title, f"<{title}>"]


LAYOUTS = [
    (("en",), Design()),
    (("en",), Design(SINGLE)),
    (("en",), Design(FACING, Paper.A5)),
    (("en",), Design(FACING, print=LARGE)),
    (("en", "fr"), Design(print=LARGE)),
]


@pytest.mark.parametrize(("langs", "design"), LAYOUTS)
def test_pages_of_every_layout_say_how_many_there_are(langs, design):
    made = rich.edition(*langs, blocks=(*rich.BLOCKS[:4], *[rich.block(Kind.PARAGRAPH, PROSE * 6)] * 12))
    content = pdf.typeset(next(pdf.sheets(made, design, release=True))).content
    pages = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in pages]
    numbers = [number for text in texts for number in re.findall(r"Page (\d+) of (\d+)", text)]
    assert numbers and {of for _, of in numbers} == {str(len(pages))}
    others = range(2, len(pages), 2) if design.layout is FACING else range(1, len(pages) + 1)
    assert [int(number) for number, _ in numbers] == [*others]


def test_three_languages_in_large_print_have_a_number_and_a_stamp_in_each(tmp_path):
    made = rich.edition("en", "fr", blocks=(*rich.BLOCKS[:4], *[rich.block(Kind.PARAGRAPH, PROSE * 6)] * 4))
    for release, wanted in ((True, ("Page 2 of", "Page 2 sur", "از ۲")), (False, ("Draft", "provisoire", "پیش"))):
        content = pdf.typeset(next(pdf.sheets(made, Design(print=LARGE), release=release))).content
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
        assert all(words in (texts[1] if release else " ".join(texts[1:4])) for words in wanted)
