"""A mark that is not closed takes the rest of a page with it; that is said."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import epub, html, md
from pipeline.languages import SHIPPED
from tests.support import documents

PROSE = "این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند."
LOST = "این جمله را هیچ کس نمی‌خواند و گم می‌شود."


def read(form, content: bytes) -> tuple[str, list[str]]:
    """Return all text, and what is said of what was lost."""
    document = form.read(content, "d", SHIPPED["fa"], Corrections())
    return "\n".join(block.text for block in document.blocks), [one for one in document.remarks if "not closed" in one]


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("<!-- ", "<!--"), ("<script>", "<script>"), ("<STYLE type='a'>", "<style>"), ("<textarea>", "<textarea>"),
        ("<iframe src='x'>", "<iframe>"), ("<a href='x ", "an attribute (')"), ('<a class="b" href="x ', 'an attribute (")'),
        ("<select>", "<select>"), ("<noscript>", "<noscript>"), ("<button>", "<button>"),
    ],
)  # fmt: skip
def test_what_swallows_the_rest_of_a_page_is_named_with_its_first_words(opening, name):
    text, (said,) = read(html, f"<meta charset=utf-8><p>{PROSE}{opening}<p>{LOST}".encode())
    assert LOST not in text and f"{name} is not closed" in said and "این جمله را هیچ کس" in said


@pytest.mark.parametrize(
    "inner",
    [
        f"<!-- {LOST} -->", f"<script><!-- {LOST} </script>", f"<style>{LOST}</style>", "<svg/>", "<select><option>x</select>",
        "<a title=\"it's\">x</a>", "<input><embed>", "<button>x", "x='y", "<script>x", "<p title='a'>it's = 'so",
    ],
)  # fmt: skip
def test_what_is_closed_or_swallows_nothing_is_not_said(inner):
    assert read(html, f"<meta charset=utf-8><p>{PROSE}<p>{inner}".encode())[1] == []


def test_what_swallows_the_rest_of_a_chapter_or_of_markdown_is_said():
    assert len(read(md, f"{PROSE}\n\n<!-- x\n\n{LOST}\n".encode())[1]) == 1
    text, (said,) = read(
        epub, documents.epub({"a.xhtml": f"<p>{PROSE}</p><!-- <p>{LOST}</p>", "b.xhtml": f"<p>{PROSE}</p>"})
    )
    assert LOST not in text and "a.xhtml" in said


@pytest.mark.parametrize(
    "inner",
    ["<p = 0.05 is what we all asked for ", "<section of the law that we know well> ", "<? what we all know of it "],
)
def test_words_that_stand_in_a_tag_are_told_of(inner):
    """A sign for “less than” at the beginning of a line is one of a tag, in Markdown too."""
    for form in (html, md):
        said = form.read(f"{PROSE}\n{inner}\n\n{PROSE}\n".encode(), "d", SHIPPED["fa"], Corrections()).remarks
        assert any("stand in a tag" in one and "we" in one for one in said)


@pytest.mark.parametrize(
    "inner",
    [
        "<p style=\"border: solid solid solid none\" title='one two three four five' data-x hidden>",
        "<video autoplay controls loop muted playsinline></video>",
        "<td width = 1 height = 2 align = left valign = top>",
        "<![if !supportLists we do not know]>",
    ],
)
def test_attributes_are_no_words_in_a_tag(inner):
    said = html.read(f"<p>{PROSE}</p>{inner}<p>{PROSE}</p>".encode(), "d", SHIPPED["fa"], Corrections()).remarks
    assert not any("stand in a tag" in one for one in said)


@pytest.mark.parametrize("opening", ["<audio controls src='a.mp3'>", "<object data='a.pdf'>", "<button>", "<dialog>"])
@pytest.mark.parametrize(
    "lost", ["<ul><li>{}</ul>", "a<br>{}", "<table><tr><td>{}</table>", "<blockquote>{}</blockquote>", "<h4>{}</h4>"]
)
def test_whatever_kind_of_text_an_element_swallows_is_told_of(opening, lost):
    text, said = read(html, f"<meta charset=utf-8><p>{PROSE}</p>{opening}{lost.format(LOST)}".encode())
    assert LOST not in text and len(said) == 1 and "این جمله را هیچ کس" in said[0]
