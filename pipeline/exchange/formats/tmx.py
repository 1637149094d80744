"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005).

Read from anybody: without entities, without a network, element by element.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange.table import Line, Table, require_size, xml_text

if TYPE_CHECKING:
    from lxml import etree

SUFFIXES = (".tmx",)

MAX_BYTES = 1_000_000_000
"""Of a memory, which is read element by element."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = ("bpt", "ept", "ph", "it", "ut")
"""Elements that hold another program's codes, not words; `hi` and `sub` hold words."""
_MOST_DEEP = 64


def write(table: Table) -> bytes:
    """Return the lines that have a translation, as a memory."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "pipeline", "creationtoolversion": "1", "segtype": "sentence", "datatype": "plaintext",
        "adminlang": "en", "srclang": table.source_lang, "o-tmf": "PO",
    }  # fmt: skip
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    for line in table.lines:
        if line.target:
            _add(body, line, table)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(body: "etree._Element", line: Line, table: Table) -> None:
    from lxml import etree

    unit = etree.SubElement(body, "tu", tuid=line.id)
    if line.note:
        etree.SubElement(unit, "note").text = xml_text(line.note)
    for name, value in (("document", table.document_id), ("context", line.context)):
        etree.SubElement(unit, "prop", type=f"x-{name}").text = xml_text(value)
    for lang, text in ((table.source_lang, line.source), (table.target_lang, line.target)):
        variant = etree.SubElement(unit, "tuv", {_LANG: lang})
        etree.SubElement(variant, "seg").text = xml_text(text)


def read(content: bytes) -> tuple[Line, ...]:
    """Return the first two languages of every unit, in the order they stand there; raise ExchangeError."""
    lines = []
    for unit in _units(content):
        variants = [text for _, text in _variants(unit)]
        if len(variants) > 1:
            note = "\n".join(_text(note) for note in unit.iterfind("note"))
            context = next((_text(prop) for prop in unit.iterfind("prop") if prop.get("type") == "x-context"), "")
            lines.append(Line(unit.get("tuid", ""), variants[0], variants[1], note, context))
    return tuple(lines)


def pairs(content: bytes, source_lang: str, target_lang: str) -> Iterator[tuple[str, str]]:
    """Yield what the units say in two languages, where they have both; raise ExchangeError.

    Of a language, what is written for a region counts too: «fa-IR» is Persian.
    """
    for unit in _units(content):
        texts: dict[str, list[str]] = {}
        for lang, text in _variants(unit):
            texts.setdefault(_language(lang), []).append(text)
        for source in texts.get(source_lang, ()):
            for target in texts.get(target_lang, ()):
                if source.strip() and target.strip():
                    yield source, target


def languages(content: bytes) -> dict[tuple[str, str], int]:
    """Return how many units there are in which pair of languages; raise ExchangeError."""
    counts: dict[tuple[str, str], int] = {}
    for unit in _units(content):
        langs = dict.fromkeys(_language(lang) for lang, _ in _variants(unit))
        for source in langs:
            for target in langs:
                if source != target:
                    counts[source, target] = counts.get((source, target), 0) + 1
    return counts


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def _units(content: bytes) -> "Iterator[etree._Element]":
    """Yield the units of a memory one after another; each is gone when the next one is asked for."""
    from lxml import etree

    require_size(content, "memory", MAX_BYTES)
    events = etree.iterparse(
        BytesIO(content), events=("start", "end"), load_dtd=False, no_network=True, resolve_entities=False,
        huge_tree=len(content) > MAX_BYTES // 10, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth, root = 0, None
    try:
        for event, element in events:
            if event == "start":
                depth += 1
                root = element if root is None else root
                _check_start(element, root, depth)
                continue
            depth -= 1
            if element.tag == "tu":
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise ExchangeError(f"line {line}: not well-formed XML ({error.msg}); export the memory again") from None


def _check_start(element: "etree._Element", root: "etree._Element", depth: int) -> None:
    if element is root:
        if element.tag != "tmx":
            raise ExchangeError(
                f"line {element.sourceline}: this is no TMX file, but <{element.tag}>; export it as TMX"
            )
        internal = element.getroottree().docinfo.internalDTD
        # The stubs of lxml do not know `iterentities`.
        if internal is not None and any(True for _ in internal.iterentities()):  # type: ignore[attr-defined]
            raise ExchangeError("line 1: it declares entities, which may hide other files; export it without them")
    if depth > _MOST_DEEP:
        raise ExchangeError(f"line {element.sourceline}: elements more than {_MOST_DEEP} deep; this is no memory")


def _variants(unit: "etree._Element") -> Iterator[tuple[str, str]]:
    for variant in unit.iterfind("tuv"):
        segment = variant.find("seg")
        if segment is not None:
            yield variant.get(_LANG) or variant.get("lang") or "", _text(segment)


def _text(element: "etree._Element") -> str:
    """Return the words of an element, without the codes in it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
