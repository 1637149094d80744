"""A person's reading of translations, recorded in the PO files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.app import catalogues, numbering
from pipeline.app.session import Session
from pipeline.catalogue import difference, readings
from pipeline.errors import UsageError
from pipeline.model import Catalogue, Document, State, Unit


class Approval(StrEnum):
    """What became of a unit that somebody approved."""

    READ = "read"
    AGAIN = "read before"
    OWN = "their own translation"
    DRAFT = "not translated by a person"
    COPIED = "needs nobody"


@dataclass(frozen=True, slots=True)
class Approved:
    """A unit in a language, its number in the document's order, counted from 1, and what became of it."""

    lang: str
    number: int
    unit: Unit
    outcome: Approval

    @property
    def printed(self) -> list[str]:
        """The notes that are printed with the unit, and approved with it."""
        return difference.new_notes(None, self.unit) if self.outcome is Approval.READ else []


def pseudonym(name: str) -> str:
    """Return a name that can stand in a PO file; raise UsageError for one that cannot."""
    if not readings.NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is not a pseudonym; write one word of at most 40 letters and digits, such as reader-2"
        )
    return name


def approve(
    session: Session, document_id: str, languages: Sequence[str] | None, name: str, units: str | None = None
) -> list[Approved]:
    """Record that somebody has read the translations of a document; return what became of each sentence.

    Machine drafts and what is in doubt are approved only when named in `units` («3,7-9», in the document's
    order): they become translated, and read. Raises UsageError for a name, number or language that cannot be.
    """
    name, wanted = pseudonym(name), None if units is None else numbering.numbers(units)
    langs, approved = session.languages(languages), []
    with session.locked():
        for document in catalogues.documents(session, [document_id]):
            for lang in session.targets(document, langs):
                with session.guarded():
                    approved += _approve(session, document, lang, _Approver(name, session.day, wanted))
    return approved


@dataclass(frozen=True, slots=True)
class _Approver:
    """Who reads, when, and what: None for all that a person has translated."""

    name: str
    day: str
    wanted: frozenset[int] | None

    def read(self, unit: Unit, number: int) -> tuple[Unit, Approval | None]:
        """Return a unit as it stands when it has been read; None when it was not to be."""
        if self.wanted is not None and number not in self.wanted:
            return unit, None
        if unit.state is State.COPIED:
            return unit, Approval.COPIED
        if not unit.target.strip() or (unit.state.is_fuzzy and self.wanted is None):
            return unit, Approval.DRAFT
        if readings.is_translator(unit, self.name):
            return unit, Approval.OWN
        if any(readings.is_by(reader, self.name) for reader in readings.readers(unit)) and unit.state.is_done:
            return unit, Approval.AGAIN
        return readings.added(readings.confirmed(unit), self.name, self.day), Approval.READ

    def all_read(self, catalogue: Catalogue) -> Catalogue:
        """Return a catalogue with its units as `read` returns them."""
        units = (self.read(unit, number)[0] for number, unit in enumerate(catalogue.units, 1))
        return replace(catalogue, units=tuple(units))


def _approve(session: Session, document: Document, lang: str, reader: _Approver) -> list[Approved]:
    """Read a catalogue; raise UsageError when a sentence is wanted that it does not have."""
    now = catalogues.current(session, document, lang)
    numbering.require_there(reader.wanted or (), now.catalogue)
    catalogues.save(session, now, reader.all_read(now.catalogue), reader.all_read)
    return [
        Approved(lang, number, unit, outcome)
        for number, unit in enumerate(now.catalogue.units, 1)
        if (outcome := reader.read(unit, number)[1])
    ]
