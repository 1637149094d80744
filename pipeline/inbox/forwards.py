"""An e-mail that passes a message on → its text without the head of that message, which names who wrote it to whom."""

import re
from collections.abc import Iterator, Sequence

from pipeline.document.formats import _page
from pipeline.inbox import subjects
from pipeline.inbox.answered import UNSEEN
from pipeline.inbox.replies import (
    ANSWERED,
    FIELD,
    INLINE,
    RULE_WITH_WORDS,
    SIGNATURE,
    WROTE,
    Mail,
    is_bare_head,
    is_ruled,
)
from pipeline.office.archive import OfficeError

HEAD = "the head of a message that it passes on, which names who wrote it"
LONGEST, _LONGEST_BARE = 400, 12
"""Lines of a head, with those to whom it went; of one without colons."""
_FEWEST = 3
"""Fields of a head."""
_HOUR = re.compile(r"\d[.:]\d\d")
_ADDRESS = re.compile(r"[<\[]\s?[^<>\[\]\s]{1,200}@")
"""As it stands behind the name of a person."""
_IN_ONE_LINE = re.compile(r"\s{0,9}-{3,9} ?[^-\n]{3,60}-{3,9} {1,9}[^\s:]{2,20}:.{0,300}@")
"""As Yahoo writes all of it."""
_RULE = re.compile(r"\s{0,9}[-_*=]{3}")
_DRAWN = "-----"
"""In place of a rule that is drawn."""
_FOLDED = 60
"""Characters of a line that a program may have broken."""


def heads(lines: Sequence[str], subject: str, *, is_passed_on: bool) -> Iterator[tuple[int, int]]:
    """Yield from which line on, up to which, the head of a message stands, with the rule above it."""
    plain = [line.translate(UNSEEN) for line in lines]
    at = 0
    while at < len(plain):
        field = FIELD.match(plain[at])
        if _IN_ONE_LINE.match(plain[at]):
            yield at, at + 1
        elif is_bare_head(plain[above := _rule(plain, at)], plain[at]):
            end = next(
                (one for one in range(at, min(len(plain), at + _LONGEST_BARE)) if not plain[one].strip()), at + 1
            )
            yield above, end
            at = end - 1
        elif field and plain[at][field.end() :].strip():  # none begins with «Please read this:»
            above, end = _rule(plain, at), _end(plain, at)
            rule = plain[above] if above < at else ""
            if _names_who_wrote(plain[at:end], subject, rule, is_passed_on=is_passed_on):
                yield above, end
            at = end - 1
        at += 1


def _end(lines: Sequence[str], first: int) -> int:
    """Return where the fields end that begin at a line."""
    at = first + 1
    while at < min(len(lines), first + LONGEST) and lines[at].strip():
        if not FIELD.match(lines[at]) and not _goes_on(lines, at):
            break
        at += 1
    return at


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a field goes on in a line: it is indented, the list of readers is, or a long line was broken."""
    before = lines[at - 1].rstrip()
    is_broken = len(before) >= _FOLDED and at + 1 < len(lines) and FIELD.match(lines[at + 1]) is not None
    return lines[at][0] in " \t" or before.endswith((",", ";")) or is_broken


def _rule(lines: Sequence[str], first: int) -> int:
    """Return the line of the rule above a head; the first of the head where there is none."""
    above = next((at for at in range(first - 1, max(-1, first - 4), -1) if lines[at].strip()), -1)
    return above if above >= 0 and _RULE.match(lines[above]) else first


def _names_who_wrote(lines: Sequence[str], subject: str, rule: str, *, is_passed_on: bool) -> bool:
    """Whether fields are those of a message.

    A letter may have such fields of its own, and below a rule may stand a talk, or from when to when people meet.
    """
    fields = [(found[0], line[found.end() :]) for line in lines if (found := FIELD.match(line))]
    values = [value for _, value in fields]
    writers = [value.strip("* \t") for name, value in fields if WROTE.fullmatch(name.strip(" \t>*:：").casefold())]
    is_titled = RULE_WITH_WORDS.match(rule) is not None
    if len(fields) < _FEWEST or not (writers or ((is_passed_on or is_titled) and any(map(_ADDRESS.search, values)))):
        return False
    is_timed = any(map(_HOUR.search, values))
    is_told = is_timed or any("@" in value for value in values)
    is_somebody = not any(value[:1].isdigit() for value in writers)
    return (
        (any(map(_ADDRESS.search, writers)) and (is_timed or is_passed_on))
        or (bool(rule) and is_somebody and (is_told or (is_titled and is_passed_on)))
        or (subjects.is_among(values, subject) and (is_told or is_passed_on))
        or (is_passed_on and is_timed and is_somebody and len(fields) > _FEWEST)
    )


def _signed(lines: Sequence[str], first: int) -> int:
    """Return the line at which a signature begins above a head, of who passes the message on; else that of the head."""
    return next((at for at in range(first - 1, max(0, first - _LONGEST_BARE), -1) if lines[at] == "-- "), first)


def without_heads(text: str, subject: str, *, is_passed_on: bool) -> str:
    """Return a text without the heads of messages in it; as it is when there are none."""
    lines = text.splitlines()
    found = list(heads(lines, subject, is_passed_on=is_passed_on))
    for first, end in reversed(found):
        del lines[_signed(lines, first) : end]
    return "\n".join(lines).strip("\n") + "\n" if found else text


def readers(lines: Sequence[str]) -> str:
    """Return what the heads of messages say of to whom these came, and all but the last of who passed it on."""
    found = list(heads(lines, "", is_passed_on=True))
    said = [line for first, end in found for line in lines[first:end]]
    last = range(*found[-1]) if found else range(0)
    wrote = [lines[at] for at in last if _is_of_writer(lines[at])]
    return " ".join(line for line in said if line not in wrote)


def writers(lines: Sequence[str]) -> Iterator[str]:
    """Yield who wrote the messages whose heads stand among lines, by names and mailboxes."""
    for first, end in heads(lines, "", is_passed_on=True):
        for line in filter(_is_of_writer, lines[first:end]):
            said = FIELD.sub("", line.translate(UNSEEN), count=1)
            yield from filter(None, (_AROUND_A_MAILBOX.split(said)[0].strip("* \t\"'"), *SOME_MAILBOX.findall(said)))


_AROUND_A_MAILBOX = re.compile(r"[<\[(]")
SOME_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def _is_of_writer(line: str) -> bool:
    field = FIELD.match(line.translate(UNSEEN))
    return field is not None and WROTE.fullmatch(field[0].strip(" \t>*:：").casefold()) is not None


def unquoted(text: str) -> str:
    """Return a text whose end is passed on quoted, as Apple's programs do, without these marks; others as they are."""
    lines = text.splitlines()
    first = len(lines)
    while first and (not lines[first - 1].strip() or lines[first - 1].startswith(">")):
        first -= 1
    own = [line.removeprefix(">").removeprefix(" ") for line in lines[first:]]
    begins = next((at for at, line in enumerate(own) if line.strip()), 0)
    is_one = any(at == begins for at, _ in heads(own[: begins + LONGEST], "", is_passed_on=True))
    return "\n".join([*lines[:first], *own]) + "\n" if is_one else text


# --- pages ----------------------------------------------------------------------------

_IN_LINES = INLINE | {"th", "td"}
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "hr"}
"""What stands apart from what is around it."""


def own_page(page: str, subject: str, *, is_passed_on: bool) -> tuple[str, list[str]]:
    """Return a page without the heads of messages in it, and what is left out; as it is when it is no page.

    Of what is passed on, no signature stays that a program has marked, nor the message that it answers.
    """
    from lxml import etree

    try:
        root = _page.parsed(_page.as_html(page))
    except OfficeError:
        return page, []
    mail = Mail(_page.body(root))
    lines = list(_spaced(mail))
    places = [place for place, _ in lines] + [len(mail.pieces)]
    found = list(heads([text for _, text in lines], subject, is_passed_on=is_passed_on))
    told = [SIGNATURE] * (is_passed_on and mail.unsign()) + [HEAD] * bool(found)
    for first, end in found:
        mail.empty(places[first], places[end])
    if found and is_passed_on:
        answered, _ = mail.quoted(is_answer=False, above=places[found[0][1]])
        told += [ANSWERED] * (answered < len(mail.pieces))
        mail.cut(answered)
    return (etree.tostring(root, encoding="unicode", method="html"), told) if told else (page, [])


def _spaced(mail: Mail) -> Iterator[tuple[int, str]]:
    """Yield the lines with text in a page, the piece in which each begins, and an empty one where more space begins."""
    before = 0
    for place, text, space in _lines(mail):
        if space > before:
            yield place, ""
        yield place, text
        before = space


def _lines(mail: Mail) -> Iterator[tuple[int, str, int]]:
    """Yield the lines with text in a page, and the space above: 1 for that of a paragraph, 2 for an empty line."""
    first, space, is_begun, found = 0, 0, False, list[str]()
    for at, (one, is_tail, text) in enumerate(mail.pieces):
        if one.tag not in _IN_LINES:
            if found:
                yield first, " ".join(found), space
                space, found = 0, []
            if not is_tail and is_ruled(one):
                yield at, _DRAWN, space
            is_empty = one.tag == "br" and not (is_tail or is_begun)
            space, is_begun = max(space, 2 * is_empty, one.tag in _APART), False
        if text.strip():
            first, is_begun = first if found else at, True
            found.append(" ".join(text.split()))
        elif "\xa0" in text and not is_begun:
            space = 2
    if found:
        yield first, " ".join(found), space
