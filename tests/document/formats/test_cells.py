import pytest

from pipeline.document.formats import _cells, _page, _tree
from pipeline.model import Kind
from pipeline.office.archive import OfficeError

ROW = "<tr><td>الف</td><td>ب</td></tr>"


def tables(page: str) -> list[tuple[str, int]]:
    lines = _tree.shown(_page.parsed(page)).lines
    return [(line.text, line.paragraph.header_rows) for line in lines if line.paragraph.kind is Kind.TABLE]


@pytest.mark.parametrize(
    ("inside", "text", "heads"),
    [
        ("<tr><th>الف<th>ب<tr><td>ج<td>د", "الف\tب\nج\tد", 1),
        ("<thead><tr><td>الف<td>ب<tbody><tr><td>ج<td>د", "الف\tب\nج\tد", 1),
        ("<tr><th colspan=2>الف<tr><td>ب<td>ج", "الف\t\nب\tج", 1),
        ("<tr><th rowspan=2>الف<th>ب<tr><th>ج<tr><td>د<td>ه", "الف\tب\n\tج\nد\tه", 2),
        ("<tr><th>الف<td>ب<tr><th>ج<td>د", "الف\tب\nج\tد", 0),
        ("<tr><th>الف<th>ب", "الف\tب", 0),
        ("<tr><th>الف<td>ب<tr hidden><td>x<td>y<tr><td>ج<td hidden>z<td>د", "الف\tب\nج\tد", 0),
        ("<tr><th>الف<td>ب<br>ج<tr><td>د<td><p>ه</p><p>و</p>", "الف\tب\u2028ج\nد\tه\u2028و", 0),
        ("<tr><th>الف<td>ب\tو\nج<tr><td>د<td>ه", "الف\tب و ج\nد\tه", 0),
    ],
)
def test_a_table_is_rows_of_cells_under_its_heads(inside, text, heads):
    assert tables(f"<table>{inside}</table>") == [(text, heads)]


@pytest.mark.parametrize(
    "inside",
    [
        "<td>الف<td>ب<tr><td>ج<td>د",
        "<tbody><td>الف<td>ب<tr><td>ج<td>د",
        "<form><tr><td>الف<td>ب</tr><tr><td>ج<td>د</tr></form>",
        "<center><tr><td>الف<td>ب</tr></center><div><div><tr><td>ج<td>د</tr></div></div>",
        "<tr><form><td>الف<td>ب</form></tr><tr><td>ج<td>د</tr>",
        "<tbody><font><tr><td>الف<td>ب</tr></font></tbody><tr><td>ج<td>د</tr>",
        "<tbody style='display:none'><tr><td>x<td>y</tr></tbody><tr><td>الف<td>ب<tr><td>ج<td>د",
    ],
)
def test_a_row_is_one_whatever_is_around_it_and_its_cells(inside):
    """As old pages have them: a browser shows these tables, and so all of them is read."""
    assert [text for text, _ in tables(f"<table border=1>{inside}</table>")] == ["الف\tب\nج\tد"]


@pytest.mark.parametrize(
    "inside",
    [
        "یک<tr>دو<td>الف</td>سه<td>ب</td></tr><p>چهار</p>",
        "<tbody>یک<p>دو</p><tr><div>سه</div><td>الف<td>ب</tr>چهار</tbody>",
        "<colgroup><col>یک</colgroup><form><caption>دو</caption><tr><td>الف<td>ب</tr>سه</form><b>چهار</b>",
        "<tr><td>الف<td>ب</tr><p>یک<p>دو<p>سه<p>چهار",
    ],
)
def test_what_stands_in_a_table_and_in_no_cell_is_read_before_it(inside):
    lines = _tree.shown(_page.parsed(f"<table border=1>{inside}</table>")).lines
    assert lines[-1].text == "الف\tب"
    before = "".join(line.text for line in lines[:-1])
    assert [before.count(word) for word in ("یک", "دو", "سه", "چهار")] == [1, 1, 1, 1]


def test_the_caption_of_a_table_stands_before_it():
    lines = _tree.shown(_page.parsed(f"<table><caption>جدول یک</caption>{ROW}{ROW}</table>")).lines
    assert [line.paragraph.kind for line in lines] == [Kind.CAPTION, Kind.TABLE]


@pytest.mark.parametrize(
    "table",
    [
        f"<table role=presentation>{ROW}</table>",
        "<table><tr><td>الف</td></tr></table>",
        f"<table><tr><td>الف</td><td><table>{ROW}</table></td></tr></table>",
        "<table><tr><td><h2>الف</h2></td><td>ب</td></tr></table>",
        "<table><tr><td>الف</td><td><p>ب</p><p>ج</p><p>د</p></td></tr></table>",
        "<table><tr><td>الف</td><td>ب<br><br>ج<br><br>د<br><br>ه</td></tr></table>",
    ],
)
def test_a_table_that_only_places_text_is_read_as_that_text(table):
    read = tables(table)
    assert read == [] or read[0][0] == "الف\tب"
    assert "الف" in "".join(line.text for line in _tree.shown(_page.parsed(table)).lines)


@pytest.mark.parametrize(
    "rows",
    ["<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 3000, f"<tr>{'<td>x' * 1001}</tr>"],
)
def test_a_table_wider_than_any_is_refused(rows):
    with pytest.raises(OfficeError, match="columns; divide it"):
        tables(f"<table><tr><th>y</th></tr>{rows}</table>")


def test_tables_with_more_cells_in_all_than_any_document_are_refused():
    spread = "<tr><th>x" + "<td rowspan=999 colspan=50>" * 9 + "<tr>" * 900
    with pytest.raises(OfficeError, match="tables of more than 1,000,000 cells"):
        tables(f"<table>{spread}</table>" * 9)


@pytest.mark.parametrize(
    ("stated", "number"), [("3", 3), (" -2 ", -2), ("", 0), (None, 0), ("٣", 0), ("9" * 7, 0), ("1e3", 0)]
)
def test_a_number_is_what_an_attribute_may_state(stated, number):
    assert _cells.number(stated) == number
