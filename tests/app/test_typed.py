"""What somebody typed and did not save is there again, for them alone, until it is saved or thrown away."""

import threading

import pytest

from pipeline.app import typed
from pipeline.app.session import Session
from pipeline.app.typed import KeptText
from pipeline.errors import DocumentError, UsageError
from tests.support.visits import clock

TEXT = KeptText("0123456789ab", "sara", "base", "before\n", "text\u200cبا نیم‌فاصله\n")


@pytest.fixture
def session(workspace):
    return Session.open(workspace, clock)


def test_a_text_comes_back_as_it_was_typed_and_to_its_person_alone(session):
    typed.keep(session, "statement", "en", TEXT)
    assert typed.kept(session, "statement", "en", "sara") == {TEXT.name: TEXT}
    assert typed.kept(session, "statement", "en", "reza") == typed.kept(session, "statement", "fr", "sara") == {}
    typed.forget(session, "statement", "en", "reza", TEXT.name)
    assert typed.kept(session, "statement", "en", "sara")
    typed.forget(session, "statement", "en", "sara", TEXT.name)
    assert typed.kept(session, "statement", "en", "sara") == {}


def test_it_is_kept_while_a_command_clears_what_others_left_half_written(session, workspace):
    over = threading.Event()

    def command():
        while not over.is_set():
            with session.locked():
                pass

    thread = threading.Thread(target=command)
    thread.start()
    try:
        for number in range(200):
            typed.keep(session, "statement", "en", KeptText(TEXT.name, "sara", "", "", f"{number}"))
    finally:
        over.set()
        thread.join()
    assert typed.kept(session, "statement", "en", "sara")[TEXT.name].text == "199"


def test_what_two_servers_keep_at_once_is_kept(session):
    """Each has a lock of its own, and writes the whole record."""

    def typing(by):
        for number in range(60):
            typed.keep(session, "statement", "en", KeptText(f"{number:012}", by, "", "", by))

    threads = [threading.Thread(target=typing, args=(by,)) for by in ("sara", "reza")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(typed.kept(session, "statement", "en", by)) for by in ("sara", "reza")] == [60, 60]


def test_it_is_private(session, workspace):
    typed.keep(session, "statement", "en", TEXT)
    (file,) = (workspace / ".pipeline" / typed.FOLDER).iterdir()
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b"{", b'{"a": 1, "sara/x": [1, 2, 3, 4], "sara/y": ["sara"]}', b"\xff"]
)
def test_a_damaged_record_is_forgotten(session, workspace, content):
    typed.keep(session, "statement", "en", TEXT)
    (file,) = (workspace / ".pipeline" / typed.FOLDER).iterdir()
    file.write_bytes(content)
    assert typed.kept(session, "statement", "en", "sara") == {}
    typed.keep(session, "statement", "en", TEXT)
    assert TEXT.name in typed.kept(session, "statement", "en", "sara")


def test_of_very_many_the_oldest_go_and_a_very_long_one_is_refused(session, monkeypatch):
    monkeypatch.setattr(typed, "MOST", 3)
    for number in range(5):
        typed.keep(session, "statement", "en", KeptText(f"{number:012}", "sara", "", "", "x"))
    assert [int(name) for name in typed.kept(session, "statement", "en", "sara")] == [2, 3, 4]
    with pytest.raises(UsageError, match="shorten"):
        typed.keep(session, "statement", "en", KeptText(TEXT.name, "sara", "", "", "x" * 100_001))


def test_whoever_types_very_much_takes_nothing_from_others(session, monkeypatch):
    monkeypatch.setattr(typed, "MOST", 3)
    monkeypatch.setattr(typed, "MOST_CHARACTERS", 1000)
    typed.keep(session, "statement", "en", TEXT)
    for number in range(9):
        typed.keep(session, "statement", "en", KeptText(f"{number:012}", "guest", "", "", "x" * 400))
    assert typed.kept(session, "statement", "en", "sara") == {TEXT.name: TEXT}
    assert [int(name) for name in typed.kept(session, "statement", "en", "guest")] == [7, 8]


@pytest.mark.parametrize("name", ["", "u" * 900_000, "0123456789a", "0123456789ab/0123456789ab", "../0123456789ab"])
def test_what_names_no_sentence_is_not_kept(session, workspace, name):
    with pytest.raises(UsageError, match="no such sentence"):
        typed.keep(session, "statement", "en", KeptText(name, "sara", "", "", "x"))


def test_no_link_leads_out_of_the_workspace(session, workspace, tmp_path):
    (outside := tmp_path / "outside").mkdir()
    (workspace / ".pipeline").mkdir(exist_ok=True)
    (workspace / ".pipeline" / typed.FOLDER).symlink_to(outside)
    with pytest.raises(DocumentError, match="leads out"):
        typed.keep(session, "statement", "en", TEXT)
    assert list(outside.iterdir()) == []
