"""Feeds of every kind become entries with an address, a title and a day; what is no feed is refused."""

from contextlib import suppress

import pytest

from pipeline.errors import InboxError
from pipeline.inbox import feeds

AT = "https://partner.example/feed.xml"
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
<entry><title type="html">Unions &amp;amp; &lt;b&gt;strikes&lt;/b&gt;</title><link href="/2026/strike"/>
<updated>2026-11-20T10:00:00Z</updated><content type="html">&lt;p&gt;We demand bread.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content></entry>
<entry><title>Two</title><link href="https://partner.example/two"/><summary type="text">1 &lt; 2</summary></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>F</title><item><title>بیانیه</title>
<link>https://partner.example/fa</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>متن</description></item>
<item><title>No address</title></item><item><title>x</title><link>http://partner.example/plain</link></item>
<item><title>y</title><link>javascript:alert(1)</link></item></channel></rss>"""


def entries(*words):
    return feeds.read(*words).entries


def test_atom_with_relative_addresses_markup_in_titles_and_scripts():
    first, second = entries(ATOM.encode(), AT)
    assert (first.address, first.title, first.date) == (
        "https://partner.example/2026/strike", "Unions & strikes", "2026-11-20",
    )  # fmt: skip
    assert "We demand bread." in first.page and "x()" not in first.page
    assert (second.title, second.date, second.page) == ("Two", "", "<p>1 &lt; 2</p>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1256"])
def test_rss_in_any_encoding_and_only_what_lies_on_the_web(encoding):
    stated = f'<?xml version="1.0" encoding="{encoding}"?>'
    found = feeds.read((stated + RSS.replace("ی", "ي")).encode(encoding), AT)
    one, other = found.entries
    assert (one.address, one.title, one.date) == ("https://partner.example/fa", "بيانيه", "2026-11-20")
    assert (other.address, found.unaddressed, found.beyond) == ("https://partner.example/plain", 2, 0)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("http://partner.example/1", "https://partner.example/1"),
        ("http://www.partner.example/1", "https://www.partner.example/1"),
        ("http://other.example/1", "http://other.example/1"),
        ("https://partner.example/a b", "https://partner.example/a%20b"),
    ],
)
def test_links_as_old_sites_have_them_lead_somewhere(link, address):
    rss = f"<rss version='2.0'><channel><item><title>A</title><link>{link}</link></item></channel></rss>"
    assert [one.address for one in entries(rss.encode(), AT)] == [address]


def test_a_charset_that_lies_does_no_harm():
    stated = '<?xml version="1.0" encoding="us-ascii"?>'
    assert entries((stated + RSS).encode(), AT)[0].address == "https://partner.example/fa"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 100, b"<html><p>No feed</p></html>", b"text", b"{}", bytes(range(256)), b"/etc/passwd"],
)
def test_what_is_no_feed_is_refused(content):
    with pytest.raises(InboxError, match=r"^https://partner\.example/feed\.xml: not a feed"):
        entries(content, AT)


def test_entities_without_end_and_files_of_this_machine_are_not_read(tmp_path):
    (tmp_path / "secret").write_text("secret words")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for declared, used in ((f'<!ENTITY l0 "lol">{lol}', "&l11;"), (f'<!ENTITY x SYSTEM "{tmp_path}/secret">', "&x;")):
        hostile = f"<!DOCTYPE rss [{declared}]>" + RSS.replace("بیانیه", used)
        with suppress(InboxError):
            assert all("secret" not in one.title + one.page for one in entries(hostile.encode(), AT))


def test_a_feed_without_end_is_cut_or_refused(monkeypatch):
    item = "<item><title>t</title><link>https://partner.example/{}</link></item>"
    many = RSS.replace("</channel>", "".join(map(item.format, range(1000))) + "</channel>")
    found = feeds.read(many.encode(), AT)
    assert len(found.entries) <= feeds.MOST_ENTRIES and found.beyond == 1004 - feeds.MOST_ENTRIES
    with pytest.raises(InboxError, match="larger than"):
        entries(b" " * (feeds.MOST_BYTES + 1), AT)
    monkeypatch.setattr(feeds, "_SECONDS", 1)
    with pytest.raises(InboxError, match="not a feed"):
        entries(b"<a>" * 300_000, AT)


@pytest.mark.parametrize(
    "address", ["https://a:99999/", "https://a:b/", "https://[::1", "https://\u2100/", "https://a:0/"]
)
def test_an_address_that_cannot_be_is_left_out_and_the_rest_read(address):
    items = "".join(f"<item><title>A</title><link>{link}</link></item>" for link in (address, "https://b.example/1"))
    content = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()
    assert [entry.address for entry in entries(content, "https://b.example/feed")] == ["https://b.example/1"]


def test_a_day_that_is_none_costs_nothing_but_the_day():
    items = "".join(
        f"<item><title>{day}</title><link>https://other.example/{n}</link><pubDate>{day}</pubDate></item>"
        for n, day in enumerate(
            ["yesterday", "2 days ago", "Fri, 32 Nov 2026 99:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT"]
        )
    )
    found = entries(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "https://a.example/")
    assert [entry.date for entry in found] == ["", "", "", "2026-11-20"]


def test_a_feed_that_states_no_encoding_is_utf_8_if_it_can_be():
    content = (
        "<rss version='2.0'><channel><item><title>بیانیه</title><link>https://a.example/1</link></item></channel></rss>"
    )
    for charset in ("", "iso-8859-1"):
        assert entries(content.encode(), "https://a.example/", charset)[0].title == "بیانیه"
    assert (
        entries(content.replace("ی", "ي").encode("windows-1256"), "https://a.example/", "windows-1256")[0].title
        == "بيانيه"
    )
