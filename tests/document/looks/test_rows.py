"""Rows of cells, and what they are."""

from pipeline.document import looks
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.looks import kinds, line


def test_hemistichs_signatures_and_cells_in_columns_are_told_apart():
    poem = (
        line("دست در دست هم ای رنجبران\tنان ز خون دل ما می‌پزند"),
        line("سفره خالی‌ست ولی سینه پر است\tاز امیدی که به فردا دارند"),
    )
    cells = line("نام\tسال"), line("سارا\t۱۳۹۵")
    names = line("دبیر کانون\tرئیس هیئت"), line("کاوه رستگار\tناهید افشار")
    found = looks.recognised([line(), *poem, line(), *cells, line(), *names], SHIPPED["fa"])
    assert [one.kind for one in found] == [None, Kind.VERSE, None, Kind.TABLE, None, Kind.SIGNATURES]
    assert found[1].text.count("\n") == 1 and found[5].text == "دبیر کانون\tرئیس هیئت\nکاوه رستگار\tناهید افشار"


def test_labels_that_a_tab_parts_from_what_they_name_are_no_table():
    rows = [line("نام:\tعلی"), line("نام خانوادگی:\tرضایی")]
    assert [one.text for one in looks.recognised(rows, SHIPPED["fa"])] == ["نام: علی", "نام خانوادگی: رضایی"]


def test_a_marker_before_a_tab_is_no_cell():
    found = looks.recognised([line(), line("الف)\tدر همهٔ شهرها"), line("ب)\tدر همهٔ روستاها"), line()], SHIPPED["fa"])
    assert [(one.text, one.kind) for one in found[1:3]] == [("الف) در همهٔ شهرها", None), ("ب) در همهٔ روستاها", None)]


def test_labels_beside_what_they_name_above_the_text_are_lines_of_a_letterhead():
    rows = "روز\tجمعه ۱۱ اسفند\nمحل\tخانهٔ محله"
    above = looks.recognised([line(rows, Kind.TABLE), line()], SHIPPED["fa"])
    assert [(one.text, one.likely) for one in above[:2]] == [
        ("روز جمعه ۱۱ اسفند", Kind.CONTACT),
        ("محل خانهٔ محله", Kind.CONTACT),
    ]
    assert kinds(line(), line(rows, Kind.TABLE), line())[1] == (Kind.TABLE, 0)
    assert kinds(line(rows, Kind.TABLE, is_framed=True), line())[0] == (Kind.TABLE, 0)
