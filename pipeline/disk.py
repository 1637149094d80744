"""Files on the disk: read up to a limit, and flushed so that they outlast a loss of power."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class IrregularFileError(OSError):
    """A path that leads to a folder, a pipe or a device."""


def read(path: Path, most: int) -> bytes:
    """Return a regular file's content, cut off after `most` bytes; raise OSError as `opened` does."""
    with opened(path) as file:
        return file.read(most)


def opened(path: Path | str, flags: int = 0) -> BinaryIO:
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


def flush(path: Path) -> None:
    """Return when a file's content, or a folder's list of names, is safe on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
