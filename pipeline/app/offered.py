"""What may leave of each document, kept in the index: only documents that something has changed for are read again.

Kept is what a plan is made of. What is due by that plan is read whole, so that nothing is sent that was not looked at.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import msgspec

from pipeline import forking
from pipeline.app import building, catalogues, inputs, releases
from pipeline.app.events import Event, Remark
from pipeline.app.pdf_record import Built
from pipeline.app.releases import Departures, MayLeave, NotReady
from pipeline.app.session import Session
from pipeline.distribution.release import MadeFile, Release, ReleaseFile
from pipeline.errors import PipelineError
from pipeline.model import Document
from pipeline.publication import formats as publication
from pipeline.workspace import config, index, storage
from pipeline.workspace.index import DocumentIndex, IndexEntry

TOPIC = "offered"
"""Of the index: what may leave of each document, drafts aside."""

FEW = 10
"""Documents that are read before other processes would have begun."""


@dataclass(frozen=True, slots=True)
class _KeptRelease:
    """Of a release, what a plan is made of; of its files, in which formats there are some."""

    lang: str
    text_sha256: str
    wording_sha256: str
    original_sha256: str
    original_text_sha256: str
    body_sha256: str
    original_body_sha256: str
    is_draft: bool
    topics: tuple[str, ...]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _KeptOffer:
    """What may leave of a document and what is not ready, what there is to say of it, and the record of its PDFs."""

    remarks: tuple[str, ...]
    releases: tuple[_KeptRelease, ...]
    missing: tuple[NotReady, ...]
    built: dict[str, Built | None]


@dataclass(frozen=True, slots=True)
class _OfferRead:
    """What there is to say of a document that was read, and what was found; it is kept where nothing is in doubt."""

    said: Sequence[Event]
    offer: _KeptOffer | None = None
    entry: IndexEntry | None = None


class Offers:
    """What may leave of the documents asked for, or of all; as `releases.found`, while the workspace is locked."""

    def __init__(
        self, session: Session, asked: Sequence[str] | None, *, allow_drafts: bool, formats: Collection[str]
    ) -> None:
        self.session, self.config = session, session.config
        self.departures = Departures(session, allow_drafts=allow_drafts, formats=formats)
        self.files = catalogues.files_by_id(session, asked)
        topic = "drafts offered" if allow_drafts else TOPIC
        self.index = DocumentIndex(session.config, topic, keeps=not session.dry_run)
        self.known = self._looked()

    def all(self) -> tuple[list[Release], list[NotReady]]:
        """Return what may leave, and what is not ready; of what was not `read_whole`, only what plans need."""
        every = list(self.known.values())
        return [one for its in every for one in its.releases], [why for its in every for why in its.missing]

    def read_whole(self, ids: Collection[str]) -> None:
        """Read some documents as they are now, with all that is to be sent of them."""
        for name in ids:
            if name in self.files:
                self.known[name] = MayLeave((), ())
                with self.session.guarded():
                    self.known[name] = self.departures.of(catalogues.document_at(self.session, self.files[name]))

    @cached_property
    def made_by(self) -> bytes:
        """What stands for all that every document depends on besides its files and the record of its PDFs."""
        settings = storage.read_bytes(self.config, self.config.root / config.FILE_NAME)
        theme, withheld = self.config.theme, self.departures.permissions.withheld
        items = [(item.number, item.sha256, item.document, item.like) for item, _ in withheld]
        return index.digest(inputs.common(self.session, []), settings, theme.logo, sorted(theme.files.items()), items)

    def _looked(self) -> dict[str, MayLeave]:
        found = {name: self._kept(name) for name in self.files}
        stale = [name for name, offer in found.items() if offer is None]
        outcomes = forking.each(self._read, stale, FEW)
        for name, outcome in self.session.progress(zip(stale, outcomes, strict=True), "Reading", len(stale)):
            self.session.repeat(outcome.said)
            found[name] = outcome.offer
            if outcome.entry:
                self.index.learn(name, outcome.entry)
        self.index.keep_only(self.session.sources().documents)
        self.index.keep(self.session.time_ns())
        return {name: self._opened(name, offer) for name, offer in found.items() if offer}

    def _kept(self, name: str) -> _KeptOffer | None:
        """Return what is known of a document, and say what there is to say; None when it is to be read."""
        known = self.index.fresh(name, self.made_by)
        with suppress(ValueError, RecursionError):
            offer = msgspec.msgpack.decode(known, type=_KeptOffer) if known else None
            if offer and all(self.departures.record.get(pdf) == built for pdf, built in offer.built.items()):
                for remark in offer.remarks:
                    self.session.say_once(remark)
                return offer
        return None

    def _read(self, name: str) -> _OfferRead:
        """Read a document, maybe in another process."""
        path = self.files[name]
        with self.session.apart() as said, self.session.guarded():
            own = [self.session.name(file) for file in inputs.files(self.config, path)]
            before = index.contents(self.config, own)
            document = catalogues.document_at(self.session, path)
            its = self.departures.of(document)
            pdfs = [building.pdf_path(self.config, document, one) for one in self._printings(document)]
            names = [pdf.relative_to(self.config.output).as_posix() for pdf in pdfs]
            built = {pdf: self.departures.record.get(pdf) for pdf in names}
            offer = _KeptOffer(document.remarks, tuple(map(_kept_release, its.releases)), its.missing, built)
            with suppress(PipelineError):
                files = [*own, *map(self.session.name, pdfs)]
                entry = index.learnt(self.config, self.made_by, files, msgspec.msgpack.encode(offer))
                is_sure = index.contents(self.config, own) == before and _is_all(said, document)
                return _OfferRead(said, offer, entry if is_sure else None)
            return _OfferRead(said, offer)
        return _OfferRead(said)

    def _printings(self, document: Document) -> Iterator[building.Printing]:
        for lang in (document.lang, *self.config.targets_of(document)):
            yield from releases.printings(self.config, document, lang)

    def _opened(self, name: str, offer: _KeptOffer) -> MayLeave:
        return MayLeave(tuple(self._release(name, one) for one in offer.releases), offer.missing)

    def _release(self, name: str, kept: _KeptRelease) -> Release:
        made = () if kept.is_draft else self.departures.formats
        files: dict[str, ReleaseFile] = dict.fromkeys((*kept.formats, *made), MadeFile("", _unread))
        return Release(
            name,
            kept.lang,
            kept.text_sha256,
            "",
            "",
            0,
            0,
            (),
            kept.is_draft,
            {},
            {},
            "",
            kept.topics,
            files,
            wording_sha256=kept.wording_sha256,
            original_sha256=kept.original_sha256,
            original_text_sha256=kept.original_text_sha256,
            body_sha256=kept.body_sha256,
            original_body_sha256=kept.original_body_sha256,
        )


def _kept_release(one: Release) -> _KeptRelease:
    formats = tuple(name for name in one.files if name not in publication.names())
    digests = one.text_sha256, one.wording_sha256, one.original_sha256, one.original_text_sha256
    bodies = one.body_sha256, one.original_body_sha256
    return _KeptRelease(one.lang, *digests, *bodies, one.is_draft, one.topics, formats)


def _is_all(said: Sequence[Event], document: Document) -> bool:
    """Whether nothing was said but what there is to say of a document each time."""
    return all(isinstance(one, Remark) and one.text in document.remarks for one in said)


def _unread() -> bytes:
    raise AssertionError("what is sent is read whole")
