"""A parcel → the e-mail that brings it, written with the standard library."""

import base64
import hashlib
import html
import re
import textwrap
from collections.abc import Iterator
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, Policy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from pipeline.distribution.deliver import Parcel, Settings
from pipeline.distribution.sender import domain

_ATOM = r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
"""A word that needs no quotation marks in a name (RFC 5322, 3.2.3)."""


class _Undivided(UnstructuredHeader, BaseHeader):
    """A header on one line: a long link in it would otherwise be written as encoded words."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Worded(UnstructuredHeader, BaseHeader):
    """A header whose words stay as they are: Python 3.11 loses spaces where it divides a text beyond ASCII.

    It also decodes what looks like an encoded word: a title would be another in the letter than in its subject.
    """

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        super().parse(value, kwds)
        kwds["decoded"] = value

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {_encoded(self, policy)}{policy.linesep}"


class _WordedAddress(UniqueAddressHeader, BaseHeader):  # type: ignore[misc]  # as HeaderRegistry makes it
    """The same for the name before an address."""

    def fold(self, *, policy: Policy) -> str:
        (address,) = self.addresses
        name = _phrase(address.display_name, policy)
        space = " " if len(f"{self.name}: {name} <{address.addr_spec}>") <= 76 else f"{policy.linesep} "
        return f"{self.name}: {name}{space}<{address.addr_spec}>{policy.linesep}"


def _phrase(name: str, policy: Policy) -> str:
    """Return a name as it stands before an address (RFC 5322, 3.2.5), on lines that are not too long.

    Python takes the quotation marks away where it divides it.
    """
    if all(re.fullmatch(_ATOM, word) for word in name.split()) and "=?" not in name:
        return f"{policy.linesep} ".join(textwrap.wrap(name, 66, break_long_words=False, break_on_hyphens=False))
    quoted = re.sub(r'([\\"])', r"\\\1", name)
    if name.isascii() and len(quoted) < 66 and "=?" not in name:
        return f'"{quoted}"'
    return Header(name, "utf-8", header_name="From").encode(linesep=policy.linesep)


def _encoded(text: str, policy: Policy) -> str:
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"  # what looks encoded would be decoded
    return Header(str(text), charset, header_name="Subject").encode(linesep=policy.linesep)


def most_bytes(parcel: Parcel) -> int:
    """Return what a message with its file in it does not exceed, the same whoever it goes to."""
    letter = parcel.bundle.letter
    return 3 * len((letter.subject + letter.text + letter.html).encode()) + len(parcel.file.content) * 104 // 75 + 4000


def composed(parcel: Parcel, address: str, settings: Settings, *, is_linked: bool) -> bytes:
    """Return the message; `is_linked` when it tells where the zip is fetched, and has it not in it."""
    letter, sender = parcel.bundle.letter, settings.sender
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _Undivided)
    headers.map_to_type("subject", _Worded)
    headers.map_to_type("from", _WordedAddress)
    policy = SMTP if are_plain(address, settings) else SMTPUTF8
    # Not every server on the way takes more than 7 bits.
    message = EmailMessage(policy=policy.clone(cte_type="7bit", header_factory=headers))
    for name, value in _headers(parcel, address, settings):
        message[name] = value
    text, page = letter.text, letter.html
    if is_linked:
        text, page = _linked(parcel, sender.link, text, page)
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    is_attached = not is_linked and parcel.has_file
    if is_attached:
        file, kind = parcel.file, parcel.file.media_type.partition("/")
        message.add_attachment(_stand_in(parcel), maintype=kind[0], subtype=kind[2], filename=file.path)
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):  # otherwise it would be another one every time
        part.set_boundary(f"={number}={parcel.id}=")
    return _filled(message.as_bytes(), parcel) if is_attached else message.as_bytes()


def _stand_in(parcel: Parcel) -> bytes:
    """Return what stands in place of the file, one line, until the message is written.

    Python's own generator would look at every line of the file anew for each of the partners who get the same.
    """
    return hashlib.sha256(parcel.id.encode()).digest()


def _filled(content: bytes, parcel: Parcel) -> bytes:
    """Return a message with its file, the last of its parts, in the place of what stands there for it."""
    before, stood_in, after = content.rpartition(base64.b64encode(_stand_in(parcel)) + b"\r\n")
    assert stood_in, "the file is in the message"
    return before + _in_base64(parcel.file.content) + after


@lru_cache(maxsize=2)
def _in_base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _headers(parcel: Parcel, address: str, settings: Settings) -> Iterator[tuple[str, object]]:
    sender = settings.sender
    name, _, host = envelope(sender.address).rpartition("@")
    yield "From", Address(_line(sender.name), name, host)
    yield "To", Address("", *envelope(address).rsplit("@", 1))
    yield "Subject", _line(parcel.bundle.letter.subject)
    yield "Date", format_datetime(settings.now)
    yield "Message-ID", f"<{hashlib.sha256(parcel.id.encode()).hexdigest()[:32]}@{domain(sender.address)}>"
    answers = envelope(sender.answers)
    if sender.reply_to:
        yield "Reply-To", answers
    yield "List-Unsubscribe", f"<mailto:{quote(answers, safe='@+')}?subject=unsubscribe>"


def _linked(parcel: Parcel, link: str, text: str, page: str) -> tuple[str, str]:
    """Return the letter below where the zip is, what its size and its hash are: said without words of a language."""
    name, digest = parcel.file.path, hashlib.sha256(parcel.zipped).hexdigest()
    place = quote(f"{link.rstrip('/')}/{name}", safe=":/?#[]@!$&'()*+,;=%-._~")
    size = f"{len(parcel.zipped):,} B".replace(",", "\u202f")  # as the SI writes it in any language
    lines = (place, size, f"SHA-256 {digest}")
    shown = f'<p dir="ltr"><a href="{html.escape(place)}">{html.escape(place)}</a><br>{"<br>".join(lines[1:])}</p>'
    return "\n".join((*lines, "", text)), re.sub(r"(<body\b[^>]*>)|\Z", rf"\g<0>{shown}", page, count=1)


def are_plain(address: str, settings: Settings) -> bool:
    """Whether all addresses of a message are of ASCII, once their domains are written in it."""
    return all(envelope(mailbox).isascii() for mailbox in (address, settings.sender.address, settings.sender.answers))


def envelope(address: str) -> str:
    """Return an address with its domain in ASCII."""
    name, _, _ = address.rpartition("@")
    return f"{name}@{domain(address)}"


def _line(text: str) -> str:
    return " ".join(text.split())
