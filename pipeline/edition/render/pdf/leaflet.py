"""A page that is no edition → a sheet for the same typesetter: text in paragraphs, in one column.

Its elements say by `data-block` what is read as a block, by `lang` and `dir` how; all stands in one of class «cell».
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.edition.design import LARGE, LEAST, Design, Layout, geometry
from pipeline.edition.render import Sheet
from pipeline.edition.render.pdf import faces, linewords, outline, page, stylesheet, xmp
from pipeline.edition.render.pdf.composition import breakable
from pipeline.edition.render.pdf.missing import BOX
from pipeline.languages import Language
from pipeline.text.glyphs import lacking

_BOXES = re.compile(f"{BOX}{{2,}}")


def sheet(
    path: str, tree: Element, language: Language, design: Design, date: str, css: str = ""
) -> tuple[Sheet, list[str]]:
    """Return the sheet of a page in a language, of a day (ISO 8601), and the characters that no font can show.

    These are boxes on it: what others write must not keep a whole page from being made. With `css` of its own, it has
    no numbers of pages, and the measures that this says.
    """
    missed = _fit(tree, faces.shown_of_theme(design.theme.files))
    title = tree.findtext("head/title") or ""
    head, body = tree[0], tree[1]
    for name in ("dcterms.created", "dcterms.modified"):
        SubElement(head, "meta", name=name, content=f"{date}T00:00:00Z")
    if not css:
        page.add_folio(body, language)
    job = _job(tree, title, language, Design(Layout.SINGLE, design.paper, design.print, design.theme), date)
    job |= {"css": css, "zoom": 1.0} if css else {}
    content = json.dumps(job, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    digest = hashlib.sha256(content).hexdigest()
    return Sheet(path, content, digest, digest), missed


def _job(tree: Element, title: str, language: Language, design: Design, date: str) -> dict[str, Any]:
    return {
        "html": tostring(tree, encoding="unicode"),
        "css": _css(design, language),
        "widths": [],
        "height": 0,
        "zoom": geometry(design, 1).zoom,
        "facing": False,
        "booklet": None,
        "languages": [language.code],
        "linewords": {language.code: linewords.job(language)},
        "outline": outline.named([language], [language]),
        "date": date,
        "rdf": xmp.of_page(title, language.code, date),
        "assets": {
            name: base64.b64encode(content).decode("ascii") for name, content in design.theme.files.items() if content
        },
        "pictures": {},
        "attachments": [],
    }


def _css(design: Design, language: Language) -> str:
    parts = [
        *stylesheet.alone(design, language),
        resources.files(__package__).joinpath("leaflet.css").read_text("utf-8"),
        *(f".cell h{level} {{ bookmark-level: {level} }}" for level in outline.HEADINGS),
        f"a {{ color: {design.theme.colour} }}",
        *_large(design),
    ]
    return "\n".join(parts)


_SMALL = ("foot", "mark", "facts", "source", "shortened", "about", "original")
"""Classes of what is smaller than the text."""


def _large(design: Design) -> Iterator[str]:
    """Yield the rule for what would be smaller than large print may be."""
    if design.print is LARGE:
        least = LEAST[LARGE] / geometry(design, 1).zoom
        names = ", ".join(f"[lang] .{name}.{name}.{name}" for name in _SMALL)
        yield f"{names} {{ font-size: {least:.3f}pt; line-height: {1.6 * least:.3f}pt }}"


def _fit(tree: Element, shown: frozenset[str]) -> list[str]:
    """Make a box of each run of characters that no font has; return these characters."""
    missed: set[str] = set()
    for element, name in _texts(tree):
        text = getattr(element, name)
        if found := lacking(text, shown):
            missed.update(found)
            text = _BOXES.sub(BOX, text.translate(dict.fromkeys(map(ord, found), BOX)))
        setattr(element, name, breakable(text))
    return sorted(missed)


def _texts(tree: Element) -> Iterator[tuple[Element, str]]:
    for element in tree.iter():
        yield from ((element, name) for name in ("text", "tail") if getattr(element, name))
