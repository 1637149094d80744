"""The password of the server that takes e-mail: from the environment or the keyring, never from a file."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.distribution.sender import Server

VARIABLE = "PIPELINE_SMTP_PASSWORD"
SERVICE = "pipeline"
"""What the keyring knows the password by, with the user's name."""


def password(server: "Server") -> str:
    """Return the password of the server's user; empty when there is no user, or none is stored."""
    if not server.user:
        return ""
    if secret := os.environ.pop(VARIABLE, ""):  # so that no program started from here inherits it
        return secret
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, server.user) or ""
    except KeyringError:
        return ""
