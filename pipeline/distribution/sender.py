"""The tables [sender] and [smtp] of pipeline.toml: who sends, and through which server."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar

from msgspec import Meta

from pipeline.loopback import is_loopback, number
from pipeline.tables import Rule, TableFault, is_line
from pipeline.text import lookalikes

DEFAULT_KEY = "keys/pipeline"
"""In the workspace: the key `pipeline keys make` makes, used when [sender] names no other."""


class Security(StrEnum):
    """How the connection to a server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
"""Where no other is named."""

_LOCAL = re.compile(r"(?!.*=\?)[^\s@<>(),;:\"\\\[\]\x00-\x1f\x7f]{1,64}")
_DOMAIN = re.compile(r"(?a:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*(?a:[^\W_](?:[\w-]{0,61}[^\W_])?)")
_LABELS = re.compile(
    r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
)


PAUSES: tuple[float, ...] = (2, 8, 32)
"""Seconds between tries, where nothing else is configured."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. `key` is a private key of ssh, None when bundles go unsigned; `link` is where the
    bundles lie that are too large for an e-mail. What is not stated is empty."""

    name: str = ""
    address: str = ""
    reply_to: str = ""
    key: Path | None = None
    link: str = ""

    @property
    def answers(self) -> str:
        """Where a partner writes to."""
        return self.reply_to or self.address


@dataclass(frozen=True, slots=True)
class Server:
    """The server that takes e-mail. `greeting` is the name we give it as ours, never this host's."""

    host: str
    port: int
    security: Security
    user: str = ""
    greeting: str = ""
    max_megabytes: int = 10
    timeout_seconds: int = 60
    pauses: tuple[float, ...] = PAUSES

    @property
    def is_local(self) -> bool:
        return is_loopback(self.host)


def is_address(text: str) -> bool:
    """Whether a text is the address of a mailbox, and nothing else."""
    local, at, _ = text.rpartition("@")
    return len(text) <= 254 and bool(at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain(text)))


def deceptions(address: str) -> Iterator[str]:
    """Yield what makes an address another than it looks, with the remedy."""
    local, _, host = address.rpartition("@")
    labels = host.split(".")
    for word in (local, *labels):
        for fault in lookalikes.deceptions(word, among_latin=labels[-1].isascii()):
            remedy = "type it anew by hand" + ("" if word is local else ", or write the domain in ASCII: xn--…")
            yield f"the part {'before' if word is local else 'after'} the @ {fault}; {remedy}"


def is_host(text: str) -> bool:
    """Whether a text is the name or the number of a machine."""
    return bool(_LABELS.fullmatch(text)) or number(text) is not None


def _is_mailbox_or_nothing(text: str) -> bool:
    return not text or is_address(text)


_Text = Annotated[str, Rule("one line of text in quotes", '"…"', is_line)]
_Mailbox = Annotated[str, Rule("an e-mail address", '"office@example.org"', _is_mailbox_or_nothing)]


_Pause = Annotated[
    int | float, Rule("a number of seconds up to an hour", "[2, 8, 32]", lambda seconds: 0 <= seconds <= 3600)
]


@dataclass(frozen=True, slots=True)
class SenderTable:
    """[sender] as it is written."""

    name: _Text = ""
    address: _Mailbox = ""
    reply_to: _Mailbox = ""
    key: _Text = ""
    link: Annotated[
        str,
        Rule(
            "where partners fetch from, over https",
            '"https://example.org/bundles/"',
            lambda text: not text or (text.startswith("https://") and is_line(text)),
        ),
    ] = ""


@dataclass(frozen=True, slots=True)
class ServerTable:
    """[smtp] as it is written."""

    _ELSEWHERE: ClassVar[str] = (
        "a password does not belong into a file; take the line away, "
        "and give it as PIPELINE_SMTP_PASSWORD or to the keyring (docs/distribution.md)"
    )
    REFUSED: ClassVar[Mapping[str, str]] = dict.fromkeys(("password", "pass", "secret"), _ELSEWHERE)

    host: Annotated[str, Rule("the name of a server", '"mail.example.org"', is_host)]
    security: Security = Security.STARTTLS
    port: Annotated[int, Rule("a whole number from 1 to 65535", "587"), Meta(ge=1, le=65535)] | None = None
    user: _Text = ""
    greeting: Annotated[
        str,
        Rule("a domain in ASCII", '"example.org"', lambda text: not text or bool(_LABELS.fullmatch(text))),
    ] = ""
    max_megabytes: Annotated[int, Rule("a whole number from 1 to 1000", "10"), Meta(ge=1, le=1000)] = 10
    timeout_seconds: Annotated[int, Rule("a whole number from 1 to 3600", "60"), Meta(ge=1, le=3600)] = 60
    pauses: Annotated[
        tuple[_Pause, ...],
        Rule("the seconds between tries", "[2, 8, 32]"),
    ] = PAUSES


def sender(table: SenderTable, root: Path) -> Sender:
    """Return the sender that a table without faults names; its key may lie in the workspace at `root`."""
    key = root / Path(table.key.strip()).expanduser() if table.key.strip() else root / DEFAULT_KEY
    is_there = bool(table.key.strip()) or key.is_file()
    return Sender(table.name.strip(), table.address, table.reply_to, key if is_there else None, table.link)


def server(table: ServerTable, sender: Sender) -> Server:
    """Return the server that a table without faults names; it is greeted with the domain of the sender."""
    return Server(
        table.host,
        table.port or PORTS[table.security],
        table.security,
        table.user.strip(),
        table.greeting or domain(sender.address),
        table.max_megabytes,
        table.timeout_seconds,
        table.pauses,
    )


def faults(sender: SenderTable, server: ServerTable | None) -> Iterator[TableFault]:
    """Yield what is wrong with the two tables beyond single values."""
    try:
        Path(sender.key).expanduser()
    except RuntimeError:
        yield TableFault.at("names the folder of somebody who is not known on this machine; write a path", "sender.key")
    for key in ("address", "reply_to"):
        for text in deceptions(getattr(sender, key)):
            yield TableFault.at(text, f"sender.{key}")
    if not server:
        return
    if server.security is Security.NONE and not is_loopback(server.host):
        text = '"none" is for a server on this machine alone; write: security = "starttls"'
        yield TableFault.at(text, "smtp.security", "smtp.host")
    if not server.greeting and sender.address and not _LABELS.fullmatch(domain(sender.address)):
        text = 'the domain of sender.address cannot be given to a server as ours; write: greeting = "example.org"'
        yield TableFault.at(text, "smtp.greeting", "sender.address")


def domain(address: str) -> str:
    """Return the domain of an address in ASCII, as servers greet each other; empty when there is none.

    After IDNA 2008: what Python has is IDNA 2003, which makes strasse of straße, another's domain, and drops the
    joiners of Persian.
    """
    host = address.rpartition("@")[2]
    if host.isascii():
        return host
    import idna

    with suppress(UnicodeError):
        return idna.encode(host, uts46=True).decode("ascii")
    return ""
