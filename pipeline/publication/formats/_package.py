"""The file that an EPUB is: its package document, its table of contents, and all in one archive (EPUB 3.3)."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.languages import Language
from pipeline.publication.formats._metadata import Statement
from pipeline.text.printable import plain

MEDIA_TYPE = "application/epub+zip"

PACKAGE = "EPUB/package.opf"
NAVIGATION = "nav.xhtml"
COVER = "cover.png"
"""The picture that stands for a book on a shelf."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MIMETYPE = "mimetype"

_TYPES = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "ttf": "font/ttf",
    "png": "image/png",
    "jpg": "image/jpeg",
}

_CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML file may hold (https://www.w3.org/TR/xml/#charsets)."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A content document: its file name, its title, what stands in it, and of which part of a book it is."""

    name: str
    title: str
    main: Element
    part: str = "bodymatter"


@dataclass(frozen=True, slots=True)
class Outlined:
    """A line of the table of contents: its level from 1, where it leads, its words."""

    level: int
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class Volume:
    """What is written into an EPUB; `language` is that of its reader, in which all that is not text is written.

    The first statement is the identifier of the book. `files` are style sheet, fonts and pictures by path.
    """

    language: Language
    statements: tuple[Statement, ...]
    leaves: tuple[Leaf, ...]
    outline: tuple[Outlined, ...]
    files: Mapping[str, bytes]


def packed(book: Volume) -> bytes:
    """Return the file of a book; the same book becomes the same bytes."""
    members = {
        "META-INF/container.xml": _CONTAINER.encode(),
        PACKAGE: _package(book),
        f"EPUB/{NAVIGATION}": _navigation(book),
        **{f"EPUB/{leaf.name}": document(leaf.title, leaf.main, book.language, leaf.part) for leaf in book.leaves},
        **{f"EPUB/{name}": content for name, content in book.files.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(_MIMETYPE), MEDIA_TYPE, zipfile.ZIP_STORED)
        for name, content in members.items():
            archive.writestr(_member(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.create_system = 3  # that of the writer says which system it has
    member.external_attr = 0o644 << 16
    return member


def document(title: str, main: Element, language: Language, part: str) -> bytes:
    """Return a content document, of a part of a book, as XHTML."""
    said = {"lang": language.code, "xml:lang": language.code, "dir": language.direction}  # some look at the body alone
    names = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}
    root = Element("html", names | said)
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "title").text = plain(title)
    SubElement(head, "link", {"rel": "stylesheet", "href": "style.css"})
    SubElement(root, "body", {"epub:type": part, **said}).append(main)
    return _written(root, "<!DOCTYPE html>\n")


def _navigation(book: Volume) -> bytes:
    title, main = book.language.digest.contents, Element("main")
    contents = SubElement(main, "nav", {"epub:type": "toc", "role": "doc-toc", "aria-labelledby": "contents"})
    SubElement(contents, "h1", {"id": "contents"}).text = title
    _outline(contents, book.outline)
    marks = SubElement(main, "nav", {"epub:type": "landmarks", "hidden": "hidden", "aria-label": title})
    lines = SubElement(marks, "ol")
    for leaf in {leaf.part: leaf for leaf in reversed(book.leaves)}.values():
        SubElement(SubElement(lines, "li"), "a", {"epub:type": leaf.part, "href": leaf.name}).text = leaf.title
    return document(title, main, book.language, "frontmatter")


def _outline(parent: Element, outline: Iterable[Outlined]) -> None:
    """Append lines as lists in lists; a line whose level leaves some out stands in the next."""
    opened: list[tuple[int, Element]] = []
    for line in outline:
        while opened and opened[-1][0] > line.level:
            opened.pop()
        if not opened or opened[-1][0] < line.level:
            holder = opened[-1][1][-1] if opened else parent
            opened.append((line.level if opened else 1, SubElement(holder, "ol")))
        SubElement(SubElement(opened[-1][1], "li"), "a", {"href": line.address}).text = plain(line.title)


def _package(book: Volume) -> bytes:
    root = Element(
        "package",
        {
            "xmlns": "http://www.idpf.org/2007/opf",
            "version": "3.0",
            "unique-identifier": "identifier",
            "xml:lang": book.language.code,
            "dir": book.language.direction,
        },
    )
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    for number, (name, value) in enumerate(book.statements):
        tag, attributes = (name, {}) if name.startswith("dc:") else ("meta", {"property": name})
        SubElement(metadata, tag, attributes if number else {"id": "identifier"}).text = plain(value)
    if COVER in book.files:
        SubElement(metadata, "meta", {"name": "cover", "content": _id("file", list(book.files).index(COVER) + 1)})
    _add_manifest(root, book)
    spine = SubElement(root, "spine", {"page-progression-direction": book.language.direction})
    for number, _ in enumerate(book.leaves, 1):
        SubElement(spine, "itemref", {"idref": _id("leaf", number)})
    return _written(root)


def _written(root: Element, doctype: str = "") -> bytes:
    content = _FORBIDDEN.sub("\ufffd", tostring(root, "unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}{content}'.encode()


def _add_manifest(root: Element, book: Volume) -> None:
    manifest = SubElement(root, "manifest")
    _add_item(manifest, "nav", NAVIGATION, {"properties": "nav"})
    for kind, names in (("leaf", [leaf.name for leaf in book.leaves]), ("file", list(book.files))):
        for number, name in enumerate(names, 1):
            _add_item(manifest, _id(kind, number), name, {"properties": "cover-image"} if name == COVER else {})


def _id(kind: str, number: int) -> str:
    return f"{kind}-{number}"


def _add_item(manifest: Element, id: str, name: str, more: Mapping[str, str]) -> None:
    media_type = _TYPES[name.rpartition(".")[2]]
    SubElement(manifest, "item", {"id": id, "href": name, "media-type": media_type, **more})
