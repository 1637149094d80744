"""What lines have to know of the words of a language, in values of JSON: all that `child` gets of its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the child reads no languages
    from pipeline.languages import Language


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of a language that matter where a line ends, in small letters; see `pipeline.languages.Typesetting`."""

    endings: tuple[str, ...] = ()
    has_capital_nouns: bool = False
    numbered: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    leading_endings: tuple[str, ...] = ()
    """Of words that lead on as well."""
    genitive: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    """The last word of the name of each."""
    links: frozenset[str] = frozenset()
    """Words inside a date: «de» in «30 de septiembre de 2025»."""


UNKNOWN = LineWords()
"""That of a language of which nothing is said."""

LineWordsOf = Mapping[str, LineWords]
"""By the codes of languages."""


def job(language: "Language") -> dict[str, Any]:
    words, dates = language.typesetting, language.dates
    abbreviations = (word for word in language.reading.before_numbers if "*" not in word)
    return {
        "endings": words.endings,
        "has_capital_nouns": words.capital_nouns,
        "numbered": _small((*words.numbered, *abbreviations)),
        "leading": _small(word for word in words.leading if not word.startswith("*")),
        "leading_endings": _small(word[1:] for word in words.leading if word.startswith("*")),
        "genitive": _small(words.genitive),
        "joining": _small(words.joining),
        "months": _small(name.split()[-1].strip(".()") for name in (*dates.gregorian, *dates.jalali)),
        "links": _small(word for word in dates.form.split() if word.isalpha()),
    }


_SETS = ("numbered", "leading", "genitive", "joining", "months", "links")


def _small(words: Iterable[str]) -> list[str]:
    return sorted({word.casefold() for word in words})


def read(values: Mapping[str, Mapping[str, Any]]) -> LineWordsOf:
    """Return what `job` said of each language."""
    return {
        code: LineWords(
            endings=tuple(one["endings"]),
            has_capital_nouns=one["has_capital_nouns"],
            leading_endings=tuple(one["leading_endings"]),
            **{name: frozenset(one[name]) for name in _SETS},
        )
        for code, one in values.items()
    }
