"""What changed in an edition since an earlier version of its catalogue."""

from dataclasses import replace

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.model import Catalogue, Kind
from tests.support.pages import built

FIRST = "نیروهای چپ و دمکرات برای همکاری گرد هم آمدند"
SECOND = "و از مبارزات مردم در سراسر جهان حمایت کردند"
END = "این بند پایانی است که با نقطه پایان می یابد و می ماند."


def compared(old: str, new: str):
    before = built(old, lambda text: f"Old {text[:4]}")
    units = tuple(replace(unit, target="Old") for unit in leverage.extract(before.document))
    return revision.compare(built(new, lambda text: "New"), Catalogue("statement", "fa", "en", units), "2026-01-01")


def test_a_sentence_split_within_its_paragraph_is_shown_as_one_that_changed():
    made = compared(f"عنوان\n{FIRST} {SECOND}.\n\n{END}", f"عنوان\n{FIRST}. {SECOND}.\n\n{END}")
    (passage,) = (one for row in made.rows for one in row.passages if FIRST in one.source)
    assert passage.source == f"{FIRST}. {SECOND}." and passage.earlier.source == f"{FIRST} {SECOND}."


def test_a_sentence_split_over_two_paragraphs_stays_in_two_rows():
    made = compared(f"عنوان\n{FIRST} {SECOND}.\n\n{END}", f"عنوان\n{FIRST}.\n\n{SECOND}.\n\n{END}")
    texts = [[one.source for one in row.passages] for row in made.rows]
    assert [f"{FIRST}."] in texts and [f"{SECOND}."] in texts


def test_a_sentence_between_two_that_were_one_stays():
    made = compared(
        f"عنوان\n{FIRST} {SECOND}.\n\n{END}", f"عنوان\n{FIRST}. سخن دیگری که تازه است در میان آمد. {SECOND}.\n\n{END}"
    )
    texts = " ".join(one.source for row in made.rows for one in row.passages)
    assert all(part in texts for part in (FIRST, SECOND, "سخن دیگری که تازه است در میان آمد."))


def test_a_cell_that_changed_is_shown_in_its_place():
    def table(number):
        return f"عنوان\n\nشهر\tدستمزد\tساعت\nتهران\t۱۸\t۵۸\nسنندج\t{number}\t۶۲\nاهواز\t۱۵\t۶۳\n\n{END}"

    made = compared(table("۱۱"), table("۱۰"))
    found = [one for row in made.rows for one in row.passages if row.block.kind is Kind.TABLE]
    assert [one.source for one in found].count("") == 0
    assert next(one.earlier.source for one in found if one.source == "۱۰") == "۱۱"


def test_cells_of_a_new_row_were_nothing_before_and_those_of_one_that_is_gone_are_told_of():
    rows = ["شهر\tدستمزد\tساعت", "تهران\t۱۸\t۵۸", "سنندج\t۱۱\t۶۲", "اهواز\t۱۵\t۶۳"]
    text = "عنوان\n\n{}\n\n" + END
    more = compared(text.format("\n".join(rows[:2] + rows[3:])), text.format("\n".join(rows)))
    assert all(one.earlier is None for row in more.rows for one in row.passages if one.source in {"سنندج", "۱۱", "۶۲"})
    less = compared(text.format("\n".join(rows)), text.format("\n".join(rows[:2] + rows[3:])))
    gone = {one.earlier.source for row in less.rows for one in row.passages if not one.source}
    assert gone == {"سنندج", "۱۱", "۶۲"}
