"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005).

Read from anybody: without entities, without a network, element by element.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _inline as inline
from pipeline.exchange.table import Line, Table, bounded, distance, require_size, xml_text
from pipeline.office import xml
from pipeline.text import markup

if TYPE_CHECKING:
    from lxml import etree

SUFFIXES = (".tmx",)

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = ("bpt", "ept", "ph", "it", "ut")
"""Elements that hold another program's codes, not words; `hi` and `sub` hold words."""
_MOST_DEEP = 64
_HEADER = {
    "creationtool": "pipeline", "creationtoolversion": "1", "segtype": "sentence", "datatype": "plaintext",
    "adminlang": "en", "srclang": "", "o-tmf": "PO",
}  # fmt: skip


def write(table: Table) -> bytes:
    """Return the lines that have a translation, as a memory."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", _HEADER | {"srclang": table.source_lang})
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
    marks = (("mark", mark) for mark in line.marks)
    for name, value in (("document", table.document_id), ("context", line.context), *marks):
        etree.SubElement(unit, "prop", type=f"x-{name}").text = xml_text(value)
    for lang, text in ((table.source_lang, line.source), (table.target_lang, line.target)):
        segment = etree.SubElement(etree.SubElement(unit, "tuv", {_LANG: lang}), "seg")
        if line.marks:
            _write(segment, text)
        else:
            segment.text = xml_text(text)


def _write(segment: "etree._Element", text: str) -> None:
    """Put a text into a segment, its signs as codes (section 4.2, `bpt`, `ept`, `ph`)."""
    from lxml import etree

    closing: list[tuple[int, str, str]] = []
    segment.text = ""  # beside a text, lxml puts no line ends between elements
    for place, (part, name, depth) in enumerate(inline.named(text), 1):
        while closing and closing[-1][0] >= depth:
            _, number, sign = closing.pop()
            etree.SubElement(segment, "ept", i=number).text = sign
        if part.is_pair:
            etree.SubElement(segment, "bpt", i=str(place), x=name).text = inline.opening(name)
            closing.append((depth, str(place), inline.closing(name)))
        elif name:
            etree.SubElement(segment, "ph", x=name).text = inline.place(name)
        else:
            inline.append(segment, part.text)
    for _, number, sign in reversed(closing):
        etree.SubElement(segment, "ept", i=number).text = sign


def read(content: bytes) -> tuple[Line, ...]:
    """Return every unit that has two languages; raise ExchangeError.

    Its source and target are the first that the file says are so, the first two where it says nothing; `texts` are all.
    """
    return bounded(line for unit in _units(content) if (line := _line(unit)))


def _line(unit: "etree._Element") -> Line | None:
    variants = list(_variants(unit))
    if len(variants) < 2:
        return None
    source = _source(unit, [lang for lang, _ in variants])
    target = 1 if source == 0 else 0
    note = "\n".join(xml.text(note, _CODES) for note in unit.iterfind("note"))
    context = next((xml.text(prop, _CODES) for prop in unit.iterfind("prop") if prop.get("type") == "x-context"), "")
    texts = tuple(variants) if all(lang for lang, _ in variants) else ()
    signed = tuple(_both(unit))
    both = variants[source][1], variants[target][1]
    return Line(unit.get("tuid", ""), *both, note, context, texts=texts, signed=signed)


def _both(unit: "etree._Element") -> Iterator[tuple[str, str]]:
    """Yield every text of a unit without codes and with those that are ours."""
    for segment in unit.iterfind("tuv/seg"):
        yield xml.text(segment, _CODES), _signed(segment)


def _signed(element: "etree._Element") -> str:
    parts = [element.text or ""]
    for child in element:
        is_code = child.tag in _CODES
        code = (child.text or "") if is_code and inline.CODE.fullmatch(child.text or "") else ""
        parts += [code if is_code else _signed(child), child.tail or ""]
    return "".join(parts)


def _source(unit: "etree._Element", langs: list[str]) -> int:
    """Return which variant is in the source language that the unit names, or the file: the first if none is."""
    header = unit.getroottree().getroot().find("header")
    named = unit.get("srclang") or (header.get("srclang") if header is not None else None) or ""
    wanted = _language(bounds.tag(named))
    return next((index for index, lang in enumerate(langs) if _language(lang) == wanted), 0)


@dataclass(frozen=True, slots=True)
class MemoryPair:
    """What a unit says in two languages; with `marks`, both texts have signs, and these say what for."""

    source: str
    target: str
    marks: tuple[str, ...] = ()


def pairs(content: bytes, source_lang: str, target_lang: str) -> Iterator[MemoryPair]:
    """Yield what the units say in two languages, where they have both; raise ExchangeError.

    Of a language, what is written for a region counts too: «fa-IR» is Persian. Codes of other programs are left out.
    """
    characters = 0
    every = (pair for unit in _units(content) for pair in _pairs(unit, source_lang, target_lang))
    for count, pair in enumerate(every, 1):
        characters += len(pair.source) + len(pair.target)
        if count > bounds.MOST_PAIRS or characters > bounds.MOST_MEMORY_BYTES:
            raise ExchangeError(f"too much for a memory ({count:,} translations into {target_lang}); divide it")
        yield pair


def _pairs(unit: "etree._Element", source_lang: str, target_lang: str) -> Iterator[MemoryPair]:
    """Yield each text of a unit in one language with each in the other."""
    known = dict(_both(unit))
    variants = [(lang, text) for lang, text in _variants(unit) if text.strip()]
    targets = [text for lang, text in variants if _is_in(lang, target_lang)]
    for lang, source in variants:
        if _is_in(lang, source_lang):
            yield from (_pair(source, target, known, unit) for target in targets)


def _pair(source: str, target: str, known: Mapping[str, str], unit: "etree._Element") -> MemoryPair:
    """Return two texts, with signs where one has codes of ours; in the other, what looks like a sign is text."""
    if known[source] == source and known[target] == target:
        return MemoryPair(source, target)
    said = [xml.text(prop, _CODES) for prop in unit.iterfind("prop") if prop.get("type") == "x-mark"]
    signed, translated = (known[text] if known[text] != text else markup.literal(text) for text in (source, target))
    return MemoryPair(signed, translated, tuple(said) or ("signs",))


def nameless(content: bytes) -> bytes:
    """Return a memory with its texts and their languages alone; raise ExchangeError.

    Programs write into it who translated and when, where files lie, and what was remarked.
    """
    from lxml import etree

    written = BytesIO()
    with etree.xmlfile(written, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write(etree.Element("header", _HEADER | {"srclang": "*all*"}))
            with file.element("body"):
                for unit in _units(content):
                    file.write("\n")
                    file.write(_nameless(unit))
    return written.getvalue()


def _nameless(unit: "etree._Element") -> "etree._Element":
    from lxml import etree

    plain = etree.Element("tu")
    for prop in unit.iterfind("prop"):
        if prop.get("type") == "x-mark":
            etree.SubElement(plain, "prop", type="x-mark").text = xml.text(prop, _CODES)
    for variant in unit.iterfind("tuv"):
        if (segment := variant.find("seg")) is not None:
            lang = variant.get(_LANG) or variant.get("lang") or ""
            _take(segment, etree.SubElement(etree.SubElement(plain, "tuv", {_LANG: lang}), "seg"))
    return plain


def _take(element: "etree._Element", plain: "etree._Element") -> None:
    """Put what is read of an element into another: its words, and codes that are ours."""
    from lxml import etree

    inline.append(plain, element.text or "")
    for child in element:
        if xml.name(child) not in _CODES:
            _take(child, plain)
        elif inline.CODE.fullmatch(child.text or ""):
            etree.SubElement(plain, "ph").text = child.text
        inline.append(plain, child.tail or "")


def counted(content: bytes, source_lang: str, target_langs: Iterable[str]) -> dict[str, int]:
    """Return how many translations `pairs` yields into each language; raise ExchangeError as it does."""
    return {lang: sum(1 for _ in pairs(content, source_lang, lang)) for lang in target_langs}


def _is_in(tag: str, lang: str) -> bool:
    return distance(tag, lang) in (0, 1)


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def _units(content: bytes) -> "Iterator[etree._Element]":
    """Yield the units of a memory one after another; each is gone when the next one is asked for."""
    from lxml import etree

    require_size(content, "memory", bounds.MOST_MEMORY_BYTES)
    file = bounds.CountedXml(content)
    events = etree.iterparse(
        file, events=("start", "end"), load_dtd=False, no_network=True, resolve_entities=False,
        huge_tree=len(content) > bounds.MOST_MEMORY_BYTES // 10, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth, kept, root = 0, 0, None
    try:
        for event, element in events:
            if event == "start":
                depth, kept = depth + 1, kept + 1
                root = element if root is None else root
                _check_start(element, root, depth, kept)
                continue
            depth -= 1
            if element.tag == "tu":
                _check_unit(element)
                yield element
                element.clear()
                kept = file.held = 0
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise ExchangeError(f"line {line}: not well-formed XML ({error.msg}); export the memory again") from None


def _check_start(element: "etree._Element", root: "etree._Element", depth: int, kept: int) -> None:
    if element is root:
        if element.tag != "tmx":
            raise ExchangeError(
                f"line {element.sourceline}: this is not a TMX file, but <{element.tag}>; export it as TMX"
            )
        bounds.require_no_declarations(root, may_be_named=True)
    if depth > _MOST_DEEP:
        raise ExchangeError(
            f"line {element.sourceline}: elements more than {_MOST_DEEP} deep; this is not a translation memory"
        )
    if kept > bounds.MOST_IN_A_UNIT:
        raise ExchangeError(
            f"line {element.sourceline}: more than {bounds.MOST_IN_A_UNIT:,} elements before a unit ends; "
            f"this is not a translation memory"
        )


def _check_unit(unit: "etree._Element") -> None:
    langs = Counter(_language(lang) for lang, _ in _variants(unit))
    if langs.total() > bounds.MOST_VARIANTS or max(langs.values(), default=0) > bounds.MOST_ALIKE:
        raise ExchangeError(
            f"line {unit.sourceline}: a unit in more than {bounds.MOST_VARIANTS} languages, or with more than "
            f"{bounds.MOST_ALIKE} translations into one; take it out"
        )
    if sum(map(len, unit.itertext())) > bounds.MOST_CHARACTERS:
        raise ExchangeError(
            f"line {unit.sourceline}: a unit of more than {bounds.MOST_CHARACTERS:,} characters; take it out"
        )


def _variants(unit: "etree._Element") -> Iterator[tuple[str, str]]:
    for variant in unit.iterfind("tuv"):
        segment = variant.find("seg")
        if segment is not None:
            yield variant.get(_LANG) or variant.get("lang") or "", xml.text(segment, _CODES)
