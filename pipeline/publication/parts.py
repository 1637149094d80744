"""A text in parts of a limited length: divided between paragraphs, else sentences, else words, and in no character.

Length is counted in UTF-16, as Telegram does: a picture counts twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.edition.direction import LRI, PDI, RLI
from pipeline.languages import Language
from pipeline.publication.plaintext import PlainParagraph
from pipeline.text import segment
from pipeline.text.graphemes import graphemes

_ISOLATES = (LRI, RLI)

_DEEPEST = 2
"""Isolates in each other: of a phrase, and of an address in it."""

_HIGHEST = 32
"""Code points of what is seen as one character: the longest picture has fewer."""


@dataclass(frozen=True, slots=True)
class _MessagePiece:
    """A sentence with the gap before it, and the length of both; a part does not end behind a heading."""

    gap: str
    text: str
    size: int
    is_heading: bool


def length(text: str) -> int:
    """Return the length of a text in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


def divided(texts: Sequence[PlainParagraph], most: int, language: Language) -> list[str]:
    """Return the parts of a text, in order, none of which is longer than `most`."""
    made: list[str] = []
    current: list[_MessagePiece] = []
    size = 0
    for piece in _pieces(texts, most, language):
        while current and size + piece.size > most:
            end = _end([*current, piece], most)
            made.append(_written(current[:end]))
            current = current[end:]
            size = sum(one.size for one in current)
        current.append(piece)
        size += piece.size
    return [*made, _written(current)] if current else made


def _written(pieces: Sequence[_MessagePiece]) -> str:
    return "".join(piece.gap + piece.text for piece in pieces)[len(pieces[0].gap) :]


def _end(pieces: Sequence[_MessagePiece], most: int) -> int:
    """Return how many of the pieces, without the last, make a part.

    It ends with a paragraph, or a line, if that leaves it at least half full.
    """
    sizes = list(accumulate(piece.size for piece in pieces))
    ends = [end for end in range(1, len(pieces)) if not pieces[end - 1].is_heading]
    for gap in ("\n\n", "\n"):
        if full := [end for end in ends if pieces[end].gap == gap and sizes[end - 1] * 2 >= most]:
            return full[-1]
    return ends[-1] if ends else len(pieces) - 1


def _pieces(texts: Sequence[PlainParagraph], most: int, language: Language) -> Iterator[_MessagePiece]:
    for one in texts:
        before = "\n" if one.is_tight else "\n\n"
        for sentence, behind in _sentences(one.text, language):
            for part in _bounded(sentence, most - len(before)):
                yield _MessagePiece(before, part, length(before + part), one.is_heading)
                before = " " if " " in sentence else ""
            before = behind


def _sentences(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a text with the gap behind each; none ends inside an isolate."""
    for line in text.split("\n"):
        parts = segment.split(line, language)
        sentence, depth = "", 0
        for part in parts:
            sentence += part.source
            depth += sum(part.source.count(isolate) for isolate in _ISOLATES) - part.source.count(PDI)
            if part is parts[-1]:
                break
            if depth > 0:
                sentence += part.tail
            else:
                yield sentence, part.tail
                sentence = ""
        yield sentence, "\n"


def _bounded(sentence: str, most: int) -> Iterator[str]:
    """Yield a sentence in parts: between words if possible, with its isolates closed and opened again."""
    if length(sentence) <= most:
        yield sentence
        return
    characters = [part for one in graphemes(sentence) for part in _sound(one)]
    start, opened = 0, ""
    while start < len(characters):
        end = _end_of_part(characters, start, most - 2 * _DEEPEST)
        part = opened + "".join(characters[start:end])
        start, opened = end, _opened(part)
        yield part.strip(" ") + PDI * len(opened)


def _sound(character: str) -> Iterator[str]:
    """Yield a character, one that somebody piled marks upon in parts."""
    for start in range(0, len(character), _HIGHEST):
        yield character[start : start + _HIGHEST]


def _end_of_part(characters: Sequence[str], start: int, most: int) -> int:
    """Return up to where characters fit: behind the last space if there is one in the second half."""
    size, end = 0, start
    while end < len(characters) and size + length(characters[end]) <= most:
        size += length(characters[end])
        end += 1
    if end == len(characters):
        return end
    spaces = (place + 1 for place in range(end - 1, (start + end) // 2, -1) if characters[place] == " ")
    return next(spaces, end)


def _opened(text: str) -> str:
    """Return the isolates that are opened in a text and not closed."""
    opened: list[str] = []
    for character in text:
        if character in _ISOLATES:
            opened.append(character)
        elif character == PDI and opened:
            opened.pop()
    return "".join(opened)


def numbered(
    texts: Sequence[PlainParagraph], most: int, language: Language, mark: Callable[[int, int], str]
) -> list[str]:
    """Return the parts of a text, each below what `mark` says of its number and of their number, if there are more."""
    whole = divided(texts, most, language)
    if len(whole) < 2:
        return whole
    known = 1
    while True:
        room = most - max(length(mark(number, 10**known - 1)) for number in (1, 10**known - 1)) - 2
        found = divided(texts, max(room, most // 2), language)
        if len(found) < 10**known:
            return [f"{mark(number, len(found))}\n\n{part}" for number, part in enumerate(found, 1)]
        known += 1
