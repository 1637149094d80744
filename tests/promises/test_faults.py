"""Whatever breaks while a command writes, no reviewed translation is lost and no file is half written.

Every system call that changes the workspace fails in its turn, as on a full disk or a broken
one, or is the last the process makes before it is killed.
"""

import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from pipeline.catalogue import po
from tests.conftest import THOROUGH
from tests.support.forked import Zygote

CALLS = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat", "renameat2", "link", "linkat",
    "unlink", "unlinkat", "mkdir", "mkdirat", "chmod", "fchmod", "fchmodat", "copy_file_range", "sendfile",
)  # fmt: skip
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO")

ONE = "رقابت در بین قدرت های بزرگ سرمایه داری، جنگ و آشوب در جهان را دامن می زند."
TWO = "نیروهای چپ و دمکرات برای همکاری و حمایت از مبارزات مردم گرد هم آمدند."
THREE = "ما از همه می خواهیم که در این نشست شرکت کنند و نظر خود را بگویند."


@pytest.fixture(scope="module")
def zygotes() -> Iterator[SimpleQueue]:
    made = [Zygote() for _ in range(max(2, os.cpu_count() or 2))]
    free: SimpleQueue = SimpleQueue()
    for one in made:
        free.put(one)
    yield free
    for one in made:
        one.close()


@dataclass(frozen=True)
class Call:
    """One system call that changes the workspace: its name, and which of that name it is."""

    name: str
    number: int
    text: str


def calls(zygote: Zygote, words: list[str], folder: Path) -> list[Call]:
    """Run a command and return its system calls that change something in the workspace."""
    log = folder.with_suffix(".strace")
    status, said = zygote.run(words, folder, ["-y", "-s", "4096", "-o", str(log), "-e", f"trace={','.join(CALLS)}"])
    assert status == 0, said
    counts: dict[str, int] = {}
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if not (match := re.match(r"(\w+)\(", line)) or match[1] not in CALLS:
            continue
        name = match[1]
        counts[name] = counts.get(name, 0) + 1
        reads = name == "openat" and not re.search(r"O_(WRONLY|RDWR|CREAT)", line)
        if not reads and (f"{folder}/" in line or f"{folder}>" in line):
            found.append(Call(name, counts[name], line))
    return found


def state(folder: Path) -> dict[str, bytes]:
    """Return the files of a workspace without revision dates, and without what is kept privately."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".pipeline" not in path.parts:
            found[str(path.relative_to(folder))] = re.sub(rb"PO-Revision-Date: [^\\]*", b"", path.read_bytes())
    return found


def reviewed(folder: Path) -> set[tuple[str, str, str]]:
    found = set()
    for path in (folder / "translations").glob("*/*.po"):
        file = po.load(path, path.stem, "fa", path.parent.name).catalogue
        found |= {(path.parent.name, u.source, u.target) for u in (*file.units, *file.obsolete) if u.state.is_done}
    return found


def review(path: Path, **targets: str) -> None:
    """Translate sentences in a PO file, as a person would."""
    text = path.read_text("utf-8")
    for source, target in ((ONE, "One."), (TWO, "Two."), (THREE, "Three.")):
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target} {path.parent.name}"')
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, zygotes) -> Path:
    """A workspace with reviewed translations, a changed source, earlier versions, and files to import."""
    folder = tmp_path_factory.mktemp("faults") / "workspace"
    zygote = zygotes.get()
    zygote.run(["init", str(folder)], folder.parent)
    (folder / "pipeline.toml").write_text((folder / "pipeline.toml").read_text().replace('["en", "fr"]', '["en"]'))
    seeds = folder / "seeds"
    (seeds / "statement.txt").write_text(f"بیانیه\n\n{ONE} {TWO}\n", "utf-8")
    (seeds / "other.txt").write_text(f"نامه\n\n{THREE}\n", "utf-8")
    assert zygote.run(["segment"], folder)[0] == 0
    review(folder / "translations" / "en" / "statement.po")
    review(folder / "translations" / "en" / "other.po")
    (seeds / "statement.txt").write_text(f"بیانیه\n\n{TWO}\n", "utf-8")
    assert zygote.run(["translate"], folder)[0] == 0
    assert zygote.run(["export", "-f", "csv", "statement"], folder)[0] == 0
    table = folder / "output" / "exchange" / "statement.en.csv"
    (folder / "back.csv").write_text(table.read_text("utf-8-sig").replace("بیانیه,,", "بیانیه,Statement,"), "utf-8")
    (seeds / "statement.txt").write_text(f"بیانیه\n\n{THREE} {TWO.replace('چپ', 'راست')}\n", "utf-8")
    zygotes.put(zygote)
    return folder


COMMANDS = {
    "segment": ["segment"],
    "translate": ["translate"],
    "restore": ["restore", "statement"],
    "import": ["import", "back.csv"],
}
done: dict[str, int] = {}


def broken(
    zygote: Zygote, words: list[str], prepared: Path, folder: Path, call: Call, fault: str, after: dict[str, bytes]
) -> None:
    """Run a command with one fault, and see that nothing is lost and that the next command ends the work."""
    shutil.copytree(prepared, folder)
    before, had = state(folder), reviewed(folder)
    inject = f"inject={call.name}:{fault}:when={call.number}"
    _, said = zygote.run(words, folder, ["-o", "/dev/null", "-e", f"trace={call.name}", "-e", inject])
    where = f"{words} {inject}: {call.text}\n{said}"
    assert "Traceback" not in said, where
    assert had <= reviewed(folder), where
    now = state(folder)
    for name in (name for name in before if name.endswith(".po")):
        assert now[name] in (before[name], after[name]), where
    if words[0] != "restore" or now == before:  # to restore once more takes the version before that one
        status, said = zygote.run(words, folder)
        assert status == 0, f"{where}\nafterwards: {said}"
        assert state(folder) == after, where
    zygote.run(["segment", "--quiet"], folder)
    assert not [path for path in folder.rglob("*") if path.suffix in (".part", ".swap")], where
    shutil.rmtree(folder)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
@pytest.mark.parametrize("name", COMMANDS)
def test_no_fault_loses_a_reviewed_translation(name, prepared, zygotes, tmp_path):
    words, whole = COMMANDS[name], tmp_path / "whole"
    shutil.copytree(prepared, whole)
    zygote = zygotes.get()
    found = calls(zygote, words, whole)
    zygotes.put(zygote)
    after = state(whole)

    def one(job: tuple[int, Call, str]) -> None:
        number, call, fault = job
        zygote = zygotes.get()
        try:
            broken(zygote, words, prepared, tmp_path / f"{number}", call, fault, after)
        finally:
            zygotes.put(zygote)

    # Neighbours meet different faults, so that a part still has every kind of call with every fault.
    every = [(number, call, fault) for number, (call, fault) in enumerate((c, f) for c in found for f in FAULTS)]
    jobs = every if THOROUGH else every[::4]
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        list(pool.map(one, jobs))
    done[name] = len(jobs)
    assert {"renameat2", "fsync", "write", "openat"} <= {call.name for call in found}


def test_hundreds_of_faults_are_tried():
    if set(done) == set(COMMANDS):
        assert sum(done.values()) >= (300 if THOROUGH else 75), done
