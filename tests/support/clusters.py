"""Schedulers and workers on loopback, as processes of their own, with certificates made by the lines of the documentation."""

import os
import re
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

BRITTLE = '''
import os, signal, time
from dataclasses import dataclass
from pathlib import Path
from pipeline.translate.mt import Translation

@dataclass(frozen=True, slots=True)
class Options:
    kills: str = ""
    worker: bool = False
    waits: str = ""

OPTIONS = Options

class Brittle:
    """Says a sentence in other letters; ends its process, or the worker, over a word; waits for a file."""
    name, model = "brittle", "1"

    def __init__(self, pair, options):
        self.pair, self.options = pair, options
        self.fingerprint = f"brittle {pair}"

    def translate(self, sentences):
        parent = Path(f"/proc/{os.getppid()}/cmdline").read_bytes()
        if self.options.waits and b"worker" in parent and not Path(self.options.waits).exists():
            Path(self.options.waits + f".{os.getppid()}").touch()
            while not Path(self.options.waits).exists():
                time.sleep(0.05)
        if self.options.kills and any(self.options.kills in sentence for sentence in sentences):
            if self.options.worker and b"worker" in parent:
                os.kill(os.getppid(), signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        table = {ord("ا"): "a", ord("ن"): "n", ord("م"): "m", ord("ه"): "h", ord("ش"): "c", ord("ر"): "r"}
        return [Translation(f"{self.pair[1].title()} " + "".join(
            one if ord(one) < 1000 else table.get(ord(one), "x") for one in sentence)) for sentence in sentences]

def plan(source_lang, target_lang, settings):
    return [(source_lang, target_lang)]

def open(source_lang, target_lang, settings):
    return Brittle((source_lang, target_lang), settings.options and Options(**settings.options) or Options())
'''
"""A plug-in of another package."""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of processes that have the brittle engine."""
    information = folder / "brittle-1.dist-info"
    information.mkdir(parents=True, exist_ok=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: brittle\nVersion: 1\n")
    (information / "entry_points.txt").write_text("[pipeline.translate.mt]\nbrittle = brittle\n")
    (folder / "brittle.py").write_text(BRITTLE, "utf-8")
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


def certificates(folder: Path) -> Path:
    """Make an authority and a machine's certificate, by the lines of docs/archives.md."""
    text = (ROOT / "docs" / "archives.md").read_text("utf-8")
    lines = re.findall(r"^openssl .*(?:\n +.*)*", text, re.MULTILINE)
    assert len(lines) == 3
    folder.mkdir(parents=True)
    for line in lines:
        subprocess.run(line, shell=True, check=True, cwd=folder, capture_output=True)
    return folder


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Machines:
    """The processes of a cluster; each is started where it is said to stand, and all are ended afterwards."""

    def __init__(self, folder: Path, own: Path) -> None:
        self.folder, self.certificates = folder, own
        self.env = environment(folder / "plugins")
        self.address = f"tls://127.0.0.1:{free_port()}"
        self.started: list[subprocess.Popen[str]] = []

    def start(self, place: Path, *words: object, said: str) -> subprocess.Popen[str]:
        """Start a command and return it once it has said something."""
        place.mkdir(exist_ok=True)
        log = self.folder / f"log-{len(self.started)}"
        line = [sys.executable, "-m", "pipeline", *map(str, words), "--certificates", str(self.certificates)]
        with log.open("w") as out:
            one = subprocess.Popen(line, cwd=place, stdout=out, stderr=out, text=True, env=self.env)
        self.started.append(one)
        until(lambda: said in log.read_text("utf-8") or one.poll() is not None)
        return one

    def said(self, number: int) -> str:
        """Return what a process said, by its turn."""
        return (self.folder / f"log-{number}").read_text("utf-8")

    def scheduler(self) -> subprocess.Popen[str]:
        listen = self.address.removeprefix("tls://")
        return self.start(self.folder / "elsewhere", "shards", "scheduler", "--listen", listen, said="scheduler at")

    def worker(self, place: Path) -> subprocess.Popen[str]:
        return self.start(place, "shards", "worker", self.address, "--threads", 1, said="working for")

    def command(self, workspace: Path, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a command of the tool in a workspace, spread over this cluster."""
        with self.begun(workspace, *words) as one:
            said = one.communicate(timeout=300)
            return subprocess.CompletedProcess(one.args, one.returncode, *said)

    @contextmanager
    def begun(self, workspace: Path, *words: object) -> Iterator[subprocess.Popen[str]]:
        options = ["--scheduler", self.address, "--certificates", str(self.certificates)]
        line = [sys.executable, "-m", "pipeline", *map(str, words), *options]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        one = subprocess.Popen(line, cwd=workspace, env=self.env, **pipes)
        try:
            yield one
        finally:
            one.kill()
            one.wait()

    def end(self) -> None:
        for one in self.started:
            one.kill()
            one.wait()


def until(is_so, seconds: float = 120) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def use_brittle(workspace: Path, **options: object) -> None:
    """Have a workspace use the brittle engine, with some options."""
    path = workspace / "pipeline.toml"
    text = path.read_text("utf-8").replace('engine = "argos"', 'engine = "brittle"')
    lines = "".join(
        f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}\n" for key, value in options.items()
    )
    path.write_text(text.split("\n[engines.brittle]")[0] + textwrap.dedent(f"\n[engines.brittle]\n{lines}"), "utf-8")
