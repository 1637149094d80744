"""Files in which a published text is to be had: each plug-in here is a Format, named as people ask for it."""

from typing import Protocol

from pipeline.errors import UsageError
from pipeline.plugins import Plugins
from pipeline.publication import Published, Publisher


class Format(Protocol):
    """How a published text becomes one file. The same text always becomes the same bytes."""

    SUFFIX: str
    """What its file name ends with, without the document's id and language: «.epub», «.fa.docx»."""

    MEDIA_TYPE: str

    def made(self, published: Published, publisher: Publisher) -> bytes:
        """Return the file of a text that is not withdrawn; raise RenderError when it cannot be made."""


PDF = "pdf"
"""A format that is not made here: the released file is published as it is."""

_FORMATS: Plugins[Format] = Plugins("publication.formats")


def names() -> tuple[str, ...]:
    """Return the names of all formats, as people write them: «html-fragment»."""
    return tuple(map(written, _FORMATS.names()))


def written(name: str) -> str:
    """Return the name of a format as people write it."""
    return name.replace("_", "-")


def load(name: str) -> Format:
    """Return a format, written as people write it or as its module is; raise UsageError when there is none."""
    if written(name) not in names():
        raise UsageError(f"format {name!r} is unknown; choose one of: {', '.join(names())}")
    return _FORMATS.load(name.replace("-", "_"))
