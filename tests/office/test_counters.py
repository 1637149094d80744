import pytest

from pipeline.office.counters import of_sample, shown


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("lowerRoman", 4, "iv"), ("upperRoman", 1999, "MCMXCIX"),
        ("lowerLetter", 28, "bb"), ("arabicAlpha", 3, "ت"), ("arabicAbjad", 3, "ج"), ("hindiNumbers", 12, "۱۲"),
        ("arabicNumbers", 12, "١٢"), ("persianAlpha", 1, "الف"), ("chicago", 5, "**"), ("ordinal", 12, "12th"),
        ("ordinal", 3, "3rd"), ("none", 3, ""), ("unknown", 3, "3"), ("decimalEnclosedCircle", 2, "②"),
        ("lowerLetter", 10**9, "1000000000"), ("lowerRoman", 0, "0"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_word_shows_them(form, number, expected):
    assert shown(number, form) == expected


@pytest.mark.parametrize(
    ("sample", "form"),
    [("1", "decimal"), ("۱, ۲, ۳, ...", "hindiNumbers"), ("أ, ب, ت, ...", "arabicAlpha"), ("أ, ب, ج, ...", "arabicAbjad"),
     ("i", "lowerRoman"), ("", "none"), ("?", "decimal")],
)  # fmt: skip
def test_a_sample_tells_its_format(sample, form):
    assert of_sample(sample) == form
