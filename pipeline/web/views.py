"""What the templates show of a document: its blocks with their sentences, in pages, and how far all of it is."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.app.reviewing import Desk
from pipeline.catalogue import readings
from pipeline.model import Block, Finding, Passage, Row, Severity, State, Unit
from pipeline.qa import marking
from pipeline.text import grid, markup
from pipeline.text.orthography import fold

ON_A_PAGE = 60
"""Sentences, after which a new page begins with the next block."""

SIGNS = {
    State.UNTRANSLATED: "○",
    State.MACHINE: "⚙",
    State.CHANGED: "≠",
    State.MEMORY: "≈",
    State.DOUBT: "?",
    State.TRANSLATED: "✎",
    State.REVIEWED: "✓",
    State.COPIED: "=",
}
"""Of states, so that colour alone says nothing."""


class Show(StrEnum):
    """Which sentences are asked for."""

    ALL = "all"
    UNTRANSLATED = "untranslated"
    DRAFTS = "drafts"
    DOUBT = "doubt"
    FINDINGS = "findings"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a document is asked for: a kind of sentences, words in them, and a page, counted from 1."""

    show: Show = Show.ALL
    words: str = ""
    page: int = 1

    @property
    def is_all(self) -> bool:
        return self.show is Show.ALL and not self.words.strip()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence on the page. Without a `unit` it is a rule or a line of signs; `name` is then empty.

    A repeated sentence is one unit: it can be opened where it `is_first` on the page.
    """

    source: str
    name: str = ""
    number: int = 0
    unit: Unit | None = None
    is_wanted: bool = True
    is_first: bool = True
    findings: Sequence[Finding] = ()

    @property
    def sign(self) -> str:
        return SIGNS[self.unit.state] if self.unit else ""

    @property
    def is_found(self) -> bool:
        """Whether something was found that is more than a hint: a hint shows where the sentence is open."""
        return are_told(self.findings)

    @property
    def has_target(self) -> bool:
        return bool(self.unit and self.unit.target)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block on the page, or a part of a long one: its sentences, or the lines of cells of a grid.

    `marked` is the block of the document, where its marker stands before it.
    """

    kind: str
    level: int = 0
    depth: int = 0
    marked: Block | None = None
    sentences: Sequence[SentenceView] = ()
    lines: Sequence[Sequence[SentenceView | None]] = ()
    head: int = 0

    @property
    def all(self) -> Iterator[SentenceView]:
        yield from self.sentences
        for line in self.lines:
            yield from (cell for cell in line if cell)


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of a document: its blocks, which of how many it is, and how many sentences are asked for in all."""

    blocks: Sequence[BlockView]
    number: int
    pages: int
    found: int


@dataclass
class Paging:
    """Lays a document out for a person, by what they ask for."""

    desk: Desk
    by: str
    findings: Callable[[Sequence[Unit]], Mapping[tuple[str, str], Sequence[Finding]]]
    own: Set[str] = frozenset()
    """Digests of what they translated, whatever its comments say."""
    _wanted: set[int] = field(default_factory=set)

    def page(self, wanted: Wanted, opened: str = "") -> PageView:
        """Return a page of what is asked for: that with an `opened` sentence, else the one of the number."""
        self._wanted = set(self.matching(wanted))
        if opened in self.desk.places:
            self._wanted.add(self.desk.places[opened])
        blocks = [block for block in self._blocks() if wanted.is_all or any(one.is_wanted for one in block.all)]
        pages = list(_in_pages(blocks))
        number = _page_of(pages, opened) or min(max(1, wanted.page), max(1, len(pages)))
        shown = pages[number - 1] if pages else []
        return PageView(list(self._finished(shown)), number, max(1, len(pages)), len(self._wanted))

    def matching(self, wanted: Wanted) -> Iterator[int]:
        """Yield the places of the sentences asked for."""
        words = fold(wanted.words).strip()
        all_found = self.findings(self.desk.units) if wanted.show is Show.FINDINGS else {}
        found = {key: findings for key, findings in all_found.items() if are_told(findings)}
        for place, unit in enumerate(self.desk.units):
            if self._is_of(unit, wanted.show, found) and (
                not words or words in fold(unit.source) or words in fold(unit.target)
            ):
                yield place

    def _is_of(self, unit: Unit, show: Show, found: Mapping[tuple[str, str], Sequence[Finding]]) -> bool:
        match show:
            case Show.UNTRANSLATED:
                return unit.state is State.UNTRANSLATED
            case Show.DRAFTS:
                return unit.state is State.MACHINE
            case Show.DOUBT:
                return unit.state in (State.CHANGED, State.MEMORY, State.DOUBT)
            case Show.APPROVE:
                may_read = not self.by or (readings.may_read(unit, self.by) and readings.digest(unit) not in self.own)
                return unit.state is State.TRANSLATED and may_read
            case Show.FINDINGS:
                return bool(found.get(unit.key))
        return True

    def next(self, name: str, wanted: Wanted, step: int = 1) -> str:
        """Return the name of the next sentence asked for, or of the one before; empty at the end."""
        here = self.desk.places.get(name, -1)
        places = [place for place in self.matching(wanted) if (place > here if step > 0 else place < here)]
        return self.desk.names[places[0 if step > 0 else -1]] if places else ""

    def next_unfinished(self, name: str) -> str:
        """Return the name of the next sentence that nobody stands behind, from the beginning again after the last."""
        here = self.desk.places.get(name, -1)
        open_places = [place for place, unit in enumerate(self.desk.units) if not unit.state.is_done]
        later = [place for place in open_places if place > here] or [place for place in open_places if place != here]
        return self.desk.names[later[0]] if later else ""

    def _blocks(self) -> Iterator[BlockView]:
        edition = self.desk.edition
        stated = (
            edition.title if edition.title_is_editorial else None,
            edition.issuer,
            edition.short_title,
            edition.place,
        )
        for passage in filter(None, stated):
            yield BlockView("stated", sentences=(self._sentence(passage),))
        for row in edition.rows:
            yield from self._parts(row)

    def _parts(self, row: Row) -> Iterator[BlockView]:
        """Yield the views of a block: a long one in several, so that a page ends."""
        block = row.block
        if block.kind.is_grid:
            lines = [
                [self._sentence(cell) if cell else None for cell in line]
                for line in grid.rows((passage, passage.tail) for passage in row.passages)
            ]
            width = max(map(len, lines), default=1)
            step = max(1, ON_A_PAGE // width)
            for start in range(0, len(lines), step):
                head = max(0, block.header_rows - start)
                yield BlockView(block.kind, lines=lines[start : start + step], head=head)
            return
        for start in range(0, len(row.passages), ON_A_PAGE):
            sentences = [self._sentence(passage) for passage in row.passages[start : start + ON_A_PAGE]]
            marked = block if block.marker and not start else None
            yield BlockView(block.kind, block.level, min(block.depth, 5), marked, sentences)

    def _sentence(self, passage: Passage) -> SentenceView:
        unit = next(iter(passage.units.values()), None)
        place = self.desk.by_key.get(unit.key) if unit else None
        if unit is None or place is None:
            return SentenceView(passage.source, is_wanted=False)
        return SentenceView(passage.source, self.desk.names[place], place + 1, unit, place in self._wanted)

    def _finished(self, blocks: Sequence[BlockView]) -> Iterator[BlockView]:
        """Yield the blocks of one page with the findings of their sentences, each sentence to be opened once."""
        units = {one.name: one.unit for block in blocks for one in block.all if one.unit}
        found = self.findings(list(units.values()))
        seen: set[str] = set()

        def finished(one: SentenceView) -> SentenceView:
            is_first = one.name not in seen
            seen.add(one.name)
            findings = found.get(one.unit.key, ()) if one.unit else ()
            return SentenceView(one.source, one.name, one.number, one.unit, one.is_wanted, is_first, findings)

        for block in blocks:
            sentences = [finished(one) for one in block.sentences]
            lines = [[finished(one) if one else None for one in line] for line in block.lines]
            yield BlockView(block.kind, block.level, block.depth, block.marked, sentences, lines, block.head)


def _in_pages(blocks: Sequence[BlockView]) -> Iterator[list[BlockView]]:
    page: list[BlockView] = []
    count = 0
    for block in blocks:
        page.append(block)
        count += sum(1 for _ in block.all)
        if count >= ON_A_PAGE:
            yield page
            page, count = [], 0
    if page:
        yield page


def _page_of(pages: Sequence[Sequence[BlockView]], name: str) -> int:
    if not name:
        return 0
    return next(
        (
            number
            for number, page in enumerate(pages, 1)
            if any(one.name == name for block in page for one in block.all)
        ),
        0,
    )


def counts(units: Sequence[Unit]) -> dict[State, int]:
    """Return how many units there are in each state, the farthest first; none that no unit is in."""
    return in_order(Counter(unit.state for unit in units))


def in_order(found: Mapping[State, int]) -> dict[State, int]:
    """Return counts of states with the farthest first, without those that are none."""
    return {state: found[state] for state in reversed(SIGNS) if found.get(state)}


def bars(found: Mapping[State, int]) -> list[tuple[State, float, float]]:
    """Return for each state where its part of a bar begins and how wide it is, in per cent."""
    total, start, parts = sum(found.values()), 0.0, []
    for state, count in found.items():
        width = 100 * count / total
        parts.append((state, round(start, 3), round(width, 3)))
        start += width
    return parts


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of a sentence: how its words look, and whether it `is_sign`, such as {1} for a note."""

    text: str
    tag: str = ""
    is_sign: bool = False


def pieces(text: str, *, has_marks: bool) -> list[PieceView]:
    """Return a sentence as it looks, with the numbers of its signs; without marks it is one piece."""
    if not has_marks:
        return [PieceView(text)] if text else []
    found = []
    for span in markup.read(text):
        if span.number:
            found.append(PieceView(f"{{{span.number}}}", is_sign=True))
            continue
        styles = {style.value for style in span.styles}
        found.append(PieceView(span.text, "strong" if "strong" in styles else "em" if styles else ""))
    return found


def are_told(findings: Sequence[Finding]) -> bool:
    """Whether there are findings that are told unasked."""
    return any(finding.severity.weighs(Severity.WARNING) for finding in findings)


def marked(text: str, findings: Sequence[Finding]) -> list[marking.Part]:
    """Return a text in pieces, of which those are marked that findings are about."""
    return marking.parts(text, findings)
