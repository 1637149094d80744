"""Of what was received, the latest of each text is known, and no order of reading changes that."""

import itertools
import json

import pytest

from pipeline.distribution import seen
from pipeline.distribution.seen import Seen

A, B = "11" * 32, "22" * 32


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
        said("2026-11-03", 3, B),
        said("2026-11-04", 4, A, kind="withdrawal"),
        said("2026-11-02", 2, A, document="other"),
    ]
    known = set()
    for order in itertools.permutations(letters):
        memory = Seen()
        for letter in order:
            memory = seen.noted(memory, letter)
        known.add(seen.written({"key": memory}))
        assert memory.number == letters[2].number and seen.parse(seen.written({"key": memory})) == {"key": memory}
        assert len(list(seen.outdated(memory, letters[0]))) == 1 and not list(seen.outdated(memory, letters[1]))
    assert len(known) == 1


def test_a_text_that_was_replaced_is_out_of_date_whatever_its_document_is_called_now():
    first = said("2026-11-01", 1, A)
    second = said("2026-11-02", 2, B, document="renamed", replaces=A)
    third = said("2026-11-03", 3, A, document="renamed again", replaces=B)
    for order in itertools.permutations([first, second]):
        memory = Seen()
        for letter in order:
            memory = seen.noted(memory, letter)
        (fault,) = seen.outdated(memory, first)
        assert fault.endswith("was replaced by that of 2026-11-02 which you have received")
        assert not list(seen.outdated(memory, second))
    assert list(seen.outdated(seen.noted(Seen(), second), first))  # never received
    memory = seen.noted(memory, third)  # the first text is right again
    assert not list(seen.outdated(memory, third)) and not list(seen.outdated(memory, first))
    assert list(seen.outdated(memory, second))


def test_a_day_counts_before_a_serial_so_that_a_lost_ledger_does_no_harm():
    memory = seen.noted(Seen(), said("2026-11-01", 70, A))
    assert not list(seen.outdated(memory, said("2026-11-02", 1, B))) and not seen.older(
        memory, said("2026-11-02", 1, B)
    )
    assert list(seen.outdated(memory, said("2026-10-31", 99, B))) and seen.older(memory, said("2026-10-31", 99, B))


def test_the_same_text_is_never_out_of_date_for_its_number_alone():
    memory = seen.noted(Seen(), said("2026-11-05", 5, A))
    assert not list(seen.outdated(memory, said("2026-11-01", 1, A)))
    assert not list(seen.outdated(memory, said("2026-11-05", 5, B)))  # of the same run: nobody can tell


def test_what_was_read_cannot_be_told_from_the_memory():
    text = seen.written({"key": seen.noted(Seen(), said("2026-11-05", 5, A, document="secret-strike"))}).decode()
    assert "secret" not in text and json.loads(text)["key"]["serial"] == 5


@pytest.mark.parametrize(
    "change",
    [{"day": None}, {"serial": None}, {"day": "yesterday"}, {"serial": 0}, {"serial": True}, {"serial": 2**60},
     {"documents": [{}]}, {"documents": 3}, {"day": "2026-11-01\n"}],
)  # fmt: skip
def test_a_manifest_that_says_no_age_has_none(change):
    manifest = {"kind": "letter", "day": "2026-11-01", "serial": 1, "documents": []}
    assert seen.statement(manifest) and seen.statement(manifest | change) is None
