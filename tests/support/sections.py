"""A section of a website with every kind of page, written to a folder."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.publication import PlannedFile, Published, Publisher, Standing, site
from pipeline.publication.site import checking
from tests.support.published import PUBLISHER, published


def texts() -> list[Published]:
    """Return a document in three languages, the French text stale and corrected, and one that is withdrawn."""
    english = published("en")
    return [
        published("fa"),
        english,
        published("fr", standing=Standing.STALE, replaces="2026-01-02"),
        replace(english, document_id="gone", standing=Standing.WITHDRAWN, reason="It was <b>wrong</b>.", stamp="gone"),
    ]


def made(its: Sequence[Published], publisher: Publisher = PUBLISHER, **options) -> dict[str, bytes]:
    """Return the files of a section by path; fonts are made once."""
    files = site.pages(its, publisher, **options)
    return {file.path: _once(file) if file.path.endswith(".woff2") else file.make() for file in files}


_FONTS: dict[str, bytes] = {}


def _once(font: PlannedFile) -> bytes:
    if font.path not in _FONTS:
        _FONTS[font.path] = font.make()
    return _FONTS[font.path]


@cache
def usual() -> dict[str, bytes]:
    return made(texts())


def faults(files: dict[str, bytes], address: str = PUBLISHER.address) -> list[str]:
    return [str(fault) for fault in checking.faults(files, files.__getitem__, address)]


def write(files: dict[str, bytes], folder: Path) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
