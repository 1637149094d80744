"""partners.toml: who receives what, in which languages, and by which way. Private data.

[partners.oslo]
name = "…"
languages = ["fr", "en"]     # in order of preference
every_language = false       # true: each of them; else the first that is released
formats = ["parallel"]       # also "facing", "single", and "po"
delivery = "smtp"            # or "folder", "rclone"
address = "…"                # e-mail address, folder, or remote:path
contact_language = "en"      # of the letter
active = true
topics = []                  # none: every topic
"""

import hashlib
import hmac
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import plugins
from pipeline.distribution import letter
from pipeline.distribution.sender import is_address
from pipeline.edition.design import FACING, PARALLEL, SINGLE
from pipeline.errors import PartnersError
from pipeline.text.orthography import is_line

FILE_NAME = "partners.toml"

FORMATS = (PARALLEL, FACING, SINGLE, "po")

_ID = re.compile(r"[a-z0-9-]{1,64}")
_TABLE = re.compile(r"""\s*\[\s*(?:partners|"partners"|'partners')\s*\.\s*["']?([^"'\]]*?)["']?\s*\]""")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
_REMOTE = re.compile(r"[\w.+@-][\w.+@ -]*:[^\x00-\x1f\x7f]*")
_TEXTS = {"name": "Name of the partner", "delivery": "smtp", "address": "office@example.org"}
_KNOWN = (
    *("name", "languages", "every_language", "formats", "delivery", "address", "contact_language", "active"),
    "topics",
)


@dataclass(frozen=True, slots=True)
class Partner:
    """Who receives documents. `id` is the coordinator's handle; `name` and `address` are never told unasked.

    `languages` stand in order of preference: all of them are sent when `every_language`, else only the
    most preferred one that is released. `formats` are layouts of PDFs, and "po". `delivery` names a
    plug-in of pipeline/deliver. No `topics` means every topic.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    every_language: bool
    formats: tuple[str, ...]
    delivery: str
    address: str
    contact_language: str
    active: bool
    topics: tuple[str, ...]


def pseudonym(salt: bytes, partner_id: str) -> str:
    """Return what stands for a partner where its id is not told; without the salt nobody can tell whose it is."""
    return f"partner-{hmac.new(salt, partner_id.encode(), hashlib.sha256).hexdigest()[:12]}"


def read(
    content: bytes, name: str, languages: Collection[str], letters: Collection[str] | None = None
) -> tuple[Partner, ...]:
    """Return the partners in the order of the file `name`; raise PartnersError with all its faults.

    `languages` are those of the workspace, its source language too; `letters` those that there are letters in.
    A fault is told with its line and remedy, and the partner's id, never with a name or an address.
    """
    text = _decoded(content, name)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at line ")
        raise PartnersError(f"{name}:{place.partition(',')[0] or _last_line(text)}: {what}; correct the line") from None
    lines = _lines(text)
    found = _Found(name, lines, set(languages), set(letter.languages() if letters is None else letters))
    return found.partners(tables)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PartnersError(f"{name}:{line}: not valid UTF-8; save the file as UTF-8") from None


def _last_line(text: str) -> int:
    return text.rstrip("\n").count("\n") + 1


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Return in which line each table begins, as (id, ""), and each key of it, as (id, key)."""
    found: dict[tuple[str, str], int] = {}
    table, quotes = None, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not quotes:
            if line.lstrip().startswith("["):
                header = _TABLE.match(line)
                table = header[1] if header else None
                found.setdefault((table or "", ""), number)
            elif table is not None and (key := _KEY.match(line)):
                found.setdefault((table, key[1]), number)
        quotes = _open_quotes(line, quotes)
    return found


def _open_quotes(line: str, quotes: str) -> str:
    """Return the quotation marks of a text of several lines that is open after a line."""
    for mark in re.findall("\"{3}|'{3}", line):
        quotes = "" if quotes == mark else quotes or mark
    return quotes


class _Found:
    """The faults of one file, and where its lines are."""

    def __init__(self, name: str, lines: dict[tuple[str, str], int], languages: set[str], letters: set[str]) -> None:
        self.name, self.lines = name, lines
        self.languages, self.letters = languages, letters
        self.faults: list[tuple[int, str]] = []

    def fault(self, text: str, partner_id: str = "", key: str = "") -> None:
        line = self.lines.get((partner_id, key)) or self.lines.get((partner_id, ""), 1)
        who = f"{partner_id}: " if partner_id else ""
        self.faults.append((line, f"{self.name}:{line}: {who}{text}"))

    def partners(self, tables: dict[str, Any]) -> tuple[Partner, ...]:
        listed = tables.get("partners", {})
        if set(tables) - {"partners"} or not isinstance(listed, dict):
            self.fault("write a table for each partner: [partners.oslo]")
            listed = listed if isinstance(listed, dict) else {}
        found = [self.partner(partner_id, table) for partner_id, table in listed.items()]
        self.same_addresses([partner for partner in found if partner])
        if self.faults:
            raise PartnersError(*(text for _, text in sorted(self.faults, key=lambda fault: fault[0])))
        return tuple(partner for partner in found if partner)

    def partner(self, partner_id: str, table: object) -> Partner | None:
        before = len(self.faults)
        if not _ID.fullmatch(partner_id):
            self.fault("an id is of small letters, digits and hyphens: [partners.oslo-office]", partner_id)
        if not isinstance(table, dict):
            self.fault(f"write a table: [partners.{partner_id}]", partner_id)
            return None
        for key in table.keys() - set(_KNOWN):
            self.fault(f"unknown key {key!r}; known are: {', '.join(_KNOWN)}", partner_id, key)
        texts = {key: self.text(partner_id, table, key) for key in _TEXTS}
        languages = self.choices(partner_id, table, "languages", sorted(self.languages), ())
        formats = self.choices(partner_id, table, "formats", FORMATS, (PARALLEL,))
        every_language = self.flag(partner_id, table, "every_language", False)
        active = self.flag(partner_id, table, "active", True)
        contact = self.contact(partner_id, table, languages)
        topics = self.topics(partner_id, table)
        if texts["delivery"] and texts["delivery"] not in plugins.names("distribution.deliver"):
            self.fault(
                f"delivery is none of: {', '.join(plugins.names('distribution.deliver'))}", partner_id, "delivery"
            )
        elif texts["address"]:
            for fault in _address_faults(texts["delivery"], texts["address"]):
                self.fault(f"address: {fault}", partner_id, "address")
        if len(self.faults) > before:
            return None
        name, delivery, address = texts.values()
        return Partner(partner_id, name, languages, every_language, formats, delivery, address, contact, active, topics)

    def text(self, partner_id: str, table: dict, key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip() or not is_line(value):
            what = "is missing" if value is None else "is not one line of text"
            self.fault(f'{key} {what}; write it in quotes: {key} = "{_TEXTS[key]}"', partner_id, key)
            return ""
        return value.strip()

    def choices(
        self, partner_id: str, table: dict, key: str, known: Collection[str], usual: tuple[str, ...]
    ) -> tuple[str, ...]:
        value = table.get(key, list(usual))
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            example = ", ".join(f'"{one}"' for one in list(known)[:2])
            what = "is empty" if value == [] else "is not a list"
            what = what if key in table else "is missing"
            self.fault(f"{key} {what}; write what is wanted: {key} = [{example}]", partner_id, key)
            return ()
        for one in value:
            if one not in known:
                self.fault(f"{key}: {one!r} is none of: {', '.join(known)}", partner_id, key)
        if len(set(value)) != len(value):
            self.fault(f"{key}: the same twice; write each once", partner_id, key)
        return tuple(value)

    def flag(self, partner_id: str, table: dict, key: str, usual: bool) -> bool:
        value = table.get(key, usual)
        if not isinstance(value, bool):
            self.fault(f"{key}: write true or false, without quotes", partner_id, key)
        return value is True

    def contact(self, partner_id: str, table: dict, languages: tuple[str, ...]) -> str:
        usual = next((lang for lang in languages if lang in self.letters), "en")
        value = table.get("contact_language", usual)
        if not isinstance(value, str) or value not in self.letters:
            known = ", ".join(sorted(self.letters))
            remedy = "choose one, or write a letter (docs/distribution.md)"
            self.fault(f"contact_language: {value!r} is none of: {known}; {remedy}", partner_id, "contact_language")
        return str(value)

    def topics(self, partner_id: str, table: dict) -> tuple[str, ...]:
        value = table.get("topics", [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.fault('topics: write a list of words: topics = ["labour"]', partner_id, "topics")
            return ()
        return tuple(dict.fromkeys(one.strip() for one in value))

    def same_addresses(self, found: Collection[Partner]) -> None:
        """Two active partners at one address would receive the same thing twice."""
        seen: dict[tuple[str, str], str] = {}
        for partner in found:
            if not partner.active:
                continue
            place = partner.delivery, partner.address.casefold() if partner.delivery == "smtp" else partner.address
            if (first := seen.setdefault(place, partner.id)) != partner.id:
                text = f"the address of {first} too; make one partner of them, or set active = false in one"
                self.fault(text, partner.id, "address")


def _address_faults(delivery: str, address: str) -> Iterator[str]:
    """Yield what keeps an address from being one of its way of delivery; other plug-ins judge for themselves."""
    if delivery == "smtp" and not is_address(address):
        yield "no e-mail address alone; write one, without a name: office@example.org"
    if delivery == "rclone" and not _REMOTE.fullmatch(address):
        yield "no remote of rclone; write one, as rclone listremotes tells it, and a path: office:incoming"
    if delivery == "folder" and Path(address).expanduser() in (Path("/"), Path(".")):
        yield "not a folder of the partner's own; write one: /media/stick/office"
