"""An e-mail that passes a message on → its text without the head of that message, which names who wrote it to whom."""

import re
from collections.abc import Iterator, Sequence

from pipeline.document.formats import _page
from pipeline.inbox.replies import FIELD, INLINE, Mail, has_subject
from pipeline.office.archive import OfficeError

HEAD = "the head of a message that it passes on, which names who wrote it"
LONGEST = 40
"""Lines of a head, with those to whom it went."""
_FEWEST = 3
"""Fields of a head."""
_FROM = re.compile(
    "from|fra|från|von|de|da|van|lähettäjä|od|от|від|از|فرستنده|من|kimden|gönderen|kimdən|ji|发件人|寄件者|差出人|"
    "보낸 사람|מאת|feladó|από|expéditeur|remitente|mittente|absender|avsändare|avsender|afzender"
)
"""What the field is called that says who wrote, in the languages of programs."""
_UNSEEN = dict.fromkeys([0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_TOLD = re.compile(r"@|\d[.:]\d\d")
"""An address, or an hour."""
_IN_ONE_LINE = re.compile(r"\s{0,9}-{3,9} ?[^-\n]{3,60}-{3,9} {1,9}[^\s:]{2,20}:.{0,300}@")
"""As Yahoo writes all of it."""
_RULE = re.compile(r"\s{0,9}[-_*=]{3}")


def heads(lines: Sequence[str], subject: str, *, is_passed_on: bool) -> Iterator[tuple[int, int]]:
    """Yield from which line on, up to which, the head of a message stands, with the rule above it.

    A letter may have such fields of its own: what is no head below a rule has the subject of the e-mail, and an hour or
    an address, unless the e-mail says that it passes something on.
    """
    plain = [line.translate(_UNSEEN) for line in lines]
    at = 0
    while at < len(plain):
        if _IN_ONE_LINE.match(plain[at]):
            yield at, at + 1
        elif FIELD.match(plain[at]):
            end = _end(plain, at)
            above = _rule(plain, at)
            if _names_who_wrote(plain[at:end], subject, is_ruled=above < at, is_passed_on=is_passed_on):
                yield above, end
            at = end - 1
        at += 1


def _end(lines: Sequence[str], first: int) -> int:
    """Return where fields end that begin at a line: each goes on where it is indented, or the list of readers is."""
    at = first + 1
    while at < min(len(lines), first + LONGEST) and lines[at].strip():
        goes_on = lines[at][0] in " \t" or lines[at - 1].rstrip().endswith((",", ";"))
        if not goes_on and not FIELD.match(lines[at]):
            break
        at += 1
    return at


def _rule(lines: Sequence[str], first: int) -> int:
    """Return the line of the rule above a head; the first of the head where there is none."""
    above = next((at for at in range(first - 1, max(-1, first - 4), -1) if lines[at].strip()), -1)
    return above if above >= 0 and _RULE.match(lines[above]) else first


def _names_who_wrote(lines: Sequence[str], subject: str, *, is_ruled: bool, is_passed_on: bool) -> bool:
    fields = [(found[0], line[found.end() :]) for line in lines if (found := FIELD.match(line))]
    names, values = [name.strip(" \t>*:").casefold() for name, _ in fields], [value for _, value in fields]
    is_likely = is_ruled or (
        has_subject(values, subject) and (is_passed_on or any(_TOLD.search(value) for value in values))
    )
    return len(fields) >= _FEWEST and is_likely and any(map(_FROM.fullmatch, names))


def without_heads(text: str, subject: str, *, is_passed_on: bool) -> str:
    """Return a text without the heads of messages in it; as it is when there are none."""
    lines = text.splitlines()
    found = list(heads(lines, subject, is_passed_on=is_passed_on))
    for first, end in reversed(found):
        del lines[first:end]
    return "\n".join(lines).strip("\n") + "\n" if found else text


def page_without_heads(page: str, subject: str, *, is_passed_on: bool) -> str:
    """Return a page without the heads of messages in it; as it is when there are none, or it is no page."""
    from lxml import etree

    try:
        root = _page.parsed(page)
    except OfficeError:
        return page
    mail = Mail(_page.body(root))
    lines = list(mail.lines(INLINE | {"a", "th", "td"}))
    places = [place for place, _ in lines] + [len(mail.pieces)]
    found = list(heads([text for _, text in lines], subject, is_passed_on=is_passed_on))
    for first, end in found:
        mail.empty(places[first], places[end])
    return etree.tostring(root, encoding="unicode", method="html") if found else page
