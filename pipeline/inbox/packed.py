"""What a part of an e-mail holds: unpacked from how it was sent (RFC 2045, 6)."""

import binascii
import re
from collections.abc import Sequence
from contextlib import suppress
from email.errors import MessageError
from email.message import EmailMessage

FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, MessageError)
"""What the parser of the standard library raises for fields that are none."""

_PACKED = re.compile("[^=]+=*")
"""What was packed in base64 at once: some programs pack a text line by line, and each may end in signs that fill it."""
_PACKED_LINE, _SHORT = re.compile("[A-Za-z0-9+/]*={0,2}"), 40
"""A line so packed, and how long one may be that is none: a word alone looks like one."""
_UUENCODED = ("x-uuencode", "uuencode", "uue", "x-uue")


def field(message: EmailMessage, name: str) -> str:
    """Return the value of a field; empty where there is none, or none that can be read."""
    try:
        return str(message[name] or "")
    except FAULTS:
        return ""


def unpacked(part: EmailMessage) -> bytes:
    """Return what a part holds, as far as it can be unpacked."""
    try:
        content = part.get_payload(decode=True)
    except FAULTS:
        content = None
    if _coding(part) == "base64":
        own, below = packed_lines(part)
        packed = _PACKED.findall("".join("".join(own).split()))
        with suppress(ValueError):  # such as what a list has put below it, unpacked
            content = b"".join(map(binascii.a2b_base64, packed)) if len(packed) > 1 or below else content
    return content if isinstance(content, bytes) else b""


def _coding(part: EmailMessage) -> str:
    return field(part, "Content-Transfer-Encoding").strip().lower()


def packed_lines(part: EmailMessage) -> tuple[list[str], list[str]]:
    """Return the lines of a part that are packed, and those that somebody has put below them as they are."""
    lines = str(part.get_payload()).splitlines()
    if _coding(part) in _UUENCODED:
        ends = next((at for at, line in enumerate(lines, 1) if line.strip() == "end"), len(lines))
    elif _coding(part) == "base64":
        whole = [_PACKED_LINE.fullmatch(line.strip()) is not None for line in lines]
        ends = _end(lines, whole.index(False)) if False in whole else len(lines)
        goes_on = any(
            is_packed and len(line) > _SHORT for line, is_packed in zip(lines[ends:], whole[ends:], strict=True)
        )
        ends = len(lines) if goes_on or not any(map(str.strip, lines[:ends])) else ends  # a damaged line is passed over
    else:
        ends = len(lines)
    return lines[:ends], list(filter(str.strip, lines[ends:]))


def _end(lines: Sequence[str], first: int) -> int:
    """Return where packed lines end above one that is not: words alone, behind a blank line, only look like some."""
    above = next((at for at in range(first - 1, 0, -1) if not lines[at].strip()), 0)
    are_words = above and all(len(line) <= _SHORT for line in lines[above:first])
    return above if are_words else first
