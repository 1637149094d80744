"""Sentences are drafted some thousands at once, of whole documents and one pair of languages."""

from pipeline.app.shards import portions
from pipeline.app.shards.portions import Portion
from pipeline.app.translating import WantedDrafts
from pipeline.translate.mt import Surroundings


def portion(document, *sources, pair=("fa", "en"), pivots=()):
    return Portion(
        pair,
        (document,),
        WantedDrafts(dict.fromkeys(sources, False), dict(pivots), {sources[0]: Surroundings(document)}),
    )


def test_documents_are_put_together_until_there_are_enough_sentences(monkeypatch):
    monkeypatch.setattr(portions, "TOGETHER", 3)
    single = [portion("a", "1", "2"), portion("b", "2", "3"), portion("c", "4"), portion("d", "5", "6", "7", "8")]
    larger = portions.together(single)
    assert [one.documents for one in larger] == [("a", "b"), ("c", "d")]
    assert larger[0].parts == tuple(single[:2]) and list(larger[0].wanted.sources) == ["1", "2", "3"]
    assert portions.together([single[3]]) == [single[3]]


def test_what_stands_around_a_sentence_is_what_stands_around_it_first():
    (both,) = portions.together([portion("a", "1", pivots={"1": "one"}), portion("b", "1", pivots={"2": "two"})])
    assert both.wanted.around == {"1": Surroundings("a")} and both.wanted.pivots == {"1": "one", "2": "two"}


def test_a_portion_is_called_by_its_languages_too():
    """What was drafted into one language is never taken for what is wanted in another."""
    assert portion("a", "1").name != portion("a", "1", pair=("fa", "fr")).name
    assert portion("a", "1").name == portion("a", "1").name != portion("a", "2").name
