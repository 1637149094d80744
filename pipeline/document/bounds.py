"""Reading a document that somebody else made, in a process of its own with limits of time and memory.

What a format can nest or refer to, somebody can nest or refer to a million times: a small file then takes hours, or all
memory. The readers have limits for what is known of that; whatever is not is given up here.
"""

import signal
import traceback
from collections.abc import Callable

import msgspec

from pipeline import forking
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.model import Block, Document, Meta

SECONDS, SECONDS_A_MEGABYTE = 30, 5
"""Of work: ten megabytes of a Word document take 10."""

MORE_BYTES = 2**30
"""Of memory, besides what this process has: the same document takes 200 million."""

_Parts = tuple[str, Meta, tuple[Block, ...], str, tuple[str, ...], str, str, dict[str, bytes]]
"""What is sent of a document: all but its language, which is known here."""

_REFUSED, _FAULT = 1, 2
"""Exit statuses of a process that found a fault in the document, or one of ours."""


def read(work: Callable[[], Document], language: Language, name: str, size: int) -> Document:
    """Return the document in a language that reading a file of this name and of `size` bytes makes.

    Raises DocumentError as the work does, and when it takes more time or memory than a document of its size may.
    """
    seconds = SECONDS + SECONDS_A_MEGABYTE * size // 1_000_000
    status, content = forking.apart(lambda: _answer(work, seconds))
    if status == _REFUSED:
        raise DocumentError(*msgspec.json.decode(content, type=list[str]))
    if status == _FAULT:
        raise RuntimeError(content.decode())
    if status:
        what = f"{seconds} seconds of work" if status == -signal.SIGXCPU else "the memory that a document may take"
        raise DocumentError(f"{name}: given up, for it takes more than {what}; open it, and save its text as .txt")
    id, meta, blocks, sha256, remarks, file, counted, pictures = msgspec.msgpack.decode(content, type=_Parts)
    return Document(id, language, meta, blocks, sha256, remarks, file, counted, pictures)


def _answer(work: Callable[[], Document], seconds: int) -> tuple[int, bytes]:
    """Work in this process, which is one of its own, within limits; without memory it ends without an answer."""
    forking.limit_work(seconds, MORE_BYTES)
    try:
        made = work()
        parts = made.id, made.meta, made.blocks, made.sha256, made.remarks, made.file, made.counted, made.pictures
        return 0, msgspec.msgpack.encode(parts)
    except DocumentError as error:
        return _REFUSED, msgspec.json.encode(error.faults)
    except MemoryError:
        raise
    except Exception:
        return _FAULT, traceback.format_exc().encode("utf-8", "replace")
