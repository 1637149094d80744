"""What formats with styles give: paragraphs with marks → blocks, as plain text is read where the format is silent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.document import structure
from pipeline.document.lines import Correction
from pipeline.languages import Language
from pipeline.model import Block, Kind, Mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as a format has it; `kind` is None where the format does not tell.

    The text is as it is shown: single spaces between words, `LINE_BREAK` for a line end inside, tabs and line ends
    between the cells and rows of a grid. `likely` is what it looks like where neither the format nor its words tell.
    `picture` is the part of the file that holds it; the other fields are those of a Block.
    """

    text: str
    kind: Kind | None = None
    level: int = 0
    depth: int = 0
    marker: str = ""
    ordinal: int | None = None
    header_rows: int = 0
    marks: tuple[Mark, ...] = ()
    picture: str = ""
    likely: Kind | None = None


def blocks(
    paragraphs: Sequence[Paragraph], language: Language, corrections: Sequence[Correction] = ()
) -> tuple[Block, ...]:
    """Return the blocks of a document's paragraphs, numbered from 1.

    What no format tells is read as lines of plain text are. Paragraphs that are one block by that reading, such as
    the label and the value of a contact, become one with a tab between them. An editor's correction goes before all.
    """
    corrected = {number for one in corrections for number in range(one.first, one.last + 1)}
    known = [
        Correction(paragraph.kind, number, number, paragraph.level, paragraph.depth, paragraph.header_rows)
        for number, paragraph in enumerate(paragraphs, 1)
        if paragraph.kind and number not in corrected
    ]
    lines = [" ".join(paragraph.text.split()) for paragraph in paragraphs]
    likely = {number: one.likely for number, one in enumerate(paragraphs, 1) if one.likely}
    stated = sorted([*known, *corrections], key=lambda one: one.first)
    proposed = structure.propose(lines, language, stated, is_plain=False, likely=likely)
    return tuple(_block(block, paragraphs[block.first - 1 : block.last]) for block in proposed)


def _block(proposed: Block, paragraphs: Sequence[Paragraph]) -> Block:
    """Return a block with the text and the marks its paragraphs have."""
    first = paragraphs[0]
    text = ""
    marks: list[Mark] = []
    for paragraph in paragraphs:
        at = len(text) + bool(text)
        text = f"{text}\t{paragraph.text}" if text else paragraph.text
        marks += _moved(paragraph.marks, at)
    gone = _place_of_rest(text, proposed.text) if proposed.marker and not first.marker else 0
    return replace(
        proposed,
        text=text[gone:],
        marker=first.marker or proposed.marker,
        ordinal=first.ordinal if first.marker else proposed.ordinal,
        depth=first.depth if first.depth and first.kind is None else proposed.depth,
        marks=tuple(_moved(marks, -gone)),
        picture=first.picture if proposed.kind is Kind.IMAGE else "",
    )


def _place_of_rest(text: str, rest: str) -> int:
    """Return where the rest of a text begins, which has single spaces where the text may have several, or others."""
    place, letters = len(text), sum(map(len, rest.split()))
    while letters:
        place -= 1
        letters -= not text[place].isspace()
    return place


def _moved(marks: Sequence[Mark], by: int) -> Sequence[Mark]:
    """Return marks so many characters further on; those before the beginning are gone."""
    if not by:
        return marks
    return [replace(one, start=max(one.start + by, 0), end=one.end + by) for one in marks if one.end + by > 0]
