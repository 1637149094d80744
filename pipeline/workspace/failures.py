"""Errors of the system, told with where they happened and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import PipelineError


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say of an error of the system where it happened and what to do."""
    try:
        yield
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror or error}; {_remedy(error)}") from None


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some disk space and run the command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "allow writing to this folder and run the command again"
    return "look whether the disk is in order, and run the command again"
