"""The runs of a line are those of its scripts, as they stand on the page; what is changed in them is drawn."""

import pytest
from weasyprint.text.line_break import Layout

from pipeline.edition.render.pdf import shaping
from tests.support.boxes import line_box

MIXED = "کارگران NGO را"


def layout():
    made = Layout(line_box(MIXED, "fa").style)
    made.set_text(MIXED)
    return made


def words(runs):
    return [MIXED.encode()[run.item.offset :][: run.item.length].decode().strip() for run in runs]


def test_a_line_has_a_run_for_each_script_in_the_order_of_the_page():
    made = layout()
    found = words(shaping.runs(made.get_first_line()[0]))
    assert sorted(filter(None, found)) == sorted(["کارگران", "NGO", "را"])
    assert found.index("NGO") not in (0, len(found) - 1)


def test_what_is_changed_in_a_line_to_be_drawn_is_there_when_it_is_drawn():
    made = layout()
    for run in shaping.drawn(made):
        run.glyphs.glyphs[0].geometry.width = 12345
    assert all(run.glyphs.glyphs[0].geometry.width == 12345 for run in shaping.runs(made.get_first_line()[0]))


@pytest.mark.parametrize(
    ("text", "lang", "clusters"),
    [
        ("می\u200cخ", "fa", [("خ", 1), ("\u200c", 1), ("ی", 1), ("م", 1)]),
        ("office", "en", [("o", 1), ("ffi", 1), ("c", 1), ("e", 1)]),
    ],
)
def test_characters_that_are_drawn_together_come_with_their_glyphs_from_the_left(text, lang, clusters):
    made = Layout(line_box(text, lang).style)
    made.set_text(text)
    (run,) = shaping.drawn(made)
    found = [(text, len(glyphs)) for text, glyphs in shaping.clusters(run, text.encode())]
    assert found == clusters
