"""A PDF → a text file for a person to look through: what PDFs hold can be taken for no document as it is."""

import resource
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pipeline import forking, scratch
from pipeline.document import extraction
from pipeline.errors import DocumentError, EnvironmentMissing
from pipeline.workspace import replacement, storage

PROGRAM = "pdftotext"
"""Of Poppler, a program of its own: it keeps non-joiners and the direction of brackets, which PDFium does not."""

MOST_PAGES = 5_000
SECONDS, MEMORY_BYTES, TEXT_BYTES = 120, 2**30, 10_000_000


@dataclass(frozen=True, slots=True)
class ConvertedFile:
    """A text file that was written, and what a person must look at in it."""

    path: Path
    doubts: tuple[str, ...]


def convert(source: Path, target: Path | None, *, dry_run: bool = False) -> ConvertedFile:
    """Write the text of a PDF into a file that is not there yet; beside the PDF when none is named.

    Raises DocumentError for what is no PDF, is locked with a password, has no text, takes too much, or when
    the file is there; EnvironmentMissing without pdftotext.
    """
    target = target or source.with_suffix(".txt")
    if target.exists():
        raise DocumentError(f"{target}: is there already; name another file with --to")
    if not storage.read_outside(source).startswith(b"%PDF-"):
        raise DocumentError(f"{source}: not a PDF; other documents are added as they are: pipeline add FILE")
    printed = _printed(source)
    if printed.count("\f") > MOST_PAGES:
        raise DocumentError(f"{source}: more than {MOST_PAGES:,} pages; divide it")
    extracted = extraction.cleaned(printed)
    if not extracted.text:
        raise DocumentError(f"{source}: no text in it, only pictures, perhaps a scan; it must be typed")
    if not dry_run:
        replacement.put(target, extracted.text.encode())
    return ConvertedFile(target, extracted.doubts)


def _printed(source: Path) -> str:
    program = shutil.which(PROGRAM)
    if not program:
        raise EnvironmentMissing(f"no {PROGRAM}, which reads PDFs; install it: apt-get install poppler-utils")
    with scratch.folder() as folder:
        printed, complaints = folder / "printed.txt", folder / "complaints.txt"
        command = [program, "-enc", "UTF-8", "-eol", "unix", str(source.absolute()), str(printed)]
        nothing = subprocess.DEVNULL
        try:
            with complaints.open("wb") as said:  # not a pipe: it may complain for as long as it runs, of every sign
                done = subprocess.run(
                    command, stdin=nothing, stdout=nothing, stderr=said, timeout=SECONDS, preexec_fn=_limited
                )
        except subprocess.TimeoutExpired:
            raise DocumentError(f"{source}: not read within {SECONDS} seconds; divide it") from None
        if done.returncode:
            raise DocumentError(f"{source}: {_reason(done.returncode, complaints.read_bytes())}")
        return printed.read_bytes().decode("utf-8", "replace")


def _limited() -> None:
    """Bound what a PDF of somebody else can take."""
    forking.limit(resource.RLIMIT_AS, MEMORY_BYTES)
    forking.limit(resource.RLIMIT_CPU, SECONDS)
    forking.limit(resource.RLIMIT_FSIZE, TEXT_BYTES)
    forking.limit(resource.RLIMIT_CORE, 0)


def _reason(status: int, complaints: bytes) -> str:
    if b"ncorrect password" in complaints:
        return "locked with a password; save it without one"
    if status < 0:
        return f"takes more time or memory, or holds more text, than a document has; {PROGRAM} was ended"
    return f"{PROGRAM} cannot read it; is it damaged? Print it into a new PDF"
