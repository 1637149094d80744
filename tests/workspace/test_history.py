"""A file as a command last saw it is kept beside its earlier versions, and is none of them."""

import gzip
from datetime import UTC, datetime

from pipeline.workspace import config, history

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_a_file_is_remembered_as_it_was_last_seen(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    assert history.seen(settings, file) is None
    for content in (b"one", b"two", b"two"):
        history.see(settings, file, content)
        seen = history.seen(settings, file)
        assert (seen.read(), seen.digest) == (content, history.digest(content))
    assert len(list(history.folder(settings, file).iterdir())) == 1 and history.versions(settings, file) == []
    history.keep(settings, file, b"one", NOW)
    assert [version.read() for version in history.versions(settings, file)] == [b"one"]
    assert history.seen(settings, file).read() == b"two"


def test_where_it_cannot_be_remembered_the_command_goes_on(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    place = history.folder(settings, file)
    place.parent.mkdir(parents=True)
    place.write_text("a file in its place")
    history.see(settings, file, b"one")
    assert history.seen(settings, file) is None


def test_versions_are_copies_whose_names_tell_when_and_what(workspace):
    settings, file = config.read(workspace), workspace / "translations" / "en" / "a.po"
    history.keep(settings, file, b"one", NOW)
    (version,) = history.versions(settings, file)
    assert (version.time, version.digest) == (NOW, history.digest(b"one"))
    assert gzip.decompress(version.path.read_bytes()) == b"one"
