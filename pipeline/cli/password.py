"""The password of the server that takes e-mail: from the environment or the keyring, never from a file."""

import os
from typing import TYPE_CHECKING

from pipeline.cli import console

if TYPE_CHECKING:
    from pipeline.distribution.sender import Server

VARIABLE = "PIPELINE_SMTP_PASSWORD"


def service(host: str) -> str:
    """Return what the keyring knows the password by, with the user's name.

    It names the server, so that another one, which somebody has written into pipeline.toml, is not given its password.
    """
    return f"pipeline@{host}"


def password(server: "Server") -> str:
    """Return the password of the server's user; empty when there is no user, or none is stored."""
    if not server.user:
        return ""
    if secret := os.environ.pop(VARIABLE, ""):  # so that no program started from here inherits it
        return secret
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return keyring.get_password(service(server.host), server.user) or ""
    except Exception as error:  # anybody's backends are found by the keyring, and say what is wrong in any way
        console.say(f"the keyring cannot be asked for the password: {str(error) or type(error).__name__}")
        return ""
