"""Notes of a Word document have the markers that show."""

import pytest

from pipeline.model import Kind
from tests.support.documents import p, r
from tests.support.worddocuments import PROSE, blocks, texts


def notes(kind: str, **bodies: str) -> str:
    first = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    return first + "".join(f'<w:{kind} w:id="{id[1:]}">{body}</w:{kind}>' for id, body in bodies.items())


def test_notes_stand_at_the_end_with_the_markers_that_show():
    def reference(kind, id, more=""):
        return f'<w:r><w:{kind}Reference w:id="{id}"{more}/></w:r>'

    own = '<w:r><w:footnoteReference w:id="5" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    read = blocks(
        p(r("یک") + reference("footnote", 2) + r(" دو") + reference("endnote", 1) + own + r(" سه") + reference("footnote", 3) + r(".")) + p(PROSE),
        footnotes=notes("footnote", _2=p("<w:r><w:footnoteRef/></w:r>" + r(" نخست.")), _3=p("دیگر.") + p("ادامه."), _5=p("* ستاره.")),
        endnotes=notes("endnote", _1=p("پایانی.")),
    )  # fmt: skip
    assert read[0].text == "یک دو سه."
    assert [(mark.value, mark.start) for mark in read[0].marks] == [("1", 2), ("i", 5), ("*", 5), ("2", 8)]
    found = [(block.marker, block.text) for block in read if block.kind is Kind.NOTE]
    assert found == [("1", "نخست."), ("*", "ستاره."), ("2", "دیگر.\u2028ادامه."), ("i", "پایانی.")]


def test_a_marker_of_its_own_may_be_a_sign_of_a_font():
    """As Word's dialogue puts it there; it is not counted, and no word of the text."""
    sign = '<w:sym w:font="Symbol" w:char="F02A"/>'
    own = f'<w:r><w:footnoteReference w:id="5" w:customMarkFollows="1"/>{sign}</w:r>'
    read = blocks(
        p(r("یک") + own + r(" دو") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(".")) + p(PROSE),
        footnotes=notes("footnote", _5=p(f"<w:r>{sign}</w:r>" + r(" ستاره.")), _2=p("نخست.")),
    )
    assert read[0].text == "یک دو."
    assert [(block.marker, block.text) for block in read if block.kind is Kind.NOTE] == [
        ("*", "ستاره."),
        ("1", "نخست."),
    ]


@pytest.mark.parametrize(
    ("own", "inside", "read"),
    [
        ("<w:footnoteRef/>", "1984 بود.", "1984 بود."),
        ("<w:footnoteRef/>", " 1 May بود.", "1 May بود."),
        ("<w:t>1</w:t>", " بود.", "بود."),
    ],
)
def test_a_note_that_begins_with_the_figures_of_its_marker_keeps_them(own, inside, read):
    note = f'<w:footnote w:id="2"><w:p><w:r>{own}</w:r>{r(inside)}</w:p></w:footnote>'
    assert texts(p(r(PROSE) + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note) == [PROSE, read]


@pytest.mark.parametrize(
    ("note", "read"),
    [
        (r("in 1984 it was"), "in 1984 it was"),
        (r("i in 1984"), "in 1984"),
        (r("i", '<w:vertAlign w:val="superscript"/>') + r("in 1984"), "in 1984"),
    ],
)
def test_a_note_that_begins_with_the_letter_of_its_marker_keeps_it(note, read):
    """Programs that put no reference into the note itself may type one before it."""
    body = p(r(PROSE) + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    assert texts(body, endnotes=notes("endnote", _2=p(note)))[1] == read


def referring(kind: str, id: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{id}"/></w:r>'


def test_a_note_that_another_note_refers_to_is_read_once():
    """Word lets an endnote have footnotes; other programs let any note have any."""
    read = blocks(
        p(r("یک") + referring("endnote", 1) + r(".")) + p(PROSE),
        footnotes=notes("footnote", _2=p(r("دو") + referring("footnote", 3)), _3=p(r("سه") + referring("footnote", 2))),
        endnotes=notes("endnote", _1=p(r("پایانی") + referring("footnote", 2))),
    )
    found = [(block.marker, block.text) for block in read if block.kind is Kind.NOTE]
    assert found == [("i", "پایانی"), ("1", "دو"), ("2", "سه")]


@pytest.mark.parametrize("place", ["section", "settings", ""])
def test_numbers_begin_anew_in_each_section_where_it_or_the_document_says_so(place):
    said = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    ends = f"<w:p><w:pPr><w:sectPr>{said * (place == 'section')}</w:sectPr></w:pPr>{r(PROSE)}</w:p>"
    body = "".join(
        p(r(PROSE) + f'<w:r><w:footnoteReference w:id="{id}"/></w:r>') + ends * (id == 2) for id in (1, 2, 3)
    )
    parts = {"settings": said} if place == "settings" else {}
    read = blocks(body, footnotes=notes("footnote", _1=p("یک."), _2=p("دو."), _3=p("سه.")), **parts)
    found = [(block.marker, block.text) for block in read if block.kind is Kind.NOTE]
    assert found == [("1", "یک."), ("2", "دو."), ("1" if place else "3", "سه.")]
