"""Releases → what is published of each text, and what became of what was published before.

A text that was published stays so while no other is released in its place: it is marked when its original has changed,
gives way to a notice when it is withdrawn, and goes when its document does, or when it may not be published any more.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from pipeline import forking
from pipeline.app import catalogues, deliveries, inputs, pdf_record, records, renaming, withdrawals, witnesses
from pipeline.app.events import Event
from pipeline.app.permission import Permissions
from pipeline.app.publishable import ReleasedEdition
from pipeline.app.records import PublishedRecord, RecordFolder, Records
from pipeline.app.session import Session
from pipeline.distribution import ledger, metadata, reasons
from pipeline.model import Document
from pipeline.publication import Published, Standing, addresses
from pipeline.workspace import index, places, sources
from pipeline.workspace import reading as workspace_reading
from pipeline.workspace.config import Config
from pipeline.workspace.index import DocumentIndex

TOPIC = "published"
"""Of the index: what is published of each document."""

FEW = 4
"""Documents that are read before other processes would have begun."""


@dataclass(frozen=True, slots=True)
class _ReadTexts:
    """What was read of a document: the files of its records and their pictures, what was said, and what was read.

    Without `files`, it could not be read: what was published of it stays. `read` is the digest of the document's files.
    """

    files: tuple[bytes, ...] | None = None
    pictures: dict[str, bytes] = field(default_factory=dict)
    said: tuple[Event, ...] = ()
    read: bytes = b""


class Texts:
    """What is published of a workspace, while it is locked.

    With `allow_withdrawn_drafts`, releases too of which a draft was withdrawn, and with `allow_withdrawn_originals`
    translations in languages that nobody has had, of a document that was withdrawn as a whole.
    """

    def __init__(
        self, session: Session, *, allow_withdrawn_drafts: bool = False, allow_withdrawn_originals: bool = False
    ) -> None:
        self.session, self.config = session, session.config
        self.folder = RecordFolder(self.config)
        known = withdrawals.known(session)
        self.recalled, self.ever_withdrawn = known.now, known.ever
        self.withdrawn = {one.text: one for one in known.now}
        self.held = frozenset[str]() if allow_withdrawn_drafts else known.drafts
        self.bodies = frozenset[str]() if allow_withdrawn_drafts else known.bodies
        self.originals = frozenset[str]() if allow_withdrawn_originals else known.originals | known.original_bodies
        self.had = known.had
        self.unheard_of = set[str]()
        """Documents with a text that is withdrawn and never was in the section: read anew until that is undone."""

    @cached_property
    def permissions(self) -> Permissions:
        return Permissions(self.session)

    @cached_property
    def former(self) -> dict[str, str] | None:
        """What the documents were called, with the ids they have now; None where that is a fault."""
        with self.session.guarded():
            return renaming.former_ids(self.session)
        return None

    @cached_property
    def earlier(self) -> dict[str, list[str]]:
        """What each document was called."""
        found: dict[str, list[str]] = {}
        for old, name in (self.former or {}).items():
            found.setdefault(name, []).append(old)
        return found

    @cached_property
    def before(self) -> Records:
        """What was published the last time."""
        its_index = DocumentIndex(self.config, TOPIC, keeps=not self.session.dry_run, at_once=True)
        made_by, found = self._made_by(), list[PublishedRecord]()
        for name, langs in self.folder.langs().items():
            known = self._known(its_index, name, made_by(name), langs)
            found += self.folder.of(name, langs) if known is None else known.values()
        its_index.keep(self.session.time_ns())
        return self._known_texts(found)

    def before_of(self, document_ids: Collection[str]) -> Records:
        """Return what was published the last time of some documents alone."""
        langs = sorted(self.config.all_languages)
        return self._known_texts(record for name in document_ids for record in self.folder.of(name, langs))

    def _known_texts(self, found: Iterable[PublishedRecord]) -> Records:
        return {record.published.key: record for record in found if _is_known(self.config, record.published)}

    def now(self) -> Records:
        """Return what is published now, and keep it; what is published no more is said."""
        self._look_at_ledger()
        its_index = DocumentIndex(self.config, TOPIC, keeps=not self.session.dry_run)
        made_by, langs = self._made_by(), self.folder.langs()
        ids = {path: name for name, path in catalogues.files_by_id(self.session, None).items()}
        found: dict[str, Records] = {}
        for name in ids.values():
            if (known := self._known(its_index, name, made_by(name), langs.get(name, []))) is not None:
                found[name] = known
        stale = [path for path, name in ids.items() if name not in found]
        work = forking.each(_TextReader(self, pdf_record.read(self.config), langs), stale, FEW)
        for path, texts in self.session.progress(zip(stale, work, strict=True), "Reading", len(stale)):
            name = ids[path]
            self.session.repeat(texts.said)
            if texts.files is None:
                found[name] = {record.published.key: record for record in self.folder.of(name, langs.get(name, []))}
            else:
                found[name] = self._kept_now(texts.files, texts.pictures)
                self._learn(its_index, path, made_by(name), texts.read, found[name])
        for document_id, lang in self._gone(langs, found):
            self.session.say(f"{document_id} ({lang}): {self._gone_where(document_id, lang, found)}")
            if not self.session.dry_run and self.former is not None:
                self.folder.remove((document_id, lang))
        its_index.keep_only(set(ids.values()))
        its_index.keep(self.session.time_ns())
        return {key: self._standing(record) for its in found.values() for key, record in its.items()}

    def _look_at_ledger(self) -> None:
        if deliveries.exists(self.session):
            with closing(ledger.open(self.config.root / ledger.FILE_NAME, self.session.clock)) as book:
                witnesses.tell(self.session, book)

    def _made_by(self) -> Callable[[str], bytes]:
        """Return what gives of a document all that its texts depend on besides its files."""
        design = self.config.layouts, self.config.paper, self.config.print
        withheld = [(item.number, item.sha256, item.document, item.like) for item, _ in self.permissions.withheld]
        common = (
            inputs.common(self.session, []),
            design,
            withheld,
            sorted(self.held | self.bodies),
            sorted(self.originals),
        )
        pdfs = _pdfs(self.config, pdf_record.read(self.config))
        recalled: dict[str, list[str]] = {}
        for one in self.recalled:
            recalled.setdefault(one.document, []).append(one.text_sha256)
        had: dict[str, list[str]] = {}
        for name, lang in sorted(self.had) if self.originals else ():
            had.setdefault(name, []).append(lang)
        kept = pdfs, recalled, had, self.earlier  # all read here, once, and not by each process that reads documents
        return lambda document_id: index.digest(common, *(one.get(document_id) for one in kept))

    def _known(
        self, its_index: DocumentIndex, document_id: str, made_by: bytes, langs: Sequence[str]
    ) -> Records | None:
        """Return what is published of a document if nothing of it has changed, nor what is kept of it."""
        known = its_index.fresh(document_id, made_by)
        with suppress(ValueError, RecursionError):
            records = self.folder.headed(known) if known else None
            return records if records is not None and _langs(records) == langs else None
        return None

    def _kept_now(self, files: Sequence[bytes], pictures: dict[str, bytes]) -> Records:
        made = [(self.folder.made(content, pictures), content) for content in files]
        if not self.session.dry_run:
            made = [(self.folder.write(record, content), content) for record, content in made]
        return {record.published.key: record for record, _ in made}

    def _learn(self, its_index: DocumentIndex, path: Path, made_by: bytes, read: bytes, its: Records) -> None:
        """Know what is published of a document, unless it was saved in the meantime."""
        files = _names(self.session, inputs.files(self.config, path))
        if not self.session.dry_run and index.contents(self.config, files) == read:
            kept = _names(self.session, [self.folder.path(key) for key in its])
            heads = records.heads(list(its.values()))
            name = sources.id_of(self.config, path)
            its_index.learn(name, index.learnt(self.config, made_by, [*files, *kept], heads))

    def _gone(self, langs: dict[str, list[str]], found: dict[str, Records]) -> Iterator[tuple[str, str]]:
        for document_id, its in sorted(langs.items()):
            for lang in its:
                if (document_id, lang) not in found.get(document_id, {}):
                    yield document_id, lang

    def _gone_where(self, document_id: str, lang: str, found: Mapping[str, Records]) -> str:
        if self.former is None:
            return "not published until it is known what its document is called now"
        name = self.former.get(document_id, "")
        return f"published as {name} now" if (name, lang) in found.get(name, {}) else "not published any more"

    def _standing(self, record: PublishedRecord) -> PublishedRecord:
        """Return a text as it stands, and keep it so."""
        if self._is_forgotten(one := record.published):
            self.session.say(f"{one.document_id} ({one.lang}): {_FORGOTTEN}")
        now = self.stands(record)
        return now if now is record or self.session.dry_run else self.folder.write(now)

    def read(self, path: Path, built: pdf_record.Record, langs: Sequence[str]) -> Records:
        """Return what is published of a document, now that something of it has changed."""
        document = workspace_reading.read(self.config, path)
        if forbidden := list(self.permissions.kept_here(document)):
            self.session.say(f"{document.id}: not published: {forbidden[0]}")
            return {}
        its = {one.published.key: one for one in (*self._of_former(document), *self.folder.of(document.id, langs))}
        its = {key: record for key, record in its.items() if _is_known(self.config, record.published)}
        return its | {record.published.key: record for record in self._released(document, built, its)}

    def _of_former(self, document: Document) -> Iterator[PublishedRecord]:
        """Yield what was published of a document under ids that it had; of the PDF, only the name of old is known."""
        for record in self.before_of(self.earlier.get(document.id, ())).values():
            one = record.published
            said = metadata.renamed(one.metadata, one.document_id, document.id, one.lang)
            now = replace(one, document_id=document.id, metadata=said)
            yield replace(record, published=now, pdf="", pdf_sha256="", file=document.file)

    def _released(self, document: Document, built: pdf_record.Record, its: Records) -> Iterator[PublishedRecord]:
        """Yield the texts of a document that are released, and those of before that are not, as they stand now."""
        released = ReleasedEdition(self.session, document, built)
        texts = {lang: text for lang in (*released.current, document.lang) if (text := released.text(lang))}
        texts = {lang: text for lang, text in texts.items() if not self._is_held(released, text, its)}
        if texts and document.lang not in texts:  # the original stands beside every translation that is published
            original = replace(released.of(document.lang), pdf="", pdf_sha256="")
            if self._is_shown(original, texts.values(), its) and not self._was_withdrawn(released, original.published):
                texts[document.lang] = original
        for lang, text in texts.items():
            yield self._since(text, its.get((document.id, lang)))
        for (_, lang), record in its.items():
            if lang not in texts:
                yield self._kept(record, document)

    def _is_shown(self, original: PublishedRecord, texts: Iterable[PublishedRecord], its: Records) -> bool:
        """Whether an original stands in the section: not where all that is translated of it is withdrawn.

        It may have what that was withdrawn for. What stood there before goes only when it is withdrawn itself.
        """
        before = its.get(original.published.key)
        if before and before.published.text_sha256 == original.published.text_sha256:
            return True
        is_unheard_of = self._is_unheard_of(original.published, before)
        its_own = ((one.published.lang, one.published.text_sha256) for one in texts)
        return not is_unheard_of and any(text not in self.withdrawn for text in its_own)

    def _is_held(self, released: ReleasedEdition, record: PublishedRecord, its: Records) -> bool:
        """Whether a text that does not stand in the section yet is not to come into it; say why."""
        now, before = record.published, its.get(record.published.key)
        reason = ""
        if not before or before.published.text_sha256 != now.text_sha256:
            if self._is_unheard_of(now, before):
                reason = _GONE
            elif (now.lang, now.text_sha256) in self.withdrawn:
                reason = ""
            elif now.key not in self.had and not self.originals.isdisjoint(
                (now.original_sha256 or now.text_sha256, released.body(released.document.lang))
            ):
                reason = withdrawals.never_had("it" if now.is_original else "its original", "publish")
            elif not self.held.isdisjoint(released.wordings(now.lang)):
                reason = _DRAFT_GONE
            elif self._was_withdrawn(released, now):
                reason = withdrawals.said_before("publish")
        if reason:
            self.session.say(f"{now.document_id} ({now.lang}): not published: {reason}")
        elif before and now.text_sha256 in before.earlier:
            self.session.say(
                f"{now.document_id} ({now.lang}): the section had this very text until another replaced it, as when "
                "older files are put back; it stands there again"
            )
        return bool(reason)

    def _is_unheard_of(self, now: Published, before: PublishedRecord | None) -> bool:
        """Whether a text is withdrawn that never stood in the section: a notice would tell the world its title.

        What stood there may be forgotten, but for its page.
        """
        has_page = not before and (self.config.output / places.SITE / addresses.page(now)).is_file()
        if has_page or (now.lang, now.text_sha256) not in self.withdrawn:
            return False
        self.unheard_of.add(now.document_id)  # maybe withdrawn as another document's, which nothing of its own tells
        return True

    def _was_withdrawn(self, released: ReleasedEdition, one: Published) -> bool:
        """Whether a text has every sentence of a withdrawn one, and is another."""
        return (one.lang, one.text_sha256) not in self.withdrawn and released.body(one.lang) in self.bodies

    def _since(self, record: PublishedRecord, before: PublishedRecord | None) -> PublishedRecord:
        """Return a text with the day on which it was first published, and that of the text it corrects."""
        now = record.published
        if before and before.published.text_sha256 == now.text_sha256:
            day, replaces = before.published.published, before.published.replaces
            earlier = before.earlier
            if self._is_forgotten(before.published):
                now = replace(now, standing=Standing.WITHDRAWN, reason=before.published.reason)
        else:
            day, replaces = self.session.day, before.published.published if before else ""
            earlier = (*before.earlier, before.published.text_sha256) if before else ()
        return replace(record, published=replace(now, published=day, replaces=replaces), earlier=earlier)

    def _kept(self, record: PublishedRecord, document: Document) -> PublishedRecord:
        """Return a text whose document has changed since, and that is not released again."""
        if self._is_forgotten(record.published):
            return record
        is_stale = record.made_of != document.sha256
        self.session.say(
            f"{document.id} ({record.published.lang}): what stands in the section is the text released on "
            f"{record.published.published}; its current text is not released"
        )
        standing = Standing.STALE if is_stale else Standing.CURRENT
        return replace(record, published=replace(record.published, standing=standing))

    def _is_forgotten(self, one: Published) -> bool:
        """Whether a text stands as withdrawn of which the ledger never knew that, as when an older one was put back."""
        return one.standing is Standing.WITHDRAWN and (one.lang, one.text_sha256) not in self.ever_withdrawn

    def stands(self, record: PublishedRecord) -> PublishedRecord:
        """Return a text with the notice of its withdrawal, or without one that was undone; itself if it stands."""
        one = record.published
        withdrawn = self.withdrawn.get((one.lang, one.text_sha256))
        if withdrawn:
            told = reasons.told(reasons.read(withdrawn.reason), [one.lang, one.source_lang])
            standing, reason = Standing.WITHDRAWN, told.words
        elif one.standing is Standing.WITHDRAWN and not self._is_forgotten(one):
            standing, reason = Standing.CURRENT, ""
        else:
            return record
        if (one.standing, one.reason) == (standing, reason):
            return record
        return records.stamped(replace(record, published=replace(one, standing=standing, reason=reason)))


@dataclass
class _TextReader:
    """Reads documents, maybe in other processes: what there is to say comes back with what was read."""

    texts: Texts
    built: pdf_record.Record
    langs: dict[str, list[str]]

    def __call__(self, path: Path) -> _ReadTexts:
        session = self.texts.session
        with session.apart() as said, session.guarded():
            read = index.contents(session.config, _names(session, inputs.files(session.config, path)))
            its = self.texts.read(path, self.built, self.langs.get(sources.id_of(session.config, path), [])).values()
            files = tuple(self._file(self.texts.stands(record)) for record in its)
            pictures = {name: content for record in its for name, content in record.published.pictures.items()}
            is_sure = sources.id_of(session.config, path) not in self.texts.unheard_of
            return _ReadTexts(files, pictures, tuple(said), read if is_sure else b"")
        return _ReadTexts(said=tuple(said))

    def _file(self, record: PublishedRecord) -> bytes:
        from pipeline.publication.site import search  # with jinja2, which few commands need

        one = record.published
        return records.encoded(record, search.found_by(one.text, self.texts.config.language(one.lang)))


def _pdfs(config: Config, built: pdf_record.Record) -> dict[str, list[object]]:
    """Return by document what is known of its PDFs, and how they lie on the disk."""
    found: dict[str, list[object]] = {}
    for name, one in sorted(built.items()):
        seen = name, one.sha256, one.shown, _stamp(config.output / name)
        for document_id in accumulate(name.split("."), "{}.{}".format):  # an id may have a full stop in it
            found.setdefault(document_id, []).append(seen)
    return found


def _langs(records: Records) -> list[str]:
    return sorted(lang for _, lang in records)


def _names(session: Session, paths: Sequence[Path]) -> list[str]:
    return [session.name(path) for path in paths]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _is_known(config: Config, one: Published) -> bool:
    """Whether the languages of a text are still described."""
    return {one.lang, one.source_lang} <= set(config.all_languages)


_GONE = "this text was withdrawn before it stood in the section; a corrected text will be published"
_DRAFT_GONE = (
    "a draft that says the same was withdrawn; correct it, or, to publish it as it is, add --allow-withdrawn-drafts"
)
_FORGOTTEN = (
    "it stays withdrawn, though the ledger knows nothing of that; put the newest ledger here (or, to publish it again, "
    "withdraw it once more, and undo that: pipeline withdraw)"
)
