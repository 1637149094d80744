"""What a target says, and which of its words say nothing of the source."""

from pipeline.languages import SHIPPED
from pipeline.text import vocabulary

FA, EN = (SHIPPED[code] for code in ("fa", "en"))


def test_a_word_of_a_target_is_strange_that_says_nothing_of_the_source():
    source = vocabulary.source("پلیس و معلم", FA)
    saying = vocabulary.said("the police and the nurses", EN, source.meanings)
    assert [one.word for one in saying.strange] == ["nurses"] and "police" in saying.meanings
    assert [one.word for one in saying.strange_among(saying.meanings)] == ["nurses"]
    assert saying.strange_among(frozenset(["police"])) == []


def test_a_word_is_more_than_enough_where_others_say_what_it_says():
    source = vocabulary.source("پلیس و معلم", FA)
    twice = vocabulary.said("the police and the police", EN, source.meanings)
    assert [one.at for one in twice.surplus_among(frozenset(["police"]))] == [1, 4]
    assert twice.surplus_among(frozenset(["teacher"])) == []
    once = vocabulary.said("the police", EN, source.meanings)
    assert once.surplus_among(once.meanings) == []
