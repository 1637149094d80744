"""Whether a sentence has numbers at all, told by its words one by one: most have none, and are passed over."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from itertools import chain, pairwise
from operator import or_

from pipeline.languages import Language
from pipeline.text.numbersums import Sum, Token
from pipeline.text.numberwords import MAY_BE_ROMAN, TOKEN, indefinite, number_words
from pipeline.text.orthography import letters_and_digits
from pipeline.text.wordlist import alternatives
from pipeline.text.words import Remembered, pieces

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_FIGURES, _SURE, _ROMAN, _ALONE, _PAIRED, _BEGUN, _INDEFINITE = (1 << bit for bit in range(7))
"""What a piece between two spaces may have: figures; a word that says a number for certain, or begins one that does; a
Roman ordinal; a word that makes a number certain by itself, or beside the next one; one that begins any number, or an
indefinite one."""
_BY_LETTERS = _SURE | _INDEFINITE
"""What words have whatever vowels are marked on them: «هزارانِ»."""
_TOKENS = Remembered[tuple[str, ...]](lambda piece: tuple(TOKEN.findall(letters_and_digits(piece))))


def has_figures(text: str) -> bool:
    return _DIGIT.search(text) is not None


def are_in(text: str, language: Language) -> bool:
    """Whether a sentence has numbers for certain, in figures or words."""
    return _signs(text, language) & (_FIGURES | _SURE | _ROMAN) != 0


def may_be_certain(text: str, language: Language) -> bool:
    """Whether some number of a sentence may be certain; where this is False, none is that `read` returns.

    Most sentences have words like “one”, or “for” of «pour cent», and nothing beside them that makes a number of them.
    """
    signs = _signs(text, language)
    return signs & (_FIGURES | _ALONE) != 0 or (signs & _PAIRED != 0 and _has_a_pair(text, language))


def may_begin(text: str, language: Language) -> bool:
    """Whether a word or figure of a sentence may begin a number."""
    return _signs(text, language) & _BEGUN != 0


def may_be_indefinite(text: str, language: Language) -> bool:
    """Whether a sentence may have a number that counts nothing exactly: “thousands”."""
    return _signs(text, language) & _INDEFINITE != 0


@lru_cache(maxsize=64)
def _signs(text: str, language: Language) -> int:
    """Return what the pieces of a sentence have, all together; most have nothing."""
    return reduce(or_, set(map(_signs_of_pieces(language).__getitem__, pieces(text))), 0)


@lru_cache(maxsize=64)
def _has_a_pair(text: str, language: Language) -> bool:
    pairs, parts = _pairs(language), pieces(text)
    signs = list(map(_signs_of_pieces(language).__getitem__, parts))
    near = [parts[at : at + 3] for at, its in enumerate(signs) if its & _PAIRED]  # «pour - cent»
    return any(not pairs.isdisjoint(pairwise(chain(*map(_TOKENS.__getitem__, three)))) for three in near)


@lru_cache(maxsize=16)
def _pairs(language: Language) -> frozenset[tuple[str, str]]:
    """Return the first two words of every number of several words."""
    words = number_words(language)
    several = (word.split() for word in words.cardinals | words.ordinals if " " in word)
    return frozenset((first, second) for first, second, *_ in several)


@lru_cache(maxsize=16)
def _signs_of_pieces(language: Language) -> Remembered[int]:
    words, signs, ordinal = number_words(language), _signs_of_words(language), _roman_ordinal(language)
    has_romans = bool(language.numbers.ordinal_endings)

    def of_piece(piece: str) -> int:
        plain = letters_and_digits(piece)
        if plain.isalpha():
            found = signs(plain)
        else:
            found = reduce(or_, map(signs, TOKEN.findall(plain)), 0) & ~_BY_LETTERS
            found |= reduce(or_, map(signs, _WORD.findall(plain)), 0) & _BY_LETTERS
        if _DIGIT.search(piece):
            found |= _FIGURES | _BEGUN
        if has_romans and MAY_BE_ROMAN.search(piece):
            is_roman = any(words.romans[piece[one.start() : one.end()]] for one in TOKEN.finditer(plain))
            found |= _BEGUN | _ALONE * is_roman | _ROMAN * bool(ordinal.search(piece))
        return found

    return Remembered(of_piece)


@lru_cache(maxsize=16)
def _signs_of_words(language: Language) -> Callable[[str], int]:
    words = number_words(language)
    known, single = words.ordinals | words.cardinals, {}
    signs = defaultdict[str, int](int, dict.fromkeys(words.first, _BEGUN))
    for word, value in known.items():
        first = word.split()[0]
        if value and word not in words.uncertain:
            for form in (first, *(one + first for one in language.grammar.conjunctions)):
                signs[form] |= _SURE
        if first == word:
            single[word] = value
        else:
            signs[first] |= _PAIRED
    doubtful = {
        word: value
        for word, value in single.items()
        if word in words.uncertain or value == 0 or (value <= 1 and word not in words.cardinals)
    }
    for word in single.keys() - doubtful.keys() | _joined(doubtful, language):
        signs[word] |= _ALONE
    for word in indefinite(language):
        signs[word.split()[0]] |= _INDEFINITE

    def of_word(word: str) -> int:
        made = _SURE | _ALONE | _BEGUN if words.parts[word] else 0
        return signs.get(word, 0) | made | (_ALONE | _BEGUN if words.glued[word] > 0 else 0)

    return of_word


def _joined(doubtful: Mapping[str, float], language: Language) -> set[str]:
    """Return doubtful words of which one stands in each number of two of them: «سی» of «سی و یک»."""
    units_first, joined = language.numbers.units_first, set[str]()
    tokens = {word: Token(word, 0, 0, frozenset([value])) for word, value in doubtful.items()}
    pairs = {
        (one, other)
        for one, value in doubtful.items()
        for other, token in tokens.items()
        if Sum().plus(value).takes(doubtful[other], token, units_first)
    }
    while pairs:
        word = Counter(chain.from_iterable(sorted(pairs))).most_common(1)[0][0]
        joined.add(word)
        pairs = {pair for pair in pairs if word not in pair}
    return joined


@lru_cache(maxsize=16)
def _roman_ordinal(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[IVX][IVXLC]{{0,8}}{alternatives(language.numbers.ordinal_endings)}\b")
