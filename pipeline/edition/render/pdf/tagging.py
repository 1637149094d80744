"""The structure of a PDF for screen readers: one section per language, one element per block.

WeasyPrint's own tags follow the boxes on the page: a paragraph over two pages, or in two rows,
becomes two, columns are read in turn, and running heads are read as text. Here the tags follow the
elements of the page description: `data-block` holds the parts of a block together (ISO 32000-1, 14.7 and 14.8).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

_TAGS = {**{f"h{level}": f"H{level}" for level in range(1, 7)}, "img": "Figure"}
_CELLS = {"th": "TH", "td": "TD"}


def add_tags(pdf: pydyf.PDF, pages: Sequence[Any], streams: Sequence[Any], languages: Sequence[str]) -> None:
    """Add the structure tree of laid-out pages, whose sections are read in the order of `languages`."""
    tree = _Tree(pdf, pages[0]._page_box, languages)
    for number, (page, stream) in enumerate(zip(pages, streams, strict=True)):
        tree.read(number, page, stream)
    tree.finish(len(pages))
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    def __init__(self, pdf: pydyf.PDF, page_box: boxes.PageBox, languages: Sequence[str]) -> None:
        self.pdf, self.pages = pdf, pdf.page_references
        html = next(child.element for child in page_box.children if not isinstance(child, boxes.MarginBox))
        self.parents = {child: parent for parent in html.iter() for child in parent}
        self.names = _names(html)
        self.root = self._object(Type="/StructTreeRoot", K=pydyf.Array())
        self.document = self._element("Document", self.root)
        self.sections = {}
        for language in languages:
            self.sections[language] = section = self._element("Sect", self.document)
            section["Lang"] = pydyf.String(language)
        cells = (self._cell(element) for element in html.iter("h1"))
        self.titled = {cell.get("lang") for cell in cells if cell is not None}
        self.blocks: dict[tuple[str, str], tuple[Element, pydyf.Dictionary]] = {}
        self.inlines: dict[Element, pydyf.Dictionary] = {}
        self.lists: dict[str, list[tuple[pydyf.Dictionary, pydyf.Dictionary]]] = {}
        """By language: the lists that are open, each with the body of its last item, the outermost first."""
        self.named: dict[str, bool] = {}
        """By language: whether the last list is one of names."""
        self.tables: dict[tuple[str, str], pydyf.Dictionary] = {}
        self.heads: dict[bytes, int] = {}
        """Of tables, and the page on which each is read."""
        self.levels: dict[str, int] = {}
        self.numbers = pydyf.Array()
        self.annotations: list[tuple[pydyf.Dictionary, pydyf.Dictionary]] = []

    # --- the pages ---------------------------------------------------------------

    def read(self, number: int, page: Any, stream: Any) -> None:
        """Put the marked content of a page under its elements; what has none becomes an artifact."""
        owners: dict[int, bytes] = {}
        for box in _boxes(page._page_box):
            if box.link_annotation:
                self._link(box, number)
            if box in stream._tags and (owner := self._owner(box)) is not None and not self._is_repeated(owner, number):
                mark = stream._tags[box]["mcid"]
                self._add(owner, number, mark)
                owners[mark] = owner.reference
        self.numbers.extend([number, pydyf.Array(owners.get(mark, "null") for mark in range(len(stream._tags)))])
        _furnish(stream.stream, owners)

    def finish(self, pages: int) -> None:
        for number, (owner, annotation) in enumerate(self.annotations, pages):
            annotation["StructParent"] = number
            self.numbers.extend([number, owner.reference])
        self.root["ParentTree"] = self._object(Nums=self.numbers).reference
        self.document["K"] = pydyf.Array(s.reference for s in self.sections.values() if s["K"])
        self.pdf.catalog["StructTreeRoot"] = self.root.reference

    def _add(self, owner: pydyf.Dictionary, number: int, mark: int) -> None:
        page = self.pages[number]
        owner.setdefault("Pg", page)
        if owner["Pg"] == page:
            owner["K"].append(mark)
        else:
            owner["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": mark}))

    def _is_repeated(self, owner: pydyf.Dictionary, number: int) -> bool:
        """Whether this is the head of a table again, on a page after the one where it is read."""
        while owner["S"] not in ("/TH", "/Document"):
            owner = self._parent(owner)
        return owner["S"] == "/TH" and self.heads.setdefault(owner.reference, number) != number

    def _link(self, box: boxes.Box, number: int) -> None:
        owner = self._owner(box)
        assert owner is not None, "a link stands in a block of text"
        page = self.pages[number]
        owner.setdefault("Pg", page)
        reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": box.link_annotation.reference, "Pg": page})
        owner["K"].append(reference)
        self.annotations.append((owner, box.link_annotation))

    # --- the elements ------------------------------------------------------------

    def _owner(self, box: boxes.Box) -> pydyf.Dictionary | None:
        """Return the element a box belongs to; None for what only decorates the page."""
        way = [box.element]
        while way[-1] is not None and not _is_block(way[-1]):
            way.append(self.parents.get(way[-1]))
        *inside, block = way
        owner = None if block is None else self._block(block, box)
        if owner is not None:
            for element in reversed(inside):
                owner = self._inline(element, owner)
        return owner

    def _block(self, element: Element, box: boxes.Box) -> pydyf.Dictionary | None:
        cell = self._cell(element)
        language = next(iter(self.sections)) if cell is None else cell.attrib["lang"]
        key = (language, element.get("data-block", "logo"))
        if element.tag in _CELLS and key not in self.blocks:
            self._add_table_row(element, language)
        if key in self.blocks:
            first, block = self.blocks[key]
            # A mark beside every part of a paragraph is read once.
            return None if key[1].endswith(".mark") and first is not element else block
        block = self._new_block(element, language, box)
        if element.get("lang", language) != language:
            block["Lang"] = pydyf.String(element.get("lang"))
        self.blocks[key] = (element, block)
        return block

    def _new_block(self, element: Element, language: str, box: boxes.Box) -> pydyf.Dictionary:
        section = self.sections[language]
        row = self._row(element)
        if (is_name := self._is_name(element)) or self._is_list_item(element):
            if self.named.get(language) != is_name:
                self.lists.pop(language, None)
            self.named[language] = is_name
            return self._item(section, language, _depth(row))
        if "endnote" not in row and not element.get("data-block", "").endswith((".mark", ".note.0")):
            self.lists.pop(language, None)
        if element.tag == "blockquote":
            section = self._element("BlockQuote", section)
        name = self._heading(element.tag, language) if element.tag[1:].isdigit() else _TAGS.get(element.tag, "P")
        if "." not in element.get("data-block", ""):
            name = "Note" if "endnote" in row else "Caption" if "caption" in row else name
        block = self._element(name, section)
        if name == "Note":
            block["ID"] = pydyf.String(f"{language}-note-{element.get('data-block')}")
        if name == "Figure":
            block["Alt"] = pydyf.String(element.get("alt", ""))
            corners = (box.content_box_x(), box.content_box_y(), box.width, box.height)
            x, y, width, height = (0.75 * value for value in corners)
            box_on_page = pydyf.Array((x, y, x + width, y + height))
            block["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": box_on_page, "Placement": "/Block"})
        return block

    def _heading(self, tag: str, language: str) -> str:
        """Return the name of a heading: they begin with the first level, and skip none (ISO 14289-1, 7.4.2)."""
        level = 1 if tag == "h2" and language not in self.titled else int(tag[1])
        level = min(level, self.levels.get(language, 1) + 1) if level > 2 else level
        self.levels[language] = level
        return f"H{level}"

    def _item(self, section: pydyf.Dictionary, language: str, depth: int) -> pydyf.Dictionary:
        """Return the body of a new item; a list in a list stands in the body of the item before."""
        opened = self.lists.setdefault(language, [])
        del opened[depth:]
        is_deeper = len(opened) < depth
        place = self._element("L", opened[-1][1] if opened else section) if is_deeper else opened.pop()[0]
        body = self._element("LBody", self._element("LI", place))
        opened.append((place, body))
        return body

    def _add_table_row(self, element: Element, language: str) -> None:
        """Add the row of a cell with all its cells, empty ones too, to its table."""
        number = element.get("data-block", "").partition(".")[0]
        if (language, number) not in self.tables:
            self.lists.pop(language, None)
            self.tables[language, number] = self._element("Table", self.sections[language])
        row = self._element("TR", self.tables[language, number])
        for cell in self.parents[element]:
            made = self._element(_CELLS[cell.tag], row)
            if cell.tag == "th":
                made["A"] = pydyf.Dictionary({"O": "/Table", "Scope": "/Column"})
            if cell.get("lang", language) != language:
                made["Lang"] = pydyf.String(cell.get("lang"))
            self.blocks[language, cell.get("data-block", "")] = (cell, made)

    def _inline(self, element: Element, owner: pydyf.Dictionary) -> pydyf.Dictionary:
        if element.tag == "a":
            name = "Link"
        elif element.get("class") == "marker" and owner["S"] == "/LBody":
            return self._label(element, owner)
        elif element.get("class") == "reference":
            name = "Reference"
        elif element.get("class") == "marker" and owner["S"] == "/Note":
            name = "Lbl"
        elif element.tag in ("ins", "del") or "lang" in element.attrib:
            name = "Span"
        else:
            return owner
        if element not in self.inlines:
            self.inlines[element] = made = self._element(name, owner)
            if "lang" in element.attrib:
                made["Lang"] = pydyf.String(element.attrib["lang"])
            if "data-spoken" in element.attrib:  # a listener sees no line through or below the words
                made["Alt"] = pydyf.String(element.attrib["data-spoken"])
        return self.inlines[element]

    def _label(self, element: Element, body: pydyf.Dictionary) -> pydyf.Dictionary:
        if element not in self.inlines:
            item = self._parent(body)
            self.inlines[element] = label = self._element("Lbl", item)
            item["K"].insert(0, item["K"].pop())
            is_numbered = any(character.isalnum() for character in element.text or "")
            numbering = "/Decimal" if is_numbered else "/Disc"
            self._parent(item).setdefault("A", pydyf.Dictionary({"O": "/List", "ListNumbering": numbering}))
            return label
        return self.inlines[element]

    def _cell(self, element: Element) -> Element | None:
        ancestor: Element | None = element
        while ancestor is not None and "cell" not in ancestor.get("class", "").split():
            ancestor = self.parents.get(ancestor)
        return ancestor

    def _row(self, element: Element) -> list[str]:
        """Return the classes of the row an element stands in."""
        row = self._row_of(element)
        return [] if row is None else _classes(row)

    def _row_of(self, element: Element) -> Element | None:
        cell = self._cell(element)
        return self.parents.get(cell) if cell is not None else None

    def _is_name(self, element: Element) -> bool:
        """Whether a block is one of several names that sign, which are read as a list."""
        return self._row_of(element) in self.names and not _BESIDE.search(element.get("data-block", ""))

    def _is_list_item(self, element: Element) -> bool:
        return "." not in element.get("data-block", "") and "list-item" in self._row(element)

    # --- objects of the file -----------------------------------------------------

    def _object(self, **entries: object) -> pydyf.Dictionary:
        entry = pydyf.Dictionary(entries)
        self.pdf.add_object(entry)
        return entry

    def _element(self, name: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        element = self._object(Type="/StructElem", S=f"/{name}", P=parent.reference, K=pydyf.Array())
        parent["K"].append(element.reference)
        return element

    def _parent(self, element: pydyf.Dictionary) -> pydyf.Dictionary:
        return self.pdf.objects[int(element["P"].split()[0])]


_BESIDE = re.compile(r"[.](mark|note)\b")
"""Of a block: what stands beside its text."""


def _names(html: Element) -> set[Element]:
    """Return the rows of names that sign, where there are several: one below another, or in pairs."""
    found = {row for row in html.iter("tr") if "signatures" in _classes(row)}
    for parent in html.iter():
        for is_signed, run in groupby(parent, key=lambda row: {"row", "signature"} <= {*_classes(row)}):
            if is_signed and len(rows := list(run)) > 1:
                found.update(rows)
    return found


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _depth(classes: Sequence[str]) -> int:
    """Return how deep an item stands, as the class of its row says."""
    return next((int(name.removeprefix("depth-")) for name in classes if name.startswith("depth-")), 1)


def _is_block(element: Element) -> bool:
    return "data-block" in element.attrib or element.tag == "img"


def _boxes(page_box: boxes.PageBox) -> Iterator[boxes.Box]:
    """Yield the boxes of a page in reading order, those in its margins left out."""
    waiting = [page_box]
    while waiting:
        box = waiting.pop()
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            continue
        yield box
        if isinstance(box, boxes.ParentBox):
            waiting.extend(reversed(box.children))


def _furnish(stream: list[Any], owners: dict[int, bytes]) -> None:
    """Turn marked content that belongs to no element into artifacts of the page."""
    for place, operand in enumerate(stream):
        if isinstance(operand, dict) and "MCID" in operand and operand["MCID"] not in owners:
            stream[place - 1], stream[place] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
