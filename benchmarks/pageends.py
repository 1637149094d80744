"""Where pages end: how much of each is empty at its foot, and what is parted there that should stand together.

    python -m benchmarks.pageends [--show] [--only WORD] [--invented COUNT]

Typesets the five documents, or so many statements that nobody wrote, with many slogans, names, lists, tables and notes, in every layout, and walks
the pages that are laid out. A page inside a text is one that text goes on behind; the colophon is no text. Counted are
pages inside a text, those of which more than 15 and 25 per cent are empty, and what stands on two pages:

- torn: a row of five lines or less in each of its languages, where two more lines had room or the languages stand below
  each other
- broken off: two lines of a row, or some, gone to the next page from above more than three empty ones
- slogans: one alone, before the page end or behind it, or a group of up to four in parts
- name: one of five or more that is alone before the page end or behind it
- date: apart from the signature that it belongs to, or from the slogans above it
- contact: its lines in parts
- announced: apart from the colon before it
- separator: begins a page, or ends one
- single: a line of what closes a text that has a page for itself, or for itself and the colophon
- colophon: begins on a page that has nothing else

`--show` names each, and each page of which more than 15 per cent are empty, with what begins the next one.
"""

import argparse
import json
import multiprocessing
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from benchmarks.typesetting import editions
from pipeline.edition.design import FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import Sheet, pdf
from pipeline.edition.render.pdf import child
from pipeline.model import Block, Edition, Kind, MarkKind, Row
from tests.support import rich
from tests.support.pages import PROSE

DESIGNS = {
    "two columns": (Design(), 2),
    "two columns, A5": (Design(paper=Paper.A5), 2),
    "two columns, large": (Design(print=LARGE), 2),
    "three columns": (Design(), 3),
    "three languages, large": (Design(print=LARGE), 3),
    "facing": (Design(FACING), 2),
    "facing, A5": (Design(FACING, Paper.A5), 2),
    "one language": (Design(SINGLE), 1),
    "one language, large": (Design(SINGLE, print=LARGE), 1),
}
"""Each way to print, and how many languages there are in it."""

LANGUAGES = {1: [("en",), ("fr",)], 2: [("en",), ("fr",)], 3: [("en", "fr")]}

SHORT, GAP = 5, 3
"""Lines of a row that no page should part, and those that may be empty below one of which lines have gone along."""

LINE = 24.0
"""Pixels of a Persian line."""

FEW, MANY = 4, 5
"""Slogans that stand together, and names of which none stands alone."""

FAULTS = (
    "torn", "broken off", "slogans", "name", "date", "contact", "announced", "separator", "single", "colophon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a row stands on a page: how many lines of each language, and where the last one ends."""

    page: int
    counts: dict[int, int]
    end: float


@dataclass(frozen=True, slots=True)
class Placed:
    kinds: frozenset[str]
    text: str
    pieces: tuple[Piece, ...]

    @property
    def first(self) -> int:
        return self.pieces[0].page

    @property
    def last(self) -> int:
        return self.pieces[-1].page


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows of a document as they are laid out, and of each page top, foot and the height of a line, in pixels."""

    rows: tuple[Placed, ...]
    pages: tuple[tuple[float, float], ...]


def laid_out(sheet: Sheet) -> Laid:
    """Return the rows of a sheet with the pages on which they stand; this is done in a process of its own."""
    document = child.lay_out({**json.loads(sheet.job), "facing": False})
    first = document.pages[0]._page_box.children[0]
    root = first.element.find("body")
    owners = {element: row for row in root for element in row.iter()}
    pieces: dict[Any, list[Piece]] = defaultdict(list)
    pages = []
    for number, page in enumerate(document.pages):
        box = page._page_box
        top, foot = box.content_box_y(), box.content_box_y() + box.height
        lines: dict[Any, dict[Any, list[float]]] = defaultdict(lambda: defaultdict(list))
        for child_box in box.children:
            name = type(child_box).__name__
            if name == "FootnoteAreaBox":
                foot = min(foot, child_box.position_y) if child_box.children else foot
            elif name != "MarginBox":
                _collect(child_box, None, owners, lines)
        pages.append((top, foot))
        for row, cells in lines.items():
            ends = [end for found in cells.values() for end in found]
            counts = {
                list(row).index(cell): len({round(end) for end in found})
                for cell, found in cells.items()
                if cell in list(row)
            }
            pieces[row].append(Piece(number, counts, max(ends)))
    rows = [row for row in root if row in pieces]
    found = (Placed(frozenset(row.get("class", "").split()), _said(row), tuple(pieces[row])) for row in rows)
    return Laid(tuple(found), tuple(pages))


def _collect(box: Any, cell: Any, owners: dict[Any, Any], lines: Any) -> None:
    """Note the ends of lines, and of pictures, by the row and cell that they stand in."""
    name = type(box).__name__
    if box.element is not None and "cell" in box.element.get("class", "").split():
        cell = box.element
    is_said = name == "LineBox" and any(getattr(one, "text", "").strip() for one in box.descendants())
    if is_said or "Replaced" in name:
        element = cell if cell is not None else box.element
        if element in owners:
            lines[owners[element]][element].append(box.position_y + box.height)
        return
    for inner in getattr(box, "children", ()):
        _collect(inner, cell, owners, lines)


def _said(row: Any) -> str:
    return "".join(row[0].itertext()).strip(" \u2066\u2067\u2068\u2069\u2060") if len(row) else (row.text or "")


def faults(laid: Laid) -> Iterator[tuple[str, str]]:
    """Yield what is parted that should not be: its kind and the words."""
    text = [row for row in laid.rows if "colophon" not in row.kinds]
    for row, after in zip(text, [*text[1:], None], strict=True):
        if row.first != row.last and "row" in row.kinds:
            cells = _by_cell(row)
            most, room = max(map(sum, cells), default=0), laid.pages[row.first][1] - row.pieces[0].end
            is_stacked = len(cells) > 1 and any(not all(counts) for counts in cells)
            if 0 < most <= SHORT and (is_stacked or room > 2 * LINE):
                yield "torn", f"p. {row.first + 1}: {row.text[-40:]} ({most})"
            if room > (GAP + 1) * LINE:
                yield "broken off", f"p. {row.first + 1}: {row.text[-40:]} ({room:.0f} px)"
        if after is not None and row.text.endswith(":") and row.last < after.first:
            yield "announced", f"p. {row.last + 1}: {row.text[-40:]}"
        if after is not None and "date" in after.kinds and _DATED & row.kinds and row.last < after.first:
            yield "date", f"p. {row.last + 1}: {row.text[-30:]} | {after.text[:30]}"
    for kind, found in groupby(text, key=lambda row: next(iter({"slogan", "signature", "contact"} & row.kinds), "")):
        run = list(found)
        sizes = [len(list(same)) for _, same in groupby(run, key=lambda row: row.first)]
        if kind == "slogan" and len(sizes) > 1 and (len(run) <= FEW or 1 in (sizes[0], sizes[-1])):
            yield "slogans", f"p. {run[0].first + 1}: {' + '.join(map(str, sizes))}"
        if kind == "signature" and len(run) >= MANY and len(sizes) > 1 and 1 in (sizes[0], sizes[-1]):
            yield "name", f"p. {run[0].first + 1}: {' + '.join(map(str, sizes))}"
        if kind == "contact" and len(sizes) > 1:
            yield "contact", f"p. {run[0].first + 1}: {' + '.join(map(str, sizes))}"
    yield from _alone(text, [row for row in laid.rows if "colophon" in row.kinds])


_DATED = frozenset({"signature", "signatures", "date", "slogan"})
"""What a date belongs to that stands below it."""

_SINGLE = frozenset({"slogan", "contact", "date", "signature", "separator"})


def _alone(text: list[Placed], colophon: list[Placed]) -> Iterator[tuple[str, str]]:
    """Yield what has a page for itself, or an end of one, that is too little for it."""
    pages: dict[int, list[Placed]] = defaultdict(list)
    for row in text:
        for piece in row.pieces:
            pages[piece.page].append(row)
    for page, rows in pages.items():
        if len(rows) == 1 and _is_line(rows[0], page) and _SINGLE & rows[0].kinds and rows[0] is not text[0]:
            yield "single", f"p. {page + 1}: {rows[0].text[:40]}"
        is_begun = "separator" in rows[0].kinds and page > 0
        if is_begun or ("separator" in rows[-1].kinds and rows[-1] is not text[-1]):
            yield "separator", f"p. {page + 1}"
    for row in colophon:
        if row.first not in pages:
            yield "colophon", f"p. {row.first + 1}"


def _is_line(row: Placed, page: int) -> bool:
    (piece,) = (piece for piece in row.pieces if piece.page == page)
    return sum(piece.counts.values()) <= len(piece.counts) and len(_by_cell(row)) < 3


def _by_cell(row: Placed) -> list[list[int]]:
    """Return how many lines each language of a row has on each of its pages."""
    cells = {cell for piece in row.pieces for cell in piece.counts}
    return [[piece.counts.get(cell, 0) for piece in row.pieces] for cell in sorted(cells)]


def gaps(laid: Laid) -> Iterator[tuple[int, float, Placed]]:
    """Yield each page inside a text, the part of it that is empty at its foot, and what begins the next one."""
    text = [row for row in laid.rows if not {"colophon", "cover"} & row.kinds]
    last = max(row.last for row in text)
    for number, (top, foot) in enumerate(laid.pages):
        ends = [piece.end for row in text for piece in row.pieces if piece.page == number]
        if ends and number < last:
            after = next(row for row in text if row.last > number)
            yield number, (foot - max(ends)) / (foot - top), after


def invented(number: int) -> tuple[Block, ...]:
    """Return the blocks of a statement that nobody wrote, another one for each number."""
    chance = random.Random(number)

    def said(least: int, most: int, end: str = ".") -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(least, most))) + end

    def block(kind: Kind, text: str) -> Block:
        return rich.block(kind, text, level=2 if kind is Kind.HEADING else 0)

    def paragraph(end: str = ".") -> Block:
        sentences = [said(8, 28) for _ in range(chance.randint(0, 7))]
        return block(Kind.PARAGRAPH, " ".join([*sentences, said(6, 24, end)]))

    made = [rich.block(Kind.TITLE, said(4, 12, ""), level=1)]
    for _ in range(chance.randint(3, 9)):
        if chance.random() < 0.6:
            made.append(block(Kind.HEADING, said(2, 9, "")))
        made += [paragraph() for _ in range(chance.randint(1, 5))]
        what = chance.choice(("list", "list", "quotation", "table", "separator", "slogans", "nothing"))
        if what == "list":
            made.append(paragraph(":"))
            made += [block(Kind.LIST_ITEM, said(4, 40)) for _ in range(chance.randint(2, 12))]
        elif what == "quotation":
            made += [paragraph(":"), *(block(Kind.QUOTATION, said(20, 90)) for _ in range(chance.randint(1, 3)))]
        elif what == "table":
            lines = ("\t".join(said(1, 3, "") for _ in range(3)) for _ in range(chance.randint(3, 14)))
            made += [block(Kind.CAPTION, said(3, 8, "")), rich.block(Kind.TABLE, "\n".join(lines), header_rows=1)]
        elif what == "separator":
            made += [block(Kind.SEPARATOR, "***"), paragraph()]
        elif what == "slogans":
            made += [block(Kind.SLOGAN, said(3, 9, "!")) for _ in range(chance.randint(1, 6))]
    made += [block(Kind.SLOGAN, said(3, 12, "!")) for _ in range(chance.randint(0, 8))]
    made += [block(Kind.SIGNATURE, said(2, 8, "")) for _ in range(chance.choice((1, 1, 2, 3, 15, 40)))]
    made += [block(Kind.DATE, said(2, 4, "")) for _ in range(chance.randint(0, 2))]
    made += [block(Kind.CONTACT, said(2, 6, "")) for _ in range(chance.randint(0, 4))]
    notes = chance.randint(0, 5) if number % 3 == 0 else 0
    places = [place for place, one in enumerate(made) if one.kind is Kind.PARAGRAPH][:notes]
    for note, place in enumerate(places, 1):
        text = made[place].text
        made[place] = rich.block(Kind.PARAGRAPH, text, (text.split()[-1], MarkKind.NOTE, str(note)), level=0)
        made.append(rich.block(Kind.NOTE, said(6, 40), marker=str(note)))
    return tuple(made)


_WORDS = PROSE.rstrip(".").split()


def _stretched(made: Edition, lang: str, more: int) -> Edition:
    """Return an edition whose translation is so many per cent longer."""

    def row(one: Row) -> Row:
        passages = []
        for passage in one.passages:
            unit = passage.units[lang]
            words = unit.target.split()
            extra = words[: len(words) * more // 100]
            longer = replace(unit, target=" ".join([*extra, *words]))
            passages.append(replace(passage, units={**passage.units, lang: longer}))
        return replace(one, passages=tuple(passages))

    is_text = (Kind.PARAGRAPH, Kind.QUOTATION, Kind.LIST_ITEM)
    return replace(made, rows=tuple(row(one) if one.block.kind in is_text else one for one in made.rows))


def made(count: int, *langs: str) -> list[Edition]:
    """Return the editions that are looked at: the five documents, or invented ones."""
    if not count:
        return editions(*langs)
    found = (rich.edition(*langs, blocks=invented(number)) for number in range(count))
    return [_stretched(one, "fr", 15) if "fr" in langs else one for one in found]


def _looked_at(work: tuple[str, Sheet]) -> tuple[str, str, Laid]:
    name, sheet = work
    return name, sheet.path, laid_out(sheet)


def works(options: argparse.Namespace) -> Iterator[tuple[str, Sheet]]:
    for name, (design, count) in DESIGNS.items():
        if options.only not in name:
            continue
        for langs in LANGUAGES[count]:
            for number, edition in enumerate(made(options.invented, *langs)):
                (sheet,) = pdf.sheets(edition, design, release=True)
                yield name, replace(sheet, path=f"{number} {sheet.path}")


def main(options: argparse.Namespace) -> None:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    child._load_weasyprint()
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        for name, path, laid in pool.imap(_looked_at, works(options)):
            counts = totals[name]
            counts["files"] += 1
            counts["pages"] += len(laid.pages)
            for number, empty, after in gaps(laid):
                counts["inside"] += 1
                counts["15"] += empty > 0.15
                counts["25"] += empty > 0.25
                counts["40"] += empty > 0.40
                counts["most"] = max(counts["most"], round(100 * empty))
                if options.show and empty > 0.15:
                    kind = min(after.kinds - {"row", "kept", "leads", "whole", "short", "indented"}, default="")
                    print(f"  {name}: {path} p. {number + 1}: {empty:.0%} before {kind}: {after.text[:40]}")
            for fault, where in faults(laid):
                counts[fault] += 1
                if options.show:
                    print(f"  {name}: {path} {fault}: {where}")
    for name, counts in totals.items():
        parted = ", ".join(f"{fault} {counts[fault]}" for fault in FAULTS)
        print(
            f"{name}: {counts['pages']} pages, {counts['inside']} inside a text, "
            f"over 15 % {counts['15']}, over 25 % {counts['25']}, over 40 % {counts['40']}, at most {counts['most']} %; "
            f"{parted} of {counts['files']} files"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--only", default="", help="layouts with these words")
    parser.add_argument("--invented", type=int, default=0)
    main(parser.parse_args())
