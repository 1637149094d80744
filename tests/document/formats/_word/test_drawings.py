"""Drawings of a Word document: nothing is printed that its author cut off, covered or made invisible."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import NAMES, TYPES, docx, p, r, zipped
from tests.support.worddocuments import PROSE, blocks, texts

PNG = b"\x89PNG\r\n\x1a\n rest"
SECRET = "محرمانه"


def test_text_boxes_are_read_once_after_their_paragraph():
    box = p("در کادر است و تمام می‌شود.")
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr descr='x'/><w:txbxContent>"
        f"{box}</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(r("پیش از کادر این هست.") + shape) + p(PROSE)) == [
        "پیش از کادر این هست.",
        "در کادر است و تمام می‌شود.",
        PROSE,
    ]


@pytest.mark.parametrize(
    "drawing",
    ["<w:drawing><wp:inline><wp:docPr hidden='1' descr='نهان'/></wp:inline></w:drawing>",
     f"<w:drawing><wp:anchor><wp:docPr hidden='1'/><w:txbxContent>{p('نهان')}</w:txbxContent></wp:anchor></w:drawing>",
     f"<w:pict><v:shape style='width:3pt;visibility: hidden'><v:textbox><w:txbxContent>{p('نهان')}</w:txbxContent></v:textbox></v:shape></w:pict>"],
)  # fmt: skip
def test_a_drawing_made_invisible_is_not_read(drawing):
    assert texts(p(r("پیدا") + f"<w:r>{drawing}</w:r>") + p(PROSE)) == ["پیدا", PROSE]


def test_pictures_are_their_alternative_texts():
    picture = "<w:r><w:drawing><wp:inline><wp:docPr descr='{}'/></wp:inline></w:drawing></w:r>"
    body = (
        p(r("نگاه ") + picture.format("مشت") + r(" کنید."))
        + p(picture.format("کارگران"))
        + p(picture.format("C:\\img\\a 1.png"))
    )
    document = form.read(docx(body + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert [(block.kind, block.text) for block in document.blocks][:3] == [
        (Kind.PARAGRAPH, "نگاه کنید."), (Kind.IMAGE, "مشت"), (Kind.IMAGE, "کارگران")]  # fmt: skip
    assert "pictures left out, since they have no alternative text: 1" in " ".join(document.remarks)


def test_words_in_a_box_are_a_quotation_and_who_said_them_its_caption():
    inside = p("«اگر دارو دیر برسد، دیگر نرسد بهتر است.»") + p("نگار، ۲۹ ساله")
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert [one.kind for one in blocks(p(r(PROSE) + box) + p(PROSE))][1:3] == [Kind.QUOTATION, Kind.CAPTION]


def test_charts_and_diagrams_are_said_to_be_left_out():
    chart = '<w:r><w:drawing><wp:inline><wp:docPr id="1"/><c:chart xmlns:c="x"/></wp:inline></w:drawing></w:r>'
    document = form.read(docx(p(r(PROSE) + chart)), "d", SHIPPED["fa"], Corrections())
    assert document.remarks == ("d.docx: charts and diagrams left out: 1; write into the text what they say",)


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


def floating(inner: str, x: int, y: int, width: int, height: int, base: str = "paragraph", wrap: str = "Square") -> str:
    """A drawing at a place of its own, around which the text flows; «a.png» is no alternative text."""
    place = "".join(
        f'<wp:position{axis} relativeFrom="{of}"><wp:posOffset>{offset}</wp:posOffset></wp:position{axis}>'
        for axis, of, offset in (("H", "column", x), ("V", base, y))
    )
    around = f'{place}<wp:extent cx="{width}" cy="{height}"/><wp:wrap{wrap}/>'
    return placed(inner, "anchor", around, "descr='کارگران'" if "blip" in inner else "descr='a.png'")


def exact(inner: str, height: int) -> str:
    """A picture 1 cm (567 twips) high, in a line of a certain height."""
    extent = '<wp:extent cx="360000" cy="360000"/>'
    return (
        f'</w:p><w:p><w:pPr><w:spacing w:lineRule="exact" w:line="{height}"/></w:pPr>{placed(inner, "inline", extent)}'
    )


def in_a_row(inner: str, height: int) -> str:
    row = f'<w:tr><w:trPr><w:trHeight w:hRule="exact" w:val="{height}"/></w:trPr><w:tc>{p(inner)}</w:tc></w:tr>'
    return f"</w:p><w:tbl>{row}</w:tbl><w:p>"


def in_a_column(inner: str, width: int) -> str:
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{p(inner)}</w:tc>'
    return f'</w:p><w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tr>{cell}</w:tr></w:tbl><w:p>'


def in_a_box(inner: str, width: int, height: int) -> str:
    box = f'<wps:wsp><a:prstGeom prst="rect"/><w:txbxContent>{p(inner)}</w:txbxContent></wps:wsp>'
    return placed(box, "inline", f'<wp:extent cx="{width}" cy="{height}"/>', "")


def lined(width: int) -> str:
    line = f'<wps:wsp><a:prstGeom prst="line"/><a:ln w="{width}"/></wps:wsp>'
    return placed(line, "anchor", FRONT, "")


def lined_of_old(weight: str) -> str:
    line = f'<v:line style="position:absolute" strokeweight="{weight}"/>'
    return f"<w:r><w:pict>{line}</w:pict></w:r>"


def drawn_of_old(wrap: str) -> str:
    return f'<w:r><w:pict><v:shape style="position:absolute" path="m0,0l9,0l9,9xe">{wrap}</v:shape></w:pict></w:r>'


FRONT = "<wp:wrapNone/>"

INITIAL = '<w:framePr w:dropCap="drop"/>'

BAR = '<wps:wsp><a:prstGeom prst="rect"/></wps:wsp>'

PICTURE = placed(BLIP.format(""))

SMALL = placed(BLIP.format(""), "inline", '<wp:extent cx="360000" cy="360000"/>')

PHOTO = floating(BLIP.format(""), 0, 0, 900, 900)

SHAPE = placed('<wps:wsp><a:prstGeom prst="rect"/></wps:wsp>', "anchor", FRONT, "")

WHOLE = {
    "as it is": PICTURE,
    "with nothing cut off": placed(BLIP.format("<a:extLst/>") + '<a:srcRect/><a:srcRect l="0"/><a:prstGeom prst="rect"/>'),
    "floating alone": placed(BLIP.format(""), "anchor", FRONT),
    "two beside each other": PICTURE + placed(BLIP.format(""), "anchor", "<wp:wrapSquare/>"),
    "beside a line": PICTURE + placed('<wps:wsp><a:prstGeom prst="line"/></wps:wsp>', "anchor", FRONT, ""),
    "floating beside another": PHOTO + floating(BLIP.format(""), 500, 0, 800, 900),
    "floating above its caption": PHOTO + floating(BAR, 0, 900, 900, 90, wrap="TopAndBottom"),
    "floating left of a logo": f"{PHOTO}</w:p><w:p>{floating(BLIP.format(''), 900, 0, 90, 90)}",
    "floating beside a large initial": f"{PHOTO}</w:p>{p('م', INITIAL)}<w:p>",
    "floating above a line": PHOTO + floating(BAR.replace("rect", "line"), 0, 0, 900, 9),
    "beside a thin line": PICTURE + lined(38100),
    "beside a thin line of old Word": PICTURE + lined_of_old("3pt"),
    "in a column that is wide enough": in_a_column(SMALL, 568),
    "in a box that is large enough": in_a_box(SMALL, 360000, 360000),
    "in a line that is high enough": exact(BLIP.format(""), 568),
    "in a row that is high enough": in_a_row(PICTURE.replace("<wp:docPr", '<wp:extent cy="360000"/><wp:docPr'), 568),
    "beside a shape of old Word around which the text flows": PICTURE + drawn_of_old('<w:wrap type="square"/>'),
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
    "cropped by what it fills": placed(BLIP.format("") + '<a:stretch><a:fillRect l="-50000"/></a:stretch>'),
    "cropped by a line": exact(BLIP.format(""), 566),
    "cropped by a line, of a size not known": exact(BLIP.format(""), 900).replace("cy=", "no="),
    "cropped by a row": in_a_row(PICTURE, 300),
    "cropped by a column": in_a_column(SMALL, 300),
    "cropped by a box that is less high": in_a_box(SMALL, 900000, 90000),
    "cropped by a box that is less wide": in_a_box(SMALL, 90000, 900000),
    "in a box of a size not known": in_a_box(SMALL, 0, 0).replace("<wp:extent", "<wp:other", 1),
    "below a line as thick as a bar": PICTURE + lined(381000),
    "below a thick line of old Word": PICTURE + lined_of_old("40pt"),
    "laid out as tiles": placed(BLIP.format("") + "<a:tile/>"),
    "blurred": placed(BLIP.format("") + '<a:effectLst><a:blur rad="900000"/></a:effectLst>'),
    "behind the text": placed(BLIP.format(""), "anchor", FRONT).replace("<wp:anchor>", '<wp:anchor behindDoc="1">'),
    "floating below a bar": PHOTO + floating(BAR, 100, 100, 90, 90),
    "floating below a bar of another paragraph": f"{PHOTO}</w:p><w:p>{floating(BAR, 0, 900, 90, 90, wrap='Tight')}",
    "floating below a bar measured from elsewhere": PHOTO + floating(BAR, 0, 900, 90, 90, "page"),
    "floating below a smiley": PHOTO + floating(BLIP.format(""), 100, 100, 90, 90, wrap="Through"),
    "floating with a bar of old Word": PHOTO
    + '<w:r><w:pict><v:rect style="position:absolute"><v:wrap/></v:rect></w:pict></w:r>',
    "floating among very many": PHOTO * 101,
    "floating with a table that does": f"{PHOTO}</w:p><w:tbl><w:tblPr><w:tblpPr w:tblpY='1'/></w:tblPr><w:tr><w:tc>{p('متن')}</w:tc></w:tr></w:tbl><w:p>",
    "floating with a frame": f"{PHOTO}</w:p>{p('متن', '<w:framePr/>')}<w:p>",
    "below a bar": PICTURE + SHAPE,
    "below a bar in another paragraph": f"{PICTURE}</w:p><w:p>{SHAPE}",
    "below a box": PICTURE + placed(f"<w:txbxContent>{p('متن')}</w:txbxContent>", "anchor", FRONT, ""),
    "below another picture": PICTURE + placed(BLIP.format(""), "anchor", FRONT, "descr='a.png'"),
    "below one of old Word": PICTURE + framed("shape"),
    "below a polygon that LibreOffice drew": PICTURE + drawn_of_old('<w:wrap type="none"/>'),
    "below a shape of old Word that says nothing of the text": PICTURE + drawn_of_old("<w:wrap/>"),
    "below a shape of old Word that was moved": PICTURE + drawn_of_old("").replace("absolute", "relative"),
    "below a bar of old Word": PICTURE + '<w:r><w:pict><v:rect style="position:absolute;z-index:9"/></w:pict></w:r>',
}


def read_word(runs: str):
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {NAMES}><w:body>{p(runs)}{p('متن است.')}</w:body></w:document>",
        "word/_rels/document.xml.rels": RELATION,
        "word/media/a.png": PNG,
    }
    return form.read(zipped(parts), "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize("runs", WHOLE.values(), ids=WHOLE)
def test_a_picture_that_shows_whole_is_printed(runs):
    document = read_word(runs)
    assert list(document.pictures.values()) == [PNG]
    assert not any("alternative texts" in remark or "is printed" in remark for remark in document.remarks)


@pytest.mark.parametrize("runs", PART.values(), ids=PART)
def test_a_picture_that_does_not_show_whole_is_its_alternative_text_and_that_is_said(runs):
    document = read_word(runs)
    assert document.pictures == {} and any("alternative text" in remark for remark in document.remarks)
    assert "کارگران" in [block.text for block in document.blocks]


BOX = f"<wps:txbx><w:txbxContent>{p(SECRET)}</w:txbxContent></wps:txbx>"

UNSEEN = {
    "a shape": placed(f'<a:graphicData><wps:wsp><wps:cNvPr hidden="1"/>{BOX}</wps:wsp></a:graphicData>', "anchor", "", ""),
    "a shape of a group": placed(f'<wpg:wgp><wps:wsp><wps:cNvPr hidden="true"/>{BOX}</wps:wsp><wps:wsp/></wpg:wgp>', "anchor", "", ""),
    "a group in a group": placed(f'<wpg:wgp><wpg:grpSp><wpg:cNvPr hidden="1"/><wps:wsp>{BOX}</wps:wsp></wpg:grpSp></wpg:wgp>', "anchor", "", ""),
    "a picture": placed(f'<a:graphicData><a:pic><a:nvPicPr><a:cNvPr hidden="1"/></a:nvPicPr>{BLIP.format("")}</a:pic></a:graphicData>', descr=f"descr='{SECRET}'"),
    "one of old Word in a group": f'<w:r><w:pict {A}><v:group><v:shape style="visibility:hidden">{BOX}</v:shape></v:group></w:pict></w:r>',
}  # fmt: skip


@pytest.mark.parametrize("runs", UNSEEN.values(), ids=UNSEEN)
def test_nothing_of_an_invisible_shape_is_read(runs):
    document = read_word(runs)
    assert not document.pictures and SECRET not in " ".join(block.text for block in document.blocks)


def test_the_same_shapes_are_read_where_they_show():
    for runs in UNSEEN.values():
        shown = runs.replace('hidden="1"', "").replace('hidden="true"', "").replace("visibility:hidden", "")
        assert SECRET in " ".join(block.text for block in read_word(shown).blocks)


BAR = (
    '<wp:extent cx="900000" cy="200000"/><wp:{}/><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst="rect"/>{}'
    "</wps:spPr></wps:wsp></a:graphicData></a:graphic>"
)
BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
FRAMED = '<a:noFill/><a:ln w="12700"/>'
EMPTY_BOX = BAR.format("wrapNone", BLACK).replace(
    "</wps:wsp>", "<wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx></wps:wsp>"
)
GROUP = BAR.format("wrapNone", FRAMED).replace(
    "</wps:wsp>", f"</wps:wsp><wps:wsp><wps:spPr>{BLACK}</wps:spPr></wps:wsp>"
)
VML = '<w:r><w:pict><v:rect style="position:absolute;width:90pt" {}/></w:pict></w:r>'


@pytest.mark.parametrize(
    ("drawing", "is_told"),
    [
        (placed(BAR.format("wrapNone", BLACK), "anchor", descr=""), True),
        (placed(BAR.format("wrapNone", BLACK), "anchor"), True),
        (placed(BAR.format("wrapNone", '<a:noFill/><a:ln w="190500"/>'), "anchor", descr=""), True),
        (placed(BLIP.format(""), "anchor", "<wp:wrapNone/>", ""), True),
        (placed(EMPTY_BOX, "anchor"), True),
        (placed(GROUP, "anchor", descr=""), True),
        (VML.format('fillcolor="black"'), True),
        (placed(BLIP.format(""), "anchor", "<wp:wrapNone/>"), False),
        (placed(BAR.format("wrapNone", FRAMED), "anchor", descr=""), False),
        (placed(BAR.format("wrapSquare", BLACK), "anchor", descr=""), False),
        (placed(BAR.format("x", BLACK), descr=""), False),
        (VML.format('filled="f"'), False),
    ],
)
def test_a_bar_over_words_is_told_for_they_are_read_all_the_same(drawing, is_told):
    """People black out a name by drawing a bar over it: without the bar, it would be printed in every translation."""
    document = form.read(docx(p(r(PROSE) + drawing) + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert document.blocks[0].text == PROSE
    assert any("may cover words that are read all the same: 1" in one for one in document.remarks) is is_told


@pytest.mark.parametrize(
    ("said", "shown", "remark"), [("", [], "no alternative text: 1"), ("descr='بندر'", ["بندر"], "")]
)
def test_a_picture_in_one_drawing_with_a_box_is_read_or_told_of(said, shown, remark):
    box = f"<w:txbxContent>{p('در جعبه')}</w:txbxContent>"
    inner = f'<wp:docPr {said}/><g><pic><a:blip xmlns:a="a"/></pic>{box}</g>'
    drawn = f"<w:r><w:drawing><wp:anchor>{inner}</wp:anchor></w:drawing></w:r>"
    read = form.read(docx(p(r(PROSE) + drawn)), "d", SHIPPED["fa"], Corrections())
    assert [block.text for block in read.blocks] == [PROSE, *shown, "در جعبه"]
    assert any(remark in one for one in read.remarks)
