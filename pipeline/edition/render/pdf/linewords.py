"""What lines have to know of the words of a language, in values of JSON: all that `child` gets of its file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the child reads no languages
    from pipeline.languages import Language


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of a language that matter where a line ends; see `Typesetting` in `pipeline.languages`."""

    endings: tuple[str, ...] = ()
    has_capital_nouns: bool = False


UNKNOWN = LineWords()
"""That of a language of which nothing is said."""

LineWordsOf = Mapping[str, LineWords]
"""By the codes of languages."""


def job(language: "Language") -> dict[str, Any]:
    words = language.typesetting
    return asdict(LineWords(words.endings, words.capital_nouns))


def read(values: Mapping[str, Mapping[str, Any]]) -> LineWordsOf:
    """Return what `job` said of each language."""
    return {code: LineWords(tuple(one["endings"]), one["has_capital_nouns"]) for code, one in values.items()}
