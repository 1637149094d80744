"""From lines to a Document."""

import pytest

from pipeline.document.corrections import Corrections, parse
from pipeline.document.formats import _document
from pipeline.document.formats._lines import BLANK, ShownText
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.limits import MOST_IN_A_PARAGRAPH
from pipeline.model import Kind

PROSE = "این جمله‌ای است که به پایان می‌رسد."


def read(*lines: Shown, corrections=Corrections(), remarks=()):  # noqa: B008
    return _document.document(ShownText(list(lines)), b"x", "d.odt", "d", SHIPPED["fa"], corrections, remarks)


def line(text: str, kind: Kind | None = None) -> Shown:
    return Shown(Paragraph(text, kind, 2 * (kind is Kind.HEADING)))


def test_empty_lines_at_the_ends_and_beside_each_other_count_nothing():
    document = read(BLANK, line(PROSE), BLANK, BLANK, line(PROSE), BLANK)
    assert [block.first for block in document.blocks] == [1, 3]


def test_where_headings_show_no_other_line_is_made_one():
    lines = [line("سرآغاز", Kind.HEADING), line(PROSE), line("۱- بند"), line(PROSE)]
    assert [block.kind for block in read(*lines).blocks].count(Kind.HEADING) == 1


def test_what_was_lost_and_what_was_done_is_said():
    reading = ShownText([line(PROSE)])
    reading.losses.pictures = 2
    document = _document.document(reading, b"x", "d.odt", "d", SHIPPED["fa"], Corrections(), ["d.odt: renamed"])
    assert document.remarks == ("d.odt: renamed", "d.odt: pictures left out, since they have no alternative text: 2")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "d.odt: the document is empty"),
        ([BLANK], "the document is empty"),
        ([line("\xa0"), line("\u2003\xa0")], "the document is empty"),
        ([line(PROSE), line("ا" * (MOST_IN_A_PARAGRAPH + 1))], "d.odt:2: a paragraph of more than 50,000 characters"),
    ],
)
def test_what_is_no_document_is_refused(lines, said):
    with pytest.raises(DocumentError, match=said):
        read(*lines)


def test_a_correction_names_paragraphs():
    stated = parse(b'[[block]]\nparagraphs = [2, 2]\nkind = "quotation"\n', "d.toml", ())
    assert [block.kind for block in read(line(PROSE), line(PROSE), corrections=stated).blocks] == [
        Kind.PARAGRAPH,
        Kind.QUOTATION,
    ]
