"""The process that typesets, as seen from outside: `child` is what it runs."""

import subprocess
import sys
from contextlib import suppress

from pipeline.edition.render.pdf.child import ANSWER, JOB

# -P: the folder the command is typed in may hold a package of our name, and is no place to import from.
COMMAND = (sys.executable, "-P", "-m", "pipeline.edition.render.pdf.child")


class Ended(Exception):
    """The process ended instead of answering; `status` is its exit status, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Typesetter:
    """A process that typesets one job after another; it ends with ours, when its input does."""

    def __init__(self) -> None:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=nothing)

    def typeset(self, job: bytes) -> tuple[int, bytes]:
        """Return the status and content of an answer, as `child` gives them; raise Ended when none comes."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(JOB.pack(len(job)) + job)
            self._process.stdin.flush()
        except OSError:
            raise self._ended() from None
        status, length = ANSWER.unpack(self._read(ANSWER.size))
        return status, self._read(length)

    def _read(self, length: int) -> bytes:
        assert self._process.stdout
        content = self._process.stdout.read(length)
        if len(content) < length:
            raise self._ended()
        return content

    def _ended(self) -> Ended:
        """Return how the process ended; one that is deaf or dumb, but lives on, is ended."""
        assert self._process.stdin and self._process.stdout
        with suppress(OSError):  # what it did not read cannot be flushed
            self._process.stdin.close()
        self._process.stdout.close()
        try:
            return Ended(self._process.wait(timeout=5))
        except subprocess.TimeoutExpired:
            self._process.kill()
            return Ended(self._process.wait())
