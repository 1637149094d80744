"""Fonts that are kept."""

import os

import pytest

from pipeline.app import cuttings
from pipeline.app.cuttings import CutFonts
from pipeline.workspace import config


@pytest.fixture
def settings(tmp_path):
    (tmp_path / config.FILE_NAME).write_text('source_language = "fa"\nlanguages = ["en"]\n')
    return config.read(tmp_path)


@pytest.fixture
def folder(settings):
    return settings.root / ".pipeline/fonts"


def asked(settings, name="one", content=b"font", keeps=True):
    """What is answered, and whether it had to be made."""
    made = []
    answer = CutFonts(settings, keeps=keeps).of(name, lambda: made.append(name) or content)
    return answer, bool(made)


def test_what_was_made_once_is_not_made_again(settings):
    assert asked(settings) == (b"font", True)
    assert asked(settings) == (b"font", False)
    assert asked(settings, "other", b"") == (b"", True)
    assert asked(settings, "other", b"") == (b"", False)


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 40])
def test_what_is_damaged_is_made_again(settings, folder, damage):
    asked(settings)
    next(folder.iterdir()).write_bytes(damage)
    assert asked(settings) == (b"font", True)
    assert asked(settings) == (b"font", False)


def test_a_dry_run_keeps_nothing(settings, folder):
    assert asked(settings, keeps=False) == (b"font", True)
    assert not folder.exists()


def test_an_earlier_program_has_none_for_this_one(settings, monkeypatch):
    asked(settings)
    monkeypatch.setattr(cuttings.inputs, "program", lambda: b"earlier")
    assert asked(settings) == (b"font", True)


def test_the_oldest_go_and_nothing_else(settings, folder, monkeypatch):
    monkeypatch.setattr(cuttings, "MOST", 3)
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("not ours")
    for number in range(5):
        asked(settings, str(number))
        os.utime(max(folder.glob("?" * 64), key=lambda path: path.stat().st_mtime_ns), (number, number))
    assert len(list(folder.iterdir())) == 4 and (folder / "notes.txt").exists()
    assert asked(settings, "4") == (b"font", False) and asked(settings, "0") == (b"font", True)


def test_a_disk_that_takes_nothing_stops_nothing(settings, folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    assert asked(settings) == (b"font", True)
