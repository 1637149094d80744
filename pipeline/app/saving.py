"""What a person saves of the sentences of a document: never over another’s text, and nothing by halves.

What is saved was made from a translation, whose digest comes with it: when another stands in the PO file now, nothing
is written, and the person decides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from pipeline.app import catalogues
from pipeline.app.reviewing import Desk, names
from pipeline.app.session import Session
from pipeline.catalogue import origin, readings
from pipeline.errors import PipelineError, UsageError
from pipeline.exchange import incoming
from pipeline.exchange.table import Line, bounded
from pipeline.limits import MOST_IN_A_TEXT
from pipeline.model import Catalogue, State, Unit
from pipeline.qa import acceptance, checks

LONGEST_COMMENT = 1000
"""Characters of a comment, and of the reason for which a finding is accepted."""


MOST_SHOWN = 10_000_000
"""Characters of replacements that are looked at before they are made."""
_FOR_A_PLACE = 25
"""Characters that mark a place on the page where words are replaced."""


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


@dataclass(frozen=True, slots=True)
class Saving:
    """What became of a unit, and how it was before and after, if it was saved."""

    outcome: SavingOutcome
    before: Unit | None = None
    after: Unit | None = None


Savings = dict[str, Saving]
"""By the names of units."""

Change = Callable[[Unit], Unit]
"""Makes of a unit what somebody wants it to be."""


def save(session: Session, desk: Desk, typed: TypedText) -> Saving:
    """Put a translation into the PO file, unless another stands there than it was made from.

    Raises UsageError for a text that no PO file or page can hold, and PipelineError when it cannot be written.
    """
    text = _text(typed)
    return _change(session, desk, typed.name, typed.base, lambda unit: _translated(unit, text, typed), text)


def approve(session: Session, desk: Desk, name: str, base: str, by: str) -> Saving:
    """Record that somebody has read a translation, with the notes printed beside it, and found it right.

    `base` is the `digest_of_read` of what they were shown. Raises UsageError for a pseudonym that cannot stand in a PO
    file, for an empty translation, and for their own.
    """

    def read(unit: Unit) -> Unit:
        if not unit.target.strip():
            raise UsageError("there is no translation to approve; translate the sentence first")
        if readings.is_translator(unit, by):
            raise UsageError("this is your own translation; somebody else has to read it")
        confirmed = readings.confirmed(unit)
        return readings.added(confirmed, by, session.day) if readings.may_read(confirmed, by) else confirmed

    if not readings.NAME.fullmatch(by):
        raise UsageError("say first who you are: a pseudonym, one word, never your real name")
    return _changed(session, desk, {name: _Wish(base, read, digest=readings.digest_of_read)})[name]


def accept(session: Session, desk: Desk, name: str, base: str, check: str, reason: str) -> Saving:
    """Accept what a check finds in a translation; raise UsageError without a reason, or for a check there is not."""
    if check not in checks.CHECKS.names():
        raise UsageError(f"there is no check {check!r}")
    if not (why := " ".join(reason.split())):
        raise UsageError("say why the finding is no mistake")
    _require_comment(why)
    note = f"{acceptance.CHECK}: {check} ok — {why}"
    return _change(session, desk, name, base, lambda unit: replace(unit, notes=(*unit.notes, note)))


def remark(session: Session, desk: Desk, name: str, text: str) -> Saving:
    """Add a comment for other translators to a unit; what would say something to the program only quotes that."""
    notes = with_plain_line_ends(text).split("\n")
    _require_comment(text)
    return _change(session, desk, name, None, lambda unit: replace(unit, notes=incoming.with_notes(unit.notes, notes)))


def put_back(session: Session, desk: Desk, done: Mapping[str, Saving]) -> Savings:
    """Make units what they were before they were saved, each that nobody has changed since, in whatever way."""

    def back(before: Unit) -> Change:
        return lambda unit: replace(unit, **{field: getattr(before, field) for field in _SAID})

    wishes = {
        name: _Wish(None, back(one.before), since=one.after) for name, one in done.items() if one.before and one.after
    }
    return _changed(session, desk, wishes)


_SAID = ("target", "state", "origin", "notes", "previous", "flags")
"""What people and programs say in an entry of a PO file; the rest of it comes from the document."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A unit by its name, and its translation with some words replaced."""

    name: str
    unit: Unit
    text: str


def replacements(desk: Desk, words: str, by: str) -> list[Rewriting]:
    """Return the translations that some words stand in, to the letter, with others in their place.

    Raises UsageError when one would become too long, or all are more than a page can show.
    """
    affected = [
        (name, unit)
        for name, unit in zip(desk.names, desk.units, strict=True)
        if words and words in unit.target and unit.state is not State.COPIED
    ]
    shown = sum(len(unit.target) + unit.target.count(words) * (_FOR_A_PLACE + len(by)) for _, unit in affected)
    if shown > MOST_SHOWN:
        raise UsageError("these words stand in more places than a page can show; replace fewer words")
    found = (Rewriting(name, unit, _replaced(unit.target, words, by)) for name, unit in affected)
    return [one for one in found if one.text.strip() and one.text != one.unit.target]


def _replaced(text: str, words: str, by: str) -> str:
    if len(text) + text.count(words) * (len(by) - len(words)) > MOST_IN_A_TEXT:
        raise UsageError(f"a translation would have more than {MOST_IN_A_TEXT:,} characters; replace fewer words")
    return text.replace(words, by)


def replace_words(session: Session, desk: Desk, chosen: Iterable[Rewriting], by: str) -> Savings:
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


def _require_comment(text: str) -> None:
    if len(text) > LONGEST_COMMENT:
        raise UsageError(f"a comment has at most {LONGEST_COMMENT:,} characters; shorten it")
    _require_text(Line("", "", "", text))


def _require_text(line: Line) -> None:
    try:
        (line,) = bounded([line])
    except PipelineError as error:
        raise UsageError(str(error)) from None
    if line.fault:
        raise UsageError(line.fault.partition(": ")[2] or line.fault)


def _translated(unit: Unit, text: str, typed: TypedText) -> Unit:
    if not typed.is_done:
        if text == unit.target and unit.state.is_fuzzy:
            return unit
        waiting = replace(unit, target=text, state=State.DOUBT)
        waiting = replace(waiting, origin=origin.told(waiting))
        # Whoever wrote it is no reader of it, however unfinished they called it.
        return readings.translated(waiting, typed.by) if typed.by and text != unit.target else waiting
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
    """A change of a unit whose `digest` is `base`, or whose translation is `wanted` already; any, if `base` is None.

    With `since`, of one that still says what that says.
    """

    base: str | None
    change: Change
    wanted: str = ""
    since: Unit | None = None
    digest: Callable[[Unit], str] = lambda unit: origin.digest(unit.target)

    def of(self, unit: Unit, day: str) -> Saving:
        if self._is_another(unit):
            return Saving(SavingOutcome.CONFLICT)
        new = catalogues.dated(self.change(unit), day)
        return Saving(SavingOutcome.SAME) if new == unit else Saving(SavingOutcome.SAVED, unit, new)

    def _is_another(self, unit: Unit) -> bool:
        if self.since is not None and any(getattr(unit, field) != getattr(self.since, field) for field in _SAID):
            return True
        return self.base is not None and self.digest(unit) != self.base and unit.target != self.wanted


def _changed(session: Session, desk: Desk, wishes: Mapping[str, _Wish]) -> Savings:
    """Change units of the PO file as it is on disk; return what became of each."""
    savings: Savings = {}

    def remade(catalogue: Catalogue) -> Catalogue:
        savings.update(dict.fromkeys(wishes, Saving(SavingOutcome.GONE)))
        units = list(catalogue.units)
        for place, name in enumerate(desk.names if catalogue is desk.catalogue else names(catalogue)):
            if name in wishes:
                savings[name] = wishes[name].of(units[place], session.day)
                units[place] = savings[name].after or units[place]
        return replace(catalogue, units=tuple(units))

    with session.locked():
        now = catalogues.renewed(session, desk.current)
        new = remade(now.catalogue)
        if any(one.outcome is SavingOutcome.SAVED for one in savings.values()):
            catalogues.save(session, now, new, remade)
    return savings


def _change(session: Session, desk: Desk, name: str, base: str | None, change: Change, wanted: str = "") -> Saving:
    return _changed(session, desk, {name: _Wish(base, change, wanted)})[name]
