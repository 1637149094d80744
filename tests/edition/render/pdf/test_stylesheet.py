"""What a stylesheet owes to layout, paper, languages and theme."""

import re

import pytest

from pipeline.edition.design import FACING, LARGE, PARALLEL, SINGLE, Design, Paper, Theme
from pipeline.edition.render.pdf import columns as columns_of
from pipeline.edition.render.pdf import stylesheet
from pipeline.languages import SHIPPED

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
