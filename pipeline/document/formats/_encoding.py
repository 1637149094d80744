"""Bytes → text, in the encodings in which people send it.

Of plain text: UTF-8, UTF-16 and windows-1256. Of pages as browsers find it (WHATWG HTML, 13.2.3; WHATWG Encoding): a
byte order mark, what the page states, what the bytes look like; bytes that are UTF-8 are never taken for anything else.
Of e-mails likewise, with what their fields state.
"""

import codecs
import re
from contextlib import suppress

from pipeline.office.archive import OfficeError

_SAMPLE = 2_000
_HEAD = 4_096
"""Bytes in which a page states its encoding; browsers look at 1,024."""
_MOST_BROKEN = 0.02
"""Of the characters of a page, those that are none: what has more is in another encoding, or no text."""
_STATED = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})"""
    rb"""|^\s{0,9}<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w:.-]{1,40})""",
    re.IGNORECASE,
)


def text(content: bytes) -> tuple[str, str]:
    """Return a text, and the encoding when it was not UTF-8; raise OfficeError with the first byte that is wrong."""
    if encoding := _utf16(content):
        try:
            return content.decode(encoding), "UTF-16"
        except UnicodeDecodeError as error:
            raise OfficeError(f"byte {error.start}: not valid UTF-16; save the file as UTF-8") from None
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if _looks_like_windows_1256(content):
            return content.decode("windows-1256"), "windows-1256"
        raise OfficeError(
            f"byte {error.start}: not valid UTF-8; open the file in an editor and save it as UTF-8"
        ) from None


def _utf16(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: in Persian UTF-16 every second byte is 06, or 00 beside a space.
    sample = content[:_SAMPLE]
    high = {"utf-16-le": sample[1::2], "utf-16-be": sample[0::2]}
    for encoding, half in high.items():
        if len(half) > 4 and sum(half.count(byte) for byte in (0x00, 0x06)) > 0.9 * len(half):
            return encoding
    return ""


def _looks_like_windows_1256(content: bytes) -> bool:
    """A damaged UTF-8 file still decodes for the most part; a windows-1256 one hardly anywhere."""
    high = sum(byte >= 0x80 for byte in content)
    broken = content.decode("utf-8", "replace").count("\ufffd")
    letters = sum(0xC0 <= byte <= 0xED or byte in b"\x81\x8d\x8e\x90\x98\xa1" for byte in content)
    return broken > 0.3 * high and letters > 0.8 * high


def page(content: bytes) -> tuple[str, str]:
    """Return the text of a page, and what is to be said of its encoding; what makes no sense in it becomes U+FFFD.

    Raises OfficeError when that is more than a few characters.
    """
    if encoding := _utf16(content):
        return _forgiving(content, encoding, "UTF-16")
    stated = _stated(content[:_HEAD])
    try:
        read = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_known = stated not in ("", "utf-8")
        guessed = "windows-1256" if _looks_like_windows_1256(content) else "utf-8"
        return _forgiving(content, stated if is_known else guessed, "" if is_known else guessed)
    if not stated or stated == "utf-8":
        return read, ""
    if read.isascii():
        return _forgiving(content, stated, "")
    return read, f"read as UTF-8, which it is, and not as {stated}, as it says"


def _forgiving(content: bytes, encoding: str, said: str) -> tuple[str, str]:
    read = content.decode(encoding, "replace").removeprefix("\ufeff")
    broken = read.count("\ufffd")
    if broken > _MOST_BROKEN * len(read):
        raise OfficeError(
            f"no text in {encoding}, nor in UTF-8; open it in a browser and copy its text into a document"
        )
    if broken:
        return read, f"{broken:,} characters are damaged in it, and stand as \ufffd; save the page again"
    return read, f"read as {said}" if said and said != "utf-8" else ""


def stated(content: bytes, label: str) -> tuple[str, str]:
    """Return a text of which is stated in what it is encoded; and the encoding where that had to be guessed.

    Names mean what they do in browsers: «iso-8859-1» has the quotation marks of windows-1252, as programs write it.
    """
    if encoding := _utf16(content):
        return content.decode(encoding, "replace").removeprefix("\ufeff"), ""
    is_plain = content.isascii()
    if not is_plain or not label or _is_wide(label):
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8-sig"), ""
    with suppress(LookupError, ValueError):
        name = _known(label) or codecs.lookup(label).name
        if name.replace("-", "_") not in _NO_ENCODINGS:
            return content.decode(name), ""
    guessed = "windows-1256" if _looks_like_windows_1256(content) else "windows-1252"
    return content.decode(guessed, "replace"), "" if is_plain else guessed


_NO_ENCODINGS = ("punycode", "idna", "unicode_escape", "raw_unicode_escape")
"""What Python calls encodings and no text is in: of names, whose time grows with the square, and of programs."""


def _is_wide(label: str) -> bool:
    """Whether all letters would take two bytes or four: what can be read as ASCII is in none of these."""
    return label.lower().startswith(("utf-16", "utf-32", "ucs-2", "ucs-4"))


def _stated(head: bytes) -> str:
    """Return Python's name of the encoding a page states; empty when it states none that browsers know."""
    found = _STATED.search(head)
    known = _known((found[1] or found[2]).decode("ascii") if found else "")
    # What can be read as ASCII is not UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
    return "utf-8" if known.startswith("utf-16") else known


def _known(label: str) -> str:
    """Return Python's name of an encoding that browsers know; empty for any other."""
    import webencodings

    known = webencodings.lookup(label) if label else None
    if known is None or known.name in ("replacement", "x-user-defined"):
        return ""
    return str(known.codec_info.name)
