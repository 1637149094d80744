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
    texts = (_text(release, files.get(release.key, ()), withdrawn=withdrawn) for release in releases)
    graph = [*_originals(releases), *texts]
    table = {"@context": "https://schema.org", "@graph": graph}
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode()


def renamed(json_ld: str, before: str, now: str, lang: str) -> str:
    """Return what `json_ld` gave of a text whose document is called otherwise now: an id may have told too much."""
    for rest in ("", f".{lang}"):
        own, its = (f'"identifier": {json.dumps(name + rest, ensure_ascii=False)}' for name in (before, now))
        json_ld = json_ld.replace(own, its)
    return json_ld


def without_originals(json_ld: str) -> str:
    """Return what `json_ld` gave without what originals say of themselves: their titles were withdrawn with them."""
    table = json.loads(json_ld)
    table["@graph"] = [
        {key: value for key, value in node.items() if key not in _SAID_BY_ORIGINALS}
        if "workTranslation" in node
        else node
        for node in table["@graph"]
    ]
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


_SAID_BY_ORIGINALS = ("name", "publisher", "about")


def _originals(releases: Sequence[Release]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for release in releases:
        if release.document_id in seen or not release.source_sha256:
            continue
        seen.add(release.document_id)
        translations = [{"@id": urn(t.text_sha256)} for t in releases if _translates(t, release.document_id)]
        yield _known(
            {
                "@type": "CreativeWork",
                "@id": urn(release.source_sha256),
                "identifier": release.document_id,
                "inLanguage": release.source_lang,
                "name": release.titles.get(release.source_lang),
                "datePublished": release.date,
                "publisher": _organisation(release, release.source_lang),
                "about": list(release.topics),
                "workTranslation": translations,
            }
        )


def _translates(release: Release, document_id: str) -> bool:
    return release.document_id == document_id and release.lang != release.source_lang


def _text(release: Release, files: Sequence[dict[str, Any]], *, withdrawn: bool) -> dict[str, Any]:
    """A translation of its original; or the original's text as it is printed."""
    status = "Withdrawn" if withdrawn else "Draft" if release.is_draft else "Published"
    translated = release.lang != release.source_lang
    return _known(
        {
            "@type": "CreativeWork",
            "@id": urn(release.text_sha256),
            "identifier": f"{release.document_id}.{release.lang}",
            "inLanguage": release.lang,
            "name": release.titles.get(release.lang),
            "creativeWorkStatus": status,
            "translationOfWork" if translated else "exampleOfWork": {"@id": urn(release.source_sha256)},
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


def _organisation(release: Release, lang: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": release.issuer[lang]} if release.issuer.get(lang) else None


def _known(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value}


def dublin_core(releases: Sequence[Release]) -> bytes:
    """Return a record of Dublin Core for each release."""
    for prefix, uri in (("dc", _DC), ("dcterms", _TERMS)):
        register_namespace(prefix, uri)
    root = Element("records")
    for release in releases:
        record = SubElement(root, "record")
        for name, text, lang in _elements(release):
            if text:
                SubElement(record, name, {f"{{{_XML}}}lang": lang} if lang else {}).text = _plain(text)
    indent(root)
    content: bytes = tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"


def _elements(release: Release) -> Iterator[tuple[str, str, str]]:
    """Yield each element of a record: its name, its text, and the language of the text."""
    own = {
        lang: release.titles[lang]
        for lang in dict.fromkeys((release.lang, release.source_lang))
        if lang in release.titles
    }
    yield f"{{{_DC}}}identifier", urn(release.text_sha256), ""
    yield f"{{{_DC}}}identifier", f"{release.document_id}.{release.lang}", ""
    for lang, title in own.items():
        yield f"{{{_DC}}}title", title, lang
    for lang in own:
        yield f"{{{_DC}}}creator", release.issuer.get(lang, ""), lang
    yield f"{{{_DC}}}language", release.lang, ""
    yield f"{{{_DC}}}type", "Text", ""
    yield f"{{{_DC}}}date", release.date, ""
    for topic in release.topics:
        yield f"{{{_DC}}}subject", topic, ""
    if release.lang != release.source_lang and release.source_sha256:
        yield f"{{{_DC}}}source", urn(release.source_sha256), ""
        yield f"{{{_TERMS}}}isVersionOf", urn(release.source_sha256), ""
    if release.units:
        yield f"{{{_DC}}}description", f"{release.reviewed} of {release.units} sentences reviewed", "en"
    yield f"{{{_DC}}}description", "Draft, not released" if release.is_draft else "", "en"


def _plain(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return "".join(
        character
        for character in text
        if character in "\t\n" or (ord(character) >= 32 and not 0xD800 <= ord(character) <= 0xDFFF)
    )
