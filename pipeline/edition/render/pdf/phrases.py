"""How closely a word belongs to the next one, where a line of a title, or a running head, may end between them.

What a phrase is made of is not known, but for the words that lead on: articles, prepositions and conjunctions. Before
one of these a phrase ends; between two other words an adjective may be parted from its noun, or one noun from another.
"""

import re
from enum import IntEnum

from pipeline.edition.render.pdf.linewords import LineWords


class Tie(IntEnum):
    """What stands on both sides of a place, the closest last."""

    POINT = 0
    """A comma or another point stands there."""
    PHRASE = 1
    """A phrase begins with a word that leads on."""
    GENITIVE = 2
    """A phrase begins with «of», and belongs to the noun before it."""
    LONG_NAME = 3
    """A name that goes on with «of» or «and»: the best place in it, where it is too long for a line."""
    JOINED = 4
    """Two words with «and» before the second, which may have one noun: «left / and democratic forces»."""
    BARE = 5
    """Two words of a language without «of»: one may own the other."""
    WORDS = 6
    """Two words, such as a noun and its adjective."""
    NAME = 7
    """Two parts of a name, of a word with a hyphen, or of a span: «2025–2026»."""
    LEADING_PHRASE = 8
    """A word that leads on, and a phrase: «for / the forces»."""
    LEADING = 9
    """A word that leads on, and what it leads on to."""


LONGEST = 60
"""Characters that are looked at on each side."""

LOOSE = " \u00a0,;:،؛–—-«“‘(["
"""Signs that no phrase ends with."""

_POINTS = ",;:.!?…،؛؟–—"
_CLOSING = "\u2066\u2067\u2068\u2069\u200e\u200f»”’)]"
_EDGES = f"{_CLOSING}«“‘([\u200b"
_HYPHENS, DASHES = "-\u2010\u2011", "–—"
_ELISION = re.compile("['’]")


def tie(text: str, end: int, start: int, words: LineWords) -> Tie:
    """Return how closely the words are tied of which one ends at a character of a text, and one begins at another."""
    before, behind = text[max(end - LONGEST, 0) : end], text[start : start + LONGEST]
    first, last = _first(behind), _last(before)
    led = _led(first, words)
    if _leads_on(last, words):
        return Tie.LEADING_PHRASE if led == first.casefold() else Tie.LEADING
    if before.endswith(tuple(_HYPHENS)) or (start == end and before.endswith(tuple(DASHES))):
        return Tie.NAME
    if before.rstrip(_CLOSING).endswith(tuple(_POINTS)):
        return Tie.POINT
    may_be_name = not words.has_capital_nouns and _is_capital(last) and not _is_opening(before)
    if led is None:
        is_name = may_be_name and _is_capital(first)
        return Tie.NAME if is_name else Tie.WORDS if words.genitive or not words.leading else Tie.BARE
    if led not in words.genitive and led not in words.joining:
        return Tie.PHRASE
    following = _first(behind.lstrip(f"{_EDGES} ")[len(led) :])
    if may_be_name and _is_capital(following):
        return Tie.NAME if _is_owner(before, words) else Tie.LONG_NAME
    if led in words.genitive:
        return Tie.WORDS if may_be_name else Tie.GENITIVE
    return Tie.PHRASE if _led(following, words) else Tie.JOINED


def _first(text: str) -> str:
    words = text.lstrip(f"{_EDGES} \u00a0").split(" ", 1)
    return words[0].rstrip(_EDGES + _POINTS)


def _last(text: str) -> str:
    words = text.rstrip(LOOSE + _CLOSING).replace("\u00a0", " ").rsplit(" ", 1)
    return words[-1].strip(_EDGES)


def _is_capital(word: str) -> bool:
    """Whether a word has a capital, be it behind an article: «l’Iran»."""
    return _ELISION.split(word)[-1][:1].isupper()


def _is_opening(before: str) -> bool:
    """Whether the last word of a text begins a sentence, which gives it its capital."""
    others, _, _ = before.rstrip().rpartition(" ")
    return not others or others.endswith(tuple(".!?:…"))


def _is_owner(before: str, words: LineWords) -> bool:
    """Whether the last word of a text stands behind «of»: a name in a name, as «Amérique» in «d’Amérique du Nord»."""
    others, _, last = before.rstrip(LOOSE + _CLOSING).rpartition(" ")
    return bool({_last(others).casefold(), _led(last, words)} & words.genitive)


def _led(word: str, words: LineWords) -> str | None:
    """Return the word that leads on with which a word begins, or which it is: «d’» in «d’Iran»."""
    small = word.casefold()
    if elided := _ELISION.search(small):
        small = f"{small[: elided.start()]}’"
    return small if small in words.leading else None


def _leads_on(word: str, words: LineWords) -> bool:
    """Whether a word leads on to the next one; where no such words are known, those of three letters may."""
    small = word.casefold()
    if not words.leading:
        return 0 < len(small) <= SHORT and small.isalpha()
    return small in words.leading or small.endswith(words.leading_endings)


SHORT = 3
