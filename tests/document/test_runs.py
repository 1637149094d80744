"""Text put together from runs."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.runs import Wording
from pipeline.model import LINE_BREAK, MarkKind

STRONG, LINK, NOTE, BREAK = MarkKind.STRONG, MarkKind.LINK, MarkKind.NOTE, MarkKind.BREAK


def test_white_space_is_one_space_and_marks_stay_on_their_words():
    runs = Wording()
    for text, kinds in (("  یک \n", ()), (" دو ", [STRONG]), ("  سه ", [STRONG]), (f" {LINE_BREAK} چهار ", ())):
        runs.add(text, kinds)
    runs.place(NOTE, "1")
    text, marks = runs.finished()
    assert text == f"یک دو سه{LINE_BREAK}چهار"
    assert [(mark.kind, text[mark.start : mark.end], mark.value) for mark in marks] == [
        (STRONG, "دو سه", ""), (BREAK, LINE_BREAK, ""), (NOTE, "", "1")]  # fmt: skip


def test_links_to_different_places_stay_apart():
    runs = Wording()
    runs.add("یک", link="https://a.example")
    runs.add(" ")
    runs.add("دو", link="https://b.example")
    assert [mark.value for mark in runs.finished()[1]] == ["https://a.example", "https://b.example"]


@given(st.lists(st.tuples(st.text("ab \t\n\u200c\u00a0" + LINE_BREAK, max_size=6), st.booleans()), max_size=8))
def test_no_letter_is_lost_and_every_mark_is_over_the_letters_it_was_over(parts):
    runs = Wording()
    for text, is_strong in parts:
        runs.add(text, [STRONG] if is_strong else ())
    text, marks = runs.finished()
    space = " \t\n\u00a0" + LINE_BREAK
    assert [c for c in text if c not in space] == [c for part, _ in parts for c in part if c not in space]
    strong = "".join(text[mark.start : mark.end] for mark in marks if mark.kind is STRONG)
    assert [c for c in strong if c not in space] == [
        c for part, is_so in parts if is_so for c in part if c not in space
    ]
