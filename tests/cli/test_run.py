"""The commands as people type them, in a process of their own."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.commands import status
from pipeline.text.orthography import western_digits
from tests.support import command
from tests.support.forked import Zygote
from tests.support.sessions import begun, remarks
from tests.support.statement import TEXT, edit, files


def test_run_makes_po_files_and_pdfs_and_then_has_nothing_to_do(pipeline, workspace, statement):
    first = pipeline("run")
    assert first.returncode == 0, first.stderr
    made = files(workspace)
    assert {"translations/en/statement.po", "translations/fr/statement.po"} < set(made)
    assert {"output/statement.fa-en.pdf", "output/statement.fa-fr.pdf"} < set(made)
    second = pipeline("run")
    assert second.returncode == 0
    assert "nothing to do" in second.stderr
    assert files(workspace) == made


def test_run_does_only_what_changed(pipeline, workspace, statement):
    pipeline("run")
    before = files(workspace)
    edit(workspace / "translations" / "en" / "statement.po", "بیانیه ما", "Our statement")
    done = pipeline("run")
    after = files(workspace)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"translations/en/statement.po", "output/statement.fa-en.pdf", "output/.built.json"}
    assert done.stderr.count("wrote") == 1


def test_a_translation_is_never_lost_or_the_source_printed_as_one(pipeline, workspace, statement):
    pipeline("run")
    po = workspace / "translations" / "en" / "statement.po"
    edit(po, "جمله دوم این است.", "This is the second sentence.")
    text = TEXT.replace("این متن", "یک جمله تازه آمد. این متن").replace(" جمله دوم این است.", "")
    statement.write_text(text, "utf-8")
    pipeline("run")
    assert '#~ msgstr "This is the second sentence."' in po.read_text("utf-8")
    statement.write_text(TEXT, "utf-8")
    pipeline("run")
    content = po.read_text("utf-8")
    assert '\nmsgstr "This is the second sentence."' in content and "fuzzy" not in content
    assert 'msgstr "این' not in content


def test_dry_run_writes_nothing_and_says_what_it_would(pipeline, workspace, statement):
    before = files(workspace)
    for name in ("run", "segment", "translate", "build-pdf"):
        done = pipeline(name, "--dry-run")
        assert done.returncode == 0 and "would write" in done.stderr, name
    assert files(workspace) == before
    assert not (workspace / "output").exists()


def test_quiet_says_nothing(pipeline, statement):
    done = pipeline("run", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_progress_is_shown_to_a_person_and_to_nobody_else(pipeline, workspace, statement):
    assert "Typesetting" not in pipeline("build-pdf").stderr
    shown, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "build-pdf", "--force"],
        cwd=workspace,
        stderr=terminal,
        env=dict(os.environ, TERM="xterm"),
    )
    os.close(terminal)
    drawn = b""
    with contextlib.suppress(OSError):  # the terminal has ended
        while part := os.read(shown, 4096):  # as it comes: a full terminal stops who writes
            drawn += part
    os.close(shown)
    assert process.wait() == 0 and b"Typesetting" in drawn


def test_status_tells_how_far_every_document_is(pipeline, workspace, statement):
    pipeline("segment", "--quiet")
    table = json.loads(pipeline("status", "--json").stdout)
    assert table["schema_version"] == 1
    assert table["documents"][0] == {
        "document": "statement", "title": "بیانیه ما", "source_language": "fa", "language": "en", "units": 5, "reviewed": 0, "translated": 0,
        "doubt": 0, "memory": 0, "changed": 0, "machine": 0, "untranslated": 5, "read_twice": 0,
        "began_as_drafts": 0, "drafts_unchanged": 0, "pdf_up_to_date": False, "released": False,
    }  # fmt: skip
    pipeline("run", "--quiet")
    edit(workspace / "translations" / "fr" / "statement.po", "بیانیه ما", "Notre déclaration")
    rows = json.loads(pipeline("status", "--json").stdout)["documents"]
    assert [(row["language"], row["reviewed"], row["translated"], row["pdf_up_to_date"]) for row in rows] == [
        ("en", 1, 0, True),
        ("fr", 1, 1, False),
    ]
    assert "statement" in pipeline("status").stdout


def test_show_prints_what_was_read(pipeline, statement):
    shown = json.loads(pipeline("segment", "--show", "statement", "--json").stdout)
    assert shown["schema_version"] == 2
    assert [block["kind"] for block in shown["blocks"]] == ["title", "paragraph", "contact"]
    assert shown["blocks"][1] == {
        "kind": "paragraph", "level": 0, "depth": 0, "marker": "", "lines": [3, 3],
        "sentences": ["این متن بلندی است که با نقطه پایان می یابد.", "جمله دوم این است."],
        "marks": [], "header_rows": 0, "rows": [], "notes": [],
    }  # fmt: skip
    assert "      3  paragraph" in pipeline("segment", "--show", "statement").stdout


def test_one_document_and_one_language_can_be_asked_for(pipeline, workspace, statement):
    (workspace / "seeds" / "other.txt").write_text(TEXT, "utf-8")
    assert pipeline("build-pdf", "other", "--languages", "fr").returncode == 0
    assert [path.name for path in workspace.glob("output/*.pdf")] == ["other.fa-fr.pdf"]


FAULTS = {
    "an empty document": ("seeds/bad.txt", b"", 1, "bad.txt: the document is empty"),
    "invalid UTF-8": ("seeds/bad.txt", "متن".encode() * 9 + b"\xff", 1, "bad.txt: byte 54: not valid UTF-8"),
    "a wrong correction": ("seeds/statement.toml", b"titel = 1", 1, "statement.toml:1: titel: unknown key"),
    "a PO syntax error": ("translations/en/statement.po", b'msgid "a\n', 1, "statement.po:1:"),
    "a link out of the workspace": ("seeds/bad.txt", Path("/etc/hostname"), 1, "leads out of the workspace"),
}


@pytest.mark.parametrize(("name", "content", "status", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_everything_else_still_built(
    pipeline, workspace, statement, name, content, status, message
):
    (workspace / "seeds" / "good.txt").write_text(TEXT, "utf-8")
    path = workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(content) if isinstance(content, Path) else path.write_bytes(content)
    done = pipeline("run")
    assert done.returncode == status
    assert message in done.stderr and done.stderr.count("error:") == 1
    assert "Traceback" not in done.stderr
    assert (workspace / "output" / "good.fa-en.pdf").exists() and (workspace / "output" / "good.fa-fr.pdf").exists()
    if not path.is_symlink():
        assert path.read_bytes() == content


SETTINGS = {
    "languages = ['nl']": '1: languages: language "nl" is unknown',
    "languages = []": "is not a list of different names; write: languages =",
    "languages = ['fa']": "is the source language",
    "engine = 'babel'": '1: engine: "babel" is none of',
    "layouts = ['spiral']": '1: layouts: "spiral" is none of',
    "colour = 'red'": "1: colour: unknown key",
    "[paths]\nseeds = '/etc'": "not a folder inside the workspace",
    "title = 3": "is not one line of text in quotes; write: title =",
    "title = ": "pipeline.toml:1: no value behind the sign =",
}


@pytest.mark.parametrize(("settings", "message"), SETTINGS.items(), ids=SETTINGS)
def test_wrong_settings_are_named(pipeline, workspace, statement, settings, message):
    (workspace / "pipeline.toml").write_text(settings, "utf-8")
    done = pipeline("run")
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr


def test_missing_and_empty_folders_are_named(pipeline, workspace):
    done = pipeline("run")
    assert (done.returncode, "no documents here" in done.stderr) == (1, True)
    (workspace / "seeds").rmdir()
    done = pipeline("run")
    assert (done.returncode, "no such folder; create it" in done.stderr) == (1, True)


def test_code_in_a_workspace_is_never_run(pipeline, workspace, statement):
    planted = workspace / "pipeline" / "edition" / "render" / "pdf"
    planted.mkdir(parents=True)
    for folder in (planted, *planted.parents[:3]):
        (folder / "__init__.py").write_text("")
    (planted / "child.py").write_text("open('ran', 'w')")
    installed = Path(sys.executable).with_name("pipeline")
    done = subprocess.run([installed, "build-pdf"], cwd=workspace, capture_output=True, text=True)
    assert (done.returncode, (workspace / "ran").exists()) == (0, False), done.stderr


def test_a_second_command_waits_for_nobody_and_says_so(pipeline, workspace, statement):
    hold = "import fcntl, os, sys, time; fcntl.flock(os.open(sys.argv[1], 0), 2); print('held', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", hold, workspace], stdout=subprocess.PIPE)
    other.stdout.readline()
    done = pipeline("run")
    other.kill()
    other.communicate()
    assert (done.returncode, "another pipeline command" in done.stderr) == (1, True)
    assert pipeline("run").returncode == 0


def test_a_file_where_a_folder_should_be_is_named(pipeline, workspace, statement):
    (workspace / "translations").rmdir()
    (workspace / "translations").write_text("a file where a folder should be")
    done = pipeline("run")
    assert done.returncode == 1
    assert "translations" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")
def test_killed_while_it_writes_a_pdf_none_is_half_written(pipeline, workspace, statement, tmp_path):
    """What becomes of PO files when a command is killed, tests/promises/test_faults.py tries at every step."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    pipeline("translate", "-q")
    zygote, kills, status = Zygote(), 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        kills += 1
        folder = Path(shutil.copytree(workspace, tmp_path / f"{kills}"))
        inject = ["-e", "trace=fsync", "-e", f"inject=fsync:signal=SIGKILL:when={kills}"]
        status, said = zygote.run(["run", "-q"], folder, ["-o", "/dev/null", *inject])
        assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in folder.glob("output/*.pdf"))
        assert command.run(folder, "status").returncode == 0
    zygote.close()
    assert status == 0 and kills > 4 and (folder / "output" / "statement.fa-en.pdf").exists(), said


def test_another_encoding_is_said_once(pipeline, workspace, statement):
    statement.write_bytes(western_digits(TEXT).replace("ی", "ي").encode("windows-1256"))
    done = pipeline("run")
    assert (done.returncode, done.stderr.count("statement.txt: read as windows-1256")) == (0, 1)


def test_of_many_texts_with_unchanged_drafts_status_says_a_sum(workspace):
    def told(count):
        session, events = begun(workspace)
        row = {"language": "en", "drafts_unchanged": 2, "began_as_drafts": 3}
        status._say(session, [{"document": f"call-{number}", **row} for number in range(count)])
        return remarks(events)

    what = "sentences are machine drafts, unchanged or nearly so; worth another look"
    assert told(2) == [f"call-0 (en): 2 of 3 {what}", f"call-1 (en): 2 of 3 {what}"]
    assert told(1000) == [f"call-0 (en), call-1 (en), call-2 (en) and 997 more: 2000 of 3000 {what}"]
