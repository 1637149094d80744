"""Who receives documents: partners.toml, and the pseudonyms that stand for partners outside."""

import secrets
from collections.abc import Iterator

from pipeline.app.session import Session
from pipeline.distribution import letter, partners
from pipeline.distribution.partners import FILE_NAME, Partner
from pipeline.edition.design import SINGLE
from pipeline.errors import PartnersError, UsageError
from pipeline.tables import meant
from pipeline.workspace import storage
from pipeline.workspace.config import IGNORED

SALT = "salt"
_EXAMPLE = '[partners.oslo], with name, languages = ["en"], delivery = "smtp", address'


def known(session: Session) -> tuple[Partner, ...]:
    """Return the partners of the workspace; raise PartnersError with all faults of the file, or when there is none."""
    settings = session.config
    path = settings.root / FILE_NAME
    if not path.is_file():
        raise PartnersError(f"{FILE_NAME}: no partners yet; write a table for each: {_EXAMPLE} (docs/distribution.md)")
    languages = (settings.source_language, *settings.languages)
    letters = letter.languages(settings.root / letter.FOLDER, settings.all_languages)
    return partners.read(storage.read_bytes(settings, path), FILE_NAME, languages, letters)


def salt(session: Session) -> bytes:
    """Return what pseudonyms are made with, kept in the workspace's private folder."""
    path = storage.private_folder(session.config) / SALT
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
    for name in _not_ignored(session):
        session.say(f"{name}: git might commit it; add a line to .gitignore: {name}")
    for partner in listed:
        if session.config.source_language in partner.languages and SINGLE not in session.config.layouts:
            session.say(f'{FILE_NAME}: {partner.id}: the originals alone are printed with layouts = [..., "single"]')
    return listed


def _not_ignored(session: Session) -> Iterator[str]:
    """Yield what is private, and not named in the .gitignore of a workspace that git looks after."""
    root = session.config.root
    if any((folder / ".git").exists() for folder in (root, *root.parents)):
        file = root / ".gitignore"
        listed = file.read_text("utf-8", "replace").split() if file.is_file() else []
        yield from (name for name in IGNORED.split() if name.strip("/") not in [line.strip("/") for line in listed])
