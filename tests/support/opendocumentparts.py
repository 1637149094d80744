"""The parts of an OpenDocument text that was made, and what is found in them."""

import io
import zipfile

from lxml import etree

from pipeline.publication.formats._opendocument.elements import NAMES


def part(made: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return etree.fromstring(archive.read(name))


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMES)
