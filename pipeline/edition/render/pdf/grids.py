"""Grids as they are printed: tables, verse and signatures, whose rows meet across languages.

All languages share one table of the page, each row of which holds a row in every language: a page may
end between rows, and the head is repeated on the next. Where a table is too wide to stand beside its
translation, each language has a table over the whole width.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.circumstances import in_language
from pipeline.edition.design import FACING, MILLIMETRE, geometry
from pipeline.edition.render.pdf import cells
from pipeline.edition.render.pdf.columns import Page
from pipeline.edition.render.pdf.composition import marked
from pipeline.languages import Language
from pipeline.model import Kind, Passage, Row
from pipeline.text import grid

SHORTEST_CELL, LONGEST_CELL = 6, 120
"""Characters of a cell by which the width of its column is found."""

CHARACTER, PADDING = 5.2, 6.0
"""Points that a character takes, and a cell beside its text."""

BOLDER = 1.2
"""How much wider the bold words of a head are."""

WHOLE = 8
"""Rows of a grid that stay together on a page."""

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
            yield made.table([place])
    else:
        # The first column stands on the right, the others follow from the left.
        yield made.table([*places[1:], *places[:1]])


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
        return sum(self._words(place)) <= self._room()

    def _words(self, place: int) -> list[float]:
        """Return the points that the longest word of each column needs."""
        longest = self._longest(place, lambda text: max(map(len, text.split()), default=0), BOLDER)
        return [CHARACTER * length + PADDING for length in longest]

    def _room(self) -> float:
        """Return the points of width that a language has, about."""
        sheet = geometry(self.page.design, len(self.page.columns))
        return (sheet.width - sheet.outer - sheet.inner) * MILLIMETRE / self.page.abreast

    def _is_stacked(self, place: int) -> bool:
        """Whether the second half of a line of verse stands below the first, as there is no room beside it."""
        longest = self._longest(place, len)
        return self.kind is Kind.VERSE and max(longest) * CHARACTER > self._room() / len(longest)

    def table(self, places: Sequence[int]) -> Element:
        """Return a table of the page with the grid in some of the columns, from the left to the right."""
        names = ["rows", self.kind.value]
        names += ["full"] if len(places) < len(self.page.columns) else []
        names += ["whole"] if len(self.lines) <= WHOLE else []
        table = Element("table", {"class": " ".join(names)})
        heads = self.row.block.header_rows
        widths = {place: self._widths(place) for place in places}
        for tag, lines in (("thead", self.lines[:heads]), ("tbody", self.lines[heads:])):
            group = SubElement(table, tag) if lines else table
            for index, line in enumerate(lines, heads if tag == "tbody" else 0):
                row = SubElement(group, "tr", {"class": f"line {self.kind}"})
                for place in places:
                    if place != places[0]:
                        SubElement(row, "td", {"class": "between"})
                    self._add_line(row, line, index, place, widths[place])
                cells.make_room_for_states(row)
        return table

    def _add_line(self, row: Element, line: Line, index: int, place: int, widths: Sequence[float]) -> None:
        """Add a row of the grid as it is in one language, as a table in a cell of the page's."""
        language, key = self.page.columns[place], f"{self.number}.{index}"
        side = "source" if language is self.page.source else "target"
        cell = SubElement(row, "td", {"class": f"cell column-{place} {side}", **cells.language_of(language)})
        passages = [passage for passage in line if passage]
        if side == "target":
            self._add_state(cell, passages, language, index)
        is_stacked = self._is_stacked(place)
        inner = SubElement(cell, "table", {"class": "grid stacked" if is_stacked else "grid"})
        for number, width in enumerate(widths):
            if is_stacked or not number:
                inner_row = SubElement(inner, "tr")
            tag = "th" if index < self.row.block.header_rows else "td"
            box = SubElement(inner_row, tag, {} if is_stacked else {"style": f"width: {width:.2f}%"})
            self._add_cell(box, line[number] if number < len(line) else None, f"{key}.{number}", language)
        cells.add_notes(cell, passages, language, key)

    def _add_state(self, cell: Element, line: Sequence[Passage], language: Language, index: int) -> None:
        """Say once of a grid what is not reviewed of it; each of its rows has a bar."""
        if not index:
            cells.add_state(
                cell, [passage for line in self.lines for passage in line if passage], language, f"{self.number}.0"
            )
        elif cells.add_state(cell, line, language, f"{self.number}.{index}"):
            cell.remove(cell[0])

    def _add_cell(self, box: Element, passage: Passage | None, key: str, language: Language) -> None:
        if self.kind is Kind.TABLE:
            box.set("data-block", key)
        else:
            # Both halves of a line of verse are one paragraph.
            box = cells.add_line(box, "p", key.rpartition(".")[0] if self.kind is Kind.VERSE else key)
        unit = passage.units.get(language.code) if passage else None
        if passage and unit and not unit.target:
            source = self.page.source
            box.attrib |= {"class": "untranslated", **cells.language_of(source)}
            marked(box, passage.source, source, passage.signs, passage.around)
        elif passage:
            cells.add_passage(self.page, box, passage, language)

    def _widths(self, place: int) -> list[float]:
        """Return the part of the width, in per cent, of each column of a grid: more where the texts are longer.

        No column is narrower than its longest word, where there is room for those of all.
        """
        shares = [min(max(length, SHORTEST_CELL), LONGEST_CELL) ** 0.5 for length in self._longest(place, len)]
        words, room = self._words(place), self._room()
        spare = room - sum(words)
        if spare <= 0:
            return [100 * share / sum(shares) for share in shares]
        return [100 * (word + spare * share / sum(shares)) / room for word, share in zip(words, shares, strict=True)]

    def _longest(self, place: int, measure: Callable[[str], int], of_heads: float = 1) -> list[float]:
        """Return the longest cell of each column by some measure, that of heads so much larger."""
        language = self.page.columns[place]
        found = [0.0] * max(map(len, self.lines), default=1)
        for index, line in enumerate(self.lines):
            wide = of_heads if index < self.row.block.header_rows else 1
            for number, passage in enumerate(line):
                found[number] = max(found[number], wide * measure(in_language(language, passage)))
        return found
