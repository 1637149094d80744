"""Findings a person has accepted: `# check: numbers ok — reason`, a translator's comment in the PO file.

An acceptance holds for the source and target it was written for. Which they were is kept
in translations/accepted.json, under a digest of the comment's unit and check: when either
changes, the finding comes back until the comment is changed too.
"""

import hashlib
import re
from collections.abc import Iterable

from pipeline.model import Finding, Unit

FILE_NAME = "accepted.json"

_COMMENT = re.compile(r"check:\s*([a-z-]+)\s+ok\b\s*[-–—:]*\s*(.*)")

Record = dict[str, str]
"""Digest of the text an acceptance was written for, by digest of the acceptance."""


def accepted(unit: Unit) -> dict[str, str]:
    """Return the reasons a unit's comments give, by check."""
    comments = [_COMMENT.fullmatch(note.strip()) for note in unit.notes]
    return {comment[1]: comment[2] for comment in comments if comment}


def sift(findings: Iterable[Finding], record: Record, place: str) -> tuple[list[Finding], Record]:
    """Return the findings that are not accepted, and the record of the acceptances that hold.

    `place` tells catalogues apart ("en/statement").
    """
    open_findings, kept = [], {}
    for finding in findings:
        reasons = accepted(finding.unit)
        if finding.check not in reasons:
            open_findings.append(finding)
            continue
        key = _digest(place, *finding.unit.key, finding.check, reasons[finding.check])
        text = _digest(finding.unit.source, finding.unit.target)
        if record.get(key, text) == text:
            kept[key] = text
        else:
            open_findings.append(finding)
            kept[key] = record[key]
    return open_findings, kept


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
