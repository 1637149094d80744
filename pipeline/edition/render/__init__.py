"""Outputs: each plug-in here offers sheets(edition, design, release=…) and typeset(sheet) -> Artifact.

A sheet is cheap to make and says all that the artifact depends on, so that what has not
changed is not typeset again.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be carried inside an artifact, byte for byte."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an artifact will be made of; `path` is relative to the output folder, `job` is for the typesetter."""

    path: str
    job: bytes
    fingerprint: str
