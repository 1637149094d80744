import pytest

from pipeline.edition.render.pdf.paragraphs import Unplanned
from tests.support.boxes import paragraph


def test_a_paragraph_has_the_text_of_its_boxes_one_after_the_other():
    found = paragraph("one <b>two</b> <i>three</i> four")
    assert found.text == "one two three four"
    assert [found.text[run.start : run.end] for run in found.runs] == ["one ", "two", " ", "three", " four"]
    assert found.run_at(4).box.text == "two"


def test_what_stands_before_a_character_counts_the_padding_of_the_boxes_around_it():
    plain, padded = (
        paragraph("one <b>two</b> three").before(),
        paragraph("one <b style='padding: 0 5px'>two</b> three").before(),
    )
    added = [other - one for one, other in zip(plain, padded, strict=True)]
    assert added == [0] * 5 + [5 * 1024] * 2 + [10 * 1024] * 7


@pytest.mark.parametrize("content", ["one two", "<b>one</b> two"])
def test_what_stands_before_a_character_counts_the_indent_of_the_first_line(content):
    plain, indented = paragraph(content), paragraph(content, style="text-indent: 12px")
    added = [other - one for one, other in zip(plain.before(), indented.before(), strict=True)]
    assert plain.indent == 0 and indented.indent == 12 * 1024
    assert added == [0] + [12 * 1024] * 7


@pytest.mark.parametrize(
    "content",
    [
        "a <span style='display: inline-block'>b</span>",
        "a <span style='float: left; width: 9px'>b</span> c",
        "<i style='letter-spacing: 2px'>a</i>",
    ],
)
def test_a_paragraph_of_more_than_text_is_left_to_weasyprint(content):
    with pytest.raises(Unplanned):
        paragraph(content)
