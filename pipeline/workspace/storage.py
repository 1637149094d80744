"""Files of a workspace, read up to a limit and written whole or not at all."""

import errno
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline import disk, strictjson
from pipeline.errors import DocumentError, UsageError
from pipeline.workspace import failures, places, replacement
from pipeline.workspace.config import Config
from pipeline.workspace.privacy import require_inside

MAX_BYTES = 1_000_000_000
"""Of any file; each kind has a lower limit of its own where it is read."""

MAX_RECORD_BYTES = 100_000_000
"""Of what the tool notes for itself: a line for every sentence."""


def decoded(content: bytes, name: str) -> str:
    """Return a text file's content; raise DocumentError with the byte that is no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: byte {error.start}: not valid UTF-8; save the file as UTF-8") from None


_IRREGULAR = "a folder, a pipe or a device; put a file in its place"


def read_bytes(config: Config, path: Path) -> bytes:
    """Return a file's content; raise DocumentError when it cannot be read or lies outside the workspace."""
    require_inside(config, path)
    return read_outside(path)


def read_outside(path: Path) -> bytes:
    """Return the content of a file anywhere; raise DocumentError when it cannot be read."""
    try:
        content = disk.read(path, MAX_BYTES + 1)
    except disk.IrregularFileError:
        raise DocumentError(f"{path}: {_IRREGULAR}") from None
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
    except disk.IrregularFileError:
        raise DocumentError(f"{path}: {_IRREGULAR}") from None
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}; make the file readable") from None


def write(path: Path, content: bytes, expected: bytes | None = None) -> None:
    """Write a file as a whole or not at all.

    With `expected`, the file must still hold those bytes (b"" when it did not exist): what a
    translator saved in the meantime is not overwritten. Raises replacement.Changed then, and
    PipelineError when it cannot be written.
    """
    with failures.told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if expected is None:
            replacement.put(path, content)
        else:
            replacement.exchange(path, content, expected)


def require_own(path: Path, mark: bytes) -> None:
    """Raise UsageError when a file that somebody named is there and has no `mark` at its beginning, as ours have."""
    if path.exists() and not (path.is_file() and mark in disk.read(path, 1000)):
        raise UsageError(f"{path}: is there already, and is something else; name another file, or move it away")


def write_made(config: Config, path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all that can be made again, should the power fail at once."""
    with failures.told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        config.output.mkdir(parents=True, exist_ok=True)
        replacement.put_made(path, content, config.output)


def write_kept(path: Path, content: bytes, beside: Path) -> None:
    """Write a file as a whole or not at all; what a killed process leaves half written is in the folder `beside`."""
    with failures.told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        replacement.put(path, content, beside)


def write_beside(path: Path, content: bytes) -> None:
    """Write a file as a whole while another command may hold the workspace, and clear what is half written there."""
    with failures.told(path):
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.unlink(missing_ok=True)  # a killed command's, or a link that leads anywhere
        with part.open("xb") as file:
            file.write(content)
        os.replace(part, path)


def write_part(path: Path, content: bytes) -> None:
    """Write a new file of a folder that has no name yet, and is made anew if it gets none: no disk is waited for."""
    with failures.told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Write a folder of files as a whole or not at all; return whether it was written: False when it is there."""
    with failures.told(folder):
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
    with failures.told(path):
        replacement.remove(path, expected)


def remove_folder(folder: Path) -> None:
    """Remove a folder of what can be made again, or what stands in its place; nobody sees a part of it meanwhile."""
    with failures.told(folder):
        gone = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}.part")
        with suppress(FileNotFoundError):
            folder.rename(gone)
            disk.clear(gone)


def move(source: Path, target: Path) -> None:
    """Move a file, in place of what stands there, or a folder, into the one that stands there."""
    with failures.told(source):
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
    while places.is_in_an_id(config, folder):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
