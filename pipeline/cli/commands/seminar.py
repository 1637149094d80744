"""pipeline seminar: seminar.toml → a handout, name badges and subtitles, in each pair of languages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Quiet, Release, Wait, Workspace

if TYPE_CHECKING:
    from pipeline.app.seminar import SeminarKit
    from pipeline.app.session import Session

PANEL = Panel.DAILY

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of the seminar: seminar.toml.")]
Languages = Annotated[
    str | None,
    typer.Option(help="Target languages: en,fr.", autocompletion=completion.all_languages, show_default="all"),
]
BadgeSize = Annotated[str, typer.Option("--badge", metavar="SIZE", help="Width and height of a badge in millimetres.")]


def add_to(app: typer.Typer) -> None:
    app.command("seminar", rich_help_panel=PANEL)(seminar)


def seminar(
    file: File,
    languages: Languages = None,
    badge: BadgeSize = "90x60",
    release: Release = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Make a bilingual handout, name badges and subtitles of a seminar, as drafts or released."""
    from pipeline.app import seminar as making

    size = making.size(badge)
    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        kit = making.make(session, file, console.split(languages), release=release, badge=size)
        if as_json:
            _show_json(session, kit)
        elif not kit.written and not session.faults:
            session.say("seminar: nothing to do")


def _show_json(session: "Session", kit: "SeminarKit") -> None:
    from pipeline.cli.commands import subtitles

    console.show_json(
        seminar=kit.id,
        files=[
            {"file": session.name(session.config.output / one.sheet.path), "language": one.langs[0]} for one in kit.pdfs
        ],
        subtitles=[subtitles.row(session, one) for one in kit.subtitles],
        left_out=list(kit.left_out),
        faults=session.faults,
    )
