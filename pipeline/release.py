"""Edition → Release: what is known of a document in one language when it leaves."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Release:
    """A document in one language as it may leave: what its text is, what is known of it, and its files.

    `text_sha256` is of the source text, the translations and their status alone: typesetting anew
    does not change it. `titles` and `issuer` are by language, `files` by format. Of a text in the
    source language `po_sha256` is empty, and there are no `units`.
    """

    document_id: str
    lang: str
    text_sha256: str
    source_sha256: str
    po_sha256: str
    reviewed: int
    units: int
    engines: tuple[str, ...]
    is_draft: bool
    titles: dict[str, str]
    issuer: dict[str, str]
    date: str
    topics: tuple[str, ...]
    files: dict[str, Path]
    source_lang: str = "fa"
