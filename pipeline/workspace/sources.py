"""What lies in the folder of source documents: the documents, and all else with what it is and what can be done."""

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline import disk
from pipeline.distribution.names import identity
from pipeline.document import formats
from pipeline.errors import DocumentError
from pipeline.office import archive, filetypes
from pipeline.tables import is_line
from pipeline.workspace import places, privacy
from pipeline.workspace.config import Config

MOST_ID_BYTES = 200
"""Of an id, in UTF-8: a file name has at most 255 on any disk, and suffixes follow."""

MOST_FOLDERS = 8
"""In an id."""

_SILENT = re.compile(
    r"\..*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|~\$.*|readme(\.\w{1,8})?|.*\.conflict", re.IGNORECASE | re.DOTALL
)
"""Names of what programs leave in every folder, hidden and lock files among it, and of what is written for people."""
_COPY = re.compile(r".*~|#.*#|.*\.(bak|tmp|swp|orig|old|sav|wbk)", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r" ?[(\[]([^()\[\]]+)[)\]]")
_CONFLICTED = re.compile(r"conflict|\d{4}-\d\d-\d\d|^\d{1,3}$", re.IGNORECASE)
_COPIED = re.compile(
    r"(?:\.sync-|[._-])conflict-?\d.*| - [^\W\d_]+(?: \(\d{1,3}\))?|-(?:DESKTOP|LAPTOP)[-A-Z0-9]*|-WIN-[A-Z0-9]{11}"
)
"""What programs put behind the name of a file when they copy it: those that synchronise folders, where two people
have saved, with a day or «conflict» in brackets or the name of the machine, browsers «(1)», file managers « - Copy»."""
_LIKE_A_COPY = re.compile(r"[(\[]|conflict| - |-(?:DESKTOP|LAPTOP|WIN)")
"""What all of these have: there may be a hundred thousand names to look at."""
_UNFINISHED = re.compile(r".*\.(part|crdownload|download|partial|opdownload)", re.IGNORECASE | re.DOTALL)
_MOST_LISTED = 1000
_HEAD = 2000
"""Bytes of a PO file in which its header says of which document it is."""
_PROJECT = re.compile(r"Project-Id-Version: ((?:[^\\]|\\\")++)\\n")

YOUNG = 2_000_000_000
"""Nanoseconds: a file may be written twice within what some disks take for one moment (exFAT: two seconds)."""

_Said = tuple[str, str]
"""What something is, and what can be done about it."""


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """Something among the documents that is not read: what it is, and what can be done about it.

    It `is_meant` as a document when it has the ending of one; its `document_id` is then what it would have.
    """

    path: Path
    what: str
    remedy: str
    is_meant: bool = False
    document_id: str = ""

    def said(self, name: str) -> str:
        """Return the line that says it, of a file that is called so."""
        return f"{name}: {self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents by id, sorted; and what was `refused` unopened: for its name, or as a second of one id.

    `ids` are those that are taken, by what is refused and by `others` too. What editors state about documents, whether
    these are there or not, is `stated`. The `folders` were looked into, with the time when each was last written.
    """

    documents: dict[str, Path]
    refused: tuple[ForeignFile, ...]
    others: tuple[Path, ...]
    stated: tuple[Path, ...]
    ids: frozenset[str]
    folders: dict[str, int]


@dataclass(frozen=True, slots=True)
class _PlacedFile:
    """Something among the documents that is to be read, or said: `document_id` is what it has if it is one."""

    path: Path
    document_id: str
    is_file: bool
    is_named: bool
    """Whether it has the name of a document."""

    @property
    def is_stated(self) -> bool:
        return self.is_file and self.path.suffix == ".toml"


def look(config: Config) -> Sources:
    """Return what lies in the folder of source documents, by names alone; raise DocumentError without that folder."""
    if not config.seeds.is_dir():
        remedy = "create it, or name yours in pipeline.toml, and put the documents there"
        raise DocumentError(f"{config.seeds}: no such folder; {remedy}")
    folders: dict[str, int] = {}
    shown = list(_walked(config, config.seeds, folders))
    named = [one for one in shown if one.is_named]
    by_id: dict[str, list[_PlacedFile]] = {}
    for one in named:
        by_id.setdefault(identity(one.document_id), []).append(one)
    files = {(one.path.parent, identity(one.path.stem)) for one in named}
    found = (_refused(config, one, same) or _copied(config, one, files) for same in by_id.values() for one in same)
    refused = tuple(sorted(filter(None, found), key=lambda one: one.path))
    left = {one.path for one in refused}
    kept = {one.document_id: one.path for one in named if one.path not in left}
    others = [one for one in shown if not one.is_named and not _is_beside(one, kept)]
    ids = {*kept, *(one.document_id for one in refused), *(one.document_id for one in others)}
    stated = tuple(one.path for one in shown if one.is_stated)
    return Sources(kept, refused, tuple(one.path for one in others), stated, frozenset(ids), folders)


def look_again(config: Config, before: Sources | None, now: int) -> Sources:
    """Return what lies there `now`, in nanoseconds since 1970: what did `before`, if no name can have changed since."""
    is_old = before and all(written == _written(folder) < now - YOUNG for folder, written in before.folders.items())
    return before if before and is_old else look(config)


def _written(folder: str) -> int:
    try:
        status = os.stat(folder)
    except OSError:
        return 0
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _is_beside(one: _PlacedFile, documents: dict[str, Path]) -> bool:
    """Whether it is what an editor states about a document that is in the same folder, or is not there."""
    return one.is_stated and documents.get(one.document_id, one.path).parent == one.path.parent


def _walked(
    config: Config, folder: Path, folders: dict[str, int], above: tuple[str, ...] = ()
) -> Iterator[_PlacedFile]:
    """Yield what is in a folder of documents, and in those below it whose names can be in an id; sorted.

    The `folders` are noted before they are looked into.
    """
    folders[str(folder)] = _written(str(folder))
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not _SILENT.fullmatch(entry.name)), key=lambda one: one.name)
    for entry in entries:
        path = folder / entry.name
        is_folder = places.is_folder(entry)
        if is_folder and is_of_a_language(config, path):
            yield from _walked(config, path, folders)
        elif is_folder and not _folder_fault(path, above) and (its := _documents_in(config, path, folders, above)):
            yield from its
        else:
            is_file = not is_folder and (entry.is_file(follow_symlinks=False) or path.is_file())
            is_named = is_file and formats.suffix(entry.name) in formats.suffixes()
            yield _PlacedFile(path, "/".join((*above, path.stem)), is_file, is_named)


def _documents_in(config: Config, folder: Path, folders: dict[str, int], above: tuple[str, ...]) -> list[_PlacedFile]:
    """Return what is in a folder; nothing when no document is, and nothing that is said of one."""
    found = list(_walked(config, folder, folders, (*above, folder.name)))
    return found if any(one.is_named or one.is_stated for one in found) else []


def _folder_fault(folder: Path, above: tuple[str, ...]) -> _Said | None:
    """Say why what is in a folder has no id; None when it has. One with an ending may be of an Apple program."""
    if folder.suffix.lower() in (".pages", ".numbers", ".key"):
        return "a document of Pages, Numbers or Keynote", "open it in that program and export it as Word (.docx)"
    if folder.name.endswith(("_files", ".files", "_fichiers", "-Dateien")):
        return "what belongs to a saved page", "it is not needed"
    if folder.is_symlink():
        return "a link to a folder", "put the folder itself here"
    if not above and identity(folder.name) in places.OWN_FOLDERS:
        return f"a folder called {folder.name}, as one in output/ is", "give it another name"
    if "." in folder.name:
        return "a folder with a full stop in its name", "give it another, such as 1988-05"
    if not is_id(folder.name):
        return "a folder of which the name can be in no id", "give it another, such as 1988"
    if len(above) >= MOST_FOLDERS:
        return f"a folder in {MOST_FOLDERS} others", "put its documents further up"
    return None if _can_list(folder) else ("a folder that cannot be opened", "make it readable")


def is_of_a_language(config: Config, folder: Path) -> bool:
    """Whether a folder among the documents holds those in a language: seeds/en/."""
    is_named = folder.parent == config.seeds and folder.name in config.all_languages
    return is_named and folder.is_dir() and privacy.is_inside(config, folder) and _can_list(folder)


def language_of(config: Config, path: Path) -> str:
    """Return the language whose folder a document is in, or a folder in that; empty when it is in none."""
    first, *rest = path.relative_to(config.seeds).parts
    return first if rest and first in config.all_languages else ""


def id_of(config: Config, path: Path) -> str:
    """Return the id of the document at a path: its name, without the ending, after the folders above it.

    That of its language, which is directly in the folder of all documents, does not count.
    """
    first, *rest = path.relative_to(config.seeds).with_suffix("").parts
    return "/".join(rest if rest and first in config.all_languages else (first, *rest))


def path_of(config: Config, document_id: str, suffix: str, lang: str = "") -> Path:
    """Return where a document is of an id, in the folder of a language if there is to be one."""
    return config.seeds / lang / f"{document_id}{suffix}"


def documents(config: Config) -> dict[str, Path]:
    """Return the source documents by id; raise DocumentError as `look` does."""
    return look(config).documents


def _refused(config: Config, one: _PlacedFile, same: list[_PlacedFile]) -> ForeignFile | None:
    path = one.path
    if not _is_text(path.name):
        what, remedy = "its name is not valid UTF-8", "give the file another name"
    elif not is_id(one.document_id):
        what, remedy = "its name makes no id", "give it another, such as 2016-statement"
    elif len(same) > 1:
        other = next(one.path for one in same if one.path != path)
        name = other.name if other.parent == path.parent else other.relative_to(config.seeds).as_posix()
        what, remedy = f"there is {name} too, of the same id", "give one another name"
    else:
        return None
    return ForeignFile(path, what, remedy, True, one.document_id)


def _copied(config: Config, one: _PlacedFile, files: Container[tuple[Path, str]]) -> ForeignFile | None:
    """Say that a document is a copy of another beside it: an older state, perhaps, which would be released anew.

    One that has translations of its own was there before the other.
    """
    stem = one.path.stem
    copied = next((name for name in _copied_names(stem) if (one.path.parent, identity(name)) in files), "")
    if not copied or _is_translated(config, one.document_id, one.document_id.removesuffix(stem[len(copied) :])):
        return None
    remedy = "take over what you need, and delete it; if it is another document, give it a name of its own"
    return ForeignFile(one.path, f"named like a copy of {copied}", remedy, True, one.document_id)


def _copied_names(stem: str) -> Iterator[str]:
    """Yield what a file may be called of which another, by its name, is a copy."""
    ends = (place for place, letter in enumerate(stem) if place and not letter.isalnum())
    return (stem[:end] for end in ends if _is_of_a_copy(stem[end:])) if _LIKE_A_COPY.search(stem) else iter(())


def copied_catalogue(config: Config, path: Path) -> Path | None:
    """Return the PO file of which another beside it is a copy, by its name and its header; None when it is none.

    So programs that synchronise folders leave what one of two people has saved.
    """
    if not (beside := copied_beside(path)):
        return None
    (lang, own), (_, its) = places.catalogue_of(config, path), places.catalogue_of(config, beside)
    stated, of_that = _stated(config, lang, own), ("", identity(its), _stated(config, lang, its))
    return beside if stated in of_that and stated != identity(own) else None


def copied_beside(path: Path) -> Path | None:
    """Return the file of which another beside it is a copy, by its name; None when there is none."""
    beside = (path.with_name(f"{name}{path.suffix}") for name in _copied_names(path.stem))
    return next(filter(Path.is_file, beside), None)


def _is_translated(config: Config, document_id: str, other: str) -> bool:
    """Whether a document has a PO file of its own: one that was copied with its text says of which document that is."""
    names = [(_stated(config, lang, document_id), _stated(config, lang, other)) for lang in config.targets]
    own, its = identity(document_id), ("", identity(other))
    return any(stated == own or stated not in (*its, others) for stated, others in names)


def _stated(config: Config, lang: str, document_id: str) -> str:
    """Return of which document the PO file of one was made, as its header says; nothing without one."""
    path = places.catalogue_path(config, lang, document_id)
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    found = _PROJECT.search("".join(head.decode("utf-8", "replace").splitlines()).replace('""', ""))
    return identity(found[1].replace('\\"', '"')) if found else ""


def _is_of_a_copy(ending: str) -> bool:
    inner = _BRACKETED.fullmatch(ending)
    return bool(_CONFLICTED.search(inner[1]) if inner else _COPIED.fullmatch(ending))


def _is_text(name: str) -> bool:
    """Whether the name of a file can be written into others: programs of old give names in encodings of old."""
    return name.isascii() or name == name.encode("utf-8", "replace").decode()


def is_id(name: str) -> bool:
    """Whether a name can be the id of a document: what its file is called, behind the folders above it (1988/call)."""
    above, _, last = name.rpartition("/")
    is_short = len(name.encode("utf-8", "replace")) <= MOST_ID_BYTES
    is_read = not _SILENT.fullmatch(f"{last}.txt")
    return is_short and is_read and _is_in_ids(last) and (not above or _is_above_ids(above))


@lru_cache(1000)
def _is_above_ids(path: str) -> bool:
    """Whether folders can be above a document; asked for each document in them."""
    folders = path.split("/")
    is_free = identity(folders[0]) not in places.OWN_FOLDERS and "." not in path
    return is_free and len(folders) <= MOST_FOLDERS and all(map(_is_in_ids, folders))


def _is_in_ids(name: str) -> bool:
    is_fit = is_line(name) and name == name.strip() and "\\" not in name and name[:1] not in ("", ".", "-")
    return is_fit and any(map(str.isalnum, name))


def foreign(config: Config, sources: Sources) -> Iterator[ForeignFile]:
    """Yield all that is no document and is not read, in the order of names."""
    opened = (_foreign(config, path) for path in sources.others)
    yield from sorted([*sources.refused, *opened], key=lambda one: one.path)


def _foreign(config: Config, path: Path) -> ForeignFile:
    what, remedy = _by_place(config, path) or _by_name(path) or _by_content(path)
    return ForeignFile(path, what, remedy, document_id=id_of(config, path))


def explained(path: Path) -> ForeignFile | None:
    """Return what is to be said of a file from anywhere before it is read as a document; None when nothing is."""
    found = _lock(path) or (_added_folder(path) if path.is_dir() else None)
    return ForeignFile(path, *found) if found else None


def _by_place(config: Config, path: Path) -> _Said | None:
    if path.is_symlink() and (not privacy.is_inside(config, path) or not path.exists()):
        return "a link that leads out of the workspace, or nowhere", "put the file itself here"
    if path.is_dir():
        return _folder(path, tuple(id_of(config, path).split("/")[:-1]))
    if path.suffix == ".toml" and path.is_file():
        return "what an editor states about a document that lies in another folder", "put it beside that document"
    if not path.is_file():
        return "a pipe or a device", "take it away"
    return None


def _folder(path: Path, above: tuple[str, ...] = ()) -> _Said:
    if fault := _folder_fault(path, above):
        return fault
    with os.scandir(path) as found:
        is_empty = not any(found)
    return ("an empty folder", "delete it") if is_empty else ("a folder with no document in it", "take it away")


def _added_folder(path: Path) -> _Said:
    """Say what a folder is that was to be added as a document."""
    names = [one.name for _, one in zip(range(_MOST_LISTED), path.iterdir(), strict=False)] if _can_list(path) else []
    held = [name for name in names if formats.suffix(name) in formats.suffixes() and not _SILENT.fullmatch(name)]
    if not held:
        return _folder(path)
    documents = f"{len(held)} document{'s' * (len(held) > 1)}"
    return f"a folder, with {documents} in it", "add the files in it, or put the folder among the documents"


def _can_list(path: Path) -> bool:
    try:
        os.scandir(path).close()
    except OSError:
        return False
    return True


def _by_name(path: Path) -> _Said | None:
    if _UNFINISHED.fullmatch(path.name):
        return "a download that was not finished", "download it again"
    if _COPY.fullmatch(path.name):
        return "a copy that a program keeps of a file", "delete it, or give it its own name again"
    return None


def _lock(path: Path) -> _Said | None:
    if path.name.startswith(("~$", ".~lock.")):
        return "a note of an office program that a document is open", "close the document, and add that"
    return None


def _by_content(path: Path) -> _Said:
    try:
        content = disk.read(path, filetypes.ENOUGH)
        if content.startswith(filetypes.NEED_ALL):
            content = disk.read(path, archive.MOST_BYTES + 1)
        found = formats.foreign(content, formats.recognised(content, path.name))
    except DocumentError as error:
        what, _, remedy = str(error).partition(": ")[2].partition("; ")
        return what, remedy
    except OSError as error:
        return f"not to be read ({error.strerror})", "make the file readable"
    return found.name, found.remedy
