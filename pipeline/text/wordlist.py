"""Lists of words → patterns that find them; an empty list finds nothing."""

import re
from collections.abc import Sequence
from functools import lru_cache

_NOTHING = "(?!)"


def alternatives(words: Sequence[str], space: str = r"[\s\u200c]+") -> str:
    """Return a regular expression for any of the words; `*` in them stands for any letters, a space for `space`.

    What one writer divides by a space another divides by a non-joiner («زنده باد»).
    """
    escaped = (r"\w*".join(space.join(map(re.escape, part.split(" "))) for part in word.split("*")) for word in words)
    return f"(?:{'|'.join(escaped)})" if words else _NOTHING


@lru_cache(maxsize=256)
def whole(words: tuple[str, ...], but: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return the pattern of these words, each from its first letter to its last, `but` where it is one of others."""
    return re.compile(rf"\b(?!{alternatives(but)}){alternatives(words)}(?!\w)")


@lru_cache(maxsize=256)
def beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of words that begin like these."""
    return re.compile(rf"\b{alternatives(words)}")
