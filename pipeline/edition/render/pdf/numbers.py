"""Which words a number keeps together: “340 workers”, “30 September 2025”, “Article 12”, “48 370”.

A number belongs to the noun behind it, unless it is a year or numbers what stands before it; a date is one as a whole,
and so is a number with spaces between its thousands.
"""

import re
from collections.abc import Iterator, Set

from pipeline.edition.render.pdf.linewords import LineWords

_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[^\s\u00a0]+")
_IN_FIGURES = re.compile(r"[(\[«“\"'\u2066-\u2069]*\d")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = ("№", "§", "№№", "§§")
_CLOSING, _STOPS = ")]»”\"'\u2066-\u2069", ",;:!?،؛؟"
_EDGES = f"«“([\u2066\u2067\u2068.{_CLOSING}{_STOPS}"
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3} (?=\d{3}(?!\d))")
_YEARS = range(1200, 2200)
"""What a bare number of four digits is likely to be, in either calendar."""


def bound(text: str, words: LineWords) -> Set[int]:
    """Return the beginnings of words before which a line ends only where nothing else fits."""
    if not _DIGIT.search(text):
        return set()
    return {*_bound(text, words), *(group.end() for group in _THOUSANDS.finditer(text))}


def _bound(text: str, words: LineWords) -> Iterator[int]:
    found = [("", 0), ("", 0), *((word[0], word.start()) for word in _WORD.finditer(text)), ("", 0), ("", 0)]
    plain = [word.strip(_EDGES).casefold() for word, _ in found]
    for at, (number, start) in enumerate(found):
        if not _IN_FIGURES.match(number):
            continue
        before, is_apart = plain[at - 1], found[at - 1][0].endswith(tuple(_STOPS))
        is_numbered = not is_apart and (
            before in words.months or before in words.numbered or found[at - 1][0] in _SIGNS
        )
        if is_numbered:
            yield start
        elif plain[at - 2] in words.months and (before in words.links or (is_apart and _is_year(plain[at]))):
            yield from (start, found[at - 1][1])
            is_numbered = True
        if _is_of_the_next(number, plain[at], plain[at + 1], words, is_numbered=is_numbered):
            yield found[at + 1][1]
            if plain[at + 1] in words.links and plain[at + 2] in words.months:
                yield found[at + 2][1]


def _is_of_the_next(number: str, plain: str, behind: str, words: LineWords, *, is_numbered: bool) -> bool:
    """Whether a number says how many, or which, of the word behind it."""
    if number.endswith((*_STOPS, *_CLOSING)) or not _LETTER.match(behind):
        return False
    if is_numbered or number.endswith("."):
        return behind in words.months
    return not _is_year(plain) and (behind in words.links or behind not in words.leading)


def _is_year(number: str) -> bool:
    return number.isdecimal() and len(number) == 4 and int(number) in _YEARS
