"""A folder for files that nobody needs afterwards; what a process leaves that was killed, the next one removes."""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "pipeline-scratch-"
_NAME = re.compile(rf"{PREFIX}[a-z0-9_]{{8}}")


@contextmanager
def folder(place: Path | None = None) -> Iterator[Path]:
    """Make a folder that only its owner can read, and remove it with all in it; raise OSError where none can be made.

    It is in a `place` of the user's own, or where temporary files are. It is locked until the last process ends that
    has it from here: without that, whoever comes removes it.
    """
    place = place or Path(tempfile.gettempdir())
    _clear(place)
    made, lock = _locked(place)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(lock)


def _locked(place: Path) -> tuple[Path, int]:
    while True:
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        with suppress(FileNotFoundError):  # taken for one that was left, before it was locked
            lock = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
            _lock(lock, fcntl.LOCK_EX)
            if made.exists():
                return made, lock
            os.close(lock)


def _lock(descriptor: int, how: int) -> bool:
    """Whether a folder could be locked; some network disks know no locks."""
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True


def _clear(place: Path) -> None:
    """Remove the folders that processes of this user have left."""
    with suppress(OSError), os.scandir(place) as found:
        for entry in found:
            with suppress(OSError):  # another command may have removed it meanwhile
                if _NAME.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_uid == os.geteuid():
                    _remove_left(entry.path)


def _remove_left(path: str) -> None:
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if _lock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)
