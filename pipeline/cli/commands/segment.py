"""pipeline segment: documents → sentences → PO files."""

from typing import Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Panel, Quiet, Wait, Workspace
from pipeline.errors import UsageError
from pipeline.model import Document

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

    blocks = segmenting.sentences(document)
    if as_json:
        console.show_json(
            blocks=[
                {"kind": block.kind.value, "level": block.level, "lines": [block.first, block.last], "sentences": texts}
                for block, texts in blocks
            ]
        )
        return
    for block, texts in blocks:
        lines = f"{block.first}" if block.first == block.last else f"{block.first}-{block.last}"
        level = f" {block.level}" if block.level else ""
        console.out(f"{lines:>7}  {block.kind}{level} {block.marker}".rstrip())
        for text in texts:
            console.out(f"         | {' '.join(text.split())}")
