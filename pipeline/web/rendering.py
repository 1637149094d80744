"""The templates of the review page, filled in: everything that people wrote is text in them, never markup."""

from collections.abc import Sequence
from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline import languages
from pipeline.catalogue import origin, readings
from pipeline.languages import Language
from pipeline.model import State, Unit
from pipeline.text import rewording
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
        "translator": readings.translator_of,
    }  # fmt: skip
    return found


def address(document: str, lang: str, wanted: Wanted | None = None, form: str = "", **more: object) -> str:
    """Return the address of a document, of what is asked for in it, and of a form on it."""
    place = f"/document/{quote(document, safe='')}/{quote(lang, safe='')}" + (f"/{form}" if form else "")
    said: dict[str, object] = {}
    if wanted:
        said = {"show": wanted.show.value if wanted.show is not Show.ALL else "", "words": wanted.words}
    query = urlencode({name: value for name, value in (said | more).items() if value not in ("", None)})
    return f"{place}?{query}" if query else place


def language_name(code: str, interface: str) -> str:
    """Return what a language is called in that of the page."""
    return languages.name(code, interface) or code


def origin_of(unit: Unit) -> str:
    """Return where a translation comes from, in the words of its PO entry."""
    found = origin.read(unit.origin)
    return str(found) if found else unit.origin


def said_in(unit: Unit) -> list[str]:
    """Return the comments of a unit without those that record who translated and read it, which is told anyway."""
    records = {readings.READ, readings.TRANSLATED}
    return [note for note in unit.notes if readings.stated(note)[0].lower() not in records]


def signs_of(language: Language) -> list[tuple[str, str]]:
    """Return the signs that keyboards lack, for a language, each with what it is called."""
    opening, closing = language.punctuation.quotation_marks[:1], language.punctuation.quotation_marks[-1:]
    joiner = [("\u200c", "zero-width non-joiner")] if language.direction == "rtl" else []
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
