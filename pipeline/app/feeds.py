"""The feeds of partners → the inbox, over https, when somebody asks for it."""

import json
import re
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from pipeline.app import inbox, partners
from pipeline.app.inbox import Taken
from pipeline.app.session import Session, chosen
from pipeline.distribution.partners import FILE_NAME, Feed
from pipeline.errors import InboxError, PipelineError, UsageError
from pipeline.inbox import feeds
from pipeline.inbox.feeds import FeedContent, FeedEntry
from pipeline.inbox.received import Received
from pipeline.model import Permission
from pipeline.translate import servers
from pipeline.workspace import storage

RECORD = "feeds.json"
"""In the inbox: what each server said of its feed, and of which, to be asked whether there is anything new."""

SECONDS = 60
"""In which a feed, or a page, must have come."""

MOST_SECONDS = 300
"""In which the pages of a feed are asked for: a server that hangs at each would hold the workspace for hours."""

MOST_AT_ONCE = 50
"""New texts of one feed."""


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What came, what the server said of it for the next time, and in which encoding it says it is."""

    content: bytes
    said: dict[str, str]
    charset: str = ""


def fetch(session: Session, asked: Sequence[str] | None = None) -> list[Taken]:
    """Take what is new in feeds into the inbox; a feed that cannot be read is a fault.

    Raises UsageError when there are no feeds, none of a name, or nothing may be fetched.
    """
    known = {feed.id: feed for feed in partners.feeds(session)}
    if not known:
        raise UsageError(f'{FILE_NAME}: no feeds yet; write: [feeds.oslo] and below it address = "https://…"')
    if session.config.offline:
        raise UsageError("pipeline.toml: offline = true; nothing is fetched")
    names = chosen(list(known), asked, "feed")
    with session.locked():
        box = inbox.Inbox(session)
        said = storage.read_record(box.folder / RECORD)
        new = dict(said)
        for name in session.progress(names, "Fetching", len(names)):
            with session.guarded():
                try:
                    new |= _fetch(session, box, known[name], said.get(name))
                except InboxError as error:
                    raise InboxError(_without_address(str(error), known[name])) from None
        box.keep()
        if new != said and not session.dry_run:
            storage.write(box.folder / RECORD, json.dumps(new, sort_keys=True).encode())
    return box.outcomes


def _fetch(session: Session, box: inbox.Inbox, feed: Feed, said: object) -> dict[str, Any]:
    """Take what is new in a feed; return what its server said of it."""
    known = {key: value for key, value in said.items() if isinstance(value, str)} if isinstance(said, dict) else {}
    if known.get("feed") != feed.address:  # what one server said is nothing to another, which has other texts
        known = {}
    fetched = _get(feed.address, _conditions(known))
    if fetched is None:
        return {}
    there = {item.address for item in box.items if item.partner == feed.id}  # others may name whatever they like
    found = feeds.read(fetched.content, feed.address, fetched.charset)
    for told in _left_out(found):
        session.say(f"{feed.id}: {told}")
    new = [entry for entry in found.entries if entry.address not in there]
    full, end = len(box.items) + MOST_AT_ONCE, time.monotonic() + MOST_SECONDS
    missing = False
    for number, entry in enumerate(new):
        # What is here under another address, or cannot be read, must not stand before the rest for ever.
        if len(box.items) == full:
            session.say(f"{feed.id}: {len(new) - number} more are new; type this again")
            return {}
        is_late = time.monotonic() > end
        if is_late:
            session.say_once(f"{feed.id}: its pages take too long; of the rest, what the feed has is taken")
        page, before = None if is_late else _page(session, feed, entry), len(box.outcomes)
        box.take([page or _own(entry)], feed.id, _permission(feed, entry))
        missing |= page is None and len(box.outcomes) == before
    # Of a page that could not be had, in whose place the feed has nothing, the server would say “nothing new”.
    return {} if missing else {feed.id: {**fetched.said, "feed": feed.address}}


def _left_out(found: FeedContent) -> Iterator[str]:
    if found.unaddressed:
        yield f"texts left out that have no address on the web: {found.unaddressed:,}; ask for them by e-mail"
    if found.beyond:
        yield f"texts left out that stand behind the first {feeds.MOST_ENTRIES}: {found.beyond:,}"


def _permission(feed: Feed, entry: FeedEntry) -> Permission:
    """Return whether a text of a feed may be published again: of what it points to elsewhere nobody has said so."""
    return Permission.GRANTED if feed.permitted and _is_own(feed, entry) else Permission.UNKNOWN


def _is_own(feed: Feed, entry: FeedEntry) -> bool:
    """Whether a text lies on the server of its feed."""
    return servers.host(entry.address) == servers.host(feed.address)


def _without_address(text: str, feed: Feed, page: str = "") -> str:
    """Return a message with a partner's server called as the feed is: whose it is, is shown nowhere.

    Nor is what an address says of who reads: that of the feed may be our own, and a `page` be asked for with a token.
    """
    text = text.replace(page, re.split("[?#]", page, maxsplit=1)[0]) if page else text  # it may begin like the feed's
    text = text.replace(feed.address, feed.id)
    server = urlsplit(feed.address).netloc.rpartition("@")[2]
    for told in filter(None, (server, server.removeprefix("www."), urlsplit(feed.address).hostname)):
        text = text.replace(f"https://{told}", feed.id).replace(told, feed.id)
    return _ADDRESS.sub("another address", text)


_ADDRESS = re.compile(r"https?://\S*[^\s,;)]", re.IGNORECASE)
"""To which a partner's server sends on: most often another of theirs."""


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    fields = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {field: known[name] for name, field in fields.items() if name in known and known[name].isprintable()}


def _own(entry: FeedEntry) -> Received:
    """Return what the feed itself has of a text."""
    return _named(entry, b'<meta charset="utf-8">' + entry.page.encode("utf-8", "replace"))


def _page(session: Session, feed: Feed, entry: FeedEntry) -> Received | None:
    """Return a text of a feed: its page, if on the feed's own server, or else what the feed has of it.

    None where the page could not be had.
    """
    own = _own(entry)
    if not (_is_own(feed, entry) and entry.address.startswith("https:")):
        return own
    try:
        fetched = _get(entry.address, {})
        return _fuller(session, own, _named(entry, _stating(fetched.content, fetched.charset))) if fetched else own
    except PipelineError as error:
        session.say(f"{_without_address(str(error), feed, entry.address)}; what the feed has of it is taken")
        return None if isinstance(error, InboxError) else own


def _named(entry: FeedEntry, content: bytes) -> Received:
    return Received(f"{entry.title or 'text'}.html", content, entry.title, entry.date, entry.address)


def _stating(page: bytes, charset: str) -> bytes:
    """Return a page that says itself in which encoding it is, where only its server did."""
    says = re.search(rb"<meta[^<>]{0,300}?charset|<\?xml", page[:1024], re.IGNORECASE)
    if says or not re.fullmatch(r"[\w:.-]{1,40}", charset, re.ASCII):
        return page
    return f'<meta charset="{charset}">'.encode() + page


def _fuller(session: Session, own: Received, page: Received) -> Received:
    """Return the page of a text, or what the feed has where that is much more: «please log in» is no statement.

    Raises DocumentError when the page is none that can be read, as a PDF.
    """
    read = inbox.length(session, page)
    try:
        return own if inbox.length(session, own) > MUCH_MORE * read else page
    except PipelineError:
        return page


READER = "Mozilla/5.0 (compatible)"
"""As whom a server is asked: the name of this program would tell its logs whose address it is that reads."""

MUCH_MORE = 1.5
"""How many times as long as its page the text of a feed is, if it is taken instead."""


def _get(address: str, conditions: Mapping[str, str]) -> _Fetched | None:
    """Return what lies at an address; None when nothing has changed.

    Raises InboxError when it cannot be had, or is on another server: nobody agreed to be seen there.
    """
    try:
        with servers.download(address, {"User-Agent": READER, **conditions}, servers.host(address)) as answer:
            fields = {name: answer.headers.get(name, "")[:500] for name in ("etag", "last-modified")}
            content, charset = _unpacked(b"".join(_chunks(answer)), answer), answer.headers.get_content_charset() or ""
    except HTTPError as error:
        if error.code == HTTPStatus.NOT_MODIFIED:
            return None
        raise InboxError(f"{address}: the server answers {error.code} {error.reason}; try again later") from None
    except (OSError, ValueError, HTTPException) as error:
        raise InboxError(f"{address}: cannot be fetched ({error}); try again later") from None
    return _Fetched(content, {name: value for name, value in fields.items() if value}, charset)


def _chunks(answer: Any) -> Iterator[bytes]:
    end, count = time.monotonic() + SECONDS, 0
    for chunk in servers.chunks(answer):
        count += len(chunk)
        if count > feeds.MOST_BYTES:
            raise OSError(f"more than {feeds.MOST_BYTES:,} bytes")
        if time.monotonic() > end:
            raise OSError(f"not here within {SECONDS} seconds")
        yield chunk
    if answer.length:
        raise OSError(f"broken off after {count:,} bytes of {count + answer.length:,}")


def _unpacked(content: bytes, answer: Any) -> bytes:
    """Return what a server packed without being asked to; raise OSError when it is damaged, or too much."""
    if answer.headers.get("Content-Encoding", "").strip().lower() not in ("gzip", "x-gzip"):
        return content
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = packed.decompress(content, feeds.MOST_BYTES)
    except zlib.error as error:
        raise OSError(f"packed, and damaged: {error}") from None
    if packed.unconsumed_tail:
        raise OSError(f"more than {feeds.MOST_BYTES:,} bytes")
    if not packed.eof:
        raise OSError("packed, and broken off")
    return content
