"""Every text is in one digest, whenever digests are made and sent."""

import json
from dataclasses import replace

import pytest

from pipeline.errors import InboxError
from pipeline.inbox import issues
from pipeline.inbox.issues import Issue, Mailing
from pipeline.inbox.record import Fate, InboxItem


def came(*days):
    return [InboxItem(n, "a.txt", "", "", "A title", "en", day) for n, day in enumerate(days, 1)]


def numbers(issue, items):
    return [item.number for item in issue.items(items)]


def test_until_it_is_sent_a_digest_takes_in_what_comes():
    items = came(*["2026-11-27"] * 3)
    first = issues.due((), items, "2026-11-27", 10, has_readers=True)
    assert (first.name, numbers(first, items)) == ("2026-11-27", [1, 2, 3])
    items = came(*["2026-11-27"] * 4, "2026-11-28")
    known = issues.recorded((), first)
    later = issues.due(known, items, "2026-11-28", 10, has_readers=True)
    assert (later.name, numbers(later, items)) == ("2026-11-28", [1, 2, 3, 4, 5])
    sent = replace(later, readers={"anna": "fa"})
    known = issues.recorded(issues.recorded(known, later), sent)
    assert known == (sent,)
    again = issues.due(known, came(*["2026-11-28"] * 7), "2026-11-28", 10, has_readers=True)
    assert (again.name, again.after, again.last) == ("2026-11-28-2", 5, 7)


def test_without_readers_the_day_ends_a_digest():
    items = came(*["2026-11-27"] * 3)
    known = issues.recorded((), issues.due((), items, "2026-11-27", 10, has_readers=False))
    assert issues.due(known, items, "2026-11-27", 10, has_readers=False) == known[0]
    next_day = issues.due(known, items, "2026-11-28", 10, has_readers=False)
    assert numbers(next_day, items) == []
    items = came(*["2026-11-27"] * 3, "2026-11-28")
    assert numbers(issues.due(known, items, "2026-11-28", 10, has_readers=False), items) == [4]


def test_no_more_than_can_be_read_is_in_one_and_the_rest_in_the_next():
    items = came(*["2026-11-27"] * 25)
    items[3] = replace(items[3], fate=Fate.DROPPED)
    known, found = (), []
    for _ in range(3):
        issue = issues.due(known, items, "2026-11-27", 10, has_readers=True)
        found.append(numbers(issue, items))
        known = issues.recorded(known, replace(issue, readers={"anna": "fa"}))
    assert found == [[1, 2, 3, *range(5, 12)], [*range(12, 22)], [22, 23, 24, 25]]


def test_one_since_a_day_takes_nothing_from_the_next_and_is_itself_the_second_time():
    items = came("2026-11-01", "2026-11-20", "2026-11-02", "2026-11-28")
    since = issues.since((), items, "2026-11-20", "2026-11-28", 10)
    assert (since.name, numbers(since, items)) == ("since-2026-11-20", [2, 4])
    known = issues.recorded((), sent := replace(since, readers={"anna": "fa"}))
    assert issues.since(known, items, "2026-11-20", "2026-11-29", 10) == sent
    assert numbers(issues.due(known, items, "2026-11-29", 10, has_readers=True), items) == [1, 2, 3, 4]
    more = issues.since(known, [*items, replace(items[3], number=5)], "2026-11-20", "2026-11-29", 10)
    assert more.name == "since-2026-11-20-2"


LEADING_OUT = [
    json.dumps([{"name": name, "day": "2026-11-28", "after": 0, "last": 3, "readers": {"anna": lang}}]).encode()
    for name, lang in (("../../x", "fa"), ("/x", "fa"), ("", "fa"), ("a\0", "fa"), ("a" * 100, "fa"), ("a", "../fa"))
]


def test_a_record_is_read_as_it_was_written_and_a_damaged_one_is_named():
    known = (Issue("2026-11-28", "2026-11-28", 0, 3, readers={"anna": "fa"}),)
    assert issues.read(issues.written(known), "r") == known and issues.read(b"", "r") == ()
    for content in (b"{", b'[{"name": 1}]', b'[{"name": "\xe5"}]', b"[" * 5000, *LEADING_OUT):
        with pytest.raises(InboxError, match=r"inbox/digests\.json: damaged"):
            issues.read(content, "inbox/digests.json")


def test_a_record_is_completed_from_what_was_sent_out_of_this_inbox():
    items = came(*["2026-11-27"] * 8)
    sent = Issue("2026-11-28-2", "2026-11-28", 5, 8, readers={"anna": "fa", "ben": "en"})
    mailings = [Mailing(sent.label, reader, lang, "2026-11-28") for reader, lang in sent.readers.items()]
    is_open = Issue("2026-11-27", "2026-11-27", 5, 7)
    assert issues.completed((), mailings, items) == issues.completed((is_open,), mailings, items) == (sent,)
    assert issues.completed((sent,), mailings[:1], items) == (sent,)
    since = Issue("since-2026-11-20-2", "2026-11-28", 0, 8, "2026-11-20", {"anna": "fa"})
    assert issues.completed((), [Mailing(since.label, "anna", "fa", "2026-11-28")], items) == (since,)
    another_inbox = came(*["2026-11-29"] * 9)
    assert issues.completed((), mailings, another_inbox) == issues.completed((), mailings, items[:7]) == ()
    assert issues.completed((), [Mailing("digest ../x: 1-2", "anna", "fa", "2026-11-28")], items) == ()
