"""The templates of the review page, filled in: everything that people wrote is text in them, never markup."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline import languages
from pipeline.catalogue import origin, readings
from pipeline.edition import counting
from pipeline.languages import Language
from pipeline.model import Block, State, Unit
from pipeline.qa import acceptance
from pipeline.text import markup, rewording
from pipeline.web import views, wording
from pipeline.web.views import Show, Wanted


def filled(template: str, values: dict[str, object]) -> str:
    """Return a template with its values."""
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("pipeline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {
        "SIGNS": views.SIGNS, "pieces": views.pieces, "marked": views.marked,
        "bars": views.bars, "wordings": wording.wordings, "digest": origin.digest, "Show": Show,
        "STATES": STATES, "KINDS": KINDS, "language_name": language_name, "compared": rewording.compared,
        "signs_of": signs_of, "said_in": said_in, "origin_of": origin_of, "readers": readings.readers,
        "translator": readings.translator_of, "marker": marker, "marks_of": marks_of,
        "accepted_in": accepted_in, "may_approve": may_approve, "is_read_by": readings.is_read_by,
        "digest_of_read": readings.digest_of_read,
    }  # fmt: skip
    return found


def address(document: str, lang: str, wanted: Wanted | None = None, form: str = "", **more: object) -> str:
    """Return the address of a document, of what is asked for in it, and of a form on it."""
    place = f"/document/{quote(document)}/{quote(lang, safe='')}" + (f"/{form}" if form else "")
    said: dict[str, object] = {}
    if wanted:
        said = {"show": wanted.show.value if wanted.show is not Show.ALL else "", "words": wanted.words}
    query = urlencode({name: value for name, value in (said | more).items() if value not in ("", None)})
    return f"{place}?{query}" if query else place


def language_name(code: str, interface: str) -> str:
    """Return what a language is called in that of the page."""
    return languages.name(code, interface) or code


def origin_of(unit: Unit) -> str:
    """Return where a translation comes from, in the words of its PO entry; that it is in doubt shows anyway."""
    found = origin.read(unit.origin)
    return str(found).removeprefix("doubt: ") if found else unit.origin


def said_in(unit: Unit) -> list[str]:
    """Return the comments of a unit without those for the program, which are told in words."""
    records = {readings.READ, readings.TRANSLATED}
    return [
        note for note in unit.notes if readings.stated(note)[0].lower() not in records and not acceptance.read(note)
    ]


def accepted_in(unit: Unit) -> list[str]:
    """Return why findings of a unit as it stands were accepted."""
    return list(acceptance.accepted(unit).values())


def may_approve(unit: Unit, by: str, own: Set[str] = frozenset()) -> bool:
    """Whether an approval by somebody would say something new of a translation that waits, or that others approved.

    With digests of what is their `own`, whatever its comments say.
    """
    return bool(by) and readings.digest(unit) not in own and readings.may_read(readings.confirmed(unit), by)


def marker(block: Block, language: Language, source: Language) -> str:
    """Return the marker of a list or a note as it is printed in a language."""
    return counting.marker(block, language, is_source=language.code == source.code)


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark of a sentence: the signs that stand `before` the marked words and `behind` them, and what it means.

    Where it stands at a place and around no words, nothing is `behind`.
    """

    before: str
    behind: str
    meaning: str


def marks_of(unit: Unit) -> list[MarkView]:
    """Return the marks of a sentence, to be put into its translation."""
    places = {f"{{{number}}}" for number, is_place in markup.numbers(unit.source) if is_place}
    found = []
    for mark in unit.marks:
        sign, _, meaning = mark.partition(": ")
        before, stars, behind = sign.partition("…")
        if not stars and sign not in places:
            before, behind = "[", f"]{sign}"
        found.append(MarkView(before, behind, meaning))
    return found


def signs_of(language: Language) -> list[tuple[str, str]]:
    """Return the signs that keyboards lack, for a language, each with what it is called."""
    opening, closing = language.punctuation.quotation_marks[:1], language.punctuation.quotation_marks[-1:]
    joiner = [("\u200c", "non-joiner")] if language.direction == "rtl" else []
    space = [("\u00a0", "no-break space")]
    return [
        *joiner,
        (opening, "opening quotation mark"),
        (closing, "closing quotation mark"),
        ("–", "dash"),
        ("…", "ellipsis"),
        *space,
    ]


STATES = {
    State.UNTRANSLATED: "not translated",
    State.MACHINE: "machine draft",
    State.CHANGED: "the source was reworded",
    State.MEMORY: "from the memory",
    State.DOUBT: "in doubt",
    State.TRANSLATED: "translated",
    State.REVIEWED: "reviewed",
    State.COPIED: "copied",
}
KINDS: Sequence[tuple[Show, str]] = (
    (Show.ALL, "All"),
    (Show.UNTRANSLATED, "Not translated"),
    (Show.DRAFTS, "Machine drafts"),
    (Show.DOUBT, "In doubt"),
    (Show.FINDINGS, "With findings"),
    (Show.APPROVE, "For me to approve"),
)
