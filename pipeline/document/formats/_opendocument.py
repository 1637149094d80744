"""OpenDocument texts, as LibreOffice and others save them (OASIS OpenDocument 1.3, part 3).

Tracked changes are accepted: what was deleted stands apart from the text there, and is not read.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.document.formats import _drawings, _lines, _sight
from pipeline.document.formats._sight import Sight
from pipeline.document.formats._styles import CODE, FURNITURE, KINDS, LONGEST_NAME
from pipeline.document.looks import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.office import archive, counters, symbols, xml
from pipeline.office.xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASIDE = {
    "annotation", "annotation-end", "tracked-changes", "ruby-text", "title", "desc", "placeholder", "script",
    "covered-table-cell", "forms", "hidden-text", "hidden-paragraph", "sequence-decls", "variable-decls",
    "user-field-decls", "dde-connection-decls",
}  # fmt: skip
"""Elements that are no part of the running text, or do not show."""
_TITLE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}title"
"""A field that shows the title of the file; what a drawing is called has the same name in another namespace."""
_INDEXES = {
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
}  # fmt: skip
_DRAWN = re.compile(r"\{urn:oasis:names:tc:opendocument:xmlns:(?:drawing|dr3d):1\.0\}(?!a$)")
"""Whatever is drawn may cover a picture: also kinds that are drawn by few programs. A link around a drawing is none."""
_MOST_ELEMENTS = 1_000_000
"""Of the text, all in memory at once, and the words of each for a while, too."""
_MOST_ABOVE = 30
_MOST_REMEMBERED = 20_000
"""Looks of letters; a document has some hundred."""
_MOST_SPACES = 10
"""Of those that an element stands for; more look the same."""
_LONGEST = 100
"""Characters of what stands around a number, which is shown with every item."""
_TEXT = {
    "font-weight", "font-weight-complex", "font-style", "font-style-complex", "font-size", "font-size-complex",
    "text-position", "font-name", "font-family", "display", "color", "opacity", "background-color",
    "use-window-font-color", "text-line-through-style", "text-line-through-type",
}  # fmt: skip


def shown(content: bytes) -> _lines.ShownText:
    """Return what an OpenDocument text shows; raise OfficeError or XmlError when it is not whole."""
    parts = archive.parts(content, ["content.xml", "styles.xml", "META-INF/manifest.xml"])
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise archive.OfficeError("it is encrypted; open it with its password in LibreOffice and save it without")
    if "content.xml" not in parts:
        raise archive.OfficeError("not a whole document (its text is missing); ask for it again")
    root = xml.parse(parts["content.xml"], _MOST_ELEMENTS)
    body = root.find("{*}body/{*}text")
    if body is None:
        raise archive.OfficeError("it is no text document; save the text as .odt")
    roots = [root, *([xml.parse(parts["styles.xml"], xml.MOST_BESIDE)] if "styles.xml" in parts else [])]
    return _OdtReader(roots).reading(body)


# --- styles --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _OdtStyle:
    """A style as it stands, without its parents: `text` are the attributes of its text, by name."""

    name: str
    parent: str
    text: Mapping[str, str]
    alignment: str = ""
    is_indented: bool | None = None
    is_framed: bool = False
    behind: str = ""
    """The colour behind a paragraph, or in a cell."""
    graphic: Mapping[str, str] = field(default_factory=dict)
    """What it says of drawings."""
    height: str = ""
    """How high its lines are, or a row, whatever is in them."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """How letters look that stand in one style."""

    is_bold: bool
    is_italic: bool
    is_hidden: bool
    size: float
    position: str
    font: str
    doubts: tuple[Sight, ...] = ()


@dataclass(frozen=True, slots=True)
class _OdtSpan:
    """A style within others: the number of those around it, and whether one of all is for code."""

    around: int = 0
    style: str = ""
    is_code: bool = False


_COLOUR = {"color", "use-window-font-color", "opacity"}
"""What is said of the colour of letters; the automatic colour ends where a style within says any of it."""

_Said = tuple[Mapping[str, str], str]
"""What styles say of text, and the colour behind it."""


class _OdtStyles:
    """The styles of a document by their family and name.

    Styles within one another have a number, 0 for none: their names may be long, and many.
    """

    def __init__(self, roots: "list[_Element]") -> None:
        self.styles: dict[tuple[str, str], _OdtStyle] = {}
        self.lists: dict[str, dict[int, _Element]] = {}
        self.outline: dict[int, _Element] = {}
        self.faces: dict[str, str] = {}
        self._spans = [_OdtSpan()]
        self._numbers: dict[tuple[int, str], int] = {}
        self._said: dict[tuple[str, int, str, bool], _Said] = {}
        self._letters: dict[tuple[str, int, str, bool], _Letters] = {}
        for root in reversed(roots):
            self._read(root)

    def _read(self, root: "_Element") -> None:
        for face in root.iterfind("{*}font-face-decls/{*}font-face"):
            self.faces[attribute(face, "name")] = attribute(face, "font-family").strip("'\"")
        for group in root.iterchildren("{*}styles", "{*}automatic-styles"):
            for style in group:
                name = xml.name(style)
                if name in ("style", "default-style"):
                    id = attribute(style, "name") if name == "style" else ""
                    self.styles[attribute(style, "family"), id] = _style(style)
                elif name == "list-style":
                    self.lists[attribute(style, "name")] = _levels(style)
                elif name == "outline-style":
                    self.outline = _levels(style)

    def above(self, family: str, id: str) -> Iterator[_OdtStyle]:
        """Yield a style and its parents."""
        for _ in range(_MOST_ABOVE):
            if not id:
                return
            style = self.styles.get((family, id)) or _OdtStyle(_readable(id), "", {})
            yield style
            id = style.parent

    def within(self, around: int, style: str) -> int:
        """Return the number of a style within those of a number."""
        if not style:
            return around
        if (around, style) not in self._numbers:
            is_code = self.is_code(around) or any(one.name in CODE for one in self.above("text", style))
            self._numbers[around, style] = len(self._spans)
            self._spans.append(_OdtSpan(around, style, is_code))
        return self._numbers[around, style]

    def is_code(self, span: int) -> bool:
        return self._spans[span].is_code

    def letters(self, paragraph: str, span: int, behind: str = "", *, is_complex: bool) -> _Letters:
        """Return how letters look in styles within one another, by their number, in a cell of a colour."""
        if max(len(self._letters), len(self._said)) > _MOST_REMEMBERED:
            self._letters.clear()
            self._said.clear()
        key = paragraph, span, behind, is_complex
        if key not in self._letters:
            self._letters[key] = self._look(*self._all_said(*key), is_complex=is_complex)
        return self._letters[key]

    def _all_said(self, paragraph: str, span: int, behind: str, is_complex: bool) -> _Said:
        """Return what is said of text in a span: the same as around it, and what its own style says."""
        inner = list[int]()
        while span and (paragraph, span, behind, is_complex) not in self._said:
            inner.append(span)
            span = self._spans[span].around
        said = self._said.get((paragraph, span, behind, is_complex))
        if said is None:
            default = self.styles.get(("paragraph", ""))
            said = _added(({}, behind), [default] if default else [], is_complex)
            said = _added(said, list(self.above("paragraph", paragraph)), is_complex)
            self._said[paragraph, span, behind, is_complex] = said
        for span in reversed(inner):
            said = _added(said, list(self.above("text", self._spans[span].style)), is_complex)
            self._said[paragraph, span, behind, is_complex] = said
        return said

    def _look(self, said: Mapping[str, str], behind: str, *, is_complex: bool) -> _Letters:
        suffix = "-complex" if is_complex else ""
        weight = said.get(f"font-weight{suffix}", "normal")
        return _Letters(
            is_bold=weight == "bold" or (weight.isdecimal() and weight >= "600"),
            is_italic=said.get(f"font-style{suffix}") in ("italic", "oblique"),
            is_hidden=said.get("display") == "none",
            size=float(said.get("size") or 12),
            position=said.get("text-position", "").split(" ")[0],
            font=self.faces.get(said.get("font-name", "")) or said.get("font-family", "").strip("'\""),
            doubts=tuple(_doubts(said, behind)),
        )


def _added(before: _Said, chain: Sequence[_OdtStyle], is_complex: bool) -> _Said:
    """Return what was said of text with what a style and its parents say."""
    said, behind = dict(before[0]), before[1]
    for style in reversed(chain):
        size = said.get("size", "")
        if said.get("use-window-font-color") == "true" and _COLOUR & style.text.keys():
            said = {name: value for name, value in said.items() if name not in _COLOUR}
        said |= {name: value for name, value in style.text.items() if value}
        said["size"] = _sized(style.text, size, is_complex)
        behind = style.behind or behind
    return said, behind


def _doubts(said: Mapping[str, str], behind: str) -> Iterator[Sight]:
    """Yield why a reader may not see letters of which this is said, or not take them for valid."""
    own = said.get("background-color", "")
    ground = own if _sight.has_ground(own) else behind
    # Letters of no stated colour are black or white, whichever shows; LibreOffice calls them wholly transparent.
    is_automatic = said.get("use-window-font-color") == "true"
    is_clear = bool(re.fullmatch(r"0(?:\.0{1,9})?%?", said.get("opacity", "")))
    if not is_automatic and (is_clear or (said.get("color") and _sight.is_pale(said["color"], ground))):
        yield Sight.PALE
    if any(said.get(f"text-line-through-{name}", "none") != "none" for name in ("style", "type")):
        yield Sight.STRUCK
    if 0 < float(said.get("size") or 12) < _sight.TINY:
        yield Sight.TINY


def _sized(said: Mapping[str, str], before: str, is_complex: bool) -> str:
    """Return the size of letters in points, where a style gives it, or a share of the one before."""
    found = re.fullmatch(
        r"([0-9]{1,4}(?:\.[0-9]{1,4})?)(pt|%)", said.get("font-size-complex" if is_complex else "font-size", "")
    )
    if not found:
        return before
    return found[1] if found[2] == "pt" else str(round(float(before or 12) * float(found[1]) / 100, 1))


def _style(style: "_Element") -> _OdtStyle:
    text: dict[str, str] = {}
    alignment, is_indented, is_framed = "", None, False
    graphic: dict[str, str] = {}
    behind = height = ""
    for properties in style:
        said = {str(key).rpartition("}")[2]: str(value) for key, value in properties.attrib.items()}
        name = xml.name(properties)
        if name == "text-properties":
            text = {key: value for key, value in said.items() if key in _TEXT}
        elif name == "paragraph-properties":
            alignment, behind = said.get("text-align", ""), said.get("background-color", "")
            is_indented = _is_indented(said)
            height = said.get("line-height", "") if _drawings.points(said.get("line-height", "")) else ""
        elif name == "table-row-properties":
            height = said.get("row-height", "")
        elif name == "graphic-properties":
            graphic = said
        elif name == "table-cell-properties":
            is_framed = any(key.startswith("border") and value not in ("", "none") for key, value in said.items())
            behind = said.get("background-color", "")
    shown = attribute(style, "display-name")[:LONGEST_NAME].casefold() or _readable(attribute(style, "name"))
    behind = behind if _sight.has_ground(behind) else ""
    parent = attribute(style, "parent-style-name")
    return _OdtStyle(shown.strip(), parent, text, alignment, is_indented, is_framed, behind, graphic, height)


def _is_indented(said: Mapping[str, str]) -> bool | None:
    """Whether paragraphs are narrower than others at both sides; None where nothing is said of that."""
    margins = [said.get(f"margin-{side}", "") for side in ("left", "right")]
    return (
        all(re.fullmatch(r"(?:0\.[2-9]|[1-9])[0-9.]{0,6}(?:in|cm)", one) for one in margins) if all(margins) else None
    )


def _readable(id: str) -> str:
    """Return the name of a style that has only an id, as those have which a file uses and does not define."""
    return id[:LONGEST_NAME].replace("_20_", " ").replace("_", " ").strip().casefold()


def _levels(style: "_Element") -> "dict[int, _Element]":
    return {
        _figure(attribute(level, "level"), 1): level
        for level in style
        if xml.name(level).startswith(("list", "outline"))
    }


def _figure(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else otherwise


# --- the text ------------------------------------------------------------------------


@dataclass(slots=True)
class _Item:
    """A level of a list that is being read."""

    style: str
    count: int | None = None


@dataclass(slots=True)
class _OdtParagraph(_lines.OpenParagraph):
    """A paragraph as it is put together, and its style."""

    style: str = ""


class _OdtReader:
    """Reads a text, paragraph by paragraph, into what it shows."""

    def __init__(self, roots: "list[_Element]") -> None:
        self.styles = _OdtStyles(roots)
        self.on_every_page = [one for root in roots for one in _on_every_page(root)]
        self.lines: list[Shown] = []
        self.notes: dict[str, list[tuple[str, _Element]]] = {"footnote": [], "endnote": []}
        self.items: list[_Item] = []
        self.ended: dict[str, dict[int, int | None]] = {}
        """How far each level of a list had counted, by its style and its id."""
        self.left: dict[int, int | None] = {}
        """How far the levels had counted of the list that one goes on with, as far as it has not come to them."""
        self.reached: dict[int, int | None] = {}
        """How far the levels of the list have counted that is being read."""
        self.outline: Counter[int] = Counter()
        self.marker: tuple[str, int | None] | None = None
        self.signs = symbols.Signs()
        self.losses = _lines.Losses()
        self.tables = _lines.Tables()
        self.behind = ""
        """The colour of the cell that is being read."""
        self.cells = 0
        """How many cells are around the place."""

    def reading(self, body: "_Element") -> _lines.ShownText:
        self.inside(body)
        self.losses.shapes += sum(map(self._is_over_all, self.on_every_page))
        for marker, note in (one for notes in self.notes.values() for one in notes):
            self.lines.append(_lines.note(marker, self.within(note), is_marked=True))
        self.losses.signs += len(self.signs.unread)
        return _lines.ShownText(self.lines, self.losses)

    def within(self, element: "_Element") -> list[Shown]:
        """Return what stands in an element, apart from what is around it."""
        outer = self.lines, self.items, self.marker, self.left, self.reached
        self.lines, self.items, self.marker, self.left, self.reached = [], [], None, {}, {}
        self.inside(element)
        lines = self.lines
        self.lines, self.items, self.marker, self.left, self.reached = outer
        return lines

    def inside(self, element: "_Element") -> None:
        for child in element:
            self.block(child)
            _lines.require_not_too_many(len(self.lines))

    def block(self, element: "_Element") -> None:
        name = xml.name(element)
        if _is_hidden(element):
            return
        if name in ("p", "h"):
            self.paragraph(element, name)
        elif name == "list":
            self.items_of(element)
        elif name == "table":
            self.table(element)
        elif name in _INDEXES:
            self.losses.contents += 1
        elif _is_drawn(element):
            text = _OdtParagraph()
            self.drawing(element, text)
            self.beside(text)
        elif name and name not in _ASIDE:
            self.inside(element)

    # --- lists

    def items_of(self, element: "_Element") -> None:
        style = attribute(element, "style-name") or (self.items[-1].style if self.items else "")
        level = len(self.items) + 1
        if (earlier := attribute(element, "continue-list")) and earlier in self.ended:
            self.left |= self.ended[earlier]
        elif not self.items:
            goes_on = attribute(element, "continue-numbering") == "true"
            self.left = dict(self.ended.get(style, {})) if goes_on else {}
        item = _Item(style, self.left.pop(level, None))
        self.items.append(item)
        for child in element:
            if xml.name(child) in ("list-item", "list-header"):
                self.item(child, is_numbered=xml.name(child) == "list-item")
        self.items.pop()
        self.reached[level] = item.count
        if not self.items:
            self.ended[style] = self.ended[attribute(element, "id")] = self.left | self.reached
            self.reached = {}

    def item(self, element: "_Element", *, is_numbered: bool) -> None:
        level = self.styles.lists.get(self.items[-1].style, {}).get(len(self.items))
        here = self.items[-1]
        start = _figure(attribute(level, "start-value"), 1) if level is not None else 1
        if is_numbered and _is_only_a_list(element):
            here.count = start if here.count is None else here.count  # it is counted where none was, and does not show
        elif is_numbered:
            here.count = start if here.count is None else here.count + 1
            here.count = _figure(attribute(element, "start-value"), here.count)
            self.left, self.reached = (_above(len(self.items), counts) for counts in (self.left, self.reached))
            self.marker = self.shown(level)
        self.inside(element)
        self.marker = None

    def shown(self, level: "_Element | None") -> tuple[str, int | None]:
        """Return the marker of an item, and its number if it has one."""
        count = self.items[-1].count
        if level is None:
            return "•", None
        if xml.name(level) != "list-level-style-number":
            return self.bullet(level), None
        levels = self.styles.lists[self.items[-1].style]
        counts = {number: item.count or 1 for number, item in enumerate(self.items, 1)}
        return _numbered(level, levels, counts), count

    def bullet(self, level: "_Element") -> str:
        properties = level.find("{*}text-properties")
        font = ""
        if properties is not None:
            name = attribute(properties, "font-name")
            font = self.styles.faces.get(name) or attribute(properties, "font-family").strip("'\"") or name
        return self.signs.replaced(attribute(level, "bullet-char")[:_LONGEST], font).strip() or "•"

    # --- paragraphs

    def paragraph(self, element: "_Element", name: str) -> None:
        if any(map(_is_hidden, element.iter("{*}hidden-paragraph"))):
            return
        text = _OdtParagraph(style=attribute(element, "style-name"))
        self.words(element, text, 0, "")
        self.finish(text, element, name)
        self.beside(text)

    def beside(self, text: _OdtParagraph) -> None:
        self.lines += map(_lines.image, text.images)
        for box in text.boxes:
            self.lines += _lines.boxed(self.within(box))

    def finish(self, text: _OdtParagraph, element: "_Element", name: str) -> None:
        styles = list(self.styles.above("paragraph", text.style))
        words, marks = text.runs.finished()
        kind, level = self._kind(styles, element, name)
        if not words:
            is_rule = text.is_rule or any(style.name == "horizontal line" for style in styles)
            if self.cells and self.marker and self.marker[1] is not None:
                self.lines.append(Shown(Paragraph(self.marker[0])))
                self.marker = None
            elif not text.images and not text.boxes:
                self.lines += [_lines.RULE] * is_rule
                if not is_rule:
                    _lines.leave_blank(self.lines)
            return
        if any(FURNITURE.fullmatch(style.name) for style in styles[:2]):
            self.losses.contents += 1
            return
        marker = self._marker(kind, level - 1)
        is_item = marker is not None and kind is None
        self.lines.append(
            text.shown(
                Paragraph(
                    words,
                    Kind.LIST_ITEM if is_item else kind,
                    level,
                    len(self.items) if is_item else 0,
                    *(marker or ("", None)),
                    marks=marks,
                ),
                is_centred=next((style.alignment for style in styles if style.alignment), "") == "center",
                is_indented=next((style.is_indented for style in styles if style.is_indented is not None), False),
            )
        )

    def _kind(self, styles: list[_OdtStyle], element: "_Element", name: str) -> tuple[Kind | None, int]:
        known = next((KINDS[style.name] for style in styles if style.name in KINDS), None)
        if known is not None and known is not Kind.TITLE:
            return known, 0
        if known:
            return known, 1
        if name == "h":
            return Kind.HEADING, min(_figure(attribute(element, "outline-level"), 1), 9) + 1
        heading = next((found for style in styles if (found := re.fullmatch("heading ([1-9])", style.name))), None)
        return (Kind.HEADING, int(heading[1]) + 1) if heading else (None, 0)

    def _marker(self, kind: Kind | None, level: int) -> tuple[str, int | None] | None:
        """Return the marker of a paragraph: that of its item, if it is the first there, or that of its heading."""
        if self.marker is not None:
            marker, self.marker = self.marker, None
            return marker
        if kind is not Kind.HEADING:
            return None
        self.outline[level] += 1
        for below in [one for one in self.outline if one > level]:
            del self.outline[below]
        style = self.styles.outline.get(level)
        if style is None or not attribute(style, "num-format"):
            return None
        return _numbered(style, self.styles.outline, dict(self.outline)), self.outline[level]

    def words(self, element: "_Element", text: _OdtParagraph, span: int, link: str) -> None:
        self.put(element.text or "", text, span, link)
        for child in element:
            self.inline(child, text, span, link)
            self.put(child.tail or "", text, span, link)

    def inline(self, child: "_Element", text: _OdtParagraph, span: int, link: str) -> None:
        name = xml.name(child)
        if _is_hidden(child):
            return
        if (_is_drawn(child) or name == "note") and self.styles.letters(text.style, span, is_complex=False).is_hidden:
            return
        if _is_drawn(child):
            self.drawing(child, text)
        elif name == "s":
            text.runs.add(" " * min(_figure(attribute(child, "c"), 1), _MOST_SPACES))
        elif name in ("tab", "line-break"):
            text.runs.add("\t" if name == "tab" else LINE_BREAK)
        elif name == "note":
            self.note(child, text)
        elif name == "a":
            address = self.losses.address(attribute(child, "href")) or link
            self.words(child, text, self.styles.within(span, attribute(child, "style-name")), address)
        elif name and (name not in _ASIDE or child.tag == _TITLE):
            text.is_label = text.is_label or name == "sequence"
            style = attribute(child, "style-name") if name == "span" else ""
            self.words(child, text, self.styles.within(span, style), link)

    def note(self, note: "_Element", text: _OdtParagraph) -> None:
        citation = note.find("{*}note-citation")
        body = note.find("{*}note-body")
        marker = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
        text.runs.place(MarkKind.NOTE, marker)
        if body is not None:
            self.notes.setdefault(attribute(note, "note-class"), []).append((marker, body))

    def put(self, words: str, text: _OdtParagraph, span: int, link: str) -> None:
        if not words:
            return
        is_complex = bool(_COMPLEX.search(words))
        look = self.styles.letters(text.style, span, self.behind, is_complex=is_complex)
        if look.is_hidden:
            return
        self.losses.sightings.note(words, look.doubts)
        if Sight.TINY in look.doubts:
            return
        usual = self._usual(text.style, is_complex)
        text.count(words, is_bold=look.is_bold, is_slanted=look.is_italic, size=look.size)
        kinds = [kind for kind, is_so in _marks(look, usual) if is_so]
        if self.styles.is_code(span):
            kinds.append(MarkKind.CODE)
        text.runs.add(_SPACE.sub(" ", self.signs.replaced(words, look.font)), kinds, link)

    def _usual(self, style: str, is_complex: bool) -> _Letters:
        """Return how the letters of a paragraph look where no span says otherwise.

        Word writes what is set over all of a paragraph into its runs, LibreOffice into a style of its own for it.
        """
        return self.styles.letters(style, 0, is_complex=is_complex)

    def graphic(self, element: "_Element") -> dict[str, str]:
        """Return the graphic properties of a drawing."""
        styles = list(self.styles.above("graphic", attribute(element, "style-name")))
        return {name: value for style in reversed(styles) for name, value in style.graphic.items()}

    def note_drawing(self, element: "_Element", graphic: Mapping[str, str]) -> None:
        """Count a drawing, and whether it lies in front of the text."""
        has_picture = next(element.iter("{*}image"), None) is not None
        is_within = next(element.iterancestors("{*}text-box"), None) is not None
        floating = None if is_within or _is_fixed(element, graphic) else _drawings.Floating(has_picture, _area(element))
        self.losses.note(is_over=_is_in_front(element, graphic), has_picture=has_picture, floating=floating)

    def _is_over_all(self, element: "_Element") -> bool:
        """Whether something drawn in a header or footer lies in front of the text, and may cover a picture there."""
        graphic = self.graphic(element)
        return _is_in_front(element, graphic) and graphic.get("run-through") != "background"

    def drawing(self, element: "_Element", text: _OdtParagraph) -> None:
        graphic = self.graphic(element)
        self.note_drawing(element, graphic)
        boxes = list(_boxes(element))
        text.boxes += boxes
        if boxes:
            return
        names = (element.findtext(f"{{*}}{name}") or "" for name in ("desc", "title"))
        alternative = next(
            (" ".join(one.split()) for one in names if one.strip() and not _lines.is_file_name(one.strip())), ""
        )
        if alternative:
            is_whole = _drawings.shows_whole(graphic) and not self.is_clipped(element)
            part = _part(element) if is_whole else ""
            text.images.append(_lines.Picture(alternative, part))
            text.runs.place(MarkKind.IMAGE, alternative)
        elif element.find("{*}object") is not None:
            self.losses.diagrams += 1
        elif element.find("{*}image") is not None:
            self.losses.pictures += 1
        else:
            text.is_rule = text.is_rule or _is_rule(element)

    def is_clipped(self, drawing: "_Element") -> bool:
        """Whether a drawing stands where less of it has room than there is."""
        for side, room in self._rooms(drawing):
            own = _drawings.points(attribute(drawing, side))
            if own is None or own > (_drawings.points(room) or 0):
                return True
        return False

    def _rooms(self, drawing: "_Element") -> Iterator[tuple[str, str]]:
        """Yield the sides on which a line, a row or a box is only so large, whatever is in it."""
        lines = ("p", "h") if attribute(drawing, "anchor-type") == "as-char" else ()
        for family, names in (("paragraph", lines), ("table-row", ("table-row",))):
            around = next(drawing.iterancestors(*(f"{{*}}{name}" for name in names)), None) if names else None
            styles = self.styles.above(family, attribute(around, "style-name")) if around is not None else ()
            if height := next((style.height for style in styles if style.height), ""):
                yield "height", height
        box = next(drawing.iterancestors("{*}text-box"), None)
        if box is not None and (frame := box.getparent()) is not None:
            for side in ("width", "height"):
                if (room := attribute(frame, side)) and not attribute(box, f"min-{side}"):
                    yield side, room

    # --- tables

    def table(self, table: "_Element") -> None:
        rows = list(_rows(table))
        heads = len(list(table.iterfind("{*}table-header-rows/{*}table-row")))
        framed = False
        cells, width = list[list[list[Shown]]](), 0
        for row in rows:
            line: list[list[Shown]] = []
            for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
                is_covered = xml.name(cell) == "covered-table-cell"
                style = self.styles.styles.get(("table-cell", attribute(cell, "style-name")))
                held = [] if is_covered else self.cell(cell, style)
                repeated = _figure(attribute(cell, "number-columns-repeated"), 1)
                line += [held] * (1 if held else min(repeated, _lines.MOST_COLUMNS))
                framed = framed or (style is not None and style.is_framed)
                if len(line) > _lines.MOST_CELLS:
                    break
            cells.append(line[: _lines.MOST_CELLS + 1])
            width = max(width, len(cells[-1]))
            _lines.require_table(len(cells), width)
        self.lines += self.tables.shown(cells, heads, is_framed=framed)

    def cell(self, cell: "_Element", style: _OdtStyle | None) -> list[Shown]:
        around, self.behind = self.behind, (style.behind if style else "") or self.behind
        self.cells += 1
        found = self.within(cell)
        self.cells -= 1
        self.behind = around
        return found


_COMPLEX = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SPACE = re.compile("[ \t\r\n]+")


def _marks(look: _Letters, usual: _Letters) -> Iterator[tuple[MarkKind, bool]]:
    yield MarkKind.STRONG, look.is_bold and not usual.is_bold
    yield MarkKind.EMPHASIS, look.is_italic and not usual.is_italic
    yield MarkKind.SUPERSCRIPT, _is_raised(look.position, 1)
    yield MarkKind.SUBSCRIPT, _is_raised(look.position, -1)


def _is_raised(position: str, direction: int) -> bool:
    if position in ("super", "sub"):
        return (position == "super") == (direction > 0)
    found = re.fullmatch(r"(-?[0-9.]{1,6})%", position)
    return found is not None and found[1].strip("-0.") != "" and found[1].startswith("-") == (direction < 0)


def _above(level: int, counts: Mapping[int, int | None]) -> dict[int, int | None]:
    """Return how far the levels above one have counted: an item begins those below it anew."""
    return {one: count for one, count in counts.items() if one < level}


def _numbered(level: "_Element", levels: "Mapping[int, _Element]", counts: Mapping[int, int]) -> str:
    """Return a number with what stands around it, and those of the levels above, if they are shown."""

    def number(place: int) -> str:
        style = levels.get(place)
        form = attribute(style, "num-format") if style is not None else "1"
        return counters.shown(counts.get(place, 1), counters.of_sample(form))

    own = _figure(attribute(level, "level"), 1)
    if form := attribute(level, "num-list-format")[:_LONGEST]:
        return re.sub("%([0-9]{1,2})%", lambda found: number(int(found[1])), form).strip()
    first = own - min(_figure(attribute(level, "display-levels"), 1), own) + 1
    shown = ".".join(filter(None, map(number, range(first, own + 1))))
    prefix, suffix = (attribute(level, f"num-{name}")[:_LONGEST] for name in ("prefix", "suffix"))
    return f"{prefix}{shown}{suffix}".strip()


def _is_hidden(element: "_Element") -> bool:
    """Whether an element does not show, or not when it is printed: always, or on a condition that is met.

    Sections, fields, drawings, rows of tables and groups of them each say so in a word of their own. Nor is a control
    shown that nobody filled in.
    """
    if attribute(element, "showing-place-holder") == "true":
        return True
    if attribute(element, "display") in ("none", "screen", "false") or attribute(element, "is-hidden") == "true":
        return True
    return attribute(element, "visibility") in ("collapse", "filter") or attribute(element, "visible") == "false"


def _is_only_a_list(item: "_Element") -> bool:
    """Whether an item holds nothing but a list: its own number does not show."""
    return len(item) > 0 and xml.name(item[0]) == "list"


def _is_drawn(element: "_Element") -> bool:
    return isinstance(element.tag, str) and _DRAWN.match(element.tag) is not None


def _is_fixed(drawing: "_Element", graphic: Mapping[str, str]) -> bool:
    """Whether a drawing stands in a line, or is nothing but a thin one."""
    return attribute(drawing, "anchor-type") == "as-char" or (_is_rule(drawing) and _is_thin(graphic))


def _is_in_front(drawing: "_Element", graphic: Mapping[str, str]) -> bool:
    wrap = graphic.get("wrap", "run-through" if xml.name(drawing) != "frame" else "none")
    return wrap == "run-through" and not _is_fixed(drawing, graphic)


def _on_every_page(root: "_Element") -> "Iterator[_Element]":
    """Yield what is drawn in the headers and footers of a document."""
    for part in root.iterfind("{*}master-styles/{*}master-page/*"):
        yield from (one for one in part.iter() if _is_drawn(one) and not any(map(_is_drawn, one.iterancestors())))


def _part(drawing: "_Element") -> str:
    """Return the name of the part that holds the picture of a drawing; empty when it lies elsewhere."""
    image = drawing.find("{*}image")
    address = "" if image is None else attribute(image, "href").removeprefix("./")
    return "" if ":" in address else address


def _is_rule(drawing: "_Element") -> bool:
    """Whether a drawing is a line over the page: one of its shapes is flat."""
    height = re.fullmatch(r"(0?\.[0-9]{1,6})(?:in|cm)", attribute(drawing, "height"))
    return xml.name(drawing) == "line" or (
        xml.name(drawing) == "rect" and height is not None and float(height[1]) < 0.1
    )


def _is_thin(graphic: Mapping[str, str]) -> bool:
    """Whether what is drawn with this has thin lines."""
    width = _drawings.points(graphic.get("stroke-width") or "0pt")
    return width is not None and width <= _drawings.THICK


def _area(drawing: "_Element") -> float | None:
    """Return the area of a drawing in square points; None where it does not say it."""
    sides = [_drawings.points(attribute(drawing, side)) for side in ("width", "height")]
    return math.prod(side for side in sides if side is not None) if None not in sides else None


def _boxes(element: "_Element") -> "Iterator[_Element]":
    """Yield the outermost text boxes of a drawing; a shape may hold its paragraphs itself."""
    if xml.name(element) == "text-box" or any(xml.name(one) in ("p", "list") and _has_words(one) for one in element):
        yield element
        return
    for child in element:
        if _is_drawn(child):
            yield from _boxes(child)


def _has_words(element: "_Element") -> bool:
    return any(str(text).strip() for text in element.itertext())


def _rows(table: "_Element") -> "Iterator[_Element]":
    for child in table:
        if _is_hidden(child):
            continue
        if xml.name(child) == "table-row":
            yield child
        elif xml.name(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)
