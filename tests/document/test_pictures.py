"""Pictures of a document are taken as far as they can be printed, and what is not is told by its block."""

import hashlib
import io

import pytest
from PIL import Image

from pipeline.document import pictures
from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as word
from pipeline.document.formats import odt as opendocument
from pipeline.languages import SHIPPED
from pipeline.model import Block, Kind
from tests.support.documents import NAMES, TYPES, odt, p, zipped

PNG = b"\x89PNG\r\n\x1a\nrest"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr descr="{}"/><a:blip xmlns:a="a" r:embed="{}"/></wp:inline></w:drawing></w:r>'
)


def block(part):
    return Block(Kind.IMAGE, "کارگران", 1, 1, picture=part)


def test_what_can_be_printed_is_kept_once_by_its_digest():
    files = {"a": PNG, "b": PNG, "c": b"\xd7\xcd\xc6\x9a wmf", "d": b""}
    blocks, kept = pictures.taken(
        [block(part) for part in "abcde"], lambda wanted: {n: files[n] for n in wanted & files.keys()}
    )
    name = hashlib.sha256(PNG).hexdigest()
    assert [one.picture for one in blocks] == [name, name, "", "", ""] and kept == {name: PNG}


def test_pictures_without_end_are_not_kept(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_IN_ONE", 100)
    monkeypatch.setattr(pictures, "MOST_IN_ALL", 250)
    files = {f"{n}": PNG + bytes([n]) * size for n, size in enumerate((200, 80, 80, 80))}
    blocks, _ = pictures.taken([block(part) for part in files], lambda wanted: {n: files[n] for n in wanted})
    assert [bool(one.picture) for one in blocks] == [False, True, True, False]


def test_of_very_many_pictures_the_first_are_kept():
    files = {f"{n:04}": PNG + b"%d" % n for n in range(150)}
    blocks, kept = pictures.taken([block(part) for part in files], lambda wanted: {n: files[n] for n in wanted})
    assert [bool(one.picture) for one in blocks] == [True] * 100 + [False] * 50 and len(kept) == 100


def drawn(form: str, number: int) -> bytes:
    """A picture of 20 million points, as small files of a megabyte may have."""
    made = io.BytesIO()
    Image.new("L", (5000, 4000), number).save(made, form, **{"progressive": True} if form == "JPEG" else {})
    return made.getvalue()


@pytest.mark.parametrize(("form", "kept"), [("PNG", 3), ("GIF", 3), ("JPEG", 5)])
def test_pictures_are_kept_as_far_as_all_their_points_are_gone_through_soon(form, kept, monkeypatch):
    """A photograph is read in the size that is printed: it costs a hundredth, times its scans."""
    monkeypatch.setattr(pictures, "MOST_POINTS_IN_ALL", 60_000_000)
    files = {f"{n}": drawn(form, n) for n in range(5)}
    blocks, _ = pictures.taken([block(part) for part in files], lambda wanted: {n: files[n] for n in wanted})
    assert [bool(one.picture) for one in blocks] == [True] * kept + [False] * (5 - kept)


def test_a_photograph_in_hundreds_of_scans_costs_what_it_takes(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_POINTS_IN_ALL", 60_000_000)
    photograph = drawn("JPEG", 1)
    scanned = photograph[:-2] + photograph[photograph.rfind(b"\xff\xda") : -2] * 400 + photograph[-2:]
    blocks, _ = pictures.taken([block("a")], lambda wanted: {"a": scanned})
    assert not blocks[0].picture


def read_word(target, *, mode=""):
    relation = f'<Relationship Id="r1" Type="image" Target="{target}" {mode}/>'
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {NAMES}><w:body>{p(DRAWING.format('کارگران', 'r1'))}{p('متن است.')}</w:body></w:document>",
        "word/_rels/document.xml.rels": RELATIONS.format(relation),
        "word/media/a.png": PNG,
    }
    return word.read(zipped(parts), "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize(
    ("target", "mode", "is_there"),
    [
        ("media/a.png", "", True), ("/word/media/a.png", "", True), ("./x/../media/a.png", "", True),
        ("media/none.png", "", False), ("../../../etc/passwd", "", False), ("document.xml", "", False),
        ("https://tracker.example/a.png", 'TargetMode="External"', False), ("file:///etc/passwd", "", False),
    ],
)  # fmt: skip
def test_a_picture_of_word_is_taken_from_the_file_itself_and_from_nowhere_else(target, mode, is_there):
    document = read_word(target, mode=mode)
    assert document.blocks[0].kind is Kind.IMAGE
    assert list(document.pictures.values()) == [PNG] * is_there
    assert bool(document.blocks[0].picture) is is_there
    assert any("alternative text is printed" in remark for remark in document.remarks) is not is_there


@pytest.mark.parametrize(
    ("address", "is_there"),
    [("Pictures/a.png", True), ("./Pictures/a.png", True), ("../a.png", False), ("http://a.example/a.png", False)],
)
def test_a_picture_of_opendocument_is_taken_from_the_file_itself(address, is_there):
    frame = (
        f'<text:p><draw:frame><draw:image xlink:href="{address}"/><svg:desc>کارگران</svg:desc></draw:frame></text:p>'
    )
    document = opendocument.read(
        odt(frame + "<text:p>متن است.</text:p>", files={"Pictures/a.png": PNG}), "d", SHIPPED["fa"], Corrections()
    )
    assert list(document.pictures.values()) == [PNG] * is_there
