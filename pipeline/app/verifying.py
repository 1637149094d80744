"""Whether a bundle is whole, and who signed it."""

from dataclasses import dataclass
from pathlib import Path

from pipeline import disk
from pipeline.distribution import verification
from pipeline.distribution.verification import Report
from pipeline.errors import UsageError

SIGNERS = "signers"
"""In a workspace: the keys that are trusted, as ssh-keygen reads them (ALLOWED SIGNERS), or bare public keys."""

MAX_KEY_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a bundle, and the file of keys it was compared with."""

    report: Report
    signers: Path


def verify(bundle: Path, signer: Path | None, folder: Path) -> Verification:
    """Compare a bundle, a zip or an unpacked folder, with its signed manifest, without unpacking it.

    `signer` is a public key or a file of allowed signers; without it the signers of the workspace `folder` are
    asked, if it has any. Raises UsageError when one of the files cannot be read.
    """
    if not bundle.exists():
        raise UsageError(f"{bundle}: no such file or folder; give a bundle as it was received")
    bundle = bundle.absolute() if not bundle.name else bundle
    signers = signer or folder / SIGNERS
    trusted = _read(signers) if signer or signers.is_file() else None
    return Verification(verification.verify(bundle, trusted, str(signers)), signers)


def _read(file: Path) -> bytes:
    try:
        return disk.read(file, MAX_KEY_BYTES)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; give a public key, or a file of allowed signers") from None
