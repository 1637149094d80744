import pytest

from pipeline.edition.render.pdf import kashida

CASES = {
    "مسلمان": "مسـلمان",
    "کارگران": "کارگران",
    "همبستگی": "همبسـتگی",
    "نمایندگان": "نماینـدگان",
    "شورای": "شـورای",
    "صنعتی": "صـنعتی",
    "محمد": "محمـد",
    "جامعه": "جامعـه",
    "بیشتر": "بیشـتر",
    "اتحاد": "اتحـاد",
    "امضا": "امضـا",
    "کمیته": "کمیتـه",
}


@pytest.mark.parametrize("word", CASES)
def test_a_word_is_drawn_longer_where_the_hand_does_it(word):
    found = kashida.place(word)
    drawn = word if found is None else f"{word[: found[0] + 1]}ـ{word[found[0] + 1 :]}"
    assert drawn == CASES[word]


@pytest.mark.parametrize(
    "word",
    ["", "ما", "از", "سال", "لا", "بالا", "آزادی", "داوود", "اروررو", "Latin", "۱۳۹۵", "مسـلمان", "مُسَلَّم", "الله"],
)
def test_a_word_without_a_place_is_left_alone(word):
    assert kashida.place(word) is None


def test_no_kashida_parts_lam_and_alef_or_stands_where_letters_do_not_join():
    letters = "ابدرسلمهو"
    for word in (f"{a}{b}{c}{d}" for a in letters for b in letters for c in letters for d in letters):
        if found := kashida.place(word):
            before, after = word[found[0]], word[found[0] + 1]
            assert before not in "ادرو"
            assert not (before == "ل" and after == "ا")


def test_a_stroke_before_a_short_last_letter_is_worth_less_than_any_other():
    worths = {word: kashida.place(word)[1] for word in ("نشست", "حکومت", "صنعتی", "همسر", "تولید", "کارگر", "تقویم")}
    short = [worths.pop(word) for word in ("همسر", "تولید", "کارگر", "تقویم")]
    assert max(short) < min(worths.values())
