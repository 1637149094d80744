"""Edition → PDF: `page` lays the edition out as HTML, `child` typesets it in a process of its own."""

import hashlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources

from pipeline.errors import RenderError
from pipeline.model import Artifact, Edition
from pipeline.render import Sheet
from pipeline.render.pdf import page

SECONDS = 400
"""After this long a document that is still being typeset is given up."""


def sheets(edition: Edition, *, release: bool = False) -> Iterator[Sheet]:
    """Yield the one sheet of an edition; one that is no release is stamped as a draft on every page."""
    html = page.html(edition, release=release)
    fingerprint = hashlib.sha256(f"{_typesetter()}\n{html}".encode("utf-8", "replace")).hexdigest()
    yield Sheet(f"{edition.document.id}.{'-'.join(edition.langs)}.pdf", html, fingerprint)


def typeset(sheet: Sheet) -> Artifact:
    """Return the PDF of a sheet; raise RenderError when it cannot be typeset within the limits."""
    # -P: the folder the command is typed in may hold a package of our name, and is no place to import from.
    command = [sys.executable, "-P", "-m", "pipeline.render.pdf.child"]
    try:
        done = subprocess.run(
            command, input=sheet.html.encode("utf-8", "replace"), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RenderError(f"{sheet.path}: not typeset after {SECONDS} seconds; divide the document") from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RenderError(f"{sheet.path}: {_fault(done)}")
    return Artifact(sheet.path, "application/pdf", done.stdout)


def _fault(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode < 0:
        return f"typesetting was stopped ({signal.Signals(-done.returncode).name}); divide the document"
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "typesetting gave no PDF; run: pipeline doctor"


@cache
def _typesetter() -> str:
    """Return a digest of everything beside the edition that decides what a page looks like."""
    digest = hashlib.sha256(metadata.version("weasyprint").encode())
    folder = resources.files(__name__)
    for part in (folder, folder / "fonts"):
        for file in sorted(part.iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".css", ".ttf")):
                digest.update(file.read_bytes())
    return digest.hexdigest()
