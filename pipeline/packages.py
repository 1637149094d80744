"""Argos packages: fetched only when asked for, unpacked without trust.

A package is a zip with one root folder that holds metadata.json and a model.
"""

import io
import json
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import EngineError, EnvironmentMissing, UsageError

MAX_PACKAGE_BYTES = 2 * 2**30
MAX_INDEX_BYTES = 10 * 2**20
MAX_FILES = 1000
TIMEOUT_SECONDS = 30


def installed() -> list[Any]:
    """Return the installed packages, as argostranslate describes them."""
    from argostranslate import package

    return package.get_installed_packages()


def fetch(pair: str) -> bytes:
    """Return the newest package of a pair such as "fa-en" from the Argos index, over https.

    Raises UsageError for a pair the index does not know, EnvironmentMissing without a network.
    """
    from argostranslate import settings

    source, _, target = pair.partition("-")
    if not (source.isalpha() and target.isalpha()):
        raise UsageError(f"{pair!r} is neither a file nor a pair of languages such as fa-en")
    index = json.loads(_download(settings.remote_package_index, MAX_INDEX_BYTES, pair))
    found = [entry for entry in index if (entry.get("from_code"), entry.get("to_code")) == (source, target)]
    links = [link for entry in found[-1:] for link in entry.get("links", ()) if link.startswith("https://")]
    if not links:
        raise UsageError(f"the Argos index has no {pair}; try a pivot through English: {source}-en en-{target}")
    return _download(links[0], MAX_PACKAGE_BYTES, pair)


def _download(address: str, limit: int, pair: str) -> bytes:
    from urllib.request import urlopen

    try:
        with urlopen(address, timeout=TIMEOUT_SECONDS) as response:
            content = response.read(limit + 1)
    except OSError as error:
        raise EnvironmentMissing(
            f"{pair}: nothing can be fetched ({error}); on a machine with a network download the "
            f".argosmodel file, carry it here, and type: pipeline models install FILE.argosmodel"
        ) from None
    if len(content) > limit:
        raise EngineError(f"{pair}: more than {limit:,} bytes came; nothing was installed")
    return content


def install(content: bytes, name: str) -> Path:
    """Unpack a package into argostranslate's folder and return its place there.

    Raises EngineError, with nothing left behind, for what is no package or unsafe to unpack.
    """
    from argostranslate import settings

    folder = Path(settings.package_data_dir)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = _checked(archive, name)
            return _unpacked(archive, root, folder, name)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError) as error:
        raise EngineError(f"{name}: not an Argos package ({error}); download it again") from None
    except OSError as error:
        raise EngineError(f"{folder}: {error.strerror or error}; allow writing there and try again") from None


def _checked(archive: zipfile.ZipFile, name: str) -> str:
    """Return the one root folder of a package whose entries are all plain, bounded and inside it."""
    entries = archive.infolist()
    roots = {PurePosixPath(entry.filename).parts[:1] for entry in entries}
    unsafe = [
        entry.filename
        for entry in entries
        if entry.filename.startswith(("/", "\\"))
        or ".." in PurePosixPath(entry.filename.replace("\\", "/")).parts
        or (entry.external_attr >> 16) & 0o170000 == 0o120000
    ]
    if unsafe or len(roots) != 1 or len(entries) > MAX_FILES:
        raise EngineError(f"{name}: unsafe to unpack: {unsafe[0] if unsafe else 'not one root folder'}")
    if sum(entry.file_size for entry in entries) > MAX_PACKAGE_BYTES:
        raise EngineError(f"{name}: larger than {MAX_PACKAGE_BYTES:,} bytes unpacked; nothing was installed")
    (root,) = next(iter(roots))
    metadata = json.loads(archive.read(f"{root}/metadata.json"))
    if not (isinstance(metadata, dict) and metadata.get("from_code") and metadata.get("to_code")):
        raise EngineError(f"{name}: its metadata.json names no languages; download it again")
    return root


def _unpacked(archive: zipfile.ZipFile, root: str, folder: Path, name: str) -> Path:
    place = folder / root
    if place.exists():
        raise EngineError(f"{name}: {root} is installed already; remove {place} to install it again")
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the folder, not in it: argostranslate takes every folder there for a package.
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".unpacking-"))
    try:
        archive.extractall(temporary)
        (temporary / root).rename(place)
    finally:
        shutil.rmtree(temporary)
    return place
