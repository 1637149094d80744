"""What lies in output/ is known by a record, which may be damaged, and by the files themselves."""

import json

import pytest

from pipeline.app import pdf_record
from pipeline.app.pdf_record import Built
from pipeline.workspace import config, storage
from tests.support.sessions import begun

NAME = "statement.fa-en.pdf"


@pytest.fixture
def settings(workspace):
    return begun(workspace)[0].config


def record_file(settings: config.Config):
    return settings.output / pdf_record.FILE_NAME


def test_what_was_built_is_read_as_it_was_written(settings):
    record = {NAME: Built("a" * 64, "b" * 64, "c", "d"), "letter\n«نامه».pdf": Built("e", "f")}
    pdf_record.write(settings, record)
    assert pdf_record.read(settings) == record
    assert len(record_file(settings).read_text("utf-8").splitlines()) == 4  # a line for each, for git


@pytest.mark.parametrize("content", ["", "[]", "null", "{" * 100_000, '{"a": "b"', '{"a": {"made_of": "\udcff"}}'])
def test_a_record_that_says_nothing_is_none(settings, content):
    settings.output.mkdir(exist_ok=True)
    record_file(settings).write_text(content, "utf-8", "surrogateescape")
    assert pdf_record.read(settings) == {}


def test_an_entry_that_others_have_changed_is_built_again_and_the_rest_is_not(settings):
    pdf_record.write(settings, {NAME: Built("a", "b"), "other.pdf": Built("c", "d")})
    found = json.loads(record_file(settings).read_text("utf-8"))
    found["other.pdf"] = {"fingerprint": 5}
    record_file(settings).write_text(json.dumps(found), "utf-8")
    assert pdf_record.read(settings) == {NAME: Built("a", "b")}


def test_a_record_with_a_damaged_letter_is_none(settings):
    pdf_record.write(settings, {NAME: Built("a", "b")})
    record_file(settings).write_bytes(record_file(settings).read_bytes().replace(b'": {', b'\xe5": {', 1))
    assert pdf_record.read(settings) == {}


def test_a_pdf_is_whole_while_it_is_the_one_that_was_built(settings):
    path = settings.output / NAME
    storage.write(path, b"%PDF-1.7 as it was typeset")
    built = Built("a", storage.sha256(b"%PDF-1.7 as it was typeset"))
    assert pdf_record.is_whole(settings, NAME, built)
    storage.write(path, b"%PDF-1.7 as somebody saved it")
    assert not pdf_record.is_whole(settings, NAME, built)
    path.unlink()
    assert not pdf_record.is_whole(settings, NAME, built)
