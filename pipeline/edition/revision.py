"""Edition + an earlier catalogue → the same edition with what stood there before, and what is gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.catalogue import matching
from pipeline.catalogue.leverage import ISSUER, TITLE
from pipeline.catalogue.matching import Piece
from pipeline.model import Block, Catalogue, Edition, Kind, Passage, Row, Unit


def compare(edition: Edition, earlier: Catalogue, since: str) -> Edition:
    """Return an edition in two languages, each passage with its `earlier` unit.

    Sentences that were reworded, split or joined are found as they are in a merge. What left
    the document stands behind what it followed, as passages without a source.
    """
    lang = earlier.target_lang
    apart = (TITLE, ISSUER) if edition.title_is_editorial else (ISSUER,)
    old = [unit for unit in earlier.units if unit.context not in apart]
    pages = _Pages([_OpenRow(row, list(row.passages)) for row in edition.rows], old)
    pages.find_unchanged()
    pages.find_reworded(lang)
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
        for line, passage in list(self.passages()):
            place = places.get((line.row.block.kind.value, passage.source))
            if place is not None:
                self._set(line, [passage], [place])

    def find_reworded(self, lang: str) -> None:
        fresh = [(line, passage) for line, passage in self.passages() if passage.earlier is None and passage.units]
        free = [place for place in range(len(self.old)) if place not in self.taken]
        before = [Piece(self.old[p].source, self.old[p].context, p, p - 1 in free) for p in free]
        for pairing in matching.pair(before, list(self._pieces(fresh))):
            places = [free[index] for index in pairing.old]
            # Sentences of one pairing follow each other, so all of them stand in one row.
            self._set(fresh[pairing.new[0]][0], [fresh[index][1] for index in pairing.new], places, lang)

    def _pieces(self, fresh: list[tuple[_OpenRow, Passage]]) -> Iterator[Piece]:
        """Yield the new passages, each with the place of the last one before it that stood there already."""
        place, before = -1.0, None
        wanted = {id(passage) for _, passage in fresh}
        place_of = {id(passage): place for place, passage in self.taken.items()}
        for line, passage in self.passages():
            if id(passage) in wanted:
                yield Piece(passage.source, line.row.block.kind.value, place, before is line)
                before = line
            else:
                place, before = place_of.get(id(passage), place), None

    def _set(self, line: _OpenRow, passages: list[Passage], places: list[int], lang: str = "") -> None:
        """Say what passages were before; several that were one become one again."""
        units = [self.old[place] for place in places]
        now = passages[0] if len(passages) == 1 else _joined(passages, lang)
        now = replace(now, earlier=units[0] if len(units) == 1 else _one(units))
        at = next(index for index, passage in enumerate(line.passages) if passage is passages[0])
        line.passages[at : at + len(passages)] = [now]
        self.taken.update(dict.fromkeys(places, now))

    def put_back_what_is_gone(self) -> None:
        for place, unit in enumerate(self.old):
            if place in self.taken:
                continue
            gone = Passage("", " ", {}, unit)
            line, at = self._behind(place)
            kind = Kind(unit.context) if unit.context in set(Kind) else Kind.PARAGRAPH
            if line is not None and line.row.block.kind is kind and kind in (Kind.PARAGRAPH, Kind.QUOTATION):
                line.passages.insert(at, gone)
            else:
                new = _OpenRow(Row(Block(kind, unit.source, 0, 0), ()), [gone])
                self.lines.insert(0 if line is None else self.lines.index(line) + 1, new)
            self.taken[place] = gone

    def _behind(self, place: int) -> tuple[_OpenRow | None, int]:
        """Return where a unit that is gone belongs: behind the one before it."""
        before = self.taken.get(place - 1)
        for line in self.lines:
            for index, passage in enumerate(line.passages):
                if passage is before:
                    return line, index + 1
        return None, 0


def _joined(passages: list[Passage], lang: str) -> Passage:
    units = [passage.units[lang] for passage in passages]
    state = min((unit.state for unit in units), key=list(type(units[0].state)).index)
    return replace(
        passages[0],
        source=" ".join(passage.source for passage in passages),
        tail=passages[-1].tail,
        units={lang: replace(_one(units), state=state)},
    )


def _one(units: list[Unit]) -> Unit:
    sources, targets = (" ".join(texts) for texts in zip(*((u.source, u.target) for u in units), strict=True))
    return replace(units[0], source=sources, target=targets)
