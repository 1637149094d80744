"""Words joined or spaced otherwise than the orthography of the target asks: «می رود» or «میرود» for «می‌رود».

What some styles write and others do not («آنها», «آن‌ها») is let pass. A usual slip («بعنوان») is a note.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text.words import Remembered, pieces

JOINER = "\u200c"
SILENT = "ه"
"""Letter at the end of a word that is not heard, behind which endings stand apart."""

OF = "ی"
"""The ending that joins a word to the next one, which is no word by itself: «همه ی ما»."""

_CORE = re.compile(r"[^\W\d_][\w\u200c\u064b-\u0652]*")
_ASTRAY = re.compile(r"\u200c{2,}|¬|(?<![^\W\d_\u064b-\u0652])\u200c|\u200c(?![^\W\d_\u200c])")
"""A non-joiner beside no letter, or two, or the sign that some programs write for one."""

_LOOSE = re.compile(r"(?<![\w\u200c])([^\W\d_]\w*+)(?:\u200c+ +| +\u200c+)([^\W\d_]\w*+)")
"""A non-joiner and a space between two words."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    language = context.target
    if not language.orthography.suffixes or unit.state is State.COPIED:
        return
    found = dict[str, tuple[str, str, Severity]]()
    for place, right in _astray(unit.target, language):
        found[place] = "a non-joiner stands where it joins nothing", right, Severity.WARNING
    words = _words(unit.target)
    for one, next_one in pairwise(words) if len(words) > 1 else ():
        if next_one.start - one.end == 1 and (right := _apart(one.text, next_one.text, language)):
            place = f"{one.text} {next_one.text}"
            found[place] = f"“{place}” is written with a non-joiner", right, Severity.WARNING
    for word in words:
        if right := _rules(language).joined[word.text]:
            found[word.text] = f"“{word.text}” is written with a non-joiner", right, Severity.WARNING
    for place, right in _slips(unit.target, language):
        found[place] = f"“{place}” is usually written «{right}»", right, Severity.NOTE
    for place, (told, right, severity) in found.items():
        yield Finding("joining", severity, unit, told, place, right)


class _Spelt(NamedTuple):
    text: str
    start: int
    end: int


def _words(text: str) -> Sequence[_Spelt]:
    return [_Spelt(found[0], *found.span()) for found in _CORE.finditer(text)]


def _astray(text: str, language: Language) -> Iterator[tuple[str, str]]:
    if JOINER not in text and "¬" not in text:
        return
    for found in _LOOSE.finditer(text):
        if right := _apart(found[1], found[2], language):
            yield found[0], right
            text = text.replace(found[0], right)
    for piece in pieces(text):
        if _ASTRAY.search(piece):
            right = re.sub(r"\u200c+", JOINER, piece.replace("¬", JOINER))
            yield piece, re.sub(r"(?<![^\W\d_\u064b-\u0652])\u200c|\u200c(?![^\W\d_])", "", right)


def _apart(one: str, other: str, language: Language) -> str:
    """Return how two words that a space divides are written, if as one; empty when they are two."""
    return _verb(one, other, language) or _with_ending(one, other, language)


def _verb(one: str, other: str, language: Language) -> str:
    is_verb = one in language.orthography.prefixes and _rules(language).is_form[other.partition(JOINER)[0]]
    return f"{one}{JOINER}{other}" if is_verb else ""


def _with_ending(one: str, other: str, language: Language) -> str:
    spelt, last = language.orthography, one.rpartition(JOINER)[2]
    if other in spelt.comparative and last in spelt.adjectives:
        return f"{one}{JOINER}{other}"
    if other in spelt.suffixes and one not in spelt.no_stems:
        return f"{one}{JOINER}{other}"
    is_stem = one not in spelt.no_stems or (other == OF and len(one) > len("به"))
    is_behind_h = other in spelt.suffixes_of_h and one.endswith(SILENT) and is_stem
    return f"{one}{JOINER}{other}" if is_behind_h and not _rules(language).is_heard[last] else ""


class _Rules(NamedTuple):
    """Of single words: which are forms of verbs, in which an «ه» is heard, how those joined wrongly are written."""

    is_form: Remembered[bool]
    is_heard: Remembered[bool]
    joined: Remembered[str]


@lru_cache(maxsize=16)
def _rules(language: Language) -> _Rules:
    spelt = language.orthography
    forms = {f"{stem}{ending}" for stem in spelt.present for ending in spelt.present_endings}
    forms |= {f"{stem}{ending}" for stem in spelt.past for ending in spelt.past_endings}
    heard = re.compile("|".join(re.escape(word).replace(r"\*", r"\w+") for word in spelt.heard_h) or "(?!)")
    prefixes, endings = sorted(spelt.prefixes, key=len, reverse=True), sorted(spelt.glued, key=len, reverse=True)

    def joined(word: str) -> str:
        first = word.partition(JOINER)[0]
        for prefix in prefixes if first not in spelt.no_verbs else ():
            if first.startswith(prefix) and first.removeprefix(prefix) in forms:
                return f"{prefix}{JOINER}{word.removeprefix(prefix)}"
        for ending in endings:
            stem = word.removesuffix(ending)
            if stem != word and stem.endswith(SILENT) and len(stem) > 2 and word not in spelt.no_verbs:
                return "" if heard.fullmatch(stem) else f"{stem}{JOINER}{ending}"
        return ""

    return _Rules(
        Remembered(forms.__contains__), Remembered(lambda word: bool(heard.fullmatch(word))), Remembered(joined)
    )


def _slips(text: str, language: Language) -> Iterator[tuple[str, str]]:
    spellings = language.orthography.spellings
    for found in _whole(tuple(spellings)).finditer(text) if spellings else ():
        if right := spellings.get(found[0]):
            yield found[0], right
            continue
        end = next(one for one in spellings if one[0] == "*" and found[0].endswith(one[1:]))
        yield found[0], found[0].removesuffix(end[1:]) + spellings[end][1:]


@lru_cache(maxsize=16)
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    written = (re.escape(word).replace(r"\*", r"[^\W\d_]{2,30}?") for word in words)
    return re.compile(rf"(?<![\w\u200c])(?:{'|'.join(written)})(?![\w\u200c])")
