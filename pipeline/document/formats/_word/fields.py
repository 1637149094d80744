"""Fields of a Word document: a code, and the result that is kept of it, if it shows (ECMA-376, part 1, 17.16)."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.document.formats._lines import Losses, OpenParagraph
from pipeline.document.looks.shown import Shown
from pipeline.office import xml
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"?([^"\s]+)')
_COUNTED = re.compile(r"\s*SEQ\s+(\S{1,40})", re.IGNORECASE)
_SILENT, _STAYS = re.compile(r"\\h\b", re.IGNORECASE), re.compile(r"\\c\b", re.IGNORECASE)
_FROM = re.compile(r"\\r\s*([0-9]{1,6})\b", re.IGNORECASE)
"""What a field that counts says besides: that it shows nothing, does not go on, or begins anew."""
_UNSEEN_FIELD = re.compile(r"\s*(?:SET|ASK|NEXT|NEXTIF|SKIPIF|PRIVATE|TC|XE|TA|RD|ADVANCE)\b", re.IGNORECASE)
"""Codes of fields that show nothing, whatever is kept as their result: a name that a letter asked for (17.16.5)."""
_DRAWN_FIELD = re.compile(
    r"\s*(?:EQ|FORMDROPDOWN|FORMCHECKBOX|MACROBUTTON|GOTOBUTTON|LISTNUM|AUTONUM(?:LGL|OUT)?|SYMBOL|(?:DISPLAY|MERGE)?BARCODE)\b",
    re.IGNORECASE,
)
"""Codes of fields that Word draws from their code alone: a choice, a number within a circle."""
_SHOWN_FIELD = re.compile(
    r"\s*(?:DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|REF|STYLEREF|NOTEREF|PAGEREF|TITLE|SUBJECT|AUTHOR|DOCPROPERTY|"
    r"DOCVARIABLE|MERGEFIELD|FILENAME|QUOTE|INCLUDETEXT|CITATION|BIBLIOGRAPHY|INDEX|USER\w{4,8}|=)(?:\s|\Z)",
    re.IGNORECASE,
)
"""Codes of fields that programs put where Word is to write something, when it opens the document or is asked to."""
_NEVER_EMPTY = re.compile(
    r"\A\s*+(?:DATE|TIME|REF|STYLEREF|NOTEREF|PAGEREF|QUOTE|INCLUDETEXT|CITATION)\s", re.IGNORECASE
)
"""Of these, codes of which Word keeps a result."""


def is_unseen(code: str) -> bool:
    """Whether a field of a code shows nothing."""
    return _UNSEEN_FIELD.match(code) is not None


def is_count(code: str) -> bool:
    """Whether a field shows a count, as those of tables and pictures do."""
    return _COUNTED.match(code) is not None and not _SILENT.search(code)


_MOST_BETWEEN = 40
_MOST_BROKEN_OFF = 20
"""Fields within each other that go on in the next paragraph."""


@dataclass(slots=True)
class _Field:
    """A field: its code, and the address its result leads to."""

    code: list[str] = field(default_factory=list)
    is_seen: bool = False
    is_resumed: bool = False
    """Whether its code went on in another paragraph than it began in."""
    is_whole: bool = False
    """Whether its code is: what follows is its result, seen unless that of a field around it is not."""
    link: str = ""
    """Its own, or that of the field around it."""
    counts: str = ""
    """What it counts, if it does: tables, pictures."""
    line: OpenParagraph | None = None
    begins: int = 0
    """Where its result does, in this line."""

    def is_without_result(self, line: OpenParagraph) -> bool:
        """Whether it shows words of which it keeps none."""
        code = "".join(self.code)
        kept = _NEVER_EMPTY if self.is_whole else _SHOWN_FIELD
        is_empty = self.line is line and self.begins == line.runs.length and not line.images
        return (is_empty or not self.is_whole) and bool(_DRAWN_FIELD.match(code) or kept.match(code + " "))


def _goes_on(paragraph: "_Element") -> bool:
    """Whether there is code in a paragraph, or the end of one, of a field that does not begin in it."""
    depth = 0
    for one in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
        kind = one.get(f"{W}fldCharType", "")
        if not depth and (one.tag == f"{W}instrText" or kind == "separate"):
            return True
        depth = max(depth + (kind == "begin") - (kind == "end"), 0)
    return False


class Fields:
    """The fields around the place that is being read, each within the one before."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.around: list[_Field] = []
        self.broken_off: list[_Field] = []
        """Those whose code did not end with their paragraph."""
        self.begun: tuple[list[Shown], int] = [], 0
        """The lines among which these are, and how many there were."""
        self.between = 0
        """Paragraphs that were read since, which are code if that goes on: they have fields alone, or tables."""
        self.counted: Counter[str] = Counter()

    @property
    def is_seen(self) -> bool:
        """Whether what stands here shows."""
        return not self.around or self.around[-1].is_seen

    @property
    def link(self) -> str:
        """Where a field leads what stands here; empty where none does."""
        return self.around[-1].link if self.around else ""

    def turn(self, kind: str, line: OpenParagraph, *, is_hidden: bool = False) -> None:
        """Begin a field in a paragraph, its result, or what follows it."""
        if kind == "begin":
            self.around.append(_Field())
        elif kind == "separate" and self.around:
            self._show(line)
        elif kind == "end" and self.around:
            one = self.around.pop()
            self._count(one, line)
            self.losses.drawn_fields += not is_hidden and self.is_seen and one.is_without_result(line)

    def add_code(self, words: str) -> None:
        if not self.is_seen:
            self.around[-1].code.append(words)

    def begin_paragraph(self, paragraph: "_Element", lines: list[Shown]) -> None:
        """Go on with the fields whose code did not end, where it goes on in this one: what was read since is code."""
        if not self.broken_off:
            return
        if _goes_on(paragraph) and (not self.between or self.begun[0] is lines):
            del lines[self.begun[1] if self.between else len(lines) :]
            self.around += self.broken_off
            self.broken_off[-1].is_resumed = True
            self.broken_off, self.between = [], 0
        elif xml.has_words(paragraph):
            self.between += 1
            if self.between > _MOST_BETWEEN:
                self._give_up()

    def end_open(self) -> None:
        """End the fields whose code does not end with their paragraph: they would take all text with them."""
        first = next((at for at in reversed(range(len(self.around))) if self.around[at].is_whole), -1) + 1
        if self.between and self.around[first:]:
            self._give_up()
        self.broken_off = [*self.broken_off, *self.around[first:]][:_MOST_BROKEN_OFF]
        del self.around[first:]

    def end_paragraph(self, lines: list[Shown]) -> None:
        """Note where the lines begin that are code if that goes on behind them."""
        if self.broken_off and not self.between:
            self.begun = lines, len(lines)

    def simple(self, code: str, begins: int, line: OpenParagraph) -> None:
        """Note a field that is written as one element, where it shows words and keeps none."""
        if line.runs.length == begins and not line.images and _SHOWN_FIELD.match(code):
            self.losses.drawn_fields += 1

    def close(self) -> None:
        """End the fields that the document does not: what was behind one that shows nothing is not read."""
        self.losses.fields += any(one.is_whole and not one.is_seen for one in self.around)
        self.around.clear()
        self._give_up()

    def _give_up(self) -> None:
        """Read on as if no field had been broken off; of one that went on, and did not end, words may be missing."""
        self.losses.fields += any(one.is_resumed for one in self.broken_off)
        self.broken_off, self.between = [], 0

    def led_to(self, code: str) -> str:
        """Return where a field of a code leads; empty where it is no link, or leads nowhere outside."""
        found = _HYPERLINK.match(code)
        return self.losses.address(found[1]) if found and not found[1].startswith("\\") else ""

    def _show(self, line: OpenParagraph) -> None:
        one, code = self.around[-1], "".join(self.around[-1].code)
        outer = self.around[-2] if len(self.around) > 1 else _Field(is_seen=True)
        one.is_whole, one.link = True, self.led_to(code) or outer.link
        one.is_seen = outer.is_seen and not is_unseen(code)
        one.line, one.begins = line, line.runs.length
        if counted := _COUNTED.match(code):
            one.counts = counted[1]
            line.is_label = line.is_label or is_count(code)

    def _count(self, one: _Field, line: OpenParagraph) -> None:
        """Put the number where a field counts and keeps none, as LibreOffice writes it."""
        if one.counts:
            code = "".join(one.code)
            start = _FROM.search(code)
            self.counted[one.counts] = int(start[1]) if start else self.counted[one.counts] + (not _STAYS.search(code))
            if line.runs.length == one.begins and is_count(code):
                line.runs.add(str(self.counted[one.counts]))
