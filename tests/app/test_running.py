"""All that is needed, in one use case: what it writes, and that it only tells."""

import re
import shutil
from pathlib import Path

import pytest

from pipeline.app import running
from pipeline.app import session as app_session
from pipeline.app.events import Written
from pipeline.app.session import Session
from tests.app.conftest import NAME
from tests.support import command
from tests.support.sessions import clock, told
from tests.support.statement import TEXT, edit


def test_a_use_case_prints_nothing(one, capfd):
    running.run(Session.open(one, clock), None)
    assert capfd.readouterr() == ("", "")


def test_files_are_events_with_their_names(one):
    events = []
    result = running.run(Session.open(one, clock, events.append), None)
    assert result.written == 2 and result.untranslated == 0
    assert {event.name for event in told(events, Written)} == {f"output/{NAME}.fa-en.pdf", f"output/{NAME}.fa-fr.pdf"}
    assert all(event.path.is_file() and not event.is_planned for event in told(events, Written))


def test_a_dry_run_names_what_it_would_write_and_writes_nothing(one):
    events = []
    running.run(Session.open(one, clock, events.append, dry_run=True), None)
    files = told(events, Written)
    assert len(files) == 2 and all(event.is_planned and not event.path.exists() for event in files)


def outcome(root, *words):
    done = command.run(root, *words)
    files = {path.relative_to(root): path for name in ("translations", "output") for path in (root / name).rglob("*")}
    kept = {name: path.read_text("utf-8") for name, path in files.items() if path.suffix == ".po"}
    texts = {name: re.sub('"PO-Revision-Date.*', "", text) for name, text in kept.items()}
    typeset = {name for name in files if name.suffix == ".pdf"}
    said = done.stderr.replace(str(root), "").splitlines()  # PDFs are told as they are done
    return done.returncode, [line for line in said if not line.endswith(".pdf")], texts, typeset


@pytest.mark.parametrize("words", [["segment"], ["run"], ["run", "--dry-run"]])
def test_several_processes_do_what_one_does(workspace, tmp_path_factory, monkeypatch, words):
    """Files, what is said and in which order, and what the memory gives."""
    for number in range(3):
        (workspace / "seeds" / f"text-{number}.txt").write_text(f"{TEXT}\n\nجمله {number} است.\n", "utf-8")
    (workspace / "seeds" / "broken.docx").write_bytes(b"PK")
    command.run(workspace, "segment", "-q")
    edit(workspace / "translations/en/text-1.po", "جمله دوم این است.", "This is the second sentence.")
    (workspace / "seeds" / "text-3.txt").write_text(f"{TEXT}\n\nجمله دوم این بود.\n", "utf-8")
    other = tmp_path_factory.mktemp("other") / "workspace"
    shutil.copytree(workspace, other, symlinks=True)
    one = outcome(other, *words)
    monkeypatch.setattr(app_session, "FEW", 0)
    assert outcome(workspace, *words) == one
    assert one[0] == 1 and any("broken.docx" in line for line in one[1])
    assert words != ["run"] or "This is the second sentence." in one[2][Path("translations/en/text-0.po")]
