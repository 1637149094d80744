"""What came is remembered in full; a record that says anything else is refused by name."""

import pytest

from pipeline.errors import InboxError
from pipeline.inbox import record
from pipeline.inbox.record import Fate, InboxItem, Permission


def test_what_is_written_is_read_again():
    items = (
        InboxItem(1, "a.txt", "x", "y", "بیانیه", "fa", "2026-11-28", sketch=("1", "2")),
        InboxItem(2, "b.eml", "x", "z", "", "en", "2026-11-28", permission=Permission.GRANTED, fate=Fate.DROPPED),
    )
    assert record.read(record.written(items), "inbox.json") == items


def test_nothing_written_is_an_empty_inbox():
    assert record.read(b"", "inbox.json") == ()


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"[", b"[" * 100_000, b"\xff", b'[{"number": "1"}]'])
def test_what_is_damaged_is_refused(content):
    with pytest.raises(InboxError, match=r"^inbox\.json: damaged"):
        record.read(content, "inbox.json")
