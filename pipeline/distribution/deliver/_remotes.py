"""The remotes of rclone, as they are configured: whether anybody on the way could read what is sent to one.

rclone itself takes whatever key a server of SFTP shows, unless a remote names a file of known ones, and whatever is not
encrypted.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline import strictjson
from pipeline.loopback import is_loopback

Remotes = Mapping[str, Mapping[str, str]]
"""The settings of each remote, by its name."""

_KNOWN_HOSTS = "known_hosts_file"
_FOR_ALL = f"RCLONE_SFTP_{_KNOWN_HOSTS.upper()}"
_FOR_ONE = re.compile(r"RCLONE_CONFIG_.+_KNOWN_HOSTS_FILE", re.DOTALL)
_MADE = re.compile(r"RCLONE_CONFIG_(.+)_TYPE", re.DOTALL)
"""What makes a remote in the environment, which `rclone config dump` does not tell."""


def read(dump: bytes) -> Remotes | None:
    """Return what `rclone config dump` tells; None when that cannot be understood."""
    try:
        found: Any = strictjson.read(dump)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    tables = found.items()
    settings = {name: table for name, table in tables if isinstance(table, dict)}
    return {name: {key: str(value) for key, value in table.items()} for name, table in settings.items()}


def environment(remotes: Remotes, users: Mapping[str, str]) -> dict[str, str]:
    """Return what makes rclone look at the keys of servers: those that ssh knows, or that the user names otherwise.

    `users` is their environment. What stands in it for all remotes comes before what one of them says itself, and what
    stands in it for one before both; if that is empty, rclone would take any key.
    """
    for_all = users.get(_FOR_ALL) or _of_ssh()
    named = {
        f"RCLONE_CONFIG_{name.upper()}_{_KNOWN_HOSTS.upper()}": settings[_KNOWN_HOSTS]
        for name, settings in remotes.items()
        if settings.get(_KNOWN_HOSTS) and "=" not in name
    }
    emptied = {key: for_all for key, value in users.items() if _FOR_ONE.fullmatch(key) and not value}
    return {_FOR_ALL: for_all} | emptied | {key: users.get(key) or value for key, value in named.items()}


def encrypted(remotes: Remotes, name: str, users: Mapping[str, str]) -> dict[str, str]:
    """Return what keeps rclone from servers without encryption to which a remote comes at last.

    Its settings need not say it: the environment of a cloud does, or the server that it logs in to. A proxy that nobody
    is at takes all of http, but what goes to this machine; where a remote is a service of Tor, the user's own does.
    `users` is their environment.
    """
    behind = [*_behind(remotes, name if name in remotes else name.lower())]
    settings = [value for one in behind for value in remotes[one].values()]
    if any(map(_is_onion, settings)):
        return {}
    proxies = _exceptions(users, settings) if any(map(users.get, _PROXIES_OF_HTTPS)) else _no_exceptions("")
    return dict.fromkeys(("HTTP_PROXY", "http_proxy"), f"http://{NOBODY}") | proxies


def _exceptions(users: Mapping[str, str], settings: Collection[str]) -> dict[str, str]:
    """Return what has servers without the user's proxy as they wish, but by https alone, which is told by its ports.

    What is named by a range of numbers goes through the proxy: such an exception has no port. Where all are excepted,
    nothing has a proxy but http.
    """
    stated = [one.strip() for one in (users.get("NO_PROXY") or users.get("no_proxy") or "").split(",")]
    if "*" in stated:
        return _no_exceptions("") | dict.fromkeys(_PROXIES_OF_HTTPS, "")
    ports = sorted({_HTTPS, *filter(None, map(_port, settings))})
    hosts = (f"[{one}]" if one.count(":") > 1 and not one.startswith("[") else one for one in stated if "/" not in one)
    entries = [f"{host}:{port}" for host in filter(None, hosts) if not _PORT.search(host) for port in ports]
    entries += [one for one in stated if (found := _PORT.search(one)) and one.count(":") == 1 and found[1] in ports]
    return _no_exceptions(",".join(entries))


def _no_exceptions(but: str) -> dict[str, str]:
    return dict.fromkeys(("NO_PROXY", "no_proxy"), but)


_HTTPS = "443"
_PORT = re.compile(r"[^:]:(\d+)\Z")


def _port(value: str) -> str:
    """Return the port of an address of https, if one is stated."""
    with suppress(ValueError):
        address = urlsplit(value)
        return str(address.port or "") if address.scheme == "https" else ""
    return ""


NOBODY = "127.0.0.1:0"
_PROXIES_OF_HTTPS = ("HTTPS_PROXY", "https_proxy")


def _of_ssh() -> str:
    try:
        return str(Path.home() / ".ssh" / "known_hosts")
    except RuntimeError:  # nobody's home is known, nor is any server
        return os.devnull


def surrounded(remotes: Remotes, users: Mapping[str, str]) -> Remotes:
    """Return remotes as rclone takes them, which `users`, the environment, may make, and set otherwise than they are.

    What stands in it for one remote comes before what does for all of its kind, and both before what is written.
    """
    made = (found[1].lower() for key in users if (found := _MADE.fullmatch(key)))
    return {name: _surrounded(name, remotes.get(name, {}), users) for name in (*remotes, *made)}


def _surrounded(name: str, written: Mapping[str, str], users: Mapping[str, str]) -> dict[str, str]:
    own = _set_by(users, f"RCLONE_CONFIG_{name.upper()}_")
    kind = own.get("type") or written.get("type", "")
    return {**written, **_set_by(users, f"RCLONE_{kind.upper()}_"), **own}


def _set_by(users: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix).lower(): value for key, value in users.items() if key.startswith(prefix)}


def fault(remotes: Remotes, name: str) -> str:
    """Return why the way to a remote, or to one behind it, is open to others; empty when nothing speaks for that."""
    for one in _behind(remotes, name if name in remotes else name.lower()):
        if reason := _fault(remotes[one]):
            return reason
    return ""


def _behind(remotes: Remotes, name: str) -> Iterator[str]:
    """Yield a remote and those that it leads to, as an alias does."""
    waiting, seen = [name], set[str]()
    while waiting:
        one = waiting.pop()
        if one in remotes and one not in seen:
            seen.add(one)
            yield one
            waiting += [other for other in remotes if _names(remotes[one], other)]


def _names(settings: Mapping[str, str], other: str) -> bool:
    """Whether a setting names another remote: «office:in», «a=office:in b=other:».

    One that the environment makes is found in whatever capitals.
    """
    return any(f"{before}{other}:".lower() in f" {value}".lower() for value in settings.values() for before in ' ="')


_LEADING = ("remote", "upstreams")
"""The settings of a remote that lead to others."""
_UNNAMED = re.compile(r"""(?:\A|[\s="'])(?::\w|[\w.+@-]++,\w++[=:,])""")
"""A remote without a name, or with other settings than it has under its name: «:ftp,host=…:», «office,url=…:»."""


def _fault(settings: Mapping[str, str]) -> str:
    kind = settings.get("type", "")
    if _is_plain(kind, settings) and not is_loopback(settings.get("host", "")):
        remedy = "set explicit_tls or tls for it" if kind == "ftp" else "take one that is, such as SFTP"
        return f"its remote ({kind}) is not encrypted, so anybody on the way can read what is sent; {remedy}"
    if any(_is_true(value) for key, value in settings.items() if key.rpartition(".")[2] == _ANY_CERTIFICATE):
        return "its remote takes any certificate; take no_check_certificate away from it"
    if any(_UNNAMED.search(settings.get(key, "")) for key in _LEADING):
        return "its remote leads to one that is made up in its own settings; give that a name (rclone config)"
    if _TRUSTING.search(settings.get("ssh", "")):
        return "its own ssh takes any key of a server; take StrictHostKeyChecking and UserKnownHostsFile away from it"
    if any(map(_is_open, settings.values())) or any(map(_is_open_in_parts, settings.values())):
        return "its remote is at an address of http, so anybody on the way can read what is sent; take one of https"
    return ""


_TRUSTING = re.compile(
    r"stricthostkeychecking[\s=\"']+(?:no|off|accept-new)\b|userknownhostsfile[\s=\"']+/dev/null", re.IGNORECASE
)
"""Options of ssh with which it takes a server for any other."""

_ANY_CERTIFICATE = "no_check_certificate"
"""Of a remote, or, in «override.» or «global.», of all that rclone does for it."""


def _is_true(value: str) -> bool:
    """Whether rclone takes a setting for true, as the language does that it is written in."""
    return value in ("1", "t", "T", "true", "TRUE", "True")


def _is_plain(kind: str, settings: Mapping[str, str]) -> bool:
    """Whether a kind of remote is not encrypted as it is set up, or perhaps not, as its server likes."""
    match kind:
        case "ftp":
            return not any(_is_true(settings.get(key, "")) for key in ("tls", "explicit_tls"))
        case "hdfs":
            return settings.get("data_transfer_protection") != "privacy"
        case "netstorage":
            return settings.get("protocol") == "http"
        case _:
            return kind == "smb"


def _is_open(value: str) -> bool:
    """Whether something is an address without encryption, of a server elsewhere; Tor encrypts the way to its own."""
    if not value.lower().startswith("http://"):
        return False
    return not is_loopback(_host(value)) and not _is_onion(value)


def _is_open_in_parts(value: str) -> bool:
    """Whether a setting of several parts, as Azure has it, has an address without encryption, or asks for one."""
    parts = [part.partition("=") for part in value.split(";")]
    return any(
        _is_open(said.strip()) or (name.strip().lower(), said.strip().lower()) == ("defaultendpointsprotocol", "http")
        for name, _, said in parts
    )


def _is_onion(value: str) -> bool:
    return _host(value).endswith(".onion")


def _host(address: str) -> str:
    """Return the host of an address; nothing where it has none."""
    with suppress(ValueError):
        return urlsplit(address).hostname or ""
    return ""
