"""A table that came back → catalogue: a merge of three, for a person's work is on both sides.

The third is what went out, of which a line's id holds a digest. Nothing that came back
overwrites what was written here since, and nothing is reviewed that was not said to be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.exchange import Line, parse_id, unit_id
from pipeline.model import Catalogue, State, Unit
from pipeline.origin import digest

CAME_BACK = "another translation came back: "
"""What a translator's comment begins with that holds the other of two versions."""


class Outcome(StrEnum):
    """What became of a line. `conflict`, `emptied` and `unknown` are for a person to look at."""

    TAKEN = "taken"
    REVIEWED = "reviewed"
    NOTED = "noted"
    SAME = "same"
    CONFLICT = "conflict"
    EMPTIED = "emptied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line that came back, the unit it belongs to, as it is now, and what became of it."""

    line: Line
    unit: Unit | None
    outcome: Outcome


def merge(catalogue: Catalogue, lines: Iterable[Line], *, reviewed: bool = False) -> tuple[Catalogue, list[Arrival]]:
    """Return the catalogue with what came back, and what became of every line.

    A line whose id names no unit of the catalogue is unknown. With `reviewed`, what came back
    is reviewed even if its format does not say so.
    """
    units = {unit_id(catalogue.document_id, catalogue.target_lang, unit): unit for unit in catalogue.units}
    arrivals, seen = [], set()
    for line in lines:
        known = parse_id(line.id)
        if known is None or known[0] not in units:
            arrivals.append(Arrival(line, None, Outcome.UNKNOWN))
            continue
        name, base = known
        unit, outcome = _taken(units[name], line, base, reviewed and name not in seen)
        seen.add(name)
        units[name] = unit
        arrivals.append(Arrival(line, unit, outcome))
    return replace(catalogue, units=tuple(units.values())), arrivals


def _taken(unit: Unit, line: Line, base: str, reviewed: bool) -> tuple[Unit, Outcome]:
    noted = replace(unit, notes=_with_notes(unit.notes, line.note.split("\n")))
    otherwise = Outcome.NOTED if noted != unit else Outcome.SAME
    is_reviewed = reviewed or line.reviewed is True
    if line.target == unit.target:
        if is_reviewed and unit.state.is_fuzzy:
            return replace(noted, state=State.REVIEWED, previous=""), Outcome.REVIEWED
        return noted, otherwise
    if digest(line.target) == base:
        return noted, otherwise  # it came back as it went out; ours is newer
    if not line.target.strip():
        return noted, Outcome.EMPTIED
    if unit.target and digest(unit.target) != base:
        comment = CAME_BACK + line.target
        return replace(noted, notes=_with_notes(noted.notes, comment.split("\n")), state=State.DOUBT), Outcome.CONFLICT
    state = State.REVIEWED if is_reviewed else State.DOUBT
    previous = "" if is_reviewed else unit.previous
    return replace(noted, target=line.target, state=state, origin="", previous=previous), Outcome.TAKEN


def _with_notes(notes: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*notes, *(other.strip() for other in others if other.strip()))))
