"""An e-mail → the documents in it: its text, and what is attached."""

import codecs
import email
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from pathlib import PurePath
from typing import Any, cast

from pipeline.errors import InboxError
from pipeline.inbox import replies
from pipeline.inbox.received import Received, one_line

MOST_BYTES = 50_000_000
MOST_LINES = 1_000_000
"""Of an e-mail: what is attached to one of `MOST_BYTES` has 700,000; a line is taken apart again and again."""
MOST_PARTS, MOST_LEVELS = 200, 10
_MOST_OF_FIELD = 1000
"""So many characters of a field are read: the parser of the standard library takes minutes for long ones."""

_ANSWERS = re.compile(r"\s*+(?:re?|aw|sv|ynt|antw|پاسخ|رد)\s*+:", re.IGNORECASE)
_PASSED_ON = re.compile(r"\s*+(?:fwd?|wg|tr|vb|rv|i|ilt|i̇lt)\s*+:", re.IGNORECASE)
_SLASHES = re.compile(r"[/\\]+")
_TAG = re.compile(r"<[^<>]*>|\s+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FEWEST, _SHARE = 5, 0.2
"""Words, and their share of all, that are missing where a text and a page do not say the same."""
_MOST_OF_A_STUB = 30
"""Words of a text that only says to look at the page."""
_BESIDE = "a text or page beside its own that says something else, which is in the message that is kept"
_UNSHOWN = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, MessageError)
"""What the parser of the standard library raises for fields that are none."""

_NO_ENCODINGS = ("punycode", "idna", "unicode_escape", "raw_unicode_escape")
"""What Python calls encodings and no text is in: of names, whose time grows with the square, and of programs."""


class _Policy(EmailPolicy):
    """Reads the beginning of each field, and takes one that cannot be read as empty."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        try:
            return cast(str, super().header_fetch_parse(name, value[:_MOST_OF_FIELD]))
        except _FAULTS:
            return ""


@dataclass(slots=True)
class MailContent:
    """The documents of an e-mail, its text first; `left_out` says what came with it and is none."""

    documents: list[Received] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read(content: bytes, is_document: Callable[[str], bool]) -> MailContent:
    """Return what is in an e-mail; `is_document` tells of a file's name whether such files are read.

    Raises InboxError when it is too large, or has too many lines or parts.
    """
    if len(content) > MOST_BYTES:
        raise InboxError(f"an e-mail of more than {MOST_BYTES:,} bytes; save what is attached, and add that")
    if content.count(b"\r") + content.count(b"\n") - content.count(b"\r\n") > MOST_LINES:
        raise InboxError(
            f"an e-mail of more than {MOST_LINES:,} lines; save its text or what is attached, and add that"
        )
    parts: list[EmailMessage] = []

    def part(policy: Any = None) -> EmailMessage:
        _require_few(len(parts))
        parts.append(EmailMessage(policy))
        return parts[-1]

    try:
        policy: Any = _Policy(message_factory=part)
        return _read(email.message_from_bytes(content, policy=policy), is_document)
    except RecursionError:
        raise InboxError("an e-mail with parts in parts without end; save its text, and add that") from None


def _read(message: EmailMessage, is_document: Callable[[str], bool]) -> MailContent:
    found = MailContent()
    subject, day, sender = one_line(replies.unanswered(_field(message, "Subject"))), _day(message), _sender(message)
    plain: list[str] = []
    pages: list[str] = []
    for part in _parts(message, 0):
        name = _name(part)
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not name:
            (plain if kind == "text/plain" else pages).append(_text(part))
        elif name and is_document(name):
            found.documents.append(Received(name, _bytes(part), date=day, address=sender))
        elif name or not kind.startswith("image/"):
            found.left_out.append(f"{name or kind}: not in a format that is read")
    left_out = {".txt": list[str](), ".html": list[str]()}
    stated = _field(message, "Subject")
    plain = [_own_words(text, stated, left_out[".txt"]) for text in plain]
    pages = [_own_page(page, stated, left_out[".html"]) for page in pages]
    if text := _body(plain, pages):
        suffix, content = text
        found.left_out += dict.fromkeys(left_out[suffix])
        others, fewest = (plain, _MOST_OF_A_STUB) if suffix == ".html" else (pages, _FEWEST)
        found.left_out += [_BESIDE] if _say_more(others, content, fewest) else []
        found.documents.insert(
            0, Received(f"{_SLASHES.sub(' ', subject).strip() or 'e-mail'}{suffix}", content, subject, day, sender)
        )
    return found


def _require_few(parts: int) -> None:
    if parts > MOST_PARTS:
        raise InboxError(f"an e-mail of more than {MOST_PARTS} parts; save what is attached, and add that")


def _parts(message: EmailMessage, level: int) -> Iterator[EmailMessage]:
    """Yield the parts that have content, of messages within the message too."""
    if level > MOST_LEVELS:
        raise InboxError(f"an e-mail with more than {MOST_LEVELS} parts in each other; save its text, and add that")
    if not message.is_multipart():
        yield message
        return
    for part in message.iter_parts() if message.get_content_maintype() == "multipart" else message.get_payload():
        yield from _parts(cast(EmailMessage, part), level + 1)


def _body(plain: list[str], pages: list[str]) -> tuple[str, bytes] | None:
    """Return the text of an e-mail, with the ending of its format: as a page where the plain one is a stub."""
    text, page = "\n\n".join(filter(str.strip, plain)), "\n".join(filter(str.strip, pages))
    if page and len("".join(text.split())) * 2 < _shown(page):
        return ".html", f'<meta charset="utf-8">{page}'.encode("utf-8", "replace")
    return (".txt", text.encode("utf-8", "replace")) if text else None


def _say_more(others: list[str], taken: bytes, fewest: int) -> bool:
    """Whether much of what is left out is not in what is taken: it is no other form of the same."""
    known = set(_WORD.findall(_plain(taken.decode("utf-8"))))
    words = {word for other in others for word in _WORD.findall(_plain(other))}
    missing = len(words - known)
    return missing >= fewest and missing > _SHARE * len(words)


def _own_words(text: str, subject: str, left_out: list[str]) -> str:
    """Return a text without the signatures in it and the message it answers; add to what is left out."""
    lines = text.splitlines()
    signed = _signature(lines)
    answered = min(_answered(lines[:signed]), _head(lines[:signed], subject))
    own = _signature(lines[:answered]) if answered < signed else signed
    if signed < len(lines) or own < answered:
        left_out.append(replies.SIGNATURE)
    if answered < signed:
        left_out.append(replies.ANSWERED)
    return text if own == len(lines) else "\n".join(lines[:own]).rstrip() + "\n"


def _own_page(page: str, subject: str, left_out: list[str]) -> str:
    """Return a page without the signature and the message it answers; as it is when it passes a message on."""
    if _PASSED_ON.match(subject):
        return page
    own, told = replies.own_words(page, subject if _ANSWERS.match(subject) else "")
    left_out += told
    return own


LONGEST_SIGNATURE = 12
"""Lines below «-- »; what is longer is a text."""
_SIGNS = ("-- ", "_" * 47)


def _signature(lines: list[str]) -> int:
    """Return the line at which a signature begins, that of a mailing list too; or how many there are.

    It is one of «-- », or the rule that Mailman draws, with a few below it.
    """
    marks = [at for at, line in enumerate(lines) if at and line in _SIGNS and len(lines) - at <= LONGEST_SIGNATURE]
    return marks[-1] if marks else len(lines)


def _answered(lines: list[str]) -> int:
    """Return the line at which a message begins that others answer above it, or how many there are.

    It is quoted to the end, and a line or two before it name its day or who wrote it: «On 3 May, Kari wrote:».
    """
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith(">")):
        end -= 1
    if any(line.startswith(">") for line in lines[end:]):
        for at in (end - 1, end - 2):
            told = " ".join(lines[max(0, at) : end]).rstrip()
            if at > 0 and told.endswith(":") and _ATTRIBUTION.search(told):
                return at
    return len(lines)


_ATTRIBUTION = re.compile(r"@|\d")


def _head(lines: list[str], subject: str) -> int:
    """Return the line at which a message begins that is answered above it and is not quoted; or how many there are.

    It begins as Outlook sets it: with its fields in whatever language, a line each, its subject among them.
    """
    if not _ANSWERS.match(subject):
        return len(lines)
    for at, line in enumerate(lines):
        begins = at and line.strip() and (not lines[at - 1].strip() or replies.RULE.match(line))
        if begins and replies.is_head(lines[at : at + replies.LONGEST_HEAD], subject):
            return at if any(map(str.strip, lines[:at])) else len(lines)
    return len(lines)


def _shown(page: str) -> int:
    """Return about how many characters of a page are shown."""
    return len("".join(_plain(page).split()))


def _plain(page: str) -> str:
    """Return about what a page shows; a text as it is."""
    first, *others = _UNSHOWN.split(page)
    return unescape(
        " ".join(_TAG.sub(" ", piece) for piece in (first, *(other.partition("</")[2] for other in others)))
    )


def _text(part: EmailMessage) -> str:
    """Return the text of a part, in what it says it is encoded, in UTF-8, or in windows-1256."""
    content = _bytes(part)
    for encoding in (part.get_content_charset() or "utf-8", "utf-8", "windows-1256"):
        try:
            if codecs.lookup(encoding).name.replace("-", "_") in _NO_ENCODINGS:
                continue
            text = content.decode(encoding)
        except _FAULTS:
            continue
        return _unflowed(text) if part.get_param("format") == "flowed" else text
    return content.decode("latin-1")


def _unflowed(text: str) -> str:
    """Return a text with its lines joined that were broken on the way (RFC 3676)."""
    pieces: list[str] = []
    before = ""
    for line in text.splitlines():
        goes_on = before.endswith(" ") and not before.startswith(">") and before != "-- "
        is_joined = goes_on and line != "-- " and not line.startswith((">", " "))
        pieces += [line] if is_joined or not pieces else ["\n", line]
        before = line
    return "".join(pieces)


def _bytes(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _FAULTS:
        content = None
    return content if isinstance(content, bytes) else b""


def _name(part: EmailMessage) -> str:
    """Return the name of an attached file, without folders; empty when it has none."""
    try:
        return one_line(PurePath((part.get_filename() or "").replace("\\", "/")).name)
    except _FAULTS:
        return ""


def _field(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except _FAULTS:
        return ""


def _sender(message: EmailMessage) -> str:
    return one_line(parseaddr(_field(message, "From"))[1])


def _day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_field(message, "Date")).date().isoformat()
    except _FAULTS:
        return ""
