"""The page of an OpenDocument text: its size, its head with the title, its foot with its number (part 3, 16.5)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.edition import direction
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._opendocument.elements import child, say
from pipeline.publication.formats._opendocument.numbering import sample
from pipeline.publication.formats._opendocument.sides import OdtSide
from pipeline.publication.formats._opendocument.styles import OdtAutomatic

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDTH, _HEIGHT = 210.0, 297.0
"""Of A4, in millimetres."""
_MASTER = {"style:name": "Standard", "style:page-layout-name": "Page"}


def add_page(root: "_Element", title: str, side: OdtSide, margin: float) -> None:
    """Add the page, in the language of a text."""
    automatic = child(root, "office:automatic-styles")
    layout = child(automatic, "style:page-layout", {"style:name": "Page"})
    sizes = {"fo:page-width": f"{WIDTH:g}mm", "fo:page-height": f"{_HEIGHT:g}mm"}
    margins = dict.fromkeys(("fo:margin-left", "fo:margin-right"), f"{margin:g}mm")
    margins |= dict.fromkeys(("fo:margin-top", "fo:margin-bottom"), "15mm")
    mode = {"style:writing-mode": "rl-tb" if side.is_rtl else "lr-tb", "style:print-orientation": "portrait"}
    counted = {"style:num-format": sample(side.column.language) or "1"}
    child(layout, "style:page-layout-properties", sizes | margins | mode | counted)
    for name, gap in (("header", "fo:margin-bottom"), ("footer", "fo:margin-top")):
        child(child(layout, f"style:{name}-style"), "style:header-footer-properties", {gap: "5mm"})
    styles = OdtAutomatic(automatic)
    master = child(child(root, "office:master-styles"), "style:master-page", _MASTER)
    head = child(child(master, "style:header"), "text:p", {"text:style-name": styles.paragraph("Header", side)})
    head.text = direction.isolated(title, side.column.language.direction)
    foot = child(child(master, "style:footer"), "text:p", {"text:style-name": styles.paragraph("Footer", side)})
    office.page_label(
        side.column.language,
        lambda name: _number(foot, name, counted),
        lambda text: say(foot, text, is_first=not len(foot)),
    )


def _number(paragraph: "_Element", name: str, counted: Mapping[str, str]) -> None:
    current = {"text:select-page": "current"} if name == "page" else {}
    kind = {"page": "text:page-number", "pages": "text:page-count"}[name]
    child(paragraph, kind, {**counted, **current}).text = "1"
