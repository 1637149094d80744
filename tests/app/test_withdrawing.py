"""Whoever has a text learns once that it is not to be used any more."""

from contextlib import closing
from datetime import timedelta
from itertools import count

import pytest

from pipeline.app import ledger, withdrawing
from pipeline.app.session import Session
from pipeline.distribution import ledger as ledger_file
from pipeline.distribution.ledger.delivery import DeliveryKind
from pipeline.errors import UsageError
from tests.support.bundles import release
from tests.support.sending import GIVEN, TABLE, delivered, prepare, send
from tests.support.sessions import begun, clock, remarks


def withdraw(workspace, name, **options):
    return withdrawing.withdraw(begun(workspace)[0], name, [" A date \n is wrong. "], **options)


def test_a_notice_reaches_everybody_who_has_the_text_once_and_nobody_else(workspace, tmp_path):
    prepare(workspace, "oslo", "paris")
    send(workspace, release(tmp_path / "files"))
    partners = workspace / "partners.toml"
    partners.write_text(
        partners.read_text("utf-8")
        + partners.read_text("utf-8").partition("\n\n")[0].replace("oslo", "rome").replace("paris", "bern"),
        "utf-8",
    )
    drafted = withdraw(workspace, "2016-10-statement")
    assert {one.delivery.partner.id for one in drafted.due} == {"oslo", "paris"} and not drafted.is_sent
    assert len(delivered(workspace, "oslo")) == 1
    sent = withdraw(workspace, "2016-10-statement", send=True, consent=GIVEN)
    assert {(one.delivery.partner.id, one.delivery.reason.words) for one in sent.due} == {
        ("oslo", "A date is wrong."),
        ("paris", "A date is wrong."),
    }
    assert len(delivered(workspace, "oslo")) == len(delivered(workspace, "paris")) == 2
    again = withdraw(workspace, "2016-10-statement", send=True, consent=GIVEN)
    assert not again.due and again.idle == withdrawing.NOBODY
    kinds = [entry.kind for entry in ledger.entries(begun(workspace)[0])]
    assert kinds.count(DeliveryKind.WITHDRAWAL) == 2
    assert not send(workspace, release(tmp_path / "files")).due


def test_what_is_undone_is_the_last_withdrawal_and_not_one_of_before(workspace, tmp_path):
    """The first was for a grave mistake: what it withdrew is not to come back, and is no reason to keep the second."""
    prepare(workspace, "oslo", "paris")
    partners = (workspace / "partners.toml").read_text("utf-8")
    (workspace / "partners.toml").write_text(partners.replace('["en"]', '["en", "fr"]\nevery_language = true'), "utf-8")
    files = tmp_path / "files"
    send(workspace, release(files), release(files, lang="fr"))
    withdraw(workspace, "2016-10-statement", languages=["en"], send=True, consent=GIVEN)  # who has it, is told
    send(workspace, release(files, text_sha256="1e" * 32))
    (workspace / "partners.toml").write_text(TABLE.format("rome"), "utf-8")  # nobody is told of what follows
    later = Session.open(workspace, lambda: clock() + timedelta(days=9), lambda event: None)
    withdrawing.withdraw(later, "2016-10-statement", ["Oops."], send=True, consent=GIVEN)
    (english, french) = withdrawing.recalls(later)
    assert len(english.texts) == 2 and english.can_be_undone and french.can_be_undone
    undone = withdrawing.undo(later, "2016-10-statement", consent=GIVEN)
    assert {one.text for one in undone} == {("en", "1e" * 32), ("fr", "f0" * 32)}
    (left,) = withdrawing.recalls(later)
    assert left.texts == ("5e" * 32,) and not left.can_be_undone
    with pytest.raises(UsageError, match="cannot be undone"):
        withdrawing.undo(later, "2016-10-statement", consent=GIVEN)


def test_of_a_language_the_last_withdrawal_is_undone_and_what_stays_is_told(workspace, tmp_path):
    prepare(workspace, "oslo")
    files = tmp_path / "files"
    send(workspace, release(files))
    send(workspace, release(files, text_sha256="1e" * 32))
    with closing(ledger_file.open(workspace / ledger_file.FILE_NAME, clock)) as book:
        book.decisions.withdraw("2016-10-statement", "en", "5e" * 32, "A name.")
    (workspace / "partners.toml").write_text(TABLE.format("rome"), "utf-8")
    events = []
    later = Session.open(workspace, lambda: clock() + timedelta(days=9), events.append)
    withdrawing.withdraw(later, "2016-10-statement", ["Oops."], send=True, consent=GIVEN)
    (undone,) = withdrawing.undo(later, "2016-10-statement", ["en"], consent=GIVEN)
    assert undone.text_sha256 == "1e" * 32
    assert any("(en): what was withdrawn before stays so; to undo that too" in text for text in remarks(events))
    (first,) = withdrawing.undo(later, "2016-10-statement", ["en"], consent=GIVEN)
    assert first.text_sha256 == "5e" * 32


def test_what_is_undone_is_the_last_withdrawal_whatever_the_clock_said(workspace, tmp_path):
    prepare(workspace, "oslo")
    files = tmp_path / "files"
    send(workspace, release(files))
    send(workspace, release(files, text_sha256="1e" * 32))
    ahead = clock() + timedelta(days=900)
    with closing(ledger_file.open(workspace / ledger_file.FILE_NAME, lambda: ahead)) as book:
        book.decisions.withdraw("2016-10-statement", "en", "5e" * 32, "A name.")
    (workspace / "partners.toml").write_text(TABLE.format("rome"), "utf-8")
    withdraw(workspace, "2016-10-statement", send=True, consent=GIVEN)
    (undone,) = withdrawing.undo(begun(workspace)[0], "2016-10-statement", ["en"], consent=GIVEN)
    assert undone.text_sha256 == "1e" * 32


def test_what_was_withdrawn_a_moment_before_for_another_reason_stays_withdrawn(workspace, tmp_path):
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"), release(tmp_path / "files", "letter", text_sha256="1e" * 32))
    seconds = count()
    with closing(
        ledger_file.open(workspace / ledger_file.FILE_NAME, lambda: clock() + timedelta(0, next(seconds)))
    ) as book:
        book.decisions.withdraw("letter", "en", "1e" * 32, "A name stands in it.")
        book.decisions.withdraw("letter", "fr", "2e" * 32, "Oops.")
    (undone,) = withdrawing.undo(begun(workspace)[0], "letter", consent=GIVEN)
    assert undone.language == "fr"


def test_only_the_languages_asked_for_are_withdrawn_and_what_nobody_has_cannot_be(workspace, tmp_path):
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    with pytest.raises(UsageError, match=r"neither sent nor released in these languages; see pipeline ledger$"):
        withdraw(workspace, "2016-10-statement", languages=["fr"])
    with pytest.raises(
        UsageError, match=r"neither sent nor released; see pipeline ledger; known are: 2016-10-statement$"
    ):
        withdraw(workspace, "another")
    assert len(withdraw(workspace, "2016-10-statement", languages=["EN"]).due) == 1
