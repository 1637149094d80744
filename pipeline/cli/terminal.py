"""What came from elsewhere, as it may be shown: no file name, document or answer of a server controls the terminal."""

import re

_HARMFUL = re.compile(
    "["
    "\x00-\x08\x0a-\x1f\x7f-\x9f"  # controls: colours, titles, cleared screens, lines that seem to be ours
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0"  # what nobody sees
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # what turns text around, or is not seen
    "\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff"
    "]"
)
"""All but the tabulator and the joiners, which Persian needs. Unicode Technical Report 36, sections 3.1 and 3.2."""


def visible(text: str) -> str:
    """Return a text as one line, with what could control a terminal or deceive its reader written as an escape."""
    if text.isascii() and text.isprintable():  # as most cells of long tables are
        return text
    return _HARMFUL.sub(lambda match: _escape(match[0]), text)


def visible_json(text: str) -> str:
    """Return JSON that says the same, with the same characters written as JSON writes them; line ends stay."""
    return _HARMFUL.sub(lambda match: match[0] if match[0] == "\n" else _json_escape(match[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2))
