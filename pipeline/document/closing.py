"""What stands below the text of a document: who speaks, who signs, where they are."""

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from pipeline.document.contacts import LABELLED, is_part
from pipeline.document.lines import HOUR, LONGEST_HEADING, Patterns, SourceLine, grouped
from pipeline.document.slogans import is_call, is_refrain
from pipeline.languages.capitals import has_case
from pipeline.model import Kind
from pipeline.text.orthography import fold

_SIGNATURE_RULE = re.compile(r"--\s*")
LONGEST_CLOSING = 60
"""Lines below a text in which names, and what follows them, are looked for."""

_FIGURE = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+")


def mark_signatories(lines: list[SourceLine], patterns: Patterns) -> None:
    """Names under a line that announces them; what is marked below another heading stays a list."""
    announced = headed = False
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        short = line.is_open and not line.is_prose
        marked = following is not None and following.kind in (Kind.LIST_ITEM, Kind.SIGNATURES)
        listed = following is not None and _lists_names(following)
        further = (marked or listed) and _names_signatories(line, patterns)
        if short and len(line.text) <= 60 and (patterns.signatories.match(fold(line.text)) or further) and following:
            line.kind, announced = Kind.HEADING if marked or listed or not line.introduces else Kind.PARAGRAPH, True
        elif announced and _lists_names(line):
            line.kind = Kind.SIGNATURE
        elif announced and short and not line.marker and (marked or (following and following.kind is Kind.SIGNATURES)):
            line.kind, headed = Kind.HEADING, True
        elif announced and (short or (line.kind is Kind.LIST_ITEM and not headed) or _is_amid(line, following)):
            line.kind = Kind.SIGNATURE
        elif line.kind is not Kind.LIST_ITEM:
            announced = headed = False


def _is_amid(line: SourceLine, following: SourceLine | None) -> bool:
    """Whether a line of a list of names stands between others, so that its full stop is that of an abbreviation."""
    close = not line.after_gap and following is not None and following.is_open and not line.before_gap
    return close and line.is_open and len(line.text) <= LONGEST_HEADING and not line.introduces


def _names_signatories(line: SourceLine, patterns: Patterns) -> bool:
    """Whether the second word of a few is that for those who sign: «The first signatories»."""
    if not line.after_gap or len(line.text.split()) > _MOST_OF_SIGNATORIES or re.search("[،,]", line.text):
        return False
    _, _, rest = fold(line.text).partition(" ")
    return patterns.signatories.match(rest) is not None


_MOST_OF_SIGNATORIES = 6
"""Words."""


def _lists_names(line: SourceLine) -> bool:
    """Whether a line has many parts of a few words each, between commas, and perhaps says how many others there are."""
    *names, _ = re.split("[،,؛;]", line.text)
    short = all(0 < len(name.split()) <= _WORDS_OF_LISTED for name in names)
    return line.is_open and len(names) >= _LEAST_LISTED and short and not any(map(_FIGURE.search, names))


_WORDS_OF_LISTED = 5
_LEAST_LISTED = 4


def mark_announced(lines: list[SourceLine], patterns: Patterns) -> None:
    """Names at the end below a few words and a colon: «The founders:»; what stands below those who sign is a list."""
    body = [index for index, line in enumerate(lines) if _is_body(line, patterns)]
    end = body[-1] + 1 if body else len(lines)
    for index in range(max(end, 1), len(lines) - 1):
        line = lines[index]
        if _is_name(line) and not LABELLED.match(line.text):
            return
        announces = line.is_open and line.introduces and len(line.text.split()) <= _WORDS_OF_LABEL
        names = next(grouped(lines[index + 1 : index + 1 + LONGEST_CLOSING]), []) if announces else []
        if names and _are_names(names, patterns):
            is_address = patterns.contact.search(fold(line.text)) is not None
            for one in names:
                one.kind = Kind.CONTACT if is_address else Kind.SIGNATURE
            return


_WORDS_OF_LABEL = 4


def _are_names(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether lines are names, the last one perhaps how many others there are, in brackets."""
    names = lines[:-1] if len(lines) > 1 and lines[-1].text[0] in "([" else lines
    listed = sum(patterns.list_opening.match(fold(line.text)) is not None for line in names)
    is_open = all(line.is_open for line in lines)
    return (
        is_open
        and all(_is_name(line) and not _says_where(line) for line in names)
        and 2 * listed <= len(names)
        and not lines[0].after_gap
    )


def _claim_listed(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """A list that ends a text below its day or its slogans has those who sign, if most are organisations or names."""
    listed = list(itertools.takewhile(lambda line: line.kind is Kind.LIST_ITEM, reversed(lines)))
    above = lines[-len(listed) - 1] if 1 < len(listed) < len(lines) else None
    named = [line for line in listed if _is_named(line, patterns)]
    if above and above.kind in (Kind.DATE, Kind.SLOGAN) and 2 * len(named) > len(listed):
        for line in listed:
            line.kind = Kind.SIGNATURE


def _is_named(line: SourceLine, patterns: Patterns) -> bool:
    text = fold(line.text)
    return not line.ends_sentence and bool(patterns.organisation.match(text) or patterns.given_name.match(text))


def mark_closing(lines: list[SourceLine], patterns: Patterns) -> None:
    """Claim what stands at the end of a text, and at that of each message of a thread."""
    for message in _messages(lines):
        _close(message, patterns)


def _messages(lines: list[SourceLine]) -> list[list[SourceLine]]:
    """Return the messages of a thread: each begins with lines whose labels come again, «From: …», «Sent: …»."""
    heads = [(group[0].first, _labels(group)) for group in grouped(lines)]
    opening = heads[0][1] if heads else set()
    begun = {first for first, labels in heads if len(labels & opening) > 1}
    messages: list[list[SourceLine]] = [[]]
    for line in lines:
        if line.first in begun and messages[-1]:
            messages.append([])
        messages[-1].append(line)
    if len(begun) < 2 or not all(any(line.is_prose for line in message) for message in messages):
        return [lines]
    return [_without_rule(message) for message in messages]


def _labels(group: Sequence[SourceLine]) -> set[str]:
    labels = (LABELLED.match(line.text) for line in group if line.kind in (Kind.CONTACT, Kind.DATE))
    return {label[1] for label in labels if label}


def _without_rule(message: list[SourceLine]) -> list[SourceLine]:
    return message[:-1] if message[-1].kind is Kind.SEPARATOR else message


def _close(lines: list[SourceLine], patterns: Patterns) -> None:
    """Short lines after the last prose and the last slogan or list: who speaks, who adopted it; all below «-- »."""
    _claim_listed(lines, patterns)
    below = [index for index, line in enumerate(lines) if _SIGNATURE_RULE.fullmatch(line.text)]
    for line in lines[below[-1] :] if below else ():
        if line.is_open and len(line.text) <= LONGEST_HEADING:
            labelled = Kind.PARAGRAPH if line.ends_sentence else Kind.CONTACT
            line.kind = labelled if LABELLED.match(line.text) else Kind.SIGNATURE
    if below and below[-1]:
        _mark_above_rule(lines[: below[-1]])
    _mark_above_rules(lines)
    rest = lines[_end_of_body(lines, patterns) :]
    _mark_refrains(rest)
    _mark_occasion(rest)
    _mark_imprint(rest)
    _mark_whom_to_ask(rest, patterns)
    remarks = {*_remarks(rest), *_farewells(rest)}
    beside = {line.first for above, line in pairwise(rest) if above.kind is Kind.CONTACT and not line.after_gap}
    for line, following in itertools.zip_longest(rest, rest[1:]):
        if _signs_for(line, following, patterns):
            line.kind = Kind.SIGNATURE
        elif line.first in remarks:
            line.kind = Kind.PARAGRAPH
        elif line.is_open and is_call(line) and len(line.text) <= 60:
            line.kind = Kind.SLOGAN
        elif following and (_heads(line, following) or following.kind is Kind.VERSE):
            continue
        elif _says_where(line) and not patterns.organisation.match(fold(line.text)):
            line.kind = Kind.CONTACT
        elif following and _heads_contact(line, following, patterns):
            line.kind = Kind.HEADING
        elif _signs(line, patterns) or _signs_with_label(line, following, patterns, beside):
            line.kind = Kind.SIGNATURE
    for group in grouped([line for line in rest if line.kind is not Kind.SEPARATOR]):
        if len(group) > 1 and all(_may_sign_with_label(line, patterns) for line in group):
            for line in group:
                line.kind = Kind.SIGNATURE


def _mark_above_rule(lines: Sequence[SourceLine]) -> None:
    """Above «-- » the writer signs, perhaps directly below a greeting."""
    *_, group = grouped(lines)
    if len(group) <= _MOST_ABOVE_RULE and _is_name(group[-1]) and len(group[-1].text.split()) <= _WORDS_OF_LABEL:
        group[-1].kind = Kind.SIGNATURE


def _mark_above_rules(lines: Sequence[SourceLine]) -> None:
    """Between gaps above a rule, behind most of the text, an office or two and a name below it sign."""
    groups = list(grouped(lines))
    for above, group, rule in zip(groups, groups[1:], groups[2:], strict=False):
        is_late = rule[0].kind is Kind.SEPARATOR and 2 * rule[0].first > lines[-1].last
        office, *names = group
        signed = is_late and above[-1].is_prose and 0 < len(names) <= _MOST_ABOVE_RULE and office.text[-1] in ",،"
        if signed and office.is_open and all(map(_is_name, names)):
            for line in group:
                line.kind = Kind.SIGNATURE


_MOST_ABOVE_RULE = 2


def _remarks(lines: Sequence[SourceLine]) -> Iterator[int]:
    """Yield the numbers of lines behind those who sign, in groups that begin with a label: «cc: …», «Encl.: …»."""
    signed = False
    for group in grouped([line for line in lines if line.kind is not Kind.SEPARATOR]):
        label = LABELLED.match(group[0].text) if group[0].is_open else None
        if signed and label and " " not in label[1]:
            yield from (line.first for line in group if line.is_open)
        signed = signed or (label is None and any(map(_is_name, group)))


def _farewells(lines: Sequence[SourceLine]) -> Iterator[int]:
    """Yield the numbers of lines alone above names which begin all their words with capitals, as the lines do not."""
    groups = list(grouped([line for line in lines if line.kind is not Kind.SEPARATOR]))
    for group, below in pairwise(groups):
        line = group[0]
        wishes = len(group) == 1 and _is_name(line) and not LABELLED.match(line.text) and not _is_capitalised(line.text)
        if not (wishes and len(line.text.split()) > 2 and _is_name(below[0])):
            continue
        if len(below) > _MOST_BIDDING and all(map(_is_name, below)) and any(map(has_case, line.text)):
            line.kind = Kind.HEADING
        elif _is_capitalised(below[0].text):
            yield line.first


_MOST_BIDDING = 3
"""Lines of who bids farewell; above more of them, a line says who they are."""


def _is_capitalised(text: str) -> bool:
    """Whether the words of a text, but for short ones such as «de», begin with capitals; never in Persian."""
    words = [word for word in text.split() if len(word) > 3] or text.split()
    return all(word[0].isupper() for word in words)


def _mark_occasion(lines: Sequence[SourceLine]) -> None:
    """Behind those who sign, lines of which the first has a label and a figure say when and where something is."""
    groups = itertools.dropwhile(lambda group: not any(map(_is_name, group)), grouped(lines))
    for group in itertools.islice(groups, 1, None):
        labelled = LABELLED.match(group[0].text) and _FIGURE.search(group[0].text)
        if labelled and len(group) > 1 and all(line.is_phrase for line in group):
            for line in group:
                line.kind = Kind.CONTACT


def _mark_imprint(lines: Sequence[SourceLine]) -> None:
    """The last line of a text, alone below addresses and those who sign, is a remark if it has many words."""
    groups = list(grouped(lines))
    if len(groups) > 2 and len(groups[-1]) == 1 and all(line.kind is Kind.CONTACT for line in groups[-2]):
        line = groups[-1][0]
        if line.is_phrase and len(line.text.split()) > _WORDS_OF_LABEL and not LABELLED.match(line.text):
            line.kind = Kind.PARAGRAPH


def _mark_refrains(lines: Sequence[SourceLine]) -> None:
    """Short lines above those that sign are slogans, too, if half of them are refrains."""
    groups = [group for group in grouped(lines) if group[0].is_open or group[0].kind is Kind.SLOGAN]
    for group in groups[:-1]:
        phrases = [line for line in group if line.is_phrase or line.kind is Kind.SLOGAN]
        called = sum(line.kind is Kind.SLOGAN or is_refrain(line.text) for line in group)
        if len(phrases) == len(group) and 2 * called >= len(group):
            for line in group:
                line.kind = Kind.SLOGAN


def _says_where(line: SourceLine) -> bool:
    """Whether a line that is no sentence has hours, or the number of a house, between commas: no name has."""
    parts = re.split("[،,]", line.text) if line.is_phrase and not LABELLED.match(line.text) else []
    counted = sum(_FIGURE.search(part) is not None for part in parts)
    return len(parts) > 1 and (counted > 1 or _FIGURE.search(parts[-1][-2:]) is not None)


def _heads(line: SourceLine, following: SourceLine) -> bool:
    """Whether a line alone between gaps stands above one that announces something in a sentence: no name does."""
    alone = line.is_phrase and line.after_gap and line.before_gap
    return alone and following.is_open and following.introduces and len(following.text.split()) > 3


def _mark_whom_to_ask(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Below a line alone that says who can be asked, a name stands with its addresses."""
    for (head, *others), group in pairwise(grouped(lines)):
        asked = head.is_phrase and not others and not LABELLED.match(head.text)
        addressed = len(group) > 1 and group[0].is_phrase and group[1].kind is Kind.CONTACT
        if asked and addressed and patterns.contact.search(fold(head.text)):
            head.kind, group[0].kind = Kind.HEADING, Kind.CONTACT


def _heads_contact(line: SourceLine, following: SourceLine, patterns: Patterns) -> bool:
    """Whether a line says that those below it can be asked or written to."""
    close = line.is_phrase and line.after_gap and not line.before_gap and not LABELLED.match(line.text)
    named = close and patterns.contact.search(fold(line.text)) is not None
    return named and (following.is_phrase or following.kind is Kind.CONTACT)


def _signs(line: SourceLine, patterns: Patterns) -> bool:
    if not line.is_open or line.ends_sentence or line.text[0] in "([" or is_part(line, patterns):
        return False
    label = LABELLED.match(line.text)
    if re.search("[@#]", line.text) or HOUR.match(line.text):
        return False
    counted = label and (len(_NUMBERS.findall(line.text)) > 1 or len(label[1].split()) > 3)
    return not counted and not patterns.broken_off.match(fold(line.text))


def _signs_with_label(
    line: SourceLine, following: SourceLine | None, patterns: Patterns, beside: Collection[int]
) -> bool:
    """«For the editors: …»: a label without a number or an address behind it, that is none of a place or a contact.

    A label of one word may be that of a place, unless it is the last line and not `beside` an address.
    """
    label = LABELLED.match(line.text) if _may_sign_with_label(line, patterns) else None
    is_last = following is None and line.first not in beside
    return label is not None and line.kind is Kind.CONTACT and (is_last or " " in label[1])


def _signs_for(line: SourceLine, following: SourceLine | None, patterns: Patterns) -> bool:
    """«For the committee,» above a name: a few words, and an organisation after one or two of them."""
    words = fold(line.text.rstrip(" ,،")).split() if line.text[-1] in ",،" else []
    short = line.is_open and 1 < len(words) <= _WORDS_OF_LABEL + 1 and not line.introduces
    if not short or following is None or not _is_name(following):
        return False
    return any(patterns.organisation.match(" ".join(words[start:])) for start in (1, 2))


def _may_sign_with_label(line: SourceLine, patterns: Patterns) -> bool:
    if line.kind is Kind.SIGNATURE:
        return True
    label = LABELLED.match(line.text) if line.kind is Kind.CONTACT and "\n" not in line.text else None
    return bool(label) and not patterns.contact.search(fold(line.text)) and not re.search(r"[\d@/#]", line.text)


def _end_of_body(lines: Sequence[SourceLine], patterns: Patterns) -> int:
    """Return the place behind the last prose; lists and remarks behind the names of those who sign are no body."""
    body = [index for index, line in enumerate(lines) if _is_body(line, patterns)]
    while len(body) > 1 and _is_postscript(lines, body[-1]):
        body.pop()
    if not body:
        return len(lines)
    end = body[-1] + 1
    for index in range(len(lines) - 1, max(len(lines) // 2, end - 13, len(lines) - LONGEST_CLOSING), -1):
        if _bids_farewell(lines, index):
            return index
        first = _first_name_above(lines, index)
        if first is not None and _begins_list_below(lines, index):
            return first
    return end


def _is_body(line: SourceLine, patterns: Patterns) -> bool:
    if line.kind is Kind.HEADING:
        return not patterns.signatories.match(fold(line.text))
    shown = line.kind in (Kind.LIST_ITEM, Kind.TABLE, Kind.VERSE, Kind.QUOTATION)
    return shown or (line.is_prose and not is_call(line) and not (line.text[-1] in "،," and len(line.text) <= 50))


def _first_name_above(lines: Sequence[SourceLine], index: int) -> int | None:
    """Return the place of the first of the names that stand together directly above a line, or above a remark there."""
    near = range(max(0, index - 3), index)
    told = max((place for place in near if _tells(lines[place])), default=-1)
    names = [place for place in near if place > told and _is_name(lines[place]) and not _heads_prose(lines, place)]
    if not names:
        return None
    above = reversed(lines[max(0, index - LONGEST_CLOSING) : names[0]])
    beside = itertools.takewhile(lambda line: _is_name(line) and not line.before_gap, above)
    return names[0] - len(list(beside))


def _is_postscript(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether a remark behind a label of one word («P.-S. : …») stands between gaps below the names of a few lines."""
    line = lines[index]
    label = _POSTSCRIPT.match(line.text) if line.is_open and line.after_gap and line.before_gap else None
    *_, above = grouped(lines[max(0, index - _MOST_ABOVE_POSTSCRIPT) : index])
    return label is not None and all(_is_name(one) or one.text[-1] in "،," for one in above) and above[0].after_gap


_POSTSCRIPT = re.compile(r"[^\W\d][\w.\u200c-]{0,11}\s?:\s")
_MOST_ABOVE_POSTSCRIPT = 5


def _tells(line: SourceLine) -> bool:
    """Whether a line is prose, and no remark behind a label («P.-S. : …»)."""
    return line.is_prose and ":" not in line.text[:_LONGEST_LABEL_OF_REMARK]


_LONGEST_LABEL_OF_REMARK = 12


def _bids_farewell(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether a greeting stands above a name, and hardly anything is said below."""
    greets = lines[index].kind is Kind.PARAGRAPH and index + 1 < len(lines) and _is_name(lines[index + 1])
    return greets and sum(line.is_prose for line in lines[index + 1 :]) < 4


def _begins_list_below(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether a few words and a colon stand above the last list of a document, as «Copies to:» below a letter."""
    line = lines[index]
    below = lines[index + 1 :]
    short = line.is_open and line.introduces and len(line.text) <= 40
    listed = bool(below) and below[0].kind is Kind.LIST_ITEM and not any(one.is_open for one in below)
    return short and bool(below) and not any(one.is_prose for one in below) and (listed or below[0].is_open)


def _heads_prose(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether a line stands directly above prose, as headings do and names do not."""
    return index + 1 < len(lines) and lines[index + 1].is_prose and not lines[index].before_gap


def _is_name(line: SourceLine) -> bool:
    return line.is_open and len(line.text) <= 50 and not line.ends_sentence and not line.introduces
