"""Lines that end before the margin → stanzas of a poem in one column, with what is written below them.

A line of prose is broken where the next word no longer fits, a verse where the poet wants it. Names, slogans and
items are short, too; so a stanza is apart by its indent, above the name of its poet, or alone in the middle of prose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from pipeline.document import columns, wrapping
from pipeline.document.lines import Patterns, SourceLine, grouped
from pipeline.document.quotations import CLOSED_QUOTE, OPENING_QUOTE
from pipeline.document.slogans import INNER_END, is_refrain
from pipeline.languages.capitals import is_small
from pipeline.model import Kind
from pipeline.text.orthography import fold

LONGEST_VERSE = 72
_LONGEST_SUNG = 60
"""Characters; and of a verse in quotation marks."""

_NO_VERSE = re.compile(r"[\d@/]")
_LABEL = re.compile(r"\w[\w\s]{0,25}+:\s")


@dataclass(frozen=True, slots=True)
class _Text:
    """What a document looks like around its stanzas: its width and indent, its first and last line of prose."""

    width: int
    indent: float
    first: int
    last: int
    headed: bool

    def holds(self, lines: Sequence[SourceLine]) -> bool:
        return self.first < lines[0].first and lines[-1].last < self.last


@dataclass(frozen=True, slots=True)
class _Stanza:
    """Lines that may be verses, what stands above them without a gap, and the name below them."""

    above: list[SourceLine]
    verses: list[SourceLine]
    below: list[SourceLine]

    def is_bare(self) -> bool:
        """Whether it looks like a stanza with nothing but itself to show it."""
        alone = all(line.kind is Kind.HEADING or " " not in line.text for line in self.above)
        uneven = max(len(line.text.split()) for line in self.verses) > 3
        long_enough = len(self.verses) > 3 or _is_sung(self.verses)
        several = [line for line in self.verses if " " in line.text]
        return alone and long_enough and len(several) > 2 and _words(several) >= (2 if uneven else 2.5)

    def stands_out(self, text: _Text) -> bool:
        """Whether its indent or the name below it show that it is one."""
        count = len(self.verses)
        if all(line.indent >= max(2, text.indent + 2) for line in self.verses):
            prosaic = self.verses[-1].text[-1] == "." and max(len(line.text) for line in self.verses) > 45
            return (
                bool(self.below) or count > 3 or (text.holds(self.verses) and _words(self.verses) >= 3 and not prosaic)
            )
        punctuated = 2 * sum(line.text[-1] in "،,؛;" for line in self.verses) >= count - 1
        placed = count > 2 and (punctuated or text.holds(self.verses))
        motto = not self.above and self.verses[-1].last < text.last and self.verses[0].first > 2
        return bool(self.below) and _words(self.verses) >= 2.5 and (placed or motto)


def mark_stanzas(lines: list[SourceLine], patterns: Patterns) -> None:
    """Claim the stanzas; the lines of each become one."""
    text = _text(lines)
    groups = list(grouped(lines))
    greeted = [number for number, group in enumerate(groups[:_LONGEST_HEAD]) if _greets(group[0], patterns)]
    head = greeted[0] if greeted else 0
    found = [
        None if 0 < number < head else _stanza(group, text, patterns, goes_on=_goes_on(above))
        for number, (above, group) in enumerate(pairwise([[], *groups]))
    ]
    bare = [stanza is not None and number > 0 and stanza.is_bare() for number, stanza in enumerate(found)]
    kept: list[SourceLine] = []
    alike = [one for one in found if one]
    is_song = all(_is_sung(one.verses) for one in alike)
    has_like = sum(bare) > 1 and (is_song or len({text.holds(one.verses) for one in alike}) == 1)
    couplets = _couplets(groups)
    for group, stanza, is_bare in zip(groups, found, bare, strict=True):
        if group[0].first in couplets:
            kept.append(columns.as_grid(group, [[line.text] for line in group], Kind.VERSE))
            continue
        above = next(reversed((stanza and stanza.above) or kept[-1:]), None)
        if stanza and _is_poem(stanza, above, text, patterns, is_bare=is_bare, has_like=has_like):
            kept += _claimed(stanza)
        else:
            kept += group
    lines[:] = kept


def _couplets(groups: Sequence[list[SourceLine]]) -> set[int]:
    """Return the numbers of lines with which two verses begin: above the poet, who is set deeper still."""
    found: set[int] = set()
    alike = [
        len(group) == 2 and all(_is_half_verse(line) for line in group) and _are_as_long(group) for group in groups
    ]
    for (group, below), both in zip(pairwise(groups), map(all, pairwise(alike)), strict=True):
        if both and _are_as_long([*group, *below]):
            found |= {group[0].first, below[0].first}
    for group, (poet, *others) in pairwise(groups):
        if len(group) != 2 or others or not all(map(_is_verse, group)):
            continue
        deep = group[0].indent == group[1].indent > 1 and _are_as_long(group)
        named = poet.is_phrase and poet.indent > group[0].indent and len(poet.text.split()) < 5
        if deep and named and not _NO_VERSE.search(poet.text) and all(not line.ends_sentence for line in group[:1]):
            found.add(group[0].first)
    return found


def _is_half_verse(line: SourceLine) -> bool:
    return _is_verse(line) and line.is_phrase and len(line.text.split()) > _WORDS_OF_HALF


def _are_as_long(lines: Sequence[SourceLine]) -> bool:
    lengths = [len(line.text) for line in lines]
    return min(lengths) >= _AS_LONG * max(lengths)


_AS_LONG = 0.7
_WORDS_OF_HALF = 4


_LONGEST_HEAD = 6
"""Groups of lines above the text of a letter: where from, when, to whom."""


def _greets(line: SourceLine, patterns: Patterns) -> bool:
    return line.text[-1] in ",،" and patterns.courtesy.match(fold(line.text)) is not None


def _text(lines: Sequence[SourceLine]) -> _Text:
    prose = [line for line in lines if line.is_open and line.text.rstrip("»”")[-1:] in (".", "؟", "?", ":")]
    places = [line.first for line in prose] or [0]
    return _Text(
        wrapping.width(lines), median([line.indent for line in prose] or [0]), places[0], places[-1], _are_headed(lines)
    )


def _are_headed(lines: Sequence[SourceLine]) -> bool:
    """Whether groups of lines begin with a few words above prose, as sections do that have headings."""
    heads = [
        line
        for line, following in pairwise(lines[1:])
        if line.after_gap and not line.before_gap and line.is_phrase and _is_text(following)
    ]
    return sum(len(line.text.split()) < 5 for line in heads) > 1


def _is_text(line: SourceLine) -> bool:
    return line.is_prose or line.introduces or line.kind is Kind.LIST_ITEM


def _stanza(group: list[SourceLine], text: _Text, patterns: Patterns, *, goes_on: bool) -> _Stanza | None:
    """Return the verses at the end of a group, if there are any."""
    start = next((index for index, line in enumerate(group) if line.is_open and not _leads(group, index)), len(group))
    if group[start:] and (
        _NUMBER_OF_STANZA.fullmatch(group[start].text) or (group[start].introduces and _is_sung(group[start + 1 :]))
    ):
        start += 1
    start += not goes_on and _is_name_of_poem(group[start:], text)
    rest = group[start:]
    end = len(rest) - int(len(rest) > 2 and _names_source(rest[-2], rest[-1], patterns))
    verses = rest[:end]
    if len(verses) < 2 or not all(map(_is_verse, verses)) or not _is_ragged(verses, text.width):
        return None
    if _is_said(verses):
        return None
    return _Stanza(group[:start], verses, rest[end:])


def _goes_on(above: Sequence[SourceLine]) -> bool:
    """Whether lines that may be verses stand above, so that a stanza has no name of its own."""
    return len(above) > 2 and all(_is_verse(line) and line.text[-1] not in ".!؟?؛" for line in above)


def _is_name_of_poem(group: Sequence[SourceLine], text: _Text) -> bool:
    """Whether the first of some lines is one word, and none of the others, or groups of lines begin with headings."""
    counts = [len(line.text.split()) for line in group]
    if len(counts) < 4 or group[0].introduces or not group[0].after_gap:
        return False
    return (counts[0] == 1 and min(counts[1:-1]) > 1) or (text.headed and counts[0] < 4)


def _leads(group: Sequence[SourceLine], index: int) -> bool:
    """Whether a line announces lines that are set deeper, or ends a sentence above some."""
    line, below = group[index], group[index + 1 : index + 3]
    deeper = [one.indent > line.indent + 1 for one in below]
    return (line.introduces and any(deeper[:1])) or (line.text[-1] in ".؟?!" and len(below) > 1 and all(deeper))


def _names_source(verse: SourceLine, line: SourceLine, patterns: Patterns) -> bool:
    """Whether the line below a verse says who wrote it."""
    if not line.is_open or (line.text[-1] in ".:!؟?،," and line.text[0] not in "(["):
        return False
    if _NO_VERSE.search(line.text) and patterns.month.search(fold(line.text)):
        return False  # what a title is of
    if len(_YEAR.findall(line.text)) > 1:
        return False  # how long somebody lived
    ended = verse.text[-1] in ".!؟?»" and len(line.text.split()) <= 4
    named = len(line.text.split()) <= 3 and patterns.given_name.match(fold(line.text)) is not None
    return line.text[0] in "([–—-" or ended or named or columns.WORK.search(line.text) is not None


_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def _is_verse(line: SourceLine) -> bool:
    plain = line.is_open and not line.marker and not line.introduces and not _NO_VERSE.search(line.text)
    return plain and len(line.text) <= LONGEST_VERSE


def _is_ragged(verses: Sequence[SourceLine], width: int) -> bool:
    """Whether lines end where their next word would have fitted, and few of them end sentences."""
    ended = sum(line.text[-1] in ".!؟?:؛;" or _LABEL.match(line.text) is not None for line in verses)
    full = sum(wrapping.is_full(line, following, width) for line, following in pairwise(verses))
    return 2 * ended <= len(verses) and 6 * full <= len(verses) - 1


def _is_said(verses: Sequence[SourceLine]) -> bool:
    """Whether lines are in quotation marks from beginning to end, and sentences or as long as those of prose."""
    quoted = OPENING_QUOTE.match(verses[0].text) and CLOSED_QUOTE.search(verses[-1].text)
    return bool(quoted) and any(INNER_END.search(line.text) or len(line.text) > _LONGEST_SUNG for line in verses)


def _words(verses: Sequence[SourceLine]) -> float:
    return mean(len(line.text.split()) for line in verses)


def _is_poem(
    stanza: _Stanza, above: SourceLine | None, text: _Text, patterns: Patterns, *, is_bare: bool, has_like: bool
) -> bool:
    """Whether verses are a stanza, and no names, slogans or items; `has_like` others stand in the document."""
    names = above is not None and columns.announces_names(above, patterns)
    if names or any(patterns.slogan.match(line.text) for line in stanza.verses):
        return False
    if stanza.below and patterns.courtesy.match(fold(stanza.verses[0].text)):
        return False  # a greeting and the names of those who sign
    if above and above.introduces and not stanza.verses[0].indent:
        return (
            (is_bare and has_like)
            or _rhymes(stanza.verses)
            or (len(stanza.verses) > 3 and is_refrain(stanza.verses[0].text))
            or (not stanza.above and _runs_on(stanza.verses, patterns))
            or (not stanza.above and _is_free(stanza.verses, patterns))
        )
    return stanza.stands_out(text) or (is_bare and (has_like or text.holds(stanza.verses)))


def _runs_on(verses: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether lines that are about as long are one sentence, as items of a list are not."""
    lengths = [len(line.text) for line in verses]
    begun = [line.text.split()[0] for line in verses[1:]]
    joined = any(word.islower() or patterns.unfinished.match(fold(word)) for word in begun)
    if len(verses) > 3 and any(patterns.unfinished.match(fold(word)) for word in begun[:-1]):
        return not any(line.text[-1] in ",،;؛:" for line in verses) and verses[-1].before_gap
    return joined and min(lengths) >= 0.6 * max(lengths) and _words(verses) >= 4 and verses[-1].before_gap


def _is_free(verses: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether four lines or more of a few words, between gaps, are one sentence that goes on in one or two of them."""
    *rest, end = verses
    begun = [patterns.unfinished.match(fold(line.text.split()[0])) is not None for line in verses]
    whole = end.text[-1] in ".؟?!" and not any(line.text[-1] in _ENDS for line in rest)
    apart = verses[0].after_gap and end.before_gap
    low = verses[0].text[0].isupper() and all(is_small(line.text[0]) for line in verses[1:])
    goes_on = low or 0 < sum(begun) <= len(verses) / 2
    return apart and whole and goes_on and len(verses) > 3 and _words(verses) <= _FEW_WORDS


_ENDS = ".!؟?؛;:"
_FEW_WORDS = 5


def _rhymes(verses: Sequence[SourceLine]) -> bool:
    """Whether every second line ends alike, and the others do not: those of a list end all alike, or none does."""
    ends = [line.text.rstrip(" .،؛!,;")[-_RHYME:] for line in verses]
    return len(ends) > 3 and len(ends) % 2 == 0 and len(set(ends[1::2])) == 1 and ends[1] not in ends[::2]


def _is_sung(verses: Sequence[SourceLine]) -> bool:
    """Whether three lines or more rhyme, or most of them end in commas."""
    halves = sum(line.text[-1] in "،,؛;" for line in verses)
    return _rhymes(verses) or (len(verses) > 2 and 2 * halves >= len(verses))


_NUMBER_OF_STANZA = re.compile(r"[\dIVX]{1,3}\.?")
"""Of a stanza."""

_RHYME = 3
"""Letters."""


def _claimed(stanza: _Stanza) -> Iterator[SourceLine]:
    yield from stanza.above
    yield columns.as_grid(stanza.verses, [[line.text] for line in stanza.verses], Kind.VERSE)
    for line in stanza.below:
        line.kind = Kind.CAPTION
        yield line
