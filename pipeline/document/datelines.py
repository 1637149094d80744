"""Lines that say when, and perhaps where: dates."""

import re
from collections.abc import Sequence

from pipeline.document.contacts import LABELLED, labels_apart
from pipeline.document.lines import LONGEST_HEADING, Patterns, SourceLine, grouped
from pipeline.model import Kind
from pipeline.text.orthography import fold
from pipeline.text.words import MARKS

_FIGURE = re.compile(r"\d")
_NUMERIC_DATE = re.compile(
    r"(?:[^\W\d]+[\s،,–—-]+){0,3}\d{1,4}\s?([/.-])\s?\d{1,2}\s?\1\s?\d{1,4}(?:\s?[،,–—-]\s?[^\W\d]+(?:\s[^\W\d]+)?)?"
)
_NAMED_DATE = re.compile(r"\d{1,2}\s?([/.-])\s?([^\W\d_]+(?:\s[^\W\d_]+)?)\s?\1\s?\d{2,4}")


def mark_dates(lines: list[SourceLine], patterns: Patterns) -> None:
    """A line that is a date, with at most three words more (a place), or behind a label; never the first line.

    Below the text, the place may stand before the date without a comma.
    """
    first = next((index for index, line in enumerate(lines) if line.is_prose), len(lines))
    last = max((index for index, line in enumerate(lines) if line.is_prose), default=len(lines))
    for index, line in enumerate(lines):
        short = line.is_open and len(line.text) <= LONGEST_HEADING and _FIGURE.search(line.text)
        issued = index < first and (index or line.before_gap) and _is_issue(line.text, patterns)
        if short and (issued or (index and _is_done_on(line.text, patterns))):
            line.kind = Kind.DATE
            continue
        is_label = patterns.date_label.match(fold(line.text)) is not None
        if (
            not short
            or (labels_apart(line.text) and not is_label)
            or patterns.subtitle.match(fold(line.text.lstrip("([")))
        ):
            continue
        is_below = index > last and not line.introduces and line.text[0].isalpha()
        text = line.text.strip(" ()[].")
        if line.text.endswith(".") and index and not line.after_gap and patterns.part.match(lines[index - 1].head):
            continue
        if line.introduces and not is_date(text.rstrip(" :"), patterns, most_words=0):
            continue  # «On Monday, 13 May, Ben wrote:»
        is_above = 0 < index < first and not line.ends_sentence
        is_day = (
            (index and is_date(text, patterns))
            or (is_above and _is_day_and_place(text, patterns))
            or (is_below and is_date(text.partition(" ")[2], patterns))
        )
        if is_day or is_label or _is_labelled_day(line.text, patterns):
            line.kind = Kind.DATE
    _mark_chronology(lines, patterns)


def _is_issue(line: str, patterns: Patterns) -> bool:
    """Whether a line says which issue of a paper it is, and of when: «No. 12 – Spring 2024»."""
    *counts, day = re.split(r"\s?[،,/|]\s?|\s[–—-]\s", line)
    told = 0 < len(counts) < 3 and bool(_YEAR.search(day)) and is_date(day, patterns, most_words=0)
    return (
        told
        and all(len(one.split()) < 4 for one in counts)
        and _COUNT_OF_ISSUE.search(counts[-1] + counts[0]) is not None
    )


_COUNT_OF_ISSUE = re.compile(r"\w[.ٔ]?\s\d{1,3}(?!\d)")


def _is_done_on(line: str, patterns: Patterns) -> bool:
    """Whether a line ends in a day of a year, in brackets or behind what was done on it: «Adopted on 3 May 2021»."""
    first, _, rest_of_line = line.strip(" ()[]").partition(" ")  # «صورت‌جلسه» is one word
    words = [fold(first).replace(" ", ""), *patterns.era.sub("", fold(rest_of_line)).split()]
    in_brackets = line[0] in "([" and line[-1] in ")]"
    if in_brackets and _LIFE_IN_BRACKETS.fullmatch(line):
        return True
    done = (
        len(words) > 4
        and not {*"،,"} & {*line}
        and patterns.date_word.fullmatch(words[1])
        and not _FIGURE.search(words[1])
    )
    rest = words[-3:] if in_brackets else words[1:]
    has_day = len(words) > 3 and bool(_FIGURE.search(" ".join(rest[:-1])) and _YEAR.fullmatch(words[-1]))
    return bool(in_brackets or done) and has_day and is_date(" ".join(rest), patterns, most_words=0)


def _mark_chronology(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Several lines that stand together, each a day and what happened then, say more than when."""
    for group in grouped(lines):
        told = [line for line in group if line.kind is Kind.DATE and not is_date(line.text, patterns, most_words=0)]
        if len(told) > 2 and all(_DAY_FIRST.match(line.text) for line in told):
            for line in told:
                line.kind = Kind.PARAGRAPH


_DAY_FIRST = re.compile(r"\d")


def _is_labelled_day(line: str, patterns: Patterns) -> bool:
    """Whether a day with its year stands behind a label, perhaps with hours: «Last changed: 3 May 2022»."""
    label = LABELLED.match(line)
    value = line[label.end() :] if label else ""
    return bool(_YEAR.search(value)) and (is_date(value, patterns) or _is_day_and_place(value, patterns))


def _is_day_and_place(line: str, patterns: Patterns) -> bool:
    """Whether a line begins with a day, and says at some length where something is."""
    day, *_ = re.split(r"[،,|]|\s[–—-]\s", line)
    return is_date(day, patterns, most_words=0) and is_date(line, patterns, most_words=_MOST_OF_PLACE)


def is_date(line: str, patterns: Patterns, *, most_words: int = 3) -> bool:
    """Whether a line is dates, with places or reasons of a few words before or behind them."""
    if not _FIGURE.search(line) or _SAID_THEN.search(line):
        return False
    text = _without_foreign_day(patterns.era.sub("", fold(_ORDINAL_SIGN.sub("", line))), patterns)
    if not text:
        return True
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


def _without_foreign_day(text: str, patterns: Patterns) -> str:
    """Return a text of another script without «24 December 2022» and what joins that to a day of its own calendar."""
    if patterns.orders[0] and patterns.orders[0][0].isascii():
        return text
    return _FOREIGN_DAY.sub("", text).strip(" ()/–—،,-")


_FOREIGN_DAY = re.compile(
    r"(?<![A-Za-z])(?:[A-Za-z]{3,9},?\s)?(?:\d{1,2}\s[A-Za-z]{3,9}|[A-Za-z]{3,9}\s\d{1,2}),?\s\d{4}(?!\d)"
)


def _names_day(part: str, patterns: Patterns) -> bool:
    """Whether a part has a year with a season or a month, or a day of a month: «بهار ۱۴۰۱», «۹ شهریور»."""
    return bool(_FIGURE.search(part) and _WORD.search(part) and (_YEAR.search(part) or patterns.month.search(part)))


_MOST_OF_PLACE = 6
"""Words, above the text, of where something is."""

_SAID_THEN = re.compile(r"\A[^:\d]*+\d(?:[^:]|:(?=\d))*+:\s")
"""Who said what on a day: «[4 May, 18:03] Roya: …»."""

_ORDINAL_SIGN = re.compile(r"(?<=\d)\.?[°ºª]")
_PART_OF_DATE = re.compile(r"[،,、–—/()|]|(?<=\s)-|-(?=\s)")
_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS}])+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEARS = re.compile(r"\d{4}\s?[–—/-]\s?\d{4}")
_LIFE_IN_BRACKETS = re.compile(r"[(\[](?:[^\W\d][^\d]{0,30}\s)?\d{4}\s[–—ـ-]\s(?:[^\W\d][^\d]{0,30}\s)?\d{4}[)\]]")
_LIFE = re.compile(r"[^\W\d][^\d,،]{0,30}[,،]\s\d{4}\s[–—-]\s[^\W\d][^\d,،]{0,30}[,،]\s\d{4}")
"""Where and when somebody was born, and died: «Chiraz, 1948 – Lyon, 2024»."""
