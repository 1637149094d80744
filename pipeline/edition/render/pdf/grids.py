"""Grids as they are printed: tables, verse and signatures, whose rows meet across languages.

All languages share one table of the page, each row of which holds a row in every language: a page may
end between rows, and the head is repeated on the next. Where a table is too wide to stand beside its
translation, each language has a table over the whole width; where its words do not fit there either, its type is
smaller, as long as it can be read, and then its columns are divided among several tables, which all begin with the
first. No word and no number is parted for want of room.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import ceil
from unicodedata import combining
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import house
from pipeline.edition.circumstances import in_language
from pipeline.edition.design import FACING, LEAST, geometry
from pipeline.edition.render.pdf import cells
from pipeline.edition.render.pdf.columns import LATIN, PERSIAN, Page
from pipeline.edition.render.pdf.composition import marked
from pipeline.languages import Language
from pipeline.model import Kind, Passage, Row
from pipeline.text import grid

SHORTEST_CELL, LONGEST_CELL = 6, 120
"""Characters of a cell by which the width of its column is found."""

CHARACTER, PADDING = 5.2, 9.0
"""Points that a letter takes, and a cell beside its text."""

BETWEEN_COLUMNS = 18.0
"""Points more that columns are apart in a table that stands alone and does not need the width of the page."""

BESIDE_FIGURES = 5.0
"""Points more that a number stands away from the column on its right, in style.css."""

BOLDER = 1.08
"""How much wider the bold words of a head are."""

NARROW = 0.8
"""The part of the width up to which a table is set as narrow as it is."""

WHOLE, WHOLE_HEIGHT = 8, 1 / 4
"""Rows of a grid that stay together on a page, and the part of its height that they may take."""

Line = Sequence[Passage | None]
"""A row of a grid; a cell without text is None."""


def tables(page: Page, row: Row, number: int) -> Iterator[Element]:
    """Yield the tables of the page for a grid: one, or one for each language where it is too wide for that."""
    lines = [tuple(line) for line in grid.rows((passage, passage.tail) for passage in row.passages)]
    made = _Grid(page, row, number, lines)
    places = range(len(page.columns))
    is_stacked = page.abreast < len(places) and page.layout is not FACING
    if is_stacked or (row.block.kind is Kind.TABLE and page.layout is not FACING and not all(map(made.fits, places))):
        for place in places:
            yield from made.parts([place])
    else:
        # The first column stands on the right, the others follow from the left.
        yield from made.parts([*places[1:], *places[:1]])


@dataclass(frozen=True, slots=True)
class _GridColumns:
    """Columns of a grid that stand in one table: in which languages, from the left to the right, and how small."""

    places: Sequence[int]
    columns: Sequence[int]
    number: int = 0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class _GridSide:
    """A language in a table of the page, all of whose rows are set alike."""

    place: int
    language: Language
    widths: Sequence[float]
    """The part of its width, in per cent, of each column of the table."""
    figures: Mapping[int, float]
    """The ems behind the units of each column of numbers."""
    is_stacked: bool


@dataclass(frozen=True, slots=True)
class _Grid:
    page: Page
    row: Row
    number: int
    lines: Sequence[Line]

    @property
    def kind(self) -> Kind:
        return self.row.block.kind

    def fits(self, place: int) -> bool:
        """Whether there is room for the longest word of every cell, beside the other languages."""
        return sum(self._words(place)) + self._count() * PADDING <= self.page.widths[place]

    def parts(self, places: Sequence[int]) -> Iterator[Element]:
        """Yield the tables of the page that hold the grid in some of its languages: one, if it fits into one."""
        columns, room = range(self._count()), min(self._room(place, places) for place in places)
        words = [max(needs) for needs in zip(*map(self._words, places), strict=True)]
        scale = _scale(words, room)
        if self.kind is not Kind.TABLE or scale == 1:
            yield self._table(_GridColumns(places, columns))
        elif scale >= self._least(places):
            yield self._table(_GridColumns(places, columns, scale=scale))
        else:
            least = self._least(places)
            parts = _divided([min(least * word + PADDING, room / 2) for word in words], room)
            scale = max(least, min(_scale([words[column] for column in part], room) for part in parts))
            for number, some in enumerate(parts):
                yield self._table(_GridColumns(places, some, number, scale))

    def _count(self) -> int:
        return max(map(len, self.lines), default=1)

    def _least(self, places: Sequence[int]) -> float:
        """Return how small the type of a table may be, beside that of the text."""
        points = LEAST[self.page.design.print] / geometry(self.page.design, len(self.page.columns)).zoom
        return min(1.0, max(points / _SIZE[self.page.columns[place].direction][0] for place in places))

    def _words(self, place: int) -> list[float]:
        """Return the points that the longest word of each column needs."""
        found = self._longest(place, lambda text: max(map(_width, text.split()), default=0), BOLDER)
        language = self.page.columns[place]
        for number in self._figures(language):
            found[number] = max(found[number], self._figures_width(number, language)) + BESIDE_FIGURES
        return found

    def _room(self, place: int, places: Sequence[int]) -> float:
        """Return the points of width that a language has, where it stands beside the others or with a few alone."""
        return self.page.widths[place] if len(places) == len(self.page.columns) else self.page.width

    def _is_stacked(self, place: int) -> bool:
        """Whether the second half of a line of verse stands below the first, as there is no room beside it."""
        longest = self._longest(place, _letters)
        return self.kind is Kind.VERSE and max(longest) * CHARACTER > self.page.widths[place] / len(longest)

    def _table(self, part: _GridColumns) -> Element:
        """Return a table of the page with some of the grid."""
        sides, names = [self._side(place, part) for place in part.places], ["rows", self.kind.value]
        names += ["full"] if len(sides) < len(self.page.columns) else []
        names += ["whole"] if self._is_whole(part, sides) else []
        names += ["loose"] if any(side.is_stacked for side in sides) else []
        table = Element("table", {"class": " ".join(names), **self._narrow(part)})
        heads = self.row.block.header_rows
        for tag, lines in (("thead", self.lines[:heads]), ("tbody", self.lines[heads:])):
            group = SubElement(table, tag) if lines else table
            for index, line in enumerate(lines, heads if tag == "tbody" else 0):
                row = SubElement(group, "tr", {"class": f"line {self.kind}"})
                for side in sides:
                    if side is not sides[0]:
                        SubElement(row, "td", {"class": "between"})
                    self._add_line(row, line, index, side, part)
                cells.make_room_for_states(row)
        return table

    def _side(self, place: int, part: _GridColumns) -> _GridSide:
        language = self.page.columns[place]
        behind = {number: self._behind_units(number, language) for number in self._figures(language)}
        return _GridSide(place, language, self._widths(place, part), behind, self._is_stacked(place))

    def _is_whole(self, part: _GridColumns, sides: Sequence[_GridSide]) -> bool:
        """Whether no page ends inside a table: one that is short, about."""
        if len(self.lines) > WHOLE:
            return False
        heights = (max(self._line_height(line, side, part) for side in sides) for line in self.lines)
        return sum(heights) <= WHOLE_HEIGHT * self.page.height

    def _line_height(self, line: Line, side: _GridSide, part: _GridColumns) -> float:
        language, room = side.language, self._extent(side.place, part)
        texts = [part.scale * _width(in_language(language, passage)) if passage else 0 for passage in line]
        cells = zip((texts[column] for column in part.columns if column < len(texts)), side.widths, strict=False)
        lines = max((ceil(text / max(width * room / 100 - PADDING, 1)) for text, width in cells), default=1)
        return lines * _SIZE[language.direction][1] + PADDING / 2

    def _add_line(self, row: Element, line: Line, index: int, side: _GridSide, part: _GridColumns) -> None:
        """Add a row of the grid as it is in one language, as a table in a cell of the page's."""
        language = side.language
        # What is divided is several tables for a listener too, who hears the first column of each.
        key = f"{self.number}-{part.number}.{index}" if part.number else f"{self.number}.{index}"
        role = "source" if language is self.page.source else "target"
        cell = SubElement(row, "td", {"class": f"cell column-{side.place} {role}", **cells.language_of(language)})
        passages = [passage for passage in line if passage]
        if role == "target":
            self._add_state(cell, passages, language, index)
        shape = "grid stacked" if side.is_stacked else "grid"
        inner = SubElement(cell, "table", {"class": shape, **_small(language, part)})
        for number, width in zip(part.columns, side.widths, strict=True):
            if side.is_stacked or number == part.columns[0]:
                inner_row = SubElement(inner, "tr")
            is_head = index < self.row.block.header_rows
            style = {} if side.is_stacked else {"style": f"width: {width:.2f}%"}
            box = SubElement(inner_row, "th" if is_head else "td", style)
            passage = line[number] if number < len(line) else None
            if number in side.figures:
                box.set("class", "figure")
            away = 0.0 if is_head else side.figures.get(number, 0.0) - self._tail(passage, language)
            self._add_cell(box, passage, f"{key}.{number}", language, away)
        if not part.number:
            cells.add_notes(cell, passages, language, key)

    def _add_state(self, cell: Element, line: Sequence[Passage], language: Language, index: int) -> None:
        """Say once of a grid what is not reviewed of it; each of its rows has a bar."""
        if not index:
            cells.add_state(
                cell, [passage for line in self.lines for passage in line if passage], language, f"{self.number}.0"
            )
        elif cells.add_state(cell, line, language, f"{self.number}.{index}"):
            cell.remove(cell[0])

    def _add_cell(self, box: Element, passage: Passage | None, key: str, language: Language, away: float) -> None:
        """Add what a cell says, so many ems away from its right edge."""
        if self.kind is Kind.TABLE:
            box.set("data-block", key)
        else:
            # Both halves of a line of verse are one paragraph.
            box = cells.add_line(box, "p", key.rpartition(".")[0] if self.kind is Kind.VERSE else key)
        unit = passage.units.get(language.code) if passage else None
        if away > 0 and passage:
            box = SubElement(box, "span", {"style": f"padding-right: {away:.3f}em"})
        if passage and unit and not unit.target:
            source = self.page.source
            box.attrib |= {"class": f"{box.get('class', '')} untranslated".strip(), **cells.language_of(source)}
            marked(box, passage.source, source, passage.signs, passage.around)
        elif passage:
            cells.add_passage(self.page, box, passage, language)

    def _figures(self, language: Language) -> set[int]:
        """Return the columns of a table that hold numbers alone below their heads."""
        body = self.lines[self.row.block.header_rows :] if self.kind is Kind.TABLE else ()
        texts = [[in_language(language, passage) if passage else "" for passage in line] for line in body]
        columns = ([text[number] for text in texts if text[number:]] for number in range(self._count()))
        return {number for number, column in enumerate(columns) if any(column) and all(map(_is_figure, column))}

    def _figures_width(self, number: int, language: Language) -> float:
        """Return the points that a column of numbers needs whose units stand below each other."""
        size, behind = _SIZE[language.direction][0], self._behind_units(number, language)
        body = [line[number] for line in self.lines[self.row.block.header_rows :] if line[number:]]
        return max(
            _width(in_language(language, passage)) + size * (behind - self._tail(passage, language))
            for passage in body
            if passage
        )

    def _behind_units(self, number: int, language: Language) -> float:
        """Return the ems that the longest decimals of a column of numbers need."""
        body = self.lines[self.row.block.header_rows :]
        return max((self._tail(line[number], language) for line in body if line[number:]), default=0.0)

    def _tail(self, passage: Passage | None, language: Language) -> float:
        """Return the ems that a number has behind its units: its decimals, and a sign of per cent."""
        text = (in_language(language, passage) or passage.source) if passage else ""
        text = house.styled(text, language, self.page.design.theme)
        marks = [sign for sign in text if sign in (language.numbers.decimal, "٫")]
        units = text[: text.index(marks[0])] if len(marks) == 1 else text.rstrip("%٪ \u00a0\u202f")
        digit = _WESTERN[language.direction]
        return sum(_BEHIND_UNITS.get(sign, digit) for sign in text[len(units) :])

    def _widths(self, place: int, part: _GridColumns) -> list[float]:
        """Return the part of the width, in per cent, of each column of a table: more where the texts are longer.

        No column is narrower than its longest word, where there is room for those of all, nor wider than its longest
        text while others have lines to save.
        """
        longest, needs = self._longest(place, len), self._words(place)
        shares = [min(max(longest[column], SHORTEST_CELL), LONGEST_CELL) ** 0.5 for column in part.columns]
        words = [part.scale * needs[column] + PADDING for column in part.columns]
        room = self._extent(place, part)
        spare = room - sum(words)
        if self.kind is not Kind.TABLE and spare <= 0:
            return [100 * share / sum(shares) for share in shares]
        if spare <= 0:
            return [100 * word / sum(words) for word in words]
        texts = self._texts(place, part)
        wanted = [text - word for text, word in zip(texts, words, strict=True)]
        given = _given(spare, shares, wanted)
        return [100 * (word + more) / room for word, more in zip(words, given, strict=True)]

    def _texts(self, place: int, part: _GridColumns) -> list[float]:
        """Return the points that each column needs for its longest text on one line."""
        texts = self._longest(place, _width, BOLDER)
        return [part.scale * texts[column] + PADDING for column in part.columns]

    def _extent(self, place: int, part: _GridColumns) -> float:
        """Return the points of width that a table has: no more than it needs, if it stands alone."""
        room = self._room(place, part.places)
        if self.kind is not Kind.TABLE or len(part.places) > 1:
            return room
        needed = sum(self._texts(place, part)) + BETWEEN_COLUMNS * len(part.columns)
        return needed if needed <= NARROW * room else room

    def _narrow(self, part: _GridColumns) -> dict[str, str]:
        """Return what makes a table that stands alone as narrow as it is; it begins where its language does."""
        place, *others = part.places
        share = self._extent(place, part) / self._room(place, part.places)
        if others or share == 1:
            return {}
        side = "left" if self.page.columns[place].direction == "rtl" else "right"
        return {"style": f"width: {100 * share:.2f}%; margin-{side}: auto"}

    def _longest(self, place: int, measure: Callable[[str], float], of_heads: float = 1) -> list[float]:
        """Return the longest cell of each column by some measure, that of heads so much larger."""
        language = self.page.columns[place]
        found = [0.0] * self._count()
        for index, line in enumerate(self.lines):
            wide = of_heads if index < self.row.block.header_rows else 1
            for number, passage in enumerate(line):
                found[number] = max(found[number], wide * measure(in_language(language, passage)))
        return found


_WESTERN = {"rtl": 0.5, "ltr": 0.56}
"""Ems of western digits in our fonts."""

_BEHIND_UNITS = {
    sign: ems
    for ems, signs in {
        0.16: "٬",
        0.25: ".,٫ \u00a0\u202f",
        0.31: "۰۱٠١",
        0.4: "٪",
        0.44: "۲۳۴۵۶۷۸۹٢٣٤٥٦٧٨٩",
        0.9: "%",
    }.items()
    for sign in signs
}
"""Ems of what else stands behind units: digits of Naskh are narrow."""

_SIZE = {"rtl": (PERSIAN, 18.0), "ltr": (LATIN, 13.5)}
"""Points of the text and of its lines, in style.css."""


def _width(text: str) -> float:
    """Return the points of a text on one line, or somewhat more."""
    return sum(map(_WIDTHS.get, text, repeat(CHARACTER)))


_WIDTHS: dict[str, float] = {
    letter: points
    for points, letters in {
        0.0: "\u200c",
        3.2: "ijl!-ıftIJ()[]İ.,:;' ",
        4.6: "srcşç–",
        5.6: "aegkovxyzFPSZ0123456789äöéèêğ۰۱۲۳۴۵۶۷۸۹",
        6.2: "bdhnpquüßñBCELRTXY",
        7.0: "AGKUVDNOQ&H",
        9.0: "wmM%…—",
        10.0: "W",
    }.items()
    for letter in letters
}
"""Points of characters that are wider than others, or narrower."""


def _letters(text: str) -> int:
    """Return the characters of a text that take room: marks on Arabic letters do not."""
    return sum(not combining(sign) for sign in text)


def _is_figure(text: str) -> bool:
    """Whether a cell holds a number, or nothing."""
    return all(sign.isdecimal() or sign in _IN_FIGURES for sign in text.strip("−–—+±-%٪ "))


_IN_FIGURES = frozenset(".,٫٬ \u00a0\u202f")


def _given(spare: float, shares: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Return how much of what is spare each column has, by its share; what one does not want goes to the others."""
    given = [0.0] * len(shares)
    while (open_ := [n for n, want in enumerate(wanted) if want > given[n] + 0.1]) and spare > 0.1:
        total = sum(shares[n] for n in open_)
        more = {n: min(spare * shares[n] / total, wanted[n] - given[n]) for n in open_}
        given = [one + more.get(n, 0.0) for n, one in enumerate(given)]
        spare -= sum(more.values())
    return [one + spare * share / sum(shares) for one, share in zip(given, shares, strict=True)]


def _scale(words: Sequence[float], room: float) -> float:
    """Return how small the type has to be for words beside each other, at most as large as that of the text."""
    return min(1.0, (room - PADDING * len(words)) / (sum(words) or 1))


def _small(language: Language, part: _GridColumns) -> dict[str, str]:
    size, leading = (part.scale * points for points in _SIZE[language.direction])
    return {"style": f"font-size: {size:.2f}pt; line-height: {leading:.2f}pt"} if part.scale < 1 else {}


def _divided(needs: Sequence[float], room: float) -> list[list[int]]:
    """Return the columns of each part of a table, given what they need of the room: about equally much of it.

    Each part begins with the first column, however wide: without it nobody would know whose numbers the others are.
    """
    count = len(_filled(needs, room))
    for limit in (room * share / 20 for share in range(8, 20)):
        if len(found := _filled(needs, limit)) == count:
            return found
    return _filled(needs, room)


def _filled(needs: Sequence[float], room: float) -> list[list[int]]:
    first, *others = needs
    parts, taken = [[0]], first
    for column, need in enumerate(others, 1):
        if taken + need > room and len(parts[-1]) > 1:
            parts.append([0])
            taken = first
        parts[-1].append(column)
        taken += need
    return parts
