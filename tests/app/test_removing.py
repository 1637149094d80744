"""What is removed is kept, and a record that is damaged removes and restores nothing."""

import json

import pytest

from pipeline.app import removing
from pipeline.app.session import Session
from pipeline.cli import console
from pipeline.errors import UsageError
from pipeline.workspace import storage

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
    "record", [[], {"a": 1}, {"../../etc/x": {"document": "x", "time": "1"}}, {"a": {"time": "1"}}, *UNNAMEABLE]
)
def test_a_damaged_record_restores_nothing(session, record):
    storage.write(storage.private_folder(session.config) / removing.RECORD, json.dumps(record).encode())
    with pytest.raises(UsageError, match="nothing was removed"):
        removing.restore(session, None)
