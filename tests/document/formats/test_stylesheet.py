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
        ([".a{font-size:9pt}.a{font-size:14pt;float:left}"], "<p class=a>", {"font-size": "14pt"}),
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


HIDDEN = ["display:none", "visibility: hidden", "position:absolute; left:-9999px", "text-indent:-999em", "opacity:0.01",
          "-webkit-text-security:disc", "clip:rect(0 0 0 0)", "clip-path:inset(50%)", "height:1px;overflow:hidden", "transform:scale(0)", "font-size:0"]  # fmt: skip


@pytest.mark.parametrize("said", HIDDEN)
def test_what_takes_an_element_out_of_sight_hides_it(said):
    assert _stylesheet.hides(_stylesheet.declared(said))


@pytest.mark.parametrize(
    "said",
    [
        "left:-20px",
        "margin-left:-100px",
        "opacity:.5",
        "height:1px",
        "overflow:hidden",
        "display:inline",
        "font-size:.9em",
    ],
)
def test_what_only_moves_or_fades_an_element_hides_nothing(said):
    assert not _stylesheet.hides(_stylesheet.declared(said))


def veiled(sheet: str) -> str:
    page = "<body><div class=b><p class='a c'>x<b id=i>y</b></p></div><p class=a>z"
    found = _stylesheet.Veils([sheet]).over(_page.parsed(page))
    return "".join(sorted(one.text for one in found if one.text))


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (".a{display:none}", "xyz"),
        ("b{display:none}", "y"),
        ("p #i{display:none}", "y"),
        ("div.b > p.a.c{display:none}", "xy"),
        (".z .a{display:none}", ""),
        (".a{display:none} p.a{display:block}", ""),
        ("p.a{display:none} .a{display:block}", "xyz"),
        (".a{display:none !important} #i, p.a{display:block}", "xyz"),
        ("@media screen{#i{display:none}}", "y"),
        ("@media print{.a{display:none}} @media (max-width:9em){.a{display:none}}", ""),
        ("@media print, screen{#i{display:none}}", "y"),
        ("@media screen and (min-width: 768px){#i{display:none}} @media (min-width:3000px){.a{display:none}}", "y"),
        (".a{display:none} @media (min-width:48em){.a{display:block}}", ""),
        ("@layer base{b{display:none}} @layer a, b;", "y"),
        ("@supports (display:grid){@media screen{b{display:none}}}", "y"),
        ("@supports not (display:grid){.a{display:none}} @supports  not (x:y){.a{display:none}}", ""),
        ("@keyframes a{from{opacity:0}} @page{display:none} @media print{@layer a{.a{display:none}}}", ""),
        ("<!-- b{display:none} -->", "y"),
        (".a:hover{display:none} [x]{display:none} .a::before{display:none}", ""),
        ("}}{{.a{", ""),
    ],
)
def test_what_style_sheets_hide_is_found_as_a_browser_finds_it(sheet, words):
    assert veiled(sheet) == words


def test_style_sheets_are_looked_through_for_a_bounded_time(monkeypatch):
    monkeypatch.setattr(_stylesheet, "MOST_STEPS", 50)
    veils = _stylesheet.Veils([".z .a{display:none}" * 1000])
    assert veils.over(_page.parsed("<p class=a>x" * 1000)) == set() and veils.is_spent
