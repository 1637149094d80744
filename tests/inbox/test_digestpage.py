"""The page of a digest: whole by itself, every foreign text as text, in its language and direction."""

import html.parser
import itertools
import re

import pytest

from pipeline.inbox import digest, digestpage
from pipeline.inbox.digest import Digest, Opening
from pipeline.languages import SHIPPED
from pipeline.model import Permission
from tests.inbox.test_digest import item, read
from tests.support import chromium

FA, EN = SHIPPED["fa"], SHIPPED["en"]
HOSTILE = '<script>alert(1)</script><img src=x onerror="x">&lt;b&gt; \u202etxt.exe'


def made(*entries, more=0, topics=None, since=""):
    return Digest("d", since, tuple(entries), more, topics or {})


def entry(lang="fa", drafts=None, topic="", text=("One.",), **stated):
    return digest.entry(item(**stated), topic, Opening((text,)), lang, drafts or {})


class Read(html.parser.HTMLParser):
    """The elements of a page, each with its attributes and its own words."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(page)

    def facts(self):
        """What is said of the first text."""
        place = self.elements.index(self.of("facts")[0])
        spans = itertools.takewhile(lambda one: one[0] == "span", self.elements[place + 1 :])
        return " · ".join(words for _, _, words in spans)

    def handle_starttag(self, tag, attributes):
        self.elements.append([tag, dict(attributes), ""])
        if tag not in ("meta", "img", "br"):
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open:
            self.open[-1][2] += data

    def of(self, kind):
        return [one for one in self.elements if kind in one[1].get("class", "").split()]


def page(of, language=FA):
    return Read(digestpage.html(of, language, SHIPPED))


def test_nothing_of_others_is_markup_and_nothing_is_fetched():
    hostile = entry(
        title=HOSTILE, partner=HOSTILE, address=f"https://a.example/{HOSTILE}".replace(" ", ""), like=HOSTILE,
        document=HOSTILE, date=HOSTILE, topic=HOSTILE, text=digest.opening(read(f"A title\n\n{HOSTILE}")).paragraphs[0],
    )  # fmt: skip
    content = digestpage.html(made(hostile, topics={HOSTILE: HOSTILE}), FA, SHIPPED)
    parsed = Read(content)
    tags = {tag for tag, _, _ in parsed.elements}
    assert not tags & {"script", "img", "b", "link", "iframe", "object"} and "\u202e" not in content
    names = {name for _, attributes, _ in parsed.elements for name in attributes}
    assert not names & {"src", "style"} and not any(name.startswith("on") for name in names)
    assert "url(" not in content and "@import" not in content and "default-src 'none'" in content
    assert not parsed.open


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://a.example/", "data:text/html,x", "kari@a.example"])
def test_only_what_is_on_the_web_is_a_link_and_nobody_is_named(address):
    content = digestpage.html(made(entry(address=address)), FA, SHIPPED)
    assert "<a " not in content and address not in content
    assert ("با ایمیل" in content) == ("@" in address)
    assert address not in digestpage.text(made(entry(address=address)), FA, SHIPPED)


def test_no_service_of_a_browser_is_given_the_texts():
    shown = digestpage.html(made(entry()), FA, SHIPPED)
    assert '<html lang="fa" dir="rtl" translate="no">' in shown and 'content="notranslate"' in shown


def test_every_text_has_its_language_and_direction():
    drafted = entry(drafts={"A title": "عنوان", "One.": "یک."}, text=("One.", "Two."))
    shown = page(made(drafted, entry(number=2)))
    (original,) = shown.of("original")
    assert (original[1]["lang"], original[1]["dir"], original[2]) == ("en", "ltr", "A title")
    (foreign,) = shown.of("foreign")
    assert (foreign[1]["lang"], foreign[1]["dir"], foreign[2]) == ("en", "ltr", "Two.")
    assert shown.of("mark")[1][2] == "ترجمۀ ماشینیِ بازبینی‌نشده · متن اصلی به زبان انگلیسی"
    assert shown.elements[0][1] == {"lang": "fa", "dir": "rtl", "translate": "no"}


def test_what_no_machine_translated_says_so_and_what_needs_none_says_nothing():
    (mark,) = page(made(entry())).of("mark")
    assert mark[2] == "ترجمه‌نشده · متن اصلی به زبان انگلیسی"
    assert page(made(entry()), EN).of("mark") == []
    (mark,) = page(made(digest.entry(item(lang="xx"), "", Opening(), "fa", {}))).of("mark")
    assert mark[2].endswith("\u2068xx\u2069")


def test_it_says_whether_a_text_may_be_published_where_it_is_and_what_is_like_it():
    stated = entry(permission=Permission.GRANTED, number=12, like="number 3", document="call", date="2026-11-26")
    facts = page(made(stated)).facts()
    assert facts == (
        "۵ آذر ۱۴۰۵ (۲۶ نوامبر ۲۰۲۶) · بازنشر مجاز است · صندوق ورودی، شمارۀ ۱۲ · پذیرفته‌شده با عنوان سند \u2068call\u2069"
        " · همانند: صندوق ورودی، شمارۀ ۳"
    )
    refused = page(made(entry(permission=Permission.REFUSED, like="call")), EN).facts()
    assert refused == "Received 27 November 2026 · May not be republished · Inbox no. 1 · Similar to: \u2068call\u2069"


def test_an_empty_one_says_so():
    for of in (made(), made(since="2026-11-20")):
        (nothing,) = page(of).of("nothing")
        assert nothing[2] == "چیزی نرسیده است." and nothing[2] in digestpage.text(of, FA, SHIPPED)
    assert page(made(since="2026-11-20"), EN).of("stated")[0][2] == "Since 20 November 2026"


@pytest.mark.parametrize("code", list(SHIPPED))
def test_every_language_has_all_its_words(code):
    language, english = SHIPPED[code], SHIPPED["en"].digest
    own = {name: getattr(language.digest, name) for name in english.__slots__}
    if code != "en":
        assert [name for name, text in own.items() if text == getattr(english, name)] == []
    of = made(entry(lang=code, partner="oslo"), entry(lang=code, number=2), more=3, topics={"a": "A"})
    for made_of in (digestpage.html(of, language, SHIPPED), digestpage.text(of, language, SHIPPED)):
        words = re.sub("<style>.*?</style>", "", made_of, flags=re.DOTALL)
        assert "{" not in words and language.digest.title in words and own["more"].partition("{")[0] in words


def test_headings_skip_no_level_and_partners_are_in_the_contents():
    for topic, expected in (("", ["h1", "h2", "h3", "h2", "h3"]), ("a", ["h1", "h2", "h3", "h4", "h2", "h3", "h4"])):
        shown = page(made(entry(partner="oslo", topic=topic), entry(number=2, topic=topic), topics={"a": "A"}))
        assert [tag for tag, _, _ in shown.elements if re.fullmatch("h[1-6]", tag)] == expected
        assert [attributes["href"] for tag, attributes, _ in shown.elements if tag == "a"] == ["#from-1", "#from-2"]
        ids = [attributes["id"] for _, attributes, _ in shown.elements if "id" in attributes]
        assert ids == ["from-1", "from-2"]


def test_a_paragraph_in_one_language_is_one_in_plain_text_and_a_sentence_in_another_turns_none_round():
    arabic = ("تحيّي منظمتنا النساء.", "إن النساء لم يعدن.")
    plain = digestpage.text(made(entry(lang="en", text=arabic, title="بيان")), EN, SHIPPED)
    assert f"\n{' '.join(arabic)}\n" in plain and "\nبيان\n" in plain
    mixed = digestpage.text(made(entry(drafts={"One.": "یک."}, text=("One.", "Two."))), FA, SHIPPED)
    assert "\nیک. \u2068Two.\u2069\n" in mixed


def test_plain_text_says_the_same():
    drafted = entry(drafts={"A title": "عنوان", "One.": "یک."}, partner="oslo", address="https://a.example/x")
    text = digestpage.text(made(drafted, more=2), FA, SHIPPED)
    for words in ("oslo", "عنوان", "A title", "یک.", "https://a.example/x", "ماشینی", "شمارۀ ۱", ": ۲"):
        assert words in text


def test_on_a_telephone_and_at_a_desk_nothing_is_cut_off_and_everybody_can_read_it(tmp_path, browser):
    long = entry(drafts={"A title": "عنوان " * 30}, text=("https://a.example/" + "x" * 500, "漢字"), partner="oslo")
    of = made(long, entry(number=2, topic="a", title="x" * 250, partner="y" * 60), topics={"a": "A"}, more=2)
    for code, width in (("fa", 320), ("en", 390), ("fa", 1280)):
        (tmp_path / "d.html").write_text(digestpage.html(of, SHIPPED[code], SHIPPED), "utf-8")
        with chromium.page(browser, viewport={"width": width, "height": 900}) as (shown, said):
            shown.goto(f"file://{tmp_path / 'd.html'}")
            assert shown.evaluate("document.documentElement.scrollWidth") <= width, (code, width)
            assert chromium.faults(shown) == []
            assert [one for one in said if not one.endswith("d.html")] == []


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://a.example/post?id=3&mc_eid=reza&utm_source=rss&token=reza", "https://a.example/post?id=3"),
        ("https://a.example/post?id=3", "https://a.example/post?id=3"),
        ("https://a.example/?to=reza%40b.example", ""),
        ("https://[reza", ""),
    ],
)
def test_the_address_of_a_text_says_nothing_of_who_reads_it(address, printed):
    """A feed names its reader in the addresses of its texts, and every mail server on its way can read a digest."""
    of = made(entry(address=address))
    links = [attributes["href"] for tag, attributes, _ in page(of).elements if tag == "a"]
    assert links == [printed] * bool(printed)
    text = digestpage.text(of, FA, SHIPPED)
    assert "reza" not in text and printed in text
