"""Releases → what libraries and search engines read of them: schema.org in JSON-LD, and Dublin Core in XML."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from pipeline.distribution.release import Release

_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XML = "http://www.w3.org/XML/1998/namespace"


def urn(sha256: str) -> str:
    return f"urn:sha256:{sha256}"


def json_ld(
    releases: Sequence[Release], files: Mapping[tuple[str, str], Sequence[dict[str, Any]]], *, withdrawn: bool = False
) -> bytes:
    """Return the documents and their translations; `files` by key, each with path, type, bytes and sha256."""
    texts = (_text(one, files.get(one.key, ()), withdrawn=withdrawn) for one in releases)
    graph = [*_originals(releases), *texts]
    table = {"@context": "https://schema.org", "@graph": graph}
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode()


def _originals(releases: Sequence[Release]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for one in releases:
        if one.document_id in seen or not one.source_sha256:
            continue
        seen.add(one.document_id)
        translations = [{"@id": urn(t.text_sha256)} for t in releases if _translates(t, one.document_id)]
        yield _known(
            {
                "@type": "CreativeWork",
                "@id": urn(one.source_sha256),
                "identifier": one.document_id,
                "inLanguage": one.source_lang,
                "name": one.titles.get(one.source_lang),
                "datePublished": one.date,
                "publisher": _organisation(one, one.source_lang),
                "about": list(one.topics),
                "workTranslation": translations,
            }
        )


def _translates(one: Release, document_id: str) -> bool:
    return one.document_id == document_id and one.lang != one.source_lang


def _text(one: Release, files: Sequence[dict[str, Any]], *, withdrawn: bool) -> dict[str, Any]:
    """A translation of its original; or the original's text as it is printed."""
    status = "Withdrawn" if withdrawn else "Draft" if one.is_draft else "Published"
    translated = one.lang != one.source_lang
    return _known(
        {
            "@type": "CreativeWork",
            "@id": urn(one.text_sha256),
            "identifier": f"{one.document_id}.{one.lang}",
            "inLanguage": one.lang,
            "name": one.titles.get(one.lang),
            "creativeWorkStatus": status,
            "translationOfWork" if translated else "exampleOfWork": {"@id": urn(one.source_sha256)},
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": file["path"],
                    "encodingFormat": file["type"],
                    "contentSize": str(file["bytes"]),
                    "sha256": file["sha256"],
                }
                for file in files
            ],
        }
    )


def _organisation(one: Release, lang: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": one.issuer[lang]} if one.issuer.get(lang) else None


def _known(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value}


def dublin_core(releases: Sequence[Release]) -> bytes:
    """Return a record of Dublin Core for each release."""
    for prefix, uri in (("dc", _DC), ("dcterms", _TERMS)):
        register_namespace(prefix, uri)
    root = Element("records")
    for one in releases:
        record = SubElement(root, "record")
        for name, text, lang in _elements(one):
            if text:
                SubElement(record, name, {f"{{{_XML}}}lang": lang} if lang else {}).text = _plain(text)
    indent(root)
    content: bytes = tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"


def _elements(one: Release) -> Iterator[tuple[str, str, str]]:
    """Yield each element of a record: its name, its text, and the language of the text."""
    own = {lang: one.titles[lang] for lang in dict.fromkeys((one.lang, one.source_lang)) if lang in one.titles}
    yield f"{{{_DC}}}identifier", urn(one.text_sha256), ""
    yield f"{{{_DC}}}identifier", f"{one.document_id}.{one.lang}", ""
    for lang, title in own.items():
        yield f"{{{_DC}}}title", title, lang
    for lang in own:
        yield f"{{{_DC}}}creator", one.issuer.get(lang, ""), lang
    yield f"{{{_DC}}}language", one.lang, ""
    yield f"{{{_DC}}}type", "Text", ""
    yield f"{{{_DC}}}date", one.date, ""
    for topic in one.topics:
        yield f"{{{_DC}}}subject", topic, ""
    if one.lang != one.source_lang and one.source_sha256:
        yield f"{{{_DC}}}source", urn(one.source_sha256), ""
        yield f"{{{_TERMS}}}isVersionOf", urn(one.source_sha256), ""
    if one.units:
        yield f"{{{_DC}}}description", f"{one.reviewed} of {one.units} sentences reviewed", "en"
    yield f"{{{_DC}}}description", "Draft, not released" if one.is_draft else "", "en"


def _plain(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return "".join(one for one in text if one in "\t\n" or (ord(one) >= 32 and not 0xD800 <= ord(one) <= 0xDFFF))
