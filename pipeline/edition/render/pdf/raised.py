"""Ordinal numbers whose ending is raised, as French has «1ᵉʳ» and «XIXᵉ».

The letters are those that fonts have for it: a smaller letter lifted from the line would be read as another word by
some readers of PDF. What is read and copied is the letter, «1er»; see `drawing`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.text.wordlist import alternatives

LETTERS = {"e": "ᵉ", "r": "ʳ", "s": "ˢ"}
"""Letters of endings; `ⁿ` is no such letter, for it stands elsewhere, too."""

_TABLE = str.maketrans(LETTERS)


def with_raised(text: str, forms: Sequence[str]) -> str:
    """Return a text with the endings of ordinal numbers raised, of the forms that a language names."""
    return _ordinals(forms).sub(_raised, text) if forms else text


def _raised(found: re.Match[str]) -> str:
    start = len(found["number"] or found[0][0])
    return found[0][:start] + found[0][start:].translate(_TABLE)


@lru_cache(maxsize=16)
def _ordinals(forms: Sequence[str]) -> re.Pattern[str]:
    """Return what finds ordinal numbers of these forms: `1er` as it is, `*e` behind any number, be it a Roman one."""
    endings = [form[1:] for form in forms if form.startswith("*")]
    number = rf"(?P<number>[0-9]{{1,9}}+|[IVX]{{1,8}}+){alternatives(endings)}"
    return re.compile(rf"(?<!\w)(?:{alternatives([form for form in forms if form[0] != '*'])}|{number})\b")
