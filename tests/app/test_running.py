"""All that is needed, in one use case: what it writes, and that it only tells."""

from pipeline.app import running
from pipeline.app.events import Written
from pipeline.app.session import Session
from tests.app.conftest import NAME
from tests.support.sessions import clock, told


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
