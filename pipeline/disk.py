"""Files on the disk: read up to a limit, and flushed so that they outlast a loss of power.

Not every disk can do all that is asked of it: exFAT knows no hard links, some network disks neither
locks nor flushing. Then work goes on with what is there, and whoever listens hears which promise is weaker.
"""

import errno
import fcntl
import os
import re
import shutil
import stat
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})
"""How disks say that they cannot do something at all."""


FSTAB, MOUNTS = Path("/etc/fstab"), Path("/proc/self/mounts")
"""Where disks are to be mounted, and where they are; each line has the place behind a first word."""

_ESCAPED = re.compile(rb"\\([0-3][0-7]{2})")


class Weakness(StrEnum):
    """What a disk cannot do, and what it means for the user."""

    FLUSH = "this disk does not confirm that it has stored anything; a power cut may undo what was written last"
    EXCHANGE = "this disk cannot exchange two files in one step; close a translation in your editor before a command"
    LOCK = "this disk has no locks; run no command here from two machines at once"


_listener: ContextVar[Callable[[Path, Weakness], None]] = ContextVar("listener", default=lambda path, weakness: None)
_name: ContextVar[str] = ContextVar("name", default="")


@contextmanager
def weaknesses_told(say: Callable[[str], None]) -> Iterator[None]:
    """Say once what each disk that is written to cannot do."""
    known: set[tuple[int, Weakness]] = set()

    def tell(path: Path, weakness: Weakness) -> None:
        if (key := (path.stat().st_dev, weakness)) not in known:
            known.add(key)
            say(f"{_name.get() or (path if path.is_dir() else path.parent)}: {weakness}")

    token = _listener.set(tell)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def called(name: str) -> Iterator[None]:
    """Call whatever is written to by a name: where it lies is not for everybody's eyes."""
    token = _name.set(name)
    try:
        yield
    finally:
        _name.reset(token)


def tell(path: Path, weakness: Weakness) -> None:
    """Tell whoever listens what the disk under an existing path cannot do."""
    _listener.get()(path, weakness)


class IrregularFileError(OSError):
    """A path that leads to a folder, a pipe or a device."""


def read(path: Path, most: int) -> bytes:
    """Return a regular file's content, cut off after `most` bytes; raise OSError as `opened` does."""
    with opened(path) as file:
        return file.read(most)


def opened(path: Path | str, flags: int = 0) -> BufferedReader:
    """Open a regular file for reading; a pipe or a device is not waited for.

    Raises IrregularFileError when it is none, another OSError when it cannot be read.
    """
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    mode = os.fstat(file).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(file, "rb")
    os.close(file)
    if stat.S_ISDIR(mode):
        raise IrregularFileError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise IrregularFileError(errno.EINVAL, "a pipe or a device, not a file", str(path))


def make_own(folder: Path) -> None:
    """Make a folder of the user's, and those above it that are missing, for nobody else (XDG Base Directory).

    `Path.mkdir` gives its mode to the last one alone: under a umask of 0 everybody could write in the others.
    """
    for path in (*reversed(folder.parents), folder):
        if not path.is_dir():
            path.mkdir(0o700, exist_ok=True)


def clear(path: Path) -> None:
    """Remove a folder and all in it, or what stands in its place, as far as that can be done.

    A link is not followed, a pipe not waited for, and folders in folders without end are left.
    """
    with suppress(OSError, RecursionError):
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def permit(file: Path | int, mode: int) -> None:
    """Give a file or folder, or an open file, these rights, as far as its disk knows rights and takes ours.

    Raises OSError for what is no want of rights: a disk that fails.
    """
    try:
        os.chmod(file, mode)
    except OSError as error:
        if error.errno not in UNSUPPORTED | {errno.EPERM, errno.EACCES}:
            raise


def flush(path: Path) -> bool:
    """Return when a file's content, or a folder's list of names, is safe on the disk; whether the disk can say so."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return sync(descriptor, path)
    finally:
        os.close(descriptor)


def sync(descriptor: int, path: Path) -> bool:
    """Do the same for an open file, `path` being on its disk."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        tell(path, Weakness.FLUSH)
        return False
    return True


def has_locks(path: Path) -> bool:
    """Whether the disk under a file has the locks of fcntl(2).

    It is asked about, not for, one of an open file description: any other would take this process's own away.
    """
    with path.open("rb") as file:
        try:
            fcntl.fcntl(file, fcntl.F_OFD_GETLK, struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))
        except OSError:
            return False
    return True


def inside(root: Path, name: str) -> Path | None:
    """Return where a name leads inside a folder; None when it leads elsewhere, or nowhere."""
    try:
        path = (root / name).resolve()
        is_circle = any(place.is_symlink() for place in (path, *path.parents))  # which 3.13 does not call an error
    except (OSError, RuntimeError):  # links in a circle, a name that is too long
        return None
    return path if path.is_relative_to(root) and path != root and not is_circle else None


def is_detached(folder: Path) -> bool:
    """Whether the disk that a folder should be on is not there, so that what is put into it lies on another.

    That shows alone of disks that /etc/fstab names: where others are attached, their folder comes and goes with them.
    """
    wanted, mounted = _places(FSTAB), _places(MOUNTS)
    wanted |= {place.resolve() for place in wanted}
    # By both ways, as a link may lead from one disk onto another: the home folder is on one of its own, the stick too.
    ways = ((path, *path.parents) for path in (folder.absolute(), folder.resolve()))
    disks = {one for way in ways if (one := next((place for place in way if place in wanted and place.name), None))}
    return bool(mounted) and any(one.resolve() not in mounted for one in disks)


def _places(table: Path) -> set[Path]:
    try:
        lines = [line.split() for line in table.read_bytes().splitlines()]
    except OSError:
        return set()
    named = (words[1] for words in lines if len(words) > 1 and not words[0].startswith(b"#"))
    whole = (_ESCAPED.sub(lambda sign: bytes([int(sign[1], 8)]), name) for name in named if name.startswith(b"/"))
    return {Path(os.fsdecode(name)) for name in whole}
