"""Signs of marks, which no engine sees, put back into its draft.

A place travels as a protected mark. A pair (a link, strong words) is put around what its words alone became, where that
stands in the draft once; where it does not, its signs are left out, and the draft says so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.text import markup

_EDGES = " \u00a0\u200c.,;:!?،؛؟…«»“”\"'()[]-–—"
"""What is no part of the words that are looked for: an engine puts it there or leaves it out."""

MOST_PAIRS = 100
"""Of one sentence, that are looked for in its draft."""

_PLACE = re.compile(r"(\{[1-9]\d{0,3}\})")

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
    opened: dict[tuple[str, str], int] = {}
    found: list[tuple[int, int, Pair]] = []
    for place, span in enumerate([*spans, markup.Span("")]):
        here = [("[", f"]{{{number}}}") for number in dict.fromkeys(span.around)]
        here += [(stars, stars) for kind, stars in markup.STARS.items() if kind in span.styles]
        for signs in [signs for signs in opened if signs not in here]:
            start = opened.pop(signs)
            found.append((start, place, Pair(*signs, "".join(one.text for one in spans[start:place]))))
        opened |= {signs: place for signs in here if signs not in opened}
    return tuple(pair for _, _, pair in sorted(found, key=lambda one: (one[0], -one[1])))


def put_back(source: str, draft: str, became: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return a draft, in which places stand as «{2}», with the pairs of its source, and the signs that were left out.

    `became` says what the words of a pair are in the language of the draft.
    """
    taken: list[tuple[int, int, Pair]] = []
    left_out: list[str] = []
    for number, pair in enumerate(pairs(source)):
        span = _only(draft, became.get(pair.words, "")) if number < MOST_PAIRS else None
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
    apart = {found[1] for found in _APART.finditer(source)}
    draft = _APART.sub(lambda found: found[0] if found[1] in apart else found[1], draft)
    return _BEFORE_A_STOP.sub(r"\1", draft)


_APART = re.compile(r"(?<!\s)\s++(\{[1-9]\d{0,3}\})")
_BEFORE_A_STOP = re.compile(r"(\{[1-9]\d{0,3}\})\s++(?=[.,;:!?،؛؟])")
