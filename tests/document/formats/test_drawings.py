"""Of a picture nothing is printed that its author cut off, covered or made invisible."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as word
from pipeline.document.formats import odt as opendocument
from pipeline.languages import SHIPPED
from tests.support.documents import NAMES, TYPES, odt, p, zipped

PNG = b"\x89PNG\r\n\x1a\n rest"
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="urn:wps" xmlns:wpg="urn:wpg"'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="image" Target="media/a.png"/></Relationships>'
)
BLIP = '<a:blip r:embed="r1">{}</a:blip>'


def placed(inner: str, kind: str = "inline", more: str = "", descr: str = "descr='کارگران'") -> str:
    return f"<w:r><w:drawing {A}><wp:{kind}><wp:docPr {descr}/>{more}{inner}</wp:{kind}></w:drawing></w:r>"


def framed(kind: str) -> str:
    return f'<w:r><w:pict {A}><v:{kind} alt="کارگران" style="position:absolute"><v:imagedata r:id="r1"/></v:{kind}></w:pict></w:r>'


PICTURE = placed(BLIP.format(""))
FRONT = "<wp:wrapNone/>"
SHAPE = placed('<wps:wsp><a:prstGeom prst="rect"/></wps:wsp>', "anchor", FRONT, "")
WHOLE = {
    "as it is": PICTURE,
    "with nothing cut off": placed(BLIP.format("<a:extLst/>") + '<a:srcRect/><a:srcRect l="0"/><a:prstGeom prst="rect"/>'),
    "floating alone": placed(BLIP.format(""), "anchor", FRONT),
    "two beside each other": PICTURE + placed(BLIP.format(""), "anchor", "<wp:wrapSquare/>"),
    "beside a line": PICTURE + placed('<wps:wsp><a:prstGeom prst="line"/></wps:wsp>', "anchor", FRONT, ""),
    "of old Word": '<w:r><w:pict><v:shape alt="کارگران"><v:imagedata r:id="r1"/></v:shape></w:pict></w:r>',
}  # fmt: skip
PART = {
    "cropped": placed(BLIP.format("") + '<a:srcRect r="31000"/>'),
    "cropped in percent": placed(BLIP.format("") + '<a:srcRect t="3.5%"/>'),
    "cropped to a circle": placed(BLIP.format("") + '<a:prstGeom prst="ellipse"/>'),
    "cropped to a drawing": placed(BLIP.format("") + "<a:custGeom/>"),
    "with soft edges": placed(BLIP.format("") + '<a:effectLst><a:softEdge rad="9"/></a:effectLst>'),
    "made transparent": placed(BLIP.format('<a:alphaModFix amt="0"/>')),
    "cropped in old Word": '<w:r><w:pict><v:shape alt="کارگران"><v:imagedata r:id="r1" cropleft="9f"/></v:shape></w:pict></w:r>',
    "blackened in old Word": '<w:r><w:pict><v:shape alt="کارگران"><v:imagedata r:id="r1" gain="0"/></v:shape></w:pict></w:r>',
    "in a group with a bar": placed(f"<wpg:wgp>{BLIP.format('')}<wps:wsp/></wpg:wgp>"),
    "in a group of pictures": placed(BLIP.format("") * 2),
    "below a bar": PICTURE + SHAPE,
    "below a bar in another paragraph": f"{PICTURE}</w:p><w:p>{SHAPE}",
    "below a box": PICTURE + placed(f"<w:txbxContent>{p('متن')}</w:txbxContent>", "anchor", FRONT, ""),
    "below another picture": PICTURE + placed(BLIP.format(""), "anchor", FRONT, "descr='a.png'"),
    "below one of old Word": PICTURE + framed("shape"),
    "below a bar of old Word": PICTURE + '<w:r><w:pict><v:rect style="position:absolute;z-index:9"/></w:pict></w:r>',
}


def read_word(runs: str):
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {NAMES}><w:body>{p(runs)}{p('متن است.')}</w:body></w:document>",
        "word/_rels/document.xml.rels": RELATION,
        "word/media/a.png": PNG,
    }
    return word.read(zipped(parts), "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize("runs", WHOLE.values(), ids=WHOLE)
def test_a_picture_of_word_that_shows_whole_is_printed(runs):
    document = read_word(runs)
    assert list(document.pictures.values()) == [PNG]
    assert not any("alternative texts" in remark or "is printed" in remark for remark in document.remarks)


@pytest.mark.parametrize("runs", PART.values(), ids=PART)
def test_a_picture_of_word_that_does_not_show_whole_is_its_alternative_text_and_that_is_said(runs):
    document = read_word(runs)
    assert document.pictures == {} and any("alternative text" in remark for remark in document.remarks)
    assert "کارگران" in [block.text for block in document.blocks]


FRAME = '<draw:frame draw:style-name="{}" text:anchor-type="{}"><draw:image xlink:href="Pictures/a.png"/><svg:desc>کارگران</svg:desc></draw:frame>'
STYLES = {
    "N": 'style:wrap="none" fo:clip="rect(0cm, 0cm, 0cm, 0cm)" draw:color-mode="standard" draw:image-opacity="100%"',
    "C": 'fo:clip="rect(0cm, 2.1cm, 0cm, 0cm)"', "P": 'fo:clip="rect(0.3cm 0cm 0cm 0cm)"', "M": 'draw:color-mode="mono"',
    "O": 'draw:image-opacity="0%"', "L": 'draw:luminance="-100%"', "R": 'style:wrap="run-through"',
}  # fmt: skip


def read_odt(inner: str):
    automatic = "".join(
        f'<style:style style:name="{name}" style:family="graphic"><style:graphic-properties {said}/></style:style>'
        for name, said in STYLES.items()
    )
    content = odt(
        f"<text:p>{inner}</text:p><text:p>متن است.</text:p>", automatic=automatic, files={"Pictures/a.png": PNG}
    )
    return opendocument.read(content, "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize(
    "inner",
    [FRAME.format("N", "paragraph"), FRAME.format("", "as-char"), FRAME.format("R", "paragraph"),
     FRAME.format("N", "as-char") + '<draw:line draw:style-name="R"/>'],
)  # fmt: skip
def test_a_picture_of_opendocument_that_shows_whole_is_printed(inner):
    document = read_odt(inner)
    assert list(document.pictures.values()) == [PNG] and not document.remarks


@pytest.mark.parametrize(
    "inner",
    [*(FRAME.format(style, "as-char") for style in "CPMOL"), FRAME.format("N", "as-char") + FRAME.format("R", "char"),
     FRAME.format("N", "as-char") + '<draw:custom-shape draw:style-name="R" svg:height="2cm"/>',
     FRAME.format("N", "as-char") + '<draw:rect text:anchor-type="paragraph"/>',
     FRAME.format("N", "as-char") + '<draw:frame draw:style-name="R"><draw:text-box><text:p>متن</text:p></draw:text-box></draw:frame>',
     f"<draw:g>{FRAME.format('N', 'char')}<draw:rect/><svg:desc>کارگران</svg:desc></draw:g>"],
)  # fmt: skip
def test_a_picture_of_opendocument_that_does_not_show_whole_is_its_alternative_text(inner):
    document = read_odt(inner)
    assert document.pictures == {} and any("alternative text" in remark for remark in document.remarks)
