"""pipeline convert: a PDF → a text file to look through."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import DryRun, Json, Panel, Quiet

PANEL = Panel.SETUP

Source = Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A PDF with text in it.")]
Target = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE.txt", help="The file to write.", show_default="beside the PDF, .txt for .pdf"),
]

_UNSEEN = "words that nobody sees in the PDF, such as those under a black bar, are in the text too: delete them"


def add_to(app: typer.Typer) -> None:
    app.command("convert", rich_help_panel=PANEL)(convert)


def convert(
    source: Source, to: Target = None, as_json: Json = False, dry_run: DryRun = False, quiet: Quiet = False
) -> None:
    """Write the text of a PDF into a file for you to look through and correct; a PDF is never added as it is."""
    from pipeline.app import converting

    converted = converting.convert(source, to, dry_run=dry_run)
    if as_json:
        console.show_json(file=str(converted.path), doubtful=[*converted.doubts, _UNSEEN])
        return
    if quiet:
        return
    console.say(f"{'would write' if dry_run else 'wrote'} {converted.path}")
    for doubt in converted.doubts:
        console.say(f"  doubtful: {doubt}")
    console.say(_UNSEEN)
    console.say(f"compare it with the PDF, line by line, then type: pipeline add {converted.path}")
