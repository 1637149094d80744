"""The tables [sender] and [smtp] of pipeline.toml: who sends, and through which server."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.text.orthography import is_line

DEFAULT_KEY = "keys/pipeline"
"""In the workspace: the key `pipeline keys make` makes, used when [sender] names no other."""

SECURITY = ("starttls", "tls", "none")
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\"\\\x00-\x1f\x7f]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?"
)
_LABELS = re.compile(
    r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
)


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
    """The server that takes e-mail. `greeting` is the name it is told for ours, which is never this host's."""

    host: str
    port: int
    security: str
    user: str = ""
    greeting: str = ""
    max_megabytes: int = 10
    timeout_seconds: int = 60
    pauses: tuple[int, ...] = field(default=(2, 8, 32))

    @property
    def is_local(self) -> bool:
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or number."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_address(text: str) -> bool:
    """Whether a text is the address of a mailbox, and nothing else."""
    return len(text) <= 254 and bool(_ADDRESS.fullmatch(text))


def sender(table: object, root: Path, file: str) -> Sender:
    """Return the sender of a table [sender]; raise UsageError with the place of a fault in `file`."""
    table = _table(table, "sender", {"name", "address", "reply_to", "key", "link"}, file)
    texts = {key: _text(table, "sender", key, file) for key in ("name", "address", "reply_to", "link")}
    for key in ("address", "reply_to"):
        if texts[key] and not is_address(texts[key]):
            raise UsageError(f'{file}: sender.{key} is no e-mail address; write one: {key} = "office@example.org"')
    if texts["link"] and not texts["link"].startswith("https://"):
        raise UsageError(f'{file}: sender.link: write where partners fetch from: link = "https://example.org/bundles/"')
    return Sender(**texts, key=_key(_text(table, "sender", "key", file), root))


def _key(name: str, root: Path) -> Path | None:
    if name:
        return root / Path(name).expanduser()
    usual = root / DEFAULT_KEY
    return usual if usual.is_file() else None


def server(table: object, greeting: str, file: str) -> Server | None:
    """Return the server of a table [smtp], None when there is none; raise UsageError with the place of a fault.

    `greeting` is what the server is told when the table states nothing else.
    """
    if table is None:
        return None
    known = {"host", "port", "security", "user", "greeting", "max_megabytes", "timeout_seconds", "pauses"}
    if isinstance(table, dict) and set(table) & {"password", "pass", "secret"}:
        raise UsageError(
            f"{file}: [smtp]: a password does not belong into a file; take the line away, "
            "and give it as PIPELINE_SMTP_PASSWORD or to the keyring (docs/distribution.md)"
        )
    table = _table(table, "smtp", known, file)
    host = _text(table, "smtp", "host", file)
    security = _text(table, "smtp", "security", file) or "starttls"
    if not host or not (_LABELS.fullmatch(host) or is_loopback(host) or _is_number(host)):
        raise UsageError(f'{file}: smtp.host: write the name of a server: host = "mail.example.org"')
    if security not in SECURITY:
        raise UsageError(f"{file}: smtp.security = {security!r} is none of: {', '.join(SECURITY)}")
    if security == "none" and not is_loopback(host):
        raise UsageError(f'{file}: smtp.security = "none" is for a server on this machine alone; write "starttls"')
    greeting = _text(table, "smtp", "greeting", file) or greeting
    if greeting and not _LABELS.fullmatch(greeting):
        raise UsageError(f'{file}: smtp.greeting: write a domain in ASCII: greeting = "example.org"')
    pauses = table.get("pauses", [2, 8, 32])
    if not isinstance(pauses, list) or not all(type(one) in (int, float) and 0 <= one <= 3600 for one in pauses):
        raise UsageError(f"{file}: smtp.pauses: write the seconds between tries: pauses = [2, 8, 32]")
    return Server(
        host,
        _number(table, "port", {"tls": 465, "starttls": 587, "none": 25}[security], 65535, file),
        security,
        _text(table, "smtp", "user", file),
        greeting,
        _number(table, "max_megabytes", 10, 1000, file),
        _number(table, "timeout_seconds", 60, 3600, file),
        tuple(pauses),
    )


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False


def domain(address: str) -> str:
    """Return the domain of an address in ASCII, as servers greet each other; empty when there is none."""
    try:
        return address.rpartition("@")[2].encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _table(table: object, name: str, known: set[str], file: str) -> dict:
    if not isinstance(table, dict):
        raise UsageError(f"{file}: {name}: write a table: [{name}]")
    if unknown := sorted(set(table) - known):
        raise UsageError(f"{file}: [{name}]: unknown key {unknown[0]!r}; known are: {', '.join(sorted(known))}")
    return table


def _text(table: dict, name: str, key: str, file: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or not is_line(value):
        raise UsageError(f'{file}: {name}.{key}: write one line of text in quotes: {key} = "…"')
    return value.strip()


def _number(table: dict, key: str, default: int, most: int, file: str) -> int:
    value = table.get(key, default)
    if type(value) is not int or not 1 <= value <= most:
        raise UsageError(f"{file}: smtp.{key} = {value!r}: write a whole number from 1 to {most}")
    return value
