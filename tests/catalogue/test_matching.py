"""Which sentences became which: reworded, split, joined; and which did not."""

import pytest

from pipeline.catalogue.matching import LEAST, Pairing, Piece, pair

WORDS = ["نیروهای", "چپ", "و", "دمکرات", "برای", "همکاری", "و", "حمایت", "از", "مبارزات", "مردم", "گرد", "هم", "آمدند"]
SENTENCE = " ".join(WORDS)
REWORDED = SENTENCE.replace("چپ", "راست")
OTHER = "رقابت قدرت های بزرگ سرمایه داری جنگ و آشوب در جهان را دامن می زند"


def pieces(*sources, context="paragraph", follows=True, first=0.0):
    return [Piece(source, context, first + place, follows and place > 0) for place, source in enumerate(sources)]


def pairs(old, new):
    return [(pairing.old, pairing.new) for pairing in pair(old, new)]


def test_a_reworded_sentence_is_paired_with_how_alike_it_is():
    (pairing,) = pair(pieces(SENTENCE), pieces(REWORDED))
    assert (pairing.old, pairing.new) == ((0,), (0,)) and 90 < pairing.score < 100
    assert pair(pieces(SENTENCE), pieces(SENTENCE)) == [Pairing((0,), (0,), 100)]
    assert pair(pieces(SENTENCE), pieces(OTHER)) == pair([], pieces(OTHER)) == pair(pieces(OTHER), []) == []


def test_the_least_is_75_per_cent():
    assert LEAST == 75
    alike = " ".join([*WORDS[:10], "آنها", "نیامدند"])
    unlike = " ".join([*WORDS[:5], "کسی", "نیامد", "تا", "سخن", "بگوید"])
    assert pair(pieces(SENTENCE), pieces(alike))[0].score >= 75
    assert pair(pieces(SENTENCE), pieces(unlike)) == []


@pytest.mark.parametrize("order", [1, -1])
def test_of_equally_alike_ones_the_same_kind_of_block_wins_before_the_nearer(order):
    old = [Piece(SENTENCE, "heading", 0, False), Piece(SENTENCE, "paragraph", 3, False)][::order]
    ((found, _),) = pairs(old, [Piece(REWORDED, "paragraph", 0, False)])
    assert old[found[0]].context == "paragraph"


@pytest.mark.parametrize("order", [1, -1])
def test_of_equally_alike_ones_of_one_kind_the_nearer_wins(order):
    old = [Piece(SENTENCE, "paragraph", 0, False), Piece(SENTENCE, "paragraph", 5, False)][::order]
    for place, nearer in ((0.5, 0), (4.5, 5), (2, 0), (3, 5)):
        ((found, _),) = pairs(old, [Piece(REWORDED, "paragraph", place, False)])
        assert old[found[0]].place == nearer


def test_a_better_likeness_wins_before_kind_and_place():
    old = [Piece(" ".join(WORDS[:9]), "paragraph", 0, False), Piece(SENTENCE, "heading", 9, False)]
    assert pairs(old, [Piece(REWORDED, "paragraph", 0, False)]) == [((1,), (0,))]


def test_each_sentence_is_paired_once():
    assert pairs(pieces(SENTENCE, follows=False), pieces(REWORDED, SENTENCE, follows=False)) == [((0,), (1,))]
    assert pairs(pieces(REWORDED, SENTENCE, follows=False), pieces(SENTENCE, follows=False)) == [((1,), (0,))]


@pytest.mark.parametrize("parts", [2, 3])
def test_a_sentence_split_or_joined_is_paired_with_all_its_parts(parts):
    cut = [" ".join(WORDS[len(WORDS) * n // parts : len(WORDS) * (n + 1) // parts]) for n in range(parts)]
    every = tuple(range(parts))
    assert pairs(pieces(SENTENCE), pieces(*cut)) == [((0,), every)]
    assert pairs(pieces(*cut), pieces(SENTENCE)) == [(every, (0,))]


def test_four_parts_are_no_longer_one_sentence_and_parts_that_do_not_stand_together_are_none():
    quarters = [" ".join(WORDS[n * 3 : n * 3 + 3]) for n in range(4)]
    assert all(len(pairing.new) <= 3 for pairing in pair(pieces(SENTENCE), pieces(*quarters)))
    halves = [" ".join(WORDS[:6]), " ".join(WORDS[6:])]
    assert pairs(pieces(SENTENCE), pieces(*halves, follows=False)) == []
    assert pairs(pieces(*halves, follows=False), pieces(SENTENCE)) == []


def test_parts_may_have_another_sentence_between_them_but_one_alone():
    halves = [" ".join(WORDS[:7]), " ".join(WORDS[7:])]
    assert pairs(pieces(SENTENCE), pieces(halves[0], OTHER, halves[1])) == [((0,), (0, 2))]
    assert pairs(pieces(SENTENCE), pieces(halves[0], OTHER, OTHER, halves[1])) == []


def test_a_whole_sentence_is_better_than_a_little_more_likeness_with_two():
    """One word more is a rewording, and no join with a sentence of one word."""
    assert pairs(pieces(SENTENCE, "و ماندند تا بمانند"), pieces(f"{SENTENCE} و ماندند تا بمانند")) == [((0, 1), (0,))]
    assert pairs(pieces(SENTENCE, "و"), pieces(f"{SENTENCE} که")) == [((0,), (0,))]


def test_what_stands_far_away_is_found_by_its_words_and_what_is_near_without_looking_further():
    many = [f"{OTHER} {number}" for number in range(40)]
    old = [*pieces(*many), Piece(SENTENCE, "paragraph", 90, False)]
    assert pairs(old, [Piece(REWORDED, "paragraph", 0, False)]) == [((40,), (0,))]
    # 90 per cent where it stood is sure; a better one that stands elsewhere is another sentence.
    near = [Piece(REWORDED, "paragraph", 0, False), *pieces(*many, first=1), Piece(SENTENCE, "paragraph", 90, False)]
    assert pairs(near, [Piece(SENTENCE, "paragraph", 0, False)]) == [((0,), (0,))]


def test_of_many_candidates_the_one_that_shares_rare_words_is_among_those_compared():
    common = "و در به از که این را با"
    old = pieces(*(f"{common} {' '.join(f'واژه{n}{m}' for m in range(6))}" for n in range(200)), follows=False)
    new = old[150].source.replace("واژه1500", "نو")
    assert pairs(old, [Piece(new, "paragraph", 0, False)]) == [((150,), (0,))]


def test_several_sentences_never_become_several_others_at_once():
    old = pieces(" ".join(WORDS[:9]), " ".join(WORDS[9:]))
    new = pieces(" ".join(WORDS[:5]), " ".join(WORDS[5:]))
    assert all(1 in (len(pairing.old), len(pairing.new)) for pairing in pair(old, new))
