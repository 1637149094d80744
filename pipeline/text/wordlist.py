"""Lists of words → patterns that find them; an empty list finds nothing."""

import re
from collections.abc import Sequence
from functools import lru_cache

_NOTHING = "(?!)"


def alternatives(words: Sequence[str], space: str = r"[\s\u200c]+") -> str:
    """Return a regular expression for any of the words; `*` in them stands for any letters, a space for `space`.

    What one writer divides by a space another divides by a non-joiner («زنده باد»).
    """
    return f"(?:{'|'.join(_pattern(word, space) for word in words)})" if words else _NOTHING


def _pattern(word: str, space: str) -> str:
    """Return a word as a pattern; between two `*` the first place that fits is kept, so that none is tried twice."""
    first, *rest = (space.join(map(re.escape, re.split(" +", part))) for part in re.split(r"\*+", word))
    inner = "".join(rf"(?>\w*?{part})" for part in rest[:-1])
    return first + inner + "".join(rf"\w*{part}" for part in rest[-1:])


@lru_cache(maxsize=256)
def whole(words: tuple[str, ...], but: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return the pattern of these words, each from its first letter to its last, `but` where it is one of others."""
    return re.compile(rf"\b(?!{alternatives(but)}){alternatives(words)}(?!\w)")


@lru_cache(maxsize=256)
def beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of words that begin like these."""
    return re.compile(rf"\b{alternatives(words)}")
