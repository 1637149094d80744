"""How paragraphs, characters and lists of a Word document look, and its settings."""

from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages import Language
from pipeline.model import MarkKind
from pipeline.office.word import child
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._numbering import CountedLevel
from pipeline.publication.formats._word.package import new_part

if TYPE_CHECKING:
    from lxml.etree import _Element


def style_names() -> Iterator[tuple[str, str]]:
    """Yield the names of our styles, and those by which Word knows them."""
    names = (*(style.name for style in office.STYLES), *_OF_CHARACTERS)
    return ((name, _NAMES_IN_WORD.get(name, name)) for name in names)


_OF_CHARACTERS = ("Footnote Reference", "Endnote Reference", "Hyperlink", "HTML Code")


def id_of(style: str) -> str:
    """Return the id of a style by its name."""
    return "TableNormal" if style == "Normal Table" else style.replace(" ", "")


def say_language(properties: "_Element", language: Language, way: str) -> None:
    """Say in which direction and in which language words are; which language reads otherwise there, nobody knows."""
    if way == "rtl":
        child(properties, "rtl")
    if way == language.direction:
        code = "-".join(filter(None, language.locale))
        child(properties, "lang", **{"bidi" if way == "rtl" else "val": code})


TURNED_ON = {MarkKind.STRONG: ("b", "bCs"), MarkKind.EMPHASIS: ("i", "iCs")}


def styles_part(language: Language) -> "_Element":
    """Return the styles of a document in a language."""
    code = "-".join(filter(None, language.locale))
    return deepcopy(_styles_in(code, is_rtl=language.direction == "rtl"))  # whoever asks may change them


@lru_cache(maxsize=32)
def _styles_in(code: str, *, is_rtl: bool) -> "_Element":
    """Return the styles of texts in a language: they are half of what is written of a short text."""
    root = new_part("styles")
    defaults = child(root, "docDefaults")
    properties = child(child(defaults, "rPrDefault"), "rPr")
    child(properties, "rFonts", ascii=office.FONT, hAnsi=office.FONT, eastAsia=office.FONT, cs=office.FONT)
    _size(properties, office.ParagraphStyle("").size)
    child(properties, "lang", **{"bidi" if is_rtl else "val": code})
    child(defaults, "pPrDefault")
    _style(root, "paragraph", "Normal", is_default=True)
    _style(root, "character", "Default Paragraph Font", is_default=True)
    _style(root, "table", "Normal Table", is_default=True)
    for style in office.STYLES:
        _paragraph_style(root, style)
    _character_styles(root)
    return root


def _style(root: "_Element", kind: str, name: str, based_on: str = "", *, is_default: bool = False) -> "_Element":
    default = {"default": "1"} if is_default else {}
    made = child(root, "style", type=kind, **default, styleId=id_of(name))
    child(made, "name", val=_NAMES_IN_WORD.get(name, name))
    if based_on:
        child(made, "basedOn", val=based_on)
    child(made, "qFormat")
    return made


_NAMES_IN_WORD = {
    **{f"Heading {level}": f"heading {level}" for level in range(1, 10)},
    "Caption": "caption",
    **{name: name.lower() for kind in ("Footnote", "Endnote") for name in (f"{kind} Text", f"{kind} Reference")},
    "Header": "header",
    "Footer": "footer",
}
"""Word knows its own styles by these names, whatever it shows."""


def _paragraph_style(root: "_Element", style: office.ParagraphStyle) -> None:
    made = _style(root, "paragraph", style.name, "Normal")
    paragraph = child(made, "pPr")
    if style.keeps_next:
        child(paragraph, "keepNext")
    child(paragraph, "spacing", before=_twips(style.above), after=_twips(style.below))
    if style.indent:
        sides = dict.fromkeys(("left", "right"), _twips(style.indent * 72 / 25.4))
        child(paragraph, "ind", **sides)
    if style.hanging:
        room = _twips(style.hanging * 72 / 25.4)
        child(paragraph, "ind", left=room, hanging=room)
    if style.is_centred:
        child(paragraph, "jc", val="center")
    if style.outline:
        child(paragraph, "outlineLvl", val=str(style.outline - 1))
    letters = child(made, "rPr")
    for kind, is_so in ((MarkKind.STRONG, style.is_bold), (MarkKind.EMPHASIS, style.is_italic)):
        for name in TURNED_ON[kind] if is_so else ():
            child(letters, name)
    _size(letters, style.size)


def _twips(points: float) -> str:
    return str(round(points * 20))


def _size(properties: "_Element", points: float) -> None:
    """Set the size of letters; those of Arabic are smaller in their font than Latin ones."""
    child(properties, "sz", val=str(round(2 * points)))
    child(properties, "szCs", val=str(round(2 * points * office.LARGER)))


def _character_styles(root: "_Element") -> None:
    for kind in ("Footnote", "Endnote"):
        child(child(_style(root, "character", f"{kind} Reference"), "rPr"), "vertAlign", val="superscript")
    link = child(_style(root, "character", "Hyperlink"), "rPr")
    child(link, "color", val="1F4E79")
    child(link, "u", val="single")
    code = child(_style(root, "character", "HTML Code"), "rPr")
    child(code, "rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs"), office.MONOSPACED))


def numbering_part(columns: Iterable[office.FileText]) -> "_Element":
    """Return the lists of texts, counted on from one text to the next."""
    root = new_part("numbering")
    lists = [(levels, column) for column in columns for levels in column.lists.levels()]
    for number, (levels, column) in enumerate(lists, 1):
        one = child(root, "abstractNum", abstractNumId=str(number))
        child(one, "multiLevelType", val="multilevel")
        for place, level in sorted(levels.items()):
            _level(one, place, level, column)
    for number in range(1, len(lists) + 1):
        child(child(root, "num", numId=str(number)), "abstractNumId", val=str(number))
    return root


_STEP = 425
"""From one level of a list to the next."""
_LONG = 3
"""Characters of a marker for which there is no room before the text."""


def _level(into: "_Element", place: int, level: CountedLevel, column: office.FileText) -> None:
    made = child(into, "lvl", ilvl=str(place))
    child(made, "start", val=str(level.start))
    child(made, "numFmt", val=level.form)
    if not level.text or len(level.text.replace("%", "")) > _LONG:
        child(made, "suff", val="space" if level.text else "nothing")
    child(made, "lvlText", val=level.text)
    child(made, "lvlJc", val="left")
    # LibreOffice lets markers begin where they should end, when the text reads from the right.
    room = _STEP // 2 if column.is_rtl else 0
    child(child(made, "pPr"), "ind", left=str(_STEP * (place + 1) + room), hanging=str(_STEP * bool(level.text)))
    say_language(child(made, "rPr"), column.language, column.language.direction)


def fonts_part() -> "_Element":
    """Return what stands for our fonts where there are none of these names."""
    root = new_part("fonts")
    for name, family, pitch in ((office.FONT, "roman", "variable"), (office.MONOSPACED, "modern", "fixed")):
        font = child(root, "font", name=name)
        child(font, "family", val=family)
        child(font, "pitch", val=pitch)
    return root


NOTE_SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}
"""What stands above notes, by the numbers that Word gives it."""


def settings_part(kinds: Collection[str]) -> "_Element":
    """Return the settings of a document with notes of these kinds."""
    root = new_part("settings")
    child(root, "defaultTabStop", val=str(_STEP))
    for kind in ("footnote", "endnote"):
        if kind in kinds:
            notes = child(root, f"{kind}Pr")
            child(notes, "numFmt", val="decimal")
            for id in NOTE_SEPARATORS:
                child(notes, kind, id=id)
    compatible = child(root, "compat")
    uri = "http://schemas.microsoft.com/office/word"
    child(compatible, "compatSetting", name="compatibilityMode", uri=uri, val="15")
    return root
