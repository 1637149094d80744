"""What may leave: the documents whose current text lies in output/ as a released PDF."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.app import building, catalogues, pdf_record
from pipeline.app.building import Printing
from pipeline.app.catalogues import Current
from pipeline.app.pdf_record import is_on_disk, is_released
from pipeline.app.permission import Permissions
from pipeline.app.session import Session
from pipeline.catalogue.po.disclosure import disclosed
from pipeline.distribution import release
from pipeline.distribution.names import flat
from pipeline.distribution.partners import alone
from pipeline.distribution.release import MadeFile, Release, ReleaseFile
from pipeline.edition import alignment, reading
from pipeline.edition.content import TextContent
from pipeline.edition.design import FACING, PARALLEL, SINGLE, Design, Paper, Print
from pipeline.model import Document
from pipeline.publication import Published, Publisher
from pipeline.publication import formats as publication
from pipeline.workspace.config import Config

PRINTED = (PARALLEL, FACING, SINGLE)
"""The layouts that partners receive; changes are made for those who translate."""


@dataclass(frozen=True, slots=True)
class NotReady:
    """A text (without a language, a whole document) that may not leave: why, and what to type, if that would do."""

    document: str
    language: str
    reason: str
    command: str = ""

    @property
    def text(self) -> str:
        return f"{self.document} ({self.language})" if self.language else self.document

    def __str__(self) -> str:
        remedy = f"; type: {self.command} {self.document}" if self.command else ""
        return f"{self.text}: {self.reason}{remedy}"


def found(
    session: Session,
    documents: Sequence[str] | None = None,
    *,
    allow_drafts: bool = False,
    formats: Collection[str] = (),
) -> tuple[list[Release], list[NotReady]]:
    """Return what may leave, and what is not ready.

    A released PDF stays valid while its text and the typesetting stand. With `allow_drafts` a current
    draft is taken where there is no release. The original alone is offered too when it is printed (single). Of the
    `formats` of publications, releases have those that are named, each made when it is asked for.
    """
    departures = Departures(session, allow_drafts=allow_drafts, formats=formats)
    every = [departures.of(document) for document in catalogues.documents(session, documents)]
    return [one for its in every for one in its.releases], [why for its in every for why in its.missing]


@dataclass(frozen=True, slots=True)
class MayLeave:
    """What may leave of a document, and what is not ready."""

    releases: tuple[Release, ...]
    missing: tuple[NotReady, ...]


class Departures:
    """What may leave of each document, as `found` returns it of all."""

    def __init__(self, session: Session, *, allow_drafts: bool, formats: Collection[str]) -> None:
        self.session, self.allow_drafts = session, allow_drafts
        self.formats = [name for name in publication.names() if name in formats]
        self.record = pdf_record.read(session.config)
        self.permissions = Permissions(session)

    def of(self, document: Document) -> MayLeave:
        """Return what may leave of a document; a catalogue that cannot be read is a fault."""
        if forbidden := list(self.permissions.kept_here(document)):
            return MayLeave((), tuple(NotReady(document.id, "", reason) for reason in forbidden))
        leaving = _Leaving(self.session, document, self.record, self.formats)
        releases: list[Release] = []
        missing: list[NotReady] = []
        for lang in (document.lang, *leaving.current):
            with self.session.guarded():
                if release := leaving.release(lang, allow_drafts=self.allow_drafts):
                    releases.append(release)
                elif lang in leaving.current or SINGLE in self.session.config.layouts:
                    missing.append(_not_ready(document.id, lang, allow_drafts=self.allow_drafts))
        return MayLeave(tuple(releases), tuple(missing))


@dataclass(frozen=True, slots=True)
class PresentTexts:
    """What stands there of a document: what lies there printed, and the texts that are complete and do not.

    A PDF is lost, or no longer current, for many reasons that change no word: a newer version, another theme or paper.
    `original` is what the document says itself, whether it would be printed alone or not; without one, it is not there.
    """

    printed: tuple[Release, ...] = ()
    unprinted: tuple[Release, ...] = ()
    original: Release | None = None


def present(session: Session, document_id: str) -> PresentTexts:
    """Return what a document says in each language, released or not; a catalogue that cannot be read is a fault."""
    printed, unprinted, original = list[Release](), list[Release](), None
    for document in catalogues.documents(session, [document_id]):  # none when it cannot be read
        leaving = _Leaving(session, document, pdf_record.read(session.config), ())
        original = leaving.text(document.lang)
        for lang in (document.lang, *leaving.current):
            with session.guarded():
                if one := leaving.release(lang, allow_drafts=True):
                    printed.append(one)
                elif (lang in leaving.current or SINGLE in session.config.layouts) and (text := leaving.text(lang)):
                    unprinted.append(text)
    return PresentTexts(tuple(printed), tuple(unprinted), original)


def printings(config: Config, document: Document, lang: str) -> Iterator[Printing]:
    """Yield how a document is to be printed for partners in a language, its own or another."""
    langs: tuple[str, ...] = () if lang == document.lang else (lang,)
    for layout in PRINTED if langs else (SINGLE,):
        yield Printing(langs, Design(layout, Paper(config.paper), Print(config.print), config.theme))


class _Leaving:
    """A document that may leave: its catalogues as they stand, by language, and what was built of it."""

    def __init__(self, session: Session, document: Document, record: pdf_record.Record, formats: Sequence[str]) -> None:
        self.session, self.document, self.record, self.formats = session, document, record, formats
        self.read = catalogues.reader(session, document)
        self.plan = building.planner(session, document, self.read)
        self.current: dict[str, Current] = {}
        for lang in session.config.targets_of(document):
            with session.guarded():
                self.current[lang] = self.read(lang)
        merged = {lang: now.catalogue for lang, now in self.current.items()}
        self.edition = alignment.build(document, merged, session.config.all_languages)

    def release(self, lang: str, *, allow_drafts: bool) -> Release | None:
        """Return the release in a language, or the draft if that will do; None when neither lies there."""
        for is_draft in (False, True) if allow_drafts else (False,):
            if printed := dict(self.printed(lang, is_draft=is_draft)):
                catalogue = self.catalogue(lang)
                files: dict[str, ReleaseFile] = {**printed}
                if lang == self.document.lang:  # whatever layout a partner wants, the original stands alone
                    files = dict.fromkeys(PRINTED, printed[SINGLE])
                elif catalogue:
                    files["po"] = catalogue
                if not is_draft:
                    files |= self.made(lang)
                return release.release(self.edition, lang, catalogue, files, is_draft=is_draft)
        return None

    def text(self, lang: str) -> Release | None:
        """Return a text as it would be released, without any file; None while a sentence is left to be done."""
        one = release.release(self.edition, lang, b"", {}, is_draft=False)
        return one if one.reviewed + one.translated == one.units else None

    def made(self, lang: str) -> dict[str, ReleaseFile]:
        """Return the files of publications, by their formats; each is made once, when a bundle is to hold it."""

        @cache
        def text() -> Published:
            from pipeline.app.publishable import text_of  # which loads what makes a whole site

            return text_of(self.session.config, self.edition, lang, self.content)

        def file(name: str) -> MadeFile:
            format = publication.load(name)
            made = cache(lambda: format.made(text(), _publisher(self.session.config)))
            return MadeFile(f"{flat(self.document.id)}.{lang}{format.SUFFIX}", made)

        if lang == self.document.lang:  # beside what, whatever a partner wants
            return {name: file(alone(name)) for name in self.formats}
        return {name: file(name) for name in self.formats}

    def content(self, lang: str) -> TextContent:
        config = self.session.config
        return reading.read(self.edition, config.language(lang), config.theme)

    def catalogue(self, lang: str) -> bytes:
        """Return the PO file in a language as it may leave; empty when there is none."""
        now = self.current.get(lang)
        return disclosed(now.catalogue, self.document.meta.date) if now and now.file.content else b""

    def printed(self, lang: str, *, is_draft: bool) -> Iterator[tuple[str, Path]]:
        """Yield the PDFs in a language that lie there and are current, by their layout."""
        config = self.session.config
        for choice in printings(config, self.document, lang):
            path = building.pdf_path(config, self.document, choice)
            if path.relative_to(config.output).as_posix() in self.record:  # what was never built need not be laid out
                target = self.plan(choice)
                sheet, is_there = (target.draft, is_on_disk) if is_draft else (target.release, is_released)
                if is_there(config, sheet, self.record):
                    yield choice.design.layout, path


def _publisher(config: Config) -> Publisher:
    """Return who publishes what goes to partners: where it may stand on the web besides, nobody knows yet."""
    topics = {name: topic.title for name, topic in config.topics.items() if topic.title}
    name = config.publication.name or config.sender.name
    longest, theme = config.publication.longest_message, config.theme
    return Publisher(
        config.all_languages,
        name,
        topics=topics,
        longest_message=longest,
        colour=theme.colour,
        fonts=theme.others,
    )


def _not_ready(document_id: str, lang: str, *, allow_drafts: bool) -> NotReady:
    """Return why nothing of a document may leave in a language, and what to type."""
    if allow_drafts:
        return NotReady(document_id, lang, "there is no PDF of the current text", "pipeline build-pdf")
    return NotReady(document_id, lang, "the current text is not released", "pipeline build-pdf --release")
