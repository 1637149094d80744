"""Released texts → what readers find: pages of a site, books, files for office programs, messages.

All of it is made of the same values, so that it says the same everywhere, and from the same bytes come the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.edition.content import TextContent
from pipeline.edition.design import Theme
from pipeline.languages import Language, Languages
from pipeline.model import Provenance


class Standing(StrEnum):
    """What a published text is worth today; of a withdrawn one, only the notice is shown."""

    CURRENT = "current"
    STALE = "stale"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Published:
    """A document in one language as it is published: the release that was approved, and what became of it since.

    `text` is in `lang`; `original` in the source language, of the very version that was translated: the same value
    where it is published in its own language. `text_sha256` is the digest by which a bundle and the ledger know it, and
    `original_sha256` that of the original, where it is a translation; earlier versions did not keep it.
    `issuer` is who issued it, in `lang`, and `original_issuer` the same in its own words; a text of others has a
    `provenance`. `date` is that of the document, as far as it is known (yyyy-mm-dd, yyyy-mm, yyyy or empty),
    `published` the day on which this text was first published, `replaces` that of the text it corrected, if it did. A
    `STALE` one is of an earlier version of the original. `reason` says in `lang` why it is withdrawn, if that was
    stated. So many of its `units` are `reviewed`, and so many `translated` by a person and not read by a second.
    `formats` are those in which it is to be had, with their file names beside the page. `metadata` is JSON-LD. `stamp`
    stands for all of this: it changes when a reader is to see something else. `words` are those by which a search finds
    it, where they are known already. `pictures` are files by name.
    """

    document_id: str
    lang: str
    source_lang: str
    text: TextContent
    original: TextContent
    text_sha256: str
    source_sha256: str
    issuer: str = ""
    original_issuer: str = ""
    date: str = ""
    topics: tuple[str, ...] = ()
    provenance: Provenance | None = None
    published: str = ""
    replaces: str = ""
    standing: Standing = Standing.CURRENT
    reason: str = ""
    units: int = 0
    reviewed: int = 0
    translated: int = 0
    formats: Mapping[str, str] = field(default_factory=dict)
    metadata: str = ""
    stamp: str = ""
    words: Sequence[str] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    original_sha256: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.document_id, self.lang

    @property
    def is_original(self) -> bool:
        return self.lang == self.source_lang

    @property
    def stands_alone(self) -> bool:
        """Whether it has no original to stand beside, being one itself or because that is withdrawn."""
        return self.is_original or self.original is self.text


Keep = Callable[[str, Callable[[], bytes]], bytes]
"""Returns what was made under a name before, or what the function makes: for what takes long and is needed often."""


def made_anew(_: str, make: Callable[[], bytes]) -> bytes:
    """Keep nothing."""
    return make()


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, and where: what is the same for all texts.

    `address` is where the section will stand on the web, with a slash at its end, or empty: then there are no
    canonical addresses, and texts for messengers carry no links. `topics` are the titles of topics by name. `colour`
    is that of pictures («#rrggbb»), `fonts` the theme's for other scripts in them. `keep` is asked for fonts.
    """

    languages: Languages
    name: str = ""
    address: str = ""
    topics: Mapping[str, str] = field(default_factory=dict)
    longest_message: int = 4096
    colour: str = Theme().colour
    fonts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    keep: Keep = field(default=made_anew, compare=False, repr=False)

    def language(self, lang: str) -> Language:
        return self.languages[lang]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the section that may be there already: `path` is relative to its folder.

    `made_of` stands for all that it depends on besides the program and the publisher; `make` is asked for its bytes
    only when that has changed. If it cannot be made, what stands there stays, unless it `must_go`, as it shows what
    was withdrawn.
    """

    path: str
    made_of: str
    make: Callable[[], bytes]
    must_go: bool = False
