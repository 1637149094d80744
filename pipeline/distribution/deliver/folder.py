"""A folder on this machine, or on a disk that is carried to the partner: the bag, laid into it.

A folder that is not named from the root is one of the workspace. The bag is written beside its
place and gets its name in one step. A bag of that name is therefore whole, and tells after a
kill that it arrived; what was written beside its place tells that it did not. Where neither is
left, the partner may have taken the bag away. Whoever can read the folder can read the bag, whatever the umask here.
"""

import errno
import hashlib
import os
import stat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import disk
from pipeline.distribution.deliver import Answer, Outcome, Parcel, Preview, Settings
from pipeline.errors import DeliveryError
from pipeline.model import Artifact
from pipeline.text import lookalikes

LOCAL = True

_MOST_BYTES = 100_000_000
"""Of a manifest: whatever stands in its place, no more is read of it."""

NOT_THERE = "there is no such folder; make it, or attach the disk it is on"
DETACHED = "the disk that /etc/fstab puts there is not attached; attach it"


def faults(address: str) -> Iterator[str]:
    """Yield what keeps a text from being a folder of the partner's own."""
    try:
        path = Path(os.path.normpath(Path(address).expanduser()))
    except (RuntimeError, ValueError):  # «~nobody»
        yield "no folder: nobody of that name is known on this machine; write one: /media/stick/office"
        return
    if path in (Path("/"), Path("//"), Path(".")):
        yield "not a folder of the partner's own; write one: /media/stick/office"
    for fault in lookalikes.invisible(address, allowed=lookalikes.JOINERS):
        yield f"{fault}; type it anew by hand"


def identity(address: str) -> str:
    """Return the path without detours."""
    return os.path.normpath(Path(address).expanduser())


def drafts(parcel: Parcel, address: str, settings: Settings) -> Preview:
    """Return the files of the bag, in a folder of its name."""
    inside = tuple(Artifact(f"{parcel.bundle.name}/{a.path}", a.media_type, a.content) for a in parcel.bundle.artifacts)
    return Preview(inside)


def deliver(parcel: Parcel, address: str, settings: Settings, commit: Callable[[], None]) -> Answer:
    """Lay the bag into the folder; raise DeliveryError when another one of its name is there."""
    folder = settings.root / Path(address).expanduser()
    place = folder / parcel.bundle.name
    if absence := _absence(folder):
        return Answer(Outcome.FAILED, absence)
    try:
        if place.exists():
            _require_same(place, parcel.bundle.artifacts)
            commit()
            return Answer(Outcome.ACCEPTED, "it was there already")
        with disk.called("the folder of a partner"):
            _laid(place, parcel.bundle.artifacts, commit)
    except OSError as error:
        return Answer(_outcome(place, parcel.bundle.artifacts), error.strerror or str(error))
    return Answer(Outcome.ACCEPTED)


def _absence(folder: Path) -> str:
    """Return why nothing can be put into a folder; empty when it is there."""
    try:
        if not stat.S_ISDIR(folder.stat().st_mode):
            return NOT_THERE
        return DETACHED if disk.is_detached(folder) else ""
    except (FileNotFoundError, NotADirectoryError):
        return NOT_THERE
    except OSError as error:  # a folder above it is shut, a link leads to itself
        return f"the folder cannot be reached: {error.strerror or error}"


def _laid(place: Path, artifacts: Sequence[Artifact], commit: Callable[[], None]) -> None:
    part = _written(place, artifacts)
    try:
        _require_same(part, artifacts)  # others may write here, and clear away what they find
        commit()
        os.rename(part, place)
    except Exception:
        disk.clear(part)
        raise
    disk.flush(place.parent)


def _outcome(place: Path, artifacts: Sequence[Artifact]) -> Outcome:
    """Return what became of a bag when a step went wrong, by what stands in its place now."""
    try:
        is_there = all(_is(place / artifact.path, artifact.content) for artifact in artifacts)
    except OSError:
        return Outcome.UNKNOWN
    return Outcome.ACCEPTED if is_there else Outcome.FAILED


def arrived(bundle: str, manifest_sha256: str, address: str, settings: Settings) -> bool | None:
    """Whether the bag is there; None when it may have been taken away, as with the disk that the folder is on."""
    folder = settings.root / Path(address).expanduser()
    if _absence(folder):
        return None
    try:
        with suppress(FileNotFoundError):
            manifest = disk.read(folder / bundle / "data" / "manifest.json", _MOST_BYTES)
            return hashlib.sha256(manifest).hexdigest() == manifest_sha256
        return False if (folder / bundle).exists() or any(_parts(folder / bundle)) else None
    except OSError:
        return None


def clear(bundle: str, address: str, settings: Settings) -> bool:
    """Remove what a killed command left beside the place of a bag; return whether nothing is left."""
    folder = settings.root / Path(address).expanduser()
    for left in _parts(folder / bundle):
        disk.clear(left)
    return not _absence(folder) and not any(_parts(folder / bundle))


def reached(addresses: Sequence[str], settings: Settings) -> list[Answer]:
    """Return whether each folder is there and can be written to; no file is left in it."""
    return [_reached(settings.root / Path(address).expanduser()) for address in addresses]


def _reached(folder: Path) -> Answer:
    if absence := _absence(folder):
        return Answer(Outcome.FAILED, absence)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Answer(Outcome.ACCEPTED)
    except OSError as error:
        return Answer(Outcome.FAILED, f"nothing can be written there: {error.strerror or error}")


def _require_same(place: Path, artifacts: Sequence[Artifact]) -> None:
    for artifact in artifacts:
        if not _is(place / artifact.path, artifact.content):
            raise DeliveryError(f"a folder {place.name} with other content is already there; move it away")


def _is(path: Path, content: bytes) -> bool:
    """Whether a file has this content; whatever stands there, no more of it is read than that has, and one byte."""
    try:
        return disk.read(path, len(content) + 1) == content
    except (FileNotFoundError, NotADirectoryError, disk.IrregularFileError):
        return False


def _parts(place: Path) -> Iterator[Path]:
    """Yield what commands that were killed left beside the place of a bag, before it had its name."""
    return place.parent.glob(f".{place.name}.*.part")


def _written(place: Path, artifacts: Sequence[Artifact]) -> Path:
    """Return a new folder beside the place of the bag with its files, safe on the disk."""
    folder = place.parent
    for left in _parts(place):
        disk.clear(left)
    part = Path(tempfile.mkdtemp(dir=folder, prefix=f".{place.name}.", suffix=".part"))
    try:
        with _opened(part) as bag:
            _fill(bag, {artifact.path: artifact.content for artifact in artifacts}, folder)
    except BaseException:
        disk.clear(part)
        raise
    return part


@contextmanager
def _opened(path: Path | str, above: int | None = None) -> Iterator[int]:
    """Open a folder, which is no link, in another that is open; what is done in it is done there, however it is called.

    Whoever may write in the folder of a partner may put a link in the place of any name in it, at any moment.
    """
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    try:
        yield folder
    finally:
        os.close(folder)


def _fill(bag: int, files: Mapping[str, bytes], like: Path) -> None:
    """Write files, by their paths, into an open folder; make it as readable as another.

    Its own rights come last: until then nobody else can put a link in place of a file in it.
    """
    inside: dict[str, dict[str, bytes]] = defaultdict(dict)
    for path, content in files.items():
        name, stroke, rest = path.partition("/")
        if stroke:
            inside[name][rest] = content
        else:
            _write(bag, name, content, like)
    for name, those in inside.items():
        os.mkdir(name, 0o700, dir_fd=bag)
        with _opened(name, bag) as folder:
            _fill(folder, those, like)
    _share(bag, like)
    disk.sync(bag, like)


def _write(folder: int, name: str, content: bytes, like: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, 0o600, dir_fd=folder), "wb") as file:
        file.write(content)
        file.flush()
        _share(file.fileno(), like)
        disk.sync(file.fileno(), like)


def _share(made: int, folder: Path) -> None:
    """Make an open file or folder as readable as a folder: one gets its mode and group, the other the right to read."""
    like = folder.stat()
    mode = stat.S_IMODE(like.st_mode)
    _give(made, like.st_gid)
    own = os.fstat(made)
    if own.st_gid != like.st_gid:
        mode &= ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3  # another group is like everybody
    disk.permit(made, mode | 0o700 if stat.S_ISDIR(own.st_mode) else mode & 0o044 | 0o600)


def _give(made: int, group: int) -> None:
    """Give an open file to a group, if its disk knows any, and only members give files to one."""
    try:
        os.chown(made, -1, group)
    except OSError as error:
        if error.errno not in disk.UNSUPPORTED | {errno.EPERM, errno.EACCES}:
            raise
