"""Looks that a page gives by classes, as word processors write them."""

import pytest

from pipeline.document.formats import _page, _stylesheet, _tree


def style(sheets: list[str], element: str) -> dict[str, str]:
    root = _page.parsed(f"{element}x")
    _stylesheet.write(root, _stylesheet.rules(sheets))
    return _page.style(_page.body(root)[0])


@pytest.mark.parametrize(
    ("sheets", "element", "said"),
    [
        ([".c1{font-weight:700}"], "<p class=c1>", {"font-weight": "700"}),
        (["P.c1, span.c1 { FONT-STYLE: Italic }"], "<p class=c1>", {"font-style": "italic"}),
        (["p.c1, span.c1 { FONT-STYLE: Italic }"], "<p class=c1>", {"font-style": "italic"}),
        (["span.c1{font-style:italic}"], "<p class=c1>", {}),
        ([".a{font-size:9pt}.a{font-size:14pt;color:red}"], "<p class=a>", {"font-size": "14pt"}),
        ([".a{font-size:9pt}", ".b{font-size:14pt}"], "<p class='a b'>", {"font-size": "14pt"}),
        (["p.a{font-size:9pt}.a{font-size:14pt}"], "<p class=a>", {"font-size": "9pt"}),
        ([".a{font-size:9pt}"], "<p class=a style='font-size:7pt'>", {"font-size": "7pt"}),
        ([".a{font-size:9pt !important}"], "<p class=a>", {"font-size": "9pt"}),
        (["/* .a{font-size:9pt} */ /* "], "<p class=a>", {}),
        (["@media screen { .a { text-align: center } }"], "<p class=a>", {"text-align": "center"}),
        ([".b .a{font-size:9pt} .a:hover{font-size:8pt} #a{font-size:7pt}"], "<p class=a id=a>", {}),
        ([".a{display:none}"], "<p class=a>", {}),
        (["}}{{.a{", ""], "<p class=a>", {}),
    ],
)  # fmt: skip
def test_what_style_sheets_say_of_a_class_is_said_by_its_elements(sheets, element, said):
    assert style(sheets, element) == said


def test_no_more_is_read_of_style_sheets_than_a_page_needs(monkeypatch):
    monkeypatch.setattr(_stylesheet, "MOST", 20)
    assert style([" " * 20, ".a{font-size:9pt}"], "<p class=a>") == {}


@pytest.mark.parametrize(
    ("page", "marks"),
    [
        ("<b style='font-weight:normal'>یک <span style='font-weight:700'>دو</span></b>", [("strong", "دو")]),
        ("<i>یک <span style='font-style:normal'>دو</span></i>", [("emphasis", "یک")]),
    ],
)
def test_letters_that_are_made_plain_again_have_no_mark(page, marks):
    (line,) = _tree.shown(_page.parsed(page)).lines
    assert [(mark.kind.value, line.text[mark.start : mark.end]) for mark in line.paragraph.marks] == marks
