"""pipeline check: what a tired reviewer misses."""

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace, flag
from pipeline.model import Finding, Severity, Unit

if TYPE_CHECKING:
    from pipeline.app.checked import CheckedText

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
    from pipeline.app import checked

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        asked = console.split(languages)
        found = checked.check(session, documents, asked, changed=changed, page=html, least=severity)
        if as_json:
            rows = [_row(text, finding) for text in found for finding in _shown(text, severity)]
            console.show_json(findings=rows)
            count = len(rows)
        else:
            count = _show(found, severity, quiet=quiet)
    if count:
        raise typer.Exit(1)


def _shown(text: "CheckedText", least: Severity) -> list[Finding]:
    return [finding for finding in text.findings if finding.severity.weighs(least)]


def _row(text: "CheckedText", finding: Finding) -> dict[str, Any]:
    from pipeline.qa import marking

    return {
        "document": text.document_id,
        "language": text.lang,
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "place": finding.place,
        "suggestion": finding.suggestion,
        "context": finding.unit.context,
        "source": finding.unit.source,
        "target": finding.unit.target,
        "where": [str(location) for location in finding.unit.locations],
        "file": text.file,
        "line": finding.unit.line,
        "accept": marking.accepting(finding.check),
    }


def _show(found: "Iterator[CheckedText]", least: Severity, *, quiet: bool) -> int:
    """Show the findings, of a text after the other; return how many there are."""
    from pipeline.qa import report

    count = units = hints = 0
    for text in found:
        findings = _shown(text, least)
        count, units = count + len(findings), units + text.units
        hints += sum(finding.severity is Severity.HINT for finding in text.findings)
        if quiet:
            continue
        if told := report.untranslated(findings):
            console.out(f"{text.document_id} ({text.lang}): {told}, {text.file}")
        for unit, about in report.cards(findings):
            for line in _card(text, unit, about):
                console.out(line)
    if not quiet:
        console.out(f"{count} finding{'s' * (count != 1)} in {units} units")
        if hints and not Severity.HINT.weighs(least):
            several = "s, which are" if hints > 1 else ", which is"
            console.out(f"{hints} hint{several} wrong as often as not: pipeline check --severity hint")
    return count


def _card(text: "CheckedText", unit: Unit, found: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines about one sentence: where it stands, what was found, how it reads, what would accept it."""
    from pipeline.qa import marking, report

    where = [f", {location.short}" for location in unit.locations][:1]
    yield f"{text.document_id} ({text.lang}){''.join(where)}: {report.place(text.file, unit)}"
    for finding in found:
        yield from _wrapped(f"{finding.severity}: {finding.check}: {finding.message}", "  ")
        if finding.suggestion:
            yield from _wrapped(f"→ {finding.suggestion}", "    ")
    for side in (unit.source, unit.target):
        yield from _wrapped("".join(_bracketed(*part) for part in marking.parts(side, found)), "  | ")
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
