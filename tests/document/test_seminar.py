"""What organisers write of a seminar: every mistake has its line, and what is right becomes a document."""

import pytest

from pipeline.document import seminar
from pipeline.document.corrections import Corrections
from pipeline.document.formats import seminar as form
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import Kind

TEXT = """title = "سمینار"
organiser = "اتحاد"
days = [2026-11-28, 2026-11-29]

[[agenda]]
time = "09:30–10:00"
day = 2026-11-28
title = "گشایش"
speaker = "سارا"

[[agenda]]
time = "9:00"
day = 2026-11-29
title = "پایان"

[[people]]
name = "سارا"
names = { en = "Sara" }
"""


def read(text):
    return seminar.read(text.encode(), "seminar.toml", DocumentError)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "سمینار"\n', "", r"seminar.toml:1: title: missing; write one line of text"),
        ("organiser", "organizer", r"seminar.toml:2: organizer: unknown key; known are: title, organiser"),
        ("09:30–", "9.30–", r"seminar.toml:6: agenda.time: .* is not a time; write: time = \"09:30\" or"),
        ("9:00", "25:00", r"seminar.toml:12: agenda.time: "),
        ("day = 2026-11-29", "day = 2026-11-30", r"seminar.toml:13: agenda.day: 2026-11-30 is none of the days"),
        ("days = [2026-11-28,", "days = [28,", r"seminar.toml:3: days: 28 is not a day"),
        ("days = [2026-11-28,", "days = [0001-01-01,", r"seminar.toml:3: days: "),
        ("[[people]]", "[people]", r"seminar.toml:16: people: write a table for each, with two brackets"),
        ('"سارا"\nnames', '"سا\\tرا"\nnames', r"seminar.toml:17: people.name: .* is not one line of text"),
    ],
)
def test_a_mistake_is_named_with_line_key_and_remedy(old, new, message):
    assert old in TEXT
    with pytest.raises(DocumentError, match=message):
        read(TEXT.replace(old, new))


def test_agenda_and_people_are_tables_without_empty_columns():
    document = form.read(TEXT.encode(), "s", SHIPPED["fa"], Corrections())
    kinds = [block.kind for block in document.blocks]
    assert kinds[:4] == [Kind.TITLE, Kind.SUBTITLE, Kind.DATE, Kind.HEADING] and kinds.count(Kind.TABLE) == 3
    first, second, people = (block.text for block in document.blocks if block.kind is Kind.TABLE)
    assert first == "ساعت\tموضوع\tسخنران\n۰۹:۳۰–۱۰:۰۰\tگشایش\tسارا"
    assert second == "ساعت\tموضوع\n۹:۰۰\tپایان" and people == "نام\nسارا"
    assert (document.meta.issuer, document.meta.date) == ("اتحاد", "2026-11-28")


def test_what_needs_no_translator_is_known():
    known = seminar.renderings(read(TEXT), SHIPPED["fa"], SHIPPED["en"])
    assert (known["سارا"], known["برنامه"], known["۹:۰۰"]) == ("Sara", "Agenda", "9:00")
    assert (
        known[seminar.days_in_words(("2026-11-28", "2026-11-29"), SHIPPED["fa"])]
        == "28 November 2026 – 29 November 2026"
    )
