"""Words that nobody sees, or that are crossed out, in every format: what is not surely seen is said."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _sight, docx, html, md, odt
from pipeline.languages import SHIPPED
from tests.support import documents
from tests.support.documents import p, r

PROSE = "این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند."
SECRET = "نهان"
BLURRED, PALE, STRUCK, VEILED, TINY = "blurred", "behind them", "struck through", "style sheet", "too small"


def read(form, content: bytes) -> tuple[str, str]:
    """Return the first block, and all that is said of how it was read."""
    document = form.read(content, "d", SHIPPED["fa"], Corrections())
    return document.blocks[0].text, " ".join(document.remarks)


def assert_said(form, content: bytes, said: str) -> None:
    text, remarks = read(form, content)
    assert (SECRET in text) is (said != TINY)
    assert (SECRET in remarks and said in remarks) if said else not remarks


def shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:fill="{colour}"/>'


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        (WHITE, PALE),
        (WHITE + shade("1F3864"), ""),
        ('<w:color w:val="FEFDFC"/>', PALE),
        ('<w:color w:val="44546A" w:themeColor="background1"/>', PALE),
        ('<w:color w:val="FFFF00"/>', ""),
        ('<w:highlight w:val="black"/>', PALE),
        (shade("000000"), ""),
        ("<w:strike/>", STRUCK),
        ("<w:dstrike/>", STRUCK),
        ('<w:strike w:val="0"/>', ""),
        ('<w:sz w:val="2"/><w:szCs w:val="2"/>', TINY),
        ('<w14:textFill xmlns:w14="x"><w14:noFill/></w14:textFill>', PALE),
    ],
)
def test_words_of_a_word_document(properties, said):
    assert_said(docx, documents.docx(p(r("دیده ") + r(SECRET, properties) + r(" شد")) + p(PROSE)), said)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p(r(SECRET, WHITE), shade("222222")), ""),
        (p(r(SECRET, WHITE), shade("FFFFFF")), PALE),
        (f"<w:tbl><w:tr><w:tc><w:tcPr>{shade('222222')}</w:tcPr>{p(r(SECRET, WHITE))}</w:tc></w:tr></w:tbl>", ""),
        (f"<w:tbl><w:tr><w:tc>{p(r(SECRET, WHITE))}</w:tc></w:tr></w:tbl>", PALE),
        (p(r(SECRET), '<w:pStyle w:val="White"/>'), PALE),
        (p(r(SECRET), '<w:pStyle w:val="Bar"/>'), ""),
    ],
)
def test_what_is_behind_the_words_of_a_word_document(body, said):
    style = '<w:style w:styleId="{}" w:type="paragraph"><w:pPr>{}</w:pPr><w:rPr>' + WHITE + "</w:rPr></w:style>"
    styles = style.format("White", "") + style.format("Bar", shade("222222"))
    assert_said(docx, documents.docx(body + p(PROSE), styles=styles), said)


@pytest.mark.parametrize(
    ("properties", "paragraph", "said"),
    [
        ('fo:color="#ffffff"', "", PALE),
        ('fo:color="#ffffff" fo:background-color="#203864"', "", ""),
        ('fo:color="#ffffff"', 'fo:background-color="#203864"', ""),
        ('fo:color="#000000" fo:background-color="#000000"', "", PALE),
        ('fo:color="#ffffff" style:use-window-font-color="true"', "", ""),
        ('xmlns:loext="x" loext:opacity="0%"', "", PALE),
        ('xmlns:loext="x" loext:opacity="0%" style:use-window-font-color="true"', "", ""),
        ('style:text-line-through-style="solid"', "", STRUCK),
        ('style:text-line-through-type="none"', "", ""),
        ('fo:font-size="1pt" style:font-size-complex="1pt"', "", TINY),
    ],
)
def test_words_of_an_opendocument_text(properties, paragraph, said):
    style = '<style:style style:name="{0}" style:family="{1}"><style:{1}-properties {2}/></style:style>'
    automatic = style.format("N", "text", properties) + style.format("P", "paragraph", paragraph)
    body = f'<text:p text:style-name="P">دیده <text:span text:style-name="N">{SECRET}</text:span></text:p>'
    assert_said(odt, documents.odt(f"{body}<text:p>{PROSE}</text:p>", automatic=automatic), said)


def test_white_words_within_the_automatic_colour_that_libreoffice_writes_for_a_whole_document():
    default = 'xmlns:loext="x" style:use-window-font-color="true" loext:opacity="0%"'
    styles = f'<style:default-style style:family="paragraph"><style:text-properties {default}/></style:default-style>'
    white = '<style:style style:name="W" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
    body = f"<text:p>دیده <text:span text:style-name='W'>{SECRET}</text:span></text:p><text:p>{PROSE}</text:p>"
    assert_said(odt, documents.odt(body, styles=styles), "")
    assert_said(odt, documents.odt(body, styles=styles, automatic=white), PALE)


@pytest.mark.parametrize(
    ("sheet", "inner", "said"),
    [
        ("", f"<span style='color:white'>{SECRET}</span>", PALE),
        ("", f"<span style='background:#000'>{SECRET}</span>", PALE),
        ("", f"<b style='background:#035'><i style='color:#FFF'>{SECRET}</i></b>", ""),
        (".a{color:#fff}", f"<font class=a>{SECRET}</font>", PALE),
        ("", f"<span style='filter:blur(6px)'>{SECRET}</span>", BLURRED),
        (".a{filter: blur(.3em)}", f"<b class=a>{SECRET}</b>", BLURRED),
        ("", f"<span style='filter:blur(0)'>{SECRET}</span>", ""),
        ("", f"<del>{SECRET}</del>", STRUCK),
        (".a{text-decoration:line-through}", f"<i class=a>{SECRET}</i>", STRUCK),
        (".a{font-size:1px}", f"<i class=a>{SECRET}</i>", TINY),
        (".a{display:none}", f"<script>1</script><ul><li class=a>{SECRET}</ul>", VEILED),
        (".a{filter:opacity(0)}", f"<script>1</script><ul><li class=a>{SECRET}</ul>", VEILED),
    ],
)
def test_words_of_a_page(sheet, inner, said):
    page = f"<meta charset=utf-8><style>{sheet}</style><body><p>{inner}<p>{PROSE}"
    assert_said(html, page.encode(), said)


def test_what_a_style_sheet_hides_on_a_page_without_programs_is_not_read():
    page = f"<meta charset=utf-8><style>#a p {{display:none}}</style><div id=a><p>{SECRET}</div><p>{PROSE}"
    text, remarks = read(html, page.encode())
    assert text == PROSE and remarks.endswith("letters and figures that the page hides are left out")


def test_crossed_out_words_of_markdown_are_said():
    assert_said(md, f"یک ~~{SECRET}~~ دو.\n".encode(), STRUCK)


def test_words_of_a_kind_are_quoted_in_short_and_only_once():
    found = _sight.Sightings()
    for words in ["یک ", "دو", *["سه " * 100] * 100]:
        found.note(words, (_sight.Sight.PALE,))
        found.note(" " if words == "یک " else "و", ())
    (said,) = found.said()
    assert "«یک دو … سه" in said and len(said) < 400


@pytest.mark.parametrize("colour", ["#12", "rgb(1,2", "x" * 5000, "currentcolor", "var(--a)"])
def test_a_colour_that_nobody_knows_shows(colour):
    assert not _sight.is_pale(colour, "white") and not _sight.is_pale("white", colour)
