"""Documents of Word and LibreOffice, by what they are: from what they show to a Document."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import looks, paragraphs, pictures
from pipeline.document.corrections import PARAGRAPH, Corrections
from pipeline.document.formats import _opendocument, _word
from pipeline.document.formats._lines import ShownText
from pipeline.document.lines import Correction
from pipeline.document.paragraphs import Paragraph
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_IN_A_PARAGRAPH, MOST_LINES
from pipeline.model import Block, Document, Kind
from pipeline.office import archive, xml


def read(content: bytes, name: str, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in a file, by what it is; raise DocumentError, with the name of the file, when it is none."""
    try:
        found = archive.require(content)
        reading = _reading(content, found)
    except archive.OfficeError as error:
        raise DocumentError(f"{name}: {error}") from None
    except xml.XmlError as error:
        raise DocumentError(f"{name}: {error}; open it in LibreOffice or Word and save it again") from None
    recognised = _trimmed(looks.recognised(reading.lines, language))
    if not any(paragraph.text for paragraph in recognised):
        raise DocumentError(f"{name}: the document is empty; enter its text, or delete the file")
    _require_short(recognised, name)
    blocks = paragraphs.blocks(
        recognised, language, corrections.blocks_within(len(recognised), f"{id}.toml", PARAGRAPH)
    )
    blocks = tuple(_as_it_looks(blocks, recognised, corrections.blocks))
    blocks, kept = pictures.taken(blocks, lambda names: archive.parts(content, names))
    lost = sum(block.kind is Kind.IMAGE and not block.picture for block in blocks)
    remarks = [*_renamed(name, found), *reading.losses.said(name), *_without_picture(name, lost)]
    digest = hashlib.sha256(content).hexdigest()
    return Document(id, language, corrections.meta, blocks, digest, tuple(remarks), counted=PARAGRAPH, pictures=kept)


def _without_picture(name: str, count: int) -> Iterator[str]:
    if count:
        yield f"{name}: of {count} pictures the alternative text is printed: they are too large, or no PNG, JPEG or GIF"


def _as_it_looks(
    blocks: Sequence[Block], given: Sequence[Paragraph], corrected: Sequence[Correction]
) -> Iterator[Block]:
    """Where headings show by their style or look, take what only its place would make one for a paragraph."""
    has_headings = any(paragraph.kind is Kind.HEADING for paragraph in given)
    stated = {one.first for one in corrected}
    for block in blocks:
        is_guessed = block.kind is Kind.HEADING and given[block.first - 1].kind is None and block.first not in stated
        yield replace(block, kind=Kind.PARAGRAPH, level=0) if has_headings and is_guessed else block


def _reading(content: bytes, found: str) -> ShownText:
    if found == archive.WORD:
        return _word.shown(content)
    if found == archive.OPEN_DOCUMENT:
        return _opendocument.shown(content)
    raise archive.OfficeError("it is an EPUB book; give its name the ending .epub")


_ENDINGS = {archive.WORD: (".docx", ".docm", ".dotx"), archive.OPEN_DOCUMENT: (".odt", ".ott")}


def _renamed(name: str, found: str) -> Iterator[str]:
    if not name.lower().endswith(_ENDINGS[found]):
        yield f"{name}: read as the {found} that it is"


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
        if len(paragraph.text) > MOST_IN_A_PARAGRAPH and paragraph.kind is not Kind.TABLE:
            raise DocumentError(
                f"{name}:{number}: a paragraph of more than {MOST_IN_A_PARAGRAPH:,} characters; divide it"
            )
