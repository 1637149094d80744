"""A Word document for partners who edit a text again: the translation alone."""

from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _word
from pipeline.publication.formats._word import package

SUFFIX = ".docx"
MEDIA_TYPE = package.MEDIA_TYPE


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the document; raise RenderError for a picture that is damaged."""
    return _word.alone(published, publisher)
