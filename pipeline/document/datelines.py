"""Lines that say when, and perhaps where: dates."""

import re

from pipeline.document.lines import LONGEST_HEADING, Patterns, SourceLine
from pipeline.model import Kind
from pipeline.text.orthography import fold

_FIGURE = re.compile(r"\d")
_NUMERIC_DATE = re.compile(r"(?:[^\W\d]+[\s،,–—-]+){0,3}\d{1,4}\s?([/.-])\s?\d{1,2}\s?\1\s?\d{1,4}")
_NAMED_DATE = re.compile(r"\d{1,2}\s?([/.-])\s?([^\W\d_]+(?:\s[^\W\d_]+)?)\s?\1\s?\d{2,4}")


def mark_dates(lines: list[SourceLine], patterns: Patterns) -> None:
    """A line that is a date, with at most three words more (a place), or behind a label; never the first line.

    Below the text, the place may stand before the date without a comma.
    """
    last = max((index for index, line in enumerate(lines) if line.is_prose), default=len(lines))
    for index, line in enumerate(lines):
        short = line.is_open and len(line.text) <= LONGEST_HEADING and _FIGURE.search(line.text)
        if not short or patterns.subtitle.match(fold(line.text.lstrip("(["))):
            continue
        is_below = index > last and not line.introduces and line.text[0].isalpha()
        text = line.text.strip(" ()[].")
        if line.text.endswith(".") and index and not line.after_gap and patterns.part.match(lines[index - 1].head):
            continue
        if line.introduces and not is_date(text.rstrip(" :"), patterns, most_words=0):
            continue  # «On Monday, 13 May, Ben wrote:»
        is_day = (index and is_date(text, patterns)) or (is_below and is_date(text.partition(" ")[2], patterns))
        if is_day or patterns.date_label.match(fold(line.text)):
            line.kind = Kind.DATE


def is_date(line: str, patterns: Patterns, *, most_words: int = 3) -> bool:
    """Whether a line is dates, with places or reasons of a few words before or behind them."""
    if not _FIGURE.search(line):
        return False
    text = patterns.era.sub("", fold(line))
    if _NUMERIC_DATE.fullmatch(text) or _YEARS.fullmatch(text) or _LIFE.fullmatch(text):
        return True
    if (day := _NAMED_DATE.fullmatch(text)) and patterns.month.fullmatch(day[2].replace(" ", "")):
        return True
    pieces = [piece.strip() for piece in re.split("[،,|]", text) if piece.strip()]
    numeric = [piece for piece in pieces if _NUMERIC_DATE.fullmatch(piece)]
    hours = [piece for piece in pieces if all(patterns.date_word.match(word) for word in _WORD.findall(piece))]
    if len(numeric) == 1 < len(pieces) <= len(numeric) + len(hours):
        return True
    parts = [part for part in _PART_OF_DATE.split(text) if part.strip()]
    days = [part for part in parts if all(patterns.date_word.match(word) for word in _WORD.findall(part))]
    words = [word for piece in parts if piece not in days for word in piece.split()]
    named = any(_names_day(part, patterns) for part in days)
    return named and len(words) <= most_words and not _FIGURE.search(" ".join(words))


def _names_day(part: str, patterns: Patterns) -> bool:
    """Whether a part has a year with a season or a month, or a day of a month: «بهار ۱۴۰۱», «۹ شهریور»."""
    return bool(_FIGURE.search(part) and _WORD.search(part) and (_YEAR.search(part) or patterns.month.search(part)))


_PART_OF_DATE = re.compile(r"[،,–—/()|]|(?<=\s)-|-(?=\s)")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEARS = re.compile(r"\d{4}\s?[–—/-]\s?\d{4}")
_LIFE = re.compile(r"[^\W\d][^\d,،]{0,30}[,،]\s\d{4}\s[–—-]\s[^\W\d][^\d,،]{0,30}[,،]\s\d{4}")
"""Where and when somebody was born, and died: «Chiraz, 1948 – Lyon, 2024»."""
