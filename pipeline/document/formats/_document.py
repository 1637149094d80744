"""Lines that a format shows → a Document: what formats with styles share."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.document import looks, paragraphs, pictures
from pipeline.document.corrections import Corrections
from pipeline.document.formats import _unread
from pipeline.document.formats._lines import ShownText
from pipeline.document.lines import Correction
from pipeline.document.paragraphs import Paragraph
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_IN_A_PARAGRAPH, MOST_LINES
from pipeline.model import PARAGRAPH, Block, Document, Kind
from pipeline.office.archive import OfficeError


def document(
    reading: ShownText,
    content: bytes,
    name: str,
    id: str,
    language: Language,
    corrections: Corrections,
    remarks: Iterable[str] = (),
) -> Document:
    """Return the document that shows these lines, as corrected, made of a file of this name and content.

    Raises DocumentError when there are none, too many, or one that is too long.
    """
    recognised = _trimmed(looks.recognised(reading.lines, language))
    if not any(paragraph.text.strip() for paragraph in recognised):  # no-break spaces are no text
        raise DocumentError(f"{name}: the document is empty; enter its text, or delete the file")
    _require_short(recognised, name)
    blocks = paragraphs.blocks(
        recognised, language, corrections.blocks_within(len(recognised), f"{id}.toml", PARAGRAPH)
    )
    parts = (lambda names: {}) if reading.losses.may_be_covered else reading.parts
    try:
        blocks, kept = pictures.taken(tuple(_as_it_looks(blocks, recognised, corrections.blocks)), parts)
    except OfficeError as error:
        raise DocumentError(f"{name}: {error}") from None
    unread = (f"{name}: {one}" for one in _unread.said(reading.held, blocks, reading.losses.told))
    said = (*remarks, *reading.losses.said(name), *_without_picture(name, blocks), *unread)
    digest = hashlib.sha256(content).hexdigest()
    return Document(id, language, corrections.meta, blocks, digest, said, counted=PARAGRAPH, pictures=kept)


def _without_picture(name: str, blocks: Sequence[Block]) -> Iterator[str]:
    if count := sum(block.kind is Kind.IMAGE and not block.picture for block in blocks):
        reasons = (
            "they are not in the file, cut or coloured or covered there, too large or too many, or no PNG, JPEG or GIF"
        )
        yield f"{name}: pictures of which the alternative text is printed: {count}; {reasons}"


def _as_it_looks(
    blocks: Sequence[Block], given: Sequence[Paragraph], corrected: Sequence[Correction]
) -> Iterator[Block]:
    """Where headings show by their style or look, take what only its place would make one for a paragraph."""
    has_headings = any(paragraph.kind is Kind.HEADING for paragraph in given)
    stated = {one.first for one in corrected}
    for block in blocks:
        is_guessed = block.kind is Kind.HEADING and given[block.first - 1].kind is None and block.first not in stated
        yield replace(block, kind=Kind.PARAGRAPH, level=0) if has_headings and is_guessed else block


def _trimmed(given: Sequence[Paragraph]) -> list[Paragraph]:
    """Return paragraphs without empty ones at the ends and beside each other."""
    kept: list[Paragraph] = []
    for paragraph in given:
        if paragraph.text or (kept and kept[-1].text):
            kept.append(paragraph)
    return kept[:-1] if kept and not kept[-1].text else kept


def _require_short(given: Sequence[Paragraph], name: str) -> None:
    if len(given) > MOST_LINES:
        raise DocumentError(f"{name}: more than {MOST_LINES:,} paragraphs; divide it into several documents")
    for number, paragraph in enumerate(given, 1):
        # Each cell is a sentence.
        is_table = paragraph.kind is Kind.TABLE
        longest = max(map(len, re.split("[\t\n]", paragraph.text))) if is_table else len(paragraph.text)
        if longest > MOST_IN_A_PARAGRAPH:
            what = "a cell of a table with" if is_table else "a paragraph of"
            raise DocumentError(f"{name}:{number}: {what} more than {MOST_IN_A_PARAGRAPH:,} characters; divide it")
