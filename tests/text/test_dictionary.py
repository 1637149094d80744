"""What words of two languages may mean, by dictionary."""

import lzma

import pytest

from pipeline.languages import SHIPPED
from pipeline.text import dictionary
from pipeline.text.dictionary import FOLDER, Dictionary
from pipeline.text.orthography import folded_words
from pipeline.text.plainwords import plain, target_words


def strange(source, target, lang):
    words = target_words(target, SHIPPED[lang].letters)
    return [words[at] for at in dictionary.of(SHIPPED["fa"], SHIPPED[lang]).strange(folded_words(source), words)]


@pytest.mark.parametrize(
    ("lang", "source", "target", "found"),
    [
        ("en", "نانوایی بسته شد", "The bakery was closed", []),
        ("en", "رودخانه خشک شد", "The bakery dried up", ["bakery"]),
        ("en", "رودخانه‌ها خشک شدند", "The rivers dried up", []),
        ("en", "رودخانه‌ها خشک شدند", "The streams dried up", []),  # a synonym
        ("en", "آهنگران اعتصاب کردند", "The blacksmiths went on strike", []),
        ("en", "آهنگران اعتصاب کردند", "The grandmothers went on strike", ["grandmothers"]),
        ("fr", "رودخانه‌ها خشک شدند", "Les fleuves sont à sec", []),
        ("fr", "رودخانه‌ها خشک شدند", "Les boulangeries sont à sec", ["boulangeries"]),
        ("fr", "اسب‌ها خسته بودند", "Les chevaux étaient fatigués", []),
        ("fr", "اسب‌ها خسته بودند", "Les bateaux étaient fatigués", ["bateaux"]),
        ("en", "", "The bakery", ["bakery"]),
        ("en", "رودخانه", "", []),
    ],
)
def test_a_noun_that_nothing_in_the_source_may_mean_is_strange(lang, source, target, found):
    assert strange(source, target, lang) == found


@pytest.mark.parametrize(
    ("lang", "other", "text", "target", "found"),
    [
        ("en", "fr", "La boulangerie a fermé", "The bakery was closed", []),
        ("en", "fr", "Le fleuve est à sec", "The bakery dried up", ["bakery"]),
        ("en", "fr", "Ils dormaient à même le sol", "They slept on the floor", []),  # forms of verbs
        ("fr", "en", "The women slept beside their children", "Les femmes et leurs enfants dormaient", []),
        ("fr", "en", "The bakery was closed", "Les enfants dormaient", ["enfants"]),
    ],
)
def test_a_noun_may_be_what_a_translation_into_another_language_says(lang, other, text, target, found):
    words = target_words(target, SHIPPED[lang].letters)
    known = dictionary.beside(SHIPPED[other], SHIPPED[lang])
    strange = [words[at] for at in known.strange(target_words(text, SHIPPED[other].letters), words)]
    assert strange == found


@pytest.mark.parametrize(("other", "target"), [("de", "en"), ("en", "de"), ("fa", "en")])
def test_without_forms_of_both_languages_no_translation_explains_another(other, target):
    assert dictionary.beside(SHIPPED[other], SHIPPED[target]) is None


def test_a_word_that_is_no_noun_or_on_no_list_is_never_strange():
    assert strange("رودخانه خشک شد", "It quickly and suddenly zzyzx", "en") == []


def test_a_word_is_known_with_any_ending_and_what_is_akin_is_enough():
    known = Dictionary({"رود": "river", "قانون": "legislat"}, {"rivers": "river", "legislature": "legislatur"}, ["ها"])
    assert list(known.strange(["رودها"], ["rivers"])) == []
    assert list(known.strange(["قانون‌ها".replace("\u200c", "")], ["legislature", "rivers"])) == [1]
    assert list(known.strange(["ها"], ["rivers"])) == [0]  # too short to lose its ending


@pytest.mark.parametrize(("source", "target"), [("fa", "de"), ("en", "fa"), ("en", "fr"), ("ar", "en")])
def test_there_is_none_for_other_languages(source, target):
    assert dictionary.of(SHIPPED[source], SHIPPED[target]) is None


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.xz")), ids=lambda path: path.stem)
def test_a_file_has_words_as_they_are_looked_up(path):
    lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    assert lines == sorted(set(lines)) and len(lines) > 3_000
    for line in lines:
        words, meanings = line.split("\t")
        assert words.split() and meanings.split()
        assert words == plain(words, SHIPPED[path.stem[6:8]].letters)


def test_words_of_a_source_are_known_whatever_it_is_translated_into():
    known = dictionary.of_source(SHIPPED["fa"])
    assert "flower" in known.meanings("شکوفه") and known.has("رودخانه") and not known.has("خزعبلستان")
    assert dictionary.of_source(SHIPPED["sv"]) is None


def test_a_word_may_say_what_a_word_of_the_source_means():
    known = dictionary.of(SHIPPED["fa"], SHIPPED["en"])
    assert known.may_say(["injustice", "we"], ["ما", "بیداد"]) >= {"injustice"}
    assert not known.may_say(["injustice"], ["ما", "رودخانه"])
