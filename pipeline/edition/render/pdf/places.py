"""Where the lines of a paragraph may end, and what comes before each of these places."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from pyphen import language_fallback  # type: ignore[import-untyped]

from pipeline.edition.render.pdf import kashida, numbers
from pipeline.edition.render.pdf.breaking import Breakpoint, Extent
from pipeline.edition.render.pdf.hyphenation import Hyphenation
from pipeline.edition.render.pdf.linewords import UNKNOWN, LineWords, LineWordsOf
from pipeline.edition.render.pdf.measuring import beginnings, has_kashida, is_one_glyph, measured, opportunities, units
from pipeline.edition.render.pdf.paragraphs import InlineText, TextRun
from pipeline.edition.render.pdf.phrases import DASHES, tie
from pipeline.edition.render.pdf.titles import TIED

NARROWEST, WIDEST = 0.2, 0.435
"""Ems of a word space in a good line."""

EXPANSION = 0.03
"""The part by which the letters of a line may be wider or narrower than they are, which nobody sees: H. Zapf and
P. Karow's hz-program and Hàn Thế Thành's pdfTeX have from 2 to 3 per cent."""

HYPHEN = 1000.0

BOUND = 160.0
"""Penalties of a hyphen, and of a line end in ragged text between a number and its noun, or in a name; 100 is a line
as loose as may be. No hyphen makes other lines better, but the one that needs it."""

IN_ADDRESS = 200.0
"""The penalty of a line end inside an address."""

BESIDE_POINT = 160.0
"""The penalty of a line end in a title that has a colon elsewhere."""

_NEVER = re.compile(
    r" (?:(?<=[«‹(\[] )|(?=[»›)\]:;!?،؛؟])|(?:(?<=\d )|(?<=\d\u2069 ))(?=[%‰٪°$€£¥₺₽₹])|(?<=[$€£¥₺±] )(?=\d))"
)
"""Where French has a space, and no line may end; nor between a number, which may be set apart, and its sign."""

_STUB = re.compile(r"(?<![^\W\d_])[A-Za-z]-(?=[^\W\d_])|(?<![^\W_])-(?=\w)")
_LATIN_HYPHEN = re.compile(r"[A-Za-z]-(?=[A-Za-z])|(?<![^\W_])-(?=\w)")
"""Hyphens that end no line: behind one letter, before what they belong to («--all»), and in Latin words of Persian
text, where Pango turns them around."""

_WORD, _ADDRESS = re.compile(r"\S+"), re.compile(r"[^\s\u200b]\u200b|://|www\.|\w@\w")
"""What has places to break it, or is an address: no word of it is parted, and no hyphen of it ends a line."""

_IN_ADDRESSES = ("\u200b", "://", "www.", "@")
"""One of these is in each of them: most texts have none, and are not searched."""

_EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
"""Signs of direction at each of which WeasyPrint lets a line begin."""

_POINT = re.compile(r"[:;؛] ?$")

_WORDS = re.compile(r"[^\W\d_]{2,}")
_HYPHENS = "-\u00ad\u2010\u2011"
_SENTENCE_START = re.compile(r"(?:^|[.!?…‽](?<![A-Z].)(?<![A-Z]\w.)(?<![A-Z]\w\w.))[»”’\"')\]]*\s*[«“‘\"'(\[¿¡]*$")
"""What stands before the first word of a sentence, and not behind an initial or a title («Dr. Karimi»)."""


_NO_WORDS: LineWordsOf = {}


class Spot(NamedTuple):
    """Where a line may end: `end` and `start` are characters, with the spaces between that a line end swallows."""

    end: int
    start: int
    penalty: float = 0.0
    hyphen: int = 0
    """The width of one that stands there when a line ends."""
    is_forced: bool = False
    is_dear: bool = False
    """Whether a line ends here only where nothing else fits."""
    is_inside: bool = False
    """Whether it is inside a word."""


_END, _START = itemgetter(0), itemgetter(1)

_Known = tuple[list[Spot], list[Breakpoint]]
"""Places, in the order of the text, and what comes before each."""


class Spots:
    """The places of a paragraph where its lines may end, and what comes before them."""

    def __init__(
        self, paragraph: InlineText, linewords: LineWordsOf = _NO_WORDS, *, is_stretched: bool, is_title: bool = False
    ) -> None:
        self.paragraph, self.text, self.linewords = paragraph, paragraph.text, linewords
        may_have = any(sign in self.text for sign in _IN_ADDRESSES)
        self.addresses = [word.span() for word in _WORD.finditer(self.text) if may_have and _ADDRESS.search(word[0])]
        self.before = paragraph.before()
        self.words = list(_long_words(paragraph)) if is_stretched else []
        self.spaces = list(_spaces(paragraph, self.before))
        self._stretchable: dict[int, bool] = {}
        self._all: dict[tuple[bool, bool], _Known] = {}
        self.whole = list(self._between_words())
        if is_title:
            words = linewords.get(paragraph.style["lang"], UNKNOWN)
            self.whole = list(_phrased(self.text, self.whole, words))

    def _between_words(self) -> Iterator[Spot]:
        text, words = self.text, self.linewords.get(self.paragraph.style["lang"], UNKNOWN)
        bound = numbers.bound(text, words)
        never = {found.end() for found in _NEVER.finditer(self.text)}
        hyphens = _LATIN_HYPHEN if self.paragraph.style["direction"] == "rtl" else _STUB
        if "-" in text:
            never |= {found.end() for found in hyphens.finditer(text)}
        never |= {index for start, end in self.paragraph.bound for index in range(start + 1, end)}
        never |= {index for span in self.addresses for index in range(*span) if text[index - 1] == "-"}
        yield Spot(0, _past(text, 0))
        for index in self._beginnings():
            end, start, sign = _back(text, index), _past(text, index), text[index - 1]
            is_forced = "\n" in text[end:index]
            if index in never and not is_forced:
                continue
            is_bound = not is_forced and start in bound
            if sign == " ":
                yield _spot((end, start, BOUND if is_bound else 0.0, 0, is_forced, is_bound, False))
            else:
                soft = self._hyphen(index - 1) if sign == "\u00ad" else 0
                inside = IN_ADDRESS if sign == "\u200b" and text[index - 2 : index - 1] != " " else 0.0
                is_inside = sign in _HYPHENS and text[index - 2 : index - 1].isalpha()
                is_name = is_inside and text[index].isupper() and not words.has_capital_nouns
                is_dear = is_bound or is_name or _is_behind_figure(text, index)
                penalty = HYPHEN if soft else BOUND if is_dear else inside
                yield _spot((end, start, penalty, soft, is_forced, is_dear, is_inside))
        yield Spot(_back(text, len(text)), len(text))

    def _beginnings(self) -> list[int]:
        """Return where lines may begin, as it was found when the text was measured, if all of it was so together."""
        (first, *others), text = self.paragraph.runs, self.text
        if others or len(first.known.breaks) != len(text) + 1 or any(sign in text for sign in _EMBEDDINGS):
            return opportunities(text, self.paragraph.style["lang"])
        return beginnings(first.known.breaks)

    @cached_property
    def parted(self) -> list[Spot]:
        """Where a line may end when words may be parted too."""
        parts = (part for run in self.paragraph.runs if run.box.style["hyphens"] == "auto" for part in self._parts(run))
        return sorted([*self.whole, *parts], key=lambda spot: (spot.start, spot.end))

    def _parts(self, run: TextRun) -> Iterator[Spot]:
        total, left, right = run.box.style["hyphenate_limit_chars"]
        lang = run.box.style["lang"] and language_fallback(run.box.style["lang"])
        if not lang:
            return
        words = self.linewords.get(run.box.style["lang"], UNKNOWN)
        hyphenation = _hyphenation(lang, left, right, words.endings)
        for word in _WORDS.finditer(run.box.text):
            if len(word[0]) < total or not (positions := hyphenation.positions(word[0])):
                continue
            start = run.start + word.start()
            is_dear = self._is_compound(start, len(word[0])) or (not words.has_capital_nouns and self._is_name(start))
            for position in positions:
                index = start + position
                if not self._is_of_address(index):
                    yield Spot(index, index, HYPHEN, self._hyphen(index - 1), is_dear=is_dear, is_inside=True)

    def _is_name(self, start: int) -> bool:
        """Whether a word has a capital that no sentence gives it."""
        return self.text[start].isupper() and not _SENTENCE_START.search(self.text[max(start - 12, 0) : start])

    def _is_compound(self, start: int, length: int) -> bool:
        """Whether a word is a part of one that has hyphens, and is parted there."""
        end = start + length
        sides = (self.text[max(start - 2, 0) : start][::-1], self.text[end : end + 2])
        return any(side[:1] in _HYPHENS and side[1:].isalnum() for side in sides if side)

    def _is_of_address(self, index: int) -> bool:
        return any(start < index < end for start, end in self.addresses)

    def _hyphen(self, index: int) -> int:
        """Return the width of the hyphen in the font of a character."""
        style = self.paragraph.run_at(index).box.style
        return int(_of_font(style, "hyphen", lambda: measured(style["hyphenate_character"], style).before[-1]))

    def between(
        self, first: Spot, end: Spot, *, is_parted: bool, has_dear: bool = True
    ) -> tuple[list[Spot], list[Breakpoint]]:
        """Return where lines may end between two forced ends, with both of them, and what comes before."""
        spots, places = self._known(is_parted=is_parted, has_dear=has_dear)
        start, behind = bisect_left(spots, first.start, key=_START), bisect_right(spots, first.start, key=_START)
        before = bisect_left(spots, end.end, key=_END)
        start, stop, inside = spots.index(first, start), spots.index(end, before), slice(behind, before)
        return [first, *spots[inside], end], [places[start], *places[inside], places[stop]]

    def _known(self, *, is_parted: bool, has_dear: bool) -> _Known:
        if (found := self._all.get((is_parted, has_dear))) is None:
            spots = self.parted if is_parted else self.whole
            if not has_dear:
                spots = [spot for spot in spots if not spot.is_dear]
            found = self._all[is_parted, has_dear] = spots, self.places(spots)
        return found

    def places(self, spots: Sequence[Spot]) -> list[Breakpoint]:
        """Return what the breaking of lines wants to know of places, in the order of the text."""
        sums = self._sums(sorted({spot.end for spot in spots} | {spot.start for spot in spots}))
        last = spots[-1].end
        return [
            _breakpoint(
                (
                    _behind(sums[end], hyphen) if hyphen else sums[end],
                    sums[start],
                    penalty,
                    is_inside,
                    _signs_before(self.text, end) if is_forced or end == last else 0,
                )
            )
            for end, start, penalty, hyphen, is_forced, _, is_inside in spots
        ]

    def _sums(self, points: Sequence[int]) -> dict[int, Extent]:
        found, before, endless = {}, self.before, len(self.text) + 1
        gaps, words = iter([*self.spaces, (endless, 0, 0)]), iter([*(last for _, last in self.words), endless])
        (space, more, less), word = next(gaps), next(words)
        stretch = shrink = spaces = count = 0
        for point in points:
            while space < point:
                stretch, shrink, spaces = stretch + more, shrink + less, spaces + 1
                space, more, less = next(gaps)
            while word < point:
                count, word = count + 1, next(words)
            width = before[point]
            flexible = EXPANSION * width
            found[point] = _extent((width, stretch + flexible, shrink + flexible, spaces, count))
        return found

    def kashidas(self, start: int, end: int, count: int, is_below: Callable[[int], bool]) -> list[int]:
        """Return the letters of a line behind which kashidas stand best, up to so many: each in a word of its own.

        They stand below none of the line above, and not in the last word, where they are seen most, unless there is no
        other place; then where the hand would put them, and in longer words.
        """
        rated, last_word = [], self.text.rfind(" ", start, _back(self.text, end))
        words = self.words[bisect_left(self.words, (start,)) : bisect_left(self.words, end, key=itemgetter(1))]
        for first, last in words:
            if place := kashida.place(self.text[first : last + 1]):
                letter, worth = first + place[0], place[1]
                rated.append((is_below(letter), last > last_word, -worth, first - last, first, last, letter))
        found: list[int] = []
        for is_under, *_, first, last, letter in sorted(rated):
            if len(found) < (1 if is_under else count) and self._is_stretchable(first, last, letter - first):
                found.append(letter)
        return found

    def _is_stretchable(self, first: int, last: int, letter: int) -> bool:
        """Whether a word can be drawn longer behind a letter, found once: lines are tried in many ways."""
        if first not in self._stretchable:
            run = self.paragraph.run_at(first)
            places = (place - run.start for place in (first, last, first + letter))
            self._stretchable[first] = run.end > last and is_one_glyph(run.known.runs, *places)
        return self._stretchable[first]


_extent, _breakpoint, _spot = (
    partial(tuple.__new__, Extent),
    partial(tuple.__new__, Breakpoint),
    partial(tuple.__new__, Spot),
)
"""Many are made, and what makes named tuples otherwise is a function of Python."""


def _is_behind_figure(text: str, index: int) -> bool:
    """Whether a place is behind the dash or hyphen of a span of numbers, or of a number and its noun: «20-litre»."""
    return text[index - 1] in f"{_HYPHENS}{DASHES}" and text[index - 2 : index - 1].isdigit()


def _signs_before(text: str, end: int) -> int:
    """Return how many signs that are no words stand apart before a place: «است .» has one."""
    count = 0
    for word in _WORD_BACK.finditer(text[max(end - FARTHEST, 0) : end][::-1]):
        if any(sign.isalnum() for sign in word[0]):
            break
        count += 1
    return count


FARTHEST = 40
"""Characters at the end of a paragraph of which signs are told from words."""

_WORD_BACK = re.compile(r"[^ \u00a0]+")


def _behind(there: Extent, hyphen: int) -> Extent:
    return there._replace(width=there.width + hyphen)


def _phrased(text: str, spots: Sequence[Spot], words: LineWords) -> Iterator[Spot]:
    """Yield the places of a title with what it costs to divide it there: behind a colon, if any, where phrases end."""
    points = [bool(_POINT.search(text[max(spot.end - 2, 0) : spot.end])) for spot in spots]
    has_point = any(points[1:-1])
    yield spots[0]
    for spot, is_point in zip(spots[1:-1], points[1:-1], strict=True):
        penalty = TIED[tie(text, spot.end, spot.start, words)] + (BESIDE_POINT if has_point and not is_point else 0.0)
        yield spot._replace(penalty=spot.penalty + penalty)
    yield spots[-1]


def _back(text: str, index: int) -> int:
    while index and text[index - 1] in " \n":
        index -= 1
    return index


def _past(text: str, index: int) -> int:
    while index < len(text) and text[index] == " ":
        index += 1
    return index


def _spaces(paragraph: InlineText, before: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield every space with how much it may grow and shrink."""
    for run in paragraph.runs:
        size = units(run.box.style["font_size"])
        widest, narrowest = int(WIDEST * size), int(NARROWEST * size)
        known = dict[int, tuple[int, int]]()
        for found in SPACE.finditer(run.box.text):
            index = run.start + found.start()
            width = before[index + 1] - before[index]
            if width not in known:
                known[width] = max(widest - width, 1), max(width - narrowest, 0)
            yield index, *known[width]


def _long_words(paragraph: InlineText) -> Iterator[tuple[int, int]]:
    """Yield the first and last letters of the words that can be drawn longer."""
    for run in paragraph.runs:
        if _of_font(run.box.style, "kashida", partial(has_kashida, run.box.style)):
            for word in _LETTERS.finditer(run.box.text):
                if kashida.place(word[0]):
                    yield run.start + word.start(), run.start + word.end() - 1


SPACE = re.compile("[ \u00a0]")
_LETTERS = re.compile(r"[^\s\u00a0«»()\[\]،؛؟.:!…\u2066-\u2069\u200b\u200c-]{4,}")


def _of_font(style: Any, name: str, find: Callable[[], int]) -> int:
    """Return what is known of the font of a style, found once."""
    cache = style.cache.setdefault(f"lines-{name}", {})
    key = (style["font_size"], style["font_weight"], style["font_style"], str(style["font_family"]))
    if key not in cache:
        cache[key] = find()
    return int(cache[key])


@lru_cache(maxsize=64)
def _hyphenation(lang: str, left: int, right: int, endings: tuple[str, ...]) -> Hyphenation:
    return Hyphenation(lang, left, right, endings)
