"""Work on what somebody else wrote, which may never end or fill the memory: done by a fork of this process.

The fork sets its own limits, and whatever becomes of it, this process has an answer.
"""

import ctypes
import os
import resource
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import PipelineError

T = TypeVar("T")
R = TypeVar("R")

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
            end_with_parent()
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


def each(work: Callable[[T], R], things: Sequence[T], few: int) -> Iterator[R]:
    """Yield what `work` returns of each thing, in order: done on all cores, unless there are only a `few`.

    Forks of this process do it, which have all that it is done with without its being sent to them; what they return is
    sent. They end with this process, however it ends. Raises PipelineError when one of them was ended.
    """
    cores = len(os.sched_getaffinity(0))
    if len(things) <= few or cores == 1:
        yield from map(work, things)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(cores, get_context("fork"), _begin, (work, things, os.getpid())) as pool:
        try:
            yield from pool.map(_done, range(len(things)))
        except BrokenProcessPool:
            what = "a process that did a part of the work was ended, perhaps for want of memory"
            raise PipelineError(f"{what}; run the command again") from None


_begun: tuple[Callable[[Any], Any], Sequence[Any]]
"""In a fork of `each`: what to do, and with what."""


def _begin(work: Callable[[Any], Any], things: Sequence[Any], parent: int) -> None:
    global _begun
    _begun = work, things
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever types Ctrl-C means the process that forked this one
    if os.getppid() != parent:  # it ended before the kernel was asked
        os._exit(BROKEN)


def _done(place: int) -> Any:
    work, things = _begun
    return work(things[place])


def end_with_parent() -> None:
    """Have the kernel end this process when the one that forked it ends, even while it is stopped (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_work(seconds: int, more_bytes: int) -> None:
    """Set limits of this process: seconds of work, and memory besides what it has now."""
    with suppress(OSError, ValueError):  # where there is no /proc, memory has the machine's limits
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        limit(resource.RLIMIT_AS, used + more_bytes)
    limit(resource.RLIMIT_CPU, seconds)


def limit(kind: int, most: int) -> None:
    """Set a limit of this process, or leave a lower one that this machine has set."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, hard))
