"""One command at a time writes in a workspace; who waits hears for whom."""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline import disk
from pipeline.errors import PipelineError
from pipeline.workspace.config import Config

_PAUSE = 0.1
"""Seconds between two looks whether a workspace is free."""


class WorkspaceBusyError(PipelineError):
    """Another command is writing in the workspace."""


@contextmanager
def locked(config: Config, *, wait: bool = False, say: Callable[[str], None] = lambda text: None) -> Iterator[None]:
    """Hold the workspace against a second writing command; the kernel frees it when the process ends.

    Raises WorkspaceBusyError that names who holds the workspace; asked to `wait`, it says so through `say`.
    """
    descriptor = os.open(config.root, os.O_RDONLY)
    with ExitStack() as held:
        held.callback(os.close, descriptor)
        try:
            _hold(descriptor, config.root, held)
        except BlockingIOError:
            who = f"{config.root}: {_holder(descriptor)} is writing here"
            if not wait:
                raise WorkspaceBusyError(f"{who}; wait until it is done, or add --wait") from None
            say(f"{who}; waiting for it")
            _await(descriptor, config.root, held)
        yield


def _await(descriptor: int, root: Path, held: ExitStack) -> None:
    while True:
        with suppress(BlockingIOError):
            _hold(descriptor, root, held)
            return
        time.sleep(_PAUSE)


def _hold(descriptor: int, root: Path, held: ExitStack) -> None:
    """Lock an open folder; raise BlockingIOError when another process holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:  # no locks on this disk, or none of folders, as on NFS
        disk.tell(root, disk.Weakness.LOCK)
        _hold_name(os.fstat(descriptor), held)


def _hold_name(folder: os.stat_result, held: ExitStack) -> None:
    """Hold a folder on this machine alone, by an abstract name (unix(7)), freed when the process ends."""
    name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        name.bind(f"\0pipeline-{folder.st_dev:x}-{folder.st_ino:x}")
    except OSError as error:
        name.close()
        if error.errno == errno.EADDRINUSE:
            raise BlockingIOError(error.errno, error.strerror) from None
        raise
    held.callback(name.close)


def _holder(descriptor: int) -> str:
    """Return who holds the lock on a folder, as proc_locks(5) tells it."""
    status = os.fstat(descriptor)
    file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    with suppress(OSError):
        for line in Path("/proc/locks").read_text().splitlines():
            fields = line.split()
            if fields[1] == "FLOCK" and fields[5] == file:
                return f"{_command(fields[4])} (process {fields[4]})"
    return "another pipeline command"


def _command(process: str) -> str:
    """Return a command as it was typed: «pipeline run --release»."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return "another pipeline command"
    names = [index for index, word in enumerate(words) if Path(word).name in ("pipeline", "pipeline.__main__")]
    return " ".join(["pipeline", *words[names[-1] + 1 :]]).strip() if names else "another pipeline command"
