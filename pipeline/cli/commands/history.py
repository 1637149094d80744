"""pipeline history and pipeline restore: what a PO file was before commands wrote it."""

from typing import Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Document, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace
from pipeline.errors import UsageError

PANEL = Panel.TRANSLATORS

OptionalDocument = Annotated[
    str | None,
    typer.Argument(
        metavar="[DOCUMENT]",
        autocompletion=completion.documents,
        help="The id of the document.",
        show_default="what was removed last",
    ),
]
Digest = Annotated[
    str | None,
    typer.Option(
        "--version",
        metavar="VERSION",
        autocompletion=completion.versions,
        help="The version, as shown by pipeline history.",
        show_default="the last one kept",
    ),
]
Units = Annotated[
    str | None,
    typer.Option(
        "--units",
        metavar="NUMBERS",
        help="Only these sentences, numbered in the document's order: 3,7-9.",
        show_default="the whole file",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("history", rich_help_panel=PANEL)(history)
    app.command("restore", rich_help_panel=PANEL)(restore)


def history(
    document: Document, languages: Languages = None, as_json: Json = False, workspace_folder: Workspace = HERE
) -> None:
    """List the earlier versions of a document's PO files."""
    from pipeline.app import versions

    with console.session(workspace_folder) as session:
        rows = versions.versions(session, document, console.split(languages))
        console.show("versions", rows, as_json=as_json)
        if not rows and not as_json:
            session.say(f"{document}: no command has replaced a PO file of it yet")


def restore(
    document: OptionalDocument = None,
    languages: Languages = None,
    version: Digest = None,
    units: Units = None,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Restore an earlier version of a PO file, or files that pipeline clean removed; this can be undone too."""
    from pipeline.app import removing, versions

    if document is None and (units or version):
        raise UsageError("name the document too: pipeline restore DOCUMENT")
    into = console.split(languages)
    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        if document is not None and units is not None:
            versions.restore_units(session, document, into, version, units)
        elif document is None or (version is None and removing.is_removed(session, document, into)):
            removing.restore(session, document, into)
        else:
            versions.restore(session, document, into, version)
