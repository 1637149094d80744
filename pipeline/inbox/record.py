"""What came, and what became of it: inbox/inbox.json."""

import re
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from pipeline.errors import InboxError
from pipeline.model import Permission

_PLAIN = re.compile(r"(?!\.)[^/\\\0]+")
"""A name that leads nowhere but into its folder."""


class Fate(StrEnum):
    """What an editor decided of something that came."""

    NEW = "new"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class InboxItem:
    """Something that came, by its `number`; `file` lies in the folder of that name, beside the record.

    `date` is that of the text, `received` the day on which it came (both ISO 8601). `like` names an item or
    document with much the same sentences, of which `sketch` has digests. `document` is what it has become, and
    `topic` what an editor said it is about.
    """

    number: int
    file: str
    sha256: str
    words: str
    title: str
    lang: str
    received: str
    date: str = ""
    address: str = ""
    partner: str = ""
    permission: Permission = Permission.UNKNOWN
    fate: Fate = Fate.NEW
    like: str = ""
    document: str = ""
    sketch: tuple[str, ...] = ()
    topic: str = ""

    def __post_init__(self) -> None:
        """Refuse what would lead out of a folder: a record may come with the workspace of somebody else."""
        if self.number < 1 or not _PLAIN.fullmatch(self.file) or not _PLAIN.fullmatch(self.lang):
            raise ValueError(f"number {self.number}: no name of a file, or no language")


def read(content: bytes, name: str) -> tuple[InboxItem, ...]:
    """Return what a record says; raise InboxError when it is damaged."""
    try:
        return msgspec.json.decode(content or b"[]", type=tuple[InboxItem, ...])
    except (ValueError, RecursionError) as error:
        raise InboxError(f"{name}: damaged ({error}); put an earlier version back, or move the folder away") from None


def written(items: tuple[InboxItem, ...]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(items), indent=1)
