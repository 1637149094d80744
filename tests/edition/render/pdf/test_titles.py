"""Titles have few lines, which end where phrases do and are about equally long."""

import random
from itertools import combinations, pairwise

import pytest

from pipeline.edition.render.pdf import lines, linewords
from pipeline.edition.render.pdf.breaking import Breakpoint, Extent, Form
from pipeline.edition.render.pdf.titles import LONE, MORE, UNEVEN, divided
from pipeline.languages import SHIPPED
from tests.support.boxes import paragraph

KNOWN = linewords.read({code: linewords.job(SHIPPED[code]) for code in ("en", "fr", "fa")})


def title(text, lang, width):
    """Return the lines of a title in bold type of 20 pixels, in a measure of so many."""
    known = paragraph(f"<b>{text}</b>", lang)
    return [known.text[line.start : line.end] for line in lines.lines(known, float(width), Form.TITLE, KNOWN)]


@pytest.mark.parametrize(
    ("width", "lang", "expected"),
    [
        (500, "en", "The report of the Harbour Council / of Free and Independent Dockers"),
        (322, "en", "The report / of the Harbour Council / of Free and Independent Dockers"),
        (340, "en", "Letter to the striking bakers, / adopted by the general meeting"),
        (210, "en", "[Letter to / the striking bakers]"),
        (330, "en", "On the long strike of free / and independent dockers"),
        (400, "fr", "Rapport annuel / du Conseil de défense des dockers"),
        (340, "fr", "Grève des dockers / de Nouvelle-Calédonie"),
        (250, "fa", "گزارش شورای کارگران / و آموزگاران آزاد"),
        (230, "fa", "فراخوان باراندازان / علیه نظام سرمایه\u00a0داری"),
    ],
)
def test_a_title_is_divided_as_one_who_reads_it_would(width, lang, expected):
    assert " / ".join(title(expected.replace(" / ", " "), lang, width)) == expected


WORDS = [
    "the",
    "strike",
    "of",
    "dockers",
    "and",
    "bakers",
    "in",
    "Ghent",
    "with",
    "a",
    "council",
    "for",
    "free",
    "unions",
]


@pytest.mark.parametrize("seed", range(40))
def test_a_title_has_one_line_more_than_the_fewest_at_most(seed):
    chosen = random.Random(seed)
    text, width = " ".join(chosen.choices(WORDS, k=chosen.randint(3, 20))), chosen.randint(140, 480)
    known = paragraph(f"<b>{text}</b>")
    fewest = len(lines.lines(known, float(width), Form.RAGGED))
    found = title(text, "en", width)
    assert fewest <= len(found) <= fewest + 1
    assert " ".join(found) == text


def test_a_line_of_one_short_word_is_worse_than_one_that_ends_with_a_preposition():
    found = title("Resolution on the international relations", "en", 290)
    assert min(len(line.split()) for line in found) > 1


def brute(places, width):
    """Return what the best division costs, of all with up to one line more than the fewest."""
    inside, last = range(1, len(places) - 1), len(places) - 1
    ways = [(0, *way, last) for count in inside for way in combinations(inside, count)] + [(0, last)]
    fitting = [way for way in ways if all(length(places, *pair) <= width for pair in pairwise(way))]
    fewest = min(map(len, fitting))
    return min(cost(places, width, way) + MORE * (len(way) - fewest) for way in fitting if len(way) <= fewest + 1)


def length(places, one, other):
    return places[other].end.width - places[one].start.width


def cost(places, width, way):
    lengths = [length(places, *pair) / width for pair in pairwise(way)]
    mean = sum(lengths) / len(lengths)
    lone = [size for size, (one, other) in zip(lengths, pairwise(way), strict=True) if other == one + 1]
    uneven = sum((size - mean) ** 2 for size in lengths)
    alone = sum(1 - size for size in lone) if len(lengths) > 1 else 0.0
    return UNEVEN * uneven + LONE * alone + sum(places[place].penalty for place in way[1:])


@pytest.mark.parametrize("seed", range(30))
def test_no_other_division_is_better(seed):
    chosen = random.Random(seed)
    places, pen = [Breakpoint(Extent(0.0), Extent(0.0))], 0.0
    for number in range(chosen.randint(2, 9)):
        pen += chosen.uniform(1.0, 6.0)
        penalty = chosen.choice((0.0, 20.0, 70.0, 300.0))
        places.append(Breakpoint(Extent(pen, spaces=number), Extent(pen, spaces=number + 1), penalty))
    found = divided(places, 9.0)
    fewest = min(len(divided([one._replace(penalty=0.0) for one in places], 9.0)), len(found))
    assert cost(places, 9.0, (0, *found)) + MORE * (len(found) - fewest) <= brute(places, 9.0) + MORE + 1e-6
    assert all(length(places, *pair) <= 9.0 for pair in pairwise((0, *found)))


def test_a_word_wider_than_the_measure_is_left_to_weasyprint():
    assert lines.lines(paragraph("a " + "w" * 60), 200.0, Form.TITLE) is None
