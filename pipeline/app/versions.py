"""What PO files were before commands wrote them, and how they become that again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.app import catalogues
from pipeline.app.session import Session
from pipeline.catalogue import difference, po
from pipeline.errors import CatalogueError, UsageError
from pipeline.model import State
from pipeline.workspace import history, storage
from pipeline.workspace.history import Version

Row = dict[str, Any]


def versions(session: Session, document_id: str, languages: Sequence[str] | None) -> list[Row]:
    """Return a row for every version of a document's PO files that a command has replaced, the latest first."""
    rows = []
    document_id = catalogues.document_id(session, document_id)
    for lang in session.languages(languages):
        for version in history.versions(session.config, storage.catalogue_path(session.config, lang, document_id)):
            with session.guarded():
                rows.append(_row(session, document_id, lang, version))
    return rows


def restore(session: Session, document_id: str, languages: Sequence[str] | None, digest: str | None) -> None:
    """Put an earlier version of a PO file back, the last one kept or that of a digest; what stands there is kept.

    Raises UsageError when there is no such version, or more than one file is meant.
    """
    document_id = catalogues.document_id(session, document_id)
    with session.locked():
        lang = _one_language(session, document_id, languages)
        path = _existing(session, document_id, lang)
        current = storage.read_bytes(session.config, path) if path.is_file() else b""
        content = _version(history.versions(session.config, path), digest, current, path).read()
        for line in _difference(session, path, current, content):
            session.say(f"  {line}")
        if not session.dry_run:
            if current:
                history.keep(session.config, path, current, session.now)
            storage.write(path, content, expected=current)
        session.wrote(path)


def _existing(session: Session, document: str, lang: str) -> Path:
    """Return the path of a document's PO file, which may be gone; raise UsageError when there never was one."""
    path = storage.catalogue_path(session.config, lang, document)
    if path.name != f"{document}.po" or path.parent.name != lang:
        raise UsageError(f"document {document!r} is unknown; name it as in {session.config.seeds}, without suffix")
    storage.require_inside(session.config, path)
    if not path.is_file() and not history.versions(session.config, path):
        raise UsageError(f"{path}: there is no such file, and none was ever replaced; see pipeline status")
    return path


def _one_language(session: Session, document: str, asked: Sequence[str] | None) -> str:
    langs = session.languages(asked)
    paths = {lang: storage.catalogue_path(session.config, lang, document) for lang in langs}
    kept = [lang for lang in langs if history.versions(session.config, paths[lang])]
    if len(kept) > 1:
        raise UsageError(f"{document}: say which PO file to restore: --languages {kept[0]}")
    return (kept or langs)[0]


def _version(versions: list[Version], asked: str | None, current: bytes, path: Path) -> Version:
    other = [version for version in versions if version.digest != history.digest(current)]
    versions = [version for version in other if version.digest.startswith(asked or "")]
    if not versions:
        what = f"no version {asked}" if asked else "no earlier version"
        raise UsageError(f"{path}: {what} is kept; see pipeline history {path.stem}")
    return versions[0]


def _difference(session: Session, path: Path, current: bytes, content: bytes) -> list[str]:
    try:
        old, new = (_parsed(session, path, one) for one in (current, content))
    except CatalogueError:
        return []  # what stands there cannot be read, and is restored for that
    return list(difference.lines(old.catalogue, new.catalogue))


def _parsed(session: Session, path: Path, content: bytes) -> po.File:
    return po.parse(content, str(path), path.stem, session.config.source_language, path.parent.name)


def _row(session: Session, document: str, lang: str, version: Version) -> Row:
    units = _parsed(session, Path(lang) / f"{document}.po", version.read()).catalogue.units
    return {
        "language": lang,
        "version": version.digest,
        "replaced": version.time.isoformat(timespec="seconds"),
        "units": len(units),
        "reviewed": sum(unit.state.is_reviewed for unit in units),
        "translated": sum(unit.state is State.TRANSLATED for unit in units),
    }
