"""A file as a command last saw it is kept beside its earlier versions, and is none of them."""

import gzip
import os
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import PipelineError
from pipeline.workspace import config, history, storage

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_a_file_is_remembered_as_it_was_last_seen(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    assert history.seen(settings, file) is None
    for content in (b"one", b"two", b"two"):
        history.see(settings, file, content)
        seen = history.seen(settings, file)
        assert (seen.read(), seen.digest) == (content, history.digest(content))
    assert len(list(history.folder(settings, file).iterdir())) == 1 and history.versions(settings, file) == []
    history.keep(settings, file, b"one", NOW)
    assert [version.read() for version in history.versions(settings, file)] == [b"one"]
    assert history.seen(settings, file).read() == b"two"


def test_where_it_cannot_be_remembered_the_command_goes_on(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    place = history.folder(settings, file)
    place.parent.mkdir(parents=True)
    place.write_text("a file in its place")
    history.see(settings, file, b"one")
    assert history.seen(settings, file) is None


def test_versions_are_copies_whose_names_tell_when_and_what(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"one", NOW)
    (version,) = history.versions(settings, file)
    assert (version.time, version.digest) == (NOW, history.digest(b"one"))
    assert gzip.decompress(version.path.read_bytes()) == b"one"


def test_what_is_too_old_goes_but_the_last_version_of_each_file_stays_and_all_are_looked_at_once_an_hour(workspace):
    settings = config.read(workspace)
    first, other = (settings.translations / f"en/{name}.po" for name in ("1988/a", "b"))
    for file, content in ((first, b"one"), (first, b"two"), (other, b"three")):
        history.keep(settings, file, content, NOW)
    later = NOW + history.AGE + timedelta(days=1)
    history.keep(settings, other, b"four", later)
    assert [len(history.versions(settings, file)) for file in (first, other)] == [1, 1]
    for content in (b"five", b"six"):
        history.keep(settings, other, content, later + history.REST / 2)
    assert len(history.versions(settings, other)) == 3


def test_whoever_writes_over_a_file_all_day_pushes_out_nothing_of_the_days_before(workspace):
    settings = config.read(workspace)
    file, other = (settings.translations / f"en/{name}.po" for name in "ab")
    for day in range(3):
        for one in (file, other):
            history.keep(settings, one, f"good {day}".encode(), NOW + timedelta(days=day))
    for number in range(40):
        time = NOW + timedelta(days=2, hours=1, minutes=17 * number)
        history.keep(settings, file, f"bad {number}".encode(), time)
        os.truncate(history.versions(settings, file)[0].path, history.SIZE // 20)
    history.keep(settings, other, b"more", NOW + timedelta(days=2, hours=20))
    kept = {version.time for version in history.versions(settings, file)}
    assert {NOW + timedelta(days=day) for day in range(3)} < kept and 10 < len(kept) < 23
    assert len(history.versions(settings, other)) == 4


def test_what_a_killed_command_left_of_a_version_is_where_it_is_looked_for(workspace, monkeypatch):
    settings = config.read(workspace)
    monkeypatch.setattr(os, "replace", lambda *_: os._exit(9))  # as a kill before the version has its name
    if not (child := os.fork()):
        history.keep(settings, settings.translations / "en/1988/a.po", b"one", NOW)
    os.waitpid(child, 0)
    monkeypatch.undo()
    assert [path.suffix for path in workspace.rglob("*.part")] == [".part"]
    assert not list(storage.mend(settings)) and not list(workspace.rglob("*.part"))


def test_a_version_that_would_fill_the_memory_is_none(workspace):
    """One of 100 kB that came with somebody else's workspace; what people write is packed to no such part."""
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    for content, can_be_read in ((b"#\n" * 50_000_000, False), (b"#\n" * 4_000_000, True)):
        history.see(settings, file, content)
        version = history.seen(settings, file)
        assert version.path.stat().st_size < len(content) / 200
        if can_be_read:
            assert version.read() == content
        else:
            with pytest.raises(PipelineError, match="damaged"):
                version.read()
