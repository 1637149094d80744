"""Argos packages: checked against models.lock, unpacked without trust, listed and opened (fetched in fetching.py).

A package is a zip with one root folder that holds metadata.json and a model. The index names
neither sizes nor hashes, so the first package installed for a pair is written to the lock of the
workspace, and whatever is installed or opened later must be the same.

Packages are read here rather than by argostranslate, whose dependencies would bring PyTorch
to everybody who installs with pip (docs/engines.md says what it is still used for).
"""

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, cast

from pipeline import archives, disk, scratch, strictjson
from pipeline.errors import EngineError, EnvironmentMissing

LOCK = "models.lock"
PIVOT = "en"

MAX_PACKAGE_BYTES = 2 * 2**30
MAX_FILES, MOST_FOLDERS = 1000, 10
MAX_RATIO, RATIO_FREE = 20, 2 * 2**20
"""How many times larger a package may become, when that is more than so many bytes."""
TRANSLATION = "translate"
"""The type of a package; others divide texts into sentences."""

MOST_NAMED = 100
"""Characters of a version, or whatever else a package says of itself: it is written into models.lock and PO files."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package as it was first installed: its version, the size and SHA-256 of its file, and of what it unpacks to."""

    version: str
    size: int
    sha256: str
    files: str


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package: its folder, and what its metadata.json says of the model inside."""

    path: Path
    source_lang: str
    target_lang: str
    version: str
    target_prefix: str
    """The token that tells a model of several languages which one to write; usually empty."""

    @property
    def pair(self) -> str:
        """What the package is called in the lock: «fa-en»."""
        return f"{self.source_lang}-{self.target_lang}"


def folder() -> Path:
    """Return the private folder of the packages this tool installs."""
    return _data_folder() / "pipeline" / "packages"


def _argospm_folder() -> Path:
    """Return the folder where argostranslate's own installer puts packages."""
    return Path(os.environ.get("ARGOS_PACKAGES_DIR") or _data_folder() / "argos-translate" / "packages")


def _data_folder() -> Path:
    try:
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    except RuntimeError:
        raise EnvironmentMissing(
            "models: this user has no home folder; set HOME, or XDG_DATA_HOME to the folder they are in"
        ) from None


def installed() -> list[Package]:
    """Return the installed packages, our own before those of argospm; raise EngineError for one that cannot be read."""
    packages: dict[str, Package] = {}
    for place in (folder(), _argospm_folder()):
        for package in opened(place):
            packages.setdefault(package.pair, package)
    return list(packages.values())


def opened(place: Path) -> list[Package]:
    """Return the translation packages in a folder; raise EngineError for one that cannot be read."""
    return [package for path in _folders(place) if (package := _opened_package(path))]


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(path for path in place.iterdir() if path.is_dir()) if place.is_dir() else []
    except OSError as error:
        raise EngineError(f"{place}: {error.strerror}; make the folder readable") from None


def _opened_package(path: Path) -> Package | None:
    """Return an installed package, None if it is not for translation; raise EngineError when it cannot be read."""
    try:
        metadata: Any = strictjson.read(disk.read(path / "metadata.json", strictjson.MAX_BYTES + 1))
        if isinstance(metadata, dict) and metadata.get("type", TRANSLATION) != TRANSLATION:
            return None
        if fault := _fault(metadata):
            raise ValueError(fault)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{path}: not an Argos package ({error}); remove the folder and install the package again"
        ) from None
    return Package(
        path,
        metadata["from_code"],
        metadata["to_code"],
        metadata.get("package_version", ""),
        metadata.get("target_prefix", ""),
    )


def _fault(metadata: object) -> str:
    """Return what is wrong with the metadata of a translation package, or nothing."""
    if not isinstance(metadata, dict):
        return "its metadata.json is not a JSON object"
    for key in ("from_code", "to_code"):
        if not isinstance(metadata.get(key), str) or not re.fullmatch(r"\w[\w-]{0,19}", metadata[key]):
            return "its metadata.json names no languages"
    for key in ("package_version", "target_prefix", "type"):
        if not isinstance(metadata.get(key, ""), str):
            return f"its metadata.json has a {key} that is not text"
        if len(metadata.get(key, "")) > MOST_NAMED:
            return f"its metadata.json has a {key} of more than {MOST_NAMED} characters"
    if not metadata.get("package_version", "").isprintable():
        return "its metadata.json has a package_version with characters that nobody can see"
    return ""


def digest(place: Path) -> str:
    """Return a SHA-256 of the files of a folder, with their names; raise EngineError."""
    whole = hashlib.sha256()
    try:
        for path in sorted(place.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                whole.update(f"{path.relative_to(place)}\0{content}\n".encode())
    except OSError as error:
        raise EngineError(f"{place}: {error.strerror}; make the model readable") from None
    return whole.hexdigest()


def read_lock(root: Path) -> dict[str, Locked]:
    """Return the packages that a workspace is locked to; raise EngineError when the lock is damaged."""
    try:
        table: Any = strictjson.read(disk.read(root / LOCK, strictjson.MAX_BYTES + 1))
        return {key: _entry(**entry) for key, entry in table.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise EngineError(
            f"{root / LOCK}: damaged ({error}); restore it, or delete it to trust what is installed"
        ) from None


def _entry(version: str, size: int, sha256: str, files: str) -> Locked:
    if not isinstance(size, int) or not all(isinstance(text, str) for text in (version, sha256, files)):
        raise ValueError("a size must be a number, everything else text")
    return Locked(version, size, sha256, files)


def lock_text(locked: Mapping[str, Locked]) -> bytes:
    """Return the lock as it is written."""
    table = {
        key: {"version": package.version, "size": package.size, "sha256": package.sha256, "files": package.files}
        for key, package in sorted(locked.items())
    }
    return json.dumps(table, indent=1).encode() + b"\n"


def require_locked(package: Package, files: str, locked: Mapping[str, Locked]) -> None:
    """Raise EngineError when a package is another than the one that was locked."""
    wanted = locked.get(package.pair)
    if wanted and wanted.files != files:
        raise EngineError(
            f"{package.path}: not the package that {LOCK} names (version {wanted.version}); install that one, "
            f"or remove its entry from {LOCK} if you trust the package you have"
        )


def is_as_locked(pair: str, locked: Mapping[str, Locked]) -> bool:
    """Whether the package of a pair is installed, and the one that is locked."""
    wanted = locked.get(pair)
    return wanted is not None and any(
        digest(package.path) == wanted.files for package in installed() if package.pair == pair
    )


def pairs(wanted: str, *others: str) -> list[str]:
    """Return the pairs to fetch for «fa-en», or for a language and those it is to be translated into."""
    if not others:
        return [wanted]
    to_pivot = [f"{wanted}-{PIVOT}"] if wanted != PIVOT else []
    return [*to_pivot, *(f"{PIVOT}-{other}" for other in others if other != PIVOT)]


def install(content: bytes, file_name: str, locked: Mapping[str, Locked]) -> tuple[Path, str, Locked]:
    """Unpack a package into the private folder, unless it is there; return its place there, its name and what to lock.

    Raises EngineError, with nothing left behind, for what is no package, unsafe to unpack, or
    another than the lock names.
    """
    try:
        with archives.opened(content, MAX_FILES, _most_unpacked(content)) as archive:
            root, metadata = _checked(archive, file_name)
            key = f"{metadata['from_code']}-{metadata['to_code']}"
            sha256, wanted = hashlib.sha256(content).hexdigest(), locked.get(key)
            if wanted and wanted.sha256 != sha256:
                raise EngineError(
                    f"{file_name}: not the {key} that {LOCK} names (version {wanted.version}, {wanted.size:,} bytes); "
                    f"install that one, or remove its entry from {LOCK} if you trust the package you have"
                )
            place = _unpacked(archive, root, folder(), file_name)
    except ValueError as error:
        raise EngineError(
            f"{file_name}: not an Argos package ({error}); nothing was installed, download it again"
        ) from None
    except OSError as error:
        raise EngineError(f"{folder()}: {error.strerror or error}; make the folder writable and try again") from None
    return place, key, Locked(str(metadata.get("package_version", "")), len(content), sha256, digest(place))


def _most_unpacked(content: bytes) -> int:
    """Return to how many bytes a package may unpack: models hardly shrink when they are packed."""
    return min(MAX_PACKAGE_BYTES, max(MAX_RATIO * len(content), RATIO_FREE))


def remove(package: Package) -> None:
    """Remove an installed package; raise EngineError when it is not one of ours, or cannot be removed."""
    place = package.path
    if place.parent != folder():
        raise EngineError(f"{place}: another program installed it; remove it with that program")
    gone = folder().parent / f".removed-{place.name}"
    try:
        shutil.rmtree(gone, ignore_errors=True)  # of a removal that was broken off
        place.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise EngineError(f"{place}: {error.strerror}; make the folder writable and try again") from None


def _checked(archive: zipfile.ZipFile, name: str) -> tuple[str, dict[str, Any]]:
    """Return the one root folder and the metadata of a package whose entries are all plain and inside it."""
    entries = archive.infolist()
    roots = {PurePosixPath(entry.filename).parts[:1] for entry in entries}
    unsafe = [entry.filename for entry in entries if _is_unsafe(entry)]
    if unsafe:
        raise EngineError(f"{name}: unsafe to unpack: {unsafe[0][:80]}")
    if len(roots) != 1:
        raise EngineError(f"{name}: unsafe to unpack: it must have exactly one root folder; download it again")
    (root,) = next(iter(roots))
    described = archive.getinfo(f"{root}/metadata.json")
    if described.file_size > strictjson.MAX_BYTES:
        raise EngineError(f"{name}: its metadata.json is larger than {strictjson.MAX_BYTES:,} bytes; download it again")
    metadata = strictjson.read(archives.read(archive, described))
    if fault := _fault(metadata):
        raise EngineError(f"{name}: {fault}; download it again")
    metadata = cast(dict[str, Any], metadata)
    if metadata.get("type", TRANSLATION) != TRANSLATION:
        raise EngineError(f"{name}: a package of Argos, and not for translation; name another")
    return root, metadata


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry would lie outside its folder, is a link, or is nested as no model is."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return entry.filename.startswith(("/", "\\")) or ".." in parts or len(parts) > MOST_FOLDERS or is_link


def _unpacked(archive: zipfile.ZipFile, root: str, folder: Path, name: str) -> Path:
    """Unpack into a folder; raise EngineError when another package of that name is there already."""
    place = folder / root
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the folder, not in it: every folder there is taken for a package.
    with scratch.folder(folder.parent) as temporary:
        for entry in archive.infolist():
            _unpack(archive, entry, temporary / entry.filename)
        if not place.exists():
            (temporary / root).rename(place)
        elif digest(place) != digest(temporary / root):
            raise EngineError(f"{name}: another {root} is installed already; remove {place} to install this one")
    return place


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    if entry.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for chunk in archives.chunks(archive, entry):
            file.write(chunk)
