"""Words by what they mean."""

from pipeline.languages import SHIPPED
from pipeline.text import vocabulary
from pipeline.text.expressions import WordTable

FA, EN, FR = (SHIPPED[code] for code in ("fa", "en", "fr"))


def test_a_target_is_read_without_its_accents_and_places_with_their_capitals():
    assert vocabulary.target("La greve et la grève", FR, WordTable.LEXICON).times(WordTable.LEXICON, "strike") == 2
    assert vocabulary.places("tell us, US and IRAN", EN).places[0].meaning == "us"
    assert [one.meaning for one in vocabulary.places("tell us of IRAN", EN).places] == ["iran"]


def test_a_word_that_need_not_be_said_again_is_not_exact():
    (place,) = vocabulary.source("زبان فارسی", FA).of(WordTable.PLACES)
    assert (place.meaning, place.is_exact) == ("iran", False)
