"""An e-mail → the documents in it: its text, and what is attached."""

import email
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from pathlib import PurePath
from typing import Any, cast

from pipeline import bounded
from pipeline.document.formats import _encoding, _page
from pipeline.errors import InboxError
from pipeline.inbox import answered as answering
from pipeline.inbox import forwards, mailboxes, naming, packed, pgp, replies, subjects
from pipeline.inbox.received import Received, one_line

MOST_BYTES = 50_000_000
MOST_LINES = 1_000_000
"""Of an e-mail: what is attached to one of `MOST_BYTES` has 700,000; a line is taken apart again and again."""
MOST_PARTS, MOST_LEVELS = 200, 10
MOST_COMPARED = 50_000_000
"""Lines, each with the boundary of every part that it may stand in: so the parser looks for where these end."""
MOST_OF_FIELD = 1000
"""So many characters of a field are read: the parser of the standard library takes minutes for long ones."""

_BOUNDARY = re.compile(rb"boundary[*\s]*=|boundary\*", re.IGNORECASE)
_SLASHES = re.compile(r"[/\\]+")
_TAG = re.compile(r"<[^<>]*>|\s+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PIECE = re.compile(
    r"</?(?:p|div|br|tr|td|th|li|ul|ol|table|blockquote|h[1-6])\b[^<>]*>|\n\s*\n|[.!?؟]\s", re.IGNORECASE
)
"""What stands between two sentences."""
_FEWEST, _SHARE = 5, 0.2
"""Words, and their share of all, that are missing where a text and a page do not say the same."""
_FEWEST_APART = 3
"""Of a part that is said to be no other form of the rest."""
_MOST_OF_A_STUB = 30
"""Words of a text that only says to look at the page."""
_BESIDE = "a text or page beside its own that says something else, which is in the message that is kept"
_STAYS = "quoted lines (>) stay in its text; they may be of another message, and name who wrote it"
_LONG_SIGNED = "what stands below «-- » stays in its text, as no signature is so long; it may name who wrote it"
_MAY_ANSWER = "it answers another message, whose words may stand in its text; read it before it goes to others"
_CITED = re.compile(r"<blockquote\b[^<>]{0,200}\b(?:type=[\"']?cite|class=[\"']gmail_quote)", re.IGNORECASE)
_UNSHOWN = re.compile(r"<(?:script|style)\b", re.IGNORECASE)


class _Policy(EmailPolicy):
    """Reads the beginning of each field, and takes one that cannot be read as empty."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        try:
            return cast(str, super().header_fetch_parse(name, value[:MOST_OF_FIELD]))
        except packed.FAULTS:
            return ""


@dataclass(slots=True)
class MailContent:
    """The documents of an e-mail, its text first; `left_out` says what came with it and is none.

    `guessed` says what it does not say itself, and a person should look at.
    """

    documents: list[Received] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)


def read(content: bytes, is_document: Callable[[str], bool]) -> MailContent:
    """Return what is in an e-mail; `is_document` tells of a file's name whether such files are read.

    Raises InboxError when it is too large, or has too many lines or parts.
    """
    if len(content) > MOST_BYTES:
        raise InboxError(f"an e-mail of more than {MOST_BYTES:,} bytes; save what is attached, and add that")
    lines = content.count(b"\r") + content.count(b"\n") - content.count(b"\r\n")
    if lines > MOST_LINES:
        raise InboxError(
            f"an e-mail of more than {MOST_LINES:,} lines; save its text or what is attached, and add that"
        )
    if lines * min(len(_BOUNDARY.findall(content)), MOST_PARTS) > MOST_COMPARED:
        raise InboxError(
            "an e-mail with too many lines in so many parts; save its text or what is attached, and add that"
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
    stated, day, sender = packed.field(message, "Subject"), _day(message), _sender(message)
    messages: dict[int, _MessageText] = {}
    alternatives = {id(part) for one in message.walk() if _offers(one) for part in one.walk()}
    for part, around in _parts(message, message, 0):
        its = messages.setdefault(
            id(around),
            _MessageText(
                packed.field(around, "Subject") or stated,
                naming.writers(around),
                is_reply=bool(packed.field(around, "In-Reply-To")),
            ),
        )
        name = _name(part)
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not name:
            (its.plain if kind == "text/plain" else its.pages).append(_text(part, found.guessed))
            its.is_apart |= id(part) not in alternatives
        elif name and is_document(name):
            content = _attached(part, name, its, found)
            found.documents.append(Received(name, content, date=day, address=sender))
        elif name or not kind.startswith("image/"):
            found.left_out.append(f"{name or kind}: not in a format that is read")
    texts: dict[str, list[_MessageText]] = {}
    for one in messages.values():
        suffix = one.choose()
        found.left_out += one.left_out
        if suffix == ".txt" and one.is_quoting:
            found.guessed.append(_STAYS)
        elif suffix and one.may_answer:
            found.guessed.append(_MAY_ANSWER)
        found.guessed += [_LONG_SIGNED] if suffix == ".txt" and one.is_signed else []
        if suffix:
            texts.setdefault(suffix, []).append(one)
    found.left_out = [*dict.fromkeys(found.left_out)]
    found.documents[:0] = (_document(suffix, those, day, sender) for suffix, those in texts.items())
    named = [one for its in messages.values() for one in its.writers] + mailboxes.writers(message)
    found.documents = [replace(one, writers=tuple(dict.fromkeys(named))) for one in found.documents]
    return found


def _attached(part: EmailMessage, name: str, its: "_MessageText", found: MailContent) -> bytes:
    """Return what a file holds; of a text or page its own words: Exchange makes files of such."""
    content, left_out = packed.unpacked(part), list[str]()
    suffix = PurePath(name.lower()).suffix
    if suffix == ".txt":
        text = _own_words(_text(part, []), its.subject, left_out)
    elif suffix in (".htm", ".html"):
        text = _own_page(_text(part, []), its.subject, left_out)
    else:
        return content
    found.left_out += [f"{name}: {one}" for one in left_out]
    if not left_out:
        return content
    return (text if suffix == ".txt" else f'<meta charset="utf-8">{text}').encode("utf-8", "replace")


@dataclass(slots=True)
class _MessageText:
    """What a message says as plain text, and as pages; what is `taken` of it, and what is left out.

    Its `subject` is its own, also where it came within another: that tells whether it answers, or passes on; and so are
    its `writers`, by their names and mailboxes.
    """

    subject: str
    writers: Sequence[str]
    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    taken: str = ""
    left_out: list[str] = field(default_factory=list)
    is_apart: bool = False
    """Whether some of it is no alternative to the rest, as it stands behind a file that is attached."""
    is_reply: bool = False
    """Whether its head says that it answers: who answers may change the subject."""

    @property
    def is_quoting(self) -> bool:
        """Whether lines of another message may stand in what is taken of one that passes nothing on."""
        return not subjects.is_passed_on(self.subject) and answering.quotes(self.taken.splitlines())

    @property
    def may_answer(self) -> bool:
        """Whether words of a message that it answers may stand in what is taken, as none were found, or some stay."""
        is_found = replies.ANSWERED in self.left_out
        is_reply = self.is_reply and not subjects.is_passed_on(self.subject)
        answers = subjects.is_answer(self.subject) or is_reply
        return (answers and not is_found) or bool(_CITED.search(self.taken))

    @property
    def is_signed(self) -> bool:
        """Whether a line stands in what is taken that programs draw above a signature."""
        return any(line in _SIGNS for line in self.taken.splitlines())

    def choose(self) -> str:
        """Take its text, or its page where the text is a stub; return the ending of that format, empty for neither."""
        left_out = {".txt": list[str](), ".html": list[str]()}
        self.plain = [_own_words(text, self.subject, left_out[".txt"]) for text in self.plain]
        self.pages = [_own_page(page, self.subject, left_out[".html"]) for page in self.pages]
        suffix, self.taken = _body(self.plain, self.pages)
        if suffix:
            others, fewest = (self.plain, _MOST_OF_A_STUB) if suffix == ".html" else (self.pages, _FEWEST)
            says_more = _say_more(others, self.taken, _FEWEST_APART if self.is_apart else fewest)
            self.left_out = left_out[suffix] + [_BESIDE] * says_more
        return suffix


def _offers(message: EmailMessage) -> bool:
    """Whether a message, or part of one, is there in several forms (RFC 2046, 5.1.4)."""
    return message.get_content_subtype() == "alternative"


def _document(suffix: str, messages: list[_MessageText], day: str, sender: str) -> Received:
    """Return as one document what messages within each other say in one format."""
    title = one_line(subjects.own(messages[0].subject))
    text = ("\n" if suffix == ".html" else "\n\n").join(one.taken for one in messages)
    content = f'<meta charset="utf-8">{text}' if suffix == ".html" else text
    name = f"{_SLASHES.sub(' ', title).strip() or 'e-mail'}{suffix}"
    return Received(name, content.encode("utf-8", "replace"), title, day, sender)


def _require_few(parts: int) -> None:
    if parts > MOST_PARTS:
        raise InboxError(f"an e-mail of more than {MOST_PARTS} parts; save what is attached, and add that")


def _parts(message: EmailMessage, around: EmailMessage, level: int) -> Iterator[tuple[EmailMessage, EmailMessage]]:
    """Yield the parts that have content, of messages within the message too, and the message that each belongs to."""
    if level > MOST_LEVELS:
        raise InboxError(f"an e-mail with more than {MOST_LEVELS} parts in each other; save its text, and add that")
    if not message.is_multipart():
        yield message, around
        return
    is_message = message.get_content_maintype() != "multipart"
    for part in message.get_payload() if is_message else message.iter_parts():
        inner = cast(EmailMessage, part)
        yield from _parts(inner, inner if is_message else around, level + 1)


def _body(plain: list[str], pages: list[str]) -> tuple[str, str]:
    """Return the text of a message, behind the ending of its format: as a page where the plain one is a stub."""
    text, page = "\n\n".join(filter(str.strip, plain)), "\n".join(filter(str.strip, pages))
    if page and len("".join(text.split())) * 2 < _shown(page):
        return ".html", page
    return (".txt", text) if text else ("", "")


def _say_more(others: list[str], taken: str, fewest: int) -> bool:
    """Whether much of one that is left out is not in what is taken: it is no other form of the same."""
    known = _words(taken)
    said = [(_SHARE, _words(other)) for other in others]
    said += [(0.5, _words(piece)) for other in others for piece in _PIECE.split(_without_programs(other))]
    return any(len(words - known) >= max(fewest, share * len(words)) for share, words in said)


def _own_words(text: str, subject: str, left_out: list[str]) -> str:
    """Return a text without the signatures in it and the message it answers; add to what is left out."""
    text = forwards.unquoted(text) if subjects.is_passed_on(subject) else text
    if (unsigned := pgp.without_signatures(text)) != text:
        text = unsigned
        left_out.append(pgp.SIGNATURE)
    lines, is_answer = text.splitlines(), subjects.is_answer(subject)
    signed = _signature(lines)
    answered = min(answering.begin(lines[:signed], is_answer=is_answer), _head(lines[:signed], subject))
    own = _signature(lines[: min(answered, signed)])  # above the footer of a list, too
    if signed < len(lines) or own < min(answered, signed):
        left_out.append(replies.SIGNATURE)
    if answered < signed:
        left_out.append(replies.ANSWERED)
    kept = text if own == len(lines) else "\n".join(lines[:own]).rstrip() + "\n"
    return _headless(kept, forwards.without_heads(kept, subject, is_passed_on=subjects.is_passed_on(subject)), left_out)


_LONG = 4_000
"""Characters of a page that is short enough to be looked at here, whatever it is made of."""


def _own_page(page: str, subject: str, left_out: list[str]) -> str:
    """Return a page without the signature and the message it answers; one it passes on stays, without its head."""
    is_passed_on = subjects.is_passed_on(subject)

    def work() -> tuple[str, list[str]]:
        answered = subject if subjects.is_answer(subject) else ""
        own, told = (page, list[str]()) if is_passed_on else replies.own_words(page, answered)
        own, others = forwards.own_page(own, subject, is_passed_on=is_passed_on)
        return own, told + others

    if len(page) < _LONG:
        own, told = work()
    else:
        _page.parsed("<p>.")  # so that what reads pages is loaded once, and not by each process
        own, told = bounded.read(work, tuple[str, list[str]], len(page), InboxError)
    left_out += told
    return own


def _headless(text: str, own: str, left_out: list[str]) -> str:
    if own != text:
        left_out.append(forwards.HEAD)
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


def _head(lines: list[str], subject: str) -> int:
    """Return the line at which a message begins that is answered above it and is not quoted; or how many there are.

    It begins as Outlook sets it: with its fields in whatever language, a line each, its subject among them.
    """
    if not subjects.is_answer(subject):
        return len(lines)
    for at, line in enumerate(lines):
        begins = at and line.strip() and (not lines[at - 1].strip() or replies.RULE.match(line))
        head = lines[at : at + replies.LONGEST_HEAD]
        is_other = replies.IN_ARROWS.fullmatch(line) or replies.is_bare_head(line, "".join(head[1:2]))
        if begins and (is_other or replies.is_head(head, subject)):
            return at if any(map(str.strip, lines[:at])) else len(lines)
    return len(lines)


def _shown(page: str) -> int:
    """Return about how many characters of a page are shown."""
    return len("".join(_plain(page).split()))


def _plain(page: str) -> str:
    """Return about what a page shows; a text as it is."""
    return unescape(_TAG.sub(" ", _without_programs(page)))


def _without_programs(page: str) -> str:
    first, *others = _UNSHOWN.split(page)
    return " ".join((first, *(other.partition("</")[2] for other in others)))


def _words(page: str) -> set[str]:
    return set(_WORD.findall(_plain(page)))


def _text(part: EmailMessage, guessed: list[str]) -> str:
    """Return the text of a part, in what it says it is encoded or looks like; add to what is `guessed`."""
    text, encoding = _encoding.stated(packed.unpacked(part), part.get_content_charset() or "")
    below = packed.packed_lines(part)[1]
    guessed += [f"lines below its text, which are not packed as it is, are left out: {len(below)}"] if below else []
    guessed += [f"its text is read as {encoding}, which it does not say; compare its letters"] if encoding else []
    is_joined_tightly = str(part.get_param("delsp") or "").lower() == "yes"
    return _unflowed(text, is_joined_tightly) if part.get_param("format") == "flowed" else text


def _unflowed(text: str, is_joined_tightly: bool) -> str:
    """Return a text with its lines joined that were broken on the way (RFC 3676), with the blank there or without.

    A blank before a line is none of its own: it keeps «From» from beginning it. An empty line parts paragraphs.
    """
    pieces: list[str] = []
    before = ""
    for line in text.splitlines():
        own = line.removeprefix(" ")
        goes_on = before.endswith(" ") and not before.startswith(">") and before != "-- "
        is_joined = goes_on and own and line != "-- " and not line.startswith(">")
        if is_joined and is_joined_tightly:
            pieces[-1] = pieces[-1].removesuffix(" ")
        pieces += [own] if is_joined or not pieces else ["\n", own]
        before = line if line.startswith(">") else own
    return "".join(pieces)


def _name(part: EmailMessage) -> str:
    """Return the name of an attached file, without folders; empty when it has none."""
    try:
        return one_line(PurePath((part.get_filename() or "").replace("\\", "/")).name)
    except packed.FAULTS:
        return ""


def _sender(message: EmailMessage) -> str:
    return one_line(parseaddr(packed.field(message, "From"))[1])


def _day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(packed.field(message, "Date")).date().isoformat()
    except packed.FAULTS:
        return ""
