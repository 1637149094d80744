"""pipeline status: how far every document is, in every language."""

import json
import sys
from collections import Counter
from typing import Any

from pipeline.cli import build_pdf, stages
from pipeline.cli.options import HERE, Documents, Json, Workspace
from pipeline.cli.session import Session
from pipeline.model import Document, State
from pipeline.workspace import storage

NOT_DONE = tuple(state for state in reversed(State) if not state.is_done)
"""What is left to do, the nearest to a finished text first."""


def status(documents: Documents = None, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Show per document and language what is reviewed, by machine, untranslated, and whether the PDF is current."""
    session = Session.open(workspace_folder, quiet=as_json)
    record = storage.read_record(session.config.output / build_pdf.RECORD)
    rows = []
    for document in stages.documents(session, documents):
        for lang in session.config.languages:
            with session.guarded():
                rows.append(_row(session, document, lang, record))
    if as_json:
        print(json.dumps({"schema_version": 1, "documents": rows}, ensure_ascii=False, indent=2))
    else:
        _print_table(session.config.title, rows)
    session.finish()


def _row(session: Session, document: Document, lang: str, record: dict[str, dict[str, str]]) -> dict[str, Any]:
    units = stages.merged(stages.read_catalogue(session, document, lang), document).units
    states = Counter(unit.state for unit in units)
    target = build_pdf.target_of(session, document, build_pdf.main_choice(session.config, lang))
    current = build_pdf.is_current(session.config, target, record)
    released = current and record[target.release.path]["fingerprint"] == target.release.fingerprint
    return {
        "document": document.id,
        "language": lang,
        "units": len(units),
        "reviewed": states[State.REVIEWED] + states[State.COPIED],
        **{state.value: states[state] for state in NOT_DONE},
        "pdf_up_to_date": current,
        "released": released,
    }


def _print_table(title: str, rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None)
    table.add_column("document", no_wrap=True)
    table.add_column("language")
    for name in ("units", "reviewed", *NOT_DONE):
        table.add_column(name, justify="right")
    table.add_column("PDF")
    for row in rows:
        *values, current, released = row.values()
        table.add_row(*map(str, values), "released" if released else "draft" if current else "out of date")
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
