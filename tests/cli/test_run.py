"""The commands as people type them, in a process of their own."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.text.orthography import western_digits
from tests.support import readers

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است.\n\nتلفن : ۵۱۴-۲۵۸-۸۱۸۶\n"


@pytest.fixture
def statement(workspace):
    path = workspace / "seeds" / "statement.txt"
    path.write_text(TEXT, "utf-8")
    return path


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files, without what the tool keeps for itself."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".pipeline" not in path.parts]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def edit(path: Path, source: str, target: str) -> None:
    """Translate one entry of a PO file, as an editor would, and take its fuzzy flag away."""
    text = path.read_text("utf-8")
    changed = re.sub(rf'(msgid "{re.escape(source)}"\nmsgstr )".*"', rf'\1"{target}"', text)
    assert changed != text
    path.write_text(changed, "utf-8")


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


def test_without_models_run_says_what_is_missing_and_how_to_get_it(pipeline, statement):
    done = pipeline("run")
    assert done.returncode == 0
    assert "en: 4 sentences stay untranslated" in done.stderr
    assert "pipeline models install fa-en" in done.stderr
    assert pipeline("translate", "--require-complete").returncode == 1


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


def test_the_memory_serves_other_documents(pipeline, workspace, statement):
    pipeline("run")
    edit(workspace / "translations" / "en" / "statement.po", "جمله دوم این است.", "This is the second sentence.")
    (workspace / "seeds" / "other.txt").write_text("عنوان دیگر\n\nجمله دوم اين است. و یک جمله دیگر هم هست.\n", "utf-8")
    pipeline("run")
    content = (workspace / "translations" / "en" / "other.po").read_text("utf-8")
    assert "#. origin: memory: statement\n" in content
    assert 'msgstr "This is the second sentence."' in content


def test_dry_run_writes_nothing_and_says_what_it_would(pipeline, workspace, statement):
    before = files(workspace)
    for command in ("run", "segment", "translate", "build-pdf"):
        done = pipeline(command, "--dry-run")
        assert done.returncode == 0 and "would write" in done.stderr, command
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
        "document": "statement", "language": "en", "units": 5, "reviewed": 0, "translated": 0,
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
    assert shown["schema_version"] == 1
    assert [block["kind"] for block in shown["blocks"]] == ["title", "paragraph", "contact"]
    assert shown["blocks"][1] == {
        "kind": "paragraph", "level": 0, "lines": [3, 3],
        "sentences": ["این متن بلندی است که با نقطه پایان می یابد.", "جمله دوم این است."],
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


USAGE = {
    "an unknown document": (["run", "nothing"], 2, "document 'nothing' is unknown; known are: statement"),
    "an unknown language": (["build-pdf", "--languages", "xx"], 2, "language 'xx' is unknown; known are: en, fr"),
    "no workspace": (["run", "-C", "seeds"], 2, "no pipeline.toml here"),
    "an unknown option": (["run", "--fast-please"], 2, "No such option"),
    "JSON of nothing": (["segment", "--json"], 2, "--show ID"),
    "a workspace twice": (["init", "."], 1, "exists already"),
}


@pytest.mark.parametrize(("words", "status", "message"), USAGE.values(), ids=USAGE)
def test_a_mistake_of_usage_is_one_line_without_a_traceback(pipeline, statement, words, status, message):
    done = pipeline(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr and "Traceback" not in done.stderr


SETTINGS = {
    "languages = ['de']": '1: languages: language "de" is unknown',
    "languages = []": "is not a list of different names; write: languages =",
    "languages = ['fa']": "is the source language",
    "engine = 'babel'": '1: engine: "babel" is none of',
    "layouts = ['spiral']": '1: layouts: "spiral" is none of',
    "colour = 'red'": "1: colour: unknown key",
    "[paths]\nseeds = '/etc'": "not a folder inside the workspace",
    "title = 3": "is not one line of text in quotes; write: title =",
    "title = ": "pipeline.toml:1: Invalid value",
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


def test_a_file_where_init_wants_a_folder_is_named(pipeline, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "seeds").write_text("")
    done = pipeline("init", tmp_path / "new")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "seeds" in done.stderr


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


def test_killed_at_any_moment_nothing_is_half_written(pipeline, workspace, statement):
    pipeline("segment", "--quiet")
    po = workspace / "translations" / "en" / "statement.po"
    edit(po, "بیانیه ما", "Our statement")
    for n in range(25):
        statement.write_text(TEXT + f"\nجمله شماره {n} اینجا آمد و ماند.\n", "utf-8")
        running = subprocess.Popen([sys.executable, "-m", "pipeline", "run", "-q"], cwd=workspace)
        time.sleep(0.2 + n * 0.04)
        running.send_signal(signal.SIGKILL)
        running.wait()
        content = po.read_text("utf-8")
        assert 'msgstr "Our statement"' in content and content.endswith('"\n')
        assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in workspace.glob("output/[!.]*.pdf"))
    assert pipeline("run").returncode == 0


def test_another_encoding_is_said_once(pipeline, workspace, statement):
    statement.write_bytes(western_digits(TEXT).replace("ی", "ي").encode("windows-1256"))
    done = pipeline("run")
    assert (done.returncode, done.stderr.count("statement.txt: read as windows-1256")) == (0, 1)


def test_help_loads_nothing_heavy():
    code = "import sys; sys.argv = ['pipeline', '--help']\ntry:\n import pipeline.__main__ as m; m.main()\nfinally: print(*sys.modules)"
    loaded = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.splitlines()[-1].split()
    )
    assert "pipeline.cli" in loaded
    assert not {"weasyprint", "ctranslate2", "numpy", "argostranslate", "sentencepiece", "msgspec"} & set(loaded)
    ours = {name.split(".")[1] for name in loaded if name.startswith("pipeline.")}
    assert ours <= {"__main__", "app", "cli", "edition", "errors", "model", "plugins", "text"}, "no stage of the work"


def test_doctor_finds_what_is_needed(pipeline, workspace, statement):
    done = pipeline("doctor")
    assert done.returncode == 0, done.stdout
    assert "ready" in done.stdout and "pipeline models install fa-en" in done.stdout
    (workspace / "seeds" / "statement.txt").unlink()
    (workspace / "seeds").rmdir()
    done = pipeline("doctor")
    assert (done.returncode, "missing" in done.stdout) == (3, True)


def test_init_makes_a_workspace_that_keeps_private_files_out_of_git(pipeline, workspace):
    private = ["/.pipeline/", "/output/", "/partners.toml", "/ledger.sqlite*", "/keys/", "*.mo"]
    assert (workspace / ".gitignore").read_text().split() == private
    other = workspace / "other"
    other.mkdir()
    (other / ".gitignore").write_text("*.o\n/output/\n")
    assert pipeline("init", other).returncode == 0
    assert (other / ".gitignore").read_text().split() == [
        "*.o",
        "/output/",
        *(name for name in private if name != "/output/"),
    ]
    assert (workspace / "seeds").is_dir() and (workspace / "translations").is_dir()


# --- check and release ---------------------------------------------------------------


@pytest.fixture
def reviewed(pipeline, workspace, statement):
    """A workspace whose one document is translated and reviewed, in English alone."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    pipeline("segment", "--quiet")
    po = workspace / "translations" / "en" / "statement.po"
    edit(po, "بیانیه ما", "Our statement")
    edit(po, "این متن بلندی است که با نقطه پایان می یابد.", "This is a long text that ends with a full stop.")
    edit(po, "جمله دوم این است.", "This is the second sentence.")
    edit(po, "تلفن :", "Telephone:")
    pipeline("translate", "--quiet")
    pipeline("approve", "statement", "--as", "reader", "--quiet")
    return po


def test_a_reviewed_document_is_clean_and_a_mistake_is_found(pipeline, reviewed):
    assert pipeline("check").returncode == 0
    edit(reviewed, "۵۱۴-۲۵۸-۸۱۸۶", "514-258-8188")
    done = pipeline("check", "--json")
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["check"], found["severity"], found["suggestion"]) == ("addresses", "error", "514-258-8186")
    assert (found["document"], found["language"]) == ("statement", "en")
    assert "addresses" in pipeline("check").stdout
    assert pipeline("check", "--severity", "fatal").returncode == 2


def test_check_can_be_tried_without_writing(pipeline, workspace, reviewed):
    before = files(workspace)
    assert pipeline("check", "--dry-run", "--html", "output/check.html", "--languages", " en ").returncode == 0
    assert files(workspace) == before


def test_a_faulty_termbase_is_named_with_its_line(pipeline, workspace, reviewed):
    table = workspace / "translations" / "termbase.csv"
    table.write_text("\ufefffa,en,status\nمتن,text,preferred\n…,dots,preferred\n", "utf-8")
    done = pipeline("check")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "termbase.csv:3: a row needs a term" in done.stderr
    table.write_text('\ufefffa,en,status,note\nمتن,text,preferred,"two\nlines"\nجمله,clause,preferred,\n', "utf-8")
    assert "«جمله» should be translated as “clause”" in pipeline("check").stdout


def test_changed_checks_only_what_changed(pipeline, reviewed):
    edit(reviewed, "تلفن :", "Telephone :")
    edit(reviewed, "بیانیه ما", "Our 'statement'")
    assert len(json.loads(pipeline("check", "--json").stdout)["findings"]) == 1
    assert json.loads(pipeline("check", "--changed", "--json").stdout)["findings"] == []
    edit(reviewed, "جمله دوم این است.", "This is is the second sentence.")
    (found,) = json.loads(pipeline("check", "--changed", "--json").stdout)["findings"]
    assert found["message"] == "“is” is written twice in a row"


def accept(path, words):
    text = path.read_text("utf-8")
    path.write_text(text.replace("#. place: line 1\n", f"# {words}\n#. place: line 1\n"), "utf-8")


def test_a_finding_accepted_in_a_comment_stays_quiet_until_the_text_changes(pipeline, reviewed):
    edit(reviewed, "بیانیه ما", "Our 'statement'")
    accept(reviewed, "check: punctuation ok — quoted so by the issuer")
    assert pipeline("check").returncode == 0
    edit(reviewed, "بیانیه ما", "Our 'own' statement")
    assert pipeline("check").returncode == 1


def test_an_acceptance_lapses_with_the_source_too(pipeline, workspace, statement, reviewed):
    """Whoever accepted «37» for «38» did not see «42»."""
    seed = statement.read_text("utf-8")
    statement.write_text(seed.replace("جمله دوم این است.", "جمله ۳۷ این است."), "utf-8")
    pipeline("segment", "-q")
    text = reviewed.read_text("utf-8").replace("#, fuzzy\n", "")
    reviewed.write_text(
        re.sub(r'(?m)^(msgctxt .*\nmsgid "جمله ۳۷)', r"# check: numbers ok — counted otherwise\n\1", text), "utf-8"
    )
    edit(reviewed, "جمله ۳۷ این است.", "This is sentence 38.")
    assert pipeline("segment", "-q").returncode == pipeline("check").returncode == 0
    statement.write_text(seed.replace("جمله دوم این است.", "جمله ۴۲ این است."), "utf-8")
    pipeline("segment", "-q")
    reviewed.write_text(reviewed.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    assert "42 is missing from the target" in pipeline("check").stdout


def test_an_acceptance_that_names_no_check_is_a_finding(pipeline, reviewed):
    accept(reviewed, "check: lenght ok")
    (found,) = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert found["check"] == "comments" and "lenght" in found["message"]


def test_a_release_is_no_look_at_the_findings(pipeline, reviewed):
    """Only `check` shows them, so only `check` counts them as seen."""
    edit(reviewed, "بیانیه ما", "Our 'statement'")
    pipeline("run", "--release")
    assert len(json.loads(pipeline("check", "--changed", "--json").stdout)["findings"]) == 1
    assert json.loads(pipeline("check", "--changed", "--json").stdout)["findings"] == []


def test_the_report_is_one_page_without_scripts_that_escapes_everything(pipeline, workspace, reviewed):
    edit(reviewed, "بیانیه ما", "<script>alert(1)</script> آزادی")
    done = pipeline("check", "--html", "output/check.html")
    assert done.returncode == 1
    page = (workspace / "output" / "check.html").read_text("utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.search(r'(?:src|href)="(?!#)', page) and "url(" not in page
    found = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert page.count('class="finding"') == len({(one["context"], one["source"]) for one in found}) == 1
    assert 'dir="rtl"' in page and "width:60.00%" in page


def test_a_draft_is_stamped_on_every_page_and_a_release_is_not(pipeline, workspace, reviewed):
    path = workspace / "output" / "statement.fa-en.pdf"
    pipeline("build-pdf")
    assert "Draft, not released" in readers.poppler(path)
    assert pipeline("build-pdf", "--release").returncode == 0
    assert "Draft" not in readers.poppler(path)
    assert "nothing to do" in pipeline("run").stderr
    edit(reviewed, "تلفن :", "Phone:")
    pipeline("run")
    assert "Draft, not released" in readers.poppler(path)


def test_a_release_stays_while_the_reader_would_see_no_difference(pipeline, workspace, statement, reviewed):
    path = workspace / "output" / "statement.fa-en.pdf"
    assert pipeline("build-pdf", "--release").returncode == 0
    was = path.read_bytes()
    reviewed.write_text(
        reviewed.read_text("utf-8").replace('msgctxt "title"', '# my own note\nmsgctxt "title"'), "utf-8"
    )
    topics = workspace / "seeds" / "statement.toml"
    topics.write_text('topics = ["labour"]\n', "utf-8")
    assert "draft" not in pipeline("run").stderr
    assert path.read_bytes() == was
    assert json.loads(pipeline("status", "--json").stdout)["documents"][0]["released"]


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (
            "translations/en/statement.po",
            "Our statement",
            "Our own statement",
            "its text, or how far it is reviewed, has changed",
        ),
        (
            "pipeline.toml",
            "[paths]",
            '[theme]\ncolour = "#7a1b3f"\n\n[paths]',
            "its layout or its settings have changed",
        ),
    ],
)
def test_a_release_that_gives_way_to_a_draft_says_why(pipeline, workspace, reviewed, file, old, new, reason):
    pipeline("build-pdf", "--release")
    text = (workspace / file).read_text("utf-8")
    (workspace / file).write_text(text.replace(old, new), "utf-8")
    said = pipeline("run").stderr
    assert f"is replaced by a draft, because {reason}; release it again: pipeline build-pdf --release statement" in said
    assert "Draft, not released" in readers.poppler(workspace / "output" / "statement.fa-en.pdf")


def test_what_is_not_ready_is_listed_and_not_released(pipeline, workspace, reviewed):
    text = reviewed.read_text("utf-8")
    reviewed.write_text(text.replace('msgctxt "title"', '#, fuzzy\nmsgctxt "title"'), "utf-8")
    edit(reviewed, "۵۱۴-۲۵۸-۸۱۸۶", "514-258-8188")
    done = pipeline("build-pdf", "--release")
    assert done.returncode == 1
    assert "1 of 5 sentences not reviewed (doubt)" in done.stderr
    assert "addresses: 514-258-8186 is missing or altered" in done.stderr
    assert not (workspace / "output" / "statement.fa-en.pdf").exists()
    assert "stays a draft" in pipeline("run", "--release").stderr
    assert "Draft, not released" in readers.poppler(workspace / "output" / "statement.fa-en.pdf")


def test_check_shows_a_sentence_once_with_its_place_its_fault_and_what_would_accept_it(pipeline, workspace, reviewed):
    edit(reviewed, "بیانیه ما", "Our statement of 37 of those \u2028 places in Oslo")
    done = pipeline("check")
    (heading,) = [line for line in done.stdout.splitlines() if line.startswith("statement (en), line ")]
    path, line = heading.rsplit(": ", 1)[1].rsplit(":", 1)
    entry = (workspace / path).read_text("utf-8").split("\n")[int(line) - 1 :]
    assert any("37 of those" in row for row in entry[:8])
    assert "  | Our statement of >37< of those" in done.stdout and "to accept: # check: numbers ok — why" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    (found, *_) = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert (found["file"], str(found["line"])) == (path, line) and found["accept"].startswith("# check: ")


def test_untranslated_sentences_are_one_line_of_a_document(pipeline, statement):
    pipeline("segment")
    lines = pipeline("check", "--languages", "en").stdout.splitlines()
    assert sum("not translated" in line for line in lines) == 1 and len(lines) == 2, lines
