"""pipeline status: how far every document is, in every language."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, Json, Panel, Workspace

if TYPE_CHECKING:
    from pipeline.app import overview
    from pipeline.app.selecting import Waiting
    from pipeline.app.session import Session
    from pipeline.app.strays import Stray
    from pipeline.distribution.holdings import Recall
    from pipeline.workspace.sources import ForeignFile

PANEL = Panel.DAILY


def add_to(app: typer.Typer) -> None:
    app.command("status", rich_help_panel=PANEL)(status)


def status(documents: Documents = None, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Show the progress of every document and language, and whether its PDF is up to date."""
    from pipeline.app import overview, withdrawing

    with console.session(workspace_folder, quiet=as_json) as session:
        found = overview.look(session, documents)
        recalls = []
        with session.guarded():
            recalls = withdrawing.recalls(session, documents)
        if as_json:
            console.show_json(
                documents=found.rows,
                withdrawn=[_recall(recall) for recall in recalls],
                belongs_to_no_document=[_stray(session, stray) for stray in found.strays],
                not_selected={"documents": found.waiting.count, "translated": list(found.waiting.translated)},
                in_languages_not_asked_for=found.unwanted,
                not_read=[_foreign(session, one) for one in found.foreign],
                faults=session.faults,
            )
        else:
            if found.rows or not found.strays:
                _show(session.config.title or session.config.root.name, found.rows, session.config.readers)
            _say(session, found.rows)
            _show_recalls(recalls)
            _show_strays(session, found.strays)
            _show_unwanted(session, found.unwanted)
            _show_foreign(session, found.foreign)
            _show_waiting(found.waiting)


def _show(title: str, rows: "list[overview.Row]", readers: int) -> None:
    twice = ("read_twice",) * (readers > 1)
    numbers = ("units", "reviewed", *twice, "translated")
    columns = [column.replace("_", " ") for column in ("document", "language", *numbers)]
    console.show_table(
        (*columns, "left to do", "PDF"),
        [_cells(row, numbers) for row in rows],
        title=title,
        whole=("document", "language", "PDF"),
        right=columns[2:],
    )


def _cells(row: "overview.Row", numbers: Sequence[str]) -> list[str]:
    from pipeline.app import overview

    left = ", ".join(f"{row[state]} {state}" for state in overview.NOT_DONE if row[state])
    pdf = "released" if row["released"] else "draft" if row["pdf_up_to_date"] else "out of date"
    return [row["document"], row["language"], *(str(row[column]) for column in numbers), left, pdf]


def _say(session: "Session", rows: "list[overview.Row]") -> None:
    """Say of which translations a person may only have taken the mark away."""
    from pipeline.app import deliveries

    told = [row for row in rows if row["drafts_unchanged"]]
    for its in [told] if len(told) > deliveries.SHOWN else [[row] for row in told]:
        texts = deliveries.some([f"{row['document']} ({row['language']})" for row in its])
        unchanged, began = (sum(row[name] for row in its) for name in ("drafts_unchanged", "began_as_drafts"))
        what = "sentences are machine drafts, unchanged or nearly so; worth another look"
        session.say(f"{texts}: {unchanged} of {began} {what}")


def _recall(recall: "Recall") -> dict[str, object]:
    return {
        "document": recall.document,
        "language": recall.language,
        "texts": list(recall.texts),
        "partners_who_have_it": recall.holders,
        "partners_notified": recall.notified,
        "can_be_undone": recall.can_be_undone,
    }


def _show_recalls(recalls: "list[Recall]") -> None:
    """Show what is withdrawn, and how many partners have it."""
    if not recalls:
        return
    console.out("")
    columns = ("withdrawn", "language", "partners who have it", "notified")
    rows = [(one.document, one.language, str(one.holders), str(one.notified)) for one in recalls]
    console.show_table(columns, rows, whole=("withdrawn", "language"), right=columns[2:])
    if any(one.notified < one.holders for one in recalls):
        console.out("who is not notified yet is, with the next: pipeline distribute --send")
    if undoable := [one for one in recalls if one.can_be_undone]:
        console.out(f"as long as nobody is notified, it can be undone: {_undoing(undoable[0].document, recalls)}")


def _undoing(document: str, recalls: "list[Recall]") -> str:
    """Return what to type, for the languages in which nobody has the notice of a document."""
    its = [one for one in recalls if one.document == document]
    free = [one.language for one in its if one.can_be_undone]
    only = f" --languages {','.join(free)}" if len(free) < len(its) else ""
    return f"pipeline withdraw {document} --undo{only}"


def _stray(session: "Session", stray: "Stray") -> dict[str, str | None]:
    return {
        "file": session.name(stray.path),
        "what": stray.what,
        "document": stray.document_id or None,
        "renamed_to": stray.renamed or None,
    }


def _show_strays(session: "Session", strays: "list[Stray]") -> None:
    """Show what belongs to no document, and what to do about it."""
    from pipeline.app.strays import hints

    if not strays:
        return
    console.out("")
    console.show_table(
        ("belongs to no document", "what it is"),
        [(session.name(stray.path), stray.what) for stray in strays],
        whole=("belongs to no document",),
    )
    for hint in hints(strays):
        console.out(hint)
    if any(stray.can_be_removed for stray in strays):
        console.out("to remove what deleted documents left behind: pipeline clean")
        console.out("(pipeline restore brings it back)")


def _show_unwanted(session: "Session", unwanted: Mapping[str, list[str]]) -> None:
    """Show in which languages there are translations that nobody asks for."""
    from pipeline.app import deliveries

    for lang, documents in unwanted.items():
        language = session.config.language(lang).english_name
        console.out("")
        console.out(
            f"{deliveries.some(documents)}: translations into {language} that nobody asks for any more; to go on, "
            f'add "{lang}" to the languages in pipeline.toml or in the settings of the document'
        )


def _foreign(session: "Session", one: "ForeignFile") -> dict[str, str]:
    return {"file": session.name(one.path), "what": one.what, "remedy": one.remedy}


def _show_foreign(session: "Session", foreign: "list[ForeignFile]") -> None:
    """Show what among the documents is not read, and what can be done."""
    if foreign:
        console.out("")
        rows = [(session.name(one.path), one.what, one.remedy) for one in foreign]
        console.show_table(("not read", "what it is", "what to do"), rows, whole=("not read",))


def _show_waiting(waiting: "Waiting") -> None:
    """Show how many documents of archives nobody has selected."""
    if waiting.count:
        console.out("")
        console.out(
            f"not selected, and so not translated: {waiting.count} (pipeline find WORD, then pipeline select ID)"
        )
    if waiting.translated:
        first, more = waiting.translated[0], len(waiting.translated) - 1
        others = f", and {more} more" if more else ""
        console.out(f"of these have translations, which no command looks at before they are selected: {first}{others}")
