"""The documents that are open on the page: each read once, and again when a file of it has changed."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from pipeline.app import reviewing
from pipeline.app.events import Event, Fault, Remark
from pipeline.app.reviewing import Desk, EarlierTargets
from pipeline.app.session import Clock, Session
from pipeline.errors import UsageError
from pipeline.model import Document, Finding, Unit
from pipeline.qa import checks
from pipeline.workspace import config, history, places, reading, sources
from pipeline.workspace.config import Config

T = TypeVar("T")

MOST_OPEN = 8
"""Documents kept in memory, with their translations."""

MOST_CHECKED = 20_000
"""Sentences whose findings are kept."""

_Stamp = tuple[int, int, int]
_Key = tuple[str, ...]


def _stamps(paths: Iterable[Path]) -> tuple[_Stamp | None, ...]:
    return tuple(map(_stamp, paths))


def _stamp(path: Path) -> _Stamp | None:
    """Return what tells whether a file was written: when, its size, and which file it is; None when it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


@dataclass
class OpenDesk:
    """A desk, the checks of its languages, the findings that were looked for, and what earlier versions say."""

    desk: Desk
    context: Callable[[], checks.Context]
    found: dict[tuple[str, str, str, str, str], list[Finding]] = field(default_factory=dict)
    earlier: EarlierTargets = field(default_factory=dict)

    _looked_with: checks.Context | None = None

    @property
    def checks(self) -> checks.Context:
        """What the checks know now: another termbase, or another document, makes all findings new."""
        now = self.context()
        if now is not self._looked_with:
            self._looked_with = now
            self.found.clear()
        return now

    def findings(self, units: Sequence[Unit]) -> dict[tuple[str, str], list[Finding]]:
        """Return what nobody has accepted in some units, by unit; each wording is looked at once."""
        context = self.checks
        named = {unit.key: (*unit.key, unit.target, unit.state.value, "\n".join(unit.notes)) for unit in units}
        if len(self.found) > MOST_CHECKED:  # before it is asked what is known: of that, nothing may go
            self.found.clear()
        new = [unit for unit in units if named[unit.key] not in self.found]
        fresh = reviewing.findings(new, context)
        self.found |= {named[unit.key]: fresh.get(unit.key, []) for unit in new}
        return {unit.key: self.found.get(named[unit.key], []) for unit in units}


class Desks:
    """A workspace, and what is open of it. Not for several threads at once."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._clock = clock
        self._folder = folder
        self._config = config.read(folder)
        self._settings = _stamp(self._folder / config.FILE_NAME)
        self._seen: dict[Path, tuple[str, bool]] = {}
        self._open: OrderedDict[_Key, tuple[tuple[_Stamp | None, ...], OpenDesk]] = OrderedDict()
        self._documents: OrderedDict[str, tuple[tuple[_Stamp | None, ...], Document]] = OrderedDict()
        self._contexts: dict[_Key, tuple[tuple[_Stamp | None, ...], checks.Context]] = {}

    @property
    def config(self) -> Config:
        """The settings as they are now."""
        now = _stamp(self._folder / config.FILE_NAME)
        if now != self._settings:
            self._config, self._settings = config.read(self._folder), now
            self._open.clear()
            self._documents.clear()
            self._contexts.clear()
        return self._config

    def named(self, text: str) -> str:
        """Return what is to be told without the place of the workspace on this machine."""
        for root in dict.fromkeys(map(str, (self._folder.absolute(), self._folder.resolve()))):
            text = text.replace(f"{root}/", "").replace(root, ".")
        return text

    def session(self, said: list[str] | None = None, step: timedelta = history.STEP) -> Session:
        """Return a session that puts what it says into a list, and keeps earlier versions only once in a step."""

        def listen(event: Event) -> None:
            if said is not None and isinstance(event, Remark | Fault):
                said.append(event.text if isinstance(event, Remark) else str(event.error))

        return Session(self.config, self._clock, listen, step=step, seen=self._seen)

    def document(self, document_id: str) -> Document:
        """Return a document; raise DocumentError when it cannot be read, and UsageError when there is none."""
        config = self.config
        kept = self._documents.get(document_id)
        path = config.seeds / kept[1].file if kept else self._path(document_id)
        stamps = _stamps((path, path.with_suffix(".toml")))
        if kept is None or kept[0] != stamps or stamps[0] is None:
            path = self._path(document_id)
            stamps = _stamps((path, path.with_suffix(".toml")))
            kept = stamps, reading.read(config, path)
            _keep(self._documents, document_id, kept)
        return kept[1]

    def require(self, document_id: str, lang: str) -> None:
        """Raise UsageError when there is no such document or language, whether their files can be read or not.

        Of one that is open the folder is not asked: it may have thousands, and somebody types.
        """
        if lang not in self.config.all_languages:
            raise UsageError(f"{document_id} is not translated into {lang!r}")
        if document_id not in self._documents:
            self._path(document_id)

    def _path(self, document_id: str) -> Path:
        path = sources.documents(self.config).get(document_id)
        if path is None:
            raise UsageError(f"there is no document {document_id!r}")
        return path

    def open(self, document_id: str, lang: str) -> OpenDesk:
        """Return a document in a language as it stands on the disk.

        Raises UsageError when there is no such document or language, and PipelineError when its files are faulty.
        """
        document = self.document(document_id)
        if lang not in self.config.targets_of(document):
            raise UsageError(f"{document_id} is not translated into {lang!r}")
        stamps = (*_stamps([places.catalogue_path(self.config, lang, document_id)]), *self._documents[document_id][0])
        key = document_id, lang
        kept = self._open.get(key)
        if kept is None or kept[0] != stamps:
            is_same = kept is not None and kept[1].desk.document is document
            desk = (
                reviewing.renewed(self.session(), kept[1].desk)
                if kept and is_same
                else reviewing.open_desk(self.session(), document, lang)
            )
            opened = OpenDesk(desk, lambda: self._context(desk))
            if kept:
                opened.found, opened._looked_with = kept[1].found, kept[1]._looked_with
                opened.earlier = kept[1].earlier
            kept = stamps, opened
        _keep(self._open, key, kept)
        return kept[1]

    def recent(self) -> list[tuple[str, str]]:
        """Return the documents and languages that somebody worked on last, as many as are kept open."""
        langs = self.config.targets
        paths = [(name, lang, path) for lang in langs for name, path in places.catalogues(self.config, lang)]
        newest = sorted(paths, key=lambda one: _stamp(one[2]) or (0, 0, 0), reverse=True)
        return [(name, lang) for name, lang, _ in newest[:MOST_OPEN]]

    def _context(self, desk: Desk) -> checks.Context:
        """Return what the checks know; the same while what they know of its sentences is the same."""
        config, lang = self.config, desk.catalogue.target_lang
        termbase = config.translations / "termbase.csv"
        beside = (places.catalogue_path(config, other, desk.document.id) for other in config.targets if other != lang)
        stamps = _stamps([*(path for _, path in places.catalogues(config, lang)), *beside, termbase])
        key = desk.document.id, desk.document.lang, lang
        kept = self._contexts.get(key)
        if kept is None or kept[0] != stamps:
            now = reviewing.context(self.session(), desk)
            is_same = kept is not None and kept[0][-1] == stamps[-1] and _say_the_same(kept[1], now)
            kept = stamps, kept[1] if kept and is_same else now
            self._contexts[key] = kept
        return kept[1]

    def version(self, document_id: str, lang: str) -> str:
        """Return a text that changes when a document or its translation does."""
        document = self.document(document_id)
        path = places.catalogue_path(self.config, lang, document.id)
        stamps = _stamp(path), self._documents[document_id][0]
        return hashlib.sha256(repr(stamps).encode()).hexdigest()[:16]


def _say_the_same(one: checks.Context, other: checks.Context) -> bool:
    return (one.targets, one.sources, _beside(one)) == (other.targets, other.sources, _beside(other))


def _beside(context: checks.Context) -> dict[tuple[str, str], list[str]]:
    return {key: [one.target for one in its] for key, its in context.siblings.items()}


def _keep(kept: "OrderedDict[_K, T]", key: "_K", value: T) -> None:
    """Put something first among what is kept, and let go of what was not asked for the longest."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > MOST_OPEN:
        kept.popitem(last=False)


_K = TypeVar("_K")
