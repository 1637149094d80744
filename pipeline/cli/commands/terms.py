"""pipeline terms: the termbase, out to other programs and in from them."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Quiet, Wait, Workspace

if TYPE_CHECKING:
    from pipeline.app.session import Session
    from pipeline.app.terms import TermArrival

PANEL = Panel.TRANSLATORS

group = typer.Typer(
    help="Exchange the termbase, the agreed translations of terms, with other programs as TBX.", no_args_is_help=True
)

Into = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="Where to write it.", show_default="output/exchange/termbase.tbx")
]
Version = Annotated[
    int, typer.Option("--version", help="Of TBX: 2, of 2008, which older programs read too, or 3, of 2019.")
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A termbase in TBX.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="terms", rich_help_panel=PANEL)


@group.command("export")
def export_terms(
    file: Into = None,
    version: Version = 2,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Write translations/termbase.csv as TBX, with the status of every term and all notes."""
    from pipeline.app import terms

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        count = terms.export(session, file, version)
        session.say(f"{count} terms")


@group.command("import")
def import_terms(
    file: File,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Add the terms of a TBX file to the termbase; what was agreed here stays as it is, and the rest is told."""
    from pipeline.app import terms

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        arrivals = terms.import_terms(session, file)
        if as_json:
            console.show_json(terms=[_row(one) for one in arrivals])
        else:
            _report(session, arrivals)


def _row(one: "TermArrival") -> dict[str, Any]:
    return {
        "source_language": one.source,
        "term": one.term,
        "language": one.lang,
        "rendering": one.rendering,
        "status": one.status.value,
        "outcome": one.outcome.name.lower(),
    }


def _report(session: "Session", arrivals: "list[TermArrival]") -> None:
    from pipeline.app.terms import TermOutcome

    for one in arrivals:
        if one.outcome not in (TermOutcome.SAME, TermOutcome.NEW) or (
            session.dry_run and one.outcome is TermOutcome.NEW
        ):
            session.say(f"  «{one.term}» ({one.source}) → {one.lang}: {one.rendering} [{one.status}]: {one.outcome}")
    for outcome, count in Counter(one.outcome for one in arrivals).items():
        session.say(f"{count} {outcome}")
