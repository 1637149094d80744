"""The termbase of a workspace, out to other programs as TBX and in from them; nothing that people agreed is changed."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from pipeline import languages, termbase
from pipeline.app.exporting import TABLES
from pipeline.app.session import Session
from pipeline.errors import ExchangeError, PipelineError, UsageError
from pipeline.exchange import tbx
from pipeline.exchange.table import guarded
from pipeline.exchange.tbx import Concept, ConceptTerm
from pipeline.termbase import Status
from pipeline.text.orthography import folded_words
from pipeline.workspace import storage

NAME = "termbase.tbx"

_OTHERS = ("status", "note", "source")
"""Columns of the termbase that are no languages."""

_MARK = "\ufeff".encode()
"""What spreadsheet programs write before a table, and know it is UTF-8 by."""

MOST_PAIRS = 1_000_000
"""Of a term and a rendering, in a file: a concept with a hundred of each has ten thousand."""


class TermOutcome(StrEnum):
    """What became of a rendering of a file."""

    NEW = "new"
    ADMITTED = "taken as admitted: another one is preferred here"
    SAME = "known already"
    NOTED = "known already; its note is left out"
    DIFFERS = "left as it is here: its status is another one"
    LEFT_OUT = "left out: its language is not in the workspace"
    FORMULA = "left out: a spreadsheet would take it for a formula"
    OWN = "left out: forbidden in the language that the term is explained in"
    ALONE = "left out: no term in a language of the termbase beside it"


@dataclass(frozen=True, slots=True)
class TermArrival:
    """A rendering of a term that a file has, and what became of it; `term` is in the language `source`."""

    source: str
    term: str
    lang: str
    rendering: str
    status: Status
    outcome: TermOutcome


@dataclass(frozen=True, slots=True)
class _TermTable:
    """The termbase as it lies there: the names of its columns, its rows, and its bytes."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    content: bytes

    @property
    def langs(self) -> list[str]:
        return [column for column in self.columns if column not in _OTHERS]


def export(session: Session, file: Path | None = None, version: int = 2) -> int:
    """Write the termbase as TBX, into output/exchange or a file; return how many concepts it has.

    Raises PipelineError when there is no termbase, or a faulty one, and UsageError for a version that there is not.
    """
    if version not in tbx.VERSIONS:
        raise UsageError(f"--version {version}: TBX has the versions {' and '.join(map(str, tbx.VERSIONS))}")
    table = _table(session)
    if not table.rows:
        raise PipelineError(
            f"{_path(session)}: there is no termbase yet; write one, or type: pipeline terms import FILE"
        )
    others = {column for column in table.langs[1:] if not _is_language(session, column)}
    found = tbx.of_rows(table.rows, table.columns)
    concepts = [replace(one, terms=tuple(term for term in one.terms if term.lang not in others)) for one in found]
    if others:
        session.say(f"{_path(session).name}: not exported, as they are no languages: {', '.join(sorted(others))}")
    path = (file or session.config.output / TABLES / NAME).absolute()
    try:
        content = tbx.write(concepts, table.langs[0], version)
    except ExchangeError as error:
        raise ExchangeError(f"{_path(session)}: {error}") from None
    storage.require_own(path, tbx.MARK)
    with session.locked():
        if not (path.is_file() and path.read_bytes() == content):
            if not session.dry_run:
                storage.write(path, content)
            session.wrote(path)
    return len(concepts)


def _is_language(session: Session, column: str) -> bool:
    """Whether a column of the termbase is a language; others have what concerns nobody else: who proposed a term."""
    return column in session.config.all_languages or bool(
        languages.CODE.fullmatch(column) and languages.name(column.partition("-")[0], "en")
    )


def import_terms(session: Session, file: Path) -> list[TermArrival]:
    """Add the terms of a TBX file that are new; return what became of each rendering.

    What people agreed here stays as it is. Raises ExchangeError when the file cannot be read.
    """
    try:
        found = tbx.read(storage.read_outside(file), list(session.config.all_languages))
        _require_few(found.concepts)
    except ExchangeError as error:
        raise ExchangeError(f"{file}: {error}") from None
    with session.locked():
        table = _table(session)
        known = _TermAdding(table, session.config.source_language, list(session.config.all_languages))
        arrivals = [arrival for concept in found.concepts for arrival in known.take(concept)]
        path = _path(session)
        if known.added:
            content = known.written()
            termbase.read(storage.decoded(content, path.name), path.name, session.config.source_language)
            if not session.dry_run:
                storage.write(path, content, expected=table.content)
            session.wrote(path)
    for what, count in found.left_out.most_common(10):
        session.say(f"{file.name}: not kept in a termbase here: {what} ({count})")
    return arrivals


def _require_few(concepts: Sequence[Concept]) -> None:
    if sum(len(concept.terms) ** 2 // 4 for concept in concepts) > MOST_PAIRS:
        raise ExchangeError(f"more than {MOST_PAIRS:,} pairs of a term and a rendering; divide it")


def _path(session: Session) -> Path:
    return session.config.translations / termbase.FILE_NAME


def _table(session: Session) -> _TermTable:
    """Return the termbase; empty when there is none. Raises PipelineError when it is faulty."""
    path = _path(session)
    source = session.config.source_language
    if not os.path.lexists(path):
        return _TermTable((source, *session.config.targets_from(source), "status", "note"), (), b"")
    raw = storage.read_bytes(session.config, path)
    text = storage.decoded(raw, path.name)
    termbase.read(text, path.name, source)
    columns, *rows = csv.reader(io.StringIO(text, newline=""))
    width = len(columns)
    return _TermTable(tuple(columns), tuple((*row, *[""] * (width - len(row))) for row in rows if any(row)), raw)


_Row = dict[str, str]


class _TermAdding:
    """What a termbase holds, and what is added to it."""

    def __init__(self, table: _TermTable, source: str, languages: Sequence[str]) -> None:
        self.table, self.source = table, source
        self.columns = list(table.columns)
        self.wanted = [lang for lang in languages if lang not in self.columns]
        self.added: list[_Row] = []
        self.statuses: dict[tuple[str, str, str, str], Status] = {}
        self.notes: set[tuple[str, str, str, str, str]] = set()
        self.preferred = Counter[tuple[str, str, str]]()
        self.spelt: dict[tuple[str, tuple[str, ...]], str] = {}
        """How a term is spelt here, by its language and its words: another keyboard writes it otherwise."""
        for concept in tbx.of_rows(table.rows, table.columns):
            home = self._spelt(concept.home, concept.terms[0])
            for term in concept.terms[1:]:
                self._note(concept.home, home.text, term.lang, term.text, term.status or Status.PREFERRED)
                self.notes.add((concept.home, home.text, term.lang, term.text, term.note))

    def _spelt(self, home: str, term: ConceptTerm) -> ConceptTerm:
        """Return a term as it is spelt here."""
        return replace(term, text=self.spelt.setdefault((home, folded_words(term.text)), term.text))

    def _note(self, home: str, term: str, lang: str, rendering: str, status: Status) -> None:
        self.statuses[home, term, lang, rendering] = status
        self.preferred[home, term, lang] += status is Status.PREFERRED

    def take(self, concept: Concept) -> Iterator[TermArrival]:
        """Yield what becomes of each rendering of a concept's terms, which are those in its own language."""
        home = self._home(concept)
        sources = [one for one in concept.terms if one.lang == home and one.status is not Status.FORBIDDEN]
        if not sources or all(one.lang == home for one in concept.terms):
            yield from (self._arrival(home, one, one, TermOutcome.ALONE) for one in concept.terms)
            return
        own = (one for one in concept.terms if one.lang == home and one.status is Status.FORBIDDEN)
        yield from (self._arrival(home, one, one, TermOutcome.OWN) for one in own)
        for source in [self._spelt(home, one) for one in sources]:
            new: dict[tuple[Status, str], dict[str, list[str]]] = {}
            for one in (one for one in concept.terms if one.lang != home):
                arrival = self._taken(home, source, one)
                yield arrival
                if arrival.outcome in (TermOutcome.NEW, TermOutcome.ADMITTED):
                    new.setdefault((arrival.status, one.note), {}).setdefault(one.lang, []).append(one.text)
            for (status, note), by_lang in new.items():
                self._add(home, source.text, status, note, by_lang)

    def _home(self, concept: Concept) -> str:
        """Return the language whose terms are explained: the one a concept names, else the first of the termbase."""
        langs = [one.lang for one in concept.terms if one.status is not Status.FORBIDDEN]
        own = self.table.langs[0] if self.table.langs else self.source
        named = [lang for lang in (concept.home, own) if lang in langs]
        return named[0] if named else next(iter(langs), "")

    def _taken(self, home: str, source: ConceptTerm, one: ConceptTerm) -> TermArrival:
        if not {home, one.lang} <= {*self.columns, *self.wanted}:
            return self._arrival(home, source, one, TermOutcome.LEFT_OUT)
        if any(guarded(text) != text for text in (source.text, one.text, one.note)):
            return self._arrival(home, source, one, TermOutcome.FORMULA)
        status = one.status or Status.PREFERRED
        key = home, source.text, one.lang
        here = self.statuses.get((*key, one.text))
        if here is not None:
            is_same = here is status or one.status is None
            is_noted = not one.note or (*key, one.text, one.note) in self.notes
            same = TermOutcome.SAME if is_noted else TermOutcome.NOTED
            return self._arrival(home, source, one, same if is_same else TermOutcome.DIFFERS)
        outcome = TermOutcome.NEW
        if status is Status.PREFERRED and self.preferred[key]:
            status, outcome = Status.ADMITTED, TermOutcome.ADMITTED
        self._note(home, source.text, one.lang, one.text, status)
        return TermArrival(home, source.text, one.lang, one.text, status, outcome)

    def _arrival(self, home: str, source: ConceptTerm, one: ConceptTerm, outcome: TermOutcome) -> TermArrival:
        return TermArrival(home, source.text, one.lang, one.text, one.status or Status.PREFERRED, outcome)

    def _add(self, home: str, term: str, status: Status, note: str, by_lang: dict[str, list[str]]) -> None:
        for lang in (home, *by_lang):
            if lang not in self.columns:
                last = max(place for place, column in enumerate(self.columns) if column not in _OTHERS)
                self.columns.insert(last + 1, lang)  # the first stays that in which the terms are
        is_other = home != next(column for column in self.columns if column not in _OTHERS)
        for column in ["source"] * is_other + ["note"] * bool(note):
            if column not in self.columns:
                self.columns.append(column)
        for texts in zip_longest(*by_lang.values(), fillvalue=""):
            row = {home: term, "status": status.value, "note": note} | dict(zip(by_lang, texts, strict=True))
            self.added.append(row | ({"source": home} if is_other else {}))

    def written(self) -> bytes:
        """Return the termbase with what was added at its end; without a new column, the rest stays to the byte."""
        out = io.StringIO(newline="")
        before = self.table.content
        end = "\r\n" if b"\r\n" in before else "\n"
        rows = csv.DictWriter(out, self.columns, restval="", lineterminator=end, extrasaction="ignore")
        if is_new := tuple(self.columns) != self.table.columns or not before:
            rows.writeheader()
            rows.writerows(dict(zip(self.table.columns, row, strict=True)) for row in self.table.rows)
        rows.writerows(self.added)
        mark = _MARK if before.startswith(_MARK) else b""
        kept = mark if is_new else before if before.endswith(b"\n") else before + end.encode()
        return kept + out.getvalue().encode()
