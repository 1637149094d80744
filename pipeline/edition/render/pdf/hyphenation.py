"""Where words may be parted, by the patterns of F. M. Liang that pyphen brings for each language.

pyphen takes all patterns of a language apart before it looks at a word: as long as a page takes. Here a pattern is
taken apart when a word has it; which places are found is the same.

The British patterns know no inflections: they part “soun-ded”, as if it had the syllables of “sud-den”. So an ending
that a language names keeps the letter before it.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import pyphen  # type: ignore[import-untyped]

_DIGITS = str.maketrans("", "", "0123456789")
_PLACES = re.compile(r"(\d?)(\D?)")


class Hyphenation:
    """Where the words of a language may be parted, so many letters or more from their beginning and their end.

    None is parted one letter before one of the `endings`.
    """

    def __init__(self, lang: str, left: int, right: int, endings: Sequence[str] = ()) -> None:
        self._patterns, self._longest = _patterns(lang)
        self._left, self._right, self._endings = left, right, endings
        self._known: dict[str, list[int]] = {}

    def positions(self, word: str) -> list[int]:
        if (found := self._known.get(word)) is None:
            found = self._known[word] = self._positions(word)
        return found

    def _positions(self, word: str) -> list[int]:
        text = f".{word.lower()}."
        found = [0] * (len(text) + 1)
        for start in range(len(text) - 1):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                if pattern := self._patterns.get(text[start:end]):
                    for place, value in _apart(pattern):
                        if value > found[start + place]:
                            found[start + place] = value
        places = (place - 1 for place, value in enumerate(found) if value % 2)
        kept = {len(word) - len(ending) - 1 for ending in self._endings if word.lower().endswith(ending)}
        return [place for place in places if self._left <= place <= len(word) - self._right and place not in kept]


@lru_cache(maxsize=20_000)
def _apart(pattern: str) -> list[tuple[int, int]]:
    """Return where a pattern speaks for a hyphen, by an odd number, or against it."""
    return [(place, int(value)) for place, (value, _) in enumerate(_PLACES.findall(pattern)) if value not in ("", "0")]


@cache
def _patterns(lang: str) -> tuple[dict[str, str], int]:
    """Return the patterns of a language by their letters, and how many the longest has."""
    path = pyphen.LANGUAGES[lang]
    with path.open("rb") as file:
        encoding = file.readline().decode().strip().lower()
    _, *lines = path.read_text({"microsoft-cp1251": "cp1251"}.get(encoding, encoding)).split("\n")
    lines = [line for line in map(str.strip, lines) if line and not line.startswith(pyphen.ignored)]
    # A hyphen beside which letters change is none of ours: what comes behind a stroke says how.
    lines = [line.partition("/")[0] if "/" in line and "=" in line else line for line in lines]
    text = pyphen.parse_hex(lambda found: chr(int(found[1], 16)), "\n".join(lines))
    known = dict(zip(text.translate(_DIGITS).split("\n"), text.split("\n"), strict=True))
    return known, max(map(len, known))
