"""pipeline import: tables that came back → PO files."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace, flag
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from pipeline.app.session import Session
    from pipeline.exchange.incoming import Arrival

PANEL = Panel.TRANSLATORS

Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Returned tables, in any exchange format.")]
Name = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="NAME",
        help="The pseudonym of whoever sent the tables: what they changed is theirs, what they left they have read.",
        show_default=False,
    ),
]
Reviewed = Annotated[bool, flag("--reviewed", help="Mark every translation in the tables as right, drafts included.")]

SHOWN = 20
"""So many lines are shown of those of which one and the same became; the rest are counted."""

MEANINGS = {
    "taken": "accepted",
    "offered": "offered as a suggestion for the reworded sentence",
    "translated": "no longer drafts",
    "reviewed": "read",
    "noted": "with a new note",
    "same": "as they are here",
    "conflict": "changed both here and by the volunteer: both kept; please compare them",
    "emptied": "came back empty: ours kept",
    "unknown": "of sentences that are not here: left out",
    "left out": "not readable as it stands: left out",
}
"""What an outcome is called, for a person."""


def add_to(app: typer.Typer) -> None:
    app.command("import", rich_help_panel=PANEL)(import_)


def import_(
    files: Files,
    reviewed: Reviewed = False,
    name: Name = "",
    languages: Languages = None,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Import returned tables into the PO files; exit with status 1 if something needs a decision."""
    from pipeline.app import importing

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        arrivals = importing.import_tables(session, files, console.split(languages), reviewed=reviewed, by=name)
        if as_json:
            console.show_json(lines=[_row(path, arrival) for path, arrival in arrivals])
        for path in files:
            _report(session, path, [arrival for origin, arrival in arrivals if origin == path])
    if any(arrival.outcome in importing.FOR_A_PERSON for _, arrival in arrivals):
        raise typer.Exit(1)


def _row(path: Path, arrival: "Arrival") -> dict[str, Any]:
    unit, line = arrival.unit, arrival.line
    return {
        "file": str(path),
        "outcome": arrival.outcome,
        "source": unit.source if unit else line.source,
        "target": unit.target if unit else "",
        "came_back": line.target,
        "fault": line.fault,
        "where": [str(location) for location in unit.locations] if unit else [],
    }


def _report(session: "Session", path: Path, arrivals: "Sequence[Arrival]") -> None:
    from pipeline.exchange.incoming import ArrivalOutcome

    quiet = (ArrivalOutcome.SAME, ArrivalOutcome.NOTED, ArrivalOutcome.TRANSLATED, ArrivalOutcome.REVIEWED)
    told: Counter[str] = Counter()
    for arrival in arrivals:
        told[arrival.outcome] += 1
        if arrival.outcome not in quiet and told[arrival.outcome] <= SHOWN:
            session.say(f"  {arrival.outcome:8} {_shown(arrival)}")
    counts = Counter(str(arrival.outcome) for arrival in arrivals)
    if any(counts[outcome] > SHOWN for outcome in counts if outcome not in quiet):
        session.say(f"  …        shown are the first {SHOWN} of each kind; --json has all")
    meanings = [f"{counts[outcome]} {meaning}" for outcome, meaning in MEANINGS.items() if counts[outcome]]
    if meanings:
        session.say(f"{path.name}: {', '.join(meanings)}")


def _shown(arrival: "Arrival") -> str:
    line, unit = arrival.line, arrival.unit
    if arrival.outcome == "left out":
        return line.fault
    where = unit.locations[0] if unit and unit.locations else line.id
    return f"{where}: «{excerpt(line.source)}» → «{excerpt(line.target)}»"
