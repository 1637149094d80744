"""Words by what they mean: which meanings of a language file a sentence has, and where."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.languages import Language
from pipeline.languages.sections import Grammar
from pipeline.text.expressions import Expressions, WordTable, longest, standing
from pipeline.text.meanings import Poles, Sentence, SourceSentence
from pipeline.text.orthography import fold, folded_words
from pipeline.text.plainwords import CAPITALISED, capitalised, capitalised_words, one_form, plain, target_words
from pipeline.text.saying import Saying
from pipeline.text.words import Remembered, pieces


@lru_cache(maxsize=64)
def source(text: str, language: Language) -> SourceSentence:
    """Return what a source says: of each table the longest expressions, none of names («میدان آزادی») and idioms."""
    said = folded_words(text)
    words = _all_plain(said, language) if language.has_capitals else said
    named = _place_names(language).matches(said) if language.has_capitals else []
    return SourceSentence(said, words, _source_vocabulary(language).known_in(words), named, language)


def means(word: str, language: Language) -> bool:
    """Whether a word of a source may say a meaning, or begin to."""
    return _source_vocabulary(language).begins(plain(word, language.letters) if language.has_capitals else word)


@lru_cache(maxsize=64)
def target(text: str, language: Language, table: WordTable) -> Sentence:
    """Return all that a target may say of a table, those inside other expressions too."""
    said = target_words(text, language.letters)
    return Sentence(said, lambda: _target_vocabulary(language, table).matches(said))


@lru_cache(maxsize=64)
def said(text: str, language: Language, known: frozenset[str]) -> Saying:
    """Return what a target says, and which of its words say none of the known meanings."""
    words, expressions = target_words(text, language.letters), _words_of_meaning(language)
    here = expressions.known_in(words)
    return Saying(words, here, standing(words, here), known, expressions.vague)


def meanings(word: str, language: Language) -> frozenset[str]:
    """Return what a word of a target may say by itself."""
    return _words_of_meaning(language).meanings(word)


def is_vague(word: str, language: Language) -> bool:
    """Whether a word of a target is said of so much that it says nothing for certain."""
    return _words_of_meaning(language).is_vague(word)


@lru_cache(maxsize=64)
def places(text: str, language: Language) -> Sentence:
    """Return the countries and towns that a target names, with a capital letter where their file has one."""
    if not any(map(_may_be_place(language).__getitem__, pieces(text))):
        return _NO_PLACES
    said = capitalised_words(text)
    return Sentence(said, lambda: longest(_place_names(language).matches(said)))


_NO_PLACES = Sentence((), tuple)


@lru_cache(maxsize=16)
def _may_be_place(language: Language) -> Remembered[bool]:
    """Return which pieces between two spaces have a word that a name begins with; most sentences have none."""
    names = _place_names(language)
    return Remembered(lambda piece: any(map(names.begins, CAPITALISED[piece])))


@lru_cache(maxsize=16)
def _source_vocabulary(language: Language) -> Expressions:
    said = language.source
    tables = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: said.polarity,
        WordTable.PLACES: language.places,
        WordTable.NAMERS: {"": (*said.namers, *said.given_names)},
        WordTable.IDIOMS: {"": said.idioms},
        WordTable.NEGATIONS: {"": said.negations},
        WordTable.NO_NEGATIONS: {"": said.no_negations},
        WordTable.AFFIXES: {"": said.affixes},
    }
    if language.has_capitals:
        del tables[WordTable.PLACES]  # with a capital letter alone
        small = {table: _small(_folded(meanings), language) for table, meanings in tables.items()}
        return Expressions(small, language.grammar)
    return Expressions({table: _folded(meanings) for table, meanings in tables.items()}, language.grammar)


@lru_cache(maxsize=16)
def _words_of_meaning(language: Language) -> Expressions:
    """Return the words of a target for and against and of the lexicon; the former say nothing for certain."""
    said = language.target
    beginnings = {meaning: [f"~{_beginning(word)}" for word in words] for meaning, words in said.polarity.items()}
    tables: dict[WordTable, Mapping[str, Iterable[str]]] = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: beginnings,
    }
    small = {table: _small(words, language) for table, words in tables.items()}
    return Expressions(small, _written_onto(language), [plain(word, language.letters) for word in said.vague])


@lru_cache(maxsize=64)
def _target_vocabulary(language: Language, table: WordTable) -> Expressions:
    """Return the words of a target, to negations those that only look like one; polarity is given by beginnings."""
    said = language.target
    tables: dict[WordTable, Mapping[str, Iterable[str]]] = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: {meaning: [*map(_beginning, words)] for meaning, words in said.polarity.items()},
        WordTable.NEGATIONS: {"": said.negations},
        WordTable.NO_NEGATIONS: {"": said.no_negations},
        WordTable.AFFIXES: {"": said.affixes},
    }
    is_negative = table in (WordTable.NEGATIONS, WordTable.AFFIXES)
    wanted = {table, WordTable.NO_NEGATIONS} if is_negative else {table}
    small = {one: _small(words, language) for one, words in tables.items() if one in wanted}
    return Expressions(small, _written_onto(language))


def _beginning(word: str) -> str:
    """Return the pattern of words for or against: of all that begin so, but of “fell.” that word alone."""
    return word.removesuffix(".") if word.endswith(".") else f"{word}*"


@lru_cache(maxsize=64)
def source_poles(text: str, language: Language) -> Poles:
    """Return what a source says that has a contrary, the longest expressions, none of names and idioms."""
    known = source(text, language)
    words = _all_plain(known.words, language) if language.has_capitals else known.words
    return Poles(words, _source_poles(language), lambda: known.hidden)


@lru_cache(maxsize=64)
def denied_poles(text: str, language: Language) -> Poles:
    """Return what a source would say that has a contrary, if it denied nothing: «نپذیرفت» as «پذیرفت»."""
    known = source(text, language)
    words, denials = list(known.words), dict(language.source.denials)
    for one in known.negations():
        word = words[one.first]
        words[one.first] = denials.get(word, word[1:] if word[:1] in denials else word)
    return Poles(tuple(words), _source_poles(language), frozenset)


@lru_cache(maxsize=64)
def target_poles(text: str, language: Language) -> Poles:
    """Return what a target says that has a contrary, the longest expressions."""
    return Poles(target_words(text, language.letters), _target_poles(language), frozenset)


@lru_cache(maxsize=16)
def _source_poles(language: Language) -> Expressions:
    fold_all = _folded(language.source.poles)
    return Expressions({WordTable.POLES: _small(fold_all, language) if language.has_capitals else fold_all})


@lru_cache(maxsize=16)
def _target_poles(language: Language) -> Expressions:
    return Expressions({WordTable.POLES: _small(language.target.poles, language)}, _written_onto(language))


@lru_cache(maxsize=16)
def _place_names(language: Language) -> Expressions:
    return Expressions(
        {WordTable.PLACES: {place: list(map(_as_read, names)) for place, names in language.places.items()}},
        _written_onto(language),
    )


def _as_read(name: str) -> str:
    """Return a name of a place as capitalised_words gives it: «Nato» for «NATO»."""
    return re.sub(r"\w+", lambda word: capitalised(word[0]), one_form(name))


def _written_onto(language: Language) -> Grammar:
    """Return what a target has written onto its words («وبالحرية»); its lists have the endings of words themselves."""
    return Grammar(conjunctions=tuple(map(fold, language.grammar.conjunctions)))


def _folded(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {meaning: [word[: word.startswith("~")] + fold(word) for word in words] for meaning, words in table.items()}


def _small(table: Mapping[str, Iterable[str]], language: Language) -> dict[str, list[str]]:
    return {meaning: [plain(one_form(word), language.letters) for word in words] for meaning, words in table.items()}


def _all_plain(words: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(plain(word, language.letters) for word in words)
