"""Languages: one TOML file each, named by its code, with all that differs from one language to another.

A workspace has its own in `languages/`: a file there adds a language, or replaces the one the package brings.
What a file may say, docs/languages.md tells; `sections.py` and `labels.py` have its tables, `rules.py` what their texts
may be, and `files.py` reads it. The names of languages come from CLDR.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from pipeline.errors import UsageError
from pipeline.languages.capitals import have_capitals
from pipeline.languages.labels import DigestLabels, Labels, NewsletterLabels, PublicationLabels, SeminarLabels
from pipeline.languages.rules import Line, Words
from pipeline.languages.sections import (
    Answers,
    Dates,
    Direction,
    Grammar,
    Numbers,
    Orthography,
    Punctuation,
    Reading,
    Source,
    Target,
    Typesetting,
)
from pipeline.tables import Rule

FOLDER = "languages"
"""Of a workspace, beside pipeline.toml."""

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A code of a language, as its file is named."""

WESTERN_DIGITS = "0123456789"

_PLURALS = re.compile(r"nplurals=[1-9]\d*; plural=[n0-9 ()<>=!&|?:%+*/-]+;")


@dataclass(frozen=True, slots=True, eq=False)
class LanguageFile:
    """What one file says.

    `digits` are the ten numerals from zero. `origins` are how statements of origin in PO headers read in this
    language. `own_name` is for a language that CLDR does not know. `capitals` are those of small letters that have
    another one in most languages; `letters` with an accent are others than those without («ş»). `places` are names of
    countries and towns by what they are; `sounds` the letters of consonants by their class, the same in all languages.
    """

    direction: Direction
    plural_forms: Annotated[
        str, Rule("as gettext has it", '"nplurals=2; plural=(n != 1);"', lambda text: bool(_PLURALS.fullmatch(text)))
    ]
    labels: Labels
    digits: Annotated[
        str,
        Rule("ten different digits from zero", f'"{WESTERN_DIGITS}"', lambda text: len(text) == len(set(text)) == 10),
    ] = WESTERN_DIGITS
    digest: DigestLabels = field(default_factory=DigestLabels)
    publication: PublicationLabels = field(default_factory=PublicationLabels)
    newsletter: NewsletterLabels = field(default_factory=NewsletterLabels)
    seminar: SeminarLabels = field(default_factory=SeminarLabels)
    own_name: Line = ""
    capitals: dict[str, Line] = field(default_factory=dict)
    letters: Line = ""
    origins: dict[str, Line] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    dates: Dates = field(default_factory=Dates)
    punctuation: Punctuation = field(default_factory=Punctuation)
    orthography: Orthography = field(default_factory=Orthography)
    grammar: Grammar = field(default_factory=Grammar)
    typesetting: Typesetting = field(default_factory=Typesetting)
    reading: Reading = field(default_factory=Reading)
    source: Source = field(default_factory=Source)
    target: Target = field(default_factory=Target)
    answers: Answers = field(default_factory=Answers)
    places: dict[str, Words] = field(default_factory=dict)
    sounds: dict[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Language(LanguageFile):
    """A language, by its code; two are the same when they were read from the same bytes, whose digest is `sha256`."""

    code: str
    sha256: str

    def number(self, value: int) -> str:
        """Return a number in the numerals of the language."""
        return str(value).translate(str.maketrans(WESTERN_DIGITS, self.digits))

    def capitalised(self, text: str) -> str:
        """Return a text with a capital at its beginning: «İngilis» of «ingilis» in Azerbaijani."""
        return self.capitals.get(text[:1], text[:1].title()) + text[1:]

    @property
    def has_capitals(self) -> bool:
        """Whether its script has capitals, with which names begin: not those of Hebrew, Hindi, Georgian or Chinese."""
        return _has_capitals(self.labels)

    @property
    def english_name(self) -> str:
        return name(self.code, "en") or self.own_name or self.code

    def name_of(self, other: "Language") -> str:
        """Return what another language is called in this one; its own name, or its code, where CLDR has none."""
        return name(other.code, self.code) or other.own_name or other.code

    @property
    def locale(self) -> tuple[str, str]:
        """Its code and that of the country most of whose readers have it (`fa`, `IR`), empty where CLDR knows none."""
        return _locale(self.code)


@lru_cache(100)
def _has_capitals(labels: Labels) -> bool:
    return have_capitals(labels.untranslated + labels.colophon + labels.draft)


@lru_cache(100)
def _locale(code: str) -> tuple[str, str]:
    from babel.core import get_global

    base, likely = code.partition("-")[0], get_global("likely_subtags")
    country = str(likely.get(code) or likely.get(base) or "").rpartition("_")[2]
    return base, country if len(country) == 2 and country.isupper() else ""


@lru_cache(100)
def words_of_dates(code: str) -> tuple[str, ...]:
    """Return the names of months in a language and what else its dates have («de», «年»), as CLDR writes them."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return ()
    days = [date(2000, month, 1) for month in range(1, 13)]
    forms = ("long", "MMMM", "LLLL", "MMM")
    written = " ".join(format_date(day, form, locale) for day in days for form in forms)
    return tuple(sorted(set(re.findall(r"[^\s\d.,،/()–-]+", written))))


def listed(texts: Sequence[str], lang: str) -> str:
    """Return texts as a language lists them: with commas, and a word before the last; as English does without CLDR."""
    from babel import Locale, UnknownLocaleError
    from babel.lists import format_list

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return format_list(texts, locale=locale)


def name(code: str, lang: str) -> str:
    """Return what a language is called in another, both by code; empty when CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(lang, sep="-").languages.get(code.replace("-", "_"), ""))
    except (UnknownLocaleError, ValueError):
        return ""


def called(text: str) -> str:
    """Return the code of the language that CLDR calls so in English, French or Persian; empty when there is none."""
    from babel import Locale

    wanted = text.strip().casefold()
    names = (one for lang in ("en", "fr", "fa") for one in Locale(lang).languages.items())
    return next((code.replace("_", "-") for code, name in names if name.casefold() == wanted), "")


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

            self._read[code] = files.read(self._files[code], code, is_shipped=code not in self.own)
        return self._read[code]

    def meant(self, text: str) -> str:
        """Return the code of a language that is given by it, or by its name in English or in itself; another stays."""
        asked = text.strip().casefold()
        named = {called.casefold(): code for code in self for called in (name(code, "en"), name(code, code), code)}
        return named.get(asked, text) if asked else text

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
