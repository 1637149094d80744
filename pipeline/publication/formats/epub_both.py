"""A book for e-readers and phones (EPUB 3) in which every paragraph of the original is followed by its translation."""

import uuid

from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _epub, _package

SUFFIX = ".both.epub"
MEDIA_TYPE = _package.MEDIA_TYPE


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the book; an original has its language alone. Raise RenderError when a picture is damaged.

    An e-reader would take two books with one identifier for the same: this one's follows from those of both texts.
    """
    texts = [published.text] if published.is_original else [published.original, published.text]
    names = ":".join([published.lang, published.text_sha256, published.source_sha256])
    return _epub.made(published, publisher, texts, uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sha256:{names}").urn)
