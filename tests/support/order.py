"""The order in which the characters of a page stand, from the left to the right, and that of the Unicode algorithm."""

import ctypes
import unicodedata
from collections import defaultdict
from dataclasses import replace

import bidi
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.edition import alignment
from pipeline.edition.design import SINGLE, Design
from pipeline.edition.render import pdf
from pipeline.languages import SHIPPED
from pipeline.model import Block, Catalogue, Document, Kind, Mark, Meta, Passage, Row, State, Unit

_MIRRORED = str.maketrans("()[]«»“”", "||||||||")
"""Signs that readers of PDF report as they are meant or as they look."""


def shown(text: str) -> str:
    """Return the characters of a text that can be seen apart, without accents."""
    parts = unicodedata.normalize("NFKD", text.translate(_MIRRORED))
    return "".join(c for c in parts if not c.isspace() and unicodedata.category(c) not in ("Mn", "Cf", "Cc"))


def by_algorithm(text: str, direction: str) -> str:
    """Return a line of text as the Unicode algorithm orders it, from the left to the right."""
    return shown(bidi.get_display(text, base_dir="R" if direction == "rtl" else "L"))


def printed(lines: list[str], direction: str, marks: list[tuple[Mark, ...]] | None = None) -> bytes:
    """Return a PDF with a paragraph a line, in Persian for «rtl», else in English; with signs where there are `marks`."""
    blocks = tuple(Block(Kind.PARAGRAPH, f"متن {number}", number, number) for number in range(len(lines)))
    document = Document("lines", SHIPPED["fa"], Meta(), blocks, "ab" * 32)
    langs = {} if direction == "rtl" else {"en": Catalogue("lines", "fa", "en", ())}
    passages = [
        Passage(line, "", {lang: Unit("paragraph", block.text, line, State.REVIEWED) for lang in langs}, signs=signs)
        for block, line, signs in zip(blocks, lines, marks or [None] * len(lines), strict=True)
    ]
    rows = tuple(Row(block, (passage,)) for block, passage in zip(blocks, passages, strict=True))
    edition = replace(alignment.build(document, langs), rows=rows)
    return pdf.typeset(next(pdf.sheets(edition, Design(layout=SINGLE), release=True))).content


def orders(content: bytes) -> dict[str, set[str]]:
    """Return the lines of a PDF as they stand on the page, by their characters in alphabetical order."""
    found = defaultdict[str, set[str]](set)
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            for line in _lines(page.get_textpage()):
                found["".join(sorted(shown(line)))].add(shown(line))
    return found


def _lines(page: pypdfium2.PdfTextPage) -> list[str]:
    lines = defaultdict[int, list[tuple[float, str]]](list)
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page, place)
        pdfium.FPDFText_GetCharOrigin(page, place, x, y)
        lines[round(y.value)].append((page.get_charbox(place)[0], chr(code)))
    return ["".join(character for _, character in sorted(line, key=lambda one: one[0])) for line in lines.values()]
