"""pipeline segment: documents → sentences → PO files."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from pipeline.cli import stages
from pipeline.cli.options import HERE, Documents, DryRun, Json, Quiet, Wait, Workspace
from pipeline.cli.session import Session
from pipeline.errors import UsageError
from pipeline.model import Document
from pipeline.text import segment as sentences

Show = Annotated[str | None, typer.Option("--show", metavar="ID", help="Print what was read in one document.")]


def segment(
    documents: Documents = None,
    show: Show = None,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Read the documents and bring the PO files up to date with them."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    if as_json and not show:
        raise UsageError("--json goes with --show ID: pipeline segment --show ID --json")
    if show:
        for document in stages.documents(session, [show]):
            print_blocks(document, as_json)
    else:
        with session.locked():
            if not update(session, documents) and not session.faults:
                session.say("segment: nothing to do")
    session.finish()


def update(session: Session, asked: Sequence[str] | None) -> int:
    """Merge every document into its catalogues; return how many files were written."""
    written = 0
    for document in stages.documents(session, asked):
        for lang in session.config.languages:
            with session.guarded():
                found = stages.read_catalogue(session, document, lang)
                remake = partial(stages.merged, document=document)
                written += stages.save(session, document, found, remake(found), remake)
    return written


def print_blocks(document: Document, as_json: bool) -> None:
    """Print what was read: as lines for a person, or as JSON."""
    found = [(block, [s.source for s in sentences.split(block.text, block.kind)]) for block in document.blocks]
    if as_json:
        blocks = [
            {"kind": block.kind.value, "level": block.level, "lines": [block.first, block.last], "sentences": texts}
            for block, texts in found
        ]
        json.dump({"schema_version": 1, "blocks": blocks}, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return
    for block, texts in found:
        lines = f"{block.first}" if block.first == block.last else f"{block.first}-{block.last}"
        level = f" {block.level}" if block.level else ""
        print(f"{lines:>7}  {block.kind}{level} {block.marker}".rstrip())
        for text in texts:
            print(f"         | {' '.join(text.split())}")
