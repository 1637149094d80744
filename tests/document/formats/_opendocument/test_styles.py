"""What styles of an OpenDocument text make of letters and paragraphs."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import odt
from tests.support.opendocuments import PROSE, blocks


def test_marks_are_those_of_the_script_and_of_outer_spans():
    inner = "این <text:span text:style-name='B'>پررنگ <text:span text:style-name='I'>کج</text:span> bold</text:span> است<text:span text:style-name='S'>۲</text:span>."
    (block, _) = blocks(f"<text:p>{inner}</text:p>{PROSE}")
    marks = [(mark.kind.value, block.text[mark.start : mark.end]) for mark in block.marks]
    assert marks == [("strong", "پررنگ کج"), ("emphasis", "کج"), ("superscript", "۲")]


def test_styles_of_a_kind_are_known_through_those_they_come_from():
    kinds = [
        block.kind
        for block in blocks(
            f"{PROSE}<text:p text:style-name='Q1'>سخن دیگری</text:p><text:h text:outline-level='3'>سر</text:h>{PROSE}"
        )
    ]
    assert kinds == [Kind.PARAGRAPH, Kind.QUOTATION, Kind.HEADING, Kind.PARAGRAPH]


def test_prose_that_is_narrower_at_both_sides_is_a_quotation():
    def style(name: str, width: str) -> str:
        margins = f'fo:margin-left="{width}" fo:margin-right="{width}"'
        return f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {margins}/></style:style>'

    def paragraph(name: str) -> str:
        return f'<text:p text:style-name="{name}">{PROSE}</text:p>'

    content = odt(
        paragraph("a") + paragraph("q") + paragraph("a") * 2, automatic=style("a", "0cm") + style("q", "1.27cm")
    )
    found = form.read(content, "d", SHIPPED["fa"], Corrections()).blocks
    assert [block.kind for block in found] == [Kind.PARAGRAPH, Kind.QUOTATION, Kind.PARAGRAPH, Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("style", "shows"),
    [("Header", True), ("Footer_20_left", True), ("Index_20_1", False), ("Contents_20_Heading", True)],
)
def test_a_paragraph_of_the_text_shows_in_the_style_of_a_header_but_not_as_part_of_an_index(style, shows):
    read = form.read(
        odt(f"{PROSE}<text:p text:style-name='{style}'>پایان سخن.</text:p>"), "d", SHIPPED["fa"], Corrections()
    )
    assert ("پایان سخن." in [block.text for block in read.blocks]) is shows
    assert any("contents" in remark for remark in read.remarks) is not shows
