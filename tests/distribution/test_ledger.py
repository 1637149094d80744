"""The ledger forgets nothing, lets nothing be sent twice, and is never replaced."""

import json
import re
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger import RecalledError, SentBeforeError, database
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState
from pipeline.errors import LedgerError
from tests.support.deliveries import TEXT, WAY, sent

pytestmark = pytest.mark.usefixtures("closed_databases")


def states(book):
    return [entry.state for entry in book.entries()]


def test_every_step_is_kept_with_its_time_in_utc(path):
    now = datetime(2026, 11, 27, 9, 30, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    book = ledger.open(path, lambda: now)
    delivery = sent(book, TEXT)
    steps = book.steps()
    assert [(one.delivery, one.state, one.time) for one in steps] == [
        (delivery, state, "2026-11-27T06:00:00.000Z")
        for state in (DeliveryState.PLANNED, DeliveryState.SENDING, DeliveryState.ACCEPTED)
    ]
    assert book.entries() == steps[-1:]
    assert steps[-1].contents == (TEXT,) and steps[-1].bundle == WAY.bundle


def filled(book):
    """Put a row into every table of a ledger."""
    sent(book, TEXT)
    book.decisions.withdraw("statement", "en", "a" * 64, "wrong")
    book.numbers.of([(DeliveryKind.LETTER, "statement", "en", "a" * 64)])
    book.decisions.undo(book.decisions.withdrawn())
    book.texts.keep({"a" * 64: "text"})


def test_nothing_in_it_can_be_changed_or_removed(path, book):
    filled(book)
    connection = sqlite3.connect(path, isolation_level=None)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert {"deliveries", "contents", "events", "withdrawn", "secret", "numbers", "decisions", "texts"} <= set(tables)
    for table in set(tables) - {"sqlite_sequence"}:
        column = connection.execute(f"SELECT * FROM {table}").description[0][0]
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
            with pytest.raises(sqlite3.IntegrityError, match="keeps what it has"):
                connection.execute(statement)


def otherwise(path, table, column, value):
    """Write a value into a column of a ledger, past its triggers, which stand as before."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        every = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(every).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ?", (value,))
        for _, made in triggers:
            connection.execute(made)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("numbers", "serial", "many"),
        ("numbers", "serial", 2**62),
        ("events", "state", b"accepted"),
        ("events", "state", "lost in the post"),
        ("deliveries", "kind", "[[[]]]"),
        ("contents", "details", b"\xff"),
        ("texts", "packed", "no bytes"),
        ("events", "time", b"2026"),
    ],
)
def test_a_ledger_with_values_that_none_of_ours_has_is_said_to_be_damaged_or_newer(path, book, table, column, value):
    """One of somebody else's, of a disk that fails, or of a version to come."""
    filled(book)
    book.close()
    otherwise(path, table, column, value)
    with pytest.raises(LedgerError, match=r"damaged|does not know"):
        ledger.open(path, lambda: datetime.now(UTC))


@pytest.mark.parametrize("state", [DeliveryState.ACCEPTED, DeliveryState.SENDING, DeliveryState.DOUBT])
def test_what_arrived_or_may_have_is_not_sent_again(book, state):
    sent(book, TEXT, state=state)
    with pytest.raises(LedgerError, match="not sent again"):
        sent(book, TEXT)
    with pytest.raises(LedgerError, match="sent before"):  # under another name neither
        sent(book, TEXT, Content("other", "en", "b" * 64))
    assert sent(book, TEXT, partner="paris")


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.REFUSED])
def test_what_did_not_arrive_is_sent_again_under_the_same_name(book, state):
    first = sent(book, TEXT, state=state)
    assert sent(book, TEXT) == first
    assert states(book) == [DeliveryState.ACCEPTED]
    assert len(book.steps()) == 6


def test_no_text_that_is_withdrawn_is_sent_whatever_planned_it(book):
    """Under whatever name, and though it was planned before; its notice is."""
    first = sent(book, TEXT)
    planned = book.plan("rome", DeliveryKind.LETTER, (replace(TEXT, document="copy"),), WAY)
    book.decisions.withdraw(*TEXT.place, TEXT.text_sha256, "A name stood in it.")
    with pytest.raises(RecalledError, match="was withdrawn"):
        book.commit(planned)
    assert states(book) == [DeliveryState.ACCEPTED, DeliveryState.PLANNED]
    sent(book, replace(TEXT, after=first), kind=DeliveryKind.WITHDRAWAL)
    assert states(book)[-1] is DeliveryState.ACCEPTED


def test_a_text_may_return_after_another_one_took_its_place(book):
    first = sent(book, TEXT)
    other = Content("statement", "en", "b" * 64, replaces="a" * 64, after=first)
    second = sent(book, other)
    third = sent(book, Content("statement", "en", "a" * 64, replaces="b" * 64, after=second))
    assert len({first, second, third}) == 3 and states(book) == [DeliveryState.ACCEPTED] * 3


def test_a_text_may_return_after_another_that_came_while_its_document_had_another_id(book):
    first = sent(book, Content("call", "en", "1"))
    other = sent(book, Content("appeal", "en", "2", replaces="1", after=first))
    with pytest.raises(LedgerError, match="was sent before"):
        sent(book, Content("call", "en", "1", replaces="1", after=first))
    sent(book, Content("call", "en", "1", replaces="2", after=other))
    with pytest.raises(LedgerError):
        sent(book, Content("call", "en", "1", replaces="2", after=other))


def test_more_formats_may_come_after_some_that_came_while_the_document_had_another_id(book):
    def formats(document, after, *names):
        replaces = "1" if after else ""
        return Content(document, "en", "1", replaces, after, json.dumps({"formats": names}))

    first = sent(book, formats("call", "", "parallel"))
    second = sent(book, formats("appeal", first, "epub", "parallel"))
    with pytest.raises(SentBeforeError, match="was sent before"):
        sent(book, formats("call", second, "epub", "parallel"))
    third = sent(book, formats("call", second, "epub", "parallel", "txt"))
    with pytest.raises(SentBeforeError):
        sent(book, formats("call", third, "epub", "txt"))


def test_a_newsletter_in_doubt_counts_as_arrived_no_more_once_another_told_of_its_document(book):
    def told(name, text_sha256, state=DeliveryState.ACCEPTED):
        return sent(book, Content(name, "en", text_sha256), kind=DeliveryKind.NEWSLETTER, state=state)

    doubt, later = told("newsletter: call", "1", DeliveryState.DOUBT), told("newsletter: appeal", "2")
    with pytest.raises(LedgerError, match=f"delivery {later} has brought another"):
        book.settle("oslo", doubt, arrived=True, reason="", former={"call": "appeal"})


def test_a_notice_of_withdrawal_is_sent_once(book):
    sent(book, TEXT)
    sent(book, TEXT, kind=DeliveryKind.WITHDRAWAL)
    with pytest.raises(LedgerError):
        sent(book, TEXT, kind=DeliveryKind.WITHDRAWAL)


def test_only_what_was_planned_is_sent(book):
    delivery = sent(book, TEXT)
    for name in ("nothing", delivery):
        with pytest.raises(LedgerError, match="not planned"):
            book.commit(name)


def test_a_person_settles_what_is_in_doubt(book):
    lost, came = (sent(book, Content(name, "en", "a" * 64), state=DeliveryState.DOUBT) for name in ("one", "two"))
    with pytest.raises(LedgerError, match="no delivery"):
        book.settle("paris", lost, arrived=True, reason="")
    book.settle("oslo", lost, arrived=False, reason="asked")
    book.settle("oslo", came, arrived=True, reason="asked")
    assert {entry.delivery: entry.state for entry in book.entries()} == {
        lost: DeliveryState.FAILED,
        came: DeliveryState.ACCEPTED,
    }
    for delivery, arrived in ((came, True), (lost, True), (lost, False)):
        with pytest.raises(LedgerError, match="nothing to settle"):
            book.settle("oslo", delivery, arrived=arrived, reason="")


def test_what_was_accepted_and_bounced_is_sent_again_under_another_name(book):
    names = []
    for _ in range(3):
        names.append(sent(book, TEXT))
        with pytest.raises(LedgerError, match="not sent again"):
            sent(book, TEXT)
        book.settle("oslo", names[-1], arrived=False, reason="it bounced")
    assert len(set(names)) == 3 and states(book) == [DeliveryState.FAILED] * 3
    tried = sent(book, TEXT, state=DeliveryState.FAILED)
    assert tried not in names and sent(book, TEXT) == tried


def test_the_name_of_a_delivery_tells_nobody_what_is_in_it(tmp_path):
    names = set()
    for secret in ("one", "two"):
        database.create(tmp_path / f"{secret}.sqlite", secret)
        book = ledger.open(tmp_path / f"{secret}.sqlite", lambda: datetime.now(UTC))
        names.add(book.id_of("oslo", DeliveryKind.LETTER, [TEXT]))
        assert book.id_of("oslo", DeliveryKind.LETTER, [TEXT]) in names
    assert len(names) == 2 and all(re.fullmatch("[0-9a-f]{12}", name) for name in names)


def test_only_its_owner_can_read_it(path, book):
    sent(book, TEXT)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_steps_keep_what_was_said_by_which_way_and_with_what(book):
    delivery = book.plan("oslo", DeliveryKind.LETTER, [TEXT], WAY)
    book.commit(delivery)
    book.record(delivery, DeliveryState.REFUSED, "no such mailbox", "550 5.1.1")
    (entry,) = book.entries()
    assert (entry.partner, entry.kind, entry.state) == ("oslo", DeliveryKind.LETTER, DeliveryState.REFUSED)
    assert (entry.reason, entry.said) == ("no such mailbox", "550 5.1.1")
    assert (entry.way, entry.address, entry.bundle, entry.manifest_sha256) == (
        WAY.way, WAY.address, WAY.bundle, WAY.manifest_sha256,
    )  # fmt: skip
    assert [step.number for step in book.steps()] == [1, 2, 3]


def test_a_delivery_has_one_name_whatever_the_order_of_its_texts(book):
    other = Content("another", "fr", "b" * 64)
    name = book.id_of("oslo", DeliveryKind.LETTER, [TEXT, other])
    assert book.id_of("oslo", DeliveryKind.LETTER, [other, TEXT]) == name
    different = [
        book.id_of("paris", DeliveryKind.LETTER, [TEXT, other]),
        book.id_of("oslo", DeliveryKind.WITHDRAWAL, [TEXT, other]),
        book.id_of("oslo", DeliveryKind.LETTER, [TEXT]),
        book.id_of("oslo", DeliveryKind.LETTER, [TEXT, Content("another", "fr", "b" * 64, after=name)]),
    ]
    assert len({name, *different}) == 5


def test_every_text_of_a_delivery_is_kept_as_it_is(book):
    texts = (Content("a", "en", "1" * 64, "2" * 64, "before", '{"x": 1}'), Content("b", "fr", "3" * 64))
    delivery = sent(book, *texts)
    assert book.entries()[0].contents == texts
    assert all(step.contents == texts for step in book.steps()) and len(delivery) == 12


def test_a_refused_delivery_counts_as_arrived_no_more_once_another_text_came_in_its_place(book):
    """It would be the last that the partner has, and the later text be sent once more."""
    refused = sent(book, TEXT, state=DeliveryState.REFUSED)
    sent(book, replace(TEXT, document="letter"))
    later = sent(book, replace(TEXT, text_sha256="b" * 64))
    with pytest.raises(LedgerError, match=f"delivery {later} has brought another text since"):
        book.settle("oslo", refused, arrived=True, reason="")
    renamed = sent(book, replace(TEXT, document="call", text_sha256="c" * 64))
    book.settle("oslo", later, arrived=False, reason="bounced")
    with pytest.raises(LedgerError, match=f"delivery {renamed} has brought another text since"):
        book.settle("oslo", refused, arrived=True, reason="", former={TEXT.document: "call"})
    book.settle("oslo", refused, arrived=True, reason="")


def test_a_refused_delivery_can_be_settled_both_ways(book):
    for name, arrived, state in (("a", True, DeliveryState.ACCEPTED), ("b", False, DeliveryState.FAILED)):
        delivery = sent(book, Content(name, "en", "a" * 64), state=DeliveryState.REFUSED)
        entry = book.settle("oslo", delivery, arrived=arrived, reason="asked")
        assert entry.state is DeliveryState.REFUSED
        (now,) = [one for one in book.entries() if one.delivery == delivery]
        assert (now.state, now.reason) == (state, "asked")
    for number, state in enumerate((DeliveryState.PLANNED, DeliveryState.FAILED)):
        delivery = book.plan("oslo", DeliveryKind.LETTER, [Content(f"c{number}", "en", "a" * 64)], WAY)
        if state is DeliveryState.FAILED:
            book.commit(delivery)
            book.record(delivery, state, "")
        for arrived in (True, False):
            with pytest.raises(LedgerError, match="nothing to settle"):
                book.settle("oslo", delivery, arrived=arrived, reason="")


def test_nothing_is_recorded_of_a_delivery_that_was_never_planned(book):
    with pytest.raises(LedgerError, match="was not planned"):
        book.record("0" * 12, DeliveryState.ACCEPTED, "")
    assert book.steps() == []


def test_a_notice_may_follow_the_text_and_a_correction_the_notice(book):
    first = sent(book, TEXT)
    notice = sent(book, Content("statement", "en", "a" * 64, after=first), kind=DeliveryKind.WITHDRAWAL)
    assert sent(book, Content("statement", "en", "b" * 64, replaces="a" * 64, after=notice))


def test_what_is_in_doubt_lets_nothing_else_be_sent_in_its_place(book):
    sent(book, TEXT, state=DeliveryState.DOUBT)
    with pytest.raises(LedgerError, match=r"oslo: statement \(en\) was sent before"):
        sent(book, Content("statement", "en", "b" * 64))
    assert sent(book, Content("statement", "fr", "b" * 64))


def test_only_what_was_under_way_is_interrupted(book):
    states = [DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.DOUBT, DeliveryState.FAILED]
    names = [sent(book, Content(str(number), "en", "a" * 64), state=state) for number, state in enumerate(states)]
    assert [entry.delivery for entry in book.interrupted()] == names[:1]


def test_nothing_in_it_can_be_replaced(path, book):
    filled(book)
    connection = sqlite3.connect(path, isolation_level=None)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = list(connection.iterdump())
    for table in set(tables) - {"sqlite_sequence"}:
        for verb in ("INSERT OR REPLACE", "REPLACE"):
            with pytest.raises(sqlite3.IntegrityError, match="keeps what it has"):
                connection.execute(f"{verb} INTO {table} SELECT * FROM {table}")
    assert list(connection.iterdump()) == before


def test_the_same_text_goes_out_again_only_in_formats_that_the_partner_has_not(book):
    first = sent(book, Content("call", "en", "1", details='{"formats": ["parallel"]}'))
    more = Content("call", "en", "1", "1", first, '{"formats": ["epub", "parallel"]}')
    for other in (replace(more, details='{"formats": ["parallel"]}'), replace(more, after="another")):
        with pytest.raises(LedgerError, match="was sent before"):
            sent(book, other)
    second = sent(book, more)
    with pytest.raises(LedgerError):
        sent(book, more)
    with pytest.raises(LedgerError, match="was sent before"):
        sent(book, replace(more, after=second))
    assert replace(more, details="damaged").formats == ()
    with pytest.raises(LedgerError, match=f"settle oslo {second} --lost"):  # the rest would never be sent again
        book.settle("oslo", first, arrived=False, reason="it bounced")
    for delivery in (second, first):
        book.settle("oslo", delivery, arrived=False, reason="it bounced")
