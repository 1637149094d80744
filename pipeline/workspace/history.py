"""Earlier versions of PO files, kept before each rewrite; every command can be undone.

A version is a compressed copy in the private folder .pipeline/history/, under the path of its
file; its name tells when it was replaced and, by a digest, what it is. Each content is kept once. Beside
them is a copy of the file as a command last saw it.
"""

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import disk
from pipeline.errors import PipelineError
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import Config

AGE = timedelta(days=365)
SIZE = 200_000_000
"""Older versions go, and some when there are more bytes than this; the last of each file stays."""

REST = timedelta(hours=1)
"""Between two looks whether versions are too old, or too many: there may be a hundred thousand files to look at."""

STEP = timedelta(minutes=10)
"""Between two versions of a file in which somebody saves one sentence after the other."""

TURN = timedelta(minutes=1)
"""The same where somebody else saved last: what they did must not be lost with what is done to it."""

LEAST, RATIO = 10_000_000, 200
"""A version is unpacked to so many bytes, and to so many times its size more: PO files are packed to a fifth, and what
comes with a workspace of somebody else may be made to fill the memory."""

LOOKED = "looked"
"""In the folder of all versions: when the last such look was, and up to when versions were too old then."""

PACE = timedelta(days=31)
"""Of what went by between two looks, so much at most counts, twice: a clock that is years ahead or behind for a day
lets go of little that is worth keeping, and keeps nothing for years."""

LATEST = datetime(3000, 1, 1, tzinfo=UTC)
"""No clock is as far ahead: whatever is dated later was made so, and would leave no time for what comes after it."""

_NAME = re.compile(r"(?P<time>[0-8]\d{7}T\d{6}\.\d{6}Z)-(?P<digest>[0-9a-f]{16})\.gz")
_SEEN = re.compile(r"seen-(?P<digest>[0-9a-f]{16})\.gz")
_TIME = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a file: when it was replaced (UTC), and 16 hexadecimal digits that stand for its bytes."""

    path: Path
    time: datetime
    digest: str

    def read(self) -> bytes:
        """Return its bytes; raise PipelineError when the copy is damaged."""
        try:
            with disk.opened(self.path) as packed, gzip.open(packed) as file:
                content = file.read(min(storage.MAX_BYTES, LEAST + RATIO * os.fstat(packed.fileno()).st_size))
        except (OSError, EOFError, zlib.error) as error:
            raise PipelineError(f"{self.path}: damaged ({error}); choose another version") from None
        if digest(content) != self.digest:
            raise PipelineError(f"{self.path}: damaged, its digest does not fit; choose another version")
        return content

    @property
    def is_whole(self) -> bool:
        """Whether it can be had again: its name alone says nothing."""
        try:
            self.read()
        except PipelineError:
            return False
        return True


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def versions(config: Config, file: Path) -> list[Version]:
    """Return the versions of a file that were replaced, the newest first; DocumentError if they lie outside."""
    place = folder(config, file)
    privacy.require_inside(config, place)
    return _versions(place, os.listdir(place) if place.is_dir() else ())


def _versions(place: Path, names: Iterable[str]) -> list[Version]:
    found = (_version(place / name) for name in sorted(names, reverse=True))
    return [version for version in found if version]


def _version(path: Path) -> Version | None:
    if match := _NAME.fullmatch(path.name):
        with suppress(ValueError):  # no day of any month
            return Version(path, datetime.strptime(match["time"], _TIME).replace(tzinfo=UTC), match["digest"])
    return None


def is_recent(config: Config, file: Path, now: datetime, step: timedelta) -> bool:
    """Whether the newest version of a file is no older than a step."""
    found = versions(config, file)
    return bool(found) and timedelta(0) <= now - found[0].time < step


def seen(config: Config, file: Path) -> Version | None:
    """Return a file as a command last saw it; its time is not known."""
    names = sorted(folder(config, file).glob("seen-*.gz"))
    found = next(((path, match) for path in names if (match := _SEEN.fullmatch(path.name))), None)
    return Version(found[0], datetime.min.replace(tzinfo=UTC), found[1]["digest"]) if found else None


def see(config: Config, file: Path, content: bytes) -> None:
    """Remember a file as it is; where that fails, what goes missing from it is not noticed."""
    place = folder(config, file)
    old = list(place.glob("seen-*.gz"))
    with suppress(OSError, PipelineError):
        privacy.private_folder(config)
        privacy.require_inside(config, place)
        place.mkdir(parents=True, exist_ok=True)
        # Not flushed: after a power cut it is made again, and a thousand of them would take a minute.
        part = _root(config) / f".seen.{os.getpid():08}.part"  # where `mend` looks
        try:
            part.unlink(missing_ok=True)
            storage.write_part(part, gzip.compress(content, 1, mtime=0))
            new = part.replace(place / f"seen-{digest(content)}.gz")
        except (OSError, PipelineError):
            part.unlink(missing_ok=True)
            raise
        for path in set(old) - {new}:
            path.unlink(missing_ok=True)


def keep(config: Config, file: Path, content: bytes, now: datetime) -> None:
    """Keep the bytes of a file that is about to be replaced, and let go of what is too old.

    It is the newest version from then on, even when a clock was ahead: its time is after that of all others.
    """
    known = _datable(config, file, now)
    same = next((version for version in known if version.digest == digest(content) and version.is_whole), None)
    if not same or same is not known[0]:
        time = max([now.astimezone(UTC), *(version.time + timedelta(microseconds=1) for version in known[:1])])
        privacy.private_folder(config)
        privacy.require_inside(config, folder(config, file))
        path = folder(config, file) / _name(time, digest(content))
        storage.write_kept(path, gzip.compress(content, mtime=0), _root(config))
        if same:
            same.path.unlink(missing_ok=True)
    _prune(config, now)


def _datable(config: Config, file: Path, now: datetime) -> list[Version]:
    """Return the versions of a file, the latest first, once those that no clock has dated are dated after the others.

    They may have come with a workspace of somebody else. One that bears the last time there is would hide all that is
    kept from then on.
    """
    known = versions(config, file)
    undated = [version for version in known if version.time >= LATEST]
    if not undated:
        return known
    privacy.require_inside(config, folder(config, file))
    last = max([now.astimezone(UTC), *(version.time for version in known[len(undated) :])])
    for number, version in enumerate(reversed(undated), 1):
        storage.move(version.path, version.path.with_name(_name(last + timedelta(microseconds=number), version.digest)))
    return versions(config, file)


def _name(time: datetime, digest: str) -> str:
    return f"{time.strftime(_TIME)}-{digest}.gz"


def folder(config: Config, file: Path) -> Path:
    """Return where the versions of a file are kept."""
    return _root(config) / file.relative_to(config.root)


def _root(config: Config) -> Path:
    return config.root / places.PRIVATE / places.HISTORY


def _prune(config: Config, now: datetime) -> None:
    last, mark = _looked(config)
    if abs(now - last) < REST:
        return
    found = list(_all(config))
    mark = _moved(mark, now - AGE, abs(now - last), found)
    since = min(now - AGE, mark)
    kept = 0
    for version, is_last in _by_worth(found):
        with suppress(FileNotFoundError):  # another process of this command may let go of it, too
            kept += version.path.stat().st_size
        if not is_last and (version.time < since or kept > SIZE):
            version.path.unlink(missing_ok=True)
    with suppress(PipelineError):
        storage.write(_root(config) / LOOKED, f"{now.isoformat()} {mark.isoformat()}\n".encode())


def _looked(config: Config) -> tuple[datetime, datetime | None]:
    """Return when versions were looked at last, and up to when they were too old then; None without a look."""
    try:
        last, mark = map(datetime.fromisoformat, disk.read(_root(config) / LOOKED, 100).decode().split())
        return last.astimezone(UTC), mark.astimezone(UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC), None


def _moved(mark: datetime | None, aim: datetime, gone_by: timedelta, found: Iterable[tuple[Version, bool]]) -> datetime:
    """Return up to when versions are too old: this moves from look to look towards a year ago, as fast as PACE lets it.

    It is never more than AGE behind the oldest that may go, so a clock that began in 1970 has no long way to make up.
    """
    if mark is None:
        return min([aim, *(version.time for version, _ in found)])
    oldest = min((version.time for version, is_last in found if not is_last), default=mark)
    if oldest - mark > AGE:
        mark = oldest - AGE
    pace = 2 * min(gone_by, PACE)
    return mark + max(-pace, min(aim - mark, pace))


def _by_worth(found: Iterable[tuple[Version, bool]]) -> list[tuple[Version, bool]]:
    """Return versions in the order in which there is room for them: first those with which a file began a day.

    However often somebody writes over a file on one day, and however much, that pushes out nothing of the days before.
    """
    newest = sorted(found, key=lambda one: one[0].time, reverse=True)
    begins = {(version.path.parent, version.time.date()): version for version, _ in newest}
    return sorted(newest, key=lambda one: begins[one[0].path.parent, one[0].time.date()] is not one[0])


def _all(config: Config) -> Iterator[tuple[Version, bool]]:
    for place, _, names in os.walk(_root(config)):
        for index, version in enumerate(_versions(Path(place), names)):
            yield version, index == 0
