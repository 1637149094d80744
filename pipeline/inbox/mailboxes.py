"""To which mailboxes an e-mail came, as its fields say, and those of messages in it; and who wrote these."""

import email
import re
from collections.abc import Sequence
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from html import unescape
from typing import cast

from pipeline.document.formats import _encoding
from pipeline.inbox import forwards, subjects
from pipeline.inbox.packed import FAULTS

_MOST_LOOKED_THROUGH = 2_000_000
"""Bytes of an e-mail, for the fields of messages in it."""
_FOR = re.compile(r"\bfor\s{1,9}<?([^<>\s;]{1,200}@[^<>\s;]{1,200})")
_STATED = ("To", "Cc", "Bcc")
_DELIVERED = ("Delivered-To", "X-Apparently-To", "X-Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_LONGEST_FIELD = 20_000


def sent_to(content: bytes) -> str:
    """Return the fields of an e-mail, and of messages in it, that say to which mailboxes it came.

    Of what somebody sent to themselves, and unseen to all others, that is what servers on its way have written. Whoever
    passes a message on got it, too.
    """
    try:
        message = email.message_from_bytes(content[:_MOST_LOOKED_THROUGH])
    except RecursionError:  # in the workspace of somebody else: here it was refused
        message = email.message_from_bytes(content.partition(b"\n\n")[0])
    outer = [one for one in message.walk() if one.get_content_type() == "message/rfc822" and one.is_multipart()]
    inner = [cast(Message, one) for passed_on in outer for one in passed_on.get_payload()]
    said = list[str]()
    for one in (message, *inner):
        stated, delivered = (_said(one, names) for names in (_STATED, _DELIVERED))
        delivered += " ".join(_FOR.findall(_said(one, ("Received",))))
        writer = parseaddr(_said(one, ("From",)))[1].casefold()
        is_passed_on = one is message and (bool(inner) or subjects.is_passed_on(_said(one, ("Subject",))))
        is_to_themselves = writer and writer in stated.casefold() and delivered and writer not in delivered.casefold()
        said += [delivered if is_to_themselves else f"{stated} {delivered}", writer if is_passed_on else ""]
    return " ".join([*said, *map(_in_heads, message.walk())])


def writers(message: Message) -> list[str]:
    """Return who wrote the messages whose heads stand in the texts of an e-mail, by names and mailboxes."""
    return [*dict.fromkeys(one for part in message.walk() for one in forwards.writers(_lines(part)))]


def _in_heads(part: Message) -> str:
    """Return what the heads of messages in a text say of to whom these came, before they were passed on."""
    return forwards.readers(_lines(part))


def _lines(part: Message) -> list[str]:
    """Return the lines of a text or page; none of something else."""
    if part.get_content_type() not in ("text/plain", "text/html"):
        return []
    with suppress(*FAULTS):
        content = part.get_payload(decode=True)
        text, _ = _encoding.stated(content if isinstance(content, bytes) else b"", part.get_content_charset() or "")
        is_page = part.get_content_type() == "text/html"
        shown = unescape(_TAG.sub("", _BREAK.sub("\n", text))) if is_page else text
        return shown.splitlines()
    return []


_BREAK = re.compile(r"(?:<(?:br|/?(?:p|div|tr|li|blockquote|table))\b[^<>]*+>\s*+)++", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def _said(message: Message, names: Sequence[str]) -> str:
    with suppress(*FAULTS):
        values = (str(value) for name in names for value in message.get_all(name, ()))
        return " ".join(str(make_header(decode_header(value[:_LONGEST_FIELD]))) for value in values)
    return ""
