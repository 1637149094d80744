"""What a stylesheet owes to layout, paper, languages and theme."""

import ctypes
import io
import re

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.edition import alignment
from pipeline.edition.design import FACING, LARGE, PARALLEL, SINGLE, Design, Paper, Theme
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import columns as columns_of
from pipeline.edition.render.pdf import stylesheet
from pipeline.languages import SHIPPED
from pipeline.model import Kind, State
from tests.support import rich

FA, EN, FR = (SHIPPED[code] for code in ("fa", "en", "fr"))


def widths(columns, lengths, layout=PARALLEL):
    """The widths of the columns, in per cent of the text."""
    css = stylesheet.css(Design(layout), columns, lengths)
    return [
        float(width) for width in re.findall(r"^\.cell\.column-\d \{ float: \w+; width: ([\d.]+)%", css, re.MULTILINE)
    ]


@pytest.mark.parametrize(
    ("columns", "lengths"),
    [((FA, EN), (1000, 1000)), ((FA, EN), (0, 10**6)), ((FA, EN, FR), (1000, 1100, 1300)), ((FA, EN, FR), (0, 0, 1))],
)
def test_columns_fill_the_page_and_none_becomes_too_narrow(columns, lengths):
    found = widths(columns, lengths)
    assert sum(found) == pytest.approx(100 - columns_of.GAP[len(columns)] * (len(columns) - 1), abs=0.01)
    assert min(found) >= (100 - 10) * columns_of.NARROWEST[len(columns)]


def test_the_longer_text_has_the_wider_column_and_facing_pages_are_alike():
    assert widths((FA, EN), (1000, 2000))[1] > widths((FA, EN), (1000, 1400))[1] > widths((FA, EN), (1400, 1000))[1]
    left, right = widths((FA, EN), (1000, 2000), FACING)
    assert left == right


def test_a_colophon_stands_in_the_columns_of_the_text():
    assert not re.search(r"\.colophon[^{]*\.cell[^{]*\{[^}]*width", stylesheet.css(Design(), (FA, EN), (1000, 2000)))


def margins(page, css):
    """What stands in the margins of a page, by its place, as the rules say it of pages alike."""
    found = {}
    for number, rules in re.findall(r"^@page(?: :nth\(3n \+ (\d)\))? (\{.*\})", css, re.MULTILINE):
        if not number or (page - int(number)) % 3 == 0:
            found |= dict(re.findall(r"@(\w+-\w+) \{ content: element\((\w+-\d)\)", rules))
    return found


def test_languages_below_each_other_have_their_heads_in_turn_and_the_numbers_of_a_page_together():
    css = stylesheet.css(Design(print=LARGE), (FA, EN, FR), (1, 1, 1))
    assert [margins(page, css)["top-center"] for page in (2, 3, 4, 5)] == ["head-1", "head-2", "head-0", "head-1"]
    assert {margins(page, css)[f"bottom-{place}"] for page in (2, 3) for place in ("right", "left", "center")} == {
        "foot-0", "foot-1", "foot-2",
    }  # fmt: skip


def test_those_of_a_draft_have_their_feet_in_turn_too_for_stamps_are_long():
    css = stylesheet.css(Design(print=LARGE), (FA, EN, FR), (1, 1, 1), is_stamped=True)
    for page, number in ((2, 1), (3, 2), (4, 0)):
        assert margins(page, css) == {"top-center": f"head-{number}", "bottom-center": f"foot-{number}"}


def test_pages_are_numbered_in_the_digits_of_each_language():
    css = stylesheet.css(Design(), (FA, EN), (1, 1))
    assert 'digits-fa { system: numeric; symbols: "۰" "۱"' in css and 'digits-en { system: numeric; symbols: "0"' in css


def test_a_theme_colours_links_and_the_rule_of_the_title():
    css = stylesheet.css(Design(SINGLE, theme=Theme(colour="#aa0000")), (EN,), (1,))
    assert "a { color: #aa0000 }" in css and ".titled.last, .cover .title-part { border-color: #aa0000 }" in css


@pytest.mark.parametrize(
    ("files", "has_italics"), [({}, True), ({"arabic": 2}, True), ({"latin": 2}, False), ({"latin": 4}, True)]
)
def test_emphasis_is_in_italics_where_the_fonts_have_them(files, has_italics):
    theme = Theme(fonts={script: (b"",) * number for script, number in files.items()})
    assert (stylesheet.ITALIC in stylesheet.css(Design(SINGLE, theme=theme), (EN,), (1,))) is has_italics


def test_large_print_alone_is_ragged_and_parts_no_words():
    ragged = "> .cell { text-align: start; hyphens: manual }"
    assert ragged in stylesheet.css(Design(print=LARGE), (FA, EN), (1, 1))
    assert ragged not in stylesheet.css(Design(), (FA, EN), (1, 1))


def test_running_heads_stand_above_their_columns():
    css = stylesheet.css(Design(), (FA, EN, FR), (1000, 1100, 1300))
    heads = dict(re.findall(r"@top-(\w+) \{ content: element\(head-\d\); width: ([\d.]+)%", css))
    left, middle, right = (float(heads[name]) for name in ("left", "center", "right"))
    first = widths((FA, EN, FR), (1000, 1100, 1300))[1]
    assert left == right == pytest.approx(first + columns_of.GAP[3], abs=0.02)
    assert left + middle + right == pytest.approx(100, abs=0.03)


@pytest.mark.parametrize(
    ("design", "columns", "is_less"),
    [
        (Design(), (FA, EN), False),
        (Design(), (FA, EN, FR), False),
        (Design(FACING, Paper.A5), (FA, EN), False),
        (Design(print=LARGE), (FA, EN, FR), False),
        (Design(print=LARGE), (FA, EN), True),
        (Design(paper=Paper.A5), (FA, EN), True),
    ],
)
def test_paragraphs_are_indented_by_less_where_columns_are_short(design, columns, is_less):
    css = stylesheet.css(design, columns, [1000] * len(columns))
    assert [float(size) for size in re.findall(r"text-indent: ([\d.]+)em", css)] == [
        stylesheet.LESS if is_less else stylesheet.INDENT
    ]


def test_dates_and_quotations_are_as_dark_as_what_is_signed():
    texts = {Kind.PARAGRAPH: "101", Kind.QUOTATION: "202", Kind.SIGNATURE: "303", Kind.DATE: "404"}
    made = alignment.build(rich.document(*(rich.block(kind, text) for kind, text in texts.items())), {})
    content = pdf.typeset(next(pdf.sheets(made, Design(SINGLE), release=True))).content
    shades = {}
    for page in pypdfium2.PdfDocument(content):
        words = page.get_textpage()
        for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            shade, *others = (ctypes.c_uint() for _ in range(4))
            raw.FPDFPageObj_GetFillColor(one, shade, *others)
            shades[words.get_text_bounded(*one.get_bounds()).strip()] = shade.value
    assert len({shades[text] for text in texts.values()}) == 1


def margins_of(page):
    """Return where heads, lines and page numbers stand on a page, those of a language as one, from the left."""
    text, height = page.get_textpage(), page.get_height()
    places = sorted(text.get_rect(number) for number in range(text.count_rects()))
    heads, lines, feet = [], [], []
    for left, bottom, right, top in places:
        found = heads if bottom > 0.93 * height else feet if top < 0.07 * height else lines
        if found is not lines and found and left - found[-1][1] < APART:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return heads, lines, feet


APART = 12
"""Points between two heads, at least."""


@pytest.mark.parametrize("langs", [("ar",), ("ar", "fr"), ("fr", "ar"), ("en", "fr")])
def test_heads_and_page_numbers_begin_where_their_columns_do_and_meet_no_other(langs):
    text = "متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد " * 8
    title = rich.block(Kind.TITLE, "گزارش شورای هماهنگی کارگران و معلمان دربارهٔ دستمزد " * 3, level=1)
    made = rich.edition(*langs, blocks=(title, *[rich.block(Kind.PARAGRAPH, text)] * 9))
    content = pdf.typeset(next(pdf.sheets(made, Design(), release=True))).content
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        heads, lines, feet = margins_of(document[1])
    columns = [SHIPPED[code] for code in (langs[0], *langs[1:], "fa")]
    assert len(heads) == len(feet) == len(columns)
    for language, head, foot in zip(columns, heads, feet, strict=True):
        edge = 1 if language.direction == "rtl" else 0
        assert head[edge] == pytest.approx(foot[edge], abs=1.5)
        assert sum(abs(line[edge] - head[edge]) < 1.5 for line in lines) > 3


def test_what_is_not_reviewed_stands_where_the_rest_of_its_column_does():
    lefts = []
    for state in (State.REVIEWED, State.MACHINE):
        made = rich.edition(
            "en", "fr", blocks=(rich.block(Kind.PARAGRAPH, "متن بلندی است که نوشته شده " * 30),), state=state
        )
        content = pdf.typeset(next(pdf.sheets(made, Design(), release=True))).content
        with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
            page = document[0].get_textpage()
            places = [page.get_rect(number) for number in range(page.count_rects())]
            lefts.append(
                sorted({round(place[0]) for place in places if page.get_text_bounded(*place).startswith("mtn")})
            )
    assert len(lefts[0]) == 2 and lefts[0] == lefts[1]
