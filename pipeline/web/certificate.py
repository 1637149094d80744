"""A certificate for one evening: made by OpenSSL for this server, with a fingerprint that people compare."""

import hashlib
import ipaddress
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pipeline import disk
from pipeline.errors import EnvironmentMissing

DAYS = 2


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of a certificate and its key, and its SHA-256 fingerprint as browsers show it."""

    file: Path
    key: Path
    fingerprint: str


def make(folder: Path, host: str) -> Certificate:
    """Return a new certificate for a server at a number, in a folder that is removed with it.

    Raises EnvironmentMissing without OpenSSL.
    """
    ipaddress.ip_address(host)
    file, key = folder / "certificate.pem", folder / "key.pem"
    wanted = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-sha256",
        "-days", str(DAYS), "-subj", "/CN=pipeline review", "-addext", f"subjectAltName=IP:{host}",
        "-keyout", str(key), "-out", str(file),
    ]  # fmt: skip
    try:
        subprocess.run(wanted, check=True, capture_output=True, timeout=60)
    except FileNotFoundError:
        raise EnvironmentMissing(
            "openssl is missing, which makes the certificate; install the package openssl"
        ) from None
    except subprocess.SubprocessError as error:
        raise EnvironmentMissing(f"openssl could not make a certificate ({error}); install a newer one") from None
    disk.permit(key, 0o600)
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read_text("ascii"))).hexdigest().upper()
    return Certificate(file, key, ":".join(digest[at : at + 2] for at in range(0, len(digest), 2)))
