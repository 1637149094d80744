import io
import posixpath
import zipfile

import pytest
from lxml import etree

from pipeline.publication import formats
from tests.publication.formats.test_office import whole
from tests.support.published import PUBLISHER


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(io.BytesIO(formats.load("docx").made(whole("en"), PUBLISHER))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_document_says_what_it_is_called_and_nothing_else(parts):
    said = {etree.QName(one).localname: one.text for one in etree.fromstring(parts["docProps/core.xml"])}
    assert said == {"title": whole("en").text.title, "subject": "Labour", "language": "en"}


def test_every_part_is_referred_to_and_has_a_type(parts):
    reached = set()
    for name, content in parts.items():
        folder, _, file = name.rpartition("_rels/")
        if file.endswith(".rels"):
            relations = etree.fromstring(content)
            inner = (one.get("Target") for one in relations if one.get("TargetMode") != "External")
            reached |= {posixpath.join(folder, target) for target in inner}
    types = etree.fromstring(parts["[Content_Types].xml"])
    typed = {one.get("PartName", "")[1:] for one in types} | {f".{one.get('Extension')}" for one in types}
    held = {name for name in parts if name != "[Content_Types].xml" and not name.endswith(".rels")}
    assert held == reached
    assert all(name in typed or f".{name.rpartition('.')[2]}" in typed for name in held)
