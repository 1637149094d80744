"""What the checks found, kept in the index: a text is checked again only when something has changed for it.

What is found in a text depends on others too: on those that translate a sentence of it, or say the same for another.
So the index has of each PO file which sentences it translates by what, as numbers; and what changes of these says which
texts are to be checked again, and which PO files are to be read for that.
"""

import os
import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import msgspec

from pipeline import forking, termbase
from pipeline.app import catalogues, checking, inputs, pairs, postediting
from pipeline.app.events import Event
from pipeline.app.pairs import Pairs
from pipeline.app.session import Session
from pipeline.catalogue import po
from pipeline.model import Catalogue, Document, Finding, Severity
from pipeline.qa import acceptance, checks, report
from pipeline.qa.report import Result
from pipeline.workspace import index, places, reading, storage
from pipeline.workspace.index import DocumentIndex, IndexEntry

TOGETHER = 25
"""Texts that one process checks before it is given others: what others say of their sentences is read once for them."""

MOST_SIBLINGS = 2
"""Other languages that a translation is held against."""

FEW = 40
"""PO files that are read before other processes would have begun."""

FEWER = 200
"""Texts to be checked for which only their own sentences are looked for in others."""

MOST_BYTES = 100_000_000
"""Of the findings of a text."""

Siblings = Mapping[checks.UnitKey, tuple[checks.Sibling, ...]]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What was found in a text of so many units: findings nobody has accepted, and unchanged drafts of machines.

    `file` is its PO file in the workspace; its `catalogue` is there when that was asked for.
    """

    document_id: str
    lang: str
    units: int
    findings: tuple[Finding, ...]
    unchanged: int
    file: str
    catalogue: Catalogue | None = None


@dataclass(frozen=True, slots=True)
class _KeptCheck:
    """The same as it is kept, its findings packed; without units, the document is not translated into the language.

    `said` are its own sentences and translations, `digests` names each unit and what it said.
    """

    units: int
    unchanged: int
    remarks: tuple[str, ...]
    said: bytes
    digests: bytes
    findings: bytes


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document that was read: its catalogue, if it has one in the language, and its files as they were before.

    What is found in it depends on `files`: `sources` are the digests of all but PO files, `catalogues` those of these,
    as they were read, its own last.
    """

    name: str
    said: Sequence[Event]
    document: Document | None = None
    catalogue: Catalogue | None = None
    stamp: bytes = b""
    sources: Sequence[str] = ()
    catalogues: Sequence[str] = ()
    files: Sequence[str] = ()
    siblings: Siblings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _CheckOutcome:
    """What there is to say of a document, to keep, and to show: nothing is kept where there was a fault."""

    said: tuple[Event, ...]
    kept: IndexEntry | None = None
    text: CheckedText | None = None


def check(
    session: Session,
    asked: Sequence[str] | None,
    languages: Sequence[str] | None,
    *,
    changed: bool = False,
    page: Path | None = None,
    least: Severity = Severity.NOTE,
) -> Iterator[CheckedText]:
    """Yield what is found in the documents and languages asked for, and write it from the `least` severe on as a page.

    With `changed`, only of units that changed since the last check. What is found does not stay in memory, but for
    the page. The workspace is locked until the last is taken.
    """
    shown = []
    if page:
        storage.require_own(page.absolute(), report.MARK)
    with session.locked():
        langs, files = session.languages(languages), catalogues.files_by_id(session, asked)
        for lang in langs:
            for text in CheckedTexts(session, lang, changed=changed, whole=page is not None).each(files):
                if page and text.catalogue:
                    shown.append(
                        Result(text.document_id, lang, text.catalogue, text.findings, text.unchanged, text.file)
                    )
                yield text
    if page:
        if not session.dry_run:
            html = report.html(session.config.title, shown, session.config.all_languages, least)
            storage.write(page.absolute(), html.encode())
        session.wrote(page.absolute())


class CheckedTexts:
    """What is known of the texts in a language, while the workspace is locked."""

    def __init__(self, session: Session, lang: str, *, changed: bool = False, whole: bool = False) -> None:
        """With `changed`, findings are given of units that changed since the last check; with `whole`, catalogues."""
        self.session, self.config, self.lang = session, session.config, lang
        self.changed, self.whole = changed, whole
        self.others = DocumentIndex(session.config, f"said {lang}", keeps=not session.dry_run)
        self.common = index.digest(inputs.common(session, []), session.config.source_language)
        self.made_by = self._made_by()

    @cached_property
    def known(self) -> DocumentIndex:
        """What was found in each text."""
        return DocumentIndex(self.config, f"check {self.lang}", keeps=not self.session.dry_run)

    def _made_by(self) -> bytes:
        """Return what stands for all that findings depend on besides the files of texts."""
        config = self.config
        path = config.translations / termbase.FILE_NAME
        terms = storage.file_sha256(config, path) if os.path.lexists(path) else ""
        fonts = [(name, storage.sha256(content)) for name, content in sorted(config.theme.files.items())]
        return index.digest(self.common, terms, fonts, config.dates, config.names)

    def each(self, files: Mapping[str, Path]) -> Iterator[CheckedText]:
        """Yield what is found in the documents at these paths, by id, that are translated into the language."""
        self._update()
        fresh = {name for name in files if self.known.fresh(name, self.made_by) is not None}
        standing = {name: text for name in fresh if (text := self._stands(name))} if self.whole else {}
        to_read = [name for name in files if self.whole or name not in fresh]
        outcomes = self._checked(files, to_read, standing)
        for name in self.session.progress(files, f"Checking {self.lang}", len(files)):
            is_known = name in fresh and not self.whole
            text = self._known(name, files) if is_known else self._learnt(name, next(outcomes))
            if text:
                yield text
        self.known.keep_only(self.session.sources().documents)
        self._keep()

    def _checked(
        self, files: Mapping[str, Path], names: Sequence[str], standing: Mapping[str, CheckedText]
    ) -> Iterator[_CheckOutcome]:
        """Yield what is found in texts of these names, which are read for it; what is `standing` is not checked."""
        if names:
            its = [names[start : start + TOGETHER] for start in range(0, len(names), TOGETHER)]
            stale = [name for name in names if name not in standing]
            yield from chain.from_iterable(forking.each(_Checker(self, files, stale, standing), its, 1))

    def _known(self, name: str, files: Mapping[str, Path]) -> CheckedText | None:
        kept, text = _decoded(self.known.found(name)), self._stands(name)
        if kept is None or text is None:  # damaged
            return self._learnt(name, *self._checked(files, [name], {}))
        for remark in kept.remarks:
            self.session.say_once(remark)
        return text if text.units else None

    def _stands(self, name: str) -> CheckedText | None:
        """Return what is known of a text, without units where there is none; None when it is damaged."""
        kept = _decoded(self.known.found(name))
        findings = _unpacked(kept.findings) if kept else None
        if kept is None or findings is None:
            return None
        shown = () if self.changed else findings
        return CheckedText(name, self.lang, kept.units, shown, kept.unchanged, self.file(name))

    def _learnt(self, name: str, outcome: _CheckOutcome) -> CheckedText | None:
        self.session.repeat(outcome.said)
        if outcome.kept:
            self.known.learn(name, outcome.kept)
        return outcome.text

    def file(self, name: str) -> str:
        """Return the PO file of a document, from the workspace."""
        return self.session.name(places.catalogue_path(self.config, self.lang, name))

    def context(self, catalogue: Catalogue) -> checks.Context:
        """Return what the checks of one catalogue know; of other PO files those are read that it depends on.

        It holds while none of these changes. Nothing else can be asked afterwards.
        """
        changed = self._learn_others(few=sys.maxsize)  # who asks for one may have threads, which do not outlive a fork
        checker = _Checker(self, {}, [catalogue.document_id])
        if len(self.others.changed) > FEW:  # a few are read again sooner than all that they may concern is doubted
            self._doubt(changed)
            self._keep()
        elsewhere = checker.elsewhere([catalogue])[catalogue.source_lang]
        known = replace(
            checker.context(catalogue.source_lang, self.lang), targets=elsewhere.targets, sources=elsewhere.sources
        )
        return replace(known, siblings=checker.siblings(catalogue))

    def _keep(self) -> None:
        if self.known.keep(self.session.time_ns()):  # else nobody would know what it does not depend on any more
            self.others.keep(self.session.time_ns())

    def _update(self) -> None:
        """Know what PO files translate by what now; what was found in texts for which that changed is in doubt."""
        if changed := self._learn_others(FEW):
            self._doubt(changed)

    def _learn_others(self, few: int) -> set[int]:
        """Know what PO files translate by what now; return the sentences and translations of which that changed."""
        names = list(places.listed(self.config.translations / self.lang, ".po"))
        stale = [name for name in names if self.others.fresh(name, self.common) is None]
        gone = self.others.known.keys() - set(names)
        read = zip(stale, forking.each(self._read, stale, few), strict=True)
        changed = set[int]()
        for name, (said, entry) in chain(read, ((name, ((), None)) for name in gone)):
            self.session.repeat(said)
            changed |= pairs.changed(self.others.found(name), entry.found if entry else None)
            self.others.forget(name)
            if entry:
                self.others.learn(name, entry)
        return changed

    def _read(self, name: str) -> tuple[Sequence[Event], IndexEntry | None]:
        with self.session.apart() as said, self.session.guarded():
            path = places.catalogue_path(self.config, self.lang, name)
            file = catalogues.file_at(self.session, path)
            read = index.contents_of([storage.sha256(file.content)])
            return said, IndexEntry(self.common, self.session.name(path), b"", read, pairs.packed(file.catalogue))
        return said, None

    def _doubt(self, changed: set[int]) -> None:
        """Believe nothing that was found in a text that has any of these sentences and translations."""
        for name, entry in list(self.known.known.items()):
            found = self.known.found(name)
            kept = _decoded(found)
            if kept is None or not changed.isdisjoint(array("q", kept.said)):
                self.known.learn(name, replace(entry, made_by=b"", found=found))

    def pairs(self) -> Pairs:
        """Return what each PO file translates by what."""
        every = ((name, self.others.found(name)) for name in self.others.known)
        return {name: found for name, found in every if found is not None and len(found) % 16 == 0}

    def last(self, name: str) -> dict[bytes, bytes]:
        """Return what each unit of a document said when it was checked last."""
        kept = _decoded(self.known.found(name))
        digests = kept.digests if kept else b""
        return {digests[at : at + 8]: digests[at + 8 : at + 16] for at in range(0, len(digests), 16)}


class _Checker:
    """Checks texts, maybe in another process: what there is to say comes back with what was found."""

    def __init__(
        self,
        texts: CheckedTexts,
        files: Mapping[str, Path],
        stale: Sequence[str],
        standing: Mapping[str, CheckedText] = MappingProxyType({}),
    ) -> None:
        self.standing = standing
        self.texts, self.session, self.config, self.lang = texts, texts.session, texts.config, texts.lang
        self.files, self.pairs = files, texts.pairs()
        self.last = {name: texts.last(name) for name in stale} if texts.changed else {}
        few = {number for name in stale for number in array("q", self.pairs.get(name, b""))}
        self.shared = pairs.said_otherwise(self.pairs, few if len(stale) <= FEWER else None)
        self.context = cache(self._context)

    def _context(self, source_lang: str, lang: str) -> checks.Context:
        return checking.context(self.session, source_lang, lang, {})

    def __call__(self, names: Sequence[str]) -> list[_CheckOutcome]:
        begun = [self._begun(name) for name in names]
        elsewhere = self.elsewhere([one.catalogue for one in begun if one.catalogue and one.name not in self.standing])
        return [self._outcome(one, elsewhere) for one in begun]

    def _begun(self, name: str) -> _Begun:
        with self.session.apart() as said, self.session.guarded():
            own = list(map(self.session.name, inputs.sources(self.files[name])))
            files = [*own, *(self.session.name(path) for _, path in self._beside(name)), self.texts.file(name)]
            stamp, sources = index.stamp(self.config, files), index.digests(self.config, own)
            document = reading.read(self.config, self.files[name])
            for remark in document.remarks:
                self.session.say_once(remark)
            if self.lang not in self.config.targets_of(document):
                return _Begun(name, said, document, None, index.stamp(self.config, own), sources, files=own)
            now = checking.current(self.session, document, self.lang)
            content = storage.sha256(now.file.content) if now.file.content else ""
            siblings, others = self._siblings(name, document.lang)
            return _Begun(name, said, document, now.catalogue, stamp, sources, [*others, content], files, siblings)
        return _Begun(name, said)

    def _beside(self, name: str) -> Iterator[tuple[str, Path]]:
        """Yield the first languages that a document may have a PO file in besides this one, with its path."""
        others = [lang for lang in self.config.targets if lang != self.lang][:MOST_SIBLINGS]
        yield from ((lang, places.catalogue_path(self.config, lang, name)) for lang in others)

    def siblings(self, catalogue: Catalogue) -> Siblings:
        """Return what people have made of the sentences of a catalogue in other languages, by its PO files there."""
        return self._siblings(catalogue.document_id, catalogue.source_lang)[0]

    def _siblings(self, name: str, source_lang: str) -> tuple[Siblings, list[str]]:
        """Return the same, and the digests of these PO files as they were read; each is read once."""
        found, digests = list[tuple[checks.Context, Catalogue]](), list[str]()
        for lang, path in self._beside(name):
            digests.append("")
            with self.session.apart(), self.session.guarded():  # its faults are said where its language is checked
                if path.is_file():
                    content = storage.read_bytes(self.config, path)
                    digests[-1] = storage.sha256(content)
                    said = name, self.config.source_language, lang
                    its = po.parse(content, str(path), *said, langs=self.config.targets).catalogue
                    if its.source_lang == source_lang:
                        found.append((self.context(source_lang, lang), its))
        return checks.siblings(found), digests

    def elsewhere(self, own: Sequence[Catalogue]) -> dict[str, checks.Elsewhere]:
        """Return by source language what others say of the sentences in some catalogues, and by their translations."""
        found: dict[str, list[Catalogue]] = {one.source_lang: [] for one in own}
        for name in self._needed(own):
            with self.session.apart(), self.session.guarded():  # its faults are said already
                path = places.catalogue_path(self.config, self.lang, name)
                its = catalogues.file_at(self.session, path).catalogue
                found.get(its.source_lang, []).append(its)
        return {source_lang: checks.elsewhere(its) for source_lang, its in found.items()}

    def _needed(self, own: Sequence[Catalogue]) -> list[str]:
        """Return the PO files in which a sentence is translated otherwise, or something else by the same.

        Of those in which both are the same, one will do. What a catalogue says that its PO file does not say, as when
        its document has changed, is looked for in all.
        """
        needed, odd = set[str](), set[int]()
        for catalogue in own:
            numbers = iter(array("q", self.pairs.get(catalogue.document_id, b"")))
            known = set(zip(numbers, numbers, strict=True))
            for pair in pairs.said_by(catalogue):
                needed.update(name for number in pair for name in self.shared.get(number, ()))
                if pair not in known:
                    odd.update(pair)
        if odd:
            needed.update(name for name, said in self.pairs.items() if not odd.isdisjoint(array("q", said)))
        return sorted(needed)

    def _outcome(self, one: _Begun, elsewhere: Mapping[str, checks.Elsewhere]) -> _CheckOutcome:
        if one.document is None:
            return _CheckOutcome(tuple(one.said))
        remarks = one.document.remarks
        if one.catalogue is None:
            return _CheckOutcome(tuple(one.said), self._kept(one, _KeptCheck(0, 0, remarks, b"", b"", b"")))
        if one.name in self.standing:
            return _CheckOutcome(tuple(one.said), text=replace(self.standing[one.name], catalogue=one.catalogue))
        units = one.catalogue.units
        known = self.context(one.document.lang, self.lang)
        known = replace(
            known,
            targets=elsewhere[one.document.lang].targets,
            sources=elsewhere[one.document.lang].sources,
            siblings=one.siblings,
        )
        digests = {unit.key: checking.digests(f"{self.lang}/{one.name}", unit, known) for unit in units}
        findings = tuple(acceptance.sift(checks.examine(units, known)))
        unchanged = postediting.measure(self.session, units).unchanged
        said = pairs.packed(one.catalogue)
        packed = b"".join(map(b"".join, digests.values()))
        kept = _KeptCheck(len(units), unchanged, remarks, said, packed, _packed(findings))
        last = self.last.get(one.name)
        if last is not None:
            findings = tuple(f for f in findings if last.get(digests[f.unit.key][0]) != digests[f.unit.key][1])
        whole = one.catalogue if self.texts.whole else None
        text = CheckedText(one.name, self.lang, len(units), findings, unchanged, self.texts.file(one.name), whole)
        return _CheckOutcome(tuple(one.said), self._kept(one, kept), text)

    def _kept(self, one: _Begun, kept: _KeptCheck) -> IndexEntry | None:
        """Return what is kept of a document; nothing when its source was saved meanwhile.

        PO files were read once. When one was saved since, what is kept is of a content that it has no more.
        """
        with self.session.apart(), self.session.guarded():
            if index.digests(self.config, one.files[: len(one.sources)]) != one.sources:
                return None
            contents = index.contents_of([*one.sources, *one.catalogues])
            return IndexEntry(
                self.texts.made_by, "\0".join(one.files), one.stamp, contents, msgspec.msgpack.encode(kept)
            )
        return None


def _decoded(found: bytes | None) -> _KeptCheck | None:
    try:
        kept = msgspec.msgpack.decode(found or b"", type=_KeptCheck)
    except (ValueError, RecursionError):
        return None
    return kept if len(kept.said) % 16 == len(kept.digests) % 16 == 0 else None


def _packed(findings: tuple[Finding, ...]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(findings), 1) if findings else b""


def _unpacked(packed: bytes) -> tuple[Finding, ...] | None:
    """Return the findings; None when they are damaged."""
    if not packed:
        return ()
    try:
        content = zlib.decompressobj().decompress(packed, MOST_BYTES)
        return msgspec.msgpack.decode(content, type=tuple[Finding, ...])
    except (zlib.error, ValueError, RecursionError):
        return None
