"""Catalogues are filled from the memory and by models; the way through English begins with what people have read."""

import pytest

from pipeline.app import translating
from pipeline.text.orthography import fold
from tests.support.sessions import begun, remarks
from tests.support.statement import edit

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

{before}msgctxt "paragraph"
msgid "الف"
msgstr "{target}"
"""


def test_without_models_run_says_what_is_missing_and_how_to_get_it(pipeline, statement):
    done = pipeline("run")
    assert done.returncode == 0
    assert "en: 4 sentences stay untranslated" in done.stderr
    assert "pipeline models install fa-en" in done.stderr
    assert pipeline("translate", "--require-complete").returncode == 1


def test_one_sentence_stays(pipeline, workspace):
    (workspace / "seeds/one.txt").write_text("یک جمله.", "utf-8")
    assert "en: 1 sentence stays untranslated" in pipeline("run").stderr


def test_the_memory_serves_other_documents(workspace, statement):
    session, events = begun(workspace)
    assert translating.translate(session, None) == (2, 8)
    assert "fa→en" in remarks(events)[0] and "en→fr" in remarks(events)[1]
    edit(workspace / "translations" / "en" / "statement.po", "جمله دوم این است.", "This is the second sentence.")
    (workspace / "seeds" / "other.txt").write_text("عنوان دیگر\n\nجمله دوم اين است. و یک جمله دیگر هم هست.\n", "utf-8")
    assert translating.translate(session, ["other"]) == (2, 5)
    content = (workspace / "translations" / "en" / "other.po").read_text("utf-8")
    assert "#. origin: memory: statement\n" in content
    assert 'msgstr "This is the second sentence."' in content


@pytest.mark.parametrize("reviewed", ["a", "b"])
def test_what_is_reviewed_comes_before_what_is_only_translated(workspace, reviewed):
    folder = workspace / "translations" / "en"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("a", "b"):
        before = "# read: sara\n" if name == reviewed else ""
        (folder / f"{name}.po").write_text(PO.format(before=before, target=f"Target {name}"), "utf-8")
    assert translating.translated(begun(workspace)[0], "fa", "en") == {fold("الف"): f"Target {reviewed}"}


def test_a_draft_is_no_beginning(workspace):
    folder = workspace / "translations" / "en"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.po").write_text(PO.format(before="#, fuzzy\n", target="Draft"), "utf-8")
    assert translating.translated(begun(workspace)[0], "fa", "en") == {}
