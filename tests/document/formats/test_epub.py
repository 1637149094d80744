"""Books, and files that call themselves so."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import epub
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support import documents, pandoc
from tests.support.documents import CONTAINER, opf, page, zipped
from tests.support.documents import epub as book

PROSE = "این جمله‌ای است که به پایان می‌رسد."


def read(content: bytes):
    return epub.read(content, "d", SHIPPED["fa"], Corrections())


def test_chapters_are_read_in_their_order_with_notes_from_other_files():
    content = book(
        {
            "b.xhtml": f'<h1>یک</h1><p>گفته<a epub:type="noteref" href="n.xhtml#x">۱</a> و بس.</p><a id="e"/><p>{PROSE}</p>',
            "a.xhtml": f'<h1>دو</h1><p><a href="b.xhtml#e">بالا</a> {PROSE}</p>',
            "n.xhtml": '<aside epub:type="footnote" id="x"><p>یادداشت.</p></aside>',
        }
    )
    document = read(content)
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.HEADING, "یک"),
        (Kind.PARAGRAPH, "گفته و بس."),
        (Kind.PARAGRAPH, PROSE),
        (Kind.HEADING, "دو"),
        (Kind.PARAGRAPH, f"بالا {PROSE}"),
        (Kind.NOTE, "یادداشت."),
    ]
    assert (document.meta.editorial_title, document.meta.issuer, document.meta.date) == ("دفتر", "کانون", "2022-08")
    assert document.remarks == (
        "d: title «دفتر», issuer «کانون», date «2022-08»: as it says of itself; state others in d.toml",
    )


def test_covers_and_tables_of_contents_are_no_chapters_and_none_is_read_twice():
    chapters = {"nav": "nav.xhtml", "c": "cover.xhtml", "t": "toc.xhtml", "a": "a.xhtml"}
    package = opf(
        chapters,
        ["nav", "c", "t", "a", "a", "t", "missing"],
        '<guide><reference type="cover" href="cover.xhtml"/></guide>',
    )
    pages = {
        "nav.xhtml": "<p>فهرست</p>",
        "cover.xhtml": "<p>جلد</p>",
        "toc.xhtml": '<section epub:type="toc"><p>فهرست</p></section>',
        "a.xhtml": f"<nav><p>فهرست</p></nav><p>{PROSE}</p>",
    }
    assert [block.text for block in read(book(pages, package)).blocks] == [PROSE]


def test_chapters_that_are_no_pages_or_not_there_are_said_to_be_left_out():
    package = opf({"a": "a.xhtml", "b": "b.svg", "c": "c.xml"}, ["a", "b", "b", "c", "gone"])
    types = {"b.svg": "image/svg+xml", "c.xml": "application/xml"}
    for name, kind in types.items():
        package = package.replace(f'"{name}" media-type="application/xhtml+xml"', f'"{name}" media-type="{kind}"')
    document = read(book({"a.xhtml": f"<p>{PROSE}</p>", "b.svg": "", "c.xml": ""}, package))
    assert [block.text for block in document.blocks] == [PROSE]
    assert document.remarks[0].endswith("copy their text in: OEBPS/b.svg, OEBPS/c.xml, gone")


def test_what_xml_keeps_as_it_stands_is_text():
    style = "<style>/*<![CDATA[*/ p > b {display: none} /*]]>*/</style>"
    chapter = f"{style}<p>یک <![CDATA[<دو> & ]سه]]>، چهار.<b>نهان</b></p><p>{PROSE}<![CDATA[]]></p>"
    assert [block.text for block in read(book({"a.xhtml": chapter})).blocks] == ["یک <دو> & ]سه، چهار.", PROSE]


def test_a_book_without_its_first_file_is_read():
    content = zipped(
        {"META-INF/container.xml": CONTAINER.format("b.opf"), "b.opf": opf({"a": "a.x"}), "a.x": page(PROSE)}
    )
    assert read(content).blocks[0].text == PROSE


def test_a_picture_is_that_of_its_chapter_and_nothing_outside_the_book():
    chapter = (
        "<p>متن آن این است.</p><img alt='معلمان' src='../img/a%20b.png'/><img alt='دیگر' src='../../../etc/passwd'/>"
    )
    content = zipped(
        {
            "META-INF/container.xml": CONTAINER.format("b.opf"),
            "b.opf": opf({"a": "text/a.x"}),
            "text/a.x": page(chapter),
            "img/a b.png": b"\x89PNG\r\n\x1a\nrest",
        }
    )
    document = read(content)
    assert [bool(block.picture) for block in document.blocks if block.kind is Kind.IMAGE] == [True, False]


def test_what_the_style_sheet_of_a_book_makes_bold_is_bold_and_what_it_hides_is_not_read():
    chapter = '<html><head><link rel="stylesheet" href="s.css"/></head><body><p>یک <span class="x">دو</span> سه<span class="y"> پنهان</span>.</p></body></html>'
    content = zipped(
        {
            "META-INF/container.xml": CONTAINER.format("b.opf"),
            "b.opf": opf({"a": "a.x"}),
            "a.x": chapter,
            "s.css": ".x { font-weight: bold } .y { display: none }",
        }
    )
    (block,) = read(content).blocks
    assert block.text == "یک دو سه."
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["دو"]


def test_fonts_may_be_encrypted():
    encryption = '<e xmlns="x"><CipherReference URI="OEBPS/font.otf"/></e>'
    assert read(book({"a.xhtml": PROSE}, encryption=encryption)).blocks[0].text == PROSE


ENTITY = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "no zip": (lambda: b"hello", "it is no EPUB book"),
    "cut off": (lambda: book({"a.xhtml": PROSE})[:-30], "not a whole"),
    "Word": (lambda: documents.docx(documents.p(PROSE)), "another document .Word document.; give its name the ending .docx"),
    "nothing in it": (lambda: zipped({"mimetype": "application/epub+zip"}), "no META-INF/container.xml"),
    "no package": (lambda: book({"a.xhtml": PROSE}, path="/etc/passwd"), "its list of chapters is missing"),
    "a damaged package": (lambda: book({}, "<a"), "damaged inside"),
    "no chapters": (lambda: book({}, opf({})), "no chapters"),
    "a chapter outside": (lambda: book({}, opf({"a": "../../etc/passwd"})), "the chapter '../etc/passwd' is missing"),
    "encrypted": (
        lambda: book({"a.xhtml": PROSE}, encryption='<e xmlns="x"><CipherReference URI="OEBPS/a.xhtml"/></e>'), "encrypted",
    ),
    "entities": (lambda: book({"a.xhtml": PROSE}, opf({"a": "a.xhtml"}).replace("<package", f"{ENTITY}<package")), "document type"),
    "a bomb": (lambda: book({"a.xhtml": " " * 60_000_000}), "more than 50,000,000 bytes"),
    "many small bombs": (lambda: book({f"{n}.xhtml": "<p>" * 60_000 for n in range(11)}), "more than 300,000 elements|too deep"),
    "attributes without end": (
        lambda: book({f"{n}.xhtml": f"<p {' '.join(f'a{i}' for i in range(400))}>" * 500 for n in range(6)}), "1,000,000 attributes",
    ),
    "a long list": (lambda: book({}, opf({f"a{n}": f"{n}.xhtml" for n in range(2_001)})), "more than 2,000"),
    "one name twice": (lambda: book({"a.xhtml": PROSE, "A.xhtml": PROSE}), "two files of one name"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_is_refused_with_what_to_do(case):
    make, said = HOSTILE[case]
    with pytest.raises(DocumentError, match=said) as error:
        read(make())
    assert str(error.value).startswith("d.epub:") and len(error.value.faults) == 1


@pandoc.needed
@pytest.mark.parametrize("version", ["epub2", "epub3"])
def test_what_pandoc_writes_is_read_as_its_author_made_it(version):
    document = read(pandoc.written(version))
    kinds, depths, heads = pandoc.shape(document)
    assert (kinds[-9:], depths, heads) == (pandoc.SHAPE[0][-9:], *pandoc.SHAPE[1:])
    assert {mark for mark in pandoc.marks(document) if mark[0] != "note"} == {
        mark for mark in pandoc.MARKS if mark[0] != "note"
    }


@pytest.mark.parametrize(
    "note",
    [
        '<aside class="n" epub:type="footnote" id="x"><p>یادداشت.</p></aside>',
        '<section class="n" epub:type="endnotes"><ol><li id="x"><p>یادداشت.</p></li></ol></section>',
        '<div class="n"><aside epub:type="footnote" id="x"><p>یادداشت.</p></aside></div>',
    ],
)
def test_a_note_that_a_style_sheet_keeps_for_those_who_ask_is_read_and_what_else_it_hides_is_not(note):
    """Books hide their notes in the page, and programs open them at their reference."""
    hidden = '<style>.n, .h { display: none }</style><div class="h"><p>نهان</p></div>'
    text = f'<p>گفته<a epub:type="noteref" href="#x">۱</a> و بس.</p>{hidden}<p>{PROSE}</p>{note}'
    found = [(block.kind, block.text) for block in read(book({"a.xhtml": text})).blocks]
    assert found[-1] == (Kind.NOTE, "یادداشت.") and "نهان" not in repr(found)


def test_of_what_a_book_has_for_two_kinds_of_programs_one_is_read():
    case = '<epub:case required-namespace="m"><p>یک</p></epub:case><epub:default><p>دو</p></epub:default>'
    assert [
        block.text for block in read(book({"a.xhtml": f"<epub:switch>{case}</epub:switch><p>{PROSE}</p>"})).blocks
    ] == [
        "دو",
        PROSE,
    ]


@pytest.mark.parametrize(
    ("more", "is_told"), [("", True), ('<guide><reference type="toc" href="n.xhtml"/></guide>', False)]
)
def test_a_page_that_chapters_lead_to_and_that_is_none_of_them_is_told_of(more, is_told):
    pages = {"a.xhtml": f'<p>گفته<a href="n.xhtml#x">۱</a> {PROSE}</p>', "n.xhtml": '<p id="x">یادداشت.</p>'}
    document = read(book(pages, opf({"a": "a.xhtml", "n": "n.xhtml"}, ["a"], more)))
    assert any("not in the book; copy their text in: OEBPS/n.xhtml" in one for one in document.remarks) is is_told


@pytest.mark.parametrize(
    ("chapter", "more"),
    [
        (f"<p>{PROSE}</p><div id='toc'></div>", '<guide><reference type="toc" href="b.xhtml#toc"/></guide>'),
        (f"<section epub:type='toc'><p>فهرست</p></section><p>{PROSE}</p>", ""),
    ],
)
def test_a_chapter_with_a_table_of_contents_in_it_is_read(chapter, more):
    pages = {"a.xhtml": "<p>متن آن این است.</p>", "b.xhtml": chapter}
    document = read(book(pages, opf({"a": "a.xhtml", "b": "b.xhtml"}, more=more)))
    assert [block.text for block in document.blocks] == ["متن آن این است.", PROSE]


@pytest.mark.parametrize("beside", [{}, {"a": "a.xhtml"}])
def test_prose_on_the_page_that_has_the_contents_is_read(beside):
    """A book of one page has them there; another one its foreword."""
    pages = {
        "nav.xhtml": f"<h1>یک</h1><p>{PROSE}</p><nav epub:type='toc'><ol><li><p>فهرست</p></li></ol></nav><p>{PROSE}</p>"
    }
    pages |= dict.fromkeys(beside.values(), f"<p>{PROSE}</p>")
    package = opf({"nav": "nav.xhtml", **beside}, ["nav", *beside])
    found = [block.text for block in read(book(pages, package)).blocks]
    assert found == ["یک", *[PROSE] * (2 + len(beside))]


@pytest.mark.parametrize("contents", ["", "<div>" * 300])
def test_a_page_of_contents_that_has_none_does_not_refuse_the_book(contents):
    package = opf({"nav": "nav.xhtml", "a": "a.xhtml"})
    found = read(book({"nav.xhtml": contents, "a.xhtml": f"<p>{PROSE}</p>"}, package)).blocks
    assert [block.text for block in found] == [PROSE]


def test_the_style_sheet_of_a_chapter_hides_nothing_in_another_nor_one_for_print_in_any():
    """A book bound from two has the same class for what one of them hides."""
    chapter = '<html><head>{}</head><body><p class="calibre5">{}</p></body></html>'
    links = '<link rel="stylesheet" media="print" href="s.css"/><link rel="alternate stylesheet" href="s.css"/>'
    content = zipped(
        {
            "META-INF/container.xml": CONTAINER.format("b.opf"),
            "b.opf": opf({"a": "a.x", "b": "b.x"}, ["a", "b"]),
            "a.x": chapter.format(links, PROSE),
            "b.x": chapter.format('<link rel="Stylesheet" href="s.css"/>', "پنهان") + "<p>دیگر.</p>",
            "s.css": ".calibre5 { display: none }",
        }
    )
    assert [block.text for block in read(content).blocks] == [PROSE, "دیگر."]


@pytest.mark.parametrize("kind", ["toc", "cover"])
@pytest.mark.parametrize(
    ("first", "read_of_it"),
    [
        (f"<p>{PROSE} {PROSE}</p><ul><li><p><a href='a.xhtml'>فصل</a></p></li></ul>", [f"{PROSE} {PROSE}", "فصل"]),
        ("".join(f"<p><a href='a.xhtml'>{PROSE} {PROSE}</a></p>" for _ in range(9)), []),
    ],
)
def test_a_page_that_a_book_calls_its_contents_is_read_where_it_has_prose(kind, first, read_of_it):
    """Sphinx calls the first page of a manual so."""
    pages = {"i.xhtml": first, "a.xhtml": f"<p>{PROSE}</p>"}
    guide = f'<guide><reference type="{kind}" href="i.xhtml"/></guide>'
    content = book(pages, opf({"i": "i.xhtml", "a": "a.xhtml"}, ["i", "a"], guide))
    assert [block.text for block in read(content).blocks] == [*read_of_it, PROSE]
