"""The Word document that a text was translated from: how its paragraphs look, and which is the like of which."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.edition.content import Words, plain
from pipeline.office import archive, word, xml
from pipeline.office.word import W, child
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._word.package import new_part
from pipeline.text.orthography import fold

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph of the original looks: what is said of it, of all of its letters, and of the table it is in."""

    paragraph: "_Element | None"
    letters: "_Element | None"
    table: "_Element | None"
    cell: "_Element | None"


_MOST_BYTES = 50_000_000
_WANTED = {"styles": "styles.xml", "numbering": "numbering.xml", "theme": "theme/theme1.xml"}


class OriginalFile:
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

    def paragraphs(self) -> Iterator[tuple[str, ParagraphLook]]:
        """Yield the comparison form of every paragraph with words, and how it looks."""
        for paragraph in self.root.iter(f"{W}p"):
            if key := _key(_words(paragraph)):
                yield key, _look_of(paragraph)

    def page(self) -> "_Element | None":
        """Return what is said of the last pages, if anything is."""
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


def _look_of(paragraph: "_Element") -> ParagraphLook:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    return ParagraphLook(
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


def looks_of(pair: office.SideBySide, source: OriginalFile) -> Mapping[int, tuple[ParagraphLook | None, ...]]:
    """Return how the paragraphs of each part of a text look, by its identity: as those of its like in the original."""
    found = _Search(source.paragraphs())
    looks: dict[int, tuple[ParagraphLook | None, ...]] = {}
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

    def __init__(self, paragraphs: Iterable[tuple[str, ParagraphLook]]) -> None:
        self.left = deque(paragraphs)

    def next(self, text: str) -> ParagraphLook | None:
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
