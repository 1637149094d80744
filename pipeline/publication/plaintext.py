"""A text without any markup: structure by line ends and signs, direction by characters that nobody sees.

A program for messages lays out each line by the first letter in it. So whatever reads in the other direction is
isolated (Unicode Standard Annex #9), and a line that would begin in the wrong one gets a mark before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from unicodedata import bidirectional

from pipeline.edition.circumstances import GOING_ON
from pipeline.edition.content import Phrase, StyledRun, TextBlock, TextContent, Words
from pipeline.edition.direction import LRI, LRM, PDI, RLI, RLM
from pipeline.languages import Language
from pipeline.languages.sections import Direction
from pipeline.model import Kind, MarkKind
from pipeline.text.orthography import western_digits

SEPARATOR = "* * *"
_QUOTED = "> "
_EMPTY = "–"
_STEP = "    "
_TIGHT = frozenset({Kind.LIST_ITEM, Kind.CONTACT, Kind.SLOGAN, Kind.SIGNATURE, Kind.NOTE})
"""Of these, several stand below each other without an empty line between."""

_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


@dataclass(frozen=True, slots=True)
class PlainParagraph:
    """Lines of a text; one that `is_tight` follows without an empty line, and more belongs to a heading."""

    text: str
    is_tight: bool = False
    is_heading: bool = False


RULE = PlainParagraph(SEPARATOR, is_heading=True)
"""Parts what follows from what was before."""


def paragraphs(content: TextContent, language: Language) -> tuple[PlainParagraph, ...]:
    """Return all that is said in a text, its notes at the end."""
    head = _title_block(content)
    notes = [block for block in content.blocks if block.kind is Kind.NOTE]
    others = [block for block in content.blocks[len(head) :] if block.kind is not Kind.NOTE]
    return (
        *_stated(content, language, content.issuer, content.number),
        *_stated(content, language, f"[{content.title}]" if content.title_is_editorial and content.title else ""),
        *_blocks(head, language),
        *_stated(content, language, content.dateline),
        *_blocks(others, language),
        *([RULE] if notes else []),
        *_blocks(notes, language),
    )


def _title_block(content: TextContent) -> list[TextBlock]:
    """Return the title, if the text begins with it, and the lines that belong to it."""
    return list(takewhile(lambda block: block.kind in (Kind.TITLE, *GOING_ON), content.blocks))


def _stated(content: TextContent, language: Language, *stated: str) -> Iterator[PlainParagraph]:
    for place, text in enumerate(filter(None, stated)):
        yield PlainParagraph(led(text, language), is_tight=place > 0)


def _blocks(blocks: Sequence[TextBlock], language: Language) -> Iterator[PlainParagraph]:
    before: Kind | None = None
    for block in blocks:
        is_tight = (block.kind is before and block.kind in _TIGHT) or before is Kind.HEADING
        for text in (_block(block, language), *_remarks(block, language)):
            if text:
                led_text = "\n".join(led(line, language) for line in text.split("\n"))
                yield PlainParagraph(led_text, is_tight, block.kind is Kind.HEADING)
                is_tight, before = True, block.kind


def _remarks(block: TextBlock, language: Language) -> Iterator[str]:
    for remark in block.remarks:
        yield f"[{language.labels.note} {remark}]"


def _block(block: TextBlock, language: Language) -> str:
    """Return a block as lines, without marks of direction before them."""
    if block.kind is Kind.SEPARATOR:
        return SEPARATOR
    if block.lines:
        return "\n".join(_grid(block, language))
    words = said(block.words, language)
    match block.kind:
        case Kind.LIST_ITEM:
            return f"{_STEP * (block.depth - 1)}{block.marker} {words}".rstrip()
        case Kind.NOTE:
            return f"[{block.marker}] {words}"
        case Kind.QUOTATION:
            return "\n".join(_QUOTED + line for line in words.split("\n"))
        case Kind.IMAGE:
            return f"[{words}]" if words else ""
    return words


def _grid(block: TextBlock, language: Language) -> Iterator[str]:
    """Yield a table row by row; a poem half-line by half-line; those who sign, one after the other."""
    lines = [[said(cell, language).replace("\n", " ") for cell in line] for line in block.lines]
    if block.kind is Kind.TABLE:
        yield from (" | ".join(cell or _EMPTY for cell in line) for line in lines)
    elif block.kind is Kind.VERSE:
        yield from (cell for line in lines for cell in line if cell)
    else:
        for place, column in enumerate(zip_longest(*lines, fillvalue="")):
            yield from ([""] if place else [])
            yield from filter(None, column)


def said(words: Words, language: Language) -> str:
    """Return words with what is of the other direction isolated, references in brackets, and links written out."""
    links = [run.link for phrase in words for run in phrase.runs]
    following = iter([*links[1:], ""])
    linked, parts = "", []
    for phrase in words:
        shown = []
        for run in phrase.runs:
            linked += run.text if run.link else ""
            shown.append(_shown(run))
            if next(following) != run.link:
                shown.append(_written_out(linked, run.link, phrase.direction or language.direction))
                linked = ""
        parts.append(_isolated("".join(shown), phrase, language))
    return "".join(parts)


def _written_out(words: str, link: str, around: str) -> str:
    """Return an address behind the words that lead to it, unless they are the address."""
    address = link.removeprefix("mailto:")
    if not address or _bare(words) == _bare(address):
        return ""
    return f" ({LRI}{address}{PDI})" if around == Direction.RTL else f" ({address})"


def _bare(address: str) -> str:
    return western_digits(re.sub("^(?:https?://|mailto:)", "", address.strip())).rstrip("/").casefold()


def _shown(run: StyledRun) -> str:
    if run.is_break:
        return "\n"
    if run.note >= 0:
        return f"[{run.text}]"
    if MarkKind.SUPERSCRIPT in run.styles:
        return _moved(run.text, _RAISED)
    return _moved(run.text, _LOWERED) if MarkKind.SUBSCRIPT in run.styles else run.text


def _moved(text: str, signs: Mapping[str, str]) -> str:
    """Return raised or lowered signs, if there are any for all of a text: «10²» is no «102»."""
    western = western_digits(text)
    return "".join(map(signs.__getitem__, western)) if signs.keys() >= set(western) else text


def _isolated(text: str, phrase: Phrase, language: Language) -> str:
    """Return a phrase isolated on each of its lines, for none goes on behind a line end."""
    if not phrase.direction or phrase.direction == language.direction:
        return text
    start = LRI if phrase.direction == Direction.LTR else RLI
    return "\n".join(f"{start}{line}{PDI}" if line else "" for line in text.split("\n"))


def led(line: str, language: Language) -> str:
    """Return a line with a mark before it, where a program would take it for one of the other direction."""
    first = _first_strong(line)
    if language.direction is Direction.RTL:
        return line if first in ("R", "AL") or not line else RLM + line
    return LRM + line if first in ("R", "AL") or (not first and PDI in line) else line


def _first_strong(line: str) -> str:
    """Return the class of the first letter of a line that takes a side, outside of isolates (rule P2)."""
    depth = 0
    for character in line:
        depth += (character in (LRI, RLI)) - (character == PDI)
        if not depth and (found := bidirectional(character)) in ("L", "R", "AL"):
            return found
    return ""


def joined(texts: Sequence[PlainParagraph]) -> str:
    """Return paragraphs as one text."""
    gaps = ("" if not place else "\n" if one.is_tight else "\n\n" for place, one in enumerate(texts))
    return "".join(gap + one.text for gap, one in zip(gaps, texts, strict=True))
