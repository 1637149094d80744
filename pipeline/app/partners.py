"""Who receives documents: partners.toml, and the pseudonyms that stand for partners outside."""

import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.app.session import Session
from pipeline.distribution import ledger, letter, partners
from pipeline.distribution.deliver import WAYS, Answer, Outcome, Settings, is_local
from pipeline.distribution.partners import FILE_NAME, DigestReader, Feed, Partner
from pipeline.edition.design import SINGLE
from pipeline.errors import DeliveryError, LedgerError, PartnersError, UsageError
from pipeline.publication import formats as publication
from pipeline.tables import as_toml, meant
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import IGNORED, not_ignored

SALT = "salt"
_EXAMPLE = '[partners.oslo], with name, languages = ["en"], delivery = "smtp", address'


def known(session: Session) -> tuple[Partner, ...]:
    """Return the partners of the workspace; raise PartnersError with all faults of the file, or when there is none."""
    settings = session.config
    path = settings.root / FILE_NAME
    if not path.is_file():
        raise PartnersError(f"{FILE_NAME}: no partners yet; write a table for each: {_EXAMPLE} (docs/distribution.md)")
    return _read(session, storage.read_bytes(settings, path))


def feeds(session: Session) -> tuple[Feed, ...]:
    """Return the feeds of partners; none without partners.toml. Raises PartnersError with the faults of the file."""
    path = session.config.root / FILE_NAME
    return partners.feeds(storage.read_bytes(session.config, path), FILE_NAME) if path.is_file() else ()


def readers(session: Session) -> tuple[DigestReader, ...]:
    """Return who gets digests; none without partners.toml. Raises PartnersError with the faults of the file."""
    config, path = session.config, session.config.root / FILE_NAME
    if not path.is_file():
        return ()
    content = storage.read_bytes(config, path)
    return partners.readers(content, FILE_NAME, config.all_languages, config.topics, config.source_language)


def _read(session: Session, content: bytes) -> tuple[Partner, ...]:
    settings = session.config
    letters = letter.languages(settings.root / letter.FOLDER, settings.all_languages)
    return partners.read(content, FILE_NAME, settings.known_languages, letters, formats())


def formats() -> tuple[str, ...]:
    """Return the names of the formats that partners may want."""
    return (*partners.FORMATS, *publication.names())


def salt(session: Session) -> bytes:
    """Return what pseudonyms are made with, kept in the workspace's private folder."""
    path = privacy.private_folder(session.config) / SALT
    if not path.is_file():
        storage.write(path, secrets.token_bytes(32))
    return path.read_bytes()


def handle(session: Session, partner_id: str, *, private: bool) -> str:
    """Return what stands for a partner in JSON: the id, or a pseudonym that this workspace alone can resolve."""
    return partner_id if private else partners.pseudonym(salt(session), partner_id)


def partner(session: Session, partner_id: str) -> Partner:
    """Return one partner; raise UsageError when there is none of that id."""
    listed = {partner.id: partner for partner in known(session)}
    if found := listed.get(meant(partner_id, listed)):
        return found
    raise UsageError(f"partner {partner_id!r} is unknown; see pipeline partners list")


def check(session: Session) -> tuple[Partner, ...]:
    """Return the partners, saying what endangers or hinders them; raise PartnersError with all faults of the file."""
    listed = known(session)
    readers(session)
    stated = _ignoring(session)
    for name in _not_ignored(session, stated):
        session.say(f"{name}: git might commit it; add a line to .gitignore: {name}")
    for partner in listed:
        if fault := _exposed(session.config.root, stated, partner):
            session.say(f"{FILE_NAME}: {partner.id}: {fault}")
        if session.config.source_language in partner.languages and SINGLE not in session.config.layouts:
            session.say(f'{FILE_NAME}: {partner.id}: the originals alone are printed with layouts = [..., "single"]')
    return listed


def _not_ignored(session: Session, stated: str | None) -> Iterator[str]:
    """Yield what is private, and not named in the .gitignore of a workspace that git looks after."""
    root = session.config.root
    if stated is not None:
        yield from not_ignored(stated, IGNORED)
        key = session.config.sender.key
        if key and key.is_relative_to(root) and not key.is_relative_to(root / places.KEYS):
            yield from not_ignored(stated, f"/{key.relative_to(root).as_posix()}")


def _ignoring(session: Session) -> str | None:
    """Return the .gitignore of a workspace that git looks after; None when it does not."""
    root = session.config.root
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return None
    file = root / ".gitignore"
    return file.read_text("utf-8", "replace") if file.is_file() else ""


def _exposed(root: Path, stated: str | None, partner: Partner) -> str:
    """Return how git might commit what is put into the folder of a partner, whose place says who receives it."""
    if stated is None or partner.delivery != "folder":
        return ""
    place = Path(os.path.normpath(root / Path(partner.address).expanduser()))
    if place == root:
        return "its folder is the workspace, and git might commit what is put into it; give it one of its own"
    if not place.is_relative_to(root):
        return ""
    within = place.relative_to(root)
    above = [folder.as_posix() for folder in (within, *within.parents[:-1])]
    if len(not_ignored(stated, "\n".join(above))) < len(above):
        return ""
    return (
        "its folder is in the workspace, and git might commit what is put into it; add a line to .gitignore with its "
        "path"
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether a partner can be reached by the way in partners.toml, as far as that is known without delivering."""

    partner: Partner
    outcome: str
    reason: str
    said: str = ""


REACHED, NOT_REACHED, NOT_TRIED = "reached", "not reached", "not tried"


def connect(session: Session, settings: Settings) -> list[Reached]:
    """Try the way to each active partner, and deliver nothing; what does not go is a fault."""
    results = []
    active = [partner for partner in known(session) if partner.active]
    ways = dict.fromkeys(partner.delivery for partner in active)
    for name in session.progress(ways, "Connecting", len(ways)):
        to = [partner for partner in active if partner.delivery == name]
        for partner, answer in zip(to, _answers(session, name, to, settings), strict=True):
            results.append(_told(partner, answer))
            if results[-1].outcome == NOT_REACHED:
                session.fault(DeliveryError(f"{partner.id}: {NOT_REACHED} by {name}: {results[-1].reason}"))
    return results


def _told(partner: Partner, answer: Answer | None) -> Reached:
    if answer is None:
        return Reached(partner, NOT_TRIED, "offline, or this way cannot tell")
    outcome = REACHED if answer.outcome is Outcome.ACCEPTED else NOT_REACHED
    return Reached(partner, outcome, answer.reason, answer.said)


def _answers(session: Session, way: str, to: Sequence[Partner], settings: Settings) -> Sequence[Answer | None]:
    """Return what a way says of each partner; None where it may not be used, or cannot tell."""
    reached = getattr(WAYS.load(way), "reached", None)
    if reached is None or (session.config.offline and not is_local(way)):
        return [None] * len(to)
    try:
        return list(reached([partner.address for partner in to], settings))
    except DeliveryError as error:
        return [Answer(Outcome.FAILED, str(error))] * len(to)
    except OSError as error:  # whose text names the address
        return [Answer(Outcome.FAILED, error.strerror or type(error).__name__)] * len(to)


def add(session: Session, partner_id: str, values: Mapping[str, object]) -> Partner:
    """Write a partner into partners.toml below what stands there; return it.

    `values` are by the keys of its table. Raises UsageError when the id is taken, PartnersError with all faults of
    the file as it would be.
    """
    path = session.config.root / FILE_NAME
    with session.locked():
        before = storage.read_bytes(session.config, path) if path.is_file() else b""
        taken = {partner.id for partner in _read(session, before)}
        if partner_id in taken:
            raise UsageError(f"partner {partner_id!r} is there already; change it in {FILE_NAME}")
        table = "".join(f"{key} = {as_toml(value)}\n" for key, value in values.items())
        gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        content = before + gap + f"[partners.{_key(partner_id)}]\n{table}".encode()
        added = next(partner for partner in _read(session, content) if partner.id == partner_id)
        if not session.dry_run:
            storage.write(path, content, expected=before)
            for remark in privacy.keep_private(session.config):
                session.say(remark)
        session.wrote(path)
        if _is_known(session, partner_id):
            session.say(
                f"{partner_id}: something was sent under this id, which is not sent again; if this is another partner, "
                f"give it another id in {FILE_NAME}"
            )
    return added


def _is_known(session: Session, partner_id: str) -> bool:
    """Whether a partner of this id has, or may have, something."""
    path = session.config.root / ledger.FILE_NAME
    with suppress(LedgerError), closing(ledger.open(path, session.clock)) as book:
        return any(entry.partner == partner_id and entry.state.may_have_arrived for entry in book.entries())
    return False


def _key(partner_id: str) -> str:
    return partner_id if re.fullmatch(r"[A-Za-z0-9_-]+", partner_id) else as_toml(partner_id)
