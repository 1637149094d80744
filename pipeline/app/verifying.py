"""Whether a bundle is whole, who signed it, and whether it is the latest."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.app import senders
from pipeline.distribution import seen, verification
from pipeline.distribution.seen import Seen, Statement
from pipeline.distribution.verification import Report
from pipeline.errors import EnvironmentMissing, PipelineError, UsageError

BAG = "bagit.txt"
"""In the folder of every bundle that was unpacked."""

UNDATED = "it has no serial number and no day: nobody can tell whether a later one was sent"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a bundle, as whom its key is known, and from which file; `signer` is empty when it is not.

    `outdated` are the texts in it that are not to be used any more, `remarks` what is to be known of it.
    """

    report: Report
    signer: str
    source: Path
    outdated: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether it is as a trusted sender made it."""
        return bool(self.signer) and not self.report.problems


def verify(bundle: Path, signer: Path | None, now: datetime) -> Verification:
    """Compare a bundle, a zip or an unpacked folder, with its signed lists, without unpacking it.

    `signer` is a public key or a file of allowed signers; without it the senders whom the user trusts are asked.
    What is as such a sender made it is remembered. Raises UsageError when one of the files cannot be read,
    or the key lies in a bundle, this or another.
    """
    if not bundle.exists():
        raise UsageError(f"{bundle}: no such file or folder; give a bundle as it was received")
    bundle = bundle.absolute() if not bundle.name else bundle
    if signer and _lies_in(bundle, signer.resolve()):
        raise UsageError(f"{signer}: this key came with a bundle, and proves nothing; give one from the sender")
    if signer:
        report = verification.verify(bundle, senders.read_keys(signer), str(signer))
        known, source = report.signer, signer
    else:
        report = verification.verify(bundle)
        known, source = _known(report) if report.fingerprint else ("", Path())
    sound = Verification(report, known, source, (), report.remarks)
    return _compared(sound, now) if sound.is_sound else sound


def _lies_in(bundle: Path, signer: Path) -> bool:
    """Whether a key lies in a bundle, this one or any that was unpacked."""
    return signer.is_relative_to(bundle.resolve()) or any((folder / BAG).is_file() for folder in signer.parents)


def _known(report: Report) -> tuple[str, Path]:
    """Return as whom the user knows the key that signed, empty when it is not trusted; and the file of the senders."""
    known = next((key.name for key in senders.trusted() if key.fingerprint == report.fingerprint), "")
    return known, senders.folder() / senders.KEYRING


def _compared(sound: Verification, now: datetime) -> Verification:
    """Compare a bundle with what was seen of its sender, and remember it."""
    sender = sound.report.fingerprint
    said = seen.statement(sound.report.manifest)
    try:
        known = senders.remembered()
    except EnvironmentMissing as error:
        return replace(sound, remarks=(*sound.remarks, f"nobody can tell whether it is the latest: {error}"))
    before, others = known.pop(sender, Seen()), known
    if not said and before.serial:  # who numbers bundles made this one before, or it is none of theirs
        return replace(sound, outdated=(UNDATED,))
    if not said:
        return replace(sound, remarks=(*sound.remarks, UNDATED))
    today = (now.date() + timedelta(days=1)).isoformat()  # as a clock may tell that is a day behind
    before, unkept = _remembered(sender, said, today, before)
    later = *seen.superseded(before, said, today), *seen.elsewhere(others, said, today)
    told = seen.older(before, said, today), _to_come(said, today), *later, unkept
    outdated = tuple(seen.outdated(before, said, today))
    return replace(sound, outdated=outdated, remarks=(*sound.remarks, *filter(None, told)))


def _to_come(said: Statement, today: str) -> str:
    """Return that a bundle, or a text in it, is of a day to come."""
    last = max((said.day, *(text.day for text in said.documents)))
    if last <= today:
        return ""
    return f"it is dated {last}, in the future: the sender's clock is wrong, or yours; its serial tells its age"


def _remembered(sender: str, said: Statement, today: str, before: Seen) -> tuple[Seen, str]:
    """Remember a bundle; return what was seen before it, and why it could not be remembered.

    Both in one step: another command may have remembered a later one since `before` was read.
    """

    def noted(all: dict[str, Seen]) -> dict[str, Seen]:
        nonlocal before
        before = all.get(sender, Seen())
        return {**all, sender: seen.noted(before, said, today)}

    try:
        senders.remember(noted)
    except PipelineError as error:
        return before, f"it could not be remembered, and an older one will not be noticed: {error}"
    return before, ""
