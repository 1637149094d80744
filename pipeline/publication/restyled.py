"""A published text as a Word document in the styles of the one that it was translated from.

Only looks are taken over: styles, fonts, colours, indents, tables, the page. Words of the original that are no part of
what was published (heads of pages, comments, what was deleted) stay behind, as does all that tells who wrote it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.edition.content import Words, plain
from pipeline.office import archive, word, xml
from pipeline.office.word import W, child
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats import _word
from pipeline.publication.formats._word.package import new_part
from pipeline.publication.formats._word.styles import id_of, style_names
from pipeline.text.orthography import fold

if TYPE_CHECKING:
    from lxml.etree import _Element


def docx_styled(published: Published, publisher: Publisher, original: bytes) -> bytes:
    """Return a published text in the styles of the Word document it was translated from.

    Paragraphs whose like is not found there have the style of that name, or ours. Raises OfficeError or XmlError for
    what is no Word document of the usual kind that can be read: the format `docx` then serves as well.
    """
    source = _SourceFile(original)
    pair = office.pair(published, publisher, _word.FORMS)
    file = _RestyledFile(published, publisher, pair.text, source)
    looks = _looks(pair, source)
    for part in pair.text.parts:
        before = len(file.body)
        file.add(file.body, [part], file.main, file.width)
        new = list(islice(file.body.iterchildren(reversed=True), len(file.body) - before))
        file.dress(reversed(new), looks.get(id(part), ()))
    return file.packed(_word.MARGIN)


# --- the original --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ParagraphLook:
    """How a paragraph of the original looks: what is said of it, of all of its letters, and of the table it is in."""

    paragraph: "_Element | None"
    letters: "_Element | None"
    table: "_Element | None"
    cell: "_Element | None"


_KEPT_OF_PARAGRAPHS = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "shd", "tabs", "spacing", "ind",
    "contextualSpacing", "jc",
)  # fmt: skip
_KEPT_OF_LETTERS = ("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "sz", "szCs", "u", "shd")
_KEPT_OF_TABLES = ("tblStyle", "jc", "tblBorders", "shd", "tblCellMar", "tblLook")
_KEPT_OF_CELLS = ("tcBorders", "shd", "vAlign")
_KEPT_OF_PAGES = ("pgSz", "pgMar", "pgBorders")

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

_MOST_BYTES = 50_000_000
_WANTED = {"styles": "styles.xml", "numbering": "numbering.xml", "theme": "theme/theme1.xml"}


class _SourceFile:
    """The Word document that a text was translated from: its looks."""

    def __init__(self, content: bytes) -> None:
        main = archive.main_part(content)
        wanted = archive.beside(content, main, _WANTED)
        parts = archive.parts(content, {main, *wanted.values()}, _MOST_BYTES)
        if main not in parts:
            raise archive.OfficeError("not a whole document (its text is missing)")
        self.root = xml.parse(parts[main])
        if self.root.tag != f"{W}document":
            raise archive.OfficeError("a Word document of the strict variant; its styles cannot be kept")
        found = {name: xml.parse(parts[path]) for name, path in wanted.items() if path in parts}
        self.styles, self.numbering, self.theme = (found.get(name) for name in wanted)

    def paragraphs(self) -> Iterator[tuple[str, _ParagraphLook]]:
        """Yield the comparison form of every paragraph with words, and how it looks."""
        for paragraph in self.root.iter(f"{W}p"):
            if key := _key(_words(paragraph)):
                yield key, _look_of(paragraph)

    def page(self) -> "_Element | None":
        return next(reversed(list(self.root.iter(f"{W}sectPr"))), None)


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


def _words(element: "_Element") -> str:
    """Return the words of a paragraph, all changes accepted; a paragraph in it has its own."""
    parts: list[str] = []
    for one in word.children(element):
        name = xml.name(one)
        if name == "t":
            parts.append(one.text or "")
        elif name in word.CHARACTERS:
            parts.append(" ")
        elif name != "p":
            parts.append(_words(one))
    return "".join(parts)


def _look_of(paragraph: "_Element") -> _ParagraphLook:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    return _ParagraphLook(
        paragraph.find(f"{W}pPr"),
        _common(paragraph),
        None if table is None else table.find(f"{W}tblPr"),
        None if cell is None else cell.find(f"{W}tcPr"),
    )


def _common(paragraph: "_Element") -> "_Element | None":
    """Return what is said alike of all letters of a paragraph."""
    runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
    said = [_by_tag(run.find(f"{W}rPr")) for run in runs]
    made = child(new_part("r"), "rPr")
    for tag, one in (pair for first in said[:1] for pair in first.items()):
        if all(tag in other and sorted(other[tag].items()) == sorted(one.items()) for other in said):
            made.append(deepcopy(one))
    return made


def _by_tag(properties: "_Element | None") -> "dict[str, _Element]":
    return {} if properties is None else {str(one.tag): one for one in properties}


# --- which paragraph of the original is which ------------------------------------------


def _looks(pair: office.SideBySide, source: _SourceFile) -> Mapping[int, tuple[_ParagraphLook | None, ...]]:
    """Return how the paragraphs of each part of a text look, by its identity: as those of its like in the original."""
    found = _Search(source.paragraphs())
    looks: dict[int, tuple[_ParagraphLook | None, ...]] = {}
    for originals, parts in pair.rows:
        for original, part in zip(originals, parts, strict=False):
            looks[id(part)] = tuple(found.next(plain(words)) for words in _paragraphs_of(original))
    return looks


def _paragraphs_of(part: office.Part) -> Iterator[Words]:
    """Yield the words of the paragraphs that a part becomes."""
    if isinstance(part, office.StyledParagraph):
        yield part.words
    elif isinstance(part, office.CellGrid):
        for line in part.lines:
            for at in range(len(part.shares)):
                yield line[at] if at < len(line) else ()


_AHEAD = 40
"""Paragraphs of the original in which the next one is looked for."""


class _Search:
    """The paragraphs of an original, of which the next of some words is looked for a little way on."""

    def __init__(self, paragraphs: Iterable[tuple[str, _ParagraphLook]]) -> None:
        self.left = deque(paragraphs)

    def next(self, text: str) -> _ParagraphLook | None:
        """Return how the next paragraph with a text looks, which a marker may stand before that was typed."""
        key = _key(text)
        if not key:
            return None
        for at, (words, look) in enumerate(islice(self.left, _AHEAD)):
            if words == key or (words.endswith(key) and len(words) - len(key) <= _LONGEST_MARKER):
                for _ in range(at + 1):
                    self.left.popleft()
                return look
        return None


_LONGEST_MARKER = 8


# --- the file ------------------------------------------------------------------------


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

    def __init__(self, published: Published, publisher: Publisher, text: office.FileText, source: _SourceFile) -> None:
        super().__init__(published, publisher, [text], _width(source.page()))
        self.source = source
        self.names = _Names.of(source.styles)
        self.kept: dict[int, _Element] = {}
        """What names a style of the original already."""
        numbers = [] if source.numbering is None else list(source.numbering.iterchildren(f"{W}num"))
        self.lists_before = max((_figure(one.get(f"{W}numId", "")) for one in numbers), default=0)
        self.main.first_list += self.lists_before

    def dress(self, made: "Iterable[_Element]", looks: Iterable[_ParagraphLook | None]) -> None:
        """Give paragraphs the looks of those they stand for."""
        paragraphs = [
            one for element in made for one in element.iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle") is not None
        ]
        for paragraph, look in zip(paragraphs, looks, strict=False):
            if look:
                self.dress_paragraph(paragraph, look)

    def dress_paragraph(self, paragraph: "_Element", look: _ParagraphLook) -> None:
        properties = paragraph.find(f"{W}pPr")
        assert properties is not None  # as of every paragraph that is made here
        style = word.value(look.paragraph, "pStyle")
        if style in self.names.ids.values():
            properties[0].set(f"{W}val", style)
            self.kept[id(properties[0])] = properties[0]
        is_item = properties.find(f"{W}numPr") is not None
        _add(
            properties, look.paragraph, [one for one in _KEPT_OF_PARAGRAPHS if not (is_item and one in ("ind", "tabs"))]
        )
        for run in paragraph.iter(f"{W}r"):
            if (letters := run.find(f"{W}rPr")) is not None and run.find(f"{W}t") is not None:
                _add(letters, look.letters, _KEPT_OF_LETTERS)
                _pair_up(letters)
                _sort(letters)
        cell, table = (next(paragraph.iterancestors(f"{W}{name}"), None) for name in ("tc", "tbl"))
        if cell is not None and table is not None and look.table is not None:
            _replace(table.find(f"{W}tblPr"), look.table, _KEPT_OF_TABLES)
            _replace(cell.find(f"{W}tcPr"), look.cell, _KEPT_OF_CELLS)

    def styles(self) -> "_Element":
        own = super().styles()
        if self.source.styles is None:
            return own
        styles = _anonymous(self.source.styles)
        spoken, defaults = own.find(f".//{W}lang"), styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if spoken is not None and defaults is not None:
            defaults.append(spoken)
        for style in list(own.iterchildren(f"{W}style")):
            if word.value(style, "name").casefold() not in self.names.ids:
                self._join(style)
                styles.append(style)
        for properties in styles.iter(f"{W}rPr"):
            _pair_up(properties)
            _sort(properties)
        for turned in list(styles.iter(f"{W}bidi", f"{W}rtl")):
            _drop(turned)
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
        _forget(list(parts))

    def others(self) -> "dict[str, _Element]":
        theme = self.source.theme
        if theme is None or any(name.startswith(_RELATED) for one in theme.iter() for name in map(str, one.attrib)):
            return {}
        return {"theme1": _anonymous(theme)}

    def numbering(self) -> "_Element":
        own = super().numbering()
        if self.source.numbering is None:
            return own
        joined = _anonymous(self.source.numbering)
        for name in ("numPicBullet", "lvlPicBulletId", "nsid", "tmpl", "name"):
            for one in list(joined.iter(f"{W}{name}")):
                _drop(one)
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
        for name in _KEPT_OF_PAGES:
            if (one := found.find(f"{W}{name}")) is not None:
                section.append(_anonymous(one))
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


def _drop(element: "_Element") -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _anonymous(element: "_Element") -> "_Element":
    """Return a copy of looks without what programs and their users add to these: words, names, sessions, links."""
    made = deepcopy(element)
    for one in list(made.iterdescendants()):
        is_change = f"{W}author" in one.attrib  # of how it looked before, by whom, and when
        if is_change or not str(one.tag).startswith((W, _DRAWN)) or xml.name(one) in _SAID_OF_LOOKS:
            _drop(one)
    for one in made.iter():
        one.text = one.tail = None
        for name in [name for name in one.attrib if "rsid" in str(name) or not str(name).startswith((W, *_PLAIN))]:
            del one.attrib[name]
        if "name" in one.attrib and xml.name(one) in _NAMED:
            one.set("name", "Office")
    return made


_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLAIN = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""What an attribute begins with that is of no other program's namespace."""
_SAID_OF_LOOKS = {
    "rsid", "aliases", "extLst", "ext", "custClrLst", "extraClrSchemeLst", "objectDefaults", "lang", "latentStyles",
    "personal", "personalCompose", "personalReply",
}  # fmt: skip
_NAMED = {"theme", "clrScheme", "fontScheme", "fmtScheme"}
"""Parts of a theme that whoever made it has named."""


# --- what styles and lists are called -------------------------------------------------


_STYLED = ("pStyle", "rStyle", "tblStyle")
_NAMING = (*_STYLED, "basedOn", "next", "link", "styleLink", "numStyleLink")
_PLAIN_NAMES = {
    "list paragraph", "list bullet", "list number", "body text", "table grid", "no list", "no spacing", "normal (web)",
}  # fmt: skip
"""Of styles that Word has everywhere, beside those that ours have."""


def _forget(parts: "Sequence[_Element]") -> None:
    """Leave styles and lists that are used, by names that say nothing.

    People call styles after persons and houses, Word gives ids in the language of its user, and lists that nothing uses
    may have words that nobody saw.
    """
    styles, numbering = (next(one for one in parts if one.tag == f"{W}{name}") for name in ("styles", "numbering"))
    texts = [one for one in parts if one not in (styles, numbering)]
    _leave_used(styles, {one.get(f"{W}val", "") for text in texts for one in text.iter(*_all(_STYLED))})
    _leave_numbered(numbering, {one.get(f"{W}val", "") for part in (styles, *texts) for one in part.iter(f"{W}numId")})
    called = _called(styles)
    for one in [one for part in parts for one in part.iter(*_all(_NAMING))]:
        if new := called.get(one.get(f"{W}val", "")):
            one.set(f"{W}val", new)
        else:
            _drop(one)


def _all(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{W}{name}" for name in names)


def _leave_used(styles: "_Element", used: set[str]) -> None:
    """Leave the styles with these ids, those that are used where none is named, and what they stand on."""
    left = {one.get(f"{W}styleId", ""): one for one in styles.iterchildren(f"{W}style")}
    waiting = [*used, *(id for id, one in left.items() if f"{W}default" in one.attrib)]
    while waiting:
        if (style := left.pop(waiting.pop(), None)) is not None:
            waiting.append(word.value(style, "basedOn"))
    for style in left.values():
        styles.remove(style)


def _leave_numbered(numbering: "_Element", used: set[str]) -> None:
    """Leave the lists with these numbers."""
    for one in list(numbering.iterchildren(f"{W}num")):
        if one.get(f"{W}numId", "") not in used:
            numbering.remove(one)
    made = {word.value(one, "abstractNumId") for one in numbering.iterchildren(f"{W}num")}
    for one in list(numbering.iterchildren(f"{W}abstractNum")):
        if one.get(f"{W}abstractNumId", "") not in made:
            numbering.remove(one)


def _called(styles: "_Element") -> dict[str, str]:
    """Give styles names and ids that say nothing of people; return the ids by those they had."""
    plain = {shown.casefold() for _, shown in style_names()} | _PLAIN_NAMES
    plain |= {"normal", "default paragraph font", "normal table"}
    called: dict[str, str] = {}
    for number, style in enumerate(styles.iterchildren(f"{W}style"), 1):
        shown = word.value(style, "name").casefold()
        id = "".join(filter(str.isalnum, shown.title())) if shown in plain else f"Style{number}"
        id = f"{id}{number}" if id in called.values() else id
        if shown not in plain and (name := style.find(f"{W}name")) is not None:
            name.set(f"{W}val", f"Style {number}")
        called.setdefault(style.get(f"{W}styleId", ""), id)
        style.set(f"{W}styleId", id)
    return called


# --- elements --------------------------------------------------------------------------


def _add(into: "_Element", said: "_Element | None", kept: Iterable[str]) -> None:
    """Add what is said of these names, as far as nothing is said of them yet."""
    for name in kept:
        one = said.find(f"{W}{name}") if said is not None else None
        if one is not None and into.find(f"{W}{name}") is None:
            into.append(_anonymous(one))
    _sort(into)


def _replace(into: "_Element | None", said: "_Element | None", kept: Iterable[str]) -> None:
    assert into is not None  # tables that are made here have their properties
    for name in kept if said is not None else ():
        if (own := into.find(f"{W}{name}")) is not None:
            into.remove(own)
    _add(into, said, kept)


def _pair_up(letters: "_Element") -> None:
    """Say of Latin letters what is said only of those from right to left, and the other way round."""
    for pair in _TWINS:
        found = [letters.find(f"{W}{name}") for name in pair]
        for name, own, other in zip(pair, found, reversed(found), strict=True):
            if own is None and other is not None:
                child(letters, name, **{str(key).removeprefix(W): str(value) for key, value in other.attrib.items()})


def _sort(properties: "_Element") -> None:
    order = _ORDER[xml.name(properties)]
    known = {f"{W}{name}": place for place, name in enumerate(order.split())}
    properties[:] = sorted(properties, key=lambda one: known.get(str(one.tag), len(known)))
