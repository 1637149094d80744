"""pipeline subtitles: subtitles and catalogues → a file of subtitles in each language."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Panel, Quiet, Release, Wait, Workspace

if TYPE_CHECKING:
    from pipeline.app.session import Session
    from pipeline.app.subtitles import SubtitleFile

PANEL = Panel.DAILY

Languages = Annotated[
    str | None,
    typer.Option(
        help="Target languages: en,fr.",
        autocompletion=completion.all_languages,
        show_default="all",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("subtitles", rich_help_panel=PANEL)(subtitles)


def subtitles(
    documents: Documents = None,
    languages: Languages = None,
    release: Release = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Write subtitle files (SRT, WebVTT) in each language, as drafts or released."""
    from pipeline.app import subtitles as writing

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        files = writing.write(session, documents, console.split(languages), release=release)
        if as_json:
            console.show_json(subtitles=[row(session, file) for file in files], faults=session.faults)
        elif not any(file.is_written for file in files) and not session.faults:
            session.say("subtitles: nothing to do")


def row(session: "Session", file: "SubtitleFile") -> dict[str, Any]:
    """Return a file of subtitles for other programs; times are milliseconds."""
    return {
        "document": file.document_id,
        "language": file.lang,
        "file": session.name(file.path),
        "released": file.is_release and not file.obstacles,
        "written": file.is_written,
        "cues": len(file.subtitled.cues),
        "not_translated": file.subtitled.missing,
        "not_reviewed": file.subtitled.drafts,
        "too_fast": [{"start": start, "characters_per_second": speed} for start, speed in file.subtitled.fast],
        "too_long": list(file.subtitled.long),
        "obstacles": list(file.obstacles),
    }
