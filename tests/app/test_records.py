"""What is kept of each published text: whole again when it is asked for, and a damaged one is no other text."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from pipeline.app import records
from pipeline.app.records import PublishedRecord, RecordFolder
from pipeline.errors import DocumentError
from pipeline.workspace import config
from tests.support.published import published

TEXT = replace(published("en"), pictures={"ab12": b"picture"})
KEY = (TEXT.document_id, "en")


@pytest.fixture
def folder(tmp_path) -> RecordFolder:
    (tmp_path / "pipeline.toml").write_text("")
    return RecordFolder(config.read(Path(tmp_path)))


def kept(folder: RecordFolder) -> PublishedRecord:
    content = records.encoded(PublishedRecord(TEXT, "report.pdf"), ["council", "workers"])
    return folder.write(folder.made(content, TEXT.pictures), content)


def test_a_text_is_whole_again_however_it_is_found(folder):
    head = records.heads([kept(folder)])
    for record in (*folder.all(), *folder.headed(head).values()):
        one = record.published
        assert (one.text, one.original) == (TEXT.text, TEXT.original)
        assert (list(one.words), dict(one.pictures)) == (["council", "workers"], dict(TEXT.pictures))
        assert record.pdf == "report.pdf"


def test_the_head_is_known_without_the_file_which_may_not_be_another(folder):
    head = records.heads([kept(folder)])
    folder.path(KEY).write_bytes(folder.path(KEY).read_bytes().replace(b"council", b"Council", 1)[:-2])
    record = folder.headed(head)[KEY]
    assert record.published.text.title == TEXT.text.title
    with pytest.raises(DocumentError, match="damaged"):
        list(record.published.text.blocks)


def test_a_stamp_changes_with_whatever_is_seen(folder):
    record = kept(folder)
    changed = replace(record, published=replace(record.published, issuer="Somebody else"))
    assert records.stamped(record).published.stamp == record.published.stamp
    assert records.stamped(changed).published.stamp != record.published.stamp


def test_a_record_of_an_earlier_version_is_read(folder):
    """It held all the text there was, without words for the search."""
    one = replace(TEXT, published="2026-03-01")
    folder.path(KEY).parent.mkdir(parents=True)
    earlier = msgspec.to_builtins(PublishedRecord(replace(one, pictures={}), "report.pdf"))
    del earlier["body"], earlier["published"]["words"]
    folder.path(KEY).write_bytes(msgspec.json.encode(earlier))
    (record,) = folder.all()
    assert (record.published.text, record.published.published, record.pdf) == (TEXT.text, "2026-03-01", "report.pdf")
