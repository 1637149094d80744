"""Which documents a run need not look at again: nothing they depend on has changed since a run left nothing to do.

What a document depends on besides its own files are the translations of others, where a sentence of its own is still
open: one that is untranslated, or that a program translated and nobody has touched since.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from pipeline.app import borrowed, building, catalogues, checking, inputs, memory, pdf_record, translating
from pipeline.app.building import Printing
from pipeline.app.overview import DocumentSeen
from pipeline.app.permission import Permissions
from pipeline.app.session import Session
from pipeline.app.translating import LeftUntranslated
from pipeline.catalogue import origin, po, wordhashes
from pipeline.edition.design import CHANGES
from pipeline.errors import PipelineError
from pipeline.model import Catalogue, State, Unit
from pipeline.qa.report import Result
from pipeline.text import markup
from pipeline.text.orthography import wording_hash
from pipeline.workspace import config, index, places, reading, storage
from pipeline.workspace.index import DocumentIndex

MOST_COMPARED = 50
"""New translations that are held against what is untranslated elsewhere; for more of them, all of that is read."""


@dataclass(frozen=True, slots=True)
class _OfLanguage:
    """Of one catalogue: how many sentences are untranslated, which are open, and what it gives to the memory.

    `gaps` are those that are untranslated, `offers` pairs of a sentence and what stands for its translation: arrays
    of 64-bit numbers. `words` are those of the `gaps`, as `wordhashes` packs them. `lenders` are the documents whose
    sentences its drafts say.
    """

    untranslated: int
    gaps: bytes
    words: bytes
    drafts: bytes
    offers: bytes
    lenders: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the arrays are whole; others may have written what is in the index."""
        whole = all(len(numbers) % 8 == 0 for numbers in (self.gaps, self.drafts)) and len(self.offers) % 16 == 0
        return whole and wordhashes.is_packed(self.words)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What a run would say of a document once more, and what is open in it by language."""

    source_lang: str
    remarks: tuple[str, ...]
    languages: dict[str, _OfLanguage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Glance:
    """What is in mind of a settled document, of which an archive may have a hundred thousand.

    How many sentences are untranslated in all languages, and whether any is open.
    """

    remarks: tuple[str, ...]
    untranslated: int
    is_open: bool

    @classmethod
    def of(cls, settled: _Settled) -> "_Glance":
        every = settled.languages.values()
        is_open = any(its.gaps or its.drafts for its in every)
        return cls(settled.remarks, sum(its.untranslated for its in every), is_open)


Pair = tuple[int, int]
"""A sentence, and what stands for its translation."""


@dataclass(slots=True)
class _News:
    """What changed in the catalogues of a language: sentences that are translated otherwise, and words of new ones."""

    changed: set[int] = field(default_factory=set)
    new: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, old: frozenset[Pair], now: Sequence[tuple[Pair, Unit]]) -> None:
        self.changed.update(sentence for sentence, _ in old ^ {pair for pair, _ in now})
        self.new += [wordhashes.hashes(_words(unit)) for pair, unit in now if pair not in old]

    def concern(self, its: _OfLanguage) -> bool:
        """Whether they may fill, or translate otherwise, what is open in a catalogue."""
        if any(not self.changed.isdisjoint(array("q", numbers)) for numbers in (its.gaps, its.drafts)):
            return True
        if not its.words or not self.new:
            return False
        return len(self.new) > MOST_COMPARED or any(wordhashes.may_be_like(one, its.words) for one in self.new)


class Settling:
    """What is settled of a workspace, while it is locked; for runs that `release`, something else may be."""

    def __init__(self, session: Session, *, release: bool) -> None:
        self.session, self.config, self.release = session, session.config, release
        self.index = DocumentIndex(session.config, "release" if release else "run", keeps=not session.dry_run)
        self.known: dict[str, _Glance] = {}
        self.left: translating.Left = {}
        self.obstacles: dict[translating.Pair, str] = {}
        documents = session.sources().documents.items()
        self.files = {name: path for name, path in documents if not reading.waits(session.config, path)}

    @cached_property
    def made_by(self) -> bytes:
        """What stands for all that every document depends on, the memories of others and of documents long gone too."""
        settings = storage.read_bytes(self.config, self.config.root / config.FILE_NAME)
        theme = self.config.theme
        withheld = [(item.number, item.sha256, item.document) for item, _ in self.permissions.withheld]
        common = inputs.common(self.session, [])
        return index.digest(common, settings, theme.logo, sorted(theme.files.items()), withheld, self._others())

    @cached_property
    def permissions(self) -> Permissions:
        return Permissions(self.session)

    def _others(self) -> bytes:
        """Return what stands for the translations that belong to no document."""
        names = [self.session.name(path) for path in memory.tmx_files(self.config)]
        for lang in self.config.targets:
            folder = self.session.name(self.config.translations / lang)
            every = places.names_below(self.config.translations / lang, ".po")
            names += [f"{folder}/{name}.po" for name in every if name not in self.files]
        return index.stamp(self.config, names) or index.contents(self.config, names)

    def unsettled(self) -> list[str]:
        """Return the documents that a run must look at, by id; what it would say of the others is said.

        Raises DocumentError when there are none at all.
        """
        catalogues.files(self.session, None)  # says what can be no document
        is_built = (self.config.output / pdf_record.FILE_NAME).is_file()  # what is not known to be built is built again
        for document_id in self.files if is_built else ():
            if settled := _decoded(self.index.fresh(document_id, self.made_by)):
                self.known[document_id] = _Glance.of(settled)
        if self.known:
            self._look_at_what_is_open()
        for glance in self.known.values():
            for remark in glance.remarks:
                self.session.say_once(remark)
        return [document_id for document_id in self.files if document_id not in self.known]

    def _look_at_what_is_open(self) -> None:
        """Take out what can be translated now: by what stands in a changed catalogue, or by an engine.

        What stays untranslated is left for the same reason as before.
        """
        news, changed = self._news(), self.files.keys() - self.known.keys()
        # What lends a draft and is none of these has changed, or is gone, as after it was renamed.
        unchanged = self.session.sources().documents.keys() - changed
        for document_id in [name for name, glance in self.known.items() if glance.is_open]:
            settled = _decoded(self.index.found(document_id))
            lenders = {name for its in settled.languages.values() for name in its.lenders} if settled else set()
            if settled is None or lenders - unchanged or _concerns(news, settled) or not self._stays(settled):
                del self.known[document_id]

    def _news(self) -> dict[str, _News]:
        """Return what changed in the catalogues of the documents that are not settled, by language."""
        news = {lang: _News() for lang in self.config.targets}
        for document_id in self.files.keys() - self.known.keys():
            before = self._before(document_id)
            for lang in self.config.targets:
                old = _pairs(before[lang].offers) if lang in before else frozenset()
                news[lang].add(old, self._done(document_id, lang))
        return news

    def _stays(self, settled: _Settled) -> bool:
        """Whether no engine can translate what is untranslated, which is then left."""
        gaps = {(settled.source_lang, lang): its.gaps for lang, its in settled.languages.items() if its.gaps}
        if not all(map(self._obstacle, gaps)):
            return False
        for pair, hashes in gaps.items():
            left = self.left.setdefault(pair, LeftUntranslated(self._obstacle(pair)))
            left.sentences.frombytes(hashes)
        return True

    def _obstacle(self, pair: translating.Pair) -> str:
        if pair not in self.obstacles:
            self.obstacles[pair] = translating.obstacle(self.session, pair)
        return self.obstacles[pair]

    def _before(self, document_id: str) -> dict[str, _OfLanguage]:
        settled = _decoded(self.index.found(document_id))
        return settled.languages if settled else {}

    def _done(self, document_id: str, lang: str) -> list[tuple[Pair, Unit]]:
        """Return what a PO file gives to the memory as it stands; nothing when it cannot be read."""
        path = places.catalogue_path(self.config, lang, document_id)
        with suppress(PipelineError):
            return _done(catalogues.file_at(self.session, path).catalogue) if path.is_file() else []
        return []

    def untranslated(self) -> int:
        """Return how many sentences are untranslated in what is settled."""
        return sum(glance.untranslated for glance in self.known.values())

    def see(self, seen: DocumentSeen) -> None:
        """Know a document as settled if nothing is left to do.

        Raises PipelineError when one of its catalogues cannot be read.
        """
        document = seen.document
        self.index.forget(document.id)
        choices = building.choices(self.config, document)
        if any(choice.design.layout == CHANGES for choice in choices):
            return  # what it compares with is not among its files
        currents = {lang: seen.read(lang) for lang in self.config.targets_of(document)}
        if not all(_is_saved(now) for now in currents.values()):
            return
        remarks = [*document.remarks]
        for choice in choices:
            if (said := self._said(seen, choice)) is None:
                return
            remarks += said
        settled = _Settled(document.lang, tuple(remarks), {k: _of_language(v.catalogue) for k, v in currents.items()})
        pdfs = [self.session.name(building.pdf_path(self.config, document, choice)) for choice in choices]
        found = msgspec.msgpack.encode(settled)
        entry = index.learnt(self.config, self.made_by, [*seen.files, *pdfs], found)
        if index.contents(self.config, seen.files) == seen.contents:
            self.index.learn(document.id, entry)

    def _said(self, seen: DocumentSeen, choice: Printing) -> list[str] | None:
        """Return what a run says of a PDF that is as it should be; None when it is not, or may not be the next time."""
        target = seen.plan(choice)
        if self.release and pdf_record.is_on_disk(self.config, target.release, self.built):
            return []
        if not building.is_current(self.config, target, self.built):
            return None
        if not self.release:
            return []
        obstacle = next(self._obstacles(seen, choice), "")
        return [building.stays_a_draft(target, obstacle)] if obstacle else None

    @cached_property
    def built(self) -> pdf_record.Record:
        return pdf_record.read(self.config)

    def _obstacles(self, seen: DocumentSeen, choice: Printing) -> Iterator[str]:
        """Yield what keeps a PDF from being released, as far as it depends on the document alone, and stands first."""
        yield from self.permissions.forbidden(seen.document)
        for lang in choice.langs[:1]:
            result = Result(seen.document.id, lang, seen.read(lang).catalogue, ())
            yield from checking.obstacles(result, self.config.readers)

    def keep(self) -> None:
        """Keep what is settled now."""
        self.index.keep_only(self.files)
        self.index.keep(self.session.time_ns())


def _is_saved(now: catalogues.Current) -> bool:
    """Whether the PO file says all that the catalogue says."""
    return bool(now.file.content) and po.same_meaning(now.file.catalogue, now.catalogue)


def _of_language(catalogue: Catalogue) -> _OfLanguage:
    untranslated = [unit for unit in catalogue.units if not unit.target]
    drafts = [unit for unit in catalogue.units if unit.target and origin.is_untouched(unit)]
    words = wordhashes.packed(map(_words, untranslated))
    offers = array("q", [number for pair in sorted({pair for pair, _ in _done(catalogue)}) for number in pair])
    lenders = tuple(sorted(borrowed.lenders(drafts)))
    return _OfLanguage(len(untranslated), _hashes(untranslated), words, _hashes(drafts), offers.tobytes(), lenders)


def _hashes(units: Iterable[Unit]) -> bytes:
    return array("q", sorted({_of_sentence(unit) for unit in units})).tobytes()


def _done(catalogue: Catalogue) -> list[tuple[Pair, Unit]]:
    """Return what a catalogue gives to the memory, as `memory.opened` takes it."""
    done = (
        unit for unit in (*catalogue.units, *catalogue.obsolete) if unit.state in (State.TRANSLATED, State.REVIEWED)
    )
    return [((_of_sentence(unit), _hash(_said(catalogue.source_lang, unit))), unit) for unit in done]


def _said(source_lang: str, unit: Unit) -> str:
    return "\0".join((source_lang, unit.source, unit.target, unit.context, *unit.notes, *unit.marks))


def _decoded(found: bytes | None) -> _Settled | None:
    if found is None:
        return None
    try:
        settled = msgspec.msgpack.decode(found, type=_Settled)
    except (ValueError, RecursionError):
        return None
    return settled if all(its.is_sound for its in settled.languages.values()) else None


def _concerns(news: dict[str, _News], settled: _Settled) -> bool:
    return any(news[lang].concern(its) for lang, its in settled.languages.items() if lang in news)


def _pairs(offers: bytes) -> frozenset[Pair]:
    numbers = array("q", offers)
    return frozenset(zip(numbers[::2], numbers[1::2], strict=True))


def _of_sentence(unit: Unit) -> int:
    return wording_hash(_words(unit))


def _words(unit: Unit) -> str:
    return markup.unsigned(unit).source


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
