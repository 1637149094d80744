"""Whether what is taken of an e-mail still says who wrote it, or another message in it: looked for apart from cuts.

Programs set signatures, and the heads of what is answered or passed on, in more ways than are known here. Where
something of that kind stays, a person is told to look.
"""

import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import parseaddr
from functools import partial
from itertools import groupby, pairwise

from pipeline.inbox.answered import UNSEEN
from pipeline.inbox.forwards import SOME_MAILBOX
from pipeline.inbox.packed import field
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import fold

_LONGEST = 400
"""Characters of a line that says whose a message is, or closes one."""
_MOST_LINES = 20_000
_SOME_HOUR = re.compile(r"\d{1,2}[:.h]\d\d")
_SOME_DAY = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_WHOSE_WORDS = re.compile(r"[:：]\Z|\A\[[^\]]{5,40}\] [^:]{1,60}:")
_LIKE_A_FIELD = re.compile(r"[ \t>*]{0,6}[^\W\d_][^:：]{0,30}\*{0,2}[:：]\*{0,2}(?:\s|\Z)")
_FEWEST_FIELDS = 3
_OF_LISTS = ("List-Id", "List-Unsubscribe", "List-Post")
_FROM = ("From", "X-Original-From", "X-Original-Sender")
"""Who wrote; as lists keep it that write their own address in its place."""
_SHORTEST = 4
"""Letters of a name, alone."""
_SHORTEST_PART, _SHORT_LINE, _MOST_NAMES = 3, 5, 50
"""Letters of a part of a name; words of a line that closes a letter; names that are looked for."""
_AROUND_A_NAME = re.compile(r"[\W_]+")
_VIA = re.compile(r"\svia\s")
"""Behind a name, the list through which it came."""
_SHORTENED = re.compile(r"\b\w{1,4}\.(?=\s)")
"""A title or an initial."""


def writers(message: EmailMessage) -> list[str]:
    """Return who wrote a message, by names and mailboxes; nobody for a newsletter.

    A list that people write to says where (RFC 2369): what comes through it is by one of them.
    """
    is_of_list = any(map(partial(field, message), _OF_LISTS))
    if is_of_list and "mailto:" not in field(message, "List-Post").lower():
        return []
    fields = _FROM if is_of_list else (*_FROM, "Sender", "Reply-To")
    said = (parseaddr(field(message, name)[:_LONGEST]) for name in fields)
    return [*dict.fromkeys(one for both in said for one in both if len(one) >= _SHORTEST)]


def left_in(text: str, names: Sequence[str]) -> str:
    """Return the line that may say whose a message is, in short: the first; empty where there is none.

    `names` are those that its head has of who wrote it, and their mailboxes; none where these are no persons.
    """
    lines = [line.translate(UNSEEN).strip() for line in text.splitlines()[:_MOST_LINES]]
    found = _with_names(lines, names), _of_an_hour(lines), _like_a_head(lines)
    return excerpt(next(filter(None, found), ""))


def _with_names(lines: Sequence[str], names: Sequence[str]) -> str:
    mailboxes = [name.casefold() for name in names if "@" in name][:_MOST_NAMES]
    persons = [words for name in names if (words := _name(name))][:_MOST_NAMES]
    for line in lines:
        plain = line.casefold()
        if any(one in plain for one in mailboxes) or _names_one(line, persons):
            return line
    return ""


def _names_one(line: str, persons: Sequence[Sequence[str]]) -> bool:
    """Whether a line has a name, two words of it beside each other, or, if it is short, the first.

    Words in small letters are those of a language: a union has them in its name.
    """
    words = _words(line)
    plain = [word.casefold() for word in words]
    whole = f" {' '.join(plain)} "
    told = [
        one if len(one) >= _SHORTEST_PART and not word.islower() else "" for one, word in zip(plain, words, strict=True)
    ]
    pairs = {frozenset(pair) for pair in pairwise(told) if all(pair) and pair[0] != pair[1]}
    short = plain if len(plain) == 1 else told if len(plain) <= _SHORT_LINE and len(line) <= _LONGEST else []
    return any(
        f" {' '.join(name)} " in whole
        or any(pair.issubset(name) for pair in pairs)
        or (len(name) > 1 and name[0] in short)
        for name in persons
    )


def _name(said: str) -> list[str]:
    """Return the words of a name, the first of them as people are called; of a mailbox, if it is made of a name."""
    if "@" in said:
        parts = re.split("[._]", said.partition("@")[0].partition("+")[0])
        return [part.casefold() for part in parts] if len(parts) > 1 and all(map(str.isalpha, parts)) else []
    surname, comma, first = _VIA.split(said)[0].partition(",")
    words = _words(_SHORTENED.sub("", f"{first} {surname}" if comma else surname)) or _words(said)
    if len(words) > 1 and words[0].isupper() and not words[-1].isupper():
        words = [words[-1], *words[:-1]]
    return [word.casefold() for word in words]


def _words(text: str) -> list[str]:
    """Return the words of a text in one spelling, without what programs write between and around them."""
    return _AROUND_A_NAME.sub(" ", fold(text)).split()


def _of_an_hour(lines: Sequence[str]) -> str:
    """Return a line with an hour and whose words these are, as programs write above what is answered, and chats do."""
    short = (line for line in lines if len(line) <= _LONGEST and _SOME_HOUR.search(line))
    return next(
        (line for line in short if SOME_MAILBOX.search(line) or (_SOME_DAY.search(line) and _WHOSE_WORDS.search(line))),
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
    return any(one.search(line[:_LONGEST]) for one in (SOME_MAILBOX, _SOME_HOUR))
