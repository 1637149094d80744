"""What killed commands left in the folders that commands write to is put in order."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipeline.workspace import failures, places, replacement, sources
from pipeline.workspace.config import Config
from pipeline.workspace.privacy import is_inside, require_inside

_MOST_LEFT = 10_000
"""Folders of other languages that are looked into; no document has more of them."""


def require_own_folders(config: Config) -> None:
    """Raise DocumentError when a folder that commands write to is a link that leads out of the workspace, or nowhere.

    Whoever shares the workspace can put it there; what lies behind it would be written over, moved or cleared.
    """
    for folder in _folders_written(config):
        if os.path.lexists(folder):
            require_inside(config, folder)


def mend(config: Config) -> Iterator[str]:
    """Put in order what killed commands left; yield what there is to say. Only while it is `locked`."""
    for folder in _folders_written(config):
        with failures.told(folder):
            yield from replacement.recover(folder)


def conflicts(config: Config) -> list[tuple[Path, Path]]:
    """Return the versions of files that were kept beside them, for a person to compare, each with that file.

    Of PO files, and of what people write beside them, those too that programs for synchronising keep.
    """
    return _conflicts(config, set(_folders_written(config)))


def conflicts_of_settings(config: Config) -> list[tuple[Path, Path]]:
    """Return the same of the files that say what is to be done, in which terms, and who is to have it."""
    return _conflicts(config, {config.root, config.translations})


def _conflicts(config: Config, folders: Iterable[Path]) -> list[tuple[Path, Path]]:
    found = ((folder, one.name) for folder in folders for one in places.entries(folder))
    kept = (folder / name for folder, name in found if name.endswith((".conflict", ".po", *_WRITTEN)))
    return sorted((path, original) for path in kept if (original := _original(config, path)))


_WRITTEN = (".toml", ".csv", ".json", ".lock")
"""How files end beside those of texts: settings, partners, terms, statements of editors, what is noted of the inbox."""


def _original(config: Config, path: Path) -> Path | None:
    """Return the file that another is a version of; None when it is none."""
    if path.name.endswith(".conflict"):
        return path.with_name(path.name.rsplit(".", 2)[0])
    if path.suffix == ".po":
        return sources.copied_catalogue(config, path) if path.parent.is_relative_to(config.translations) else None
    inbox = config.root / places.INBOX
    own = (config.root, ".toml"), (config.root, ".lock"), (config.translations, ".csv"), (inbox, ".json")
    if (path.parent, path.suffix) in own:  # what others lay there is theirs
        return sources.copied_beside(path)
    is_an_editors = path.suffix == ".toml" and path.parent.is_relative_to(config.seeds)
    original = sources.copied_beside(path) if is_an_editors else None
    if original and any(one.stem == path.stem and one != path for one in path.parent.iterdir()):
        return None  # it belongs to a document, which may itself be a copy
    return original


def _folders_written(config: Config) -> Iterator[Path]:
    yield from (config.root, config.seeds, config.translations, config.output)
    yield from (path for path in (config.root / places.INBOX,) if is_inside(config, path))
    yield from (path for path in places.folders(config.seeds) if is_inside(config, path))  # others are not read
    for lang in config.targets:
        yield config.translations / lang
        yield from places.folders(config.translations / lang)
    yield from islice(_left(config), _MOST_LEFT)
    yield from places.folders(config.output, places.OWN_FOLDERS)
    # What the tool keeps is thousands of files: os.walk need not look at each to tell which are folders. Those of the
    # history, a folder for each PO file, are looked at when they are written to; what is half written is above them.
    for folder, names, _ in os.walk(config.root / places.PRIVATE):
        yield from (Path(folder, name) for name in names)
        names[:] = [name for name in names if name != places.HISTORY or folder != str(config.root / places.PRIVATE)]


def _left(config: Config) -> Iterator[Path]:
    """Yield the folders of languages that are asked for no more, from which `clean` removes; no links out of here."""
    for entry in places.entries(config.translations):
        if places.is_folder(entry) and entry.name not in config.targets:
            folder = config.translations / entry.name
            yield from (path for path in (folder, *places.folders(folder)) if is_inside(config, path))
