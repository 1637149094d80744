"""The package of an OpenDocument text: what it says of itself, and its parts (part 2)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._opendocument.elements import NAMES, VERSION, child, named, root

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TYPES = {"xml": "text/xml", "png": "image/png", "jpeg": "image/jpeg"}


def meta(published: Published, publisher: Publisher) -> "_Element":
    """Return what a document says of itself: its title, subject and language, and nobody's name."""
    made = root("office:document-meta")
    meta = child(made, "office:meta")
    said = {
        "dc:title": office.title(published),
        "dc:subject": office.subject(published, publisher),
        "dc:language": published.lang,
    }
    for name, text in said.items():
        if text:
            child(meta, name).text = text
    return made


def manifest(parts: Iterable[str]) -> "_Element":
    from lxml.etree import Element

    manifest = {named("manifest:version"): VERSION}
    made = Element(named("manifest:manifest"), manifest, nsmap={"manifest": NAMES["manifest"]})
    types = {"/": MEDIA_TYPE, **{name: _TYPES[name.rpartition(".")[2]] for name in parts}}
    for name, media_type in types.items():
        said = {"manifest:full-path": name, "manifest:media-type": media_type}
        child(made, "manifest:file-entry", said | ({"manifest:version": VERSION} if name == "/" else {}))
    return made
