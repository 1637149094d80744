"""Looks of a Word document without what tells of people: whose it was, what they called things, what they hid."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from pipeline.office import word, xml
from pipeline.office.word import W
from pipeline.publication.formats._word.styles import style_names

if TYPE_CHECKING:
    from lxml.etree import _Element


def anonymous(element: "_Element") -> "_Element":
    """Return a copy of looks without what programs and their users add to these: words, names, sessions, links."""
    made = deepcopy(element)
    for one in list(made.iterdescendants()):
        is_change = f"{W}author" in one.attrib  # of how it looked before, by whom, and when
        if is_change or not str(one.tag).startswith((W, _DRAWN)) or xml.name(one) in _SAID_OF_LOOKS:
            drop(one)
    for one in made.iter():
        one.text = one.tail = None
        for name in [name for name in one.attrib if "rsid" in str(name) or not str(name).startswith((W, *_PLAIN))]:
            del one.attrib[name]
        if "name" in one.attrib and xml.name(one) in _NAMED:
            one.set("name", "Office")
    return made


_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLAIN = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""What an attribute begins with that is of no other program's namespace."""
_SAID_OF_LOOKS = {
    "rsid", "aliases", "extLst", "ext", "custClrLst", "extraClrSchemeLst", "objectDefaults", "lang", "latentStyles",
    "personal", "personalCompose", "personalReply",
}  # fmt: skip
_NAMED = {"theme", "clrScheme", "fontScheme", "fmtScheme"}
"""Parts of a theme that whoever made it has named."""


def drop(element: "_Element") -> None:
    """Take an element out of where it stands."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


_STYLED = ("pStyle", "rStyle", "tblStyle")
_NAMING = (*_STYLED, "basedOn", "next", "link", "styleLink", "numStyleLink")
_PLAIN_NAMES = {
    "list paragraph", "list bullet", "list number", "body text", "table grid", "no list", "no spacing", "normal (web)",
}  # fmt: skip
"""Of styles that Word has everywhere, beside those that ours have."""


def forget(parts: "Sequence[_Element]") -> None:
    """Leave styles and lists that are used, by names that say nothing.

    People call styles after persons and houses, Word gives ids in the language of its user, and lists that nothing uses
    may have words that nobody saw.
    """
    styles, numbering = (next(one for one in parts if one.tag == f"{W}{name}") for name in ("styles", "numbering"))
    texts = [one for one in parts if one not in (styles, numbering)]
    _leave_used(styles, {one.get(f"{W}val", "") for text in texts for one in text.iter(*_all(_STYLED))})
    _leave_numbered(numbering, {one.get(f"{W}val", "") for part in (styles, *texts) for one in part.iter(f"{W}numId")})
    called = _called(styles)
    for one in [one for part in parts for one in part.iter(*_all(_NAMING))]:
        if new := called.get(one.get(f"{W}val", "")):
            one.set(f"{W}val", new)
        else:
            drop(one)


def _all(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{W}{name}" for name in names)


def _leave_used(styles: "_Element", used: set[str]) -> None:
    """Leave the styles with these ids, those that are used where none is named, and what they stand on."""
    left = {one.get(f"{W}styleId", ""): one for one in styles.iterchildren(f"{W}style")}
    waiting = [*used, *(id for id, one in left.items() if f"{W}default" in one.attrib)]
    while waiting:
        if (style := left.pop(waiting.pop(), None)) is not None:
            waiting.append(word.value(style, "basedOn"))
    for style in left.values():
        styles.remove(style)


def _leave_numbered(numbering: "_Element", used: set[str]) -> None:
    """Leave the lists with these numbers."""
    for one in list(numbering.iterchildren(f"{W}num")):
        if one.get(f"{W}numId", "") not in used:
            numbering.remove(one)
    made = {word.value(one, "abstractNumId") for one in numbering.iterchildren(f"{W}num")}
    for one in list(numbering.iterchildren(f"{W}abstractNum")):
        if one.get(f"{W}abstractNumId", "") not in made:
            numbering.remove(one)


def _called(styles: "_Element") -> dict[str, str]:
    """Give styles names and ids that say nothing of people; return the ids by those they had."""
    plain = {shown.casefold() for _, shown in style_names()} | _PLAIN_NAMES
    plain |= {"normal", "default paragraph font", "normal table"}
    called: dict[str, str] = {}
    for number, style in enumerate(styles.iterchildren(f"{W}style"), 1):
        shown = word.value(style, "name").casefold()
        id = "".join(filter(str.isalnum, shown.title())) if shown in plain else f"Style{number}"
        id = f"{id}{number}" if id in called.values() else id
        if shown not in plain and (name := style.find(f"{W}name")) is not None:
            name.set(f"{W}val", f"Style {number}")
        called.setdefault(style.get(f"{W}styleId", ""), id)
        style.set(f"{W}styleId", id)
    return called
