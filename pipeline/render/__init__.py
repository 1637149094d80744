"""Outputs: each plug-in here offers sheets(edition, release=…) and typeset(sheet) -> Artifact.

A sheet is cheap to make and says all that the artifact depends on, so that what has not
changed is not typeset again.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an artifact will be made of; `path` is relative to the output folder."""

    path: str
    html: str
    fingerprint: str
