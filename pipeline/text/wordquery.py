"""What is looked for in texts: words, beginnings of words and phrases, of which a text must have every one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.text.wordkeys import NO_AFFIXES, Affixes, PlacedWord, placed

MOST_TERMS = 32
MOST_IN_A_PHRASE = 16

_QUOTE = re.compile('["“”„«»]')
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]{0,300})["“”„«»](\*?)|(\S+)')

Forms = tuple[tuple[str, ...], ...]
"""Rows of keys, each of which may stand for a term."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or a phrase, as `typed`; a text has it if it has one of its `forms`, in a row.

    Of a beginning, the last key stands for every word that begins so.
    """

    typed: str
    forms: Forms
    is_beginning: bool = False

    @property
    def is_word(self) -> bool:
        return not self.is_beginning and " " not in self.typed


def read(typed: Iterable[str], affixes: Iterable[Affixes] = ()) -> tuple[Sought, ...]:
    """Return the terms that were typed: words, words* and "phrases"; text with a blank that has no quotes is a phrase.

    `affixes` are those of the languages that may be meant. What has no letter and no digit is no term.
    """
    known = list(dict.fromkeys((NO_AFFIXES, *affixes)))
    terms = [term for text in typed for term in _terms(text, known)]
    if not terms:
        return ()
    joined = [_pair(one, other) for one, other in pairwise(terms)]
    around = zip(terms, [(), *joined], [*joined, ()], strict=True)
    return tuple(Sought(term.typed, _distinct(term.forms, *more), term.is_beginning) for term, *more in around)


def _terms(text: str, known: Sequence[Affixes]) -> Iterator[Sought]:
    for said, is_beginning in _said(text):
        if forms := _distinct(*(_forms(said, affixes) for affixes in known)):
            yield Sought(" ".join(said.split()), forms, is_beginning)


def _said(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words and phrases of a text, and whether each is only a beginning."""
    if _QUOTE.search(text):
        for phrase, star, word in _QUOTED.findall(text):
            yield (phrase, bool(star)) if phrase else (word.rstrip("*"), word.endswith("*"))
    else:
        yield text.rstrip("* ") if text.endswith("*") else text, text.endswith("*")


def _forms(text: str, affixes: Affixes) -> Forms:
    """Return a phrase as it may be written: as it was typed, with two words joined, with all words apart."""
    words = placed(text, affixes)[:MOST_IN_A_PHRASE]
    keys = tuple(word.key for word in words)
    apart = tuple(part for word in words for part in (word.parts or (word.key,)))
    joined = ((*keys[:place], keys[place] + keys[place + 1], *keys[place + 2 :]) for place in range(len(keys) - 1))
    return _distinct((keys, apart, *joined))


def _pair(one: Sought, other: Sought) -> Forms:
    """Return two words as one: نرم افزار may stand as نرمافزار."""
    if not (one.is_word and other.is_word):
        return ()
    return tuple((a[0] + b[0],) for a in one.forms for b in other.forms if len(a) == len(b) == 1)


def _distinct(*forms: Iterable[tuple[str, ...]]) -> Forms:
    return tuple(dict.fromkeys(form for several in forms for form in several if form))


def places(term: Sought, words: Sequence[PlacedWord]) -> list[tuple[int, int]]:
    """Return where a term stands among the words of a text: from which character up to which."""
    found = []
    for number, word in enumerate(words):
        for form in term.forms:
            if word.parts and _has_part(word.parts, form, term.is_beginning):
                found.append((word.start, word.end))
            elif _begins(word.key, form, term.is_beginning) and _goes_on(words, number, form, term.is_beginning):
                found.append((word.start, words[number + len(form) - 1].end))
    return found


def _begins(key: str, form: tuple[str, ...], is_beginning: bool) -> bool:
    return key == form[0] or (is_beginning and len(form) == 1 and key.startswith(form[0]))


def _goes_on(words: Sequence[PlacedWord], number: int, form: tuple[str, ...], is_beginning: bool) -> bool:
    """Whether the words from a number on are those of a form of which the first fits."""
    return len(form) == 1 or _is(tuple(word.key for word in words[number : number + len(form)]), form, is_beginning)


def _has_part(parts: tuple[str, ...], form: tuple[str, ...], is_beginning: bool) -> bool:
    """Whether a joined word has a form among its parts, in a row."""
    starts = range(len(parts) - len(form) + 1)
    return any(_is(parts[start : start + len(form)], form, is_beginning) for start in starts)


def _is(keys: tuple[str, ...], form: tuple[str, ...], is_beginning: bool) -> bool:
    return keys == form or (
        is_beginning and len(keys) == len(form) and keys[:-1] == form[:-1] and keys[-1].startswith(form[-1])
    )
