"""What is changed in WeasyPrint, why, and with which version it was tested: 70.0.

- `iter_line_boxes` and what it calls: lines end where it is best for the whole paragraph; see `setting`.
- `block_level_layout`: rows end on a page in all languages or in none; see `parting`.
- `find_earlier_page_break`: a page ends where least of what belongs together is parted; see `pagebreaks`.
- `initialize_page_maker`: rows of a paragraph that would stand apart are joined; see `joining`.
- `LayoutContext._update_footnote_area`: the notes at the foot of a page have the sum of their rooms. WeasyPrint lays
  all of them out again for each one, and keeps the margin of an area that has none any more.
- `make_page`: a page on which rows only go on is followed by one of its kind; by WeasyPrint by one of the first kind,
  that of a cover.
- `make_margin_boxes`: there are as many pages as the number of the last one; of facing pages WeasyPrint counts sheets.
- `draw_first_line`: each character is read as it is written, wherever its glyph stands; see `drawing`. WeasyPrint reads
  the glyph that it draws first of a letter with marks as all of them, lifts marks from the line, and leaves out
  non-joiners.
- `Font.clean`: the fonts of a file get glyphs for that, and letters with a kashida; see `outlines`.
- `StyleFor.__init__`, `find_style_attributes`: elements that no rule can tell apart share their styles; see `alike`.
- `resolve_percentages`, `Layout.setup` and the styles of the margins of pages: what follows from a style is found once
  for it; see `repeats`. WeasyPrint finds it for every box and page.
- `ffi` of `weasyprint.pdf.fonts`: arrays of any length have one type, which is taken apart once; see `repeats`.
- `add_tags`: tags by language and block instead of by box; see `tagging`.
- `generate_rdf_metadata`: one file is PDF/A-3a and PDF/UA-1, and carries the facts of the
  translation; WeasyPrint writes either identifier and a title in one language.

All but the styles are module globals that WeasyPrint looks up when it lays out (`for_layout`) or writes a file
(`for_file`), which fail when one is gone.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import inf
from typing import Any

import weasyprint.draw.text
import weasyprint.layout
import weasyprint.pdf
from weasyprint.document import DocumentMetadata
from weasyprint.formatting_structure import build
from weasyprint.layout.block import block_level_layout

from pipeline.edition.render.pdf import (
    alike,
    bare,
    drawing,
    joining,
    outlines,
    pagebreaks,
    parting,
    repeats,
    setting,
    tagging,
)
from pipeline.edition.render.pdf.linewords import LineWordsOf


def for_layout(linewords: LineWordsOf, widths: Sequence[float] = (), height: float = 0) -> None:
    """Change how WeasyPrint computes styles and breaks lines; see `joining` for widths and height."""
    assert weasyprint.layout.LayoutContext._update_footnote_area
    weasyprint.layout.LayoutContext._update_footnote_area = _update_footnote_area
    alike.for_layout()
    weasyprint.layout.page.make_page = _named(weasyprint.layout.page.make_page)
    weasyprint.layout.make_margin_boxes = _numbered(weasyprint.layout.make_margin_boxes)
    setting.for_layout(linewords)
    parting.for_layout()
    pagebreaks.for_layout()
    joining.for_layout(widths, height, partial(setting.counted, linewords=linewords))
    repeats.for_layout()
    bare.for_layout()


def _named(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a `make_page` after which the kind of page is the same, if it has nothing but what began before."""

    def make_page(context: Any, root: Any, kind: Any, begin: Any, *rest: Any) -> Any:
        page, resume, after = make(context, root, kind, begin, *rest)
        return page, resume, after | {"page": kind.name} if resume == begin else after

    return make_page


def _numbered(make: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return a `make_margin_boxes` for which the number of the last page is how many there are."""

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
        counters, last = state[1], context.page_maker[-1][3][1]
        counters["pages"] = last["page"][-1:]
        return make(context, page, state)

    return make_margin_boxes


def _update_footnote_area(context: Any) -> bool:
    """Give the notes at the foot of a page their room; return whether it is too little, which is never known here."""
    area = context.current_footnote_area
    if area.height != "auto":
        context.page_bottom += area.margin_height()
    area.children, area.height = context.current_page_footnotes, "auto"
    if area.children:
        area.height = sum(_room(context, area, note) for note in area.children)
        context.page_bottom -= area.margin_height()
    return False


def _room(context: Any, area: Any, note: Any) -> float:
    """Return the height of a note; it is laid out once."""
    if "room" not in vars(note):
        alone = build.create_anonymous_boxes(area.copy_with_children([note]).deepcopy())
        alone.height = "auto"
        note.room = block_level_layout(context, alone, -inf, None, area.page)[0].height
    return float(note.room)


def for_file(rdf: str, languages: Sequence[str]) -> None:
    """Change WeasyPrint for one document, which carries `rdf` and is read aloud in the order of `languages`."""
    assert weasyprint.draw.text.draw_first_line and weasyprint.pdf.add_tags and DocumentMetadata.generate_rdf_metadata
    outlines.for_file()
    repeats.for_file()
    bare.for_file()

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
        tagging.add_tags(pdf, document.pages, page_streams, languages)

    weasyprint.pdf.add_tags = add_tags
    weasyprint.draw.text.draw_first_line = drawing.draw_first_line
    DocumentMetadata.generate_rdf_metadata = lambda *_: rdf.encode("utf-8")
