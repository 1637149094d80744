"""Sessions for the tests of use cases: at one time, with a list of what is told."""

from datetime import UTC, datetime
from pathlib import Path

from pipeline.app.events import Event, Remark
from pipeline.app.session import Session


def clock() -> datetime:
    return datetime(2026, 11, 28, tzinfo=UTC)


def told(events, kind):
    return [event for event in events if isinstance(event, kind)]


def begun(folder: Path, **options) -> tuple[Session, list[Event]]:
    """Return a session in a workspace, and the list of what it will tell."""
    events: list[Event] = []
    return Session.open(folder, clock, events.append, **options), events


def remarks(events) -> list[str]:
    return [event.text for event in told(events, Remark)]
