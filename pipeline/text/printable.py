"""What can be printed of a text: no control characters, which would break a page or turn it."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Return a text without control characters, and without bidirectional ones: each could turn all that follows."""
    return _BIDI.sub("", _CONTROL.sub("\ufffd", text))


def plain(text: str) -> str:
    """Return a text on one line."""
    return " ".join(safe(text).split())
