"""What a PDF says of itself to archives and search engines: XMP in RDF.

Dublin Core, the identifiers of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), and the facts of
the translation in a schema of its own, described in the file as PDF/A asks.
"""

from collections.abc import Iterable
from importlib import metadata
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from pipeline.catalogue.origin import engine
from pipeline.edition import statements
from pipeline.edition.render.pdf.page import created
from pipeline.model import Edition, State
from pipeline.text.printable import plain

_XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "translation": "urn:x-pipeline:translation:1#",
}
_UA = ("PDF/UA identification schema", "pdfuaid", {"part": ("Integer", "PDF/UA version")})
_FACTS = {
    "sourceLanguage": "Language of the source text",
    "targetLanguages": "Languages of the translations",
    "sourceSHA256": "SHA-256 of the file of the source text",
    "status": "draft or release",
    "reviewed": "Sentences reviewed of all sentences, by language",
    "translated": "Sentences translated and not read by a second person, by language",
    "engines": "Engines of unreviewed machine translation",
    "origins": "Origin of the translations as their files state it",
}


def rdf(edition: Edition, titles: dict[str, str], title: str, *, release: bool, standards: bool = True) -> str:
    """Return the XMP of an edition; `titles` by language, `title` the one of the whole file.

    A file that keeps to neither of the `standards` does not say so.
    """
    for prefix, uri in _XMP.items():
        register_namespace(prefix, uri)
    root = Element(_name("rdf", "RDF"))
    if standards:
        _conformance(_description(root))
    _dublin_core(_description(root), edition, titles, title)
    facts = _description(root)
    for key, value in _facts(edition, release=release).items():
        SubElement(facts, _name("translation", key)).text = value
    if standards:
        own = ("Translation", "translation", {key: ("Text", text) for key, text in _FACTS.items()})
        _schemas(_description(root), [_UA, own])
    return tostring(root, encoding="unicode")


def of_page(title: str, lang: str, date: str) -> str:
    """Return the XMP of a page that is no edition, in a language, of a day (ISO 8601)."""
    for prefix, uri in _XMP.items():
        register_namespace(prefix, uri)
    root = Element(_name("rdf", "RDF"))
    _conformance(_description(root))
    about = _description(root)
    _list(about, "dc", "title", "Alt", {"x-default": title, lang: title})
    _list(about, "dc", "language", "Bag", [lang])
    _list(about, "dc", "type", "Bag", ["Text"])
    SubElement(about, _name("dc", "format")).text = "application/pdf"
    for name in ("CreateDate", "ModifyDate"):
        SubElement(about, _name("xmp", name)).text = f"{date}T00:00:00Z"
    _schemas(_description(root), [_UA])
    return tostring(root, encoding="unicode")


def _name(prefix: str, name: str) -> str:
    return f"{{{_XMP[prefix]}}}{name}"


def _description(root: Element) -> Element:
    return SubElement(root, _name("rdf", "Description"), {_name("rdf", "about"): ""})


def _conformance(about: Element) -> None:
    SubElement(about, _name("pdfaid", "part")).text = "3"
    SubElement(about, _name("pdfaid", "conformance")).text = "A"
    SubElement(about, _name("pdfuaid", "part")).text = "1"
    SubElement(about, _name("pdf", "Producer")).text = f"WeasyPrint {metadata.version('weasyprint')}"


def _dublin_core(about: Element, edition: Edition, titles: dict[str, str], title: str) -> None:
    date = edition.document.meta.date
    _list(about, "dc", "title", "Alt", {"x-default": title} | {lang: text for lang, text in titles.items() if text})
    if edition.issuer:
        _list(about, "dc", "creator", "Seq", [plain(edition.issuer.source)])
    _list(about, "dc", "language", "Bag", titles)
    _list(about, "dc", "type", "Bag", ["Text"])
    SubElement(about, _name("dc", "format")).text = "application/pdf"
    SubElement(about, _name("dc", "identifier")).text = edition.document.id
    SubElement(about, _name("dc", "source")).text = f"urn:sha256:{edition.document.stated_sha256}"
    if date:
        _list(about, "dc", "date", "Seq", [date])
    for name in ("CreateDate", "ModifyDate"):
        SubElement(about, _name("xmp", name)).text = created(edition)


def _list(about: Element, prefix: str, name: str, kind: str, values: Iterable[str] | dict[str, str]) -> None:
    items = SubElement(SubElement(about, _name(prefix, name)), _name("rdf", kind))
    for value in values:
        item = SubElement(items, _name("rdf", "li"))
        item.text = value
        if kind == "Alt" and isinstance(values, dict):
            item.set("{http://www.w3.org/XML/1998/namespace}lang", value)
            item.text = values[value]


def _facts(edition: Edition, *, release: bool) -> dict[str, str]:
    targets = edition.langs[1:]
    units = {lang: statements.units(edition, lang) for lang in targets}
    done = {lang: sum(unit.state.is_reviewed for unit in found) for lang, found in units.items()}
    translated = {lang: sum(unit.state is State.TRANSLATED for unit in found) for lang, found in units.items()}
    machine = (engine(one.origin) for found in units.values() for one in found if one.state is State.MACHINE)
    facts = {
        "sourceLanguage": edition.document.lang,
        "targetLanguages": ", ".join(targets),
        "sourceSHA256": edition.document.stated_sha256,
        "status": "release" if release else "draft",
        "reviewed": ", ".join(f"{lang} {done[lang]}/{len(found)}" for lang, found in units.items()),
        "translated": ", ".join(f"{lang} {count}" for lang, count in translated.items() if count),
        "engines": "; ".join(sorted(set(machine))),
        "origins": "; ".join(f"{lang}: {origin}" for lang, origin in edition.origins.items() if origin),
    }
    return {key: plain(value) for key, value in facts.items() if value}


def _schemas(about: Element, schemas: Iterable[tuple[str, str, dict[str, tuple[str, str]]]]) -> None:
    """Describe the schemas that PDF/A does not know (ISO 19005-3, 6.6.2.3.3)."""
    resource = {_name("rdf", "parseType"): "Resource"}
    bag = SubElement(SubElement(about, _name("pdfaExtension", "schemas")), _name("rdf", "Bag"))
    for title, prefix, properties in schemas:
        schema = SubElement(bag, _name("rdf", "li"), resource)
        SubElement(schema, _name("pdfaSchema", "schema")).text = title
        SubElement(schema, _name("pdfaSchema", "namespaceURI")).text = _XMP[prefix]
        SubElement(schema, _name("pdfaSchema", "prefix")).text = prefix
        listed = SubElement(SubElement(schema, _name("pdfaSchema", "property")), _name("rdf", "Seq"))
        for name, (kind, text) in properties.items():
            one = SubElement(listed, _name("rdf", "li"), resource)
            SubElement(one, _name("pdfaProperty", "name")).text = name
            SubElement(one, _name("pdfaProperty", "valueType")).text = kind
            SubElement(one, _name("pdfaProperty", "category")).text = "external" if kind == "Text" else "internal"
            SubElement(one, _name("pdfaProperty", "description")).text = text
