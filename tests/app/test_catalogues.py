"""Documents and catalogues: each is read once, and saved over no edit of a translator."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipeline.app import catalogues, running
from pipeline.app.session import Session
from pipeline.errors import DocumentError
from tests.app.conftest import NAME
from tests.support.sessions import begun, clock, remarks
from tests.support.statement import edit


def put_pipe(path):
    os.mkfifo(path)


def put_loop(path):
    path.symlink_to(path.name)


@pytest.mark.parametrize("put", [put_pipe, Path.mkdir, put_loop, lambda path: path.symlink_to("/dev/zero")])
def test_what_stands_in_the_place_of_a_po_file_is_a_fault_and_stays(one, put):
    """A pipe would be waited for, for ever."""
    path = one / f"translations/en/{NAME}.po"
    path.unlink()
    put(path)
    session = Session.open(one, clock)
    running.run(session, None)
    assert len(session.faults) == 1 and path.name in session.faults[0]
    assert os.path.lexists(path) and not os.path.isfile(path)


def test_without_documents_it_says_where_to_put_them(workspace):
    with pytest.raises(DocumentError, match=r"seeds: no documents here; put one there"):
        catalogues.files(Session.open(workspace, clock), None)


def test_what_a_translator_saves_while_a_catalogue_is_made_is_read_and_kept(workspace, statement):
    session, _ = begun(workspace)
    (document,) = catalogues.documents(session, None)
    assert catalogues.save_as_it_is(session, catalogues.current(session, document, "en"))
    path = workspace / "translations" / "en" / "statement.po"
    statement.write_text(statement.read_text("utf-8").replace("تلفن", "تلفن ما"), "utf-8")
    (document,) = catalogues.documents(session, None)
    found = catalogues.current(session, document, "en")
    edit(path, "بیانیه ما", "Our statement")
    assert catalogues.save_as_it_is(session, found)
    text = path.read_text("utf-8")
    assert 'msgstr "Our statement"' in text and "تلفن ما" in text


def test_a_dry_run_says_what_would_change_and_leaves_the_file(workspace, statement):
    session, events = begun(workspace, dry_run=True)
    (document,) = catalogues.documents(session, None)
    assert catalogues.save_as_it_is(session, catalogues.current(session, document, "en"))
    assert any("بیانیه ما" in line for line in remarks(events))
    assert not (workspace / "translations" / "en").exists()


_opened: list[str] | None = None


def _note(event, details):
    if event == "open" and _opened is not None:
        _opened.append(str(details[0]))


sys.addaudithook(_note)  # stays for good, and costs nothing while nobody asks


@pytest.fixture
def opened(pipeline):
    """Run a command; return how often it opened each PO file, by its path in the workspace."""

    def run(*words):
        global _opened
        _opened = []
        try:
            done = pipeline(*words)
        finally:
            names, _opened = _opened, None
        assert "Traceback" not in done.stderr, done.stderr
        return Counter(name.rpartition("/workspace/")[2] for name in names if name.endswith(".po"))

    return run


@pytest.mark.parametrize(
    ("words", "times"),
    [("check", 3), ("build-pdf --dry-run --layout parallel,facing,single", 1), ("export", 1)],
    ids=["check", "build-pdf", "export"],
)
def test_a_command_opens_no_catalogue_more_often_the_more_there_are(pipeline, workspace, opened, words, times):
    """The checks read it for what it translates, which others are held against, for its findings, and beside others."""
    for name in ("one", "two"):
        (workspace / "seeds" / f"{name}.txt").write_text(f"بیانیه {name}\n\nاین متن است. این هم.\n", "utf-8")
    pipeline("segment", "-q")
    counts = opened(*words.split())
    files = [f"translations/{lang}/{name}.po" for lang in ("en", "fr") for name in ("one", "two")]
    assert {name: counts[name] for name in files} == dict.fromkeys(files, times), counts


def test_the_file_of_another_language_is_refused_and_left_as_it_is(one):
    """A document has files of one name in all languages: what was read in French would be released as English."""
    there = one / f"translations/en/{NAME}.po"
    there.write_bytes((one / f"translations/fr/{NAME}.po").read_bytes())
    session = Session.open(one, clock)
    running.run(session, None)
    (fault,) = session.faults
    assert "translations/en" in fault and "(Language: fr)" in fault and "write Language: en" in fault
    assert there.read_bytes() == (one / f"translations/fr/{NAME}.po").read_bytes()
    assert not list((one / "output").glob("*-en.pdf"))
