"""What paragraphs are by their look, where no style says so."""

from pipeline.document import looks
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.looks import PROSE, kinds, line


def test_headings_begin_at_the_second_level():
    assert [
        level
        for _, level in kinds(
            line("یک", Kind.HEADING, 4), line(), line("دو", Kind.HEADING, 5), line("سه", Kind.HEADING, 4)
        )
    ] == [2, 0, 3, 2]


def test_a_tab_in_a_line_alone_is_a_space():
    assert [one.text for one in looks.recognised([line("تلفن:\t۰۲۱"), line()], SHIPPED["fa"])] == ["تلفن: ۰۲۱", PROSE]
