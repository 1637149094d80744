"""Whatever a file of the workspace has become, a command says so in a line, or does without it; it never breaks off.

Each file in each damaged shape is read by the command that needs it; in every second shape by another one, in turn, so
that every command meets every shape.
"""

import os
import shutil
from pathlib import Path

import pytest

from pipeline.distribution import letter
from tests.conftest import ROOT
from tests.support import command, office, tiny_argos, traps

PACKAGE = "data/pipeline/packages/translate-fa_en-1_0"
NEEDED = {
    "pipeline.toml": "status",
    "partners.toml": "distribute",
    "seeds/statement.txt": "segment",
    "seeds/statement.toml": "segment",
    "languages/fr.toml": "check",
    "letters/letter.en.txt": "distribute",
    "letters/letter.en.html": "distribute",
    "models.lock": "translate",
    "ledger.sqlite": "ledger list",
    "output/.built.json": "status",
    "translations/termbase.csv": "check",
    "translations/en/statement.po": "translate",
    "translations/memory/partner.tmx": "memory list",
    ".pipeline/drafts.sqlite": "translate",
    ".pipeline/memory.fa-en.sqlite": "memory search بله",
    "bundle/data/manifest.json": "verify bundle",
    "bundle/bagit.txt": "verify bundle",
    "logo.png": "build-pdf --dry-run",
    "back.csv": "import back.csv",
    "back.docx": "import back.docx",
    "back.xlsx": "import back.xlsx",
    "back.xlf": "import back.xlf",
    "back.tmx": "memory import back.tmx",
    "package.argosmodel": "models install package.argosmodel",
    f"HOME/{PACKAGE}/metadata.json": "models list",
}
"""Files, and the command that needs each."""

EVERY = (
    "segment", "run --dry-run", "export -f csv --dry-run", "history statement", "models verify", "models remove fa-en --dry-run",
    "partners list", "partners check", "ledger list --csv", "doctor", "keys show", "withdraw statement --reason x", "init new", *NEEDED.values(),
)  # fmt: skip


def shapes(old: bytes) -> dict[str, bytes]:
    deep = 100_000
    return {
        "empty": b"",
        "cut off": old[: len(old) // 2],
        "with a mark before it": b"\xef\xbb\xbf" + old,
        "in UTF-16": old.decode("utf-8", "replace").encode("utf-16"),
        "not UTF-8": b"\xff\xfa" + old,
        "with NUL": old.replace(b"a", b"\0", 1) or b"\0",
        "with what controls a terminal": old + b"\n\x1b]0;owned\x07\x1b[2J",
        "a list 100,000 deep": b"[" * deep,
        "tables 100,000 deep": b'{"a":' * deep,
        "lists in TOML": b"a = " + b"[" * deep + b"]" * deep,
        "not a number": b"NaN",
        "a number of 5,000 digits": b'{"a": ' + b"9" * 5000 + b"}",
        "a number of 5,000 digits in TOML": b"a = " + b"9" * 5000 + b"\n" + old,
        "other types": b'{"a": [1, {"b": null}], "c": 7, "d": "e"}',
        "a list": b"[1, 2]",
        "a key twice": b'{"a": "b", "a": "c"}',
        "half a character": b'{"a": "\\ud800", "\\ud800": {}}',
        "two megabytes": b"x \n" * 700_000,
    }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A workspace with a file of every kind there is."""
    home = tmp_path_factory.mktemp("damage")
    folder = home / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        office.workspace(InProcess(), folder, ("statement",))
        (folder / "shelf").mkdir()
        office.partners(folder, oslo={"delivery": "folder", "address": "shelf"})
        package = tiny_argos.package(home, "fa", "en", tiny_argos.FA_EN)
        (folder / "seeds" / "new.txt").write_text("نامه\n\nآزادی برای همه.\n", "utf-8")
        for words in (f"models install {package}", "distribute --send --trust-ledger", "segment", "translate"):
            assert command.run(folder, *words.split()).returncode == 0
        for form in ("csv", "docx", "xlsx", "xliff", "tmx"):
            assert command.run(folder, "export", "-f", form, "statement", "--languages", "en").returncode == 0
    for table in (folder / "output" / "exchange").iterdir():
        shutil.copy(table, folder / f"back{table.suffix}")
    shutil.copy(package, folder / "package.argosmodel")
    (sent,) = (folder / "shelf").iterdir()
    shutil.copytree(sent, folder / "bundle")
    (folder / "seeds" / "statement.toml").write_text('issuer = "شورا"\n', "utf-8")
    (folder / "translations" / "termbase.csv").write_text(
        "fa,en,fr,status,note\nشورا,council,conseil,preferred,\n", "utf-8"
    )
    (folder / "translations" / "memory").mkdir()
    shutil.copy(folder / "back.tmx", folder / "translations" / "memory" / "partner.tmx")
    for name, source in (("languages", ROOT / "pipeline" / "languages" / "fr.toml"), ("letters", None)):
        (folder / name).mkdir()
        for file in [source] if source else Path(letter.__file__).parent.glob("letters/*.en.*"):
            shutil.copy(file, folder / name)
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with (folder / "pipeline.toml").open("a") as settings:
        settings.write('\n[theme]\nlogo = "logo.png"\nlogo_text = "Logo"\n')
    command.run(folder, "check", "--changed")
    return home


class InProcess:
    """Runs what `office` asks for in this process."""

    def run(self, words: list[str], folder: Path) -> tuple[int, str]:
        done = command.run(folder, *words)
        return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("number", "name"), list(enumerate(NEEDED)), ids=list(NEEDED))
def test_a_file_of_any_shape_is_told_of_in_a_line_or_done_without(prepared, private_models, tmp_path, number, name):
    old = (prepared / name.replace("HOME/", "") if "HOME" in name else prepared / "workspace" / name).read_bytes()
    for turn, (shape, content) in enumerate(shapes(old).items()):
        if shape == "two megabytes" and name.endswith(".txt") and "seeds" in name:
            continue  # a long document, and no damage
        folder = tmp_path / str(turn)
        shutil.copytree(prepared / "workspace", folder)
        shutil.copytree(prepared / "data", private_models / "data", dirs_exist_ok=True)
        (private_models / name.removeprefix("HOME/") if "HOME" in name else folder / name).write_bytes(content)
        others = [EVERY[(number * 7 + turn) % len(EVERY)]] if turn % 2 else []
        for words in (NEEDED[name], *others):
            done = command.run(folder, *words.split())
            said = done.stdout + done.stderr
            where = f"{name} {shape}: pipeline {words}\n{said[-2000:]}"
            assert "Traceback" not in said and not set("\x1b\x07\0") & set(said), where
            assert all(len(line) < 1500 for line in done.stderr.splitlines()) and done.stderr.count("\n") < 60, where
            assert done.returncode == 0 or said, where


@pytest.mark.parametrize("name", [name for name in NEEDED if not name.startswith("HOME")])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(prepared, private_models, tmp_path, name):
    """Nobody writes into it: who opens it to read waits for ever."""
    folder = tmp_path / "workspace"
    shutil.copytree(prepared / "workspace", folder)
    shutil.copytree(prepared / "data", private_models / "data")
    (folder / name).unlink()
    os.mkfifo(folder / name)
    done = command.run(folder, *NEEDED[name].split())
    assert "Traceback" not in done.stderr


ASKING = (
    "translate",
    "status",
    "find بله",
    "memory search بله",
    "distribute",
    "withdraw statement --reason x",
    "ledger",
)
"""Commands that between them ask every database of a workspace."""


def test_no_database_of_somebody_else_has_a_file_of_the_user_deleted(prepared, tmp_path):
    shutil.copytree(prepared / "workspace", workspace := tmp_path / "workspace", symlinks=True)
    for words in ASKING:
        command.run(workspace, *words.split())
    databases = [*workspace.glob("*.sqlite"), *(workspace / ".pipeline").glob("*.sqlite")]
    kept = {path: tmp_path / f"{path.name}.txt" for path in databases}
    assert {"ledger.sqlite", "index.sqlite", "texts.sqlite", "drafts.sqlite"} < {path.name for path in databases}
    for words in ASKING:
        for path, victim in kept.items():
            victim.write_text("precious")
            traps.journal(path, victim)
        said = command.run(workspace, *words.split())
        assert all(victim.exists() for victim in kept.values()), words
        assert "Traceback" not in said.stderr
        assert ("ledger.sqlite-journal names another file" in said.stderr) is (said.returncode != 0), said.stderr


def test_no_database_of_somebody_else_keeps_a_command_for_ever(prepared, tmp_path):
    shutil.copytree(prepared / "workspace", workspace := tmp_path / "workspace", symlinks=True)
    for words in ASKING:
        command.run(workspace, *words.split())
    databases = list((workspace / ".pipeline").glob("*.sqlite"))
    assert len(databases) > 3
    for path in databases:
        traps.endless_list(path)
    for words in ASKING:
        assert command.run(workspace, *words.split()).returncode == 0
