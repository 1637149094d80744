"""Of what was received, the latest of each text is known, and no order of reading changes that."""

import itertools
import json

import pytest

from pipeline.distribution import seen
from pipeline.distribution.seen import Seen

A, B, C = "11" * 32, "22" * 32, "33" * 32
TODAY = "2026-11-30"


def said(
    day: str, serial: int, *texts: str, kind: str = "letter", document: str = "call", replaces: str | None = None
) -> seen.Statement:
    same = {"language": "en", "day": day, "serial": serial, "replaces": replaces}
    documents = [{"document": document, "text_sha256": text, **same} for text in texts]
    found = seen.statement({"kind": kind, "day": day, "serial": serial, "documents": documents, "tool": "x"})
    assert found
    return found


def test_the_order_of_reading_does_not_matter():
    letters = [
        said("2026-11-01", 1, A),
        said("2026-11-05", 5, B),
        said("2026-11-04", 4, A, kind="withdrawal"),
        said("2026-11-02", 2, A, document="other"),
    ]
    known = set()
    for order in itertools.permutations(letters):
        memory = Seen()
        for letter in order:
            memory = seen.noted(memory, letter, TODAY)
        known.add(seen.written({"key": memory}))
        assert memory.number == letters[1].number and seen.parse(seen.written({"key": memory})) == {"key": memory}
        assert len(list(seen.outdated(memory, letters[0], TODAY))) == 1 and not list(
            seen.outdated(memory, letters[1], TODAY)
        )
    assert len(known) == 1


def test_a_text_that_was_replaced_is_out_of_date_whatever_its_document_is_called_now():
    first = said("2026-11-01", 1, A)
    second = said("2026-11-02", 2, B, document="renamed", replaces=A)
    third = said("2026-11-03", 3, A, document="renamed again", replaces=B)
    for order in itertools.permutations([first, second]):
        memory = Seen()
        for letter in order:
            memory = seen.noted(memory, letter, TODAY)
        (fault,) = seen.outdated(memory, first, TODAY)
        assert fault.endswith("was replaced by that of 2026-11-02 which you have received")
        assert not list(seen.outdated(memory, second, TODAY))
    assert list(seen.outdated(seen.noted(Seen(), second, TODAY), first, TODAY))  # never received
    memory = seen.noted(memory, third, TODAY)  # the first text is right again
    assert not list(seen.outdated(memory, third, TODAY)) and not list(seen.outdated(memory, first, TODAY))
    assert list(seen.outdated(memory, second, TODAY))


def test_what_came_before_a_withdrawn_text_is_out_of_date_though_that_was_never_received():
    """Whoever keeps a correction from arriving would bring back what it corrected, after the notice of both."""
    first, draft = said("2026-11-01", 1, A), said("2026-11-01", 1, "d" * 64)
    notice = said("2026-11-03", 3, B, kind="withdrawal")
    later = said("2026-11-04", 4, C, replaces=B)
    for order in itertools.permutations([first, notice]):
        memory = Seen()
        for letter in order:
            memory = seen.noted(memory, letter, TODAY)
        for old in (first, draft):
            (fault,) = seen.outdated(memory, old, TODAY)
            assert fault.endswith("is of 2026-11-01, and one that came in its place was withdrawn on 2026-11-03")
        for other in (notice, later, said("2026-11-01", 1, A, document="other")):
            assert not list(seen.outdated(memory, other, TODAY))
    memory = seen.noted(memory, later, TODAY)
    assert [len(list(seen.outdated(memory, one, TODAY))) for one in (first, later)] == [1, 0]


def test_a_day_counts_before_a_serial_so_that_a_lost_ledger_does_no_harm():
    memory = seen.noted(Seen(), said("2026-11-01", 70, A), TODAY)
    assert not list(seen.outdated(memory, said("2026-11-02", 1, B), TODAY)) and not seen.older(
        memory, said("2026-11-02", 1, B), TODAY
    )
    assert list(seen.outdated(memory, said("2026-10-31", 99, B), TODAY)) and seen.older(
        memory, said("2026-10-31", 99, B), TODAY
    )


def test_where_a_clock_was_wrong_serials_tell_the_age():
    """A ledger keeps a day to come for ever: all that is numbered after it has one too, and is remembered."""
    first, withdrawn = said("2026-11-01", 1, A), said("2062-01-01", 3, C, kind="withdrawal", document="other")
    second, third = said("2062-01-01", 2, B), said("2062-01-01", 4, C, replaces=B)
    for order in itertools.permutations([first, second, withdrawn, third]):
        memory = Seen()
        for letter in order:
            memory = seen.noted(memory, letter, TODAY)
        assert list(seen.outdated(memory, first, TODAY)) and list(seen.outdated(memory, second, TODAY))
        assert seen.older(memory, second, TODAY) and not seen.older(memory, third, TODAY)
        assert "withdrawn" in next(seen.outdated(memory, said("2062-01-01", 5, C), TODAY))
    memory = seen.noted(Seen(), second, TODAY)  # and the ledger was lost then
    assert list(seen.outdated(memory, said("2026-11-29", 1, C), TODAY))
    assert not list(seen.outdated(memory, said("2026-11-29", 2, C), TODAY))


def test_the_same_text_is_never_out_of_date_for_its_number_alone():
    memory = seen.noted(Seen(), said("2026-11-05", 5, A), TODAY)
    assert not list(seen.outdated(memory, said("2026-11-01", 1, A), TODAY))
    assert not list(seen.outdated(memory, said("2026-11-05", 5, B), TODAY))  # of the same run: nobody can tell


def test_what_was_read_cannot_be_told_from_the_memory():
    text = seen.written({"key": seen.noted(Seen(), said("2026-11-05", 5, A, document="secret-strike"), TODAY)}).decode()
    assert "secret" not in text and json.loads(text)["key"]["serial"] == 5


@pytest.mark.parametrize(
    "change",
    [{"day": None}, {"serial": None}, {"day": "yesterday"}, {"serial": 0}, {"serial": True}, {"serial": 2**60},
     {"documents": [{}]}, {"documents": 3}, {"day": "2026-11-01\n"}],
)  # fmt: skip
def test_a_manifest_that_says_no_age_has_none(change):
    manifest = {"kind": "letter", "day": "2026-11-01", "serial": 1, "documents": []}
    assert seen.statement(manifest) and seen.statement(manifest | change) is None
