"""Commands of the tool in processes of their own, forked from one that has loaded everything (zygote.py)."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


class Zygote:
    """A process that forks one for every command; see zygote.py."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, words: list[str], folder: Path, trace: list[str] | None = None) -> tuple[int, str]:
        """Return a command's exit status and what it said; with `trace`, under strace with these options."""
        said = folder.with_suffix(".out")
        print(
            json.dumps({"words": words, "folder": str(folder), "output": str(said)}),
            file=self.process.stdin,
            flush=True,
        )
        child = int(self.process.stdout.readline())
        tracer = None
        if trace is not None:
            tracer = subprocess.Popen(["strace", "-p", str(child), *trace], stderr=subprocess.PIPE, text=True)
            if "attached" not in (line := tracer.stderr.readline()):
                os.kill(child, signal.SIGKILL)
                self.process.stdout.readline()
                pytest.skip(f"no process can be traced here: {line}")
        os.kill(child, signal.SIGCONT)
        status = int(self.process.stdout.readline())
        if tracer:
            tracer.communicate()
        return status, said.read_text("utf-8")

    def close(self) -> None:
        self.process.communicate()
