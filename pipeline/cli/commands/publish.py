"""pipeline publish: what is released → a section of a website, and files to hand on."""

import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Documents, DryRun, Json, Panel, Quiet, Wait, Workspace, flag
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.app.publishing import PublishingOutcome
    from pipeline.app.session import Session

PANEL = Panel.PARTNERS

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="Make this format alone, in output/FORMAT/: epub, docx, txt, markdown …",
        autocompletion=completion.listed(lambda: _formats()),
        show_default="the section of the site",
    ),
]
Languages = Annotated[
    str | None,
    typer.Option(
        help="With --format: the languages, such as en,fr.",
        autocompletion=completion.all_languages,
        show_default="all",
    ),
]
Check = Annotated[bool, flag("--check", help="Look for dead links and faulty pages in what was made; write nothing.")]
WithdrawnDrafts = Annotated[
    bool, flag("--allow-withdrawn-drafts", help="Publish releases that say the same as a draft that was withdrawn.")
]
WithdrawnOriginals = Annotated[
    bool,
    flag(
        "--allow-withdrawn-originals",
        help="Publish the first translations into a language of a document that was withdrawn.",
    ),
]
Serve = Annotated[bool, flag("--serve", help="Show the section in a browser on this machine, until Ctrl+C.")]


def _formats() -> tuple[str, ...]:
    from pipeline.publication import formats

    return formats.names()


def add_to(app: typer.Typer) -> None:
    app.command("publish", rich_help_panel=PANEL)(publish)


def publish(
    documents: Documents = None,
    format_name: Format = None,
    languages: Languages = None,
    check: Check = False,
    serve: Serve = False,
    allow_withdrawn_drafts: WithdrawnDrafts = False,
    allow_withdrawn_originals: WithdrawnOriginals = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Make the section of a website of what is released, in output/site/; what is withdrawn gives way to a notice."""
    from pipeline.app import publishing

    if not format_name and (documents or languages):
        raise UsageError("the section has all that is released; for files of some documents, add --format")
    allowed = {
        "allow_withdrawn_drafts": allow_withdrawn_drafts,
        "allow_withdrawn_originals": allow_withdrawn_originals,
    }
    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        if check:
            _check(session, as_json=as_json)
        elif format_name:
            langs = console.split(languages)
            _show(session, publishing.publish_as(session, format_name, documents, langs, **allowed), as_json=as_json)
        else:
            _show(session, publishing.publish(session, **allowed), as_json=as_json)
    if serve:
        _serve(session.config.output / publishing.SITE)


def _show(session: "Session", made: "PublishingOutcome", *, as_json: bool) -> None:
    folder = session.name(made.folder)
    if as_json:
        console.show_json(folder=folder, texts=made.texts, written=made.written, removed=made.removed)
    elif made.texts and not (made.written or made.removed):
        session.say(f"publish: nothing to do; {made.texts} texts stand in {folder}")
    elif made.texts:
        session.say(f"{folder}: texts: {made.texts}, files written: {made.written}, removed: {made.removed}")


def _check(session: "Session", *, as_json: bool) -> None:
    from pipeline.app import publishing
    from pipeline.errors import PipelineError

    faults = publishing.check(session)
    if as_json:
        console.show_json(faults=[asdict(fault) for fault in faults])
    for fault in faults:
        session.fault(PipelineError(str(fault)))
    if not faults:
        session.say("publish --check: nothing found")


def _serve(folder: Path) -> None:
    from pipeline.web.folder import serving

    with serving(folder) as address:
        console.out(address)
        console.say("Only this machine can reach it; press Ctrl-C to end.")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
