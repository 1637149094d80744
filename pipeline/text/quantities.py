"""Numbers of a sentence by what they are worth: in digits, in words, and in both («یک میلیون و ۲۰۰ هزار»)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.languages import Language
from pipeline.languages.sections import Calendar, Numbers
from pipeline.text import numerals
from pipeline.text.numbersigns import has_figures, may_be_indefinite, may_begin
from pipeline.text.numbersums import SCALES, Sum, Token
from pipeline.text.numberwords import BARE_ROMAN, MAY_BE_ROMAN, TOKEN, indefinite, number_words
from pipeline.text.numerals import Values
from pipeline.text.orthography import letters_and_digits
from pipeline.text.wordlist import alternatives
from pipeline.text.words import LONGEST

_JOINT = re.compile(r"[ \u200c\u00a0\u202f‐‑-]{0,3}")
"""What may stand between the words of one number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: what it may be worth, and from where to where it stands.

    `1.300` has two values. An uncertain one may be no number: «one», «نه», the first.
    """

    values: Values
    start: int
    end: int
    is_spelt: bool = False
    is_certain: bool = True

    def may_be(self, values: Values) -> bool:
        return not self.values.isdisjoint(values)

    @property
    def value(self) -> float:
        """The likeliest value: a whole number, if there is one."""
        return max(self.values)


@lru_cache(maxsize=64)
def read(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the numbers of a sentence in their order; those of addresses, phone and account numbers are left out."""
    if not may_begin(text, language):
        return ()
    plain = letters_and_digits(text)
    if has_figures(plain):
        plain = _with_hours(numerals.blanked(plain), language)
    found = [_in_context(one, plain, language) for one in _Runs(plain, text, language).quantities()]
    return tuple(_with_shared_scales(found, plain, language) if len(found) > 1 else found)


def is_ordinal(text: str, language: Language) -> bool:
    """Whether a number in words is a place in an order, by which what was counted goes on: “and a fifth”."""
    return letters_and_digits(text).strip() in number_words(language).ordinals


def magnitudes(text: str, language: Language) -> dict[float, str]:
    """Return the indefinite numbers of a sentence, by what they are worth: 1000 of «thousands», and the word."""
    if not may_be_indefinite(text, language):
        return {}
    values, plain = indefinite(language), letters_and_digits(text).replace("\u200c", " ")
    return {values[" ".join(found[0].split())]: found[0] for found in _indefinite_words(language).finditer(plain)}


@lru_cache(maxsize=16)
def _indefinite_words(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){alternatives(tuple(indefinite(language)))}(?!\w)")


_SHARED = re.compile(r" ?[-–] ?| ([^\W\d_]{1,5}) ")
"""What stands between two numbers that share a scale: «5 à 9 millions»."""


def _with_shared_scales(found: Sequence[Quantity], plain: str, language: Language) -> Iterator[Quantity]:
    """Yield numbers, those that may have the scale of the next one with it: “5 to 9 million”, «۵ تا ۹ میلیون»."""
    words = number_words(language)
    for one, following in pairwise(found):
        scale = (
            words.cardinals.get(plain[following.start : following.end].split()[-1], 0) if following.value >= 1000 else 0
        )
        between = _SHARED.fullmatch(plain, one.end, following.start) if one.value < 1000 <= scale else None
        is_shared = between and between[1] not in words.joining
        yield replace(one, values=one.values | {round(v * scale, 6) for v in one.values}) if is_shared else one
    yield from found[-1:]


def _with_hours(plain: str, language: Language) -> str:
    """Return a text in which «17 h 30» and «ساعت ۱۷ و ۳۰ دقیقه» are written 17:30, in as many characters."""
    numbers = language.numbers
    plain = _hour(numbers.hours).sub(lambda found: f"{found[1]}:{found[2]}".ljust(len(found[0]), _FILLER), plain)
    if not numbers.minutes:
        return plain
    minutes = _minutes(numbers.hours, numbers.joining, numbers.minutes)
    return minutes.sub(lambda found: f"{found[1]}{found[2]}:{found[3]:0>2}".ljust(len(found[0]), _FILLER), plain)


_FILLER = "\0"


@lru_cache(maxsize=16)
def _hour(hours: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(\d{{1,2}})[ \u00a0\u202f]?{alternatives(hours)}[ \u00a0\u202f]?([0-5]\d)(?!\d)")


@lru_cache(maxsize=16)
def _minutes(hours: tuple[str, ...], joining: tuple[str, ...], minutes: tuple[str, ...]) -> re.Pattern[str]:
    spelt = [alternatives(tuple(map(letters_and_digits, words))) for words in (hours, joining, minutes)]
    return re.compile(rf"(?<!\w)({spelt[0]} )(\d{{1,2}}) {spelt[1]} ([0-5]?\d)(?= {spelt[2]}(?!\w))")


class _Runs:
    """The tokens of a sentence, put together to numbers."""

    def __init__(self, plain: str, text: str, language: Language) -> None:
        self.plain, self.text, self.language, self.words = plain, text, language, number_words(language)
        self.tokens = list(self._tokens())

    def _tokens(self) -> Iterator[Token]:
        """Yield numbers, and what may stand inside or behind them; other words are passed over."""
        found, known, following = list(TOKEN.finditer(self.plain)), self.words, 0
        for at, word, start in self._counted(found):
            match = found[at]
            if at < following:
                continue  # inside a number
            if at and not word[0].isdecimal() and self._is_verb(found[at - 1 : at + 1]):
                continue
            if word[0].isdecimal():
                yield from _numerals(Token(word, start, match.end()), self.language)
            elif word in known.first or known.glued[word] or self.text[start] in "IVX":
                token, size = self._token(found, at)
                following = at + size
                yield token
            elif word in known.beside:
                yield Token(word, start, match.end())
            else:
                yield from self._parts(word, start)

    def _counted(self, found: list[re.Match[str]]) -> list[tuple[int, str, int]]:
        """Return the words among those found that may belong to a number, and where they stand."""
        words, text = [match[0].rstrip(_FILLER) for match in found], self.text
        known = [at for at, counts in enumerate(map(self.words.counts.__getitem__, words)) if counts]
        counted = [(at, words[at], found[at].start()) for at in known]
        if self.language.numbers.ordinal_endings and MAY_BE_ROMAN.search(text):
            may_be = (at for at, match in enumerate(found) if text[match.start()] in "IVX")
            romans = [(at, words[at], found[at].start()) for at in may_be if self._roman(*found[at].span())]
            counted = sorted({*counted, *romans}) if romans else counted
        return list(self._near(counted))

    def _near(self, counted: list[tuple[int, str, int]]) -> Iterator[tuple[int, str, int]]:
        """Yield words that may begin a number, and what stands near enough behind one to belong to it."""
        begins, reach, last = self.words.begins, self.words.reach, -self.words.reach - 1
        for one in counted:
            if begins[one[1]] or self.text[one[2]] in "IVX":
                last = one[0]
            elif one[0] - last > reach:
                continue
            yield one

    def _parts(self, word: str, start: int) -> Iterator[Token]:
        """Yield the numbers of which one in a single word is made, and what joins them."""
        for part in self.words.parts[word]:
            value = (self.words.cardinals | self.words.ordinals | self.words.inside).get(part)
            values = frozenset([] if value is None else [value])
            yield Token(part, start, start + len(part), values, part in self.words.ordinals)
            start += len(part)

    def _token(self, found: list[re.Match[str]], at: int) -> tuple[Token, int]:
        """Return the longest number in words that begins here, or one word, and how many words it is."""
        words = self.words
        for size in words.sizes.get(found[at][0], _ONE_WORD):
            here = found[at : at + size]
            if len(here) < size:
                continue
            word = " ".join([one[0] for one in here])
            if word not in words.cardinals and word not in words.ordinals:
                continue
            if size > 1 and not self._are_joined(here):
                continue
            start, end = here[0].start(), here[-1].end()
            if word in words.per_cents and not (at and words.counts[found[at - 1][0]]):
                continue  # «در صد و یازدهمین», « pour cent personnes »
            if word in words.cardinals:
                return Token(word, start, end, frozenset([words.cardinals[word]])), size
            return Token(word, start, end, frozenset([words.ordinals[word]]), True), size
        word, (start, end) = found[at][0], found[at].span()
        if at and (glued := words.glued[word]) and self._are_joined(found[at - 1 : at + 1]):
            return Token(word, start, end, frozenset([glued]), word[1:] in words.ordinals), 1
        roman = self._roman(start, end)
        return Token(word, start, end, frozenset([float(roman)]) if roman else frozenset(), bool(roman)), 1

    def _is_verb(self, found: list[re.Match[str]]) -> bool:
        """Whether the second of two words is no number, but a verb behind a prefix: «می‌دهم»."""
        return found[0][0] in self.words.prefixes and self._are_joined(found)

    def _are_joined(self, found: list[re.Match[str]]) -> bool:
        gaps = pairwise(found)
        return all(_JOINT.fullmatch(self.plain, one.end(), other.start()) for one, other in gaps)

    def _roman(self, start: int, end: int) -> int:
        return self.words.romans[self.text[start:end]]

    def quantities(self) -> Iterator[Quantity]:
        at = 0
        while at < len(self.tokens):
            if not self.tokens[at].values:
                at += 1
                continue
            run, at = self._run(at)
            if run:
                yield run

    def _run(self, at: int) -> tuple[Quantity | None, int]:
        """Return the number that begins at a token, None for an indefinite one («دهها هزار»), and what follows it."""
        first = self.tokens[at]
        sums, units_first = {Sum().plus(value) for value in first.values}, self.language.numbers.units_first
        last, following = first, at + 1
        while not last.is_ordinal:
            reach = self._next(following)
            if reach is None:
                break
            token = self.tokens[reach]
            grown = {one.plus(value) for one in sums for value in token.values if one.takes(value, token, units_first)}
            if not grown or self._stands_apart(last, reach) or self._has_the_same_scale(sums, reach):
                break
            sums, last, following = grown, token, reach + 1
        values = frozenset(round(one.worth, 6) for one in sums)
        if min(values) <= 0 or 0 in first.values or self._is_indefinite(first, last, following):
            return None, following
        is_compound = not last.is_ordinal and self._is_joined_to_a_name(last.end, following)  # «هفت‌تپه», «سه‌جانبه»
        spelt, certain = self._kind(first, last, values)
        certain = certain and not (is_compound if spelt else self._is_in_a_name(first, values))
        return Quantity(values, first.start, last.end, spelt, certain), following

    def _is_said_again(self, word: str) -> bool:
        """Whether a word that may be no number stands twice: so does «نه», where it denies."""
        return word in self.words.uncertain and self._times[word] > 1

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(_LETTERS.findall(self.plain))

    def _stands_apart(self, last: Token, at: int) -> bool:
        """Whether a word behind a number is another one: behind figures, a year, « cent premiers »."""
        token = self.tokens[at]
        is_first = token.is_ordinal and 1 in token.values and token.word in self.words.uncertain
        is_many = last.word[0].isdecimal() and self._are_many(at)
        return is_first or is_many or _begins_anew(last, token) or self._is_a_year(last)

    def _are_many(self, at: int) -> bool:
        """Whether a number is of many, with a plural written apart: «۲۰۰۹ میلیون‌ها ایرانی», and not « 5 millions »."""
        word, behind = self.tokens[at].word, self.tokens[at + 1].word if at + 1 < len(self.tokens) else ""
        is_followed = len(behind) > 1 and behind in self.language.grammar.plurals and self._touches(at + 1)
        return is_followed or (" " in word and self._is_plural(word))

    def _is_plural(self, word: str) -> bool:
        """Whether a word is the plural of a number: «میلیون‌ها», “thousands”."""
        plurals = self.language.grammar.plurals
        return any(word.removesuffix(one).rstrip() in self.words.cardinals for one in plurals if word.endswith(one))

    def _is_a_year(self, token: Token) -> bool:
        """Whether figures are a year, behind which another number begins: «در سال ۱۴۰۳ هزار و پانصد نفر».

        So are they behind the name of a month: «خرداد ۱۳۵۸ هزار و دویست عضو».
        """
        years = _before_years(self.language)
        before = self.plain[max(0, token.start - LONGEST) : token.start]
        return token.word[0].isdecimal() and max(token.values) >= 1000 and bool(years) and before.endswith(years)

    def _is_in_a_name(self, first: Token, values: Values) -> bool:
        """Whether figures belong to a name, as those of «Covid-19», and are no year («mid-1980»)."""
        return max(values) < 1000 and _NAMED.search(self.plain, max(0, first.start - 2), first.start) is not None

    def _is_joined_to_a_name(self, end: int, at: int) -> bool:
        """Whether a word is joined to a number, and does not count by it, nor makes it a part («سه‌چهارم»)."""
        if at < len(self.tokens) and self.tokens[at].is_ordinal and self._touches(at):
            return False
        return self.plain.startswith("\u200c", end) and not self.plain.startswith(self.words.counted, end + 1)

    def _has_the_same_scale(self, sums: "set[Sum]", at: int) -> bool:
        """Whether a scale as great as that of the number so far stands behind a token: «۳ میلیون و ۲ میلیون»."""
        scale = max(one.scale for one in sums)
        behind = self._next(at + 1) if scale and not self.tokens[at].values & SCALES else None
        return behind is not None and scale <= max(self.tokens[behind].values) in SCALES

    def _next(self, at: int) -> int | None:
        """Return where the next number stands that may belong to this one: at once, or behind «and», «and a»."""
        for place in range(at, min(at + 3, len(self.tokens))):
            if not self._touches(place):
                return None
            if self.tokens[place].values:
                return place
            if self.tokens[place].word not in self.words.joining:
                return None
        return None

    def _touches(self, at: int) -> bool:
        before, here = self.tokens[at - 1], self.tokens[at]
        between = self.plain[before.end : before.end + 2]
        if between == ", " and before.values and not here.word[0].isdecimal() and max(before.values) in _MILLIONS:
            return before.end + len(between) == here.start  # “seven million, one hundred and sixty-six thousand”
        return _JOINT.fullmatch(self.plain, before.end, here.start) is not None

    def _is_indefinite(self, first: Token, last: Token, at: int) -> bool:
        """Whether it counts nothing exactly: «millions» alone, or with a plural ending behind it, as «میلیون‌ها»."""
        alone = first is last and not last.is_ordinal and max(last.values) >= 100
        if alone and self._is_plural(last.word):
            return True
        if last.word[0].isdecimal():
            return False  # «sala 2016an»
        behind = self.tokens[at].word if at < len(self.tokens) and self._touches(at) else ""
        return not last.is_ordinal and len(behind) > 1 and behind in self.language.grammar.plurals

    def _kind(self, first: Token, last: Token, values: Values) -> tuple[bool, bool]:
        """Return whether a number is spelt, and whether it is one for certain."""
        spelt = not first.word[0].isdecimal()
        single = first is last and spelt
        is_first = first.is_ordinal and max(values) <= 1
        is_bare = BARE_ROMAN.fullmatch(self.text, first.start, first.end) is not None
        doubtful = single and (first.word in self.words.uncertain or is_first or is_bare)
        doubtful |= spelt and self._is_said_again(first.word.split()[0])  # «نه کتاب، نه ساعت»
        return spelt, not doubtful


@lru_cache(maxsize=16)
def _before_years(language: Language) -> tuple[str, ...]:
    months = (*language.dates.jalali, *language.dates.gregorian) if language.numbers.years else ()
    words = (*language.numbers.years, *months)
    return tuple(f"{letters_and_digits(word)} " for word in words)


def _begins_anew(last: Token, token: Token) -> bool:
    """Whether a word behind figures is another number: «۱۴۰۰ شش», not «۱۴۰۰ هزار» or «۱۸ و نیم»."""
    word = max(token.values) if not token.word[0].isdecimal() else 0
    return last.word[0].isdecimal() and word >= 1 and word not in SCALES


_CENTURY_LEFT_OUT = re.compile(r"(?<![^\W_])['’‘]\Z")
"""Stands before a year of two figures: “the summer of ’67”."""
_MAY_BE_YEAR = 30
_ONE_WORD = (1,)
_NAMED = re.compile(r"[^\W\d_][-‑]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_MILLIONS = frozenset({1e6, 1e9, 1e12})


def _numerals(token: Token, language: Language) -> Iterator[Token]:
    """Yield what digits and separators say: one number, or several that only stand together, as in a date."""
    values = numerals.worth(token.word, language)
    if values:
        yield token._replace(values=values)
        return
    for digits in re.finditer(r"\d+", token.word):
        start, end = token.start + digits.start(), token.start + digits.end()
        yield Token(digits[0], start, end, numerals.worth(digits[0], language))


def _in_context(one: Quantity, plain: str, language: Language) -> Quantity:
    """Return a number with what else it may be worth: a decade, a year without its century, an hour."""
    before = plain[max(0, one.start - 24) : one.start].replace("\u200c", "").split()[:-5:-1]
    if len(before) < 3 or not before[1].isdecimal():  # «دهه‌های ۱۳۲۰ تا ۱۳۴۰» are decades, both
        before = before[:2]
    after = _AFTER.match(plain, one.end)
    following = [after[1]] if after else []
    more = frozenset(_other_values(one.value, before, following, language)) | _and_a_half(one, plain, language)
    if _CENTURY_LEFT_OUT.search(plain, max(0, one.start - 2), one.start) and _MAY_BE_YEAR <= one.value < 100:
        more |= {1300 + one.value, 1900 + one.value}
    if end := _end_of_range(one, plain):
        return replace(one, values=one.values | more | {end}, is_certain=False)
    return replace(one, values=one.values | more) if more else one


def _and_a_half(one: Quantity, plain: str, language: Language) -> Values:
    """Return the values of a number with half of one: «دو سال و نیم», «deux ans et demi», “half past five”."""
    halves = _halves(language)
    if one.value < 25 and language.numbers.half_past and plain[: one.start].rstrip().endswith(_half_past(language)):
        return frozenset(value + more for value in one.values for more in (HALF, HALF_PAST))
    if not halves or one.value >= 1000 or not halves.match(plain, one.end):
        return frozenset()
    return frozenset(value + HALF for value in one.values)


@lru_cache(maxsize=16)
def _half_past(language: Language) -> tuple[str, ...]:
    return tuple(map(letters_and_digits, language.numbers.half_past))


@lru_cache(maxsize=16)
def _halves(language: Language) -> re.Pattern[str] | None:
    numbers = language.numbers
    said = tuple(letters_and_digits(word) for word, value in numbers.values.items() if value == HALF)
    joining = tuple(map(letters_and_digits, numbers.joining))
    if not said or not joining:
        return None
    return re.compile(
        rf" ?[^\W\d_]{{2,20}} {alternatives(joining)} (?:{alternatives(joining)} )?{alternatives(said)}(?!\w)"
    )


HALF = 0.5
HALF_PAST = 0.3
"""What the thirty minutes behind an hour are worth: half past eight is 8:30."""


def _end_of_range(one: Quantity, plain: str) -> float:
    """Return the second year of one that lies in two («2023–24»), 0 for any other number."""
    if one.is_spelt or one.value >= 2200:
        return 0
    found = _YEAR_BEFORE.search(plain, max(0, one.start - 8), one.start) or _YEAR_BEHIND.match(plain, one.end)
    following = float(found[1]) + 1 if found else 0
    return following if one.value in (following, following % 100) else 0


_YEAR_BEFORE, _YEAR_BEHIND = re.compile(r"(?<!\d)(\d{4}) ?[-–/] ?$"), re.compile(r" ?[-–/] ?(\d{4})(?!\d)")
"""A range of years, written from either side: «۹۵–۱۳۹۴»."""
_AFTER = re.compile(r"\s{0,2}([^\W\d_]+(?:\.[^\W\d_]\b\.?)?)")


def _other_values(value: float, before: Sequence[str], after: Sequence[str], language: Language) -> Iterator[float]:
    numbers, is_jalali = language.numbers, Calendar.JALALI in language.dates.calendars
    if value != int(value) and not 0 < value < 25:
        return
    if value < 100 and any(word in numbers.decades for word in after):
        yield value * 10
    if any(word in numbers.decades for word in before):
        yield from _decades(value, is_jalali, has_era=any(word in language.reading.eras for word in after))
    if before and before[0] in (*numbers.years, *numbers.events) and is_jalali and 30 <= value < 100:
        yield from (1300 + value, 1921 + value, 1922 + value)
    if 1 <= value < 25 and any(
        word in numbers.hours for word in (*before[:1], *after, *_hour_of_range(before, numbers))
    ):
        yield from numerals.hours(value)
        if value % 1 == HALF:
            yield from numerals.hours(value // 1 + HALF_PAST)  # «ساعت هشت و نیم»


def _hour_of_range(before: Sequence[str], numbers: Numbers) -> Sequence[str]:
    """Return the word before the first of two numbers of a range: «ساعت ۸ تا ۱۰ و نیم» are two hours."""
    return before[2:3] if len(before) > 2 and before[0] in numbers.ranges and before[1].isdecimal() else ()


def _decades(value: float, is_jalali: bool, *, has_era: bool) -> Iterator[float]:
    """«دهه شصت» are the 1360s, which are the 1980s; «années 80» the 1980s."""
    if value < 100:
        yield from (1300 + value, 1920 + value) if is_jalali else (1900 + value,)
        if has_era:
            yield 1900 + value
    elif is_jalali and value < 1500:
        yield from (value + 620, value % 100)
