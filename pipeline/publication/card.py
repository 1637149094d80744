"""A card for social sites: a picture of a text's title and issuer, in its language and in that of the original.

The original stands on the side of its script: Persian on the right.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from pipeline.languages.sections import Direction
from pipeline.publication import Published, Publisher
from pipeline.publication.panels import Box, TitlePanel, TypeSizes, panel, picture

FILE_NAME = "card.png"
"""Beside the page."""
WIDTH, HEIGHT = 1200, 630
"""Pixels: what social sites ask for (ogp.me leaves it open)."""

_MARGIN, _GAP = 72, 56
_TOP, _BOTTOM = 84, 552
_TYPE = TypeSizes((104, 94, 84, 76, 70, 64, 58, 53, 48, 44, 40, 36, 33, 30), 28)


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the card of a text that is not withdrawn, as a PNG."""
    between = WIDTH // 2, _TOP, WIDTH // 2, _BOTTOM
    return picture(published, publisher, partial(_columns, published, publisher), (WIDTH, HEIGHT), between)


def _columns(published: Published, publisher: Publisher, own: Mapping[str, bytes]) -> Iterator[TitlePanel]:
    """Yield the columns from the left to the right: one for a text that stands alone, else two."""
    date = published.date
    language, source = publisher.language(published.lang), publisher.language(published.source_lang)
    if published.stands_alone:
        whole = Box(_MARGIN, _TOP, WIDTH - _MARGIN, _BOTTOM)
        yield panel(language, published.text.title, published.issuer, date, whole, _TYPE, own)
        return
    middle = WIDTH // 2
    boxes = [Box(_MARGIN, _TOP, middle - _GAP, _BOTTOM), Box(middle + _GAP, _TOP, WIDTH - _MARGIN, _BOTTOM)]
    if source.direction is Direction.LTR:
        boxes.reverse()
    yield panel(language, published.text.title, published.issuer, date, boxes[0], _TYPE, own)
    yield panel(source, published.original.title, published.original_issuer, date, boxes[1], _TYPE, own)
