"""What readers see as one character: a text is never divided inside of it (Unicode Standard Annex #29)."""

from collections.abc import Iterator
from unicodedata import category, combining

_JOINER = "\u200d"
_VIRAMA = 9
"""The combining class of signs that join two letters of Indian scripts."""
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_SKINS = ("\U0001f3fb", "\U0001f3ff")
_TAGS = ("\U000e0020", "\U000e007f")
_BEFORE_DIGITS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_SYLLABLES = ("\uac00", "\ud7a3")
_VOWELS, _ENDINGS, _LEADING = ("\u1160", "\u11a7"), ("\u11a8", "\u11ff"), ("\u1100", "\u115f")


def graphemes(text: str) -> Iterator[str]:
    """Yield the parts of a text that are seen as one character, in order; together they are the text.

    Rather than know all its tables, some are kept whole that it would divide: nobody sees that.
    """
    start, flags = 0, 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        flags = flags + 1 if _within(before, _FLAGS) else 0
        if not _are_one(before, after, flags):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _are_one(before: str, after: str, flags: int) -> bool:
    if before == "\r" and after == "\n":
        return True
    if before in "\r\n" or after in "\r\n":
        return False
    if before in _BEFORE_DIGITS or before == _JOINER or _extends(after) or combining(before) == _VIRAMA:
        return True
    if _within(after, _FLAGS):
        return flags % 2 == 1
    return _is_syllable(before, after)


def _extends(character: str) -> bool:
    return (
        category(character).startswith("M")
        or character in "\u200c\u200d"
        or _within(character, _SKINS)
        or _within(character, _TAGS)
    )


def _is_syllable(before: str, after: str) -> bool:
    """Whether two letters of Korean belong to one syllable."""
    if _within(before, _LEADING):
        return any(_within(after, letters) for letters in (_LEADING, _VOWELS, _SYLLABLES))
    if _within(before, _VOWELS) or _within(before, _SYLLABLES):
        return _within(after, _VOWELS) or _within(after, _ENDINGS)
    return _within(before, _ENDINGS) and _within(after, _ENDINGS)


def _within(character: str, bounds: tuple[str, str]) -> bool:
    return bounds[0] <= character <= bounds[1]
