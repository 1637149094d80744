"""A document under a new name: its files, its translations and their earlier versions go with it."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.app import catalogues, removing, strays, typed
from pipeline.app.session import Session, some
from pipeline.distribution import holdings, ledger
from pipeline.distribution.ledger.delivery import LedgerEntry
from pipeline.document import corrections
from pipeline.errors import DocumentError, PipelineError, UsageError
from pipeline.model import State
from pipeline.tables import as_toml
from pipeline.workspace import history, mending, privacy, sources, storage

Move = tuple[Path, Path]
"""From where to where a file goes, or a folder."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """The ids of a document before and after, from where to where each file went, and what was removed as outdated."""

    old: str
    new: str
    moved: tuple[Move, ...]
    removed: tuple[Path, ...]


def rename(session: Session, old: str, new: str) -> Renaming:
    """Give a document a new id, also when its file in seeds/ has the new name already.

    Raises UsageError when there is no such document, when the new id cannot be one, is taken, or was that of another
    document, and while a PO file of it waits for a person to compare two versions.
    """
    old, new = catalogues.document_id(session, old), catalogues.new_id(session, new)
    with session.locked():
        require_id(session, new)
        documents = session.sources().documents
        moves, outdated, known = list(_moves(session, old, new, documents)), _outdated(session, old), sent(session)
        _require_known(session, old, new, documents, is_there=bool(moves or outdated or old in known))
        _require_unused(session, old, new, known)
        _require_no_conflicts(session, old)
        for source, target in moves:
            privacy.require_inside(session.config, target)
            _require_free(session, source, target)
        path, before, after = _stated(session, old, new)
        if not session.dry_run:
            storage.write(path, after, expected=before)  # first: a command that was killed can then be typed again
            for source, target in moves:
                _move(session, source, target)
        removed = removing.remove(session, ((path, old) for path in outdated))
    return Renaming(old, new, tuple(moves), tuple(removed))


def require_id(session: Session, name: str) -> None:
    """Raise UsageError for what cannot be the id of a document, which is a part of file names everywhere."""
    if not sources.is_id(name):
        raise UsageError(
            f"{name!r} cannot be the id of a document; write a name for its files, such as 2016-10-statement"
        )
    if name.partition("/")[0] in session.config.all_languages and "/" in name:
        raise UsageError(f"{name!r}: {name.partition('/')[0]}/ is the folder of a language; name another in the id")


def _require_known(session: Session, old: str, new: str, documents: dict[str, Path], *, is_there: bool) -> None:
    if old == new:
        raise UsageError(f"{old}: that is its id already; write another")
    if old in documents and new in documents:
        raise UsageError(f"{documents[new]}: there is a document of that id already; choose another")
    if not is_there:
        raise UsageError(f"document {old!r} is unknown; known are: {some(list(documents))}")
    if old not in documents and new not in documents:
        raise UsageError(f"{session.config.seeds}: neither {old} nor {new} is here; put the document there first")


def sent(session: Session) -> set[str]:
    """Return the ids under which partners have, or may have, documents."""
    path = session.config.root / ledger.FILE_NAME
    if not path.exists():
        return set()
    with closing(ledger.open(path, session.clock)) as book:
        arrived = [entry for entry in book.entries() if entry.state.may_have_arrived]
    return {content.document for entry in arrived for content in entry.contents}


def _require_unused(session: Session, old: str, new: str, known: set[str]) -> None:
    """Raise UsageError when the new id was another document's, whose texts would count as versions of this one."""
    former = {name: owner for owner, name in _former(session)}
    if (owner := former.get(new, old)) not in (old, new):
        raise UsageError(f"{new}: the document {owner} was called so; choose another id")
    if new in known and new not in former and former.get(old) != new:  # as when this was broken off, and typed again
        raise UsageError(
            f"{new}: partners were sent a document under this id; choose another (or, if it was this document, "
            f"write {_line([new])} into its TOML file in {session.name(session.config.seeds)}/)"
        )


def _catalogues(session: Session, document_id: str) -> list[Path]:
    """Return where the PO files of a document are, in every language that has a folder."""
    folders = sorted(path for path in session.config.translations.glob("*") if path.is_dir())
    return [folder / f"{document_id}.po" for folder in folders]


def _require_no_conflicts(session: Session, old: str) -> None:
    own = _catalogues(session, old)
    for path, original in mending.conflicts(session.config):
        if original in own:
            raise UsageError(f"{path}: take over what you need and delete it, then rename the document")


def _moves(session: Session, old: str, new: str, documents: dict[str, Path]) -> Iterator[Move]:
    """Yield what goes where, the document first."""
    config, lang = session.config, _folder(session, old, new)
    if old in documents:
        yield documents[old], sources.path_of(config, new, documents[old].suffix, lang)
    pairs = list(zip(_catalogues(session, old), _catalogues(session, new), strict=True))
    before, after = (sources.path_of(config, name, ".toml", lang) for name in (old, new))
    beside = [(before, after), *pairs]
    kept = [(history.folder(config, path), history.folder(config, target)) for path, target in pairs]
    yield from (pair for pair in (*beside, *kept) if pair[0].exists())
    unsaved = ([typed.place(session, name, code) for name in (old, new)] for code in config.all_languages)
    yield from ((path, target) for path, target in unsaved if path.exists() and not target.exists())


def _folder(session: Session, *ids: str) -> str:
    """Return the language whose folder a document is in that has one of these ids; empty when it is in none."""
    documents = session.sources().documents
    found = (sources.language_of(session.config, documents[name]) for name in ids if name in documents)
    return next(found, "")


def _require_free(session: Session, source: Path, target: Path) -> None:
    """Raise UsageError when something stands where a file is to go, and is more than a command made of that file."""
    is_free = not target.exists() or target.is_dir()
    if not is_free and (source.suffix != ".po" or not _says_nothing_new(session, source, target)):
        raise UsageError(
            f"{target}: exists already, beside {source.name}; take over what you need, delete one, and type this again"
        )


def _says_nothing_new(session: Session, source: Path, target: Path) -> bool:
    """Whether a PO file has no person's word that the old one lacks, as one made after a file was renamed."""
    old, new = (catalogues.file_at(session, path).catalogue.units for path in (source, target))
    known, notes = {(unit.source, unit.target) for unit in old}, {note for unit in old for note in unit.notes}
    return all(
        notes.issuperset(unit.notes)
        and (not unit.state.is_done or unit.state is State.COPIED or (unit.source, unit.target) in known)
        for unit in new
    )


def _stated(session: Session, old: str, new: str) -> tuple[Path, bytes, bytes]:
    """Return the TOML file of a document, what stands in it, and what will: that it was called otherwise."""
    lang = _folder(session, old, new)
    paths = [sources.path_of(session.config, name, ".toml", lang) for name in (old, new)]
    path = next(filter(Path.is_file, paths), paths[-1])
    before = storage.read_bytes(session.config, path) if path.is_file() else b""
    known = corrections.parse(before, path.name, session.config.all_languages).meta.formerly
    names = [name for name in dict.fromkeys((*known, old)) if name != new]
    return path, before, _with_names(before.decode("utf-8-sig"), names, path.name).encode()


def _with_names(text: str, names: Sequence[str], file_name: str) -> str:
    """Return a TOML file that says what a document was called; all else stays as it is, comments too."""
    rest = re.sub(r"(?m)^formerly[ \t]*=[ \t]*\[[^\]]*\][^\n]*\n?", "", text, count=1)
    changed = f"{_line(names)}\n{rest}"
    try:
        is_right = tomllib.loads(changed) == tomllib.loads(text) | {"formerly": list(names)}
    except tomllib.TOMLDecodeError:
        is_right = False
    if not is_right:
        raise PipelineError(f"{file_name}: write formerly in one line, by itself: {_line(names)}")
    return changed


def _line(names: Sequence[str]) -> str:
    """Return the line of a TOML file that says what a document was called."""
    return f"formerly = {as_toml(names)}"


def _move(session: Session, source: Path, target: Path) -> None:
    if target.is_file():  # what machines wrote under the new name, unless somebody saves in it just now
        content = storage.read_bytes(session.config, target)
        history.keep(session.config, target, content, session.now)
        storage.remove(target, history.digest(content))
    storage.move(source, target)
    storage.remove_empty(session.config, source.parent)


def _outdated(session: Session, old: str) -> list[Path]:
    """Return what was made under the old name: PDFs, which name the document, tables and subtitles."""
    found = strays.named_after(session, old)
    return [stray.path for stray in found if stray.what in strays.MADE]


def former_ids(session: Session) -> dict[str, str]:
    """Return what the documents were called, with the ids they have now.

    Raises DocumentError when an id of old is that of a document again, or of two.
    """
    documents = session.sources().documents
    ids: dict[str, str] = {}
    for name, old in _former(session):
        if old == name:  # renaming it was broken off
            continue
        if old in documents or old in ids:
            other = old if old in documents else ids[old]
            raise DocumentError(
                f"{documents[name].with_suffix('.toml')}: formerly: {old} is the document {other} too, so nobody knows "
                "who has which; take it out, or give that document another name"
            )
        ids[old] = name
    return ids


def names_sent(session: Session, entries: Sequence[LedgerEntry]) -> dict[str, str]:
    """Return what the documents were called, as `former_ids` does, and what they were sent as in between.

    A TOML file that went with files moved by hand tells the name of before alone; the ledger, what was sent in its
    place: that is the same document.
    """
    there, sent_on, names = session.sources().documents, holdings.followed(entries), former_ids(session)
    for old, new in list(names.items()):
        while (old := sent_on.get(old, old)) not in there and old not in names:
            names[old] = new
    return names


def _former(session: Session) -> Iterator[tuple[str, str]]:
    """Yield each document with each id that it had."""
    found = session.sources()
    for beside in found.stated:
        name = sources.id_of(session.config, beside)
        if name in found.documents and found.documents[name].parent == beside.parent:
            yield from ((name, old) for old in _formerly(session, beside))


def _formerly(session: Session, path: Path) -> tuple[str, ...]:
    content = storage.read_bytes(session.config, path)
    if b"formerly" not in content:  # an archive has a hundred thousand such files, and some with faults
        return ()
    return corrections.parse(content, path.name, session.config.all_languages).meta.formerly
