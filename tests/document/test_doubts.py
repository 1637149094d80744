"""What looks as if it had been read wrongly is named, with its place; a document read well is let be."""

import pytest

from pipeline.document import corrections, doubts
from pipeline.document.formats import txt
from pipeline.languages import SHIPPED
from pipeline.model import Block, Document, Kind, Meta

GOOD = "A call to all\n\nWe met in May. We agreed on this:\n\n1. to meet again\n2. to write it down\n\nNext year we shall meet.\n"


def looked(text: str) -> list[tuple[int, str]]:
    document = txt.read(text.encode(), "call", SHIPPED["en"], corrections.Corrections())
    return [(doubt.place, doubt.text) for doubt in doubts.look(document)]


def built(*blocks: Block) -> list[tuple[int, str]]:
    document = Document("call", SHIPPED["en"], Meta("A title"), blocks, "")
    return [(doubt.place, doubt.text) for doubt in doubts.look(document)]


def test_a_document_that_is_read_well_raises_no_doubt():
    assert looked(GOOD) == []


def test_a_document_without_a_title_is_named():
    assert looked("We met in May, and we agreed to meet again.\n\nWe shall.\n")[0][0] == 0


@pytest.mark.parametrize(
    ("blocks", "place", "words"),
    [
        ([("list_item", "a", 1), ("list_item", "b", 3)], 2, "item 3. follows 1."),
        ([("heading", "What to do", 0)], 1, "a heading with nothing under it: «What to do»"),
        ([("heading", "word " * 40, 0), ("paragraph", "Yes.", 0)], 1, "a heading of 200 characters"),
        ([("paragraph", "stops in the", 0)] * 3, 1, "3 paragraphs that stop in the middle of a sentence, up to 3"),
        ([("paragraph", "word " * 200, 0)], 1, "a sentence of 999 characters"),
        ([("paragraph", "A \ue001 here.", 0)], 1, "U+E001"),
    ],
)
def test_what_looks_wrong_is_named_with_its_place(blocks, place, words):
    made = [
        Block(Kind(kind), text, n, n, marker=f"{ordinal}." * bool(ordinal), ordinal=ordinal or None)
        for n, (kind, text, ordinal) in enumerate(blocks, 1)
    ]
    ((found, text),) = built(*made)
    assert found == place and words in text


def test_a_list_that_begins_anew_or_goes_on_deeper_is_right():
    def item(number: int, ordinal: int, depth: int = 1) -> Block:
        return Block(Kind.LIST_ITEM, "a", number, number, marker=f"{ordinal}.", ordinal=ordinal, depth=depth)

    assert built(item(1, 1), item(2, 2), item(3, 1), item(4, 5, depth=2)) == []
