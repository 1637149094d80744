import pytest

from pipeline.office.counters import of_sample, shown


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("lowerRoman", 4, "iv"), ("upperRoman", 1999, "MCMXCIX"),
        ("lowerLetter", 28, "bb"), ("arabicAlpha", 3, "ت"), ("arabicAbjad", 3, "ج"), ("hindiNumbers", 12, "۱۲"),
        ("arabicNumbers", 12, "١٢"), ("persianAlpha", 1, "الف"), ("chicago", 5, "**"), ("ordinal", 12, "12th"),
        ("ordinal", 3, "3rd"), ("none", 3, ""), ("unknown", 3, "3"), ("decimalEnclosedCircle", 2, "②"),
        ("hebrew1", 10, "י"), ("hebrew1", 11, "יא"), ("hebrew1", 15, "טו"), ("hebrew1", 116, "קטז"), ("hebrew1", 18, "יח"), ("hebrew2", 11, "כ"),
        ("russianLower", 26, "ы"), ("lowerLetter", 10**9, "1000000000"), ("lowerRoman", 0, "0"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_word_shows_them(form, number, expected):
    assert shown(number, form) == expected


@pytest.mark.parametrize(
    ("sample", "form"),
    [("1", "decimal"), ("۱, ۲, ۳, ...", "hindiNumbers"), ("أ, ب, ت, ...", "arabicAlphaAsInTables"),
     ("i", "lowerRoman"), ("", "none"), ("?", "decimal")],
)  # fmt: skip
def test_a_sample_tells_its_format(sample, form):
    assert of_sample(sample) == form


@pytest.mark.parametrize(
    ("sample", "numbers"),
    [  # as LibreOffice 24 shows them
        ("α, β, ... (gr)", {1: "α", 6: "στ", 11: "ια", 29: "κθ"}), ("Α, Β, ... (gr)", {6: "ΣΤ"}),
        ("א, י, ק, ...", {10: "י", 11: "יא", 16: "טז"}), ("א, ב, ג, ...", {11: "כ", 26: "אד"}),
        ("ا, ب, ج, ...", {1: "ا", 3: "ج", 29: "اا", 30: "اب"}), ("أ, ب, ت, ...", {3: "ت", 28: "ى", 30: "أب"}),
        ("آ, ب, پ, ...", {1: "آ", 3: "پ"}), ("001, 002, 003, ...", {5: "005"}), ("1st", {2: "2nd"}),
        ("а, б, .., аа, аб, ... (sr)", {6: "ђ", 11: "ј", 32: "аб"}), ("А, Б, .., Аа, Бб, ... (ru)", {28: "Ю", 32: "Вв"}),
        ("А, Б, .., Аа, Аб, ... (bg)", {11: "Л", 26: "Ъ", 32: "Аг"}),
    ],
)  # fmt: skip
def test_letters_count_as_libreoffice_lets_them(sample, numbers):
    assert {number: shown(number, of_sample(sample)) for number in numbers} == numbers
