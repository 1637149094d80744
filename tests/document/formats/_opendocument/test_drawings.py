"""Drawings of an OpenDocument text: nothing is printed that its author cut off, covered or made invisible."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import ODF, odt
from tests.support.opendocuments import PROSE, blocks

PNG = b"\x89PNG\r\n\x1a\n rest"
SECRET = "محرمانه"


def test_boxes_and_pictures_follow_their_paragraph():
    box = f"<draw:frame><draw:text-box>{PROSE}</draw:text-box></draw:frame>"
    picture = "<draw:frame><draw:image/><svg:desc>کارگران</svg:desc></draw:frame>"
    read = blocks(f"<text:p>{box}</text:p><text:p>نگاه {picture} کنید.</text:p>")
    assert [(block.kind, block.text[:7]) for block in read] == [
        (Kind.PARAGRAPH, "این جمل"), (Kind.PARAGRAPH, "نگاه کن"), (Kind.IMAGE, "کارگران")]  # fmt: skip


FRAME = '<draw:frame draw:style-name="{}" text:anchor-type="{}"><draw:image xlink:href="Pictures/a.png"/><svg:desc>کارگران</svg:desc></draw:frame>'

SIZED = FRAME.format("N", "char").replace("<draw:frame", '<draw:frame svg:width="{}cm" svg:height="{}cm"')

STYLES = {
    "N": 'style:wrap="none" fo:clip="rect(0cm, 0cm, 0cm, 0cm)" draw:color-mode="standard" draw:image-opacity="100%"',
    "C": 'fo:clip="rect(0cm, 2.1cm, 0cm, 0cm)"', "P": 'fo:clip="rect(0.3cm 0cm 0cm 0cm)"', "M": 'draw:color-mode="mono"',
    "B": 'style:wrap="run-through" style:run-through="background"', "O": 'draw:image-opacity="0%"',
    "L": 'draw:luminance="-100%"', "R": 'style:wrap="run-through"',
    "X": 'style:print-content="false"', "E": 'style:wrap="run-through" draw:fill="none" svg:stroke-width="0.05cm"',
    "K": 'style:wrap="run-through" draw:fill="solid" draw:fill-color="#000000"',
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
    return form.read(content, "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize(
    "inner",
    [FRAME.format("N", "paragraph"), FRAME.format("", "as-char"), FRAME.format("R", "paragraph"),
     FRAME.format("N", "as-char") + '<draw:line draw:style-name="R"/>',
     FRAME.format("N", "as-char") + '<draw:rect draw:style-name="N" text:anchor-type="char" svg:height="2cm"/>',
     f'<draw:frame draw:style-name="N" text:anchor-type="char"><draw:text-box>{FRAME.format("N", "paragraph")}</draw:text-box></draw:frame>'],
)  # fmt: skip
def test_a_picture_that_shows_whole_is_printed(inner):
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
def test_a_picture_that_does_not_show_whole_is_its_alternative_text(inner):
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
def test_whatever_is_drawn_in_front_of_a_picture_may_cover_it(kind, around):
    bar = around.format(f'<{kind} {D3} draw:style-name="R" text:anchor-type="char" svg:width="3cm" svg:height="1cm"/>')
    assert read_odt(FRAME.format("N", "as-char") + bar).pictures == {}


@pytest.mark.parametrize(("style", "is_printed"), [("t", True), ("T", False)])
def test_a_line_as_thick_as_a_bar_may_cover_a_picture(style, is_printed):
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
    document = form.read(content, "d", SHIPPED["fa"], Corrections())
    assert bool(document.pictures) is is_printed and not any("سربرگ" in block.text for block in document.blocks)


def within(style: str, around: str) -> dict[str, bytes]:
    """Return what is printed of a picture 9 cm wide and high that stands in something of a style."""
    shown = SIZED.format(9, 9).replace('"char"', '"as-char"')
    content = odt(f"{around.format(shown)}<text:p>متن است.</text:p>", automatic=style, files={"Pictures/a.png": PNG})
    return form.read(content, "d", SHIPPED["fa"], Corrections()).pictures


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
def test_a_picture_that_is_cut_off_by_what_it_stands_in_is_not_printed(style, around, is_printed):
    assert bool(within(style, around)) is is_printed


def test_two_pictures_of_like_size_are_printed():
    document = read_odt(SIZED.format(9, 9) + SIZED.format(8, 8))
    assert list(document.pictures.values()) == [PNG]


OPEN = '<draw:frame {} text:anchor-type="char"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'


@pytest.mark.parametrize("said", ['draw:display="none"', 'draw:display="screen"', 'draw:visible="false"'])
def test_nothing_of_an_invisible_shape_is_read(said):
    words = [" ".join(block.text for block in read_odt(OPEN.format(one, SECRET)).blocks) for one in (said, "")]
    assert SECRET not in words[0] and SECRET in words[1]


@pytest.mark.parametrize(
    ("drawing", "is_told"),
    [
        ('<draw:custom-shape draw:style-name="R" text:anchor-type="char" svg:height="1cm"/>', True),
        ('<draw:rect text:anchor-type="paragraph" svg:height="1cm"/>', True),
        ('<draw:line draw:style-name="T" text:anchor-type="char"/>', True),
        ('<draw:frame draw:style-name="K" text:anchor-type="char"><draw:text-box><text:p/></draw:text-box></draw:frame>', True),
        ('<draw:frame draw:style-name="R" text:anchor-type="char"><draw:text-box><text:p/></draw:text-box></draw:frame>', False),
        ('<draw:frame draw:style-name="R" text:anchor-type="char"><draw:image xlink:href="Pictures/b.png"/></draw:frame>', True),
        (FRAME.format("R", "char"), False),
        ('<draw:rect draw:style-name="E" text:anchor-type="char" svg:height="1cm"/>', False),
        ('<draw:line draw:style-name="t" text:anchor-type="char"/>', False),
        ('<draw:custom-shape draw:style-name="R"><text:p>متن</text:p><draw:glue-point/><draw:enhanced-geometry><draw:equation/><draw:handle/></draw:enhanced-geometry></draw:custom-shape>', False),
        ('<draw:rect draw:style-name="N" text:anchor-type="char" svg:height="1cm"/>', False),
        ('<draw:frame draw:style-name="R"><draw:text-box><text:p>متن</text:p></draw:text-box></draw:frame>', False),
    ],
)  # fmt: skip
def test_a_bar_over_words_is_told_for_they_are_read_all_the_same(drawing, is_told):
    document = read_odt(f"این جمله است. {drawing}")
    assert document.blocks[0].text.startswith("این جمله است.")
    assert any("may cover words that are read all the same: 1" in one for one in document.remarks) is is_told


@pytest.mark.parametrize(
    "drawing",
    [
        '<draw:frame draw:style-name="X"><draw:text-box><text:p>محرمانه</text:p></draw:text-box></draw:frame>',
        '<draw:custom-shape draw:style-name="X"><text:p>محرمانه</text:p></draw:custom-shape>',
        FRAME.format("X", "char").replace("کارگران", SECRET),
    ],
)  # fmt: skip
def test_what_libreoffice_shows_and_does_not_print_is_not_read(drawing):
    """Its box “Print” is for remarks beside a text."""
    document = read_odt(f"این جمله است. {drawing}")
    assert SECRET not in "".join(block.text for block in document.blocks) and document.pictures == {}


@pytest.mark.parametrize(
    "said", ['draw:display="none"', 'o:display="none" xmlns:o="http://openoffice.org/2010/draw"', 'draw:style-name="X"']
)
@pytest.mark.parametrize("around", ["<draw:g>{}</draw:g>", "<draw:g><draw:rect/><draw:g>{}</draw:g></draw:g>"])
def test_nothing_is_read_of_what_is_invisible_in_a_group(said, around):
    """LibreOffice says so in a word of its own there."""
    both = "".join(
        f"<draw:rect {one}><text:p>{text}</text:p></draw:rect>" for one, text in (("", "دیده"), (said, SECRET))
    )
    words = " ".join(block.text for block in read_odt(f"این جمله است. {around.format(both)}").blocks)
    assert "دیده" in words and SECRET not in words


@pytest.mark.parametrize(
    "inner",
    [
        '<text:h text:outline-level="2">در قاب</text:h>',
        "<table:table><table:table-row><table:table-cell><text:p>در قاب</text:p></table:table-cell></table:table-row></table:table>",
    ],
)
def test_whatever_of_a_text_a_shape_holds_is_read(inner):
    body = f"<text:p>متن<draw:custom-shape>{inner}<draw:enhanced-geometry/></draw:custom-shape></text:p>{PROSE}"
    assert [block.text for block in blocks(body)][:2] == ["متن", "در قاب"]
