"""A command of the tool, run in this process: its messages and its exit status, without the time Python takes to start."""

import contextlib
import gc
import io
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from pipeline import __main__

Done = subprocess.CompletedProcess[str]


def run(folder: Path, *words: object) -> Done:
    """Run `pipeline` with these words in a folder; what escapes it ends in a traceback, as it would in a process."""
    arguments = ["pipeline", *map(str, words)]
    with contextlib.chdir(folder), _typed(arguments), _captured() as said:
        status = _status()
    return subprocess.CompletedProcess(arguments, status, *said)


def _status() -> int:
    try:
        __main__.main()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    finally:
        gc.enable()
    return 0


@contextlib.contextmanager
def _typed(arguments: list[str]) -> Iterator[None]:
    before, sys.argv = sys.argv, arguments
    try:
        yield
    finally:
        sys.argv = before


@contextlib.contextmanager
def _captured() -> Iterator[list[str]]:
    """Gather what is written to stdout and to stderr: two texts, once it is over."""
    said: list[str] = []
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", newline="\n") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        yield said
    for stream in streams:
        stream.seek(0)
        said.append(stream.read())
