"""Files taken out of the workspace, each kept in its history, so that all can be brought back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pipeline.app.session import Session
from pipeline.errors import PipelineError, UsageError
from pipeline.workspace import history, places, privacy, storage

T = TypeVar("T")

RECORD = "removed.json"
"""In the private folder: what was removed, of which document, and when."""

Record = dict[str, dict[str, str]]
"""By the name of each file, its `document` and the `time`."""


def remove(session: Session, files: Iterable[tuple[Path, str]]) -> list[Path]:
    """Remove files, each with the id of its document; return those that are gone. Only while it is `locked`."""
    documents = dict(files)
    if session.dry_run:
        return list(documents)
    kept = dict(_each(session, documents, lambda path: _kept(session, path)))
    known = _before(_known(session), session.now)
    record = {session.name(path): _entry(documents[path], session.now) for path in kept}
    _note(session, known | record, known)  # before they go: what a killed command removed can be brought back too
    gone = [path for path, _ in _each(session, kept, lambda path: _remove(session, path, kept[path]))]
    left = {session.name(path) for path in kept} - {session.name(path) for path in gone}
    _note(session, {name: entry for name, entry in (known | record).items() if name not in left}, known | record)
    return gone


def _each(session: Session, paths: Iterable[Path], work: Callable[[Path], T]) -> list[tuple[Path, T]]:
    """Do something with each file; return those it was done with, and what came of it. The others are faults."""
    done = []
    for path in paths:
        with session.guarded():
            done.append((path, work(path)))
    return done


def _kept(session: Session, path: Path) -> str:
    """Keep a file in the history; return the digest of what was kept."""
    content = storage.read_bytes(session.config, path)
    history.keep(session.config, path, content, session.now)
    return history.digest(content)


def _remove(session: Session, path: Path, digest: str) -> None:
    """Remove a file, unless somebody has saved in it since it was kept."""
    storage.remove(path, digest)
    storage.remove_empty(session.config, path.parent)


def _before(known: Record, now: datetime) -> Record:
    """Return what is known, all of it before now, even when a clock was ahead: what goes last is brought back first."""
    latest = now - timedelta(microseconds=1)
    return {name: _entry(entry["document"], min(_time(entry), latest)) for name, entry in known.items()}


def _entry(document_id: str, time: datetime) -> dict[str, str]:
    return {"document": document_id, "time": time.isoformat()}


def _time(entry: dict[str, str]) -> datetime:
    return datetime.fromisoformat(entry["time"]).astimezone(UTC)


def is_removed(session: Session, document_id: str, languages: Sequence[str] | None = None) -> bool:
    """Whether files of a document were removed, or its PO files in some languages, that are still to be had."""
    return any(
        entry["document"] == document_id and _is_in(session, session.config.root / name, languages)
        for name, entry in _known(session).items()
    )


def restore(session: Session, document_id: str | None, languages: Sequence[str] | None = None) -> list[Path]:
    """Bring back what was removed of a document, or by the last command that removed anything; return the files.

    With `languages`, its PO files in these alone. What stands there again meanwhile is left as it is.
    Raises UsageError when nothing was removed.
    """
    with session.locked():
        known = _known(session)
        last = max(map(_time, known.values()), default=None)
        wanted = [
            session.config.root / name
            for name, entry in known.items()
            if (entry["document"] == document_id if document_id is not None else _time(entry) == last)
        ]
        wanted = [path for path in wanted if _is_in(session, path, languages)]
        if not wanted:
            raise UsageError("nothing was removed that could be brought back; see pipeline history DOCUMENT")
        back, done = [], []
        for path in wanted:
            with session.guarded():
                back += [path] if _is_back(session, path) else []
                done.append(path)
        left = {name: entry for name, entry in known.items() if session.config.root / name not in done}
        if not session.dry_run:
            _note(session, left, known)
    return back


def _is_in(session: Session, path: Path, languages: Sequence[str] | None) -> bool:
    """Whether a file is a PO file in one of these languages; any file is when none are named."""
    is_catalogue = path.is_relative_to(session.config.translations)
    return languages is None or (is_catalogue and places.catalogue_of(session.config, path)[0] in languages)


def _is_back(session: Session, path: Path) -> bool:
    if path.exists():
        session.say(f"{session.name(path)}: exists again, and is left as it is")
        return False
    version = next(iter(history.versions(session.config, path)), None)
    if version is None:
        session.fault(PipelineError(f"{path}: no version is kept any more"))
        return False
    if not session.dry_run:
        storage.write(path, version.read(), expected=b"")
    session.wrote(path)
    return True


def _known(session: Session) -> Record:
    record = storage.read_record(session.config.root / places.PRIVATE / RECORD)
    return {name: entry for name, entry in record.items() if _is_of_ours(session, name, entry)}


def _is_of_ours(session: Session, name: str, entry: object) -> bool:
    """Whether an entry is one that this program makes; the record may have come with somebody else's workspace."""
    if not (isinstance(entry, dict) and isinstance(entry.get("document"), str) and isinstance(entry.get("time"), str)):
        return False
    config, path = session.config, session.config.root / name
    try:
        _time(entry)
        path.exists()
    except (ValueError, OverflowError, OSError):  # no time; no name that a file can have
        return False
    is_placed = any(folder in path.parents for folder in (config.seeds, config.translations, config.output))
    return is_placed and ".." not in path.parts and privacy.is_inside(config, path)


def _note(session: Session, record: Record, old: Record) -> None:
    storage.write_record(privacy.private_folder(session.config) / RECORD, record, old)
