"""What a use case tells its listener: the same events, whoever shows them."""

import os
import shutil
from functools import partial

import pytest

from pipeline.app import checked, segmenting
from pipeline.app import session as app_session
from pipeline.app.events import Fault, Progress, Remark
from pipeline.app.session import Session
from pipeline.errors import DocumentError, PipelineError, UsageError
from tests.app.conftest import NAME
from tests.support.sessions import clock, told


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
    counts = [len(next(iter([*checked.check(session, None, ["en"])])).findings) for session in (first, second)]
    assert counts[0] < counts[1]


def _worked_on(session, thing):
    session.say_once("a remark")
    session.say(f"{thing} by {os.getpid()}")
    if thing == "b":
        raise DocumentError("b: a fault")
    return thing.upper()


@pytest.mark.parametrize("few", [0, 24])
def test_what_processes_have_to_say_is_said_here_in_order(one, few, monkeypatch):
    monkeypatch.setattr(app_session, "FEW", few)
    events = []
    session = Session.open(one, clock, events.append)
    done = list(session.each(partial(_worked_on, session), "abc"))
    assert done == ["A", None, "C"]
    said = [event.text.split(" by ") for event in told(events, Remark)]
    assert [text for text, *_ in said] == ["a remark", "a", "b", "c"]
    assert ({process for _, *its in said for process in its} == {str(os.getpid())}) is (few > 0)
    assert session.faults == ["b: a fault"] and len(told(events, Fault)) == 1


def test_an_unknown_language_is_refused_with_those_there_are(one):
    with pytest.raises(UsageError, match=r"language 'xx' is unknown; known are: en, fr"):
        Session.open(one, clock).languages(["xx"])
