"""A published text as a Word document in the styles of the one that it was translated from.

Only looks are taken over: styles, fonts, colours, indents, tables, the page. Words of the original that are no part of
what was published (heads of pages, comments, what was deleted) stay behind, as does all that tells who wrote it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.office import word
from pipeline.office.word import W, child
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats import _word
from pipeline.publication.formats._word.styles import id_of, style_names
from pipeline.publication.restyled.anonymity import anonymous, drop, forget
from pipeline.publication.restyled.original import OriginalFile, ParagraphLook, looks_of
from pipeline.publication.restyled.properties import (
    KEPT_OF_CELLS,
    KEPT_OF_LETTERS,
    KEPT_OF_PAGES,
    KEPT_OF_PARAGRAPHS,
    KEPT_OF_TABLES,
    add,
    pair_up,
    replace,
    sort,
)

if TYPE_CHECKING:
    from lxml.etree import _Element


def docx_styled(published: Published, publisher: Publisher, original: bytes) -> bytes:
    """Return a published text in the styles of the Word document it was translated from.

    Paragraphs whose like is not found there have the style of that name, or ours. Raises OfficeError or XmlError for
    what is no Word document of the usual kind that can be read: the format `docx` then serves as well.
    """
    source = OriginalFile(original)
    pair = office.pair(published, publisher, _word.FORMS)
    file = _RestyledFile(published, publisher, pair.text, source)
    looks = looks_of(pair, source)
    for part in pair.text.parts:
        before = len(file.body)
        file.add(file.body, [part], file.main, file.width)
        new = list(islice(file.body.iterchildren(reversed=True), len(file.body) - before))
        file.dress(reversed(new), looks.get(id(part), ()))
    return file.packed(_word.MARGIN)


@dataclass(slots=True)
class _Names:
    """The ids of styles in the original by their names, as programs compare them."""

    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: "_Element | None") -> "_Names":
        found = styles.iterchildren(f"{W}style") if styles is not None else ()
        return cls({word.value(style, "name").casefold(): style.get(f"{W}styleId", "") for style in found})


class _RestyledFile(_word.WordFile):
    """A document that is put together in the looks of another."""

    def __init__(self, published: Published, publisher: Publisher, text: office.FileText, source: OriginalFile) -> None:
        super().__init__(published, publisher, [text], _width(source.page()))
        self.source = source
        self.names = _Names.of(source.styles)
        self.kept: dict[int, _Element] = {}
        """What names a style of the original already."""
        numbers = [] if source.numbering is None else list(source.numbering.iterchildren(f"{W}num"))
        self.lists_before = max((_figure(one.get(f"{W}numId", "")) for one in numbers), default=0)
        self.main.first_list += self.lists_before

    def dress(self, made: "Iterable[_Element]", looks: Iterable[ParagraphLook | None]) -> None:
        """Give paragraphs the looks of those they stand for."""
        paragraphs = [
            one for element in made for one in element.iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle") is not None
        ]
        for paragraph, look in zip(paragraphs, looks, strict=False):
            if look:
                self.dress_paragraph(paragraph, look)

    def dress_paragraph(self, paragraph: "_Element", look: ParagraphLook) -> None:
        properties = paragraph.find(f"{W}pPr")
        assert properties is not None  # as of every paragraph that is made here
        style = word.value(look.paragraph, "pStyle")
        if style in self.names.ids.values():
            properties[0].set(f"{W}val", style)
            self.kept[id(properties[0])] = properties[0]
        is_item = properties.find(f"{W}numPr") is not None
        add(properties, look.paragraph, [one for one in KEPT_OF_PARAGRAPHS if not (is_item and one in ("ind", "tabs"))])
        for run in paragraph.iter(f"{W}r"):
            if (letters := run.find(f"{W}rPr")) is not None and run.find(f"{W}t") is not None:
                add(letters, look.letters, KEPT_OF_LETTERS)
                pair_up(letters)
                sort(letters)
        cell, table = (next(paragraph.iterancestors(f"{W}{name}"), None) for name in ("tc", "tbl"))
        if cell is not None and table is not None and look.table is not None:
            replace(table.find(f"{W}tblPr"), look.table, KEPT_OF_TABLES)
            replace(cell.find(f"{W}tcPr"), look.cell, KEPT_OF_CELLS)

    def styles(self) -> "_Element":
        own = super().styles()
        if self.source.styles is None:
            return own
        styles = anonymous(self.source.styles)
        spoken, defaults = own.find(f".//{W}lang"), styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if spoken is not None and defaults is not None:
            defaults.append(spoken)
        for style in list(own.iterchildren(f"{W}style")):
            if word.value(style, "name").casefold() not in self.names.ids:
                self._join(style)
                styles.append(style)
        for properties in styles.iter(f"{W}rPr"):
            pair_up(properties)
            sort(properties)
        for turned in list(styles.iter(f"{W}bidi", f"{W}rtl")):
            drop(turned)
        return styles

    def _join(self, style: "_Element") -> None:
        """Have a style of ours stand on the usual one of the original, under an id that is free there."""
        id = style.get(f"{W}styleId", "")
        if id in self.names.ids.values():
            style.set(f"{W}styleId", f"{id}Published")
        if f"{W}default" in style.attrib:
            del style.attrib[f"{W}default"]
        if (based := style.find(f"{W}basedOn")) is not None:
            based.set(f"{W}val", self.names.ids.get("normal", "Normal"))

    def finish(self, parts: "Iterable[_Element]") -> None:
        """Have all that is written name the styles of the original."""
        own = {id_of(name): shown.casefold() for name, shown in style_names()}
        taken = set(self.names.ids.values())
        for one in (one for part in parts for one in part.iter(f"{W}pStyle", f"{W}rStyle")):
            style = one.get(f"{W}val", "")
            if style in own and id(one) not in self.kept:
                one.set(f"{W}val", self.names.ids.get(own[style]) or (f"{style}Published" if style in taken else style))
        forget(list(parts))

    def others(self) -> "dict[str, _Element]":
        theme = self.source.theme
        if theme is None or any(name.startswith(_RELATED) for one in theme.iter() for name in map(str, one.attrib)):
            return {}
        return {"theme1": anonymous(theme)}

    def numbering(self) -> "_Element":
        own = super().numbering()
        if self.source.numbering is None:
            return own
        joined = anonymous(self.source.numbering)
        for name in ("numPicBullet", "lvlPicBulletId", "nsid", "tmpl", "name"):
            for one in list(joined.iter(f"{W}{name}")):
                drop(one)
        definitions = list(joined.iterchildren(f"{W}abstractNum"))
        before = max((_figure(one.get(f"{W}abstractNumId", "")) for one in definitions), default=0)
        for one in list(own.iterchildren(f"{W}abstractNum")):
            one.set(f"{W}abstractNumId", str(before + _figure(one.get(f"{W}abstractNumId", ""))))
            joined.insert(len(definitions), one)
            definitions.append(one)
        for one in list(own.iterchildren(f"{W}num")):
            one.set(f"{W}numId", str(self.lists_before + _figure(one.get(f"{W}numId", ""))))
            one[0].set(f"{W}val", str(before + _figure(one[0].get(f"{W}val", ""))))
            joined.append(one)
        return joined

    def page(self, section: "_Element", margin: int) -> None:
        found = self.source.page()
        if found is None or found.find(f"{W}pgSz") is None:
            super().page(section, margin)
            return
        for name in KEPT_OF_PAGES:
            if (one := found.find(f"{W}{name}")) is not None:
                section.append(anonymous(one))
        child(section, "cols", space="708")


def _width(section: "_Element | None") -> int:
    """Return the width that text has on a page, in twentieths of a point."""
    size, margins = (section.find(f"{W}{name}") if section is not None else None for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return _word.WIDTH - 2 * _word.MARGIN
    width = _figure(size.get(f"{W}w", "")) - sum(_figure(margins.get(f"{W}{side}", "")) for side in ("left", "right"))
    return width if width > _LEAST_WIDTH else _word.WIDTH - 2 * _word.MARGIN


_LEAST_WIDTH = 2000


def _figure(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
