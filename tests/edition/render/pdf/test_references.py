"""Notes are found from their references, and these from the notes, in each language."""

from dataclasses import replace

import pytest

from pipeline.edition.design import LARGE, SINGLE, Design
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page, references
from pipeline.model import Kind, MarkKind
from tests.support import rich
from tests.support.pages import PROSE, cells, rich_page, words
from tests.support.structure import Structure


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


def noted(words="متن", kind=Kind.PARAGRAPH, points_to="۱", **fields):
    return rich.block(kind, f"{words} است.", (words, MarkKind.NOTE, points_to), **fields)


def note(words="یادداشت", marker="۱"):
    return rich.block(Kind.NOTE, words, marker=marker)


def feet(*blocks):
    """The words of the notes at the foot of pages, each with what stands before it in its line."""
    made = rich_page(blocks=blocks)
    parents = {child: parent for parent in made.iter() for child in parent}
    found = [element for element in made.iter() if element.get("class") == "foot-note"]
    return [
        ([words(cell) for cell in foot[0]], words(parents[foot][list(parents[foot]).index(foot) - 1])) for foot in found
    ]


def test_a_note_stands_behind_its_first_reference_in_every_language_at_once():
    blocks = noted("یک"), noted("دو", points_to="۲"), note("نخست"), note("دوم", "۲")
    assert feet(*blocks) == [(["۱\u2009نخست", "1\u2009nkst"], "۱"), (["۲\u2009دوم", "2\u2009dvm"], "۲")]


def test_two_notes_of_one_place_keep_their_order():
    both = rich.block(Kind.PARAGRAPH, "یک است.", ("یک", MarkKind.NOTE, "۱"), ("یک", MarkKind.NOTE, "۲"))
    assert [said[0] for said, _ in feet(both, note("نخست"), note("دوم", "۲"))] == ["۱\u2009نخست", "۲\u2009دوم"]


@pytest.mark.parametrize(
    "blocks",
    [
        (noted(), note(PROSE * 12)),
        (noted(kind=Kind.TABLE, words="شهر\tشمار"), note()),
        (noted(), rich.block(Kind.NOTE, "این است.", ("این", MarkKind.NOTE, "۲"), marker="۱"), note(marker="۲")),
        tuple(noted(points_to=str(n)) for n in range(references.MOST + 1))
        + tuple(note(marker=str(n)) for n in range(references.MOST + 1)),
        (note(),),
    ],
    ids=["long", "of a table", "of a note", "too many", "without a reference"],
)
def test_all_notes_stand_at_the_end_where_one_has_no_room_at_the_foot_of_a_page(blocks):
    assert feet(*blocks) == []
    assert len(cells(rich_page(blocks=blocks), "en", "endnote")) == sum(block.kind is Kind.NOTE for block in blocks)


def test_notes_at_the_foot_are_tagged_and_leave_a_list_whole(tmp_path):
    items = [noted(f"مورد {n}", Kind.LIST_ITEM, str(n), marker="•", depth=1) for n in range(60)]
    path = tmp_path / "notes.pdf"
    blocks = (rich.BLOCKS[0], *items, *(note(f"شرح {n}", str(n)) for n in range(60)))
    path.write_bytes(pdf.typeset(next(pdf.sheets(rich.edition(blocks=blocks)))).content)
    structure = Structure(path)
    names = [one["/S"] for one in structure.within(structure.sections["en"])]
    assert names.count("/Note") == 60 and names.count("/L") == 1


def test_a_note_of_many_lines_of_large_print_stands_at_the_end_where_a_page_has_few():
    blocks = noted(), note(PROSE * 2)
    large = Design(print=LARGE)
    for design, is_at_foot in ((Design(), True), (large, False), (replace(large, layout=SINGLE), True)):
        assert ("foot-note" in page.html(rich.edition(blocks=blocks), design, release=True)) == is_at_foot
