"""Signs of marks, which no engine sees, put back into its draft.

A place travels as a protected mark. A pair (a link, strong words) is put around what its words alone became, where that
stands in the draft once; where it does not, its signs are left out, and the draft says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.text import markup

_EDGES = " \u00a0\u200c.,;:!?،؛؟…«»“”\"'()[]-–—"
"""What is no part of the words that are looked for: an engine puts it there or leaves it out."""

_PLACE = re.compile(r"(\{[1-9]\d{0,3}\})")
_BEFORE_PLACE = re.compile(r"(?<!\s)\s++(?=(\{[1-9]\d{0,3}\}))")
_BEHIND_PLACE = re.compile(r"(\{[1-9]\d{0,3}\})\s++(?=[.,;:!?،؛؟])")

LONGEST_PAIR = 50
"""Words: what is marked further is not looked for, and its signs are left out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands before and behind some words of a sentence, and these words without signs."""

    opening: str
    closing: str
    words: str

    @property
    def shown(self) -> str:
        return self.opening if self.opening == self.closing else self.closing[1:]


def pairs(source: str) -> tuple[Pair, ...]:
    """Return the pairs of a sentence with signs, in order, an outer one before those in it."""
    spans = markup.read(source)
    found: list[tuple[int, int, Pair]] = []
    for number in dict.fromkeys(number for span in spans for number in span.around):
        inside = [number in span.around for span in spans]
        found += _runs(spans, inside, "[", f"]{{{number}}}")
    for kind, stars in markup.STARS.items():
        found += _runs(spans, [kind in span.styles for span in spans], stars, stars)
    return tuple(pair for _, _, pair in sorted(found, key=lambda one: (one[0], -one[1])))


def _runs(spans: list[markup.Span], inside: list[bool], opening: str, closing: str) -> Iterator[tuple[int, int, Pair]]:
    start = None
    for place, is_inside in enumerate([*inside, False]):
        if is_inside and start is None:
            start = place
        elif not is_inside and start is not None:
            words = "".join(span.text for span in spans[start:place])
            yield start, place, Pair(opening, closing, words)
            start = None


def put_back(source: str, draft: str, became: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return a draft, in which places stand as «{2}», with the pairs of its source, and the signs that were left out.

    `became` says what the words of a pair are in the language of the draft.
    """
    taken: list[tuple[int, int, Pair]] = []
    left_out: list[str] = []
    for pair in pairs(source):
        span = _only(draft, became.get(pair.words, ""))
        if span and not any(_cross(span, other[:2]) for other in taken):
            taken.append((*span, pair))
        else:
            left_out.append(pair.shown)
    return _with_signs(draft, taken), tuple(dict.fromkeys(left_out))


def _only(draft: str, words: str) -> tuple[int, int] | None:
    """Return from where to where words stand in a draft; None unless they are there exactly once."""
    wanted = words.strip(_EDGES).split()
    if not 0 < len(wanted) <= LONGEST_PAIR:
        return None
    words_apart = r"\s+".join(map(re.escape, wanted))
    pattern = rf"(?<![\w{{]){words_apart}(?![\w}}])"  # the number in «{1}» is no word
    found = list(re.finditer(pattern, draft, re.IGNORECASE))
    return found[0].span() if len(found) == 1 else None


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans overlap without one being in the other."""
    (start, end), (begin, stop) = sorted((one, other))
    return begin < end < stop and start < begin


def _with_signs(draft: str, taken: Iterable[tuple[int, int, Pair]]) -> str:
    """Return a draft with pairs around its spans; what stands there as text stays text."""
    ordered = sorted(taken, key=lambda one: (one[0], -one[1]))
    words = _PLACE.sub("", draft)
    is_escaped = markup.literal(words) != words
    bounds = sorted({0, len(draft), *(place for start, end, _ in ordered for place in (start, end))})
    parts: list[str] = []
    for start, end in zip(bounds, [*bounds[1:], len(draft)], strict=True):
        parts += [pair.closing for _, stop, pair in reversed(ordered) if stop == start]
        parts += [pair.opening for begin, _, pair in ordered if begin == start]
        parts += [_escaped(text) if is_escaped else text for text in _PLACE.split(draft[start:end])]
    return "".join(parts)


def _escaped(text: str) -> str:
    return text if _PLACE.fullmatch(text) else markup.escaped(text)


def with_places(source: str) -> list[tuple[str, str]]:
    """Return the words of a sentence with signs in pieces, each with the sign of the place behind it, if any."""
    pieces = [("", "")]
    for span in markup.read(source):
        if span.number:
            pieces[-1] = (pieces[-1][0], f"{{{span.number}}}")
            pieces.append(("", ""))
        else:
            pieces[-1] = (pieces[-1][0] + span.text, "")
    return pieces


def closed_up(source: str, draft: str) -> str:
    """Return a draft in which a place stands as close to the words around it as it does in its source."""
    places = {f"{{{number}}}" for number, is_place in markup.numbers(source) if is_place}
    close = places - {found[1] for found in _BEFORE_PLACE.finditer(source)}
    draft = _BEFORE_PLACE.sub(lambda found: "" if found[1] in close else found[0], draft)
    return _BEHIND_PLACE.sub(lambda found: found[1] if found[1] in places else found[0], draft)
