"""pipeline check: what a tired reviewer misses."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli import findings
from pipeline.cli.options import HERE, Documents, DryRun, Json, Languages, Quiet, Wait, Workspace
from pipeline.cli.session import Session, chosen, split
from pipeline.model import Finding, Severity
from pipeline.qa import report
from pipeline.qa.report import Result
from pipeline.workspace import storage

Least = Annotated[Severity, typer.Option("--severity", help="The least severe findings to show.")]
Changed = Annotated[bool, typer.Option("--changed", help="Check only what changed since the last check.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write the findings as a page too.", metavar="FILE")]


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
    """Look for mistakes in the translations; exit with 1 when there are any."""
    session = Session.open(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait)
    langs = chosen(session.config.languages, split(languages), "language")
    with session.locked():
        results = [one for lang in langs for one in findings.examine(session, documents, lang, changed=changed)]
    if html:
        if not dry_run:
            storage.write(html.absolute(), report.html(session.config.title, results).encode())
        session.wrote(html.absolute())
    shown = [(one, finding) for one in results for finding in one.findings if finding.severity.weighs(severity)]
    if as_json:
        rows = [_row(one, finding) for one, finding in shown]
        print(json.dumps({"schema_version": 1, "findings": rows}, ensure_ascii=False, indent=2))
    elif not quiet:
        _print_table(shown, sum(len(one.catalogue.units) for one in results))
    session.finish()
    if shown:
        raise typer.Exit(1)


def _row(result: Result, finding: Finding) -> dict[str, Any]:
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
        "where": list(finding.unit.places),
    }


def _print_table(shown: list[tuple[Result, Finding]], units: int) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200)
    table = Table(box=None, pad_edge=False)
    for name in ("document", "language", "line", "severity", "check"):
        table.add_column(name, no_wrap=True)
    table.add_column("finding", overflow="fold")
    for result, finding in shown:
        line = finding.unit.places[0].split(",")[0].removeprefix("line ") if finding.unit.places else ""
        remedy = f" → {finding.suggestion}" if finding.suggestion else ""
        table.add_row(
            result.document_id, result.lang, line, finding.severity, finding.check, f"{finding.message}{remedy}"
        )
    if shown:
        console.print(table, markup=False)
    console.print(f"{len(shown)} findings in {units} units", markup=False)
