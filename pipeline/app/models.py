"""Machine translation models on this machine: listed, installed, compared with what the workspace is locked to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pipeline import disk
from pipeline.errors import EngineError, EnvironmentMissing, UsageError
from pipeline.translate import fetching, models
from pipeline.workspace import config, locking, storage
from pipeline.workspace.config import Config

Row = dict[str, Any]

Fetch = Callable[[str], bytes]
"""Fetches the package of a pair of languages, as «fa-en», over the network."""

Say = Callable[[str], None]


def installed(root: Path) -> list[Row]:
    """Return the installed packages, and whether the workspace at `root` is locked to them."""
    locked = models.read_lock(root)
    return [
        {
            "pair": package.pair,
            "version": package.version,
            "locked": package.pair in locked,
            "path": str(package.path),
        }
        for package in models.installed()
    ]


def available(root: Path, *, offline: bool) -> list[Row]:
    """Return the packages of the Argos index, fetched over the network; raise EnvironmentMissing when offline."""
    _require_network(root, offline, "the index")
    rows = [
        {"pair": f"{row.get('from_code')}-{row.get('to_code')}", "version": str(row.get("package_version"))}
        for row in fetching.index()
    ]
    return sorted(rows, key=lambda row: (row["pair"], row["version"]))


def install(root: Path, names: Sequence[str], fetch: Fetch, say: Say, *, offline: bool, dry_run: bool) -> Iterator[str]:
    """Install packages from files, or fetched; yield what was done, a line each.

    The first package of each pair is written to models.lock. Raises EnvironmentMissing when one is to be fetched
    while offline. While it waits for another command it calls `say`.
    """
    for name in _pairs_and_files(names):
        is_file = Path(name).is_file()
        if not is_file and models.is_as_locked(name, models.read_lock(root)):
            yield f"{name} is already installed, as in models.lock"
            continue
        if not is_file:
            _require_network(root, offline, name)
        if dry_run:
            yield f"would install {name}{'' if is_file else ', fetched over the network'}"
            continue
        yield from _install(root, _read(Path(name)) if is_file else fetch(name), name, say)


def compared(root: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield every pair, how its package compares with models.lock, and whether that is as it should be."""
    locked = models.read_lock(root)
    packages = {package.pair: package for package in models.installed()}
    for name in sorted({*packages, *locked}):
        if name not in packages:
            yield name, "is not installed", True
        elif name not in locked:
            yield name, "is not in models.lock", True
        elif models.digest(packages[name].path) == locked[name].files:
            yield name, "matches models.lock", True
        else:
            yield name, "differs from models.lock", False


def remove(pair: str, *, dry_run: bool) -> Path:
    """Remove an installed package and return where it was; models.lock keeps its line."""
    packages = {package.pair: package for package in models.installed()}
    if pair not in packages:
        raise UsageError(f"{pair}: not installed; there are: {', '.join(packages) or 'none'}")
    if not dry_run:
        models.remove(packages[pair])
    return packages[pair].path


def _pairs_and_files(wanted: Sequence[str]) -> list[str]:
    languages = [name for name in wanted if name.isalpha() and len(name) <= 3 and not Path(name).is_file()]
    others = [name for name in wanted if name not in languages]
    if len(languages) == 1:
        raise UsageError(f"{languages[0]}: name the target languages too: {languages[0]} en fr")
    return [*(models.pairs(*languages) if languages else ()), *others]


def _require_network(root: Path, offline: bool, what: str) -> None:
    if offline or _is_offline(root):
        where = "--offline" if offline else f"offline = true in {config.FILE_NAME}"
        raise EnvironmentMissing(
            f"{what}: not fetched, because of {where}; install a file: pipeline models install FILE"
        )


def _settings(root: Path) -> Config | None:
    return config.read(root) if (root / config.FILE_NAME).is_file() else None


def _is_offline(folder: Path) -> bool:
    """Whether the workspace that a folder is, or is in, forbids the network."""
    found = folder.absolute()
    within = (_settings(one) for one in (found, *found.parents))
    settings = next(filter(None, within), None)
    return settings is not None and settings.offline


def _install(root: Path, content: bytes, name: str, say: Say) -> Iterator[str]:
    """Install a package and, if there is a workspace that has none of that pair, lock it to it."""
    settings = _settings(root)
    # Another command may lock something at the same time.
    with locking.locked(settings, wait=True, say=say) if settings else nullcontext():
        locked = models.read_lock(root)
        place, key, made = models.install(content, name, locked)
        yield f"installed {place}"
        if settings and key not in locked:
            storage.write((root / models.LOCK).absolute(), models.lock_text({**locked, key: made}))
            yield f"locked {key} {made.version} in {models.LOCK}"


def _read(path: Path) -> bytes:
    try:
        return disk.read(path, models.MAX_PACKAGE_BYTES + 1)
    except OSError as error:
        raise EngineError(f"{path}: {error.strerror}; make the file readable") from None
