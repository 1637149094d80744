"""The key of the organisation is made once, stays out of git, and names nobody."""

import pytest

from pipeline.app import keys
from pipeline.errors import SigningError
from tests.support.sessions import begun


def test_a_key_is_made_once_and_its_public_half_is_shown(workspace):
    session, _ = begun(workspace)
    with pytest.raises(SigningError, match="no key yet; make one: pipeline keys make"):
        keys.public(session)
    dry, _ = begun(workspace, dry_run=True)
    assert keys.make(dry, passphrase=False) == workspace / "keys" / "pipeline" and not (workspace / "keys").exists()
    path = keys.make(session, passphrase=False)
    assert (workspace / "keys" / ".gitignore").read_text() == "*\n"
    assert (workspace / "keys").stat().st_mode & 0o077 == 0
    session, _ = begun(workspace)
    shown = keys.public(session)
    assert path.with_suffix(".pub").read_text().startswith(shown.public) and shown.public in shown.allowed_signer
    assert shown.fingerprint.startswith("SHA256:")
    with pytest.raises(SigningError):
        keys.make(session, passphrase=False)
    assert keys.public(session) == shown


def test_no_key_is_made_through_a_link_that_leads_out(workspace, tmp_path, pipeline):
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace / "keys").symlink_to(outside)
    done = pipeline("keys", "make")
    assert done.returncode == 1 and "leads out of the workspace" in done.stderr and not list(outside.iterdir())
