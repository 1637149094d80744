"""No sentence is ruled out that is like another; most of those that are not are."""

import random

from pipeline.catalogue import wordhashes
from pipeline.catalogue.matching import LEAST
from pipeline.text.orthography import fold
from pipeline.text.similarity import similarity

WORDS = ["کارگران", "زنان", "و", "در", "آزادی", "نان", "مسکن", "اعتصاب", "به", "از", "حق", "ما"]


def sentences():
    """Sentences of all lengths, each with one in which letters and words are others, left out or added."""
    chance = random.Random(7)
    for _ in range(120):
        words = chance.choices(WORDS, k=chance.randint(1, 12))
        yield " ".join(words)
        for place in chance.sample(range(len(words)), k=(len(words) + 2) // 3):
            words[place] = chance.choice(["", chance.choice(WORDS), f"{words[place]}ی", f"{words[place]} ما"])
        yield " ".join(words)


def test_what_is_alike_is_never_ruled_out():
    alike = ruled_out = 0
    every = list(sentences())
    for one in every:
        for other in every:
            may = wordhashes.may_be_like(wordhashes.hashes(one), wordhashes.packed([other]))
            ruled_out += not may
            if similarity(fold(one), fold(other), LEAST):
                alike += 1
                assert may, (one, other)
    assert alike > len(every) + 80 and ruled_out > len(every) ** 2 / 2


def test_one_of_many_is_enough():
    own = wordhashes.hashes("کارگران و زنان در اعتصاب")
    assert wordhashes.may_be_like(own, wordhashes.packed(["نان", "کارگران و زنان در اعتصاب", "مسکن"]))
    assert not wordhashes.may_be_like(own, wordhashes.packed(["نان", "مسکن و نان"]))
    assert not wordhashes.may_be_like(own, b"")


def test_sentences_without_words_may_be_alike():
    assert wordhashes.may_be_like(wordhashes.hashes("!"), wordhashes.packed(["؟"]))


def test_what_is_cut_off_is_seen():
    assert wordhashes.is_packed(wordhashes.packed(["نان"]))
    assert not wordhashes.is_packed(wordhashes.packed(["نان"])[:-1])
