"""A paragraph as WeasyPrint has it → where its lines may end → its lines, each of pieces of text boxes."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pyphen
from weasyprint.formatting_structure import boxes

from pipeline.edition.render.pdf import breaking, kashida
from pipeline.edition.render.pdf.breaking import Form, Measure, Place, Sum
from pipeline.edition.render.pdf.measuring import (
    Measured,
    has_kashida,
    is_one_glyph_each,
    measured,
    opportunities,
    units,
)

NARROWEST, WIDEST = 0.19, 0.435
"""Ems of a word space in a good line."""

EXPANSION = 0.025
"""The part by which the letters of a line may be wider or narrower than they are, which nobody sees: H. Zapf and
P. Karow's hz-program and Hàn Thế Thành's pdfTeX have from 2 to 3 per cent."""

COMFORTABLE = 0.45
"""The part of what spaces may grow that they grow before a word is drawn longer."""

SHORTEST_KASHIDA, LONGEST_KASHIDA = 0.2, 0.8
"""Ems of a kashida; it has to be seen as one, and not as a fault."""

STEP = 0.04
"""Ems by which kashidas differ: each length is a glyph for every letter it follows."""

TRACKING = 0.02
"""Ems between letters, at most, in a line of other scripts whose spaces are not enough."""

TRACKED = 1.4
"""How many times what a line may grow it grows with letters that stand apart, before a word is parted."""

LOOSEST = 1.6
"""How many times what spaces may grow they grow in Persian, before a line ends short of its edge."""

HYPHEN = 320.0
BOUND = 160.0
"""Penalties of a hyphen, and of a line end between a number and its noun; 100 is a line as loose as may be."""

_BOUND = re.compile(
    r"(?<![\w.,٫/-])[\d۰-۹]{1,4}[ \u00a0](?=[^\W\d])|(?:№|§|\b[^\W\d]{1,3}\.)[ \u00a0](?=[\d۰-۹])"
)
"""A number before its noun («۸ مارس», “30 September”), or after what says what it counts (“№ 5”, “Art. 12”)."""

_NEVER = re.compile(r"(?<=[«‹(\[]) | (?=[»›)\]:;!?،؛؟])")
"""Where French has a space, and no line may end."""

_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class Run:
    """A text box of a paragraph, from one character of the paragraph to another."""

    box: Any
    start: int
    end: int
    known: Measured


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands of a text box on a line; `resume` is the byte where the next line goes on in it, if it does.

    `width` is that of all; the other lengths are those of `Line`. A kashida stands behind a byte of the text.
    """

    text: str
    resume: int | None
    width: int
    space: int
    scale: float
    tracking: int
    known: Measured
    kashida: tuple[int, float] | None = None
    is_forced: bool = False


class Unplanned(Exception):
    """A paragraph of more than text, whose lines are left to WeasyPrint."""


class Paragraph:
    """The text of a line box and what is known of each of its characters."""

    def __init__(self, linebox: Any) -> None:
        self.style = linebox.style
        self.runs: list[Run] = []
        self.edges: dict[int, int] = {}
        self.bound: list[tuple[int, int]] = []
        texts: list[str] = []
        self._walk(linebox, texts, 0)
        self.text = "".join(texts)
        if not self.runs:
            raise Unplanned

    def _walk(self, parent: Any, texts: list[str], length: int) -> int:
        for box in parent.children:
            if isinstance(box, boxes.TextBox):
                self._check(box)
                known = measured(box.text, box.style)
                self.runs.append(Run(box, length, length + len(box.text), known))
                texts.append(box.text)
                if box.style["white_space"] == "nowrap":
                    self.bound.append((length, length + len(box.text)))
                length += len(box.text)
            elif not box.is_in_normal_flow():
                if not (box.is_floated() and _is_outside(box)):
                    raise Unplanned
            elif isinstance(box, boxes.InlineBox):
                start = length
                length = self._walk(box, texts, length)
                self._add_edges(box, start, length)
            else:
                raise Unplanned
        return length

    @staticmethod
    def _check(box: Any) -> None:
        style = box.style
        is_plain = style["letter_spacing"] == "normal" and not style["word_spacing"] and style["font_size"]
        is_wrapped = style["white_space"] in ("normal", "nowrap") or box.text == "\n"
        if not (is_plain and is_wrapped) or "\t" in box.text or style["word_break"] != "normal":
            raise Unplanned

    def _add_edges(self, box: Any, start: int, end: int) -> None:
        sides = [_pixels(box.style, side) for side in ("left", "right")]
        if any(sides):
            if start == end:
                raise Unplanned
            first, last = sides if box.style["direction"] == "ltr" else sides[::-1]
            self.edges[start] = self.edges.get(start, 0) + units(first)
            self.edges[end - 1] = self.edges.get(end - 1, 0) + units(last)

    def run_at(self, index: int) -> Run:
        return self.runs[bisect_right(self.runs, index, key=lambda run: run.start) - 1]

    def before(self) -> list[int]:
        """Return what stands before each character."""
        found, base = [0], 0
        for run in self.runs:
            base = found[-1]
            found += [base + width for width in run.known.before[1:]]
        if self.edges:
            added = 0
            for index in range(len(found) - 1):
                added += self.edges.get(index, 0)
                found[index + 1] += added
        return found


def _pixels(style: Any, side: str) -> float:
    sizes = [style[f"padding_{side}"], style[f"margin_{side}"]]
    if any(getattr(size, "unit", None) != "px" for size in sizes):
        raise Unplanned
    return float(sum(size.value for size in sizes) + style[f"border_{side}_width"])


def _is_outside(box: Any) -> bool:
    """Whether a float takes no room from its lines: one that hangs in the margin."""
    width = box.style["width"]
    if getattr(width, "unit", None) != "px":
        return False
    return bool(width.value + sum(_pixels(box.style, side) for side in ("left", "right")) <= 0)


# --- places --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line may end: `end` and `start` are characters, with the spaces between that a line end swallows."""

    end: int
    start: int
    penalty: float = 0.0
    hyphen: int = 0
    is_forced: bool = False


class Spots:
    """The places of a paragraph where its lines may end, and what comes before them."""

    def __init__(self, paragraph: Paragraph, *, is_stretched: bool) -> None:
        self.paragraph, self.text = paragraph, paragraph.text
        self.before = paragraph.before()
        self.words = list(_long_words(paragraph)) if is_stretched else []
        self.spaces = list(_spaces(paragraph, self.before))
        self.whole = list(self._whole())

    def _whole(self) -> Iterator[Spot]:
        text, bound = self.text, {found.end() for found in _BOUND.finditer(self.text)}
        never = {found.end() for found in _NEVER.finditer(self.text)}
        never |= {index for start, end in self.paragraph.bound for index in range(start + 1, end)}
        yield Spot(0, _past(text, 0))
        for index in opportunities(text, self.paragraph.style["lang"]):
            end = _back(text, index)
            is_forced = "\n" in text[end:index]
            if is_forced or index not in never:
                soft = self._hyphen(index - 1) if text[index - 1] == "\u00ad" else 0
                penalty = BOUND if index in bound else HYPHEN if soft else 0.0
                yield Spot(end, _past(text, index), penalty, soft, is_forced)
        yield Spot(_back(text, len(text)), len(text))

    def parted(self) -> list[Spot]:
        """Return also where words may be parted."""
        parts = (part for run in self.paragraph.runs if run.box.style["hyphens"] == "auto" for part in self._parts(run))
        return sorted([*self.whole, *parts], key=lambda spot: (spot.start, spot.end))

    def _parts(self, run: Run) -> Iterator[Spot]:
        total, left, right = run.box.style["hyphenate_limit_chars"]
        lang = run.box.style["lang"] and pyphen.language_fallback(run.box.style["lang"])
        if not lang:
            return
        dictionary = _dictionary(lang, left, right)
        for word in _WORDS.finditer(run.box.text):
            for position in dictionary.positions(word[0]) if len(word[0]) >= total else ():
                index = run.start + word.start() + int(position)
                yield Spot(index, index, HYPHEN, self._hyphen(index - 1))

    def _hyphen(self, index: int) -> int:
        """Return the width of the hyphen in the font of a character."""
        style = self.paragraph.run_at(index).box.style
        return int(_known(style, "hyphen", lambda: measured(style["hyphenate_character"], style).before[-1]))

    def places(self, spots: Sequence[Spot]) -> list[Place]:
        """Return what the breaking of lines wants to know of places, in the order of the text."""
        points = sorted({point for spot in spots for point in (spot.end, spot.start)})
        sums = dict(zip(points, self._sums(points), strict=True))
        return [
            Place(
                sums[spot.end]._replace(width=sums[spot.end].width + spot.hyphen) if spot.hyphen else sums[spot.end],
                sums[spot.start],
                spot.penalty,
                spot.hyphen > 0,
            )
            for spot in spots
        ]

    def _sums(self, points: Sequence[int]) -> Iterator[Sum]:
        endless = len(self.text) + 1
        gaps, words = iter([*self.spaces, (endless, 0, 0)]), iter([*(last for _, last in self.words), endless])
        (space, more, less), word = next(gaps), next(words)
        stretch = shrink = spaces = count = 0
        for point in points:
            while space < point:
                stretch, shrink, spaces = stretch + more, shrink + less, spaces + 1
                space, more, less = next(gaps)
            while word < point:
                count, word = count + 1, next(words)
            flexible = EXPANSION * self.before[point]
            yield Sum(self.before[point], stretch + flexible, shrink + flexible, spaces, count)

    def kashida(self, start: int, end: int) -> int | None:
        """Return the letter of a line behind which a kashida stands best: at the end of the line rather than before."""
        found = [word for word in self.words if start <= word[0] and word[1] < end]
        rated = [(kashida.place(self.text[first : last + 1]), first, last) for first, last in found]
        for place, first, last in sorted(rated, key=lambda one: (one[0] and one[0][1], one[1]), reverse=True):
            run = self.paragraph.run_at(first)
            if place and run.end > last and is_one_glyph_each(self.text[first : last + 1], run.box.style):
                return first + place[0]
        return None


def _back(text: str, index: int) -> int:
    while index and text[index - 1] in " \n":
        index -= 1
    return index


def _past(text: str, index: int) -> int:
    while index < len(text) and text[index] == " ":
        index += 1
    return index


def _spaces(paragraph: Paragraph, before: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield every space with how much it may grow and shrink."""
    for run in paragraph.runs:
        size = units(run.box.style["font_size"])
        for found in _SPACE.finditer(run.box.text):
            index = run.start + found.start()
            width = before[index + 1] - before[index]
            yield index, max(int(WIDEST * size) - width, 1), max(width - int(NARROWEST * size), 0)


def _long_words(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Yield the first and last letters of the words that can be drawn longer."""
    for run in paragraph.runs:
        if _known(run.box.style, "kashida", lambda style=run.box.style: has_kashida(style)):
            for word in _LETTERS.finditer(run.box.text):
                if kashida.place(word[0]):
                    yield run.start + word.start(), run.start + word.end() - 1


_SPACE = re.compile("[ \u00a0]")
_LETTERS = re.compile(r"[^\s\u00a0«»()\[\]،؛؟.:!…\u2066-\u2069\u200b\u200c-]{4,}")


def _known(style: Any, name: str, find: Callable[[], int]) -> int:
    """Return what is known of the font of a style, found once."""
    cache = style.cache.setdefault(f"lines-{name}", {})
    key = (style["font_size"], style["font_weight"], str(style["font_family"]))
    if key not in cache:
        cache[key] = find()
    return int(cache[key])


@lru_cache(maxsize=64)
def _dictionary(lang: str, left: int, right: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=lang, left=left, right=right)


# --- lines ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """From one character to another, and where the next line begins; how it fills its measure.

    Every space is wider by `space` and every character by `tracking`, then all of the line by `scale`; a kashida has the letter before it,
    and its length in ems.
    """

    start: int
    end: int
    next: int
    hyphen: int = 0
    space: int = 0
    scale: float = 1.0
    tracking: int = 0
    kashida: tuple[int, float] | None = None
    is_forced: bool = False


def lines(paragraph: Paragraph, width: float, form: Form) -> list[Line] | None:
    """Return the lines of a paragraph in a measure of so many pixels; None where a word is wider than it."""
    is_stretched = form is Form.JUSTIFIED and paragraph.style["direction"] == "rtl"
    spots = Spots(paragraph, is_stretched=is_stretched)
    size = units(paragraph.style["font_size"])
    measure = Measure(units(width), form, LONGEST_KASHIDA * size if spots.words else 0.0)
    found: list[Line] = []
    first = spots.whole[0]
    for end in (*(spot for spot in spots.whole if spot.is_forced), spots.whole[-1]):
        if (chosen := _chosen(spots, first, end, measure)) is None:
            return None
        setting = _Setting(spots, measure, size, is_stretched=is_stretched)
        found += [setting.line(*pair, is_last=pair[1][0] is end) for pair in pairwise(chosen)]
        first = end
    return found


_Chosen = tuple[Spot, Place]


def _chosen(spots: Spots, first: Spot, end: Spot, measure: Measure) -> list[_Chosen] | None:
    """Return where the lines between two forced ends begin and end, and what comes before these places."""
    known: list[Spot] | None = None
    for among, most in _attempts(spots, measure):
        if among is not known:
            inner = (spot for spot in among if first.start < spot.start and spot.end < end.end and not spot.is_forced)
            known, part = among, [first, *inner, end]
            places = spots.places(part)
        if (found := breaking.breaks(places, measure, most)) is not None:
            return [(part[index], places[index]) for index in (0, *found)]
    return None


def _attempts(spots: Spots, measure: Measure) -> Iterator[tuple[list[Spot], float]]:
    """Yield where lines may end, and how much of what they may grow: dearer ways come later."""
    if measure.form is Form.JUSTIFIED:
        yield spots.whole, 1.0
        yield spots.whole, TRACKED
        parted = spots.parted()
        yield parted, 1.0
        yield parted, TRACKED
        yield parted, breaking.INFINITE
    yield spots.whole, breaking.INFINITE


@dataclass(frozen=True, slots=True)
class _Setting:
    spots: Spots
    measure: Measure
    size: int
    is_stretched: bool

    def line(self, one: _Chosen, other: _Chosen, *, is_last: bool) -> Line:
        (first, before), (last, after) = one, other
        made = Line(first.start, last.end, last.start, last.hyphen, is_forced=last.is_forced)
        there = Sum(*(b - a for a, b in zip(before.start, after.end, strict=True)))
        spare = self.measure.width - there.width
        if self.measure.form is not Form.JUSTIFIED or not there.spaces or (is_last and spare > 0):
            return made
        if spare < 0:
            return self._filled(made, there, spare / max(there.shrink, 1))
        if self.is_stretched:
            made = self._stretched(made, spare, there.stretch)
            there = there._replace(width=there.width + (made.kashida[1] * self.size if made.kashida else 0))
        return self._filled(made, there, (self.measure.width - there.width) / there.stretch)

    def _filled(self, line: Line, there: Sum, ratio: float) -> Line:
        """Return a line whose letters and spaces grow together, by so much of what they may."""
        scale = 1 + EXPANSION * min(max(ratio, -1), 1)
        space = (self.measure.width / scale - there.width) / there.spaces
        if self.is_stretched:
            space = min(space, LOOSEST * there.stretch / there.spaces)
        elif ratio > 1:
            return self._tracked(line, there, scale, space)
        return replace(line, scale=scale, space=int(space))

    def _tracked(self, line: Line, there: Sum, scale: float, space: float) -> Line:
        """Return a line whose letters stand apart, by as much as its spaces cannot take."""
        letters = line.end - line.start
        enough = (there.stretch - EXPANSION * there.width) / there.spaces
        # A space that looks no wider has that between letters on both sides.
        tracking = min((space - enough) * there.spaces / max(letters - 2 * there.spaces, 1), TRACKING * self.size)
        space -= tracking * letters / there.spaces
        return replace(line, scale=scale, space=int(space), tracking=int(tracking))

    def _stretched(self, line: Line, spare: float, stretch: float) -> Line:
        length = (spare - COMFORTABLE * stretch) / self.size
        if length < SHORTEST_KASHIDA or (letter := self.spots.kashida(line.start, line.end)) is None:
            return line
        return replace(line, kashida=(letter, int(min(length, LONGEST_KASHIDA) / STEP) * STEP))


def pieces(paragraph: Paragraph, found: Sequence[Line]) -> Iterator[tuple[Any, dict[int, Piece]]]:
    """Yield the text boxes of a paragraph with their pieces, by the byte at which each begins."""
    runs = iter(paragraph.runs)
    run, made, last = next(runs), dict[int, Piece](), found[-1]
    for line in found:
        while True:
            start = max(run.start, line.start)
            key = len(run.box.text[: start - run.start].encode())
            made[key] = _piece(run, line, start, is_last=line is last)
            if line.next < run.end or (line.next == run.end and line is not last):
                break
            yield run.box, made
            if (run := next(runs, None)) is None:
                return
            made = {}
        if line.next == run.end:
            yield run.box, made
            run, made = next(runs), {}


def _piece(run: Run, line: Line, start: int, *, is_last: bool) -> Piece:
    end = max(min(run.end, line.end), start)
    text = run.box.text[start - run.start : end - run.start]
    before = run.known.before
    width = before[end - run.start] - before[start - run.start]
    width += len(_SPACE.findall(text)) * line.space + len(text) * line.tracking
    resume = None
    if line.next <= run.end and not is_last:
        resume = len(run.box.text[: line.next - run.start].encode())
        if line.hyphen:
            text, width = text + run.box.style["hyphenate_character"], width + line.hyphen
    stretched = None
    if line.kashida and start <= line.kashida[0] < end:
        letter, length = line.kashida
        stretched = (len(run.box.text[start - run.start : letter - run.start].encode()), length)
        width += units(length * run.box.style["font_size"])
    width = round(width * line.scale)
    return Piece(
        text, resume, width, line.space, line.scale, line.tracking, run.known, stretched, line.is_forced
    )
