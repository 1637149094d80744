"""A paragraph as it shows, and several as one."""

from pipeline.document.looks.shown import body_size, is_body, joined, joined_rows, look, with_kind
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind
from tests.support.looks import PROSE, line


def test_prose_is_long_or_ends_as_a_sentence_does():
    assert line().is_prose and line("ا" * 121).is_prose and line("تمام شد.»").is_prose
    assert not line("نان و گل").is_prose and line("نان و گل").is_plain and not line("نان", Kind.HEADING).is_plain


def test_the_size_of_the_text_is_that_of_most_of_its_letters():
    assert body_size([line(size=13.0), line("نان", size=20.0), line("سر" * 90, Kind.HEADING, size=20.0)]) == 13.0
    assert body_size([]) == 0.0


def test_marks_stay_over_their_words_in_texts_that_are_joined():
    strong = Mark(0, 2, MarkKind.STRONG)
    assert joined_rows([("یک", ()), ("دو", (strong,))], LINE_BREAK) == ("یک\u2028دو", (Mark(3, 5, MarkKind.STRONG),))
    assert joined([line("یک"), line("دو")]).text == "یک\nدو"


def test_a_table_with_a_head_is_of_the_text_and_a_title_is_not():
    assert is_body(line()) and is_body(line("بند", Kind.LIST_ITEM)) and not is_body(line("عنوان", Kind.TITLE))
    assert not is_body(with_kind(line(), Kind.CAPTION)) and look(line(PROSE, size=9.0)) == (9.0, False, False)
