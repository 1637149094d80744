"""pipeline check: what a tired reviewer misses."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace, flag
from pipeline.model import Finding, Severity, Unit

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
    from pipeline.qa import marking

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
        "file": result.file,
        "line": finding.unit.line,
        "accept": marking.accepting(finding.check),
    }


def _show(shown: "Sequence[tuple[Result, Finding]]", units: int) -> None:
    from pipeline.qa import report

    for result, group in groupby(shown, key=lambda pair: pair[0]):
        findings = [finding for _, finding in group]
        if told := report.untranslated(findings):
            console.out(f"{result.document_id} ({result.lang}): {told}, {result.file}")
        for unit, found in report.cards(findings):
            for line in _card(result, unit, found):
                console.out(line)
    console.out(f"{len(shown)} finding{'s' * (len(shown) != 1)} in {units} units")


def _card(result: "Result", unit: Unit, found: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines about one sentence: where it stands, what was found, how it reads, what would accept it."""
    from pipeline.qa import marking, report

    where = [f", {location.short}" for location in unit.locations][:1]
    yield f"{result.document_id} ({result.lang}){''.join(where)}: {report.place(result, unit)}"
    for finding in found:
        yield from _wrapped(f"{finding.severity}: {finding.check}: {finding.message}", "  ")
        if finding.suggestion:
            yield from _wrapped(f"→ {finding.suggestion}", "    ")
    for text in (unit.source, unit.target):
        yield from _wrapped("".join(_bracketed(*part) for part in marking.parts(text, found)), "  | ")
    for check in dict.fromkeys(finding.check for finding in found):
        yield f"  to accept: {marking.accepting(check)}"
    yield ""


def _bracketed(text: str, is_marked: bool) -> str:
    return f">{text}<" if is_marked else text


def _wrapped(text: str, indent: str) -> Iterator[str]:
    """Yield a text in lines of 80 columns at most; its own line ends are spaces."""
    yield from textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


WIDTH = 80
"""Columns of the narrowest terminal."""
