"""The runs of a line are those of its scripts, as they stand on the page; lines have the glyphs of their paragraph."""

import pytest
from weasyprint.text.line_break import Layout

from pipeline.edition.render.pdf import shaping
from tests.support.boxes import line_box, paragraph

MIXED = "کارگران NGO را"


def laid_out(text, lang):
    made = Layout(line_box("word", lang).style)
    made.set_text(text)
    return made


def words(runs):
    return [MIXED.encode()[run.item.offset :][: run.item.length].decode().strip() for run in runs]


def test_a_line_has_a_run_for_each_script_in_the_order_of_the_page():
    made = laid_out(MIXED, "fa")  # which owns the runs
    found = words(shaping.runs(made.get_first_line()[0]))
    assert sorted(filter(None, found)) == sorted(["کارگران", "NGO", "را"])
    assert found.index("NGO") not in (0, len(found) - 1)


@pytest.mark.parametrize(
    ("text", "lang", "clusters"),
    [
        ("می\u200cخ", "fa", [("خ", 1), ("\u200c", 1), ("ی", 1), ("م", 1)]),
        ("office", "en", [("o", 1), ("ffi", 1), ("c", 1), ("e", 1)]),
    ],
)
def test_characters_that_are_drawn_together_come_with_their_glyphs_from_the_left(text, lang, clusters):
    (run,) = shaping.drawn(laid_out(text, lang))
    found = [shaping.cluster(number) for number in run.clusters]
    assert [(cluster.text, len(cluster.shapes)) for cluster in found] == clusters
    assert [shaping.number_of(cluster) for cluster in found] == run.clusters


def test_what_stands_twice_has_one_number():
    (run,) = shaping.drawn(laid_out("gig", "en"))
    assert run.clusters[0] == run.clusters[2] != run.clusters[1]


def widened(tracking, space):
    made = shaping.Cluster("ab", ((1, 100, 0, 0), (2, 200, 5, 6))), shaping.Cluster(" ", ((3, 100, 0, 0),))
    found = shaping.wider([shaping.number_of(one) for one in made], tracking, space)
    return [shaping.cluster(number).shapes for number in found]


def test_room_stands_behind_spaces_or_behind_every_glyph():
    letters, space = ((1, 100, 0, 0), (2, 200, 5, 6)), ((3, 100, 0, 0),)
    assert widened(0, 0) == [letters, space]
    assert widened(0, 7) == [letters, ((3, 107, 0, 0),)]
    assert widened(2, 0) == [((1, 102, 0, 0), (2, 202, 5, 6)), ((3, 102, 0, 0),)]
    assert widened(-2, 7) == [((1, 98, 0, 0), (2, 198, 5, 6)), ((3, 105, 0, 0),)]


PROSE = {
    "fa": "کارگرانِ حتماً همکاری می‌کنند و «خانهٔ آنان» در اصفهان است، لاله و سلام. شورا آن‌ها را فراخوانده است",
    "en": "The officer’s efficient “offices” were, e\u0301tant, affable; To AV WAVE fi, fl and ffl. Yes (of course)",
}


@pytest.mark.parametrize("lang", PROSE)
def test_a_part_of_a_paragraph_has_the_glyphs_that_it_would_have_alone(lang):
    text, level = PROSE[lang], int(lang == "fa")
    (whole,) = paragraph(text, lang).runs
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == " ")]
    for start in starts:
        for end in [place - 1 for place in starts if place > start] + [len(text)]:
            alone = list(shaping.drawn(laid_out(text[start:end], lang)))
            found = shaping.part(whole.known.runs, text, start, end, level)
            assert [number for run in found for number in run.clusters] == [n for run in alone for n in run.clusters]
            assert {run.is_turned for run in found} == {run.is_turned for run in alone} == {bool(level)}
            assert [run.start for run in found] == [run.start for run in alone]


@pytest.mark.parametrize(
    ("text", "part", "why"),
    [
        ("کارگران NGO را", "کارگران NGO", "it goes both ways"),
        ("سال 2010 آمد", "سال 2010", "so do digits"),
        ("همکاری آنان", "کاری آنان", "it begins in a word"),
        ("همکاری آنان", "همکار", "it ends in a word"),
        ("هم\u00adکاری آنان", "کاری آنان", "the word is joined over a soft hyphen"),
    ],
)
def test_what_could_look_otherwise_alone_is_shaped_again(text, part, why):
    (whole,) = paragraph(text, "fa").runs
    start = text.index(part)
    assert shaping.part(whole.known.runs, text, start, start + len(part), 1) is None, why


def test_marks_that_are_drawn_with_the_space_before_them_are_shaped_again():
    text = "\u10fb\u1ab3\u1ab7 \u1abb\u1abf\u1ac8\u1acc"
    two_clusters = shaping.ShapedRun(None, 0, 0, len(text), [0, 1], [0, text.index(" ")])
    assert shaping.part([two_clusters], text, text.index(" ") + 1, len(text), 0) is None
