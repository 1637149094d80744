"""pipeline add: files from anywhere → documents of the workspace."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Quiet, Wait, Workspace

if TYPE_CHECKING:
    from pipeline.app.adding import AddedDocument
    from pipeline.app.session import Session

PANEL = Panel.DAILY

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents in any format that can be read.")]
Id = Annotated[
    str, typer.Option("--id", metavar="ID", help="The id of the document.", show_default="like the name of the file")
]


def add_to(app: typer.Typer) -> None:
    app.command("add", rich_help_panel=PANEL)(add)


def add(
    files: Files,
    document_id: Id = "",
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Copy documents into the workspace, and show how each is read and what looks doubtful."""
    from pipeline.app import adding

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        added = []
        for one in adding.add(session, files, document_id):
            added.append(one)
            _report(session, one)
        if as_json:
            console.show_json(documents=[_row(session, one) for one in added], faults=session.faults)
        elif added:
            ids = " ".join(one.document.id for one in added)
            session.say(f"now type: pipeline run {ids}")
            session.say(f"to see every sentence: pipeline segment --show {added[0].document.id}")


def _counts(added: "AddedDocument") -> dict[str, int]:
    return dict(Counter(block.kind.value for block in added.document.blocks).most_common())


def _named(kind: str, count: int) -> str:
    """Return a kind of block as it is said of so many."""
    one = kind.replace("_", " ")
    return _GRIDS_OF_NAMES[count > 1] if kind == "signatures" else one + "s" * (count > 1)


_GRIDS_OF_NAMES = ("group of signatures", "groups of signatures")


def _report(session: "Session", added: "AddedDocument") -> None:
    document = added.document
    kinds = ", ".join(f"{count} {_named(kind, count)}" for kind, count in _counts(added).items())
    here = "" if added.is_new else "; it was here already"
    session.say(f"{document.id}: read from {added.source.name}: {kinds}{here}")
    for remark in document.remarks:
        session.say(f"  {remark}")
    for doubt in added.doubts:
        place = f"{document.counted} {doubt.place}: " if doubt.place else ""
        session.say(f"  doubtful: {place}{doubt.text}")
    if added.doubts:
        beside = (session.config.seeds / document.file).with_suffix(".toml")
        session.say(f"  correct what is wrong in {session.name(beside)} (docs/documents.md)")


def _row(session: "Session", added: "AddedDocument") -> dict[str, Any]:
    document = added.document
    return {
        "document": document.id,
        "file": session.name(session.config.seeds / document.file),
        "added": added.is_new,
        "blocks": _counts(added),
        "remarks": list(document.remarks),
        "doubtful": [{document.counted: doubt.place, "message": doubt.text} for doubt in added.doubts],
    }
