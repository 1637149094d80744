"""What changed in an edition since an earlier version of its catalogue."""

from dataclasses import replace

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.model import Catalogue
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
