"""Workspaces for the tests: empty ones and copies of this one, driven as a user drives them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import hypothesis
import pytest

from tests.support import command
from tests.support.statement import TEXT

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"

THOROUGH = bool(os.environ.get("PIPELINE_THOROUGH"))
"""Whether every case is tried, which takes twice as long, and not a part of those that are alike."""

# However busy the machine: how long an example takes says nothing of the code.
hypothesis.settings.register_profile("pipeline", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("pipeline")

Command = Callable[..., command.Done]


@pytest.fixture(autouse=True, scope="session")
def private_state(tmp_path_factory):
    """No test sees, or touches, what the tool remembers of ledgers on this machine; in children neither."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def private_models(tmp_path_factory, monkeypatch):
    """No test sees, or touches, the models or settings of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in (
        ("HOME", ""),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    return home


@pytest.fixture
def closed_databases(monkeypatch):
    """Close in the end what a test opened: from Python 3.13 on, a database that is left open is a warning."""
    connect = sqlite3.connect
    with ExitStack() as opened:
        monkeypatch.setattr(
            sqlite3, "connect", lambda *words, **options: opened.enter_context(closing(connect(*words, **options)))
        )
        yield


@pytest.fixture
def workspace(tmp_path) -> Path:
    """An empty workspace, made by the tool itself."""
    folder = tmp_path / "workspace"
    assert command.run(tmp_path, "init", folder).returncode == 0
    return folder


@pytest.fixture
def pipeline(workspace) -> Command:
    """Run a command in the workspace and in this process: pipeline("run", "--quiet")."""
    return partial(command.run, workspace)


@pytest.fixture
def process(workspace) -> Command:
    """Run a command in the workspace, as a process of its own: for what depends on kills, locks, or how Python starts."""

    def run(*words: object, **options) -> command.Done:
        arguments = [sys.executable, "-m", "pipeline", *map(str, words)]
        return subprocess.run(arguments, cwd=workspace, capture_output=True, text=True, encoding="utf-8", **options)

    return run


@pytest.fixture
def five(workspace) -> Path:
    """The workspace with the five documents and their translations."""
    for name in ("seeds", "translations"):
        shutil.copytree(ROOT / name, workspace / name, dirs_exist_ok=True)
    return workspace


@pytest.fixture
def statement(workspace) -> Path:
    """A short document in the workspace."""
    path = workspace / "seeds" / "statement.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, once for all tests of a process that need it."""
    from tests.support import chromium

    with chromium.browser() as started:
        yield started
