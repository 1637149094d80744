"""What no engine may touch in a sentence: addresses, numbers and terms, as marks that carry what they become.

An engine sees «X0X»; a mark that is lost or doubled shows that it did not leave it alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from pipeline.languages import Language
from pipeline.termbase import Status, Termbase
from pipeline.text import numerals
from pipeline.text.orthography import fold, folded_words, western_digits
from pipeline.text.segment import addresses
from pipeline.translate import placing

_NUMBER = re.compile(r"\+?\d[\d\s()./,٫٬:+-]*\d%?|\d%?")
_MARK = re.compile(r"[Xx]\s?(\d{1,6})\s?[Xx]")
_OWN_MARK = re.compile(r"X\d{1,6}X")


@dataclass(frozen=True, slots=True)
class Protected:
    """A sentence with marks in it, in its comparison form, and what each mark stands for in the target."""

    text: str
    values: tuple[str, ...]

    def restored(self, translation: str) -> str | None:
        """Return a translation with the values in the place of their marks; None when one is lost or doubled."""
        if not self.values:
            return translation
        found = [int(mark[1]) for mark in _MARK.finditer(translation)]
        if sorted(found) != list(range(len(self.values))):
            return None
        return _MARK.sub(lambda mark: self.values[int(mark[1])], translation)

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Yield the text between marks, each with the value behind it (empty behind the last)."""
        texts = _OWN_MARK.split(self.text) if self.values else [self.text]
        yield from zip(texts, [*self.values, ""], strict=True)


def without_marks(text: str) -> str:
    """Return a text with a space in the place of every mark."""
    return _MARK.sub(" ", text)


def protect(
    source: str,
    source_language: Language,
    target_language: Language,
    terms: Termbase | None = None,
    *,
    is_signed: bool = False,
) -> Protected:
    """Return a sentence with everything protected that an engine may not touch.

    Without `terms`, addresses and numbers alone. Digits become Western ones here, and their
    separators those of the target language, without an engine. Of one `is_signed`, places are
    protected, and the signs of pairs are left out.
    """
    text, places = _unsigned(source) if is_signed else (western_digits(fold(source)), [])
    if _MARK.search(text):
        return Protected(text, ())  # it looks like a mark itself; then nothing is protected
    free = _Free(text)
    spans = free.take((found.start(), found.end(), found[0]) for found in addresses(text))
    spans += free.take(_terms(text, terms)) if terms else []
    spans += free.take(_numbers(text, source_language, target_language))
    parts: list[str] = []
    values: list[str] = []
    at = 0
    for start, end, value in sorted([*spans, *places], key=itemgetter(0, 1)):
        gap = " " if start == end and text[at:start][-1:].strip() else ""
        parts += [text[at:start], gap, f"X{len(values)}X"]
        values.append(value)
        at = max(at, end)
    return Protected("".join([*parts, text[at:]]), tuple(values))


def _unsigned(source: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the words of a sentence with signs, and its places in them, which have no width."""
    text, places = "", []
    for words, sign in placing.with_places(source):
        text += f"{' ' * (words[:1].isspace() and bool(text))}{western_digits(fold(words))}"
        text += " " * (words[-1:].isspace() and bool(text) and not text.endswith(" "))
        places += [(len(text), len(text), sign)] * bool(sign)
    return text, places


def _numbers(text: str, source: Language, target: Language) -> Iterator[tuple[int, int, str]]:
    for found in _NUMBER.finditer(text):
        value = found[0].rstrip(" (./,:+-")
        inside = text[found.start() - 1 : found.start()].isalpha() or text[found.start() + len(value) :][:1].isalpha()
        if not inside:
            yield found.start(), found.start() + len(value), numerals.localised(value, source, target)


def _terms(text: str, terms: Termbase) -> Iterator[tuple[int, int, str]]:
    """Yield the places of terms, the longest first, with their preferred rendering; they may overlap."""
    for term in sorted(terms.occurring(text), key=len, reverse=True):
        renderings = terms.renderings(term, Status.PREFERRED)
        words = r"\s+".join(map(re.escape, folded_words(term)))
        for found in re.finditer(rf"(?<!\w){words}(?!\w)", text) if renderings and words else ():
            yield found.start(), found.end(), renderings[0].target


class _Free:
    """Which characters of a text nothing stands for yet."""

    def __init__(self, text: str) -> None:
        self._taken = bytearray(len(text))

    def take(self, spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Return the spans that overlap none before them."""
        return [span for span in spans if self._take(*span)]

    def _take(self, start: int, end: int, value: str) -> bool:
        is_free = self._taken.find(1, start, end) < 0
        if is_free:
            self._taken[start:end] = b"\1" * (end - start)
        return is_free
