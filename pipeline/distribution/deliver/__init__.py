"""Ways by which a bundle reaches a partner: one file per way.

What a way says never names the address: what the other side says may do so, and is kept apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pipeline.distribution.bundle import Bundle
from pipeline.distribution.sender import Sender, Server
from pipeline.errors import DeliveryError
from pipeline.model import Artifact
from pipeline.plugins import Plugins


class Outcome(StrEnum):
    """What became of a delivery.

    `refused` will be refused again, `failed` may go better later, and of `unknown` nobody
    here can tell whether it arrived.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome, and in a few words why; empty when all is well. `said` are the words of the other side.

    What has failed is tried again at once only if that `is_passing`.
    """

    outcome: Outcome
    reason: str = ""
    said: str = ""
    is_passing: bool = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """A bundle on its way to one partner. `id` names the delivery, the same on every try.

    What is `attached` takes the place of the zip in an e-mail, and is never put where it can be fetched.
    """

    id: str
    bundle: Bundle
    zipped: bytes
    attached: Artifact | None = None

    @property
    def has_file(self) -> bool:
        return bool(self.attached or self.zipped)

    @property
    def file(self) -> Artifact:
        """What an e-mail has with its letter."""
        return self.attached or Artifact(f"{self.bundle.name}.zip", "application/zip", self.zipped)


@dataclass(frozen=True, slots=True)
class Preview:
    """Files to look at, and files to put where partners can fetch them."""

    files: tuple[Artifact, ...]
    uploads: tuple[Artifact, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ways know: the folder of the workspace, who sends, through which server, and what time it is (UTC)."""

    root: Path
    sender: Sender
    server: Server | None
    now: datetime
    password: str = field(default="", repr=False)


class Closed(DeliveryError):
    """Nothing can go this way; `is_passing` when that may change by itself."""

    def __init__(self, reason: str, *, is_passing: bool = False) -> None:
        super().__init__(reason)
        self.is_passing = is_passing


class Way(Protocol):
    """A file in this folder, named by `delivery` in partners.toml. A way prints nothing.

    One that sets LOCAL to True uses no network, and is allowed while `offline = true`. One that writes what partners
    can read before it is whole has `clear(bundle, address, settings)`, which removes what a killed command left of
    that, and returns whether nothing is left.
    """

    def faults(self, address: str) -> Iterator[str]:
        """Yield what keeps a text from being an address of this way, with the remedy; nothing is touched."""

    def identity(self, address: str) -> str:
        """Return what two spellings of one address have in common."""

    def drafts(self, parcel: Parcel, address: str, settings: Settings) -> Preview:
        """Return what would go to the address, to be looked at; nothing is touched.

        Raises DeliveryError when it cannot go there as things are set up.
        """

    def deliver(self, parcel: Parcel, address: str, settings: Settings, commit: Callable[[], None]) -> Answer:
        """Deliver a parcel.

        `commit` is called once, right before the step from which on it may have arrived; when it raises, that
        step is not done. Raises DeliveryError when the fault is on our side, Closed when that holds for
        everything that would go this way.
        """

    def arrived(self, bundle: str, manifest_sha256: str, address: str, settings: Settings) -> bool | None:
        """Whether a bundle is there that a killed command was delivering; None when the way cannot tell."""

    def reached(self, addresses: Sequence[str], settings: Settings) -> list[Answer]:
        """Return for each address how far a delivery would get, as far as that shows without delivering anything."""


WAYS: Plugins[Way] = Plugins("distribution.deliver")


def is_local(way: str) -> bool:
    """Whether a way says that it uses no network."""
    return getattr(WAYS.load(way), "LOCAL", False) is True
