"""Killed at random moments while it sends and started again, in the end everybody has everything exactly once.

The server's mailbox and the ledger are compared after every kill. What is in doubt is settled as a
coordinator does it, by asking the partner: here, by a look into the mailbox.
"""

import json
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import ledger
from pipeline.ledger import State
from tests import office
from tests.mailbox import Mailbox, serve
from tests.test_faults import Zygote

KILLS = int(os.environ.get("PIPELINE_KILLS", "200"))
LANES = 2
PARTNERS = [f"p{number}" for number in range(30)]
BY_MAIL, BY_FOLDER = PARTNERS[:25], PARTNERS[25:]
SEED = int(os.environ.get("PIPELINE_SEED", "8"))


class Killer(Zygote):
    def run_and_kill(self, words: list[str], folder: Path, seconds: float) -> int:
        """Run a command, kill it after so many seconds, and return its exit status."""
        asked = {"words": words, "folder": str(folder), "output": str(folder.with_suffix(".out"))}
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        child = int(self.process.stdout.readline())
        os.kill(child, signal.SIGCONT)
        time.sleep(seconds)
        if Path(f"/proc/{child}").exists():
            os.kill(child, signal.SIGKILL)
        return int(self.process.stdout.readline())


class Lane:
    """A workspace with a server of its own, killed again and again."""

    def __init__(self, number: int, prepared: Path, folder: Path, mailbox: Mailbox, port: int) -> None:
        self.random = random.Random(SEED + number)
        self.zygote, self.mailbox, self.prepared, self.folder = Killer(), mailbox, prepared, folder
        self.port, self.kills, self.doubts, self.times = port, 0, 0, 0
        self.longest = 0.4

    def campaign(self) -> None:
        """Send to everybody, killed until it is done; then begin anew with the next workspace."""
        self.times += 1
        self.mailbox.kept.clear()
        folder = office.copy(self.prepared, self.folder / f"{self.times}")
        ways = {name: {} for name in BY_MAIL}
        ways |= {name: {"delivery": "folder", "address": str(folder / name)} for name in BY_FOLDER}
        office.partners(folder, **ways)
        office.server(folder, self.port, timeout_seconds=20)
        for name in BY_FOLDER:
            (folder / name).mkdir()
        while self.undelivered(folder) and self.kills < KILLS // LANES:
            self.mailbox.delay = self.random.choice((0, 0.005, 0.02))
            self.round(folder)
        self.mailbox.delay = 0
        self.settle(folder)
        office.run(self.zygote, folder, "distribute", "--send")
        self.compare(folder)
        assert not self.undelivered(folder)
        assert sorted(address for address, _ in self.mailbox.kept) == sorted(f"{n}@partner.example" for n in BY_MAIL)
        for name in BY_FOLDER:
            assert [path.name.rpartition(".")[0] for path in (folder / name).iterdir()] == ["statement"]
        assert "nothing to do" in office.run(self.zygote, folder, "distribute", "--send")

    def until_done(self) -> None:
        try:
            while self.kills < KILLS // LANES:
                self.campaign()
        finally:
            self.zygote.close()

    def round(self, folder: Path) -> None:
        before = self.undelivered(folder)
        status = self.zygote.run_and_kill(["distribute", "--send"], folder, self.random.uniform(0.08, self.longest))
        if status == -signal.SIGKILL:
            self.kills += 1
        # However fast the machine is, some are killed before the first message, and some behind the last one.
        done = before - self.undelivered(folder)
        self.longest *= 0.9 if status != -signal.SIGKILL else 1 if done else 1.05
        self.mailbox.wait()
        self.compare(folder)
        self.settle(folder)

    def compare(self, folder: Path) -> None:
        """Nothing arrives twice, and the ledger never says of anything that it arrived, or did not, when that is wrong."""
        arrived = [address.partition("@")[0] for address, _ in self.mailbox.kept]
        arrived += [path.parent.name for name in BY_FOLDER for path in (folder / name).glob("[!.]*")]
        assert len(arrived) == len(set(arrived)), arrived
        states = {entry.partner: entry.state for entry in self.entries(folder)}
        for name in PARTNERS:
            state = states.get(name)
            if state is State.ACCEPTED:
                assert name in arrived, (name, state)
            elif state is None or not state.is_open:
                assert name not in arrived, (name, state)

    def settle(self, folder: Path) -> None:
        """Ask the partners whose delivery is in doubt; what was laid into a folder is found out without them."""
        for entry in self.entries(folder):
            if entry.state.is_open and entry.way == "smtp":
                self.doubts += 1
                verdict = "--arrived" if self.mailbox.messages(entry.address) else "--lost"
                office.run(self.zygote, folder, "ledger", "settle", entry.partner, entry.delivery, verdict)

    def entries(self, folder: Path) -> list[ledger.Entry]:
        path = folder / ledger.FILE_NAME
        if not path.exists():
            return []
        book = ledger.open(path, lambda: datetime.now(UTC))
        try:
            return book.entries()
        finally:
            book.close()

    def undelivered(self, folder: Path) -> set[str]:
        return set(PARTNERS) - {entry.partner for entry in self.entries(folder) if entry.state is State.ACCEPTED}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    zygote = Zygote()
    folder = office.workspace(zygote, tmp_path_factory.mktemp("kills") / "workspace", ("statement",))
    zygote.close()
    return folder


def test_200_kills_send_nothing_twice_and_lose_nothing(prepared, tmp_path, monkeypatch):
    mailboxes = [Mailbox() for _ in range(LANES)]
    with ExitStack() as stack:
        served = [stack.enter_context(serve(mailbox, tmp_path / f"{n}")) for n, mailbox in enumerate(mailboxes)]
        (tmp_path / "authorities.pem").write_bytes(b"".join(path.read_bytes() for _, path in served))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authorities.pem"))
        lanes = [
            Lane(number, prepared, tmp_path / f"{number}", mailbox, port)
            for number, (mailbox, (port, _)) in enumerate(zip(mailboxes, served, strict=True))
        ]
        with ThreadPoolExecutor(LANES) as pool:
            list(pool.map(Lane.until_done, lanes))
    kills, doubts = sum(lane.kills for lane in lanes), sum(lane.doubts for lane in lanes)
    print(f"{kills} kills in {sum(lane.times for lane in lanes)} campaigns, {doubts} in doubt")
    assert kills >= KILLS and doubts
