"""Documents of Word and LibreOffice, by what they are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _document, _opendocument, _word
from pipeline.document.formats._lines import ShownText
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.model import Document
from pipeline.office import archive, filetypes, xml


def read(content: bytes, name: str, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in a file, by what it is; raise DocumentError, with the name of the file, when it is none."""
    with _uncollected():
        return _read(content, name, id, language, corrections)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have Python look for no garbage meanwhile: what is read is kept, and looking through it takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(content: bytes, name: str, id: str, language: Language, corrections: Corrections) -> Document:
    try:
        found = filetypes.require(content)
        reading = _reading(content, found)
    except archive.OfficeError as error:
        raise DocumentError(f"{name}: {error}") from None
    except xml.XmlError as error:
        raise DocumentError(f"{name}: {error}; open it in LibreOffice or Word and save it again") from None
    reading.parts = partial(archive.parts, content)
    return _document.document(reading, content, name, id, language, corrections)


def _reading(content: bytes, found: str) -> ShownText:
    if found == archive.WORD:
        return _word.shown(content)
    if found == archive.OPEN_DOCUMENT:
        return _opendocument.shown(content)
    raise archive.OfficeError("it is an EPUB book; give its name the ending .epub")
