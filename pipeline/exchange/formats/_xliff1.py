"""XLIFF 1.2 (OASIS, 2008), as Weblate, OmegaT's filters and older programs write it: read, not written."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.exchange import bounds
from pipeline.exchange.formats import _inline as inline
from pipeline.exchange.table import Line, parse_id
from pipeline.model import State
from pipeline.office import xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {f"{{urn:oasis:names:tc:xliff:document:1.{minor}}}xliff" for minor in (1, 2)}
_CODES = ("ph", "bpt", "ept", "it", "x", "bx", "ex")
"""Inline elements that hold another program's codes; in `g`, `mrk` and `sub` there are words."""
_STATES = {"translated": State.TRANSLATED, "signed-off": State.REVIEWED, "final": State.REVIEWED}


def is_one(root: "_Element") -> bool:
    return root.tag in _NAMES


def lines(root: "_Element") -> Iterator[Line]:
    """Yield the units of all files in it, without proposals of other programs."""
    for file in root.iterchildren("{*}file"):
        langs = [bounds.tag(file.get(name, "")) for name in ("source-language", "target-language")]
        for unit in file.iter("{*}trans-unit"):
            bounds.require_unit(unit)
            if (source := unit.find("{*}source")) is not None:
                yield _line(unit, source, langs)


def _line(unit: "_Element", source: "_Element", langs: list[str]) -> Line:
    target = unit.find("{*}target")
    sides = xml.text(source, _CODES), "" if target is None else xml.text(target, _CODES)
    texts = tuple(zip(langs, sides, strict=True)) if all(langs) else ()
    signed = tuple(zip(sides, (_signed(source), "" if target is None else _signed(target)), strict=True))
    name = next((name for key in ("id", "resname") if parse_id(name := unit.get(key, ""))), unit.get("id", ""))
    note = "\n".join(note.text or "" for note in unit.iterfind("{*}note"))
    return Line(name.removeprefix("u"), *sides, note, "", _state(unit, target), texts, signed=signed)


def _signed(element: "_Element") -> str:
    """Return the words of an element with signs for inline codes that are ours."""
    parts = [element.text or ""]
    for child in element:
        name, id = xml.name(child), child.get("id", "")
        if name and name not in _CODES:
            parts.append(inline.paired(id if name == "g" else "", _signed(child)))
        parts.append(_PLACES[name](id) if name in _PLACES else "")
        parts.append(child.tail or "")
    return "".join(parts)


_PLACES = {"x": inline.place, "ph": inline.place, "bx": inline.opening, "ex": inline.closing}


def _state(unit: "_Element", target: "_Element | None") -> State:
    if unit.get("approved") == "yes":
        return State.REVIEWED
    return _STATES.get("" if target is None else target.get("state", ""), State.DOUBT)
