"""Edition → what a reader reads of it in one language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from pipeline.catalogue.po import disclosure
from pipeline.document.contacts import is_contact_value
from pipeline.edition import circumstances, counting, direction, house, statements
from pipeline.edition.content import Phrase, StyledRun, TextBlock, TextContent, Words, is_link
from pipeline.edition.design import Theme
from pipeline.edition.revision import spoken
from pipeline.languages import Language
from pipeline.model import LINE_BREAK, Block, Edition, Kind, Mark, MarkKind, Passage, Row
from pipeline.text import grid, markup, stops
from pipeline.text.orthography import fold, western_digits
from pipeline.text.printable import safe
from pipeline.text.segment import addresses

_SPACES = re.compile(" {2,}")


def read(edition: Edition, language: Language, theme: Theme | None = None) -> TextContent:
    """Return what is read of an edition in one of its languages, in the house style of a theme."""
    source, *targets = edition.languages
    about = [language] if language.code != source.code else targets
    issuer, number, dateline = _above(edition, language)
    return TextContent(
        language.code,
        circumstances.title(edition, language),
        edition.title_is_editorial,
        issuer,
        number,
        dateline,
        tuple(_LanguageReader(edition, language, theme or Theme()).blocks()),
        tuple(statements.of(edition, language, about, has_editorial=bool(number or dateline))),
    )


def _above(edition: Edition, language: Language) -> tuple[str, str, str]:
    """Return the issuer, unless the head of the document names it already; the number; place and date."""
    head = takewhile(lambda row: row.block.kind in (Kind.TITLE, *circumstances.GOING_ON), edition.rows)
    named = edition.issuer and any(fold(edition.issuer.source) in fold(row.block.text) for row in head)
    issuer = "" if named else circumstances.issuer(edition, language)
    return issuer, circumstances.number(edition, language), circumstances.dateline(edition, language)


def label_first(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages of a contact line, label before value, whatever order the source has them in."""
    ordered = sorted(passages, key=lambda passage: is_contact_value(spoken(passage)))
    return [replace(passage, tail=" ") for passage in ordered]


class _LanguageReader:
    """An edition, read in one language."""

    def __init__(self, edition: Edition, language: Language, theme: Theme) -> None:
        self.edition, self.language, self.theme = edition, language, theme
        self.is_source = language.code == edition.document.lang
        self.notes: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(edition.rows):
            if row.block.kind is Kind.NOTE:
                self.notes[row.block.marker].append(number)

    def blocks(self) -> Iterator[TextBlock]:
        for number, row in enumerate(self.edition.rows):
            kind = row.block.kind
            if kind is Kind.SEPARATOR:
                yield TextBlock(number, kind)
            elif kind is Kind.SLOGAN:
                yield from (self._block(number, row.block, [passage]) for passage in row.passages)
            elif kind is Kind.CONTACT:
                yield self._block(number, row.block, label_first(row.passages))
            elif kind.is_grid:
                yield self._grid(number, row)
            else:
                yield self._block(number, row.block, row.passages)

    def _block(self, number: int, block: Block, passages: Sequence[Passage]) -> TextBlock:
        marker = safe(counting.marker(block, self.language, is_source=self.is_source)) if block.marker else ""
        return TextBlock(
            number,
            block.kind,
            self.words(passages),
            block.level,
            block.depth,
            marker,
            block.ordinal,
            picture=block.picture,
            remarks=self._remarks(passages),
        )

    def _grid(self, number: int, row: Row) -> TextBlock:
        lines = grid.rows((passage, passage.tail) for passage in row.passages)
        cells = tuple(tuple(self.words([passage] if passage else []) for passage in line) for line in lines)
        heads = row.block.header_rows
        return TextBlock(number, row.block.kind, lines=cells, header_rows=heads, remarks=self._remarks(row.passages))

    def _remarks(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """Return the notes that translators want to be printed, each once."""
        units = (passage.units[self.language.code] for passage in passages if self.language.code in passage.units)
        comments = (comment for unit in units for comment in unit.notes)
        starts = ((comment, disclosure.NOTE.match(comment)) for comment in comments)
        return tuple(dict.fromkeys(safe(comment[start.end() :]) for comment, start in starts if start))

    def words(self, passages: Sequence[Passage]) -> Words:
        runs: list[StyledRun] = []
        for passage in passages:
            runs += self._runs(passage)
            if passage is not passages[-1]:
                unit = passage.units.get(self.language.code)
                gap = passage.tail if self.is_source else stops.gap(unit.target if unit else passage.source)
                runs.append(
                    StyledRun("", is_break=True) if LINE_BREAK in passage.tail else StyledRun(_on_one_line(gap))
                )
        return tuple(_phrases(_joined(runs), self.language.direction))

    def _runs(self, passage: Passage) -> Iterator[StyledRun]:
        unit = passage.units.get(self.language.code)
        text = house.styled(_on_one_line(unit.target if unit else passage.source), self.language, self.theme)
        spans = [markup.Span(text)] if passage.signs is None else markup.read(text)
        known = dict(enumerate(passage.signs or (), 1))
        for span in spans:
            marks = [*passage.around, *(known[number] for number in span.around if number in known)]
            styles = {mark.kind for mark in marks if mark.kind is not MarkKind.LINK} | span.styles
            link = next((mark.value for mark in marks if mark.kind is MarkKind.LINK and is_link(mark.value)), "")
            if not span.number:
                yield StyledRun(span.text, tuple(sorted(styles)), link)
            elif span.number in known:
                yield from self._place(known[span.number])

    def _place(self, mark: Mark) -> Iterator[StyledRun]:
        """Yield a line end, or a reference to a note; where several notes have one marker, each has its own."""
        if mark.kind is MarkKind.BREAK:
            yield StyledRun("", is_break=True)
        elif mark.kind is MarkKind.NOTE:
            notes = self.notes[mark.value]
            note = notes.pop(0) if len(notes) > 1 else next(iter(notes), -1)
            shown = counting.note(mark.value, self.language)
            yield StyledRun(shown, note=note) if note >= 0 else StyledRun(shown, (MarkKind.SUPERSCRIPT,))


def _on_one_line(text: str) -> str:
    """Return a text whose line ends, where its source was broken at a fixed width, are spaces."""
    return _SPACES.sub(" ", safe(text).replace("\n", " "))


def _joined(runs: Iterable[StyledRun]) -> list[StyledRun]:
    """Return runs of which neighbours in one style are one."""
    joined: list[StyledRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and not (last.is_break or run.is_break or last.note >= 0) and replace(last, text=run.text) == run:
            joined[-1] = replace(last, text=last.text + run.text)
        elif run.text or run.is_break:
            joined.append(run)
    return joined


def _phrases(runs: Sequence[StyledRun], around: str) -> Iterator[Phrase]:
    """Yield runs with addresses as links, and with what reads in the other direction set apart as a whole.

    «H₂O» in a Persian sentence has three runs, which would stand in the order of Persian.
    """
    text = "".join(_read(run) for run in runs)
    links = {found.span(): address_of(found[0]) for found in addresses(western_digits(text))}
    apart = _apart(text, around)
    bounds = sorted({place for start, end, _ in apart for place in (start, end)})
    cuts = sorted({*bounds, *(place for link in links for place in link)})
    open_runs: list[StyledRun] = []
    at, inside = 0, ""
    for run in runs:
        for part, start in _cut(run, at, cuts):
            its = next((way for first, last, way in apart if first <= start < last), "") if _read(part) else inside
            if open_runs and (its != inside or start in bounds):
                yield Phrase(tuple(open_runs), inside)
                open_runs = []
            inside = its
            link = links.get((start, start + len(part.text)), "")
            open_runs.append(replace(part, link=link) if link and not part.link and part.note < 0 else part)
        at += len(_read(run))
    if open_runs:
        yield Phrase(tuple(open_runs), inside)


def _read(run: StyledRun) -> str:
    """Return the words of a run; a reference is none of the words around it."""
    return "" if run.note >= 0 else run.text


def _apart(text: str, around: str) -> list[tuple[int, int, str]]:
    """Return where something reads in a direction of its own; what overlaps is one."""
    other = "ltr" if around == "rtl" else "rtl"
    found = [(start, end, other) for start, end in direction.runs(text, around)]
    wholes = [(one.start, one.end, one.direction) for one in direction.wholes(text, around) if one.is_number]
    apart = [one for one in wholes if not any(start <= one[0] and one[1] <= end for start, end, _ in found)]
    return sorted([*found, *apart])


def _cut(run: StyledRun, at: int, cuts: Sequence[int]) -> Iterator[tuple[StyledRun, int]]:
    """Yield the parts of a run that begins at a place of the text, each with its own place."""
    end = at + len(_read(run))
    inner = [at, *(cut for cut in cuts if at < cut < end), end]
    for first, last in pairwise(inner):
        yield (replace(run, text=run.text[first - at : last - at]) if last > first else run), first


def address_of(words: str) -> str:
    """Return where an address leads that stands in a text; nothing where that is no place."""
    if "@" in words:
        return f"mailto:{words}"
    address = words if words.startswith(("http://", "https://")) else f"https://{words}"
    return address if is_link(address) else ""
