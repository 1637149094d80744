"""A text keeps its number, and what is later has a later one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger.delivery import DeliveryKind
from pipeline.distribution.release import Number
from tests.support.deliveries import TEXT, sent

pytestmark = pytest.mark.usefixtures("closed_databases")


def test_what_replaces_a_text_has_a_later_number_whatever_its_document_was_called(book):
    one, two = ((DeliveryKind.LETTER, name, "en", text) for name, text in (("call", "1"), ("appeal", "2")))
    first, second = book.numbers.of([one])[one], book.numbers.of([two], [(two, "1")])[two]
    assert book.numbers.of([one])[one] == first < second < (third := book.numbers.of([one], [(one, "2")])[one])
    assert book.numbers.of([one], [(one, "2")])[one] == third


def test_a_translation_that_leaves_after_the_notice_of_its_original_has_a_later_number(book):
    """Numbered in a preview before, it was out of date for whoever had the notice, and verified it."""
    translation, notice = (DeliveryKind.LETTER, "call", "en", "1"), (DeliveryKind.WITHDRAWAL, "call", "fa", "0")
    alone, beside = (DeliveryKind.LETTER, "call", "fa", "0"), [(translation, "0")]
    first = book.numbers.of([translation], (), beside)[translation]
    book.numbers.of([alone])
    assert book.numbers.of([translation], (), beside)[translation] == first, "its original, sent alone, is no notice"
    recalled = book.numbers.of([notice])[notice]
    later = [book.numbers.of([translation], (), beside)[translation] for _ in range(2)]
    assert recalled < later[0] == later[1]


NEW, CORRECTED = ((DeliveryKind.LETTER, "statement", "en", text * 64) for text in "ab")


def test_a_text_keeps_the_number_of_the_run_that_made_it_ready(path):
    days = iter(["2026-11-02", "2026-11-03", "2026-11-01", "2026-11-09"])
    numbers = []
    french = (DeliveryKind.LETTER, "statement", "fr", "b" * 64)
    for texts in ([NEW], [NEW, french], [(DeliveryKind.WITHDRAWAL, *NEW[1:])], [french, NEW]):
        now = datetime.fromisoformat(f"{next(days)}T23:59:59+00:00")
        with closing(ledger.open(path, lambda now=now: now)) as book:
            numbers.append([book.numbers.of(texts)[text] for text in texts])
    first, second = Number("2026-11-02", 1), Number("2026-11-03", 2)
    assert numbers[:3] == [[first], [first, second], [Number("2026-11-03", 3)]] and numbers[3][0] == second
    assert first < second < numbers[2][0] < numbers[3][1]  # sent after the notice, it is not from before it


def test_a_text_that_returns_is_later_than_the_one_that_took_its_place(book):
    serials = [book.numbers.of([text])[text].serial for text in (NEW, CORRECTED, NEW, NEW, CORRECTED)]
    assert serials == [1, 2, 3, 3, 4]
    notices = [(DeliveryKind.WITHDRAWAL, *text[1:]) for text in (NEW, CORRECTED)]
    for texts in (notices, notices[::-1], notices[:1]):  # some have one text, others have the other
        assert {number.serial for number in book.numbers.of(texts).values()} == {5}
    elsewhere = (DeliveryKind.LETTER, "statement", "fr", "c" * 64)
    assert book.numbers.of([elsewhere])[elsewhere].serial == 6
    assert [book.numbers.of([CORRECTED])[CORRECTED].serial for _ in range(2)] == [7, 7]  # after the notices
    again = [book.numbers.of(notices) for _ in range(2)]  # that of the text which returned is after it
    assert [[numbers[notice].serial for notice in notices] for numbers in again] == [[5, 8], [5, 8]]


def test_a_ledger_of_before_there_were_numbers_gets_them_and_none_can_be_changed(path, book):
    sent(book, TEXT)
    assert book.numbers.of([NEW]) == {NEW: Number(datetime.now(UTC).date().isoformat(), 1)}
    connection = sqlite3.connect(path, isolation_level=None)
    for change in ("UPDATE numbers SET serial = 9", "DELETE FROM numbers"):
        with pytest.raises(sqlite3.DatabaseError, match="the ledger keeps what it has"):
            connection.execute(change)
    connection.close()
