"""Who has read a translation: `# read: NAME 2026-11-28 [digest]`, a translator's comment in the PO file.

A person who takes the fuzzy mark away has translated; the sentence is reviewed when somebody
else has read it. Translators' comments are the one place that Poedit, Weblate, OmegaT and
msgmerge all keep. A reading holds for the source and target of its digest, and the notes that are printed with them,
and lapses when any of these changes; a name alone, written by hand, is dated by the next command that saves.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.catalogue import origin
from pipeline.model import State, Unit
from pipeline.text.orthography import wording

READ, TRANSLATED = "read", "translated"
"""What a comment begins with, before a colon: who read it; who translated it."""

PRINTED = re.compile(r"note:\s*", re.IGNORECASE)
"""How a translator's comment begins that is printed on the page, and may be seen by everybody."""

NAME = re.compile(r"[^\W_](?:[\w.-]{0,38}\w)?")
"""A pseudonym: one word of at most 40 letters, digits, full stops and hyphens."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGEST = re.compile(r"\[([0-9a-f]{16})\]")
_UNDERSTOOD = re.compile(rf"{NAME.pattern}(?:\s+{_DAY.pattern}\s+{_DIGEST.pattern})?")
"""What a reading says behind its colon, as `_reading` takes it."""


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Somebody's reading. `day` and `digest` are empty while it is a name that a person wrote."""

    name: str
    day: str = ""
    digest: str = ""

    def __str__(self) -> str:
        return f"{READ}: {self.name}" + (f" {self.day} [{self.digest}]" if self.digest else "")


def digest(unit: Unit) -> str:
    """Return 16 hexadecimal digits for a unit's source and target; the spelling of the source does not count."""
    return _digest(unit.source, unit.target)


def digest_of_read(unit: Unit) -> str:
    """Return the digest of what somebody reads: of the notes too that are printed, for nobody else looks at them."""
    printed = {PRINTED.sub("", note, count=1).strip() for note in unit.notes if PRINTED.match(note)}
    return _digest(unit.source, "\0".join((unit.target, *sorted(printed))))


@lru_cache(maxsize=16)
def _digest(source: str, target: str) -> str:
    # Every comment of a unit may ask for it, and a PO file may have thousands.
    return origin.digest(f"{wording(source)}\0{target}")


def stated(note: str) -> tuple[str, str]:
    """Return what stands before the colon of a comment, and behind it; two empty texts where there is none.

    Editors add the sign of a comment, and people type it: «# read: sara» comes as the comment of a comment. Some
    write the first word with a capital.
    """
    key, colon, rest = note.lstrip("# ").partition(":")
    return (key.strip(), rest.strip()) if colon else ("", "")


def read(note: str) -> ReadingNote | None:
    """Return the reading that a translator's comment records; None when it records none, or is not understood."""
    return _reading(*stated(note))


def _reading(key: str, rest: str) -> ReadingNote | None:
    words = rest.split()
    if key.lower() != READ or not words or not NAME.fullmatch(words[0]):
        return None
    if len(words) == 1:
        return ReadingNote(words[0])
    mark = _DIGEST.fullmatch(words[-1])
    return ReadingNote(words[0], words[1], mark[1]) if mark and len(words) == 3 and _DAY.fullmatch(words[1]) else None


def is_misunderstood(note: str) -> bool:
    """Whether a comment looks like the record of a reading or of a translator, and is none."""
    key, rest = stated(note)
    if key.lower() not in (READ, TRANSLATED):
        return False
    return not (NAME if key == TRANSLATED else _UNDERSTOOD).fullmatch(rest)


def readers(unit: Unit) -> tuple[str, ...]:
    """Return who has read a unit as it stands, each once; its translator is no reader of it."""
    if not any(READ in note.lower() for note in unit.notes):
        return ()
    by_name = {_folded(reading.name): reading.name for reading in _held(unit)}
    translators = set(map(_folded, _translators(unit)))
    return tuple(name for folded, name in by_name.items() if folded not in translators)


def _held(unit: Unit) -> list[ReadingNote]:
    """Return the readings that hold for a unit as it stands."""
    marks = "", digest_of_read(unit)
    return [reading for reading in map(read, unit.notes) if reading and reading.digest in marks]


def last_day(unit: Unit) -> str:
    """Return the day of the last reading that holds for a unit as it stands; empty where one has no day yet."""
    days = [reading.day for reading in _held(unit)]
    return max(days, default="") if all(days) else ""


def had_lapsed(unit: Unit, before: Unit) -> bool:
    """Whether the readings that hold for a unit stood in its comments before, when it said something else."""
    return set(map(str, _held(unit))) <= set(map(str, filter(None, map(read, before.notes))))


def translator_of(unit: Unit) -> str:
    """Return the pseudonym of whoever translated a unit, as its comment states it; empty if none does."""
    return next(reversed(_translators(unit)), "")


def is_translator(unit: Unit, name: str) -> bool:
    """Whether somebody translated a unit, alone or with others, as its comments state it."""
    return any(is_by(translator, name) for translator in _translators(unit))


def _translators(unit: Unit) -> list[str]:
    """Return the names that stand first in the comments on who translated a unit, whatever follows them."""
    words = (rest.split()[:1] for key, rest in map(stated, unit.notes) if key.lower() == TRANSLATED)
    return [word.rstrip(".,;") for found in words for word in found]


def is_read_by(unit: Unit, name: str) -> bool:
    """Whether somebody has read a unit as it stands."""
    return any(is_by(reader, name) for reader in readers(unit))


def may_read(unit: Unit, name: str) -> bool:
    """Whether a reading by somebody would be a new one: they did not translate the unit, nor read it as it stands."""
    if unit.state not in (State.TRANSLATED, State.REVIEWED) or is_translator(unit, name):
        return False
    return not is_read_by(unit, name)


def records(unit: Unit) -> tuple[str, ...]:
    """Return the comments that record the translators of a unit, and the readings that hold, as of its text alone.

    One without a day yet is left out: where it came to, it would be taken as of the notes that are printed there.
    """
    alone = (str(replace(reading, digest=digest(unit))) for reading in _held(unit) if reading.digest)
    return (*alone, *(f"{TRANSLATED}: {name}" for name in filter(None, _translators(unit))))


def settled(unit: Unit) -> Unit:
    """Return a unit with the state that its readings give it: translated or reviewed."""
    if unit.state not in (State.TRANSLATED, State.REVIEWED):
        return unit
    state = State.REVIEWED if readers(unit) else State.TRANSLATED
    return unit if state is unit.state else replace(unit, state=state)


def confirmed(unit: Unit) -> Unit:
    """Return a unit that a person finds right as it stands: a draft, or what is in doubt, becomes translated."""
    return settled(replace(unit, state=State.TRANSLATED, previous="")) if unit.state.is_fuzzy else unit


def added(unit: Unit, name: str, day: str) -> Unit:
    """Return a unit that somebody has read on a `day` (ISO 8601), in place of earlier readings of theirs."""
    others = [note for note in unit.notes if not _is_by(note, name)]
    reading = ReadingNote(name, day, digest_of_read(unit))
    return settled(replace(unit, notes=(*others, str(reading))))


def without(unit: Unit) -> Unit:
    """Return a unit without the readings that its comments record."""
    return replace(unit, notes=tuple(note for note in unit.notes if not read(note)))


def translated(unit: Unit, name: str) -> Unit:
    """Return a unit that somebody has translated, in place of what was stated of its translator."""
    others = [note for note in unit.notes if stated(note)[0].lower() != TRANSLATED]
    return settled(replace(unit, notes=(*others, f"{TRANSLATED}: {name}")))


def dated(unit: Unit, day: str) -> Unit:
    """Return a unit with a day and a digest for every reading that has none.

    Those of drafts, doubts and empty units too: nobody has read what a translator will write there.
    """
    if not any(READ in note.lower() for note in unit.notes):
        return unit
    undated = {note: reading.name for note in unit.notes if (reading := read(note)) and not reading.digest}
    if not undated:
        return unit
    mark = digest_of_read(unit)
    notes = (str(ReadingNote(undated[note], day, mark)) if note in undated else note for note in unit.notes)
    return replace(unit, notes=tuple(notes))


def is_by(name: str, other: str) -> bool:
    """Whether two pseudonyms are one."""
    return _folded(name) == _folded(other)


def _is_by(note: str, name: str) -> bool:
    reading = read(note)
    return reading is not None and is_by(reading.name, name)


def _folded(name: str) -> str:
    """Return what is equal for pseudonyms that are typed alike: «علی» and «علي», «Reza» and «reza»."""
    return wording(name).casefold()
