"""Lines of finished PDFs: how many end short, are hyphenated, have spaces that are too wide or narrow, or rivers.

    python -m benchmarks.lines [FILE ...] [--lang LANG] [--show]

Files are PDFs, or documents in any format that is read, of the language LANG (fa): these are typeset in a column beside
dashes, and on A5. Without files it typesets the five documents with their English and French translations, and the
document of the tests with tables, notes, verse and every other kind of block: in two columns on A4 and A5, in three,
facing, and a language alone; the figures of each design come first.
What is measured is what PDFium finds in the file. A paragraph is lines below each other at an even distance; all its
lines but the last are *inner*. *Short* of them are those that end more than half an em before the edge that most
lines of that direction reach; a paragraph most of whose lines do is ragged and not counted. A river is a chain of word spaces of
lines in succession, each of which lies above at least half of the next. A *stunted* paragraph, of more than two lines, has a last one
of less than 2.5 ems.
"""

import argparse
import ctypes
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2
from pypdfium2 import raw

from pipeline.catalogue import leverage
from pipeline.document.corrections import Corrections
from pipeline.document.formats import FORMATS
from pipeline.edition import alignment
from pipeline.edition.design import FACING, PARALLEL, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Edition, State

NARROW, WIDE = 0.18, 0.45
"""Ems of a word space that is neither too narrow nor too wide."""

GAPING = 0.55
"""Ems from which a word space is a hole."""

SHORT = 0.5
"""Ems before the edge at which an inner line may end."""

STUNTED = 2.5
"""Ems of a last line that is hardly one."""

HYPHENS = "\u00ad\u2010\ufffe\x02"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it stands on a page, in points; `left` and `right` are where the pen begins and ends."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    glyphs: tuple[Glyph, ...]
    """From the left to the right, without spaces at the ends."""

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def base(self) -> float:
        return median(glyph.base for glyph in self.glyphs)

    @property
    def size(self) -> float:
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def is_rtl(self) -> bool:
        turned = sum(unicodedata.bidirectional(glyph.text) in ("R", "AL") for glyph in self.glyphs)
        return 2 * turned > sum(glyph.text.isalpha() for glyph in self.glyphs)

    @property
    def end(self) -> float:
        return self.glyphs[0].left if self.is_rtl else self.glyphs[-1].right

    @property
    def width(self) -> float:
        return self.glyphs[-1].right - self.glyphs[0].left

    @property
    def is_hyphenated(self) -> bool:
        return self.glyphs[0 if self.is_rtl else -1].text in HYPHENS

    @property
    def spaces(self) -> list[tuple[float, float]]:
        """Where words are apart: from the end of one to the beginning of the next."""
        words = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        gaps = [(one.right, other.left) for one, other in pairwise(words) if other.left - one.right > 0.1 * self.size]
        marker = self.text[:: -1 if self.is_rtl else 1].split()[0]
        if not any(sign.isalpha() for sign in marker):  # of a list
            gaps = gaps[:-1] if self.is_rtl else gaps[1:]
        # What parts the marker of an item from its text is a space of no size.
        signs = [sign for sign in self.glyphs if sign.text in " \u00a0" and sign.size > self.size / 2]
        return [gap for gap in gaps if any(gap[0] - 0.1 <= sign.left < gap[1] for sign in signs)]


def lines(path: Path) -> Iterator[list[Line]]:
    """Yield the lines of every page, as they follow in the file."""
    for page in pypdfium2.PdfDocument(path):
        text, current, found = page.get_textpage(), list[Glyph](), list[Line]()
        for glyph in _glyphs(text):
            if current and not _goes_on(current, glyph):
                found.append(_line(current))
                current = []
            current.append(glyph)
        yield [line for line in [*found, _line(current)] if line.glyphs]


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        yield Glyph(chr(raw.FPDFText_GetUnicode(text, index)), box.left, box.right, y.value, size)


def _goes_on(line: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character is of a line: at its height, and no column away."""
    size = max(glyph.size, line[-1].size)
    left, right = min(one.left for one in line), max(one.right for one in line)
    away = max(glyph.left - right, left - glyph.right)
    return abs(glyph.base - line[0].base) < 0.6 * size and away < 1.2 * size


def _line(glyphs: Iterable[Glyph]) -> Line:
    ordered = sorted(glyphs, key=lambda glyph: (glyph.left, glyph.right))
    while ordered and ordered[0].text.isspace():
        ordered.pop(0)
    while ordered and ordered[-1].text.isspace():
        ordered.pop()
    return Line(tuple(ordered))


def paragraphs(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph of more than one line."""
    current: list[Line] = []
    for line in page:
        if current and not _follows(current, line):
            yield from [current] * (len(current) > 1)
            current = []
        current.append(line)
    yield from [current] * (len(current) > 1)


def _follows(above: Sequence[Line], line: Line) -> bool:
    last, step = above[-1], above[-1].base - line.base
    leading = above[-2].base - last.base if len(above) > 1 else step
    is_same = line.is_rtl == last.is_rtl and abs(line.size - last.size) < 0.2 and 0 < step < 2.2 * line.size
    return is_same and abs(step - leading) < 0.06 * line.size


def rivers(paragraph: Sequence[Line]) -> list[int]:
    """Return the length in lines of every river of more than three."""
    found, open_ = [], dict[tuple[float, float], int]()
    for line in paragraph:
        gaps = {gap: 1 + max((n for above, n in open_.items() if _meet(above, gap)), default=0) for gap in line.spaces}
        ended = [n for above, n in open_.items() if not any(_meet(above, gap) for gap in gaps)]
        found += [n for n in ended if n > 3]
        open_ = gaps
    return found + [n for n in open_.values() if n > 3]


def _meet(above: tuple[float, float], below: tuple[float, float]) -> bool:
    shared = min(above[1], below[1]) - max(above[0], below[0])
    return shared >= (above[1] - above[0]) / 2 and shared > 0


def measured(path: Path, *, show: bool = False) -> Counter[str]:
    """Return counts for a file: keys begin with «rtl» or «ltr»."""
    found = [paragraph for page in lines(path) for paragraph in paragraphs(page)]
    edges = Counter((one.is_rtl, round(one.end)) for paragraph in found for one in paragraph[:-1])
    usual = [edge for edge, count in edges.items() if count >= 0.08 * edges.total()]
    counts: Counter[str] = Counter()
    for paragraph in found:
        counts.update(_counted(paragraph, usual, show=show))
    return counts


def _counted(paragraph: Sequence[Line], usual: Iterable[tuple[bool, int]], *, show: bool) -> Counter[str]:
    name = "rtl" if paragraph[0].is_rtl else "ltr"
    inner, size = paragraph[:-1], paragraph[0].size
    counts = Counter({f"{name} stunted": int(len(inner) > 1 and paragraph[-1].width < STUNTED * size)})
    if show and counts[f"{name} stunted"]:
        print(name, "stunted", paragraph[-1].text)
    edges = [edge for is_rtl, edge in usual if is_rtl == paragraph[0].is_rtl]
    reached = [min((abs(line.end - edge) for edge in edges), default=1000) for line in inner]
    short = [away > SHORT * size for away in reached]
    if 2 * sum(short) > len(inner):
        return counts + Counter({f"{name} ragged": len(inner)})
    spaces = [[(right - left) / line.size for left, right in line.spaces] for line in inner]
    odd = [bool(one) and not (min(one) >= NARROW and max(one) <= WIDE) for one in spaces]
    if show:
        for line, is_short, is_odd in zip(inner, short, odd, strict=True):
            if is_short or is_odd or line.is_hyphenated:
                widths = [(right - left) / line.size for left, right in line.spaces]
                print(
                    name,
                    f"{min(widths, default=0):.2f}–{max(widths, default=0):.2f}",
                    "short" * is_short,
                    "spaces" * is_odd,
                    "hyphen" * line.is_hyphenated,
                    line.text,
                )
    return counts + Counter(
        {
            f"{name} inner": len(inner),
            f"{name} short": sum(short),
            f"{name} odd spaces": sum(odd),
            f"{name} holes": sum(max(one, default=0) > GAPING for one in spaces),
            f"{name} hyphenated": sum(line.is_hyphenated for line in inner),
            f"{name} two hyphens": sum(one.is_hyphenated and other.is_hyphenated for one, other in pairwise(inner)),
            f"{name} rivers": len(rivers(paragraph)),
        }
    )


DESIGNS = {
    "two columns": (Design(), 2),
    "two columns, A5": (Design(paper=Paper.A5), 2),
    "facing": (Design(FACING), 2),
    "three columns": (Design(), 3),
    "one language": (Design(SINGLE), 1),
}
"""Each way to print, and how many languages there are in it."""


def typeset(folder: Path) -> dict[str, list[Path]]:
    """Return the PDFs of the five documents and of the tests' document, by how they are printed."""
    from benchmarks.typesetting import editions
    from tests.support import rich

    languages = {2: [("en",), ("fr",)], 3: [("en", "fr")], 1: [("en",), ("fr",)]}
    made = {langs: [*editions(*langs), rich.edition(*langs)] for found in languages.values() for langs in found}
    return {
        name: [
            written(one, design, folder / f"{'-'.join(langs)}.{number}.{name.replace(', ', '.').replace(' ', '-')}.pdf")
            for langs in languages[count]
            for number, one in enumerate(made[langs])
        ]
        for name, (design, count) in DESIGNS.items()
    }


def written(made: Edition, design: Design, path: Path) -> Path:
    (sheet,) = pdf.sheets(made, design, release=True)
    path.write_bytes(pdf.typeset(sheet).content)
    return path


def documents(path: Path, lang: str, folder: Path) -> list[Path]:
    """Return the PDFs of a document: in a column beside dashes, and on A5."""
    read = next(one for one in FORMATS if path.suffix.lower() in one.SUFFIXES)
    document = read.read(path.read_bytes(), path.stem, SHIPPED[lang], Corrections())
    units = tuple(replace(unit, target="–", state=State.REVIEWED) for unit in leverage.extract(document))
    other = "en" if lang != "en" else "fa"
    beside = alignment.build(document, {other: Catalogue(path.stem, lang, other, units)})
    name = f"{path.name}.{len([*folder.iterdir()])}"
    return [
        written(beside, Design(PARALLEL), folder / f"{name}.column.pdf"),
        written(alignment.build(document, {}), Design(SINGLE, Paper.A5), folder / f"{name}.a5.pdf"),
    ]


def report(counts: Counter[str]) -> None:
    for name in ("rtl", "ltr"):
        inner = counts[f"{name} inner"] or 1
        parts = ("short", "odd spaces", "holes", "hyphenated")
        shares = (f"{what} {100 * counts[f'{name} {what}'] / inner:.1f} %" for what in parts)
        rest = (f"{what} {counts[f'{name} {what}']}" for what in ("two hyphens", "rivers", "ragged", "stunted"))
        print(f"{name}: {inner} inner lines: {', '.join((*shares, *rest))}")


def made(options: argparse.Namespace, folder: Path) -> dict[str, list[Path]]:
    """Return the PDFs to measure, by what is printed above their figures."""
    if not options.files:
        return typeset(folder)
    return {
        str(path): [path] if path.suffix.lower() == ".pdf" else documents(path, options.lang, folder)
        for path in options.files
    }


def main(options: argparse.Namespace) -> None:
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, paths in made(options, Path(options.keep or folder)).items():
            print(name)
            report(counts := sum((measured(path, show=options.show) for path in paths), Counter[str]()))
            total.update(counts)
    print("all")
    report(total)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--lang", default="fa")
    parser.add_argument("--show", action="store_true", help="print every line that is short, hyphenated or too wide")
    parser.add_argument("--keep", help="a folder that is there, for the PDFs")
    main(parser.parse_args())
