"""What is said of a bundle in its letter, manifest and tags; which files it has; and the line that checks it."""

import re
import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.distribution import signing
from pipeline.distribution.changes import Changes
from pipeline.distribution.letter import LETTER
from pipeline.distribution.reasons import StatedReason
from pipeline.distribution.release import Number, Release
from pipeline.distribution.sender import Sender
from pipeline.distribution.signing import NAMESPACE

MANIFEST = "data/manifest.json"
SUMS = "manifest-sha256.txt"
TAG_SUMS = "tagmanifest-sha256.txt"
SIGNER, ALLOWED = "signer.pub", "allowed_signers"
TAG_SIGNATURE = f"{TAG_SUMS}.sig"
SIGNED = {"manifest.json.sig": MANIFEST, TAG_SIGNATURE: TAG_SUMS}
"""What each signature is of: the manifest for programs; and the sums of all files beside data/, among them the list
of the sums of data/, so that one line typed by anybody checks every file but this signature."""

WRITTEN = ("data/letter.html", "data/letter.txt", MANIFEST, "data/metadata.json", "data/metadata.xml")
"""What is in data/ beside the documents, whose folders are therefore called otherwise."""

TAGS = ("bagit.txt", "bag-info.txt", SUMS, TAG_SUMS)

UNSAID = StatedReason()


@dataclass(frozen=True, slots=True)
class Replacement:
    """Why a text replaces what was delivered before, and what changed: None when the earlier text is not known."""

    reason: StatedReason = UNSAID
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What is said of a bundle's content, in its letter, manifest and tags.

    `described` are the files of each release, `public` is the key it is signed with, empty when it is not.
    """

    releases: tuple[Release, ...]
    kind: str
    lang: str
    sender: Sender
    replaces: Mapping[tuple[str, str], str]
    numbers: Mapping[tuple[str, str], Number]
    described: Mapping[tuple[str, str], Sequence[dict[str, Any]]]
    public: str
    reason: StatedReason
    corrections: Mapping[tuple[str, str], Replacement]
    added: Collection[tuple[str, str]]
    earlier: Mapping[tuple[str, str], Sequence[str]]

    @property
    def is_draft(self) -> bool:
        return self.kind == LETTER and any(release.is_draft for release in self.releases)

    @property
    def fingerprint(self) -> str:
        return signing.fingerprint(self.public) if self.public else ""

    @property
    def files(self) -> int:
        """How many files the bundle has in all."""
        documents = sum(len({file["path"] for file in files}) for files in self.described.values())
        return documents + len(WRITTEN) + len(TAGS) + (len((SIGNER, ALLOWED, *SIGNED)) if self.public else 0)

    @property
    def number(self) -> Number | None:
        """That of its latest text."""
        return max(self.numbers.values(), default=None)


def principal(sender: Sender) -> str:
    """Return the name a sender's key is known by: the address, if ssh-keygen and a shell take it as it is."""
    return sender.address if re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", sender.address) else NAMESPACE


def command(sender: Sender, files: int) -> str:
    """Return the one line that checks the signature, every file, and that there are no more, in the folder of the bag.

    It takes the key from the bag: whose key that is, the fingerprint tells.
    """
    who = shlex.quote(principal(sender))
    signature = f"-n {NAMESPACE} -s {TAG_SIGNATURE} < {TAG_SUMS}"
    return f"ssh-keygen -Y verify -f {ALLOWED} -I {who} {signature} && {checks(files)}"


def checks(files: int) -> str:
    """Return what compares the files of a bag with its lists, and counts them: a list misses nothing that was added.

    Links are followed (-L), as by whoever opens them: one in place of a folder would hide what else lies behind it.
    What cannot be listed ends it: as many files as it hides could be added elsewhere.
    No name of a file is shown, nor told as missing, which programs other than GNU's do as it is written: it could hold
    what moves the cursor, and write another fingerprint over the one above. That there is no sha256sum is told.
    """
    counted = f"find -L . > /dev/null 2>&1 && test $(find -L . ! -type d | wc -l) -eq {files}"
    summed = f"sha256sum < /dev/null > /dev/null && sha256sum -c {TAG_SUMS} {SUMS} > /dev/null 2>&1"
    return f"{summed} && {counted} && echo nothing added"
