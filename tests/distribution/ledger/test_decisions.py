"""What was decided about texts is kept, each decision as a step."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger.delivery import DeliveryKind, DeliveryState
from pipeline.errors import LedgerError
from tests.support.deliveries import TEXT, WAY, sent

pytestmark = pytest.mark.usefixtures("closed_databases")


def test_the_first_reason_of_a_withdrawal_stands(book):
    book.decisions.withdraw("b", "en", "a" * 64, "wrong")
    book.decisions.withdraw("a", "fr", "a" * 64, "late")
    book.decisions.withdraw("b", "en", "a" * 64, "another")
    assert [(one.key, one.reason) for one in book.decisions.withdrawn()] == [
        (("a", "fr", "a" * 64), "late"),
        (("b", "en", "a" * 64), "wrong"),
    ]


def test_a_withdrawal_is_undone_and_made_again_and_each_is_a_step(path, book):
    book.decisions.withdraw("statement", "en", "a" * 64, "wrong")
    before = book.marks.now()
    (text,) = book.decisions.withdrawn()
    book.decisions.undo([text])
    undone = book.marks.now()
    assert book.decisions.withdrawn() == [] and book.marks.holds(before) and before != undone
    book.decisions.withdraw("statement", "en", "a" * 64, "wrong after all")
    assert [one.reason for one in book.decisions.withdrawn()] == ["wrong after all"]
    with closing(ledger.open(path, lambda: datetime.now(UTC))) as again:
        assert all(again.marks.holds(mark) for mark in (before, undone, book.marks.now()))
    rows = sqlite3.connect(path).execute("SELECT decision, reason FROM decisions").fetchall()
    assert rows == [("withdrawn", "wrong"), ("undone", ""), ("withdrawn", "wrong after all")]


def test_an_original_is_held_until_it_is_freed_and_is_not_withdrawn_by_that(book):
    key = ("statement", "fa", "b" * 64)
    book.decisions.withdraw(*key, "wrong")
    before = book.marks.now()
    book.decisions.hold(*key)
    book.decisions.hold(*key)
    assert set(book.decisions.held()) == {key} and [row[1] for row in book.decisions.all()] == ["withdrawn", "held"]
    assert [one.key for one in book.decisions.withdrawn()] == [key] and book.marks.holds(before)
    book.decisions.free([key])
    assert book.decisions.held() == {} and [one.key for one in book.decisions.withdrawn()] == [key]


@pytest.mark.parametrize("state", DeliveryState)
def test_a_withdrawal_is_undone_only_while_no_notice_may_have_arrived(book, state):
    sent(book, TEXT)
    for name in ("statement", "other"):
        book.decisions.withdraw(name, "en", "a" * 64, "wrong")
    notice = book.plan("oslo", DeliveryKind.WITHDRAWAL, (TEXT,), WAY)
    if state is not DeliveryState.PLANNED:
        book.commit(notice)
        book.record(notice, state, "")
    if state.may_have_arrived:
        with pytest.raises(LedgerError, match="oslo may have the notice"):
            book.decisions.undo(book.decisions.withdrawn())
    else:
        book.decisions.undo(book.decisions.withdrawn())
    assert len(book.decisions.withdrawn()) == 2 * state.may_have_arrived


def test_a_ledger_of_before_decisions_and_texts_were_kept_has_none(path, book):
    assert (book.decisions.withdrawn(), book.decisions.reasons(), book.texts.text("a" * 64)) == ([], {}, "")


def test_the_last_reason_of_a_correction_stands(book):
    key = ("statement", "en", "a" * 64)
    for reason in ("a date", "a date", "a name"):
        book.decisions.explain({key: reason})
    assert (
        book.decisions.reasons() == {key: "a name"}
        and book.decisions.withdrawn() == []
        and len(book.decisions.all()) == 2
    )


def test_the_first_withdrawal_keeps_its_time_too(path):
    times = [datetime(2026, 11, 27, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)]
    for number, time in enumerate(times):
        book = ledger.open(path, lambda time=time: time)
        book.decisions.withdraw("b", "en", "a" * 64, f"reason {number}")
        book.close()
    rows = sqlite3.connect(path).execute("SELECT reason, time FROM withdrawn").fetchall()
    assert rows == [("reason 0", "2026-11-27T00:00:00.000Z")]
