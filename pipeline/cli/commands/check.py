"""pipeline check: what a tired reviewer misses."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace, flag
from pipeline.model import Finding, Severity

if TYPE_CHECKING:
    from pipeline.qa.report import Result

PANEL = Panel.DAILY

Least = Annotated[Severity, typer.Option("--severity", help="The least severe findings to show.")]
Changed = Annotated[bool, flag("--changed", help="Check only what changed since the last check.")]
Html = Annotated[Path | None, typer.Option("--html", help="Also write the findings as a web page.", metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    app.command("check", rich_help_panel=PANEL)(check)


def check(
    documents: Documents = None,
    languages: Languages = None,
    severity: Least = Severity.WARNING,
    changed: Changed = False,
    html: Html = None,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Look for mistakes in the translations; exit with status 1 if any finding is shown."""
    from pipeline.app import checking

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        results = checking.check(session, documents, console.split(languages), changed=changed, page=html)
        shown = [
            (result, finding) for result in results for finding in result.findings if finding.severity.weighs(severity)
        ]
        if as_json:
            console.show_json(findings=[_row(result, finding) for result, finding in shown])
        elif not quiet:
            _show(shown, sum(len(result.catalogue.units) for result in results))
    if shown:
        raise typer.Exit(1)


def _row(result: "Result", finding: Finding) -> dict[str, Any]:
    return {
        "document": result.document_id,
        "language": result.lang,
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "place": finding.place,
        "suggestion": finding.suggestion,
        "context": finding.unit.context,
        "source": finding.unit.source,
        "target": finding.unit.target,
        "where": [str(location) for location in finding.unit.locations],
    }


def _show(shown: "Sequence[tuple[Result, Finding]]", units: int) -> None:
    columns = ("document", "language", "line", "severity", "check", "finding")
    if shown:
        console.show_table(columns, [_cells(*pair) for pair in shown], whole=columns[:-1])
    console.out(f"{len(shown)} finding{'s' * (len(shown) != 1)} in {units} units")


def _cells(result: "Result", finding: Finding) -> tuple[str, ...]:
    line = next((str(location.line or location) for location in finding.unit.locations), "")
    remedy = f" → {finding.suggestion}" if finding.suggestion else ""
    return result.document_id, result.lang, line, finding.severity, finding.check, f"{finding.message}{remedy}"
