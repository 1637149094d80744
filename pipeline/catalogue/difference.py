"""What a merge did to a catalogue, for a person to read: one line for each unit that has changed."""

from collections.abc import Iterator
from operator import attrgetter

from pipeline.catalogue import origin, readings
from pipeline.model import Catalogue, Unit
from pipeline.text.excerpt import excerpt
from pipeline.text.rewording import LONGEST, Change, changes

_WIDTH = 72
_AROUND = 3
"""Words shown on either side of a change."""
_READ = attrgetter("source", "target", "state", "notes")


def lines(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """Yield what differs: «+» came in, «~» has another text or state, «<» came back, «-» left."""
    active = {unit.key: unit for unit in old.units}
    retired = {unit.key for unit in old.obsolete}
    by_line = {unit.line: unit for unit in old.units if unit.line}
    for unit in new.units:
        before = active.get(unit.key) or by_line.get(unit.line)
        if before is None:
            mark = "<" if unit.line and unit.key in retired else "+"
            yield f"{mark} {_where(unit)}{_quoted(unit.source)}  [{_state(unit)}]"
        elif _READ(before) != _READ(unit):
            yield f"~ {_where(unit)}{_quoted(unit.source)}  [{_state(before)} → {_state(unit)}]"
        if unit.previous and (before is None or before.previous != unit.previous):
            yield f"    {_reworded(unit.previous, unit.source)}"
        if unit.target and (before is None or before.target != unit.target):
            yield f"    → {_quoted(unit.target)}"
        yield from (f"    {_quoted(note)}" for note in new_notes(before, unit))
    here = {unit.key for unit in new.units} | {unit.line for unit in new.units if unit.line}
    for unit in old.units:
        if unit.key not in here and unit.line not in here:
            yield f"- {_quoted(unit.source)}  [{_state(unit)}, {'kept as obsolete' if unit.target else 'was empty'}]"


def new_notes(before: Unit | None, unit: Unit) -> list[str]:
    """Return the notes that are printed with a unit and were not before."""
    known = before.notes if before else ()
    return [note for note in unit.notes if note not in known and readings.PRINTED.match(note)]


def _reworded(before: str, now: str) -> str:
    """Return what changed between two wordings, word by word: «… [-gone-] {+new+} …»."""
    if max(len(before.split()), len(now.split())) > LONGEST:
        return f"was {_quoted(before)}"
    runs = list(changes(before, now))
    parts = []
    for index, (kind, words) in enumerate(runs):
        if kind is Change.KEPT:
            parts += _around(words, first=index == 0, last=index == len(runs) - 1)
        else:
            parts.append(f"[-{' '.join(words)}-]" if kind is Change.GONE else f"{{+{' '.join(words)}+}}")
    return " ".join(parts)


def _around(words: list[str], *, first: bool, last: bool) -> list[str]:
    """Return of the words that stayed those next to a change."""
    if first and len(words) > _AROUND:
        return ["…", *words[-_AROUND:]]
    if last and len(words) > _AROUND:
        return [*words[:_AROUND], "…"]
    return words if len(words) <= 2 * _AROUND else [*words[:_AROUND], "…", *words[-_AROUND:]]


def _state(unit: Unit) -> str:
    before = origin.read(unit.origin) if unit.state.is_fuzzy else None
    return str(before) if before and before.state is unit.state else str(unit.state)


def _where(unit: Unit) -> str:
    return f"{unit.locations[0].short}: " if unit.locations else ""


def _quoted(text: str) -> str:
    return f"«{excerpt(text, _WIDTH)}»"
