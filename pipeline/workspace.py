"""Where the files of a workspace lie; atomic, locked writes."""

import errno
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pipeline import corrections, plugins
from pipeline.config import Config
from pipeline.errors import DocumentError, PipelineError
from pipeline.model import Document


@cache
def _formats() -> dict[str, object]:
    """Return the input formats by file suffix."""
    found = [plugins.load("formats", name) for name in plugins.names("formats")]
    return {suffix: module for module in found for suffix in module.SUFFIXES}


def source_files(config: Config) -> dict[str, Path]:
    """Return the source documents by id, sorted; raise DocumentError when the folder is missing."""
    if not config.seeds.is_dir():
        raise DocumentError(f"{config.seeds}: no such folder; create it and put the source documents there")
    suffixes = _formats()
    files: dict[str, Path] = {}
    for path in sorted(config.seeds.iterdir()):
        if path.suffix.lower() not in suffixes or path.name.startswith(".") or not path.is_file():
            continue
        if path.stem in files:
            raise DocumentError(f"{path}: there is {files[path.stem].name} already; give one of them another name")
        files[path.stem] = path
    return files


def read_document(config: Config, path: Path) -> Document:
    """Return the source document at `path`, with the corrections beside it applied."""
    content = read_bytes(config, path)
    beside = path.with_suffix(".toml")
    text = decoded(read_bytes(config, beside), beside.name) if beside.is_file() else ""
    stated = corrections.parse(text, beside.name)
    return _formats()[path.suffix.lower()].read(content, path.stem, config.source_language, stated)


def decoded(content: bytes, name: str) -> str:
    """Return a text file's content; raise DocumentError with the byte that is no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: byte {error.start}: not valid UTF-8; save the file as UTF-8") from None


def catalogue_path(config: Config, lang: str, document_id: str) -> Path:
    return config.translations / lang / f"{document_id}.po"


def require_inside(config: Config, path: Path) -> None:
    """Raise DocumentError when a path is a link that leads out of the workspace."""
    if not path.resolve().is_relative_to(config.root):
        raise DocumentError(f"{path}: leads out of the workspace; put the file itself there, not a link")


def read_bytes(config: Config, path: Path) -> bytes:
    """Return a file's content; raise DocumentError when it cannot be read or lies outside the workspace."""
    require_inside(config, path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}; make the file readable") from None


def read_record(path: Path) -> dict:
    """Return a JSON object the tool wrote for itself; empty when there is none to be read."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # what it recorded is then done again
    return record if isinstance(record, dict) else {}


def write_record(path: Path, record: dict, old: dict) -> None:
    """Write a JSON object for the tool itself, if it differs from the `old` one."""
    if record != old:
        write(path, json.dumps(record, indent=1, sort_keys=True).encode())


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def locked(config: Config) -> Iterator[None]:
    """Hold the workspace against a second writing command; the kernel frees it when the process ends."""
    descriptor = os.open(config.root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PipelineError(
                f"{config.root}: another pipeline command is writing here; wait until it is done"
            ) from None
        yield
    finally:
        os.close(descriptor)


def write(path: Path, content: bytes, expected: bytes | None = None) -> None:
    """Write a file beside its place, flush it and rename it there.

    With `expected`, the file must still hold those bytes (b"" when it did not exist):
    what a translator saved in the meantime is not overwritten. Raises PipelineError.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o666 & ~_umask())
            os.fsync(file.fileno())
        if expected is not None and (path.read_bytes() if path.exists() else b"") != expected:
            raise PipelineError(f"{path}: changed while the command ran; nothing was written: run it again")
        os.replace(temporary, path)
        temporary = None
        _flush_folder(path.parent)
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror or error}; {_remedy(error)}") from None
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some disk space and run the command again"
    return "allow writing to this folder and run the command again"


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
