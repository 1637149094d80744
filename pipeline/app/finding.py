"""Searching the texts of all documents and their translations, with a machine's gist of what is found."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.app import catalogues, searchable
from pipeline.app.session import Session, chosen, chosen_languages
from pipeline.catalogue.fulltext import TextHit, TextSentence, Within
from pipeline.document import seminar
from pipeline.errors import EngineError, EnvironmentMissing, UsageError
from pipeline.model import Draft, first_day
from pipeline.text import wordkeys, wordquery
from pipeline.text.wordkeys import Affixes
from pipeline.text.wordquery import Sought
from pipeline.workspace import reading
from pipeline.workspace.config import Config

FIRST_YEAR = 1600
"""An earlier one is of another calendar: 1395 is 2016."""

_DATE = re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

MOST_SENTENCES = 3
"""That are shown of one text."""


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence that has some of what was looked for: from which character up to which (`marks`).

    `gist` is a machine's translation of it, made for this answer alone.
    """

    sentence: TextSentence
    marks: tuple[tuple[int, int], ...]
    gist: str = ""
    engine: str = ""


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text that has what was looked for, with the sentences that show it; `more` others have some of it, too.

    It `waits` when its document lies in an archive and nobody has selected it.
    """

    hit: TextHit
    sentences: tuple[FoundSentence, ...]
    more: int
    waits: bool = False


@dataclass(frozen=True, slots=True)
class FoundTexts:
    """How many texts have what was looked for, of how many documents; those that are shown, from the `first` (1).

    `undated` are documents that were left out because they state no date.
    """

    texts: int
    documents: int
    undated: int
    first: int
    shown: list[FoundText] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many come after those that are shown."""
        return max(self.texts - (self.first - 1) - len(self.shown), 0)


def find(session: Session, words: Sequence[str], within: Within, first: int, most: int, gist: str = "") -> FoundTexts:
    """Return the texts that have all words, the best first: at most so many, from the one numbered `first` (1).

    With `gist`, a language, each sentence comes with a machine's translation. Raises UsageError when there is no word
    in what is looked for, and for languages and documents that do not exist.
    """
    affixes = searchable.AffixesOf(session.config)
    terms = _terms(words, affixes, session.config)
    within, gist = _checked(session, within), _language(session.config, gist)
    hits, undated = searchable.asked(
        session, affixes, lambda index: (index.find(terms, within, first - 1, most), index.undated(terms, within))
    )
    shown = [_found(hit, terms, within, affixes(hit.text.lang)) for hit in hits.shown]
    shown = _with_selection(session, shown)
    return FoundTexts(hits.texts, hits.documents, undated, first, _with_gists(session, shown, gist) if gist else shown)


def _with_selection(session: Session, shown: list[FoundText]) -> list[FoundText]:
    """Return what is shown with whether each document waits to be selected."""
    if not session.config.archives:
        return shown
    documents = session.sources().documents
    paths = (documents.get(one.hit.document) for one in shown)
    return [
        replace(one, waits=bool(path and reading.waits(session.config, path)))
        for one, path in zip(shown, paths, strict=True)
    ]


def _terms(words: Sequence[str], affixes: Callable[[str], Affixes], config: Config) -> tuple[Sought, ...]:
    terms = wordquery.read(words, map(affixes, config.known_languages))
    if not terms:
        raise UsageError(f"{' '.join(words)!r}: no word in it to look for; type one, such as: pipeline find strike")
    if len(terms) > wordquery.MOST_TERMS:
        raise UsageError(f"{len(terms)} words; look for at most {wordquery.MOST_TERMS} at once")
    return terms


def _checked(session: Session, within: Within) -> Within:
    """Return the limits of a search with names as they are known; raise UsageError for one that is not."""
    known = session.config.known_languages
    languages = chosen_languages(session.config, known, within.languages) if within.languages else ()
    documents = within.documents and chosen(
        list(session.sources().documents), catalogues.named(session, within.documents), "document"
    )
    return replace(
        within,
        since=_day(within.since, "--since"),
        until=_last_day(_day(within.until, "--until")),
        languages=tuple(languages),
        documents=tuple(documents),
    )


def _day(text: str, option: str) -> str:
    """Return a date as it was typed, which may be a year or a month; raise UsageError for what is none."""
    if not text:
        return ""
    with suppress(ValueError):
        if _DATE.fullmatch(text) and date.fromisoformat(first_day(text)).year >= FIRST_YEAR:
            return text
    raise UsageError(
        f"{option} {text!r}: no date of the Gregorian calendar; write a year, a month or a day, as 1988 or 1988-10-30"
    )


def _last_day(text: str) -> str:
    """Return the last day of a year or a month, as dates are compared."""
    return text and f"{text}-12-31"[: len("yyyy-mm-dd")] if len(text) != len("yyyy-mm") else f"{text}-31"


def _language(config: Config, code: str) -> str:
    return chosen_languages(config, config.known_languages, [code])[0] if code else ""


def _found(hit: TextHit, terms: Sequence[Sought], within: Within, affixes: Affixes) -> FoundText:
    """Return a text with the sentences that show best what it has: together, as many of the terms as three can."""
    its = [one for one in hit.text.sentences if not within.states or one.state in within.states]
    marked = [(one, found) for one in its if any(found := _marks(one.text, terms, affixes))]
    shown: list[FoundSentence] = []
    missing = set(range(len(terms)))
    for sentence, found in _telling(marked, missing):
        shown.append(FoundSentence(sentence, _merged(place for places in found for place in places)))
    return FoundText(hit, tuple(shown), len(marked) - len(shown))


_Marked = tuple[TextSentence, list[list[tuple[int, int]]]]
"""A sentence, and where each of the terms stands in it."""


def _telling(marked: list[_Marked], missing: set[int]) -> Iterator[_Marked]:
    """Yield the sentences that have most of the terms which none before has, in their order in the text."""
    chosen_ones: list[int] = []
    while missing and len(chosen_ones) < MOST_SENTENCES:
        best = max(range(len(marked)), key=lambda number: _new(marked[number], missing), default=None)
        if best is None or not _new(marked[best], missing):
            break
        chosen_ones.append(best)
        missing = missing - {term for term, places in enumerate(marked[best][1]) if places}
    yield from (marked[number] for number in sorted(chosen_ones))


def _new(marked: _Marked, missing: set[int]) -> int:
    return sum(bool(places) for term, places in enumerate(marked[1]) if term in missing)


def _marks(text: str, terms: Sequence[Sought], affixes: Affixes) -> list[list[tuple[int, int]]]:
    words = wordkeys.placed(text, affixes)
    return [wordquery.places(term, words) for term in terms]


def _merged(places: Iterator[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return places in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _with_gists(session: Session, shown: list[FoundText], lang: str) -> list[FoundText]:
    """Return what is shown with a machine's translation of each sentence that is in another language.

    Who comes to a seminar is told to no other machine.
    """
    files = session.sources().documents
    seminars = {name for name, path in files.items() if seminar.is_one(path.name)}
    texts: dict[tuple[str, bool], list[str]] = {}
    for one in shown:
        if one.hit.text.lang != lang:
            its = texts.setdefault((one.hit.text.lang, one.hit.document in seminars), [])
            its.extend(sentence.sentence.text for sentence in one.sentences)
    made = {key: _gists(session, (key[0], lang), its, is_private=key[1]) for key, its in texts.items()}

    def with_its(one: FoundText) -> FoundText:
        drafts = made.get((one.hit.text.lang, one.hit.document in seminars), {})
        return replace(one, sentences=tuple(_with_gist(sentence, drafts) for sentence in one.sentences))

    return list(map(with_its, shown))


def _gists(session: Session, pair: tuple[str, str], texts: Sequence[str], *, is_private: bool) -> dict[str, Draft]:
    from pipeline.app import translating

    try:
        if is_private and translating.is_elsewhere(session, pair):
            session.say_once(f"no gist of a seminar: it is not shown to {translating.server(session)}")
            return {}
        return translating.gists(session, pair, texts)
    except (EngineError, EnvironmentMissing) as error:
        session.say(f"no gist from {pair[0]} into {pair[1]}: {error}")
        return {}


def _with_gist(sentence: FoundSentence, made: Mapping[str, Draft]) -> FoundSentence:
    draft = made.get(sentence.sentence.text)
    return replace(sentence, gist=draft.text, engine=draft.engine) if draft else sentence
