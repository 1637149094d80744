"""Styles of an OpenDocument text: those with a name, and those that stand for what is said of single places."""

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from pipeline.languages import Language
from pipeline.model import MarkKind
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._opendocument.elements import child, named
from pipeline.publication.formats._opendocument.numbering import sample
from pipeline.publication.formats._opendocument.sides import OdtSide

if TYPE_CHECKING:
    from lxml.etree import _Element

CELL_MARGIN = 2.0
_OTHER_NAMES = {
    "Body Text": "Text body", "Quote": "Quotations", "Footnote Text": "Footnote", "Endnote Text": "Endnote",
    "Separator": "Horizontal Line",
}  # fmt: skip
"""What LibreOffice calls what Word calls otherwise."""


def _twice(values: Mapping[str, str]) -> dict[str, str]:
    """Return properties of letters, and the same for those of scripts from right to left."""
    return {**values, **{f"{name.replace('fo:', 'style:')}-complex": value for name, value in values.items()}}


_BOLD, _ITALIC = _twice({"fo:font-weight": "bold"}), _twice({"fo:font-style": "italic"})
_OF_MARKS = {
    MarkKind.STRONG: _BOLD,
    MarkKind.EMPHASIS: _ITALIC,
    MarkKind.SUPERSCRIPT: {"style:text-position": "super 58%"},
    MarkKind.SUBSCRIPT: {"style:text-position": "sub 58%"},
}


class OdtAutomatic:
    """The styles of single paragraphs, words and cells, each once."""

    def __init__(self, into: "_Element") -> None:
        self.into = into
        self.known: dict[tuple[str, ...], str] = {}

    def _style(self, family: str, *key: str) -> "tuple[str, _Element | None]":
        """Return the name of a style that stands for this, and its element if it is new."""
        whole = (family, *key)
        if whole in self.known:
            return self.known[whole], None
        name = f"{''.join(word[0] for word in family.split('-')).upper()}{len(self.known) + 1}"
        self.known[whole] = name
        return name, child(self.into, "style:style", {"style:name": name, "style:family": family})

    def paragraph(self, style: str, side: OdtSide) -> str:
        name, made = self._style("paragraph", style, side.name)
        if made is not None:
            made.set(named("style:parent-style-name"), _id_of(style))
            child(made, "style:paragraph-properties", _way(style, side))
            child(made, "style:text-properties", _language_of(side.column.language))
        return name

    def text(self, kinds: Set[MarkKind], way: str, side: OdtSide) -> str:
        """Return the style of words; empty where they are as their paragraph is."""
        said = {name: value for kind in sorted(kinds) for name, value in _OF_MARKS.get(kind, {}).items()}
        is_code = MarkKind.CODE in kinds
        if not said and not is_code:
            return ""
        name, made = self._style("text", *sorted(kinds))
        if made is not None:
            if is_code:
                made.set(named("style:parent-style-name"), "Source_20_Text")
            if said:
                child(made, "style:text-properties", said)
        return name

    def table(self, width: float, *, is_rtl: bool) -> str:
        name, made = self._style("table", f"{width:.2f}", str(is_rtl))
        if made is not None:
            said = {"style:width": f"{width:.2f}mm", "table:align": "left", "fo:margin-bottom": "2mm"}
            mode = {"style:writing-mode": "rl-tb" if is_rtl else "lr-tb"}
            child(made, "style:table-properties", said | mode | ({"table:align": "right"} if is_rtl else {}))
        return name

    def table_column(self, width: float) -> str:
        name, made = self._style("table-column", f"{width:.2f}")
        if made is not None:
            child(made, "style:table-column-properties", {"style:column-width": f"{width:.2f}mm"})
        return name

    def cell(self, border: str) -> str:
        name, made = self._style("table-cell", border)
        if made is not None:
            child(made, "style:table-cell-properties", {"fo:border": border, "fo:padding": f"{CELL_MARGIN / 2}mm"})
        return name


def _way(style: str, side: OdtSide) -> dict[str, str]:
    """Return how a paragraph runs; LibreOffice takes its «start» for the left side in every language."""
    if not side.is_rtl:
        return {"style:writing-mode": "lr-tb"}
    is_centred = any(one.is_centred for one in office.STYLES if one.name == style)
    return {"style:writing-mode": "rl-tb"} | ({} if is_centred else {"fo:text-align": "right"})


def _language_of(language: Language) -> dict[str, str]:
    code, country = language.locale
    said = {"fo:language": code, "fo:country": country or "none"}
    if language.direction == "rtl":
        return {f"{name.replace('fo:', 'style:')}-complex": value for name, value in said.items()}
    return said


def _id_of(style: str) -> str:
    return _OTHER_NAMES.get(style, style).replace(" ", "_20_")


# --- those with a name ---------------------------------------------------------------


def add_named(root: "_Element", sides: Sequence[OdtSide]) -> None:
    """Add the styles that people see by their names, and how notes are counted."""
    styles = child(root, "office:styles")
    _defaults(styles, sides[-1])
    for style in office.STYLES:
        _paragraph_style(styles, style)
    code = _style(styles, "Source Text", "text")
    faces = {"style:font-name": office.MONOSPACED, "style:font-name-complex": office.MONOSPACED}
    child(code, "style:text-properties", faces)
    for side in sides:
        _notes_configuration(styles, side)


def add_fonts(root: "_Element") -> None:
    faces = child(root, "office:font-face-decls")
    for name, generic, pitch in ((office.FONT, "roman", "variable"), (office.MONOSPACED, "modern", "fixed")):
        said = {"style:name": name, "svg:font-family": f"'{name}'", "style:font-family-generic": generic}
        child(faces, "style:font-face", {**said, "style:font-pitch": pitch})


def _style(into: "_Element", name: str, family: str) -> "_Element":
    shown = _OTHER_NAMES.get(name, name)
    display = {"style:display-name": shown} if " " in shown else {}
    return child(into, "style:style", {"style:name": _id_of(name), **display, "style:family": family})


def _defaults(styles: "_Element", side: OdtSide) -> None:
    default = child(styles, "style:default-style", {"style:family": "paragraph"})
    mode = "rl-tb" if side.is_rtl else "lr-tb"
    child(default, "style:paragraph-properties", {"style:writing-mode": mode, "fo:orphans": "2", "fo:widows": "2"})
    faces = {"style:font-name": office.FONT, "style:font-name-complex": office.FONT}
    child(
        default,
        "style:text-properties",
        faces | _sizes(office.ParagraphStyle("").size) | _language_of(side.column.language),
    )
    child(styles, "style:style", {"style:name": "Standard", "style:family": "paragraph", "style:class": "text"})


def _sizes(points: float) -> dict[str, str]:
    return {"fo:font-size": f"{points:g}pt", "style:font-size-complex": f"{points * office.LARGER:.1f}pt"}


def _paragraph_style(styles: "_Element", style: office.ParagraphStyle) -> None:
    made = _style(styles, style.name, "paragraph")
    made.set(named("style:parent-style-name"), "Standard")
    if style.outline:
        made.set(named("style:default-outline-level"), str(style.outline))
    said = {"fo:margin-top": f"{style.above:g}pt", "fo:margin-bottom": f"{style.below:g}pt"}
    if style.indent:
        said |= {"fo:margin-left": f"{style.indent:g}mm", "fo:margin-right": f"{style.indent:g}mm"}
    if style.hanging:
        said |= {"fo:margin-left": f"{style.hanging:g}mm", "fo:text-indent": f"-{style.hanging:g}mm"}
    said |= {"fo:text-align": "center"} if style.is_centred else {}
    said |= {"fo:keep-with-next": "always"} if style.keeps_next else {}
    said |= {"fo:border-bottom": "0.5pt solid #808080"} if style.name == "Separator" else {}
    child(made, "style:paragraph-properties", said)
    letters = _sizes(style.size) | (_BOLD if style.is_bold else {}) | (_ITALIC if style.is_italic else {})
    child(made, "style:text-properties", letters)


def _notes_configuration(styles: "_Element", side: OdtSide) -> None:
    form = sample(side.column.language) or "1"
    said = {"text:note-class": side.kind, "style:num-format": form, "text:start-value": "0"}
    if side.kind == "footnote":
        said |= {"text:footnotes-position": "page", "text:start-numbering-at": "document"}
    child(styles, "text:notes-configuration", said)
