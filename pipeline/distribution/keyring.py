"""The keys of senders that a recipient trusts: a file of ssh-keygen (ALLOWED SIGNERS), a line a key."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.distribution import names, signing
from pipeline.errors import SigningError
from pipeline.text import lookalikes, orthography

_KIND = r"(?:ssh|ecdsa|sk)-[A-Za-z0-9@.-]+"
_BARE = re.compile(rf"(?P<kind>{_KIND}) +(?P<blob>\S+)(?: +(?P<name>.*))?")
_SIGNER = re.compile(rf'(?P<name>\S+) +(?:namespaces="(?P<spaces>[^"]*)" +)?(?P<kind>{_KIND}) +(?P<blob>\S+)(?: .*)?')
_NAME = re.compile(r'(?!cert-authority\Z)[^\s,"*?!#\x00-\x1f\x7f-\x9f][^\s,"*?!\x00-\x1f\x7f-\x9f]{0,99}')


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key, «ssh-ed25519 AAAA…», and as whom it is known."""

    name: str
    public: str

    @property
    def fingerprint(self) -> str:
        return signing.fingerprint(self.public)


def parse(content: bytes, file: str, name: str = "") -> list[TrustedKey]:
    """Return the keys of a file, all called `name` if it is given.

    A line is a public key with or without a comment, or one of allowed signers. Raises SigningError with the
    line that is neither, or that trusts under conditions which would be lost here.
    """
    if b"PRIVATE KEY" in content:
        raise SigningError(f"{file}: a private key: keep it secret, and give its public half, the file ending in .pub")
    lines = content.decode("utf-8-sig", "replace").split("\n")  # as ssh-keygen does: a name has other breaks in it
    keys = [
        _key(line.strip(), f"{file}:{number}", name)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]
    if not keys:
        raise SigningError(f"{file}: no key in it; give a public key, or a file of allowed signers")
    return keys


def _key(line: str, place: str, name: str) -> TrustedKey:
    match = _SIGNER.fullmatch(line) or _BARE.fullmatch(line)  # a sender may be called as a kind of key: sk-office
    if not match:
        raise SigningError(f"{place}: no public key, or one with conditions; give a line such as ssh-ed25519 AAAA…")
    spaces = match.groupdict().get("spaces")
    if spaces is not None and signing.NAMESPACE not in spaces.split(","):
        raise SigningError(f'{place}: a key for something else than bundles (namespaces="{spaces}")')
    if "-cert-" in match["kind"] or match["name"] == "cert-authority":
        raise SigningError(f"{place}: a certificate, or a key that vouches for others; give the sender's own key")
    public = f"{match['kind']} {match['blob']}"
    _require_key(public, place)
    called = name or "-".join((match["name"] or "").split()) or signing.fingerprint(public)
    is_another = called.casefold().startswith("sha256:") and called != signing.fingerprint(public)
    if is_another or not _NAME.fullmatch(called):
        raise SigningError(f"{place}: {called[:100]!a} cannot be the name of a sender; give another with --name")
    return TrustedKey(called, public)


def _require_key(public: str, place: str) -> None:
    """Raise SigningError when a public key is none: what it packs begins with its kind (RFC 4253, 6.6)."""
    kind, blob = public.split()
    try:
        packed = base64.b64decode(blob, validate=True)
    except (ValueError, binascii.Error):
        packed = b""
    whole = base64.b64encode(packed) == blob.encode()
    if not whole or not packed.startswith(len(kind).to_bytes(4, "big") + kind.encode()):
        raise SigningError(f"{place}: a damaged public key; ask for it again")


_JOINER = re.compile(rf"(?<=[^\x00-\x7f])[{lookalikes.JOINERS}](?=[^\x00-\x7f])")
"""As words of Persian and other languages have them."""


def deceptions(name: str) -> Iterator[str]:
    """Yield what makes the name of a sender another than it looks, each as a clause: “holds …”."""
    among_latin = bool(re.search("[A-Za-z]", name))
    for word in re.split("[-@.]", _JOINER.sub("", name)):
        yield from lookalikes.deceptions(word, among_latin=among_latin)


def looks(name: str) -> set[str]:
    """Return what has something in common for names that a reader takes for one: as they are spelt, and as drawn."""
    return {orthography.fold(names.identity(one)).replace(" ", "") for one in (name, lookalikes.drawn(name))}


def written(keys: Iterable[TrustedKey]) -> bytes:
    """Return keys as a file that ssh-keygen reads too."""
    return "".join(signing.allowed(key.name, key.public) for key in keys).encode()
