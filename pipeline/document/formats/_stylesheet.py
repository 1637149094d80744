"""What the style sheets in a page say of how its text looks, written into the elements themselves (CSS 2.2).

Programs that save documents as pages or books give every look a class: bold words have one, headings another. Selectors
of one class are read, with or without the name of an element; others concern the page around the text.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST = 2_000_000
"""Characters of all style sheets of a page."""
LOOKS = {"font-weight", "font-style", "font-size", "text-align", "vertical-align", "white-space"}
HIDING = {"display", "visibility"}
"""What a program in a page may change again, and nothing can in a book."""
_SELECTOR = re.compile(r"([A-Za-z0-9]*)\.([\w-]+)")

Rules = Mapping[tuple[str, str], Mapping[str, str]]
"""Properties and their values by the name of an element, or nothing, and a class."""


def declared(style: str) -> dict[str, str]:
    """Return the properties in a `style` attribute, in small letters; the last of a name counts."""
    parts = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in parts if value.strip()}


def rules(sheets: Iterable[str], read: Collection[str] = LOOKS) -> Rules:
    """Return what style sheets say of classes, in properties that are read, the later ones before the earlier."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    left = MOST
    for sheet in sheets:
        for block in _without_comments(sheet[:left]).split("}"):
            selectors, _, inside = block.rpartition("{")
            said = {name: value for name, value in declared(inside).items() if name in read}
            for selector in selectors.rpartition("{")[2].split(",") if said else ():
                if matched := _SELECTOR.fullmatch(selector.strip()):
                    name = matched[1].lower(), matched[2]
                    found[name] = found.get(name, {}) | said
        left -= min(len(sheet), left)
    return found


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return " ".join([first, *(part.partition("*/")[2] for part in others)])


def write(root: "_Element", rules: Rules) -> None:
    """Add to the `style` of every element what rules say of its classes; what it says itself goes before."""
    if not rules:
        return
    for element in root.iter():
        said: dict[str, str] = {}
        names = element.get("class", "").split()
        for tag in ("", str(element.tag)):
            for name in names:
                said |= rules.get((tag, name), {})
        if said:
            said |= declared(element.get("style", ""))
            element.set("style", ";".join(f"{name}:{value}" for name, value in said.items()))
