"""What is known of checks says what checking everything would say, whatever has changed."""

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from pipeline.app import catalogues, checked, checking, pairs, reviewing
from pipeline.text.orthography import fold
from pipeline.workspace import index, places
from tests.app.test_settling import audited, opened, replaced, write
from tests.support import command
from tests.support.sessions import begun
from tests.support.statement import TEXT, edit

OTHER = "عنوان دیگر\n\nجمله دوم این است. و یک جمله دیگر هم هست.\n"
SAME = "عنوان سوم\n\nجمله دوم این است. این جمله در هیچ متن دیگری نیست.\n"
PAGE = "page.html"
SECOND, ALONE = "جمله دوم این است.", "این جمله در هیچ متن دیگری نیست."


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A workspace of documents that have sentences in common, translated in one and another way, and checked."""
    folder = tmp_path_factory.mktemp("known")
    assert command.run(folder, "init", folder).returncode == 0
    for name, text in {"statement": TEXT, "other": OTHER, "same": SAME}.items():
        (folder / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    assert command.run(folder, "segment", "--quiet").returncode == 0
    edit(folder / "translations/en/statement.po", SECOND, "This is the second sentence.")
    edit(folder / "translations/en/other.po", SECOND, "This is sentence two.")
    edit(folder / "translations/en/other.po", "و یک جمله دیگر هم هست.", "And there is another.")
    assert command.run(folder, "check", "--quiet").returncode == 1
    return folder


@pytest.fixture
def here(known, workspace):
    shutil.copytree(known, workspace, dirs_exist_ok=True)
    return workspace


def translated(name, source, target):
    return lambda root: edit(root / f"translations/en/{name}.po", source, target)


CHANGES = {
    "nothing": lambda root: None,
    "a translation": translated("other", "و یک جمله دیگر هم هست.", "And there is is another."),
    "a sentence that others translate otherwise": translated("same", SECOND, "This is the other."),
    "a sentence that others translate so": translated("same", SECOND, "This is sentence two."),
    "a translation of something else": translated("same", ALONE, "And there is another."),
    "a translation that agrees now": translated("other", SECOND, "This is the second sentence."),
    "a document": replaced("seeds/other.txt", "دیگر هم", "دیگری هم"),
    "a document that says what others say": write("seeds/other.txt", SAME),
    "a new document": write("seeds/fourth.txt", SAME),
    "a document that is gone": lambda root: (root / "seeds/other.txt").unlink(),
    "its PO file, too": lambda root: [
        (root / name).unlink() for name in ("seeds/other.txt", "translations/en/other.po")
    ],
    "a PO file of no document": lambda root: shutil.copy(
        root / "translations/en/other.po", root / "translations/en/gone.po"
    ),
    "what an editor states": write("seeds/other.toml", 'languages = ["fr"]\n'),
    "an acceptance": replaced("translations/en/other.po", "#. kind:", "# check: consistency ok — as agreed\n#. kind:"),
    "the termbase": write("translations/termbase.csv", "fa,en,status\nجمله,clause,preferred\n"),
    "the dates": replaced("pipeline.toml", 'dates = "either"', 'dates = "kept"'),
    "a PO file that cannot be read": write("translations/en/other.po", 'msgid "'),
    "a file touched": lambda root: os.utime(root / "translations/en/other.po"),
}


def outcome(root, *options):
    done = command.run(root, "check", *options)
    page = root / PAGE
    shown = page.read_text("utf-8") if page.exists() else ""
    return done.returncode, done.stdout + shown, sorted(done.stderr.splitlines())


@pytest.mark.parametrize("words", [["--json"], ["--severity", "note"], ["same"], ["--html", PAGE]])
@pytest.mark.parametrize("change", CHANGES)
def test_it_finds_what_a_check_of_everything_finds(here, tmp_path_factory, change, words):
    CHANGES[change](here)
    fresh = tmp_path_factory.mktemp("fresh") / "workspace"
    shutil.copytree(here, fresh, symlinks=True)
    (fresh / places.PRIVATE / index.FILE_NAME).unlink()
    said = outcome(fresh, *words)
    said = said[0], said[1].replace(str(fresh), str(here)), [line.replace(str(fresh), str(here)) for line in said[2]]
    assert outcome(here, *words) == said
    assert outcome(here, "--json") == outcome(here, "--json")


def test_a_page_shows_what_is_known_of_texts_that_have_not_changed(here):
    with closing(sqlite3.connect(here / places.PRIVATE / index.FILE_NAME)) as connection, connection:
        topic = "FROM known WHERE topic = 'check en' AND document = 'other'"
        ((found,),) = connection.execute(f"SELECT found {topic}").fetchall()
        kept = checked._decoded(found)
        told = tuple(replace(one, message="as it is known") for one in checked._unpacked(kept.findings))
        known = msgspec.msgpack.encode(replace(kept, findings=checked._packed(told)))
        connection.execute("UPDATE known SET found = ? WHERE topic = 'check en' AND document = 'other'", [known])
    assert "as it is known" in outcome(here, "--html", PAGE)[1]
    edit(here / "translations/en/other.po", SECOND, "So I say it.")
    assert "as it is known" not in outcome(here, "--html", PAGE)[1]


def test_what_changes_while_one_document_is_checked_is_found_in_others_afterwards(here):
    before = command.run(here, "check", "--json").stdout
    edit(here / "translations/en/other.po", SECOND, "This is the third way to say it.")
    command.run(here, "check", "same", "--quiet")
    after = command.run(here, "check", "--json").stdout
    assert "third way" not in before and any(
        "third way" in one["message"] for one in json.loads(after)["findings"] if one["document"] == "statement"
    )


def test_what_has_not_changed_is_not_read_again(here):
    time.sleep(index.YOUNG / 1e9)
    for document in ("statement", "other", "same"):
        os.utime(here / f"seeds/{document}.txt", (1, 1))
    command.run(here, "check", "--quiet")
    time.sleep(index.YOUNG / 1e9)
    command.run(here, "check", "--quiet")
    of_documents = {f"seeds/{name}.txt" for name in ("statement", "other", "same")}
    heard = opened(here, "check", "--quiet", status=1)
    assert not of_documents & heard and "translations/en/other.po" not in heard
    edit(here / "translations/en/same.po", ALONE, "This sentence is in no other text.")
    heard = opened(here, "check", "--quiet", status=1)
    assert "seeds/same.txt" in heard and "seeds/other.txt" not in heard


def test_a_sentence_translated_otherwise_is_looked_at_where_it_stands(here):
    edit(here / "translations/en/same.po", SECOND, "So I say it.")
    found = json.loads(command.run(here, "check", "--json").stdout)["findings"]
    told = {one["document"] for one in found if "So I say it." in one["message"] or "So I say it." in one["target"]}
    assert told == {"statement", "other", "same"}


@pytest.mark.parametrize("found", [b"", b"\xff" * 40, b"\x96\x01\x00\x90\xc4\x00\xc4\x00\xc4\x05wrong"])
def test_what_is_damaged_in_the_index_is_checked_again(here, found):
    before = command.run(here, "check", "--json").stdout
    with closing(sqlite3.connect(here / places.PRIVATE / index.FILE_NAME)) as connection, connection:
        assert connection.execute("UPDATE known SET found = ? WHERE topic = 'check en'", [found]).rowcount == 3
    assert command.run(here, "check", "--json").stdout == before


def test_many_texts_are_checked_in_several_processes_as_in_one(here, monkeypatch):
    one = command.run(here, "check", "--json").stdout
    (here / places.PRIVATE / index.FILE_NAME).unlink()
    monkeypatch.setattr(checked, "TOGETHER", 1)
    monkeypatch.setattr(checked, "FEW", 0)
    monkeypatch.setattr(pairs, "MOST_AT_ONCE", 3)
    assert command.run(here, "check", "--json").stdout == one


def test_a_dry_run_keeps_nothing(here):
    (here / places.PRIVATE / index.FILE_NAME).unlink()
    command.run(here, "check", "--dry-run", "--quiet")
    assert not (here / places.PRIVATE / index.FILE_NAME).exists()


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_a_reviewer_is_told_what_all_po_files_say(here, change, is_known):
    CHANGES[change](here)
    if not is_known:
        (here / places.PRIVATE / index.FILE_NAME).unlink()
    session, _ = begun(here)
    for document in catalogues.documents(session, None):
        with session.guarded():
            if "en" in session.config.targets_of(document):
                desk = reviewing.open_desk(session, document, "en")
                files = catalogues.all_files(session, "en")
                every = checking.context(session, document.lang, "en", files)
                found = reviewing.findings(desk.units, reviewing.context(session, desk))
                assert found == reviewing.findings(desk.units, every)


def test_of_other_po_files_a_reviewer_needs_those_that_say_something_of_the_text(here):
    (here / "seeds/fourth.txt").write_text("عنوان چهارم\n\nاین جمله را هیچ متن دیگری ندارد.\n", "utf-8")
    command.run(here, "segment", "--quiet")
    for _ in range(2):
        time.sleep(index.YOUNG / 1e9)
        command.run(here, "check", "--quiet")
    session, _ = begun(here)
    desk = reviewing.open_desk(session, next(catalogues.documents(session, ["same"])), "en")
    names = []
    with audited(lambda event, arguments: names.append(str(arguments[0])) if event == "open" else None):
        reviewing.context(session, desk)
    read = {Path(name).stem for name in names if name.endswith(".po")}
    assert "fourth" not in read


def test_what_is_translated_meanwhile_is_held_against_other_texts_at_once(here):
    session, _ = begun(here)
    document = next(catalogues.documents(session, ["same"]))
    edit(here / "translations/en/same.po", SECOND, "So I say it.")
    edit(here / "translations/en/same.po", ALONE, "And there is another.")
    desk = reviewing.open_desk(session, document, "en")
    known = reviewing.context(session, desk)
    assert known.targets[fold(SECOND)] >= {"So I say it.", "This is sentence two.", "This is the second sentence."}
    assert len(known.sources["And there is another."]) == 2


def test_a_translation_into_another_language_is_looked_at_and_a_change_of_it_is_noticed(workspace):
    source = "سه نفر از کارگران هنوز در زندان هستند."
    (workspace / "seeds/jail.txt").write_text(f"بیانیه ما\n\n{source} جمله دوم این است.\n", "utf-8")
    assert command.run(workspace, "segment", "--quiet").returncode == 0
    edit(workspace / "translations/en/jail.po", source, "Three of the workers are still at home.")

    def severity():
        found = json.loads(command.run(workspace, "check", "--json", "--languages", "en").stdout)["findings"]
        return {one["check"]: one["severity"] for one in found}.get("meaning")

    assert severity() is None
    edit(workspace / "translations/fr/jail.po", source, "Trois des travailleurs sont toujours en prison.")
    assert severity() == "warning"
    edit(workspace / "translations/fr/jail.po", source, "Trois travailleurs sont toujours chez eux.")
    assert severity() is None
    (workspace / "translations/fr/jail.po").write_text("msgid", "utf-8")
    assert severity() is None
