"""What all that is sent has in common: the ledger, bundles made once, and previews."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pipeline import disk
from pipeline.app import renaming, witnesses
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from pipeline.distribution import bundle, changes, details, ledger, letter, planning, sender, signing
from pipeline.distribution.bundle import Bundle
from pipeline.distribution.changes import Changes
from pipeline.distribution.contents import Replacement
from pipeline.distribution.deliver import WAYS, Parcel, Preview, Settings, Way, is_local
from pipeline.distribution.ledger import Ledger, database
from pipeline.distribution.ledger.delivery import Content, DeliveryState, LedgerEntry, Text
from pipeline.distribution.planning import Delivery
from pipeline.distribution.reasons import Reason
from pipeline.distribution.release import Number, Release
from pipeline.distribution.sender import Server
from pipeline.distribution.signing import Signer
from pipeline.errors import DeliveryError, LedgerError, PipelineError
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import Config

PREVIEWS, UPLOADS = "previews", "upload"
"""In the outbox: what would be sent, made anew each time; and what is too large to be sent, to be uploaded."""

PREVIEW, NOT_TRIED = "preview", "not tried"
"""What becomes of a delivery that the ledger does not know of."""

Password = Callable[[Server], str]
"""Gives the password of a server's user, or nothing."""

SHOWN = 3
"""So many partners, and texts, are named of those of which one and the same thing is said."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with all that goes with it."""

    delivery: Delivery
    parcel: Parcel

    @property
    def way(self) -> Way:
        return WAYS.load(self.delivery.partner.delivery)


@dataclass(slots=True)
class Results:
    """What became of the deliveries, by their ids: a state, PREVIEW or NOT_TRIED; and why."""

    states: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def note(self, ready: Ready, state: str, reason: str = "") -> None:
        self.states[ready.parcel.id], self.reasons[ready.parcel.id] = state, reason


@contextmanager
def opened(session: Session, consent: Consent | None = None, *, is_new: bool = True) -> Iterator[Ledger]:
    """Give the ledger of the workspace, made when there never was one; only while it is `locked`.

    With `consent` it may be written to, if it is the one that is known here, or consent is given to another; with
    `is_new`, to the first as well.
    """
    path = session.config.root / ledger.FILE_NAME
    if not (is_there := exists(session)):
        database.create(path, secrets.token_hex(16))
    with closing(ledger.open(path, session.clock)) as book:
        if not is_there:
            witnesses.begin(session, book)
        if consent is None:
            witnesses.look(session, book)
            yield book
        else:
            with witnesses.watching(session, book, consent, is_new=is_new):
                yield book


@contextmanager
def begun(
    session: Session, *, send: bool, password: Password | None, consent: Consent
) -> Iterator[tuple[Ledger, Settings]]:
    """Give the ledger, and what the ways know, to plan with.

    To `send`, with the password, and when what a killed command left is resolved.
    """
    with session.locked(), opened(session, consent if send else None) as book:
        known = settings(session, password if send else None)
        if send:
            resolve(session, book, known)
        yield book, known


def exists(session: Session) -> bool:
    """Whether the workspace has a ledger; raise LedgerError when it had one."""
    root = session.config.root
    path, mark = root / ledger.FILE_NAME, root / places.PRIVATE / witnesses.MARK
    if not (is_there := os.path.lexists(path)) and mark.exists():
        raise LedgerError(
            f"{path}: the ledger is missing, and without it everything would be sent again; restore it from "
            f"a backup (or, if everything may be sent again, delete {places.PRIVATE}/{witnesses.MARK})"
        )
    return is_there


def settings(session: Session, password: Password | None = None) -> Settings:
    """Return what the ways know; with `password` that of the server too, asked for only when something is sent."""
    config = session.config
    secret = password(config.server) if password and config.server and not config.offline else ""
    return Settings(config.root, config.sender, config.server, session.now, secret)


def resolve(session: Session, book: Ledger, settings: Settings) -> None:
    """Find out about what a killed command was delivering; where nobody can tell, it is in doubt.

    What only a network can tell waits until it may be used.
    """
    for entry in book.interrupted():
        if session.config.offline and not is_local(entry.way):
            continue
        there = _arrived(entry, settings) if entry.state is DeliveryState.SENDING else False
        state = DeliveryState.DOUBT if there is None else DeliveryState.ACCEPTED if there else DeliveryState.FAILED
        is_left = state is DeliveryState.FAILED and not _is_cleared(entry, settings)
        book.record(entry.delivery, state, "the command ended while it was being sent")
        session.say(f"{entry.partner}: delivery {entry.delivery} was interrupted; it is {state}")
        if is_left:
            session.say(f"{entry.partner}: a part of {entry.bundle} may be left where it was sent; look, and remove it")


def _is_cleared(entry: LedgerEntry, settings: Settings) -> bool:
    """Remove what was not whole yet, which nobody would be told of when its text is withdrawn; whether that is done."""
    try:
        clear = getattr(WAYS.load(entry.way), "clear", None)
        return clear is None or clear(entry.bundle, entry.address, settings)
    except (PipelineError, OSError):
        return False


def _arrived(entry: LedgerEntry, settings: Settings) -> bool | None:
    try:
        return WAYS.load(entry.way).arrived(entry.bundle, entry.manifest_sha256, entry.address, settings)
    except (PipelineError, OSError):
        return None


def ready(session: Session, book: Ledger, deliveries: Sequence[Delivery]) -> list[Ready]:
    """Return the deliveries with their bundles, each made once; what cannot be made is a fault, and left out."""
    made: dict[object, tuple[Bundle, bytes]] = {}
    replacements = _Replacements(session, book)
    sign = _signer(session, book) if deliveries else None
    prepared = []
    texts = [text for delivery in deliveries for text in _texts(delivery).values()]
    numbers = book.numbers.of(
        texts,
        [pair for delivery in deliveries for pair in _replaced(delivery)],
        [pair for delivery in deliveries for pair in _originals(delivery)],
    )
    _tell_of_days_to_come(session, numbers.values())
    for delivery in session.progress(deliveries, "Making bundles", len(deliveries)):
        key = _sameness(delivery)
        with session.guarded():
            if key not in made:
                made[key] = _made(session.config, delivery, sign, numbers, replacements)
            bag, zipped = made[key]
            name = book.id_of(delivery.partner.id, delivery.kind, delivery.contents)
            noted = planning.signed(delivery, sign.fingerprint) if sign else delivery
            prepared.append(Ready(noted, Parcel(name, bag, zipped)))
    return prepared


def _signer(session: Session, book: Ledger) -> Signer | None:
    """Return what signs, None where nothing ever did; say when it is another key, raise DeliveryError when it is gone.

    A workspace that was copied, or put back, may lack its keys, which git ignores.
    """
    known = details.last_signer(book.entries())
    if key := session.config.sender.key:
        signer = signing.open(key)
        if known and known != signer.fingerprint:
            session.say_once(
                f"bundles are signed with another key, {signer.fingerprint}, than the last ones, {known}: tell every "
                "partner through another channel, or put the key back"
            )
        return signer
    if known:
        path = session.config.root / sender.DEFAULT_KEY
        raise DeliveryError(
            f"{path}: the key is missing, and bundles were signed with {known}; put it back, or name it as sender.key "
            "(if it is lost, make another, and tell every partner: pipeline keys make)"
        )
    return None


def _tell_of_days_to_come(session: Session, numbers: Iterable[Number]) -> None:
    """Say when bundles have a day to come, as all have for ever that are numbered after the first of them."""
    last = max((number.day for number in numbers), default="")
    if last > session.now.date().isoformat():
        session.say_once(
            f"bundles are dated {last}, a day to come: this machine's clock was wrong, or is; set it right. No later "
            "bundle has an earlier day, and partners who verify it are told"
        )


def _texts(delivery: Delivery) -> dict[tuple[str, str], Text]:
    """Return what the ledger calls the texts of a delivery, by document and language."""
    return {one.place: (delivery.kind, *one.place, one.text_sha256) for one in delivery.contents}


def _replaced(delivery: Delivery) -> list[tuple[Text, str]]:
    """Return the texts of a delivery that replace others, with the hashes of these."""
    texts = _texts(delivery)
    return [(texts[place], text_sha256) for place, text_sha256 in delivery.replaces.items()]


def _originals(delivery: Delivery) -> list[tuple[Text, str]]:
    """Return the translations of a delivery, each with the hash of its original."""
    texts = zip(_texts(delivery).values(), delivery.releases, strict=True)
    return [(text, release.original_text_sha256) for text, release in texts if release.original_text_sha256]


def tell_of_fallbacks(session: Session, due: Sequence[Ready], reason: Reason) -> None:
    """Say who is given a reason in another language than that of their letters, when it was given in several."""
    if not any(reason):
        return
    languages = session.config.all_languages
    same: dict[tuple[str, str], list[str]] = {}
    for delivery in (one.delivery for one in due):
        for said in delivery.reasons:
            wanted = delivery.partner.contact_language
            if said.words and said.lang != wanted and reason.get(said.lang) == said.words:
                same.setdefault((wanted, said.lang), []).append(delivery.partner.id)
    for (wanted, given), partners in same.items():
        how = f"in {languages[given].english_name}" if given else "in the words for all"
        to, missing = some(list(dict.fromkeys(partners))), languages[wanted].english_name
        session.say(
            f"{to}: the reason is given {how}, for none is marked as {missing}; to add one: --reason {wanted}=…"
        )


def _sameness(delivery: Delivery) -> object:
    """Return what is equal for partners who receive the same."""
    inside = tuple((*release.key, release.text_sha256, *sorted(release.files)) for release in delivery.releases)
    replaced = tuple(sorted(delivery.replaces.items()))
    said = delivery.reasons, delivery.earlier, replaced, delivery.added
    return delivery.kind, delivery.partner.contact_language, inside, said


def _made(
    config: Config,
    delivery: Delivery,
    sign: Signer | None,
    numbers: Mapping[Text, Number],
    replacements: "_Replacements",
) -> tuple[Bundle, bytes]:
    made = bundle.make(
        delivery.releases,
        delivery.partner.contact_language,
        config.sender,
        replaces=delivery.replaces,
        earlier=delivery.before,
        numbers={place: numbers[text] for place, text in _texts(delivery).items()},
        kind=str(delivery.kind),
        sign=sign,
        reason=delivery.reason,
        corrections=dict(replacements.corrections(delivery)),
        added=delivery.added,
        templates=config.root / letter.FOLDER,
        languages=config.all_languages,
    )
    return made, bundle.zipped(made)


_ANOTHER = (
    "a correction, of which hardly a sentence is in the text that it replaces; if it is another document, give its "
    "file another name"
)


class _Replacements:
    """What the letters of corrections say: each text is compared with each earlier one once."""

    def __init__(self, session: Session, book: Ledger) -> None:
        self.session, self.languages, self.book = session, session.config.all_languages, book
        entries = book.entries()
        self.former = renaming.names_sent(session, entries)
        self.withdrawn = book.decisions.withdrawn()
        self.known: dict[tuple[str, str], Changes] = {}
        self.times = {entry.delivery: entry.time for entry in entries}
        """When each delivery came to its last step."""

    @cached_property
    def since(self) -> dict[tuple[str, str], str]:
        """When a text was last withdrawn in its place."""
        return {
            (self.former.get(text.document, text.document), text.language): text.time
            for text in sorted(self.withdrawn, key=lambda text: text.time)
        }

    def corrections(self, delivery: Delivery) -> Iterator[tuple[tuple[str, str], Replacement]]:
        for release, content, reason in zip(delivery.releases, delivery.contents, delivery.reasons, strict=True):
            if content.corrects:
                yield content.place, Replacement(reason, self.changes(release, content))

    def changes(self, release: Release, content: Content) -> Changes | None:
        """Return what changed; None when it is not known.

        Nothing is repeated of a withdrawn text, nor of one that was delivered before it was withdrawn, in whose
        place it came: that may have the same fault.
        """
        before = "" if self.is_tainted(content) else self.book.texts.text(content.replaces)
        if not before:
            return None
        key = content.replaces, release.text_sha256
        if key not in self.known:
            self.known[key] = changes.between(before, release.text, self.languages[release.lang])
            if self.known[key].is_another:
                self.session.say_once(f"{release.document_id} ({release.lang}): {_ANOTHER}")
        return self.known[key]

    def is_tainted(self, content: Content) -> bool:
        if any(text.text == (content.language, content.replaces) for text in self.withdrawn):
            return True
        since = self.since.get(content.place, "")
        return bool(since) and self.times.get(content.after, "") <= since


def write_previews(session: Session, due: Sequence[Ready], settings: Settings) -> Results:
    """Write what would be sent into the outbox, in place of what is there; return what became of it."""
    results = Results()
    with _outbox(session) as folder:
        for ready in session.progress(due, "Writing previews", len(due)):
            partner = ready.delivery.partner
            try:
                draft = ready.way.drafts(ready.parcel, partner.address, settings)
            except DeliveryError as error:
                results.note(ready, DeliveryState.FAILED, str(error))
                session.fault(DeliveryError(f"{partner.id}: {error}"))
                continue
            for artifact in draft.files:
                storage.write_part(folder / partner.id / artifact.path, artifact.content)
            write_uploads(session, draft)
            results.note(ready, PREVIEW)
    return results


@contextmanager
def _outbox(session: Session) -> Iterator[Path]:
    """Give an empty folder that takes the place of the previews in the end."""
    outbox = privacy.outbox(session.config)
    previews, part = outbox / PREVIEWS, outbox / f".{PREVIEWS}.part"
    disk.clear(part)
    part.mkdir()
    yield part
    disk.clear(previews)
    part.rename(previews)


def drop_previews(session: Session) -> None:
    """Remove the previews of what is about to be sent: it would be sent by hand once more."""
    disk.clear(session.config.output / places.OUTBOX / PREVIEWS)


def write_uploads(session: Session, draft: Preview) -> None:
    """Write what partners are to fetch, for the coordinator to upload it."""
    for artifact in draft.uploads:
        path = privacy.outbox(session.config) / UPLOADS / artifact.path
        privacy.require_inside(session.config, path.parent)
        if not path.is_file() or path.read_bytes() != artifact.content:
            storage.write(path, artifact.content)
        session.say_once(f"{session.name(path)} is too large for an e-mail; upload it to {session.config.sender.link}")


def some(names: Sequence[str]) -> str:
    """Return the first of many names, and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"
