"""Of a page or book no picture is printed over which something may lie there."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _layers, _page, html
from pipeline.document.formats import epub as books
from pipeline.languages import SHIPPED
from tests.support import growth
from tests.support.documents import epub

IMG = '<img alt="کارگران" width="400" height="300" src="data:image/png;base64,iVBORw0KGgo=">'
BLACK = "background:#000;width:100px;height:50px"
COVERED = {
    "a bar that is placed over it": f'<div style="position:relative">{{}}<div style="position:absolute;top:9px;{BLACK}"></div></div>',
    "a bar of a class": '<style>.bar {{ position: absolute; top: 50px; background: black }}</style><div style="position:relative">{}<div class="bar">&nbsp;</div></div>',
    "a bar on the page itself": f'{{}}<div style="position:absolute;left:70px;top:70px;{BLACK}"></div>',
    "a bar that reaches out of its box": f'{{}}<div style="position:relative"><p style="position:absolute;top:-200px;{BLACK}"></p></div>',
    "a bar that was moved up": f'{{}}<div style="position:relative;top:-200px;{BLACK}"></div>',
    "a bar with a margin below nothing": f'{{}}<div style="margin-top:-200px;{BLACK}"></div>',
    "one of four margins": f'{{}}<div style="margin: -200px 0 0 0;{BLACK}"></div>',
    "a transformed bar": f'{{}}<div style="transform:translateY(-200px);{BLACK}"></div>',
    "a smiley": '<div style="position:relative">{}<img alt="" style="position:absolute;top:9px" src="data:image/png;base64,iVBORw0KGgoA"></div>',
    "a shape as Word saves it": '<p>{}<span style="mso-ignore:vglayout;position:absolute;margin-left:40px;margin-top:-200px"><img width="100" src="data:image/png;base64,iVBORw0KGgoB"></span></p>',
    "a drawing": '<div style="position:relative">{}<svg style="position:absolute;top:0"><rect width="9" height="9"/></svg></div>',
    "what has a bar in it": f'<div style="position:relative">{{}}<div style="position:absolute"><p style="{BLACK}">.</p></div></div>',
    "a face that is typed": '<div style="position:relative">{}<span style="position:absolute;top:9px;font-size:90px">😀</span></div>',
    "blocks that are typed": '<div style="position:relative">{}<b style="position:absolute;top:9px">████</b></div>',
    "a column moved over its neighbour": f'<div style="float:left">{{}}</div><div style="float:left;margin-left:-300px;{BLACK}"></div>',
    "a bar in a row": f'<div style="display:flex">{{}}<div style="margin:0 0 0 -300px;{BLACK}"></div></div>',
    "a margin that is reckoned": f'{{}}<div style="margin-top:calc(0px - 200px);{BLACK}"></div>',
    "a bar that is a border": '<div style="position:relative">{}<div style="position:absolute;top:9px;border-top:50px solid;width:90px"></div></div>',
    "a cell with an attribute": '<div style="position:relative">{}<table bgcolor="#000000" style="position:absolute"><tr><td>.</td></tr></table></div>',
    "a field": '<div style="position:relative">{}<textarea style="position:absolute;top:0"></textarea></div>',
    "a rule of an id": f'<style>#bar {{{{ position: absolute; top: 50px }}}}</style><div style="position:relative">{{}}<div id="bar" style="{BLACK}"></div></div>',
    "a rule of what is around": f'<style>.a > .b .c {{{{ position: absolute }}}}</style><div class="a"><div class="b">{{}}<div class="c" style="{BLACK}"></div></div></div>',
    "a rule of elements": '<style>mark {{ position: absolute; background: #000 }}</style><div style="position:relative">{}<mark>.</mark></div>',
    "a moved word on black": '<p>{}<span style="margin-left:-200px;background-color:#000">&nbsp;</span></p>',
}  # fmt: skip
OPEN = {
    "nothing": "{}",
    "a caption over it": '<div style="position:relative">{}<p style="position:absolute;bottom:0">متن</p></div>',
    "a bar in the text": f'{{}}<div style="{BLACK}"></div>',
    "a bar in a box of its own": f'{{}}<div style="position:relative"><div style="position:absolute;top:0;{BLACK}"></div></div>',
    "a box that is itself placed": '<div style="position:relative"><div style="position:absolute;top:0;background:#eee">{}</div></div>',
    "a picture that fills its box": '<div style="position:relative">{}</div>'.format(IMG.replace("<img", '<img style="position:absolute;top:0"')),
    "a bar that is hidden": f'<div style="position:relative">{{}}<div style="display:none;position:absolute;{BLACK}"></div></div>',
    "a bar that was moved nowhere": f'{{}}<div style="position:relative;top:0;transform:translate3d(0,0,0) translateZ(0);{BLACK}"></div>',
    "a row as wide as its page": f'{{}}<div style="margin:0 -15px;{BLACK}"></div>',
    "rows in rows": f'<div style="display:flex"><div style="margin:0 -15px;{BLACK}"></div><div style="margin-left:-.75rem">{{}}</div></div>',
    "a photographer's name over it": '<div style="position:relative">{}<p style="position:absolute;bottom:0">© متن</p></div>',
    "a menu around the article": f'<nav style="position:absolute;top:0;{BLACK}"><a href="https://example.org">متن</a></nav>{{}}',
    "a box without a ground": '<div style="position:relative">{}<div style="position:absolute;background:transparent;border:0 none">متن</div></div>',
}  # fmt: skip
CLASSED = IMG.replace("<img", '<img class="x"')
CHANGED = {
    "blurred by its class": f"<style>.x {{ filter: blur(9px) }}</style>{CLASSED}",
    "blurred by its kind": f"<style>article img, img {{ filter: blur(.5em) }}</style>{IMG}",
    "blurred by what is around": f'<style>#g img {{ -webkit-mask: linear-gradient(#000, transparent) }}</style><div id="g">{IMG}</div>',
    "in a box that is blurred": f'<style>.g {{ filter: blur(9px) }}</style><div class="g"><div>{IMG}</div></div>',
    "on every screen": f"<style>@media screen {{ .x {{ clip-path: circle(20%) }} }}</style>{CLASSED}",
    "cropped by its class": f"<style>.x {{ object-fit: cover; height: 50px }}</style>{CLASSED}",
    "cropped by a box": f'<style>.g {{ overflow: hidden; height: 50px; width: 50px }}</style><div class="g">{IMG}</div>',
    "cropped to a circle": f"<style>.x {{ border-radius: 50% }}</style>{CLASSED}",
    "faint": f"<style>.x {{ opacity: .1 }}</style>{CLASSED}",
    "another in its place": f"<style>.x {{ content: url(data:image/png;base64,iVBORw0KGgoC) }}</style>{CLASSED}",
    "another for this screen": IMG.replace("<img", '<img srcset="data:image/png;base64,iVBORw0KGgoC 1x"'),
    "another that browsers know": f'<picture><source srcset="data:image/png;base64,iVBORw0KGgoC">{IMG}</picture>',
    "below what blurs": f'<div style="position:relative">{IMG}<div style="position:absolute;inset:0;backdrop-filter:blur(9px)"></div></div>',
}  # fmt: skip
WHOLE = {
    "of other classes": f"<style>.y {{ filter: blur(9px) }}</style>{CLASSED}",
    "when a mouse lies on it": f"<style>.x:hover {{ filter: blur(9px) }}</style>{CLASSED}",
    "of no more than its column": f'<style>img {{ max-width: 100%; height: auto }} .g {{ overflow: hidden; max-width: 300px }}</style><div class="g">{IMG}</div>',
    "with corners": f"<style>.x {{ border-radius: 4px; object-fit: contain; content: normal }}</style>{CLASSED}",
}  # fmt: skip
AROUND = "<p>متن آن این است و با نقطه پایان می یابد.</p>{}<p>متن دیگری هم این است.</p>"


def pictures_of_a_page(inside: str):
    return html.read(AROUND.format(inside).encode(), "d", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize("around", COVERED.values(), ids=COVERED)
def test_a_picture_over_which_something_lies_is_its_alternative_text_and_that_is_said(around):
    document = pictures_of_a_page(around.format(IMG))
    assert not document.pictures and any("alternative text" in remark for remark in document.remarks)
    assert "کارگران" in [block.text for block in document.blocks]


@pytest.mark.parametrize("around", OPEN.values(), ids=OPEN)
def test_a_picture_over_which_nothing_lies_is_printed(around):
    assert pictures_of_a_page(around.format(IMG)).pictures


@pytest.mark.parametrize("inside", CHANGED.values(), ids=CHANGED)
def test_a_picture_that_does_not_show_as_it_is_in_the_file_is_not_printed(inside):
    document = pictures_of_a_page(inside)
    assert not document.pictures and any("alternative text" in remark for remark in document.remarks)


@pytest.mark.parametrize("inside", WHOLE.values(), ids=WHOLE)
def test_a_picture_that_shows_whole_is_printed(inside):
    assert pictures_of_a_page(inside).pictures


@pytest.mark.parametrize(("around", "is_printed"), [(COVERED["a bar of a class"], False), (OPEN["nothing"], True)])
def test_so_it_is_in_a_book(around, is_printed):
    inside = AROUND.format(around.format('<img alt="کارگران" src="a.png"/>').replace("&nbsp;", "."))
    document = books.read(with_picture(epub({"1.xhtml": inside})), "d", SHIPPED["fa"], Corrections())
    assert bool(document.pictures) is is_printed and "کارگران" in [block.text for block in document.blocks]


def with_picture(content: bytes) -> bytes:
    out = BytesIO(content)
    with ZipFile(out, "a") as file:
        file.writestr("OEBPS/a.png", b"\x89PNG\r\n\x1a\n rest")
    return out.getvalue()


def test_many_rules_of_style_sheets_take_time_in_proportion():
    def page(size):
        rules = "".join(f".a .b{number} {{ position: relative; top: 1px }}" for number in range(size // 80))
        return f"<style>{rules}</style>" + f'<p class="b1">{IMG}</p>' * (size // 250)

    def uncover(text):
        root = _page.parsed(text)
        _layers.Layers([_page.words(sheet) for sheet in root.iter("style")]).uncover(root)

    assert not growth.is_steep(uncover, page, 200_000)


def test_to_look_for_what_lies_over_pictures_takes_time_in_proportion_to_the_page():
    def page(size):
        one = f'<p><img src="a.png"></p><div style="position:absolute;{BLACK}">.</div>'
        return f'<div style="position:relative">{one * (size // len(one))}</div>'

    assert not growth.is_steep(lambda text: _layers.Layers(()).uncover(_page.parsed(text)), page, 400_000)
