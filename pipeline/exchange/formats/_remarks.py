"""Comments of office programs, without what the programs and their users' names add to them."""

import re
from collections.abc import Iterable

_THREAD = re.compile(r"\[[^\]\n]{1,60}\]\s.*?https://go\.microsoft\.com/fwlink/\S*\s*", re.DOTALL)
"""What Excel puts before a conversation for its older versions: a title in brackets, and an explanation with a link."""

_LABEL = re.compile(r"^[^\s:：][^\n:：]{0,30}[:：]\n(?=[ \t])", re.MULTILINE)
"""Before each remark of such a conversation: «Comment:», «Reply:», in the language of the program."""

_SIGNED = re.compile(r"^(?:\t-.*|----)$\n?", re.MULTILINE)
"""How Google signs and divides remarks."""

_NAME = re.compile(r"\A[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){1,3}:\n")
"""How Excel begins a comment: with a name on a line of its own, where another program has lost who wrote it."""


def alone(text: str, author: str) -> str:
    """Return a comment on a cell without its author's name and without a program's explanation."""
    text = re.sub("\r\n?", "\n", text)
    if thread := _THREAD.match(text):
        lines = _LABEL.sub("", text[thread.end() :]).splitlines()
        return "\n".join(line.strip() for line in lines).strip()
    if author and text.startswith(author) and text.startswith(":", len(author)):
        text = text[len(author) + 1 :]
    return _SIGNED.sub("", _NAME.sub("", text, count=1)).strip()


def without_mentions(text: str, mentions: Iterable[tuple[str, str]]) -> str:
    """Return a remark without the names of those it calls, given as places and lengths in units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    places = [(int(start), int(length)) for start, length in mentions if _is_number(start) and _is_number(length)]
    kept, end = [], 0
    for start, length in sorted(places):
        kept.append(units[2 * end : 2 * start])
        end = max(end, start + length)
    return b"".join([*kept, units[2 * end :]]).decode("utf-16-le", "replace").strip()


def _is_number(text: str) -> bool:
    return re.fullmatch("[0-9]{1,9}", text) is not None
