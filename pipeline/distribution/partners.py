"""partners.toml: who receives what, in which languages, and by which way. Private data.

[partners.oslo]
name = "…"
languages = ["fr", "en"]     # in order of preference
every_language = false       # true: each of them; else the first that is released
formats = ["parallel"]       # also "facing", "single", "po", and those of publications: "epub", "docx" …
delivery = "smtp"            # or "folder", "rclone"
address = "…"                # e-mail address, folder, or remote:path
contact_language = "en"      # of the letter
active = true
topics = []                  # none: every topic
newsletter = false           # true: is written to about what is published (pipeline newsletter), by e-mail alone

[feeds.oslo]                 # what they publish, for `pipeline inbox fetch`
address = "https://…"        # of an Atom or RSS feed
permitted = false            # whether it may be published again

[readers.anna]               # of the organisation's own, for `pipeline digest`
address = "…"                # e-mail address
language = "fa"              # of the digest
topics = []                  # none: every topic
active = true
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated

from pipeline import tables
from pipeline.distribution import letter
from pipeline.distribution.deliver import WAYS
from pipeline.edition.design import FACING, PARALLEL, SINGLE
from pipeline.errors import PartnersError
from pipeline.keylines import Place
from pipeline.tables import Choice, Rule, TableFault, are_different, is_one_line

FILE_NAME = "partners.toml"

TEMPLATE = """\
# Who receives what, in which languages, and by which way. Private: it is not committed.
# A table a partner; `pipeline partners add ID` writes one, `pipeline partners check` finds what is wrong in it.
#
# [partners.oslo]
# name = "…"                     # never shown unasked
# languages = ["fr", "en"]       # in order of preference
# every_language = false         # true: all of them; otherwise the most preferred one that is released
# formats = ["parallel"]         # also "facing", "single", "epub", "docx" …, and "po", for other programs
# delivery = "smtp"              # or "folder", "rclone" (SFTP and others)
# address = "office@example.org" # an e-mail address; a folder; or remote:path for rclone
# contact_language = "en"        # of the letter
# active = true                  # false: receives nothing
# topics = []                    # empty: every topic; otherwise those stated in seeds/ID.toml
# newsletter = false             # true: is written to about what is published: pipeline newsletter --send
#
# [feeds.oslo]                   # what they publish, for pipeline inbox fetch
# address = "https://…"          # of an Atom or RSS feed
# permitted = false              # true: it may be published again
#
# [readers.anna]                 # who gets the digest of what comes in: pipeline digest --send
# address = "anna@example.org"
# language = "fa"                # of the digest; without this, that of the workspace
# topics = []                    # empty: every topic
# active = true                  # false: receives nothing
"""

BY_MAIL = "smtp"
"""The way by which readers get digests."""

PO = "po"
"""The format that is sent when it is there; every other is waited for."""

FORMATS = (PARALLEL, FACING, SINGLE, PO)
"""Those of bundles alone; a workspace has those of its publications besides."""

_BOTH = "-both"
"""With this a format has the original beside a translation."""


def alone(format: str) -> str:
    """Return the format of what an original comes as, beside which there is nothing; empty for what it never has."""
    if format in FORMATS:
        return SINGLE if format != PO else ""
    return format.removesuffix(_BOTH)


@dataclass(frozen=True, slots=True)
class Partner:
    """Who receives documents. `id` is the coordinator's handle; `name` and `address` are never shown unasked.

    `languages` stand in order of preference: all of them are sent when `every_language`, else only the
    most preferred one that is released. `formats` are layouts of PDFs, those of publications, and "po". `delivery`
    names a plug-in of pipeline/distribution/deliver. No `topics` means every topic.
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
    newsletter: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a partner, by its `id`, publishes texts; `permitted` when these may be published again."""

    id: str
    address: str
    permitted: bool


@dataclass(frozen=True, slots=True)
class DigestReader:
    """One of the organisation's own, who gets digests by e-mail in a `language`; no `topics` means every topic."""

    id: str
    address: str
    language: str
    topics: tuple[str, ...]
    active: bool


def pseudonym(salt: bytes, partner_id: str) -> str:
    """Return what stands for a partner where its id is not shown; without the salt nobody can tell whose it is."""
    return f"partner-{hmac.new(salt, partner_id.encode(), hashlib.sha256).hexdigest()[:12]}"


_Id = Annotated[
    str,
    Rule(
        "an id of small letters, digits and hyphens",
        "[partners.oslo-office]",
        lambda key: bool(re.fullmatch(r"[a-z0-9-]{1,64}", key)),
    ),
]


def _are_chosen(names: tuple[str, ...]) -> bool:
    return bool(names) and are_different(names)


def _is_address(text: str) -> bool:
    """Whether a text can be an address. A character that nobody sees is left to the ways, which say which it is."""
    return is_one_line("".join(one for one in text if unicodedata.category(one) != "Cf"))


_Topics = Annotated[tuple[str, ...], Rule("a list of words", '["labour"]', lambda topics: all(map(str.strip, topics)))]


@dataclass(frozen=True, slots=True)
class _PartnerTable:
    """One table of partners.toml as it is written."""

    name: Annotated[str, Rule("one line of text in quotes", '"Name of the partner"', is_one_line)]
    languages: Annotated[tuple[str, ...], Rule("a list of different languages", '["fr", "en"]', _are_chosen)]
    delivery: Annotated[str, Choice(WAYS.names)]
    address: Annotated[str, Rule("one line of text in quotes", '"office@example.org"', _is_address)]
    every_language: bool = False
    formats: Annotated[tuple[str, ...], Rule("a list of different formats", '["parallel"]', _are_chosen)] = (PARALLEL,)
    contact_language: str | None = None
    active: bool = True
    topics: _Topics = ()
    newsletter: bool = False


@dataclass(frozen=True, slots=True)
class _ReaderTable:
    address: Annotated[str, Rule("one line of text in quotes", '"anna@example.org"', _is_address)]
    language: str = ""
    topics: _Topics = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class _FeedTable:
    address: Annotated[
        str,
        Rule("an address that begins with https://", '"https://…"', lambda text: bool(_HTTPS.fullmatch(text))),
    ]
    permitted: bool = False


_HTTPS = re.compile(r"https://[^\s/?#@\x00-\x1f]++[^\s\x00-\x1f]*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _PartnersFile:
    """partners.toml as it is written."""

    partners: dict[_Id, _PartnerTable] = field(default_factory=dict)
    feeds: dict[_Id, _FeedTable] = field(default_factory=dict)
    readers: dict[_Id, _ReaderTable] = field(default_factory=dict)


def read(
    content: bytes,
    name: str,
    languages: Collection[str],
    letters: Collection[str] | None = None,
    formats: Collection[str] = FORMATS,
) -> tuple[Partner, ...]:
    """Return the partners in the order of the file `name`; raise PartnersError with all its faults.

    `languages` are those of the workspace, its source language too; `letters` those that there are letters in;
    `formats` those that releases are to be had in.
    A fault is reported with its line and remedy, and the partner's id, never with a name or an address.
    """
    written = frozenset(letter.languages() if letters is None else letters)
    known = sorted(languages)

    def faults(file: _PartnersFile) -> Iterator[TableFault]:
        meant = _meant(file, known, written, formats)
        return _faults(meant, languages=known, letters=sorted(written), formats=formats)

    read = tables.read(_PartnersFile, content, name, PartnersError, faults, is_private=True)
    file = _meant(read, known, written, formats)
    return tuple(_partner(partner_id, table, written) for partner_id, table in file.partners.items())


def feeds(content: bytes, name: str) -> tuple[Feed, ...]:
    """Return the feeds in the order of the file `name`; raise PartnersError with its faults of form."""
    file = tables.read(_PartnersFile, content, name, PartnersError, is_private=True)
    return tuple(Feed(feed_id, table.address, table.permitted) for feed_id, table in file.feeds.items())


def readers(
    content: bytes, name: str, languages: Collection[str], topics: Collection[str], home: str
) -> tuple[DigestReader, ...]:
    """Return the readers in the order of the file `name`; raise PartnersError with all their faults.

    `languages` are those that a digest can be in, `topics` those of the workspace, `home` the language of whoever names
    none.
    """

    def faults(file: _PartnersFile) -> Iterator[TableFault]:
        return _reader_faults(file.readers, languages, topics)

    file = tables.read(_PartnersFile, content, name, PartnersError, faults, is_private=True)
    return tuple(
        DigestReader(
            reader_id,
            table.address.strip(),
            tables.meant(table.language, languages) or home,
            tuple(tables.meant(topic, topics) for topic in table.topics),
            table.active,
        )
        for reader_id, table in file.readers.items()
    )


def _reader_faults(
    readers: dict[str, _ReaderTable], languages: Collection[str], topics: Collection[str]
) -> Iterator[TableFault]:
    way, known = WAYS.load(BY_MAIL), dict[str, str]()
    for reader_id, table in readers.items():
        place, address = partial(_place, reader_id), table.address.strip()
        for fault in way.faults(address):
            yield TableFault(fault, place("address"))
        if (
            table.active
            and not any(way.faults(address))
            and reader_id != known.setdefault(way.identity(address), reader_id)
        ):
            first = known[way.identity(address)]
            yield TableFault(f"the address of {first} too; make one reader of them", place("address"))
        if table.language and tables.meant(table.language, languages) not in languages:
            text = f"{_shown(table.language)} is none of: {', '.join(sorted(languages))}"
            yield TableFault(text, place("language"))
        if any(tables.meant(topic, topics) not in topics for topic in table.topics):
            text = f"names a topic that is none of: {', '.join(topics) or '(none)'}; write [topics.…] in pipeline.toml"
            yield TableFault(text, place("topics"))


def _place(reader_id: str, key: str) -> tuple[Place, ...]:
    return (("readers", reader_id, key),)


def _meant(
    file: _PartnersFile, languages: Collection[str], letters: Collection[str], formats: Collection[str]
) -> _PartnersFile:
    """Return the partners with languages and formats as those of the workspace are named, however they were written."""

    def named(table: _PartnerTable) -> _PartnerTable:
        langs = dict.fromkeys(tables.meant(lang, languages) for lang in table.languages)
        contact = table.contact_language and tables.meant(table.contact_language, letters)
        named_formats = dict.fromkeys(tables.meant(name, formats) for name in table.formats)
        return replace(table, languages=tuple(langs), contact_language=contact, formats=tuple(named_formats))

    return replace(file, partners={partner_id: named(table) for partner_id, table in file.partners.items()})


def _partner(partner_id: str, table: _PartnerTable, letters: Collection[str]) -> Partner:
    return Partner(
        partner_id,
        table.name.strip(),
        table.languages,
        table.every_language,
        table.formats,
        table.delivery,
        table.address.strip(),
        table.contact_language or next((lang for lang in table.languages if lang in letters), "en"),
        table.active,
        tuple(dict.fromkeys(topic.strip() for topic in table.topics)),
        table.newsletter,
    )


def _faults(
    file: _PartnersFile, languages: Collection[str], letters: Collection[str], formats: Collection[str]
) -> Iterator[TableFault]:
    for partner_id, table in file.partners.items():
        at = partial(_fault, partner_id)
        for lang in table.languages:
            if lang not in languages:
                yield at("languages", f"{_shown(lang)} is none of: {', '.join(languages)}")
        for name in table.formats:
            if name not in formats:
                yield at("formats", f"this is none of: {', '.join(formats)}")
        if table.contact_language is not None and table.contact_language not in letters:
            remedy = "choose one, or write a letter (docs/distribution.md)"
            yield at("contact_language", f"{_shown(table.contact_language)} is none of: {', '.join(letters)}; {remedy}")
        if table.newsletter and table.delivery and table.delivery != BY_MAIL:
            yield at("newsletter", f'goes by e-mail alone; write delivery = "{BY_MAIL}", or newsletter = false')
        for text in WAYS.load(table.delivery).faults(table.address.strip()) if table.delivery else ():
            yield at("address", text)
    yield from _same_addresses(file.partners)


def _shown(lang: str) -> str:
    """Return what was written, if it can be a language: anything longer may be a name or an address."""
    return tables.shown(lang) if len(lang) < 4 else "this"


def _fault(partner_id: str, key: str, text: str) -> TableFault:
    return TableFault(text, (("partners", partner_id, key),))


def _same_addresses(partners: dict[str, _PartnerTable]) -> Iterator[TableFault]:
    """Two active partners at one address would receive the same thing twice."""
    ids: dict[tuple[str, str], str] = {}
    for partner_id, table in partners.items():
        if not table.active or not table.delivery:
            continue
        way, address = WAYS.load(table.delivery), table.address.strip()
        if any(way.faults(address)):
            continue
        first = ids.setdefault((table.delivery, way.identity(address)), partner_id)
        if first != partner_id:
            text = f"the address of {first} too; make one partner of them, or set active = false in one"
            yield _fault(partner_id, "address", text)
