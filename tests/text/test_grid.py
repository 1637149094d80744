"""Cells come out of a text and go back into it, whatever is empty."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import grid

CELLS = st.sampled_from(["", "a", "two words", "ب\u200cب"])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_rows_that_are_not_empty_come_back(table):
    wanted = [[cell or None for cell in row] for row in table if any(row)]
    text = "\n".join("\t".join(row) for row in table)
    cells = list(grid.cells(text))
    assert "".join(cell.source + cell.tail for cell in cells) == text
    found = list(grid.rows((cell.source or None, cell.tail) for cell in cells))
    assert [row for row in found if any(row)] == wanted


def test_a_wide_gap_parts_cells_and_a_narrow_one_words():
    assert [cell.source for cell in grid.cells("one two   three")] == ["one two", "three"]


def test_two_spaces_part_cells_where_a_wider_gap_ends_in_another_row():
    text = "Name         Town\nAnna Miller  Oslo\nBo  Li       Rome"
    assert [cell.source for cell in grid.cells(text)] == ["Name", "Town", "Anna Miller", "Oslo", "Bo  Li", "Rome"]
    assert "".join(cell.source + cell.tail for cell in grid.cells(text)) == text
