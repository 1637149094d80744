"""Which digests there were, so that each text is in one of them: inbox/digests.json."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from pipeline.errors import InboxError
from pipeline.inbox.record import Fate, InboxItem
from pipeline.languages import CODE

_LABEL = re.compile(
    r"digest (?P<name>(?:since-(?P<since>[0-9-]{10})|(?P<day>[0-9-]{10}))[0-9-]*): (?P<first>\d{1,9})-(?P<last>\d{1,9})"
)
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Issue:
    """A digest by its `name`: what came behind the number `after`, up to `last`, and if a day is named `since` it.

    It was made on a `day`. `readers` are those it was sent to, each with a language; until then it is open, and what
    comes in meanwhile is put into it.
    """

    name: str
    day: str
    after: int
    last: int
    since: str = ""
    readers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no name of a file: a record may come with the workspace of somebody else."""
        if not _PLAIN.fullmatch(self.name) or not all(CODE.fullmatch(lang) for lang in self.readers.values()):
            raise ValueError(f"{self.name}: no name of a digest, or no languages of readers")

    @property
    def label(self) -> str:
        """What the ledger calls a digest, and the numbers in it: no document can have such an id."""
        return f"digest {self.name}: {self.after + 1}-{self.last}"

    def items(self, items: Iterable[InboxItem]) -> list[InboxItem]:
        """Return what is in it of all that ever came; what an editor dropped is not."""
        return [
            item
            for item in items
            if self.after < item.number <= self.last and item.received >= self.since and item.fate is not Fate.DROPPED
        ]


@dataclass(frozen=True, slots=True)
class Mailing:
    """What the ledger knows of a digest: its label, and the reader, the language and the day of an e-mail with it."""

    label: str
    reader: str
    lang: str
    day: str


def read(content: bytes, name: str) -> tuple[Issue, ...]:
    """Return what a record says; raise InboxError when it is damaged."""
    try:
        return msgspec.json.decode(content or b"[]", type=tuple[Issue, ...])
    except (ValueError, RecursionError) as error:
        raise InboxError(f"{name}: damaged ({error}); put an earlier version back, or remove it") from None


def written(issues: tuple[Issue, ...]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(issues), indent=1)


def due(issues: Sequence[Issue], items: Sequence[InboxItem], day: str, most: int, *, has_readers: bool) -> Issue:
    """Return the digest that is due on a day: of what came behind the last one that is closed, and no more than `most`.

    One is closed when it was sent, or, where nobody is there to be sent it, on the next day. Those since a day do not
    count: what lies before that day is in none of them.
    """
    last = next((one for one in reversed(issues) if not one.since), None)
    is_open = bool(last and not last.readers and (has_readers or last.day == day))
    after = (last.after if is_open else last.last) if last else 0
    name = last.name if last and is_open and last.day == day else _free(day, issues)
    return _bounded(Issue(name, day, after, after), items, most)


def since(issues: Sequence[Issue], items: Sequence[InboxItem], first: str, day: str, most: int) -> Issue:
    """Return a digest of what came since a day, whatever was in others; the same as before, if one was just that."""
    wanted = _bounded(Issue(f"since-{first}", day, 0, 0, first), items, most)
    same = (one for one in issues if (one.since, one.after, one.last) == (first, wanted.after, wanted.last))
    return next(same, replace(wanted, name=_free(wanted.name, issues)))


def recorded(issues: Sequence[Issue], issue: Issue) -> tuple[Issue, ...]:
    """Return the digests with one more, which takes the place of the open one before it, or of itself."""
    kept = [one for one in issues if one.name != issue.name and (one.readers or one.since or one.after != issue.after)]
    return (*kept, issue)


def completed(issues: tuple[Issue, ...], mailings: Iterable[Mailing], items: Iterable[InboxItem]) -> tuple[Issue, ...]:
    """Return the digests with those that were sent and are not in the record, as when an earlier one was put back.

    A mailing of an earlier inbox, which had other texts under the same numbers, does not count.
    """
    known, came = {one.label for one in issues if one.readers}, {item.number: item.received for item in items}
    lost: dict[str, Issue] = {}
    for mailing in mailings:
        sent = _of(mailing)
        if sent and sent.label not in known and came.get(sent.last, "9") <= sent.day:
            before = lost.get(sent.label, sent)
            lost[sent.label] = replace(sent, readers=before.readers | sent.readers)
    for issue in lost.values():
        issues = recorded(issues, issue)
    return issues


def _of(mailing: Mailing) -> Issue | None:
    """Return the digest that a label stands for."""
    if not (found := _LABEL.fullmatch(mailing.label)):
        return None
    first, last, since = int(found["first"]), int(found["last"]), found["since"] or ""
    return Issue(found["name"], found["day"] or mailing.day, first - 1, last, since, {mailing.reader: mailing.lang})


def _bounded(issue: Issue, items: Sequence[InboxItem], most: int) -> Issue:
    """Return an issue up to its last item."""
    newest = max([issue.after, *(item.number for item in items)])
    whole = replace(issue, last=newest)
    its = sorted(item.number for item in whole.items(items))
    return whole if len(its) <= most else replace(issue, last=its[most - 1])


def _free(name: str, issues: Sequence[Issue]) -> str:
    """Return a name that no digest has: that of a day, and a number from the second on."""
    taken = {one.name for one in issues}
    names = (f"{name}-{number}" if number > 1 else name for number in range(1, len(issues) + 2))
    return next(one for one in names if one not in taken)
