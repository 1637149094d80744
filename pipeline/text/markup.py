"""Marks over a text ⇄ the signs a translator sees for them.

`**strong**`, `*emphasis*`, `[the words of a link]{1}`, and `{2}` for what stands at a place: a note, a picture, a
line break. Code and raised or lowered words are written as links are. The numbers are those of one sentence. What
would be read as a sign and is none has a backslash before it. A text is read so only where its document has marks:
everywhere else asterisks and brackets are what they are.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse
from typing import Literal, NamedTuple

from pipeline.model import Mark, MarkKind, Segment, Unit

STYLES = (MarkKind.STRONG, MarkKind.EMPHASIS)
PLACES = (MarkKind.NOTE, MarkKind.IMAGE, MarkKind.BREAK)
"""The kinds that stand at a place, and around no words."""

STARS = {MarkKind.STRONG: "**", MarkKind.EMPHASIS: "*"}
_SIGNS = re.compile(r"\\[*\[\]{}\\]|\*\*|\*|\[|\](?:\{([1-9]\d{0,3})\})?|\{([1-9]\d{0,3})\}")
MOST_NESTED = 32
"""Pairs in pairs; the outermost of more are text."""

_LITERAL = re.compile(r"[*\[\]{}\\]")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is marked in one way: by styles, and by the numbers around it, outermost first.

    One without text is the place of its `number`.
    """

    text: str
    styles: frozenset[MarkKind] = frozenset()
    around: tuple[int, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with signs, what its numbers stand for, and the marks over all of it, for which it has no signs.

    `signs` is None when there are no signs in the text.
    """

    text: str
    signs: tuple[Mark, ...] | None
    around: tuple[Mark, ...]


# --- signs → marks -------------------------------------------------------------------


class _Sign(NamedTuple):
    """A text, or a sign: stars, «[» and «]» with the number of their pair, «{» with that of a place."""

    text: str
    place: int = 0
    sign: str = ""
    number: int = 0


def read(text: str) -> list[Span]:
    """Return the spans of a text with signs. What is not paired is text; stars that are not closed reach to the end."""
    spans: list[Span] = []
    styles: frozenset[MarkKind] = frozenset()
    around: list[int] = []
    for token in _tokens(text):
        if token.sign in STARS.values():
            styles ^= {kind for kind, stars in STARS.items() if stars == token.sign}
        elif token.sign == "[":
            around.append(token.number)
        elif token.sign == "]":
            around.pop()
        else:
            spans.append(Span(token.text, styles, tuple(around), token.number))
    return list(_together(spans))


def plain(text: str) -> str:
    """Return a text with signs as it is read aloud: without them, words on both sides of a place kept apart."""
    return laid_out(text)[0]


def laid_out(text: str) -> tuple[str, list[int]]:
    """Return what `plain` returns, and for each of its characters its place in the text with signs."""
    parts: list[str] = []
    places: list[int] = []
    is_apart = False
    for token in _tokens(text):
        is_apart = is_apart or token.sign == "{"
        if not token.text:
            continue
        if is_apart and parts and parts[-1][-1].isalnum() and token.text[0].isalnum():
            parts.append(" ")
            places.append(token.place)
        parts.append(token.text)
        places += range(token.place, token.place + len(token.text))
        is_apart = False
    return "".join(parts), places


def literal(text: str) -> str:
    """Return a text so that `read` finds nothing else in it."""
    return escaped(text) if text and read(text) != [Span(text)] else text


def escaped(text: str) -> str:
    """Return a text with a backslash before all that could be a sign, whatever stands around it."""
    return _LITERAL.sub(r"\\\g<0>", text)


def unsigned(unit: Unit) -> Unit:
    """Return a unit as it is read aloud, without signs on either side; one that has none as it is."""
    return replace(unit, source=plain(unit.source), target=plain(unit.target), marks=()) if unit.marks else unit


def fitted(text: str, before: Sequence[str], now: Sequence[str]) -> str:
    """Return a text of a unit with the marks `before` as it stands in one with the marks `now`: signs stay signs."""
    if bool(before) == bool(now):
        return text
    return literal(text) if now else plain(text)


def numbers(text: str) -> Counter[tuple[int, bool]]:
    """Return how often each number is in a text with signs, and whether it is that of a place, not of a pair."""
    return Counter((token.number, token.sign == "{") for token in _tokens(text) if token.sign in ("{", "]"))


def is_sign(text: str) -> bool:
    """Whether a text is one of the signs that are no characters of a text: stars, or a number in braces."""
    return re.fullmatch(r"\*\*?|\]?\{[1-9]\d{0,3}\}", text) is not None


def stars(text: str) -> Counter[MarkKind]:
    """Return how many stars of each style open or close in a text with signs."""
    kinds = {stars: kind for kind, stars in STARS.items()}
    return Counter(kinds[token.sign] for token in _tokens(text) if token.sign in kinds)


def _tokens(text: str) -> list[_Sign]:
    tokens: list[_Sign] = []
    opened: deque[int] = deque(maxlen=MOST_NESTED)
    at = 0
    for found in _SIGNS.finditer(text):
        tokens += [_Sign(text[at : found.start()], at)] * (found.start() > at)
        at, place, sign = found.end(), found.start(), found[0]
        if sign[0] == "\\":
            tokens.append(_Sign(sign[1], place + 1))
        elif sign[0] == "*":
            tokens.append(_Sign("", place, sign))
        elif sign[0] == "[":
            opened.append(len(tokens))
            tokens.append(_Sign("[", place))
        elif sign[0] == "{":
            tokens.append(_Sign("", place, "{", int(found[2])))
        else:
            _close(tokens, opened, place, int(found[1] or 0))
    return tokens + [_Sign(text[at:], at)] * (at < len(text))


def _close(tokens: list[_Sign], opened: deque[int], place: int, number: int) -> None:
    """Pair a closing bracket with the last open one, when a number follows it; without, both are text."""
    opening = opened.pop() if opened else None
    if number and opening is not None:
        tokens[opening] = _Sign("", tokens[opening].place, "[", number)
        tokens.append(_Sign("", place, "]", number))
    else:
        tokens.append(_Sign("]", place))
        tokens += [_Sign("", place + 1, "{", number)] * bool(number)


def _together(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, neighbours that are marked alike as one."""
    last: Span | None = None
    for span in spans:
        if last and not (last.number or span.number) and (last.styles, last.around) == (span.styles, span.around):
            last = replace(last, text=last.text + span.text)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


# --- signs, well nested --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text with signs, to the character: a text, a pair (by its number or stars) of parts, or a place."""

    text: str = ""
    number: int = 0
    stars: str = ""
    parts: tuple["Part", ...] = ()
    is_pair: bool = False

    def __str__(self) -> str:
        inside = "".join(map(str, self.parts))
        if self.stars:
            return f"{self.stars}{inside}{self.stars}"
        return f"[{inside}]{{{self.number}}}" if self.is_pair else self.text or f"{{{self.number}}}"


def parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a text with signs; pairs that cross, or do not close, are text: nothing is lost."""
    opened: list[tuple[str, list[Part]]] = [("", [])]
    at = 0
    for token in _tokens(text):
        if not token.sign:
            continue
        sign = {"]": f"]{{{token.number}}}", "{": f"{{{token.number}}}"}.get(token.sign, token.sign)
        opened[-1][1].extend([Part(text[at : token.place])] * (token.place > at))
        at = token.place + len(sign)
        if token.sign == "{":
            opened[-1][1].append(Part(number=token.number))
        elif not _closes(opened, token):
            is_opening = token.sign != "]" and len(opened) <= MOST_NESTED
            if is_opening:
                opened.append((token.sign, []))
            else:
                opened[-1][1].append(Part(sign))
    opened[-1][1].extend([Part(text[at:])] * (at < len(text)))
    while len(opened) > 1:
        _as_text(opened)
    return tuple(opened[0][1])


def _closes(opened: list[tuple[str, list[Part]]], token: _Sign) -> bool:
    """Close what a sign closes, if it is the innermost that is open; stars that stay open in a pair are text."""
    opening = "[" if token.sign == "]" else token.sign
    if token.sign == "[":
        return False
    if token.sign == "]":
        while opened[-1][0] in STARS.values() and any(sign == "[" for sign, _ in opened):
            _as_text(opened)
    if opened[-1][0] != opening:
        return False
    _, inside = opened.pop()
    number, stars = (token.number, "") if token.sign == "]" else (0, token.sign)
    opened[-1][1].append(Part("", number, stars, tuple(inside), is_pair=True))
    return True


def _as_text(opened: list[tuple[str, list[Part]]]) -> None:
    sign, inside = opened.pop()
    opened[-1][1].extend([Part(sign), *inside])


# --- marks → signs -------------------------------------------------------------------


def write(text: str, marks: Iterable[Mark]) -> Marked:
    """Return a text with signs for its marks, which `read` understands as they are meant.

    Marks lose white space at their ends and are joined across it; of two that overlap without one being in the other,
    the second ends with the first.
    """
    arranged = _arranged(text, marks)
    begins, ends = len(text) - len(text.lstrip()), len(text.rstrip())

    def is_around(mark: Mark) -> bool:
        return (mark.start, mark.end) == (begins, ends) and mark.kind not in PLACES

    around, inner = tuple(filter(is_around, arranged)), list(filterfalse(is_around, arranged))
    if not inner:
        return Marked(text, None, around)
    signed, signs = _signed(text, inner, is_escaped=False)
    if read(signed) != _meant(text, inner, signs):
        signed, signs = _signed(text, inner, is_escaped=True)
    return Marked(signed, signs, around)


def _arranged(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in their order, the outer ones first."""
    given = list(marks)
    places = [mark for mark in given if mark.kind in PLACES]
    others = tidied(text, (mark for mark in given if mark.kind not in PLACES))
    nested: list[Mark] = []
    ends: list[int] = []  # of those around a mark, the innermost last
    for mark in sorted(others, key=_outer_first):
        while ends and ends[-1] <= mark.start:
            ends.pop()
        if mark.kind in STYLES:
            nested.append(mark)
            continue
        ends.append(min([mark.end, *ends[-1:]]))
        nested.append(replace(mark, end=ends[-1]))
    return sorted([*nested, *places], key=_outer_first)


def _outer_first(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, list(MarkKind).index(mark.kind)


def tidied(text: str, marks: Iterable[Mark], across: str | None = None) -> Iterator[Mark]:
    """Yield marks without white space at their ends; those of one kind that meet, or overlap, as one.

    `across` are the characters between two marks that do not part them; None stands for any white space.
    """
    last: dict[tuple[MarkKind, str], Mark] = {}
    for mark in sorted(filter(None, (_trimmed(text, mark) for mark in marks))):
        key = mark.kind, "" if mark.kind in STYLES else mark.value
        before = last.get(key)
        if before and not text[before.end : mark.start].strip(across):
            last[key] = replace(before, end=max(before.end, mark.end))
            continue
        if before:
            yield before
        last[key] = mark
    yield from last.values()


def _trimmed(text: str, mark: Mark) -> Mark | None:
    words = text[mark.start : mark.end]
    if not words.strip():
        return None
    start = mark.start + len(words) - len(words.lstrip())
    return replace(mark, start=start, end=start + len(words.strip()))


def _signed(text: str, marks: Sequence[Mark], *, is_escaped: bool) -> tuple[str, tuple[Mark, ...]]:
    parts: list[str] = []
    signs: list[Mark] = []

    def number(mark: Mark) -> str:
        signs.append(mark)
        return f"{{{len(signs)}}}"

    at = 0
    starting, ending = _by_place(marks, "start"), _by_place(marks, "end")
    for place in sorted({*starting, *ending}):
        words = text[at:place]
        parts.append(escaped(words) if is_escaped else words)
        here = starting.get(place, [])
        closed = [mark for mark in ending.get(place, []) if mark.kind not in PLACES]
        parts += [STARS.get(mark.kind) or f"]{number(mark)}" for mark in reversed(closed)]
        parts += [number(mark) for mark in here if mark.kind in PLACES]
        parts += [STARS.get(mark.kind, "[") for mark in here if mark.kind not in PLACES]
        at = max([place, *(mark.end for mark in here if mark.kind is MarkKind.BREAK)])
    parts.append(escaped(text[at:]) if is_escaped else text[at:])
    return "".join(parts), tuple(signs)


def _by_place(marks: Sequence[Mark], side: Literal["start", "end"]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.start if side == "start" else mark.end, []).append(mark)
    return found


def _span(text: str, over: Sequence[Mark], numbers: dict[int, int], number: int = 0) -> Span:
    styles = frozenset(mark.kind for mark in over if mark.kind in STYLES)
    return Span(text, styles, tuple(numbers[id(mark)] for mark in over if mark.kind not in STYLES), number)


def _meant(text: str, marks: Sequence[Mark], signs: Sequence[Mark]) -> list[Span]:
    """Return the spans that `read` must find."""
    numbers = {id(mark): number for number, mark in enumerate(signs, 1)}
    spans: list[Span] = []
    starting, ending = _by_place(marks, "start"), _by_place(marks, "end")
    bounds = sorted({0, len(text), *starting, *ending})
    order = {id(mark): number for number, mark in enumerate(marks)}
    over: list[Mark] = []
    for start, end in zip(bounds, [*bounds[1:], bounds[-1]], strict=True):
        here = starting.get(start, [])
        over = [mark for mark in over if start < mark.end]
        places = [mark for mark in here if mark.kind in PLACES]
        spans += (_span("", over, numbers, numbers[id(mark)]) for mark in places)
        over = sorted([*over, *(mark for mark in here if mark.kind not in PLACES)], key=lambda mark: order[id(mark)])
        if start != end and not any(mark.kind is MarkKind.BREAK for mark in places):
            spans.append(_span(text[start:end], over, numbers))
    return list(_together(spans))


# --- in words ------------------------------------------------------------------------

_SAID = {
    MarkKind.LINK: "a link to {}",
    MarkKind.CODE: "code",
    MarkKind.SUPERSCRIPT: "raised",
    MarkKind.SUBSCRIPT: "lowered",
    MarkKind.NOTE: "note {}",
    MarkKind.IMAGE: "a picture: {}",
    MarkKind.BREAK: "a line break",
}


def described(sentence: Segment) -> tuple[str, ...]:
    """Return in words what the signs in a sentence stand for; nothing when it has none."""
    if sentence.signs is None:
        return ()
    used = {style for span in read(sentence.source) for style in span.styles}
    styles = [f"{stars}…{stars}: {kind.value}" for kind, stars in STARS.items() if kind in used]
    signs = (
        f"{{{number}}}: {_SAID[mark.kind].format(mark.value).rstrip(': ')}"
        for number, mark in enumerate(sentence.signs, 1)
    )
    return (*styles, *signs)
