"""Killed at random moments while it sends and started again, in the end everybody has everything exactly once.

The server's mailbox and the ledger are compared after every kill. What is in doubt is settled as a
coordinator does it, by asking the partner: here, by a look into the mailbox.
"""

import json
import os
import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger.delivery import DeliveryState, LedgerEntry
from tests.conftest import THOROUGH
from tests.promises.test_faults import Call
from tests.support import office
from tests.support.forked import Zygote
from tests.support.mailbox import Mailbox, serve

KILLS = int(os.environ.get("PIPELINE_KILLS", "200" if THOROUGH else "60"))
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
    """Workspaces with a server of their own, in which a command is killed again and again."""

    def __init__(self, number: int, prepared: Path, folder: Path, mailbox: Mailbox, port: int) -> None:
        self.random = random.Random(SEED + number)
        self.zygote, self.mailbox, self.prepared, self.folder = Killer(), mailbox, prepared, folder
        self.port, self.kills, self.doubts, self.times = port, 0, 0, 0
        self.longest = 0.4

    def begin(self, by_mail: list[str], by_folder: list[str]) -> "Campaign":
        self.times += 1
        self.mailbox.kept.clear()
        folder = office.copy(self.prepared, self.folder / f"{self.times}")
        ways = {name: {} for name in by_mail}
        ways |= {name: {"delivery": "folder", "address": str(folder / name)} for name in by_folder}
        office.partners(folder, **ways)
        office.server(folder, self.port, timeout_seconds=20)
        for name in by_folder:
            (folder / name).mkdir()
        return Campaign(self, folder, by_mail, by_folder)

    def until_done(self) -> None:
        """Kill at random moments, as often as it is this lane's part."""
        while self.kills < KILLS // LANES:
            campaign = self.begin(BY_MAIL, BY_FOLDER)
            while campaign.undelivered() and self.kills < KILLS // LANES:
                self.mailbox.delay = self.random.choice((0, 0.005, 0.02))
                campaign.round()
            self.mailbox.delay = 0
            campaign.end()

    def killed_at(self, calls: Sequence[Call]) -> None:
        """Kill at each of these system calls."""
        for call in calls:
            campaign = self.begin(["oslo"], [])
            inject = f"inject={call.name}:signal=SIGKILL:when={call.number}"
            options = ["-o", "/dev/null", "-e", f"trace={call.name}", "-e", inject]
            words = office.trusting(campaign.folder, "distribute", "--send")
            status, said = self.zygote.run(words, campaign.folder, options)
            assert status == -signal.SIGKILL, f"{call.text}\n{said}"
            campaign.compare()
            campaign.end()


@dataclass
class Campaign:
    """One text on its way to everybody."""

    lane: Lane
    folder: Path
    by_mail: list[str]
    by_folder: list[str]

    def round(self) -> None:
        lane, before = self.lane, self.undelivered()
        status = lane.zygote.run_and_kill(
            office.trusting(self.folder, "distribute", "--send"), self.folder, lane.random.uniform(0.08, lane.longest)
        )
        lane.kills += status == -signal.SIGKILL
        # However fast the machine is, some are killed before the first message, and some behind the last one.
        done = before - self.undelivered()
        lane.longest *= 0.9 if status != -signal.SIGKILL else 1 if done else 1.05
        self.compare()
        if lane.random.random() < 0.3:
            self.settle()

    def end(self) -> None:
        """Send the rest, ask about what is in doubt, send what was lost; then everybody has it, and nothing is due."""
        self.lane.zygote.run(office.trusting(self.folder, "distribute", "--send"), self.folder)
        if self.undelivered():
            self.settle()
            office.run(self.lane.zygote, self.folder, *office.trusting(self.folder, "distribute", "--send"))
        self.compare()
        assert not self.undelivered()
        received = [address.partition("@")[0] for address, _ in self.lane.mailbox.kept]
        assert sorted(received) == sorted(self.by_mail)
        for name in self.by_folder:
            assert [path.name.rpartition(".")[0] for path in (self.folder / name).iterdir()] == ["statement"]
        shutil.rmtree(self.folder)

    def compare(self) -> None:
        """Nothing arrives twice, and the ledger never says of anything that it arrived, or did not, when that is wrong."""
        self.lane.mailbox.wait()
        arrived = [address.partition("@")[0] for address, _ in self.lane.mailbox.kept]
        arrived += [path.parent.name for name in self.by_folder for path in (self.folder / name).glob("[!.]*")]
        assert len(arrived) == len(set(arrived)), arrived
        states = {entry.partner: entry.state for entry in self.entries()}
        for name in (*self.by_mail, *self.by_folder):
            state = states.get(name)
            if state is DeliveryState.ACCEPTED:
                assert name in arrived, (name, state)
            elif state is None or not state.is_open:
                assert name not in arrived, (name, state)

    def settle(self) -> None:
        """Ask the partners whose delivery the tool itself says is in doubt.

        A bundle that is not in its folder may have been fetched since: only the partner knows.
        """
        for entry in self.entries():
            if entry.state is DeliveryState.DOUBT:
                self.lane.doubts += 1
                by_folder = list((self.folder / entry.partner).glob("[!.]*"))
                arrived = by_folder if entry.way == "folder" else self.lane.mailbox.messages(entry.address)
                verdict = "--arrived" if arrived else "--lost"
                office.run(self.lane.zygote, self.folder, "ledger", "settle", entry.partner, entry.delivery, verdict)

    def entries(self) -> list[LedgerEntry]:
        path = self.folder / ledger.FILE_NAME
        if not path.exists():
            return []
        with closing(ledger.open(path, lambda: datetime.now(UTC))) as book:
            return book.entries()

    def undelivered(self) -> set[str]:
        accepted = {entry.partner for entry in self.entries() if entry.state is DeliveryState.ACCEPTED}
        return {*self.by_mail, *self.by_folder} - accepted


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    zygote = Zygote()
    folder = office.workspace(zygote, tmp_path_factory.mktemp("kills") / "workspace", ("statement",))
    zygote.close()
    return folder


@pytest.fixture
def lanes(prepared, tmp_path, monkeypatch) -> Iterator[list[Lane]]:
    mailboxes = [Mailbox() for _ in range(LANES)]
    with ExitStack() as stack:
        served = [stack.enter_context(serve(mailbox, tmp_path / f"{n}")) for n, mailbox in enumerate(mailboxes)]
        (tmp_path / "authorities.pem").write_bytes(b"".join(path.read_bytes() for _, path in served))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authorities.pem"))
        made = [
            Lane(number, prepared, tmp_path / f"{number}", mailbox, port)
            for number, (mailbox, (port, _)) in enumerate(zip(mailboxes, served, strict=True))
        ]
        yield made
        for lane in made:
            lane.zygote.close()


def test_kills_at_any_moment_send_nothing_twice_and_lose_nothing(lanes):
    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(Lane.until_done, lanes))
    kills, doubts = sum(lane.kills for lane in lanes), sum(lane.doubts for lane in lanes)
    print(f"{kills} kills in {sum(lane.times for lane in lanes)} campaigns, {doubts} in doubt")
    # Whether any of them falls between a message and its answer is chance; the next test kills just there.
    assert kills >= KILLS


STEPS = ("write", "sendto", "pwrite64", "fdatasync", "fsync")


def steps(zygote: Zygote, folder: Path) -> list[Call]:
    """Return the system calls of a sending that speak to the server or change the ledger, from the first intent on."""
    log = folder.with_suffix(".strace")
    status, said = zygote.run(
        office.trusting(folder, "distribute", "--send"),
        folder,
        ["-y", "-o", str(log), "-e", f"trace={','.join(STEPS)}"],
    )
    assert status == 0, said
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if match := re.match(r"(\w+)\(\d+<(.*?)>", line):
            counts[match[1]] += 1
            if "ledger.sqlite" in match[2] or "socket:" in match[2] or "TCP" in match[2]:
                found.append(Call(match[1], counts[match[1]], line))
    first = next(number for number, call in enumerate(found) if "socket:" in call.text or "TCP" in call.text)
    return found[max(0, first - 3) :]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
def test_killed_at_any_step_of_a_message_it_is_sent_once(lanes):
    every = steps(lanes[0].zygote, lanes[0].begin(["oslo"], []).folder)
    assert {"write", "pwrite64", "fdatasync"} <= {call.name for call in every} and len(every) > 20
    found = every if THOROUGH else every[::3]
    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(Lane.killed_at, lanes, (found[number::LANES] for number in range(LANES))))
    doubts = sum(lane.doubts for lane in lanes)
    print(f"killed at {len(found)} steps, {doubts} in doubt")
    assert 1 <= doubts < len(found) / 2
