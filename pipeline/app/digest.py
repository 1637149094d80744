"""What the inbox received → a digest: a page, a PDF, and what readers are sent of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pipeline.app import inbox, partners, translating
from pipeline.app.session import Session
from pipeline.distribution.bundle import Bundle
from pipeline.distribution.letter import Letter
from pipeline.distribution.partners import DigestReader
from pipeline.edition.design import Design, Layout, Paper, Print
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import leaflet
from pipeline.errors import PipelineError, UsageError
from pipeline.inbox import digest, digestpage, issues, mail, mailboxes
from pipeline.inbox.digest import Digest, DigestEntry, Opening
from pipeline.inbox.issues import Issue, Mailing
from pipeline.inbox.record import Fate, InboxItem
from pipeline.languages import Language
from pipeline.model import Artifact
from pipeline.text.glyphs import named
from pipeline.workspace import places, privacy, storage

RECORD = "digests.json"
"""In the inbox."""

NEVER = "1970-01-01"
"""A fixed day for a digest of nothing: that of the clock would make every PDF different."""


@dataclass(frozen=True, slots=True)
class MadeDigest:
    """A digest, and which one it is of all; `files` are its page and its PDF."""

    issue: Issue
    digest: Digest
    files: tuple[Path, ...]


def day(text: str) -> str:
    """Return a day as it was typed in ISO 8601; raise UsageError for anything else."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no day; write one like 2026-11-28") from None


class Digests:
    """The digests of a workspace, while it is locked; what is read and translated for one serves the others."""

    def __init__(self, session: Session, *, full: bool = False, mailings: Sequence[Mailing] = ()) -> None:
        self.session, self.full, self.mailings = session, full, mailings
        self.items = inbox.items(session)
        self.path = session.config.root / places.INBOX / RECORD
        self.openings: dict[int, tuple[Opening, str]] = {}
        self.printed: dict[str, Artifact] = {}

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        content = storage.read_bytes(self.session.config, self.path) if self.path.is_file() else b""
        return issues.completed(issues.read(content, self.session.name(self.path)), self.mailings, self.items)

    @cached_property
    def readers(self) -> tuple[DigestReader, ...]:
        """Who gets digests now."""
        return tuple(reader for reader in partners.readers(self.session) if reader.active)

    def due(self, since: str = "") -> Issue:
        """Return the digest since the last one, or since a day."""
        today = self.session.day
        if since:
            return issues.since(self.issues, self.items, since, today, digest.MOST_TEXTS)
        return issues.due(self.issues, self.items, today, digest.MOST_TEXTS, has_readers=bool(self.readers))

    def record(self, issue: Issue) -> None:
        """Note that there is a digest, so that the next one begins behind it."""
        found = issues.recorded(self.issues, issue)
        if found != self.issues and not self.session.dry_run:
            privacy.inbox(self.session.config)
            storage.write(self.path, issues.written(found))
        self.issues = found

    def digest(self, issue: Issue, lang: str) -> Digest:
        """Return what is in a digest, in a language."""
        config, its = self.session.config, issue.items(self.items)
        left = sum(1 for item in self.items if item.number > issue.last and item.fate is not Fate.DROPPED)
        topics = {name: topic.title or name for name, topic in config.topics.items()}
        before = [one.day for one in self.issues if one.last <= issue.after and not one.since]
        return Digest(issue.name, issue.since or max(before, default=""), self._entries(its, lang), left, topics)

    def _entries(self, its: Sequence[InboxItem], lang: str) -> tuple[DigestEntry, ...]:
        room, read = digest.MOST_CHARACTERS, list[tuple[InboxItem, Opening, str]]()
        for item in self.session.progress(its, "Reading", len(its)):
            first, topic = self._opening(item)
            room -= first.length
            read.append((item, first if room > 0 else Opening(is_whole=False), topic))
        drafts = self._drafts([(item, first) for item, first, _ in read], lang)
        return tuple(digest.entry(item, topic, first, lang, drafts.get(item.lang, {})) for item, first, topic in read)

    def _opening(self, item: InboxItem) -> tuple[Opening, str]:
        """Return the beginning of an item, and its topic; of one that cannot be read any more, its title is left."""
        if item.number not in self.openings:
            words = {name: topic.words for name, topic in self.session.config.topics.items()}
            try:
                document = inbox.document(self.session, item)
            except PipelineError as error:
                self.session.say(f"number {item.number}: {error}; its title alone is in the digest")
                self.openings[item.number] = Opening(is_whole=False), digest.topic_of(item, None, words)
            else:
                first = digest.opening(document, full=self.full, ours=self._sent_to(item))
                self.openings[item.number] = first, digest.topic_of(item, document, words)
        return self.openings[item.number]

    def _sent_to(self, item: InboxItem) -> frozenset[str]:
        """Return the mailboxes that an e-mail came to: footers say which, and a digest goes to others."""
        its = [
            one.number
            for one in self.items
            if one.number <= item.number and (one.address, one.received) == (item.address, item.received)
        ]
        folder = self.session.config.root / places.INBOX
        paths = (folder / str(number) / inbox.ORIGINAL for number in reversed(its[-mail.MOST_PARTS :]))
        path = next((path for path in paths if path.is_file()), None)  # beside the first document of an e-mail
        sent_to = mailboxes.sent_to(storage.read_bytes(self.session.config, path)) if path else ""
        return digest.mailboxes(sent_to)

    def _drafts(self, read: Sequence[tuple[InboxItem, Opening]], lang: str) -> dict[str, Mapping[str, str]]:
        """Return a machine's translations of titles and sentences, by the language of the text."""
        texts: dict[str, dict[str, None]] = {}
        for item, first in read:
            if item.lang != lang and item.lang in self.session.config.all_languages:
                sentences = (sentence for paragraph in first.paragraphs for sentence in paragraph)
                texts.setdefault(item.lang, {}).update(dict.fromkeys((digest.title(item), *sentences)))
        made = {source: translating.titles(self.session, (source, lang), list(its)) for source, its in texts.items()}
        return {source: {text: digest.shown(draft) for text, draft in its.items()} for source, its in made.items()}

    def page(self, of: Digest, language: Language) -> Artifact:
        content = digestpage.html(of, language, self.session.config.all_languages)
        return Artifact(f"{of.name}.html", "text/html", content.encode("utf-8", "replace"))

    def pdf(self, of: Digest, language: Language) -> Artifact:
        """Return a digest as a PDF, saying what no font can show; raise RenderError when it cannot be typeset."""
        config = self.session.config
        design = Design(Layout.SINGLE, Paper(config.paper), Print(config.print), config.theme)
        tree = digestpage.tree(of, language, config.all_languages)
        sheet, missed = leaflet.sheet(f"{of.name}.pdf", tree, language, design, _known_day(of))
        if missed:
            told = ", ".join(map(named, missed[:3])) + (f" and {len(missed) - 3} more" if len(missed) > 3 else "")
            self.session.say_once(f"{sheet.path}: boxes stand for what no font can show: {told}; the page has it")
        if sheet.fingerprint not in self.printed:
            self.printed[sheet.fingerprint] = pdf.typeset(sheet)
        return self.printed[sheet.fingerprint]

    def bundle(self, of: Digest, language: Language) -> tuple[Bundle, Artifact]:
        """Return the e-mail with a digest, and the PDF that is attached to it."""
        name, printed = f"digest-{of.name}", self.pdf(of, language)
        languages, page = self.session.config.all_languages, self.page(of, language).content.decode()
        letter = Letter(digestpage.title(of, language), digestpage.text(of, language, languages), page)
        manifest = hashlib.sha256(printed.content).hexdigest().encode()
        return Bundle(name, (), manifest, letter), Artifact(f"{name}.pdf", printed.media_type, printed.content)


def _known_day(of: Digest) -> str:
    try:
        return date.fromisoformat(of.days[1]).isoformat()
    except ValueError:
        return NEVER


def make(session: Session, digests: Digests, since: str = "") -> MadeDigest:
    """Write the digest that is due as a page and a PDF, in the language of the workspace."""
    language = session.config.language(session.config.source_language)
    issue = digests.due(since)
    of = digests.digest(issue, language.code)
    folder = session.config.output / places.DIGESTS if session.dry_run else privacy.digests(session.config)
    files = tuple(folder / f"{of.name}.{suffix}" for suffix in ("html", "pdf"))
    written = 0
    for path, make_it in zip(files, (digests.page, digests.pdf), strict=True):
        with session.guarded():
            if not session.dry_run:
                storage.write(path, make_it(of, language).content)
            session.wrote(path)
            written += 1
    if written and of.entries and not since and not issue.readers:  # the page alone has all of it, and so has the PDF
        digests.record(issue)
    return MadeDigest(issue, of, files)
