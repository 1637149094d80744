"""Findings a person has accepted: `# check: numbers ok — reason`, a translator's comment in the PO file.

An acceptance holds for the source and target it was written for. A digest of them is put at its end by the next
command that checks or saves, and when either changes, the finding comes back until somebody accepts it anew.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from pipeline.catalogue import readings
from pipeline.model import Finding, Unit

CHECK = "check"
"""What a comment begins with that accepts findings."""

_COMMENT = re.compile(r"([a-z-]+)\s+ok(?![\w])", re.IGNORECASE)
_WITHOUT_COLON = re.compile(rf"[# ]*{CHECK}\s+([a-z-]+)\s+ok(?!\w)", re.IGNORECASE)
_DIGEST = re.compile(r"\[([0-9a-f]{16})\]$")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The name of a check whose findings are accepted, why, and the digest of the text, empty before it is dated."""

    check: str
    reason: str
    digest: str


def read(note: str) -> Acceptance | None:
    """Return what a translator's comment accepts; None when it accepts nothing, or is not understood."""
    key, rest = readings.stated(note)
    if key.lower() != CHECK:
        return None
    found = _COMMENT.match(rest)
    if not found:
        return None
    mark = _DIGEST.search(rest)
    reason = rest[found.end() : mark.start() if mark else None].strip().lstrip("-–—: ")
    return Acceptance(found[1].lower(), reason, mark[1] if mark else "")


def is_misunderstood(note: str, checks: Iterable[str]) -> bool:
    """Whether a comment looks like an acceptance and accepts nothing: no colon, no «ok», or no such check."""
    if CHECK not in note.lower():
        return False
    if bare := _WITHOUT_COLON.match(note):
        return bare[1].lower() in checks
    if readings.stated(note)[0].lower() != CHECK:
        return False
    acceptance = read(note)
    return acceptance is None or acceptance.check not in checks


def accepted(unit: Unit) -> dict[str, str]:
    """Return the reasons for which findings of a unit as it stands are accepted, by check."""
    holding = (acceptance for acceptance in map(read, unit.notes) if acceptance)
    return {one.check: one.reason for one in holding if one.digest in ("", readings.digest(unit))}


def sift(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that nobody has accepted."""
    by_unit = ((accepted(unit), its) for unit, its in groupby(findings, attrgetter("unit")))
    return [finding for known, its in by_unit for finding in its if finding.check not in known]


def dated(unit: Unit) -> Unit:
    """Return a unit with a digest of its text at the end of every acceptance that has none."""
    if not any(CHECK in note.lower() for note in unit.notes):
        return unit
    notes = tuple(_dated(note, unit) for note in unit.notes)
    return replace(unit, notes=notes) if notes != unit.notes else unit


def _dated(note: str, unit: Unit) -> str:
    acceptance = read(note)
    return note if acceptance is None or acceptance.digest else f"{note.rstrip()} [{readings.digest(unit)}]"
