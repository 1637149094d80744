"""A mark of how far a ledger has come."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger.delivery import Content
from tests.support.deliveries import sent

pytestmark = pytest.mark.usefixtures("closed_databases")


def test_a_mark_is_held_by_the_ledger_it_is_of_and_by_all_that_come_after(path, book):
    marks = [book.marks.now()]
    for name in "abc":
        sent(book, Content(name, "en", "a" * 64))
        marks.append(book.marks.now())
    book.decisions.withdraw("a", "en", "a" * 64, "wrong")
    marks.append(book.marks.now())
    assert [mark.number for mark in marks] == [0, 3, 6, 9, 9] and len({mark.digest for mark in marks}) == 4
    again = ledger.open(path, lambda: datetime.now(UTC))
    assert again.marks.now() == marks[-1] and all(again.marks.holds(mark) for mark in marks)
    last = marks[-1]
    for change in (
        {"number": 10},
        {"digest": "0" * 64},
        {"ledger": "0" * 32},
        {"withdrawn": ("0" * 16,)},
        {"number": 6},
    ):
        assert not again.marks.holds(replace(last, **change)), change
