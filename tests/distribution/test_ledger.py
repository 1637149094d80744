"""The ledger forgets nothing, lets nothing be sent twice, and is never replaced."""

import os
import re
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.distribution import database, ledger
from pipeline.distribution.ledger import Content, DeliveryKind, DeliveryState, Try
from pipeline.distribution.release import Number, digest
from pipeline.errors import LedgerError

pytestmark = pytest.mark.usefixtures("closed_databases")

WAY = Try("smtp", "office@example.org", "statement.3f2a9c1b", "0" * 64)
TEXT = Content("statement", "en", "a" * 64)


@pytest.fixture
def book(path):
    opened = ledger.open(path, lambda: datetime.now(UTC))
    yield opened
    opened.close()


def sent(book, *contents, partner="oslo", kind=DeliveryKind.LETTER, state=DeliveryState.ACCEPTED):
    delivery = book.plan(partner, kind, contents, WAY)
    book.commit(delivery)
    if state is not DeliveryState.SENDING:
        book.record(delivery, state, "")
    return delivery


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
    book.withdraw("statement", "en", "a" * 64, "wrong")
    book.number([(DeliveryKind.LETTER, "statement", "en", "a" * 64)])
    book.undo(book.withdrawn())
    book.keep({"a" * 64: "text"})


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


def test_what_replaces_a_text_has_a_later_number_whatever_its_document_was_called(book):
    one, two = ((DeliveryKind.LETTER, name, "en", text) for name, text in (("call", "1"), ("appeal", "2")))
    first, second = book.number([one])[one], book.number([two], [(two, "1")])[two]
    assert book.number([one])[one] == first < second < (third := book.number([one], [(one, "2")])[one])
    assert book.number([one], [(one, "2")])[one] == third


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


def test_a_committed_step_survives_the_end_of_the_process(path):
    child = os.fork()
    if not child:
        book = ledger.open(path, lambda: datetime.now(UTC))
        book.commit(book.plan("oslo", DeliveryKind.LETTER, [TEXT], WAY))
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    book = ledger.open(path, lambda: datetime.now(UTC))
    assert [entry.partner for entry in book.interrupted()] == ["oslo"]


def test_whether_it_arrived_is_asked_of_what_is_open_alone():
    may = {state for state in DeliveryState if state.may_have_arrived}
    assert may == {DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.DOUBT}
    assert {state for state in DeliveryState if state.is_open} == {DeliveryState.SENDING, DeliveryState.DOUBT}


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


def test_what_failed_halfway_leaves_nothing(book):
    with pytest.raises(LedgerError):
        book.plan("oslo", DeliveryKind.LETTER, [TEXT, TEXT], WAY)  # the same place twice
    assert book.steps() == []
    assert sent(book, TEXT)


def test_the_first_reason_of_a_withdrawal_stands(book):
    book.withdraw("b", "en", "a" * 64, "wrong")
    book.withdraw("a", "fr", "a" * 64, "late")
    book.withdraw("b", "en", "a" * 64, "another")
    assert [(one.key, one.reason) for one in book.withdrawn()] == [
        (("a", "fr", "a" * 64), "late"),
        (("b", "en", "a" * 64), "wrong"),
    ]


def test_a_withdrawal_is_undone_and_made_again_and_each_is_a_step(path, book):
    book.withdraw("statement", "en", "a" * 64, "wrong")
    before = book.mark()
    (text,) = book.withdrawn()
    book.undo([text])
    undone = book.mark()
    assert book.withdrawn() == [] and book.holds(before) and before != undone
    book.withdraw("statement", "en", "a" * 64, "wrong after all")
    assert [one.reason for one in book.withdrawn()] == ["wrong after all"]
    with closing(ledger.open(path, lambda: datetime.now(UTC))) as again:
        assert all(again.holds(mark) for mark in (before, undone, book.mark()))
    rows = sqlite3.connect(path).execute("SELECT decision, reason FROM decisions").fetchall()
    assert rows == [("undone", ""), ("withdrawn", "wrong after all")]


@pytest.mark.parametrize("state", DeliveryState)
def test_a_withdrawal_is_undone_only_while_no_notice_may_have_arrived(book, state):
    sent(book, TEXT)
    for name in ("statement", "other"):
        book.withdraw(name, "en", "a" * 64, "wrong")
    notice = book.plan("oslo", DeliveryKind.WITHDRAWAL, (TEXT,), WAY)
    if state is not DeliveryState.PLANNED:
        book.commit(notice)
        book.record(notice, state, "")
    if state.may_have_arrived:
        with pytest.raises(LedgerError, match="oslo may have the notice"):
            book.undo(book.withdrawn())
    else:
        book.undo(book.withdrawn())
    assert len(book.withdrawn()) == 2 * state.may_have_arrived


def test_a_ledger_of_before_decisions_and_texts_were_kept_has_none(path, book):
    assert (book.withdrawn(), book.reasons(), book.text("a" * 64)) == ([], {}, "")


def test_a_text_is_kept_once_and_believed_only_as_it_was(path, book):
    name = digest(SENT)
    for _ in range(2):
        book.keep({name: SENT, "b" * 64: f"{SENT} "})
    assert book.text(name) == SENT and book.text("b" * 64) == "" and book.text("c" * 64) == ""


SENT = '["en", false, "", "", "", [["", "a"], ["1.", "b", [0, 1, "strong", ""]]], [["a", "A", true, ["note: c"]]]]'


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "{", "{}", "1", "[]", "[" * 100_000, SENT.replace('"en"', "1"), SENT.replace("false", "null"), SENT[:-1] + ", []]",
        SENT.replace('["", "a"]', '["a"]'), SENT.replace('["", "a"]', "1"), SENT.replace('"A"', "null"), SENT.replace("true", "[]"),
        '["en", false, "", "", "", [], {}]', f'["en", false, "", "", "", [], [{"[]," * 5_000_000}[]]]',
    ],
)  # fmt: skip
def test_what_is_no_text_of_a_release_is_none_though_its_digest_fits(book, text):
    book.keep({digest(text): text})
    assert book.text(digest(text)) == ""


def test_the_last_reason_of_a_correction_stands(book):
    key = ("statement", "en", "a" * 64)
    for reason in ("a date", "a date", "a name"):
        book.explain({key: reason})
    assert book.reasons() == {key: "a name"} and book.withdrawn() == [] and len(book._decisions()) == 2


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


def test_the_first_withdrawal_keeps_its_time_too(path):
    times = [datetime(2026, 11, 27, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)]
    for number, time in enumerate(times):
        book = ledger.open(path, lambda time=time: time)
        book.withdraw("b", "en", "a" * 64, f"reason {number}")
        book.close()
    rows = sqlite3.connect(path).execute("SELECT reason, time FROM withdrawn").fetchall()
    assert rows == [("reason 0", "2026-11-27T00:00:00.000Z")]


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


def test_a_mark_is_held_by_the_ledger_it_is_of_and_by_all_that_come_after(path, book):
    marks = [book.mark()]
    for name in "abc":
        sent(book, Content(name, "en", "a" * 64))
        marks.append(book.mark())
    book.withdraw("a", "en", "a" * 64, "wrong")
    marks.append(book.mark())
    assert [mark.number for mark in marks] == [0, 3, 6, 9, 9] and len({mark.digest for mark in marks}) == 4
    again = ledger.open(path, lambda: datetime.now(UTC))
    assert again.mark() == marks[-1] and all(again.holds(mark) for mark in marks)
    last = marks[-1]
    for change in (
        {"number": 10},
        {"digest": "0" * 64},
        {"ledger": "0" * 32},
        {"withdrawn": ("0" * 16,)},
        {"number": 6},
    ):
        assert not again.holds(replace(last, **change)), change


def test_a_ledger_that_another_command_is_writing_is_no_damaged_one(path):
    book = ledger.open(path, lambda: datetime.now(UTC))
    book._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="locked; see that it may be written") as caught:
        book.withdraw("a", "en", "a" * 64, "wrong")
    assert "damaged" not in str(caught.value)
    other.execute("ROLLBACK")
    book.withdraw("a", "en", "a" * 64, "wrong")


NEW, CORRECTED = ((DeliveryKind.LETTER, "statement", "en", text * 64) for text in "ab")


def test_a_text_keeps_the_number_of_the_run_that_made_it_ready(path):
    days = iter(["2026-11-02", "2026-11-03", "2026-11-01", "2026-11-09"])
    numbers = []
    french = (DeliveryKind.LETTER, "statement", "fr", "b" * 64)
    for texts in ([NEW], [NEW, french], [(DeliveryKind.WITHDRAWAL, *NEW[1:])], [french, NEW]):
        now = datetime.fromisoformat(f"{next(days)}T23:59:59+00:00")
        with closing(ledger.open(path, lambda now=now: now)) as book:
            numbers.append([book.number(texts)[text] for text in texts])
    first, second = Number("2026-11-02", 1), Number("2026-11-03", 2)
    assert numbers == [[first], [first, second], [Number("2026-11-03", 3)], [second, first]]
    assert first < second < numbers[2][0]


def test_a_text_that_returns_is_later_than_the_one_that_took_its_place(book):
    serials = [book.number([text])[text].serial for text in (NEW, CORRECTED, NEW, NEW, CORRECTED)]
    assert serials == [1, 2, 3, 3, 4]
    notices = [(DeliveryKind.WITHDRAWAL, *text[1:]) for text in (NEW, CORRECTED)]
    for texts in (notices, notices[::-1], notices[:1]):  # some have one text, others have the other
        assert {number.serial for number in book.number(texts).values()} == {5}
    elsewhere = (DeliveryKind.LETTER, "statement", "fr", "c" * 64)
    assert book.number([elsewhere])[elsewhere].serial == 6 and book.number([CORRECTED])[CORRECTED].serial == 4


def test_a_ledger_of_before_there_were_numbers_gets_them_and_none_can_be_changed(path, book):
    sent(book, TEXT)
    assert book.number([NEW]) == {NEW: Number(datetime.now(UTC).date().isoformat(), 1)}
    connection = sqlite3.connect(path, isolation_level=None)
    for change in ("UPDATE numbers SET serial = 9", "DELETE FROM numbers"):
        with pytest.raises(sqlite3.DatabaseError, match="the ledger keeps what it has"):
            connection.execute(change)
    connection.close()


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
