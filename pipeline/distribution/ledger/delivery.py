"""A delivery: its kind, the texts in it, by which way it is tried, and each step of how it stands."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

RECALLED = "newsletter, withdrawn: "
"""Before the document of which a newsletter told that it was withdrawn."""


FETCHED = "its zip is fetched from sender.link"
"""How a bundle is sent that is too large for an e-mail."""


def now_called(name: str, former: Mapping[str, str]) -> str:
    """Return what the ledger would call a text now, of whose document the name is one of the `former`."""
    label, colon, document = name.rpartition(": ")
    return f"{label}{colon}{former.get(document, document)}"


class DeliveryState(StrEnum):
    """How far a delivery has come. Up to `sending`, nothing can have arrived."""

    PLANNED = "planned"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    DOUBT = "doubt"

    @property
    def may_have_arrived(self) -> bool:
        return self in (DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.DOUBT)

    @property
    def is_open(self) -> bool:
        """Whether nobody knows if it arrived."""
        return self in (DeliveryState.SENDING, DeliveryState.DOUBT)


class DeliveryKind(StrEnum):
    LETTER = "letter"
    WITHDRAWAL = "withdrawal"
    DIGEST = "digest"
    NEWSLETTER = "newsletter"

    @property
    def is_of_texts(self) -> bool:
        """Whether it brings texts, or notices of them, and does not only tell of some."""
        return self in (DeliveryKind.LETTER, DeliveryKind.WITHDRAWAL)


Text = tuple[DeliveryKind, str, str, str]
"""Whether a text is sent or withdrawn, its document, its language and its SHA-256."""


@dataclass(frozen=True, slots=True)
class Content:
    """A text in a delivery. `replaces` is the hash of the text the partner had, `after` the delivery that brought it.

    A text that replaces itself comes in more formats than the partner had.
    `details` are what is known of it, for a notice when it is no longer there.
    """

    document: str
    language: str
    text_sha256: str
    replaces: str = ""
    after: str = ""
    details: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return self.document, self.language

    @property
    def adds_formats(self) -> bool:
        """Whether the partner has this very text already."""
        return self.replaces == self.text_sha256

    @property
    def formats(self) -> tuple[str, ...]:
        """Those that the partner has, or wanted, once this came; ledgers did not always say it."""
        with suppress(ValueError, TypeError, AttributeError):
            return tuple(json.loads(self.details or "{}").get("formats", ()))
        return ()

    @property
    def corrects(self) -> str:
        """The hash of another text, which this one replaces; empty when there is none."""
        return "" if self.adds_formats else self.replaces


@dataclass(frozen=True, slots=True)
class Try:
    """By which way a delivery is tried, and with what."""

    way: str
    address: str
    bundle: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A step of a delivery; the last one tells how it stands. `said` are the words of the other side."""

    number: int
    delivery: str
    partner: str
    kind: DeliveryKind
    state: DeliveryState
    time: str
    reason: str
    said: str
    way: str
    address: str
    bundle: str
    manifest_sha256: str
    contents: tuple[Content, ...]
