"""Releases → what is published of each text, and what became of what was published before.

A text that was published stays so while no other is released in its place: it is marked when its original has changed,
gives way to a notice when it is withdrawn, and goes when its document does, or when it may not be published any more.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from pipeline import disk
from pipeline.app import building, catalogues, deliveries, inputs
from pipeline.app.catalogues import Current
from pipeline.app.permission import Permissions
from pipeline.app.session import Session
from pipeline.distribution import ledger, metadata, reasons, release
from pipeline.distribution.ledger import Withdrawn
from pipeline.edition import alignment, circumstances, reading
from pipeline.edition.content import TextContent
from pipeline.edition.design import CHANGES, Design, Paper, Print
from pipeline.edition.render import pdf
from pipeline.model import Document, Edition
from pipeline.publication import Published, Standing
from pipeline.workspace import reading as workspace_reading
from pipeline.workspace import sources, storage
from pipeline.workspace.config import Config

FOLDER = "published"
"""In the private folder: each text as it was last published, with the pictures in it."""

INPUTS = "inputs.json"
"""Beside them: of what was read of each document, so that it need not be read again."""

_PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """A text as it was last published, and the PDF of it: its path in the output folder, and its digest.

    `file` is that of its document, in the folder of seeds.
    """

    published: Published
    pdf: str = ""
    pdf_sha256: str = ""
    file: str = ""


Records = dict[tuple[str, str], PublishedRecord]
"""By document and language."""


class Texts:
    """What is published of a workspace, while it is locked."""

    def __init__(self, session: Session) -> None:
        self.session, self.config = session, session.config
        self.folder = storage.private_folder(self.config) / FOLDER
        its = [record for record in _records(self.folder) if _is_known(self.config, record.published)]
        self.before: Records = {record.published.key: record for record in its}
        self.withdrawn = {one.text: one for one in _withdrawn(session)}

    def now(self) -> Records:
        """Return what is published now, and keep it; what is published no more is said."""
        known = storage.read_record(self.folder / INPUTS)
        permissions = Permissions(self.session)
        design = self.config.layouts, self.config.paper, self.config.print
        withheld = [(item.number, item.sha256, item.document, item.like) for item, _ in permissions.withheld]
        common = inputs.common(self.session, []), design, withheld
        found: Records = {}
        noted: dict[str, list[str]] = {}
        files = catalogues.files(self.session, None)
        built = building.read_record(self.config)
        before = _by_document(self.before)
        pdfs = _pdfs(self.config, built)
        for path in self.session.progress(files, "Reading", len(files)):
            name = sources.id_of(self.config, path)
            its = before.get(name, {})
            with self.session.guarded():
                made = repr((common, inputs.of_document(self.config, path), pdfs.get(name)))
                digest = hashlib.sha256(made.encode()).hexdigest()
                if known.get(name) != [digest, *_langs(its)]:  # a record that is damaged is missing among them
                    its = self._read(path, built, permissions, its)
                noted[name] = [digest, *_langs(its)]
            found |= its
        found = {key: self.stands(record) for key, record in found.items()}
        for document_id, lang in self.before.keys() - found.keys():
            self.session.say(f"{document_id} ({lang}): not published any more")
        self._keep(found, noted, known)
        return found

    def _read(self, path: Path, built: building.Record, permissions: Permissions, its: Records) -> Records:
        """Return what is published of a document, now that something of it has changed."""
        document = workspace_reading.read(self.config, path)
        if forbidden := list(permissions.forbidden(document)):
            self.session.say(f"{document.id}: not published: {forbidden[0]}")
            return {}
        return its | {record.published.key: record for record in self._released(document, built, its)}

    def _released(self, document: Document, built: building.Record, its: Records) -> Iterator[PublishedRecord]:
        """Yield the texts of a document that are released, and those of before that are not, as they stand now."""
        released = _Released(self.session, document, built)
        texts = {lang: text for lang in released.current if (text := released.text(lang))}
        alone = released.text(document.lang)
        first = next(iter(texts.values()), None)
        if first and not alone:  # the original stands beside every translation that is released
            alone = replace(released.of(document.lang), pdf="", pdf_sha256="")
        if alone:
            texts[document.lang] = alone
        for lang, text in texts.items():
            yield self._since(text, its.get((document.id, lang)))
        for (_, lang), record in its.items():
            if lang not in texts:
                yield self._kept(record, document)

    def _since(self, record: PublishedRecord, before: PublishedRecord | None) -> PublishedRecord:
        """Return a text with the day on which it was first published, and that of the text it corrects."""
        now = record.published
        if before and before.published.text_sha256 == now.text_sha256:
            day, replaces = before.published.published, before.published.replaces
        else:
            day, replaces = self.session.day, before.published.published if before else ""
        return replace(record, published=replace(now, published=day, replaces=replaces))

    def _kept(self, record: PublishedRecord, document: Document) -> PublishedRecord:
        """Return a text whose document has changed since, and that is not released again."""
        is_stale = record.published.source_sha256 != document.sha256
        self.session.say(
            f"{document.id} ({record.published.lang}): what stands in the section is the text released on "
            f"{record.published.published}; its current text is not released"
        )
        standing = Standing.STALE if is_stale else Standing.CURRENT
        return replace(record, published=replace(record.published, standing=standing))

    def stands(self, record: PublishedRecord) -> PublishedRecord:
        """Return a text with the notice of its withdrawal, or without one that was undone."""
        one = record.published
        withdrawn = self.withdrawn.get((one.lang, one.text_sha256))
        if withdrawn:
            told = reasons.told(reasons.read(withdrawn.reason), [one.lang, one.source_lang])
            one = replace(one, standing=Standing.WITHDRAWN, reason=told.words)
        elif one.standing is Standing.WITHDRAWN:
            one = replace(one, standing=Standing.CURRENT, reason="")
        return replace(record, published=_stamped(one))

    def _keep(self, found: Records, noted: dict[str, list[str]], known: dict[str, Any]) -> None:
        if self.session.dry_run:
            return
        for key, record in found.items():
            if record != self.before.get(key):
                for name, content in record.published.pictures.items():
                    storage.write_made(self.config, self.folder / _PICTURES / name, content)
                made = msgspec.json.encode(_without_pictures(record))
                storage.write_made(self.config, _path(self.folder, key), made)
        for key in self.before.keys() - found.keys():
            _path(self.folder, key).unlink(missing_ok=True)
        storage.write_record(self.folder / INPUTS, noted, known)


class _Released:
    """A document, and which of its texts are released: whose PDF lies there as it was released, of the same text."""

    def __init__(self, session: Session, document: Document, built: building.Record) -> None:
        self.session, self.config, self.document, self.built = session, session.config, document, built
        read = catalogues.reader(session, document)
        self.current: dict[str, Current] = {}
        for lang in self.config.targets_of(document):
            with session.guarded():
                self.current[lang] = read(lang)
        merged = {lang: now.catalogue for lang, now in self.current.items()}
        self.contents: dict[str, TextContent] = {}
        self.edition: Edition = alignment.build(document, merged, self.config.all_languages)

    def text(self, lang: str) -> PublishedRecord | None:
        """Return the text in a language as it may be published; None when it is not released."""
        langs = () if lang == self.document.lang else (lang,)
        wanted = building.texts_digest(self.edition, langs)
        for layout in (one for one in self.config.layouts if one != CHANGES):  # those are for who translates
            design = Design(layout, Paper(self.config.paper), Print(self.config.print), self.config.theme)
            name = pdf.path(self.document.id, (self.document.lang, *langs), design)
            one = self.built.get(name)
            if one and one.shown and one.text == wanted and building.is_whole(self.config, name, one):
                return replace(self.of(lang), pdf=name, pdf_sha256=one.sha256)
        return None

    def content(self, lang: str) -> TextContent:
        if lang not in self.contents:
            self.contents[lang] = reading.read(self.edition, self.config.language(lang), self.config.theme)
        return self.contents[lang]

    def of(self, lang: str) -> PublishedRecord:
        """Return the text in a language, whether it is released or not."""
        made = text_of(self.config, self.edition, lang, self.content)
        return PublishedRecord(made, file=self.document.file)


def text_of(config: Config, edition: Edition, lang: str, content: Callable[[str], TextContent]) -> Published:
    """Return a text of an edition as it would be published; `content` reads it in a language."""
    document = edition.document
    one = release.release(edition, lang, b"", {}, is_draft=False)
    names = {block.picture for block in document.blocks} - {""}
    return Published(
        document.id,
        lang,
        document.lang,
        content(lang),
        content(document.lang),
        one.text_sha256,
        document.sha256,
        circumstances.in_language(config.language(lang), edition.issuer),
        document.meta.date,
        document.meta.topics,
        document.meta.provenance,
        units=one.units,
        reviewed=one.reviewed,
        translated=one.translated,
        metadata=metadata.json_ld([one], {}).decode(),
        pictures={name: content for name, content in document.pictures.items() if name in names},
    )


def _by_document(records: Records) -> dict[str, Records]:
    found: dict[str, Records] = {}
    for key, record in records.items():
        found.setdefault(key[0], {})[key] = record
    return found


def _pdfs(config: Config, built: building.Record) -> dict[str, list[object]]:
    """Return by document what is known of its PDFs, and how they lie on the disk."""
    found: dict[str, list[object]] = {}
    for name, one in sorted(built.items()):
        seen = name, one.sha256, one.shown, _stamp(config.output / name)
        for document_id in accumulate(name.split("."), "{}.{}".format):  # an id may have a full stop in it
            found.setdefault(document_id, []).append(seen)
    return found


def _langs(records: Records) -> list[str]:
    return sorted(lang for _, lang in records)


def _stamped(one: Published) -> Published:
    content = msgspec.json.encode(replace(one, stamp="", pictures={}))
    return replace(one, stamp=hashlib.sha256(content).hexdigest())


def _without_pictures(record: PublishedRecord) -> PublishedRecord:
    pictures = dict.fromkeys(record.published.pictures, b"")
    return replace(record, published=replace(record.published, pictures=pictures))


def _path(folder: Path, key: tuple[str, str]) -> Path:
    document_id, lang = key
    return folder / lang / f"{document_id}.json"


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _records(folder: Path) -> Iterator[PublishedRecord]:
    """Yield what was published; a damaged record is none: its text is published anew if it is released."""
    decoder = msgspec.json.Decoder(PublishedRecord)
    for _, path in storage.below(folder, ".json", (_PICTURES,)):
        try:
            record = decoder.decode(disk.read(path, storage.MAX_RECORD_BYTES))
        except (OSError, ValueError, RecursionError):
            continue
        if _path(folder, record.published.key) == path:
            yield _with_pictures(folder, record)


def _with_pictures(folder: Path, record: PublishedRecord) -> PublishedRecord:
    one, pictures = record.published, dict[str, bytes]()
    for name in one.pictures:
        if name.isalnum():
            with suppress(OSError):
                pictures[name] = disk.read(folder / _PICTURES / name, storage.MAX_RECORD_BYTES)
    return replace(record, published=replace(one, pictures=pictures))


def _is_known(config: Config, one: Published) -> bool:
    """Whether the languages of a text are still described."""
    return {one.lang, one.source_lang} <= set(config.all_languages)


def _withdrawn(session: Session) -> Sequence[Withdrawn]:
    if not deliveries.exists(session):
        return ()
    with closing(ledger.open(session.config.root / ledger.FILE_NAME, session.clock)) as book:
        return book.withdrawn()
