"""Work on what somebody else wrote, which may never end or fill the memory: done by a fork of this process.

The fork sets its own limits, and whatever becomes of it, this process has an answer.
"""

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress

BROKEN = 71
"""The exit status of a process that could not even say what went wrong."""

_PR_SET_PDEATHSIG = 1
"""Of prctl(2)."""

_WHOLE = b"whole"
"""The end of what a process writes: nothing is missing."""


def apart(work: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    """Return the exit status of a process that does the work, negative for a signal, and what it wrote.

    The work returns both. What it wrote is empty when the process was ended before it had written it all.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        status = BROKEN
        try:
            os.close(reading)
            _end_with_parent()
            limit(resource.RLIMIT_CORE, 0)  # a crash leaves no copy of the text lying about
            status, content = work()
            with open(writing, "wb") as answer:
                answer.write(content + _WHOLE)
        except BaseException:  # without memory even to say so
            status = BROKEN
        finally:
            os._exit(status)
    os.close(writing)
    with open(reading, "rb") as answer:
        content = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return (status, content.removesuffix(_WHOLE)) if content.endswith(_WHOLE) else (status or BROKEN, b"")


def _end_with_parent() -> None:
    """Have the kernel end this process when the one that forked it ends, even while it is stopped (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit(kind: int, most: int) -> None:
    """Set a limit of this process, or leave a lower one that this machine has set."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, hard))
