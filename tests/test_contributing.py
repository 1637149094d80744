"""What CONTRIBUTING.md shows is added to a copy of the package, and works there without another change."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.support import readers
from tests.test_docs import FENCE


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package with every example of CONTRIBUTING.md saved where it belongs."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    for _, path, content in FENCE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        if path:
            assert not (folder / path).exists(), "an example is a new file"
            (folder / path).write_text(content, "utf-8")
    return folder


@pytest.fixture
def command(package, workspace, monkeypatch):
    """Run a command of that package in a workspace with one document."""
    monkeypatch.setenv("PYTHONPATH", str(package))
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nآزادی برای همه مردم جهان است.\n", "utf-8")

    def run(*words):
        words = [sys.executable, "-m", "pipeline", *words]
        return subprocess.run(words, cwd=workspace, capture_output=True, text=True, env=dict(os.environ))

    return run


def test_a_language_is_one_file(command, workspace):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["nl"]'), "utf-8")
    assert command("run", "--quiet").returncode == 0
    assert "Ontwerp, niet vrijgegeven" in readers.poppler(workspace / "output" / "statement.fa-nl.pdf")


def test_a_check_is_one_file(command, workspace):
    command("segment")
    path = workspace / "translations" / "en" / "statement.po"
    path.write_text(path.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "STATEMENT OF THE PEOPLE"\n\n'), "utf-8")
    assert "is written in capitals" in command("check", "--languages", "en").stdout


def test_an_input_format_is_one_file(command, workspace):
    (workspace / "seeds" / "call.adoc").write_text("= فراخوان\n\nهمه بیایند.\n", "utf-8")
    assert "title 1\n         | فراخوان\n" in command("segment", "--show", "call").stdout


def test_an_exchange_format_is_one_file(command, workspace):
    command("segment")
    assert command("export", "--format", "tsv", "--languages", "en").returncode == 0
    table = workspace / "output" / "exchange" / "statement.en.tsv"
    table.write_text(table.read_text("utf-8").replace("بیانیه\t", "بیانیه\tStatement"), "utf-8")
    assert "«بیانیه» → «Statement»" in command("import", table).stderr


def test_an_engine_is_one_file(command, workspace):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('engine = "argos"', 'engine = "echo"'), "utf-8")
    assert "2 sentences by echo" in command("translate").stderr


def test_a_way_of_delivery_is_one_file(command, workspace):
    (workspace / "shelf").mkdir()
    with (workspace / "pipeline.toml").open("a") as settings:
        settings.write('[sender]\nname = "The group"\naddress = "office@example.org"\n')
    (workspace / "partners.toml").write_text(
        '[partners.oslo]\nname = "Oslo"\nlanguages = ["en"]\nformats = ["parallel"]\ncontact_language = "en"\n'
        'delivery = "shelf"\naddress = "shelf"\n'
    )
    assert command("run", "--quiet").returncode == 0
    done = command("distribute", "--send", "--trust-ledger", "--allow-drafts")
    assert done.returncode == 0 and list((workspace / "shelf").glob("statement.draft.*.zip")), done.stderr


def test_a_command_is_one_file(command):
    assert "Show how many sentences each document has." in command("--help").stdout
    assert command("count").stdout.splitlines()[1].split() == ["statement", "2"]
