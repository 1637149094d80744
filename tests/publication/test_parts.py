"""A text in parts of a limited length."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edition.direction import LRI, PDI
from pipeline.languages import SHIPPED
from pipeline.publication import parts
from pipeline.publication.plaintext import PlainParagraph

FA, EN = SHIPPED["fa"], SHIPPED["en"]
SENTENCE = "کارگران در اعتصاب ماندند و خواستار دستمزد خود شدند."
WORDS = st.sampled_from(
    ["می\u200cرود", "سَلام.", "👩\u200d👩\u200d👧", f"{LRI}ILO (2016). Next one.{PDI}", "🇮🇷", "strike!", "ا" * 90]
)


def mark(number, count):
    return f"({number}/{count})"


def texts(*lines, **fields):
    return [PlainParagraph(line, **fields) for line in lines]


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=5), st.integers(60, 300))
def test_no_part_is_too_long_or_cut_in_a_character_and_nothing_is_lost(lines, most):
    found = parts.numbered(texts(*lines), most, FA, mark)
    assert all(len(part.encode("utf-16-le")) // 2 <= most for part in found)
    assert all(part.count(LRI) == part.count(PDI) for part in found)
    said = "".join(part.partition("\n\n")[2] if len(found) > 1 else part for part in found)
    kept = [regex.sub(rf"[\s{LRI}{PDI}]", "", text) for text in (said, "".join(lines))]
    assert kept[0] == kept[1]
    whole = set(regex.findall(r"\X", kept[1]))
    assert all(
        set(regex.findall(r"\X", regex.sub(rf"[\s{LRI}{PDI}]", "", part))) - set("()/0123456789") <= whole
        for part in found
    )


def test_a_text_is_divided_between_its_sentences_and_rather_between_its_paragraphs():
    two = f"{SENTENCE} {SENTENCE}"
    assert parts.divided(texts(two), 70, FA) == [SENTENCE, SENTENCE]
    assert parts.divided(texts(two, two), 170, FA) == [two, two]
    assert parts.divided(texts(two, is_tight=True), 1000, FA) == [two]


def test_no_heading_ends_a_part():
    heading = PlainParagraph("ماده ۱", is_heading=True)
    found = parts.divided([*texts(SENTENCE), heading, *texts(SENTENCE)], 70, FA)
    assert found == [SENTENCE, f"ماده ۱\n\n{SENTENCE}"]


def test_a_sentence_that_is_longer_than_a_part_is_divided_between_words():
    found = parts.divided(texts("word " * 100), 60, EN)
    assert all(set(part.split()) == {"word"} for part in found) and sum(len(part.split()) for part in found) == 100


def test_an_isolate_that_must_be_divided_is_closed_and_opened_again():
    found = parts.divided(texts(f"نام {LRI}{'word ' * 30}{PDI} بود."), 60, FA)
    assert len(found) > 2 and all(part.count(LRI) == part.count(PDI) == 1 for part in found[:-1])


def test_marks_piled_upon_a_letter_do_not_make_a_part_too_long():
    found = parts.divided(texts("a" + "\u0301" * 5000), 200, EN)
    assert all(len(part) <= 200 for part in found) and len("".join(found)) == 5001
