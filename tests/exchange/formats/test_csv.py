"""A table of text that comes back: no cell is taken for another, whoever saved it."""

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import csv
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED

IDS = [f"{number}123456789ab-0123456789abcdef" for number in range(4)]
HEAD = "id,fa,en,note,reviewed"


def read(*rows, mark=",", encoding="utf-8"):
    return csv.read("\r\n".join(row.replace(",", mark) for row in rows).encode(encoding))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"{IDS[1]},الف,Bread, peace,,", "line 3: 6 cells, where there should be 5"),
        (f"{IDS[1]},الف,A,,,,", "line 3: 7 cells, where there should be 5"),
        (f"{IDS[1]},الف A,,", "line 3: 4 cells, where there should be 5"),
        (f"{IDS[1]},A", "line 3: 2 cells, where there should be 5"),
        (f'{IDS[1]},الف,"A,,', "line 3 to 4: a quotation mark is not closed"),
    ],
)
def test_a_row_of_other_cells_is_said_with_its_line_and_not_taken(row, fault):
    first, second, *_ = read(HEAD, f"{IDS[0]},ب,B,,", row, f"{IDS[2]},پ,P,,")
    assert (first.target, first.fault) == ("B", "")
    assert (second.id, second.target) == (IDS[1], "") and second.fault.startswith(fault)


def test_without_names_most_rows_say_how_many_cells_there_are():
    lines = read(f"{IDS[0]},الف,A", f"{IDS[1]},ب,B,more", f"{IDS[2]},پ,P")
    assert [line.fault for line in lines] == ["", "line 2: 4 cells, where there should be 3; put the texts in quotation marks", ""]  # fmt: skip


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_that_separates_ids_separates_cells(mark):
    other = ";" if mark != ";" else ","
    text = (
        f"sep={mark}\n"
        + mark.join(("id", "fa", "en"))
        + f"\n{mark.join((IDS[0], f'الف{other} ب{other}', f'A{other} B{other} C'))}\n"
    )
    (line,) = csv.read(text.encode())
    assert (line.source, line.target) == (f"الف{other} ب{other}", f"A{other} B{other} C")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_the_encodings_of_spreadsheet_programs_are_told_apart(encoding):
    (line,) = read(HEAD, f"{IDS[0]},آزادي براي همه,Liberté «à tous»,,", mark="\t", encoding=encoding)
    assert (line.source, line.target, line.fault) == ("آزادي براي همه", "Liberté «à tous»", "")


def test_western_letters_are_no_arabic_ones():
    assert read(HEAD, f"{IDS[0]},????,Réunis à Genève: ÀÉÈ,,", encoding="cp1252")[0].target == "Réunis à Genève: ÀÉÈ"


@pytest.mark.parametrize("target", ["Erdo?an é", "A ? B é", "é na?ve", "Qui?? é"])
def test_what_an_encoding_has_lost_is_not_taken(target):
    (line,) = read(HEAD, f"{IDS[0]},????,{target},,", encoding="cp1252")
    assert line.fault == "line 2: saved as cp1252, which has “?” for other characters; save it as “CSV UTF-8”"
    assert not read(HEAD, f"{IDS[0]},????,Is it é? Yes.,,", encoding="cp1252")[0].fault


@pytest.mark.parametrize(
    "rows", [("n,fa,en", f"x,{IDS[0]},آزادي براي"), (f"{IDS[0]},آزادي", f"{IDS[1]},ب", f"{IDS[2]},پ,P")]
)
def test_a_row_without_a_translation_is_left_out_in_any_encoding(rows):
    for encoding in ("utf-8", "cp1256"):
        try:
            assert not any(line.target for line in read(*rows, encoding=encoding))
        except ExchangeError as error:
            assert "no row with an id" in str(error)


@pytest.mark.parametrize("target", ["#NAME?", "#N/A", "#NOM?", "#VALEUR!", "#DIV/0!", "Err:508", "########"])
def test_an_error_of_a_spreadsheet_is_no_translation(target):
    assert read(HEAD, f"{IDS[0]},الف,{target},,")[0].fault.startswith("line 2: a spreadsheet's error")


@pytest.mark.parametrize("target", [IDS[1], f" {IDS[1]}-r"])
def test_the_id_of_another_sentence_is_no_translation(target):
    """As when rows have become columns."""
    assert read(HEAD, f"{IDS[0]},الف,{target},,")[0].fault.startswith("line 2: the id of a sentence")


@pytest.mark.parametrize("target", ["#womenlifefreedom", "# 1", "#1", "Err: 5", "No!", "#Frau, Leben!"])
def test_a_hashtag_is_a_translation(target):
    line = Line(IDS[0], "الف", target)
    assert not csv.read(csv.write(Table("s", SHIPPED["fa"], SHIPPED["en"], (line,))))[0].fault


def test_a_merge_conflict_is_refused_with_its_line():
    rows = [HEAD, "<<<<<<< HEAD", f"{IDS[0]},الف,A,,", "=======", f"{IDS[0]},الف,B,,", ">>>>>>> theirs"]
    with pytest.raises(ExchangeError, match="line 2: a merge conflict"):
        read(*rows)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x9b"])
def test_a_cell_with_a_control_character_is_left_out_and_said(character):
    first, second, third = read(
        HEAD, f"{IDS[0]},الف,A{character}[2J,,", f"{IDS[1]},ب,B,no{character}te,", f"{IDS[2]},پ,C,,"
    )
    assert third.fault == "" and all(f"U+{ord(character):04X}" in line.fault for line in (first, second))


def test_rows_without_end_are_given_up_in_time():
    """A mark that is not closed, with nothing behind it but lines, is tried with every separator."""
    content = b'id,source,target\n0123456789ab-0123456789abcdef,s,"' + b"\n" * (bounds.MOST_ROWS + 2)
    with pytest.raises(ExchangeError, match="not a table"):
        csv.read(content)
    with pytest.raises(ExchangeError, match="more than 400,000 rows"):
        list(csv._rows(content.decode(), ";"))
    assert len(list(csv._rows("a;b\n" * bounds.MOST_ROWS, ";"))) == bounds.MOST_ROWS
