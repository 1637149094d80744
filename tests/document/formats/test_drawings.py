"""Of a picture nothing is printed that its author cut off, covered or made invisible."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as word
from pipeline.document.formats import html
from pipeline.document.formats import odt as opendocument
from pipeline.languages import SHIPPED
from tests.support.documents import NAMES, ODF, TYPES, odt, p, zipped

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
SIZED = FRAME.format("N", "char").replace("<draw:frame", '<draw:frame svg:width="{}cm" svg:height="{}cm"')
STYLES = {
    "N": 'style:wrap="none" fo:clip="rect(0cm, 0cm, 0cm, 0cm)" draw:color-mode="standard" draw:image-opacity="100%"',
    "C": 'fo:clip="rect(0cm, 2.1cm, 0cm, 0cm)"', "P": 'fo:clip="rect(0.3cm 0cm 0cm 0cm)"', "M": 'draw:color-mode="mono"',
    "B": 'style:wrap="run-through" style:run-through="background"', "O": 'draw:image-opacity="0%"',
    "L": 'draw:luminance="-100%"', "R": 'style:wrap="run-through"',
    "T": 'style:wrap="run-through" svg:stroke-width="1cm"', "t": 'style:wrap="run-through" svg:stroke-width="0.05cm"',
}  # fmt: skip


def graphics() -> str:
    return "".join(
        f'<style:style style:name="{name}" style:family="graphic"><style:graphic-properties {said}/></style:style>'
        for name, said in STYLES.items()
    )


def read_odt(inner: str):
    content = odt(
        f"<text:p>{inner}</text:p><text:p>متن است.</text:p>", automatic=graphics(), files={"Pictures/a.png": PNG}
    )
    return opendocument.read(content, "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize(
    "inner",
    [FRAME.format("N", "paragraph"), FRAME.format("", "as-char"), FRAME.format("R", "paragraph"),
     FRAME.format("N", "as-char") + '<draw:line draw:style-name="R"/>',
     FRAME.format("N", "as-char") + '<draw:rect draw:style-name="N" text:anchor-type="char" svg:height="2cm"/>',
     f'<draw:frame draw:style-name="N" text:anchor-type="char"><draw:text-box>{FRAME.format("N", "paragraph")}</draw:text-box></draw:frame>'],
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
     FRAME.format("B", "paragraph"),
     SIZED.format(9, 9) + '<draw:rect draw:style-name="N" text:anchor-type="char" svg:width="9cm" svg:height="9cm"/>',
     SIZED.format(9, 9) + SIZED.format(2, 2),
     f"<draw:g>{FRAME.format('N', 'char')}<draw:rect/><svg:desc>کارگران</svg:desc></draw:g>"],
)  # fmt: skip
def test_a_picture_of_opendocument_that_does_not_show_whole_is_its_alternative_text(inner):
    document = read_odt(inner)
    assert document.pictures == {} and any("alternative text" in remark for remark in document.remarks)


OTHERS = (
    "draw:polygon", "draw:regular-polygon", "draw:polyline", "draw:path", "draw:ellipse", "draw:circle", "draw:connector",
    "draw:caption", "draw:measure", "draw:control", "draw:g", "dr3d:scene",
)  # fmt: skip
D3 = 'xmlns:dr3d="urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"'


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize(
    "around", ["{}", '<text:a xlink:href="https://example.org">{}</text:a>', "</text:p>{}<text:p>"]
)
def test_whatever_is_drawn_in_front_of_a_picture_of_opendocument_may_cover_it(kind, around):
    bar = around.format(f'<{kind} {D3} draw:style-name="R" text:anchor-type="char" svg:width="3cm" svg:height="1cm"/>')
    assert read_odt(FRAME.format("N", "as-char") + bar).pictures == {}


@pytest.mark.parametrize(("style", "is_printed"), [("t", True), ("T", False)])
def test_a_line_of_opendocument_as_thick_as_a_bar_may_cover_a_picture(style, is_printed):
    line = f'<draw:line draw:style-name="{style}" text:anchor-type="char"/>'
    assert bool(read_odt(FRAME.format("N", "as-char") + line).pictures) is is_printed


@pytest.mark.parametrize("place", ["header", "footer", "header-first"])
@pytest.mark.parametrize(
    ("style", "drawn", "is_printed"),
    [
        ("R", '<draw:rect draw:style-name="{}" text:anchor-type="paragraph"/>', False),
        ("R", '<draw:g draw:style-name="{}" text:anchor-type="char"><draw:rect/></draw:g>', False),
        ("R", '<draw:frame draw:style-name="{}" text:anchor-type="char"><draw:text-box><text:p/></draw:text-box></draw:frame>', False),
        ("R", '<draw:frame draw:style-name="{}" text:anchor-type="char"><draw:image xlink:href="Pictures/b.png"/></draw:frame>', False),
        ("B", '<draw:custom-shape draw:style-name="{}" text:anchor-type="char"/>', True),
        ("N", '<draw:frame draw:style-name="{}" text:anchor-type="char"><draw:image xlink:href="Pictures/b.png"/></draw:frame>', True),
        ("R", '<draw:frame draw:style-name="{}" text:anchor-type="as-char"><draw:image xlink:href="Pictures/b.png"/></draw:frame>', True),
        ("t", '<draw:line draw:style-name="{}" text:anchor-type="char"/>', True),
    ],
)  # fmt: skip
def test_what_is_drawn_in_front_of_the_text_in_a_header_may_cover_a_picture(place, style, drawn, is_printed):
    """LibreOffice draws it over the text of every page; a watermark lies behind."""
    header = f"<text:p>{drawn.format(style)}سربرگ</text:p>"
    master = f"<office:master-styles><style:master-page><style:{place}>{header}</style:{place}></style:master-page></office:master-styles>"
    parts = {
        "styles.xml": f"<office:document-styles {ODF}><office:automatic-styles>{graphics()}</office:automatic-styles>{master}</office:document-styles>"
    }
    content = odt(
        f"<text:p>{FRAME.format('N', 'as-char')}</text:p><text:p>متن است.</text:p>",
        automatic=graphics(),
        files={"Pictures/a.png": PNG, **parts},
    )
    document = opendocument.read(content, "d", SHIPPED["fa"], Corrections())
    assert bool(document.pictures) is is_printed and not any("سربرگ" in block.text for block in document.blocks)


def within(style: str, around: str) -> dict[str, bytes]:
    """Return what is printed of a picture 9 cm wide and high that stands in something of a style."""
    shown = SIZED.format(9, 9).replace('"char"', '"as-char"')
    content = odt(f"{around.format(shown)}<text:p>متن است.</text:p>", automatic=style, files={"Pictures/a.png": PNG})
    return opendocument.read(content, "d", SHIPPED["fa"], Corrections()).pictures


LINE = '<style:style style:name="S" style:family="paragraph"><style:paragraph-properties fo:line-height="{}"/></style:style>'
HIGH = '<style:style style:name="S" style:family="table-row"><style:table-row-properties style:{}="{}"/></style:style>'
TABLE = '<table:table><table:table-row table:style-name="S"><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row></table:table>'
IN_A_BOX = '<text:p><draw:frame text:anchor-type="as-char" svg:width="{}" svg:height="{}"><draw:text-box {}><text:p>{{}}</text:p></draw:text-box></draw:frame></text:p>'


@pytest.mark.parametrize(
    ("style", "around", "is_printed"),
    [
        (LINE.format("1cm"), '<text:p text:style-name="S">{}</text:p>', False),
        (LINE.format("10cm"), '<text:p text:style-name="S">{}</text:p>', True),
        (LINE.format("90%"), '<text:p text:style-name="S">{}</text:p>', True),
        (HIGH.format("row-height", "1cm"), TABLE, False),
        (HIGH.format("min-row-height", "1cm"), TABLE, True),
        ("", IN_A_BOX.format("10cm", "2cm", ""), False),
        ("", IN_A_BOX.format("2cm", "10cm", ""), False),
        ("", IN_A_BOX.format("10cm", "10cm", ""), True),
        ("", IN_A_BOX.format("10cm", "2cm", 'fo:min-height="2cm"'), True),
    ],
)
def test_a_picture_of_opendocument_that_is_cut_off_by_what_it_stands_in_is_not_printed(style, around, is_printed):
    assert bool(within(style, around)) is is_printed


CROPPED = '<span style="overflow: hidden; display: inline-block; width: {}px; height: {}px"><img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo=" style="{}"></span>'
"""As Google's editor crops."""


@pytest.mark.parametrize(
    ("shown", "is_printed"),
    [
        (CROPPED.format(300, 200, "width: 300px; height: 200px; margin-left: 0px; transform: rotate(0rad) translateZ(0px)"), True),
        (CROPPED.format(300, 200, "width: 600px; height: 200px"), False),
        (CROPPED.format(300, 200, "width: 300px; height: 400px"), False),
        (CROPPED.format(300, 200, "width: 300px; height: 200px; margin-left: -90px"), False),
        (CROPPED.format(300, 200, "width: 300px; height: 200px; transform: translateX(90px)"), False),
        (CROPPED.format(300, 200, ""), False),
        ('<img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo=" style="filter: blur(20px)">', False),
        ('<img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo=" style="object-fit: cover">', False),
        ('<div style="clip-path: inset(20%)"><img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo="></div>', False),
        ('<div style="overflow: hidden"><img width="90" alt="کارگران" src="data:image/png;base64,iVBORw0KGgo="></div>', True),
    ],
)  # fmt: skip
def test_a_picture_of_a_page_that_is_cut_off_or_blurred_is_not_printed(shown, is_printed):
    document = html.read(f"<p>متن آن این است.</p>{shown}".encode(), "d", SHIPPED["fa"], Corrections())
    assert bool(document.pictures) is is_printed
    assert "کارگران" in [block.text for block in document.blocks]


def test_two_pictures_of_opendocument_of_like_size_are_printed():
    document = read_odt(SIZED.format(9, 9) + SIZED.format(8, 8))
    assert list(document.pictures.values()) == [PNG]


SECRET = "محرمانه"
BOX = f"<wps:txbx><w:txbxContent>{p(SECRET)}</w:txbxContent></wps:txbx>"
UNSEEN = {
    "a shape": placed(f'<a:graphicData><wps:wsp><wps:cNvPr hidden="1"/>{BOX}</wps:wsp></a:graphicData>', "anchor", "", ""),
    "a shape of a group": placed(f'<wpg:wgp><wps:wsp><wps:cNvPr hidden="true"/>{BOX}</wps:wsp><wps:wsp/></wpg:wgp>', "anchor", "", ""),
    "a group in a group": placed(f'<wpg:wgp><wpg:grpSp><wpg:cNvPr hidden="1"/><wps:wsp>{BOX}</wps:wsp></wpg:grpSp></wpg:wgp>', "anchor", "", ""),
    "a picture": placed(f'<a:graphicData><a:pic><a:nvPicPr><a:cNvPr hidden="1"/></a:nvPicPr>{BLIP.format("")}</a:pic></a:graphicData>', descr=f"descr='{SECRET}'"),
    "one of old Word in a group": f'<w:r><w:pict {A}><v:group><v:shape style="visibility:hidden">{BOX}</v:shape></v:group></w:pict></w:r>',
}  # fmt: skip


@pytest.mark.parametrize("runs", UNSEEN.values(), ids=UNSEEN)
def test_nothing_of_an_invisible_shape_of_word_is_read(runs):
    document = read_word(runs)
    assert not document.pictures and SECRET not in " ".join(block.text for block in document.blocks)


def test_the_same_shapes_are_read_where_they_show():
    for runs in UNSEEN.values():
        shown = runs.replace('hidden="1"', "").replace('hidden="true"', "").replace("visibility:hidden", "")
        assert SECRET in " ".join(block.text for block in read_word(shown).blocks)


OPEN = '<draw:frame {} text:anchor-type="char"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'


@pytest.mark.parametrize("said", ['draw:display="none"', 'draw:display="screen"', 'draw:visible="false"'])
def test_nothing_of_an_invisible_shape_of_opendocument_is_read(said):
    words = [" ".join(block.text for block in read_odt(OPEN.format(one, SECRET)).blocks) for one in (said, "")]
    assert SECRET not in words[0] and SECRET in words[1]


@pytest.mark.parametrize(
    "kind", ["variable-set", "expression", "user-field-get", "page-variable-set", "database-display"]
)
def test_a_field_of_opendocument_that_shows_nothing_is_not_read(kind):
    field = f"<text:{kind} {{}}>{SECRET}</text:{kind}>"
    hidden, shown = (read_odt(field.format(said)).blocks for said in ('text:display="none"', 'text:display="value"'))
    assert SECRET not in " ".join(block.text for block in hidden) and SECRET in " ".join(block.text for block in shown)


CELLS = (
    "<table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell><text:p>۲</text:p></table:table-cell>"
)
GROUPED = "<table:table-row-group {}><table:table-row>{}</table:table-row></table:table-row-group>"
ROW = "<table:table-row {}>{}</table:table-row>"


@pytest.mark.parametrize(
    ("row", "said"),
    [(ROW, 'table:visibility="collapse"'), (ROW, 'table:visibility="filter"'), (GROUPED, 'table:display="false"')],
)
def test_rows_of_opendocument_that_do_not_show_are_not_read(row, said):
    for one, is_read in ((said, False), ("", True)):
        rows = ROW.format("", CELLS.format("۱")) * 2 + row.format(one, CELLS.format(SECRET))
        document = read_odt(f"</text:p><table:table>{rows}</table:table><text:p>")
        assert (SECRET in repr(document.blocks)) is is_read
