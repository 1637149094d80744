"""Drafts that say what a sentence of another document says; when that was taken out there, it goes here, too.

A name may have stood in it, which would leave in the tables and drafts of the other document.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pipeline.app.session import Session
from pipeline.catalogue import leverage, origin
from pipeline.errors import PipelineError
from pipeline.model import Catalogue, State, Unit
from pipeline.workspace import reading
from pipeline.workspace.config import Config


def lenders(units: Iterable[Unit]) -> set[str]:
    """Return the documents whose sentences drafts say that nobody has touched; memories of others do not change."""
    return {where for unit in units if (where := _lender(unit)) and not where.endswith(".tmx")}


def returned(session: Session, catalogue: Catalogue) -> Catalogue:
    """Return a catalogue without drafts of sentences that no longer stand in the document they come from."""
    if not (names := lenders(catalogue.units)):
        return catalogue
    files = session.sources().documents
    said = {name: _sentences(_Lender.at(session, files[name])) if name in files else frozenset() for name in names}

    def kept(unit: Unit) -> Unit:
        where = _lender(unit)
        if where not in said or unit.previous in said[where]:
            return unit
        return replace(unit, target="", state=State.UNTRANSLATED, origin="", previous="")

    return replace(catalogue, units=tuple(map(kept, catalogue.units)))


def _lender(unit: Unit) -> str:
    return origin.lender(unit.origin) if unit.target and origin.is_untouched(unit) else ""


@dataclass(frozen=True, slots=True)
class _Lender:
    """A document that drafts of many others may come from; `stamps` tell when it, or what is stated of it, changes."""

    path: Path
    stamps: tuple[tuple[int, int], ...]
    config: Config = field(compare=False)

    @classmethod
    def at(cls, session: Session, path: Path) -> "_Lender":
        return cls(path, tuple(map(_stamp, (path, path.with_suffix(".toml")))), session.config)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=500)
def _sentences(lender: _Lender) -> frozenset[str]:
    """Return the sentences of a document as it is today, not as its PO file was when it was last read."""
    try:
        return frozenset(unit.source for unit in leverage.extract(reading.read(lender.config, lender.path)))
    except PipelineError:  # said where that document is looked at
        return frozenset()
