"""pipeline models: the Argos packages on this machine. `available` and `install` alone ever use a network."""

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.options import HERE, DryRun, Json, Workspace
from pipeline.errors import EngineError, EnvironmentMissing, UsageError
from pipeline.translate import models
from pipeline.workspace import config, storage
from pipeline.workspace.config import Config

app = typer.Typer(help="Show, install, verify and remove machine translation models.", no_args_is_help=True)

Wanted = Annotated[
    list[str],
    typer.Argument(
        metavar="PAIR|FILE|LANGUAGE…", help="Pairs to fetch (fa-en), .argosmodel files, or a language and its targets."
    ),
]
Pair = Annotated[str, typer.Argument(metavar="PAIR", help="As pipeline models list tells it: fa-en.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use no network, whatever is asked for.")]


@app.command("list")
def list_installed(as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the installed packages, and whether the workspace is locked to them."""
    locked = models.read_lock(workspace_folder)
    rows = [
        {
            "pair": package.pair,
            "version": package.version,
            "locked": package.pair in locked,
            "path": str(package.path),
        }
        for package in models.installed()
    ]
    if as_json:
        print(json.dumps({"schema_version": 1, "packages": rows}, indent=2))
        return
    for row in rows:
        print(f"{row['pair']}\t{row['version']}\t{'locked' if row['locked'] else 'not locked'}\t{row['path']}")
    if not rows:
        print("no package is installed; install one: pipeline models install fa-en")


@app.command()
def available(offline: Offline = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the packages of the Argos index, which is fetched over the network."""
    _require_network(workspace_folder, offline, "the index")
    found = models.index()
    rows = sorted((f"{one.get('from_code')}-{one.get('to_code')}", str(one.get("package_version"))) for one in found)
    if as_json:
        table = [{"pair": pair, "version": version} for pair, version in rows]
        print(json.dumps({"schema_version": 1, "packages": table}, indent=2))
    else:
        print("\n".join("\t".join(row) for row in rows))


@app.command()
def install(
    wanted: Wanted, offline: Offline = False, workspace_folder: Workspace = HERE, dry_run: DryRun = False
) -> None:
    """Install packages from files, or fetched from the Argos index; the first of each is written to models.lock."""
    for name in _pairs_and_files(wanted):
        is_file = Path(name).is_file()
        if not is_file and models.is_as_locked(name, models.read_lock(workspace_folder)):
            print(f"{name} is installed already, as it was locked")
            continue
        if not is_file:
            _require_network(workspace_folder, offline, name)
        if dry_run:
            print(f"would install {name}{'' if is_file else ', fetched over the network'}")
            continue
        _install(workspace_folder, _read(Path(name)) if is_file else _fetched(name), name)


@app.command()
def verify(workspace_folder: Workspace = HERE) -> None:
    """Compare the installed packages with models.lock; exit with 1 when one is another."""
    locked, failed = models.read_lock(workspace_folder), False
    found = {package.pair: package for package in models.installed()}
    for name in sorted({*found, *locked}):
        if name not in found:
            state = "is not installed"
        elif name not in locked:
            state = "is not locked"
        else:
            same = models.digest(found[name].path) == locked[name].files
            state, failed = ("is as it was locked", failed) if same else ("is another than was locked", True)
        print(f"{name} {state}")
    if failed:
        raise typer.Exit(1)


@app.command()
def remove(pair: Pair, dry_run: DryRun = False) -> None:
    """Remove an installed package; models.lock keeps its line, so that it comes back as it was."""
    found = {package.pair: package for package in models.installed()}
    if pair not in found:
        raise UsageError(f"{pair}: not installed; there are: {', '.join(found) or 'none'}")
    if not dry_run:
        models.remove(found[pair])
    print(f"{'would remove' if dry_run else 'removed'} {found[pair].path}")


def _pairs_and_files(wanted: list[str]) -> list[str]:
    languages = [name for name in wanted if name.isalpha() and len(name) <= 3 and not Path(name).is_file()]
    others = [name for name in wanted if name not in languages]
    if len(languages) == 1:
        raise UsageError(f"{languages[0]}: name the languages it is to be translated into too: {languages[0]} en fr")
    return [*(models.pairs(*languages) if languages else ()), *others]


def _require_network(root: Path, offline: bool, what: str) -> None:
    settings = _settings(root)
    if offline or (settings and settings.offline):
        where = "--offline" if offline else f"offline = true in {config.FILE_NAME}"
        raise EnvironmentMissing(
            f"{what}: not fetched, because of {where}; install a file: pipeline models install FILE"
        )


def _settings(root: Path) -> Config | None:
    return config.read(root) if (root / config.FILE_NAME).is_file() else None


def _install(root: Path, content: bytes, name: str) -> None:
    """Install a package and, if there is a workspace that has none of that pair, lock it to it."""
    settings = _settings(root)
    # Another command may lock something at the same time.
    with storage.locked(settings, wait=True, say=_say) if settings else nullcontext():
        locked = models.read_lock(root)
        place, key, made = models.install(content, name, locked)
        print(f"installed {place}")
        if settings and key not in locked:
            storage.write((root / models.LOCK).absolute(), models.lock_text({**locked, key: made}))
            print(f"locked {key} {made.version} in {models.LOCK}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(models.MAX_PACKAGE_BYTES + 1)
    except OSError as error:
        raise EngineError(f"{path}: {error.strerror}; make the file readable") from None


def _fetched(pair: str) -> bytes:
    if not sys.stderr.isatty():
        return models.fetch(pair)
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns: tuple[Any, ...] = (
        TextColumn(pair),
        *Progress.get_default_columns()[1:],
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(pair)
        show: Callable[[int, int], None] = lambda done, total: bar.update(task, completed=done, total=total or None)  # noqa: E731
        return models.fetch(pair, show)
