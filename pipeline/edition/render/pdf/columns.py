"""An edition and the columns that its languages stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.edition.circumstances import in_language, title
from pipeline.edition.design import FACING, MILLIMETRE, SINGLE, Design, Layout, are_stacked, geometry
from pipeline.languages import Language
from pipeline.model import Edition

LATIN, PERSIAN = 9.4, 10.6
"""Points of the text in style.css."""

SMALL = 7.5
"""Points of the type of running heads, where that is not less than what is legible."""

AREA = {"rtl": 88.0, "ltr": 66.0}
"""Square points a character takes of its lines: found by what makes the five documents shortest."""


GAP = {2: 4.5, 3: 2.6}
"""Per cent of the width between columns."""

NARROWEST = {2: 0.42, 3: 0.28}
"""The least part of the text's width that a column is given."""


@dataclass(frozen=True, slots=True)
class Page:
    """An edition and how it is laid out: `columns` are its languages from the right to the left.

    In a layout of one language there is one; the source is among them but in a translation alone.
    What is written from right to left stands on the right.
    """

    edition: Edition
    design: Design
    source: Language
    targets: tuple[Language, ...]
    columns: tuple[Language, ...] = field(init=False)
    lengths: tuple[int, ...] = field(init=False)
    """Characters of text in each column."""

    def __post_init__(self) -> None:
        if self.layout is SINGLE and self.targets:
            columns = self.targets
        elif self.source.direction == "rtl":
            columns = (self.source, *self.targets)
        else:
            columns = (*self.targets, self.source)
        object.__setattr__(self, "columns", columns)
        passages = [passage for row in self.edition.rows for passage in row.passages]
        lengths = (sum(len(in_language(language, passage)) for passage in passages) for language in columns)
        object.__setattr__(self, "lengths", tuple(lengths))

    @classmethod
    def of(cls, edition: Edition, design: Design) -> "Page":
        source, *targets = edition.languages
        return cls(edition, design, source, tuple(targets))

    @property
    def layout(self) -> Layout:
        return self.design.layout

    @property
    def abreast(self) -> int:
        """How many languages share the width of the text: three stand below each other in large print."""
        count = len(self.columns)
        return 1 if self.layout is FACING or are_stacked(self.design, count) else count

    @property
    def title(self) -> str:
        """The title of the file, the reader's language first."""
        titles = (title(self.edition, language) for language in sorted(self.columns, key=lambda c: c is self.source))
        return " — ".join(filter(None, titles)) or self.edition.document.id

    @property
    def reader(self) -> Language:
        """The language of whom it is made for: the first translation, if there is one."""
        return self.targets[0] if self.targets else self.source

    @property
    def width(self) -> float:
        """The points of width that the text of a page has."""
        sheet = geometry(self.design, len(self.columns))
        return (sheet.width - sheet.outer - sheet.inner) * MILLIMETRE

    @property
    def height(self) -> float:
        """The points of height that the text of a page has."""
        sheet = geometry(self.design, len(self.columns))
        return (sheet.height - sheet.top - sheet.bottom) * MILLIMETRE

    @property
    def widths(self) -> list[float]:
        """The points of width that each column has."""
        if self.abreast == 1:
            return [self.width] * len(self.columns)
        gaps = GAP[self.abreast] * (self.abreast - 1) / 100
        return [self.width * (1 - gaps) * share for share in shares(self.columns, self.lengths)]


def shares(columns: Sequence[Language], lengths: Sequence[int]) -> list[float]:
    """Return the part of the width that makes the columns about equally long."""
    areas = [AREA[language.direction] * max(length, 1) for language, length in zip(columns, lengths, strict=True)]
    least = NARROWEST.get(len(columns), 0)
    spare = 1 - least * len(columns)
    wanted = [max(area / sum(areas) - least, 0) for area in areas]
    return [least + spare * share / (sum(wanted) or 1) for share in wanted]


def shortened(text: str, length: int) -> str:
    """Return a title that fits its place, cut at a word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
