"""Edition → PDF: `page` lays the edition out as HTML, `child` typesets it in a process of its own."""

import base64
import hashlib
import json
import signal
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata, resources

from pipeline.edition.design import FACING, SINGLE, Design, geometry
from pipeline.edition.render import Attachment, Sheet
from pipeline.edition.render.pdf import page, stylesheet, xmp
from pipeline.edition.render.pdf.typesetter import SECONDS, Typesetter
from pipeline.errors import RenderError
from pipeline.languages import Language
from pipeline.model import Artifact, Edition


def sheets(
    edition: Edition, design: Design | None = None, *, release: bool = False, attachments: Sequence[Attachment] = ()
) -> Iterator[Sheet]:
    """Yield the one sheet of an edition; one that is no release is stamped as a draft on every page."""
    design = design or Design()
    job = json.dumps(_job(edition, design, attachments, release=release), ensure_ascii=False, sort_keys=True)
    content = job.encode("utf-8", "replace")
    yield Sheet(_path(edition, design), content, hashlib.sha256(_typesetter() + content).hexdigest())


def _path(edition: Edition, design: Design) -> str:
    langs = edition.langs[1:] if design.layout == SINGLE and len(edition.langs) > 1 else edition.langs
    return f"{edition.document.id}.{'-'.join(langs)}{design.suffix}.pdf"


def _job(edition: Edition, design: Design, attachments: Sequence[Attachment], *, release: bool) -> dict:
    """Return all that `child` needs, as JSON; bytes are in base 64."""
    laid_out = page.Page.of(edition, design)
    columns = laid_out.columns
    known = {language.code: page.title(edition, language) for language in columns}
    theme = design.theme
    assets = {f"{script}-{i}": font for script, fonts in theme.fonts.items() for i, font in enumerate(fonts)}
    return {
        "html": page.html(edition, design, release=release),
        "css": stylesheet.css(design, columns, laid_out.lengths()),
        "zoom": geometry(design, len(columns)).zoom,
        "facing": design.layout == FACING,
        "languages": [language.code for language in _reading_order(laid_out)],
        "date": edition.document.meta.date or page.UNDATED,
        "rdf": xmp.rdf(edition, known, laid_out.title, release=release),
        "assets": {name: _text(content) for name, content in (assets | {"logo": theme.logo}).items() if content},
        "attachments": [
            {"name": one.name, "type": one.media_type, "about": one.description, "content": _text(one.content)}
            for one in attachments
        ],
    }


def _reading_order(laid_out: page.Page) -> list[Language]:
    """The reader's own language is read aloud first, the source last."""
    return sorted(laid_out.columns, key=lambda language: language is laid_out.source)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def typeset(sheet: Sheet) -> Artifact:
    """Return the PDF of a sheet; raise RenderError when it cannot be typeset within the limits."""
    try:
        typesetter = _idle.pop()
    except IndexError:
        typesetter = Typesetter()
    status, content = typesetter.typeset(sheet.job)
    if status is not None:
        _idle.append(typesetter)
    if status != 0:
        raise RenderError(f"{sheet.path}: {_fault(status, content)}")
    return Artifact(sheet.path, "application/pdf", content)


_idle: list[Typesetter] = []


def _fault(status: int | None, content: bytes) -> str:
    if status is None:
        return "typesetting was stopped from outside; run the command again, or: pipeline doctor"
    if status < 0:
        why = {-signal.SIGALRM: f"not typeset after {SECONDS} seconds"}.get(
            status, f"typesetting was stopped ({signal.Signals(-status).name})"
        )
        return f"{why}; divide the document"
    lines = content.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "typesetting was stopped: the page wanted something it may not have; report it"


@cache
def _typesetter() -> bytes:
    """Return a digest of everything beside the job that decides what a page looks like."""
    digest = hashlib.sha256()
    for name in ("weasyprint", "pydyf", "fonttools", "pyphen"):
        digest.update(metadata.version(name).encode())
    folder = resources.files(__name__)
    for part in (folder, folder / "fonts"):
        for file in sorted(part.iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".css", ".ttf", ".conf")):
                digest.update(file.read_bytes())
    return digest.digest()
