"""Names of files that mean the same on every system: those we give, and what is wrong with those of others.

Windows and macOS take names for one that differ in capitals or in how an accent is written; Windows also drops
dots and blanks at the end, and opens devices by their names and files by short ones. Microsoft, «Naming Files, Paths,
and Namespaces».
"""

import re
import unicodedata
from pathlib import Path

from pipeline.text.lookalikes import INVISIBLE

LONGEST = 100
"""Characters of a name we give."""

MAX_NAME_BYTES = 240
"""Of a name we give: disks take 255, and what is beside it is called NAME-2."""
MAX_PATH_BYTES = 1_000
MAX_DEPTH = 10
"""Folders above a file, that of the bundle not counted."""

_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)")
_FORBIDDEN = frozenset('<>:"|?*\\;')
"""What Windows refuses; and what `unzip` takes for the sign before the version of a file, which it leaves out."""
_SHORT = re.compile(r"~\d")
"""As in the short names under which Windows finds a file, too."""

_MOST_READ = 10_000
"""Characters of whatever is to become a name."""


def safe(name: str) -> str:
    """Return a name that every system takes for a file and no shell for anything else."""
    kept = "".join(
        character if character.isalnum() or character in "._-" else "-"
        for character in INVISIBLE.sub("-", unicodedata.normalize("NFC", name[:_MOST_READ]))
    )
    kept = kept.strip(".-") or "document"
    if _DEVICE.match(kept):
        kept = f"file-{kept}"
    if len(kept) > LONGEST:
        kept = f"{kept[: LONGEST - 12]}{Path(kept).suffix[:12]}".rstrip(".-")
    while len(kept.encode()) > MAX_NAME_BYTES:
        path = Path(kept)
        kept = f"{path.stem[:-1]}{path.suffix}"
    return kept


def flat(document_id: str) -> str:
    """Return what the files of a document are called where they are in no folders of its id: «1988-call»."""
    return document_id.replace("/", "-")


def identity(path: str) -> str:
    """Return what is equal for paths that some system takes for the same."""
    if path.isascii():
        return path.lower()
    for _ in range(2):  # to fold the capitals of «ΐ» divides it
        path = unicodedata.normalize("NFKC", path).casefold()
    return path


def fault(path: str) -> str:
    """Return what is wrong with the path of a file in a bundle; empty when it is the same everywhere."""
    parts = path.split("/")
    if not path.isprintable() or not path or INVISIBLE.search(path):
        return "has a name with invisible characters"
    if path.startswith("/"):
        return "is an absolute path"
    if ".." in parts:
        return "leads out of the bundle (..)"
    if "." in parts or "" in parts:
        return "is not a plain path"
    if len(path.encode("utf-8", "replace")) > MAX_PATH_BYTES or len(parts) > MAX_DEPTH + 1:
        return "is too long or too deep"
    return next(filter(None, map(_part_fault, parts)), "")


def _part_fault(name: str) -> str:
    if forbidden := _FORBIDDEN.intersection(name):
        return f"has {min(forbidden)} in its name, which not every system allows"
    if name != name.strip(" ") or name.endswith("."):
        return "has a blank at an end of its name, or a dot at its end, which Windows takes away"
    if _DEVICE.match(name):
        return "has the name of a device of Windows"
    if _SHORT.search(name):
        return "has a name that may be the short one of another file on Windows"
    return ""
