"""No page is made with an empty box: what no font has is named with its sentence, before or after it is drawn."""

import pytest

from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import missing
from pipeline.errors import RenderError
from tests.edition.render.pdf.conftest import fault
from tests.support.pages import PROSE, built

WITHOUT_REFUSAL = "from pipeline.edition.render.pdf import missing; missing.refuse = lambda *_: None"


def sheet(text):
    return next(pdf.sheets(built(f"عنوان\n\n{PROSE}", lambda source: text if source == PROSE else source)))


def test_what_no_font_can_show_is_named_with_the_text_around_it():
    told = fault(sheet("A long sentence of which only the last words are shown, behind 中 and ꙮ\U00012000, is told."))
    assert told == (
        "no font can show “中” (U+4E2D cjk unified ideograph-4e2d), “\U00012000” (U+12000 cuneiform sign a), in: "
        "… only the last words are shown, behind 中 and ꙮ\U00012000, is told.; "
        'take it out, or name fonts that have it: others = ["regular.ttf", "bold.ttf"] below [theme] in pipeline.toml'
    )


@pytest.mark.parametrize("character", ["中", "\U00012000"])
def test_what_is_drawn_without_a_glyph_is_an_error_wherever_it_comes_from(changed, character):
    changed(WITHOUT_REFUSAL)
    assert f"(U+{ord(character):04X} " in (told := fault(sheet(f"Before it{character}, behind it.")))
    assert "in: Before it" in told and "behind it.; take it out" in told


def test_no_more_than_five_are_named_and_what_is_no_text_of_the_page_is_not_looked_at():
    with pytest.raises(RenderError, match=r"U\+4E04 [^)]*\) and 2 more, in: 一丁丂七丄丅丆;"):
        missing.refuse("<p title='並'>&lt;</p><p>一丁丂七丄丅丆</p>", frozenset("<"))
    missing.refuse("<p title='並'>a</p>", frozenset("<>/p=' titlea"))
