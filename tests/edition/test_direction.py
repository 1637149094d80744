"""Mixed lines read on the page as the Unicode algorithm has them, but for wholes, each of which reads as it is written."""

import random

import pytest

from pipeline.edition import direction
from pipeline.text import markup
from tests.support import mixed, order

WHOLES = {
    "rtl": {
        "telephone numbers and other groups of digits": ("+98 (0)21 5550 4321", "(021) 5550 4321", "021-5550-4321", "978-3-16-148410-0"),
        "names and topics": ("@name", "@name_2", "#Tag"),
        "words that end in a sign": ("C++", "C#"),
        "degrees": ("°C", "°F"),
        "signed numbers": ("±3", "-5"),
    },
    "ltr": {
        "telephone numbers and other groups of digits": ("+98 (0)21 5550 4321", "+1 514 258 8186", "۰۲۱ ۵۵۵۰ ۴۳۲۱"),
        "names and topics": ("#اعتصاب",),
        "a number before a Persian word": ("۸ مارس",),
    },
}  # fmt: skip


@pytest.mark.parametrize("base", ["rtl", "ltr"])
def test_a_thousand_mixed_lines_read_as_the_algorithm_has_them_but_for_what_is_better_whole(base):
    lines = mixed.lines(1000, base)
    found, better = order.orders(order.printed(lines, base)), 0
    for line in lines:
        expected = order.by_algorithm(direction.isolated(line, base), base)
        assert expected in found["".join(sorted(expected))], line
        if expected != order.by_algorithm(line, base):
            better += 1
            assert direction.wholes(line, base), line
    assert better == {"rtl": 288, "ltr": 82}[base], "docs/typesetting.md has the sum"


def test_a_topic_reads_in_the_direction_of_its_letters_in_any_script():
    for text, expected in (("#חוף_הדייגים", "rtl"), ("#اعتصاب", "rtl"), ("#保留图书馆", "ltr"), ("#Tag", "ltr")):
        assert [one.direction for one in direction.wholes(f"אל {text} באו", "rtl")] == [expected]


@pytest.mark.parametrize("base", ["rtl", "ltr"])
def test_marks_move_no_word(base):
    chance = random.Random(7)
    # A sign of money beside digits takes their side where they stand alone, as they do in an element of their own.
    lines = [line for line in mixed.lines(400, base) if not set("*{}[]#@$€%٪-±") & set(line)]
    signed = []
    for line in lines:
        words = line.split(" ")
        place = chance.randrange(len(words))
        words[place] = f"**{words[place]}**"
        signed.append(" ".join(words))
    kept = [(line, sign) for line, sign in zip(lines, signed, strict=True) if markup.plain(sign) == line]
    assert len(kept) > 100
    found = order.orders(order.printed([sign for _, sign in kept], base, [()] * len(kept)))
    for line, _ in kept:
        expected = order.by_algorithm(direction.isolated(line, base), base)
        assert expected in found["".join(sorted(expected))], line


@pytest.mark.parametrize(("base", "kind"), [(base, kind) for base, kinds in WHOLES.items() for kind in kinds])
def test_what_is_better_than_the_algorithm_reads_as_it_is_written(base, kind):
    around = "کار {} را دید" if base == "rtl" else "work {} of it"
    for text in WHOLES[base][kind]:
        assert [around.format(text)[one.start : one.end] for one in direction.wholes(around.format(text), base)]
    lines = [around.format(text) for text in WHOLES[base][kind]]
    found = order.orders(order.printed(lines, base))
    for text, line in zip(WHOLES[base][kind], lines, strict=True):
        (shown,) = found["".join(sorted(order.shown(line)))]
        assert order.by_algorithm(text, "rtl" if any("ا" <= c <= "ی" for c in text) else "ltr") in shown


@pytest.mark.parametrize(
    ("base", "around", "word", "phrase"),
    [
        ("ltr", "the union", "named", "همبستگی (یکپارچگی) – بی‌مرز، برابر: ۱۲ سهم (۳) - آزاد"),
        ("rtl", "اتحادیه و", "نام", "Solidarity (of all) – without borders, equal: 12 parts (3) - and/or free"),
    ],
)
def test_a_phrase_of_the_other_script_that_a_line_end_parts_reads_on_in_its_direction(base, around, word, phrase):
    other = "rtl" if base == "ltr" else "ltr"
    filler = "o" if base == "ltr" else "و"
    texts = [f"{around} " * 6 + f"{filler * length} {word} {phrase}" for length in range(1, 60, 3)]
    lines = {line for found in order.orders(order.printed(texts, base)).values() for line in found}
    name, whole = order.by_algorithm(word, base), order.by_algorithm(phrase, other)
    ends = [place for place in range(1, len(phrase)) if phrase[place - 1] in " /"]
    follows = {order.by_algorithm(phrase[:end], other): order.by_algorithm(phrase[end:], other) for end in ends}
    firsts = [line.partition(name)[2] if base == "ltr" else line.rpartition(name)[0] for line in lines if name in line]
    parted = [first for first in firsts if first not in ("", whole)]
    assert len(parted) > 3
    for first in parted:
        assert follows.get(first) in lines, first


@pytest.mark.parametrize(
    ("text", "base", "words"),
    [
        ("در CO₂ و H₂O هست", "rtl", ["CO₂", "H₂O"]), ("کار 20km راه", "rtl", ["20km"]), ("(Convention) - x متن", "rtl", ["Convention", "x"]),
        ("a «متن» b", "ltr", ["متن"]), ("a حتماً, b", "ltr", ["حتماً"]), ("متن، و", "ltr", ["متن، و"]), ("سهم F-35 [G7] و", "rtl", ["F-35 [G7]"]),
        ("در 50% Mail: a@b.org کار", "rtl", ["Mail: a@b.org"]),
    ],
)  # fmt: skip
def test_runs_are_what_stands_together_in_the_other_direction(text, base, words):
    assert [text[start:end] for start, end in direction.runs(text, base)] == words


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "a" + ")" * 5000,
        "a " * 20000,
        "1-" * 20000,
        "@" * 20000,
        "+1 (2)" * 5000,
        "a)" * 20000,
        "(1)" * 20000,
    ],
)
def test_a_long_text_is_looked_through_in_one_pass(text):
    assert isinstance(direction.runs(text, "rtl"), list) and direction.isolated(text, "ltr")


@pytest.mark.parametrize(
    "text",
    ["۲۰۱۰-۲۰۱۵ 12,000", "(۱۲۰۰۰) ۱۰/۸/۱۳۹۵", "(٢٠١٦) ۱۸+", "1395-1396", "سال ۱۳۹۵ ۲۰۰ نفر ۳۰۰", "12.5.2016 10:30"],
)
def test_numbers_that_stand_side_by_side_are_no_whole(text):
    assert not list(direction.numbers(text))
