import pytest

from pipeline.document.formats import _page
from pipeline.languages import SHIPPED
from pipeline.office.archive import OfficeError


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("", "empty"),
        ("<!-- x -->", "empty"),
        ("<div>" * 100_000, "elements are too deep"),
        ("<b>" * 100_000 + "x", "too deep"),
        ("<" * 700_000, "more than 300,000 elements"),
        (f"<!-- ' -->\n<p {' '.join(f'a{n}=1' for n in range(501))}>", "line 2: an element with more than 500 attr"),
        (f"<script {' '.join(f'a{n}' for n in range(501))}>", "more than 500 attributes"),
        ("<p" + "".join(f"/a{n}='>'" for n in range(501)) + ">", "more than 500 attributes"),
    ],
)
def test_a_page_that_cannot_be_read_whole_is_refused(page, said):
    with pytest.raises(OfficeError, match=said):
        _page.parsed(page)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b" " * (_page.MOST_BYTES + 1), "larger than 30,000,000 bytes; save the page without its pictures"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "MHTML.; save it as a web page"),
    ],
)
def test_what_is_no_page_of_text_is_refused(content, said):
    with pytest.raises(OfficeError, match=said):
        _page.decoded(content)


def test_a_picture_written_into_a_page_is_no_reason_to_refuse_it():
    text, found = _page.embedded(f"<p>a<img src='data:image/png;base64,{'A' * 12_000_000}' alt='b'>c</p>")
    root = _page.parsed(text)
    assert _page.words(root) == "ac" and len(found[root.find(".//img").get("src")]) == 9_000_000


def test_entities_of_a_document_type_are_never_filled_in():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><p>&b;&c;</p>'
    assert _page.words(_page.parsed(laughs).find(".//p")) == "&b;&c;"


@pytest.mark.parametrize(
    ("element", "is_hidden"),
    [
        ("<p hidden>", True),
        ("<p aria-hidden=true>", True),
        ("<p style='color: red; DISPLAY : none'>", True),
        ("<p class='a sr-only'>", True),
        ("<p class=hiddenness>", False),
        ("<p style='opacity: 0'>", True),
        ("<p style='opacity:0.5'>", False),
        ("<p style='font-size:0px; color:red'>", True),
        ("<p style='font-size:0.9em'>", False),
        ("<p style='visibility: collapse'>", True),
        ("<p aria-hidden=false>", False),
        ("<p>", False),
    ],
)
def test_what_no_reader_of_the_page_sees_is_hidden(element, is_hidden):
    assert _page.is_hidden(_page.parsed(f"{element}x").find(".//p")) is is_hidden


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("<!-- saved from url=(0031)https://example.org/fa/1.html --><p>", "https://example.org/fa/1.html"),
        ("<head><link rel=canonical href='https://example.org/2'></head><p>", "https://example.org/2"),
        (
            "<head><base href='http://example.org/'><link rel=canonical href='https://e.org'></head>",
            "http://example.org/",
        ),
        ("<head><base href='//[::1'><link rel=canonical href='javascript:x'></head>", ""),
    ],
)
def test_a_page_says_where_it_was_saved_from(page, address):
    assert _page.base(page, _page.parsed(page)) == address


@pytest.mark.parametrize(
    ("stated", "text", "is_said"),
    [
        ("fa-IR", "متن", False),
        ("", "متن", False),
        ("en", "متن فارسی", False),
        ("en", "An English text", True),
        ("ar", "نص عربي", True),
    ],
)
def test_a_page_in_another_language_is_said_and_the_default_of_programs_is_not(stated, text, is_said):
    assert bool(list(_page.foreign(stated, SHIPPED["fa"], text))) is is_said


@pytest.mark.parametrize(
    "page",
    [
        f"<p {' '.join(f'a{n}=1' for n in range(500))}>x</p>",
        f"<p title='{'a = 1 ' * 501}'>x</p>",
        f"<!-- <p {'a ' * 501}> --><p>x</p>",
        f"<script>if (a <b {'&& c ' * 501}) d()</script><p>x</p>",
        f"<p>x 1 <2 {'and so on ' * 501}</p>",
    ],
)
def test_what_is_no_crowded_element_is_read(page):
    assert "x" in "".join(_page.parsed(page).itertext())


def test_what_a_document_type_declares_is_no_text():
    declared = '<?xml version="1.0"?><!DOCTYPE html [\n<!ENTITY b "x"> <!ELEMENT a ANY>\n]>\n'
    assert _page.words(_page.parsed(f"{declared}<p>a [b]> c</p>")).strip() == "a [b]> c"


@pytest.mark.parametrize(
    ("xhtml", "html"),
    [
        ("<title/>a<br/><p class='b'/>", "<title></title>a<br/><p class='b'></p>"),
        ('<iframe title="May > June"/>a<iframe></iframe>', '<iframe title="May > June"></iframe>a<iframe></iframe>'),
        (f'<video src="{"x" * 3_000}"/>a', f'<video src="{"x" * 3_000}"></video>a'),
        ("<a href=http://example.org/>a</a>", "<a href=http://example.org/>a</a>"),
        ("<script>'<script src=x/>'; b</script>a<P/>", "<script>'<script src=x/>'; b</script>a<P></P>"),
        ("<script>'<![CDATA['</script>a<script>']]>'</script>", "<script>'<![CDATA['</script>a<script>']]>'</script>"),
        ("<!-- <![CDATA[ <b/> --><p>a</p>", "<!-- <![CDATA[ <b/> --><p>a</p>"),
        ("<p title='<b/>'>a<![CDATA[<b> & c]]></p>", "<p title='<b/>'>a&lt;b> &amp; c</p>"),
    ],
)  # fmt: skip
def test_what_xml_alone_has_is_written_as_html_has_it_and_nothing_else_is(xhtml, html):
    assert _page.as_html(xhtml, is_xml=True) == html
    assert _page.as_html(xhtml) == xhtml


def test_words_behind_data_are_no_picture():
    page = "<p>The wages fell (data:ILO,2019), as “data” says.</p>"
    assert _page.embedded(page) == (page, {})


@pytest.mark.parametrize("unseen", ["\x01", "&#1;", "\x7f", "\0"])
def test_a_character_that_nobody_sees_makes_no_tag_of_words(unseen):
    root = _page.parsed(f"<p>One{unseen} <{unseen}script>two</p><p>three {unseen}</p>")
    assert [_page.words(one).replace("\ufffd", "") for one in root.iter("p")] == ["One <script>two", "three "]


@pytest.mark.parametrize(
    ("page", "is_read"),
    [
        ("<h2><button aria-expanded=true><span>Who pays?</span></button></h2>", True),
        ("<h2><button hidden>Who pays?</button></h2>", False),
        ("<div><button>Share</button></div>", False),
    ],
)
def test_a_button_that_is_a_heading_is_read(page, is_read):
    button = next(_page.parsed(f"<p>Text</p>{page}").iter("button"))
    assert _page.is_skipped(button) is not is_read
