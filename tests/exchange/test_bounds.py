"""Files made to cost far more than they hold: refused with a reason before they do, and never stored.

Unbounded, each of them fills the memory or takes minutes; so a limit that fails is seen as such.
"""

import io
import struct
import zipfile
from contextlib import suppress

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import FORMATS
from tests.support.growth import is_steep

ID = "0123456789ab-0123456789abcdef"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, comments: str = "") -> bytes:
    return zipped(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/comments.xml": f"<w:comments {_W}>{comments}</w:comments>",
        }
    )


def row(*texts: str) -> str:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr>{cells}</w:tr>"


def xlsx(*sheets: str, shared: str = "", **more: str | bytes) -> bytes:
    """A workbook of sheets, each the XML of its rows."""
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(len(sheets))
    )
    related += f'<Relationship Id="s" Type="{_OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    parts = {
        "xl/workbook.xml": f"<workbook {_S}/>",
        "xl/_rels/workbook.xml.rels": _RELATED.format(related),
        "xl/sharedStrings.xml": f"<sst {_S}>{shared}</sst>",
    }
    for number, rows in enumerate(sheets):
        parts[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>"
    return zipped(parts | more)


def inline(**cells: str) -> str:
    return "".join(f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>' for name, text in cells.items())


def odt(rows: str, kind: str = "text") -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f"<office:{kind}><table:table>{rows}</table:table></office:{kind}>"
    return zipped(
        {"content.xml": f"<office:document-content{names}><office:body>{body}</office:body></office:document-content>"}
    )


def odt_row(*texts: str, cell: str = "", repeated: str = "") -> str:
    cells = "".join(f"<table:table-cell{cell}><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f"<table:table-row{repeated}>{cells}</table:table-row>"


LINE = f"<row>{inline(A1=ID, B1='بله', C1='yes')}</row>"


def tmx(units: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<tmx version="1.4"><body>{units}</body></tmx>'.encode()


def variants(lang: str, count: int) -> str:
    return "".join(f'<tuv xml:lang="{lang}"><seg>{lang} {number}</seg></tuv>' for number in range(count))


def xliff(units: str, before: str = "") -> str:
    x = "urn:oasis:names:tc:xliff:document:2.0"
    return f'{before}<xliff xmlns="{x}" version="2.0" srcLang="fa" trgLang="en"><file id="f">{units}</file></xliff>'


def unit(target: str) -> str:
    return f'<unit id="u{ID}"><segment><source>بله</source><target>{target}</target></segment></unit>'


def with_size(content: bytes, size: int) -> bytes:
    """A ZIP whose last entry states another size, in both places."""
    for mark, place in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        at = content.rindex(mark) + place
        content = content[:at] + struct.pack("<I", size) + content[at + 4 :]
    return content


DTD = '<!DOCTYPE {} [<!ENTITY a "ha">]>'
ATTRIBUTES = "<!DOCTYPE tmx [<!ATTLIST seg {}>]>".format(" ".join(f'a{n} CDATA "x"' for n in range(1000)))
LONG = "x" * (bounds.MOST_CHARACTERS + 1)
NESTED = 100_000
MOST_ELEMENTS = 50_000
"""In these tests, which would take seconds each with the true number."""

BOMBS = {
    "a comment of 9 MB referred to 400 times": ("docx", lambda: docx(
        "<w:tbl>" + row(ID, "s", "t", '</w:t><w:commentReference w:id="7"/><w:t>') * 400 + "</w:tbl>",
        f'<w:comment w:id="7"><w:p><w:r><w:t>{"x" * 9_000_000}</w:t></w:r></w:p></w:comment>'), "characters"),
    "a comment referred to 60,000 times": ("docx", lambda: docx(
        "<w:tbl>" + row(ID, "s", "t", '</w:t>' + '<w:commentReference w:id="7"/>' * 20_000 + '<w:t>') * 3 + "</w:tbl>",
        f'<w:comment w:id="7"><w:p><w:r><w:t>{"x" * 90_000}</w:t></w:r></w:p></w:comment>'), "elements of XML"),
    "text boxes 100,000 deep": ("docx", lambda: docx("<w:p><w:r><w:txbx>" * NESTED + "</w:txbx></w:r></w:p>" * NESTED), "damaged inside"),
    "tables 30 deep": ("docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 30 + "<w:p/>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 30), "more than 3 deep"),
    "fields without end": ("docx", lambda: docx("<w:fldSimple/>" * MOST_ELEMENTS), "elements of XML"),
    "a document type in UTF-16": ("docx", lambda: zipped(
        {"word/document.xml": (DTD.format("w:document") + f"<w:document {_W}>&a;</w:document>").encode("utf-16")}), "document type"),
    "a document type in UTF-16, in a sheet": ("xlsx", lambda: xlsx(
        LINE, **{"xl/worksheets/sheet0.xml": (DTD.format("worksheet") + f"<worksheet {_S}/>").encode("utf-16-be").join((b"\xfe\xff", b""))}), "document type"),
    "a shared string of 9 MB": ("xlsx", lambda: xlsx(
        f'<row><c r="A1" t="inlineStr"><is><t>{ID}</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>0</v></c></row>' * 400,
        shared=f"<si><t>{'x' * 9_000_000}</t></si>"), "characters"),
    "shared strings without end": ("xlsx", lambda: xlsx(LINE, shared="<si/>" * MOST_ELEMENTS), "elements of XML"),
    "an id 200 times": ("xlsx", lambda: xlsx(*[LINE] * 200), "more than 100 times"),
    "ten thousand sheets": ("xlsx", lambda: xlsx(*[LINE] * 10_000), "files in it"),
    "a size that is too small": ("xlsx", lambda: with_size(xlsx("<row/>" * 10_000), 5), "harms"),
    "a size that is too large": ("docx", lambda: with_size(docx(row(ID, "s", "t")), 50_000_000), "cut off"),
    "a size beyond all limits": ("docx", lambda: with_size(docx(row(ID, "s", "t")), 4_000_000_000), "unpacks to more"),
    "a list of a million files": ("docx", lambda: b"PK\1\2" + b"\0" * 42 + b"PK\1\2" * 1_000_000, "files in it"),
    "a unit of 3,000 × 3,000 translations": ("tmx", lambda: tmx(f"<tu>{variants('fa', 3000)}{variants('en', 3000)}</tu>"), "more than 10,000 elements"),
    "a unit of 300 × 300 translations": ("tmx", lambda: tmx(f"<tu>{variants('fa', 300)}{variants('en', 300)}</tu>"), "more than 100 languages"),
    "a unit of 21 translations into one language": ("tmx", lambda: tmx(f"<tu>{variants('fa', 1)}{variants('en', 21)}</tu>"), "20 translations"),
    "a unit of 4,000 languages": ("tmx", lambda: tmx("<tu>" + "".join(variants(f"x{n}", 1) for n in range(4000)) + "</tu>"), "more than 100 languages"),
    "a memory of one unit that never ends": ("tmx", lambda: tmx("<tu>" + "<prop/>" * 100_000 + "</tu>"), "before a unit ends"),
    "a memory of no units": ("tmx", lambda: tmx("<note/>" * 100_000), "before a unit ends"),
    "a segment of many short parts": ("tmx", lambda: tmx(
        f"<tu><tuv xml:lang='fa'><seg>{('x' * 100 + '<hi/>') * 2000}</seg></tuv></tu>"), "characters"),
    "a memory with entities in UTF-16": ("tmx", lambda: tmx("", DTD.format("tmx")).decode().replace("1.0", "1.0").encode("utf-16"), "declares entities"),
    "a memory with a thousand attributes for each element": ("tmx", lambda: tmx("<tu><seg/></tu>", ATTRIBUTES), "declares entities"),
    "spaces without end": ("docx", lambda: odt(odt_row(ID, "s", '<text:s text:c="999999999"/>')), "1,000 spaces"),
    "a million spaces, a few at a time": ("docx", lambda: odt(odt_row(ID, "s", '<text:s text:c="999"/>' * 1000)), "1,000 spaces"),
    "tables 30 deep, of LibreOffice": ("docx", lambda: odt("<table:table-row><table:table-cell>" * 30 + "</table:table-cell></table:table-row>" * 30), "deep"),
    "a text of 9 MB in a sheet of LibreOffice": ("xlsx", lambda: odt(odt_row(ID, "s", "x" * 9_000_000), "spreadsheet"), "characters"),
    "an id 200 times, in LibreOffice": ("xlsx", lambda: odt(odt_row(ID, "s", "t") * 200, "spreadsheet"), "more than 100 times"),
    "XLIFF 1.2 of a text of 9 MB": ("xliff", lambda: (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body><trans-unit id="1"><source>s</source><target>'
        + "x" * 9_000_000 + "</target></trans-unit></body></file></xliff>").encode(), "characters"),
    "a text of 9 MB": ("xliff", lambda: xliff(unit("x" * 9_000_000)).encode(), "characters"),
    "units 80 deep": ("xliff", lambda: xliff('<unit id="u">' * 80 + "<segment/>" * 100 + "</unit>" * 80).encode(), "within a unit"),
    "elements 100,000 deep": ("xliff", lambda: xliff("<mrk>" * NESTED + "</mrk>" * NESTED).encode(), "damaged inside"),
    "a document type in UTF-32": ("xliff", lambda: xliff("", DTD.format("xliff")).encode("utf-32"), "document type|damaged"),
    "a character that is none": ("xliff", lambda: xliff(unit('<cp hex="zz"/>')).encode(), "no character"),
    "half a character": ("xliff", lambda: xliff(unit('<cp hex="D800"/>')).encode(), "no character"),
    "a row of a million cells": ("csv", lambda: f"{ID},s,t".encode() + b"," * 1_000_000, "more than 10,000 cells"),
    "a row that goes on in quotation marks": ("csv", lambda: f"{ID},s,t".encode() + b',"\n"' * 100_000, "more than 10,000 cells"),
    "a cell of 9 MB": ("csv", lambda: f'{ID},s,"{"x" * 9_000_000}"'.encode(), "field"),
    "an id a thousand times": ("csv", lambda: f"{ID},s,t\n".encode() * 1000, "more than 100 times"),
    "a text too long for a sentence": ("csv", lambda: f"{ID},s,{LONG}\n".encode(), "more than 100,000 characters"),
}  # fmt: skip


@pytest.mark.parametrize(("form", "content", "message"), BOMBS.values(), ids=list(BOMBS))
def test_what_would_cost_far_more_than_it_holds_is_refused(monkeypatch, form, content, message):
    monkeypatch.setattr(bounds, "MOST_ELEMENTS", MOST_ELEMENTS)
    with pytest.raises(ExchangeError, match=message) as refused:
        FORMATS.load(form).read(content())
    assert len(refused.value.faults) == 1 and len(str(refused.value)) < 300


def commented(sheets: int, comments: str, kind: str = "comments") -> bytes:
    """A workbook whose sheets have the same part of comments, or of conversations."""
    related = _RELATED.format(f'<Relationship Id="c" Type="{_OFFICE}/{kind}" Target="../comments.xml"/>')
    parts = {f"xl/worksheets/_rels/sheet{number}.xml.rels": related for number in range(sheets)}
    return xlsx(*[LINE] * min(sheets, 1), *[""] * (sheets - 1), **parts, **{"xl/comments.xml": comments})


def comments(count: int, author: str = "") -> str:
    one = '<comment ref="C1" authorId="0"><text><t>x</t></text></comment>'
    authors = f"<authors><author>{author}</author></authors>"
    return f"<comments {_S}>{authors}<commentList>{one * count}</commentList></comments>"


def mentions(count: int) -> str:
    one = '<mention startIndex="1" length="1"/>'
    return f'<t {_S}><threadedComment ref="C1"><text>{"x" * 20 * count}</text>{one * count}</threadedComment></t>'


def within(before: str, inside: str, after: str, count: int) -> str:
    """Elements within each other, up to the 256 that libxml2 reads, around others."""
    return before * (count // 110) + inside * count + after * (count // 110)


def font(count: int) -> str:
    """Signs in a font with a long name, in LibreOffice's text."""
    style = f'<text:style text:name="S"><text:text-properties text:font-family="{"x" * 50 * count}"/></text:style>'
    signs = '<text:span text:style-name="S">\uf041</text:span>' * count
    content = zipfile.ZipFile(io.BytesIO(odt(odt_row(ID, "s", signs)))).read("content.xml").decode()
    return content.replace("<office:body>", f"<office:automatic-styles>{style}</office:automatic-styles><office:body>")


def language(count: int) -> str:
    return "_" * 50 * count


def xliff1(units: str, lang: str = "fa") -> str:
    head = f'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="{lang}" target-language="en">'
    return f"{head}<body>{units}</body></file></xliff>"


PAIR = "<source>a</source><target>b</target>"
TEXT = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
DELETED = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{'some words that run on' * 20}</w:t></w:r></w:p>"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>x</w:t></w:r>'
REFERRING = {
    "cells that share a text": ("xlsx", lambda n: xlsx(
        LINE + '<row><c t="s"><v>0</v></c></row>' * n, shared=f"<si><t>{'0' * 50 * n}</t></si>")),
    "cells without a name": ("xlsx", lambda n: xlsx(f"{LINE}<row>{'<c/>' * n}</row>")),
    "sheets that share comments": ("xlsx", lambda n: commented(n // 40, comments(n))),
    "comments of one author": ("xlsx", lambda n: commented(1, comments(n, "A" * 700 * n))),
    "mentions in a remark": ("xlsx", lambda n: commented(1, mentions(n), "threadedComment")),
    "signs of one font": ("docx", lambda n: zipped({"content.xml": font(n)})),
    "notes in notes": ("xlsx", lambda n: odt(odt_row(ID, "s", "t", within(
        "<text:note-body>", "<text:p>x</text:p>", "</text:note-body>", n)), "spreadsheet")),
    "comments in comments": ("docx", lambda n: docx(f"<w:tbl>{row(ID, 's', 't')}</w:tbl>", within(
        "<w:comment>", TEXT, "</w:comment>", n))),
    "fields that never end": ("docx", lambda n: docx("<w:tbl>" + row(ID, "s", f"</w:t>{FIELD * n}{'<w:t/>' * 4 * n}<w:t>") + "</w:tbl>")),
    "paragraphs that run on": ("docx", lambda n: docx(
        f"<w:tbl><w:tr><w:tc>{TEXT.replace('x', ID)}</w:tc><w:tc/><w:tc>{DELETED * n}</w:tc><w:tc/></w:tr></w:tbl>")),
    "units in one language": ("xliff", lambda n: xliff(
        f"<unit><segment>{PAIR}</segment></unit>" * n).replace('"fa"', f'"{language(n)}"').encode()),
    "units of a file in one language": ("xliff", lambda n: xliff1(
        f"<trans-unit>{PAIR}</trans-unit>" * n, language(n)).encode()),
    "units in units": ("xliff", lambda n: xliff1(within("<trans-unit><source>", "<g/>", "</source></trans-unit>", n)).encode()),
    "a memory in one language": ("tmx", lambda n: tmx(
        f"<tu>{variants('fa', 1)}{variants('en', 1)}</tu>" * n).replace(
            b"<body>", f'<header srclang="{language(n)}"/><body>'.encode())),
}  # fmt: skip
"""What is there once and looked at often: twice as much of both is to take twice the time."""


@pytest.mark.parametrize(("form", "content"), REFERRING.values(), ids=list(REFERRING))
def test_what_many_refer_to_is_looked_at_once(form, content):
    def read(content: bytes) -> None:
        with suppress(ExchangeError):
            for line in FORMATS.load(form).read(content):
                line.between("fa", "en")

    assert not is_steep(read, content, 12_000)


FAR = inline(XFD1048576="far")


@pytest.mark.parametrize(
    ("rows", "beside"),
    [
        (f"{LINE}<row r='1048576'>{FAR}</row>", ""),
        (f"<row>{inline(A1=ID, B1='بله', C1='yes')}{FAR}</row>", ""),
        (LINE, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (LINE, '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    ],
)
def test_a_cell_far_out_or_a_wide_area_costs_nothing(rows, beside):
    sheet = f"<worksheet {_S}><dimension ref='A1:XFD1048576'/><sheetData>{rows}</sheetData>{beside}</worksheet>"
    (line,) = FORMATS.load("xlsx").read(xlsx("", **{"xl/worksheets/sheet0.xml": sheet}))
    assert (line.id, line.source, line.target) == (ID, "بله", "yes")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_what_is_said_to_be_repeated_costs_nothing(form):
    often = ' table:number-columns-repeated="9999999"'
    before, after = f"<table:table-cell{often}/>", f"<table:table-cell{often}><text:p>x</text:p></table:table-cell>"
    row = odt_row(ID, "بله", "yes", repeated=' table:number-rows-repeated="9999999"')
    content = row.replace(">", f">{before}", 1).replace("</table:table-row>", f"{after}</table:table-row>")
    (line,) = FORMATS.load(form).read(odt(content, "text" if form == "docx" else "spreadsheet"))
    assert (line.id, line.source, line.target, line.note) == (ID, "بله", "yes", "x")


def test_cells_of_a_text_document_that_were_made_one_are_no_translation():
    merged = odt_row(ID, "بله", "yes\na remark", cell=' table:number-columns-spanned="2"')
    (line,) = FORMATS.load("docx").read(odt(merged))
    assert "cells of this row are merged" in line.fault


def test_what_is_long_but_honest_is_read():
    """Words of the office programs that nobody exported: nested twice, empty, repeated."""
    inner = f"<w:tbl>{row(ID, 'بله', 'yes')}</w:tbl>"
    nested = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    (line,) = FORMATS.load("docx").read(docx(nested))
    assert line.target == "yes"
    rows = "".join(
        f"<row>{inline(**{f'A{n}': f'{n:012x}{ID[12:]}', f'B{n}': 'بله', f'C{n}': 'yes'})}</row>"
        for n in range(1, 5000)
    )
    assert len(FORMATS.load("xlsx").read(xlsx(rows))) == 4999
    doctype = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    assert len(FORMATS.load("tmx").read(tmx(f"<tu>{variants('fa', 1)}{variants('en', 20)}</tu>" * 50, doctype))) == 50


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="C1"><v>1948</v></c>', "1948"),
        ('<c r="C1" t="str"><f>A1</f><v>made _x0041_</v></c>', "made A"),
        ('<c r="C1" t="s"><v>1</v></c>', "two\nruns"),
        ('<c r="C1" t="s"><v>99</v></c>', ""),
        ('<c r="C1" t="s"><v>-1</v></c>', ""),
        ('<c r="C1" t="s"/>', ""),
        ('<c r="C1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>pronounced</t></rPh></is></c>', "ab"),
        ("<c><v>third</v></c>", "third"),
    ],
)
def test_cells_as_programs_write_them(cell, text):
    shared = "<si><t>one</t></si><si><r><t>two</t></r><r><t xml:space='preserve'>\nruns</t></r></si>"
    rows = f"<row>{inline(A1=ID, B1='بله')}{cell}</row>"
    (line,) = FORMATS.load("xlsx").read(xlsx(rows, shared=shared))
    assert line.target == text


def test_a_comment_on_a_row_is_a_note():
    related = _RELATED.format(f'<Relationship Id="c" Type="{_OFFICE}/comments" Target="../comments1.xml"/>')
    comments = f'<comments {_S}><commentList><comment ref="C1"><text><r><t>Is this </t></r><r><t>right?</t></r></text></comment></commentList></comments>'
    parts = {"xl/worksheets/_rels/sheet0.xml.rels": related, "xl/comments1.xml": comments}
    (line,) = FORMATS.load("xlsx").read(xlsx(LINE, **parts))
    assert line.note == "Is this right?"


def test_a_memory_that_is_refused_is_not_stored_and_the_next_command_works(pipeline, workspace):
    file = workspace / "bomb.tmx"
    for content in (
        tmx(f"<tu>{variants('fa', 3000)}{variants('en', 3000)}</tu>"),
        tmx(f"<tu>{variants('fa', 1)}{variants('en', 1)}</tu><tu>"),
    ):
        file.write_bytes(content)
        done = pipeline("memory", "import", file)
        assert done.returncode == 1 and "bomb.tmx" in done.stderr and "Traceback" not in done.stderr
        assert not list((workspace / "translations").rglob("*.tmx"))
    assert pipeline("memory", "list").returncode == 0
