"""An Atom or RSS feed → its entries, by feedparser, in a process of its own: feeds are the wildest of files."""

import html
import io
import json
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

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


@dataclass(frozen=True, slots=True)
class FeedContent:
    """The first entries of a feed; how many of them have no address on the web, and how many are `beyond` them."""

    entries: tuple[FeedEntry, ...]
    unaddressed: int
    beyond: int


def read(content: bytes, address: str, charset: str = "") -> FeedContent:
    """Return what is in a feed that lies at an address.

    `charset` is what its server says of it, which counts where the feed is not in UTF-8.

    Raises InboxError when it is no feed, or cannot be read within limits of time and memory.
    """
    if len(content) > MOST_BYTES:
        raise InboxError(f"{address}: larger than {MOST_BYTES:,} bytes, which no feed should be")
    status, answer = forking.apart(lambda: (0, _parsed(content, address, charset)))
    try:
        said: Any = strictjson.read(answer, _MOST_READ) if not status else None
    except ValueError:
        said = None
    if not isinstance(said, list):
        raise InboxError(f"{address}: not a feed that can be read; look at it in a browser")
    entries, looked_at, all_of_them = said
    return FeedContent(tuple(FeedEntry(*entry) for entry in entries), looked_at - len(entries), all_of_them - looked_at)


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
    first = feed.entries[:MOST_ENTRIES]
    entries = [list(entry) for entry in _entries(first, address)]
    return json.dumps([entries, len(first), len(feed.entries)], ensure_ascii=True).encode()


def _kind(content: bytes, charset: str) -> str:
    """Return the type of a feed as a header; without one, feedparser would take what states no encoding for Latin-1."""
    try:
        content.decode()
        charset = "utf-8"
    except UnicodeDecodeError:
        pass
    return f"application/xml; charset={charset}" if charset.isascii() and charset else "application/xml"


def _entries(entries: list[Any], feed: str) -> Iterator[tuple[str, str, str, str]]:
    for entry in entries:
        if address := _address(str(entry.get("link") or "").strip().replace(" ", "%20"), feed):
            yield address, _plain(str(entry.get("title") or "")), _day(entry), _page(entry)


def _address(link: str, feed: str) -> str:
    """Return the address of an entry, a whole one with a host and a port that can be; empty for any other.

    Where a site has moved to https, its old links have not: those of the feed's own server lead there, too.
    """
    try:
        parts = urlsplit(link)
        is_whole = bool(parts.scheme in ("http", "https") and parts.hostname) and parts.port != 0
        if not is_whole or not link.isprintable():
            return ""
        is_own = _server(parts) == _server(urlsplit(feed))
    except ValueError:
        return ""
    return urlunsplit(parts._replace(scheme="https")) if is_own and parts.scheme == "http" else link


def _server(parts: SplitResult) -> tuple[str, int]:
    return (parts.hostname or "").removeprefix("www."), parts.port or 443


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
