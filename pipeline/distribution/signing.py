"""Signatures of ssh-keygen (SSHSIG): made with a key the organisation has, checked without trust in the bundle.

Signatures of ed25519 keys are the same each time, and hold neither a name nor a time.
"""

import base64
import binascii
import hashlib
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import disk, scratch
from pipeline.errors import EnvironmentMissing, SigningError

NAMESPACE = "pipeline"
"""What our signatures are for: one made for something else is not taken for ours."""

PROGRAM = "ssh-keygen"
SECONDS = 60
"""A key whose passphrase nobody types is given up after this long."""

_ARMOUR = (b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----")
_WIDTH = 70
_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of ed25519: the number in a signature is smaller, or it is the same one written otherwise (RFC 8032)."""
_PRIME = 2**255 - 19
_EIGHTH = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_ED25519 = (b"ssh-ed25519", b"sk-ssh-ed25519@openssh.com")
_SMALL_ORDER = {0, 1, _PRIME - 1, _EIGHTH, _PRIME - _EIGHTH}
"""What stands for the points of the curve that are of order 1, 2, 4 or 8: as a key, anybody signs with them."""
LEAST_BITS = 2048
"""Of an RSA key (NIST SP 800-131A): those with fewer can be found out by whoever has computers and time."""
_NONE = "no signature of ssh-keygen, or a damaged one"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with a private key; `public` is its public half, «ssh-ed25519 AAAA…», without a comment."""

    key: Path
    public: str

    def __call__(self, content: bytes) -> bytes:
        return _signed(content, self.key)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)


def open(key: Path) -> Signer:
    """Return the signer with a private key; raise SigningError when it cannot sign.

    The public half is taken from a signature, so that it fits whatever lies beside the key. A key of a kind that
    signs otherwise every time would make other bundles of the same texts.
    """
    signature = _signed(b"", key)
    if "-cert-" in public(signature).split()[0]:
        raise SigningError(f"{key}: a certificate, which has names in it; write the key itself as sender.key")
    if weak := weakness(public(signature)):
        raise SigningError(f"{key}: {weak}, which others can forge; make another: pipeline keys make")
    if _signed(b"", key) != signature:
        kind = public(signature).split()[0]
        raise SigningError(f"{key}: a key of the kind {kind} signs otherwise each time; use one of ed25519 or RSA")
    return Signer(key, public(signature))


def make(key: Path, *, passphrase: bool = False) -> None:
    """Make an ed25519 key with its public half beside it; with `passphrase`, ssh-keygen asks for one.

    Raises SigningError when there is a file already.
    """
    for path in (key, key.with_name(f"{key.name}.pub")):
        if path.exists() or path.is_symlink():
            raise SigningError(f"{path} is there already; keep it, or move it away to make another key")
    words = ["-q", "-t", "ed25519", "-C", "", "-f", str(key), *(() if passphrase else ("-N", ""))]
    done = _run(words, None if passphrase else b"")
    if done.returncode or not key.is_file():
        raise SigningError(f"{key}: no key was made: {_said(done)}")
    disk.permit(key, 0o600)


def fingerprint(public: str) -> str:
    """Return the fingerprint of a public key, as ssh shows it: «SHA256:…»."""
    digest = hashlib.sha256(base64.b64decode(public.split()[1])).digest()
    return f"SHA256:{base64.b64encode(digest).decode('ascii').rstrip('=')}"


def weakness(public: str) -> str:
    """Return what kind of key a public key is, if others can sign in its name; empty when nobody can."""
    kind, blob = public.split()[:2]
    if kind == "ssh-dss":
        return "a key of the kind ssh-dss"
    try:
        named, *numbers = _strings(base64.b64decode(blob), 2 if kind == "ssh-ed25519" else 3)
    except ValueError:
        return ""  # of another kind, whose keys are all of one length
    if named in _ED25519 and int.from_bytes(numbers[0], "little") % 2**255 % _PRIME in _SMALL_ORDER:
        return "a key of ed25519 that has no secret"
    exponent, modulus = int.from_bytes(numbers[0]), int.from_bytes(numbers[-1])
    if kind != "ssh-rsa" or (exponent > 2 and modulus.bit_length() >= LEAST_BITS):
        return ""
    return f"an RSA key of {modulus.bit_length()} bits and the exponent {exponent}"


def allowed(principal: str, public: str) -> str:
    """Return the line that tells ssh-keygen whose key it is."""
    return f'{principal} namespaces="{NAMESPACE}" {public}\n'


def public(signature: bytes) -> str:
    """Return the public key a signature names; raise SigningError when it is no signature."""
    packed = _packed(signature)
    try:
        if packed[:10] != b"SSHSIG\0\0\0\1":
            raise ValueError
        blob = _string(packed[10:])
        kind = _string(blob).decode("ascii")
        if not kind:
            raise ValueError
    except ValueError:
        raise SigningError(_NONE) from None
    return f"{kind} {base64.b64encode(blob).decode('ascii')}"


def is_plain(signature: bytes) -> bool:
    """Whether a signature is written as ssh-keygen writes it, to the byte: then nothing else is said in it.

    Its reserved field is not signed, and ssh-keygen reads over what stands in it (OpenSSH, PROTOCOL.sshsig).
    """
    packed = _packed(signature)
    text = base64.b64encode(packed)
    lines = (text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH))
    if signature != b"\n".join((_ARMOUR[0], *lines, _ARMOUR[1], b"")):
        return False
    try:
        _blob, _namespace, reserved, _hash, signed = _strings(packed[10:], 5)
        kind, number = _strings(signed, 2)
    except ValueError:
        return False
    return not reserved and (kind != b"ssh-ed25519" or int.from_bytes(number[32:], "little") < _ORDER)


def _strings(packed: bytes, count: int) -> list[bytes]:
    """Return so many strings, as RFC 4251 packs them; raise ValueError when there are not just these."""
    found = []
    for _ in range(count):
        found.append(_string(packed))
        packed = packed[4 + len(found[-1]) :]
    if packed:
        raise ValueError
    return found


def _packed(signature: bytes) -> bytes:
    """Return what is packed in a signature's armour; raise SigningError when it has none."""
    begin, end = _ARMOUR
    text = signature.strip()
    try:
        if not (text.startswith(begin) and text.endswith(end)):
            raise ValueError
        return base64.b64decode(b"".join(text[len(begin) : -len(end)].split()), validate=True)
    except (ValueError, binascii.Error):
        raise SigningError(_NONE) from None


def _string(packed: bytes) -> bytes:
    """Return the string at the beginning, as RFC 4251 packs it; raise ValueError when it is cut off."""
    length = int.from_bytes(packed[:4], "big")
    if len(packed) < 4 + length:
        raise ValueError
    return packed[4 : 4 + length]


def verify(content: bytes, signature: bytes) -> str:
    """Return the public key that signed a content; raise SigningError when none did.

    Whose key that is, is another question: see `known`.
    """
    named = public(signature)
    with scratch.folder() as folder:
        file = folder / "signature"
        file.write_bytes(signature)
        done = _run(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(file)], content)
    if done.returncode:
        raise SigningError(f"the signature does not fit what was signed ({_said(done)})")
    return named


def known(signature: bytes, content: bytes, signers: bytes) -> str:
    """Return as whom a file of signers knows the key that signed; empty when it does not.

    The file is one of ssh-keygen (ALLOWED SIGNERS), or a public key as «ssh-ed25519 AAAA… comment».
    """
    with scratch.folder() as folder:
        file, lines = folder / "signature", folder / "signers"
        file.write_bytes(signature)
        lines.write_bytes(b"\n".join(_line(line.rstrip(b"\r")) for line in signers.split(b"\n")) + b"\n")
        found = _run(["-Y", "find-principals", "-s", str(file), "-f", str(lines)], content)
        for principal in found.stdout.decode("utf-8", "replace").splitlines() if not found.returncode else ():
            words = ["-Y", "verify", "-n", NAMESPACE, "-f", str(lines), "-I", principal, "-s", str(file)]
            if not _run(words, content).returncode:
                return principal
    return ""


_PACKED_KEY = b"AAAA"
"""How every public key begins: with the length of its kind."""


def _line(line: bytes) -> bytes:
    """Give a bare public key the name it lacks: its comment, without blanks."""
    words = line.split()
    if len(words) < 2 or not words[1].startswith(_PACKED_KEY):
        return line
    name = b"-".join(words[2:]).translate(None, b',"*?!') or b"the-key-given"
    return b" ".join((name, *words[:2]))


def _signed(content: bytes, key: Path) -> bytes:
    if not key.is_file():
        raise SigningError(f"{key}: no such key; make one: pipeline keys make")
    done = _run(["-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key)], content)
    if done.returncode or not done.stdout.startswith(_ARMOUR[0]):
        said = _said(done)
        unlocked = "see that it is a private key, unlocked in ssh-agent"
        remedy = f"type: chmod 600 {key}" if "too open" in said else unlocked
        raise SigningError(f"{key}: cannot sign: {said}; {remedy}")
    return done.stdout


def _run(words: Sequence[str], content: bytes | None) -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen over a content; without one it talks with the person at the terminal."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "SSH_AUTH_SOCK") if name in os.environ}
    try:
        return subprocess.run(
            [PROGRAM, *words],
            input=content,
            capture_output=content is not None,
            env=environment | {"LC_ALL": "C"},
            timeout=SECONDS if content is not None else None,
            check=False,
        )
    except FileNotFoundError:
        raise EnvironmentMissing(f"{PROGRAM} is missing; install it: apt-get install openssh-client") from None
    except subprocess.TimeoutExpired:
        raise SigningError(f"{PROGRAM}: no answer in {SECONDS} seconds; unlock the key in ssh-agent") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what ssh-keygen said last, in one line; of its warning about an open key, what counts."""
    text = (done.stderr or b"").decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip().strip("@")]
    last = lines[-1] if lines else f"exit status {done.returncode}"
    return next((line for line in lines if "too open" in line), last)
