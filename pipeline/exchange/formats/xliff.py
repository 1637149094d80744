"""XLIFF 2.1 (OASIS, 2018), for translation programs. A unit has one segment.

Its state says how far it is: initial (drafts too), translated, reviewed, final (copied).
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.table import Line, Table, bounded, require_size, xml_text
from pipeline.model import State

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
        etree.SubElement(segment, f"{_X}source", {_SPACE: "preserve"}).text = xml_text(line.source)
        if line.target:
            etree.SubElement(segment, f"{_X}target", {_SPACE: "preserve"}).text = xml_text(line.target)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read(content: bytes) -> tuple[Line, ...]:
    """Return the units; raise ExchangeError when it is not XLIFF 2."""
    require_size(content, "file")
    root = bounds.xml(content)
    if root.tag != f"{_X}xliff":
        raise ExchangeError("this is not XLIFF 2 (.xlf); export it in version 2.0 or 2.1")
    return bounded(_line(unit) for unit in root.iter(f"{_X}unit"))


def _line(unit: "_Element") -> Line:
    if next(unit.iterancestors(f"{_X}unit"), None) is not None:
        raise ExchangeError(f"line {unit.sourceline}: a unit within a unit, as no program writes it; export it again")
    segments = list(unit.iter(f"{_X}segment", f"{_X}ignorable"))
    states = [segment.get("state", "initial") for segment in segments if segment.tag == f"{_X}segment"]
    sources, targets = (["".join(_words(part)) for part in _parts(segments, name)] for name in ("source", "target"))
    note = "\n".join(note.text or "" for note in unit.iterfind(f"{_X}notes/{_X}note"))
    said = {_STATES.get(state, State.DOUBT) for state in states} or {State.DOUBT}
    state = min(said, key=list(State).index)
    name = unit.get("id", "").removeprefix("u")
    return Line(name, "".join(sources), "".join(targets), note, unit.get("name", ""), state)


def _parts(segments: "list[_Element]", name: str) -> "Iterator[_Element]":
    for segment in segments:
        found = segment.find(_X + name)
        if found is None and segment.tag == f"{_X}ignorable":
            found = segment.find(f"{_X}source")  # what is ignorable is the same in both
        if found is not None:
            yield found


def _words(element: "_Element") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = child.tag.removeprefix(_X) if isinstance(child.tag, str) else ""
        if name == "cp":
            yield _character(child.get("hex", ""))
        elif name in _MARKUP:
            yield from _words(child)
        yield child.tail or ""


def _character(code: str) -> str:
    """Return what `cp` stands for, a character that XML cannot hold; raise ExchangeError for none."""
    if re.fullmatch("[0-9A-Fa-f]{1,6}", code) and int(code, 16) < 0x110000 and not 0xD800 <= int(code, 16) < 0xE000:
        return chr(int(code, 16))
    raise ExchangeError(f"<cp hex={code[:40]!a}>: no character; export it again")
