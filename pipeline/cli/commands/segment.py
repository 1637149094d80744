"""pipeline segment: documents → sentences → PO files."""

from typing import Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Panel, Quiet, Wait, Workspace
from pipeline.errors import UsageError
from pipeline.model import Block, Document
from pipeline.text import markup

PANEL = Panel.DAILY

Show = Annotated[
    str | None,
    typer.Option(
        "--show",
        metavar="DOCUMENT",
        autocompletion=completion.documents,
        help="Print how one document is read; write nothing.",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("segment", rich_help_panel=PANEL)(segment)


def segment(
    documents: Documents = None,
    show: Show = None,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Read the documents and update their PO files."""
    from pipeline.app import catalogues, segmenting

    if as_json and not show:
        raise UsageError("--json goes with --show: pipeline segment --show DOCUMENT --json")
    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        if show:
            for document in catalogues.documents(session, [show]):
                _show(document, as_json=as_json)
            return
        with session.locked():
            written = segmenting.update(session, documents)
        if not written and not session.faults:
            session.say("segment: nothing to do")


def _show(document: Document, *, as_json: bool) -> None:
    """Print what was read: as lines for a person, or as JSON."""
    from pipeline.app import segmenting

    if as_json:
        console.show_json(segmenting.SCHEMA_VERSION, blocks=segmenting.described(document))
        return
    for block, texts in segmenting.sentences(document):
        console.out(_headline(block))
        rows = segmenting.rows(document, block)
        for line in [" | ".join(row) for row in rows] or [text.source for text in texts]:
            console.out(f"         | {' '.join(line.split())}")
        for text in texts:
            for mark in markup.described(text):
                console.out(f"         · {mark}")


def _headline(block: Block) -> str:
    """Return the line above the sentences of a block: where it stands, what it is, and its marker."""
    lines = f"{block.first}" if block.first == block.last else f"{block.first}-{block.last}"
    level = f" {block.level}" if block.level else ""
    depth = f" {block.depth}" if block.depth > 1 else ""
    head = f", {block.header_rows} header row{'s' * (block.header_rows != 1)}" if block.header_rows else ""
    return f"{lines:>7}  {block.kind}{level}{depth}{head} {block.marker}".rstrip()
