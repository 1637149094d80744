"""Words of others: what mail programs quote behind «>», and what stands apart in quotation marks."""

import re
from collections.abc import Sequence

from pipeline.document import columns
from pipeline.document.lines import Patterns, SourceLine, joined
from pipeline.model import Kind
from pipeline.text import stops

_QUOTED = re.compile(r"(?:>[ \t]?)+")


def mark_quoted_mail(lines: list[SourceLine], patterns: Patterns) -> None:
    """Paragraphs behind «>», as far as they are equally deep; the signs are no part of the text."""
    blocks: list[SourceLine] = []
    depths: list[int] = []
    for line in lines:
        quoted = _QUOTED.match(line.text) if line.is_open else None
        depth = quoted[0].count(">") if quoted else 0
        is_empty = quoted is not None and not line.text[quoted.end() :].strip()
        if is_empty and depths and depths[-1]:
            blocks[-1].before_gap = True
            continue
        if is_empty:
            depth = 0  # before a quotation
        if blocks and blocks[-1].before_gap:
            line.after_gap = True
        if depth and depths and depths[-1] == depth and not line.after_gap:
            _quote(blocks[-1], line, quoted.end() if quoted else 0)
            continue
        if depth and quoted:
            line.kind, line.marker, line.text = Kind.QUOTATION, quoted[0].strip(), line.text[quoted.end() :]
        blocks.append(line)
        depths.append(depth)
    for line in blocks:
        line.text = line.text.strip()
    lines[:] = blocks


def _quote(block: SourceLine, line: SourceLine, width: int) -> None:
    if text := line.text[width:].strip():
        block.text = f"{block.text.rstrip()}\n{text}"
        block.last, block.before_gap = line.last, line.before_gap


OPENING_QUOTE = re.compile(r"[«“„\"]")
CLOSED_QUOTE = re.compile(r"[»”“\"][.۱۲۳۴۵۶۷۸۹\d\[\]*]{0,4}$")


def mark_block_quotations(lines: list[SourceLine], patterns: Patterns) -> None:
    """What is indented, or announced by a colon, and stands in quotation marks from beginning to end."""
    blocks: list[SourceLine] = []
    index = 0
    while index < len(lines):
        run = _quoted_run(lines, index)
        line = joined(run) if run else lines[index]
        if run:
            line.kind = Kind.QUOTATION
        blocks.append(line)
        index += max(1, len(run))
    for line in blocks:
        if line.kind is Kind.CAPTION and columns.names_speaker(line, patterns):
            line.kind = Kind.SIGNATURE
    lines[:] = blocks


def _quoted_run(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    if alone := _indented_run(lines, start):
        return alone
    if _stands_apart(lines[start]) and start > 0:
        return [lines[start]]
    if _is_epigraph(lines, start):
        lines[start + 1].kind = Kind.CAPTION
        return [lines[start]]
    if apart := _quoted_group(lines, start):
        return apart
    line = lines[start]
    announced = start > 0 and lines[start - 1].introduces
    indented = line.indent >= 2 and start > 0 and lines[start - 1].indent < line.indent
    if not line.is_open or not (announced or indented) or not OPENING_QUOTE.match(line.text):
        return []
    for end in range(start, min(start + 40, len(lines))):
        here = lines[end]
        if not here.is_open or here.indent != line.indent or (end > start and here.after_gap):
            return []
        if CLOSED_QUOTE.search(here.text):
            return list(lines[start : end + 1])
    return []


def _quoted_group(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    """Return a few lines between gaps that are sentences in quotation marks from beginning to end."""
    first = lines[start]
    if not (start and first.after_gap and first.is_open and OPENING_QUOTE.match(first.text)):
        return []
    for end in range(start + 1, min(start + _MOST_QUOTED, len(lines))):
        here = lines[end]
        if not here.is_open or here.after_gap:
            return []
        if CLOSED_QUOTE.search(here.text):
            return list(lines[start : end + 1]) if here.before_gap and _SENTENCE_IN_QUOTES.search(here.text) else []
    return []


_MOST_QUOTED = 8
"""Lines."""


def _stands_apart(line: SourceLine) -> bool:
    """Whether a line between gaps is one sentence or more, in quotation marks from beginning to end."""
    pair = _PAIR.fullmatch(line.text) if line.is_open and line.after_gap and line.before_gap else None
    return pair is not None and line.is_prose


_PAIR = re.compile(r"«[^«»]{20,}»\.?|“[^“”]{20,}”|„[^„“]{20,}“|\"[^\"]{20,}\"|「[^「」]{20,}」")


_SENTENCE_IN_QUOTES = re.compile(rf"[{stops.ENDS}…][»”“」』\"]$")


def _is_epigraph(lines: Sequence[SourceLine], start: int) -> bool:
    """Whether a line in quotation marks stands between gaps with nothing but the name of its author."""
    line, after = lines[start], lines[start + 1] if start < len(lines) - 1 else None
    if not start and not _SENTENCE_IN_QUOTES.search(line.text):
        return False  # the title may be somebody's words
    quoted = line.is_open and line.after_gap and OPENING_QUOTE.match(line.text) and CLOSED_QUOTE.search(line.text)
    if not quoted or line.text[1:-2].count(line.text[-1]) or after is None:
        return False
    return after.is_phrase and after.before_gap and not after.after_gap


def _is_begun_deeper(line: SourceLine) -> bool:
    """Whether the first line of a paragraph is set deeper than its others, as books have them."""
    second = line.source[line.first].expandtabs() if line.last > line.first else ""
    return bool(second) and len(second) - len(second.lstrip()) + 1 < line.indent


def _indented_run(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    """Return lines that alone are indented, and end a sentence: behind a colon, or between gaps."""
    line, before = lines[start], lines[start - 1] if start else None
    apart = before is not None and (before.introduces or line.after_gap or before.is_phrase)
    if before is None or not apart or before.indent + 2 >= line.indent or not line.is_open:
        return []
    run = [line]
    for here in lines[start + 1 : start + 40]:
        if here.after_gap or not here.is_open or here.indent != line.indent:
            break
        run.append(here)
    if any(map(_is_begun_deeper, run)):
        return []
    after = lines[start + len(run)] if start + len(run) < len(lines) else None
    ended = run[-1].text[-1] in stops.ENDS + "…»”」』" and (after is None or after.indent < line.indent)
    told = before.introduces or (len(run) > 1 and run[-1].before_gap)
    sentences = before.introduces and all(one.text[-1] in stops.QUIET for one in run)
    wide = all(len(one.text) > 30 or one in (run[0], run[-1]) for one in run)
    return run if told and ended and (sentences or wide) else []
