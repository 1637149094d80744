"""Edition → Release: what is known of a document in one language when it leaves."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.catalogue.origin import engine
from pipeline.catalogue.po import disclosure
from pipeline.model import Block, Edition, Passage, State, Unit
from pipeline.text import markup, orthography


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """When a text, or the notice of its withdrawal, was first made ready to leave; what came later is greater.

    `day` is in UTC, «2026-11-28». `serial` counts the runs that made something new ready: it tells the order within
    a day, and nobody how many texts others receive.
    """

    day: str
    serial: int


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of a release that is made when a bundle is to hold it; `name` is what it is called there."""

    name: str
    make: Callable[[], bytes] = field(compare=False, repr=False)


ReleaseFile = Path | bytes | MadeFile


@dataclass(frozen=True, slots=True)
class Release:
    """A document in one language as it may leave: what its text is, what is known of it, and its files.

    `text` is the source text, the translations with their printed notes, and their status alone, and `text_sha256` the
    digest of it: typesetting anew does not change it; `wording_sha256` is that of its `wording`. `titles` and `issuer`
    are by language, `files` by format, the PO file as its bytes; `origin` is what that states of the translation.
    `original_sha256` is the wording of the original, which stands beside a translation or is attached to it, and
    `original_text_sha256` its text as it would be released; `body_sha256` and `original_body_sha256` are what their
    sentences alone say. Of a text in the source language what is of the original, and `po_sha256`, are empty, and there
    are no `units`. So many of them are `reviewed`, and so many `translated` and not read by a second person; so many of
    them are `outdated`: the translation of what a sentence said before it was changed. What is not known is empty: of a
    release that is withdrawn, all but its key may be.
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
    files: dict[str, ReleaseFile]
    source_lang: str = ""
    origin: str = ""
    translated: int = 0
    outdated: int = 0
    text: str = field(default="", repr=False)
    wording_sha256: str = field(default="", repr=False)
    original_sha256: str = field(default="", repr=False)
    original_text_sha256: str = field(default="", repr=False)
    body_sha256: str = field(default="", repr=False)
    original_body_sha256: str = field(default="", repr=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.document_id, self.lang

    @property
    def size(self) -> int:
        """Bytes of its files, but for those that are not there yet."""
        return sum(map(_size, set(self.files.values())))


def _size(file: ReleaseFile) -> int:
    if isinstance(file, Path):
        return file.stat().st_size if file.is_file() else 0
    return len(file) if isinstance(file, bytes) else 0


def release(edition: Edition, lang: str, po: bytes, files: dict[str, ReleaseFile], *, is_draft: bool) -> Release:
    """Return the release in one language of an edition that has them all; `po` is its PO file, as it may leave.

    A title or issuer is given in the languages in which it is reviewed.
    """
    document = edition.document
    units = _units(edition, lang)
    stated = text(edition, lang, is_draft=is_draft)
    return Release(
        document.id,
        lang,
        digest(stated),
        document.stated_sha256,
        hashlib.sha256(po).hexdigest() if po else "",
        sum(unit.state.is_reviewed for unit in units),
        len(units),
        tuple(sorted({engine(unit.origin) for unit in units} - {""})),
        is_draft,
        _reviewed(edition, edition.title),
        _reviewed(edition, edition.issuer) if edition.issuer else {},
        document.meta.date,
        document.meta.topics,
        dict(sorted(files.items())),
        document.lang,
        edition.origins.get(lang, ""),
        sum(unit.state is State.TRANSLATED for unit in units),
        sum(unit.state is State.CHANGED for unit in units),
        stated,
        wording(stated),
        wording(text(edition, document.lang, is_draft=is_draft)) if lang != document.lang else "",
        text_sha256(edition, document.lang, is_draft=False) if lang != document.lang else "",
        body_sha256(edition, lang),
        body_sha256(edition, document.lang) if lang != document.lang else "",
    )


def digest(text: str) -> str:
    """Return what a text is known by."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def wording(text: str) -> str:
    """Return a digest of what a text says, whatever its status: a draft and its release have the same."""
    lang, _, *stated, said = json.loads(text)
    return digest(json.dumps([lang, *stated, [[source, target, *marks] for source, target, _, *marks in said]]))


def body_sha256(edition: Edition, lang: str) -> str:
    """Return a digest of what a text says in its sentences, whatever is stated of it beside them, as its date."""
    _, _, *_, blocks, said = json.loads(text(edition, lang, is_draft=False))
    return _body(lang, blocks[len(_apart(edition, lang)) :], said)


def bodies(text: str) -> set[str]:
    """Return the digest that `body_sha256` gives of a text, whatever its status.

    What stands before the blocks of an original may be its first ones, so of an original there are several.
    """
    lang, _, *_, blocks, said = json.loads(text)
    most = 0 if said else MOST_APART
    return {_body(lang, blocks[count:], said) for count in range(min(most, len(blocks)) + 1)}


def _body(lang: str, blocks: list[list[object]], said: list[list[object]]) -> str:
    return digest(json.dumps([lang, _respelt([unit[:2] for unit in said] or blocks)]))


def _respelt(stated: object) -> object:
    """Return what is stated in one spelling: whoever saves a file with another keyboard has not corrected it."""
    if isinstance(stated, list):
        return list(map(_respelt, stated))
    return orthography.wording(stated) if isinstance(stated, str) else stated


def is_of_draft(text: str) -> bool:
    """Whether a text is one that was not released."""
    return bool(json.loads(text)[1])


def text_sha256(edition: Edition, lang: str, *, is_draft: bool) -> str:
    return digest(text(edition, lang, is_draft=is_draft))


def text(edition: Edition, lang: str, *, is_draft: bool) -> str:
    """Return the source text with its pictures, its translation with its notes, and their status, as JSON."""
    meta = edition.document.meta
    said = [_said(unit) for unit in _units(edition, lang)]
    blocks = _apart(edition, lang) + [_stated(row.block) for row in edition.rows]
    return json.dumps([lang, is_draft, meta.editorial_title, meta.issuer, meta.date, blocks, said])


def _apart(edition: Edition, lang: str) -> list[list[object]]:
    """Return what is printed of a text, as the colophon does, and stands in none of its blocks."""
    meta, provenance = edition.document.meta, edition.document.meta.provenance
    stated = (meta.number, meta.place, provenance and provenance.address, edition.origins.get(lang))
    return [["", one] for one in stated if one]


MOST_APART = 4
"""Parts that stand before the blocks of a text, as `text` has them."""


def original(text: str, lang: str, origin: str) -> str:
    """Return what the original of a translation would say, as `text` returns it, in its language.

    The translation is given likewise, with the `origin` that it states.
    """
    _, _, *meta, blocks, _ = json.loads(text)
    stated = next((place for place, block in enumerate(blocks[:MOST_APART]) if origin and block == ["", origin]), None)
    own = blocks if stated is None else blocks[:stated] + blocks[stated + 1 :]
    return json.dumps([lang, False, *meta, own, []])


_MOST_PARTS = 5_000_000
"""Lists in a text: its blocks, sentences and marks."""


def is_text(text: str) -> bool:
    """Whether something is as `text` writes it: a ledger of somebody else may hold anything."""
    try:
        found: Any = json.loads(text) if text.count("[") <= _MOST_PARTS else None
    except (ValueError, RecursionError):
        return False
    return (
        _begins(found, str, bool, str, str, str, list, list)
        and len(found) == 7
        and all(_begins(block, str, str) for block in found[5])
        and all(_begins(unit, str, str, bool) for unit in found[6])
    )


def _begins(found: Any, *kinds: type) -> bool:
    """Whether something is a list that begins with values of these kinds."""
    return (
        isinstance(found, list)
        and len(found) >= len(kinds)
        and all(isinstance(one, kind) for one, kind in zip(found, kinds, strict=False))
    )


def _stated(block: Block) -> list[object]:
    """Return what a block says; a picture by its digest, for who gets another in its place is to be told."""
    picture = [block.picture] if block.picture else []
    return [block.marker, block.text, *map(list, map(astuple, block.marks)), *picture]


def _said(unit: Unit) -> list[object]:
    """Return what a unit says, in words; how these are marked, and notes that are printed, stand behind."""
    aloud = markup.unsigned(unit)
    marks = [unit.source, unit.target, *unit.marks] if unit.marks else []
    printed = [disclosure.told(unit.notes)]  # who got a note that names somebody is to get the text without it
    return [aloud.source, aloud.target, unit.state.is_done, *marks, *filter(None, printed)]


def _units(edition: Edition, lang: str) -> list[Unit]:
    """Return the units of a language, each once; there are none in the document's own."""
    units = {passage.units[lang].key: passage.units[lang] for passage in edition.passages if lang in passage.units}
    return list(units.values())


def _reviewed(edition: Edition, passage: Passage) -> dict[str, str]:
    """Return a passage on one line, in the document's own language and in those it is reviewed in."""
    texts = {edition.document.lang: passage.source}
    texts |= {lang: unit.target for lang, unit in passage.units.items() if unit.state.is_done}
    aloud = texts if passage.signs is None else {lang: markup.plain(text) for lang, text in texts.items()}
    return {lang: " ".join(text.split()) for lang, text in aloud.items()}
