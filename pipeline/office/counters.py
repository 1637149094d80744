"""Numbers of list items and notes as office programs show them (ECMA-376-1, 17.18.59; OpenDocument 1.3, 19.505)."""

from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_PERSIAN = ["الف", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"]
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CHICAGO = "*†‡§"
_MOST_REPEATED = 20


def _roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    parts = []
    for worth, letters in _ROMAN:
        parts.append(letters * (number // worth))
        number %= worth
    return "".join(parts)


def _letters(alphabet: str | list[str]) -> Callable[[int], str]:
    """Return how an alphabet counts: after its last letter come two of the first, and so on."""

    def shown(number: int) -> str:
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1) if number > 0 and times < _MOST_REPEATED else str(number)

    return shown


def _like_a_number(number: int) -> str:
    """a … z, aa, ab …, as OpenDocument counts where letters are not synchronised."""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, len(_LATIN))
        letters = _LATIN[place] + letters
    return letters


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
    "hebrew1": _letters(_HEBREW),
    "hebrew2": _letters(_HEBREW),
    "ordinal": _ordinal,
    "chicago": _letters(_CHICAGO),
    "decimalEnclosedCircle": _circled,
    "numberInDash": lambda number: f"- {number} -",
    "asInTables": _like_a_number,
}

_BY_SAMPLE = {
    "1": "decimal", "01": "decimalZero", "001": "decimalZero", "a": "lowerLetter", "A": "upperLetter",
    "i": "lowerRoman", "I": "upperRoman", "۱": "hindiNumbers", "١": "arabicNumbers",
    "أ": "arabicAlpha", "ا": "arabicAlpha", "الف": "persianAlpha", "آ": "persianAlpha",
    "а": "russianLower", "А": "russianUpper", "α": "greekLower",
    "Α": "greekUpper", "א": "hebrew1", "①": "decimalEnclosedCircle", "*": "chicago",
}  # fmt: skip


def shown(number: int, form: str) -> str:
    """Return a number as a format of Word shows it; in figures where the format is not known here."""
    return _SHOWN.get(form, str)(number)


def of_sample(sample: str) -> str:
    """Return the format whose numbers begin as OpenDocument writes them: «1», «۱, ۲, ۳, ...», «أ, ب, ت, ...»."""
    numbers = [part.strip() for part in sample.split(",")]
    if not numbers[0]:
        return "none"
    if numbers[:3] == ["أ", "ب", "ج"]:
        return "arabicAbjad"
    return _BY_SAMPLE.get(numbers[0], "decimal")
