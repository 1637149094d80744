"""What came is remembered in full; a record that says anything else is refused by name."""

import json

import pytest

from pipeline.errors import InboxError
from pipeline.inbox import record
from pipeline.inbox.record import Fate, InboxItem
from pipeline.model import Permission


def test_what_is_written_is_read_again():
    items = (
        InboxItem(1, "a.txt", "x", "y", "بیانیه", "fa", "2026-11-28", sketch=("1", "2")),
        InboxItem(2, "b.eml", "x", "z", "", "en", "2026-11-28", permission=Permission.GRANTED, fate=Fate.DROPPED),
    )
    assert record.read(record.written(items), "inbox.json") == items


def test_nothing_written_is_an_empty_inbox():
    assert record.read(b"", "inbox.json") == ()


@pytest.mark.parametrize(
    "content", [b"{}", b"[1]", b"[", b"[" * 100_000, b"\xff", b'[{"number": "1"}]', b'[{"file": "\xff"}]']
)
def test_what_is_damaged_is_refused(content):
    with pytest.raises(InboxError, match=r"^inbox\.json: damaged"):
        record.read(content, "inbox.json")


@pytest.mark.parametrize("evil", ["../../a.txt", "/etc/passwd", "..", ".a", "a\\b", "a/b.txt", "", "a\0b"])
@pytest.mark.parametrize("field", ["file", "lang"])
def test_nothing_leads_out_of_a_folder(field, evil):
    item = {"number": 1, "file": "a.txt", "sha256": "", "words": "", "title": "", "lang": "en", "received": ""}
    with pytest.raises(InboxError, match="no name of a file"):
        record.read(json.dumps([item | {field: evil}]).encode(), "inbox.json")
