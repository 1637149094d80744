"""What the tables that leave and come back have in common: ids, rows, limits, and cells that are no formulas."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ExchangeError
from pipeline.exchange import table
from pipeline.exchange.table import Line
from pipeline.model import State, Unit

UNIT = Unit("paragraph", "الف", "A", State.REVIEWED)
ID = table.line_id("statement", "en", UNIT)


def test_an_id_names_one_unit_of_one_document_in_one_language_and_its_text():
    assert table.parse_id(ID) == (table.unit_id("statement", "en", UNIT), ID.partition("-")[2])
    names = {
        table.unit_id("statement", "en", UNIT),
        table.unit_id("other", "en", UNIT),
        table.unit_id("statement", "fr", UNIT),
        table.unit_id("statement", "en", replace(UNIT, context="heading")),
        table.unit_id("statement", "en", replace(UNIT, source="ب")),
    }
    assert len(names) == 5
    edited = replace(UNIT, target="B", notes=("n",))
    assert table.unit_id("statement", "en", edited) in names and table.line_id("statement", "en", edited) != ID


def test_what_is_no_id_is_none():
    assert table.parse_id("") is table.parse_id("0123456789ab") is table.parse_id(ID.upper()) is None
    assert table.parse_id(f" {ID}\n") == table.parse_id(ID)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ([ID, "الف", "A"], Line(ID, "الف", "A", state=State.DOUBT)),
        (["7", f" {ID} ", "الف", "A", "note", "x", "more"], Line(ID, "الف", "A", "note", state=State.REVIEWED)),
        ([ID, "الف", "A", "note"], Line(ID, "الف", "A", "note", state=State.DOUBT)),
        ([ID, "الف", "A", "", " OUI "], Line(ID, "الف", "A", state=State.REVIEWED)),
        ([ID, "الف", "A", "", "بله"], Line(ID, "الف", "A", state=State.REVIEWED)),
        ([ID, "الف", "A", "", "no"], Line(ID, "الف", "A", state=State.DOUBT)),
    ],
)
def test_a_row_is_read_from_wherever_its_id_stands(row, line):
    assert table.lines_of([["id", "source"], row, [], [ID, "too short"]]) == (line,)


def test_a_table_without_ids_is_not_the_one_that_was_exported():
    with pytest.raises(ExchangeError, match="no row with an id; fill in the table that was exported"):
        table.lines_of([["a", "b", "c"]])


def test_an_empty_file_and_one_that_is_too_large_are_refused():
    table.require_size(b"12345", "table", 5)
    with pytest.raises(ExchangeError, match="larger than 5 bytes; split the table"):
        table.require_size(b"123456", "table", 5)
    with pytest.raises(ExchangeError, match="the file is empty; ask for the table again"):
        table.require_size(b" \n", "table")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_named(character):
    with pytest.raises(ExchangeError, match=f"U\\+{ord(character):04X} cannot be exported"):
        table.xml_text(f"a{character}b")
    assert table.xml_text("a\t\n\r\u200cb\U0001f54a") == "a\t\n\r\u200cb\U0001f54a"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''-1"])
def test_no_cell_is_a_formula_and_every_one_comes_back(text):
    assert table.guarded(text) == f"'{text}" and table.unguarded(f"'{text}") == text


@pytest.mark.parametrize("mark", [";", ",", "\t", "|", "\n", ';"', ";''", ';""'])
@pytest.mark.parametrize("begun", ["", "a", "=a"])
@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1", "@a", "＝1", "\t=1", "=1;=2"])
def test_no_cell_is_one_either_where_another_separator_is_taken(mark, begun, formula):
    text = f"{begun}{mark}{formula}"
    shown = table.guarded(text)
    assert table.unguarded(shown) == text
    for other in ";,\t|\n":
        for row in csv.reader(io.StringIO(shown), delimiter=other if other != "\n" else "\0"):
            assert not [cell for cell in row if cell.lstrip('"').startswith(("=", "+", "-", "@", "＝"))], (shown, other)


@given(st.text(alphabet="=+-@\t\r\n;,|\"' aب＝"))
def test_whatever_is_guarded_comes_back(text):
    assert table.unguarded(table.guarded(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "'a", "'", "1-1"])
def test_what_is_no_formula_is_left_alone(text):
    assert table.guarded(text) == table.unguarded(text) == text
