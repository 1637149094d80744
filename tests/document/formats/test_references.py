"""Notes as pages and books write them."""

import pytest

from pipeline.document.formats import _page, _tree
from pipeline.model import Kind, MarkKind

TEXT = "متن یادداشت این است."


def read(page: str) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Return the markers in the text, the notes, and all other lines."""
    lines = [line.paragraph for line in _tree.shown(_page.parsed(page)).lines if line.text]
    markers = [mark.value for line in lines for mark in line.marks if mark.kind is MarkKind.NOTE]
    notes = [(line.marker, line.text) for line in lines if line.kind is Kind.NOTE]
    return markers, notes, [line.text for line in lines if line.kind is not Kind.NOTE]


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ("<sup><a href='#n' id=r>1</a></sup>", f"<ol><li id=n>{TEXT} <a href='#r'>↩</a></li></ol>"),
        ("<a href='#n'><sup id=r>1</sup></a>", f"<p id=n><a href='#r'>1</a> {TEXT}</p>"),
        ("<a epub:type=noteref href='#n'>1</a>", f"<aside epub:type=footnote id=n><p>{TEXT}</p></aside>"),
        ("<a role=doc-noteref href='#n'>1</a>", f"<section role=doc-endnotes><ol><li id=n>{TEXT}</li></ol></section>"),
        ("<a class=footnote-ref href='#n'>1</a>", f"<div id=n><p>1. {TEXT}</p></div>"),
        ("<a name=r href='#n'>1</a>", f"<p><a name=n href='#r'>1</a> {TEXT}</p>"),
        ("<a class=sdfootnoteanc name=r href='#n'><sup></sup></a>", f"<div id=x><p><a name=n href='#r'></a>{TEXT}</p></div>"),
        ("<sup><a href='#%D9%86' id='ر'>1</a></sup>", f"<p id='ن'>{TEXT} <a href='#%D8%B1'>↑</a></p>"),
    ],
)  # fmt: skip
def test_a_reference_and_its_note_find_each_other(reference, note):
    markers, notes, others = read(f"<p>این گفته{reference} پذیرفته نیست.</p>{note}<p>پس از آن.</p>")
    assert markers == ["1"]
    assert [(marker, text.removeprefix(". ")) for marker, text in notes] == [("1", TEXT)]
    assert others == ["این گفته پذیرفته نیست.", "پس از آن."]


@pytest.mark.parametrize(
    ("link", "name"),
    [("sdfootnote1anc", "sdfootnote1sym"), ("_ftnref1", "_ftn1"), ("ftnt_ref1", "ftnt1"), ("_ednref1", "_edn1")],
)
def test_all_paragraphs_of_a_note_are_in_it_where_programs_put_a_box_around_each(link, name):
    """LibreOffice, Word and Google's editor; two notes in one box are two."""
    other = name.replace("1", "2")
    text = f"<p>یک<sup><a name={link} href='#{name}'>1</a></sup> دو<sup><a name=x href='#{other}'>2</a></sup>.</p>"
    first, second = (
        f"<p><a name={one} href='#{back}'>{number}</a> {{}}</p>"
        for one, back, number in ((name, link, 1), (other, "x", 2))
    )
    boxed = f"<div>{first.format('الف')}<p>ب</p><ul><li>پ</ul></div><div>{second.format('ت')}</div>"
    assert read(text + boxed + "<p>سه</p>")[1:] == ([("1", "الف\u2028ب\u2028پ"), ("2", "ت")], ["یک دو.", "سه"])
    together = f"<div>{first.format('الف')}{second.format('ت')}<p>سه</p></div>"
    assert read(text + together)[1:] == ([("1", "الف"), ("2", "ت")], ["یک دو.", "سه"])


@pytest.mark.parametrize(
    "page",
    [
        "<p>بنگرید به <a href='#s'>1</a>.</p><h2 id=s>بخش</h2><p>متن آن.</p>",
        "<p><a href='#missing'>1</a> متن.</p>",
        "<p>بنگرید به بند <a href='#s'>2</a>.</p><p id=s>متن بند دوم <a href='#top'>بالا</a>.</p>",
        "<p id=n>یک <a href='#r'>بازگشت</a></p><p>دو <a id=r href='#n'>1</a></p>",
        "<div id=n class=footnote><p>متن <a href='#n'>1</a></p></div>",
        "<div class=footnote><p><a href='#n'>1</a> <b id=n>متن</b></p></div>",
    ],
)
def test_a_link_to_a_part_of_the_text_is_no_note(page):
    assert read(page)[:2] == ([], [])


def test_brackets_around_a_reference_do_not_stay_behind():
    markers, _, others = read(f"<p>گفته<sup>[<a id=r href='#n'>1</a>]</sup>.</p><p id=n>{TEXT} <a href='#r'>↑</a></p>")
    assert markers == ["1"] and others == ["گفته."]


def test_a_link_in_the_text_to_where_a_note_is_referred_to_is_read():
    page = (
        "<p><a href='#p'>بند یک</a> را ببینید.</p><p id=p>گفته<a id=r href='#n'>1</a>.</p>"
        f"<p>چنان‌که در <a href='#p'>بند یک</a> آمد.</p><p id=n>{TEXT} <a href='#p'>↑</a> <a href='#r'>↑</a></p>"
    )
    assert read(page) == (["1"], [("1", TEXT)], ["بند یک را ببینید.", "گفته.", "چنان‌که در بند یک آمد."])


def test_two_references_beside_each_other_are_two():
    notes = "".join(f"<p id=n{number}>{TEXT} <a href='#r{number}'>↑</a></p>" for number in (1, 2))
    markers, found, _ = read(f"<p>گفته<sup><a id=r1 href='#n1'>1</a><a id=r2 href='#n2'>2</a></sup>.</p>{notes}")
    assert markers == ["1", "2"] and [marker for marker, _ in found] == ["1", "2"]


def test_an_item_among_notes_to_which_nothing_refers_is_a_note_all_the_same():
    page = f"<p>گفته<a id=r href='#n'>1</a>.</p><ol class=footnotes><li id=n>{TEXT}</li><li>بی‌ارجاع.</li></ol>"
    assert read(page)[1] == [("1", TEXT), ("2", "بی‌ارجاع.")]


def test_words_that_stand_among_notes_and_are_none_are_not_lost():
    page = f"<p>گفته<a id=r href='#n'>1</a>.</p><section class=footnotes><hr><h2>یادداشت‌ها</h2><p id=n>{TEXT}</p></section>"
    assert read(page)[2] == ["گفته.", "یادداشت‌ها"]


def test_a_note_in_a_note_is_read_once():
    page = (
        "<p>گفته<a class=noteref href='#a'>1</a> و<a class=noteref href='#b'>2</a>.</p>"
        "<div class=footnote id=a>یک<div class=footnote id=b>دو</div></div>"
    )
    assert read(page)[1] == [("1", "یک"), ("2", "دو")]


@pytest.mark.parametrize("sign", ["*", "[1]", "<sup>1</sup>"])
def test_a_note_in_the_running_text_of_an_old_page_ends_at_the_line_break(sign):
    marker = sign.replace("<sup>", "").replace("</sup>", "")
    note = f"<hr><font size=1><a name=n></a>{marker} {TEXT}</font><br>پس از آن."
    markers, notes, others = read(f"<td>این گفته<a href='#n'>{sign}</a> پذیرفته نیست.{note}</td>")
    assert markers == [marker] and notes == [(marker, TEXT)]
    assert others == ["این گفته پذیرفته نیست.", "* * *", "پس از آن."]
    others = read(f"<td>بنگرید به <a href='#n'>{sign}</a>.<hr><a name=n></a>بخش {TEXT}</td>")[2]
    assert f"بخش {TEXT}" in others


@pytest.mark.parametrize(
    "around",
    ["<div style='display:none'>{}</div>", "<section hidden><div>{}</div></section>", "<template>{}</template>"],
)
@pytest.mark.parametrize(
    "note", [f"<p id=n><a href='#r'>1</a> {TEXT}</p>", f"<ol class=footnotes><li id=n>{TEXT} <a href='#r'>↩</a></ol>"]
)
def test_a_note_in_what_is_hidden_is_not_read(around, note):
    page = f"<p>این گفته<sup><a href='#n' id=r>1</a></sup> پذیرفته نیست.</p>{around.format(note)}<p>پس از آن.</p>"
    assert read(page)[1:] == ([], ["این گفته1 پذیرفته نیست.", "پس از آن."])
    shown = _tree.shown(_page.parsed(page), are_notes_opened=True).lines  # as programs for books do
    assert [line.text for line in shown][-1:] == [TEXT]


def test_a_note_in_a_cell_of_a_table_is_read_once():
    row = f"<tr><td>الف<a href='#n' id=r>*</a><td>ب</tr><tr><td id=n colspan=2><a href='#r'>*</a> {TEXT}</tr>"
    assert read(f"<table border=1>{row}</table><p>پس از آن.</p>") == (["*"], [("*", TEXT)], ["الف\tب", "پس از آن."])


@pytest.mark.parametrize("said", ["role=doc-backlink", "class=backlink", "epub:type=backlink"])
def test_words_that_lead_back_to_the_contents_are_read(said):
    """As Sphinx and publishers of books have them in headings."""
    page = f"<ul><li><a href='#s' id=t>بخش یک</a></ul><h2 id=s><a href='#t' {said}>بخش یک</a></h2><p>متن آن.</p>"
    assert read(page)[2] == ["بخش یک", "بخش یک", "متن آن."]
