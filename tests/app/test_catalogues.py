"""Documents and catalogues: read one by one, and saved over no edit of a translator."""

import os
from functools import partial
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
    remake = partial(catalogues.merged, session, document=document)
    new = catalogues.read_catalogue(session, document, "en")
    assert catalogues.save(session, document, new, remake(new), remake)
    path = workspace / "translations" / "en" / "statement.po"
    statement.write_text(statement.read_text("utf-8").replace("تلفن", "تلفن ما"), "utf-8")
    (document,) = catalogues.documents(session, None)
    remake = partial(catalogues.merged, session, document=document)
    found = catalogues.read_catalogue(session, document, "en")
    edit(path, "بیانیه ما", "Our statement")
    assert catalogues.save(session, document, found, remake(found), remake)
    text = path.read_text("utf-8")
    assert 'msgstr "Our statement"' in text and "تلفن ما" in text


def test_a_dry_run_says_what_would_change_and_leaves_the_file(workspace, statement):
    session, events = begun(workspace, dry_run=True)
    (document,) = catalogues.documents(session, None)
    file = catalogues.read_catalogue(session, document, "en")
    remake = partial(catalogues.merged, session, document=document)
    assert catalogues.save(session, document, file, remake(file), remake)
    assert any("بیانیه ما" in line for line in remarks(events))
    assert not (workspace / "translations" / "en").exists()
