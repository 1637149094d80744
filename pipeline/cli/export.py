"""pipeline export: catalogues → tables for people and programs that do not edit PO files."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import plugins
from pipeline.cli import stages
from pipeline.cli.options import HERE, Documents, DryRun, Languages, Quiet, Wait, Workspace
from pipeline.cli.session import Session, chosen, split
from pipeline.errors import ExchangeError, UsageError
from pipeline.exchange.table import Line, Table, line_id
from pipeline.model import Catalogue, Unit
from pipeline.workspace import storage

Format = Annotated[str, typer.Option("--format", "-f", help="docx, xlsx, xliff, tmx or csv.")]
Folder = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Where to write.", show_default="output/exchange")
]
OnlyOpen = Annotated[bool, typer.Option("--only-open", help="Leave out what is reviewed already.")]


def export(
    documents: Documents = None,
    format_name: Format = "docx",
    languages: Languages = None,
    only_open: OnlyOpen = False,
    folder: Folder = None,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Write a table a document and language, to be filled in elsewhere and imported again."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    if format_name not in plugins.names("exchange.formats"):
        raise UsageError(
            f"format {format_name!r} is unknown; choose one of: {', '.join(plugins.names('exchange.formats'))}"
        )
    form = plugins.load("exchange.formats", format_name)
    folder = (folder or session.config.output / "exchange").absolute()
    langs = chosen(session.config.languages, split(languages), "language")
    with session.locked():
        written = 0
        for document in stages.documents(session, documents):
            for lang in langs:
                with session.guarded():
                    catalogue = stages.merged(stages.read_catalogue(session, document, lang), document)
                    path = folder / f"{document.id}.{lang}{form.SUFFIXES[0]}"
                    written += _write(session, path, form, _table(catalogue, only_open))
    if not written and not session.faults:
        session.say("export: nothing to do")
    session.finish()


def _table(catalogue: Catalogue, only_open: bool) -> Table:
    document_id, lang = catalogue.document_id, catalogue.target_lang
    lines = tuple(_line(document_id, lang, unit) for unit in catalogue.units if not (only_open and unit.state.is_done))
    return Table(document_id, catalogue.source_lang, lang, lines)


def _line(document_id: str, lang: str, unit: Unit) -> Line:
    name, notes = line_id(document_id, lang, unit), "\n".join(unit.notes)
    return Line(name, unit.source, unit.target, notes, unit.context, unit.state.is_done)


def _write(session: Session, path: Path, form: plugins.ModuleType, table: Table) -> bool:
    """Write a table unless there is nothing in it, or the same stands there; return whether it was written."""
    if not table.lines:
        return False
    try:
        content = form.write(table)
    except ExchangeError as error:
        raise ExchangeError(f"{path.name}: {error}") from None
    if path.is_file() and path.read_bytes() == content:
        return False
    if not session.dry_run:
        storage.write(path, content)
    session.wrote(path)
    return True
