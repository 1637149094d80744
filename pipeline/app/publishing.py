"""What is published → files in the section of a site, or in one format; nothing is made again that is the same."""

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import disk
from pipeline.app import inputs, making
from pipeline.app.cuttings import CutFonts
from pipeline.app.published import Texts
from pipeline.app.records import PublishedRecord, Records
from pipeline.app.session import Session, chosen, chosen_languages
from pipeline.distribution import metadata
from pipeline.distribution.names import flat
from pipeline.errors import DocumentError, PipelineError, UsageError
from pipeline.office.archive import OfficeError
from pipeline.office.xml import XmlError
from pipeline.publication import PlannedFile, Published, Publisher, Standing, addresses, card, formats, restyled, site
from pipeline.publication.site import checking
from pipeline.publication.site.checking import SiteFault
from pipeline.workspace import places, privacy, storage

SITE = places.SITE
"""In the output folder: the section, to be copied to a web server."""

WORD = "docx"

RECORD = ".published.json"
"""In the output folder: every file of the section, what it was made of, and what it is."""

HANDED_OVER = ".formats.json"
"""In the output folder: every file that was made in one format alone, of which text and in which format."""

MAX_THEME_BYTES, MOST_THEME_FILES = 2_000_000, 200


@dataclass(frozen=True, slots=True)
class PublishingOutcome:
    """What was done: how many texts are published, how many files written and removed, and where they are."""

    folder: Path
    texts: int
    written: int
    removed: int


def publish(session: Session, **allowed: bool) -> PublishingOutcome:
    """Bring the section up to date with what is released, and remove what must not be there any more.

    What is `allowed` is as `Texts` takes it.
    """
    with session.locked():
        records = _without_withdrawn_originals(Texts(session, **allowed))
        _HandedOver(session).remove(records)
        if not records:
            session.say("nothing is released, so there is nothing to publish; type: pipeline run --release")
        publisher = publisher_of(session)
        texts = [replace(one, formats=_beside(session, one, record)) for one, record in _each(records)]
        theme = _theme(session)
        planned = [
            *_downloads(session, texts, records, publisher),
            *_pages(texts, publisher, theme),
        ]
        own = session.config.publication, session.config.theme.colour
        fonts = sorted((name, storage.sha256(file)) for name, file in publisher.fonts.items())
        known = *own, publisher.name, publisher.topics, sorted(theme.items()), fonts
        common = _digest(inputs.common(session, []).encode(), repr(known).encode())
        section = _SiteFolder(session, session.config.output / SITE, common)
        return section.make(planned, len(texts))


def _pages(texts: Sequence[Published], publisher: Publisher, theme: Mapping[str, str]) -> Iterator[PlannedFile]:
    """Yield the pages, and where these have an address, their pictures for social sites; of nothing, nothing."""
    draw = partial(card.made, publisher=publisher) if publisher.address else None
    return site.pages(texts, publisher, theme, draw) if texts else iter(())


def publish_as(
    session: Session, name: str, asked: Sequence[str] | None, languages: Sequence[str] | None, **allowed: bool
) -> PublishingOutcome:
    """Make one format of what is published, in a folder of its own; raise UsageError for an unknown one.

    What is `allowed` is as `Texts` takes it.
    """
    one, name = formats.load(name), formats.written(name)
    langs = chosen_languages(session.config, session.config.known_languages, languages) if languages else None
    with session.locked():
        records = _without_withdrawn_originals(Texts(session, **allowed))
        handed = _HandedOver(session)
        removed = handed.remove(records)
        documents = chosen(list(dict.fromkeys(document for document, _ in records)), asked, "published document")
        publisher, folder, written = publisher_of(session), session.config.output / name, 0
        wanted = [
            text
            for text, _ in _each(records)
            if text.standing is not Standing.WITHDRAWN
            and _is_made(name, text)
            and text.document_id in documents
            and (langs is None or text.lang in langs)
        ]
        if not wanted:
            session.say(f"there is no published text of which {name} can be made; nothing was written")
        paths = {text.key: folder / text.lang / f"{text.document_id}{one.SUFFIX}" for text in wanted}
        handed.expect({paths[text.key]: [*text.key, name, *_said(name, text)] for text in wanted})
        for text in session.progress(wanted, "Publishing", len(wanted)):
            with session.guarded():
                content = _made(session, records[text.key], name, text, publisher)
                written += _write(session, paths[text.key], content)
        return PublishingOutcome(folder, len(wanted), written, removed)


def publisher_of(session: Session) -> Publisher:
    """Return who publishes, as the settings say."""
    config = session.config
    own = config.publication
    topics = {name: topic.title or name for name, topic in config.topics.items()}
    name = own.name or config.sender.name or config.title
    keep = CutFonts(config, keeps=not session.dry_run).of
    theme = config.theme
    return Publisher(
        config.all_languages, name, own.address, topics, own.longest_message, theme.colour, theme.others, keep
    )


def _each(records: Records) -> Iterator[tuple[Published, PublishedRecord]]:
    for _, record in sorted(records.items()):
        yield record.published, record


def _without_withdrawn_originals(texts: Texts) -> Records:
    """Return what is published now; a translation whose original is withdrawn is shown without it anywhere.

    That may be an earlier one than stands there now. Where nobody knows of which a translation is, it stands alone.
    """
    records = texts.now()
    notices = {one.document_id for one, _ in _each(records) if one.is_original and one.standing is Standing.WITHDRAWN}
    once = {(one.document, one.language) for one in texts.recalled}

    def is_alone(one: Published) -> bool:
        known = (one.source_lang, one.original_sha256) in texts.withdrawn
        is_gone = known if one.original_sha256 else (one.document_id, one.source_lang) in once
        return not one.is_original and (one.document_id in notices or is_gone)

    return {key: _alone(record) if is_alone(record.published) else record for key, record in records.items()}


def _alone(record: PublishedRecord) -> PublishedRecord:
    one = record.published
    stamp = _digest(one.stamp.encode(), b"alone, and without its title")
    said = metadata.without_originals(one.metadata) if one.metadata else ""
    alone = replace(one, original=one.text, metadata=said, stamp=stamp)
    return replace(record, pdf="", pdf_sha256="", published=alone)


def _beside(session: Session, one: Published, record: PublishedRecord) -> dict[str, str]:
    """Return the formats in which a text is to be had, with the names of their files."""
    if one.standing is Standing.WITHDRAWN:
        return {}
    wanted = [name for name in session.config.publication.formats if name != formats.PDF or record.pdf]
    return {name: flat(one.document_id) + _suffix(name) for name in wanted if _is_made(name, one)}


def _is_made(name: str, one: Published) -> bool:
    """Whether a format can be made of a text: one with both languages needs a translation."""
    return not (one.stands_alone and name.endswith("-both"))


def _said(name: str, one: Published) -> tuple[str, ...]:
    """Return what stands for the texts in a file of a format."""
    return (one.text_sha256, one.source_sha256) if name.endswith("-both") else (one.text_sha256,)


def _suffix(name: str) -> str:
    return ".pdf" if name == formats.PDF else formats.load(name).SUFFIX


def _downloads(
    session: Session, texts: Sequence[Published], records: Records, publisher: Publisher
) -> Iterator[PlannedFile]:
    for one in texts:
        for name, file in one.formats.items():
            path = addresses.file(one, file)
            if name == formats.PDF:
                record = records[one.key]
                yield PlannedFile(path, record.pdf_sha256, partial(_pdf, session, record, path))
            else:
                yield PlannedFile(path, one.stamp, partial(_made, session, records[one.key], name, one, publisher))


def _made(session: Session, record: PublishedRecord, name: str, one: Published, publisher: Publisher) -> bytes:
    """Return a text in a format; as Word, in the styles of the Word document it was made from, if there is one."""
    original = _original(session, record) if name == WORD else b""
    if original:
        with suppress(OfficeError, XmlError):
            return restyled.docx_styled(one, publisher, original)
    return formats.load(name).made(one, publisher)


def _original(session: Session, record: PublishedRecord) -> bytes:
    """Return the Word document that a text was translated from; nothing if it was none, or has changed since."""
    if not record.file.endswith(".docx"):
        return b""
    try:
        content = storage.read_bytes(session.config, session.config.seeds / record.file)
    except DocumentError:
        return b""
    return content if storage.sha256(content) == record.made_of else b""


def _pdf(session: Session, record: PublishedRecord, path: str) -> bytes:
    """Return the PDF that was released, as it was built or, since a draft took its place, as it stands in the section.

    Raises DocumentError when it is in neither place.
    """
    output = session.config.output
    for file in (output / record.pdf, output / SITE / path):
        with suppress(DocumentError):
            content = storage.read_bytes(session.config, file)
            if storage.sha256(content) == record.pdf_sha256:
                return content
    one = record.published
    raise DocumentError(f"{one.document_id} ({one.lang}): the PDF that was released is gone; release it again")


def _theme(session: Session) -> Mapping[str, str]:
    """Return the files of the workspace's theme by name; raise UsageError when they are too many or too large."""
    if not session.config.publication.theme:
        return {}
    folder = session.config.root / session.config.publication.theme
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        content = storage.read_bytes(session.config, path)
        found[path.name] = storage.decoded(content, session.name(path))
        if sum(map(len, found.values())) > MAX_THEME_BYTES or len(found) > MOST_THEME_FILES:
            raise UsageError(f"{session.name(folder)}: a theme has no more than {MAX_THEME_BYTES:,} bytes")
    return found


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _write(session: Session, path: Path, content: bytes) -> bool:
    """Write a file unless it is the same; return whether it differs.

    Raises DocumentError when a link in the way leads out of the output folder: what lies there is not ours.
    """
    if not _is_in_output(session, path):
        raise DocumentError(
            f"{session.name(path)}: a link leads out of {session.name(session.config.output)}; remove it"
        )
    try:
        if not path.is_symlink() and disk.read(path, len(content) + 1) == content:
            return False
    except OSError:
        pass  # it is not there, or is no file: writing it says which
    if not session.dry_run:
        storage.write_made(session.config, path, content)
    session.wrote(path)
    return True


def _is_in_output(session: Session, path: Path) -> bool:
    try:
        return path.parent.resolve().is_relative_to(session.config.output.resolve())
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself; no name that a file can have
        return False


_FORGOTTEN = (
    "nobody knows any more which of its files were made here; what was withdrawn may still be among them: "
    "delete the folder, but for what you put there yourself, and type this again"
)


def _known(session: Session, name: str) -> dict[str, Any]:
    """Return a record of what was made. It lies beside that: whoever copies a workspace may leave hidden folders.

    Earlier versions had it in the private folder.
    """
    earlier = session.config.root / places.PRIVATE / name.removeprefix(".").replace("published", "publication")
    return storage.read_record(session.config.output / name) or storage.read_record(earlier)


class _HandedOver:
    """The files that were made in one format alone, in folders of their own."""

    def __init__(self, session: Session) -> None:
        self.session, self.path = session, session.config.output / HANDED_OVER
        self.known = _known(session, HANDED_OVER)

    def expect(self, made_of: Mapping[Path, list[str]]) -> None:
        """Note files before they are there, so that none is forgotten if the command is stopped."""
        self._keep(self.known | {self.session.name(path): its for path, its in made_of.items()})

    def remove(self, records: Records) -> int:
        """Remove files of texts that are withdrawn, corrected or not published any more.

        Earlier versions did not note which text a file has; these stay.
        """
        if not self.known:
            return 0
        may_stay = {
            (*key, name, *said)
            for key, record in records.items()
            if record.published.standing is not Standing.WITHDRAWN
            for name in formats.names()
            if _is_made(name, record.published)
            for said in ((), _said(name, record.published))
        }
        # Compared as texts: whoever shares the workspace may have written anything into the record.
        told = {json.dumps(made_of) for made_of in may_stay}
        gone = {file for file, made_of in self.known.items() if json.dumps(made_of) not in told}
        removed = sum(_unlink(self.session, self.session.config.root / file) for file in sorted(gone))
        self._keep({file: made_of for file, made_of in self.known.items() if file not in gone})
        return removed

    def _keep(self, known: dict[str, Any]) -> None:
        if not self.session.dry_run:
            storage.write_record(self.path, known, self.known)
            self.known = known


class _SiteFolder:
    """The folder of the section, and what is known of its files."""

    def __init__(self, session: Session, folder: Path, common: str) -> None:
        self.session, self.folder, self.common = session, folder, common
        self.path = session.config.output / RECORD
        self.before = _known(session, RECORD)
        if folder.exists():
            privacy.require_inside(session.config, folder)
        if not self.before and (folder / "index.html").is_file():
            session.fault(DocumentError(f"{session.name(folder)}: {_FORGOTTEN}"))

    def make(self, planned: Sequence[PlannedFile], texts: int) -> PublishingOutcome:
        stale, written = [file for file in planned if not self._is_current(file)], 0
        now = {file.path: self.before.get(file.path, []) for file in planned}
        self._keep(self.before | now)  # none that is made is forgotten, should the command be stopped
        for file, content in self.session.progress(making.made(stale), "Publishing", len(stale)):
            with self.session.guarded():
                if isinstance(content, PipelineError):
                    if file.must_go:
                        _unlink(self.session, self.folder / file.path)
                    raise content
                written += _write(self.session, self.folder / file.path, content)
                now[file.path] = self._entry(file)
        removed = self._remove(self.before.keys() - {file.path for file in planned})
        self._keep(now)
        return PublishingOutcome(self.folder, texts, written, removed)

    def _keep(self, now: dict[str, Any]) -> None:
        if not self.session.dry_run:
            storage.write_record(self.path, now, self.before)

    def _made_of(self, file: PlannedFile) -> str:
        return _digest(self.common.encode(), file.made_of.encode())

    def _is_current(self, file: PlannedFile) -> bool:
        return self.before.get(file.path) == self._entry(file)

    def _entry(self, file: PlannedFile) -> list[Any]:
        """Return what a file is made of, and how it lies on the disk."""
        try:
            status = os.lstat(f"{self.folder}/{file.path}")
        except OSError:
            return [self._made_of(file)]
        return [self._made_of(file), status.st_size, status.st_mtime_ns]

    def _remove(self, names: set[str]) -> int:
        """Remove files that were made before and must not be there any more."""
        return sum(_unlink(self.session, self.folder / name) for name in sorted(names))


def _unlink(session: Session, path: Path) -> bool:
    """Remove a file that must not be there any more, and its folder if it is empty; return whether it was there."""
    if not _is_in_output(session, path) or not _is_file(path):
        return False
    if not session.dry_run:
        path.unlink()
        with suppress(OSError):
            path.parent.rmdir()
    session.say(f"removed: {session.name(path)}")
    return True


def _is_file(path: Path) -> bool:
    """Whether a file or a link stands somewhere; a record of somebody else may have names that no file can have."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def check(session: Session) -> list[SiteFault]:
    """Return what is wrong with the section as it lies there; raise UsageError when there is none."""
    folder = session.config.output / SITE
    if not folder.is_dir():
        raise UsageError(f"{session.name(folder)}: there is no section; type: pipeline publish")
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    address = session.config.publication.address
    return list(checking.faults(paths, lambda path: storage.read_bytes(session.config, folder / path), address))
