"""Letters, digits and marks of another language than the target’s, and spaces around marks: ي for «ی», ? for «؟».

Addresses, telephone numbers, and what stands beside Latin letters, are left as they are.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.languages import WESTERN_DIGITS, Language
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text import numerals
from pipeline.text.segment import addresses
from pipeline.text.words import LONGEST, pieces

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LETTER = r"[^\W\d_]"
_QUOTED = re.compile(r'"([^"«»“”„]+)"|[“„”]([^"«»“”„]+)[”“]')
_WORD_BEFORE = re.compile(r"(?<![\w\u200c])[\w\u200c]++[»)\]]?$")
_IN_QUOTES = re.compile("(«)([^«»]+)(»)")
_IN_BRACKETS = re.compile(rf"(\()((?:(?!{_LETTER})[^()])*+{_LETTER}[^()]*+)(\))")
_STRETCH = "\u0640"
_STRETCHED = re.compile(rf"(?<![\w\u200c])[\w\u200c]*{_STRETCH}[\w\u200c]*")
_STRETCH_INSIDE = re.compile(f"(?<={_LETTER}){_STRETCH}+(?={_LETTER})")
_NUMBER = re.compile(r"\d++(?:[.,،٫٬/:]\d++)*+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,،]\d{3})+")
_OTHER_DIGITS = "“{}” is not in the digits of the language"

Slip = tuple[str, str, str]
"""What is wrong, the wording it is about, and what should stand there."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    language = context.target
    if language.digits == WESTERN_DIGITS or unit.state is State.COPIED:
        return
    text = _without_foreign(unit.target)
    slips = (slip for find in _FINDERS for slip in find(text, language))
    for place, (told, suggestion) in {place: (told, right) for told, place, right in slips}.items():
        if place in unit.target:  # and not only where an address is left out of it
            yield Finding("orthography", Severity.WARNING, unit, told, place, suggestion)


def _without_foreign(text: str) -> str:
    """Return a text with spaces over its addresses, codes, and words with Latin letters or beside them: places stay."""
    if addresses(text) or numerals.codes(text):
        blank = numerals.blanked(text)
        text = "".join(" " if other == " " else own for own, other in zip(text, blank, strict=True))
    if not _LATIN.search(text):
        return text
    return re.sub(r"\S+", lambda word: " " * len(word[0]) if _LATIN.search(word[0]) else word[0], text)


def _letters(text: str, language: Language) -> Iterator[Slip]:
    letters = language.orthography.letters
    for word in _holding(tuple(letters)).finditer(text) if letters else ():
        right = word[0]
        for other, own in letters.items():
            right = right.replace(other, own)
        found = next(other for other in letters if other in word[0])
        yield f"“{word[0]}” has {_named(found)} where {_named(letters[found])} belongs", word[0], right


def _named(letter: str) -> str:
    return f"«{letter}» ({' '.join(f'U+{ord(one):04X}' for one in letter)})"


@lru_cache(maxsize=16)
def _holding(letters: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of words, joined by non-joiners or not, that have one of these letters."""
    any_of = "|".join(map(re.escape, letters))
    return re.compile(rf"(?<![\w\u200c])(?=[\w\u200c]*?(?:{any_of}))[\w\u200c]+")


def _numbers(text: str, language: Language) -> Iterator[Slip]:
    own, numbers = frozenset(language.digits), language.numbers
    for found in _NUMBER.finditer(text):
        number, is_own = found[0], own.issuperset(re.findall(r"\d", found[0]))
        if _THOUSANDS.fullmatch(number):
            told = f"thousands are divided by “{numbers.thousands}”" if is_own else _OTHER_DIGITS.format(number)
            yield told, number, _in_digits(re.sub("[,،]", numbers.thousands, number), language)
        elif not is_own:
            right = number.replace(".", numbers.decimal) if number.count(".") == 1 else number
            yield _OTHER_DIGITS.format(number), number, _in_digits(right, language)


def _in_digits(number: str, language: Language) -> str:
    return "".join(language.digits[int(one)] if one.isdecimal() else one for one in number)


def _marks(text: str, language: Language) -> Iterator[Slip]:
    marks = language.orthography.marks
    if not marks or not any(mark in text for mark in marks):
        return
    for piece in pieces(text):
        for found in _outside_numbers(tuple(marks)).finditer(piece):
            before = _WORD_BEFORE.search(piece[max(0, found.start() - LONGEST) : found.start()])
            word, own = before[0] if before else "", marks[found[0]]
            yield f"“{found[0]}” is written “{own}”", word + found[0], word + own


@lru_cache(maxsize=16)
def _outside_numbers(marks: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of marks, but for one between two digits («1,200», «2:30»)."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, marks))})(?!(?<=\d.)\d)")


def _quotations(text: str, language: Language) -> Iterator[Slip]:
    opening, closing = tuple(language.punctuation.quotation_marks)
    for found in _QUOTED.finditer(text) if opening not in '“"' else ():
        if text.count(opening, 0, found.start()) <= text.count(closing, 0, found.start()):  # not within a quotation
            own = f"{opening}{(found[1] or found[2]).strip()}{closing}"
            yield f"quotation marks are {opening} {closing}", found[0], own


def _spaces(text: str, language: Language) -> Iterator[Slip]:
    marks = language.orthography.marks
    if not marks:
        return
    for found in _spaced(language.punctuation.sentence + "".join(marks.values())).finditer(text):
        word, gap, mark, behind = found["word"], found["gap"], found["mark"], found["behind"]
        if gap or (behind and not (mark == "." and _is_abbreviation(word, behind, language))):
            told = f"no space belongs before “{mark}”" if gap else f"a space belongs behind “{mark}”"
            yield told, found[0], f"{word}{mark} {behind}" if behind else f"{word}{mark}"
    for pattern in (_IN_QUOTES, _IN_BRACKETS) if language.punctuation.quotation_marks == "«»" else (_IN_BRACKETS,):
        for found in pattern.finditer(text):
            if found[2] != (right := found[2].strip()):
                yield f"no space belongs inside {found[1]} {found[3]}", found[0], f"{found[1]}{right}{found[3]}"


def _is_abbreviation(word: str, behind: str, language: Language) -> bool:
    return 1 in (len(word), len(behind)) or f"{word}.{behind}" in language.reading.abbreviations


@lru_cache(maxsize=16)
def _spaced(marks: str) -> re.Pattern[str]:
    """Return the pattern of marks behind a word, with the spaces between and the letters behind; none of «...»."""
    any_of = f"[{re.escape(marks.replace('.', ''))}]"
    mark = rf"(?P<mark>{any_of}|\.(?!\s*\.))(?P<behind>{_LETTER}++|(?!\S))"
    return re.compile(rf"(?P<word>(?<!\w){_LETTER}[\w\u200c]*+[»)]?)(?P<gap>[ \u00a0\u202f]*){mark}")


def _stretched(text: str, language: Language) -> Iterator[Slip]:
    """Letters drawn out by hand, which no search finds: «کـارگر»."""
    for found in _STRETCHED.finditer(text) if language.orthography.letters and _STRETCH in text else ():
        if (right := _STRETCH_INSIDE.sub("", found[0])) != found[0]:
            yield f"“{found[0]}” is drawn out by U+0640", found[0], right


_FINDERS: tuple[Callable[[str, Language], Iterator[Slip]], ...] = (
    _letters,
    _numbers,
    _marks,
    _quotations,
    _spaces,
    _stretched,
)
