"""Disks that cannot do what others can: the tool works with what is there, and says once which promise is weaker."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.disk import Weakness
from pipeline.distribution import ledger
from pipeline.workspace import replacement
from tests.support import office
from tests.support.forked import Zygote
from tests.support.mailbox import Mailbox, serve

PARTNER = {"oslo": {"delivery": "folder", "address": "oslo"}}


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    yield made
    made.close()


@pytest.fixture(scope="module")
def prepared(zygote, tmp_path_factory) -> Path:
    folder = office.workspace(zygote, tmp_path_factory.mktemp("disks") / "workspace", ("statement",))
    office.partners(folder, **PARTNER)
    (folder / "oslo").mkdir()
    return folder


@pytest.fixture
def workspace(prepared, tmp_path) -> Path:
    return office.copy(prepared, tmp_path / "workspace")


def injected(
    zygote: Zygote, folder: Path, faults: str, *words: object, under: Sequence[Path] = (), ends: int = 0
) -> str:
    """Run a command in which system calls fail, each time, or on these files alone; return what it said."""
    calls = faults.partition(":")[0]
    options = ["-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={faults}"]
    paths = [word for path in under for word in ("-P", str(path))]
    status, said = zygote.run([str(word) for word in words], folder, [*paths, *options])
    assert status == ends and "Traceback" not in said, said
    return said


def states(folder: Path) -> list[str]:
    with closing(ledger.open(folder / ledger.FILE_NAME, lambda: datetime.now(UTC))) as book:
        return [step.state for step in book.steps()]


SENT = ["planned", "sending", "accepted"]
SEND = ("distribute", "--send", "--trust-ledger")
WEAK = [
    ("fsync,fdatasync:error=EINVAL", Weakness.FLUSH),
    ("fsync,fdatasync:error=EOPNOTSUPP", Weakness.FLUSH),
    ("flock:error=ENOLCK", Weakness.LOCK),
    ("flock:error=EBADF", Weakness.LOCK),  # as NFS says of a folder
    ("flock:error=ENOSYS", Weakness.LOCK),
]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
@pytest.mark.parametrize(("faults", "weakness"), WEAK)
def test_a_disk_that_refuses_is_sent_from_once_and_told_of_once(zygote, workspace, faults, weakness):
    said = injected(zygote, workspace, faults, *SEND)
    assert said.count(f"{workspace}: {weakness}\n") == said.count(weakness) == 1, said
    assert "sent to oslo" in said and states(workspace) == SENT and len(list((workspace / "oslo").iterdir())) == 1
    said = injected(zygote, workspace, faults, "distribute", "--send")
    assert "nothing to do" in said and states(workspace) == SENT


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
@pytest.mark.parametrize("error", ["EINVAL", "ENOSYS", "EOPNOTSUPP"])
def test_where_nothing_can_be_exchanged_or_linked_translations_are_written(zygote, workspace, error):
    office.run(zygote, workspace, "segment")
    text = workspace / "seeds" / "statement.txt"
    text.write_text(text.read_text("utf-8") + "\nجمله ای تازه در پایان.\n", "utf-8")
    shutil.copy(text, workspace / "seeds" / "second.txt")
    said = injected(zygote, workspace, f"renameat2,link,linkat:error={error}", "segment")
    assert said.count(str(Weakness.EXCHANGE)) == 1
    for name in ("statement", "second"):
        assert "جمله ای تازه" in (workspace / "translations" / "en" / f"{name}.po").read_text("utf-8")
    assert not [path for path in workspace.rglob("*") if path.suffix in (".part", ".swap")]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
@pytest.mark.parametrize("error", ["ENOSYS", "EOPNOTSUPP", "EPERM", "EACCES"])
def test_where_no_rights_can_be_given_everything_is_written_and_sent(zygote, workspace, error):
    """As on a telephone, a share of Windows, or a disk that somebody else mounted."""
    calls = f"chmod,fchmod,fchmodat,chown,fchown,fchownat:error={error}"
    assert "sent to oslo" in injected(zygote, workspace, calls, *SEND) and states(workspace) == SENT
    text = workspace / "seeds" / "statement.txt"
    text.write_text(text.read_text("utf-8") + "\nجمله ای تازه در پایان.\n", "utf-8")
    injected(zygote, workspace, calls, "segment")
    assert "جمله ای تازه" in (workspace / "translations" / "en" / "statement.po").read_text("utf-8")


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
@pytest.mark.parametrize("error", ["ENOLCK", "EINVAL", "ENOSYS"])
def test_a_ledger_on_a_disk_without_locks_is_written(zygote, workspace, error):
    for words in (SEND, ("distribute", "--send")):
        names = [
            workspace / f"{prefix}{ledger.FILE_NAME}{suffix}"
            for prefix, suffix in (("", ""), (".", ".part"), ("", "-shm"))
        ]
        log = workspace.with_suffix(".strace")
        options = ["-o", str(log), "-e", "trace=fcntl", "-e", f"inject=fcntl:error={error}"]
        status, said = zygote.run(
            list(words), workspace, [*(word for name in names for word in ("-P", str(name))), *options]
        )
        assert status == 0 and str(Weakness.LOCK) in said, f"{said}{log.read_text()[-2000:]}"
        assert "INJECTED" in log.read_text()
    assert states(workspace) == SENT


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
def test_a_ledger_on_a_disk_without_shared_memory_is_written(zygote, workspace):
    for words in (SEND, ("distribute", "--send")):
        paths = [workspace / f"{name}-shm" for name in (ledger.FILE_NAME, f".{ledger.FILE_NAME}.part")]
        injected(zygote, workspace, "mmap:error=ENODEV", *words, under=paths)
    assert states(workspace) == SENT


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_disk_that_fails_while_the_ledger_is_made_leaves_none_that_is_half(zygote, tmp_path, error):
    """Its first steps stood beside the file that got the name: it was damaged, and there was no backup to put back."""
    workspace = tmp_path / "workspace"
    office.run(zygote, tmp_path, "init", workspace)
    (workspace / "seeds" / "statement.txt").write_text(office.TEXTS["statement"], "utf-8")
    office.partners(workspace, **PARTNER)
    part, log = workspace / f".{ledger.FILE_NAME}.part", tmp_path / "strace"
    traced = ["-P", str(part), "-o", str(log), "-e", "trace=pwrite64"]
    zygote.run(["distribute"], workspace, traced)
    writes = log.read_text().count("pwrite64(")
    for number in range(max(1, writes - 3), writes + 1):  # of what stood beside it
        (workspace / ledger.FILE_NAME).unlink()
        (workspace / ".pipeline" / "ledger").unlink()
        inject = f"inject=pwrite64:error={error}:when={number}"
        _, said = zygote.run(["distribute"], workspace, [*traced, "-e", inject])
        assert "INJECTED" in log.read_text() and "Traceback" not in said and "damaged" not in said, said
        office.run(zygote, workspace, "distribute")
    assert not states(workspace)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
def test_without_locks_two_commands_on_one_machine_still_wait_for_each_other(zygote, workspace):
    status = workspace.stat()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as held:
        held.bind(f"\0pipeline-{status.st_dev:x}-{status.st_ino:x}")
        said = injected(zygote, workspace, "flock:error=ENOLCK", *SEND, ends=1)
    assert "another pipeline command is writing here; wait until it is done" in said
    assert "sent to oslo" in injected(zygote, workspace, "flock:error=ENOLCK", *SEND)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
def test_nothing_is_sent_before_ledger_and_marks_are_stored(zygote, workspace, tmp_path):
    mailbox, log = Mailbox(), tmp_path / "strace"
    office.partners(workspace, oslo={})
    with serve(mailbox, tmp_path / "server", security="none") as (port, _):
        office.server(workspace, port, security="none")
        calls = "pwrite64,write,sendto,fsync,fdatasync,rename"
        status, said = zygote.run(list(SEND), workspace, ["-y", "-o", str(log), "-e", f"trace={calls}"])
    assert status == 0 and len(mailbox.kept) == 1, said
    lines = log.read_text("utf-8", "replace").splitlines()
    (dot,) = [number for number, line in enumerate(lines) if re.match(r'(sendto|write)\(.*, "\.\\r\\n", 3', line)]
    before = lines[:dot]

    def last(pattern: str) -> int:
        return max(number for number, line in enumerate(before) if re.search(pattern, line))

    assert last(r"pwrite64\(.*ledger\.sqlite-wal>") < last(r"fdatasync\(.*ledger\.sqlite-wal>")
    for place in (".pipeline", "pipeline/ledgers"):
        stored, named = last(rf"fsync\(.*{place}/.*\.part>"), last(rf'rename\(.*{place}/.*\.part"')
        assert last(r"pwrite64\(.*ledger\.sqlite-wal>") < stored < named < last(rf"fsync\(.*{place}>")


def exfat(folder: Path) -> Iterator[Path]:
    """Mount a real exFAT disk, where that can be had."""
    if os.geteuid() or not all(map(shutil.which, ("mkfs.exfat", "mount.exfat-fuse", "losetup"))):
        pytest.skip("needs root, exfatprogs and exfat-fuse")
    image, mounted = folder / "disk.img", folder / "disk"
    mounted.mkdir()
    with image.open("wb") as file:
        file.truncate(64_000_000)
    subprocess.run(["mkfs.exfat", image], check=True, capture_output=True)
    found = subprocess.run(["losetup", "-f", "--show", image], capture_output=True, text=True)
    device = found.stdout.strip()
    if found.returncode:
        pytest.skip("no loop device can be had here")
    try:
        if subprocess.run(["mount.exfat-fuse", device, mounted], capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")
        yield mounted
        subprocess.run(["umount", mounted], check=True)
    finally:
        subprocess.run(["losetup", "-d", device], check=True)


@pytest.fixture
def stick(tmp_path) -> Iterator[Path]:
    yield from exfat(tmp_path)


def test_on_exfat_everything_is_written_sent_once_and_corrected(zygote, prepared, stick):
    folder = office.copy(prepared, stick / "workspace")
    said = office.run(zygote, folder, *SEND)
    assert "sent to oslo" in said and len(list((folder / "oslo").iterdir())) == 1
    office.reword(zygote, folder, "statement", "en", "We call on all forces", "We call on all", release=False)
    text = folder / "seeds" / "statement.txt"
    text.write_text(text.read_text("utf-8") + "\nجمله ای تازه در پایان.\n", "utf-8")
    said = office.run(zygote, folder, "segment")
    assert said.count(str(Weakness.EXCHANGE)) == 1
    assert "We call on all to" in (folder / "translations" / "en" / "statement.po").read_text("utf-8")
    assert "جمله ای تازه" in (folder / "translations" / "en" / "statement.po").read_text("utf-8")
    office.run(zygote, folder, "distribute", "--send")
    assert states(folder) == SENT
    assert not [path for path in folder.rglob("*") if path.suffix in (".part", ".swap")]


def test_on_exfat_a_file_that_somebody_made_meanwhile_is_kept(stick):
    path = stick / "statement.po"
    part = replacement._flushed(path, b"ours")
    path.write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        replacement._take_name(part, path)
    assert path.read_bytes() == b"theirs"
    path.unlink()
    replacement._take_name(part, path)
    assert path.read_bytes() == b"ours" and os.listdir(stick) == ["statement.po"]
