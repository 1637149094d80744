"""Status reads only what changed, and says what it would say if it read all."""

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from pipeline.app import overview
from pipeline.workspace import index, places, sources
from tests.app.test_settling import audited
from tests.support import command

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است.\n"


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    """A workspace with one document, built as drafts in two languages."""
    folder = tmp_path_factory.mktemp("drafts")
    assert command.run(folder, "init", folder).returncode == 0
    (folder / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    assert command.run(folder, "run", "--quiet").returncode == 0
    return folder


@pytest.fixture
def built(drafts, workspace):
    shutil.copytree(drafts, workspace, dirs_exist_ok=True)
    return workspace


@pytest.fixture
def rows(pipeline):
    def read() -> list[dict[str, object]]:
        return json.loads(pipeline("status", "--json").stdout)["documents"]

    return read


def replaced(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


CHANGES = {
    "a sentence of the document": lambda root: replaced(root / "seeds/statement.txt", "دوم", "سوم"),
    "what the editor states": lambda root: (root / "seeds/statement.toml").write_text('issuer = "ما"\n', "utf-8"),
    "a translation": lambda root: replaced(root / "translations/en/statement.po", 'msgstr ""\n\n', 'msgstr "Us"\n\n'),
    "a comment of a translator": lambda root: replaced(root / "translations/en/statement.po", "\n#.", "\n# Hm.\n#."),
    "the paper": lambda root: replaced(root / "pipeline.toml", '"a4"', '"a5"'),
    "the languages": lambda root: replaced(root / "pipeline.toml", '["en", "fr"]', '["fr"]'),
    "a PDF that is gone": lambda root: (root / "output/statement.fa-en.pdf").unlink(),
    "a PDF that is another": lambda root: (root / "output/statement.fa-en.pdf").write_bytes(b"%PDF-"),
    "the record of what was built": lambda root: (root / "output/.built.json").unlink(),
    "a catalogue that is gone": lambda root: (root / "translations/fr/statement.po").unlink(),
}


def test_what_a_run_found_is_believed_until_a_file_changes(built, rows):
    with closing(sqlite3.connect(built / places.PRIVATE / index.FILE_NAME)) as connection, connection:
        (found,) = connection.execute("SELECT found FROM known WHERE topic = ?", (overview.TOPIC,)).fetchone()
        known = json.loads(found)
        known["figures"]["en"]["counts"]["units"] = 77
        connection.execute("UPDATE known SET found = ? WHERE topic = ?", (json.dumps(known).encode(), overview.TOPIC))
    assert [(row["units"], row["pdf_up_to_date"]) for row in rows()] == [(77, True), (3, True)]
    CHANGES["a comment of a translator"](built)
    assert [row["units"] for row in rows()] == [3, 3]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_seen(built, rows, change):
    CHANGES[change](built)
    known = rows()
    (built / places.PRIVATE / index.FILE_NAME).unlink()
    assert rows() == known


def test_a_change_of_the_files_changes_the_row(built, rows):
    before = rows()
    CHANGES["a translation"](built)
    after = rows()
    assert (before[0]["translated"], after[0]["translated"]) == (0, 1)
    assert (before[0]["pdf_up_to_date"], after[0]["pdf_up_to_date"]) == (True, False)
    assert before[1] == after[1]


def test_a_fault_is_told_each_time(built, pipeline):
    (built / "translations/fr/statement.po").write_text("msgid nothing\n", "utf-8")
    for _ in range(2):
        done = pipeline("status", "--json")
        assert done.returncode == 1 and "statement.po" in done.stderr
        assert [row["language"] for row in json.loads(done.stdout)["documents"]] == ["en"]


def test_a_remark_on_a_document_is_told_each_time(built, pipeline):
    (built / "seeds" / "statement.txt").write_text(TEXT, "utf-16")
    assert ["UTF-16" in pipeline("status").stderr for _ in range(2)] == [True, True]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"statement": {}}', b"\xff", b"[" * 100_000])
def test_a_damaged_record_is_made_again(built, rows, content):
    known = rows()
    (built / places.PRIVATE / index.FILE_NAME).write_bytes(content)
    assert rows() == known


def test_a_pipe_in_place_of_the_record_is_not_waited_for(built, rows):
    record = built / places.PRIVATE / index.FILE_NAME
    known = rows()
    record.unlink()
    os.mkfifo(record)
    assert rows() == known


def test_what_cannot_be_kept_is_looked_for_again(built, rows):
    record = built / places.PRIVATE / index.FILE_NAME
    known = rows()
    record.unlink()
    record.mkdir()
    assert rows() == known


def test_a_document_that_is_gone_is_forgotten(built, rows):
    (built / "seeds" / "statement.txt").rename(built / "seeds" / "other.txt")
    rows()
    with closing(sqlite3.connect(built / places.PRIVATE / index.FILE_NAME)) as connection:
        names = connection.execute("SELECT document FROM known WHERE topic = ?", (overview.TOPIC,)).fetchall()
    assert names == [("other",)]


@pytest.mark.parametrize("words", [["status"], ["status", "--json"]])
def test_status_looks_at_the_names_of_documents_once(workspace, statement, words):
    assert command.run(workspace, "segment", "-q").returncode == 0
    time.sleep(sources.YOUNG / 1e9)  # what was written a moment ago is looked at again
    looked: list[str] = []
    with audited(lambda event, arguments: looked.append(str(arguments[0])) if event == "os.scandir" else None):
        assert command.run(workspace, *words).returncode == 0
    assert looked.count(str(workspace / "seeds")) == 1


def test_translations_into_a_language_that_nobody_asks_for_any_more_are_named(built, pipeline):
    replaced(built / "pipeline.toml", '["en", "fr"]', '["fr"]')
    said = pipeline("status").stdout
    assert "statement: translations into English that nobody asks for any more" in " ".join(said.split())
    assert json.loads(pipeline("status", "--json").stdout)["in_languages_not_asked_for"] == {"en": ["statement"]}
    assert not json.loads(pipeline("status", "--json", "statement").stdout)["in_languages_not_asked_for"]
    replaced(built / "pipeline.toml", '["fr"]', '["en", "fr"]')
    assert "nobody asks for" not in pipeline("status").stdout
    (built / "translations/fr/statement.po").write_text("msgid", "utf-8")
    assert not json.loads(pipeline("status", "--json").stdout)["in_languages_not_asked_for"]
