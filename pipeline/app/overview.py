"""How far every document is, in every language."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.app import building, catalogues, postediting
from pipeline.app.session import Session
from pipeline.catalogue import readings
from pipeline.model import Document, State

Row = dict[str, Any]

NOT_DONE = tuple(state for state in reversed(State) if not state.is_done)
"""What is left to do, the nearest to a finished text first."""


def overview(session: Session, asked: Sequence[str] | None) -> list[Row]:
    """Return a row for every document and target language; what cannot be read is a fault and left out."""
    record = building.read_record(session.config)
    rows = []
    for document in catalogues.documents(session, asked):
        for lang in session.config.languages:
            with session.guarded():
                rows.append(_row(session, document, lang, record))
    return rows


def _row(session: Session, document: Document, lang: str, record: building.Record) -> Row:
    units = catalogues.merged(session, catalogues.read_catalogue(session, document, lang), document).units
    states = Counter(unit.state for unit in units)
    edited = postediting.measure(session, units)
    target = building.target_of(session, document, building.main_choice(session.config, lang))
    current = building.is_current(session.config, target, record)
    released = building.is_released(session.config, target.release, record)
    return {
        "document": document.id,
        "language": lang,
        "units": len(units),
        "reviewed": states[State.REVIEWED] + states[State.COPIED],
        "translated": states[State.TRANSLATED],
        **{state.value: states[state] for state in NOT_DONE},
        "read_twice": sum(len(readings.readers(unit)) > 1 for unit in units),
        "began_as_drafts": edited.began,
        "drafts_unchanged": edited.unchanged,
        "pdf_up_to_date": current,
        "released": released,
    }
