"""Text → sentences, lossless.

A boundary stands after a lone . ! ? ؟ (or a run of them with ! or ?), whether or not a
space follows: «کرد.بحرانی» is two sentences. The rules below say where a full stop is
none; its language says which abbreviations there are. Each rule has its cases in tests/cases/segment.txt.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from pipeline.languages import Language
from pipeline.model import Kind, Segment
from pipeline.text import grid
from pipeline.text.wordlist import alternatives

_LATIN = "A-Za-z\u00c0-\u024f"
_CLOSING = "»”’)]}›"
_LABEL = rf"[{_LATIN}0-9-]{{1,63}}+"

ADDRESS = re.compile(
    rf"""(?:https?://|www\.)[^\s«»،؛<>"]+[\w/]
       | [\w.+-]{{1,64}}@[\w-]++(?:\.[\w-]++)++
       | (?<![\w.]){_LABEL}(?:\.{_LABEL}){{0,9}}\.(?:com|org|net|info|ir|fr|de|uk|ca|se|eu)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""An e-mail or web address. No name in it is longer than the network has them (RFC 5321, RFC 1035)."""
_INNER_STOP = re.compile(r"\.\w")

_STOP = re.compile(r"[.!?؟…]+")
_LIST_NUMBER = re.compile(r"(?:^|[\n:؛،.])[^\S\n]*[(]?\d{1,3}$")
_CONTACT_GAP = re.compile(
    r"(?<=\D:)(?!//)\s*+(?=[+(\d]|\S{1,300}?[@.])|(?<!\s)[^\S\n]*+\n\s*+|(?<=\S)\s++(?=[\w.+-]++@)"
)


@lru_cache(maxsize=16)
def slogan(language: Language) -> re.Pattern[str]:
    """Return the pattern of how a slogan begins."""
    return re.compile(rf"^\W*{alternatives(language.reading.slogans)}")


@lru_cache(maxsize=16)
def _slogan_gap(language: Language) -> re.Pattern[str]:
    opening = alternatives(language.reading.slogans)
    return re.compile(rf"(?<!\s)(?:\s{{3,}}+|\s*+[-–—]\s*+|\s{{2,}}+[-–—*]\s*+)(?={opening})")


@lru_cache(maxsize=16)
def _abbreviation(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w])(?:[^\W\d_]|{alternatives(language.reading.abbreviations)})$")


def split(text: str, language: Language, kind: Kind = Kind.PARAGRAPH) -> tuple[Segment, ...]:
    """Return the sentences of a block's text, in order.

    Text before the first sentence cannot be lost: leading white space belongs to the
    first segment. An empty text has no segments.
    """
    if kind.is_grid:
        return tuple(grid.cells(text))
    if kind is Kind.SLOGAN:
        separators = _slogan_gap(language)
        ends = sorted({*_sentence_ends(text, language), *(gap.start() for gap in separators.finditer(text))})
    elif kind is Kind.CONTACT:
        ends = [gap.start() for gap in _CONTACT_GAP.finditer(text)]
        separators = None
    elif kind is Kind.SEPARATOR:
        ends, separators = [], None
    else:
        ends, separators = list(_sentence_ends(text, language)), None
    return tuple(_cut(text, ends, separators))


def _may_hold_address(text: str) -> bool:
    """Nearly no sentence has an address, and the full pattern is slow to find that out."""
    return "://" in text or _INNER_STOP.search(text) is not None


def addresses(text: str) -> list[re.Match[str]]:
    """Return the e-mail and web addresses of a text."""
    return list(ADDRESS.finditer(text)) if _may_hold_address(text) else []


@lru_cache(maxsize=64)
def without_addresses(text: str) -> str:
    """Return a text with a space in the place of every address."""
    return ADDRESS.sub(" ", text) if _may_hold_address(text) else text


def _cut(text: str, ends: list[int], separators: re.Pattern[str] | None) -> Iterator[Segment]:
    start = 0
    for end in [*ends, len(text)]:
        while end > start and text[end - 1].isspace():
            end -= 1
        if end <= start or not text[start:end].strip():
            continue
        gap = separators.match(text, end) if separators else None
        after = gap.end() if gap else end
        while after < len(text) and text[after].isspace():
            after += 1
        yield Segment(text[start:end], text[end:after])
        start = after
    if start < len(text):
        yield Segment(text[start:], "")


def _sentence_ends(text: str, language: Language) -> Iterator[int]:
    spans = [address.span() for address in addresses(text)]
    starts = [start for start, _ in spans]
    quotes = [place for place, character in enumerate(text) if character == '"'] if '"' in text else []
    for stop in _STOP.finditer(text):
        nearest = bisect_right(starts, stop.start()) - 1
        if nearest >= 0 and stop.start() < spans[nearest][1]:
            continue
        if _ends_sentence(text, stop, language):
            yield _with_closing_marks(text, stop.end(), quotes)


def _ends_sentence(text: str, stop: re.Match[str], language: Language) -> bool:
    mark, before = stop[0], text[max(0, stop.start() - 12) : stop.start()]
    after = text[stop.end() : stop.end() + 12]
    if after.lstrip().startswith(tuple(",،;؛:")):
        return False
    if mark.strip(".…") != "":
        return True
    if mark != ".":
        return False  # an ellipsis
    inside = _inside_number_or_name(before[-1:], after[:1])
    return not (inside or _LIST_NUMBER.search(before) or _abbreviation(language).search(before))


def _inside_number_or_name(left: str, right: str) -> bool:
    """3.5, 1.2.2011, Node.js; but not «کرد.37» nor «2016.سپس»."""
    word = rf"[{_LATIN}0-9۰-۹٠-٩]"
    return bool(re.match(word, left) and re.match(word, right))


def _with_closing_marks(text: str, end: int, quotes: list[int]) -> int:
    """A quotation mark or bracket that closes right after the full stop belongs to the sentence.

    `quotes` are the places of straight quotation marks, of which every second one closes.
    """
    while end < len(text):
        straight = text[end] == '"' and bisect_left(quotes, end) % 2 == 1
        if text[end] not in _CLOSING and not straight:
            break
        end += 1
    return end
