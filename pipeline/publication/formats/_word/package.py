"""The package of a Word document (ECMA-376, part 2): its parts, how they refer to each other, what it is called."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.office.word import W
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = {
    "w": W[1:-1],
    "r": RELATIONSHIPS,
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
}
_PART_TYPE = MEDIA_TYPE.rpartition(".")[0]
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def new_part(name: str) -> "_Element":
    """Return the root of a part of a document."""
    from lxml.etree import Element

    return Element(W + name, nsmap=NAMESPACES)


def as_bytes(element: "_Element") -> bytes:
    """Return a part as it stands in the package."""
    from lxml import etree

    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_part(relations: Iterable[tuple[tuple[str, str], str]]) -> bytes:
    """Return what a part refers to, each by kind, target and id."""
    from lxml.etree import Element, SubElement

    root = Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    for (kind, target), id in relations:
        one = SubElement(
            root, "Relationship", Id=id, Type=kind if ":" in kind else f"{RELATIONSHIPS}/{kind}", Target=target
        )
        if kind == "hyperlink":
            one.set("TargetMode", "External")
    return as_bytes(root)


_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_OTHER_TYPES = {"document": "document.main", "header1": "header", "footer1": "footer"}


def package_parts(parts: Iterable[str], published: Published, publisher: Publisher) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that say which parts there are, and what the document is called."""
    from lxml.etree import Element, SubElement

    types = Element("Types", xmlns=f"{_PACKAGE}/content-types")
    known = {
        "rels": f"{_XML_PACKAGE}.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
    }
    for suffix, media_type in known.items():
        SubElement(types, "Default", Extension=suffix, ContentType=media_type)
    for name in parts:
        kind = _THEME if name == "theme1" else f"{_PART_TYPE}.{_OTHER_TYPES.get(name, name)}+xml"
        SubElement(types, "Override", PartName=f"/word/{name}.xml", ContentType=kind)
    core = f"{_XML_PACKAGE}.core-properties+xml"
    SubElement(types, "Override", PartName="/docProps/core.xml", ContentType=core)
    yield "[Content_Types].xml", as_bytes(types)
    start = (("officeDocument", "word/document.xml"), "rId1")
    about = ((f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"), "rId2")
    yield "_rels/.rels", relations_part((start, about))
    yield "docProps/core.xml", _core(published, publisher)


_XML_PACKAGE = "application/vnd.openxmlformats-package"


def _core(published: Published, publisher: Publisher) -> bytes:
    """Return what a document says of itself: its title, subject and language, and nobody's name."""
    from lxml.etree import Element, SubElement

    names = {"cp": f"{_PACKAGE}/metadata/core-properties", "dc": "http://purl.org/dc/elements/1.1/"}
    root = Element(f"{{{names['cp']}}}coreProperties", nsmap=names)
    said = {
        "title": office.title(published),
        "subject": office.subject(published, publisher),
        "language": published.lang,
    }
    for name, text in said.items():
        if text:
            SubElement(root, f"{{{names['dc']}}}{name}").text = text
    return as_bytes(root)
