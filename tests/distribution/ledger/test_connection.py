"""The ledger's file is changed whole or not at all, by one command at a time."""

import os
import sqlite3
from datetime import UTC, datetime

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger.delivery import Content, DeliveryKind
from pipeline.errors import LedgerError
from tests.support.deliveries import TEXT, WAY, sent

pytestmark = pytest.mark.usefixtures("closed_databases")


def test_a_committed_step_survives_the_end_of_the_process(path):
    child = os.fork()
    if not child:
        book = ledger.open(path, lambda: datetime.now(UTC))
        book.commit(book.plan("oslo", DeliveryKind.LETTER, [TEXT], WAY))
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    book = ledger.open(path, lambda: datetime.now(UTC))
    assert [entry.partner for entry in book.interrupted()] == ["oslo"]


def test_what_failed_halfway_leaves_nothing(book):
    with pytest.raises(LedgerError):
        book.plan("oslo", DeliveryKind.LETTER, [TEXT, TEXT], WAY)  # the same place twice
    assert book.steps() == []
    assert sent(book, TEXT)


def test_who_looks_at_the_ledger_does_not_hold_up_sending_and_the_other_way_round(path, book):
    reader = sqlite3.connect(path, isolation_level=None, timeout=0)
    sent(book, TEXT)
    book._connection.execute("PRAGMA busy_timeout = 0")
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM events").fetchone() == (3,)
    sent(book, Content("other", "en", "b" * 64))
    assert reader.execute("SELECT count(*) FROM events").fetchone() == (3,)
    reader.execute("COMMIT")
    book._connection.execute("BEGIN IMMEDIATE")
    assert reader.execute("SELECT count(*) FROM events").fetchone() == (6,)
    book._connection.execute("ROLLBACK")


def test_a_ledger_that_another_command_is_writing_is_no_damaged_one(path):
    book = ledger.open(path, lambda: datetime.now(UTC))
    book._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="locked; see that it may be written") as caught:
        book.decisions.withdraw("a", "en", "a" * 64, "wrong")
    assert "damaged" not in str(caught.value)
    other.execute("ROLLBACK")
    book.decisions.withdraw("a", "en", "a" * 64, "wrong")
