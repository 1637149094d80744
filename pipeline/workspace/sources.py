"""What lies in the folder of source documents: the documents, and all else with what it is and what can be done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import disk
from pipeline.distribution.names import identity
from pipeline.document import formats
from pipeline.errors import DocumentError
from pipeline.office import archive, filetypes
from pipeline.tables import is_line
from pipeline.workspace import storage
from pipeline.workspace.config import Config

MOST_ID_BYTES = 200
"""Of an id, in UTF-8: a file name has at most 255 on any disk, and suffixes follow."""

_SILENT = re.compile(
    r"\..*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|~\$.*|readme(\.\w{1,8})?|.*\.conflict", re.IGNORECASE | re.DOTALL
)
"""Names of what programs leave in every folder, hidden and lock files among it, and of what is written for people."""
_COPY = re.compile(r".*~|#.*#|.*\.(bak|tmp|swp|orig|old|sav|wbk)", re.IGNORECASE | re.DOTALL)
_UNFINISHED = re.compile(r".*\.(part|crdownload|download|partial|opdownload)", re.IGNORECASE | re.DOTALL)
_MOST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """Something among the documents that is not read: what it is, and what can be done about it.

    It `is_meant` as a document when it has the ending of one; its `document_id` is then what it would have.
    """

    path: Path
    what: str
    remedy: str
    is_meant: bool = False

    @property
    def document_id(self) -> str:
        return self.path.stem

    def said(self, name: str) -> str:
        """Return the line that says it, of a file that is called so."""
        return f"{name}: {self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents by id, sorted; and what was `refused` unopened: for its name, or as a second of one id."""

    documents: dict[str, Path]
    refused: tuple[ForeignFile, ...] = ()
    others: tuple[Path, ...] = field(default=())

    @property
    def ids(self) -> set[str]:
        """The ids that are taken, by what is refused too."""
        return {*self.documents, *(one.document_id for one in self.refused), *(path.stem for path in self.others)}


def look(config: Config) -> Sources:
    """Return what lies in the folder of source documents, by names alone; raise DocumentError without that folder."""
    if not config.seeds.is_dir():
        remedy = "create it, or name yours in pipeline.toml, and put the documents there"
        raise DocumentError(f"{config.seeds}: no such folder; {remedy}")
    shown = _shown(config.seeds)
    for folder in [path for path in shown if is_of_a_language(config, path)]:
        shown[shown.index(folder) : shown.index(folder) + 1] = _shown(folder)
    endings = formats.suffixes()
    named = [path for path in shown if formats.suffix(path.name) in endings and path.is_file()]
    by_id: dict[str, list[Path]] = {}
    for path in named:
        by_id.setdefault(identity(path.stem), []).append(path)
    refused = [one for path in named if (one := _refused(path, by_id[identity(path.stem)]))]
    not_kept = {one.path for one in refused}
    kept = {path.stem: path for path in named if path not in not_kept}
    statements = {path for path in shown if path.suffix == ".toml" and path.is_file()}
    beside = {path for path in statements if kept.get(path.stem, path).parent == path.parent}
    known = beside.union(named)
    others = tuple(path for path in shown if path not in known)
    return Sources(kept, tuple(refused), others)


def _shown(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if not _SILENT.fullmatch(path.name)]


def is_of_a_language(config: Config, folder: Path) -> bool:
    """Whether a folder among the documents holds those in a language: seeds/en/."""
    is_named = folder.parent == config.seeds and folder.name in config.all_languages
    return is_named and folder.is_dir() and storage.is_inside(config, folder) and _can_list(folder)


def documents(config: Config) -> dict[str, Path]:
    """Return the source documents by id; raise DocumentError as `look` does."""
    return look(config).documents


def statements(config: Config) -> list[Path]:
    """Return what editors state about documents, whether these are there or not: seeds/<id>.toml."""
    folders = [config.seeds, *(path for path in config.seeds.glob("*") if is_of_a_language(config, path))]
    found = (path for folder in folders for path in folder.glob("*.toml"))
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _refused(path: Path, same: list[Path]) -> ForeignFile | None:
    if not _is_text(path.name):
        return ForeignFile(path, "its name is not valid UTF-8", "give the file another name", is_meant=True)
    if not is_id(path.stem):
        return ForeignFile(path, "its name makes no id", "give it another, such as 2016-statement", is_meant=True)
    if len(same) > 1:
        other = next(one for one in same if one != path)
        return ForeignFile(path, f"there is {other.name} too, of the same id", "give one another name", is_meant=True)
    return None


def _is_text(name: str) -> bool:
    """Whether the name of a file can be written into others: programs of old give names in encodings of old."""
    return name == name.encode("utf-8", "replace").decode()


def is_id(name: str) -> bool:
    """Whether a name can be the id of a document, which is a part of file names everywhere."""
    is_fit = is_line(name) and name == name.strip() and not re.search(r"[/\\]", name) and name[:1] not in ("", ".", "-")
    return is_fit and any(map(str.isalnum, name)) and len(name.encode("utf-8", "replace")) <= MOST_ID_BYTES


def foreign(config: Config, sources: Sources) -> Iterator[ForeignFile]:
    """Yield all that is no document and is not read, in the order of names."""
    opened = (_foreign(config, path) for path in sources.others)
    yield from sorted([*sources.refused, *opened], key=lambda one: one.path)


def _foreign(config: Config, path: Path) -> ForeignFile:
    what, remedy = _by_place(config, path) or _by_name(path) or _by_content(path)
    return ForeignFile(path, what, remedy)


def explained(path: Path) -> ForeignFile | None:
    """Return what is to be said of a file from anywhere before it is read as a document; None when nothing is."""
    found = _lock(path) or (_folder(path) if path.is_dir() else None)
    return ForeignFile(path, *found) if found else None


_Said = tuple[str, str]


def _by_place(config: Config, path: Path) -> _Said | None:
    if path.is_symlink() and (not storage.is_inside(config, path) or not path.exists()):
        return "a link that leads out of the workspace, or nowhere", "put the file itself here"
    if path.is_dir():
        return _folder(path)
    if path.suffix == ".toml" and path.is_file():
        return "what an editor states about a document that lies in another folder", "put it beside that document"
    if not path.is_file():
        return "a pipe or a device", "take it away"
    return None


def _folder(path: Path) -> _Said:
    """Say what a folder is; one with the ending of a file is a document of an Apple program."""
    names = [one.name for _, one in zip(range(_MOST_LISTED), path.iterdir(), strict=False)] if _can_list(path) else []
    if path.suffix.lower() in (".pages", ".numbers", ".key"):
        return "a document of Pages, Numbers or Keynote", "open it in that program and export it as Word (.docx)"
    if path.name.endswith(("_files", ".files", "_fichiers", "-Dateien")):
        return "what belongs to a saved page", "it is not needed"
    held = [name for name in names if formats.suffix(name) in formats.suffixes() and not _SILENT.fullmatch(name)]
    if held:
        return (
            f"a folder, with {len(held)} document{'s' * (len(held) > 1)} in it",
            "put them into its parent folder, or into one named after their language, such as en",
        )
    return ("a folder", "put documents beside it, not into it") if names else ("an empty folder", "delete it")


def _can_list(path: Path) -> bool:
    try:
        next(path.iterdir(), None)
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
