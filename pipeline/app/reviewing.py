"""One document in one language, as a person reviews it: its sentences, and what helps with each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline import termbase
from pipeline.app import catalogues
from pipeline.app import memory as memories
from pipeline.app.catalogues import Current
from pipeline.app.checked import CheckedTexts
from pipeline.app.session import Session
from pipeline.catalogue import po
from pipeline.catalogue.memory import Match, Memory
from pipeline.edition import alignment
from pipeline.errors import PipelineError, UsageError
from pipeline.exchange.table import unit_id
from pipeline.languages import Language
from pipeline.model import Catalogue, Document, Edition, Finding, Unit
from pipeline.qa import acceptance, checks
from pipeline.text import rewording
from pipeline.text.rewording import Pieces
from pipeline.workspace import history, places

MOST_SUGGESTIONS, LEAST_ALIKE = 5, 60
"""Of the memory for a sentence, and how like it they are, in per cent."""


@dataclass(frozen=True)
class Desk:
    """A document in a language as it stands: its sentences in order, and their names in addresses."""

    current: Current
    edition: Edition

    @property
    def document(self) -> Document:
        return self.current.document

    @property
    def catalogue(self) -> Catalogue:
        return self.current.catalogue

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.catalogue.units

    @property
    def target(self) -> Language:
        return self.edition.languages[1]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What names each unit among all documents and languages, in their order."""
        return names(self.catalogue)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where in the order of units each name stands, counted from 0."""
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], int]:
        return {unit.key: place for place, unit in enumerate(self.units)}

    def unit(self, name: str) -> Unit | None:
        """Return the unit of a name; None when it has left the document."""
        return self.units[self.places[name]] if name in self.places else None


def names(catalogue: Catalogue) -> tuple[str, ...]:
    """Return what names each unit of a catalogue among all documents and languages, in their order."""
    return tuple(unit_id(catalogue.document_id, catalogue.target_lang, unit) for unit in catalogue.units)


def open_desk(session: Session, document: Document, lang: str) -> Desk:
    """Return a document and its translation as they stand.

    Raises UsageError when it is not translated into the language, and CatalogueError when its PO file is faulty.
    """
    if lang not in session.config.targets_of(document):
        raise UsageError(f"{document.id} is not translated into {lang!r}")
    current = catalogues.current(session, document, lang)
    return Desk(current, alignment.build(document, {lang: current.catalogue}, session.config.all_languages))


def renewed(session: Session, desk: Desk) -> Desk:
    """Return a desk as its PO file stands now, while its document is the same; raise CatalogueError as `open_desk`."""
    current = catalogues.renewed(session, desk.current)
    if current is desk.current:
        return desk
    return Desk(current, alignment.renewed(desk.edition, desk.catalogue, current.catalogue))


# --- what helps with a sentence ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of the memory, and the wording it belongs to, in pieces that say what differs."""

    match: Match
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class AgreedTerm:
    """A term of the termbase in a sentence, its renderings, the first of which is preferred, and what is forbidden."""

    term: str
    renderings: tuple[str, ...]
    forbidden: tuple[str, ...]


def suggestions(session: Session, desk: Desk, unit: Unit) -> list[Suggestion]:
    """Return what the memory knows of sentences like a unit's, the most alike first; each translation once."""
    with memories.opened(session, desk.document.lang, desk.catalogue.target_lang) as memory:
        return similar(memory, unit)


def similar(memory: Memory, unit: Unit) -> list[Suggestion]:
    """Return the translations of sentences like a unit's other than its own, the most alike first."""
    found = memory.similar(unit.source, LEAST_ALIKE, MOST_SUGGESTIONS + 1)
    others = {match.entry.target: match for match in reversed(found) if match.entry.target != unit.target}
    best = sorted(others.values(), key=lambda match: -match.score)[:MOST_SUGGESTIONS]
    return [Suggestion(match, rewording.compared(match.entry.source, unit.source)[0]) for match in best]


def terms(agreed: termbase.Termbase, unit: Unit) -> list[AgreedTerm]:
    """Return the agreed terms in a sentence, in alphabetical order."""
    return [
        AgreedTerm(term, renderings.allowed, renderings.forbidden)
        for term in sorted(agreed.occurring(unit.source))
        if (renderings := agreed.agreed(term)).allowed or renderings.forbidden
    ]


def findings(units: Iterable[Unit], context: checks.Context) -> dict[tuple[str, str], list[Finding]]:
    """Return by unit what the checks find that nobody has accepted; that a sentence is not translated shows anyway."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in acceptance.sift(checks.examine((unit for unit in units if unit.target), context)):
        found.setdefault(finding.unit.key, []).append(finding)
    return found


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A translation that stood there before, and until which day (ISO 8601)."""

    text: str
    day: str


MOST_VERSIONS = 10
"""Of a PO file that are looked through for earlier translations, the newest first."""


EarlierTargets = dict[str, Mapping[tuple[str, str], str]]
"""What versions of a PO file say: by their digest, the translation of each unit."""


def earlier(session: Session, desk: Desk, unit: Unit, read: EarlierTargets) -> list[EarlierText]:
    """Return the translations that stood there before, as far as versions of the PO file are kept, the newest first.

    Versions that were `read` before are not read again; what is read now is added to them.
    """
    path = places.catalogue_path(session.config, desk.catalogue.target_lang, desk.document.id)
    versions = history.versions(session.config, path)[:MOST_VERSIONS]
    for gone in read.keys() - {version.digest for version in versions}:
        del read[gone]
    found: dict[str, EarlierText] = {}
    for version in versions:
        if version.digest not in read:
            read[version.digest] = _targets(desk, version)
        target = read[version.digest].get(unit.key, "")
        if target.strip() and target != unit.target:
            found.setdefault(target, EarlierText(target, f"{version.time:%Y-%m-%d}"))
    return list(found.values())


def _targets(desk: Desk, version: history.Version) -> Mapping[tuple[str, str], str]:
    """Return what a version says; nothing of one that cannot be read. Most of it is what the file says now."""
    document, lang = desk.document, desk.catalogue.target_lang
    try:
        read = po.parse(version.read(), f"{document.id}.po", document.id, document.lang, lang, desk.current.file)
    except PipelineError:
        return {}
    return {unit.key: unit.target for unit in (*read.catalogue.obsolete, *read.catalogue.units)}


def context(session: Session, desk: Desk) -> checks.Context:
    """Return what the checks know of a text as it stands; of other PO files, what the index does not tell is read."""
    return CheckedTexts(session, desk.catalogue.target_lang).context(desk.catalogue)
