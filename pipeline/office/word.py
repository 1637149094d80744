"""What a reader of a Word document sees who accepts all changes (ECMA-376, part 1, 17; part 3 for alternatives).

Elements of such documents are made here, too.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.office import symbols, xml

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_RUN = f"{W}r"

CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
"""Elements that stand for a character."""

UNSEEN = {
    "del", "moveFrom", "conflictDel", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "trPr", "tcPr",
    "sdtPr", "sdtEndPr", "rt", "rubyPr",
}  # fmt: skip
"""Elements that hold what was deleted or moved away, code, properties, or how a word is pronounced."""

FORMULAS = {
    "f", "rad", "sSup", "sSub", "sSubSup", "sPre", "nary", "d", "m", "eqArr", "limLow", "limUpp", "acc", "bar",
    "groupChr", "borderBox", "phant",
}  # fmt: skip
"""Elements in formulas that are more than a row of signs (22.1.2)."""

OFF = ("0", "false", "off")


def rows(root: "_Element") -> Iterator["_Element"]:
    """Yield the rows of all tables, without those that were deleted."""
    return (row for row in root.iter(f"{W}tr") if not is_deleted(row))


def is_deleted(row: "_Element") -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def cells(row: "_Element") -> Iterator["_Element"]:
    """Yield the cells of a row, also of those in content controls, without those that were deleted."""
    for child in children(row):
        name = xml.name(child)
        if name == "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
        elif name != "tbl":
            yield from cells(child)


def children(element: "_Element") -> Iterator["_Element"]:
    """Yield the children that can be seen; of alternatives the first that holds text, or else a picture."""
    for child in element:
        if child.tag == _RUN:  # by far the most
            yield child
            continue
        name = xml.name(child)
        if name == "AlternateContent":
            yield from alternatives(child)
        elif name and is_seen(child):
            yield child


def is_seen(element: "_Element") -> bool:
    """Whether an element is none of those that show nothing, nor a control that nobody filled in."""
    name = xml.name(element)
    is_unseen = _UNSEEN_WHERE_IT_SAYS_SO.get(name)
    return name not in UNSEEN and not (is_unseen and is_unseen(element))


_UNDERSTOOD = (
    "http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
)  # fmt: skip
"""How the names of what Word understands begin."""


def _is_understood(branch: "_Element") -> bool:
    """Whether Word understands what a branch of alternatives asks for; if not, it shows the next (part 3, 7.6)."""
    asked = (branch.nsmap.get(prefix) for prefix in branch.get("Requires", "").split())
    return all(name is None or name.startswith(_UNDERSTOOD) for name in asked)


def alternatives(element: "_Element") -> Iterator["_Element"]:
    """Yield the children that can be seen of the first branch that holds text, or else a picture."""
    understood = [branch for branch in element if xml.name(branch) and _is_understood(branch)]
    for wanted in (("{*}t", "{*}sym", "{*}symEx"), ("{*}docPr", "{*}imagedata")):
        for branch in understood:
            if next(branch.iter(*wanted), None) is not None:
                yield from children(branch)
                return


def _is_placeholder(element: "_Element") -> bool:
    """Whether it is a control that nobody filled in."""
    said = element.find(f"{W}sdtPr")
    return said is not None and is_on(said, "showingPlcHdr")


def _is_deleted_sign(element: "_Element") -> bool:
    """Whether signs of a formula were deleted: their run says so beside them, where one of the text stands within."""
    return element.find(f"{W}del") is not None or element.find(f"{W}moveFrom") is not None


def _is_phantom(element: "_Element") -> bool:
    """Whether a part of a formula takes the room of its signs, and shows none (22.1.2.81)."""
    show = element.find("{*}phantPr/{*}show")
    return show is not None and xml.attribute(show, "val") in OFF


_UNSEEN_WHERE_IT_SAYS_SO = {"sdt": _is_placeholder, "r": _is_deleted_sign, "phant": _is_phantom}


def signs_of(element: "_Element", name: str) -> tuple[str, str, str]:
    """Return the signs before, between and behind the parts of brackets (22.1.2.24), or before a sum (22.1.2.70)."""
    said = {one: element.find(f"{{*}}{name}Pr/{{*}}{one}") for one in ("begChr", "sepChr", "endChr", "chr")}
    stated = {one: xml.attribute(found, "val") for one, found in said.items() if found is not None}
    if name == "nary":
        return stated.get("chr", "∫"), "", ""
    return stated.get("begChr", "("), stated.get("sepChr", "|"), stated.get("endChr", ")")


def symbol(element: "_Element", signs: symbols.Signs) -> str:
    """Return the character that a sign of a font shows."""
    font, code = xml.attribute(element, "font"), xml.attribute(element, "char")
    return signs.shown(font, int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else -1)


def joins_next(paragraph: "_Element") -> bool:
    """Whether the end of a paragraph was deleted, or moved away: it goes on with the next one."""
    said = paragraph.find(f"{W}pPr/{W}rPr")
    return said is not None and any(said.find(W + name) is not None for name in ("del", "moveFrom"))


def value(properties: "_Element | None", name: str) -> str:
    """Return the value of a property; empty when it is not there."""
    found = None if properties is None else properties.find(W + name)
    return "" if found is None else found.get(f"{W}val", "")


def is_on(properties: "_Element", name: str) -> bool:
    return properties.find(W + name) is not None and value(properties, name) not in OFF


def child(parent: "_Element", name: str, /, **attributes: str) -> "_Element":
    """Append an element to another one, with attributes, and return it."""
    from lxml.etree import SubElement

    return SubElement(parent, W + name, {W + key: value for key, value in attributes.items()})


def words(run: "_Element", text: str) -> None:
    """Append a text to a run, with its spaces."""
    child(run, "t").text = text
    run[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
