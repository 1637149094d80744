"""What is changed in WeasyPrint, why, and with which version it was tested: 70.0.

- `iter_line_boxes` and what it calls: lines end where it is best for the whole paragraph; see `setting`.
- `Font.clean`: the fonts of a file get letters with a kashida; see `stretching`.
- `LayoutContext._update_footnote_area`: the notes at the foot of a page have the sum of their rooms. WeasyPrint lays
  all of them out again for each one, and keeps the margin of an area that has none any more.
- `set_computed_styles`: elements that match the same rules below one parent share a style. WeasyPrint computes one
  for each, which takes an eighth of the time.
- `add_tags`: tags by language and block instead of by box; see `tagging`.
- `generate_rdf_metadata`: one file is PDF/A-3a and PDF/UA-1, and carries the facts of the
  translation; WeasyPrint writes either identifier and a title in one language.
- `draw_first_line`: a zero-width non-joiner (U+200C) is drawn as the font's glyph of a zero-width space, which is
  empty (its own has a visible stroke). Pango leaves it out, and with it the only trace of it in the text layer.
  A character without a glyph is an error, wherever it comes from; WeasyPrint draws a box, and logs it.
  Each glyph of a letter with marks is read as its own character: WeasyPrint reads the first of them as all.
- `build_fonts_dictionary`: the glyph of lam-alef is read as the one character U+FEFB to U+FEF5. As two
  letters, readers that turn right-to-left text around turn these too: «اسلام» is read as «اسالم».

All but the styles are module globals that WeasyPrint looks up when it lays out (`for_layout`) or writes a file
(`for_file`), which fail when one is gone.
"""

import io
import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from math import inf
from typing import Any

import weasyprint.css
import weasyprint.draw.text
import weasyprint.layout
import weasyprint.pdf
from fontTools.ttLib import TTFont
from weasyprint.document import DocumentMetadata
from weasyprint.formatting_structure import build
from weasyprint.layout.block import block_level_layout
from weasyprint.text.ffi import pango

from pipeline.edition.render.pdf import missing, setting, shaping, stretching, tagging

ZWNJ, ZERO_WIDTH_SPACE = "\u200c", "\u200b"
READ_AS = {"لا": "\ufefb", "لآ": "\ufef5", "لأ": "\ufef7", "لإ": "\ufef9", "\u00a0": " ", "\u2010": "\u00ad"}


def for_layout() -> None:
    """Change how WeasyPrint computes styles and breaks lines."""
    weasyprint.css.StyleFor.set_computed_styles = _sharing(weasyprint.css.StyleFor.set_computed_styles)
    assert weasyprint.layout.LayoutContext._update_footnote_area
    weasyprint.layout.LayoutContext._update_footnote_area = _update_footnote_area
    setting.for_layout()


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


def _sharing(compute: Callable[..., None]) -> Callable[..., None]:
    """Return a `set_computed_styles` that computes what is new and gives the rest what is known."""

    def set_computed_styles(
        styles: Any,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        *options: Any,
        **named: Any,
    ) -> None:
        computed = styles.get_computed_styles()
        cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
        # Pages, whose styles are changed later, have no tag; an anchor has to be collected.
        if parent is None or not hasattr(element, "tag") or "anchor" in cascaded:
            compute(styles, element, parent, root, pseudo_type, *options, **named)
            return
        known = vars(computed[parent, None]).setdefault("shared", {})
        # A rule's value is one object for all; that of an attribute, such as lang, is made for each.
        key = (pseudo_type, *((n, repr(v) if n == "lang" else id(v), repr(w)) for n, (v, w) in cascaded.items()))
        if key not in known:
            compute(styles, element, parent, root, pseudo_type, *options, **named)
            known[key] = computed[element, pseudo_type]
        computed[element, pseudo_type] = known[key]

    return set_computed_styles


def for_file(rdf: str, languages: Sequence[str]) -> None:
    """Change WeasyPrint for one document, which carries `rdf` and is read aloud in the order of `languages`."""
    draw, fonts = weasyprint.draw.text.draw_first_line, weasyprint.pdf.build_fonts_dictionary
    assert weasyprint.pdf.add_tags and DocumentMetadata.generate_rdf_metadata
    stretching.for_file()
    joiners: dict[str, int | None] = {}

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
        tagging.add_tags(pdf, document.pages, page_streams, languages)

    def draw_first_line(stream: Any, textbox: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        setting.adjust(stream, textbox)
        if ZWNJ in textbox.text:
            _show_joiners(stream, textbox, joiners)
        if _MARKS.search(textbox.text):
            _read_marks(stream, textbox)
        drawn = draw(stream, textbox, overflow, ellipsis, setting.scaled(textbox, matrix))
        missing.watch(stream._fonts.values(), textbox)
        return drawn

    def build_fonts_dictionary(pdf: Any, used: dict[Any, Any], *options: Any) -> Any:
        for font in used.values():
            font.to_unicode = {glyph: _readable(text) for glyph, text in font.to_unicode.items()}
        return fonts(pdf, used, *options)

    weasyprint.pdf.add_tags = add_tags
    weasyprint.draw.text.draw_first_line = draw_first_line
    weasyprint.pdf.build_fonts_dictionary = build_fonts_dictionary
    DocumentMetadata.generate_rdf_metadata = lambda *_: rdf.encode("utf-8")


def _readable(text: str) -> str:
    return READ_AS.get(text, text)


def _show_joiners(stream: Any, textbox: Any, joiners: dict[str, int | None]) -> None:
    """Give non-joiners in the first line of a text box a glyph, where the font has an empty one."""
    content = textbox.pango_layout.text.encode()
    for item in shaping.drawn(textbox.pango_layout):
        font, _ = stream.add_font(item.item.analysis.font)
        if font.hash not in joiners:
            joiners[font.hash] = _joiner(font.file_content)
        for index in range(item.glyphs.num_glyphs if joiners[font.hash] else 0):
            glyph = item.glyphs.glyphs[index]
            start = item.item.offset + item.glyphs.log_clusters[index]
            if glyph.glyph == pango.PANGO_GLYPH_EMPTY and content.startswith(ZWNJ.encode(), start):
                glyph.glyph = joiners[font.hash]


_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")


def _read_marks(stream: Any, textbox: Any) -> None:
    """Let each glyph of a letter with marks be read as its own character.

    WeasyPrint has the glyph that it draws first read as all of them, here and wherever else that glyph stands.
    """
    content = textbox.pango_layout.text.encode()
    for item in shaping.drawn(textbox.pango_layout):
        font, _ = stream.add_font(item.item.analysis.font)
        start, length, count = item.item.offset, item.item.length, item.glyphs.num_glyphs
        clusters = [item.glyphs.log_clusters[index] for index in range(count)]
        ends = dict(pairwise([*sorted(set(clusters)), length]))
        is_reversed = item.item.analysis.level % 2
        for cluster, group in groupby(range(count), clusters.__getitem__):
            glyphs = [item.glyphs.glyphs[index].glyph for index in group]
            characters = content[start + cluster : start + ends[cluster]].decode()
            if len(glyphs) > 1 and len(glyphs) == len(characters):
                for glyph, character in zip(reversed(glyphs) if is_reversed else glyphs, characters, strict=True):
                    font.to_unicode[glyph] = character


def _joiner(font: bytes) -> int | None:
    """Return a glyph of a font that has neither width nor ink, if it has one."""
    file = TTFont(io.BytesIO(font), lazy=True)
    name = file.getBestCmap().get(ord(ZERO_WIDTH_SPACE))
    if not name or "glyf" not in file or file["hmtx"][name][0] or file["glyf"][name].numberOfContours:
        return None
    return int(file.getGlyphID(name))
