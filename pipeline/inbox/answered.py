"""The plain text of an e-mail → from which line on it has the message that it answers, with who wrote that, and when.

Programs set it in three ways: below a line that names its day or who wrote it, quoted; with that line among what is
quoted, as Apple Mail does; and below such a line as it was, as Yahoo does.
"""

import re
from collections.abc import Sequence

UNSEEN = dict.fromkeys([0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""What programs put around names among words of the other direction, before `>` and behind a colon too."""
_TOLD = re.compile(r"@|\d")
_ADDRESS, _HOUR = re.compile(r"<[^<>\s]{1,200}@"), re.compile(r"\d[:.]\d\d")
_MOST_LINES, _LONGEST = 4, 400
_WIDTH = 70
"""Characters of a line behind which programs break one."""
_COLONS = (":", "：")
_IN_STROKES = re.compile(r"-{3,4} [^\n]{1,380} -{3,4}")
"""A line of Zoho that says whose a message is."""
_ENDS = (".", "!", "?", "؟", "…", *_COLONS)


def begin(lines: Sequence[str], *, is_answer: bool) -> int:
    """Return the line at which a message begins that is answered above it; or how many there are.

    What stands among quoted lines, or is quoted without a word on whose it is, is none.
    """
    plain = [line.translate(UNSEEN).strip() for line in lines]
    end = len(plain)
    while end and (not plain[end - 1] or plain[end - 1].startswith(">")):
        end -= 1
    first = next((at for at in range(end, len(plain)) if plain[at]), len(plain))
    found = [len(plain)]
    if first < len(plain):
        found += [at for at in [_told_above(plain, end)] if at is not None]
        found += [first] * _tells(plain[first:], is_answer=is_answer)
    if is_answer:
        found += _unquoted(plain, end)
    return min((at for at in found if any(plain[:at])), default=len(plain))


def quotes(lines: Sequence[str]) -> bool:
    return any(line.translate(UNSEEN).lstrip().startswith(">") for line in lines)


def _says_whose(line: str) -> bool:
    return line.endswith(_COLONS) or _IN_STROKES.fullmatch(line) is not None


def _told_above(plain: Sequence[str], end: int) -> int | None:
    """Return the first line of those before a place that tell whose message stands there."""
    for at in range(end - 1, max(-1, end - 1 - _MOST_LINES), -1):
        if not plain[at]:
            return None
        told = " ".join(plain[at:end])
        if _says_whose(told) and len(told) <= _LONGEST and _TOLD.search(told):
            return _whole(plain, at, end)
    return None


def _whole(plain: Sequence[str], at: int, end: int) -> int:
    """Return where lines begin that a program broke: «On 3 May Kari <⏎kari@… wrote:» has a name in the first."""
    while at and end - at < _MOST_LINES and _goes_on(plain[at - 1], plain[at]):
        at -= 1
    return at


def _goes_on(before: str, line: str) -> bool:
    if not before or len(before) > _LONGEST or before.startswith(">"):
        return False
    is_full = len(before) + 1 + len(line.split(maxsplit=1)[0]) > _WIDTH and not before.endswith(_ENDS)
    return is_full or before.endswith(("<", ",")) or line.startswith("<")


def _tells(quoted: Sequence[str], *, is_answer: bool) -> bool:
    """Whether quoted lines begin with whose they are; in what is no answer, with an address too."""
    told = ""
    for line in [line.lstrip("> ") for line in quoted[: _MOST_LINES * 2] if line.strip("> ")][:_MOST_LINES]:
        told = f"{told} {line}"
        if _says_whose(told):
            return len(told) <= _LONGEST and ("@" in told or (is_answer and _TOLD.search(told) is not None))
    return False


def _unquoted(plain: Sequence[str], end: int) -> list[int]:
    """Return the first lines of those that say with address and hour who wrote what stands below them as it was."""
    found, below = list[int](), ""
    for at in range(end - 1, -1, -1):
        line = plain[at]
        if _says_whose(line) and len(line) <= _LONGEST and line[0] != ">" and below and below[0] != ">":
            first = _whole(plain, at, at + 1)
            told = " ".join(plain[first : at + 1])
            found += [first] if _ADDRESS.search(told) and _HOUR.search(told) else []
        below = line or below
    return found
