"""Files of a workspace are read up to a limit, and written whole or not at all."""

import os

import pytest

from pipeline.errors import DocumentError, PipelineError
from pipeline.workspace import config, replacement, storage


def test_what_is_written_beside_goes_through_no_link(tmp_path):
    """The names are told by the numbers of processes: whoever makes a workspace can put a link at many of them."""
    path, outside = tmp_path / "typed.json", tmp_path / "outside"
    outside.write_bytes(b"mine")
    for left in (lambda part: part.symlink_to(outside), lambda part: part.write_bytes(b"of a killed command")):
        left(path.with_name(f".{path.name}.{os.getpid()}"))
        storage.write_beside(path, b"new")
        assert (path.read_bytes(), path.is_symlink(), outside.read_bytes()) == (b"new", False, b"mine")


def test_what_somebody_saved_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "fr" / "letter.po"
    storage.write(path, b"one", b"")
    storage.write(path, b"two", b"one")
    with pytest.raises(replacement.Changed):
        storage.write(path, b"three", b"one")
    assert path.read_bytes() == b"two"
    storage.write(path, b"four")
    assert path.read_bytes() == b"four"


def test_a_text_that_is_no_utf8_is_told_with_its_byte():
    assert storage.decoded("\ufeffنان".encode(), "a.txt") == "نان"
    with pytest.raises(DocumentError, match="byte 2: not valid UTF-8"):
        storage.decoded(b"ab\xff", "a.txt")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"1", b'{"a": 1, "a": 2}'])
def test_a_record_that_is_none_is_empty_and_is_made_anew(tmp_path, content):
    path = tmp_path / "record"
    path.write_bytes(content)
    assert storage.read_record(path) == {} == storage.read_record(tmp_path / "none")
    storage.write_record(path, {"b": 1}, {})
    assert storage.read_record(path) == {"b": 1}
    path.unlink()
    storage.write_record(path, {"b": 1}, {"b": 1})
    assert not path.exists()


@pytest.mark.parametrize(("name", "said"), [("none", "no such file"), (".", "a folder, a pipe or a device")])
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path, name, said):
    with pytest.raises(DocumentError, match=said):
        storage.read_outside(tmp_path / name)


def test_a_folder_is_there_whole_or_not_and_the_first_one_stays(tmp_path):
    folder = tmp_path / "release"
    assert storage.write_folder(folder, {"a": b"1", "b": b"2"})
    assert not storage.write_folder(folder, {"a": b"3"})
    assert sorted((one.name, one.read_bytes()) for one in folder.iterdir()) == [("a", b"1"), ("b", b"2")]
    storage.remove_folder(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_file_takes_the_place_of_another_and_a_folder_goes_into_one(tmp_path):
    for name in ("from/a", "from/b", "to/b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    storage.move(tmp_path / "from", tmp_path / "to")
    assert [(tmp_path / "to" / name).read_text() for name in "ab"] == ["from/a", "from/b"]
    storage.move(tmp_path / "to/a", tmp_path / "to/b")
    assert (tmp_path / "to/b").read_text() == "from/a" and not (tmp_path / "to/a").exists()


def test_empty_folders_of_an_id_go_and_those_of_a_language_stay(workspace):
    settings = config.read(workspace)
    folder = settings.translations / "fr/1988/prison"
    folder.mkdir(parents=True)
    storage.remove_empty(settings, folder)
    assert not (settings.translations / "fr/1988").exists() and (settings.translations / "fr").exists()


def test_an_error_of_the_disk_says_where_and_what_to_do(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(PipelineError, match="a/b: File exists; look whether the disk is in order"):
        storage.write_part(tmp_path / "a/b", b"")
