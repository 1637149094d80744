"""A tree of HTML → the lines it shows: what .html, .md and .epub share (WHATWG HTML, 15: how elements show)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from pipeline.document.formats import _breaks, _cells, _drawings, _lines, _page, _setting
from pipeline.document.formats._references import References
from pipeline.document.formats._setting import Setting
from pipeline.document.formats._sight import Sight
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.office import counters, symbols

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "listing", "menu", "plaintext", "xmp",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "legend",
    "li", "main", "nav", "aside", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption", "hr",
}  # fmt: skip
_BULLETS = {"disc": "•", "circle": "◦", "square": "▪", "none": ""}
_BY_DEPTH = ("disc", "circle", "square")
_DEEPEST = 9
_NUMBERS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "persian": "hindiNumbers", "urdu": "hindiNumbers",
    "arabic-indic": "arabicNumbers", "lower-greek": "greekLower", "hebrew": "hebrew1",
}  # fmt: skip
_BUILT = (
    "mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "mtable", "munder", "mover", "munderover", "mfenced",
    "mmultiscripts",
)  # fmt: skip
"""What in a formula is more than a row of signs."""
_OF_FORMULA = {
    *_BUILT, "math", "semantics", "mrow", "mi", "mn", "mo", "ms", "mspace", "mstyle", "mpadded", "menclose", "merror",
    "mtr", "mlabeledtr", "mtd", "maction", "mprescripts", "none",
}  # fmt: skip
_SIGNS = {"mi", "mn", "mo", "ms"}
"""Elements that hold signs, without the white space around these."""
_BETWEEN = {"mfrac": "/", "mtable": " ", "mtr": " ", "mlabeledtr": " "}
"""What is written between parts of a formula that stand above or beside each other."""
_RAISED = {
    "msup": (MarkKind.SUPERSCRIPT,), "msub": (MarkKind.SUBSCRIPT,),
    "msubsup": (MarkKind.SUBSCRIPT, MarkKind.SUPERSCRIPT),
}  # fmt: skip
"""What stands behind the first part of a formula."""
_RTL = re.compile("[\u0590-\u08ff]")
_AROUND_MARKER, _BEHIND_MARKER = " []()^↑.\xa0\n", ".:)]"
_LETTER = re.compile(r"[^\s\xad]")
_SPACE = re.compile("[ \t\r\n\f\v\x85\u2028\u2029]+|(?:\xa0[ \t\r\n\f\xa0]+|[ \t\r\n\f]+\xa0[ \t\r\n\f\xa0]*)")
_REDIRECTION = re.compile(
    r"https?://www\.google\.[a-z]{2,3}(?:\.[a-z]{2})?/url\?(?:q|url)=(https?(?:://|%3A%2F%2F)[^&\s]+)", re.IGNORECASE
)
"""What Google's editor puts before every address."""


def shown(
    root: "_Element",
    aside: "Collection[_Element]" = (),
    title: "_Element | None" = None,
    base: str = "",
    veiled: "Collection[_Element]" = (),
    *,
    are_notes_opened: bool = False,
) -> _lines.ShownText:
    """Return what a tree shows: its text in order, without the elements `aside`, the notes at the end.

    `title` stands before it, `base` is where its links begin, `veiled` may be hidden. Hidden notes are read where they
    are opened by who asks for them.
    Raises OfficeError for more than a document may hold.
    """
    reader = _TreeReader(References(root, are_opened=are_notes_opened), aside, base, veiled)
    if title is not None:
        reader.element(title, _setting.around_of(title))
    reader.element(root, _setting.around_of(root))
    reader.end(Setting())
    lines = _labelled(_headed(_breaks.signed(reader.lines)))
    lines += reader.notes()
    return _lines.ShownText(lines, reader.losses, list(_held(root, aside, reader.losses)))


def _held(root: "_Element", aside: "Collection[_Element]", losses: _lines.Losses) -> Iterator[str]:
    """Yield the words of each block in a tree that shows, found apart from the reader; count what is hidden."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    found: list[str] = []
    for event, one in walk:
        if one.tag in _BLOCKS:
            yield "".join(found)
            found.clear()
        if event == "end":
            found.append(one.tail or "")
        elif one in aside or _page.is_skipped(one):
            walk.skip_subtree()
            if one.tag not in _page.SKIPPED and _page.is_hidden(one):
                losses.hidden += sum(map(str.isalnum, _page.words(one)))
        else:
            found.append(one.text or "")
    yield "".join(found)


def _is_whole(picture: "_Element") -> bool:
    """Whether all of a picture shows as it is in the file."""
    around = list(picture.iterancestors())
    if picture.get("srcset") or any(one.tag == "picture" and one.find(".//source") is not None for one in around):
        return False  # browsers show another file
    said = [found for one in around if (found := _page.style(one))]
    return _drawings.is_whole_on_page(_page.sides(picture) | _page.style(picture), said)


def _headed(lines: Sequence[Shown]) -> list[Shown]:
    """Return the lines with their title, the first that is marked; or else the only heading of level 1."""
    titles = [place for place, line in enumerate(lines) if line.paragraph.kind is Kind.TITLE]
    if len(titles) > 1 and titles[-1] > titles[0] + 1:
        return [_as_heading(line) if place in titles[1:] else line for place, line in enumerate(lines)]
    kinds = [(line.paragraph.kind, line.paragraph.level) for line in lines]
    if kinds.count((Kind.HEADING, 1)) != 1 or (Kind.TITLE, 1) in kinds:
        return list(lines)
    place = kinds.index((Kind.HEADING, 1))
    paragraph = replace(lines[place].paragraph, kind=Kind.TITLE)
    return [*lines[:place], replace(lines[place], paragraph=paragraph), *lines[place + 1 :]]


def _as_heading(line: Shown) -> Shown:
    return replace(line, paragraph=replace(line.paragraph, kind=Kind.HEADING, level=2))


def _labelled(lines: Sequence[Shown]) -> list[Shown]:
    """Return the lines; a short one in small letters in the middle, below a table or picture, belongs to it."""
    found: list[Shown] = []
    for line in lines:
        is_below = bool(found) and found[-1].paragraph.kind in (Kind.TABLE, Kind.IMAGE)
        is_small = line.is_plain and line.is_centred and 0 < line.size < _setting.BODY and not line.is_prose
        found.append(replace(line, is_label=True) if is_below and is_small else line)
    return found


class _TreeReader:
    """Puts lines together while it goes through a tree."""

    def __init__(
        self, references: References, aside: "Collection[_Element]", base: str, veiled: "Collection[_Element]"
    ) -> None:
        self.lines: list[Shown] = []
        self.losses = _lines.Losses()
        self.tables = _lines.Tables()
        self.references = references
        self.aside = aside
        self.base = base
        self.veiled = veiled
        self.open = _lines.OpenParagraph()
        self.item: Paragraph | None = None

    def notes(self) -> list[Shown]:
        """Return the notes, each as one line."""
        found = []
        for body, marker in self.references.bodies.items():
            if body in self.aside:
                continue
            lines = self.apart(body, Setting())
            lines = [line for line in lines if line.paragraph.kind is not Kind.SEPARATOR]
            if any(line.text for line in lines):
                found.append(_lines.note(marker, lines, is_marked=self.is_marked(body, marker, lines[0].text)))
        return found

    def is_marked(self, note: "_Element", marker: str, text: str) -> bool:
        """Whether a note shows its marker beside its text: in a link back, or as the number of an item."""
        sign = marker.strip(_AROUND_MARKER)
        links = (one for one in note.iter("a") if _page.words(one).strip(_AROUND_MARKER) == sign)
        is_item = note.tag == "li" and next(note.iterancestors("ol", "ul", "div"), note).tag == "ol"
        is_typed = text.startswith(marker) and text[len(marker) : len(marker) + 1] in _BEHIND_MARKER
        return any(map(self.references.is_back, links)) or (is_item and not is_typed)

    def apart(self, element: "_Element", around: Setting) -> list[Shown]:
        """Return the lines of a note or cell, read apart from the paragraphs around it."""
        kept = self.lines, self.open, self.item
        self.lines, self.open, self.item = [], _lines.OpenParagraph(), None
        self.inside(element, around)
        self.end(around)
        found, (self.lines, self.open, self.item) = self.lines, kept
        return found

    def inside(self, element: "_Element", around: Setting) -> None:
        if element in self.veiled:
            around = replace(around, doubts=around.doubts | {Sight.VEILED})
        self.text(element.text or "", around)
        for child in element:
            self.element(child, around)
            self.text(child.tail or "", around)

    def element(self, element: "_Element", around: Setting) -> None:
        tag = element.tag
        if element in self.aside or _page.is_skipped(element):
            self.losses.diagrams += tag == "svg" and not _page.is_hidden(element) and _has_words(element)
            return
        if element in self.references.bodies:
            self.end(around)
        elif marker := self.references.markers.get(element):
            self.open.runs.place(MarkKind.NOTE, marker)
        elif tag == "br":
            self.open.runs.add(LINE_BREAK)
        elif tag == "img":
            self.image(element)
        elif tag == "a":
            self.link(element, around)
        elif tag == "math":
            self.losses.formulas += next(element.iter(*_BUILT), None) is not None
            self.formula(element, around)
        elif tag == "q":
            self.quoted(element, around)
        elif tag in _BLOCKS or (tag == "cite" and around.kind is Kind.QUOTATION and not self.open.letters):
            self.block(element, around)
        else:
            self.inside(element, _setting.inline(element, around))

    # --- text

    def text(self, text: str, around: Setting) -> None:
        if around.is_spaced:
            text = text.replace("\r\n", "\n").replace("\n", LINE_BREAK).replace("\t", " ")
        else:
            text = _SPACE.sub(" ", text)
            parts = self.open.runs.parts
            if not parts:
                text = text.lstrip(" \xa0")  # what others use for an indent
            elif parts[-1][-1:] in (" ", LINE_BREAK):
                text = text.lstrip(" ")
        if around.font:
            self.losses.told.append(text)  # of which the letters stand for signs
            text = _LETTER.sub(lambda one: symbols.character(around.font, ord(one[0])) or one[0], text)
        doubts = _setting.doubts(around)
        self.losses.sightings.note(text, doubts)
        if text and Sight.TINY not in doubts:
            self.open.count(
                text,
                is_bold=MarkKind.STRONG in around.marks,
                is_slanted=MarkKind.EMPHASIS in around.marks,
                size=around.size,
            )
            self.open.runs.add(text, around.marks, around.link)

    def link(self, element: "_Element", around: Setting) -> None:
        if self.references.is_back(element):
            self.losses.told.append(_page.words(element))
            return
        href = element.get("href", "").strip()
        is_picture = not _page.words(element).strip()
        address = "" if is_picture else self.losses.address(self._absolute(href))
        size = _setting.inline(element, around).size
        self.inside(element, replace(around, link=address or around.link, size=size))

    def _absolute(self, href: str) -> str:
        """Return where a link leads from the page, past a redirection that notes who went there."""
        if passed := _REDIRECTION.match(href):
            return unquote(passed[1])
        try:
            return urljoin(self.base, href) if self.base and href and not href.startswith("#") else href
        except ValueError:  # no address at all
            return href

    def image(self, element: "_Element") -> None:
        alternative = " ".join((element.get("alt") or "").split())
        if not alternative or alternative == element.get("name") or _lines.is_file_name(alternative):
            self.losses.pictures += element.get("alt") != ""
            return
        self.open.runs.place(MarkKind.IMAGE, alternative)
        if any(map(str.isalpha, alternative)):  # others, such as ✊, need no translation
            source = element.get("src", "") if _is_whole(element) else ""
            self.open.images.append(_lines.Picture(alternative, source))

    def formula(self, element: "_Element", around: Setting) -> None:
        """Read a formula, or a part of one: its signs in a row. Words and blocks in it are read as elsewhere."""
        tag = str(element.tag)
        raised = _RAISED.get(tag, ())
        if tag == "mfrac" and self.open.runs.ends_in_figure:  # 3½
            self.text(" ", around)
        self.text(" ".join((element.text or "").split()) if tag in _SIGNS else _said(element.text), around)
        for place, child in enumerate(element):
            self.text(_BETWEEN.get(tag, "") if place else "", around)
            kinds = raised[place - 1 : place] if place else ()
            part = replace(around, marks=(*around.marks, *kinds))
            if child.tag in _OF_FORMULA:
                self.signs(child, part)
            else:
                self.element(child, part)
            self.text(_said(child.tail), around)

    def signs(self, element: "_Element", around: Setting) -> None:
        if not _page.is_skipped(element):
            self.formula(element, around)

    def quoted(self, element: "_Element", around: Setting) -> None:
        """Read a quotation in a line, between marks as browsers show."""
        opening, closing = "«»" if _RTL.search(_page.words(element)) else "“”"
        self.text(opening, around)
        self.inside(element, _setting.inline(element, around))
        self.text(closing, around)

    # --- blocks

    def block(self, element: "_Element", around: Setting) -> None:
        self.end(around)
        inner = _setting.within(element, around)
        tag = str(element.tag)
        if tag == "hr":
            self.lines += [] if self.references.is_above_notes(element) else [_lines.RULE]
        elif tag == "table":
            self.table(element, replace(inner, depth=0))
        elif tag in ("ul", "ol", "dir", "menu"):
            self.items(element, replace(inner, depth=_depth(element, around)))
        else:
            self.inside(element, inner)
            self.end(inner)

    def items(self, element: "_Element", around: Setting) -> None:
        items = [one for one in element if one.tag == "li" and not _page.is_hidden(one)]
        is_reversed = element.get("reversed") is not None
        stated = _cells.stated_number(element.get("start"))
        number = stated if stated is not None else len(items) if is_reversed else 1
        self.text(element.text or "", around)
        for item in element:
            if item.tag != "li":
                self.element(item, around)
            else:
                self.end(around)
                stated = _cells.stated_number(item.get("value"))
                number = number if stated is None else stated
                if not (item in self.aside or item in self.references.bodies or _page.is_hidden(item)):
                    self.list_item(item, _marker(element, item, number, around.depth), number, around)
                if not _page.is_hidden(item):
                    number += -1 if is_reversed else 1
            self.text(item.tail or "", around)
        self.end(around)

    def list_item(self, item: "_Element", marker: str, number: int, around: Setting) -> None:
        is_counted = bool(marker) and marker not in _BULLETS.values()
        ordinal = number if is_counted else None
        self.item = Paragraph("", Kind.LIST_ITEM, depth=around.depth, marker=marker, ordinal=ordinal)
        self.inside(item, _setting.coloured(item, around))
        self.end(around)
        self.item = None

    def end(self, around: Setting) -> None:
        """End the paragraph: into one line, or several where line breaks part blocks."""
        if not self.open.runs.length and not self.open.runs.marks:
            return
        opened, self.open = self.open, _lines.OpenParagraph()
        is_whole = around.kind is not None or MarkKind.CODE in around.marks
        whole = (0, opened.runs.length), *opened.runs.finished()
        for within, text, marks in [whole] if is_whole else _breaks.parted(opened.runs):
            if text:
                paragraph = self.paragraph(Paragraph(text, around.kind, around.level, marks=marks), around.depth)
                self.lines.append(opened.shown(paragraph, is_centred=around.is_centred, within=within))
        self.lines += map(_lines.image, opened.images)
        _lines.require_not_too_many(len(self.lines))

    def paragraph(self, read: Paragraph, depth: int) -> Paragraph:
        """Return a paragraph as what its place makes it: an item, the text below one, a stanza."""
        if read.kind is not None:
            return read
        if self.item is not None:
            item, self.item = self.item, None
            return replace(item, text=read.text, marks=read.marks)
        if depth and not _breaks.is_marked(read.text):
            return replace(read, kind=Kind.PARAGRAPH)
        return _breaks.verse(read.text, read.marks) if _breaks.is_verse(read.text) else read

    # --- tables

    def table(self, element: "_Element", around: Setting) -> None:
        rows = list(_cells.rows(element))
        self.around_cells(element, around, _cells.holders(element, rows))
        self.end(around)
        if _cells.is_layout(element, rows):
            for row in rows:
                for cell in row:
                    self.element(cell, around)
            return
        heads = _cells.heads(rows)
        notes = self.references.bodies
        rows = [row for row in rows if not row or not all(cell in notes for cell in row)]
        shown = ([cell for cell in row if cell not in self.aside] for row in rows)
        lines = [[(cell, [] if cell in notes else self.cell(cell, around)) for cell in row] for row in shown]
        is_framed = heads > 0 or _cells.is_framed(element)
        self.lines += self.tables.shown(_cells.spread(lines), heads, is_framed=is_framed)

    def around_cells(self, element: "_Element", around: Setting, holders: "set[_Element]") -> None:
        """Read what stands in a table and in none of its cells: a browser shows it before the table, as a caption."""
        self.text(element.text or "", around)
        for child in element:
            if child in holders and child not in self.aside:
                self.around_cells(child, around, holders)
            elif child.tag not in _cells.CELLS:
                self.element(child, around)
            self.text(child.tail or "", around)

    def cell(self, cell: "_Element", around: Setting) -> list[Shown]:
        row = cell.getparent()
        around = around if row is None else _setting.coloured(row, around)
        found = self.apart(cell, replace(_setting.within(cell, around), marks=around.marks))
        return [replace(one, is_bold=True) for one in found] if cell.tag == "th" else found


# --- what elements make of the text in them --------------------------------------------


def _has_words(drawing: "_Element") -> bool:
    """Whether words are drawn; what names a drawing, as icons have it, does not show."""
    return any(_page.words(one).strip() for one in drawing.iter("text", "foreignobject"))


def _said(text: str | None) -> str:
    """Return a text in a formula, unless it is white space alone."""
    return text if text and not text.isspace() else ""


# --- lists -----------------------------------------------------------------------------


def _depth(element: "_Element", around: Setting) -> int:
    """Return the depth of a list; Google's editor writes it into the class, and every list beside the others."""
    stated = re.search(r"\blst-kix_\w{1,40}-([0-8])\b", element.get("class", ""))
    return int(stated[1]) + 1 if stated else min(around.depth + 1, _DEEPEST)


def _marker(element: "_Element", item: "_Element", number: int, depth: int) -> str:
    """Return the marker a browser shows before an item."""
    style = _page.style(element) | _page.style(item)
    stated = style.get("list-style-type") or style.get("list-style", "").split(" ")[0]
    form = stated or item.get("type") or element.get("type") or ""
    if form in _BULLETS:
        return _BULLETS[form]
    if element.tag == "ol" or form in _NUMBERS:
        return f"{counters.shown(number, _NUMBERS.get(form, 'decimal'))}."
    return _BULLETS[_BY_DEPTH[min(depth, len(_BY_DEPTH)) - 1]]
