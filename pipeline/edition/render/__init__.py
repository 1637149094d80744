"""Outputs, such as PDF: each plug-in here is an Output.

A sheet is cheap to make and says all that the artifact depends on, so that what has not
changed is not typeset again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.plugins import Plugins

if TYPE_CHECKING:  # what typesets imports this package, and needs none of them
    from pipeline.edition.design import Design
    from pipeline.model import Artifact, Edition


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be carried inside an artifact, byte for byte."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an artifact will be made of; `path` is relative to the output folder, `job` is for the typesetter.

    `fingerprint` stands for all of it, and for the program that makes it; `shown` for what a reader sees alone.
    """

    path: str
    job: bytes
    fingerprint: str
    shown: str


class Output(Protocol):
    """How an edition becomes files."""

    def sheets(
        self,
        edition: "Edition",
        design: "Design | None" = None,
        *,
        release: bool = False,
        attachments: Sequence[Attachment] = (),
    ) -> Iterator[Sheet]:
        """Yield what the files will be made of; what is no release is stamped as a draft."""

    def typeset(self, sheet: Sheet) -> "Artifact":
        """Return the file of a sheet; raise RenderError."""


OUTPUTS: Plugins[Output] = Plugins("edition.render")
