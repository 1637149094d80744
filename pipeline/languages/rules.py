"""What the texts in a language's file may be: each a type with its rule."""

import string
from typing import Annotated

from pipeline.limits import MOST_IN_A_TERM
from pipeline.tables import Rule

_INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200d\u00a0\u202f"))
"""What may stand in a text though it is not printed: joiners and no-break spaces."""


def _is_line(text: str) -> bool:
    return len(text) <= MOST_IN_A_TERM and text.translate(_INVISIBLE).isprintable()


def _is_word(text: str) -> bool:
    return _is_line(text) and bool(text.strip())


Line = Annotated[str, Rule("one line of text", '"…"', _is_line)]
Word = Annotated[str, Rule("a word", '"…"', _is_word)]
Words = tuple[Word, ...]


def _is_ending(text: str) -> bool:
    return _is_word(text.removeprefix("*")) and "*" not in text[1:]


Ending = Annotated[str, Rule("a word, or * and how words end", '"*…"', _is_ending)]
"""One with several stars could be looked for in more ways than anybody can wait for."""


def _braces(text: str) -> list[str]:
    """Return what stands between the braces of a text; a brace alone is a name that fits nothing."""
    try:
        # A width, as in «{page:>9999999}», would be text without end.
        return sorted(
            "{" if form or conversion else name
            for _, name, form, conversion in string.Formatter().parse(text)
            if name is not None
        )
    except ValueError:
        return ["{"]


def named(*names: str, example: str, optional: tuple[str, ...] = ()) -> Rule[str]:
    """Return the rule for a text with each of these names in braces, at most once the `optional`, and no other."""
    what = f"a line with {', '.join(f'{{{name}}}' for name in names)} in it" if names else "a line without braces"
    return Rule(what, f'"{example}"', lambda text: _is_word(text) and _fills(text, names, optional))


def _fills(text: str, names: tuple[str, ...], optional: tuple[str, ...]) -> bool:
    braces = _braces(text)
    return braces == sorted((*names, *(name for name in optional if braces and name in braces)))
