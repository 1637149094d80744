"""An older ledger put back, or a copy of it, sends nothing again, in whatever order things are copied and restored."""

import json
import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pipeline.app import deliveries, witnesses
from pipeline.app.events import Remark
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, Try
from pipeline.errors import LedgerError, UsageError
from pipeline.workspace import config

WAY = Try("folder", "/media/stick", "statement.3f2a9c1b", "0" * 64)
GIVEN, NOT_GIVEN = Consent(True), Consent()


@pytest.fixture
def workspace(tmp_path) -> Path:
    return made(tmp_path / "workspace")


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """Give a function that goes to another machine, or back."""

    def go(number: int, home: Path | None = None) -> Path:
        monkeypatch.setattr(witnesses, "MACHINE", tmp_path / f"machine-{number}")
        (tmp_path / f"machine-{number}").write_text(f"{number}\n")
        monkeypatch.setenv("XDG_STATE_HOME", str(home or tmp_path / f"state-{number}"))
        return home or tmp_path / f"state-{number}"

    go(1)
    return go


def made(folder: Path) -> Path:
    folder.mkdir()
    (folder / "pipeline.toml").write_text(config.TEMPLATE, "utf-8")
    return folder


def text(name: str) -> Content:
    return Content(name, "en", name.ljust(64, "0"))


def send(folder: Path, *names: str, consent: Consent = NOT_GIVEN, said: list | None = None) -> None:
    """Send texts as the use cases do; all that touches the ledger."""
    session = Session.open(folder, lambda: datetime.now(UTC), (said if said is not None else []).append)
    with session.locked(), deliveries.opened(session, consent) as book:
        for name in names:
            delivery = book.plan("oslo", DeliveryKind.LETTER, [text(name)], WAY)
            book.commit(delivery)
            book.record(delivery, DeliveryState.ACCEPTED, "")


def ledger_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("ledger.sqlite*")}


def put_back(folder: Path, files: dict[str, bytes]) -> None:
    for path in folder.glob("ledger.sqlite*"):
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def refused(folder: Path, *told: str) -> None:
    """Nothing can be sent, and nothing is changed by the try."""
    before = ledger_files(folder)
    with pytest.raises(LedgerError) as caught:
        send(folder, "another")
    assert all(words in str(caught.value) for words in (*told, witnesses.OPTION)), caught.value
    assert ledger_files(folder) == before


def test_the_first_sending_is_asked_about_and_later_ones_are_not(workspace):
    with pytest.raises(LedgerError, match="nothing was ever sent"):
        send(workspace, "a")
    refused(workspace, "nothing was ever sent with this ledger", "if this is the first time")
    asked = []
    with pytest.raises(LedgerError):
        send(workspace, "a", consent=Consent(ask=asked.append))
    assert "If this is the first time, go on?" in asked[0] and str(workspace) in asked[0]
    send(workspace, "a", consent=Consent(ask=lambda question: True))
    send(workspace, "b")


def test_a_ledger_whose_marks_were_lost_to_kills_is_known_on_this_machine(workspace, monkeypatch):
    """Killed when the ledger was made and no mark written; trusted, and killed again when its first step was."""
    monkeypatch.setattr(witnesses, "begin", kill)
    assert killed(workspace, lambda book: None)
    monkeypatch.undo()
    assert killed(workspace, plan_and_die, GIVEN)
    send(workspace, "b")


def test_consent_does_not_stay_in_a_script(workspace):
    send(workspace, "a", consent=GIVEN)
    with pytest.raises(UsageError, match=f"leave {witnesses.OPTION} out"):
        send(workspace, "b", consent=GIVEN)


@pytest.mark.parametrize("lost", ["nothing", "private folder", "state"])
def test_an_older_ledger_is_refused_as_long_as_anything_remembers(workspace, lost, machine):
    send(workspace, "a", consent=GIVEN)
    older = ledger_files(workspace)
    send(workspace, "b")
    newer = ledger_files(workspace)
    put_back(workspace, older)
    if lost == "private folder":
        shutil.rmtree(workspace / ".pipeline")
    if lost == "state":
        shutil.rmtree(machine(1))
    refused(workspace, "older than what was sent: it ends with number 3", "number 6 of 20")
    put_back(workspace, newer)
    send(workspace, "c", consent=GIVEN if lost == "state" else NOT_GIVEN)


def test_an_older_ledger_may_be_trusted_and_is_then_the_one_that_counts(workspace):
    send(workspace, "a", consent=GIVEN)
    older = ledger_files(workspace)
    send(workspace, "b")
    newer = ledger_files(workspace)
    put_back(workspace, older)
    send(workspace, "b", consent=GIVEN)
    send(workspace, "c")
    put_back(workspace, newer)
    refused(workspace, "older than what was sent")
    send(workspace, "c", "d", consent=GIVEN)


def test_a_ledger_that_went_its_own_way_is_not_the_one_used_last(workspace, tmp_path):
    send(workspace, "a", consent=GIVEN)
    copy = shutil.copytree(workspace, tmp_path / "copy")
    send(workspace, "b")
    refused(copy, "older than what was sent")
    send(copy, "c", "d", consent=GIVEN)
    refused(workspace, "older than what was sent")
    send(workspace, "e", consent=GIVEN)
    refused(copy, "not the one that was used last")


@pytest.mark.parametrize("without", [(), (".pipeline",)])
def test_a_copy_on_another_machine_asks_once_and_the_first_goes_on(workspace, tmp_path, machine, without):
    send(workspace, "a", consent=GIVEN)
    copy = shutil.copytree(workspace, tmp_path / "copy", ignore=shutil.ignore_patterns(*without))
    machine(2)
    refused(copy, "this machine does not know the ledger", "partners are still written to from another copy")
    send(copy, "b", consent=GIVEN)
    send(copy, "c")
    put_back(workspace, ledger_files(copy))
    machine(1)
    send(workspace, "d")  # what came back has all that is known here


def test_a_whole_home_on_another_machine_is_another_machine(workspace, tmp_path, machine):
    send(workspace, "a", consent=GIVEN)
    home = shutil.copytree(machine(1), tmp_path / "home")
    machine(2, home)
    refused(workspace, "this machine does not know the ledger")
    (tmp_path / "machine-2").write_text("")  # no number: what is not known speaks for nothing
    send(workspace, "b")


def test_a_withdrawal_that_an_older_ledger_lacks_is_missed(workspace):
    send(workspace, "a", consent=GIVEN)
    older = ledger_files(workspace)
    session = Session.open(workspace, lambda: datetime.now(UTC))
    with session.locked(), deliveries.opened(session, NOT_GIVEN) as book:
        book.decisions.withdraw("a", "en", text("a").text_sha256, "wrong")
    put_back(workspace, older)
    refused(workspace, "steps are missing from it", "even what it said was withdrawn, until you withdraw that again")


def test_the_ledger_of_another_workspace_is_told(workspace, tmp_path):
    other = made(tmp_path / "other")
    send(workspace, "a", consent=GIVEN)
    send(other, "a", consent=GIVEN)
    put_back(workspace, ledger_files(other))
    refused(workspace, "another ledger than the workspace had")


OTHER_TYPES = [
    json.dumps({"ledger": "a", "number": number, "time": "", "digest": "", "withdrawn": [], "machine": "", **more})
    for number, more in (("7", {}), (2**70, {}), (-1, {}), (None, {}), (1, {"\ud800": 1, "withdrawn": [{}]}))
]


@pytest.mark.parametrize(
    "mark",
    [
        b"",
        b"{}",
        b"[",
        b'{"machine": 1, "number": "x"}',
        b"\xff",
        b"[" * 100_000,
        *(one.encode() for one in OTHER_TYPES),
    ],
)
def test_a_mark_that_cannot_be_read_is_none(workspace, machine, mark):
    send(workspace, "a", consent=GIVEN)
    (workspace / ".pipeline" / witnesses.MARK).write_bytes(mark)
    send(workspace, "b")
    (found,) = (machine(1) / witnesses.FOLDER).glob("*[!k]")
    found.write_bytes(mark)
    refused(workspace, "this machine does not know the ledger")


def test_a_mark_tells_nothing_of_partners_texts_or_the_machine(workspace, machine):
    send(workspace, "statement", consent=GIVEN)
    files = [workspace / ".pipeline" / witnesses.MARK, *(machine(1) / witnesses.FOLDER).iterdir()]
    for path in files:
        assert not {"oslo", "statement", "stick", text("statement").text_sha256} & set(path.read_text().split('"'))
        assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0
    assert json.loads(files[0].read_text())["machine"] == ""


@pytest.mark.parametrize("home", ["unknown", "a file", "inside"])
def test_without_a_place_outside_it_works_and_says_once_what_is_weaker(workspace, tmp_path, monkeypatch, home):
    place = {"unknown": "", "a file": str(tmp_path / "file"), "inside": str(workspace / "state")}[home]
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", place)
    monkeypatch.setattr(Path, "home", homeless)
    for words in ((), ("a",)):
        said: list = []
        send(workspace, *words, consent=GIVEN, said=said)
        assert len(said) == 1
    said = []
    send(workspace, "b", "c", said=said)
    (remark,) = [event.text for event in said if isinstance(event, Remark)]
    assert "nothing tells when all of the workspace is a copy" in remark and "set XDG_STATE_HOME" in remark
    older = ledger_files(workspace)
    send(workspace, "d")
    put_back(workspace, older)
    refused(workspace, "older than what was sent")
    shutil.rmtree(workspace / ".pipeline")
    refused(workspace, "this machine does not know the ledger")


def homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_two_copies_do_not_send_at_once(workspace, tmp_path):
    send(workspace, "a", consent=GIVEN)
    copy = shutil.copytree(workspace, tmp_path / "copy")
    session = Session.open(workspace, lambda: datetime.now(UTC))
    with (
        session.locked(),
        deliveries.opened(session, NOT_GIVEN),
        pytest.raises(LedgerError, match="another copy of this workspace is in use"),
    ):
        send(copy, "b")
    send(copy, "b")


def test_drafts_say_that_the_next_sending_will_stop(workspace):
    send(workspace, "a", consent=GIVEN)
    older = ledger_files(workspace)
    send(workspace, "b")
    put_back(workspace, older)
    said: list = []
    session = Session.open(workspace, lambda: datetime.now(UTC), said.append)
    with session.locked(), deliveries.opened(session):
        pass
    assert [event.text for event in said if "older than what was sent" in event.text]


def test_a_clock_that_goes_back_changes_nothing(workspace):
    for year, name in ((2026, "a"), (1980, "b"), (2100, "c"), (1999, "d")):
        session = Session.open(workspace, lambda year=year: datetime(year, 1, 1, tzinfo=UTC))
        with session.locked(), deliveries.opened(session, Consent(ask=lambda question: True)) as book:
            assert book.marks.now().number == len(book.steps()) and not book.interrupted()
            book.commit(book.plan("oslo", DeliveryKind.LETTER, [text(name)], WAY))
            (entry,) = book.interrupted()
            book.record(entry.delivery, DeliveryState.ACCEPTED, "")
    for name in "abcd":
        with pytest.raises(LedgerError, match="not sent again"):
            send(workspace, name)


def kill(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(folder: Path, use: Callable[[Ledger], object], consent: Consent = NOT_GIVEN) -> bool:
    """Use the ledger in a process of its own; return whether it was killed, and did not end in another way."""
    child = os.fork()
    if not child:
        try:
            session = Session.open(folder, lambda: datetime.now(UTC))
            with session.locked(), deliveries.opened(session, consent) as book:
                use(book)
        finally:
            os._exit(1)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def plan_and_die(book: Ledger) -> None:
    """Write the first step, and be killed before it is marked anywhere."""
    book.marks.witness = kill
    book.plan("oslo", DeliveryKind.LETTER, [text("a")], WAY)


def killed_while_sending(folder: Path, name: str) -> bool:
    """Send a text in a process that is killed when it has committed; return whether it came so far."""

    def send_and_die(book: Ledger) -> None:
        book.commit(book.plan("oslo", DeliveryKind.LETTER, [text(name)], WAY))
        kill()

    return killed(folder, send_and_die)


NAMES, NUMBERS = st.sampled_from("abcdef"), st.integers(0, 99)


class Copies(RuleBasedStateMachine):
    """One workspace is used, copied, restored and killed on two machines; consent is given once, for the first."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.root = Path(tempfile.mkdtemp())
        self.places = [made(self.root / "0")]
        self.machines = [1]
        self.sent: list[str] = []
        self.backups: list[dict[str, bytes]] = []
        self.at(0)
        send(self.places[0], "first", consent=GIVEN)

    def at(self, number: int) -> Path:
        number %= len(self.places)
        machine = self.root / f"machine-{self.machines[number]}"
        machine.mkdir(exist_ok=True)
        (machine / "id").write_text(machine.name)
        self.patch.setattr(witnesses, "MACHINE", machine / "id")
        self.patch.setenv("XDG_STATE_HOME", str(machine))
        return self.places[number]

    @rule(number=NUMBERS, name=NAMES)
    def send(self, number, name):
        try:
            send(self.at(number), name)
        except LedgerError:
            return
        self.sent.append(name)

    @rule(number=NUMBERS, name=NAMES)
    def kill(self, number, name):
        if killed_while_sending(self.at(number), name):
            self.sent.append(name)

    @rule(number=NUMBERS)
    def lose_the_journal(self, number):
        for path in self.at(number).glob("ledger.sqlite-*"):
            path.unlink()

    @rule(number=NUMBERS)
    def back_up(self, number):
        self.backups.append(ledger_files(self.at(number)))

    @precondition(lambda self: self.backups)
    @rule(number=NUMBERS, which=NUMBERS)
    def put_back(self, number, which):
        put_back(self.at(number), self.backups[which % len(self.backups)])

    @precondition(lambda self: len(self.places) < 4)
    @rule(number=NUMBERS, machine=st.sampled_from([1, 2]), hidden=st.booleans())
    def copy(self, number, machine, hidden):
        ignored = shutil.ignore_patterns(*([] if hidden else [".pipeline"]))
        self.places.append(shutil.copytree(self.at(number), self.root / f"{len(self.places)}", ignore=ignored))
        self.machines.append(machine)

    @rule(number=NUMBERS)
    def lose_the_private_folder(self, number):
        shutil.rmtree(self.at(number) / ".pipeline", ignore_errors=True)

    @invariant()
    def nothing_was_sent_twice(self):
        assert len(self.sent) == len(set(self.sent)), self.sent

    def teardown(self):
        self.patch.undo()
        shutil.rmtree(self.root)


Copies.TestCase.settings = settings(max_examples=12, stateful_step_count=14, deadline=None, derandomize=True)
TestCopies = Copies.TestCase


@pytest.mark.parametrize(
    "name",
    [
        "ledger (Anna's conflicted copy).sqlite", "ledger.sync-conflict-20261130-ABC.sqlite", "ledger.sqlite.conflict1",
        "ledger.sqlite (conflicted copy)",
    ],
)  # fmt: skip
def test_a_copy_beside_the_ledger_with_deliveries_that_it_lacks_stops_the_next_sending(
    workspace, tmp_path, machine, name
):
    """So a synchronised folder looks when two machines have sent while they were apart."""
    send(workspace, "one", consent=GIVEN)
    other = Path(shutil.copytree(workspace, tmp_path / "other"))
    machine(2)
    send(other, "two", consent=GIVEN)
    machine(1)
    shutil.copy(other / "ledger.sqlite", workspace / name)
    refused(workspace, f"{name} beside it has deliveries that it lacks, to oslo")
    said: list = []
    session = Session.open(workspace, lambda: datetime.now(UTC), said.append)
    with session.locked(), deliveries.opened(session):
        pass
    assert [event.text for event in said if "that it lacks" in event.text]
    send(workspace, "three", consent=GIVEN)
    (workspace / name).unlink()
    send(workspace, "four")


def test_a_copy_beside_the_ledger_with_withdrawals_that_it_lacks_stops_the_next_sending(workspace, tmp_path, machine):
    send(workspace, "one", consent=GIVEN)
    other = Path(shutil.copytree(workspace, tmp_path / "other"))
    machine(2)
    session = Session.open(other, lambda: datetime.now(UTC), print)
    with session.locked(), deliveries.opened(session, GIVEN) as book:
        book.decisions.withdraw("call", "en", "c" * 64, "It names somebody.")
    machine(1)
    copy = workspace / "ledger (Anna's conflicted copy).sqlite"
    shutil.copy(other / "ledger.sqlite", copy)
    refused(workspace, f"{copy.name} beside it has withdrawals that it lacks, of call")
    session = Session.open(workspace, lambda: datetime.now(UTC), print)
    with session.locked(), deliveries.opened(session, GIVEN) as book:
        book.decisions.withdraw("call", "en", "c" * 64, "It names somebody.")
    send(workspace, "two")


def test_what_is_withdrawn_once_more_in_a_copy_stops_the_next_sending_and_what_was_undone_since_does_not(
    workspace, tmp_path, machine
):
    def noted(folder, work):
        session = Session.open(folder, lambda: datetime.now(UTC), print)
        with session.locked(), deliveries.opened(session, GIVEN) as book:
            work(book)

    def withdraw(book):
        book.decisions.withdraw("call", "en", "c" * 64, "It names somebody.")

    send(workspace, "one", consent=GIVEN)
    machine(2)
    noted(workspace, withdraw)
    copy = workspace / "ledger (1).sqlite"
    shutil.copy(workspace / "ledger.sqlite", copy)
    machine(3)
    noted(workspace, lambda book: book.decisions.undo(book.decisions.withdrawn()))
    send(workspace, "two")
    other = Path(shutil.copytree(workspace, tmp_path / "other"))
    machine(4)
    noted(other, withdraw)
    machine(3)
    shutil.copy(other / "ledger.sqlite", copy)
    refused(workspace, f"{copy.name} beside it has withdrawals that it lacks, of call")


def test_what_is_beside_the_ledger_and_is_no_database_is_no_copy_of_it(workspace):
    send(workspace, "one", consent=GIVEN)
    (workspace / "ledger.sqlite.gz").write_bytes(b"\x1f\x8b")
    (workspace / "ledger.sqlite.d").mkdir()
    said: list = []
    send(workspace, "two", said=said)
    assert not [event.text for event in said if "copy of the ledger" in event.text]


def test_a_copy_beside_the_ledger_that_cannot_be_read_is_told_of(workspace):
    send(workspace, "one", consent=GIVEN)
    (workspace / "ledger (1).sqlite").write_bytes((workspace / "ledger.sqlite").read_bytes()[:3000])
    said: list = []
    send(workspace, "two", said=said)
    assert [event.text for event in said if "ledger (1).sqlite: the ledger is damaged" in event.text]


def test_of_very_many_copies_beside_the_ledger_it_is_said_that_not_all_are_looked_at(workspace):
    send(workspace, "one", consent=GIVEN)
    for number in range(witnesses.MOST_COPIES + 1):
        shutil.copy(workspace / "ledger.sqlite", workspace / f"ledger-{number}.sqlite")
    said: list = []
    session = Session.open(workspace, lambda: datetime.now(UTC), said.append)
    with session.locked(), deliveries.opened(session):
        pass
    assert [event.text for event in said if "21 files beside the ledger" in event.text and "first 20" in event.text]
    send(workspace, "two")


def test_an_older_copy_of_the_ledger_beside_it_and_one_of_another_workspace_stop_nothing(workspace, tmp_path):
    send(workspace, "one", consent=GIVEN)
    shutil.copy(workspace / "ledger.sqlite", workspace / "ledger-backup.sqlite")
    session = Session.open(workspace, lambda: datetime.now(UTC))
    with session.locked(), deliveries.opened(session, NOT_GIVEN) as book:
        (entry,) = book.entries()
        book.settle(entry.partner, entry.delivery, arrived=False, reason="it bounced")
    other = made(tmp_path / "other")
    send(other, "two", consent=GIVEN)
    shutil.copy(other / "ledger.sqlite", workspace / "other-ledger.sqlite")
    (workspace / "ledger-empty.sqlite").write_bytes(b"")
    os.mkfifo(workspace / "ledger-pipe.sqlite")
    shutil.copy(workspace / "ledger-backup.sqlite", workspace / "ledger-forged.sqlite")
    with closing(sqlite3.connect(workspace / "ledger-forged.sqlite")) as forged:
        ((kept,),) = forged.execute("SELECT sql FROM sqlite_master WHERE name = 'secret_DELETE'")
        forged.executescript(f"DROP TRIGGER secret_DELETE; DELETE FROM secret; {kept};")
    send(workspace, "three")
