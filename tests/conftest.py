"""Workspaces for the tests: empty ones and copies of this one, driven as a user drives them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"

Command = Callable[..., subprocess.CompletedProcess]


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
def workspace(tmp_path) -> Path:
    """An empty workspace, made by the tool itself."""
    folder = tmp_path / "workspace"
    subprocess.run([sys.executable, "-m", "pipeline", "init", folder], check=True, capture_output=True)
    return folder


@pytest.fixture
def pipeline(workspace) -> Command:
    """Run a command in the workspace: pipeline("run", "--quiet")."""

    def command(*words: str, **options) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "pipeline", *map(str, words)],
            cwd=workspace, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ), **options,
        )  # fmt: skip

    return command


@pytest.fixture
def five(workspace) -> Path:
    """The workspace with the five documents and their translations."""
    for name in ("seeds", "translations"):
        shutil.copytree(ROOT / name, workspace / name, dirs_exist_ok=True)
    return workspace
