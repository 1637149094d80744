"""A reason is typed once or for each language, kept as one text, and given in a language that its reader reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.distribution import reasons
from pipeline.distribution.reasons import StatedReason
from pipeline.errors import UsageError

LANGUAGES = ("fa", "en", "fr", "pt_BR")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["A date  is\nwrong."], {"": "A date is wrong."}),
        (["FR=Une date = fausse", " en = A date"], {"fr": "Une date = fausse", "en": "A date"}),
        (["pt_br=Uma data", "A date"], {"pt_BR": "Uma data", "": "A date"}),
        (["2 + 2=4", "fa=می‌شود"], {"": "2 + 2=4", "fa": "می‌شود"}),
        ([], {}),
        (["not UTF-8: \udcff"], {"": "not UTF-8: ?"}),
    ],
)
def test_a_reason_is_read_as_it_is_meant(words, reason):
    assert reasons.typed(words, LANGUAGES) == reason


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["de=Falsch"], "a reason in 'de': unknown language; choose from: fa, en, fr"),
        (["fr=Une", "FR=Deux"], "two reasons in fr"),
        (["one", "two"], "two reasons without a language"),
        (["fr= "], "the reason in fr is empty"),
    ],
)
def test_an_unclear_reason_is_refused(words, said):
    with pytest.raises(UsageError, match=said):
        reasons.typed(words, LANGUAGES)


def test_a_reader_is_given_a_language_of_theirs_then_the_words_for_all_then_the_first():
    reason = {"fr": "Une date", "": "A date", "fa": "تاریخ"}
    assert reasons.told(reason, ["en", "fa", "fr"]) == StatedReason("تاریخ", "fa")
    assert reasons.told(reason, ["en"]) == StatedReason("A date", "")
    assert reasons.told({"fr": "Une date", "fa": "تاریخ"}, ["en"]) == StatedReason("Une date", "fr")
    assert reasons.told({}, ["en"]) == StatedReason("", "")


@given(st.dictionaries(st.sampled_from(["", *LANGUAGES]), st.text() | st.just('{"en": "x"}')))
def test_what_is_kept_is_read_again(reason):
    assert reasons.read(reasons.kept(reason)) == (reason or {"": ""})


@pytest.mark.parametrize("text", ["{", "{}", '{"en": 1}', "[1]", "{" * 100_000, "A name."])
def test_words_that_look_like_several_reasons_are_words(text):
    assert reasons.read(text) == {"": text}
