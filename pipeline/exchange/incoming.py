"""A table that came back → catalogue: a merge of three, for a person's work is on both sides.

The third is what went out, of which a line's id holds a digest. Nothing that came back
overwrites what was written here since, and nothing is reviewed that was not said to be.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.catalogue import leverage, readings
from pipeline.catalogue.matching import LEAST, ByWord
from pipeline.catalogue.origin import changed, doubt, is_untouched
from pipeline.errors import ExchangeError
from pipeline.exchange.bounds import MOST_REPEATED
from pipeline.exchange.table import NO_TEXT, Line, parse_id, said_of_old, unit_id, went_out
from pipeline.model import Catalogue, Kind, State, Unit
from pipeline.text import markup
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import fold, is_respelling, wording
from pipeline.text.similarity import similarity

CAME_BACK = "another translation came back: "
"""What a translator's comment begins with that holds the other of two versions."""

FROM_OUTSIDE = "from outside: "
"""What stands before a comment that came back and would else be more than a comment."""

_CONTEXTS = (*leverage.STATED, *(kind.value for kind in Kind))
"""In which a sentence may stand."""

OUTSIDE, BOTH = doubt("returned by a volunteer"), doubt("changed both here and by the volunteer")
"""Why what came back waits for review."""


class ArrivalOutcome(StrEnum):
    """What became of a line. `conflict`, `emptied`, `unknown` and `left out` are for a person to look at."""

    TAKEN = "taken"
    OFFERED = "offered"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    NOTED = "noted"
    SAME = "same"
    CONFLICT = "conflict"
    EMPTIED = "emptied"
    UNKNOWN = "unknown"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line that came back, the unit it belongs to, as it is now, and what became of it."""

    line: Line
    unit: Unit | None
    outcome: ArrivalOutcome


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of all that came back: that it is `reviewed` even if its format does not say so, by whom, and when.

    With a pseudonym as `by`, what that person changed is noted as theirs, and what they read and left as it
    was as their reading of that `day` (ISO 8601).
    """

    reviewed: bool = False
    by: str = ""
    day: str = ""


NOTHING_SAID = Said()


def merge(catalogue: Catalogue, lines: Iterable[Line], said: Said = NOTHING_SAID) -> tuple[Catalogue, list[Arrival]]:
    """Return the catalogue with what came back, and what became of every line.

    A sentence that was reworded since it went out is offered what came back; a line that names no
    sentence of the catalogue, and is like none, is unknown. Raises ExchangeError when very many are for one sentence.
    """
    incoming = _Incoming(catalogue, said)
    arrivals = [Arrival(line, *incoming.take(line)) for line in lines]
    return replace(catalogue, units=tuple(incoming.units.values()), obsolete=tuple(incoming.gone.values())), arrivals


class _Incoming:
    """The work of `merge`: the units in the document and those that have left it, by their ids."""

    def __init__(self, catalogue: Catalogue, said: Said) -> None:
        def name(unit: Unit) -> str:
            return unit_id(catalogue.document_id, catalogue.target_lang, unit)

        self.document_id, self.target_lang = catalogue.document_id, catalogue.target_lang
        self.units = {name(unit): unit for unit in catalogue.units}
        self.gone: dict[str, Unit] = {}
        for unit in catalogue.obsolete:
            # Of two translations of one sentence the first is the one that would come back.
            self.gone[name(unit) if name(unit) not in self.gone else f"{len(self.gone)}"] = unit
        self.by_wording: dict[str, list[str]] = {}
        for one, unit in self.units.items():
            for words in {wording(unit.source), wording(markup.unsigned(unit).source)}:
                self.by_wording.setdefault(words, []).append(one)
        self.by_word = ByWord[tuple[int, str]]()
        self.by_previous: dict[str, dict[int, str]] = {}
        self.places = {one: place for place, one in enumerate(self.units)}
        for one, unit in self.units.items():
            self.by_word.put(unit.source, (self.places[one], one))
            self._remember(one, unit)
        self.said = said
        self.counts: Counter[str] = Counter()

    def _remember(self, name: str, unit: Unit) -> None:
        if unit.previous:
            self.by_previous.setdefault(unit.previous, {})[self.places[name]] = name

    def take(self, line: Line) -> tuple[Unit | None, ArrivalOutcome]:
        """Put a line where it belongs; return the unit it went to, and what became of it."""
        name, base = parse_id(line.id) or ("", "")
        place = name if name in self.units else self._respelled(line) if name else ""
        if place:
            said = replace(self.said, reviewed=self.said.reviewed and place not in self.counts)
            self._count(place)
            unit = self.units[place]
            line = line.with_signs() if unit.marks else line
            line = _turned(line, unit)
            if is_of_another_sentence(line, unit):  # nobody has found the translation right of this one
                line, said = replace(line, state=State.DOUBT), replace(said, reviewed=False)
            self.units[place], outcome = _taken(unit, line, base, said)
            return self.units[place], outcome
        if line.fault:
            return self.gone.get(name), ArrivalOutcome.LEFT_OUT
        if not name or not line.target.strip():
            return None, ArrivalOutcome.UNKNOWN
        is_same = went_out(line.target, base)
        outcome = ArrivalOutcome.SAME if is_same else ArrivalOutcome.UNKNOWN
        if name in self.gone:
            self._count(name)
            self.gone[name], outcome = _taken(self.gone[name], line, base, self.said)
        heir = "" if is_same else self._heir(line)
        if not heir or self.counts[heir] == MOST_REPEATED:
            return self.gone.get(name), outcome
        self._count(heir)
        self._keep(name, line)
        self.units[heir], outcome = _offered(self.units[heir], line, base)
        self._remember(heir, self.units[heir])
        return self.units[heir], outcome

    def _keep(self, name: str, line: Line) -> None:
        """Keep a text with the sentence it is of, also where that left no trace, for it was never translated here."""
        of = self.document_id, self.target_lang
        found = (Unit(context, line.source, line.target, State.DOUBT, OUTSIDE) for context in _CONTEXTS)
        if name not in self.gone and (unit := next((one for one in found if unit_id(*of, one) == name), None)):
            self.gone[name] = unit

    def _count(self, name: str) -> None:
        """Count a line for the sentence it goes to; raise ExchangeError for one too many.

        Each may add a comment. The ids of lines say nothing of that: many may lead to one sentence.
        """
        self.counts[name] += 1
        if self.counts[name] > MOST_REPEATED:
            source = (self.units.get(name) or self.gone[name]).source
            raise ExchangeError(f"«{excerpt(source)}»: more than {MOST_REPEATED} lines are for it; leave one of them")

    def _respelled(self, line: Line) -> str:
        """Return the id of the one sentence that differs from a line's in spelling alone; empty if there is none."""
        found = self.by_wording.get(wording(line.source), [])
        return found[0] if len(found) == 1 else ""

    def _heir(self, line: Line) -> str:
        """Return the id of what a line's sentence has become, if nobody has translated that but who had a table."""
        found = {*self.by_previous.get(line.source, {}).items(), *self.by_word.sharing(line.source)}
        alike = [(name, self.units[name]) for _, name in sorted(found)]
        scores = {
            name: 101 if unit.previous == line.source else similarity(fold(unit.source), fold(line.source), LEAST)
            for name, unit in alike
            if not unit.target or is_untouched(unit) or _is_disputed(unit)
        }
        best = max(scores, key=lambda name: scores[name], default="")
        return best if best and scores[best] else ""


def is_of_another_sentence(line: Line, unit: Unit) -> bool:
    """Whether a line has the wording of a unit, but another vowel or number: «کِشت» is not «کُشت»."""
    its = [text for text in (unit.source, markup.unsigned(unit).source) if wording(text) == wording(line.source)]
    return bool(its) and not any(is_respelling(line.source, text) for text in its)


def _turned(line: Line, unit: Unit) -> Line:
    """Return a line with its sides as they were, when source and translation have changed places."""
    sides = wording(line.target), wording(line.source)
    is_turned = sides[0] == wording(unit.source) != sides[1] and line.target != unit.target
    return replace(line, source=line.target, target=line.source) if is_turned else line


def _offered(unit: Unit, line: Line, base: str) -> tuple[Unit, ArrivalOutcome]:
    """Return a unit that is offered what came back for a sentence like it; beside what others were offered it for."""
    noted = replace(unit, notes=with_notes(unit.notes, line.note.split("\n")))
    is_of_a_person = _is_disputed(unit) or (unit.state is State.CHANGED and not went_out(unit.target, base))
    if is_of_a_person and _same(line.target, unit.target):
        return noted, ArrivalOutcome.OFFERED
    if is_of_a_person:
        return _beside(noted, line.target), ArrivalOutcome.CONFLICT
    score = similarity(fold(unit.source), fold(line.source))
    where = changed(f"{math.floor(score)}% similar", line.target)
    offered = replace(noted, target=line.target, state=State.CHANGED, origin=where, previous=line.source)
    return offered, ArrivalOutcome.OFFERED


def _is_disputed(unit: Unit) -> bool:
    """Whether somebody is to say which of several translations holds; whoever takes the mark away has said it."""
    return unit.state is State.DOUBT and unit.origin == BOTH


def _beside(unit: Unit, other: str) -> Unit:
    """Return a unit with its own translation, and the other as a comment: which holds, a person says."""
    notes = with_notes(unit.notes, (CAME_BACK + other).split("\n"))
    return replace(unit, notes=notes, state=State.DOUBT, origin=BOTH)


def _taken(unit: Unit, line: Line, base: str, said: Said) -> tuple[Unit, ArrivalOutcome]:
    noted = replace(unit, notes=with_notes(unit.notes, line.note.split("\n")))
    otherwise = ArrivalOutcome.NOTED if noted != unit else ArrivalOutcome.SAME
    is_same = _same(line.target, unit.target)
    if line.fault and not (is_same and line.target and line.fault.endswith(NO_TEXT)):
        return noted, ArrivalOutcome.LEFT_OUT  # as words that are struck through: nobody stands behind them
    state = _said(unit, line, base, said)
    if is_same:
        is_theirs = not went_out(line.target, base)
        said = replace(said, by="") if has_unseen_notes(unit, line) else said
        return _confirmed(noted, state, said, otherwise, is_theirs=is_theirs)
    if went_out(line.target, base):
        return noted, otherwise  # it came back as it went out; ours is newer
    if not line.target.strip():
        return noted, ArrivalOutcome.EMPTIED
    if unit.target and not went_out(unit.target, base):
        return _beside(noted, line.target), ArrivalOutcome.CONFLICT
    doubted = replace(noted, target=line.target, state=State.DOUBT, origin=OUTSIDE)
    # Whoever wrote it is no reader of it, whether they stand behind it or not.
    doubted = readings.translated(doubted, said.by) if said.by else doubted
    if not state.is_done:
        return doubted, ArrivalOutcome.TAKEN
    taken = replace(noted, target=line.target, state=State.TRANSLATED, origin="", previous="")
    taken = readings.translated(taken, said.by) if said.by else readings.settled(taken)
    return (doubted if _counts_unread(taken, said) else taken), ArrivalOutcome.TAKEN


def has_unseen_notes(unit: Unit, line: Line) -> bool:
    """Whether a note is printed with a translation that whoever had the table did not see: it came since."""
    seen = "".join(line.note.split())
    return any("".join(note.split()) not in seen for note in unit.notes if readings.PRINTED.match(note))


def _counts_unread(unit: Unit, said: Said) -> bool:
    """Whether a text that somebody brings back would count as reviewed, for it was read before another took its place.

    It may be wrong for all that; who has read what they sent says so with the file.
    """
    return unit.state is State.REVIEWED and not said.reviewed


def _said(unit: Unit, line: Line, base: str, said: Said) -> State:
    """Return what is said of a line's translation, by those who had the table.

    What that said when it went out, nobody has said anew: not of what is the same, nor of what was marked here since.
    """
    if said.reviewed:
        return State.REVIEWED
    state = line.state or State.DOUBT
    is_same_or_marked = unit.state.is_fuzzy or _same(line.target, unit.target)
    return State.DOUBT if is_same_or_marked and said_of_old(state, base) else state


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same but for the characters that end their lines: formats keep them or not."""
    return _LINE_END.sub("\n", one) == _LINE_END.sub("\n", other)


_LINE_END = re.compile("\r\n?")


def _confirmed(
    unit: Unit, state: State, said: Said, otherwise: ArrivalOutcome, *, is_theirs: bool
) -> tuple[Unit, ArrivalOutcome]:
    """Return a unit whose target came back as it is, and is said to be right; `is_theirs` when it did not go out so."""
    confirmed, outcome = unit, otherwise
    # A table says «reviewed» of what was so when it went out, too: that is nobody's new reading.
    is_read = said.by and state.is_reviewed and (said.reviewed or not unit.state.is_reviewed)
    if state.is_done and unit.state.is_fuzzy:
        confirmed = readings.confirmed(unit)
        is_brought = is_theirs or (unit.origin == OUTSIDE and not is_read)
        if is_brought and _counts_unread(confirmed, said):
            return unit, otherwise
        outcome = ArrivalOutcome.TRANSLATED
    if is_read and is_theirs and not readings.translator_of(confirmed):
        # They typed it in this very file, which was imported before without their name: that is no reading of theirs.
        return readings.translated(confirmed, said.by), outcome
    if is_read and readings.may_read(confirmed, said.by):
        confirmed = readings.added(confirmed, said.by, said.day)
        outcome = ArrivalOutcome.REVIEWED if confirmed.state is State.REVIEWED else outcome
    return confirmed, outcome


def _is_keyed(note: str) -> bool:
    """Whether a comment begins as those do that programs understand: with a word and a colon, and is no link."""
    key, _ = readings.stated(note)
    return key.isalpha() and key.lower() not in _WEB


_WEB = ("http", "https")
"""What stands before the colon of a link; any other word is a program's, whatever follows: «note://…» is printed."""


def with_notes(notes: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    """Return a translator's comments and those that came back; no new one says anything to a program.

    «read: reza» would be a reading, «check: dates ok» accept a finding, «note: …» be printed. Only people here do that.
    """
    known = dict.fromkeys(notes)
    came = (other.strip() for other in others)
    own = (f"{FROM_OUTSIDE}{one}" if one not in known and _is_keyed(one) else one for one in came if one)
    return (*known, *(one for one in dict.fromkeys(own) if one not in known))
