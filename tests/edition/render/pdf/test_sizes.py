"""No letter on any page is smaller than its size of print allows: 7 points, and 16 in large print but for raised ones."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.edition.design import CHANGES, LARGE, LAYOUTS, NORMAL, PAPERS, PARALLEL, Design
from pipeline.edition.render import pdf
from pipeline.model import Kind, State
from tests.support import rich
from tests.support.pages import PROSE

ROUNDING = 0.02

RAISED = 11
"""Points that figures of notes have in large print, in proportion to their text."""


def sizes(content):
    """The sizes in points, on the paper, of all letters of a PDF, each with some words in which it stands."""
    found = {}
    for page in pypdfium2.PdfDocument(content):
        text, matrix = page.get_textpage(), raw.FS_MATRIX()
        for index in range(text.count_chars()):
            raw.FPDFText_GetMatrix(text, index, matrix)
            if not chr(raw.FPDFText_GetUnicode(text, index)).isspace():
                size = raw.FPDFText_GetFontSize(text, index) * max(abs(matrix.c), abs(matrix.d))
                found.setdefault(round(size, 2), text.get_text_range(max(index - 5, 0), 20))
    return found


def everything(*langs):
    """A draft of machine translations with everything that is set small, at the foot of pages and at the end."""
    made = rich.edition(*langs, state=State.MACHINE, blocks=(*rich.BLOCKS, rich.block(Kind.PARAGRAPH, PROSE)))
    meta = replace(made.document.meta, date="2016-10-30", number="12")
    *rows, last = made.rows
    units = {lang: replace(unit, notes=("note: small",)) for lang, unit in last.passages[0].units.items()}
    noted = replace(last, passages=(replace(last.passages[0], units=units),))
    return replace(made, document=replace(made.document, meta=meta), rows=(*rows, noted), title_is_editorial=True)


@pytest.mark.parametrize(("size", "least"), [(NORMAL, 7), (LARGE, 16)])
def test_no_letter_is_too_small_in_any_layout_on_any_paper(size, least):
    two, three = everything("en"), everything("en", "fr")
    of = {layout: replace(two, since="2026-01-01" if layout is CHANGES else "") for layout in LAYOUTS}
    designs = [(of[layout], Design(layout, paper, size)) for layout, paper in product(LAYOUTS, PAPERS)]
    designs += [(three, Design(PARALLEL, paper, size)) for paper in PAPERS]
    sheets = [next(pdf.sheets(*one)) for one in designs]
    with ThreadPoolExecutor(2) as pool:
        for sheet, made in zip(sheets, pool.map(pdf.typeset, sheets), strict=True):
            small = {points: words for points, words in sizes(made.content).items() if points < least - ROUNDING}
            raised = {points for points, words in small.items() if points > RAISED and any(map(str.isdigit, words))}
            assert not small.keys() - raised, sheet.path
