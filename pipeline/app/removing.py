"""Files taken out of the workspace, each kept in its history, so that all can be brought back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pipeline.app.session import Session
from pipeline.errors import PipelineError, UsageError
from pipeline.workspace import history, storage

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
    known = _known(session)
    time = _after(known, session.now).isoformat()
    record = {session.name(path): {"document": documents[path], "time": time} for path in kept}
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


def _after(known: Record, now: datetime) -> datetime:
    """Return a time after all that is known, even when a clock was ahead: what went last is brought back first."""
    times = [now]
    for entry in known.values():
        with suppress(ValueError, OverflowError):  # of a record that was changed by others
            times.append(datetime.fromisoformat(entry["time"]).astimezone(UTC) + timedelta(microseconds=1))
    return max(times)


def is_removed(session: Session, document_id: str) -> bool:
    """Whether files of a document were removed that are still to be had."""
    return any(entry["document"] == document_id for entry in _known(session).values())


def restore(session: Session, document_id: str | None, languages: Sequence[str] | None = None) -> list[Path]:
    """Bring back what was removed of a document, or by the last command that removed anything; return the files.

    With `languages`, its PO files in these alone. What stands there again meanwhile is left as it is.
    Raises UsageError when nothing was removed.
    """
    with session.locked():
        known = _known(session)
        last = max((entry["time"] for entry in known.values()), default="")
        wanted = [
            session.config.root / name
            for name, entry in known.items()
            if (entry["document"] == document_id if document_id is not None else entry["time"] == last)
        ]
        wanted = [path for path in wanted if languages is None or _language(session, path) in languages]
        if not wanted:
            raise UsageError("nothing was removed that could be brought back; see pipeline history DOCUMENT")
        back = [path for path in wanted if _is_back(session, path)]
        left = {name: entry for name, entry in known.items() if session.config.root / name not in wanted}
        if not session.dry_run:
            _note(session, left, known)
    return back


def _language(session: Session, path: Path) -> str:
    """Return the language of a PO file; empty for any other file."""
    is_catalogue = path.is_relative_to(session.config.translations)
    return storage.catalogue_of(session.config, path)[0] if is_catalogue else ""


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
    record = storage.read_record(session.config.root / storage.PRIVATE / RECORD)
    return {
        name: entry
        for name, entry in record.items()
        if isinstance(entry, dict)
        and isinstance(entry.get("document"), str)
        and isinstance(entry.get("time"), str)
        and storage.is_inside(session.config, session.config.root / name)
    }


def _note(session: Session, record: Record, old: Record) -> None:
    storage.write_record(storage.private_folder(session.config) / RECORD, record, old)
