"""The key the organisation signs with."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.app.session import Session
from pipeline.distribution import contents, signing
from pipeline.distribution.sender import DEFAULT_KEY
from pipeline.errors import SigningError
from pipeline.workspace import privacy, storage


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of the key. `allowed_signer` is the line by which partners know it."""

    public: str
    fingerprint: str
    allowed_signer: str


def make(session: Session, *, passphrase: bool) -> Path:
    """Make an ed25519 key without a name in it and return its path; raise SigningError when there is one.

    Raises DocumentError when its usual folder leads out of the workspace: a folder elsewhere is named in [sender].
    """
    key = session.config.sender.key
    if key is None:
        key = session.config.root / DEFAULT_KEY
        privacy.require_inside(session.config, key)
    if not session.dry_run:
        if not key.parent.is_dir():
            privacy.made_private(key.parent)
            storage.write(key.parent / ".gitignore", b"*\n")
        signing.make(key, passphrase=passphrase)
    return key


def public(session: Session) -> PublicKey:
    """Return the public half of the key; raise SigningError when there is no key yet."""
    sender = session.config.sender
    if not sender.key:
        raise SigningError(f"{session.config.root / DEFAULT_KEY}: no key yet; make one: pipeline keys make")
    signer = signing.open(sender.key)
    allowed = signing.allowed(contents.principal(sender), signer.public).strip()
    return PublicKey(signer.public, signer.fingerprint, allowed)
