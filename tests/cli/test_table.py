"""Tables fit the width of a terminal, and keep whole what people copy."""

import pytest
from rich.cells import cell_len

from pipeline.cli import table

COLUMNS = ("document", "left to do", "units")
ROWS = (
    ("dockers", "12 machine, 3 changed, 1 untranslated", "16"),
    ("2016-10-cooperation-council-statement", "", "128"),
    ("2016-10-cooperation-council-statement", "ویرایش دوم لازم است", "9"),
)


def shown(width, rows=ROWS, **options):
    return list(table.lines(COLUMNS, rows, width, **options))


def test_a_wide_terminal_shows_a_row_a_line():
    assert shown(100, right=("units",)) == [
        "document                               left to do                             units",
        "dockers                                12 machine, 3 changed, 1 untranslated     16",
        "2016-10-cooperation-council-statement                                           128",
        f"2016-10-cooperation-council-statement  ویرایش دوم لازم است{' ' * 24}9",
    ]


def test_a_narrow_one_folds_between_words_and_leaves_whole_what_is_copied():
    assert shown(40, whole=("document",), right=("units",)) == [
        "document         left to do        units",
        "dockers          12 machine, 3        16",
        "                 changed, 1",
        "                 untranslated",
        "2016-10-cooperation-council-statement",
        "                                     128",
        "                 ویرایش دوم لازم       9",
        "                 است",
    ]


@pytest.mark.parametrize("width", [30, 40, 80])
def test_nothing_is_lost_and_nothing_is_too_wide(width):
    words = [f"w{number}" for number in range(50)]
    lines = shown(width, [("id", " ".join([*words, "x" * 200]), "1")], whole=("document",), right=("units",))
    assert max(map(cell_len, lines)) <= width
    assert sum(line.count("x") for line in lines) == 200
    assert [word for line in lines for word in line.split() if word in words] == words


def test_headings_are_folded_where_their_columns_hold_less():
    columns = ("partner", "every language", "contact language", "active")
    assert list(table.lines(columns, [("oslo", "no", "en", "yes")], 35)) == [
        "partner  every     contact   active",
        "         language  language",
        "oslo     no        en        yes",
    ]
