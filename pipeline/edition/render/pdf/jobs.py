"""Edition → job: all that `child` needs to typeset a PDF."""

import base64
from collections.abc import Sequence
from typing import Any

from pipeline.edition.circumstances import title
from pipeline.edition.design import FACING, Design, geometry
from pipeline.edition.render import Attachment
from pipeline.edition.render.pdf import linewords, outline, page, stylesheet, xmp
from pipeline.edition.render.pdf.columns import Page
from pipeline.edition.render.pdf.rows import PICTURE
from pipeline.languages import Language
from pipeline.model import Edition, first_day


def job(edition: Edition, design: Design, attachments: Sequence[Attachment], *, release: bool) -> dict[str, Any]:
    """Return all that `child` needs, in values of JSON; bytes are in base 64."""
    laid_out = Page.of(edition, design)
    columns = laid_out.columns
    known = {language.code: title(edition, language) for language in columns}
    theme = design.theme
    assets = {**theme.files, "logo": theme.logo}
    pictures = {f"{PICTURE}{name}": content for name, content in edition.document.pictures.items()}
    return {
        "html": page.html(edition, design, release=release),
        "css": stylesheet.css(design, columns, laid_out.lengths, is_stamped=not release),
        "widths": laid_out.widths if laid_out.abreast > 1 or design.layout is FACING else [],
        "height": laid_out.height,
        "zoom": geometry(design, len(columns)).zoom,
        "facing": design.layout is FACING,
        "booklet": _booklet(laid_out, known, release=release),
        "languages": [language.code for language in _reading_order(laid_out)],
        "linewords": {language.code: linewords.job(language) for language in columns},
        "outline": outline.named(columns, _reading_order(laid_out)),
        "date": first_day(edition.document.meta.date or page.UNDATED),
        "rdf": xmp.rdf(edition, known, laid_out.title, release=release),
        "assets": {name: _text(content) for name, content in assets.items() if content},
        "pictures": {name: _text(content) for name, content in pictures.items()},
        "attachments": [
            {"name": one.name, "type": one.media_type, "about": one.description, "content": _text(one.content)}
            for one in attachments
        ],
    }


def _booklet(laid_out: Page, titles: dict[str, str], *, release: bool) -> dict[str, Any] | None:
    """Return what `imposition` needs; None for any other PDF."""
    if not laid_out.design.booklet:
        return None
    rdf = xmp.rdf(laid_out.edition, titles, laid_out.title, release=release, standards=False)
    return {"from_right": laid_out.reader.direction == "rtl", "rdf": rdf}


def _reading_order(laid_out: Page) -> list[Language]:
    """The reader's own language is read aloud first, the source last."""
    return sorted(laid_out.columns, key=lambda language: language is laid_out.source)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
