"""A seminar as its organisers write it (TOML): what is read of it, and the document that is made of it."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pipeline import tables
from pipeline.errors import PipelineError
from pipeline.languages import WESTERN_DIGITS, Language
from pipeline.model import Block, Kind
from pipeline.tables import Line, Rule, TableFault, are_different
from pipeline.text import dates

MOST = 2_000
"""Entries of the agenda, or people."""

SUFFIX = ".seminar"
"""Of the document that is made of a seminar's file."""

ALL_TERMS = "*"
"""In the glossary: every term of the termbase."""

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9](\s?[-–]\s?([01]?[0-9]|2[0-3]):[0-5][0-9])?")
_Time = Annotated[str, Rule("a time", '"09:30" or "09:30–10:15"', lambda text: bool(_TIME.fullmatch(text)))]


def _is_day(day: object) -> bool:
    """Whether it is a day that every calendar knows."""
    return type(day) is datetime.date and 1900 <= day.year <= 2999


_Day = Annotated[object, Rule("a day", "2026-11-28", _is_day)]
_Names = Annotated[tuple[str, ...], Rule("a list of different texts", '["…"]', are_different)]


def is_one(file: str) -> bool:
    """Whether a file is the document of a seminar, by its name; some disks and programs write endings in capitals."""
    return file.lower().endswith(SUFFIX)


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """What happens at a time; `day` is one of the seminar's, where it has several."""

    time: _Time
    title: Line
    speaker: Line | None = None
    day: _Day = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who takes part; `names` are how the name is written in other languages, by their codes."""

    name: Line
    names: dict[str, Line] = field(default_factory=dict)
    role: Line | None = None
    organisation: Line | None = None
    languages: _Names = ()


@dataclass(frozen=True, slots=True)
class Seminar:
    """A seminar; `documents` are ids of speeches and subtitles, `glossary` terms of the termbase."""

    title: Line
    organiser: Line | None = None
    place: Line | None = None
    days: Annotated[tuple[object, ...], Rule("a list of days", "[2026-11-28]")] = ()
    languages: _Names = ()
    documents: _Names = ()
    glossary: _Names = ()
    agenda: tuple[AgendaEntry, ...] = ()
    people: tuple[Attendee, ...] = ()

    @property
    def dates(self) -> tuple[str, ...]:
        """Its days in ISO 8601."""
        return tuple(str(day) for day in self.days)


def read(
    content: bytes,
    name: str,
    error: type[PipelineError],
    check: Callable[[Seminar], Iterable[TableFault]] = lambda _: (),
) -> Seminar:
    """Return what a file says; raise `error` with every fault, its line and remedy. `check` finds more of them."""
    return tables.read(Seminar, content, name, error, lambda seminar: [*_faults(seminar), *check(seminar)])


def _faults(seminar: Seminar) -> Iterator[TableFault]:
    for day in seminar.days:
        if not _is_day(day):
            yield TableFault.at(f"{tables.shown(day)} is not a day from 1900 on; write: days = [2026-11-28]", "days")
    known = frozenset(seminar.dates)
    for index, entry in enumerate(seminar.agenda):
        if entry.day is not None and str(entry.day) not in known:
            text = f"{entry.day} is none of the days; write it into days, or take it out"
            yield TableFault(text, (("agenda", index, "day"),))
    for key, entries in (("agenda", seminar.agenda), ("people", seminar.people)):
        if len(entries) > MOST:
            yield TableFault.at(f"more than {MOST:,} entries; divide the seminar", key)


def blocks(seminar: Seminar, language: Language) -> tuple[Block, ...]:
    """Return the blocks of a seminar's document, in the language it is written in: agenda and people as tables."""
    made = [Block(Kind.TITLE, seminar.title, 1, 1, level=1)]
    if seminar.organiser:
        made.append(_block(made, Kind.SUBTITLE, seminar.organiser))
    if seminar.place:
        made.append(_block(made, Kind.SUBTITLE, seminar.place))
    if seminar.dates:
        made.append(_block(made, Kind.DATE, days_in_words(seminar.dates, language)))
    labels = language.seminar
    if seminar.agenda:
        made.append(_block(made, Kind.HEADING, labels.agenda))
        made += _agenda(made, seminar, language)
    if seminar.people:
        made.append(_block(made, Kind.HEADING, labels.people))
        rows = [(one.name, one.role or "", one.organisation or "") for one in seminar.people]
        made.append(_table(made, (labels.name, labels.role, labels.organisation), rows))
    return tuple(made)


def _agenda(made: Sequence[Block], seminar: Seminar, language: Language) -> list[Block]:
    labels, found = language.seminar, list[Block]()
    for day in dict.fromkeys(str(entry.day or "") for entry in seminar.agenda):
        if day and len(seminar.days) > 1:
            found.append(_block([*made, *found], Kind.HEADING, dates.in_words(day, language), level=3))
        entries = [entry for entry in seminar.agenda if str(entry.day or "") == day]
        rows = [(in_digits(entry.time, language), entry.title, entry.speaker or "") for entry in entries]
        found.append(_table([*made, *found], (labels.time, labels.title, labels.speaker), rows))
    return found


def _block(made: Sequence[Block], kind: Kind, text: str, level: int = 2) -> Block:
    number = len(made) + 1
    return Block(kind, text, number, number, level=level if kind is Kind.HEADING else 0)


def _table(made: Sequence[Block], head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """Return a table without the columns that nobody has filled."""
    used = [number for number in range(len(head)) if any(row[number] for row in rows)]
    lines = ("\t".join(row[number] for number in used) for row in (head, *rows))
    number = len(made) + 1
    return Block(Kind.TABLE, "\n".join(lines), number, number, header_rows=1)


def days_in_words(days: Sequence[str], language: Language) -> str:
    """Return days (ISO 8601) as a language writes them: the first and the last."""
    ends = dict.fromkeys((min(days), max(days)))
    return " – ".join(dates.in_words(day, language) for day in ends)


def in_digits(time: str, language: Language) -> str:
    """Return a time in the digits of a language."""
    return time.translate(str.maketrans(WESTERN_DIGITS, language.digits))


def renderings(seminar: Seminar, source: Language, target: Language) -> Mapping[str, str]:
    """Return what needs no translator, by what it is in the source language: names as stated, days, times, headings."""
    known = {getattr(source.seminar, key): getattr(target.seminar, key) for key in source.seminar.__dataclass_fields__}
    if seminar.dates:
        known[days_in_words(seminar.dates, source)] = days_in_words(seminar.dates, target)
    known |= {dates.in_words(day, source): dates.in_words(day, target) for day in seminar.dates}
    known |= {in_digits(one.time, source): in_digits(one.time, target) for one in seminar.agenda}
    return known | {one.name: one.names[target.code] for one in seminar.people if target.code in one.names}
