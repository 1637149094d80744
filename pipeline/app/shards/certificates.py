"""The certificates of a cluster: made by whoever runs it, for its machines alone, and never by this program."""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EnvironmentMissing, UsageError

AUTHORITY, CERTIFICATE, KEY = "ca.pem", "cert.pem", "key.pem"

HOW = "docs/archives.md says how to make them"

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Certificates:
    """The certificate of this machine and its key, and that of the authority which signs those of all machines."""

    authority: Path
    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """Return what a connection of this machine to another of the cluster needs."""
        made = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(self.authority))
        made.check_hostname = False  # whom the authority has signed for is one of ours, wherever it stands
        made.load_cert_chain(self.certificate, self.key)
        return made


def read(folder: Path) -> Certificates:
    """Return the certificates in a folder; raise UsageError when one is missing, of no use, or open to others."""
    found = Certificates(folder / AUTHORITY, folder / CERTIFICATE, folder / KEY)
    for path in (found.authority, found.certificate, found.key):
        if not path.is_file():
            raise UsageError(f"{path}: missing; a cluster needs certificates of its own, {HOW}")
    if found.key.stat().st_mode & 0o077:
        raise UsageError(f"{found.key}: others of this machine can read it; type: chmod 600 {found.key}")
    try:
        found.context()
    except (ssl.SSLError, OSError) as error:
        raise UsageError(f"{folder}: not certificates of a cluster ({_reason(error)}); {HOW}") from None
    return found


def require_reached(host: str, port: int, ours: Certificates) -> None:
    """Connect once to a scheduler; raise EnvironmentMissing with the reason when it does not let this machine in."""
    place = f"tls://{host}:{port}"
    try:
        with (
            socket.create_connection((host, port), _SECONDS) as plain,
            ours.context().wrap_socket(plain, server_hostname=host) as connection,
        ):
            connection.settimeout(_SECONDS)
            if not connection.recv(1):  # a certificate that is refused is known by the first answer alone
                raise EnvironmentMissing(f"{place}: hung up; see that a scheduler of pipeline stands there")
    except ssl.SSLError as error:
        raise EnvironmentMissing(
            f"{place}: no connection by TLS ({_reason(error)}); see that both have certificates of the same authority"
        ) from None
    except OSError as error:
        raise EnvironmentMissing(
            f"{place}: not reached ({error.strerror or error}); start one there: pipeline shards scheduler"
        ) from None


def _reason(error: OSError) -> str:
    reason = getattr(error, "verify_message", "") or getattr(error, "reason", "") or error.strerror or str(error)
    return str(reason).replace("_", " ").lower()
