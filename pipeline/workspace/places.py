"""Where the files of a workspace lie: the names of its folders, and what is in them."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.workspace.config import Config

PRIVATE = ".pipeline"
"""The folder of what the tool keeps for itself."""

HISTORY = "history"
"""In the private folder: earlier versions of files, in a folder for each."""

OUTBOX = "outbox"
"""In the output folder: what would be sent, and to whom."""

DIGESTS = "digest"
"""In the output folder: what came in, for the organisation's own readers."""

OPENED = "review"
"""In the output folder, where browsers may look that the system confines: what leads one to the review page."""

SITE, TABLES, SUBTITLES, SEMINAR = "site", "exchange", "subtitles", "seminar"
"""In the output folder: the section of a website, tables for people, files of subtitles, what a seminar needs."""

OWN_FOLDERS = frozenset((OUTBOX, DIGESTS, OPENED, SITE, TABLES, SUBTITLES, SEMINAR))
"""In the output folder: where the PDFs of no document may be."""

KEYS = "keys"

INBOX = "inbox"
"""The folder of what partners sent."""


def catalogue_path(config: Config, lang: str, document_id: str) -> Path:
    return config.translations / lang / f"{document_id}.po"


def catalogue_of(config: Config, path: Path) -> tuple[str, str]:
    """Return the language and the document of a PO file, by where it is."""
    lang, *names = path.relative_to(config.translations).with_suffix("").parts
    return lang, "/".join(names)


def catalogues(config: Config, lang: str) -> Iterator[tuple[str, Path]]:
    """Yield every PO file in a language, by the id of its document, which may be long gone."""
    return below(config.translations / lang, ".po")


def below(folder: Path, suffix: str = "", besides: Collection[str] = ()) -> Iterator[tuple[str, Path]]:
    """Yield what ends so below a folder and is none itself, and before it its path there without the ending; sorted.

    Not what is hidden, nor what is in a folder that can be in no id: a link, one with a full stop in its name, or one
    of the folders in it that are left out.
    """
    yield from ((name, folder / f"{name}{suffix}") for name in listed(folder, suffix, besides))


def listed(folder: Path, suffix: str = "", besides: Collection[str] = ()) -> Iterator[str]:
    """Yield the same without the paths, which take most of the time."""
    for entry in entries(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            inside = listed(folder / entry.name, suffix) if "." not in entry.name and entry.name not in besides else ()
            yield from (f"{entry.name}/{name}" for name in inside)
        elif entry.name.endswith(suffix):
            yield entry.name.removesuffix(suffix)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether something in a folder is one itself, or a link to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, by its name; nothing of what is no folder."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def names_below(folder: Path, suffix: str) -> list[str]:
    """Return the names of files with a suffix in a folder and those below it, without the suffix: «1988/letter»."""
    root, names = os.fspath(folder), list[str]()
    for here, _, files in os.walk(folder):
        above = here[len(root) + 1 :] + "/" if len(here) > len(root) else ""
        names += [above + name.removesuffix(suffix) for name in files if name.endswith(suffix) and name[0] != "."]
    return sorted(names)


def folders(folder: Path, shut: Collection[str] = ()) -> Iterator[Path]:
    """Yield the folders below one, links among them; not what is in these, or in those of it that are `shut`."""
    for entry in entries(folder):
        if is_folder(entry):
            yield folder / entry.name
            if not (entry.is_symlink() or entry.name in shut):
                yield from folders(folder / entry.name)


def is_in_an_id(config: Config, folder: Path) -> bool:
    """Whether the name of a folder is in ids, and the folder no other: that of a language, of all documents."""
    for top, own in (
        (config.seeds, config.all_languages), (config.translations, None), (config.output, OWN_FOLDERS)
    ):  # fmt: skip
        if folder.is_relative_to(top) and folder != top:
            return folder.parent != top or (own is not None and folder.name not in own)
    return False
