"""Reading what somebody else made, in a process of its own with limits of time and memory.

What a format can nest or refer to, somebody can nest or refer to a million times: a small file then takes hours, or all
memory. The readers have limits for what is known of that; whatever is not is given up here.
"""

import signal
import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

import msgspec

from pipeline import forking
from pipeline.errors import PipelineError

T = TypeVar("T")

SECONDS, SECONDS_A_MEGABYTE = 30, 5
"""Of work: ten megabytes of a Word document take 10."""

MORE_BYTES = 2**30
"""Of memory, besides what this process has: the same document takes 200 million."""

_REFUSED, _FAULT = 1, 2
"""Exit statuses of a process that found a fault in what it read, or one of ours."""


def read(work: Callable[[], T], kind: type[T], size: int, refusal: type[PipelineError], place: str = "") -> T:
    """Return what `work`, of the `kind` that msgspec knows, makes of a file of `size` bytes.

    Raises `refusal` as the work does, and when it takes more time or memory than a file of its size may, or fails
    otherwise: behind the `place`, if the work says it, too.
    """
    seconds = SECONDS + SECONDS_A_MEGABYTE * size // 1_000_000
    status, content = forking.apart(lambda: _answer(work, seconds, refusal))
    if status == _REFUSED:
        raise refusal(*msgspec.json.decode(content, type=list[str]))
    if status == _FAULT:
        raise refusal(f"{place}{content.decode()}")
    if status:
        most = f"{seconds} seconds of work" if status == -signal.SIGXCPU else f"{MORE_BYTES:,} bytes of memory"
        raise refusal(
            f"{place}given up, for reading it takes more than {most}; open it, and save it in a simpler format"
        )
    return msgspec.msgpack.decode(content, type=kind)


def _answer(work: Callable[[], T], seconds: int, refusal: type[PipelineError]) -> tuple[int, bytes]:
    """Work in this process, which is one of its own, within limits; without memory it ends without an answer."""
    forking.limit_work(seconds, MORE_BYTES)
    try:
        return 0, msgspec.msgpack.encode(work())
    except refusal as error:
        return _REFUSED, msgspec.json.encode(error.faults)
    except MemoryError:
        raise
    except Exception as error:
        return _FAULT, fault_of_ours(error).encode("utf-8", "replace")


def fault_of_ours(error: Exception) -> str:
    """Return what to say of an error that nobody foresaw: it keeps one file from being read, and not the others."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {PurePath(frame.filename).name}, line {frame.lineno}"
    return f"this program fails to read it ({what}); report that, and save its text in a simpler format until then"
