"""Whether what is taken of an e-mail still says who wrote it, or another message in it: looked for apart from cuts.

Programs set signatures, and the heads of what is answered or passed on, in more ways than are known here. Where
something of that kind stays, a person is told to look.
"""

import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import parseaddr
from functools import partial
from itertools import groupby

from pipeline.inbox.answered import UNSEEN
from pipeline.inbox.packed import field
from pipeline.text.excerpt import excerpt

_LONGEST = 400
"""Characters of a line that says whose a message is, or closes one."""
_MOST_LINES = 20_000
_SOME_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_SOME_HOUR = re.compile(r"\d{1,2}[:.h]\d\d")
_SOME_DAY = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_WHOSE_WORDS = re.compile(r"[:：]\Z|\A\[[^\]]{5,40}\] [^:]{1,60}:")
_LIKE_A_FIELD = re.compile(r"[ \t>*]{0,6}[^\W\d_][^:：]{0,30}\*{0,2}[:：]\*{0,2}(?:\s|\Z)")
_FEWEST_FIELDS = 3
_OF_LISTS = ("List-Id", "List-Unsubscribe", "List-Post")
_SHORTEST = 4
"""Letters of a name, alone."""
_AROUND_A_NAME = re.compile(r"[^\w]+")


def writers(message: EmailMessage) -> list[str]:
    """Return who wrote a message, by names and mailboxes; nobody for one that a list or a newsletter sent to many."""
    if any(map(partial(field, message), _OF_LISTS)):
        return []
    said = (parseaddr(field(message, name)[:_LONGEST]) for name in ("From", "Sender", "Reply-To"))
    return [*dict.fromkeys(one for both in said for one in both if len(one) >= _SHORTEST)]


def left_in(text: str, names: Sequence[str]) -> str:
    """Return the line that may say whose a message is, in short: the first; empty where there is none.

    `names` are those that its head has of who wrote it, and their mailboxes; none where these are no persons.
    """
    lines = [line.translate(UNSEEN).strip() for line in text.splitlines()[:_MOST_LINES]]
    found = _with_names(lines, names), _of_an_hour(lines), _like_a_head(lines)
    return excerpt(next(filter(None, found), ""))


def _with_names(lines: Sequence[str], names: Sequence[str]) -> str:
    mailboxes = [name.casefold() for name in names if "@" in name]
    wanted = [words for name in names if "@" not in name and (words := _words(name))]
    firsts = {words.split()[0] for words in wanted if " " in words}
    for line in lines:
        plain, words = line.casefold(), f" {_words(line)} "
        if any(one in plain for one in mailboxes) or any(f" {one} " in words for one in wanted):
            return line
        if len(line) <= _LONGEST and words.strip() in firsts:
            return line
    return ""


def _words(name: str) -> str:
    """Return the words of a name: without what programs write around it, and whatever they write between."""
    surname, comma, first = name.partition(",")
    return " ".join(_AROUND_A_NAME.sub(" ", f"{first} {surname}" if comma else name).casefold().split())


def _of_an_hour(lines: Sequence[str]) -> str:
    """Return a line with an hour and whose words these are, as programs write above what is answered, and chats do."""
    short = (line for line in lines if len(line) <= _LONGEST and _SOME_HOUR.search(line))
    return next(
        (
            line
            for line in short
            if _SOME_MAILBOX.search(line) or (_SOME_DAY.search(line) and _WHOSE_WORDS.search(line))
        ),
        "",
    )


def _like_a_head(lines: Sequence[str]) -> str:
    """Return the first of some lines below each other that look like fields, one with an hour or a mailbox."""
    for is_field, group in groupby(filter(None, lines), lambda line: _LIKE_A_FIELD.match(line[:_LONGEST]) is not None):
        fields = list(group) if is_field else []
        if len(fields) >= _FEWEST_FIELDS and any(map(_is_of_a_message, fields)):
            return fields[0]
    return ""


def _is_of_a_message(line: str) -> bool:
    return any(one.search(line[:_LONGEST]) for one in (_SOME_MAILBOX, _SOME_HOUR))
