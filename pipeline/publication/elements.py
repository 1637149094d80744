"""A text → elements of HTML: what pages, books and fragments of pages are made of.

They can be written as HTML and as XHTML. A text is shown in one language or, row by row, in several: then what belongs
together stands in one element of the class «pair», each part of which says its language. Roles are those of WAI-ARIA
and of its module for publications.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.content import Phrase, StyledRun, TextBlock, TextContent, Words, plain
from pipeline.languages import Language
from pipeline.model import Kind, MarkKind

DEEPEST = 6
"""The lowest level of headings that HTML has."""

NARROWEST = 30
"""Characters in a line of a phone: a table that needs more has the class «wide», and its words may be broken."""

DEEPEST_LIST = 8
"""Lists stand in lists so often; deeper ones stand in the last of these."""

TITLE = "title"
"""The id of a title that the text does not have itself."""

_STYLES = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.CODE: "code",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.SUBSCRIPT: "sub",
}

_HOLDERS = {Kind.QUOTATION: ("blockquote", "quotation"), Kind.NOTE: ("div", "notes")}
"""What holds blocks of a kind that follow one another."""

Row = tuple[TextBlock, ...]
"""A block in every language in which it is shown."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as a table of contents lists it: its level from 1, the id of its element, its words."""

    level: int
    id: str
    title: str


def headings(text: TextContent) -> list[Heading]:
    """Return the title and all headings of a text that have words."""
    ranks = levels(text.blocks)
    shown = [block for block in text.blocks if block.row in ranks and block.plain.strip()]
    found = [Heading(ranks[block.row], heading_id(block.row), " ".join(block.plain.split())) for block in shown]
    return [Heading(1, TITLE, text.title), *found] if text.title_is_editorial else found


def levels(blocks: Iterable[TextBlock]) -> dict[int, int]:
    """Return the level of the title and of every heading by row, so that none is left out between two of them."""
    above: list[int] = []
    found: dict[int, int] = {}
    for block in blocks:
        if block.kind in (Kind.TITLE, Kind.HEADING):
            own = 1 if block.kind is Kind.TITLE else max(block.level, 2)
            above = [level for level in above or [1] if level < own] + [own]
            found[block.row] = min(len(above), DEEPEST)
    return found


def heading_id(row: int) -> str:
    return f"section-{row}"


def note_id(lang: str, row: int) -> str:
    return f"note-{lang}-{row}"


def caption_id(lang: str, row: int) -> str:
    return f"caption-{lang}-{row}"


def language_of(language: Language) -> dict[str, str]:
    """Return the attributes of an element whose text is in a language."""
    return {"lang": language.code, "dir": language.direction}


def append(parent: Element, text: str) -> None:
    """Append text behind what an element holds already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class Flow:
    """A text, in the languages of `texts`, as elements one after the other.

    `address` says where the picture of a name is; where it says nothing, the words for the picture are shown. A note is
    linked back to the first reference that was written before it.
    """

    def __init__(
        self, texts: Sequence[TextContent], languages: Mapping[str, Language], address: Callable[[str], str] = str
    ) -> None:
        self.texts, self.address = texts, address
        self.languages = [languages[text.lang] for text in texts]
        self.rows: list[Row] = list(zip(*(text.blocks for text in texts), strict=True))
        self._levels = levels(texts[0].blocks)
        self._captions = {block.row for block in texts[0].blocks if block.kind is Kind.CAPTION}
        self._referred: dict[str, str] = {}

    def add_all(self, parent: Element) -> None:
        """Append the whole text, with what is stated of it around its title."""
        self.add(parent, self.add_opening(parent))

    def add_opening(self, parent: Element) -> list[Row]:
        """Append the text up to its title, with issuer, number and date, where it does not say them itself.

        Returns the rows that follow.
        """
        kinds = [row[0].kind for row in self.rows]
        place = kinds.index(Kind.TITLE) if Kind.TITLE in kinds else 0
        title = self.rows[place : place + (Kind.TITLE in kinds)]
        self.add(parent, self.rows[:place])
        self._add_stated(parent, "issuer", [text.issuer for text in self.texts])
        self._add_stated(parent, "number", [text.number for text in self.texts])
        if any(text.title_is_editorial for text in self.texts):
            heading = SubElement(parent, "h1", {"id": TITLE})
            for part, text in zip(self._parts(heading), self.texts, strict=True):
                append(part, f"[{text.title}]")
        self.add(parent, title)
        self._add_stated(parent, "dateline", [text.dateline for text in self.texts])
        return self.rows[place + len(title) :]

    def _add_stated(self, parent: Element, name: str, stated: Sequence[str]) -> None:
        if any(stated):
            for line, words in zip(self._places(parent, "p", name), stated, strict=True):
                line.text = words

    def add(self, parent: Element, rows: Iterable[Row]) -> None:
        """Append rows, and what belongs together as one element."""
        for kind, group in groupby(rows, key=lambda row: row[0].kind):
            if kind is Kind.LIST_ITEM:
                self._add_lists(parent, group)
                continue
            tag, name = _HOLDERS.get(kind, ("", ""))
            holder = SubElement(parent, tag, {"class": name}) if tag else parent
            for row in group:
                self._add_row(holder, row)
                self._add_remarks(holder, row)

    def _add_row(self, parent: Element, row: Row) -> None:
        first = row[0]
        if first.kind is Kind.SEPARATOR:
            SubElement(parent, "hr")
        elif self.address(first.picture):
            self._add_picture(parent, row)
        elif first.row in self._levels:
            heading = SubElement(parent, f"h{self._levels[first.row]}", {"id": heading_id(first.row)})
            for part, block, language in zip(self._parts(heading), row, self.languages, strict=True):
                self._add_line(part, block, language)
        elif first.kind is Kind.NOTE:
            for block, language in zip(row, self.languages, strict=True):
                self._add_note(parent, block, language)
        elif first.kind.is_grid:
            add = {Kind.TABLE: self._add_table, Kind.VERSE: self._add_verse}.get(first.kind, self._add_signatures)
            for place, block, language in zip(self._places(parent), row, self.languages, strict=True):
                add(place, block, language)
        else:
            name = "" if first.kind in _HOLDERS else first.kind.value.replace("_", "-")
            for place, block, language in zip(self._places(parent, "p", name), row, self.languages, strict=True):
                if block.kind is Kind.CAPTION:
                    place.set("id", caption_id(language.code, block.row))
                self._add_line(place, block, language)

    @property
    def _is_alone(self) -> bool:
        return len(self.languages) == 1

    def _said(self, language: Language) -> dict[str, str]:
        """Return the attributes that say a language where there are several."""
        return {} if self._is_alone else language_of(language)

    def _places(self, parent: Element, tag: str = "", name: str = "") -> Iterator[Element]:
        """Yield where a block is written in each language: an element of its own, if there is a tag or another one."""
        named = {"class": name} if name else {}
        if self._is_alone:
            yield SubElement(parent, tag, named) if tag else parent
            return
        pair = SubElement(parent, "div", {"class": "pair"})
        for language in self.languages:
            yield SubElement(pair, tag or "div", named | language_of(language))

    def _parts(self, line: Element) -> Iterator[Element]:
        """Yield where each language is written in an element that holds them all."""
        if self._is_alone:
            yield line
            return
        line.set("class", "pair")
        for language in self.languages:
            append(line, " " if len(line) else "")
            yield SubElement(line, "span", language_of(language))

    def _add_line(self, line: Element, block: TextBlock, language: Language) -> None:
        if block.marker:
            SubElement(line, "span", {"class": "marker"}).text = block.marker
            append(line, " ")
        self.add_words(line, block.words, language)

    def _add_remarks(self, parent: Element, row: Row) -> None:
        for block, language in zip(row, self.languages, strict=True):
            for remark in block.remarks:
                line = SubElement(parent, "p", {"class": "remark", **self._said(language)})
                SubElement(line, "b").text = language.labels.note
                append(line, f" {remark}")

    def _add_picture(self, parent: Element, row: Row) -> None:
        """One for all languages, described in the last of them."""
        block, language = row[-1], self.languages[-1]
        alternative = " ".join(block.plain.split())
        place = SubElement(parent, "p", {"class": "picture", **self._said(language)})
        SubElement(place, "img", {"src": self.address(block.picture), "alt": alternative})

    def _add_lists(self, parent: Element, rows: Iterable[Row]) -> None:
        """Lists in lists; their markers are text, as in the document, and are not drawn a second time."""
        opened: list[tuple[int, str, Element]] = []
        for row in rows:
            depth, tag = min(row[0].depth, DEEPEST_LIST), "ul" if row[0].ordinal is None else "ol"
            while opened and (depth < opened[-1][0] or (depth == opened[-1][0] and tag != opened[-1][1])):
                opened.pop()
            if not opened or depth > opened[-1][0]:
                holder = opened[-1][2][-1] if opened else parent
                opened.append((depth, tag, SubElement(holder, tag, {"role": "list"})))
            item = SubElement(opened[-1][2], "li")
            for place, block, language in zip(self._places(item, "p"), row, self.languages, strict=True):
                self._add_line(place, block, language)
            self._add_remarks(item, row)

    def _add_note(self, parent: Element, block: TextBlock, language: Language) -> None:
        name = note_id(language.code, block.row)
        line = SubElement(SubElement(parent, "div", {"id": name, "role": "doc-footnote", **self._said(language)}), "p")
        referred = self._referred.get(name)
        if referred and block.marker:
            SubElement(line, "a", {"href": f"#{referred}", "role": "doc-backlink"}).text = block.marker
        elif block.marker:
            SubElement(line, "span", {"class": "marker"}).text = block.marker
        append(line, " " if block.marker else "")
        self.add_words(line, block.words, language)

    def _add_table(self, parent: Element, block: TextBlock, language: Language) -> None:
        table = SubElement(parent, "table")
        if _is_wide(block):
            table.set("class", "wide")
        if block.row - 1 in self._captions:
            table.set("aria-labelledby", caption_id(language.code, block.row - 1))
        width = max(map(len, block.lines), default=0)
        heads, others = block.lines[: block.header_rows], block.lines[block.header_rows :]
        for tag, lines in (("thead", heads), ("tbody", others)):
            group = SubElement(table, tag) if lines else table
            for line in lines:
                row = SubElement(group, "tr")
                for cell in (*line, *[()] * (width - len(line))):
                    is_head = tag == "thead" and plain(cell).strip()
                    place = SubElement(row, "th", {"scope": "col"}) if is_head else SubElement(row, "td")
                    self.add_words(place, cell, language)

    def _add_verse(self, parent: Element, block: TextBlock, language: Language) -> None:
        """Lines of verse, the halves of which stand beside each other where there is room."""
        poem = SubElement(parent, "div", {"class": "verse"})
        for halves in block.lines:
            line = SubElement(poem, "p")
            for half in halves:
                append(line, " " if len(line) else "")
                self.add_words(SubElement(line, "span"), half, language)

    def _add_signatures(self, parent: Element, block: TextBlock, language: Language) -> None:
        """Signatures, each whole: who signs, and as what, stand below each other in the columns of the grid."""
        held = SubElement(parent, "div", {"class": "signatures"})
        for column in zip_longest(*block.lines, fillvalue=()):
            lines = [cell for cell in column if plain(cell).strip()]
            signature = SubElement(held, "p") if lines else held
            for number, cell in enumerate(lines):
                if number:
                    SubElement(signature, "br")
                self.add_words(signature, cell, language)

    def add_words(self, parent: Element, words: Words, language: Language) -> None:
        """Append words with their styles, links and references, and what reads the other way as one whole."""
        for phrase in words:
            place = SubElement(parent, "span", {"dir": phrase.direction}) if phrase.direction else parent
            self._add_phrase(place, phrase, language)

    def _add_phrase(self, parent: Element, phrase: Phrase, language: Language) -> None:
        for link, runs in groupby(phrase.runs, key=lambda run: run.link):
            place = SubElement(parent, "a", {"href": link}) if link else parent
            for run in runs:
                if run.is_break:
                    SubElement(place, "br")
                elif run.note >= 0:
                    self._add_reference(place, run, language)
                else:
                    _add_run(place, run)

    def _add_reference(self, parent: Element, run: StyledRun, language: Language) -> None:
        name = note_id(language.code, run.note)
        attributes = {"href": f"#{name}", "role": "doc-noteref"}
        if name not in self._referred:
            self._referred[name] = attributes["id"] = f"reference-{language.code}-{run.note}"
        SubElement(SubElement(parent, "sup"), "a", attributes).text = run.text


def _is_wide(table: TextBlock) -> bool:
    """Whether the longest words of its columns, and the room around them, may not stand beside each other."""
    columns = zip_longest(*table.lines, fillvalue=())
    longest = (max((len(word) for cell in column for word in plain(cell).split()), default=0) for column in columns)
    return sum(length + 2 for length in longest) > NARROWEST


def _add_run(parent: Element, run: StyledRun) -> None:
    for style in run.styles:
        if style in _STYLES:
            parent = SubElement(parent, _STYLES[style], {"dir": "ltr"} if style is MarkKind.CODE else {})
    append(parent, run.text)
