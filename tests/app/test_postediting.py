"""What a person only took the mark away from, and what they translated."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from pipeline.app import postediting
from pipeline.app.session import Session
from pipeline.catalogue import origin
from pipeline.model import Draft, State, Unit
from pipeline.workspace import places, privacy

DRAFT = "The working class fights for bread, work and freedom in every town."


@pytest.fixture
def session(workspace):
    opened = Session.open(workspace, lambda: datetime(2026, 11, 28, tzinfo=UTC))
    privacy.private_folder(opened.config)
    with closing(postediting.cache(opened)) as cache:
        postediting.keep(cache, [Draft(DRAFT, "argos 1"), Draft("", "argos 1", "unfit")])
    return opened


def measured(session, target, state=State.TRANSLATED):
    edited = postediting.measure(session, [Unit("paragraph", "الف", target, state, origin.machine("argos 1", DRAFT))])
    return edited.began, edited.unchanged


@pytest.mark.parametrize(
    ("target", "unchanged"),
    [
        (DRAFT, 1),
        (DRAFT.replace("town", "city"), 1),
        ("Workers everywhere struggle for bread, labour and liberty.", 0),
    ],
)
def test_a_draft_is_unchanged_when_less_than_a_tenth_of_it_was_changed(session, target, unchanged):
    assert measured(session, target) == (1, unchanged)


def test_a_draft_nobody_unmarked_is_not_counted(session):
    assert measured(session, DRAFT, State.MACHINE) == (0, 0)


def test_without_the_cache_only_the_same_text_is_known(session):
    (session.config.root / places.PRIVATE / postediting.FILE_NAME).unlink()
    assert measured(session, DRAFT) == (1, 1)
    assert measured(session, DRAFT.replace("town", "city")) == (1, 0)
