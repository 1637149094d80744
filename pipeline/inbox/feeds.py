"""An Atom or RSS feed → its entries, by feedparser, in a process of its own: feeds are the wildest of files."""

import html
import io
import json
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pipeline import forking, strictjson
from pipeline.errors import InboxError
from pipeline.inbox.received import one_line

MOST_BYTES = 10_000_000
"""Of a feed, and of a page."""

MOST_ENTRIES = 200
_SECONDS, _MEMORY = 10, 2**30
_MOST_READ = 50_000_000
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of one text: where it is, its title, its day (ISO 8601), and its text as a page."""

    address: str
    title: str
    date: str
    page: str


def read(content: bytes, address: str, charset: str = "") -> tuple[FeedEntry, ...]:
    """Return the entries of a feed that lies at an address, the first of them; those without an address are left out.

    `charset` is what its server says of it, which counts where the feed is not in UTF-8.

    Raises InboxError when it is no feed, or cannot be read within limits of time and memory.
    """
    if len(content) > MOST_BYTES:
        raise InboxError(f"{address}: larger than {MOST_BYTES:,} bytes, which no feed should be")
    status, answer = forking.apart(lambda: (0, _parsed(content, address, charset)))
    try:
        entries: Any = strictjson.read(answer, _MOST_READ) if not status else None
    except ValueError:
        entries = None
    if not isinstance(entries, list):
        raise InboxError(f"{address}: not a feed that can be read; look at it in a browser")
    return tuple(FeedEntry(*entry) for entry in entries)


def _parsed(content: bytes, address: str, charset: str) -> bytes:
    """Return the entries as JSON; null when there is nothing of a feed in it."""
    import feedparser

    forking.limit(resource.RLIMIT_CPU, _SECONDS)
    forking.limit(resource.RLIMIT_DATA, _MEMORY)
    # Bytes alone would be taken for the name of a file.
    said = {"content-location": address, "content-type": _kind(content, charset)}
    feed = feedparser.parse(io.BytesIO(content), response_headers=said)
    if not feed.version and not feed.entries:
        return b"null"
    return json.dumps([list(entry) for entry in _entries(feed.entries)], ensure_ascii=True).encode()


def _kind(content: bytes, charset: str) -> str:
    """Return the type of a feed as a header; without one, feedparser would take what states no encoding for Latin-1."""
    try:
        content.decode()
        charset = "utf-8"
    except UnicodeDecodeError:
        pass
    return f"application/xml; charset={charset}" if charset.isascii() and charset else "application/xml"


def _entries(entries: list[Any]) -> Iterator[tuple[str, str, str, str]]:
    for entry in entries[:MOST_ENTRIES]:
        address = str(entry.get("link") or "")
        if _is_https(address):
            yield address, _plain(str(entry.get("title") or "")), _day(entry), _page(entry)


def _is_https(address: str) -> bool:
    """Whether an address is a whole one, with a host, and a port that can be."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.scheme == "https" and parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_whole and address.isprintable() and " " not in address


def _plain(text: str) -> str:
    """Return a title as one line of what can be printed."""
    return one_line(html.unescape(_TAG.sub(" ", text)))


def _day(entry: Any) -> str:
    moments = (entry[name] for name in ("published_parsed", "updated_parsed") if name in entry)
    moment = next(filter(None, moments), None)  # «yesterday» is none
    return f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}" if moment and 1900 <= moment[0] <= 2999 else ""


def _page(entry: Any) -> str:
    """Return the text of an entry as a page: all of it if the feed has it, or what sums it up."""
    texts = [one for one in entry.get("content") or () if one.get("value")] or [entry.get("summary_detail") or {}]
    text, kind = str(texts[0].get("value") or ""), str(texts[0].get("type") or "")
    return f"<p>{html.escape(text)}</p>" if kind == "text/plain" else text
