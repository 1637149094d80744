"""The parts of a Word document, and what their relations lead to (ECMA-376, part 2)."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeline.document.formats._word import drawings
from pipeline.office import archive, xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The names of the strict variant and those of the usual one (ECMA-376-1, annex A)."""
_MOST_MARGINS = 60
"""Headers and footers that are looked at: a section has six at most."""
_WITH_RELATIONS = ("footnotes", "endnotes")
_PARTS = {name: f"{name}.xml" for name in ("styles", "numbering", "footnotes", "endnotes", "settings")}


class WordPackage:
    """The parts of a Word document that are read: those that it names, whatever they are called."""

    def __init__(self, content: bytes) -> None:
        self.main = archive.main_part(content)
        self.folder = self.main.rpartition("/")[0]
        self.names = archive.beside(content, self.main, _PARTS)
        files = {"": self.main, **{name: self.names[name] for name in _WITH_RELATIONS}}
        self.relations = {name: archive.relations_of(path) for name, path in files.items()}
        parts = archive.parts(content, {self.main, *self.relations.values(), *self.names.values()})
        self.parts = {name: _transitional(part) for name, part in parts.items()}
        self.turn_to("")

    def turn_to(self, name: str) -> None:
        """Have ids of relations mean those of the notes of this name, or else of the text: each part has its own."""
        self.targets: dict[str, str] = {}
        """What lies outside the file, by the ids of relations."""
        self.inside: dict[str, str] = {}
        relations = self.parts.get(self.relations[name])
        for one in xml.parse(relations, archive.MOST_RELATIONS) if relations else ():
            is_outside = xml.attribute(one, "TargetMode") == "External"
            targets = self.targets if is_outside else self.inside
            targets[xml.attribute(one, "Id")] = xml.attribute(one, "Target")

    def picture(self, drawing: "_Element") -> str:
        """Return the name of the part that holds the picture of a drawing; empty when none does as it shows."""
        if not drawings.is_whole(drawing):
            return ""
        for one in drawing.iter("{*}blip", "{*}imagedata"):
            if target := self.inside.get(xml.attribute(one, "embed") or xml.attribute(one, "id")):
                return archive.target(self.folder, target)
        return ""

    def margins(self, content: bytes) -> "Iterator[_Element]":
        """Yield the headers and footers of its pages; one that is damaged spoils no text."""
        listed = self.parts.get(self.relations[""])
        relations = xml.parse(listed, archive.MOST_RELATIONS) if listed else ()
        named = [xml.attribute(one, "Target") for one in relations if _kind(one) in ("header", "footer")]
        names = [archive.target(self.folder, one) for one in named[:_MOST_MARGINS]]
        for part in archive.parts(content, names).values():
            with suppress(xml.XmlError):
                yield xml.parse(_transitional(part), xml.MOST_BESIDE)

    def root(self, name: str) -> "_Element | None":
        part = self.parts.get(self.names[name])
        return None if part is None else xml.parse(part, xml.MOST_BESIDE)

    def text(self) -> bytes:
        if self.main not in self.parts:
            raise archive.OfficeError("not a whole document (its text is missing); ask for it again")
        return self.parts[self.main]


def _kind(relation: "_Element") -> str:
    return xml.attribute(relation, "Type").rpartition("/")[2]


def _transitional(part: bytes) -> bytes:
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part
