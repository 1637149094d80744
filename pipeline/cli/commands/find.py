"""pipeline find: the texts, in any language, that have some words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Json, Panel, Workspace, flag

if TYPE_CHECKING:
    from pipeline.app.finding import FoundSentence, FoundText, FoundTexts
    from pipeline.app.session import Session
    from pipeline.model import State

PANEL = Panel.DAILY

MARK = "*"
"""Stands before and after what was found: the same in texts from left to right and from right to left."""

AROUND = 160
"""Characters of a sentence that are shown around what was found."""


def _states() -> tuple[str, ...]:
    from pipeline.catalogue.fulltext import STATES

    return tuple(state.value for state in STATES)


Words = Annotated[
    list[str],
    typer.Argument(metavar="WORD...", help='Words, beginnings of words (strik*) or phrases ("general strike").'),
]
Since = Annotated[str, typer.Option("--since", metavar="DATE", help="Of documents of that day (2016-10-30) and later.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Of documents up to that day, month or year.")]
Issuer = Annotated[
    str, typer.Option("--issuer", metavar="NAME", help="Of documents whose issuer has this in its name.")
]
In = Annotated[
    str | None,
    typer.Option(
        "--languages",
        help="In these languages, separated by commas.",
        autocompletion=completion.all_languages,
        show_default="all",
    ),
]
States = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help="In translations in these states, separated by commas.",
        autocompletion=completion.listed(_states),
        show_default="all, and sources",
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="DOCUMENT",
        help="In this document; may be repeated.",
        autocompletion=completion.documents,
        show_default="all",
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many texts are shown.")]
First = Annotated[int, typer.Option("--from", min=1, metavar="NUMBER", help="The first that is shown.")]
Gist = Annotated[
    str,
    typer.Option(
        "--gist",
        metavar="LANGUAGE",
        help="Show a machine's translation of each sentence, too; it is kept in no PO file.",
        autocompletion=completion.all_languages,
        show_default=False,
    ),
]

IdsAlone = Annotated[
    bool, flag("--ids", help="Print the ids of the documents alone, a line each: for pipeline select.")
]


def add_to(app: typer.Typer) -> None:
    app.command("find", rich_help_panel=PANEL)(find)


def find(
    words: Words,
    since: Since = "",
    until: Until = "",
    issuer: Issuer = "",
    languages: In = None,
    states: States = None,
    documents: Ids = None,
    limit: Limit = 10,
    first: First = 1,
    gist: Gist = "",
    ids: IdsAlone = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
) -> None:
    """Find the documents and translations that have all of some words, however these are spelt."""
    from pipeline.app import finding
    from pipeline.catalogue.fulltext import Within

    within = Within(
        since,
        until,
        issuer,
        tuple(console.split(languages) or ()),
        _chosen_states(states),
        tuple(documents or ()),
    )
    with console.session(workspace_folder, quiet=as_json or ids) as session:
        found = finding.find(session, words, within, first, limit, gist)
        if as_json:
            console.show_json(**_described(found))
        elif ids:
            for name in dict.fromkeys(one.hit.document for one in found.shown):
                console.out(name)
        else:
            _show(session, found)


def _chosen_states(names: str | None) -> "tuple[State, ...]":
    from pipeline.app.session import chosen
    from pipeline.model import State

    return tuple(map(State, chosen(_states(), console.split(names, "--state"), "state"))) if names else ()


def _described(found: "FoundTexts") -> dict[str, Any]:
    return {
        "texts_found": found.texts,
        "documents_found": found.documents,
        "without_date": found.undated,
        "from": found.first,
        "more": found.left,
        "texts": [_text(one) for one in found.shown],
    }


def _text(one: "FoundText") -> dict[str, Any]:
    hit = one.hit
    return {
        "document": hit.document,
        "language": hit.text.lang,
        "source_language": hit.source_lang,
        "title": hit.text.title,
        "issuer": hit.issuer,
        "date": hit.date,
        "selected": not one.waits,
        "sentences": [_sentence(sentence) for sentence in one.sentences],
        "more_sentences": one.more,
    }


def _sentence(one: "FoundSentence") -> dict[str, Any]:
    sentence = one.sentence
    gist = {"by": "machine", "engine": one.engine, "text": one.gist} if one.gist else None
    return {
        "place": sentence.place,
        "state": sentence.state and sentence.state.value,
        "text": sentence.text,
        "marks": [list(place) for place in one.marks],
        "gist": gist,
    }


def _show(session: "Session", found: "FoundTexts") -> None:
    for number, one in enumerate(found.shown, found.first):
        hit = one.hit
        console.out(
            "  ".join(
                filter(None, (f"{number}.", hit.document, f"[{hit.text.lang}]", hit.date, "not selected" * one.waits))
            )
        )
        if hit.text.title:
            console.out(f"   {hit.text.title}")
        for sentence in one.sentences:
            _show_sentence(sentence)
        if one.more:
            console.out(f"   and {one.more} more sentence{'s' * (one.more > 1)} in it")
    _say_counts(session, found)


def _show_sentence(one: "FoundSentence") -> None:
    about = ", ".join(filter(None, (one.sentence.place, one.sentence.state and one.sentence.state.value)))
    console.out(f"   {about}:")
    console.out(f"      {marked(one.sentence.text, one.marks)}")
    if one.gist:
        console.out(f"   machine translation, nobody has read it ({one.engine}):")
        console.out(f"      {one.gist}")


def marked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """Return a sentence with MARK around what was found, in a line, and of a long one what stands around it."""
    start, end = _cut(text, places)
    parts, last = [], start
    for first, behind in places:
        if first >= end:
            break
        parts += [text[last:first], MARK, text[first:behind], MARK]
        last = behind
    shown = "".join((*parts, text[last : max(end, last)]))
    return " ".join(filter(None, ("…" * (start > 0), " ".join(shown.split()), "…" * (end < len(text)))))


def _cut(text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return from where up to where a text is shown, so that the first place is in it, and cut between words."""
    start = max(places[0][0] - AROUND, 0)
    end = min(max(places[0][1] + AROUND, start + 3 * AROUND), len(text))
    if start:
        start = text.find(" ", start, places[0][0]) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", places[0][1], end), places[0][1])
    return start, end


def _say_counts(session: "Session", found: "FoundTexts") -> None:
    if not found.texts:
        console.out("nothing found")
    elif not found.shown:
        console.out(f"only {found.texts} found; --from {found.first} is behind the last")
    else:
        last = found.first + len(found.shown) - 1
        documents = f"{found.documents} document{'s' * (found.documents != 1)}"
        shown = f"{found.first} to {last} of {found.texts} texts" if found.texts > 1 else "1 text"
        more = f"; for the next: --from {last + 1}" if found.left else ""
        console.out(f"{shown}, in {documents}{more}")
    if found.undated:
        one = found.undated == 1
        session.say(
            f"{found.undated} other document{'s' * (not one)} with these words state{'s' * one} no date, and "
            f"{'is' if one else 'are'} left out by --since and --until"
        )
