"""What a Word document says of the looks of paragraphs, letters, tables and cells, and what of it is taken over."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.office import xml
from pipeline.office.word import W, child
from pipeline.publication.restyled.anonymity import anonymous

if TYPE_CHECKING:
    from lxml.etree import _Element

KEPT_OF_PARAGRAPHS = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "shd", "tabs", "spacing", "ind",
    "contextualSpacing", "jc",
)  # fmt: skip
KEPT_OF_LETTERS = ("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "sz", "szCs", "u", "shd")
KEPT_OF_TABLES = ("tblStyle", "jc", "tblBorders", "shd", "tblCellMar", "tblLook")
KEPT_OF_CELLS = ("tcBorders", "shd", "vAlign")
KEPT_OF_PAGES = ("pgSz", "pgMar", "pgBorders")

_ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook"
    ),
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
}
"""In which order the schema wants what stands in properties."""

_TWINS = (("b", "bCs"), ("i", "iCs"), ("sz", "szCs"))
"""What is said of Latin letters, and the same of those from right to left."""


def add(into: "_Element", said: "_Element | None", kept: Iterable[str]) -> None:
    """Add what is said of these names, as far as nothing is said of them yet."""
    for name in kept:
        one = said.find(f"{W}{name}") if said is not None else None
        if one is not None and into.find(f"{W}{name}") is None:
            into.append(anonymous(one))
    sort(into)


def replace(into: "_Element | None", said: "_Element | None", kept: Iterable[str]) -> None:
    """Say what is said elsewhere of these names, in place of what is said of them."""
    assert into is not None  # tables that are made here have their properties
    for name in kept if said is not None else ():
        if (own := into.find(f"{W}{name}")) is not None:
            into.remove(own)
    add(into, said, kept)


def pair_up(letters: "_Element") -> None:
    """Say of Latin letters what is said only of those from right to left, and the other way round."""
    for pair in _TWINS:
        found = [letters.find(f"{W}{name}") for name in pair]
        for name, own, other in zip(pair, found, reversed(found), strict=True):
            if own is None and other is not None:
                child(letters, name, **{str(key).removeprefix(W): str(value) for key, value in other.attrib.items()})


def sort(properties: "_Element") -> None:
    """Bring properties into the order that the schema wants."""
    order = _ORDER[xml.name(properties)]
    known = {f"{W}{name}": place for place, name in enumerate(order.split())}
    properties[:] = sorted(properties, key=lambda one: known.get(str(one.tag), len(known)))
