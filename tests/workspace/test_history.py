"""A file as a command last saw it is kept beside its earlier versions, and is none of them."""

import gzip
import os
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import PipelineError
from pipeline.workspace import config, history, mending

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
    later = NOW
    while later <= NOW + history.AGE:
        assert [len(history.versions(settings, file)) for file in (first, other)] == [2, 1]
        later += timedelta(days=7)
        history.keep(settings, other, b"three", later)
    assert [len(history.versions(settings, file)) for file in (first, other)] == [1, 1]
    for content in (b"four", b"five", b"six"):
        history.keep(settings, other, content, later + history.REST / 2)
    assert len(history.versions(settings, other)) == 4


def test_a_clock_that_is_years_ahead_for_a_day_lets_go_of_no_version(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    for number in range(5):
        history.keep(settings, file, b"%d" % number, NOW + timedelta(hours=number))
    for hour in range(8):
        history.keep(settings, file, b"ahead %d" % hour, NOW + timedelta(days=4000, hours=hour))
    history.keep(settings, file, b"right again", NOW + timedelta(days=1))
    assert len(history.versions(settings, file)) == 14


def used(settings, days):
    """Replace a file on these days; return how old the oldest of its versions was each time, in days."""
    file, ages = settings.translations / "en/a.po", []
    for number, day in enumerate(days):
        history.keep(settings, file, b"%d" % number, NOW + timedelta(days=day))
        ages.append((NOW + timedelta(days=day) - history.versions(settings, file)[-1].time).days)
    return ages


@pytest.mark.parametrize("every", [14, 30, 60])
def test_a_version_is_kept_for_a_year_however_often_the_program_is_used(workspace, every):
    ages = used(config.read(workspace), range(0, 3 * 365, every))
    assert 365 - every < max(ages) <= 365 + every


BEHIND = -20_000
"""Days: 1972."""


@pytest.mark.parametrize("days", [[400, BEHIND], [0, BEHIND, 400, BEHIND, BEHIND + 1], [0, 400, 4000, BEHIND]])
def test_a_clock_that_is_years_behind_for_a_day_keeps_no_version_for_years(workspace, days):
    ages = used(config.read(workspace), [*range(0, 400, 30), *days, *range(420, 3 * 365, 30)])
    assert max(ages[-5:]) <= 395


def test_nor_does_one_that_was_behind_when_the_workspace_was_made(workspace):
    ages = used(config.read(workspace), [BEHIND, *range(0, 4 * 365, 30)])
    assert max(ages[-5:]) <= 395


@pytest.mark.parametrize("days", [4000, BEHIND])
def test_a_clock_that_is_wrong_for_a_day_loses_no_version_of_the_last_nine_months(workspace, days):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    used(settings, range(0, 730, 10))
    for _ in range(3):
        used(settings, [day + hour / 24 for day in (days, 730) for hour in range(0, 24, 2)])
    kept = {version.time for version in history.versions(settings, file)}
    assert {NOW + timedelta(days=day) for day in range(460, 730, 10)} <= kept


@pytest.mark.parametrize("days", [-9000, -1, 0, 1, 9000])
def test_the_version_kept_last_is_the_newest_whatever_the_clock_said_before(workspace, days):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"one", NOW)
    history.keep(settings, file, b"two", NOW + timedelta(days=days))
    for content in (b"three", b"four", b"two"):
        history.keep(settings, file, content, NOW + timedelta(hours=1))
    read = [version.read() for version in history.versions(settings, file)]
    assert read == [b"two", b"four", b"three", b"one"]


@pytest.mark.parametrize("last", ["29991231T235959.999999Z", "30000101T000000.000000Z", "89991231T235959.999999Z"])
def test_a_version_that_somebody_else_dated_as_late_as_can_be_hides_none_of_those_kept_since(workspace, last):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"first", NOW)
    for content in (b"theirs", b"theirs too"):
        packed = gzip.compress(content)
        (history.folder(settings, file) / f"{last}-{history.digest(content)}.gz").write_bytes(packed)
    for number in range(4):
        history.keep(settings, file, b"hers %d" % number, NOW + timedelta(hours=number))
        read = [version.read() for version in history.versions(settings, file)]
        assert read[: number + 1] == [b"hers %d" % one for one in range(number, -1, -1)]
        assert sorted(read[number + 1 :]) == [b"first", b"theirs", b"theirs too"] and read[-1] == b"first"


def test_a_version_that_cannot_be_read_is_kept_again(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"one", NOW)
    (damaged,) = history.versions(settings, file)
    for harm in (lambda path: path.write_bytes(b""), lambda path: (path.unlink(), path.mkdir())):
        harm(damaged.path)
        history.keep(settings, file, b"one", NOW)
        assert history.versions(settings, file)[0].read() == b"one"
        history.versions(settings, file)[0].path.unlink()


def test_what_has_the_name_of_a_version_and_no_day_is_none(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"one", NOW)
    for day in ("20261399", "99999999", "00000101", "99991231"):
        (history.folder(settings, file) / f"{day}T999999.999999Z-0123456789abcdef.gz").write_bytes(b"")
    history.keep(settings, file, b"two", NOW)
    assert [version.read() for version in history.versions(settings, file)] == [b"two", b"one"]


@pytest.mark.parametrize("said", [b"", b"x", b"2026-11-28 9999-12-31", b"0001-01-01 0001-01-01", b"\xff" * 1000])
def test_a_look_is_noted_in_the_folder_of_versions_alone(workspace, tmp_path, said):
    """What stands there may be a link of whoever made the workspace."""
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"one", NOW)
    looked, outside = settings.root / ".pipeline" / "history" / history.LOOKED, tmp_path / "outside"
    for place in (outside, tmp_path / "nowhere"):
        outside.write_bytes(said)
        os.utime(outside, (1, 1))
        looked.unlink()
        looked.symlink_to(place)
        history.keep(settings, file, b"two", NOW + timedelta(days=1))
        assert (outside.read_bytes(), outside.stat().st_mtime) == (said, 1) and not (tmp_path / "nowhere").exists()
        history.keep(settings, file, b"three", NOW + timedelta(days=2))


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
    assert not list(mending.mend(settings)) and not list(workspace.rglob("*.part"))


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
