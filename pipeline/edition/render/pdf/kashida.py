"""Where the hand draws a word longer: the one best place for a kashida in a word of Arabic letters, if it has any.

After T. Milo's and Microsoft's rules for justification of Naskh (“Justifying text with kashida”, OpenType specification
of `JSTF`): after a letter that is drawn out anyway (س ش ص ض, then ک گ), then before a last letter that is long itself,
then before an upright one. Before a short last letter (د ر م ه), of which a stroke makes more than it is, only where
there is no other place.
"""

import re
from functools import lru_cache

SHORTEST = 4
"""Letters of a word that may be drawn longer."""

_DUAL = "بتثجحخسشصضطظعغفقكلمنهيئپچکگیھہىێۆ"
"""Letters that join on both sides; of those that do so after them, all do."""

_RIGHT = "اأإآٱدذرزژوؤةۀەڵ"
"""Letters that join only to what stands before them."""

_DUAL_ONLY = _DUAL.replace("ۆ", "")
_WORD = re.compile(f"[{_DUAL}{_RIGHT}]+")
_ALEFS, _LAM = "اأإآٱ", "ل"

_DRAWN_OUT, _ARMED = "سشصض", "کكگ"
_LAST = (("بپتثفکكگسشصضقنلیىي", 4), ("اأإآٱطظ", 3), ("هةۀەھہ", 2))
_SHORT_LAST = 1
_SHORT = "رزژدذوؤمهةۀەھہ"
_TEETH = "بتثنیيپئهفقعغمحجخچ"
_INSIDE = (("رزژ", 2), ("دذ", 2), ("اأإآٱ", 2), ("طظ", 1))


@lru_cache(maxsize=20_000)
def place(word: str) -> tuple[int, int] | None:
    """Return behind which letter of a word a kashida stands, and how well it stands there: from 1 to 6.

    None for a word that has no place: a short one, one of other signs than plain letters, one whose letters do not
    join, or لا.
    """
    if len(word) < SHORTEST or not _WORD.fullmatch(word):
        return None
    found = [(_worth(word, index), index) for index in range(len(word) - 1)]
    worth, index = max(found)
    return (index, worth) if worth else None


def _worth(word: str, index: int) -> int:
    """Return how well a kashida stands behind a letter; 0 where it may not."""
    letter, following = word[index], word[index + 1]
    if letter not in _DUAL_ONLY or _is_ligature(letter, following):
        return 0
    is_last = index + 2 == len(word)
    if letter in _DRAWN_OUT:
        return _SHORT_LAST + 1 if is_last and following in _SHORT else 6
    if letter in _ARMED and following not in _SHORT and not _is_ligature(_LAM, following):
        return 5
    if (not is_last and letter not in _TEETH) or index == 0:
        return 0
    if is_last:
        return next((worth for letters, worth in _LAST if following in letters), _SHORT_LAST)
    return next((worth for letters, worth in _INSIDE if following in letters), 0)


def _is_ligature(letter: str, following: str) -> bool:
    """Whether two letters are drawn as one, or as nearly one, in most fonts."""
    return letter == _LAM and following in _ALEFS + "لمجحخیيىه"
