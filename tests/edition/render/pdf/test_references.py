"""Notes are found from their references, and these from the notes, in each language."""

from pipeline.model import Kind, MarkKind
from tests.support import rich
from tests.support.pages import cells, rich_page, words


def links(element):
    return [link.get("href") for link in element.iter("a") if link.get("href", "").startswith("#")]


def test_a_reference_leads_to_its_note_and_back_in_every_language():
    made = rich_page()
    known = {element.get("id"): element for element in made.iter() if element.get("id")}
    for lang, markers in (("fa", ["۱", "۲"]), ("en", ["1", "2"])):
        pointing = [
            known[link[1:]]
            for name in ("paragraph", "line")
            for cell in cells(made, lang, name)
            for link in links(cell)
        ]
        assert [words(marker) for marker in pointing] == markers
        back = [known[link[1:]] for cell in cells(made, lang, "endnote") for link in links(cell)]
        assert [(one.tag, words(one)) for one in back] == [("sup", marker) for marker in markers]


def test_notes_with_one_marker_are_told_apart_by_their_order_and_a_note_may_have_two_references():
    def text(words):
        return rich.block(Kind.PARAGRAPH, f"{words} است.", (words, MarkKind.NOTE, "*"))

    def note(words):
        return rich.block(Kind.NOTE, words, marker="*")

    made = rich_page(blocks=(text("یک"), text("دو"), note("نخست"), note("دوم")))
    assert len(set(links(made))) == 8
    made = rich_page(blocks=(text("یک"), text("دو"), note("نخست")))
    assert len(links(made)) == 6 and len(set(links(made))) == 4


def test_a_reference_without_a_note_is_no_link():
    made = rich_page(blocks=(rich.block(Kind.PARAGRAPH, "یک است.", ("یک", MarkKind.NOTE, "۱")),))
    assert links(made) == []
