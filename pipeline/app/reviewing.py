"""One document in one language, as a person reviews it: read once, and saved a sentence at a time.

PO files stay the only truth. What a person saves was made from a translation, whose digest comes with it: when another
stands there now, nothing is written, and the person decides.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial

from pipeline import termbase
from pipeline.app import catalogues, checking
from pipeline.app import memory as memories
from pipeline.app.catalogues import Current
from pipeline.app.session import Session
from pipeline.catalogue import origin, po, readings
from pipeline.catalogue.memory import Match, Memory
from pipeline.edition import alignment
from pipeline.errors import PipelineError, UsageError
from pipeline.exchange import incoming
from pipeline.exchange.table import Line, bounded, unit_id
from pipeline.languages import Language
from pipeline.model import Catalogue, Document, Edition, Finding, State, Unit
from pipeline.qa import acceptance, checks
from pipeline.text import rewording
from pipeline.text.rewording import Pieces
from pipeline.workspace import history, storage

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
        return _names(self.catalogue)

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


def _names(catalogue: Catalogue) -> tuple[str, ...]:
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


def earlier(session: Session, desk: Desk, unit: Unit) -> list[EarlierText]:
    """Return the translations that stood there before, as far as versions of the PO file are kept, the newest first."""
    path = storage.catalogue_path(session.config, desk.catalogue.target_lang, desk.document.id)
    found: dict[str, EarlierText] = {}
    for version in history.versions(session.config, path)[:MOST_VERSIONS]:
        with suppress(PipelineError):
            catalogue = po.parse(
                version.read(), path.name, desk.document.id, desk.document.lang, path.parent.name
            ).catalogue
            for before in (*catalogue.units, *catalogue.obsolete):
                if before.key == unit.key and before.target.strip() and before.target != unit.target:
                    found.setdefault(before.target, EarlierText(before.target, f"{version.time:%Y-%m-%d}"))
    return list(found.values())


# --- saving -------------------------------------------------------------------------------


class SavingOutcome(StrEnum):
    """What became of what somebody wanted to save."""

    SAVED = "saved"
    SAME = "same"
    CONFLICT = "conflict"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TypedText:
    """A translation that somebody typed, of the unit with a `name`; `base` is the digest of what it was made from.

    It `is_done` when they stand behind it; else it waits. `by` is their pseudonym, if they gave one.
    """

    name: str
    base: str
    text: str
    is_done: bool = True
    by: str = ""


Outcomes = dict[str, SavingOutcome]
"""By the names of units."""

Change = Callable[[Unit], Unit]
"""Makes of a unit what somebody wants it to be."""


def save(session: Session, desk: Desk, typed: TypedText) -> SavingOutcome:
    """Put a translation into the PO file, unless another stands there than it was made from.

    Raises UsageError for a text that no PO file or page can hold, and PipelineError when it cannot be written.
    """
    text = _text(typed)
    return _change(session, desk, typed.name, typed.base, lambda unit: _translated(unit, text, typed), text)


def approve(session: Session, desk: Desk, name: str, base: str, by: str) -> SavingOutcome:
    """Record that somebody has read a translation and found it right.

    Raises UsageError for a pseudonym that cannot stand in a PO file, for an empty translation, and for their own.
    """

    def read(unit: Unit) -> Unit:
        if not unit.target.strip():
            raise UsageError("there is no translation to approve; translate the sentence first")
        if readings.is_translator(unit, by):
            raise UsageError("this is your own translation; somebody else has to read it")
        confirmed = replace(unit, state=State.TRANSLATED, previous="") if unit.state.is_fuzzy else unit
        return readings.added(confirmed, by, session.day) if readings.may_read(confirmed, by) else confirmed

    if not readings.NAME.fullmatch(by):
        raise UsageError("say first who you are: a pseudonym, one word, never your real name")
    return _change(session, desk, name, base, read)


def accept(session: Session, desk: Desk, name: str, base: str, check: str, reason: str) -> SavingOutcome:
    """Accept what a check finds in a translation; raise UsageError without a reason, or for a check there is not."""
    if check not in checks.CHECKS.names():
        raise UsageError(f"there is no check {check!r}")
    if not (why := " ".join(reason.split())):
        raise UsageError("say why the finding is no mistake")
    note = f"{acceptance.CHECK}: {check} ok — {why}"
    return _change(session, desk, name, base, lambda unit: replace(unit, notes=(*unit.notes, note)))


def remark(session: Session, desk: Desk, name: str, text: str) -> SavingOutcome:
    """Add a comment for other translators to a unit; what would say something to the program only quotes that."""
    line = Line("", "", "", text.replace("\r\n", "\n"))
    _require_text(line)
    return _change(
        session,
        desk,
        name,
        None,
        lambda unit: replace(unit, notes=incoming.with_notes(unit.notes, line.note.split("\n"))),
    )


def put_back(session: Session, desk: Desk, kept: Mapping[str, tuple[str, Unit]]) -> Outcomes:
    """Make units what they were before, each where the translation with the digest beside it still stands."""
    fields = ("target", "state", "origin", "notes", "previous", "flags")

    def back(before: Unit) -> Change:
        return lambda unit: replace(unit, **{field: getattr(before, field) for field in fields})

    return _changed(session, desk, {name: _Wish(base, back(before)) for name, (base, before) in kept.items()})


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A unit by its name, and its translation with some words replaced."""

    name: str
    unit: Unit
    text: str


def replacements(desk: Desk, words: str, by: str) -> list[Rewriting]:
    """Return the translations that some words stand in, to the letter, with others in their place."""
    found = (
        Rewriting(name, unit, unit.target.replace(words, by))
        for name, unit in zip(desk.names, desk.units, strict=True)
        if words and words in unit.target and unit.state is not State.COPIED
    )
    return [one for one in found if one.text.strip() and one.text != one.unit.target]


def replace_words(session: Session, desk: Desk, chosen: Iterable[Rewriting], by: str) -> Outcomes:
    """Save replacements, each unless another translation stands there now; a draft stays one that waits."""
    wishes = {}
    for one in chosen:
        typed = TypedText(one.name, origin.digest(one.unit.target), one.text, one.unit.state.is_done, by)
        wishes[one.name] = _Wish(typed.base, partial(_translated, text=_text(typed), typed=typed), one.text)
    return _changed(session, desk, wishes)


def with_plain_line_ends(text: str) -> str:
    """Return a text with line ends as PO files have them: a browser sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(typed: TypedText) -> str:
    text = with_plain_line_ends(typed.text)
    if not text.strip():
        raise UsageError("an empty translation is not saved; to begin anew, write over what is there")
    _require_text(Line("", "", text))
    return text


def _require_text(line: Line) -> None:
    try:
        (line,) = bounded([line])
    except PipelineError as error:
        raise UsageError(str(error)) from None
    if line.fault:
        raise UsageError(line.fault.partition(": ")[2] or line.fault)


def _translated(unit: Unit, text: str, typed: TypedText) -> Unit:
    if not typed.is_done:
        waiting = replace(unit, target=text, state=State.DOUBT)
        return unit if text == unit.target and unit.state.is_fuzzy else replace(waiting, origin=origin.told(waiting))
    if text == unit.target and unit.state.is_done:
        return unit
    done = replace(unit, target=text, state=State.TRANSLATED, previous="", origin=_kept_origin(unit))
    return readings.translated(done, typed.by) if typed.by else readings.settled(done)


def _kept_origin(unit: Unit) -> str:
    """Return the origin of a draft, by which it is known how much of it was left; of anything else none."""
    read = origin.read(unit.origin)
    return unit.origin if read and read.state is State.MACHINE else ""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A change of a unit whose translation has the digest `base`, or is `wanted` already; any, if `base` is None."""

    base: str | None
    change: Change
    wanted: str = ""

    def of(self, unit: Unit) -> tuple[Unit, SavingOutcome]:
        if self.base is not None and origin.digest(unit.target) != self.base and unit.target != self.wanted:
            return unit, SavingOutcome.CONFLICT
        new = self.change(unit)
        return new, SavingOutcome.SAME if new == unit else SavingOutcome.SAVED


def _changed(session: Session, desk: Desk, wishes: Mapping[str, _Wish]) -> Outcomes:
    """Change units of the PO file as it is on disk; return what became of each."""
    outcomes: Outcomes = {}

    def remade(catalogue: Catalogue) -> Catalogue:
        outcomes.update(dict.fromkeys(wishes, SavingOutcome.GONE))
        units = list(catalogue.units)
        for place, name in enumerate(desk.names if catalogue is desk.catalogue else _names(catalogue)):
            if name in wishes:
                units[place], outcomes[name] = wishes[name].of(units[place])
        return replace(catalogue, units=tuple(units))

    with session.locked():
        now = catalogues.renewed(session, desk.current)
        new = remade(now.catalogue)
        if SavingOutcome.SAVED in outcomes.values():
            catalogues.save(session, now, new, remade)
    return outcomes


def _change(
    session: Session, desk: Desk, name: str, base: str | None, change: Change, wanted: str = ""
) -> SavingOutcome:
    return _changed(session, desk, {name: _Wish(base, change, wanted)})[name]


def context(session: Session, desk: Desk) -> checks.Context:
    """Return what the checks of a document's pair of languages know."""
    lang = desk.catalogue.target_lang
    others = catalogues.all_files(session, lang, {desk.document.id})
    return checking.context(session, desk.document.lang, lang, others | {desk.document.id: desk.current.file})
