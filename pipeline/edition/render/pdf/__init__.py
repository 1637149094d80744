"""Edition → PDF: `jobs` says what a PDF is made of, `child` typesets it in a process of its own."""

import hashlib
import json
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from pipeline.edition.render import Attachment, Sheet
from pipeline.edition.render.pdf.child import CPU_SECONDS, REFUSED, SECONDS, UNSHOWN
from pipeline.edition.render.pdf.missing import UnshownError
from pipeline.edition.render.pdf.typesetter import Ended, Still, Typesetter
from pipeline.errors import RenderError

if TYPE_CHECKING:  # the child imports this package, and needs none of what lays out
    from pipeline.edition.design import Design
    from pipeline.model import Artifact, Edition


def sheets(
    edition: "Edition", design: "Design | None" = None, *, release: bool = False, attachments: Sequence[Attachment] = ()
) -> Iterator[Sheet]:
    """Yield the one sheet of an edition; one that is no release is stamped as a draft on every page."""
    from pipeline.edition.design import Design
    from pipeline.edition.render.pdf import jobs

    design = design or Design()
    job = jobs.job(edition, design, attachments, release=release)
    content = _bytes(job)
    shown = _bytes({key: job[key] for key in _SHOWN})
    fingerprint, looks = (hashlib.sha256(of).hexdigest() for of in (_typesetter() + content, shown))
    yield Sheet(path(edition.document.id, edition.langs, design), content, fingerprint, looks)


_SHOWN = ("html", "css", "zoom", "facing", "booklet", "linewords", "assets", "pictures")
"""What of a job is seen on the page, as the metadata and the files inside are not."""


def _bytes(job: dict[str, Any]) -> bytes:
    return json.dumps(job, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def path(document_id: str, langs: Sequence[str], design: "Design") -> str:
    """Return the name of a PDF in languages of which the source is the first."""
    from pipeline.edition.design import SINGLE

    shown = langs[1:] if design.layout is SINGLE and len(langs) > 1 else langs
    return f"{document_id}.{'-'.join(shown)}{design.suffix}.pdf"


def boxed(sheet: Sheet) -> Sheet:
    """Return a sheet that has a box wherever no font has a character."""
    return replace(sheet, job=_bytes({**json.loads(sheet.job), "boxes": True}))


def typeset(sheet: Sheet) -> "Artifact":
    """Return the PDF of a sheet.

    Raises UnshownError when no font has one of its characters, RenderError when it cannot be typeset within the limits.
    """
    try:
        typesetter = _idle.pop()
    except IndexError:
        typesetter = Typesetter()
    try:
        status, content = typesetter.typeset(sheet.job)
    except Ended as ended:
        raise RenderError(f"{sheet.path}: {_end(ended.status)}") from None
    except Still as still:
        how = "stopped from outside" if still.is_stopped else "waiting for something that never came"
        raise RenderError(
            f"{sheet.path}: typesetting was given up: it was {how}; free some memory, and run the command again"
        ) from None
    _idle.append(typesetter)
    if status == UNSHOWN and content:
        raise UnshownError(f"{sheet.path}: {content.decode('utf-8', 'replace')}")
    if status != 0:
        raise RenderError(f"{sheet.path}: {_fault(status, content)}")
    from pipeline.model import Artifact

    return Artifact(sheet.path, "application/pdf", content)


_idle: list[Typesetter] = []


def _fault(status: int, content: bytes) -> str:
    """Return the line a process wrote before it failed, or how it ended without one."""
    lines = content.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if status == 1 and lines else _end(status)


def _end(status: int) -> str:
    """Return in words how a process ended that gave no answer, and what to do."""
    if status == -signal.SIGALRM:
        return f"not typeset after {SECONDS} seconds; divide the document"
    if status == -signal.SIGXCPU:
        return f"not typeset after {CPU_SECONDS} seconds of computing; divide the document"
    if status == REFUSED:
        return "typesetting was stopped: the page wanted something it may not have; report it"
    if -status in FROM_OUTSIDE:
        return f"typesetting was stopped from outside ({_signal(-status)}); run the command again, or: pipeline doctor"
    cause = _signal(-status) if status < 0 else f"exit status {status}"
    return f"typesetting broke off ({cause}), as it does for want of memory; free some, or divide the document"


FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals of people, of a machine that shuts down, and of one that ran out of memory."""


def _signal(number: int) -> str:
    return signal.Signals(number).name if number in list(signal.Signals) else f"signal {number}"


@cache
def _typesetter() -> bytes:
    """Return a digest of everything beside the job that decides what a page looks like."""
    from importlib import metadata

    digest = hashlib.sha256()
    for name in ("weasyprint", "pydyf", "fonttools", "pyphen", "pypdf"):
        digest.update(metadata.version(name).encode())
    folder = resources.files(__name__)
    for part in (folder, folder / "fonts"):
        for file in sorted(part.iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".css", ".ttf", ".conf")):
                digest.update(file.read_bytes())
    return digest.digest()
