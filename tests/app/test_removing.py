"""What is removed is kept, and a record that is damaged removes and restores nothing."""

import json
import os
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.app import removing
from pipeline.app.session import Session
from pipeline.cli import console
from pipeline.errors import UsageError
from pipeline.workspace import history, mending, privacy, replacement, storage

UNNAMEABLE = [{name: {"document": "x", "time": "1"}} for name in ("a\0b", "\ud800")]


@pytest.fixture
def session(workspace):
    return Session.open(workspace, console.clock)


def test_a_file_comes_back_as_it_was(session, workspace):
    path = workspace / "translations" / "x.po"
    path.write_bytes(b"\xff\x00 bytes")
    assert removing.remove(session, [(path, "x")]) == [path] and not path.exists()
    assert removing.is_removed(session, "x") and removing.restore(session, "x") == [path]
    assert path.read_bytes() == b"\xff\x00 bytes" and not removing.is_removed(session, "x")


def test_what_cannot_be_removed_is_a_fault_and_the_others_go(session, workspace):
    path = workspace / "translations" / "x.po"
    path.write_bytes(b"x")
    assert removing.remove(session, [(workspace / "seeds" / "gone.toml", "y"), (path, "x")]) == [path]
    assert len(session.faults) == 1 and not removing.is_removed(session, "y")


@pytest.mark.parametrize(
    "record",
    [
        [], {"a": 1}, {"../../etc/x": {"document": "x", "time": "2026-11-28"}}, {"a": {"time": "2026-11-28"}},
        {".git/hooks/x": {"document": "x", "time": "2026-11-28"}}, {"output": {"document": "x", "time": "2026-11-28"}},
        {"output/../.git/x": {"document": "x", "time": "2026-11-28"}},
        {f"output/{'x' * 5000}": {"document": "x", "time": "2026-11-28"}}, *UNNAMEABLE,
    ],
)  # fmt: skip
def test_a_damaged_record_restores_nothing(session, record):
    storage.write(privacy.private_folder(session.config) / removing.RECORD, json.dumps(record).encode())
    with pytest.raises(UsageError, match="nothing was removed"):
        removing.restore(session, None)


def test_whoever_saves_while_files_are_removed_loses_nothing(session, workspace):
    """What somebody saved is at its place, or comes back; a file that was saved too late stays."""
    translations = workspace / "translations"
    paths = [translations / f"{number}.po" for number in range(20)]
    for number in range(10):
        for path in paths:
            path.write_bytes(b"as it was")

        saved: set[Path] = set()

        def save(number=number, saved=saved):
            time.sleep(number / 500)
            for path in reversed(paths):
                with suppress(FileNotFoundError), path.open("r+b") as file:
                    file.write(b"a sentence of hers")
                    saved.add(path)

        translator = threading.Thread(target=save)
        translator.start()
        gone = removing.remove(session, ((path, "x") for path in paths))
        translator.join()
        if gone:  # she may have saved them all in time
            removing.restore(session, "x")
        for path in saved:
            kept = [path.read_bytes(), *(one.read() for one in history.versions(session.config, path))]
            assert b"a sentence of hers" in kept


def test_what_was_removed_last_comes_back_first_even_when_a_clock_was_ahead(workspace):
    path = workspace / "translations" / "x.po"
    for days, content in ((400, b"x, while the clock is ahead"), (0, b"y"), (1, b"z")):
        session = Session.open(workspace, lambda days=days: console.clock() + timedelta(days=days))
        path.with_stem(content[:1].decode()).write_bytes(content)
        removing.remove(session, [(path.with_stem(content[:1].decode()), "x")])
    assert removing.restore(session, None) == [path.with_stem("z")]
    path.write_bytes(b"x, as it is now")
    removing.remove(session, [(path, "x")])
    assert removing.restore(session, "x") and path.read_bytes() == b"x, as it is now"


@pytest.mark.parametrize(
    "time", ["~", "", "9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59-23:59", "2999-12-31"]
)
def test_what_somebody_else_put_into_the_record_does_not_stand_before_what_was_removed(session, workspace, time):
    path = workspace / "translations" / "x.po"
    path.write_bytes(b"hers")
    record = {f"translations/{name}.po": {"document": name, "time": time} for name in "yz"}
    storage.write(privacy.private_folder(session.config) / removing.RECORD, json.dumps(record).encode())
    removing.remove(session, [(path, "x")])
    assert removing.restore(session, None) == [path] and path.read_bytes() == b"hers"


def test_what_cannot_be_brought_back_keeps_nothing_else_from_it(session, workspace):
    paths = [workspace / "translations" / f"{name}.po" for name in "abc"]
    for path in paths:
        path.write_bytes(path.stem.encode())
    removing.remove(session, ((path, "x") for path in paths))
    (version,) = history.versions(session.config, paths[0])
    packed = version.path.read_bytes()
    version.path.write_bytes(b"damaged")
    assert removing.restore(session, "x") == paths[1:] and len(session.faults) == 1
    version.path.write_bytes(packed)
    assert removing.restore(session, "x") == paths[:1]


def test_what_is_still_to_be_had_of_one_language_stands_before_the_versions_of_no_other(session, workspace):
    paths = [workspace / "translations" / lang / "x.po" for lang in ("en", "fr")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    removing.remove(session, ((path, "x") for path in paths))
    removing.restore(session, "x", ["en"])
    assert removing.is_removed(session, "x", ["fr"]) and removing.is_removed(session, "x")
    assert not removing.is_removed(session, "x", ["en"])


def test_what_a_killed_command_was_removing_is_back_also_in_a_language_that_nobody_asks_for_any_more(
    session, workspace, monkeypatch
):
    path = workspace / "translations" / "xx" / "1988" / "letter.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    monkeypatch.setattr(replacement, "_await_writers", lambda path: os._exit(9))  # as a kill behind its first step
    if not (child := os.fork()):
        removing.remove(session, [(path, "1988/letter")])
    os.waitpid(child, 0)
    monkeypatch.undo()
    assert not path.exists() and list(mending.mend(session.config)) and path.read_bytes() == b"x"


def test_nothing_is_mended_behind_a_link_of_such_a_name(session, workspace, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ".a.po.01234567.part").write_bytes(b"somebody's")
    (workspace / "translations" / "xx").symlink_to(outside)
    assert not list(mending.mend(session.config)) and list(outside.iterdir())
