"""What the index knows of releases plans, sends and says what reading every document would, whatever has changed."""

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.app import building, catalogues, offered, pdf_record, releases
from pipeline.app.session import Session
from pipeline.workspace import index, places, storage
from tests.app.test_settling import opened, replaced, write
from tests.support import command
from tests.support.sending import prepare
from tests.support.sessions import clock
from tests.support.statement import TEXT, edit

OTHER = "عنوان دیگر\n\nجمله دوم این است. و یک جمله دیگر هم هست.\n"
SECOND = "جمله دوم این است."


def release(root: Path, *names: str) -> None:
    """Have documents released in English, as far as partners can tell, without typesetting them."""
    session = Session.open(root, clock)
    record = pdf_record.read(session.config)
    for document in catalogues.documents(session, names):
        choice = next(releases.printings(session.config, document, "en"))
        target = building.target_of(session, document, choice, catalogues.reader(session, document))
        content = f"%PDF-1.7 {document.id}".encode()
        storage.write_made(session.config, session.config.output / target.release.path, content)
        sheet = target.release
        record[sheet.path] = pdf_record.Built(sheet.fingerprint, storage.sha256(content), sheet.shown, target.text)
    pdf_record.write(session.config, record)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A workspace with three documents, two of them released, of which a partner has been shown what is due."""
    folder = tmp_path_factory.mktemp("known")
    assert command.run(folder, "init", folder).returncode == 0
    for name, text in {"statement": TEXT, "other": OTHER, "third": f"{OTHER}پایان.\n"}.items():
        (folder / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    assert command.run(folder, "segment", "--quiet").returncode == 0
    edit(folder / "translations/en/other.po", SECOND, "This is the second sentence.")
    prepare(folder, "oslo")
    release(folder, "statement", "other")
    assert command.run(folder, "distribute").returncode == 0
    return folder


@pytest.fixture
def here(known, workspace):
    shutil.copytree(known, workspace, dirs_exist_ok=True)
    return workspace


CHANGES = {
    "nothing": lambda root: None,
    "a translation": lambda root: edit(root / "translations/en/other.po", SECOND, "So I say it."),
    "a document": replaced("seeds/other.txt", "دیگر هم", "دیگری هم"),
    "a document that is gone": lambda root: (root / "seeds/other.txt").unlink(),
    "a document that is released now": lambda root: release(root, "third"),
    "what an editor states": write("seeds/other.toml", 'topics = ["labour"]\n'),
    "that nobody gave leave": write("seeds/other.toml", '[provenance]\npermission = "asked"\n'),
    "a PDF that is gone": lambda root: (root / "output/other.fa-en.pdf").unlink(),
    "a PDF that is another": lambda root: (root / "output/other.fa-en.pdf").write_bytes(b"%PDF-1.7 othex"),
    "what was built": lambda root: (root / "output/.built.json").unlink(),
    "the paper": replaced("pipeline.toml", '"a4"', '"a5"'),
    "the languages": replaced("pipeline.toml", '["en", "fr"]', '["fr"]'),
    "a PO file that cannot be read": write("translations/en/other.po", 'msgid "'),
    "a PO file that is gone": lambda root: (root / "translations/en/other.po").unlink(),
    "what the partner wants": replaced("partners.toml", '["en"]', '["en"]\nformats = ["parallel", "po", "txt"]'),
    "a file touched": lambda root: os.utime(root / "seeds/other.txt"),
}


def outcome(root, *words):
    """Return what a command says and what it lays ready, byte by byte."""
    done = command.run(root, "distribute", *words)
    laid = sorted((root / "output/outbox").rglob("*"))
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in laid if path.is_file()}
    return done.returncode, done.stdout, sorted(done.stderr.splitlines()), files


@pytest.mark.parametrize("change", CHANGES)
def test_it_lays_ready_what_reading_every_document_would(here, tmp_path_factory, change):
    CHANGES[change](here)
    fresh = tmp_path_factory.mktemp("fresh") / "workspace"
    shutil.copytree(here, fresh, symlinks=True)
    (fresh / places.PRIVATE / index.FILE_NAME).unlink()
    status, said, errors, files = outcome(fresh)
    expected = status, said.replace(str(fresh), str(here)), [one.replace(str(fresh), str(here)) for one in errors]
    assert outcome(here) == (*expected, files)
    assert outcome(here)[:2] == expected[:2]


def test_drafts_are_known_apart_from_releases(here):
    before = outcome(here, "--allow-drafts")
    assert outcome(here, "--allow-drafts") == before != outcome(here)


def test_what_has_not_changed_is_not_read_again_and_what_is_due_is(here):
    assert command.run(here, "distribute", "--send", "--trust-ledger").returncode == 0
    time.sleep(index.YOUNG / 1e9)
    command.run(here, "distribute")
    of_other = {"seeds/other.txt", "translations/en/other.po", "output/other.fa-en.pdf"}
    assert not of_other & opened(here, "distribute")
    edit(here / "translations/en/statement.po", SECOND, "So I say it.")
    release(here, "statement")
    heard = opened(here, "distribute")
    assert not of_other & heard and {"translations/en/statement.po", "output/statement.fa-en.pdf"} <= heard


@pytest.mark.parametrize("found", [b"", b"\xff" * 40, b"\x84\xa7remarks\x90"])
def test_what_is_damaged_in_the_index_is_read_again(here, found):
    before = outcome(here)
    with closing(sqlite3.connect(here / places.PRIVATE / index.FILE_NAME)) as connection, connection:
        assert connection.execute("UPDATE known SET found = ? WHERE topic = 'offered'", [found]).rowcount == 3
    assert outcome(here) == before


def test_many_documents_are_read_in_several_processes_as_in_one(here, monkeypatch):
    one = outcome(here)
    (here / places.PRIVATE / index.FILE_NAME).unlink()
    monkeypatch.setattr(offered, "FEW", 0)
    assert outcome(here) == one


def test_of_what_was_sent_it_is_noticed_that_nobody_knows_how_its_pdf_was_made(here):
    assert command.run(here, "distribute", "--send", "--trust-ledger").returncode == 0
    line = "other (en): the current text is not released"
    assert line not in command.run(here, "distribute", "--verbose").stderr
    (here / "output/.built.json").unlink()
    assert line in command.run(here, "distribute", "--verbose").stderr


def test_of_many_texts_that_are_not_ready_there_is_a_sum_and_each_is_named_when_asked(here):
    for number in range(5):
        (here / "seeds" / f"more-{number}.txt").write_text(f"{OTHER}{number}\n", "utf-8")
    assert command.run(here, "segment", "--quiet").returncode == 0
    said = command.run(here, "distribute").stderr
    assert "not sent: more-0 (en), more-0 (fr), more-1 (en) and 11 more: the current text is not released" in said
    assert said.count("the current text") == 1 and "more-4" not in said
    in_full = command.run(here, "distribute", "--verbose").stderr
    assert all(
        f"not sent: more-{number} (en): the current text is not released; type:" in in_full for number in range(5)
    )
    named = json.loads(command.run(here, "distribute", "--json").stdout)["not_ready"]
    assert len(named) == 14 and {f"more-{number}" for number in range(5)} < {line.split()[0] for line in named}
