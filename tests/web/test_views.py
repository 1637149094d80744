"""What a page of a document holds: blocks in their order, in pages, each sentence to be opened once."""

import pytest

from pipeline.model import State
from pipeline.web import views
from pipeline.web.desks import Desks
from pipeline.web.views import Paging, Show, Wanted
from tests.support.visits import clock


def paging(workspace, document, by=""):
    opened = Desks(workspace, clock).open(document, "en")
    return Paging(opened.desk, by, opened.findings)


@pytest.fixture
def long(workspace, pipeline):
    """A document of 200 sentences, one of which stands there twice, and a table of 100 rows."""
    lines = [f"این جمله شماره {number} است و متن بلندی دارد." for number in range(200)]
    rows = [f"سطر {number}\tستون دوم {number}" for number in range(100)]
    text = "\n\n".join(["عنوان سند", *lines[:100], lines[0], *lines[100:], "\n".join(rows)])
    (workspace / "seeds" / "long.txt").write_text(text + "\n", "utf-8")
    pipeline("segment", "--quiet")
    return workspace


def test_a_long_document_is_shown_in_pages_and_all_of_it(long):
    paged = paging(long, "long")
    first = paged.page(Wanted())
    shown = [paged.page(Wanted(page=number)) for number in range(1, first.pages + 1)]
    names = {one.name for page in shown for block in page.blocks for one in block.all}
    assert names == set(paged.desk.names)
    assert max(sum(1 for block in page.blocks for _ in block.all) for page in shown) < 3 * views.ON_A_PAGE
    assert first.found == len(paged.desk.units)


def test_a_page_is_the_one_with_the_open_sentence(long):
    paged = paging(long, "long")
    name = paged.desk.names[150]
    page = paged.page(Wanted(page=1), name)
    assert page.number > 1 and any(one.name == name for block in page.blocks for one in block.all)


@pytest.mark.parametrize("number", [-5, 0, 10**6])
def test_a_page_that_is_not_there_is_the_nearest(long, number):
    assert 1 <= paging(long, "long").page(Wanted(page=number)).number <= 10


def test_the_cells_of_a_table_stand_in_rows(long):
    paged = paging(long, "long")
    last = paged.page(Wanted(page=10**6))
    assert [len(line) for line in last.blocks[-1].lines][-1] == 2


def test_next_and_previous_go_through_what_is_asked_for(long):
    paged = paging(long, "long")
    wanted = Wanted(words="۱۵")  # digits of any kind
    names = [paged.desk.names[place] for place in paged.matching(wanted)]
    assert len(names) > 10
    assert paged.next(names[0], wanted) == names[1] and paged.next(names[1], wanted, -1) == names[0]
    assert paged.next(names[-1], wanted) == ""


def test_what_waits_for_somebody_else_is_not_for_its_translator(workspace, translated):
    assert list(paging(workspace, "statement", "sara").matching(Wanted(Show.APPROVE))) == [0]
    translated.write_text(
        translated.read_text("utf-8").replace('msgctxt "title"', '# translated: sara\nmsgctxt "title"'), "utf-8"
    )
    assert list(paging(workspace, "statement", "Sara").matching(Wanted(Show.APPROVE))) == []
    assert list(paging(workspace, "statement", "reza").matching(Wanted(Show.APPROVE))) == [0]


def test_a_bar_has_a_part_for_every_state_and_is_full():
    bars = views.bars({State.REVIEWED: 1, State.MACHINE: 2})
    assert [state for state, _, _ in bars] == [State.REVIEWED, State.MACHINE]
    assert bars[1][1] == pytest.approx(100 / 3, abs=0.01) and sum(width for _, _, width in bars) == pytest.approx(
        100, abs=0.01
    )
    assert views.bars({}) == []


def test_marks_are_shown_as_they_look_and_signs_without_marks_as_text():
    assert [(one.text, one.tag) for one in views.pieces("a **b** c{1}", has_marks=True)] == [
        ("a ", ""),
        ("b", "strong"),
        (" c", ""),
        ("{1}", ""),
    ]
    assert [one.text for one in views.pieces("a **b** c{1}", has_marks=False)] == ["a **b** c{1}"]
