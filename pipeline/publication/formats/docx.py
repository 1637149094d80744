"""A Word document for partners who edit a text again: the translation alone."""

from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _word, _wordpackage

SUFFIX = ".docx"
MEDIA_TYPE = _wordpackage.MEDIA_TYPE


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the document; raise RenderError for a picture that is damaged."""
    return _word.alone(published, publisher)
