"""A book for e-readers and phones (EPUB 3), in the language of the text."""

from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _epub, _metadata, _package

SUFFIX = ".epub"
MEDIA_TYPE = _package.MEDIA_TYPE


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the book; its identifier is the digest of its text. Raise RenderError when a picture is damaged."""
    return _epub.made(published, publisher, [published.text], _metadata.urn(published.text_sha256))
