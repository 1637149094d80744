"""Sentences → machine drafts, whatever the engine: protected, verified, and nothing done twice.

A failure of a machine is caught before a person reads it: tried again in other parts, then
left empty with the reason.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from pipeline.document.sentences import sentences
from pipeline.languages import SHIPPED, Language
from pipeline.languages.sections import Direction
from pipeline.model import Block, Document, Draft, Kind, Segment
from pipeline.termbase import Termbase
from pipeline.text import markup
from pipeline.text.orthography import SCRIPT, fold
from pipeline.translate import answers, placing
from pipeline.translate.cache import DraftCache
from pipeline.translate.mt import (
    REFUSED,
    REPEATED,
    TRUNCATED,
    ContextualEngine,
    Engine,
    EnginePlugin,
    EngineSettings,
    Surroundings,
    Translation,
)
from pipeline.translate.protection import Protected, protect, without_marks

WINDOW = 1024
"""Sentences handed to an engine at once; between windows the progress bar moves and the cache is written.

An engine that takes seconds for each says how many with its own `window`.
"""

SHORTEST, LONGEST, LEAST_LETTERS = 0.3, 4.0, 30
"""A target of less, or more, times the length of its source is wrong, if that has so many characters."""

FEW_WORDS = 3
"""So many may be the same in two languages of one script: «Conclusion»."""

Progress = Callable[[Iterable[list[str]], str, int], Iterable[list[str]]]


@dataclass(frozen=True, slots=True)
class Route:
    """The engines a sentence goes through, one after another, each for one pair of languages."""

    pairs: tuple[tuple[str, str], ...]
    engines: tuple[Engine, ...]

    @property
    def name(self) -> str:
        """What is said of a draft: «argos fa→en 1.5, en→fr 1.9 (beam 4)»."""
        models = ", ".join(engine.model for engine in self.engines)
        parameters = getattr(self.engines[-1], "parameters", "")
        return f"{self.engines[0].name} {models}" + (f" ({parameters})" if parameters else "")


def route(plugin: EnginePlugin, source_lang: str, target_lang: str, settings: EngineSettings) -> Route:
    """Return the way from one language to another; raise EngineError when there is none."""
    pairs = plugin.plan(source_lang, target_lang, settings)
    return Route(tuple(pairs), tuple(plugin.open(*pair, settings) for pair in pairs))


def draft(
    sources: Iterable[str],
    way: Route,
    *,
    signed: Collection[str] = (),
    cache: DraftCache,
    terms: Termbase | None = None,
    pivots: Mapping[str, str] | None = None,
    around: Mapping[str, Surroundings] | None = None,
    languages: Mapping[str, Language] = SHIPPED,
    progress: Progress = lambda parts, text, total: parts,
) -> dict[str, Draft]:
    """Return a draft for every source; those in `signed` have signs for their marks, which no engine sees.

    `pivots` are people's translations into the language between, by folded source: where
    there is one, the way begins there. `around` is what stands around a source in its
    document, for engines that can use it. Raises EngineError when an engine fails as a whole.
    """
    work = Translator(way, cache, progress, languages)
    direct: dict[str, str] = {}
    begun: dict[str, str] = {}
    for source in sources:
        english = (pivots or {}).get(fold(source)) if len(way.engines) > 1 else None
        (begun if english else direct)[source] = english or source
    asked = _protected(direct, signed, work, languages, 0, terms)
    work.tell(
        {
            protected.text: replace((around or {}).get(source, Surroundings()), marks=protected.values)
            for source, protected in asked.items()
        }
    )
    drafts = _drafted(asked, work, languages, 0)
    drafts |= _drafted(_protected(begun, signed, work, languages, 1), work, languages, 1)
    return drafts | _with_signs({s: (direct | begun)[s] for s in drafts if s in signed}, drafts, work, languages, terms)


def _protected(
    texts: Mapping[str, str],
    signed: Collection[str],
    work: "Translator",
    languages: Mapping[str, Language],
    first: int,
    terms: Termbase | None = None,
) -> dict[str, Protected]:
    """Return texts, by source, as the engines from the `first` on are given them."""
    if not texts:
        return {}
    pair = languages[work.way.pairs[first][0]], languages[work.way.pairs[-1][1]]
    return {source: protect(text, *pair, terms, is_signed=source in signed) for source, text in texts.items()}


def _with_signs(
    texts: Mapping[str, str],
    drafts: Mapping[str, Draft],
    work: "Translator",
    languages: Mapping[str, Language],
    terms: Termbase | None,
) -> dict[str, Draft]:
    """Return the drafts of texts with signs, by source, with the signs of their pairs.

    Where a pair stands in a draft is found by what its words become alone.
    """
    made: dict[str, Draft] = {}
    for first in (0, 1):
        begun = {source: text for source, text in texts.items() if (source != text) is bool(first)}
        words = {pair.words: pair.words for text in begun.values() for pair in placing.pairs(text)}
        became = _drafted(
            _protected(words, (), work, languages, first, None if first else terms), work, languages, first
        )
        found = {words: draft.text for words, draft in became.items()}
        made |= {source: _placed(drafts[source], text, found) for source, text in begun.items()}
    return made


def _placed(draft: Draft, source: str, became: Mapping[str, str]) -> Draft:
    if not draft.text:
        return draft
    text, left_out = placing.put_back(source, placing.closed_up(source, draft.text), became)
    return replace(draft, text=text, left_out=left_out)


def contexts(documents: Iterable[Document]) -> dict[str, Surroundings]:
    """Return what stands around every sentence, where it stands first."""
    contexts: dict[str, Surroundings] = {}
    for document in documents:
        found = [
            (segment.source, _spoken(segment), opening)
            for block, opening in _opened(document)
            for segment in sentences(block, document.language)
        ]
        texts = ["", *(text for _, text, _ in found), ""]
        for (source, _, opening), before, after in zip(found, texts, texts[2:], strict=False):
            contexts.setdefault(source, Surroundings(before, after, opening))
    return contexts


def _spoken(segment: Segment) -> str:
    return segment.source if segment.signs is None else markup.plain(segment.source)


def _opened(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield the blocks of a document, each item of a list with the unfinished sentence before it, if there is one."""
    opening, before = "", None
    for block in document.blocks:
        if block.kind is not Kind.LIST_ITEM:
            opening = ""
        elif before and before.kind is not Kind.LIST_ITEM:
            opening = _unfinished(before, document.language)
        yield block, opening
        before = block


def _unfinished(block: Block, language: Language) -> str:
    """Return the last sentence of a block if it goes on behind it; what is no prose does so with a colon alone."""
    last = block.text.rstrip()[-1:]
    if last != ":" and (block.kind not in (Kind.PARAGRAPH, Kind.QUOTATION) or not (last.isalnum() or last in "،,؛;")):
        return ""
    return _spoken(sentences(block, language)[-1])


def _drafted(
    asked: Mapping[str, Protected], work: "Translator", languages: Mapping[str, Language], first: int
) -> dict[str, Draft]:
    """Return the drafts of protected sentences that go through the engines from the `first` on."""
    if not asked:
        return {}
    name, pair = work.name(first), (languages[work.way.pairs[first][0]], languages[work.way.pairs[-1][1]])
    results = work.through([protected.text for protected in asked.values()], first)
    verified = {source: _verified(protected, results[protected.text], *pair) for source, protected in asked.items()}
    failed = {source: asked[source] for source, (_, problem) in verified.items() if problem}
    parts = {source: list(_parts(protected)) for source, protected in failed.items()}
    again = work.through([part.text for pieces in parts.values() for part in pieces if _has_words(part.text)], first)
    for source, pieces in parts.items():
        text, problem = _verified(failed[source], _joined(pieces, again), *pair)
        problem = problem or ("a part of it has no letter in it" if any(p.is_wordless(again) for p in pieces) else "")
        verified[source] = (text, problem) if not problem else ("", verified[source][1])
    return {source: Draft(text, name, problem) for source, (text, problem) in verified.items()}


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A part of a sentence for a second try: the engine gets the `text` alone, what stands around it is kept."""

    before: str
    text: str
    behind: str
    mark: str

    def is_wordless(self, results: Mapping[str, Translation]) -> bool:
        """Whether an engine answered the words of this part with signs alone («♪»)."""
        made = results[self.text].text.strip() if self.text in results else ""
        return bool(made) and _has_words(self.text) and not _has_words(made)

    def translated(self, results: Mapping[str, Translation]) -> str:
        made = results[self.text].text.strip() if self.text in results else self.text
        marks = str.maketrans({} if _in_script(made) else _WESTERN)
        return f"{_closed_up(self.before)}{made}{_closed_up(self.behind)}".translate(marks) + self.mark


def _joined(parts: Sequence[_Fragment], results: Mapping[str, Translation]) -> Translation:
    flags = frozenset(flag for part in parts if part.text in results for flag in results[part.text].flags)
    return Translation("".join(part.translated(results) for part in parts).strip(), flags=flags)


def _closed_up(marks: str) -> str:
    """Return punctuation without the spaces before it and inside brackets."""
    return re.sub(r"(?<!\s)\s++(?=[،؛؟٪,;:.?!%)\]])|(?<=[(\[])\s++", "", marks)


def _verified(protected: Protected, result: Translation, source: Language, target: Language) -> tuple[str, str]:
    """Return a translation, and what is wrong with it (nothing: empty)."""
    if REFUSED in result.flags:
        return "", "the engine refuses to translate it"
    text = protected.restored(result.text)
    if text is None:
        return "", "protected terms or numbers in it came back changed"
    # What is protected is right in any script.
    left = _left_over(without_marks(protected.text), without_marks(result.text), source, target)
    return text, _failure(text, protected, result.flags) or left or _misfit(protected, text)


def _failure(text: str, protected: Protected, flags: frozenset[str]) -> str:
    if REPEATED in flags and text:
        return "it repeats itself over and over"
    if TRUNCATED in flags and text:
        return "it is cut off"
    return answers.failure(text.strip(), protected.restored(protected.text) or "")


def _misfit(protected: Protected, text: str) -> str:
    length = len(protected.restored(protected.text) or "")
    if length >= LEAST_LETTERS and not SHORTEST < len(text) / length < LONGEST:
        return "it is far too long or too short for its source"
    return ""


def _left_over(source: str, target: str, source_language: Language, target_language: Language) -> str:
    """Say whether words of the source stand in the target untranslated.

    Between languages of one script a name or a short heading may be the same in both.
    """
    words = _words(source, source_language)
    least = FEW_WORDS if _is_arabic(source_language) == _is_arabic(target_language) else 0
    if fold(target) == fold(source) and len(words) > least:
        return "it came back untranslated"
    if _is_arabic(source_language) and not _is_arabic(target_language):
        is_left = bool(words) and _in_script(target)
    else:
        is_left = _is_arabic(target_language) and not _is_arabic(source_language) and bool(_LATIN_WORD.search(target))
    return "words of the source are left in it" if is_left else ""


def _is_arabic(language: Language) -> bool:
    return language.direction is Direction.RTL


def _words(text: str, language: Language) -> list[str]:
    """Return the words in the script of a language; in Latin script, what is no abbreviation («ILO»)."""
    words = re.findall(r"[^\W\d_]+", text)
    return [word for word in words if (_in_script(word) if _is_arabic(language) else word != word.upper())]


_LATIN_WORD = re.compile(r"(?<!\w)[a-zà-öø-ÿœ]{3,}+(?!\w)")
"""In a Persian text, where names and abbreviations may stand in Latin letters: they have capitals."""


def _in_script(text: str) -> bool:
    return any(character.isalpha() for character in SCRIPT.findall(text))


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in without_marks(text))


_BEFORE = " ،؛؟٪,;:.?!%)]»”"
_BEHIND = " ،؛,;:([«“"
_WESTERN = {"،": ",", "؛": ";", "؟": "?", "٪": "%"}


def _parts(protected: Protected) -> Iterator[_Fragment]:
    """Yield the parts of a sentence for a second try: between its marks; if it has none, at its commas."""
    pieces = [text for text, _ in protected.pieces()]
    marks = [f"X{number}X" for number in range(len(protected.values))]
    if not marks:
        pieces = re.split(r"(?<=[،؛,;:])(?=\s)", protected.text)
    for text, mark in zip_longest(pieces, marks, fillvalue=""):
        inner = text.lstrip(_BEFORE)
        words = inner.rstrip(_BEHIND)
        yield _Fragment(text[: len(text) - len(inner)], words, inner[len(words) :], mark)


class Translator:
    """The engines at work; what the cache knows is asked of none of them."""

    def __init__(
        self, way: Route, cache: DraftCache, progress: Progress, languages: Mapping[str, Language] = SHIPPED
    ) -> None:
        self.way, self.cache, self.progress, self.languages = way, cache, progress, languages

    def name(self, first: int) -> str:
        if not first:
            return self.way.name
        rest = Route(self.way.pairs[first:], self.way.engines[first:])
        return f"{rest.name} from a person's {self.way.pairs[first][0]}"

    def tell(self, contexts: Mapping[str, Surroundings]) -> None:
        """Tell the first engine what stands around the sentences, if it can use that."""
        engine = self.way.engines[0]
        if isinstance(engine, ContextualEngine):
            engine.contexts.update(contexts)

    def through(self, texts: Sequence[str], first: int) -> dict[str, Translation]:
        """Return the results of texts after the last engine, by text; flags of all engines add up."""
        results = {text: Translation(text) for text in texts}
        for engine, pair in zip(self.way.engines[first:], self.way.pairs[first:], strict=True):
            asked = sorted(
                {result.text for result in results.values() if _has_words(result.text)}, key=lambda t: (len(t), t)
            )
            step = self._step(engine, pair, asked)
            results = {
                text: Translation(
                    step[result.text].text, step[result.text].score, result.flags | step[result.text].flags
                )
                if result.text in step
                else result
                for text, result in results.items()
            }
        return results

    def _step(self, engine: Engine, pair: tuple[str, str], texts: list[str]) -> dict[str, Translation]:
        """Return the results of one engine; only what the cache does not know is translated."""
        contexts = engine.contexts if isinstance(engine, ContextualEngine) else {}
        keys = {text: f"{text}\0{contexts[text]}" if text in contexts else text for text in texts}
        kept = self.cache.known(engine.fingerprint, keys.values())
        translations = {text: kept[key] for text, key in keys.items() if key in kept}
        missing = [text for text in texts if text not in translations]
        size = getattr(engine, "window", WINDOW)
        windows = [missing[start : start + size] for start in range(0, len(missing), size)]
        for window in self.progress(windows, f"Translating {pair[0]}→{pair[1]}", len(windows)):
            results = engine.translate(window)
            made = {keys[text]: one for text, one in zip(window, results, strict=True) if REFUSED not in one.flags}
            self.cache.keep(engine.fingerprint, list(made), list(made.values()))
            translations.update(zip(window, results, strict=True))
        spoken = tuple(dict.fromkeys(self.languages[code] for code in (*pair, _OF_MODELS) if code in self.languages))
        return {text: _answered(text, translation, spoken) for text, translation in translations.items()}


_OF_MODELS = "en"
"""In which language models speak besides the two they translate between."""


def _answered(text: str, translation: Translation, spoken: tuple[Language, ...]) -> Translation:
    """Return what an engine said of a text as a translation; the next engine may take a loop for a sentence."""
    answer = answers.cleaned(translation.text, text, spoken)
    flags = translation.flags | {REPEATED} if answers.is_loop(answer, text) else translation.flags
    return replace(translation, text=answer, flags=flags)
