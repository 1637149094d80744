"""pipeline history and pipeline restore: what a PO file was before commands wrote it."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.catalogue import difference, po
from pipeline.cli.options import HERE, DryRun, Json, Languages, Quiet, Wait, Workspace
from pipeline.cli.session import Session, chosen, split
from pipeline.errors import CatalogueError, UsageError
from pipeline.workspace import history, storage
from pipeline.workspace.history import Version

DocumentId = Annotated[str, typer.Argument(metavar="ID", help="The document's id.")]
Digest = Annotated[
    str | None, typer.Option("--version", metavar="VERSION", help="Which one.", show_default="the last one kept")
]


def list_versions(
    document: DocumentId, languages: Languages = None, as_json: Json = False, workspace_folder: Workspace = HERE
) -> None:
    """Show the versions of a document's PO files that commands have replaced."""
    session = Session.open(workspace_folder)
    rows = []
    for lang in chosen(session.config.languages, split(languages), "language"):
        for version in history.versions(session.config, storage.catalogue_path(session.config, lang, document)):
            with session.guarded():
                rows.append(_row(session, document, lang, version))
    if as_json:
        print(json.dumps({"schema_version": 1, "versions": rows}, ensure_ascii=False, indent=2))
    elif rows:
        _print_table(rows)
    else:
        session.say(f"{document}: no command has replaced a PO file of it yet")
    session.finish()


def restore(
    document: DocumentId,
    languages: Languages = None,
    version: Digest = None,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Put an earlier version of a PO file back; what stands there now is kept too, so this can be undone."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    with session.locked():
        lang = _one_language(session, document, split(languages))
        path = _existing(session, document, lang)
        current = storage.read_bytes(session.config, path) if path.is_file() else b""
        wanted = _chosen(history.versions(session.config, path), version, current, path)
        content = wanted.read()
        for line in _difference(session, path, current, content):
            session.say(f"  {line}")
        if not dry_run:
            if current:
                history.keep(session.config, path, current, session.now)
            storage.write(path, content, expected=current)
        session.wrote(path)


def _existing(session: Session, document: str, lang: str) -> Path:
    """Return the path of a document's PO file, which may be gone; raise UsageError when there never was one."""
    path = storage.catalogue_path(session.config, lang, document)
    if path.name != f"{document}.po" or path.parent.name != lang:
        raise UsageError(f"document {document!r} is unknown; name it as in {session.config.seeds}, without suffix")
    storage.require_inside(session.config, path)
    if not path.is_file() and not history.versions(session.config, path):
        raise UsageError(f"{path}: there is no such file, and none was ever replaced; see pipeline status")
    return path


def _one_language(session: Session, document: str, asked: list[str] | None) -> str:
    langs = chosen(session.config.languages, asked, "language")
    paths = {lang: storage.catalogue_path(session.config, lang, document) for lang in langs}
    kept = [lang for lang in langs if history.versions(session.config, paths[lang])]
    if len(kept) > 1:
        raise UsageError(f"{document}: say which PO file to restore: --languages {kept[0]}")
    return (kept or langs)[0]


def _chosen(versions: list[Version], asked: str | None, current: bytes, path: Path) -> Version:
    other = [version for version in versions if version.digest != history.digest(current)]
    found = [version for version in other if version.digest.startswith(asked or "")]
    if not found:
        what = f"no version {asked}" if asked else "no earlier version"
        raise UsageError(f"{path}: {what} is kept; see pipeline history {path.stem}")
    return found[0]


def _difference(session: Session, path: Path, current: bytes, content: bytes) -> list[str]:
    try:
        old, new = (_parsed(session, path, one) for one in (current, content))
    except CatalogueError:
        return []  # what stands there cannot be read, and is restored for that
    return list(difference.lines(old.catalogue, new.catalogue))


def _parsed(session: Session, path: Path, content: bytes) -> po.File:
    return po.parse(content, str(path), path.stem, session.config.source_language, path.parent.name)


def _row(session: Session, document: str, lang: str, version: Version) -> dict[str, Any]:
    units = _parsed(session, Path(lang) / f"{document}.po", version.read()).catalogue.units
    return {
        "language": lang,
        "version": version.digest,
        "replaced": version.time.isoformat(timespec="seconds"),
        "units": len(units),
        "reviewed": sum(unit.state.is_done for unit in units),
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in rows[0]:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=None if sys.stdout.isatty() else 200).print(table, markup=False)
