"""In which direction the words of a text read, inside a text of the other one.

The order is that of the Unicode algorithm (Unicode Standard Annex #9). It sees letters and signs, and no telephone
numbers, addresses, or names after «@»: inside Persian it turns «+98 (0)21 5550 4321» into «4321 5550 21(0) 98+», and
«@name» into «name@». These are set apart, each as a whole; nothing else is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining

from pipeline.text.orthography import SCRIPT, western_digits
from pipeline.text.printable import safe
from pipeline.text.segment import addresses

LRM, RLM = "\u200e", "\u200f"
LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
"""Isolates: what stands between does not move what stands around."""


NO_BREAK = "\u00a0"


class Whole(NamedTuple):
    """A stretch of a text, and its direction; a number, unlike a word, takes no side for what stands around it."""

    start: int
    end: int
    direction: str
    is_number: bool


_NAME = re.compile(r"(?<![\w@#.])[@#](?=[^\W\d_])[\w\u200c]++(?:[.\u200c-]\w++)*+")
_SIGNED_WORD = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9]{0,20}[+#]++(?!\w)|°[A-Z](?!\w)")
_SIGNED_NUMBER = re.compile(r"(?<![^\s(\[«“])(?:[-−±+](?=[0-9])|[−±](?=\d))\d++(?:[.,٫٬/]\d++)*+(?![\w-])")
"""A minus before Persian digits may be a dash to which somebody put no space."""

_BRACKETED = r"\(\+?\d{1,5}\)"
_BETWEEN = r"(?: ?[/–] ?|[-‑ \u00a0\u202f]|(?:[-‑ \u00a0\u202f])?(?=\()|(?<=\)))"
_PART = r"\d++(?:\.\d++)*+"
_GROUPS = re.compile(
    rf"(?<![\w+.,/:٫٬-])(?:\+ ?)?(?:{_BRACKETED}|{_PART})(?:{_BETWEEN}(?:{_BRACKETED}|{_PART})){{1,15}}+(?![,٬٫]?\w)"
)
_SPLIT = re.compile(r"[^\d.]+")
_TIGHT = re.compile(r"\d++(?:[./]\d++)*+")
_YEAR = re.compile(r"(?:1[2-9]|20)\d\d")
_DATE = re.compile(r"\d{4}([-‑])\d\d?\1\d\d?")
_LETTER = rf"(?![\W\d]){SCRIPT.pattern}"
_NUMBER_FIRST = re.compile(rf"(?<!\w)[۰-۹٠-٩]++(?:[.,/:٫٬][۰-۹٠-٩]++)*+(?=[ \u00a0]?\u200c?{_LETTER})")

LEAST_DIGITS = 6
"""Of a telephone or account number; what has fewer is a range, an article or a score."""


def ltr(text: str) -> str:
    """Return a text set apart that reads from left to right."""
    return f"{LRI}{safe(text)}{PDI}"


def isolated(text: str, direction: str) -> str:
    """Return a text whose wholes are set apart; of numbers, no line ends inside.

    A word set apart stands with the words beside it, as if it were a letter of its direction.
    """
    parts, position = [], 0
    for whole in wholes(text, direction):
        parts += [text[position : whole.start], _set_apart(text[whole.start : whole.end], whole, direction)]
        position = whole.end
    return "".join([*parts, text[position:]])


def _set_apart(words: str, whole: Whole, direction: str) -> str:
    isolate, mark = (LRI, LRM) if whole.direction == "ltr" else (RLI, RLM)
    if whole.is_number:
        return f"{isolate}{words.replace(' ', NO_BREAK)}{PDI}"
    if whole.direction == direction:  # an isolate of the same direction would have Pango turn the next
        return f"{mark}{words}{mark}"
    return f"{mark}{isolate}{words}{PDI}{mark}"


_LEFT = r"A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0370-\u052f\u1e00-\u1fff\u2071\u207f\u2090-\u209c"
_RIGHT = (
    r"\u05d0-\u05ea\u061b-\u064a\u0660-\u0669\u066d-\u066f\u0671-\u06d3\u06d5\u06fa-\u08c9\ufb1d-\ufdff\ufe70-\ufefc"
)
_RUNS = {"rtl": re.compile(f"[{_LEFT}][^{_RIGHT}]*+"), "ltr": re.compile(f"[{_RIGHT}][^{_LEFT}]*+")}
_LETTERS = {"rtl": re.compile(f"[{_LEFT}]"), "ltr": re.compile(f"[{_RIGHT}]")}
_SIGNS = "؛؟"
"""Those of Persian that are as strong as its letters."""
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_BEHIND_NUMBERS = "%‰٪°$€£¥"


def runs(text: str, direction: str) -> list[tuple[int, int]]:
    """Return where words of the other direction stand together, each with the wholes and numbers that belong to it."""
    apart = wholes(text, direction)
    words = _without_numbers(text, apart)
    found = [
        (_with_number(words, run.start() + start), run.start() + end)
        for run in _RUNS[direction].finditer(words)
        for start, end in _parts(run[0], _LETTERS[direction])
    ]
    return _joined(
        sorted([*found, *((whole.start, _to_its_word(text, whole)) for whole in apart if whole.direction != direction)])
    )


def _without_numbers(text: str, apart: Iterable[Whole]) -> str:
    """Return a text with signs that take no side in the place of numbers that are set apart."""
    parts, position = [], 0
    for whole in apart:
        if whole.is_number:
            parts += [text[position : whole.start], NO_BREAK * (whole.end - whole.start)]
            position = whole.end
    return "".join([*parts, text[position:]])


def _to_its_word(text: str, whole: Whole) -> int:
    """Return the end of a whole; of a number before a Persian word, where that word begins."""
    return whole.end + (whole.direction == "rtl" and text[whole.end : whole.end + 1] in (" ", NO_BREAK))


def _parts(run: str, letter: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run, up to their last letter or digit: one ends at a bracket that was opened before it.

    Brackets belong to what is around them, unless they stand inside it with all that they hold (rule N0).
    """
    start: int | None = 0
    end, opened = 0, list[tuple[str, int]]()
    for place, character in enumerate(run):
        if start is None and letter.match(character):
            start = place
        if start is None:
            continue
        if character in _BRACKETS.values():
            opened.append((character, end))
        elif character in _BRACKETS and (not opened or opened.pop()[0] != _BRACKETS[character]):
            yield start, end
            start, opened = None, []
        elif _belongs(character, run[place - 1] if place else ""):
            end = place + 1
    if start is not None:
        yield start, opened[0][1] if opened else end


def _belongs(character: str, before: str) -> bool:
    """Whether a run may end behind a character: of a word or a number, or a bracket."""
    is_shown = character in _BEHIND_NUMBERS and before.isdigit()
    return character.isalnum() or is_shown or character in _SIGNS or character in _BRACKETS or combining(character) > 0


def _with_number(text: str, start: int) -> int:
    """Return the beginning of a run with the digits that are written onto its first word."""
    while start and text[start - 1].isdigit():
        start -= 1
    return start


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of which those that overlap or touch are one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def wholes(text: str, direction: str) -> list[Whole]:
    """Return what reads in one direction in a text of a `direction`, in order and apart from each other."""
    found: list[Whole] = []
    for whole in sorted(_all(text, direction), key=lambda one: (one.start, -one.end)):
        if not found or whole.start >= found[-1].end:
            found.append(whole)
    return found


def _all(text: str, direction: str) -> Iterator[Whole]:
    western = western_digits(text)
    for address in addresses(western):
        yield Whole(*address.span(), "ltr", is_number=False)
    for name in _NAME.finditer(text):
        yield Whole(*name.span(), "rtl" if _LETTERS["ltr"].match(name[0], 1) else "ltr", is_number=False)
    for word in _SIGNED_WORD.finditer(text):
        yield Whole(*word.span(), "ltr", is_number=False)
    for start, end in numbers(text):
        yield Whole(start, end, "ltr", is_number=True)
    if direction == "ltr":
        for number in _NUMBER_FIRST.finditer(text):
            yield Whole(*number.span(), "rtl", is_number=False)


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand that are written from left to right whatever their signs."""
    western = western_digits(text)
    for run in _GROUPS.finditer(western):
        if _is_one_number(run[0]):
            yield run.span()
    for number in _SIGNED_NUMBER.finditer(text):
        yield number.span()


def _is_one_number(run: str) -> bool:
    """Whether groups of digits are one number: of a telephone, an account, a book, or a date from the year down."""
    groups = [group for group in _SPLIT.split(run) if group]
    digits = sum(character.isdigit() for character in run)
    if _DATE.fullmatch(run):
        return True
    if digits < LEAST_DIGITS or _TIGHT.fullmatch(run):  # what full stops and slashes hold together needs no help
        return False
    if "–" in run or ("/" in run and not run.startswith(("+", "0", "(+", "(0"))):
        return False
    if run.startswith(("+", "0", "(+", "(0")):
        return True
    return _is_held_together(run, groups)


def _is_held_together(run: str, groups: Sequence[str]) -> bool:
    """Whether groups are not several numbers: years, pages, or what merely stands side by side."""
    if "-" in run or "‑" in run:
        return not all(map(_YEAR.fullmatch, groups[:2]))
    return len(groups) > 2 and not any(map(_YEAR.fullmatch, groups)) and "." not in run
