"""TBX, the exchange format of termbases (ISO 30042), written as its dialect TBX-Basic in the style DCA.

Read from anybody, in that version and in the one before (`martif`), in either style: concepts with their terms in any
languages, the status of each, and notes. What else a file says of them is counted, not kept.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.table import require_size, xml_text
from pipeline.limits import MOST_IN_A_TERM
from pipeline.office.xml import attribute, name
from pipeline.termbase import Status

if TYPE_CHECKING:
    from lxml import etree

MARK = b"<p>pipeline</p>"
"""What stands at the beginning of what is written here."""

MOST_BYTES = 50_000_000
MOST_ELEMENTS = 1_000_000
MOST_CONCEPTS = 100_000
MOST_TERMS = 200
"""Of one concept."""

_DEPTH = 32
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WRITTEN = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_READ = {
    "preferredterm": Status.PREFERRED,
    "preferred": Status.PREFERRED,
    "standardizedterm": Status.PREFERRED,
    "legalterm": Status.PREFERRED,
    "regulatedterm": Status.PREFERRED,
    "admittedterm": Status.ADMITTED,
    "admitted": Status.ADMITTED,
    "deprecatedterm": Status.FORBIDDEN,
    "deprecated": Status.FORBIDDEN,
    "supersededterm": Status.FORBIDDEN,
    "superseded": Status.FORBIDDEN,
    "obsolete": Status.FORBIDDEN,
    "forbidden": Status.FORBIDDEN,
}
"""What programs write as administrativeStatus, without the ending «-admn-sts»."""

_CONCEPTS, _LANGUAGES, _TERMS = ("conceptEntry", "termEntry"), ("langSec", "langSet"), ("termSec", "tig", "ntig")
_KNOWN = {"term", "administrativeStatus", "note", "termGrp"}


@dataclass(frozen=True, slots=True)
class ConceptTerm:
    """A term in a language (a code, without a region); `status` is None where the file says nothing of it."""

    lang: str
    text: str
    status: Status | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """The terms of a concept in their order. `home` is the language it is explained in, if its file says so."""

    terms: tuple[ConceptTerm, ...]
    home: str = ""


@dataclass(frozen=True, slots=True)
class _TbxVersion:
    """What the elements of a version are called, and how its files begin."""

    root: str
    header: str
    concept: str
    language: str
    term: str
    attributes: tuple[tuple[str, str], ...]
    namespace: str = ""
    doctype: str = ""


_FORMS = {
    2: _TbxVersion(
        "martif", "martifHeader", "termEntry", "langSet", "tig", (("type", "TBX-Basic"),),
        doctype='<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
    ),
    3: _TbxVersion(
        "tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", (("style", "dca"), ("type", "TBX-Basic")), _NAMESPACE
    ),
}  # fmt: skip
VERSIONS = tuple(_FORMS)


def write(concepts: Iterable[Concept], home: str, version: int = 2) -> bytes:
    """Return a file of concepts, the same for the same ones; `home` is the language of those that name none.

    Version 2 is TBX-Basic of 2008, which older programs read too, version 3 that of ISO 30042:2019.
    """
    from lxml import etree

    form = _FORMS[version]
    own: Any = {None: form.namespace} if form.namespace else None  # the stubs of lxml know no namespace without prefix
    root = etree.Element(form.root, {_LANG: home, **dict(form.attributes)}, nsmap=own)
    about = etree.SubElement(etree.SubElement(root, form.header), "fileDesc")
    etree.SubElement(etree.SubElement(about, "sourceDesc"), "p").text = "pipeline"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, concept in enumerate(concepts, 1):
        entry = etree.SubElement(body, form.concept, id=f"{concept.home or home}-{number}")
        for lang in dict.fromkeys(term.lang for term in concept.terms):
            section = etree.SubElement(entry, form.language, {_LANG: lang})
            for term in (term for term in concept.terms if term.lang == lang):
                _add(etree.SubElement(section, form.term), term)
    first: Any = {"doctype": form.doctype} if form.doctype else {}
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True, **first)
    return content


def _add(made: "etree._Element", term: ConceptTerm) -> None:
    from lxml import etree

    etree.SubElement(made, "term").text = xml_text(term.text)
    if term.status:
        etree.SubElement(made, "termNote", type="administrativeStatus").text = _WRITTEN[term.status]
    if term.note:
        etree.SubElement(made, "note").text = xml_text(term.note)


@dataclass(frozen=True, slots=True)
class TermFile:
    """What a file has: its concepts, and what else it says of them, by name, and how often."""

    concepts: tuple[Concept, ...]
    left_out: Counter[str]


def read(content: bytes, known: Collection[str] = ()) -> TermFile:
    """Return the concepts of a file; of a language that is not among those `known`, its region is left away.

    Raises ExchangeError for what is no TBX, damaged or too large.
    """
    require_size(content, "termbase", MOST_BYTES)
    left_out = Counter[str]()
    concepts = tuple(concept for entry in _entries(content) if (concept := _concept(entry, known, left_out)).terms)
    if not concepts:
        raise ExchangeError("no terms in it; export it as TBX again")
    return TermFile(concepts, left_out)


def _entries(content: bytes) -> "Iterator[etree._Element]":
    """Yield the concepts one after another; each is gone when the next one is asked for."""
    from lxml import etree

    file = bounds.CountedXml(content)
    events = etree.iterparse(
        file, events=("start", "end"), load_dtd=False, no_network=True, resolve_entities=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = count = entries = 0
    try:
        for event, element in events:
            if event == "start":
                depth, count = depth + 1, count + 1
                _check(element, depth, count)
                continue
            depth -= 1
            if name(element) in _CONCEPTS:
                entries += 1
                if entries > MOST_CONCEPTS:
                    raise ExchangeError(f"more than {MOST_CONCEPTS:,} concepts; divide it")
                yield element
                element.clear()
                file.held = 0
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"line {error.lineno or 1}: not well-formed XML ({error.msg}); export it again") from None


def _check(element: "etree._Element", depth: int, count: int) -> None:
    if count == 1:
        if name(element) not in ("tbx", "martif"):
            raise ExchangeError(f"this is not a TBX file, but <{name(element)[:40]}>; export it as TBX")
        bounds.require_no_declarations(element, may_be_named=True)
    if depth > _DEPTH or count > MOST_ELEMENTS:
        raise ExchangeError(
            f"line {element.sourceline}: more than {MOST_ELEMENTS:,} elements, or {_DEPTH} deep; divide it"
        )


def _concept(entry: "etree._Element", known: Collection[str], left_out: Counter[str]) -> Concept:
    terms: list[ConceptTerm] = []
    for section in entry:
        if name(section) not in _LANGUAGES:
            left_out.update([_told(section)])
            continue
        lang = _language(bounds.tag(section.get(_LANG) or section.get("lang") or ""), known)
        for part in section:
            if name(part) in _TERMS:
                terms += _term(part, lang, left_out)
            else:
                left_out.update([_told(part)])
        if len(terms) > MOST_TERMS:
            raise ExchangeError(f"line {entry.sourceline}: a concept with more than {MOST_TERMS} terms; divide it")
    home, _, number = (entry.get("id") or "").rpartition("-")
    return Concept(tuple(terms), home if number.isdecimal() else "")


def _language(tag: str, known: Collection[str]) -> str:
    whole = tag.replace("_", "-")
    return next((one for one in known if one.lower() == whole.lower()), whole.partition("-")[0].lower())


def _term(part: "etree._Element", lang: str, left_out: Counter[str]) -> Iterator[ConceptTerm]:
    text, notes, status = "", [], None
    for element in part.iter():
        said = " ".join("".join(map(str, element.itertext())).split()) if name(element) != "termGrp" else ""
        if name(element) == "term":
            text = text or said
        elif name(element) == "note":
            notes.append(said)
        elif _is_status(element):
            status = _READ.get(said.lower().removesuffix("-admn-sts").replace(" ", ""), status)
        elif element is not part and name(element) not in _KNOWN:
            left_out.update([_told(element)])
    if len(text) > MOST_IN_A_TERM or sum(map(len, notes)) > MOST_IN_A_TERM:
        raise ExchangeError(
            f"line {part.sourceline}: a term or note of more than {MOST_IN_A_TERM:,} characters; shorten it"
        )
    if lang and any(map(str.isalnum, text)):
        yield ConceptTerm(lang, text, status, "; ".join(filter(None, notes)))


def _is_status(element: "etree._Element") -> bool:
    return name(element) == "administrativeStatus" or attribute(element, "type") == "administrativeStatus"


def _told(element: "etree._Element") -> str:
    """Return what a part of a concept is called, for a person: «definition», «partOfSpeech»."""
    return (attribute(element, "type") or name(element))[:40]


def of_rows(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> Iterator[Concept]:
    """Yield the concepts of a termbase's rows: all rows with the same term in their own language are one."""
    langs = [column for column in columns if column not in ("status", "note", "source")]
    at = {column: place for place, column in enumerate(columns)}
    found: dict[tuple[str, str], list[ConceptTerm]] = {}
    for row in rows:
        home = (row[at["source"]] if "source" in at else "") or langs[0]
        status, note = Status(row[at["status"]]), row[at["note"]] if "note" in at else ""
        its = found.setdefault((home, row[at[home]]), [ConceptTerm(home, row[at[home]])])
        its += [ConceptTerm(lang, row[at[lang]], status, note) for lang in langs if lang != home and row[at[lang]]]
    yield from (Concept(tuple(dict.fromkeys(terms)), home) for (home, _), terms in found.items())
