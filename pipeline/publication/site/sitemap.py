"""The site map, for search engines: one file for each language, with every page in its other languages.

There is none where nobody knows where the section stands: a site map has full addresses alone (sitemaps.org).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.publication import PlannedFile, Published, Publisher, Standing, addresses

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def files(
    texts: Sequence[Published], documents: Mapping[str, Sequence[Published]], publisher: Publisher, lang: str
) -> Iterator[PlannedFile]:
    """Yield the site map of the texts of a language; `documents` are all texts of each."""
    if publisher.address:
        versions = [[other.lang for other in _shown(documents[one.document_id])] for one in texts]
        made_of = "\n".join(f"{one.stamp} {' '.join(langs)}" for one, langs in zip(texts, versions, strict=True))
        digest = sha256(made_of.encode()).hexdigest()
        yield PlannedFile(f"sitemaps/{lang}.xml", digest, partial(_map, texts, documents, publisher, lang))


def _shown(versions: Sequence[Published]) -> list[Published]:
    return [one for one in versions if one.standing is not Standing.WITHDRAWN]


def _map(
    texts: Sequence[Published], documents: Mapping[str, Sequence[Published]], publisher: Publisher, lang: str
) -> bytes:
    root = Element("urlset", {"xmlns": _SPACE, "xmlns:xhtml": _XHTML})
    _add(root, "url", addresses.on_the_web(addresses.home(lang), publisher))
    for one in texts:
        url = _add(root, "url", addresses.on_the_web(addresses.page(one), publisher), one.published)
        for other in _shown(documents[one.document_id]):
            href = addresses.on_the_web(addresses.page(other), publisher)
            SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": other.lang, "href": href})
    return _written(root)


def index(langs: Sequence[str], texts: Sequence[Published], publisher: Publisher) -> Iterator[PlannedFile]:
    """Yield the site map of all languages, which names theirs."""
    if publisher.address:
        days = {lang: max((one.published for one in texts if one.lang == lang), default="") for lang in langs}
        yield PlannedFile("sitemap.xml", repr(days), partial(_index, days, publisher))


def _index(days: Mapping[str, str], publisher: Publisher) -> bytes:
    root = Element("sitemapindex", {"xmlns": _SPACE})
    for lang, day in days.items():
        _add(root, "sitemap", addresses.on_the_web(f"sitemaps/{lang}.xml", publisher), day)
    return _written(root)


def _add(root: Element, name: str, address: str, day: str = "") -> Element:
    made = SubElement(root, name)
    SubElement(made, "loc").text = address
    if day:
        SubElement(made, "lastmod").text = day
    return made


def _written(root: Element) -> bytes:
    content: bytes = tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"
