"""The cover of a book: a picture of its title and issuer, in its language and, below that, in that of the original."""

from collections.abc import Iterator, Mapping
from functools import partial

from pipeline.publication import Published, Publisher
from pipeline.publication.panels import Box, TitlePanel, TypeSizes, panel, picture
from pipeline.text.printable import plain

WIDTH, HEIGHT = 800, 1200
"""Pixels: enough for the shelf of a tablet; a book of a few pages need not be larger for its cover."""

_MARGIN, _TOP, _MIDDLE, _BOTTOM = 72, 96, 600, 1112
_GAP = 48
_TYPE = TypeSizes((104, 94, 84, 76, 70, 64, 58, 53, 48, 44, 40, 36, 33, 30), 28)
"""As on cards, so that words are drawn once for both."""


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the cover of a text, as a PNG."""
    between = _MARGIN, _MIDDLE, WIDTH - _MARGIN, _MIDDLE
    return picture(published, publisher, partial(_panels, published, publisher), (WIDTH, HEIGHT), between)


def _panels(published: Published, publisher: Publisher, own: Mapping[str, bytes]) -> Iterator[TitlePanel]:
    """Yield the panels from the top down: one for a text that stands alone, else two."""
    language, date = publisher.language(published.lang), published.date
    last = _BOTTOM if published.stands_alone else _MIDDLE - _GAP
    title = published.text.title or published.document_id
    yield panel(language, title, published.issuer, date, Box(_MARGIN, _TOP, WIDTH - _MARGIN, last), _TYPE, own)
    if not published.stands_alone:
        box = Box(_MARGIN, _MIDDLE + _GAP, WIDTH - _MARGIN, _BOTTOM)
        source = publisher.language(published.source_lang)
        yield panel(source, published.original.title, published.original_issuer, date, box, _TYPE, own)


def words(published: Published) -> str:
    """Return what stands on a cover, for whoever does not see it."""
    said = [published.text.title or published.document_id, published.issuer]
    if not published.stands_alone:
        said += [published.original.title, published.original_issuer]
    return plain(" · ".join(filter(None, said)))
