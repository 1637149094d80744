"""A text that is signed with PGP, in its own lines (RFC 9580, 7) → the text alone: the signature names who wrote it."""

import re

SIGNATURE = "the signature of PGP, which has the key of who wrote it"
_BEGIN, _SIGNED, _END = (
    re.compile(rf"^-----{what}-----[ \t]*\n", re.MULTILINE)
    for what in ("BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE")
)
"""Lines of their own: those that are quoted are of another message. Servers put blanks behind them."""
_FIELDS = re.compile(r"(?:[A-Za-z-]{1,30}: .*\n)*[ \t]*\n")
"""What stands above the text: with what it was signed."""
_ESCAPED = re.compile("^- ", re.MULTILINE)


def without_signatures(text: str) -> str:
    """Return a text without what PGP writes around what it signs; as it is when there is nothing of that."""
    lines = "\n".join(text.splitlines()) + "\n"
    kept, at = [], 0
    while begins := _BEGIN.search(lines, at):
        ends = _SIGNED.search(lines, begins.end())
        closed = _END.search(lines, ends.end()) if ends else None
        fields = _FIELDS.match(lines, begins.end())
        if not (ends and closed and fields):
            break
        kept += [lines[at : begins.start()], _ESCAPED.sub("", lines[fields.end() : ends.start()])]
        at = closed.end()
    return "".join([*kept, lines[at:]]) if kept else text
