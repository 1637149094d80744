"""Files taken out of the workspace, each kept in its history, so that all can be brought back."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.app.session import Session
from pipeline.errors import PipelineError, UsageError
from pipeline.workspace import history, storage

RECORD = "removed.json"
"""In the private folder: what was removed, of which document, and when."""


def remove(session: Session, files: Iterable[tuple[Path, str]]) -> list[Path]:
    """Remove files, each with the id of its document; return those that are gone. Only while it is `locked`."""
    gone = []
    known = _known(session)
    record = dict(known)
    for path, document_id in files:
        with session.guarded():
            if not session.dry_run:
                _remove(session, path)
                record[_name(session, path)] = {"document": document_id, "time": session.now.isoformat()}
            gone.append(path)
    _keep(session, record, known)
    return gone


def _remove(session: Session, path: Path) -> None:
    content = storage.read_bytes(session.config, path)
    history.keep(session.config, path, content, session.now)
    try:
        path.unlink()
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror}; allow writing to its folder") from None


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
        wanted = [path for path in wanted if languages is None or path.parent.name in languages]
        if not wanted:
            raise UsageError("nothing was removed that could be brought back; see pipeline history DOCUMENT")
        back = [path for path in wanted if _is_back(session, path)]
        _keep(
            session, {name: entry for name, entry in known.items() if session.config.root / name not in wanted}, known
        )
    return back


def _is_back(session: Session, path: Path) -> bool:
    if path.exists():
        session.say(f"{_name(session, path)}: is there again, and is left as it is")
        return False
    version = next(iter(history.versions(session.config, path)), None)
    if version is None:
        session.fault(PipelineError(f"{path}: no version is kept any more"))
        return False
    if not session.dry_run:
        storage.write(path, version.read(), expected=b"")
    session.wrote(path)
    return True


def _known(session: Session) -> dict[str, dict[str, str]]:
    record = storage.read_record(session.config.root / storage.PRIVATE / RECORD)
    return {
        name: entry
        for name, entry in record.items()
        if isinstance(entry, dict)
        and isinstance(entry.get("document"), str)
        and isinstance(entry.get("time"), str)
        and (session.config.root / name).resolve().is_relative_to(session.config.root)
    }


def _keep(session: Session, record: dict[str, dict[str, str]], known: dict[str, dict[str, str]]) -> None:
    if not session.dry_run:
        storage.write_record(storage.private_folder(session.config) / RECORD, record, known)


def _name(session: Session, path: Path) -> str:
    return path.relative_to(session.config.root).as_posix()
