"""Releases → Bundle: what a partner receives, a BagIt bag that is the same for all who receive the same."""

from dataclasses import dataclass

from pipeline.letter import Letter
from pipeline.model import Artifact


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bag: every file of it, sorted by path, and nothing about a partner.

    `name` is derived from the content and safe as a file name. `manifest` is data/manifest.json,
    which is signed. `letter` is in the bag, and the body of an e-mail too.
    """

    name: str
    artifacts: tuple[Artifact, ...]
    manifest: bytes
    letter: Letter
