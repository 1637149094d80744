"""Cues of a document + its translations → cues in another language: each sentence split again over its time.

Reading speed and lengths are those of Netflix's and the BBC's guides for adults: at most 17 characters a second, two
lines of 42 characters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from pipeline.document.subtitles import Cue, CueText, Joined, Spoken
from pipeline.languages import Language
from pipeline.model import MarkKind, Passage, Row, State, Unit
from pipeline.text import markup
from pipeline.text.segment import split

SPEED = 17
"""Characters a second that people can read."""

WIDEST, MOST_LINES = 42, 2
"""Characters of a line, and lines of a cue."""

GAP = 80
"""Milliseconds that part a cue that was made longer from the next."""

_LEAST_TIME = 1
_WORD = re.compile("[^ \t-\r\x1c-\x1e\x85\u2028\u2029]+")
_CLAUSE = re.compile(r"""[,;:.!?،؛؟…–—]["'»”’)\]]{0,3}\Z""")
_NUMBER = re.compile(r"\d\W{0,2}\Z")
_MARKUP, _JOINER = re.compile(r"<(?=[/A-Za-z])|\{(?=\\)|--(?=>)"), "\u2060"
"""What a player takes for a tag in SubRip, which knows no way to say that it is none, and what parts it."""
_RTL, _END, _RLM, _LRM = "\u202b", "\u202c", "\u200f", "\u200e"
_ARABIC = re.compile("[\u0600-\u08ff]")
_TAGS = {MarkKind.STRONG: "b", MarkKind.EMPHASIS: "i"}


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    styles: frozenset[MarkKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Subtitled:
    """Subtitles in a language; `missing` sentences are left out, `drafts` are marked as such.

    `fast` are the cues, by their start in milliseconds, that have more characters a second than people can read, and
    how many; `long` those with a word that no line can hold.
    """

    cues: tuple[CueText, ...]
    missing: int
    drafts: int
    fast: tuple[tuple[int, int], ...]
    long: tuple[int, ...]


_Said = tuple[list[_Word], str]
"""What a voice says in a cue."""


def subtitled(
    cues: Sequence[Cue],
    joined: Sequence[Joined],
    rows: Sequence[Row],
    source: Language,
    target: Language,
    *,
    is_vtt: bool,
) -> Subtitled:
    """Return the cues of a document in another language; `rows` are those of its edition, one for each paragraph."""
    said: list[list[_Said]] = [[] for _ in cues]
    missing = drafts = 0
    for one, row in zip(joined, rows, strict=True):
        parts: dict[int, list[_Word]] = {piece.number: [] for piece in one.pieces}
        for passage, pieces in _placed(one, row, source):
            words = _words(passage, target)
            missing += words is None
            unit = passage.units.get(target.code)
            drafts += bool(words and unit and unit.state.is_fuzzy)
            if words:
                for number, part in _divided(words, pieces, cues):
                    parts[number] += part
        for number, part in parts.items():
            if part:
                said[number].append((part, one.voice))
    shown = [
        (cue, its, _end(cues, number, its)) for number, (cue, its) in enumerate(zip(cues, said, strict=True)) if its
    ]
    texts = [text for cue, its, end in shown for text in _texts(cue, its, end, target, is_vtt=is_vtt)]
    return Subtitled(tuple(texts), missing, drafts, tuple(_fast(shown)), tuple(_long(shown)))


def _placed(one: Joined, row: Row, source: Language) -> Iterator[tuple[Passage, list[Spoken]]]:
    """Yield the sentences of a paragraph, each with the pieces of the cues it is spoken in."""
    at = 0
    segments = split(one.block.text, source, one.block.kind)
    for segment, passage in zip(segments, row.passages, strict=True):
        end = at + len(segment.source)
        cut = (Spoken(max(at, piece.start), min(end, piece.end), piece.number) for piece in one.pieces)
        yield passage, [piece for piece in cut if piece.start < piece.end]
        at = end + len(segment.tail)


def _words(passage: Passage, target: Language) -> list[_Word] | None:
    """Return the words of a translation, those of a draft behind a mark; None when there is none."""
    unit = passage.units.get(target.code)
    if unit is None:
        return _styled(passage.source, passage, has_signs=passage.signs is not None)
    if not unit.target:
        return None
    words = _styled(unit.target, passage, has_signs=bool(unit.marks) or passage.signs is not None)
    return [*_mark(unit, target), *words]


def _mark(unit: Unit, target: Language) -> Iterator[_Word]:
    if unit.state.is_fuzzy:
        label = target.labels.machine if unit.state is State.MACHINE else target.labels.doubt
        yield _Word("[" + label.replace(" ", "\u00a0") + "]")


def _styled(text: str, passage: Passage, *, has_signs: bool) -> list[_Word]:
    around = frozenset(mark.kind for mark in passage.around)
    plain, styles = "", list[frozenset[MarkKind]]()
    for span in markup.read(text) if has_signs else [markup.Span(text)]:
        plain += span.text
        styles += [span.styles | around] * len(span.text)
    return [_Word(found[0], styles[found.start()]) for found in _WORD.finditer(plain)]


def _length(words: Sequence[_Word]) -> int:
    return sum(len(word.text) for word in words) + max(len(words) - 1, 0)


def _cost(words: Sequence[_Word], at: int) -> int:
    """Return how badly a text is broken before the word at `at`: well behind a clause, hardly in a number or name."""
    before, behind = words[at - 1].text, words[at].text
    if _CLAUSE.search(before):
        return 0
    is_number = _NUMBER.search(before) or behind[:1].isdigit() or len(before) == 1
    is_name = before[:1].isupper() and behind[:1].isupper()
    return 40 if is_number or is_name else 10


def _divided(
    words: Sequence[_Word], pieces: Sequence[Spoken], cues: Sequence[Cue]
) -> Iterator[tuple[int, list[_Word]]]:
    """Yield the part of a sentence for each cue of its time, by how long it is spoken there."""
    times = [_time(piece, cues) for piece in pieces]
    reached, whole = list(accumulate(times)), sum(times)
    ends = list(accumulate(len(word.text) + 1 for word in words))
    first = 0
    for left, piece, upto in zip(range(len(pieces) - 1, -1, -1), pieces, reached, strict=True):
        wanted = ends[-1] * upto / whole
        last = len(words) if not left else _break(words, ends, first, wanted, left)
        yield piece.number, list(words[first:last])
        first = last


def _time(piece: Spoken, cues: Sequence[Cue]) -> float:
    cue = cues[piece.number]
    said = sum(len(one.text) for one in cue.utterances)
    return max((cue.end - cue.start) * (piece.end - piece.start) / said, _LEAST_TIME)


def _break(words: Sequence[_Word], ends: Sequence[int], first: int, wanted: float, left: int) -> int:
    """Return before which word a text is broken, about `wanted` characters on; `left` more cues want a word each."""
    latest = max(len(words) - left, first)
    if latest <= first:
        return first
    about = bisect_left(ends, wanted)
    near = range(max(first + 1, about - 8), min(latest, about + 8) + 1)
    if not near:
        return min(max(about, first), latest)
    return min(near, key=lambda at: (abs(ends[at - 1] - wanted) + (_cost(words, at) if at < len(words) else 0), at))


def lines(words: Sequence[_Word]) -> list[list[_Word]]:
    """Return a text in as few lines as can hold it, of like length, broken where that disturbs least."""
    if not words:
        return []
    least = -(-_length(words) // WIDEST)
    ideal = _length(words) / least
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        found = []
        length = -1
        for start in range(end - 1, -1, -1):
            length += len(words[start].text) + 1
            if length > WIDEST and start < end - 1:
                break
            cost = best[start][0] + (ideal - length) ** 2 / 8 + 60 + (_cost(words, end) if end < len(words) else 0)
            found.append((cost, start))
        best.append(min(found))
    made, end = list[list[_Word]](), len(words)
    while end:
        made.append(list(words[best[end][1] : end]))
        end = best[end][1]
    return made[::-1]


def _characters(said: Iterable[_Said]) -> int:
    return sum(_length(words) for words, _ in said)


def _end(cues: Sequence[Cue], number: int, said: Sequence[_Said]) -> int:
    """Return when a cue ends: later than in the source where that is too early, if nothing else is shown yet."""
    cue = cues[number]
    needed = cue.start + -(-_characters(said) * 1000 // SPEED)
    later = cues[number + 1].start - GAP if number + 1 < len(cues) else needed
    return max(cue.end, min(needed, later))


_Shown = tuple[Cue, list[_Said], int]


def _fast(shown: Iterable[_Shown]) -> Iterator[tuple[int, int]]:
    for cue, said, end in shown:
        speed = -(-_characters(said) * 1000 // (end - cue.start))
        if speed > SPEED:
            yield cue.start, speed


def _long(shown: Iterable[_Shown]) -> Iterator[int]:
    for cue, said, _ in shown:
        if any(len(word.text) > WIDEST for words, _ in said for word in words):
            yield cue.start


def _texts(cue: Cue, said: Sequence[_Said], end: int, target: Language, *, is_vtt: bool) -> Iterator[CueText]:
    """Yield a cue as it is written: several, one after the other, where it has more lines than are read at once."""
    made = [(line, voice if is_vtt else "") for words, voice in said for line in lines(words)]
    count = min(-(-len(made) // MOST_LINES), end - cue.start)
    bounds = [len(made) * number // count for number in range(count + 1)]
    reached = [0, *accumulate(_length(line) for line, _ in made)]
    start = cue.start
    for left, (first, last) in zip(range(count - 1, -1, -1), pairwise(bounds), strict=True):
        fair = cue.start + (end - cue.start) * reached[last] // reached[-1]
        until = max(start + 1, min(fair, end - left)) if left else end
        written = tuple(_line(line, voice, target, is_vtt=is_vtt) for line, voice in made[first:last])
        yield CueText(start, until, written, cue.settings, cue.position)
        start = until


def _line(words: Sequence[_Word], voice: str, target: Language, *, is_vtt: bool) -> str:
    parts = (
        _tagged(" ".join(word.text for word in run), styles, is_vtt=is_vtt)
        for styles, run in groupby(words, key=lambda word: word.styles)
    )
    text = " ".join(parts)
    text = f"<v {_escaped(voice)}>{text}</v>" if voice else text
    if is_vtt:
        # Browsers find the direction of each line by its first letter.
        mark = _RLM if target.direction == "rtl" else _LRM if _ARABIC.search(text) else ""
        return mark + text
    return f"{_RTL}{text}{_END}" if target.direction == "rtl" else text


def _tagged(text: str, styles: frozenset[MarkKind], *, is_vtt: bool) -> str:
    text = _escaped(text) if is_vtt else _MARKUP.sub(rf"\g<0>{_JOINER}", text)
    for kind in sorted(styles & _TAGS.keys()):
        text = f"<{_TAGS[kind]}>{text}</{_TAGS[kind]}>"
    return text


def _escaped(text: str) -> str:
    return text.replace("{\\", f"{{{_JOINER}\\").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
