"""The translation memory of a workspace: kept up to date, searched, and fed with the memories of others."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import disk, schema
from pipeline.app.session import Session
from pipeline.catalogue import memory as index
from pipeline.catalogue import po, readings
from pipeline.catalogue.memory import Memory, MemoryEntry
from pipeline.document import seminar
from pipeline.errors import ExchangeError, PipelineError, UsageError
from pipeline.exchange import bounds
from pipeline.exchange.formats import tmx
from pipeline.model import State
from pipeline.workspace import index as document_index
from pipeline.workspace import places, privacy, sources, storage
from pipeline.workspace.config import Config

IMPORTED = "memory"
"""The folder, beside those of the languages, of the memories of others."""

Row = dict[str, Any]

_OF_PEOPLE = re.compile(rb"""\s(?:creation|change)id\s*=""")
"""What programs write into a memory of whoever translated; nothing of it stays in one that is imported."""
_HELD = "seminar"
"""What the memory knows of a seminar."""
_GONE = " gone"
"""Behind what the memory knows a PO file by, when its document is there no more."""


def opened(session: Session, source_lang: str, lang: str) -> AbstractContextManager[Memory]:
    """Give the translation memory of a pair of languages, brought up to date with the PO and TMX files.

    It holds the reviewed units of every catalogue, of documents long gone too. The index is
    made again when it is damaged; where it cannot be kept, it is made for this command alone.
    """
    config = session.config
    path = config.root / places.PRIVATE / f"memory.{source_lang}-{lang}.sqlite"
    if not session.dry_run:
        privacy.private_folder(config)
    for _ in range(2):
        with suppress(sqlite3.Error):
            return _closing(session, source_lang, lang, index.open(path, copy=session.dry_run))
        if not session.dry_run:
            schema.remove(path)
    return _closing(session, source_lang, lang, index.open(None))


def pairs(session: Session, langs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of languages into some, of the settings and of documents that have been translated."""
    kept = {path.name.split(".")[1] for path in (session.config.root / places.PRIVATE).glob("memory.*-*.sqlite")}
    known = session.config.all_languages
    made = [(one, other) for one in known for other in langs if f"{one}-{other}" in kept]
    yield from (pair for pair in dict.fromkeys((*session.config.pairs, *made)) if pair[1] in langs)


def _closing(session: Session, source_lang: str, lang: str, memory: Memory) -> AbstractContextManager[Memory]:
    """Give a memory brought up to date; when that fails it is closed at once."""
    try:
        return closing(_fed(session, source_lang, lang, memory))
    except BaseException:
        memory.close()
        raise


def _fed(session: Session, source_lang: str, lang: str, memory: Memory) -> Memory:
    """Return a memory with what its files say now; those that are as they were, by their stamps, are not read."""
    config, stamps, now = session.config, memory.stamps(), session.clock().timestamp()
    documents, ours = _documents(config), dict(places.catalogues(config, lang))
    # What is known of a sentence stands in the drafts and tables of every document with one like it; but who comes to a
    # seminar is told to nobody else, nor who came, once its file is deleted and its PO files are still there.
    held = {name for name in ours if seminar.SUFFIX in documents.get(name, ())}
    held |= {name for name, stamp in stamps.items() if stamp == _HELD and name in ours and name not in documents}
    # A copy that somebody else saved waits for a person, who takes over from it what they need.
    told = {
        name: path for name, path in ours.items() if name not in held and not sources.copied_catalogue(config, path)
    }
    files = told | {path.name: path for path in tmx_files(config)}
    unread = set()
    with memory.feeding():
        for origin, path in files.items():
            is_gone = path.suffix != ".tmx" and origin not in documents
            stamp = document_index.settled(config, [session.name(path)], int(now * 1e9)).hex()
            stamp += _GONE * (is_gone and bool(stamp))
            if not stamp or stamps.get(origin) != stamp:
                unread.add(origin)
                with session.guarded():
                    content = storage.read_bytes(config, path)
                    unread.discard(origin)
                    read = _imported if path.suffix == ".tmx" else partial(_translated, is_gone=is_gone)
                    entries = partial(read, session, path, content, source_lang, lang)
                    memory.feed(origin, storage.sha256(content) + _GONE * is_gone, entries, stamp)
        for origin in held:
            memory.feed(origin, _HELD, tuple, _HELD)
        memory.keep_only((files.keys() | held) - unread)
    return memory


def _documents(config: Config) -> dict[str, set[str]]:
    """Return the endings of the files of each document, by its id, without looking into any."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in places.names_below(config.seeds, ""):
        path, dot, ending = name.rpartition(".")
        first, _, rest = path.partition("/")
        if dot and ending != "toml":
            found[rest if rest and first in config.all_languages else path].add(f".{ending.lower()}")
    return found


def tmx_files(config: Config) -> list[Path]:
    """Return the memories of others that were imported."""
    return sorted((config.translations / IMPORTED).glob("*.tmx"))


def _translated(
    session: Session, path: Path, content: bytes, source_lang: str, lang: str, *, is_gone: bool
) -> Iterator[MemoryEntry]:
    _, document_id = places.catalogue_of(session.config, path)
    said = document_id, session.config.source_language, lang
    catalogue = po.parse(content, str(path), *said, langs=session.config.targets).catalogue
    if catalogue.source_lang != source_lang:
        return
    for units, stands in ((catalogue.units, not is_gone), (catalogue.obsolete, False)):
        for unit in units:
            if unit.state in (State.TRANSLATED, State.REVIEWED):
                its = readings.records(unit)
                yield MemoryEntry(unit.source, unit.target, unit.context, document_id, its, unit.marks, stands=stands)


def _imported(session: Session, path: Path, content: bytes, source_lang: str, lang: str) -> Iterator[MemoryEntry]:
    found = tmx.pairs(content, source_lang, lang)
    if _OF_PEOPLE.search(content):
        session.say_once(
            f"{session.name(path)}: it says who translated, and git takes it; to keep it without, type: "
            f"pipeline memory import {session.name(path)}"
        )
    try:
        for pair in session.progress(found, f"Reading {path.name} ({lang})", None):
            yield MemoryEntry(pair.source, pair.target, "", path.name, marks=pair.marks)
    except ExchangeError as error:
        raise ExchangeError(f"{path}: {error}") from None


def origins(session: Session, languages: Sequence[str] | None) -> list[Row]:
    """Return where the memory's translations come from, and how many from each."""
    rows = []
    with session.locked():
        for pair in pairs(session, session.languages(languages)):
            with opened(session, *pair) as memory:
                said = {"source_language": pair[0], "language": pair[1]}
                rows += [said | {"origin": name, "translations": count} for name, count in memory.origins()]
    return rows


def search(session: Session, text: str, languages: Sequence[str] | None, least: int) -> list[Row]:
    """Return the translations of the sentences most like a text, alike by `least` per cent."""
    with session.locked():
        its = pairs(session, session.languages(languages))
        return [row for source_lang, lang in its for row in _matches(session, text, source_lang, lang, least)]


def _matches(session: Session, text: str, source_lang: str, lang: str, least: int) -> Iterator[Row]:
    with opened(session, source_lang, lang) as memory:
        for match in memory.similar(text, least):
            entry = match.entry
            yield {
                "language": lang,
                "similarity": int(match.score),
                "origin": entry.origin,
                "documents": entry.documents,
                "source": entry.source,
                "target": entry.target,
            }


def import_tmx(session: Session, file: Path) -> None:
    """Keep a memory of others in translations/memory; its translations are offered for review, never as reviewed.

    Its texts alone are kept, without who wrote them.
    Raises ExchangeError when it cannot be read or has no language pair of the workspace, and PipelineError when
    another memory of that name is there.
    """
    content = _read(file)
    counts = _useful(session, content, file)
    with session.locked():
        path, kept = _kept(session, f"{file.stem}.tmx"), tmx.nameless(content)
        there = path.read_bytes() if path.exists() else b""
        if there not in (b"", content, kept):  # whole, as earlier versions kept it
            raise PipelineError(
                f"{path} exists already; remove it (pipeline memory remove {path.name}) or rename yours"
            )
        if there != kept:
            if not session.dry_run:
                storage.write(path, kept, expected=there)
            session.wrote(path)
        for pair in counts if not session.dry_run else ():
            with opened(session, *pair):
                pass  # opened, it reads what is new
    session.say(f"{path.name}: {', '.join(_told(session, *pair, count) for pair, count in counts.items())}")


def _told(session: Session, source_lang: str, lang: str, count: int) -> str:
    way = f" from {source_lang}" if source_lang != session.config.source_language else ""
    return f"{count} translations{way} into {lang}"


def _useful(session: Session, content: bytes, file: Path) -> dict[tuple[str, str], int]:
    """Return how many translations there are of each pair of languages; raise ExchangeError when there are none."""
    config, counts = session.config, dict[tuple[str, str], int]()
    into: dict[str, list[str]] = {}
    for source_lang, lang in pairs(session, config.targets):
        into.setdefault(source_lang, []).append(lang)
    try:
        for source_lang, langs in into.items():
            its = tmx.counted(content, source_lang, langs)
            counts |= {(source_lang, lang): count for lang, count in its.items()}
    except ExchangeError as error:
        raise ExchangeError(f"{file}: {error}") from None
    if not any(counts.values()):
        ways = (f"from {source_lang} into {' or '.join(langs)}" for source_lang, langs in into.items())
        raise ExchangeError(f"{file}: nothing in it {', or '.join(ways)}; see pipeline.toml")
    told = {source_lang for (source_lang, _), count in counts.items() if count}
    return {pair: count for pair, count in counts.items() if count or (pair in config.pairs and pair[0] in told)}


def remove(session: Session, name: str) -> None:
    """Forget a memory of others; what was already taken from it stays in the PO files, with its name."""
    with session.locked():
        kept = {path.name: path for path in tmx_files(session.config)}
        if name not in kept:
            raise UsageError(f"{name}: no such memory; imported are: {', '.join(kept) or 'none'}")
        if not session.dry_run:
            kept[name].unlink()
            for pair in pairs(session, session.config.targets):
                with opened(session, *pair):
                    pass  # opened, it forgets what is gone
    session.say(f"{'would remove' if session.dry_run else 'removed'} {session.name(kept[name])}")


def _kept(session: Session, name: str) -> Path:
    path = session.config.translations / IMPORTED / name
    privacy.require_inside(session.config, path)
    return path


def _read(file: Path) -> bytes:
    try:
        return disk.read(file, bounds.MOST_MEMORY_BYTES + 1)
    except OSError as error:
        raise ExchangeError(f"{file}: {error.strerror}; check that it exists and can be read") from None
