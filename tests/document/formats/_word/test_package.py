"""The parts of a Word document, and what their relations lead to."""

import io
import zipfile

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import MarkKind
from tests.support.documents import RELATIONS, docx, p, zipped
from tests.support.worddocuments import PROSE


def test_the_strict_variant_is_read_alike():
    with zipfile.ZipFile(io.BytesIO(docx(p(PROSE)))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    members["word/document.xml"] = members["word/document.xml"].replace(usual, strict)
    (block,) = form.read(zipped(members), "d", SHIPPED["fa"], Corrections()).blocks
    assert block.text == PROSE


def test_links_of_notes_are_those_of_their_own_part():
    relation = '<Relationship Id="r1" Type="x" Target="https://example.org/note" TargetMode="External"/>'
    link = '<w:hyperlink r:id="r1"><w:r><w:t>اینجا</w:t></w:r></w:hyperlink>'
    made = docx(
        p(link + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        links={"r1": "https://example.org/text"},
        footnotes=f'<w:footnote w:id="2">{p(link)}</w:footnote>',
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/_rels/footnotes.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'.encode()
    found = form.read(zipped(parts), "d", SHIPPED["fa"], Corrections()).blocks
    links = [mark.value for block in found for mark in block.marks if mark.kind is MarkKind.LINK]
    assert links == ["https://example.org/text", "https://example.org/note"]
