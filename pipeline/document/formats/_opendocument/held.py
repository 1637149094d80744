"""Every paragraph of an OpenDocument text that nobody deleted, hidden or not: found apart from who reads it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.office import xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_APART = {
    *(f"{{urn:oasis:names:tc:opendocument:xmlns:office:1.0}}{name}" for name in ("annotation", "script")),
    *(f"{{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}}{name}" for name in ("title", "desc")),
    *(f"{_TEXT}{name}" for name in ("tracked-changes", "ruby-text", "placeholder", "note-citation", "script")),
    *(f"{_TEXT}{name}-decls" for name in ("sequence", "variable", "user-field", "dde-connection")),
}
"""Elements that hold what was deleted, what was remarked, code, properties, or how a word is pronounced."""
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_FORMS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}forms"
_TYPED = {"text", "textarea", "formatted-text", "combobox", "number", "date", "time", "file"}
"""Fields of a form in which somebody types, and which show that."""


def in_margins(root: "_Element") -> Iterator[str]:
    """Yield the words of each paragraph in headers and footers of pages, but for those that count these."""
    for margin in root.iterfind("{*}master-styles/{*}master-page/*"):
        for one in margin.iter(*_PARAGRAPHS):
            if next(one.iter(f"{_TEXT}page-number", f"{_TEXT}page-count"), None) is None:
                yield from paragraphs(one)


def paragraphs(element: "_Element") -> Iterator[str]:
    """Yield the words of each paragraph in an element."""
    from lxml import etree

    walk = etree.iterwalk(element, events=("start", "end"))
    found: list[str] = []
    for event, one in walk:
        if event == "end":
            found.append(one.tail or "")
        elif one.tag == _FORMS:
            yield from _in_fields(one)
            walk.skip_subtree()
        elif one.tag in _APART:
            walk.skip_subtree()
        elif one.tag in _PARAGRAPHS:
            yield "".join(found)
            found = [one.text or ""]
        else:
            found.append(one.text or "")
    yield "".join(found)


def _in_fields(forms: "_Element") -> Iterator[str]:
    """Yield what the fields of forms show: what was typed into them or chosen, and what stands on them."""
    for one in forms.iter("{*}*"):
        name = xml.name(one)
        if name in _TYPED:
            yield xml.attribute(one, "current-value") or xml.attribute(one, "value")
        elif name != "option" or "true" in (xml.attribute(one, "current-selected"), xml.attribute(one, "selected")):
            yield xml.attribute(one, "label")
