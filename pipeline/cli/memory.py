"""pipeline memory: what the translation memory knows, and the memories of others that feed it."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import plugins
from pipeline.cli import stages
from pipeline.cli.options import HERE, DryRun, Json, Languages, Quiet, Wait, Workspace
from pipeline.cli.session import Session, chosen, split
from pipeline.errors import ExchangeError, PipelineError, UsageError
from pipeline.workspace import storage

app = typer.Typer(
    help="Look into the translation memory; import the memories of others, and remove them.", no_args_is_help=True
)

Text = Annotated[str, typer.Argument(help="A sentence in the source language.")]
Least = Annotated[int, typer.Option("--least", min=50, max=100, help="Per cent it must be alike.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A memory in TMX.")]
Name = Annotated[str, typer.Argument(help="As pipeline memory list tells it: partner.tmx.")]


@app.command("list")
def list_origins(languages: Languages = None, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Show where the memory's translations come from."""
    session = Session.open(workspace_folder, quiet=as_json)
    rows = []
    with session.locked():
        for lang in chosen(session.config.languages, split(languages), "language"):
            with stages.open_memory(session, lang) as known:
                rows += [{"language": lang, "origin": name, "translations": count} for name, count in known.origins()]
    _print(rows, as_json, "origins")
    session.finish()


@app.command()
def search(
    text: Text,
    languages: Languages = None,
    least: Least = 60,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
) -> None:
    """Show the translations of the sentences most like this one."""
    session = Session.open(workspace_folder, quiet=as_json)
    rows = []
    with session.locked():
        for lang in chosen(session.config.languages, split(languages), "language"):
            with stages.open_memory(session, lang) as known:
                for match in known.similar(text, least):
                    entry = match.entry
                    rows.append(
                        {
                            "language": lang,
                            "alike": int(match.score),
                            "origin": entry.origin,
                            "source": entry.source,
                            "target": entry.target,
                        }
                    )
    _print(rows, as_json, "matches")
    session.finish()


@app.command("import")
def import_memory(
    file: File, workspace_folder: Workspace = HERE, dry_run: DryRun = False, wait: Wait = False, quiet: Quiet = False
) -> None:
    """Keep a memory of others; what it knows is offered for review, never taken for reviewed."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    source_lang, tmx = session.config.source_language, plugins.load("exchange.formats", "tmx")
    content = _read(file, tmx.MAX_BYTES)
    try:
        counts = tmx.languages(content)
    except ExchangeError as error:
        raise ExchangeError(f"{file}: {error}") from None
    useful = {lang: counts.get((source_lang, lang), 0) for lang in session.config.languages}
    if not any(useful.values()):
        raise ExchangeError(f"{file}: nothing in it from {source_lang} into {' or '.join(useful)}; see pipeline.toml")
    with session.locked():
        path = _kept(session, f"{file.stem}.tmx")
        if path.exists() and path.read_bytes() != content:
            raise PipelineError(
                f"{path} is there already; remove it (pipeline memory remove {path.name}) or rename yours"
            )
        if not path.exists():
            if not dry_run:
                storage.write(path, content, expected=b"")
            session.wrote(path)
        for lang in useful if not dry_run else ():
            with stages.open_memory(session, lang):
                pass  # opened, it reads what is new
    session.say(f"{path.name}: {', '.join(f'{count} translations into {lang}' for lang, count in useful.items())}")


@app.command()
def remove(
    name: Name, workspace_folder: Workspace = HERE, dry_run: DryRun = False, wait: Wait = False, quiet: Quiet = False
) -> None:
    """Forget a memory of others; what was already taken from it stays in the PO files, with its name."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    with session.locked():
        kept = {path.name: path for path in stages.tmx_files(session.config)}
        if name not in kept:
            raise UsageError(f"{name}: no such memory of others; there are: {', '.join(kept) or 'none'}")
        if not dry_run:
            kept[name].unlink()
            for lang in session.config.languages:
                with stages.open_memory(session, lang):
                    pass  # opened, it forgets what is gone
    session.say(f"{'would remove' if dry_run else 'removed'} {kept[name].relative_to(session.config.root)}")


def _kept(session: Session, name: str) -> Path:
    path = session.config.translations / stages.IMPORTED / name
    storage.require_inside(session.config, path)
    return path


def _read(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise ExchangeError(f"{file}: {error.strerror}; see that it is there and may be read") from None


def _print(rows: list[dict[str, Any]], as_json: bool, name: str) -> None:
    if as_json:
        print(json.dumps({"schema_version": 1, name: rows}, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200)
    table = Table(box=None, pad_edge=False)
    for key in rows[0] if rows else ():
        table.add_column(key, overflow="fold")
    for row in rows:
        table.add_row(*map(str, row.values()))
    console.print(table if rows else f"no {name}", markup=False)
