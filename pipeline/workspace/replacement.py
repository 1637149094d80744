"""Files replaced in one step, and never a version that somebody saved in the meantime.

What is to be written is flushed beside its place, under a name that tells what it is and
what it was made from. Then the two files are exchanged, and what was displaced is compared
with what had been read. Only when it is the same is it removed; else it goes back. A
command that is killed anywhere leaves both files, and `recover` ends what it had begun.
"""

import ctypes
import errno
import fcntl
import hashlib
import os
import re
import signal
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline import disk
from pipeline.errors import PipelineError

PATIENCE = 2.0
"""Seconds given to a program that is just saving a file."""

MOST_BYTES = 1_000_000_000
"""Of a file that a killed command may have left: what is larger is somebody else's."""

_AT_FDCWD, _NOREPLACE, _EXCHANGE = -100, 1, 2
_SWAP = re.compile(r"\.(?P<name>.+)\.(?P<old>[0-9a-f]{16})-(?P<new>[0-9a-f]{16})\.swap")
_PART = re.compile(r"\..+\.[a-z0-9_]{8}\.part")


class Changed(PipelineError):
    """A file is not what it was when it was read; it was left as it is."""


def put(path: Path, content: bytes, beside: Path | None = None) -> None:
    """Write a file, whatever stands there. Raises OSError; the old file is then whole.

    What a killed process leaves half written is in the folder of the file, or `beside` it.
    """
    _replace(_part(path, content, beside or path.parent), path)
    disk.flush(path.parent)


def put_made(path: Path, content: bytes, beside: Path) -> None:
    """Write a file that can be made again, as `put` does; it need not be safe on the disk at once.

    What a killed process leaves half written is in the folder `beside`.
    """
    _replace(_part(path, content, beside, is_safe=False), path)


def _replace(part: str, path: Path) -> None:
    try:
        os.replace(part, path)
    except OSError:
        _unlink(part)
        raise


def exchange(path: Path, content: bytes, expected: bytes) -> None:
    """Write a file that still holds `expected` (b"" for one that is empty or is not there).

    Raises Changed when it does not, or when another program has it open for writing and does
    not close it, and OSError; what stands there is then whole, and nobody's text is lost.
    """
    if not expected and not os.path.lexists(path):
        _create(path, content)
        return
    _require_regular(path)
    part = _flushed(path, content)
    swap = path.with_name(f".{path.name}.{_digest(expected)}-{_digest(content)}.swap")
    try:
        os.rename(part, swap)
    except OSError:
        _unlink(part)
        raise
    try:
        _rename(swap, path, _EXCHANGE)
    except OSError as error:
        if error.errno in disk.UNSUPPORTED:
            disk.tell(path.parent, disk.Weakness.EXCHANGE)
            _replace_if(path, swap, expected)
            return
        _unlink(swap)
        if error.errno == errno.ENOENT:
            raise Changed(f"{path}: it was removed while the command ran; run the command again") from None
        raise
    disk.flush(path.parent)
    _settle(path, swap, content, expected)


def _require_regular(path: Path) -> None:
    """Raise OSError unless a file stands at a path: to exchange a pipe or a folder would be to wait for it."""
    with suppress(FileNotFoundError), disk.opened(path):
        pass


def _settle(path: Path, swap: Path, content: bytes, expected: bytes) -> None:
    """Remove what was displaced if it is what was expected; else put it back where it stood."""
    free = _await_writers(swap)
    if free and swap.read_bytes() == expected:
        _unlink(swap)
        return
    _rename(swap, path, _EXCHANGE)
    disk.flush(path.parent)
    if _await_writers(swap) and swap.read_bytes() == content:
        _unlink(swap)
    else:
        # Somebody saved a second time, over ours: that is the newest, and the first stays beside it.
        _rename(swap, path, _EXCHANGE)
        _keep_beside(path, swap, _digest(swap.read_bytes()))
    if not free:
        raise Changed(f"{path}: another program has it open for writing; save and close it there, then run again")
    raise Changed(f"{path}: it was saved by somebody while the command ran, and left as it is; run the command again")


def recover(folder: Path) -> list[str]:
    """End what killed commands began in a folder; return what there is to say about it.

    To be called by one process at a time only.
    """
    remarks = []
    names = os.listdir(folder) if folder.is_dir() else ()
    for name in sorted(name for name in names if name.startswith(".")):
        if _PART.fullmatch(name):
            _unlink(folder / name)
        elif found := _SWAP.fullmatch(name):
            remarks += _recovered(folder / name, folder / found["name"], found["old"], found["new"])
    return remarks


def _recovered(swap: Path, path: Path, old: str, new: str) -> list[str]:
    if not (left := _digest_there(swap, os.O_NOFOLLOW)):
        return [f"{swap}: not a file that a command left behind; move it away"]
    if not path.exists():
        os.rename(swap, path)
        return [f"{path}: restored after an interrupted command"]
    if not (there := _digest_there(path)):
        return []  # what is wrong with it, whoever reads it is told
    if left in (old, new) and (there == new or not _is_blank(path) or _is_blank(swap)):
        _unlink(swap)
        return []
    if left in (old, new):  # a power cut has taken what was written, but not its name
        os.replace(swap, path)
        return [f"{path}: restored after an interrupted command"]
    if there == new:
        os.replace(swap, path)  # what is displaced is the command's own, and is made again
        return [f"{path}: what was saved during an interrupted command has been restored"]
    return [f"{path}: another version was kept as {_keep_beside(path, swap, left).name}"]


def _digest_there(path: Path, flags: int = 0) -> str:
    """Return the digest of a file; empty for a link to a device, a pipe, a folder, and what is too large to be ours.

    Whoever shares the workspace can give anything the name of a file that a killed command leaves.
    """
    try:
        with disk.opened(path, flags) as file:
            is_ours = os.fstat(file.fileno()).st_size <= MOST_BYTES
            return hashlib.file_digest(file, "sha256").hexdigest()[:16] if is_ours else ""
    except OSError:
        return ""


def _is_blank(path: Path) -> bool:
    """Whether nothing stands in a file, or nothing but zeros."""
    with disk.opened(path) as file:
        return not any(piece.strip(b"\0") for piece in iter(partial(file.read, 2**16), b""))


def _keep_beside(path: Path, swap: Path, digest: str) -> Path:
    kept = path.with_name(f"{path.name}.{digest}.conflict")
    os.rename(swap, kept)
    return kept


def remove(path: Path, expected: str) -> None:
    """Remove a file that still has a digest; raise Changed when somebody saves it meanwhile, and OSError.

    What they saved is then where it was. A command that is killed in between has removed nothing.
    """
    swap = path.with_name(f".{path.name}.{expected}-{_digest(b'')}.swap")
    os.rename(path, swap)
    if _await_writers(swap) and _digest_there(swap) == expected:
        _unlink(swap)
        return
    try:
        _name_anew(swap, path)
    except FileExistsError:
        _keep_beside(path, swap, _digest(swap.read_bytes()))
    disk.flush(path.parent)
    raise Changed(f"{path}: it was saved by somebody while the command ran, and left as it is; run the command again")


def _create(path: Path, content: bytes) -> None:
    part = _flushed(path, content)
    try:
        _name_anew(part, path)
    except FileExistsError:
        _unlink(part)
        raise Changed(f"{path}: it was made by somebody while the command ran; run the command again") from None
    except OSError:
        _unlink(part)
        raise
    disk.flush(path.parent)


def _name_anew(part: str | Path, path: Path) -> None:
    """Give a file a name unless it is taken; raise FileExistsError when it is."""
    try:
        _rename(part, path, _NOREPLACE)
    except OSError as error:
        if error.errno not in disk.UNSUPPORTED:
            raise
        _take_name(part, path)


def _take_name(part: str | Path, path: Path) -> None:
    """Give a new file its name where the kernel cannot do so unless it is taken; raise FileExistsError when it is."""
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in disk.UNSUPPORTED | {errno.EPERM, errno.EMLINK}:
            raise
        # The name is taken by an empty file first: a command killed here leaves one that the next may fill.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(part, path)
    else:
        os.unlink(part)


def _replace_if(path: Path, swap: Path, expected: bytes) -> None:
    """Where a file system cannot exchange files: compare, then replace at once."""
    try:
        if not _await_writers(path) or path.read_bytes() != expected:
            raise Changed(f"{path}: it was saved by somebody while the command ran; run the command again")
        os.replace(swap, path)
    except (OSError, Changed):
        _unlink(swap)
        raise
    disk.flush(path.parent)


def _flushed(path: Path, content: bytes) -> str:
    """Return the name of a new file beside `path` with this content, safe on the disk."""
    return _part(path, content, path.parent)


def _part(path: Path, content: bytes, folder: Path, *, is_safe: bool = True) -> str:
    descriptor, part = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            disk.permit(file.fileno(), path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            if is_safe:
                disk.sync(file.fileno(), path.parent)
    except OSError:
        _unlink(part)
        raise
    return part


def _await_writers(path: Path) -> bool:
    """Wait until no program has a file open for writing; return whether that came true.

    A read lease is only given when there is none (fcntl(2)); where leases are not to be had,
    the file is taken to be free.
    """
    with suppress(ValueError):  # only the main thread may; a broken lease would end the process
        signal.signal(signal.SIGIO, signal.SIG_IGN)
    end = time.monotonic() + PATIENCE
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while True:
            try:
                fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
                fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
                return True
            except OSError as error:
                if error.errno != errno.EAGAIN:
                    return True
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
    finally:
        os.close(descriptor)


def _rename(source: str | Path, target: Path, flags: int) -> None:
    """Rename as renameat2(2) does with these flags; raise OSError."""
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if function(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flags):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(source), None, str(target))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _unlink(path: str | Path) -> None:
    """Remove a file of ours; one that cannot be removed is found by `recover`."""
    with suppress(OSError):
        os.unlink(path)
