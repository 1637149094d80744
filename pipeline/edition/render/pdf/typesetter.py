"""The process that typesets, as seen from outside: `child` is what it runs."""

import subprocess
import sys

from pipeline.edition.render.pdf.child import ANSWER, JOB, SECONDS

__all__ = ["SECONDS", "Typesetter"]


class Typesetter:
    """A process that typesets one job after another; it ends with ours, when its input does."""

    def __init__(self) -> None:
        # -P: the folder the command is typed in may hold a package of our name, and is no place to import from.
        command = [sys.executable, "-P", "-m", "pipeline.edition.render.pdf.child"]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)

    def typeset(self, job: bytes) -> tuple[int | None, bytes]:
        """Return the status and content of an answer, as `child` gives them; None when the process is gone."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(JOB.pack(len(job)) + job)
            self._process.stdin.flush()
        except OSError:
            return None, b""
        header = self._process.stdout.read(ANSWER.size)
        if len(header) < ANSWER.size:
            return None, b""
        status, length = ANSWER.unpack(header)
        return status, self._process.stdout.read(length)
