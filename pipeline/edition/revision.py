"""Edition + an earlier catalogue → the same edition with what stood there before, and what is gone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pipeline.catalogue import matching
from pipeline.catalogue.leverage import ISSUER, PLACE, SHORT_TITLE, TITLE
from pipeline.catalogue.matching import Piece
from pipeline.model import Block, Catalogue, Edition, Kind, Passage, Row, Unit
from pipeline.text import markup

T = TypeVar("T")


def compare(edition: Edition, earlier: Catalogue, since: str) -> Edition:
    """Return an edition in two languages, each passage with its `earlier` unit.

    Sentences that were reworded, split or joined are found as they are in a merge. What left
    the document stands behind what it followed, as passages without a source.
    """
    lang = earlier.target_lang
    apart = (ISSUER, SHORT_TITLE, PLACE, *([TITLE] if edition.title_is_editorial else []))
    old = [unit for unit in earlier.units if unit.context not in apart]
    pages = _Pages([_OpenRow(row, list(row.passages)) for row in edition.rows], old)
    pages.find_unchanged()
    pages.find_reworded(lang)
    pages.find_other_cells()
    pages.put_back_what_is_gone()
    by_key = {unit.key: unit for unit in earlier.units}

    def alone(passage: Passage, context: str) -> Passage:
        return replace(passage, earlier=by_key.get((context, passage.source)))

    return replace(
        edition,
        rows=tuple(replace(line.row, passages=tuple(line.passages)) for line in pages.lines),
        title=alone(edition.title, TITLE) if edition.title_is_editorial else edition.title,
        issuer=edition.issuer and alone(edition.issuer, ISSUER),
        since=since,
    )


@dataclass
class _OpenRow:
    row: Row
    passages: list[Passage] = field(default_factory=list)


class _Pages:
    """The rows of an edition while its passages are matched with the units of before."""

    def __init__(self, lines: list[_OpenRow], old: list[Unit]) -> None:
        self.lines, self.old = lines, old
        self.taken: dict[int, Passage] = {}

    def passages(self) -> Iterator[tuple[_OpenRow, Passage]]:
        return ((line, passage) for line in self.lines for passage in line.passages)

    def find_unchanged(self) -> None:
        places = {unit.key: place for place, unit in enumerate(self.old)}
        became: _Became = {}
        for line, passage in self.passages():
            place = places.get((line.row.block.kind.value, passage.source))
            if place is not None:
                became |= self._pair([passage], [place])
        self._replace(became)

    def find_reworded(self, lang: str) -> None:
        fresh = [(line, passage) for line, passage in self.passages() if passage.earlier is None and passage.units]
        free = [place for place in range(len(self.old)) if place not in self.taken]
        before = [Piece(_words(self.old[p]), self.old[p].context, p, p - 1 not in self.taken and p > 0) for p in free]
        became: _Became = {}
        for pairing in matching.pair(before, list(self._pieces(fresh))):
            passages = [fresh[index][1] for index in pairing.new]
            became |= self._pair(passages, [free[index] for index in pairing.old], lang)
        self._replace(became)

    def find_other_cells(self) -> None:
        """Pair new cells between two that stood there already with as many between those that are gone."""
        places = {unit.key: place for place, unit in enumerate(self.old)}
        became: _Became = {}
        before, fresh = -1, list[Passage]()
        for line, passage in self.passages():
            kind = line.row.block.kind
            if kind.is_grid and passage.earlier is None and passage.units:
                fresh.append(passage)
                continue
            place = places.get(passage.earlier.key, -1) if passage.earlier else -1
            between = range(before + 1, place)
            if len(fresh) == len(between) and all(map(self._is_cell_that_is_gone, between)):
                for one, gone in zip(fresh, between, strict=True):
                    became |= self._pair([one], [gone])
            before, fresh = place, []
        self._replace(became)

    def _is_cell_that_is_gone(self, place: int) -> bool:
        context = self.old[place].context
        return place not in self.taken and context in set(Kind) and Kind(context).is_grid

    def _pieces(self, fresh: list[tuple[_OpenRow, Passage]]) -> Iterator[Piece]:
        """Yield the new passages, each with the place of the last one before it that stood there already."""
        place, before = -1.0, None
        wanted = {id(passage) for _, passage in fresh}
        place_of = {id(passage): place for place, passage in self.taken.items()}
        for line, passage in self.passages():
            if id(passage) in wanted:
                yield Piece(spoken(passage), line.row.block.kind.value, place, before is line)
                before = line
            else:
                place, before = place_of.get(id(passage), place), None

    def _pair(self, passages: list[Passage], places: list[int], lang: str = "") -> "_Became":
        """Say what passages were before; several that were one become one again, where the first of them stood."""
        units = [self.old[place] for place in places]
        now = passages[0] if len(passages) == 1 else _joined(passages, lang)
        now = replace(now, earlier=units[0] if len(units) == 1 else _one(units))
        self.taken.update(dict.fromkeys(places, now))
        return {id(passage): now if passage is passages[0] else None for passage in passages}

    def _replace(self, became: "_Became") -> None:
        for line in self.lines:
            line.passages = [now for one in line.passages if (now := became.get(id(one), one))]

    def put_back_what_is_gone(self) -> None:
        """Put every unit that is gone behind the one before it: into its row, or into a row of its own below."""
        line_of = {id(passage): line for line, passage in self.passages()}
        behind: dict[int, list[Passage]] = defaultdict(list)
        below: dict[int, list[_OpenRow]] = defaultdict(list)
        for place, unit in enumerate(self.old):
            if place in self.taken:
                continue
            gone = Passage("", " ", {}, unit)
            before = id(self.taken.get(place - 1))
            line = line_of.get(before)
            kind = Kind(unit.context) if unit.context in set(Kind) else Kind.PARAGRAPH
            if line is not None and line.row.block.kind is kind and kind in (Kind.PARAGRAPH, Kind.QUOTATION):
                behind[before].append(gone)
            else:
                above, line = line, _OpenRow(Row(Block(kind, unit.source, 0, 0), ()), [gone])
                below[id(above)].append(line)
            line_of[id(gone)] = line
            self.taken[place] = gone
        self.lines = list(_followed(self.lines, below, below[id(None)]))
        for line in self.lines:
            line.passages = list(_followed(line.passages, behind))


_Became = dict[int, Passage | None]
"""What has come in the place of passages, by their identity; None for one that was joined to another."""


def _followed(items: list[T], behind: Mapping[int, list[T]], first: Iterable[T] = ()) -> Iterator[T]:
    """Yield items, each with what belongs directly behind it, the last put there first."""
    waiting = [*reversed(items), *first]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += behind.get(id(item), ())


def _joined(passages: list[Passage], lang: str) -> Passage:
    units = [passage.units[lang] for passage in passages]
    state = min((unit.state for unit in units), key=list(type(units[0].state)).index)
    return replace(
        passages[0],
        source=" ".join(map(spoken, passages)),
        signs=None,
        around=(),
        tail=passages[-1].tail,
        units={lang: replace(_one(units), state=state)},
    )


def _one(units: list[Unit]) -> Unit:
    aloud = list(map(markup.unsigned, units))
    sources, targets = (" ".join(texts) for texts in zip(*((u.source, u.target) for u in aloud), strict=True))
    return replace(units[0], source=sources, target=targets, marks=())


def _words(unit: Unit) -> str:
    return markup.unsigned(unit).source


def spoken(passage: Passage) -> str:
    """Return the source of a passage without signs."""
    return passage.source if passage.signs is None else markup.plain(passage.source)
