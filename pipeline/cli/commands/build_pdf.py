"""pipeline build-pdf: documents and catalogues → PDFs in output/."""

from typing import Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Documents, DryRun, Panel, Quiet, Release, Wait, Workspace, flag
from pipeline.edition.design import LAYOUTS, PAPERS, PRINTS

PANEL = Panel.DAILY

Languages = Annotated[
    str | None,
    typer.Option(
        help="Target languages, one PDF each: en,fr. With the source language first, one PDF with all: fa,en,fr.",
        autocompletion=completion.all_languages,
        show_default="those of pipeline.toml",
    ),
]
Layout = Annotated[
    str | None,
    typer.Option(
        help=f"The layout: {', '.join(LAYOUTS)}.",
        autocompletion=completion.listed(lambda: LAYOUTS),
        show_default="those of pipeline.toml",
    ),
]
Paper = Annotated[
    str | None,
    typer.Option(
        help=f"The paper: {', '.join(PAPERS)}.",
        autocompletion=completion.listed(lambda: PAPERS),
        show_default="that of pipeline.toml",
    ),
]
Print = Annotated[
    str | None,
    typer.Option(
        "--print",
        help=f"The size of print: {', '.join(PRINTS)}.",
        autocompletion=completion.listed(lambda: PRINTS),
        show_default="that of pipeline.toml",
    ),
]
Booklet = Annotated[
    bool, flag("--booklet", help="Put A5 pages on sheets of A4, in the order for printing both sides and folding.")
]
Force = Annotated[bool, flag("--force", help="Build even PDFs that are up to date.")]
Since = Annotated[
    str | None,
    typer.Option(
        autocompletion=completion.versions,
        help="Show the changes since a date, or since a version listed by pipeline history.",
        show_default="the last version replaced",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("build-pdf", rich_help_panel=PANEL)(build_pdf)


def build_pdf(
    documents: Documents = None,
    languages: Languages = None,
    layout: Layout = None,
    paper: Paper = None,
    size: Print = None,
    since: Since = None,
    booklet: Booklet = False,
    release: Release = False,
    force: Force = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Typeset documents beside their translations, one PDF per language, as drafts or released."""
    from pipeline.app import building
    from pipeline.app.building import Wishes

    wishes = Wishes(console.split(languages), console.split(layout, "--layout"), paper, size, since, booklet)
    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        written = building.build_asked(session, documents, wishes, release=release, force=force)
        if not written and not session.faults:
            session.say("build-pdf: nothing to do")
