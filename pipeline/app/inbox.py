"""What partners write → the inbox; and from there, when an editor accepts it, a document of the workspace."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.app import adding, sketches, translating
from pipeline.app.renaming import require_id
from pipeline.app.session import Session, chosen
from pipeline.app.sketches import Sketch
from pipeline.catalogue import leverage
from pipeline.document import formats, tracking
from pipeline.document.formats._lines import Losses
from pipeline.errors import InboxError, UsageError
from pipeline.inbox import mail, naming, received, record
from pipeline.inbox.received import Received
from pipeline.inbox.record import Fate, InboxItem
from pipeline.languages.sections import Calendar
from pipeline.model import LINE, LINE_BREAK, Document, Kind, MarkKind, Permission
from pipeline.tables import as_toml
from pipeline.text import calendars, days
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import wording
from pipeline.workspace import places, privacy, reading, sources, storage

RECORD = "inbox.json"

ORIGINAL = "original.eml"
"""Beside the text of an e-mail: the message as it came."""

ALIKE = 0.6
"""The share of sentences in common from which two texts may be one."""

MOST_WITH_A_SENTENCE = 100
"""Texts that are compared with a new one because of one sentence: that of a footer stands in thousands."""

Row = dict[str, Any]


class Came(StrEnum):
    """What became of something that came."""

    KEPT = "kept"
    KNOWN = "here already"
    ALIKE = "kept, and like something that is here"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came, the item it is in the inbox, and what became of it."""

    item: InboxItem
    came: Came


def add(
    session: Session,
    paths: Sequence[Path],
    partner: str = "",
    permission: Permission = Permission.UNKNOWN,
    topic: str = "",
) -> list[Taken]:
    """Take files, e-mails and mailboxes into the inbox; one that cannot be read is a fault, and is left out.

    `partner` is the id of who sent them, as in partners.toml; `topic` what they are about, as in pipeline.toml.
    """
    topic = _topic(session, topic)
    with session.locked():
        box = Inbox(session)
        for path in paths:
            with session.guarded():
                for number, content in enumerate(received.contents(path), 1):
                    with session.guarded():
                        box.take(_documents(session, content, path, number), partner, permission, topic)
        box.keep()
    return box.outcomes


def _documents(session: Session, content: bytes, path: Path, number: int) -> list[Received]:
    """Return the documents in a file or message, saying what came with them and is none."""
    is_one_of_many = number > 1 or path.is_dir()  # of a mailbox, in which all are e-mails
    if not is_one_of_many and not received.is_mail(content, path.name):
        return [Received(path.name, content)]

    def is_document(name: str) -> bool:
        return formats.suffix(name) in formats.suffixes()

    try:
        found = mail.read(content, is_document)
    except InboxError as error:
        raise InboxError(f"{path.name}, message {number}: {error}") from None
    if path.is_file() and is_document(path.name):
        session.say_once(f"{path.name}: {_LIKE_AN_E_MAIL}")
    nothing = [] if found.documents or found.left_out else ["there is no text in it, and nothing attached"]
    for told in (*found.left_out, *found.guessed, *nothing):
        session.say_once(f"{path.name}, message {number}: {told}")
    return [replace(one, original=b"" if at else content) for at, one in enumerate(found.documents)]


_LIKE_AN_E_MAIL = "read as an e-mail, as it begins like one: what stands above its text (From:, Date: …) is left out"


class Inbox:
    """The inbox of a workspace, and what is added to it."""

    def __init__(self, session: Session) -> None:
        self.session, self.outcomes = session, list[Taken]()
        self.folder = session.config.root / places.INBOX if session.dry_run else privacy.inbox(session.config)
        self.before = self.items = items(session)
        self.by_words = {item.words: item for item in reversed(self.items)}
        self.known = _KnownTexts(_sketches(session))
        self.last = self._last()

    def take(self, documents: Iterable[Received], partner: str, permission: Permission, topic: str = "") -> None:
        """Take documents in; one that cannot be read is a fault.

        The message that they came in is kept beside the first that is new: its text may be here already, and not what
        is attached. Raises PipelineError when one cannot be written: it is to be had again, when there is room.
        """
        message = b""
        for one in documents:
            item, message = None, one.original or message
            with self.session.guarded():
                item = self._item(one, partner, permission, topic)
            if item:
                self._put(item, replace(one, original=message))
                message = b""

    def _item(self, one: Received, partner: str, permission: Permission, topic: str) -> InboxItem | None:
        """Return what came as an item; None when it is here already."""
        document = _read(self.session, one)
        words = _digest(document)
        if same := self.by_words.get(words):
            self.outcomes.append(Taken(same, Came.KNOWN))
            return None
        self._tell_who_is_named(one, document)
        sketch = sketches.sketch(unit.source for unit in leverage.extract(document))
        self.last += 1
        return InboxItem(
            self.last, _file_name(one.file), document.sha256, words,
            _title(document) or one.title, document.lang, self.session.day, self._date(document) or one.date,
            one.address, partner, permission, like=self.known.like(sketch), sketch=sketch, topic=topic,
        )  # fmt: skip

    def _tell_who_is_named(self, one: Received, document: Document) -> None:
        """Say so where what came by e-mail, or as a file, may name who wrote it; what is published says so itself."""
        if one.address.startswith("http"):
            return
        lines = [block.text.replace(LINE_BREAK, "\n") for block in document.blocks]
        lines += [mark.value for block in document.blocks for mark in block.marks if mark.kind is MarkKind.LINK]
        as_it_stands = one.content.decode("utf-8", "replace") if document.counted == LINE else ""
        if left := naming.left_in("\n".join([as_it_stands, *lines, Path(one.file).stem]), one.writers):
            self.session.say_once(
                f"{one.file}: its text may say who wrote it, or another message in it («{left}»); read it before it "
                "goes to others"
            )

    def _put(self, item: InboxItem, one: Received) -> None:
        if not self.session.dry_run:
            privacy.made_private(self.folder / str(item.number))
            storage.write(self.folder / str(item.number) / item.file, one.content)
            if one.original:
                storage.write(self.folder / str(item.number) / ORIGINAL, one.original)
        self.items = (*self.items, item)
        self.by_words[item.words] = item
        self.known.put(f"number {item.number}", item.sketch)
        self.outcomes.append(Taken(item, Came.ALIKE if item.like else Came.KEPT))

    def _date(self, document: Document) -> str:
        """Return the day that a document says it is of, in its fields or in a line of its own; empty when in none."""
        language = self.session.config.language(document.lang)
        lines = [block.text for block in document.blocks if block.kind is Kind.DATE]
        found = [day for line in lines for day in days.read(line, language)[0] if day.year and day.day]
        year, month, number = calendars.in_calendar(found[-1], Calendar.GREGORIAN) if found else (0, 0, 0)
        return document.meta.date or (f"{year:04}-{month:02}-{number:02}" if year and number else "")

    def _last(self) -> int:
        """Return the highest number that is there; what has one in the folder may be a link of somebody else."""
        there = (path.name for path in self.folder.iterdir()) if self.folder.is_dir() else ()
        taken = (int(name) for name in there if re.fullmatch(r"[0-9]{1,9}", name))
        return max([0, *taken, *(item.number for item in self.items)])

    def keep(self) -> None:
        if self.items != self.before and not self.session.dry_run:
            storage.write(self.folder / RECORD, record.written(self.items))


class _KnownTexts:
    """Texts by the sentences that stand for them: only those that share one can be alike."""

    def __init__(self, known: Mapping[str, Sketch]) -> None:
        self.texts: dict[str, Sketch] = {}
        self.holding: dict[str, list[str]] = {}
        for name, sketch in known.items():
            self.put(name, sketch)

    def put(self, name: str, sketch: Sketch) -> None:
        self.texts[name] = sketch
        for digest in sketch:
            held = self.holding.setdefault(digest, [])
            if len(held) < MOST_WITH_A_SENTENCE:
                held.append(name)

    def like(self, sketch: Sketch) -> str:
        """Return the text that is most like one; empty when none is."""
        names = dict.fromkeys(name for digest in sketch for name in self.holding.get(digest, ()))
        found = max(names, key=lambda name: sketches.likeness(sketch, self.texts[name]), default="")
        return found if found and sketches.likeness(sketch, self.texts[found]) >= ALIKE else ""


def _read(session: Session, one: Received) -> Document:
    """Return something that came as a document, in the language of its text; raise DocumentError when it is none."""
    suffix = formats.fitting_suffix(one.content, one.file)
    name = one.file if formats.suffix(one.file) == suffix else f"{one.file}{suffix}"
    return reading.unstated(session.config, session.config.seeds / Path(name).name, one.content)


def _digest(document: Document) -> str:
    """Return what is equal for documents that say and show the same, whatever files they are."""
    said = wording(" ".join(block.text for block in document.blocks))
    shown = (block.picture for block in document.blocks if block.picture)
    return hashlib.sha256("\n".join((said, *shown)).encode()).hexdigest()


def length(session: Session, one: Received) -> int:
    """Return how many characters of text something has that came; raise DocumentError when it is no document."""
    return sum(len(block.text) for block in _read(session, one).blocks)


def _file_name(name: str) -> str:
    path = Path(name.replace("/", " ").replace("\\", " "))
    return f"{adding.document_id_of(path.stem)}{path.suffix.lower()}"


def _title(document: Document) -> str:
    titles = (block.text for block in document.blocks if block.kind is Kind.TITLE)
    return excerpt(" ".join(next(titles, document.meta.editorial_title).split()))


def items(session: Session) -> tuple[InboxItem, ...]:
    """Return all that ever came, and what became of it; raise InboxError when the record is damaged."""
    path = session.config.root / places.INBOX / RECORD
    return record.read(storage.read_bytes(session.config, path), session.name(path)) if path.is_file() else ()


def _sketches(session: Session) -> dict[str, Sketch]:
    """Return what stands for the sentences of all that is here, documents and items."""
    known = {f"number {item.number}": item.sketch for item in items(session)}
    found = session.sources().documents if session.config.seeds.is_dir() else {}
    return known | sketches.of_documents(session, found)


def rows(session: Session, *, every: bool = False) -> list[Row]:
    """Return what waits for an editor, or all that ever came, with a draft of each title if there is an engine."""
    with session.locked():
        listed = [item for item in items(session) if every or item.fate is Fate.NEW]
        drafts = {item.number: draft for item, draft in _drafts(session, listed)}
    return [
        {
            "number": item.number,
            "language": item.lang,
            "date": item.date or item.received,
            "title": item.title,
            "machine_title": drafts.get(item.number, ""),
            "partner": item.partner,
            "topic": item.topic,
            "permission": item.permission.value,
            "like": item.like,
            **({"fate": item.fate.value, "document": item.document} if every else {}),
        }
        for item in listed
    ]


def _drafts(session: Session, listed: Sequence[InboxItem]) -> Iterator[tuple[InboxItem, str]]:
    home = session.config.source_language
    for lang in {item.lang for item in listed if item.lang != home and item.title}:
        its = [item for item in listed if item.lang == lang and item.title]
        made = translating.titles(session, (lang, home), [item.title for item in its])
        yield from ((item, made[item.title]) for item in its if item.title in made)


def accept(session: Session, number: int, document_id: str = "", issuer: str = "", *, permitted: bool = False) -> Path:
    """Make a document of an item, with what is known of it beside it in a TOML file; return where it lies.

    Raises UsageError for a number or an id that cannot be, and when it was accepted already.
    """
    with session.locked():
        item = _item(session, number)
        if item.fate is Fate.ACCEPTED:
            raise UsageError(f"number {number} was accepted already; it is the document {item.document}")
        accepted = replace(
            item,
            fate=Fate.ACCEPTED,
            document=document_id or adding.document_id_of(item.title or Path(item.file).stem),
            permission=Permission.GRANTED if permitted else item.permission,
        )
        source = session.config.root / places.INBOX / str(number) / item.file
        content = storage.read_bytes(session.config, source)
        path = _place(session, accepted, content)
        privacy.require_inside(session.config, path.parent)
        for file, text in ((path.with_suffix(".toml"), _stated(accepted, issuer).encode()), (path, content)):
            if not session.dry_run:
                storage.write(file, text, expected=text if _holds(session, file, text) else b"")
            session.wrote(file)
        if found := tracking.keys(_known_as(item)):
            session.say(
                f"{accepted.document}: where it was published is kept without «{excerpt(found[0])}», which looks like "
                "the key of one reader; look in its TOML file whether the address still leads there"
            )
        _decide(session, accepted)
    return path


def _place(session: Session, item: InboxItem, content: bytes) -> Path:
    """Return where an item will lie as a document; raise UsageError or DocumentError for an id that it cannot have."""
    config, name = session.config, item.document
    require_id(session, name)
    folder = item.lang if item.lang != config.source_language else ""
    path = sources.path_of(config, name, formats.fitting_suffix(content, item.file), folder)
    there = adding.called_so(session, name)
    if there and not _holds(session, path, content):
        raise UsageError(f"{session.name(there)}: there is a document of this id; give this one another with --id")
    adding.require_unsent(session, Path(item.file), path)
    return path


def _holds(session: Session, path: Path, content: bytes) -> bool:
    """Whether a file says just that, as when accepting it was broken off; raise UsageError when it says more."""
    if not path.exists():
        return False
    if storage.read_bytes(session.config, path) == content:
        return True
    raise UsageError(f"{session.name(path)} is there already, of another document; give this one another id with --id")


def _known_as(item: InboxItem) -> str:
    return Losses().address(item.address) if item.address.startswith("https://") else ""


def _stated(item: InboxItem, issuer: str) -> str:
    """Return the TOML file of an item: who issued it, when, and where it comes from. Nothing says who sent it."""
    known = {"issuer": issuer, "date": item.date, "language": item.lang}
    address = tracking.anonymous(_known_as(item))  # feeds name their reader, and the colophon prints this
    provenance = {"address": address, "permission": item.permission.value}
    return "".join([*_lines(known), "\n[provenance]\n", *_lines(provenance)])


def _lines(stated: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{key} = {as_toml(value)}\n" for key, value in stated.items() if value)


def drop(session: Session, numbers: Sequence[int]) -> None:
    """Set items aside: they are listed no more, and do not come again. What was dropped can still be accepted."""
    with session.locked():
        for number in numbers:
            item = _item(session, number)
            if item.fate is Fate.ACCEPTED:
                raise UsageError(f"number {number} is the document {item.document} by now; remove that instead")
            _decide(session, replace(item, fate=Fate.DROPPED))


def set_topic(session: Session, numbers: Sequence[int], topic: str) -> None:
    """Say what items are about; without a topic, their words tell it again. Raises UsageError for one of no name."""
    topic = _topic(session, topic)
    with session.locked():
        for number in numbers:
            _decide(session, replace(_item(session, number), topic=topic))


def _topic(session: Session, name: str) -> str:
    if not name:
        return ""
    topics = session.config.topics
    if not topics:
        raise UsageError(f'pipeline.toml: no topics yet; write: [topics.{as_toml(name)}] and below it words = ["…"]')
    return chosen(list(topics), [name], "topic")[0]


def document(session: Session, item: InboxItem) -> Document:
    """Return an item as a document; raise DocumentError when it cannot be read."""
    path = session.config.root / places.INBOX / str(item.number) / item.file
    return _read(session, Received(item.file, storage.read_bytes(session.config, path)))


def _item(session: Session, number: int) -> InboxItem:
    known = {item.number: item for item in items(session)}
    if number not in known:
        raise UsageError(f"nothing has the number {number}; see pipeline inbox list")
    return known[number]


def _decide(session: Session, decided: InboxItem) -> None:
    decided_on = tuple(decided if item.number == decided.number else item for item in items(session))
    if not session.dry_run:
        storage.write(privacy.inbox(session.config) / RECORD, record.written(decided_on))
