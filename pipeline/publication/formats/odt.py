"""An OpenDocument text for partners who edit a text again: the translation alone."""

from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _opendocument
from pipeline.publication.formats._opendocument import package

SUFFIX = ".odt"
MEDIA_TYPE = package.MEDIA_TYPE


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the text; raise RenderError for a picture that is damaged."""
    return _opendocument.alone(published, publisher)
