"""A process beside this one that answers bytes with bytes: it loads what is heavy once, and may be killed without harm.

It is spawned and not forked, as models are not safe to fork; it ends with this process, however that ends.
"""

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection
from multiprocessing.connection import Connection

from pipeline import forking
from pipeline.errors import PipelineError

Answer = Callable[[bytes], bytes]

_SAFE_PATH = "PYTHONSAFEPATH"
_STARTING = threading.Lock()
"""Whoever starts a process holds it: what two threads put back into the environment would be the other's."""


class ProcessLostError(PipelineError):
    """The process was ended before it answered."""


class ProcessBeside:
    """Answers what it is asked by a function that a module holds, one thing after the other.

    It is started when it is first asked, and again after it was lost.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._process: multiprocessing.process.BaseProcess | None = None
        self._asked: Connection | None = None
        self._is_closed = False
        self._turn = threading.Lock()  # held while an answer is waited for
        self._changing = threading.RLock()  # held while the process starts or ends, so that none starts once closed

    @property
    def is_closed(self) -> bool:
        """Whether nobody will ask it any more."""
        return self._is_closed

    def ask(self, request: bytes) -> bytes:
        """Return the answer; raise ProcessLostError when the process was ended over it, or this was closed."""
        with self._turn:
            try:
                process, asked = self._started()
                asked.send_bytes(request)
                connection.wait([asked, process.sentinel])
                return asked.recv_bytes()
            except (EOFError, OSError):
                self._end()
                raise ProcessLostError("the process that drafts was ended, perhaps for want of memory") from None

    def close(self) -> None:
        """End the process, whatever it is at; whoever waits for its answer is told that it was lost."""
        with self._changing:
            self._is_closed = True
            if self._process:
                self._process.kill()

    def _started(self) -> tuple[multiprocessing.process.BaseProcess, Connection]:
        with self._changing:
            if self._is_closed:
                raise ProcessLostError("closed")
            if not (self._process and self._asked and self._process.is_alive()):
                self._end()
                spawning = multiprocessing.get_context("spawn")
                self._asked, theirs = spawning.Pipe()
                self._process = spawning.Process(target=_answering, args=(theirs, self._answer), daemon=True)
                with _without_the_current_folder():
                    self._process.start()
                theirs.close()
            return self._process, self._asked

    def _end(self) -> None:
        with self._changing:
            if self._process:
                self._process.kill()
                self._process.join()
                self._process.close()
            if self._asked:
                self._asked.close()
            self._process = self._asked = None


@contextmanager
def _without_the_current_folder() -> Iterator[None]:
    """Have a Python that is started here look for modules where this one does alone.

    By itself it looks first in the current folder: a workspace, which may be somebody else's, with a pickle.py in it.
    """
    with _STARTING:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = "1"
        try:
            yield
        finally:
            os.environ.pop(_SAFE_PATH) if before is None else os.environ.update({_SAFE_PATH: before})


def _answering(asked: Connection, answer: Answer) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    forking.limit(resource.RLIMIT_CORE, 0)  # a crash leaves no copy of the texts lying about
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever types Ctrl-C means the process that spawned this one
    with suppress(EOFError, OSError):
        while True:
            asked.send_bytes(answer(asked.recv_bytes()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
    os._exit(forking.BROKEN)
