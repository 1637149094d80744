"""What changed between two wordings of a text, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from pipeline.text.segment import HAN

WORD = re.compile(rf"[{HAN}]|(?:(?![{HAN}])\S)++")
"""What is compared: words, and single signs of Chinese and Japanese."""


class Change(StrEnum):
    """What became of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


def gap(before: str, behind: str) -> str:
    """Return what stands between two words: nothing between Chinese signs, their stops and figures."""
    ends = before[-1:], behind[:1]
    is_wide = any(map(_SIGN.match, ends)) and all(_SIGN.match(one) or one.isdecimal() for one in ends)
    return "" if is_wide else " "


def joined(words: Sequence[str]) -> str:
    """Return words as a text."""
    return "".join(gap(words[at - 1], word) + word if at else word for at, word in enumerate(words))


_SIGN = re.compile(rf"[{HAN}\u3000-\u303f\uff01-\uff60]")

LONGEST = 500
"""Words; longer texts are not compared but shown as replaced."""

_MOST_TWINS = 10
"""Of a word, on average, in texts that difflib compares: with the same words again and again it takes minutes."""


def changes(before: str, now: str) -> Iterator[tuple[Change, list[str]]]:
    """Yield runs of words, each kept, gone or new, in reading order."""
    old, new = WORD.findall(before), WORD.findall(now)
    if max(len(old), len(new)) > LONGEST and old != new:
        yield from ((name, words) for name, words in ((Change.GONE, old), (Change.NEW, new)) if words)
        return
    for kind, a, b, c, d in _edits(old, new):
        if kind == "equal":
            yield Change.KEPT, old[a:b]
            continue
        if b > a:
            yield Change.GONE, old[a:b]
        if d > c:
            yield Change.NEW, new[c:d]


def _edits(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what is the same and what is not: the kind, and from where to where in each text."""
    count = Counter(new)
    if sum(count[word] for word in old) <= _MOST_TWINS * (len(old) + len(new)):
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    else:
        from rapidfuzz.distance import Indel

        yield from ((e.tag, e.src_start, e.src_end, e.dest_start, e.dest_end) for e in Indel.opcodes(old, new))


Pieces = list[tuple[str, Change]]


def compared(before: str, now: str) -> tuple[Pieces, Pieces]:
    """Return two wordings in pieces that add up to them: the earlier with what is gone, the other with what is new."""
    old, new = _Cut(before), _Cut(now)
    for kind, words in changes(before, now):
        if kind is not Change.NEW:
            old.take(len(words), kind)
        if kind is not Change.GONE:
            new.take(len(words), kind)
    return old.all(), new.all()


class _Cut:
    """A text that is cut into pieces of so many words; the space behind a piece is nobody's change."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ends = [word.end() for word in WORD.finditer(text)]
        self.words = 0
        self.pieces: Pieces = []

    def take(self, words: int, kind: Change) -> None:
        self.words += words
        end = self.ends[self.words - 1]
        start = end - len(self.text[self.at : end].lstrip())
        self.pieces += [(self.text[self.at : start], Change.KEPT), (self.text[start:end], kind)]
        self.at = end

    def all(self) -> Pieces:
        return [(text, kind) for text, kind in (*self.pieces, (self.text[self.at :], Change.KEPT)) if text]
