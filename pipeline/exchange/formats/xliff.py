"""XLIFF 2.1 (OASIS, 2018), for translation programs. A unit has one segment. Version 1.2 is read too.

Its state says how far it is: initial (drafts too), translated, reviewed, final (copied).
"""

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _inline as inline
from pipeline.exchange.formats import _xliff1 as version_1
from pipeline.exchange.table import Line, Table, bounded, require_size, xml_text
from pipeline.model import State
from pipeline.text.markup import Part

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".xlf", ".xliff")

_X = "{urn:oasis:names:tc:xliff:document:2.0}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES = {State.TRANSLATED: "translated", State.REVIEWED: "reviewed", State.COPIED: "final"}
_STATES = {"translated": State.TRANSLATED, "reviewed": State.REVIEWED, "final": State.REVIEWED}
_MARKUP = ("pc", "mrk")
"""Inline elements that hold words; the others hold another program's codes."""


def write(table: Table) -> bytes:
    """Return a file of one unit for every line."""
    from lxml import etree

    names = {None: _X[1:-1]}
    root = etree.Element(
        f"{_X}xliff",
        nsmap=names,  # type: ignore[arg-type]  # the stubs know no default namespace
        version="2.1",
        srcLang=table.source_lang,
        trgLang=table.target_lang,
    )
    file = etree.SubElement(root, f"{_X}file", id="f1", original=xml_text(table.document_id))
    for line in table.lines:
        unit = etree.SubElement(file, f"{_X}unit", id=f"u{line.id}", name=xml_text(line.context or "text"))
        if line.note:
            etree.SubElement(etree.SubElement(unit, f"{_X}notes"), f"{_X}note").text = xml_text(line.note)
        state = _NAMES.get(line.state or State.DOUBT, "initial")
        segment = etree.SubElement(unit, f"{_X}segment", state=state)
        _write(etree.SubElement(segment, f"{_X}source", {_SPACE: "preserve"}), line.source, line.marks)
        if line.target:
            _write(etree.SubElement(segment, f"{_X}target", {_SPACE: "preserve"}), line.target, line.marks)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _write(element: "_Element", text: str, marks: Sequence[str]) -> None:
    """Put a text into an element, signs as inline codes (4.2.3)."""
    from lxml import etree

    stands_for = inline.said(marks)

    def make(parent: "_Element", part: Part, name: str) -> "_Element":
        if part.stars:
            kind = {"type": "fmt", "subType": "xlf:b" if part.stars == "**" else "xlf:i"}
            return etree.SubElement(parent, f"{_X}pc", kind, id=name)
        said = xml_text(stands_for.get(name, ""))
        if part.is_pair:
            kind = {"type": "link"} if said.startswith("a link") else {}
            return etree.SubElement(parent, f"{_X}pc", kind, id=name, dispStart=said or name)
        return etree.SubElement(parent, f"{_X}ph", id=name, disp=said or name)

    if marks:
        inline.write(element, text, make)
    else:
        element.text = xml_text(text)


def read(content: bytes) -> tuple[Line, ...]:
    """Return the units; raise ExchangeError when it is no XLIFF, or of another version."""
    require_size(content, "file")
    root = bounds.xml(content)
    if root.tag == f"{_X}xliff":
        langs = bounds.tag(root.get("srcLang", "")), bounds.tag(root.get("trgLang", ""))
        return bounded(_line(unit, langs) for unit in root.iter(f"{_X}unit"))
    if version_1.is_one(root):
        return bounded(version_1.lines(root))
    raise ExchangeError("this is not XLIFF 2 (.xlf), or 1.2; export it in one of these versions")


def _line(unit: "_Element", langs: tuple[str, str]) -> Line:
    bounds.require_unit(unit)
    segments = list(unit.iter(f"{_X}segment", f"{_X}ignorable"))
    states = [segment.get("state", "initial") for segment in segments if segment.tag == f"{_X}segment"]
    ordered = _parts(segments, "source"), sorted(_parts(segments, "target"), key=itemgetter(0))
    parts = [[part for _, part in side] for side in ordered]
    source, target = ("".join(map(_words, side)) for side in parts)
    signed = tuple(zip((source, target), ("".join(map(_signed, side)) for side in parts), strict=True))
    note = "\n".join(note.text or "" for note in unit.iterfind(f"{_X}notes/{_X}note"))
    said = {_STATES.get(state, State.DOUBT) for state in states} or {State.DOUBT}
    state = min(said, key=list(State).index)
    name = unit.get("id", "").removeprefix("u")
    texts = tuple(zip(langs, (source, target), strict=True)) if all(langs) else ()
    return Line(name, source, target, note, unit.get("name", ""), state, texts, signed=signed)


def _parts(segments: "list[_Element]", name: str) -> "Iterator[tuple[int, _Element]]":
    """Yield the sources or targets of a unit, each with its place among them (4.3.1.21, order)."""
    for place, segment in enumerate(segments, 1):
        found = segment.find(_X + name)
        if found is None and segment.tag == f"{_X}ignorable":
            found = segment.find(f"{_X}source")  # what is ignorable is the same in both
        if found is not None:
            order = found.get("order", "") if name == "target" else ""
            yield int(order) if re.fullmatch("[1-9][0-9]{0,5}", order) else place, found


def _words(element: "_Element") -> str:
    parts = [element.text or ""]
    for child in element:
        name = child.tag.removeprefix(_X) if isinstance(child.tag, str) else ""
        if name == "cp":
            parts.append(_character(child))
        elif name in _MARKUP:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _signed(element: "_Element") -> str:
    """Return the words of an element with signs for inline codes that are ours."""
    parts = [element.text or ""]
    for child in element:
        name, id = child.tag.removeprefix(_X) if isinstance(child.tag, str) else "", child.get("id", "")
        if name == "cp":
            parts.append(_character(child))
        elif name in _MARKUP:
            parts.append(inline.paired(id if name == "pc" else "", _signed(child)))
        elif name in _PLACES:
            parts.append(_PLACES[name](child.get("startRef", "") if name == "ec" else id))
        parts.append(child.tail or "")
    return "".join(parts)


_PLACES = {"ph": inline.place, "sc": inline.opening, "ec": inline.closing}


def _character(element: "_Element") -> str:
    """Return what `cp` stands for, a character that XML cannot hold; raise ExchangeError for none."""
    code = element.get("hex", "")
    if re.fullmatch("[0-9A-Fa-f]{1,6}", code) and int(code, 16) < 0x110000 and not 0xD800 <= int(code, 16) < 0xE000:
        return chr(int(code, 16))
    raise ExchangeError(f"line {element.sourceline}: <cp hex={code[:40]!a}>: no character; export it again")
