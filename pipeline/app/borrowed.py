"""Drafts that say what a sentence of another document says; when that was taken out there, it goes here, too.

A name may have stood in it, which would leave in the tables and drafts of the other document.
"""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.app.session import Session
from pipeline.catalogue import leverage, origin
from pipeline.errors import PipelineError
from pipeline.model import Catalogue, State, Unit
from pipeline.workspace import reading


def lenders(units: Iterable[Unit]) -> set[str]:
    """Return the documents, or memories of others, whose sentences drafts say that nobody has touched."""
    return {where for unit in units if (where := _lender(unit))}


def returned(session: Session, catalogue: Catalogue) -> Catalogue:
    """Return a catalogue without drafts of sentences that no longer stand in the document they come from."""
    files = session.sources().documents
    said = {name: _sentences(session, name) for name in lenders(catalogue.units) if not name.endswith(".tmx")}

    def kept(unit: Unit) -> Unit:
        where = _lender(unit)
        if where not in said or (where in files and unit.previous in said[where]):
            return unit
        return replace(unit, target="", state=State.UNTRANSLATED, origin="", previous="")

    return replace(catalogue, units=tuple(map(kept, catalogue.units))) if said else catalogue


def _lender(unit: Unit) -> str:
    return origin.lender(unit.origin) if unit.target and origin.is_untouched(unit) else ""


def _sentences(session: Session, name: str) -> set[str]:
    """Return the sentences of a document as it is today, not as its PO file was when it was last read."""
    path = session.sources().documents.get(name)
    if path is None:
        return set()
    try:
        return {unit.source for unit in leverage.extract(reading.read(session.config, path))}
    except PipelineError:  # said where that document is looked at
        return set()
