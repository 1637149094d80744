"""Languages: one TOML file each, named by its code, with all that differs from one language to another.

A workspace has its own in `languages/`: a file there adds a language, or replaces the one the package brings.
What a file may say stands in docs/languages.md; `files.py` reads it. The names of languages come from CLDR.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pipeline.errors import UsageError

FOLDER = "languages"
"""Of a workspace, beside pipeline.toml."""

WESTERN_DIGITS = "0123456789"

K = TypeVar("K")
V = TypeVar("V")


def _empty() -> Mapping[K, V]:
    return MappingProxyType({})


class Direction(StrEnum):
    """Which way a language is written."""

    LTR = "ltr"
    RTL = "rtl"


class Calendar(StrEnum):
    """The calendars in which a language may write a date."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written, in figures and in words.

    `words` say a number, `ordinals` a place in an order, with their values; both are looked for in a source.
    In a target stands what the package num2words makes for the code `num2words`, one of the `other_ordinals`,
    or a figure with one of the `ordinal_endings`: «3rd».
    """

    decimal: str = "."
    thousands: str = ","
    num2words: str = ""
    words: tuple[str, ...] = ()
    ordinals: Mapping[str, int] = field(default_factory=_empty)
    other_ordinals: Mapping[str, int] = field(default_factory=_empty)
    ordinal_endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """How dates are written: months by name, with their numbers; a month may have several names, the usual one first.

    `form` has {day}, {month} and {year} in it. `first` is the first day of a month, where it is no mere number.
    A date is written in each of the `calendars`, all but the first in brackets. `month` is the word «month».
    """

    form: str = "{day} {month} {year}"
    first: str = ""
    calendars: tuple[Calendar, ...] = (Calendar.GREGORIAN,)
    month: str = ""
    gregorian: Mapping[str, int] = field(default_factory=_empty)
    jalali: Mapping[str, int] = field(default_factory=_empty)

    def names(self, calendar: Calendar, number: int) -> list[str]:
        """Return the names of a month, the usual one first; none if the language has none for this calendar."""
        months = self.jalali if calendar is Calendar.JALALI else self.gregorian
        return [name for name, month in months.items() if month == number]


@dataclass(frozen=True, slots=True)
class Punctuation:
    """The marks of the language.

    `sentence` are the full stop, question mark, exclamation mark, colon and semicolon, in this order.
    A no-break space belongs before the signs in `space_before`, and inside the pair of quotation marks
    `space_inside`. `doubled` are words that may stand twice in a row.
    """

    sentence: str = ".?!:;"
    space_before: str = ""
    space_inside: str = ""
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Forms of words, for finding terms however they are inflected.

    `conjunctions` are written onto the following word. `endings` are what one form of a word may have where
    another has another; `plurals` those of them that make a plural. `function_words` are passed over in terms.
    """

    conjunctions: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    function_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typesetting:
    """Where a line may not end: after the `prefixes` and before the `suffixes`, which are words of their own."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The words by which lines and sentences of a document in this language are recognised.

    `abbreviations` end in a full stop that ends no sentence, and are written without it. `slogans` are how
    slogans begin. `letters` number lists, in their order. `contacts` are labels such as «phone».
    `list_openings` begin the items of a list without markers; `signatories` begin a line above signatures.
    `eras` may stand behind a year, and `dates` are other words that belong to a date.
    """

    abbreviations: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    list_openings: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What checks know of a language that is translated from.

    `negations` are negative words, `*` standing for any letters; `no_negations` those that only look like it.
    `polarity` has words for and against by what they mean.
    """

    negations: tuple[str, ...] = ()
    no_negations: tuple[str, ...] = ()
    polarity: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)


@dataclass(frozen=True, slots=True)
class Length:
    """The mean of log(target/source) in letters, and its variance: constant + per_letter / letters of the source."""

    mean: float
    constant: float
    per_letter: float


@dataclass(frozen=True, slots=True)
class Target:
    """What checks know of a language that is translated into.

    `negations` are words that say a negation, `*` standing for any letters. `polarity` has, by what they mean, the
    beginnings of words for and against. `lengths` are the usual ones, by the code of the source language.
    """

    negations: tuple[str, ...] = ()
    polarity: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    lengths: Mapping[str, Length] = field(default_factory=_empty)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What one file says; two languages are the same when they were read from the same bytes.

    `digits` are the ten numerals from zero. `labels` are what is printed around a text, `origins` how
    statements of origin in PO headers read in this language. `own_name` is for one that CLDR does not know.
    """

    code: str
    direction: Direction
    plural_forms: str
    labels: Mapping[str, str]
    digits: str = WESTERN_DIGITS
    own_name: str = ""
    origins: Mapping[str, str] = field(default_factory=_empty)
    numbers: Numbers = field(default_factory=Numbers)
    dates: Dates = field(default_factory=Dates)
    punctuation: Punctuation = field(default_factory=Punctuation)
    grammar: Grammar = field(default_factory=Grammar)
    typesetting: Typesetting = field(default_factory=Typesetting)
    reading: Reading = field(default_factory=Reading)
    source: Source = field(default_factory=Source)
    target: Target = field(default_factory=Target)

    def number(self, value: int) -> str:
        """Return a number in the numerals of the language."""
        return str(value).translate(str.maketrans(WESTERN_DIGITS, self.digits))

    @property
    def english_name(self) -> str:
        return name(self.code, "en") or self.own_name or self.code

    def name_of(self, other: "Language") -> str:
        """Return what another language is called in this one; its own name, or its code, where CLDR has none."""
        return name(other.code, self.code) or other.own_name or other.code


def name(code: str, lang: str) -> str:
    """Return what a language is called in another, both by code; empty when CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(lang, sep="-").languages.get(code.replace("-", "_"), ""))
    except (UnknownLocaleError, ValueError):
        return ""


class Languages(Mapping[str, Language]):
    """The languages of a workspace by code: those of its own `folder`, and the others that the package brings.

    A file is read when its language is first asked for.
    """

    def __init__(self, folder: Path | None = None) -> None:
        own = _files(folder) if folder and folder.is_dir() else {}
        self.own = tuple(own)
        self._files = _files(resources.files(__name__)) | own
        self._read: dict[str, Language] = {}

    def __getitem__(self, code: str) -> Language:
        """Return a language. Raise UsageError when it has no file, LanguageError with all faults of its file."""
        if code not in self._files:
            raise UsageError(f"language {code!r} is unknown; known are: {', '.join(self)}; or add {FOLDER}/{code}.toml")
        if code not in self._read:
            from pipeline.languages import files

            self._read[code] = files.read(self._files[code], code)
        return self._read[code]

    def __contains__(self, code: object) -> bool:
        return code in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def __len__(self) -> int:
        return len(self._files)


def _files(folder: Traversable | Path) -> dict[str, Traversable | Path]:
    return {file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")}


SHIPPED = Languages()
"""Those of the package alone."""
