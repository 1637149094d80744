"""A seminar's own pages, its speeches and its terms → one edition, to be printed as a handout."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.languages import Language
from pipeline.model import Block, Edition, Kind, Passage, Row, State, Unit

_DEEPEST = 6


def build(
    programme: Edition, speeches: Sequence[Edition], terms: Sequence[tuple[str, str]], target: Language
) -> Edition:
    """Return an edition in two languages: the programme, each speech below its title, and a glossary.

    `terms` are of the source language, with their rendering in the other.
    """
    rows = [*programme.rows]
    for speech in speeches:
        rows += _speech(speech)
    if terms:
        rows += _glossary(terms, programme.document.language, target)
    # Places in the file say nothing here: there are several.
    numbered = tuple(
        Row(replace(row.block, first=number, last=number), row.passages) for number, row in enumerate(rows, 1)
    )
    pictures = {name: content for one in speeches for name, content in one.document.pictures.items()}
    blocks = tuple(row.block for row in numbered)
    document = replace(programme.document, blocks=blocks, pictures=programme.document.pictures | pictures)
    return replace(programme, document=document, rows=numbered)


def _speech(speech: Edition) -> Iterator[Row]:
    """Yield the rows of a speech, its title and headings below those of the programme."""
    if speech.title_is_editorial or not any(row.block.kind is Kind.TITLE for row in speech.rows):
        yield Row(_heading(speech.title.source, 2), (speech.title,))
    is_first = not speech.title_is_editorial
    for row in speech.rows:
        block = row.block
        if block.kind is Kind.TITLE:
            block = replace(block, kind=Kind.HEADING, level=2 if is_first else 3)
            is_first = False
        elif block.kind is Kind.HEADING:
            block = replace(block, level=min(max(block.level, 2) + 1, _DEEPEST))
        yield Row(block, row.passages)


def _glossary(terms: Sequence[tuple[str, str]], source: Language, target: Language) -> Iterator[Row]:
    title = _agreed("heading", source.seminar.glossary, target.seminar.glossary, target)
    yield Row(_heading(source.seminar.glossary, 2), (title,))
    passages = [_agreed("table", term, rendering, target, "\n") for term, rendering in terms]
    passages[-1] = replace(passages[-1], tail="")
    text = "\n".join(term for term, _ in terms)
    yield Row(Block(Kind.TABLE, text, 1, 1), tuple(passages))


def _agreed(context: str, source: str, text: str, target: Language, tail: str = "") -> Passage:
    """Return what needs no translator: a term of the termbase, or a heading."""
    return Passage(source, tail, {target.code: Unit(context, source, text, State.COPIED)})


def _heading(text: str, level: int) -> Block:
    return Block(Kind.HEADING, text, 1, 1, level=level)
