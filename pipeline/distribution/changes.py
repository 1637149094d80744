"""Two versions of a text, as releases state them → which sentences changed, for the letter of a correction."""

import json
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.catalogue import matching
from pipeline.catalogue.matching import Piece
from pipeline.distribution import release
from pipeline.languages import Language
from pipeline.model import Kind, MarkKind
from pipeline.text.orthography import wording
from pipeline.text.segment import split

ALIKE = 0.25
"""The share of a text's sentences that its correction has at the least; issuer and telephone are always the same."""

_Sentence = tuple[str, str]
"""A sentence of the original, and its translation; in the original's language both are the same."""


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """What a sentence was and what it is now; empty when there was none, or is none any more."""

    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The sentences that changed, in reading order; so many kept their wording.

    It `is_another` text when hardly any of the earlier one's sentences are in it, whatever their translation. With
    `beside`, something changed that no sentence tells: where one stands, or how often; a link, note, picture or date.
    """

    sentences: tuple[ChangedSentence, ...]
    kept: int
    is_another: bool = False
    beside: bool = False


def between(before: str, now: str, language: Language) -> Changes:
    """Return what changed in the wording between two texts in a language; both are as `release.text` writes them."""
    compared = _Comparison(list(_sentences(before, language)), list(_sentences(now, language)))
    changes = compared.changes()
    if changes.sentences:
        moved = compared.is_in_another_order() or compared.has_other_originals()
        marked = compared.has_other_marks(_marked(before), _marked(now)) or _leads_elsewhere(before, now, changes)
        return replace(changes, beside=moved or marked or _rest(before, now) != _rest(now, before))
    return replace(changes, beside=release.wording(before) != release.wording(now))


def _rest(text: str, other: str) -> object:
    """Return what two texts have in common but for its place: blocks, what sentences have besides words, and the date.

    What is here and not in the other is told by its sentences, but for notes: one may go when its sentence is reworded;
    for pictures, and for what stands before a translation and in no sentence of it.
    """
    *_, day, blocks, said = json.loads(text)
    *_, others, theirs = json.loads(other)
    alike = {block[1] for block in others}
    same = {(source, target) for source, target, *_ in theirs}
    besides = {(source, target): more for source, target, _, *more in said if (source, target) in same}
    sources = {source for source, _ in same}
    behind = ((source, more) for source, _, _, *more in said if source in sources)
    notes = {source: [one for one in more if isinstance(one, list)] for source, more in behind}
    pictures = [block[-1] for block in blocks if len(block) > 2 and isinstance(block[-1], str)]
    return day, _apart(blocks, said), pictures, [block for block in blocks if block[1] in alike], besides, notes


def _apart(blocks: Sequence[Sequence[str]], said: Sequence[Sequence[str]]) -> list[str]:
    """Return what is stated of a translation in none of its sentences: a number, a place, an address, an origin."""
    sources = tuple(source for source, *_ in said if source)
    return [text for _, text, *_ in blocks[: release.MOST_APART] if sources and not text.lstrip().startswith(sources)]


def _marked(text: str) -> list[list[str]]:
    """Return what is marked in each sentence of a translation, links with their addresses; nothing of an original."""
    *_, said = json.loads(text)
    named = ((one for one in more[2:] if isinstance(one, str)) for _, _, _, *more in said)
    return [[one.partition(": ")[2] for one in names] for names in named]  # without its number in the sentence


def _leads_elsewhere(before: str, now: str, changes: Changes) -> bool:
    """Whether an original has an address that was not in it, or not one that was, though no sentence is gone."""
    old, new = (Counter(_addresses(text)) for text in (before, now))
    is_less = all(one.now for one in changes.sentences) and old - new
    is_more = all(one.before for one in changes.sentences) and new - old
    return bool(is_less or is_more or new.keys() - old.keys())


def _addresses(text: str) -> Iterator[str]:
    """Yield the addresses of links in the blocks of an original."""
    *_, blocks, said = json.loads(text)
    for mark in (mark for _, _, *marks in blocks for mark in marks if not said):
        match mark:
            case [_, _, MarkKind.LINK, str(address)]:
                yield address


def sentences(text: str, language: Language) -> frozenset[str]:
    """Return the wordings of the sentences of the original of a text, which is as `release.text` writes it."""
    return frozenset(wording(source) for source, _ in _sentences(text, language))


def are_alike(one: Collection[str], other: Collection[str]) -> bool:
    """Whether half of the sentences of either of two texts, or more, are in the other."""
    return 0 < max(len(one), len(other)) <= 2 * len({*one} & {*other})


def _sentences(text: str, language: Language) -> Iterator[_Sentence]:
    """Yield the sentences of a text: those of its translation, or of the original when it is that."""
    _, _, title, issuer, _, blocks, said = json.loads(text)
    if said:
        yield from ((source, _line(target)) for source, target, *_ in said)
        return
    parts = [part for _, block, *_ in blocks for part in split(block, language, Kind.PARAGRAPH)]
    lines = (_line(line) for line in (title, issuer, *(part.source for part in parts)))
    yield from ((line, line) for line in dict.fromkeys(lines) if line)


def _line(text: str) -> str:
    """Return a text on one line, without characters that would control the terminal of its reader."""
    return "".join(character for character in " ".join(text.split()) if unicodedata.category(character) != "Cc")


class _Comparison:
    """Sentences of before and of now while they are matched, by their places."""

    def __init__(self, old: Sequence[_Sentence], new: Sequence[_Sentence]) -> None:
        self.old, self.new = old, new
        self.of_old: dict[int, int] = {}
        self.of_new: dict[int, int] = {}
        self.groups: list[tuple[tuple[int, ...], tuple[int, ...]]] = []

    def changes(self) -> Changes:
        self.find_same()
        self.find_reworded()
        changed = [(place, one) for place, one in self.placed() if one.before != one.now]
        kept = sum(bool(now) and now == before for before, now in self.wordings())
        sentences = tuple(one for _, one in sorted(changed, key=lambda found: found[0]))
        return Changes(sentences, kept, is_another=len(self.of_old) < ALIKE * len(self.old))

    def find_same(self) -> None:
        """Pair what translates the same sentence."""
        places: dict[str, deque[int]] = defaultdict(deque)
        for place, (source, _) in enumerate(self.old):
            places[source].append(place)
        for place, (source, _) in enumerate(self.new):
            if places[source]:
                self.pair((places[source].popleft(),), (place,))

    def find_reworded(self) -> None:
        """Pair sentences whose original was reworded, split or joined, as they are in a merge."""
        old = [place for place in range(len(self.old)) if place not in self.of_old]
        new = [place for place in range(len(self.new)) if place not in self.of_new]
        pieces = [Piece(self.old[p][0], "", p, p - 1 not in self.of_old and p > 0) for p in old]
        for found in matching.pair(pieces, list(self.pieces(new))):
            self.pair(tuple(old[index] for index in found.old), tuple(new[index] for index in found.new))

    def pieces(self, new: Iterable[int]) -> Iterator[Piece]:
        """Yield the new sentences, each with the place of the last one before it that was there already."""
        place, before = -1, -2
        for number in new:
            place = next((self.of_new[n] for n in range(number - 1, before, -1) if n in self.of_new), place)
            yield Piece(self.new[number][0], "", place, number - 1 == before)
            before = number

    def pair(self, old: tuple[int, ...], new: tuple[int, ...]) -> None:
        self.groups.append((old, new))
        self.of_old |= dict.fromkeys(old, new[0])
        self.of_new |= dict.fromkeys(new, old[0])

    def is_in_another_order(self) -> bool:
        """Whether sentences that were there already follow one another otherwise."""
        places = [self.of_new[place] for place in sorted(self.of_new)]
        return places != sorted(places)

    def has_other_originals(self) -> bool:
        """Whether the original of a sentence changed and its translation did not, which is in no list then."""
        sources = ([self.old[p][0] for p in old] != [self.new[p][0] for p in new] for old, new in self.groups)
        return any(is_other and before == now for is_other, (before, now) in zip(sources, self.wordings(), strict=True))

    def has_other_marks(self, before: Sequence[list[str]], now: Sequence[list[str]]) -> bool:
        """Whether what was reworded is marked otherwise; nothing is known of an original's sentences."""
        return any(
            [mark for place in old for mark in before[place]] != [mark for place in new for mark in now[place]]
            for old, new in (self.groups if before and now else ())
        )

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield each group of sentences as it was and as it is."""
        for old, new in self.groups:
            yield " ".join(self.old[p][1] for p in old), " ".join(self.new[p][1] for p in new)

    def placed(self) -> Iterator[tuple[tuple[int, int], ChangedSentence]]:
        """Yield each group, and what is new or gone, with its place; what is gone stands behind what it followed."""
        for (_, new), both in zip(self.groups, self.wordings(), strict=True):
            yield (new[0], -1), ChangedSentence(*both)
        for place, (_, text) in enumerate(self.new):
            if place not in self.of_new:
                yield (place, -1), ChangedSentence("", text)
        after = -1
        for place, (_, text) in enumerate(self.old):
            after = self.of_old.get(place, after)
            if place not in self.of_old:
                yield (after, place), ChangedSentence(text, "")
