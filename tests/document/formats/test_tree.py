"""What a browser shows of elements, as lines."""

import pytest

from pipeline.document.formats import _page, _tree
from pipeline.document.looks.shown import Shown
from pipeline.model import LINE_BREAK, Kind, MarkKind


def lines(page: str, **more) -> list[Shown]:
    return _tree.shown(_page.parsed(page), **more).lines


def texts(page: str) -> list[str]:
    return [line.text for line in lines(page)]


def marks(page: str) -> list[tuple[str, str]]:
    (line,) = lines(page)
    return [(mark.kind.value, line.text[mark.start : mark.end] or mark.value) for mark in line.paragraph.marks]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>یک\n  دو\t سه</p>", ["یک دو سه"]),
        ("<p>می\u200cدانیم</p>", ["می\u200cدانیم"]),
        ("<p>یک&nbsp;دو</p>", ["یک\u00a0دو"]),
        ("<p>&nbsp;یک</p>", ["یک"]),
        ("<p>یک <b> دو</b> سه</p>", ["یک دو سه"]),
        ("یک<div>دو</div>سه", ["یک", "دو", "سه"]),
        ("<p>یک<br>دو</p>", [f"یک{LINE_BREAK}دو"]),
        ("<p>یک<br><br>دو</p>", ["یک", "دو"]),
        ("<pre>یک\n  دو</pre>", [f"یک{LINE_BREAK}دو"]),
        ("<div style='white-space: pre-wrap'>یک\nدو</div>", [f"یک{LINE_BREAK}دو"]),
        ("<p>a<wbr>b<ruby>漢<rp>(</rp><rt>kan</rt></ruby></p>", ["ab漢"]),
        ("<p>یک<script>x()</script><!-- y --><svg><text>z</text></svg></p>", ["یک"]),
        ("<dl><dt>نام</dt><dd>شرح</dd></dl>", ["نام", "شرح"]),
        ("<details><summary>عنوان</summary>متن</details>", ["عنوان", "متن"]),
        ("<ul>یک<li>دو</li>سه<p>چهار</p><li>پنج</li>شش</ul>", ["یک", "دو", "سه", "چهار", "پنج", "شش"]),
        ("<ol><b>یک</b> دو<li>سه<ul>چهار<li>پنج</ul></ol>شش", ["یک دو", "سه", "چهار", "پنج", "شش"]),
        ("<menu><li>یک<li>دو</menu><map name=m><p>سه</p></map>", ["یک", "دو", "سه"]),
        ("یک<xmp><b>دو</b></xmp>سه<listing>چهار</listing>", ["یک", "<b>دو</b>", "سه", "چهار"]),
        ("<p>یک <meter>x</meter><progress>x</progress><datalist><option>x</datalist>دو</p>", ["یک دو"]),
        ("<p>یک</p><noembed>x</noembed><div popover>x</div><title>x</title>", ["یک"]),
        ("<p>یک&#27;[31m&#x9b;&#7; &#0000000001;&#x9D;دو&#xfffe;&#65;&#150;</p>", ["یک[31m› دوA–"]),
        ("<p title='a\f&#12;'>یک&#&#1;1;\fدو&#12;سه</p>", ["یک&#1; دو سه"]),
    ],
)
def test_text_is_read_as_it_shows(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<svg><title>x</title><text>یک</text></svg>", 1),
        ("<svg><title>x</title><path d='M0 0'/></svg>", 0),
        ("<svg hidden><text>یک</text></svg>", 0),
    ],
)
def test_words_in_a_drawing_are_said_to_be_left_out(page, said):
    assert _tree.shown(_page.parsed(f"<p>متن</p>{page}")).losses.diagrams == said


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<b>یک</b> دو", [("strong", "یک")]),
        ("<strong><em>یک</em></strong>", [("emphasis", "یک"), ("strong", "یک")]),
        ("<span style='font-weight: 700'>یک</span> دو", [("strong", "یک")]),
        ("<span style='FONT-STYLE:italic'>یک</span> دو", [("emphasis", "یک")]),
        ("م<sup>2</sup>H<sub>2</sub>", [("superscript", "2"), ("subscript", "2")]),
        ("م<span style='vertical-align:super'>2</span>", [("superscript", "2")]),
        ("<code>x</code> <kbd>y</kbd>", [("code", "x y")]),
        ("<a href='https://example.org/a'>پیوند</a> دو", [("link", "پیوند")]),
        ("<a href='mailto:a@example.org'>نامه</a> دو", [("link", "نامه")]),
        ("<img alt='عکسی از تجمع' src=a.jpg> دو", [("image", "عکسی از تجمع")]),
    ],
)
def test_marks_are_those_that_show(inside, found):
    page = f"<p>{inside}</p>"
    shown = lines(page)[0]
    words = [(mark.kind.value, shown.text[mark.start : mark.end] or mark.value) for mark in shown.paragraph.marks]
    assert sorted(words) == sorted(found)


@pytest.mark.parametrize(
    ("href", "base", "target"),
    [
        ("https://example.org/", "", "https://example.org/"),
        ("2.html", "https://example.org/fa/1.html", "https://example.org/fa/2.html"),
        ("//example.org/x", "https://example.org/", "https://example.org/x"),
        ("https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D&usg=x", "", "https://example.org/a?b=1"),
        ("2.html", "", ""),
        ("#part", "https://example.org/", ""),
        ("javascript:alert(1)", "https://example.org/", ""),
        ("data:text/html,x", "", ""),
        ("file:///etc/passwd", "https://example.org/", ""),
        ("http://[::1", "https://example.org/", ""),
    ],
)
def test_a_link_leads_to_a_page_or_nowhere(href, base, target):
    (line,) = lines(f"<p><a href='{href}'>پیوند</a></p>", base=base)
    assert [mark.value for mark in line.paragraph.marks] == [target] * bool(target)


@pytest.mark.parametrize(
    ("alternative", "lost", "blocks"),
    [("عکس", 0, ["عکس"]), ("", 0, []), ("IMG_1.jpg", 1, []), ("✊", 0, []), (None, 1, [])],
)
def test_a_picture_is_its_alternative_text(alternative, lost, blocks):
    attribute = "" if alternative is None else f"alt='{alternative}'"
    reading = _tree.shown(_page.parsed(f"<p>متن<img src=x {attribute}></p>"))
    assert [line.text for line in reading.lines if line.paragraph.kind is Kind.IMAGE] == blocks
    assert reading.losses.pictures == lost


def test_a_name_that_a_program_gave_a_picture_is_no_alternative_text():
    assert texts("<p>متن<img name=Shape1 alt=Shape1 src=a.png></p>") == ["متن"]


def items(page: str) -> list[tuple[str, int, str]]:
    found = [line.paragraph for line in lines(page)]
    return [(one.marker, one.depth, one.text) for one in found if one.kind is Kind.LIST_ITEM]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<ul><li>یک<ul><li>دو</ul></ul>", [("•", 1, "یک"), ("◦", 2, "دو")]),
        ("<ol><li>یک<li>دو</ol>", [("1.", 1, "یک"), ("2.", 1, "دو")]),
        ("<ol start=3><li>یک<li value=7>دو<li>سه</ol>", [("3.", 1, "یک"), ("7.", 1, "دو"), ("8.", 1, "سه")]),
        ("<ol reversed><li>یک<li>دو</ol>", [("2.", 1, "یک"), ("1.", 1, "دو")]),
        ("<ol type=a><li>یک</ol>", [("a.", 1, "یک")]),
        ("<ol style='list-style: persian inside'><li>یک</ol>", [("۱.", 1, "یک")]),
        ("<ul style='list-style-type:none'><li>یک</ul>", [("", 1, "یک")]),
        ("<ol><li>یک<p>دنباله</p><li hidden>x<li>دو</ol>", [("1.", 1, "یک"), ("2.", 1, "دو")]),
        ("<ul class='lst-kix_a1b-1'><li>یک</ul>", [("◦", 2, "یک")]),
        ("<ol start=0><li>یک<li>دو</ol>", [("0.", 1, "یک"), ("1.", 1, "دو")]),
        ("<ol><li>یک<li value=0>دو<li>سه</ol>", [("1.", 1, "یک"), ("0.", 1, "دو"), ("1.", 1, "سه")]),
        ("<ol><li style=display:none>یک<li>دو</ol>", [("1.", 1, "دو")]),
        ("<ol start=99999999999><li>یک</ol>", [("1.", 1, "یک")]),
    ],
)  # fmt: skip
def test_items_have_the_markers_and_the_depth_that_show(page, found):
    assert items(page) == found


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("<h1>الف</h1><h2>ب</h2><h3>ج</h3>", [("title", 1), ("heading", 2), ("heading", 3)]),
        ("<h1>الف</h1><h1>ب</h1>", [("heading", 1), ("heading", 1)]),
        ("<h1 class=title>الف</h1><p class=subtitle>ب</p><p class=author>ج</p><h1>د</h1>",
         [("title", 1), ("subtitle", 0), ("signature", 0), ("heading", 1)]),
        ("<p class=title>الف</p><h1>ب</h1>", [("title", 1), ("heading", 1)]),
        ("<blockquote><p>الف</p><footer>ب</footer></blockquote>", [("quotation", 0), ("caption", 0)]),
        ("<figure><img alt='عکس'><figcaption>الف</figcaption></figure>", [("image", 0), ("caption", 0)]),
        ("<hr>", [("separator", 0)]),
    ],
)  # fmt: skip
def test_blocks_are_what_their_elements_say(page, kinds):
    found = [line.paragraph for line in lines(page)]
    assert [(one.kind.value, one.level * (one.kind in (Kind.TITLE, Kind.HEADING))) for one in found] == kinds


@pytest.mark.parametrize(
    ("page", "size", "is_centred", "is_bold"),
    [
        ("<p>الف</p>", 12.0, False, False),
        ("<p align=center><b>الف</b></p>", 12.0, True, True),
        ("<div style='text-align: center'><p>الف</p></div>", 12.0, True, False),
        ("<center><p style='text-align:right'>الف</p></center>", 12.0, False, False),
        ("<p><font size=5>الف</font></p>", 18.0, False, False),
        ("<p><span style='font-size:16.0pt'>الف</span></p>", 16.0, False, False),
        ("<p style='font-size: 32px'>الف</p>", 24.0, False, False),
        ("<p><span style='font-size:2em'><span style='font-size:50%'>الف</span></span></p>", 12.0, False, False),
        ("<p><small>الف</small></p>", 10.0, False, False),
    ],
)
def test_how_a_line_looks_is_known(page, size, is_centred, is_bold):
    (line,) = lines(page)
    assert (line.size, line.is_centred, line.is_bold) == (size, is_centred, is_bold)


def test_a_stanza_is_verse():
    (line,) = lines(
        "<p>دست در دست هم ای رنجبران<br>نان ز خون دل ما می‌پزند<br>سفره خالی‌ست ولی سینه پر<br>از امیدی به فردا</p>"
    )
    assert line.paragraph.kind is Kind.VERSE and line.text.count("\n") == 3
    assert not any(mark.kind is MarkKind.BREAK for mark in line.paragraph.marks)


def test_small_letters_below_a_table_are_its_caption():
    table = "<table border=1><tr><td>الف<td>ب<tr><td>ج<td>د</table>"
    assert [line.is_label for line in lines(f"{table}<center><small>منبع: کمیته</small></center>")] == [False, True]


@pytest.mark.parametrize(
    ("note", "read"),
    [
        ("<p id=n><a href='#r'>1</a> 1984 بود.</p>", "1984 بود."),
        ("<p id=n><a href='#r'>[1]</a> 1 May بود.</p>", "1 May بود."),
        ("<p id=n>1. بود. <a href='#r'>↑</a></p>", "بود."),
        ("<ol><li id=n>1984 بود. <a href='#r'>↩</a></ol>", "1984 بود."),
        ("<ol><li id=n>1 May بود. <a href='#r'>↩</a></ol>", "1 May بود."),
        ("<ol><li id=n>1. بود. <a href='#r'>↩</a></ol>", "بود."),
    ],
)
def test_a_note_that_begins_with_the_figures_of_its_marker_keeps_them(note, read):
    (*_, last) = texts(f"<p>متن<sup><a id=r href='#n'>1</a></sup>.</p><p>دیگر.</p>{note}")
    assert last.removesuffix(" ↑").removesuffix(" ↩") == read


def test_a_formula_keeps_its_fractions_and_what_stands_above_and_is_told():
    page = (
        "<p>مزد <math><mfrac>\n<mn>1</mn>\n<mn>2</mn></mfrac></math> و <math><semantics><msup><mn>10</mn><mn>6</mn></msup>"
        "<annotation encoding='application/x-tex'>10^6</annotation></semantics></math> و <math><mi>x</mi></math> شد.</p>"
    )
    shown = _tree.shown(_page.parsed(page))
    assert [line.text for line in shown.lines] == ["مزد 1/2 و 106 و x شد."]
    assert marks(page) == [("superscript", "6")]
    assert shown.losses.formulas == 2


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>A <math>b <mi>x</mi> c <mo>=</mo> d</math> e", ["A b x c = d e"]),
        (
            "<p>A <math><mtext>words <b>of</b> a <a href='#'>link</a> here</mtext></math> e",
            ["A words of a link here e"],
        ),
        ("<p>A <math><mi>x</mi><mtext> if </mtext><mi>y</mi></math>", ["A x if y"]),
        ("<p>A <math><mi>x</mi> b<p>We <b>all</b> came.<p>We went.", ["A x b", "We all came.", "We went."]),
        ("<p>3<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> days", ["3 1/2 days"]),
        ("<p><math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable></math>", ["1 2"]),
    ],
)
def test_nothing_in_a_formula_is_lost_or_runs_together(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    ("page", "shown"), [("<p>گفت: <q>بیایید</q>.", "گفت: «بیایید»."), ("<p>He said: <q>Come</q>.", "He said: “Come”.")]
)
def test_a_quotation_in_a_line_has_its_marks(page, shown):
    assert texts(page) == [shown]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("بله <span style='font-family:Wingdings'>ü</span>، نه <font face=Wingdings>û</font>", "بله ✓، نه 🗶"),
        ("<span style='font-family:Symbol'>a<span style='font:7.0pt \"Times New Roman\"'>a</span></span>", "αa"),
        ("<span style='font-family:\"Symbol\"'><b style='font-family:inherit'>b</b> متن</span>", "β متن"),
        ("<span style='font-family:Arial, Symbol'>a</span>", "a"),
    ],
)
def test_signs_of_fonts_are_the_signs_that_show(inner, text):
    """As Word saves them with a page: the letter, and the font that has a sign in its place."""
    assert texts(f"<p>{inner}</p>") == [text]
