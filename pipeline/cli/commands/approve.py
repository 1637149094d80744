"""pipeline approve: record that a person has read a translation."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Document, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from pipeline.app.approving import Approved
    from pipeline.app.session import Session

PANEL = Panel.TRANSLATORS

Name = Annotated[
    str,
    typer.Option("--as", metavar="NAME", help="The pseudonym of whoever read them: one word. Never a real name."),
]
Units = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBERS",
        help="Sentences by number, such as 3,7-9, drafts included; --dry-run shows the numbers.",
        show_default="every sentence that a person translated",
    ),
]

MEANINGS = {
    "read": "now read by {name}",
    "read before": "read by {name} before",
    "their own translation": "translated by {name}, who cannot be their second reader",
    "not translated by a person": "drafts, in doubt or untranslated: name them with --units if they are right",
    "needs nobody": "copied, which nobody needs to read",
}
"""What an outcome is called, for a person."""


def add_to(app: typer.Typer) -> None:
    app.command("approve", rich_help_panel=PANEL)(approve)


def approve(
    document: Document,
    name: Name,
    units: Units = None,
    languages: Languages = None,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Record that you have read a translation and found it right; a release asks for such readings."""
    from pipeline.app import approving

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        approved = approving.approve(session, document, console.split(languages), name, units)
        if as_json:
            console.show_json(document=document, sentences=[_row(one) for one in approved])
        for lang in dict.fromkeys(one.lang for one in approved):
            its = [one for one in approved if one.lang == lang]
            _report(session, document, lang, name, its, is_each_shown=dry_run or units is not None)


def _row(approved: "Approved") -> dict[str, Any]:
    return {
        "language": approved.lang,
        "number": approved.number,
        "outcome": approved.outcome,
        "source": approved.unit.source,
        "target": approved.unit.target,
        "printed": approved.printed,
    }


def _report(
    session: "Session", document: str, lang: str, name: str, approved: "Sequence[Approved]", *, is_each_shown: bool
) -> None:
    for one in approved:
        if is_each_shown:  # numbers move when somebody adds a paragraph
            session.say(f"  {one.number:4}  {one.outcome}: «{excerpt(one.unit.source)}» → «{excerpt(one.unit.target)}»")
        for note in one.printed:
            session.say(f"  {one.number:4}  printed with it, and approved: «{excerpt(note)}»")
    counts = Counter(str(one.outcome) for one in approved)
    told = MEANINGS | ({"read": "would be read by {name}"} if session.dry_run else {})
    meanings = [f"{counts[key]} {text.format(name=name)}" for key, text in told.items() if counts[key]]
    session.say(f"{document} ({lang}): {'; '.join(meanings)}")
