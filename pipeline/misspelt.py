"""What is wrong in a file of settings that is no TOML, in plain words, and what to write instead.

No key and no value is quoted: they may be what nobody is to read.
"""

import re
import tomllib

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_CURLY, _BARE = re.compile("[“”„‟«»‘’‚‹›`´]"), re.compile(r"[^\W\d_]")
_QUOTED = re.compile("[\"']")
_TRUTH = re.compile(r"(?:true|false|yes|no|on|off)\s*(?:#.*)?", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]")
_QUOTES = "write straight ones"
_TWO = r"write two of them, or the text between single marks: 'C:\a'"
_MESSAGES = (
    ("Unterminated string", "a text does not end; write the same quotation mark before and behind it"),
    ("Expected \"'", "a text does not end; write the same quotation mark before and behind it"),
    ("Unclosed array", "a list does not go on with a comma, nor end; write: [1, 2]"),
    ("Unclosed inline table", "a table in braces does not go on with a comma, nor end; write: { a = 1, b = 2 }"),
    ("Expected ']", "the name of a table does not end; write: [name]"),
    ("Expected '='", "a key without the sign = behind it; write: key = value"),
    ("Expected newline", "there is more behind a value; write one key in a line, and a day as 2011-08-15"),
    ("Invalid initial character", "a key that is none; write: key = value"),
    ("Invalid statement", "neither a key nor the name of a table; write: key = value"),
    ("Unescaped", f"a backslash that begins no sign; {_TWO}"),
    ("Invalid hex value", f"a backslash that begins no sign; {_TWO}"),
    ("Escaped character", "a backslash with figures that are no sign; write the sign itself"),
    ("Invalid date", "a day that no calendar has; write: 2011-08-15"),
    ("Cannot overwrite", "this key was written before; take one of the two out"),
    ("Duplicate inline", "this key was written before; take one of the two out"),
    ("Cannot", "this table was written before; put both together"),
)  # fmt: skip


def said(fault: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """Return the line of a fault, and what is wrong there with its remedy."""
    message, place = str(fault), _PLACE.search(str(fault))
    what = message[: place.start()] if place else message
    lines = text.rstrip("\n").split("\n")
    number = int(place[1]) if place and place[1] else len(lines)
    line = lines[number - 1] if number <= len(lines) else ""
    rest = line[int(place[2]) - 1 :] if place and place[2] else ""
    return number, _of_a_value(rest.strip()) if what == "Invalid value" else _plainly(what, rest)


def _of_a_value(rest: str) -> str:
    """Return why what stands where a value should is none."""
    if not rest or rest.startswith("#"):
        return "no value behind the sign =; write one, or take the line out"
    if _CURLY.match(rest):
        return f'quotation marks of a word processor; {_QUOTES}: "…"'
    if _TRUTH.fullmatch(rest):
        return "a value that is neither true nor false; write true or false, in small letters"
    if _DAY.match(rest):
        return "a day in another form; write: 2011-08-15"
    if _BARE.match(rest):
        return 'a text without quotation marks; write: key = "text"'
    return 'neither a text in quotation marks, a number, a day, true or false; for a text, write: key = "text"'


def _plainly(what: str, rest: str) -> str:
    if what.startswith(("Expected", "Invalid")) and _CURLY.match(rest.strip()):
        return f'quotation marks of a word processor; {_QUOTES}: "…"'
    if what.startswith("Expected newline") and _QUOTED.search(rest):
        return """a quotation mark in a text ends it; write the text between marks of another kind: 'the word "text"'"""
    if what.startswith(("Illegal character", "Found invalid character")):
        is_end = what.endswith(r"'\n'")
        ended = "a text does not end in its line; write the same quotation mark before and behind it"
        return ended if is_end else f"{what}; take it out"
    return next((plain for begins, plain in _MESSAGES if what.startswith(begins)), f"{what}; correct the line")
