"""What a sentence means is found where somebody asks, without what hides it."""

from pipeline.languages import SHIPPED
from pipeline.text import vocabulary
from pipeline.text.expressions import WordTable

FA = SHIPPED["fa"]


def test_the_longest_expression_of_a_table_counts():
    places = vocabulary.source("در امریکای شمالی", FA).of(WordTable.PLACES)
    assert [place.meaning for place in places] == ["north_america"]


def test_names_and_idioms_mean_nothing_by_themselves_but_places_do():
    sentence = vocabulary.source("میدان آزادی تهران", FA)
    assert sentence.of(WordTable.POLARITY) == [] and sentence.hidden == {0, 1}
    assert [place.meaning for place in sentence.of(WordTable.PLACES)] == ["tehran"]
    assert {"prison", "tehran"} <= {one.meaning for one in vocabulary.source("در زندان تهران", FA).places}


def test_what_a_word_says_is_not_said_for_certain_inside_a_longer_expression():
    railway, iron = vocabulary.source("راه آهن", FA), vocabulary.source("آهن", FA)
    assert railway.firm == {"railway"} and iron.firm and railway.firm.isdisjoint(iron.firm)
    assert vocabulary.source("راه آهن و آهن", FA).firm == railway.firm | iron.firm
