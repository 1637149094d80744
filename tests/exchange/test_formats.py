"""What goes out comes back, through other people's programs too."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from contextlib import suppress
from dataclasses import replace

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff2

from pipeline.errors import ExchangeError
from pipeline.exchange.formats import FORMATS
from pipeline.exchange.formats.tmx import MemoryPair
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED
from pipeline.model import State
from tests.conftest import CASES
from tests.support.documents import odt

LINES = (
    Line("0123456789ab-0123456789abcdef", "بیانیه", "Statement", "", "title", State.REVIEWED),
    Line(
        "1123456789ab-0123456789abcdef",
        "می‌رود، «قول» و\nخط دوم",
        "It goes, “word”\nsecond line",
        "a note\nin two lines",
        "paragraph",
        State.DOUBT,
    ),
    Line("2123456789ab-0123456789abcdef", "=SUM(1;2)", "=SUM(1,2)", "", "paragraph", State.DOUBT),
    Line("3123456789ab-0123456789abcdef", "-۱", "'=1", "@home", "contact", State.COPIED),
    Line("4123456789ab-0123456789abcdef", "جای خالی", "", "", "paragraph", State.DOUBT),
    Line(
        "5123456789ab-0123456789abcdef",
        "<b>&amp;</b>",
        "  two  spaces ; semicolon, comma\t tab",
        "",
        "slogan",
        State.TRANSLATED,
    ),
)
TABLE = Table("statement", SHIPPED["fa"], SHIPPED["en"], LINES)


def form(name):
    return FORMATS.load(name)


def bare(lines):
    return [(line.id, line.source, line.target) for line in lines]


def expected(name, lines=LINES):
    """TMX, a memory, leaves out what has no translation."""
    return [line for line in bare(lines) if line[2] or name != "tmx"]


def come_back_as(lines, name):
    """Return what is said of lines that come back: of what is copied, that it is right; a kit says no more."""
    reviewed = State.TRANSLATED if name == "html" else State.REVIEWED
    return [reviewed if line.state in (State.COPIED, State.REVIEWED) else line.state for line in lines]


@pytest.mark.parametrize("name", FORMATS.names())
def test_what_is_written_is_read_again(name):
    back = form(name).read(form(name).write(TABLE))
    assert bare(back) == expected(name)
    assert [line.note for line in back] == [line.note for line in LINES if line.target or name != "tmx"]
    states = [line.state for line in back]
    assert states == ([None] * len(back) if name in ("docx", "tmx") else come_back_as(LINES, name))


PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
)
"""Without the signs of unknown fonts (U+F000 to U+F0FF), which come back as a fault."""


@pytest.mark.parametrize("name", FORMATS.names())
@given(source=PLAIN, target=PLAIN)
def test_any_text_survives(name, source, target):
    table = Table("s", SHIPPED["fa"], SHIPPED["en"], (Line(LINES[0].id, source, target),))
    assert bare(form(name).read(form(name).write(table))) == [(LINES[0].id, source, target)]


@pytest.mark.parametrize("name", FORMATS.names())
def test_equal_tables_are_equal_bytes_that_tell_no_author_and_no_time(name):
    content = form(name).write(TABLE)
    assert content == form(name).write(TABLE)
    if name in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
            text = b"".join(archive.read(info) for info in archive.infolist() if "docProps" in info.filename)
        assert not re.search(rb"python-docx|openpyxl|Microsoft|20\d\d-", text)
    else:
        assert not re.search(rb"creationdate|changedate|creationid", content)


@pytest.mark.parametrize("name", ["docx", "xlsx", "xliff", "tmx"])
def test_a_character_the_format_cannot_hold_is_named(name):
    with pytest.raises(ExchangeError, match=r"U\+0007 cannot be exported"):
        form(name).write(Table("s", SHIPPED["fa"], SHIPPED["en"], (Line(LINES[0].id, "الف", "bell \a"),)))
    with suppress(ExchangeError):  # not every format names the document
        form(name).write(Table("s\x1b", SHIPPED["fa"], SHIPPED["en"], (Line(LINES[0].id, "الف", "A"),)))


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"word/document{number}.xml", b" " * 60_000_000)
    return out.getvalue()


def with_entity(name):
    """A file whose text would be a file of this machine, or grow without end."""
    out = io.BytesIO()
    member = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[name]
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')
    return out.getvalue()


LAUGHS = '<!DOCTYPE {0} [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><{0} version="1.4"><body>&b;</body></{0}>'
HOSTILE = {
    "docx": [(b"", "empty"), (b"PK\x03\x04 cut off", "not a whole file"), (bomb(), "unpacks to more"), (with_entity("docx"), "document type")],
    "xlsx": [(b"", "empty"), (b"no archive", "not a whole file"), (bomb(), "unpacks to more"), (with_entity("xlsx"), "document type")],
    "csv": [(b"", "empty"), (b"a,b,c\n", "no row with an id"), ("é".encode("latin-1"), "not valid UTF-8"), (b'"' + b"x" * 200_000, "not a table")],
    "xliff": [(b"", "empty"), (b"<xliff version='1.2'/>", "not XLIFF 2"), (b"<xliff", "damaged"), (LAUGHS.format("xliff").encode(), "document type")],
    "tmx": [
        (b"", "empty"), (b"<html/>", "not a TMX file"), (b"<tmx><body><tu>", "not well-formed"), (LAUGHS.format("tmx").encode(), "declares entities"),
        (b"<tmx>" + b"<a>" * 100 + b"</a>" * 100 + b"</tmx>", "deep"),
        (b'<!DOCTYPE tmx [<!ENTITY e SYSTEM "file:///etc/passwd">]><tmx><body><tu><tuv><seg>&e;</seg></tuv></tu></body></tmx>', "declares entities"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), [(n, *case) for n, cases in HOSTILE.items() for case in cases])
def test_what_is_damaged_or_meant_to_harm_is_refused(name, content, message):
    with pytest.raises(ExchangeError, match=message):
        form(name).read(content)


def edited_docx(change):
    """The Word document after somebody's program changed its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form("docx").write(TABLE))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                content = change(content.decode()).encode()
            if info.filename == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
                content = content.replace(
                    b"</Types>", f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'.encode()
                )
            if info.filename == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
                content = content.replace(
                    b"</Rel", f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Rel'.encode(), 1
                )
            new.writestr(info, content)
        w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        new.writestr(
            "word/comments.xml",
            f'<w:comments {w}><w:comment w:id="7" w:author="S"><w:p><w:r><w:t>Is this right?</w:t></w:r></w:p></w:comment></w:comments>',
        )
    return out.getvalue()


def tracked(text):
    """As Word writes it: a word deleted, one inserted, another moved here, and a comment on it."""
    who = 'w:id="1" w:author="S" w:date="2026-01-01T00:00:00Z"'
    run = re.search(r"<w:r>(?:(?!</w:r>).)*>Statement</w:t></w:r>", text)[0]
    inserted, deleted = (
        run.replace("Statement", "A declaration"),
        run.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>"),
    )
    marks = '<w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    return text.replace(run, marks.format(f"<w:del {who}>{deleted}</w:del><w:ins {who}>{inserted}</w:ins>"))


def test_cells_edited_with_track_changes_and_comments_are_read_as_accepted(tmp_path):
    path = tmp_path / "edited.docx"
    path.write_bytes(edited_docx(tracked))
    line = form("docx").read(path.read_bytes())[0]
    assert (line.source, line.target, line.note) == ("بیانیه", "A declaration", "Is this right?")
    said = subprocess.run(
        ["pandoc", "--track-changes=accept", "-t", "plain", "--columns=300", path],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "A declaration" in said.stdout and "Statement" not in said.stdout


def test_a_row_deleted_with_track_changes_does_not_come_back():
    def deleted(text):
        first = text.index("<w:tr>", text.index("</w:tr>"))
        return text[:first] + text[first:].replace("<w:cantSplit/>", '<w:del w:id="2" w:author="S"/>', 1)

    assert [line.id for line in form("docx").read(edited_docx(deleted))] == [line.id for line in LINES[1:]]


@pytest.fixture(scope="module")
def through_libreoffice(tmp_path_factory):
    """What LibreOffice makes of each file when it opens it and saves it again."""
    folder = tmp_path_factory.mktemp("office")
    assert shutil.which("soffice"), "LibreOffice is missing; make test installs it"

    def convert(path, suffix, out):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix, "--outdir", out, path],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return out / f"{path.stem}.{suffix.split(':')[0]}"

    def there_and_back(name, between):
        path = folder / f"table.{name}"
        path.write_bytes(form(name).write(TABLE))
        saved = convert(path, between, folder)
        back = convert(saved, name, folder / "back")
        return form(name).read(back.read_bytes()), form(name).read(saved.read_bytes())

    return there_and_back


def test_word_tables_survive_libreoffice(through_libreoffice):
    for lines in through_libreoffice("docx", "odt"):
        assert bare(lines) == bare(LINES)


def test_spreadsheets_survive_libreoffice_and_hold_no_formula(through_libreoffice):
    back, saved = through_libreoffice("xlsx", "ods")
    assert bare(saved) == bare(LINES)
    # On the way back from there, LibreOffice drops tabs.
    assert bare(back) == [(one, source, target.replace("\t", "")) for one, source, target in bare(LINES)]
    with zipfile.ZipFile(io.BytesIO(form("xlsx").write(TABLE))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert [line.state for line in back] == [line.state for line in saved] == come_back_as(LINES, "xlsx")


def test_csv_as_spreadsheet_programs_save_it_is_read():
    text = form("csv").write(TABLE).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for mark, encoding in ((";", "utf-8"), ("\t", "utf-16")):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=mark).writerows(rows)
        assert bare(form("csv").read(out.getvalue().encode(encoding))) == bare(LINES)


def test_xliff_validates_and_translate_toolkit_reads_and_changes_it():
    content = form("xliff").write(TABLE)
    schema = etree.XMLSchema(etree.parse(CASES / "xliff" / "xliff-core-2.0.xsd"))
    schema.assertValid(etree.fromstring(content))
    store = xliff2.Xliff2File.parsestring(content)
    units = [unit for unit in store.units if unit.source]
    assert [(unit.source, unit.target or "") for unit in units] == [(line.source, line.target) for line in LINES]
    units[4].target = "A gap"
    back = form("xliff").read(bytes(store))
    assert bare(back) == [(line.id, line.source, line.target or "A gap") for line in LINES]


def test_xliff_of_programs_that_divide_units_is_put_together():
    content = form("xliff").write(Table("s", SHIPPED["fa"], SHIPPED["en"], LINES[:1])).decode()
    one, two = (
        f'<segment state="final"><source>{s}</source><target>{t}</target></segment>'
        for s, t in (("بیا", "State"), ("نیه", '<pc id="1">me</pc>nt<ph id="2"/>'))
    )
    divided = re.sub(
        r"<segment.*</segment>", f"{one}<ignorable><source> </source></ignorable>{two}", content, flags=re.DOTALL
    )
    (line,) = form("xliff").read(divided.encode())
    assert (line.source, line.target, line.state) == ("بیا نیه", "State ment", State.REVIEWED)


def test_tmx_is_read_by_translate_toolkit():
    store = toolkit_tmx.tmxfile.parsestring(form("tmx").write(TABLE))
    assert [(unit.source, unit.target) for unit in store.units] == [
        (line.source, line.target) for line in LINES if line.target
    ]


@pytest.mark.parametrize("path", sorted((CASES / "tmx").glob("*.tmx")), ids=lambda path: path.stem)
def test_memories_of_other_programs_are_read(path):
    pairs = list(form("tmx").pairs(path.read_bytes(), "fa", "en"))
    assert pairs[0] == MemoryPair("آزادی برای همه.", "Freedom for all.")
    assert all(pair.source and pair.target for pair in pairs)


def test_a_memory_speaks_of_the_languages_it_has():
    content = (CASES / "tmx" / "regions_and_codes.tmx").read_bytes()
    assert form("tmx").counted(content, "fa", ("en", "de")) == {"en": 2, "de": 0}
    assert list(form("tmx").pairs(content, "fa", "fr")) == [MemoryPair("آزادی برای همه.", "La liberté pour tous.")]


@pytest.mark.parametrize("name", FORMATS.names())
@pytest.mark.parametrize(
    ("text", "fault"), [("a\x9b31mb", "U+009B"), ("e" + "\u0301" * 40, "marks on it")], ids=["C1", "marks"]
)
def test_what_no_text_has_is_a_fault_of_its_line_in_every_format(name, text, fault):
    one, other = replace(LINES[0], target="word"), replace(LINES[1], target="other")
    content = form(name).write(replace(TABLE, lines=(one, other)))
    lines = form(name).read(_put(content, b"word", text.encode()))
    assert [fault in line.fault for line in lines] == [True, False]


def _put(content: bytes, word: bytes, other: bytes) -> bytes:
    """Return a file, packed or not, with another word in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.replace(word, other)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info).replace(b">word<", b">" + other + b"<"))
    return out.getvalue()


# --- columns that were moved ----------------------------------------------------------


def as_csv(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_word(rows):
    document = docx.Document()
    its = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(its.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_text(rows):
    cells = ("".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row) for row in rows)
    return odt(f"<table:table>{''.join(f'<table:table-row>{its}</table:table-row>' for its in cells)}</table:table>")


WRITERS = {"csv": as_csv, "xlsx": as_workbook, "docx": as_word, "odt": as_text}
HEAD, ROW = ["id", "Persian", "English", "note", "reviewed"], [LINES[0].id, "بیانیه", "Statement", "ours", "yes"]


def with_column(row, place, text):
    return [*row[:place], text, *row[place:]]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "order",
    [(0, 1, 3, 2, 4), (4, 3, 2, 1, 0), (0, 3, 1, 2, 4), (0, 1, 2, 4, 3)],
    ids=lambda order: "".join(map(str, order)),
)
def test_a_table_whose_columns_were_moved_is_refused(name, order):
    form = FORMATS.load(READ_BY.get(name, name))
    rows = [[row[place] for place in order] for row in (HEAD, ROW)]
    with pytest.raises(ExchangeError, match=r"has moved|no row|no table"):
        form.read(WRITERS[name](rows))


@pytest.mark.parametrize("name", WRITERS)
def test_a_column_between_those_that_went_out_is_refused_and_so_is_one_behind_them(name):
    form = FORMATS.load(READ_BY.get(name, name))

    def read(place):
        return form.read(WRITERS[name]([with_column(HEAD, place, "mine"), with_column(ROW, place, "what I think")]))

    for place in (1, 2, 3):
        with pytest.raises(ExchangeError, match="«note» has moved"):
            read(place)
    with pytest.raises(ExchangeError, match="«mine» was put in behind those"):
        read(5)
    (line,) = read(0)
    assert (line.source, line.target, line.note) == ("بیانیه", "Statement", "ours")


# --- cells that were merged over rows --------------------------------------------------

IDS = [f"{place:012x}-e3b0c44298fc1c14" for place in range(4)]
ROWS = [HEAD, *([one, f"جمله {place}", f"Sentence {place}", "", ""] for place, one in enumerate(IDS))]


def merged_workbook(rows, top, end, column):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(rows)))
    book.worksheets[0].merge_cells(start_row=top, end_row=end, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged_word(rows, top, end, column):
    document = docx.Document(io.BytesIO(as_word(rows)))
    its = document.tables[0]
    its.cell(top - 1, column - 1).merge(its.cell(end - 1, column - 1))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def merged_text(rows, top, end, column):
    def cell(row, place, text):
        if place != column or not top <= row <= end:
            return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
        if row > top:
            return "<table:covered-table-cell/>"
        return (
            f'<table:table-cell table:number-rows-spanned="{end - top + 1}"><text:p>{text}</text:p></table:table-cell>'
        )

    its = ("".join(cell(at, place, text) for place, text in enumerate(row, 1)) for at, row in enumerate(rows, 1))
    return odt(f"<table:table>{''.join(f'<table:table-row>{one}</table:table-row>' for one in its)}</table:table>")


def merged_sheet(rows, top, end, column):
    with zipfile.ZipFile(io.BytesIO(merged_text(rows, top, end, column))) as text:
        content = text.read("content.xml").replace(b"office:text>", b"office:spreadsheet>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content.replace(b'rows-spanned="1"', b'columns-spanned="2"'))
    return out.getvalue()


MERGERS = {"xlsx": merged_workbook, "docx": merged_word, "odt": merged_text, "ods": merged_sheet}
READ_BY = {"odt": "docx", "ods": "xlsx"}


@pytest.mark.parametrize("name", MERGERS)
@pytest.mark.parametrize(("top", "end"), [(2, 3), (3, 5)])
def test_sentences_whose_translations_were_merged_into_one_cell_are_left_out(name, top, end):
    """One translation of both would stand with the first, and the second be empty, as if nobody had touched it."""
    lines = FORMATS.load(READ_BY.get(name, name)).read(MERGERS[name](ROWS, top, end, 3))
    faults = {line.id: line.fault for line in lines}
    assert [one for one in IDS if "are merged" in faults[one]] == IDS[top - 2 : end - 1]
    assert [bool(one) for one in faults.values()].count(True) == end - top + 1


@pytest.mark.parametrize("name", MERGERS)
def test_notes_that_were_merged_keep_no_translation_from_coming_in_nor_does_what_stands_before_the_ids(name):
    numbered = [["part", *ROWS[0]], *(["one", *row] for row in ROWS[1:])]
    for rows, column in ((ROWS, 4), (numbered, 1)):
        lines = FORMATS.load(READ_BY.get(name, name)).read(MERGERS[name](rows, 2, 3, column))
        assert [line.target for line in lines if not line.fault] == [f"Sentence {place}" for place in range(4)]


def test_a_note_that_was_merged_with_what_stands_beside_it_keeps_no_translation_from_coming_in():
    for column, is_left_out in ((4, False), (3, True)):
        lines = FORMATS.load("xlsx").read(merged_sheet(ROWS, 2, 2, column))
        assert bool(lines[0].fault) is is_left_out and lines[0].target == "Sentence 0"
