"""What is new in a language, as feed readers read it: Atom (RFC 4287) and JSON Feed 1.1, with whole texts.

A withdrawn text is in them as its notice, so that it gives way to that in readers, too. Without an address of the
section, links in them are relative to its folder.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from pipeline.publication import PlannedFile, Published, Publisher, Standing, addresses
from pipeline.publication.site import views
from pipeline.publication.site.theme import clean
from pipeline.text.printable import safe

MOST = 20
"""Texts in a feed, those published last."""

ATOM = "http://www.w3.org/2005/Atom"


def files(texts: Sequence[Published], publisher: Publisher, lang: str) -> Iterator[PlannedFile]:
    """Yield the feeds of a language."""
    newest = sorted(sorted(texts, key=lambda one: one.document_id), key=lambda one: one.published, reverse=True)[:MOST]
    made_of = sha256("\n".join(one.stamp for one in newest).encode()).hexdigest()
    yield PlannedFile(f"feeds/{lang}.xml", made_of, partial(atom, newest, publisher, lang))
    yield PlannedFile(f"feeds/{lang}.json", made_of, partial(json_feed, newest, publisher, lang))


def identity(published: Published) -> str:
    """Return the name of a text that no change of it changes, nor of where the section stands."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:x-pipeline:{published.document_id}:{published.lang}").urn


def _address(path: str, publisher: Publisher) -> str:
    """Return an address, or a link from a feed."""
    return addresses.on_the_web(path, publisher) or f"../{quote(path)}"


def _title(publisher: Publisher, lang: str) -> str:
    language = publisher.language(lang)
    return f"{safe(publisher.name) or language.publication.texts} ({views.own_name(language)})"


def _html(published: Published, publisher: Publisher) -> str:
    """Return a text as it may stand on the page of a feed reader, or the notice that it is withdrawn."""
    said = "".join(str(Markup("<p><strong>{}</strong></p>").format(one)) for one in views.notices(published, publisher))
    if published.standing is Standing.WITHDRAWN:
        return said
    return said + str(views.article_html([published.text], published, publisher))


def _day(published: Published) -> str:
    """Return a day as a time; the feed changes with the text alone."""
    return f"{published.published or '1970-01-01'}T00:00:00Z"


def atom(texts: Sequence[Published], publisher: Publisher, lang: str) -> bytes:
    """Return the feed of texts in Atom."""
    path = f"feeds/{lang}.xml"
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": lang, "xml:base": _address("index.html", publisher)})
    if not publisher.address:
        del feed.attrib["xml:base"]
    _add(feed, "title", _title(publisher, lang))
    _add(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, f"urn:x-pipeline:{publisher.address}{path}").urn)
    _add(feed, "updated", max(map(_day, texts), default="1970-01-01T00:00:00Z"))
    SubElement(feed, "link", {"rel": "self", "href": _address(path, publisher), "type": "application/atom+xml"})
    home = _address(addresses.home(lang), publisher)
    SubElement(feed, "link", {"rel": "alternate", "href": home, "hreflang": lang, "type": "text/html"})
    _add(SubElement(feed, "author"), "name", safe(publisher.name) or _title(publisher, lang))
    for one in texts:
        _add_entry(feed, one, publisher)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{clean(tostring(feed, "unicode"))}\n'.encode()


def _add_entry(feed: Element, one: Published, publisher: Publisher) -> None:
    entry = SubElement(feed, "entry", {"xml:lang": one.lang})
    _add(entry, "title", views.title(one))
    _add(entry, "id", identity(one))
    _add(entry, "updated", _day(one))
    SubElement(
        entry, "link", {"rel": "alternate", "href": _address(addresses.page(one), publisher), "type": "text/html"}
    )
    if one.issuer:
        _add(SubElement(entry, "author"), "name", safe(one.issuer))
    for topic in one.topics:
        SubElement(entry, "category", {"term": safe(topic), "label": safe(publisher.topics.get(topic) or topic)})
    if summary := views.description(one):
        _add(entry, "summary", summary)
    base = {"xml:base": _address(addresses.page(one), publisher)} if one.pictures else {}
    _add(entry, "content", _html(one, publisher), {"type": "html", **base})


def _add(parent: Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(parent, name, attributes or {}).text = text


def json_feed(texts: Sequence[Published], publisher: Publisher, lang: str) -> bytes:
    """Return the feed of texts as a JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(publisher, lang),
        "language": lang,
        "home_page_url": _address(addresses.home(lang), publisher),
        "feed_url": _address(f"feeds/{lang}.json", publisher),
        "authors": [{"name": safe(publisher.name)}] if publisher.name else [],
        "items": [_item(one, publisher) for one in texts],
    }
    return f"{clean(json.dumps(feed, ensure_ascii=False, indent=1))}\n".encode()


def _item(one: Published, publisher: Publisher) -> dict[str, object]:
    item = {
        "id": identity(one),
        "url": _address(addresses.page(one), publisher),
        "title": views.title(one),
        "language": one.lang,
        "content_html": _html(one, publisher),
        "summary": views.description(one),
        "date_published": _day(one) if one.published else "",
        "authors": [{"name": safe(one.issuer)}] if one.issuer else [],
        "tags": [safe(publisher.topics.get(topic) or topic) for topic in one.topics],
    }
    return {name: value for name, value in item.items() if value}
