"""Paragraphs as WeasyPrint has them before it looks for lines, in the fonts of the package."""

import logging
from functools import cache
from importlib import resources

import weasyprint
from weasyprint.formatting_structure import boxes

from pipeline.edition.render.pdf.paragraphs import InlineText

FONTS = resources.files("pipeline.edition.render.pdf") / "fonts"
STYLE = f"""
@font-face {{ font-family: Naskh; src: url("{(FONTS / "NotoNaskhArabic-Regular.ttf").as_uri()}") }}
@font-face {{ font-family: Serif; src: url("{(FONTS / "NotoSerif-Regular.ttf").as_uri()}") }}
@page {{ size: 20000px 400px; margin: 0 }}
p {{ font: 20px/30px Serif, Naskh; hyphens: auto; hyphenate-limit-chars: 6 3 3 }}
p[dir=rtl] {{ font-family: Naskh, Serif; direction: rtl; hyphens: manual }}
"""


def line_box(content: str, lang: str = "en", style: str = "") -> boxes.LineBox:
    """Return the one line of a paragraph of HTML on an endless page."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    direction = "rtl" if lang == "fa" else "ltr"
    page = f'<p lang="{lang}" dir="{direction}" style="{style}">{content}</p>'
    fonts = _fonts()
    sheet = weasyprint.CSS(string=STYLE, font_config=fonts)
    document = weasyprint.HTML(string=page).render(stylesheets=[sheet], font_config=fonts)
    found = (box for box in document.pages[0]._page_box.descendants() if isinstance(box, boxes.LineBox))
    return next(found)


def paragraph(content: str, lang: str = "en", style: str = "") -> InlineText:
    return InlineText(line_box(content, lang, style))


def with_text(text: str, lang: str) -> InlineText:
    """Return a paragraph of one text with the white space it has, of which WeasyPrint has made no line before."""
    line = _line_of_a_word(lang)
    line.children[0].text = text
    return InlineText(line)


@cache
def _line_of_a_word(lang: str) -> boxes.LineBox:
    return line_box("word", lang)


@cache
def _fonts() -> object:
    return weasyprint.text.fonts.FontConfiguration()
