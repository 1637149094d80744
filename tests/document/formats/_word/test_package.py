"""The parts of a Word document, and what their relations lead to."""

import io
import posixpath
import zipfile

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import MarkKind
from tests.support.documents import RELATIONS, docx, p, r, zipped
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


@pytest.mark.parametrize("target", ["{}2.xml", "./{}.xml", "/word/parts/{}.xml", "parts/../other/{}.xml"])
def test_parts_beside_the_text_are_those_that_it_names(target):
    """Word for the web numbers them: document2.xml, footnotes2.xml."""
    number = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="ماده %1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    parts = {
        "styles": '<w:style w:type="paragraph" w:styleId="V"><w:name w:val="V"/><w:rPr><w:vanish/></w:rPr></w:style>',
        "numbering": number,
        "footnotes": f'<w:footnote w:id="2">{p("یادداشت.")}</w:footnote>',
    }
    made = docx(
        p(r("یک") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p("نهان", '<w:pStyle w:val="V"/>')
        + p(PROSE, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        **parts,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    named = {name: posixpath.normpath(posixpath.join("/word", target.format(name))).lstrip("/") for name in parts}
    for name, path in named.items():
        files[path] = files.pop(f"word/{name}.xml")
    start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="{name}" Type="{start}/{name}" Target="{target.format(name)}"/>' for name in parts
    )
    whole = f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    files["word/_rels/document.xml.rels"] = whole.encode()
    read = form.read(zipped(files), "d", SHIPPED["fa"], Corrections()).blocks
    assert [(block.marker, block.text) for block in read] == [("", "یک"), ("ماده 1", PROSE), ("1", "یادداشت.")]
