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
    "https://www.facebook.com/page/posts/1?eav=AfZ0x&paipv=0",
    "https://news.example/p?msclkid=0a1b",
    "https://www.nytimes.com/2026/p.html?regi_id=12345",
    "https://zoom.us/j/123?pwd=QmV4",
    "https://org-my.sharepoint.com/personal/sara_org/x.docx",
    "https://www.change.org/p/x?recruiter=12345",
    "https://actionnetwork.org/petitions/x?can_id=0a1b2c",
    "https://act.union.example/sign/x/?akid=12.345.aB-c",
    "https://union.example/civicrm/x?id=4&cs=0a1b2c3d4e_1700000000_168",
    "https://us02web.zoom.us/w/123?tk=aBc",
    "https://u1.ct.sendgrid.net/ls/click?upn=u001.abc",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A",
    "https://news.example/a;jsessionid=0ABC.n1?id=3",
    "https://news.example/x?source=email-12ab-1",
    "https://union.example/civicrm/mailing/view?id=4&cid=77",
]
KEPT = [
    "https://news.example/p?cs=utf8&tk=3",
    "https://news.example/page?id=3",
    "https://news.example/page?cid=3&source=rss",
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


@pytest.mark.parametrize(
    ("part", "is_told"),
    [
        ("?x=5f3a9c0b1d2e4f60a1", True),
        ("?page=2&t=c2FyYUB4LmV4YW1wbGU", True),
        ("#k=550e8400-e29b-41d4-a716-446655440000", True),
        ("?context=%7B%22Oid%22%3A%22550e8400-e29b-41d4-a716-446655440000%22%7D", True),
        (";k=5f3a9c0b1d2e4f60a1?page=2", True),
        ("?list=PL0a1b2c3d4e5f6a7b8c9d0", False),
        ("?id=5f3a9c0b1d2e4f60a1b2c3d4", False),
        ("?date=20261128T102211Z", False),
        ("?q=%D8%A7%D8%B9%D8%AA%D8%B5%D8%A7%D8%A8", False),
        ("?name=report-of-the-council-11-2026.pdf#section-2-of-the-report", False),
    ],
)
def test_what_looks_like_the_key_of_a_person_is_told_under_whatever_name_and_travels_in_no_digest(part, is_told):
    address = f"https://news.example/p{part}"
    page = f'<h1>Appeal of the council</h1><p>Read <a href="{address}">this</a> and come to the meeting.</p>'
    document = formats.read(page.encode(), "appeal.html", SHIPPED["en"], Corrections())
    assert [mark.value for block in document.blocks for mark in block.marks] == [address]  # it may lead nowhere else
    assert any("the key of one reader" in remark for remark in document.remarks) is is_told
    assert tracking.anonymous(address) == (
        address if not is_told else f"https://news.example/p{'?page=2' if 'page' in part else ''}"
    )


@pytest.mark.parametrize("suffix", ["txt", "html"])
@pytest.mark.parametrize("address", KEPT)
def test_nothing_is_said_of_other_addresses(address, suffix):
    assert not remarks(address, suffix)


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        ("".join(chr(0xE0000 + ord(one)) for one in "copy of sara"), True),
        ("\U000e0101\U000e0155\U000e0140", True),
        ("\ufe01\ufe0c\ufe03", True),
        ("\u200b\u200c\u200d\u2060\u2062", True),
        ("\u200c", False),
        ("\u200d\u200c\u200d", False),
        ("❤\ufe0f", False),
        ("葛\U000e0100", False),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", False),
        ("👩\u200d👩\u200d👧\u200d👦", False),
    ],
)
def test_what_nobody_sees_and_may_say_whose_copy_it_is_is_told(row, is_told):
    text = f"Appeal of the council\n\nWe call on all people{row} to come to the meeting.\n"
    document = formats.read(text.encode(), "appeal.txt", SHIPPED["en"], Corrections())
    told = [remark for remark in document.remarks if "nobody sees" in remark and "all people" in remark]
    assert bool(told) is is_told


def test_a_pasted_link_leads_to_the_page_alone_and_its_words_are_told_of():
    page = f'<h1>Appeal of the council</h1><p>Read <a href="{TOLD[1]}">{TOLD[1]}</a> and come to the meeting.</p>'
    document = formats.read(page.encode(), "appeal.html", SHIPPED["en"], Corrections())
    assert [mark.value for block in document.blocks for mark in block.marks] == ["https://news.example/p"]
    assert [remark.partition(":")[2][:10] for remark in document.remarks] == [" links sho", " addresses"]


def test_many_addresses_are_one_remark():
    (remark,) = tracking.said("x.txt", [" ".join(f"{TOLD[0]}{number}" for number in range(3000))])
    assert "3000, such as" in remark and len(remark) < 400


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Read https://union.example/view?id=4&token=reza&email=reza%40b.example now.", "Read https://union.example/view?id=4 now."),
        ("Leave: https://union.us1.list-manage.com/unsubscribe?u=1&e=reza&c=3", "Leave: union.us1.list-manage.com/…"),
        ("(www.a.example/?utm_source=reza), and on", "(www.a.example/), and on"),
        ("https://reza:word@a.example/x.", "a.example/…."),
        ("https://[reza", "…"),
        ("请看https://a.example/p?token=reza。谢谢", "请看https://a.example/p。谢谢"),
        ("【https://a.example/p?token=reza】と言う", "【https://a.example/p】と言う"),
        ("https://a.example/p?token=reza请看", "https://a.example/p请看"),
        ("https://a.example/p?token=reza،متن و https://a.example/unsubscribe/reza؛متن", "https://a.example/p،متن و a.example/…؛متن"),
        ("See https://a.example/x?id=1.", "See https://a.example/x?id=1."),
    ],
)  # fmt: skip
def test_addresses_in_a_text_that_travels_say_nothing_of_a_reader(text, shown):
    assert tracking.shortened(text) == shown


def test_what_sites_write_into_addresses_is_taken_out_and_the_rest_stays():
    for told in ("__cft__[0]=AZW0x&__tn__=%2CO", "__cft__%5B0%5D=AZW0x", "msclkid=0a1b", "sender_web_id=7", "pwd=QmV4"):
        assert tracking.untracked(f"https://a.example/p?{told}&id=3") == "https://a.example/p?id=3"
    for kept in ("leave=1", "crowd=pwd", "tn=1"):
        assert tracking.untracked(f"https://a.example/p?{kept}") == f"https://a.example/p?{kept}"
