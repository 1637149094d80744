"""A text that is signed with PGP, in its own lines (RFC 9580, 7) → the text alone: the signature names who wrote it."""

import re

SIGNATURE = "the signature of PGP, which has the key of who wrote it"
_BEGIN, _SIGNED, _END = (
    f"-----{what}-----\n" for what in ("BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE")
)
_FIELDS = re.compile(r"(?:[A-Za-z-]{1,30}: .*\n)*\n")
"""What stands above the text: with what it was signed."""
_ESCAPED = re.compile("^- ", re.MULTILINE)


def without_signatures(text: str) -> str:
    """Return a text without what PGP writes around what it signs; as it is when there is nothing of that."""
    lines = "\n".join(text.splitlines()) + "\n"
    kept, at = [], 0
    while (begins := lines.find(_BEGIN, at)) >= 0:
        ends = lines.find(_SIGNED, begins)
        closed = lines.find(_END, ends) if ends >= 0 else -1
        fields = _FIELDS.match(lines, begins + len(_BEGIN))
        if closed < 0 or not fields:
            break
        kept += [lines[at:begins], _ESCAPED.sub("", lines[fields.end() : ends])]
        at = closed + len(_END)
    return "".join([*kept, lines[at:]]) if kept else text
