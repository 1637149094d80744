"""Rows of one paragraph stand no farther apart than paragraphs do, and nothing of their text is lost."""

import re
from itertools import pairwise

import pypdfium2
import pytest

from benchmarks import lines
from pipeline.edition.design import Design
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import joining
from tests.support.pages import built, html_of
from tests.support.structure import Structure

WORDS = "کارگران کارخانه نساجی از شورا خواسته‌اند که سخن آنان را در این شهر بشنود و همبستگی مردم شهر"
LATIN = "The workers of the mill have asked their council for a hearing and all people of the town stand with them"


def sentence(text, length, number, end):
    words = text.split()
    return " ".join([f"{number:03}", *(words[(number * 7 + place) % len(words)] for place in range(length)), end])


def paragraph(seed, count=14, times=1):
    """Return an edition of a long paragraph, whose sentences are more or less long in either language."""
    source = [sentence(WORDS, 12 + (number * seed) % 17, number, "است.") for number in range(count)]

    def translated(text):
        number = re.match(r"\d+", text)
        return (
            sentence(LATIN, times * (14 + (int(number[0]) * (seed + 3)) % 19), int(number[0]), "there.")
            if number
            else "Title"
        )

    return built(f"عنوان\n\n{' '.join(source)}", translated)


COLOPHON = 4
"""Paragraphs of what is said of the edition at its end."""


def typeset(made, design, folder):
    path = folder / "joined.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(made, design, release=True))).content)
    return path


def distances(path):
    """Return how far the lines of each column stand from the one before on their page, below the title, in leadings."""
    found = []
    for page in lines.lines(path):
        for is_rtl, leading in ((True, 18.0), (False, 13.5)):
            bases = sorted((line.base for line in page if line.is_rtl is is_rtl and 8.5 < line.size < 11), reverse=True)
            found += [above - below - leading for above, below in pairwise(bases) if above - below > 5]
    return found


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_row_that_goes_on_is_no_farther_from_what_is_above_than_a_paragraph_is(seed, tmp_path):
    path = typeset(paragraph(seed), Design(), tmp_path)
    assert max(distances(path)) <= 0.75 * joining.ROOM + 1
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    assert [len(re.findall(rf"\b{number:03}\b", text)) for number in range(14)] == [2] * 14
    assert not re.search(r"[.]\d\d\d", text), "between sentences that are joined is a space"


def test_what_is_joined_is_one_paragraph_to_listeners(tmp_path):
    structure = Structure(typeset(paragraph(3), Design(), tmp_path))
    assert [structure.names(lang).count("/P") for lang in ("en", "fa")] == [1 + COLOPHON] * 2


def test_rows_that_end_level_are_left_and_paragraphs_that_are_short_are_not_divided():
    made = [html_of(paragraph(seed)) for seed in range(1, 9)]
    assert all("continued" in one for one in made)
    assert "continued" not in html_of(paragraph(1, count=4))


def test_sides_begin_level_again_when_one_is_ahead_by_some_lines(tmp_path):
    """A paragraph whose translation is twice as long, and one that makes up for it, so that columns are about alike."""
    longer, shorter = (
        " ".join(sentence(WORDS, 20, number, "است.") for number in numbers) for numbers in (range(14), range(20, 34))
    )

    def translated(text):
        number = re.match(r"\d+", text)
        return sentence(LATIN, 50 if int(number[0]) < 20 else 6, int(number[0]), "there.") if number else "Title"

    path = typeset(built(f"عنوان\n\n{longer}\n\n{shorter}", translated), Design(), tmp_path)
    assert sum(distance > 40 for distance in distances(path)) > 2
