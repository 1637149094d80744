"""What names partners or signs is its owner's alone, and is reached through no link, nor is anything outside."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.workspace import failures
from pipeline.workspace.config import Config
from pipeline.workspace.places import DIGESTS, INBOX, KEYS, OPENED, OUTBOX, PRIVATE, entries

IGNORING = ".gitignore"
"""In a folder of which git takes nothing."""

_PRIVATE = (f"{PRIVATE}*", f"{KEYS}*", f"{INBOX}*", "*partners*.toml*", "*ledger*.sqlite*")
"""With the copies that editors keep of a file, and programs that synchronise folders: partners.toml~,
.partners.toml.swp, «partners (conflicted copy).toml», «keys (1)»."""

_NO_COPIES = (PRIVATE, ".git")
"""Hidden folders in which no other program keeps copies of what is private."""


def require_inside(config: Config, path: Path) -> None:
    """Raise DocumentError when a path is a link that leads out of the workspace, to what is private, or nowhere."""
    if not is_inside(config, path):
        raise DocumentError(f"{path}: leads out of the workspace, or nowhere; put the file itself there, not a link")


def is_inside(config: Config, path: Path) -> bool:
    """Whether a path leads to something in the workspace, through links or not; to what is private by its name alone.

    A link may be somebody else's doing: through it partners and keys would get into texts and pages.
    """
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself; no name that a file can have
        return False
    named = Path(os.path.abspath(path))
    is_hidden = real != named and _is_private(config, real) and not _is_private(config, named)
    return real.is_relative_to(config.root) and not is_hidden


def _is_private(config: Config, path: Path) -> bool:
    """Whether a path is, or lies in, what names partners or signs."""
    if any(path.is_relative_to(config.output / name) for name in (OUTBOX, DIGESTS, OPENED)):
        return True
    parts = path.relative_to(config.root).parts if path.is_relative_to(config.root) else ()
    is_copy = parts[:1] != (".git",) and bool(parts) and parts[0].startswith(".")
    return any(_is_named_private(name) for name in parts[: 3 if is_copy else 1])


def _is_named_private(name: str) -> bool:
    return any(fnmatchcase(name, private) for private in _PRIVATE)


def _copies(config: Config) -> Iterator[Path]:
    """Yield what programs keep of what is private in hidden folders: `.stversions/partners~….toml`, `.history/…`."""
    for hidden in entries(config.root):
        if hidden.name.startswith(".") and hidden.name not in _NO_COPIES and hidden.is_dir(follow_symlinks=False):
            inside = entries(Path(hidden.path))
            below = (entries(Path(one.path)) for one in inside if one.is_dir(follow_symlinks=False))
            for entry in (*inside, *chain.from_iterable(below)):
                if _is_named_private(entry.name) or entry.name in (OUTBOX, DIGESTS):
                    yield Path(entry.path)


def private_folder(config: Config) -> Path:
    """Return the folder of what the tool keeps for itself; nobody but its owner can look into it.

    Raises DocumentError when it leads out of the workspace.
    """
    return _apart(config, config.root / PRIVATE)


def outbox(config: Config) -> Path:
    """Return the folder of what would be sent; nobody but its owner can look into it.

    Raises DocumentError when it leads out of the workspace.
    """
    return _apart(config, config.output / OUTBOX)


def inbox(config: Config) -> Path:
    """Return the folder of what partners sent; nobody but its owner can look into it.

    Raises DocumentError when it leads out of the workspace.
    """
    return _apart(config, config.root / INBOX)


def digests(config: Config) -> Path:
    """Return the folder of digests of what partners sent; nobody but its owner can look into it.

    Raises DocumentError when it leads out of the workspace.
    """
    return _apart(config, config.output / DIGESTS)


def opened(config: Config) -> Path:
    """Return the folder of what opens the review page; nobody but its owner can look into it.

    Raises DocumentError when it leads out of the workspace.
    """
    return _apart(config, config.output / OPENED)


def made_private(folder: Path) -> Path:
    """Return a folder that is there, and is its owner's alone if the disk knows owners."""
    with failures.told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _shut(folder)
    return folder


def _apart(config: Config, folder: Path) -> Path:
    """Return a folder in the workspace that is its owner's alone, and of which git takes nothing.

    Where it is, pipeline.toml may say; the .gitignore of the workspace may know nothing of that.
    """
    require_inside(config, folder)
    made_private(folder)
    with suppress(OSError), (folder / IGNORING).open("x") as file:  # there already, or not to be written to
        file.write("*\n")
    return folder


def keep_private(config: Config) -> Iterator[str]:
    """Shut what names partners or signs, whatever stood there before; yield what there is to say.

    What a link leads to outside the workspace is left as it is: the link may be somebody else's doing.
    """
    own = (path for name in _PRIVATE for path in sorted(config.root.glob(name)))
    places = [*own, *_copies(config), config.output / OUTBOX, config.output / DIGESTS, config.output / OPENED]
    found = [path for path in places if _is_open(path)]
    for path in (*found, *(config.root / PRIVATE).glob("*"), *(config.root / KEYS).glob("*")):
        if is_inside(config, path):
            _shut(path)
    left = [path for path in found if _is_open(path)]
    if names := ", ".join(path.relative_to(config.root).as_posix() for path in found if path not in left):
        yield f"{names}: others on this machine could read this; now only you can"
    if names := ", ".join(path.relative_to(config.root).as_posix() for path in left):
        yield f"{names}: others on this machine can read this; move the workspace to a disk and a folder of your own"


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def _shut(path: Path) -> None:
    """Take a file or folder from everybody but its owner, as far as the disk and its owner allow."""
    with suppress(OSError):
        if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077:
            path.chmod(mode & 0o700)
