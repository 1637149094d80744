"""Where the files of a workspace lie; atomic, locked writes."""

import errno
import fcntl
import hashlib
import json
import os
import secrets
import socket
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from fnmatch import fnmatchcase
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline import disk, strictjson
from pipeline.errors import DocumentError, PipelineError
from pipeline.workspace import replacement
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

IGNORING = ".gitignore"
"""In a folder of which git takes nothing."""

INBOX = "inbox"
"""The folder of what partners sent."""

_PRIVATE = (f"{PRIVATE}*", f"{KEYS}*", f"{INBOX}*", "*partners*.toml*", "*ledger*.sqlite*")
"""With the copies that editors keep of a file, and programs that synchronise folders: partners.toml~,
.partners.toml.swp, «partners (conflicted copy).toml», «keys (1)»."""

_NO_COPIES = (PRIVATE, ".git")
"""Hidden folders in which no other program keeps copies of what is private."""

MAX_BYTES = 1_000_000_000
"""Of any file; each kind has a lower limit of its own where it is read."""

MAX_RECORD_BYTES = 100_000_000
"""Of what the tool notes for itself: a line for every sentence."""

_PAUSE = 0.1
"""Seconds between two looks whether a workspace is free."""


class WorkspaceBusyError(PipelineError):
    """Another command is writing in the workspace."""


def decoded(content: bytes, name: str) -> str:
    """Return a text file's content; raise DocumentError with the byte that is no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: byte {error.start}: not valid UTF-8; save the file as UTF-8") from None


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
    for entry in _entries(folder):
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


def _entries(folder: Path) -> list[os.DirEntry[str]]:
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
    for hidden in _entries(config.root):
        if hidden.name.startswith(".") and hidden.name not in _NO_COPIES and hidden.is_dir(follow_symlinks=False):
            inside = _entries(Path(hidden.path))
            below = (_entries(Path(one.path)) for one in inside if one.is_dir(follow_symlinks=False))
            for entry in (*inside, *chain.from_iterable(below)):
                if _is_named_private(entry.name) or entry.name in (OUTBOX, DIGESTS):
                    yield Path(entry.path)


def read_bytes(config: Config, path: Path) -> bytes:
    """Return a file's content; raise DocumentError when it cannot be read or lies outside the workspace."""
    require_inside(config, path)
    return read_outside(path)


def read_outside(path: Path) -> bytes:
    """Return the content of a file anywhere; raise DocumentError when it cannot be read."""
    try:
        content = disk.read(path, MAX_BYTES + 1)
    except disk.IrregularFileError:
        raise DocumentError(f"{path}: a folder, a pipe or a device; put a file in its place") from None
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file; look at its name again") from None
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}; make the file readable") from None
    if len(content) > MAX_BYTES:
        raise DocumentError(f"{path}: larger than {MAX_BYTES:,} bytes; divide it")
    return content


def read_record(path: Path) -> dict[str, Any]:
    """Return a JSON object the tool wrote for itself; empty when there is none to be read."""
    try:
        record = strictjson.read(disk.read(path, MAX_RECORD_BYTES + 1), MAX_RECORD_BYTES)
    except (OSError, ValueError):
        return {}  # what it recorded is then done again
    return record if isinstance(record, dict) else {}


def write_record(path: Path, record: Mapping[str, Any], old: Mapping[str, Any]) -> None:
    """Write a JSON object for the tool itself, if it differs from the `old` one."""
    if record != old:
        write(path, json.dumps(record, indent=1, sort_keys=True).encode())


def as_record(record: Mapping[str, Any]) -> bytes:
    """Return a JSON object that `read_record` reads, in its order."""
    return json.dumps(record, indent=1).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def file_sha256(config: Config, path: Path) -> str:
    """Return the digest of a file, however large; raise DocumentError as `read_bytes` does."""
    require_inside(config, path)
    try:
        with disk.opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}; make the file readable") from None


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
    with _named(folder):
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


@contextmanager
def locked(config: Config, *, wait: bool = False, say: Callable[[str], None] = lambda text: None) -> Iterator[None]:
    """Hold the workspace against a second writing command; the kernel frees it when the process ends.

    Raises WorkspaceBusyError that names who holds the workspace; asked to `wait`, it says so through `say`.
    """
    descriptor = os.open(config.root, os.O_RDONLY)
    with ExitStack() as held:
        held.callback(os.close, descriptor)
        try:
            _hold(descriptor, config.root, held)
        except BlockingIOError:
            who = f"{config.root}: {_holder(descriptor)} is writing here"
            if not wait:
                raise WorkspaceBusyError(f"{who}; wait until it is done, or add --wait") from None
            say(f"{who}; waiting for it")
            _await(descriptor, config.root, held)
        yield


def _await(descriptor: int, root: Path, held: ExitStack) -> None:
    while True:
        with suppress(BlockingIOError):
            _hold(descriptor, root, held)
            return
        time.sleep(_PAUSE)


def _hold(descriptor: int, root: Path, held: ExitStack) -> None:
    """Lock an open folder; raise BlockingIOError when another process holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:  # no locks on this disk, or none of folders, as on NFS
        disk.tell(root, disk.Weakness.LOCK)
        _hold_name(os.fstat(descriptor), held)


def _hold_name(folder: os.stat_result, held: ExitStack) -> None:
    """Hold a folder on this machine alone, by an abstract name (unix(7)), freed when the process ends."""
    name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        name.bind(f"\0pipeline-{folder.st_dev:x}-{folder.st_ino:x}")
    except OSError as error:
        name.close()
        if error.errno == errno.EADDRINUSE:
            raise BlockingIOError(error.errno, error.strerror) from None
        raise
    held.callback(name.close)


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
        with _named(folder):
            yield from replacement.recover(folder)


def conflicts(config: Config) -> list[Path]:
    """Return the versions of files that were kept beside them, for a person to compare."""
    folders = set(_folders_written(config))
    return sorted(folder / one.name for folder in folders for one in _entries(folder) if one.name.endswith(".conflict"))


def _holder(descriptor: int) -> str:
    """Return who holds the lock on a folder, as proc_locks(5) tells it."""
    status = os.fstat(descriptor)
    file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    with suppress(OSError):
        for line in Path("/proc/locks").read_text().splitlines():
            fields = line.split()
            if fields[1] == "FLOCK" and fields[5] == file:
                return f"{_command(fields[4])} (process {fields[4]})"
    return "another pipeline command"


def _command(process: str) -> str:
    """Return a command as it was typed: «pipeline run --release»."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return "another pipeline command"
    names = [index for index, word in enumerate(words) if Path(word).name in ("pipeline", "pipeline.__main__")]
    return " ".join(["pipeline", *words[names[-1] + 1 :]]).strip() if names else "another pipeline command"


def _folders_written(config: Config) -> Iterator[Path]:
    yield from (config.root, config.seeds, config.translations, config.output)
    yield from (path for path in (config.root / INBOX,) if is_inside(config, path))
    yield from (path for path in _folders(config.seeds) if is_inside(config, path))  # others are not read
    for lang in config.targets:
        yield config.translations / lang
        yield from _folders(config.translations / lang)
    yield from islice(_left(config), _MOST_LEFT)
    yield from _folders(config.output, OWN_FOLDERS)
    # What the tool keeps is thousands of files: os.walk need not look at each to tell which are folders. Those of the
    # history, a folder for each PO file, are looked at when they are written to; what is half written is above them.
    for folder, names, _ in os.walk(config.root / PRIVATE):
        yield from (Path(folder, name) for name in names)
        names[:] = [name for name in names if name != HISTORY or folder != str(config.root / PRIVATE)]


_MOST_LEFT = 10_000
"""Folders of other languages that are looked into; no document has more of them."""


def _left(config: Config) -> Iterator[Path]:
    """Yield the folders of languages that are asked for no more, from which `clean` removes; no links out of here."""
    for entry in _entries(config.translations):
        if is_folder(entry) and entry.name not in config.targets:
            folder = config.translations / entry.name
            yield from (path for path in (folder, *_folders(folder)) if is_inside(config, path))


def _folders(folder: Path, shut: Collection[str] = ()) -> Iterator[Path]:
    """Yield the folders below one, links among them; not what is in these, or in those of it that are `shut`."""
    for entry in _entries(folder):
        if is_folder(entry):
            yield folder / entry.name
            if not (entry.is_symlink() or entry.name in shut):
                yield from _folders(folder / entry.name)


def write(path: Path, content: bytes, expected: bytes | None = None) -> None:
    """Write a file as a whole or not at all.

    With `expected`, the file must still hold those bytes (b"" when it did not exist): what a
    translator saved in the meantime is not overwritten. Raises replacement.Changed then, and
    PipelineError when it cannot be written.
    """
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if expected is None:
            replacement.put(path, content)
        else:
            replacement.exchange(path, content, expected)


def write_made(config: Config, path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all that can be made again, should the power fail at once."""
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        config.output.mkdir(parents=True, exist_ok=True)
        replacement.put_made(path, content, config.output)


def write_kept(path: Path, content: bytes, beside: Path) -> None:
    """Write a file as a whole or not at all; what a killed process leaves half written is in the folder `beside`."""
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        replacement.put(path, content, beside)


def write_beside(path: Path, content: bytes) -> None:
    """Write a file as a whole while another command may hold the workspace, and clear what is half written there."""
    with _named(path):
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.unlink(missing_ok=True)  # a killed command's, or a link that leads anywhere
        with part.open("xb") as file:
            file.write(content)
        os.replace(part, path)


def write_part(path: Path, content: bytes) -> None:
    """Write a new file of a folder that has no name yet, and is made anew if it gets none: no disk is waited for."""
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Write a folder of files as a whole or not at all; return whether it was written: False when it is there."""
    with _named(folder):
        part = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}.part")
        part.mkdir(mode=0o700)
        try:
            for name, content in files.items():
                (part / name).write_bytes(content)
                disk.flush(part / name)
            disk.flush(part)
            with suppress(FileExistsError):  # of a folder that is not empty, rename(2) may say ENOTEMPTY
                return _renamed(part, folder)
            return False
        finally:
            disk.clear(part)


def _renamed(part: Path, folder: Path) -> bool:
    try:
        part.rename(folder)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.ENOTDIR):
            return False
        raise
    disk.flush(folder.parent)
    return True


def remove(path: Path, expected: str) -> None:
    """Remove a file that still has a digest, as `history.digest` tells it; raise replacement.Changed if it has not."""
    with _named(path):
        replacement.remove(path, expected)


def remove_folder(folder: Path) -> None:
    """Remove a folder of what can be made again, or what stands in its place; nobody sees a part of it meanwhile."""
    with _named(folder):
        gone = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}.part")
        with suppress(FileNotFoundError):
            folder.rename(gone)
            disk.clear(gone)


def move(source: Path, target: Path) -> None:
    """Move a file, in place of what stands there, or a folder, into the one that stands there."""
    with _named(source):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            for path in sorted(source.iterdir()):
                os.replace(path, target / path.name)
            source.rmdir()
        else:
            os.replace(source, target)
        disk.flush(target.parent)


def remove_empty(config: Config, folder: Path) -> None:
    """Remove a folder of an id when nothing is in it any more, and those above it."""
    while _is_in_an_id(config, folder):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _is_in_an_id(config: Config, folder: Path) -> bool:
    """Whether the name of a folder is in ids, and the folder no other: that of a language, of all documents."""
    for top, own in (
        (config.seeds, config.all_languages), (config.translations, None), (config.output, OWN_FOLDERS)
    ):  # fmt: skip
        if folder.is_relative_to(top) and folder != top:
            return folder.parent != top or (own is not None and folder.name not in own)
    return False


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say of an error of the system where it happened and what to do."""
    try:
        yield
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror or error}; {_remedy(error)}") from None


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some disk space and run the command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "allow writing to this folder and run the command again"
    return "look whether the disk is in order, and run the command again"
