"""What a use case tells its listener: the same events, whoever shows them."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.app import checking, running, segmenting
from pipeline.app.events import Fault, Progress, Remark, Written
from pipeline.app.session import Session
from pipeline.errors import PipelineError, UsageError
from tests.conftest import ROOT

NAME = "2011-08-montreal-meeting-call"


def clock() -> datetime:
    return datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def one(workspace):
    """A workspace with one document and its translations."""
    for path in (f"seeds/{NAME}.txt", f"seeds/{NAME}.toml", f"translations/en/{NAME}.po", f"translations/fr/{NAME}.po"):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, workspace / path)
    return workspace


def told(events, kind):
    return [event for event in events if isinstance(event, kind)]


def test_a_use_case_prints_nothing(one, capfd):
    running.run(Session.open(one, clock), None)
    assert capfd.readouterr() == ("", "")


def test_files_are_events_with_their_names(one):
    events = []
    result = running.run(Session.open(one, clock, events.append), None)
    assert result.written == 2 and result.untranslated == 0
    assert {event.name for event in told(events, Written)} == {f"output/{NAME}.fa-en.pdf", f"output/{NAME}.fa-fr.pdf"}
    assert all(event.path.is_file() and not event.is_planned for event in told(events, Written))


def test_a_dry_run_names_what_it_would_write_and_writes_nothing(one):
    events = []
    running.run(Session.open(one, clock, events.append, dry_run=True), None)
    files = told(events, Written)
    assert len(files) == 2 and all(event.is_planned and not event.path.exists() for event in files)


def test_a_fault_in_one_document_stops_no_other(one):
    (one / "seeds" / "broken.txt").write_bytes(b"\xff\xfe\xff" * 99)
    (one / f"translations/en/{NAME}.po").unlink()
    events = []
    session = Session.open(one, clock, events.append)
    assert segmenting.update(session, None) == 1
    (fault,) = told(events, Fault)
    assert "broken.txt" in str(fault.error) and session.faults == [str(fault.error)]


def test_a_fault_is_told_once(one):
    events = []
    session = Session.open(one, clock, events.append)
    for _ in range(2):
        with session.guarded():
            raise PipelineError("the same")
    assert len(told(events, Fault)) == 1


def test_a_remark_said_once_is_not_said_again(one):
    events = []
    session = Session.open(one, clock, events.append)
    session.say_once("look")
    session.say_once("look")
    session.say("look")
    assert [event.text for event in told(events, Remark)] == ["look", "look"]


def test_progress_counts_its_steps_and_ends_when_they_are_abandoned(one):
    events = []
    session = Session.open(one, clock, events.append)
    for step in session.progress("abc", "Reading", 3):
        if step == "b":
            break
    steps = told(events, Progress)
    assert [(event.done, event.total, event.is_over) for event in steps] == [(0, 3, False), (1, 3, False), (2, 3, True)]


def test_the_same_use_case_serves_two_workspaces_in_one_process(one, tmp_path):
    shutil.copytree(one, tmp_path / "second")
    (tmp_path / "second" / f"translations/en/{NAME}.po").unlink()
    first, second = Session.open(one, clock), Session.open(tmp_path / "second", clock)
    counts = [len(checking.check(session, None, ["en"])[0].findings) for session in (first, second)]
    assert counts[0] < counts[1]


def test_an_unknown_language_is_refused_with_those_there_are(one):
    with pytest.raises(UsageError, match=r"language 'xx' is unknown; known are: en, fr"):
        Session.open(one, clock).languages(["xx"])


def put_pipe(path):
    os.mkfifo(path)


def put_loop(path):
    path.symlink_to(path.name)


@pytest.mark.parametrize("put", [put_pipe, Path.mkdir, put_loop, lambda path: path.symlink_to("/dev/zero")])
def test_what_stands_in_the_place_of_a_po_file_is_a_fault_and_stays(one, put):
    """A pipe would be waited for, for ever."""
    path = one / f"translations/en/{NAME}.po"
    path.unlink()
    put(path)
    session = Session.open(one, clock)
    running.run(session, None)
    assert len(session.faults) == 1 and path.name in session.faults[0]
    assert os.path.lexists(path) and not os.path.isfile(path)
