"""Whole PDFs with planned lines; how good they are is measured by `benchmarks.lines`."""

from itertools import pairwise
from statistics import median

import pytest

from benchmarks import lines as measure
from pipeline.edition import alignment
from pipeline.edition.design import Design, Layout
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import lines, setting
from pipeline.edition.render.pdf.breaking import Form
from pipeline.edition.render.pdf.pieces import pieces
from pipeline.model import Kind, MarkKind
from tests.support import readers, rich
from tests.support.boxes import paragraph
from tests.support.pages import built

SENTENCE = "کارگران کارخانه نساجی از شورا خواسته‌اند که سخن آنان را بشنود، و همبستگی مردم شهر ادامه دارد. "
TRANSLATION = (
    "The workers of the mill have asked the council for a hearing, and the people of the town stand with them. "
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("lines") / "lines.pdf"
    edition = built(f"عنوان\n{SENTENCE * 12}", lambda text: TRANSLATION if len(text) > 9 else "Title")
    (sheet,) = pdf.sheets(edition, Design(layout=Layout("parallel")))
    made.write_bytes(pdf.typeset(sheet).content)
    return made


def test_lines_are_even_on_the_finished_page(path):
    counts = measure.measured(path)
    assert counts["rtl inner"] > 8 and counts["ltr inner"] > 8
    assert counts["rtl short"] == counts["ltr short"] == counts["rtl odd spaces"] == counts["ltr two hyphens"] == 0


@pytest.mark.parametrize("reader", ["pdfium", "poppler"])
def test_a_word_that_is_drawn_longer_is_read_as_it_is_written(path, reader):
    found = readers.READERS[reader](path)
    assert "\u0640" not in found
    there, wanted = readers.found(found, SENTENCE * 12)
    assert there >= 0.95 * wanted


def test_markers_of_a_list_that_hang_outside_leave_the_lines_below_as_they_are(tmp_path):
    blocks = (
        *(rich.block(Kind.LIST_ITEM, "مورد", marker=f"{number}-", ordinal=number, depth=1) for number in (1, 2)),
        rich.block(Kind.PARAGRAPH, SENTENCE * 9),
    )
    alone, below = (_last_paragraph(some, tmp_path) for some in (blocks[2:], blocks))
    assert len(alone) > 5
    assert [line.text for line in below] == [line.text for line in alone]


def _last_paragraph(blocks, folder):
    (sheet,) = pdf.sheets(alignment.build(rich.document(*blocks), {}), Design(layout=Layout("single")), release=True)
    (folder / "some.pdf").write_bytes(pdf.typeset(sheet).content)
    (page,) = measure.lines(folder / "some.pdf")
    return max(measure.paragraphs(page), key=len)


def test_the_last_piece_of_a_line_ends_it_and_those_before_do_not():
    known = paragraph("The workers of <b>the mill</b> have understood their demands. " * 3)
    parts = [piece for _, found in pieces(known, lines.lines(known, 230.0, Form.JUSTIFIED)) for piece in found.values()]
    shown = [setting.Drawn(piece) for piece in parts if piece.text]
    assert {drawn.ends_line for drawn in shown} == {True, False}
    assert all(drawn.ends_line or drawn.piece.resume is None for drawn in shown)
    assert all(drawn.ends_line for drawn in shown if drawn.piece.resume)


def test_a_line_that_is_drawn_again_has_the_same_glyphs():
    known = paragraph("The workers of the mill have understood their demands. " * 3)
    ((box, parts),) = pieces(known, lines.lines(known, 230.0, Form.JUSTIFIED))
    layout = setting.Drawn(next(piece for piece in parts.values() if piece.drawn and piece.space))
    found = []
    for _ in range(3):
        layout.reactivate(box.style)
        found.append([number for run in setting.drawn(None, layout) for number in run.clusters])
        layout.deactivate()
    assert found[0] == found[1] == found[2] != []


@pytest.mark.parametrize("strong", ["هست", SENTENCE.split("،")[0]])
@pytest.mark.parametrize("layout", ["parallel", "facing"])
def test_a_paragraph_begins_with_an_indent_on_the_side_where_its_lines_begin(tmp_path, layout, strong):
    """Whether its first line is one text, or has a part in bold."""
    said = rich.block(Kind.PARAGRAPH, f"{SENTENCE * 3}هست.", (strong, MarkKind.STRONG, ""))
    (sheet,) = pdf.sheets(rich.edition("en", blocks=(said, said)), Design(Layout(layout)), release=True)
    (tmp_path / "some.pdf").write_bytes(pdf.typeset(sheet).content)
    found = [one for page in measure.lines(tmp_path / "some.pdf") for one in measure.paragraphs(page)]
    for is_rtl in (True, False):
        flush, indented = (one[:-1] for one in found if one[0].is_rtl is is_rtl and len(one) > 3)
        edges = {round(_begin(line)) for line in [*flush, *indented[1:]]}
        assert max(edges) - min(edges) <= 1
        assert 0.7 < abs(_begin(indented[0]) - _begin(indented[1])) / indented[0].size < 1.6
        if is_rtl or layout == "facing":  # no Latin text is ragged there
            assert [line.end for line in indented] == pytest.approx([flush[0].end] * len(indented), abs=1)


def _begin(line):
    return line.glyphs[-1].right if line.is_rtl else line.glyphs[0].left


FRENCH = (
    "Le 1er mai, les ouvriers du « Textile du Nord » ont lu, au XXIe siècle comme au XIXe, l’appel « Pain et paix » "
    "que la 2e assemblée avait adopté, et ils ont dit « non » aux maîtres de la filature. "
)


@pytest.fixture(scope="module")
def french(tmp_path_factory):
    made = tmp_path_factory.mktemp("french") / "french.pdf"
    edition = built(f"عنوان\n{SENTENCE * 12}", lambda text: FRENCH if len(text) > 9 else "Titre", lang="fr")
    (sheet,) = pdf.sheets(edition, Design(layout=Layout("parallel")), release=True)
    made.write_bytes(pdf.typeset(sheet).content)
    return made


def _inner_lines(path):
    """Return the lines that are filled, of paragraphs from the left to the right."""
    found = [paragraph for page in measure.lines(path) for paragraph in measure.paragraphs(page)]
    return [line for paragraph in found if len(paragraph) > 3 and not paragraph[0].is_rtl for line in paragraph[:-1]]


@pytest.mark.parametrize("reader", readers.READERS)
def test_raised_endings_are_read_with_their_numbers(french, reader):
    text = readers.READERS[reader](french)
    assert not {"ᵉ", "ʳ"} & {*text}
    there = readers.words(text)
    for word in ("1er", "XXIe", "XIXe", "2e"):
        assert there.count(word) >= 11, word


def test_the_space_inside_french_quotation_marks_is_the_same_on_every_line(french):
    inside, between = [], []
    for line in _inner_lines(french):
        signs = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
        for one, other in pairwise(signs):
            gap = (other.left - one.right) / line.size
            if "«" in one.text or "»" in other.text:
                inside.append(gap)
        between += [(right - left) / line.size for left, right in line.spaces]
    assert len(inside) > 20 and max(inside) - min(inside) < 0.06
    assert max(between) - min(between) > 0.12


def test_lines_end_where_their_column_does_whatever_room_their_letters_have(french, path):
    for made in (french, path):
        ends = [line.end for line in _inner_lines(made) if line.glyphs[-1].text not in "-f\u00ad\u2010\ufffe\x02"]
        assert len(ends) > 15
        assert max(abs(end - median(ends)) for end in ends) < 0.25
