"""A run reads again only what something has changed for, and does what it would do if it read all."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.app.settling import Settling
from pipeline.workspace import index, places
from tests.support import command, tiny_argos
from tests.support.sessions import begun
from tests.support.statement import TEXT, edit

OTHER = "عنوان دیگر\n\nجمله دوم این است. و یک جمله دیگر هم هست. این متن بلندی است که با نقطه پایان می پذیرد.\n"
SECOND = "جمله دوم این است."
LONG = "این متن بلندی است که با نقطه پایان می یابد."


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """A workspace with two documents that have a sentence in common, in which a run has done all there is to do."""
    folder = tmp_path_factory.mktemp("settled")
    assert command.run(folder, "init", folder).returncode == 0
    (folder / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    (folder / "seeds" / "other.txt").write_text(OTHER, "utf-8")
    assert command.run(folder, "run", "--quiet").returncode == 0
    return folder


@pytest.fixture
def here(settled, workspace):
    shutil.copytree(settled, workspace, dirs_exist_ok=True)
    return workspace


def write(name, text):
    return lambda root: (root / name).write_text(text, "utf-8")


def replaced(name, old, new):
    def change(root):
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


CHANGES = {
    "nothing": lambda root: None,
    "a sentence": replaced("seeds/other.txt", "دیگر هم", "دیگری هم"),
    "a new document": write("seeds/third.txt", TEXT),
    "what an editor states": write("seeds/other.toml", 'issuer = "ما"\n'),
    "a translation that another document needs": lambda root: edit(
        root / "translations/en/statement.po", SECOND, "This is the second sentence."
    ),
    "a translation that is like what another document needs": lambda root: edit(
        root / "translations/en/statement.po", LONG, "This is a long text that ends with a full stop."
    ),
    "a translation of a document that is gone": lambda root: (
        edit(root / "translations/en/statement.po", SECOND, "This is the second sentence."),
        (root / "seeds/statement.txt").unlink(),
    ),
    "a PDF that is gone": lambda root: (root / "output/other.fa-en.pdf").unlink(),
    "a PDF that is another": lambda root: (root / "output/other.fa-fr.pdf").write_bytes(b"%PDF-"),
    "a catalogue that is gone": lambda root: (root / "translations/fr/other.po").unlink(),
    "what was built": lambda root: (root / "output/.built.json").unlink(),
    "the paper": replaced("pipeline.toml", '"a4"', '"a5"'),
    "the languages": replaced("pipeline.toml", '["en", "fr"]', '["fr"]'),
    "the layouts": replaced("pipeline.toml", '["parallel"]', '["single"]'),
    "a file touched": lambda root: os.utime(root / "seeds/other.txt"),
    "a memory of others": lambda root: (
        (root / "translations/memory").mkdir(),
        (root / "translations/memory/theirs.tmx").write_text(
            '<tmx version="1.4"><header srclang="fa"/><body><tu>'
            f'<tuv xml:lang="fa"><seg>{SECOND}</seg></tuv><tuv xml:lang="en"><seg>Theirs.</seg></tuv>'
            "</tu></body></tmx>",
            "utf-8",
        ),
    ),
}


def outcome(root, *options):
    """Run, and return what is said and what then lies in the workspace."""
    done = command.run(root, "run", *options)
    files = {
        path.relative_to(root): path for folder in ("translations", "output") for path in (root / folder).rglob("*")
    }
    texts = {name: path.read_bytes() for name, path in files.items() if path.suffix in (".po", ".pdf")}
    return done.returncode, sorted(done.stderr.splitlines()), {name: normal(text) for name, text in texts.items()}


def normal(content):
    return b"\n".join(line for line in content.split(b"\n") if b"PO-Revision-Date" not in line)


@pytest.mark.parametrize("release", [(), ("--release",)])
@pytest.mark.parametrize("change", CHANGES)
def test_a_run_does_what_it_would_if_it_read_all(here, tmp_path_factory, change, release):
    command.run(here, "run", *release)
    CHANGES[change](here)
    fresh = tmp_path_factory.mktemp("fresh") / "workspace"
    shutil.copytree(here, fresh, symlinks=True)
    (fresh / places.PRIVATE / index.FILE_NAME).unlink()
    if change == "nothing":
        assert outcome(here, *release)[0] == 0
    code, said, files = outcome(fresh, *release)
    assert outcome(here, *release) == (code, [line.replace(str(fresh), str(here)) for line in said], files)


def older(root):
    """Put back the index of before a change that a run has seen."""
    path = root / places.PRIVATE / index.FILE_NAME
    before = path.read_bytes()
    CHANGES["a sentence"](root)
    command.run(root, "run")
    path.write_bytes(before)


def clock_back(root):
    """Save another text of the same length while the clock is an hour behind."""
    path = root / "seeds" / "other.txt"
    stamp = path.stat().st_mtime_ns - 3_600_000_000_000
    path.write_text(path.read_text("utf-8").replace("دوم", "سوم"), "utf-8")
    os.utime(path, ns=(stamp, stamp))


def same_stamp(root):
    """The clock stood still: another text of the same length has the time of the old one."""
    path = root / "seeds" / "other.txt"
    stamp = path.stat().st_mtime_ns
    path.write_text(path.read_text("utf-8").replace("دوم", "سوم"), "utf-8")
    os.utime(path, ns=(stamp, stamp))


def cut(root):
    path = root / places.PRIVATE / index.FILE_NAME
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(root):
    path = root / places.PRIVATE / index.FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize("fault", [older, clock_back, same_stamp, cut, overwritten], ids=lambda fault: fault.__name__)
def test_whatever_befalls_the_index_a_run_does_what_it_would_without(here, tmp_path_factory, fault):
    command.run(here, "run")
    fault(here)
    fresh = tmp_path_factory.mktemp("fresh") / "workspace"
    shutil.copytree(here, fresh, symlinks=True)
    (fresh / places.PRIVATE / index.FILE_NAME).unlink()
    code, said, files = outcome(fresh)
    assert outcome(here) == (code, [line.replace(str(fresh), str(here)) for line in said], files)


def opened(root, *words, status=0):
    """Run a command, and return which files of the workspace it opened; the files themselves tell nothing of that."""
    names = []
    with audited(lambda event, arguments: names.append(str(arguments[0])) if event == "open" else None):
        assert command.run(root, *words).returncode == status
    return {str(Path(name).relative_to(root)) for name in names if name.startswith(f"{root}/")}


_heard: list[Callable[[str, tuple[object, ...]], object]] = []
sys.addaudithook(lambda event, arguments: [hear(event, arguments) for hear in _heard] and None)


@contextmanager
def audited(hear):
    _heard.append(hear)
    try:
        yield
    finally:
        _heard.remove(hear)


def test_what_is_settled_is_not_read_again(here):
    of_documents = {"seeds/other.txt", "translations/en/other.po", "output/other.fa-en.pdf"}
    command.run(here, "run")  # the stamps of a copy are others
    time.sleep(index.YOUNG / 1e9)
    command.run(here, "run")
    assert not of_documents & opened(here, "run")
    CHANGES["a sentence"](here)
    assert of_documents <= opened(here, "run")
    time.sleep(index.YOUNG / 1e9)
    command.run(here, "run")
    edit(here / "translations/en/statement.po", "بیانیه ما", "Our statement")
    assert {"seeds/other.txt", "output/other.fa-en.pdf"}.isdisjoint(opened(here, "run"))
    CHANGES["a translation that another document needs"](here)
    assert "translations/en/other.po" in opened(here, "run")
    assert "This is the second sentence." in (here / "translations/en/other.po").read_text("utf-8")


def test_an_engine_that_comes_later_fills_what_was_left(here, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert "7 sentences stay untranslated" in command.run(here, "run").stderr
    package = tiny_argos.package(tmp_path, "fa", "en", tiny_argos.FA_EN)
    assert command.run(here, "models", "install", package).returncode == 0
    done = command.run(here, "run")
    assert "en: 7 sentences by" in done.stderr and "other.po" in done.stderr
    entry = f'msgctxt "paragraph"\nmsgid "{SECOND}"'
    replaced("translations/en/statement.po", f"#, fuzzy\n{entry}", entry)(here)
    edit(here / "translations/en/statement.po", SECOND, "This is the second sentence.")
    command.run(here, "run")
    assert "This is the second sentence." in (here / "translations/en/other.po").read_text("utf-8")


def test_a_fault_is_told_by_each_run(here):
    (here / "translations/fr/other.po").write_text("msgid nothing\n", "utf-8")
    for _ in range(2):
        done = command.run(here, "run")
        assert done.returncode == 1 and "other.po" in done.stderr


def test_a_remark_is_told_by_each_run(here):
    (here / "seeds/other.txt").write_text(OTHER, "utf-16")
    assert ["UTF-16" in command.run(here, "run").stderr for _ in range(3)] == [True] * 3


def test_a_dry_run_settles_nothing(here):
    CHANGES["a sentence"](here)
    for _ in range(2):
        assert "translations/en/other.po" in command.run(here, "run", "--dry-run").stderr
    assert "translations/en/other.po" in command.run(here, "run").stderr


@pytest.mark.parametrize("release", [True, False])
def test_the_first_run_settles_all(workspace, release):
    """That nothing was built before it is no reason for the next to read everything again."""
    (workspace / "seeds" / "other.txt").write_text(OTHER, "utf-8")
    command.run(workspace, "run", *["--release"] * release)
    session, _ = begun(workspace)
    with session.locked():
        assert Settling(session, release=release).unsettled() == []


def test_who_names_a_document_hears_nothing_of_the_others(here):
    (here / "seeds" / "other.md").write_text("# Another\n", "utf-8")  # a second file of one id
    assert command.run(here, "run", "statement").returncode == 0
    assert command.run(here, "status", "statement").returncode == 0
    done = command.run(here, "run")
    assert done.returncode == 1 and "other.md" in done.stderr
