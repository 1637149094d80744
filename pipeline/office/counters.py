"""Numbers of list items and notes as office programs show them (ECMA-376-1, 17.18.59; OpenDocument 1.3, 19.505)."""

import re
from collections.abc import Callable, Sequence

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_PERSIAN = ["الف", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"]
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_BULGARIAN = "абвгдежзиклмнопрстуфхцчшщъюя"
_SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_GREEK_FIGURES = ("α β γ δ ε στ ζ η θ", "ι κ λ μ ν ξ ο π ϟ", "ρ σ τ υ φ χ ψ ω ϡ")
_HEBREW_FIGURES = ("א ב ג ד ה ו ז ח ט", "י כ ל מ נ ס ע פ צ", "ק ר ש ת")
"""The letters for ones, tens and hundreds."""
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CHICAGO = "*†‡§"
_MOST_REPEATED = 20
_LONGEST_SAMPLE = 100


def _added(worths: Sequence[tuple[int, str]], below: int) -> Callable[[int], str]:
    """Return how letters count that are worth numbers: those that add up to one, the largest first."""

    def shown(number: int) -> str:
        if not 0 < number < below:
            return str(number)
        parts = []
        for worth, letters in worths:
            parts.append(letters * (number // worth))
            number %= worth
        return "".join(parts)

    return shown


def _worths(figures: Sequence[str]) -> list[tuple[int, str]]:
    rows = [(10**power * one, sign) for power, row in enumerate(figures) for one, sign in enumerate(row.split(), 1)]
    return sorted(rows, reverse=True)


_roman = _added(_ROMAN, 5000)
_greek = _added(_worths(_GREEK_FIGURES), 1000)
_plain_hebrew = _added(_worths(_HEBREW_FIGURES), 1000)


def _hebrew(number: int) -> str:
    """א … יא, and 15 and 16 as 9 with 6 and 7, since their parts would be a name of God."""
    return _plain_hebrew(number).replace("יה", "טו").replace("יו", "טז")


def _letters(alphabet: str | list[str]) -> Callable[[int], str]:
    """Return how an alphabet counts: after its last letter come two of the first, and so on."""

    def shown(number: int) -> str:
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1) if number > 0 and times < _MOST_REPEATED else str(number)

    return shown


def _like_figures(alphabet: str | list[str]) -> Callable[[int], str]:
    """Return how an alphabet counts in OpenDocument where letters are not synchronised: … z, aa, ab."""

    def shown(number: int) -> str:
        letters = "" if number > 0 else str(number)
        while number > 0:
            number, place = divmod(number - 1, len(alphabet))
            letters = alphabet[place] + letters
        return letters

    return shown


def _capital(count: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: count(number).capitalize()


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)


_SHOWN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "arabicAlpha": _letters(_ALPHA),
    "arabicAbjad": _letters(_ABJAD),
    "persianAlpha": _letters(_PERSIAN),
    "hindiNumbers": lambda number: str(number).translate(_PERSIAN_DIGITS),
    "arabicNumbers": lambda number: str(number).translate(_ARABIC_DIGITS),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "greekLower": _letters(_GREEK),
    "greekUpper": _letters(_GREEK.upper()),
    "hebrew1": _hebrew,
    "hebrew2": _letters(_HEBREW),
    "ordinal": _ordinal,
    "chicago": _letters(_CHICAGO),
    "decimalEnclosedCircle": _circled,
    "numberInDash": lambda number: f"- {number} -",
    "asInTables": _like_figures(_LATIN),
    "upperAsInTables": _like_figures(_LATIN.upper()),
    "arabicAlphaAsInTables": _like_figures(_ALPHA[:-1] + "ى"),
    "arabicAbjadAsInTables": _like_figures("ا" + _ABJAD[1:]),
    "persianAlphaAsInTables": _like_figures(["آ", *_PERSIAN[1:]]),
    "hebrewAsInTables": _like_figures(_HEBREW),
    "greekNumbers": _greek,
    "greekNumbersUpper": lambda number: _greek(number).upper(),
    "threeFigures": lambda number: f"{number:03}",
}
for _code, _alphabet in (("bg", _BULGARIAN), ("ru", _RUSSIAN), ("sr", _SERBIAN)):
    for _end, _count in (("аб", _like_figures(_alphabet)), ("бб", _letters(_alphabet))):
        _SHOWN |= {f"{_end} {_code}": _count, f"{_end.capitalize()} {_code}": _capital(_count)}

_BY_SAMPLE = {
    "1": "decimal", "01": "decimalZero", "001": "threeFigures", "a": "lowerLetter", "A": "upperLetter",
    "i": "lowerRoman", "I": "upperRoman", "1st": "ordinal", "۱": "hindiNumbers", "١": "arabicNumbers",
    "أ": "arabicAlphaAsInTables", "ا": "arabicAlpha", "الف": "persianAlpha", "آ": "persianAlphaAsInTables",
    "а": "russianLower", "А": "russianUpper", "α": "greekNumbers", "Α": "greekNumbersUpper",
    "א": "hebrewAsInTables", "①": "decimalEnclosedCircle", "*": "chicago",
}  # fmt: skip
_BY_THIRD = {"أ, ب, ج": "arabicAbjadAsInTables", "ا, ب, ج": "arabicAbjadAsInTables", "א, י, ק": "hebrew1"}
_CYRILLIC = re.compile(r".*, (\w\w), \.\.\. \((bg|ru|sr)\)")


def shown(number: int, form: str) -> str:
    """Return a number as a format of Word shows it; in figures where the format is not known here."""
    return _SHOWN.get(form, str)(number)


def of_sample(sample: str) -> str:
    """Return the format whose numbers begin as OpenDocument writes them: «1», «۱, ۲, ۳, ...», «أ, ب, ت, ...».

    Greek and Hebrew letters are there what they are worth, and others count on as LibreOffice lets them.
    """
    if found := _CYRILLIC.fullmatch(sample[:_LONGEST_SAMPLE]):
        return f"{found[1]} {found[2]}"
    numbers = [part.strip() for part in sample.split(",")]
    if not numbers[0]:
        return "none"
    return _BY_THIRD.get(", ".join(numbers[:3]), _BY_SAMPLE.get(numbers[0], "decimal"))
