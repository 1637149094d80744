"""What volunteers write beside the sentences of a table is told, in whatever format, and nothing else is."""

import csv
import io
import subprocess
import zipfile
from dataclasses import replace

import docx as worddocument
import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from pipeline.errors import ExchangeError
from pipeline.exchange import unread
from pipeline.exchange.formats import csv as csvtable
from pipeline.exchange.formats import docx, xlsx
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED
from pipeline.model import State
from tests.support import documents

IDS = [f"{number:012x}-0123456789abcdef" for number in range(3)]
LINES = (
    Line(IDS[0], "الف", "Our statement", "a note", state=State.REVIEWED),
    Line(IDS[1], "ب", "Two\nlines", state=State.TRANSLATED, previous="پ"),
    Line(IDS[2], "ج", "", state=State.DOUBT),
)
TABLE = Table("s", SHIPPED["fa"], SHIPPED["en"], LINES)
SAID = "Dear friends, I was not sure of the second"


def told(form, content: bytes) -> str:
    return unread.said(form.held(content), form.read(content))


def word(change) -> bytes:
    document = worddocument.Document(io.BytesIO(docx.write(TABLE)))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(change) -> bytes:
    book = load_workbook(io.BytesIO(xlsx.write(TABLE)))
    change(book, book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(*more, at=None) -> bytes:
    found = list(csv.reader(io.StringIO(csvtable.write(TABLE).decode("utf-8-sig"))))
    found[at or len(found) : at or len(found)] = more
    out = io.StringIO(newline="")
    csv.writer(out).writerows(found)
    return out.getvalue().encode("utf-8-sig")


WORD = {
    "below": lambda document: document.add_paragraph(SAID),
    "above": lambda document: document.paragraphs[0].insert_paragraph_before(SAID),
    "row without an id": lambda document: setattr(document.tables[0].add_row().cells[0], "text", SAID),
    "comment on the title": lambda document: document.add_comment(document.paragraphs[0].runs, SAID, "Sara", "S"),
}
SHEET = {
    "below": lambda _, one: one.cell(20, 2, SAID),
    "beside": lambda _, one: one.cell(3, 8, SAID),
    "another sheet": lambda book, _: book.create_sheet("remarks").cell(1, 1, SAID),
    "comment on a name": lambda _, one: setattr(one.cell(1, 3), "comment", Comment(SAID, "")),
    "instead of yes": lambda _, one: one.cell(3, 5, SAID),
}


@pytest.mark.parametrize("place", WORD)
def test_words_beside_a_table_in_word_are_told(place):
    content = word(WORD[place])
    assert SAID.replace(",", "") in told(docx, content)
    assert not any(SAID in line.target + line.note for line in docx.read(content))


@pytest.mark.parametrize("place", SHEET)
def test_words_beside_the_sentences_of_a_spreadsheet_are_told(place):
    assert SAID.replace(",", "") in told(xlsx, sheet(SHEET[place]))


@pytest.mark.parametrize("at", [0, 1, None])
def test_rows_without_a_sentence_in_csv_are_told(at):
    assert SAID.replace(",", "") in told(csvtable, rows([SAID, "", "", "", ""], at=at))


def test_a_text_box_on_a_sheet_is_told():
    box = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:txBody>'
        f"<a:p><a:r><a:t>{SAID}</a:t></a:r></a:p></xdr:txBody></xdr:wsDr>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    relations = (
        f'<Relationships xmlns="{documents.RELATIONS}"><Relationship Id="r" Type="{kind}" Target="../drawings/d.xml"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(io.BytesIO(xlsx.write(TABLE))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {"xl/drawings/d.xml": box.encode(), "xl/worksheets/_rels/sheet1.xml.rels": relations.encode()}
    assert SAID.replace(",", "") in told(xlsx, documents.zipped(members))


@pytest.mark.parametrize("form", [docx, xlsx, csvtable])
def test_a_table_as_it_went_out_has_nothing_beside(form):
    assert told(form, form.write(TABLE)) == ""
    assert told(form, form.write(replace(TABLE, lines=(replace(LINES[0], target="Another text"),)))) == ""


@pytest.mark.parametrize(
    ("form", "suffix", "more"),
    [(docx, "odt", lambda: word(WORD["below"])), (xlsx, "ods", lambda: sheet(SHEET["another sheet"]))],
)
def test_nor_has_one_that_libreoffice_saved_but_for_what_was_written_there(form, suffix, more, tmp_path):
    for name, content in (("plain", form.write(TABLE)), ("more", more())):
        (tmp_path / f"{name}{form.SUFFIXES[0]}").write_bytes(content)
    paths = sorted(tmp_path.glob(f"*{form.SUFFIXES[0]}"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", tmp_path, *paths], check=True, capture_output=True, timeout=120)
    assert told(form, (tmp_path / f"plain.{suffix}").read_bytes()) == ""
    assert SAID.replace(",", "") in told(form, (tmp_path / f"more.{suffix}").read_bytes())


def test_what_stands_in_a_row_with_a_fault_is_told_with_that_row_alone():
    content = word(lambda document: document.tables[0].cell(1, 1).merge(document.tables[0].cell(1, 2)))
    assert [bool(line.fault) for line in docx.read(content)] == [True, False, False]
    assert told(docx, content) == ""


def test_one_text_in_very_many_cells_is_refused_before_it_costs():
    """A spreadsheet keeps it once: 300 kB would be read as gigabytes."""
    content = sheet(lambda _, one: [one.append(["x" * 30_000]) for _ in range(2000)])
    assert len(content) < 300_000
    with pytest.raises(ExchangeError, match="more than 50,000,000 characters beside its sentences"):
        told(xlsx, content)
