"""Whom a recipient trusts, and what was seen of them: two files in the user's own folder of settings.

They belong to the person, not to a workspace: recipients have none; and a file that lies beside a bundle may have
come with it.
"""

import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import disk
from pipeline.distribution import keyring, seen, signing
from pipeline.distribution.keyring import TrustedKey
from pipeline.distribution.seen import Seen
from pipeline.errors import EnvironmentMissing, SigningError, UsageError
from pipeline.workspace import replacement, storage

KEYRING, SEEN = "senders", "seen.json"

MAX_KEY_BYTES = 1_000_000
_MAX_SEEN_BYTES = 100_000_000
_MAX_OF_SENDER = _MAX_SEEN_BYTES // 2
"""Some hundred thousand texts; a sender who numbers without end must not keep others from being remembered."""


def folder() -> Path:
    """Return the folder of the user's settings (XDG Base Directory Specification).

    Raises EnvironmentMissing when the user has no home.
    """
    stated = Path(os.environ.get("XDG_CONFIG_HOME") or "")
    try:
        place = (stated if stated.is_absolute() else Path.home() / ".config") / "pipeline"
        if not place.is_absolute():  # the current folder may have been unpacked from a bundle
            raise RuntimeError
        return place
    except RuntimeError:
        raise EnvironmentMissing("senders: this user has no home folder; set HOME, or give --signer") from None


def trusted() -> list[TrustedKey]:
    """Return the keys that are trusted; raise SigningError when others could have put them there."""
    path = folder() / KEYRING
    for place in (path.parent, path):
        _require_own(place)
        if _mode(place) & (stat.S_IWGRP | stat.S_IWOTH):
            raise SigningError(f"{place}: others may write here; look at what it holds, then type: chmod go-w {place}")
    content = _read(path, MAX_KEY_BYTES)
    return keyring.parse(content, str(path)) if content.strip() else []


def trust(file: Path, name: str = "") -> list[TrustedKey]:
    """Trust the keys of a file from now on, and return them.

    Raises UsageError when it cannot be read, SigningError when it is no file of public keys.
    """
    new = list(dict.fromkeys(keyring.parse(read_keys(file), str(file), name)))
    for key in new:
        if weak := signing.weakness(key.public):
            raise SigningError(f"{file}: {weak}, which others can forge; ask {key.name} for another key")
        for fault in keyring.deceptions(key.name):
            raise SigningError(f"{file}: the name {key.name!a} {fault}; give another with --name")
    with _locked():
        kept = [key for key in trusted() if key.public not in {other.public for other in new}]
        _require_names(kept, new)
        content = keyring.written([*kept, *new])
        if len(content) > MAX_KEY_BYTES:
            raise SigningError(f"{file}: more keys than are kept; trust those alone whose bundles you verify")
        _write(KEYRING, content)
    return new


def _require_names(kept: Sequence[TrustedKey], new: Sequence[TrustedKey]) -> None:
    """Raise SigningError when a new key is called as another sender: a key's name is what its maker wrote."""
    known = {look: key for key in kept for look in keyring.looks(key.name)}
    for key in new:
        if before := next((known[look] for look in keyring.looks(key.name) if look in known), None):
            raise SigningError(
                f"{key.name} is the name of a key that you trust already, {before.fingerprint}; if the sender has a "
                f"new key, type first: pipeline keys forget {before.fingerprint}; otherwise give another --name"
            )


def forget(who: str) -> list[TrustedKey]:
    """Trust a sender no more, called by name or fingerprint, and forget what was seen; return the keys.

    Raises UsageError when nobody is called so.
    """
    with _locked():
        known = trusted()
        gone = [key for key in known if who in (key.name, key.fingerprint)]
        if not gone:
            raise UsageError(f"{who}: no sender whom you trust is called so; see pipeline keys list")
        _write(KEYRING, keyring.written(key for key in known if key not in gone))
    fingerprints = {key.fingerprint for key in gone}
    remember(lambda seen: {who: what for who, what in seen.items() if who not in fingerprints})
    return gone


def read_keys(file: Path) -> bytes:
    try:
        return disk.read(file, MAX_KEY_BYTES)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; give a public key, or a file of allowed signers") from None


def remembered() -> dict[str, Seen]:
    """Return what was seen, by the fingerprints of senders; raise SigningError when it cannot be read any more."""
    path = folder() / SEEN
    try:
        return seen.parse(_read(path, _MAX_SEEN_BYTES))
    except (ValueError, RecursionError):
        remedy = f"delete it: bundles older than those you have received are then noticed from now on only: {path}"
        raise SigningError(f"{path}: damaged; {remedy}") from None


def remember(change: Callable[[dict[str, Seen]], dict[str, Seen]]) -> None:
    """Change what was seen, as it now is; raise SigningError or PipelineError when it cannot be kept."""
    with _locked():
        before = remembered()
        if (after := change(before)) != before:
            content = seen.written(after)
            _require_room(content, before, after)
            _write(SEEN, content)


def _require_room(content: bytes, before: Mapping[str, Seen], after: Mapping[str, Seen]) -> None:
    """Raise SigningError when more would be kept than is read again, or of one sender too much."""
    if len(content) <= _MAX_OF_SENDER or len(after) < len(before):
        return
    new = {who: what for who, what in after.items() if what != before.get(who)}
    if len(content) > _MAX_SEEN_BYTES or len(seen.written(new)) > _MAX_OF_SENDER:
        raise SigningError(
            f"{folder() / SEEN}: no room for more; see pipeline keys list, and forget a sender who sends too much"
        )


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the folder against other commands, where the disk knows locks, and clear what a killed one left in it."""
    with _named(folder()):
        disk.make_own(folder())
        descriptor = os.open(folder(), os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            replacement.recover(folder())
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SigningError(f"{path}: {error.strerror}; allow writing to this folder") from None


def _require_own(path: Path) -> None:
    """Raise SigningError when a file or folder belongs to somebody else, who may write to it whatever its mode."""
    with suppress(OSError):
        if path.stat().st_uid not in (0, os.geteuid()):
            raise SigningError(f"{path}: it belongs to another user; look at what it holds, and make it yours")


def _mode(path: Path) -> int:
    """Return what may be done with a file; nothing when there is none."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise SigningError(f"{path}: {error.strerror}; make it readable") from None


def _read(path: Path, most: int) -> bytes:
    """Return a file's content; empty when there is none."""
    try:
        return disk.read(path, most)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SigningError(f"{path}: {error.strerror}; make it readable") from None


def _write(name: str, content: bytes) -> None:
    """Write a file that nobody else may read."""
    path = folder() / name
    with _named(path):
        path.touch(0o600)
        disk.permit(path, 0o600)
    storage.write(path, content)


def shown(keys: Sequence[TrustedKey]) -> list[str]:
    """Return a line a key: its fingerprint, and as whom it is known."""
    return [f"{key.fingerprint}  {key.name}" for key in keys]
