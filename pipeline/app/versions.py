"""What PO files were before commands wrote them, and how they become that again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.app import catalogues, numbering, vanished
from pipeline.app.session import Session
from pipeline.catalogue import difference, po
from pipeline.errors import CatalogueError, PipelineError, UsageError
from pipeline.model import Catalogue, State, Unit
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import wording
from pipeline.workspace import history, places, privacy, storage
from pipeline.workspace.history import Version

Row = dict[str, Any]


def versions(session: Session, document_id: str, languages: Sequence[str] | None) -> list[Row]:
    """Return a row for every version of a document's PO files that a command has replaced, the latest first."""
    rows = []
    document_id = catalogues.document_id(session, document_id)
    _keep_what_is_lost(session, document_id, languages)
    for lang in session.languages(languages):
        for version in history.versions(session.config, places.catalogue_path(session.config, lang, document_id)):
            with session.guarded():
                rows.append(_row(session, document_id, lang, version))
    return rows


def restore(session: Session, document_id: str, languages: Sequence[str] | None, digest: str | None) -> None:
    """Put an earlier version of a PO file back, the last one kept or that of a digest; what stands there is kept.

    Raises UsageError when there is no such version, or more than one file is meant.
    """
    document_id = catalogues.document_id(session, document_id)
    _keep_what_is_lost(session, document_id, languages)
    with session.locked():
        lang = _one_language(session, document_id, languages)
        path = _existing(session, document_id, lang)
        current = storage.read_bytes(session.config, path) if path.is_file() else b""
        content = _version(session, path, digest, current, document_id).read()
        for line in _difference(session, path, current, content):
            session.say(f"  {line}")
        if not session.dry_run:
            if current:
                history.keep(session.config, path, current, session.now)
            storage.write(path, content, expected=current)
            vanished.see(session, path, content)
        session.wrote(path)


def _keep_what_is_lost(session: Session, document_id: str, languages: Sequence[str] | None) -> None:
    """Keep the last version of each PO file of a document that is gone, or can be read no more."""
    paths = [places.catalogue_path(session.config, lang, document_id) for lang in session.languages(languages)]
    for path in paths:
        if history.seen(session.config, path) and not _is_readable(session, path):
            with session.locked():
                vanished.keep(session, path)


def _is_readable(session: Session, path: Path) -> bool:
    try:
        return path.is_file() and bool(catalogues.file_at(session, path))
    except PipelineError:
        return False


def restore_units(
    session: Session, document_id: str, languages: Sequence[str] | None, digest: str | None, units: str
) -> None:
    """Put back sentences of a PO file, each as the newest version has it, or that of a digest; all else stays.

    `units` are their numbers in the document's order («3,7-9»). Raises UsageError when there is no such sentence,
    when no version has another translation of any, or when more than one file is meant.
    """
    wanted = numbering.numbers(units)
    with session.locked():
        for document in catalogues.documents(session, [document_id]):
            for lang in session.targets(document, session.languages(languages)):  # what has gone is kept by this look
                catalogues.current(session, document, lang)
            lang = _one_language(session, document.id, session.targets(document, session.languages(languages)))
            path = places.catalogue_path(session.config, lang, document.id)
            now = catalogues.current(session, document, lang)
            numbering.require_there(wanted, now.catalogue)
            found = _found(now.catalogue, wanted, _earlier(session, path, digest))
            for line in _report(document.id, now.catalogue, found, wanted):
                session.say(line)
            put_back = partial(_with_units, found=found)
            catalogues.save(session, now, put_back(now.catalogue), put_back)


Key = tuple[str, str]
"""A sentence's kind, and its wording without differences in spelling."""


def _key(unit: Unit) -> Key:
    return unit.context, wording(unit.source)


def _earlier(session: Session, path: Path, digest: str | None) -> Iterator[dict[Key, Unit]]:
    """Yield the translated units of each version of a PO file, the newest first; one that is damaged is left out."""
    for version in history.versions(session.config, path):
        if version.digest.startswith(digest or "") and (file := _in_its_language(session, path, version)):
            units = (*file.catalogue.obsolete, *file.catalogue.units)
            yield {_key(unit): unit for unit in units if unit.target.strip()}


def _found(now: Catalogue, wanted: frozenset[int], earlier: Iterator[dict[Key, Unit]]) -> dict[Key, Unit]:
    """Return each unit wanted as the newest version has it in which it is not as it is now."""
    open_units = {_key(unit): unit for number, unit in enumerate(now.units, 1) if number in wanted}
    found: dict[Key, Unit] = {}
    for units in earlier:
        for key in [key for key in open_units if key in units and units[key].target != open_units[key].target]:
            found[key] = units[key]
            del open_units[key]
        if not open_units:
            break
    return found


def _report(document_id: str, now: Catalogue, found: dict[Key, Unit], wanted: frozenset[int]) -> Iterator[str]:
    """Yield what is put back and what is not; raise UsageError when nothing is."""
    left = [number for number in sorted(wanted) if _key(now.units[number - 1]) not in found]
    if left:
        missing = f"{document_id} ({now.target_lang}): no version has another translation of {numbering.ranges(left)}"
        if not found:
            raise UsageError(f"{missing}; see pipeline history {document_id}")
        yield missing
    for number in sorted(wanted - set(left)):
        unit = now.units[number - 1]
        earlier = found[_key(unit)]
        yield f"  {number}: «{excerpt(unit.source)}» → «{excerpt(earlier.target)}»"
        yield from (f"    it is printed again: «{excerpt(note)}»" for note in difference.new_notes(unit, earlier))


def _with_units(catalogue: Catalogue, found: dict[Key, Unit]) -> Catalogue:
    return replace(catalogue, units=tuple(_put_back(unit, found.get(_key(unit))) for unit in catalogue.units))


def _put_back(unit: Unit, earlier: Unit | None) -> Unit:
    if earlier is None:
        return unit
    notes = tuple(dict.fromkeys((*earlier.notes, *unit.notes)))
    return replace(
        unit, target=earlier.target, state=earlier.state, origin=earlier.origin, notes=notes, flags=earlier.flags,
        previous=earlier.previous,
    )  # fmt: skip


def _existing(session: Session, document: str, lang: str) -> Path:
    """Return the path of a document's PO file, which may be gone; raise UsageError when there never was one."""
    path = places.catalogue_path(session.config, lang, document)
    privacy.require_inside(session.config, path)
    if not path.is_file() and not history.versions(session.config, path):
        raise UsageError(f"{path}: there is no such file, and none was ever replaced; see pipeline status")
    return path


def _one_language(session: Session, document: str, asked: Sequence[str] | None) -> str:
    langs = session.languages(asked)
    paths = {lang: places.catalogue_path(session.config, lang, document) for lang in langs}
    kept = [lang for lang in langs if history.versions(session.config, paths[lang])]
    if len(kept) > 1:
        raise UsageError(f"{document}: say which PO file to restore: --languages {kept[0]}")
    return (kept or langs)[0]


def _version(session: Session, path: Path, asked: str | None, current: bytes, document: str) -> Version:
    """Return the version that was asked for, or the newest; not one that could be read no more, if there is another."""
    other = [one for one in history.versions(session.config, path) if one.digest != history.digest(current)]
    versions = [version for version in other if version.digest.startswith(asked or "")]
    if not versions:
        what = f"no version {asked}" if asked else "no earlier version"
        raise UsageError(f"{path}: {what} is kept; see pipeline history {document}")
    if asked:
        return versions[0]
    return next((one for one in versions if _in_its_language(session, path, one)), versions[0])


def _in_its_language(session: Session, path: Path, version: Version) -> po.File | None:
    """Return a version of a PO file; None for one that is damaged, or was put there from another language."""
    lang, document_id = places.catalogue_of(session.config, path)
    its = document_id, session.config.source_language, lang
    try:
        return po.parse(version.read(), str(path), *its, langs=session.config.targets)
    except PipelineError:
        return None


def _difference(session: Session, path: Path, current: bytes, content: bytes) -> list[str]:
    try:
        old, new = (_parsed(session, path, one) for one in (current, content))
    except CatalogueError:
        return []  # what stands there cannot be read, and is restored for that
    return list(difference.lines(old.catalogue, new.catalogue))


def _parsed(session: Session, path: Path, content: bytes, version: str = "") -> po.File:
    lang, document_id = places.catalogue_of(session.config, path)
    place = f"{path}, version {version}" if version else str(path)
    return po.parse(content, place, document_id, session.config.source_language, lang)


def _row(session: Session, document: str, lang: str, version: Version) -> Row:
    path = places.catalogue_path(session.config, lang, document)
    units = _parsed(session, path, version.read(), version.digest).catalogue.units
    return {
        "language": lang,
        "version": version.digest,
        "replaced": version.time.isoformat(timespec="seconds"),
        "units": len(units),
        "reviewed": sum(unit.state.is_reviewed for unit in units),
        "translated": sum(unit.state is State.TRANSLATED for unit in units),
    }
