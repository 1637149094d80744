"""The process that typesets, as seen from outside: `child` is what it runs.

Its limits end what computes too long. What does not compute at all, because somebody stopped it or a library waits
for ever for a thread that could not start, no limit of its own can end: it is watched from here.
"""

import os
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from pipeline.edition.render.pdf.child import ANSWER, JOB, SECONDS

# -P: the folder the command is typed in may hold a package of our name, and is no place to import from.
COMMAND = (sys.executable, "-P", "-m", "pipeline.edition.render.pdf.child")

STILL_SECONDS = 20
"""After so long without any computing an answer is given up."""
LAST_SECONDS = SECONDS + 100
"""After so long any answer is given up, computing or not."""

_RESTING = set("STtZX")
"""States of a process that is not about to go on by itself: asleep, stopped, dead (proc_pid_stat(5))."""


class Ended(Exception):
    """The process ended instead of answering; `status` is its exit status, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Still(Exception):
    """The process neither answered nor computed, and was ended; `is_stopped` if somebody had stopped it."""

    def __init__(self, *, is_stopped: bool) -> None:
        super().__init__(is_stopped)
        self.is_stopped = is_stopped


class Typesetter:
    """A process that typesets one job after another; it ends with ours, when its input does."""

    def __init__(self) -> None:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=nothing, bufsize=0)
        assert self._process.stdin and self._process.stdout
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._input, False)

    def typeset(self, job: bytes) -> tuple[int, bytes]:
        """Return the status and content of an answer, as `child` gives them; raise Ended or Still when none comes."""
        try:
            self._write(JOB.pack(len(job)) + job)
        except OSError:
            raise self._ended() from None
        status, length = ANSWER.unpack(self._read(ANSWER.size))
        return status, self._read(length)

    def _write(self, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            self._await(self._input, selectors.EVENT_WRITE)
            rest = rest[os.write(self._input, rest) :]

    def _read(self, length: int) -> bytes:
        content = bytearray()
        while len(content) < length:
            self._await(self._output, selectors.EVENT_READ)
            part = os.read(self._output, min(length - len(content), 2**20))
            if not part:
                raise self._ended()
            content += part
        return bytes(content)

    def _await(self, file: int, event: int) -> None:
        """Return when a pipe is ready; raise Still when nothing happens for too long.

        Seconds are counted one by one: while our own command is paused, none of them passes.
        """
        with selectors.DefaultSelector() as ready:
            ready.register(file, event)
            before, still = -1, 0
            for _ in range(LAST_SECONDS):
                if ready.select(1):
                    return
                used, states = _watched(self._family())
                still = still + 1 if used == before and states <= _RESTING else 0
                before = used
                if still >= STILL_SECONDS:
                    break
        is_stopped = bool(states & set("Tt"))
        self.end()
        raise Still(is_stopped=is_stopped)

    def _family(self) -> list[int]:
        """Return the process and the one that it has forked for a job."""
        number = self._process.pid
        with suppress(OSError, ValueError):
            children = Path(f"/proc/{number}/task/{number}/children").read_text("ascii")
            return [number, *map(int, children.split())]
        return [number]

    def end(self) -> None:
        """End the process and what it has forked, whatever state they are in."""
        for number in reversed(self._family()):
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)
        self._ended()

    def _ended(self) -> Ended:
        """Return how the process ended; one that is deaf or dumb, but lives on, is ended."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        try:
            return Ended(self._process.wait(timeout=5))
        except subprocess.TimeoutExpired:
            self._process.kill()
            return Ended(self._process.wait())


def _watched(processes: list[int]) -> tuple[int, set[str]]:
    """Return the computing time that processes have used, and the states they are in; unknown ones count as running."""
    used, states = 0, set()
    for number in processes:
        try:
            fields = Path(f"/proc/{number}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
            states.add(fields[0])
        except (OSError, ValueError, IndexError):
            states.add("?")
    return used, states
