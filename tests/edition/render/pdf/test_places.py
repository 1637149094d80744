import pytest

from pipeline.edition import direction
from pipeline.edition.render.pdf.linewords import LineWords
from pipeline.edition.render.pdf.places import BOUND, Spots
from tests.support.boxes import paragraph


def spots(content, lang="en", style=""):
    return Spots(paragraph(content, lang, style), is_stretched=lang == "fa")


def test_a_line_ends_between_a_number_and_its_noun_only_where_nothing_else_fits():
    text = "the 340 workers of the mill in 2016"
    dear = {text[spot.start :].split()[0] for spot in spots(text).whole if spot.is_dear}
    assert dear == {"workers"}
    assert {spot.penalty for spot in spots(text).whole if spot.is_dear} == {BOUND}


def test_no_line_ends_inside_french_quotation_marks_or_before_high_punctuation():
    text = "il dit : « non » ; puis rien"
    assert [text[spot.start :].split()[0] for spot in spots(text, "fr").whole[1:-1]] == ["dit", "«", "puis", "rien"]


@pytest.mark.parametrize(
    ("text", "lang", "ends"),
    [
        ("by e-mail or well-known ways", "en", {"well-"}),
        ("به e-mail یا Marxist-Leninist", "fa", set()),
    ],
)
def test_no_line_ends_behind_a_letter_and_a_hyphen_nor_within_latin_words_of_persian(text, lang, ends):
    found = {text[: spot.end].split()[-1] for spot in spots(text, lang).whole[1:-1]}
    assert {end for end in found if end.endswith("-")} == ends


def test_a_place_has_what_comes_before_it_and_the_spaces_between_fall_away():
    found = spots("one <b>two</b> three")
    places = found.places(found.whole)
    assert [place.start.spaces for place in places] == [0, 1, 2, 2]
    assert places[1].end.width < places[1].start.width
    assert places[1].start.stretch > places[1].end.stretch


def test_words_are_parted_by_three_letters_and_never_below_six():
    text = "understanding whole words"
    parts = [text[: spot.end] for spot in spots(text).parted if spot.hyphen]
    assert parts == ["under", "understand"]


def test_words_that_can_be_drawn_longer_are_those_of_plain_letters():
    found = spots("این همبستگی و بالا <b>سازمان</b>", "fa")
    assert [found.text[first : last + 1] for first, last in found.words] == ["همبستگی", "سازمان"]
    assert [found.text[letter] for letter in found.kashidas(0, len(found.text), 2, lambda _: False)] == ["س", "س"]


@pytest.mark.parametrize(
    ("text", "lang", "never"),
    [
        ("run survey --all now", "en", {"all"}),
        ("hausse de 45,7 % et de 200 € ou ± 5", "fr", {"%", "€", "5"}),
        ("قیمت ۲۰۰ ₺ و ۵ ٪ شد", "fa", {"₺", "٪"}),
        (direction.isolated("hausse de +5 % et", "ltr"), "fr", {"%"}),
        ("see https://example.org/a-long\u200b-way there", "en", {"long"}),
    ],
)
def test_no_line_begins_with_what_belongs_to_the_sign_before_it(text, lang, never):
    found = spots(text, lang)
    assert not {text[spot.start :].split()[0].strip("\u200b") for spot in found.whole[1:-1]} & never


def test_no_word_of_an_address_is_parted():
    found = spots("understanding https://example.org/understanding and understanding@example.org")
    assert {found.text[: spot.end] for spot in found.parted if spot.hyphen} == {"under", "understand"}


def test_a_title_is_divided_behind_its_colon_and_behind_no_short_word():
    found = Spots(paragraph("The first chapter: what is in it", "en", ""), is_stretched=False, is_title=True)
    penalties = {found.text[: spot.end].split()[-1]: spot.penalty for spot in found.whole[1:-1]}
    assert min(penalties, key=penalties.__getitem__) == "chapter:"
    assert penalties["is"] > penalties["first"]


@pytest.mark.parametrize(
    ("text", "signs"),
    [("of the revolution –", 1), ("it is .", 1), ("the end", 0), ("what … ?", 2), ("A – B", 0), ("a – … ! ?", 4)],
)
def test_a_word_is_told_from_signs_that_stand_apart_at_the_end(text, signs):
    found = spots(text)
    assert found.places(found.whole)[-1].signs == signs


@pytest.mark.parametrize(
    ("text", "dear", "free"),
    [
        ("from 2025–2026, so", ["2026, so"], ["2025–2026, so", "so"]),
        ("einer 20-teiligen-serie", ["teiligen-serie"], ["20-teiligen-serie", "serie"]),
        ("die Linie Bam–Yazd", [], ["Linie Bam–Yazd", "Bam–Yazd", "Yazd"]),
        ("sind 48 370,50 da", ["370,50 da", "da"], ["48 370,50 da"]),
    ],
)
def test_a_span_of_numbers_and_a_number_with_its_noun_are_parted_only_where_nothing_else_fits(text, dear, free):
    found = [(text[spot.start :], spot.is_dear) for spot in spots(text, "de").whole[1:-1]]
    assert [words for words, is_dear in found if is_dear] == dear
    assert [words for words, is_dear in found if not is_dear] == free


@pytest.mark.parametrize(
    ("text", "dear", "free"),
    [
        ("Organising is not a kind of Organising.", {6}, {0}),
        ("It ended. “Organising” goes on; so says Dr. Organising", {8}, {2}),
        ("well-organised or non-organising groups organised", {0, 2}, {4}),
        ("the ORGANISATION and NATO", {1}, set()),
    ],
)
def test_names_and_words_with_a_hyphen_are_parted_only_where_nothing_else_fits(text, dear, free):
    parts = [(text[: spot.end].count(" "), spot.is_dear) for spot in spots(text).parted if spot.hyphen]
    assert {word for word, is_dear in parts if is_dear} == dear
    assert {word for word, is_dear in parts if not is_dear} == free


def test_where_all_nouns_have_capitals_they_are_parted_as_other_words():
    known = paragraph("und die Veröffentlichung dazu", "de")
    found = Spots(known, {"de": LineWords(has_capital_nouns=True)}, is_stretched=False)
    assert {spot.is_dear for spot in found.parted if spot.hyphen} == {False}
    assert {spot.is_dear for spot in Spots(known, is_stretched=False).parted if spot.hyphen} == {True}


@pytest.mark.parametrize(
    ("text", "words", "dear"),
    [
        ("well-known in Stratford-Upon and Al-Shabaab", LineWords(), {"Upon", "Shabaab"}),
        ("der Nord-Süd und gut-bekannt", LineWords(has_capital_nouns=True), set()),
    ],
)
def test_a_name_with_a_hyphen_is_parted_there_only_where_nothing_else_fits(text, words, dear):
    found = Spots(paragraph(text), {"en": words}, is_stretched=False)
    assert {text[spot.start :].split()[0] for spot in found.whole if spot.is_dear} == dear
