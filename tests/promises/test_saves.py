"""What translators are promised: never overwritten, never half written, always to be undone."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.catalogue import po
from pipeline.model import State
from tests.support.forked import Zygote

LONG = "رقابت قدرت های بزرگ سرمایه داری و بی ثباتی در نظام مناسبات بین المللی جنگ و آشوب را در جهان دامن می زند"
WORDS = LONG.split()


def sentences(count: int, word: str = "") -> list[str]:
    """Long sentences, no two alike, with another word in each when the source is corrected."""
    found = []
    for number in range(count):
        words = [*WORDS[number % 5 :], f"شماره{number}", *WORDS[: number % 5]]
        found.append(" ".join([*words[:7], *([word] if word else []), *words[7:]]) + ".")
    return found


@pytest.fixture
def statement(workspace, pipeline) -> Path:
    (workspace / "pipeline.toml").write_text(
        (workspace / "pipeline.toml").read_text().replace('["en", "fr"]', '["en"]')
    )
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\n" + " ".join(sentences(8)) + "\n", "utf-8")
    assert pipeline("segment").returncode == 0
    return workspace / "translations" / "en" / "statement.po"


def review(path: Path, source: str, target: str) -> None:
    text = path.read_text("utf-8")
    changed = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    assert changed != text
    path.write_text(changed, "utf-8")


def litter(workspace: Path) -> list[str]:
    return [path.name for path in workspace.rglob("*") if path.suffix in (".part", ".swap")]


EDITOR = r"""
import os, re, sys, time
path, saves, enough, beside = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[1] + ".editor"
lost, last = [], None

def read():
    for _ in range(2000):
        try:
            text = open(path, encoding="utf-8", newline="").read()
        except FileNotFoundError:
            continue
        if text.count("msgid") == text.count("msgstr") > 1 and text.endswith("\n"):
            return text
        time.sleep(0.001)

def stands():
    "Whether the last save is still there; one that a command is just putting back is waited for."
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if any(last in open(os.path.join(os.path.dirname(path), name), encoding="utf-8", errors="replace").read()
               for name in os.listdir(os.path.dirname(path)) if name.startswith("statement.po") and not name.endswith(".editor")):
            return True
        time.sleep(0.002)

number = -1
while number + 1 < saves or (number < saves + 100 and not os.path.exists(enough)):
    number += 1
    if last and not stands():
        lost.append(last)
    last = f"saved {number}."
    text = re.sub(r'(msgctxt "title"\nmsgid "بیانیه"\nmsgstr )"[^\n]*"', rf'\g<1>"{last}"', read())
    if number % 2:
        with open(beside, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        os.replace(beside, path)
    else:
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(text[: len(text) // 2])
            out.flush()
            out.write(text[len(text) // 2 :])
    time.sleep(0.02 if number < saves else 1)
print(len(lost), *lost)
print(last)
"""


def test_a_race_of_hundreds_of_saves_loses_none(statement, workspace):
    """An editor saves again and again, by renaming and in place, while commands bring the file up to date."""
    enough = workspace / "enough"
    command = [sys.executable, "-c", EDITOR, statement, "400", enough]
    editor = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    zygote, rewritten, number = Zygote(), 0, 0
    while editor.poll() is None:
        number += 1
        (workspace / "seeds" / "statement.txt").write_text(
            "بیانیه\n\n" + " ".join(sentences(8, f"کلمه{number}")) + "\n", "utf-8"
        )
        _, said = zygote.run(["segment"], workspace)
        assert "Traceback" not in said, said
        rewritten += "wrote" in said
        if rewritten > 5:
            enough.touch()
    zygote.close()
    lost, last = editor.communicate()[0].split("\n")[:2]
    assert lost == "0" and rewritten > 5 and f'msgstr "{last}"' in statement.read_text("utf-8")


def test_a_translation_saved_between_two_readings_is_merged_and_not_overwritten(statement, workspace, pipeline):
    """The command is stopped after it has read; what is saved then is in the file in the end, beside the command's own."""
    first, second = sentences(8)[:2]
    review(statement, first, "First.")
    (workspace / "seeds" / "statement.txt").write_text(
        "بیانیه\n\n" + " ".join([*sentences(8)[1:], "یک جمله نو."]) + "\n", "utf-8"
    )
    trace = ["strace", "-f", "-o", "/dev/null", "-e", "trace=renameat2", "-e", "inject=renameat2:signal=SIGSTOP:when=1"]
    if subprocess.run([*trace[:4], "true"], capture_output=True).returncode:
        pytest.skip("no process can be traced here")
    # The signal stops it right after its first exchange, so what is saved now meets the second comparison.
    command = subprocess.Popen(
        [*trace, sys.executable, "-m", "pipeline", "segment"], cwd=workspace, stderr=subprocess.PIPE, text=True
    )
    child = stopped(command.pid)
    review(statement, second, "Second.")
    os.kill(child, signal.SIGCONT)
    command.communicate(timeout=60)
    file = po.read(statement, "statement", "fa", "en")
    assert {u.source: u.target for u in (*file.units, *file.obsolete) if u.target} == {
        first: "First.",
        second: "Second.",
    }


def stopped(tracer: int) -> int:
    """Wait until the traced process has stopped; return its number."""
    end, seen = time.monotonic() + 30, []
    while time.monotonic() < end:
        for child in Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split():
            # A traced process stops at every call for a moment: its state, with the time it has used, must last.
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            seen = [*seen[-9:], (child, fields[0], fields[11:13])]
            if len(seen) == 10 and fields[0] in "tT" and seen.count(seen[-1]) == 10:
                return int(child)
        time.sleep(0.05)
    raise AssertionError("it did not stop")


def test_two_commands_at_once_the_second_says_who_holds_the_workspace_or_waits(statement, workspace, pipeline):
    import fcntl

    holder = os.open(workspace, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    refused = pipeline("segment")
    assert (
        refused.returncode == 1
        and f"(process {os.getpid()}) is writing here; wait until it is done, or add --wait" in refused.stderr
    )
    waiting = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "segment", "--wait"], cwd=workspace, stderr=subprocess.PIPE, text=True
    )
    assert "waiting for it" in waiting.stderr.readline()
    assert waiting.poll() is None
    os.close(holder)
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0


def test_the_command_that_holds_the_workspace_is_named_and_leaves_no_lock_when_it_is_killed(
    statement, workspace, pipeline
):
    stop = [sys.executable, "-c", ("import sys, os, signal\nfrom pipeline import __main__\nfrom pipeline.app import segmenting\n"
            "segmenting.update = lambda *a: os.kill(os.getpid(), signal.SIGSTOP)\nsys.argv = ['pipeline', 'segment', 'statement']\n__main__.main()")]  # fmt: skip
    held = subprocess.Popen([*stop, "-m", "pipeline", "segment", "statement"], cwd=workspace)
    while Path(f"/proc/{held.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        time.sleep(0.05)
    assert f"pipeline segment statement (process {held.pid}) is writing here" in pipeline("check").stderr
    held.kill()
    held.wait()
    assert pipeline("segment").returncode == 0


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "none", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)  # a process of another test may look at it


def test_a_full_disk_leaves_the_old_files_whole_and_no_litter(statement, workspace, pipeline, small_disk):
    review(statement, sentences(8)[0], "First.")
    shutil.copytree(workspace, small_disk / "w")
    (small_disk / "w" / "seeds" / "statement.txt").write_text(
        "بیانیه\n\n" + " ".join(sentences(8, "نو")) + "\n", "utf-8"
    )
    full = os.open(small_disk / "full", os.O_WRONLY | os.O_CREAT)
    with pytest.raises(OSError, match="No space left"):
        while True:
            os.write(full, b"x" * 512)
    os.close(full)
    before = (small_disk / "w" / "translations" / "en" / "statement.po").read_bytes()
    for command in ("segment", "translate"):
        done = pipeline(command, "-C", small_disk / "w")
        assert done.returncode == 1 and "No space left on device; free some disk space" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
    assert (small_disk / "w" / "translations" / "en" / "statement.po").read_bytes() == before
    assert litter(small_disk) == []
    (small_disk / "full").unlink()
    assert pipeline("segment", "-C", small_disk / "w").returncode == 0


def as_nobody(words: list, folder: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "pipeline", *words, "-C", folder]
    if os.getuid() == 0:
        if not shutil.which("setpriv") or not os.access(sys.executable, os.X_OK):
            pytest.skip("no other user to be")
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", *command]
    return subprocess.run(command, capture_output=True, text=True, cwd="/")


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_written_or_read_is_named_and_stays_whole(what, statement, workspace):
    review(statement, sentences(8)[0], "First.")
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\n" + " ".join(sentences(8, "نو")) + "\n", "utf-8")
    for path in [*workspace.parents][:-1]:
        path.chmod(path.stat().st_mode | 0o055)
    if as_nobody(["status"], workspace).returncode:
        pytest.skip("another user cannot run this Python")
    before = statement.read_bytes()
    if what == "folder":
        statement.parent.chmod(0o555)
        workspace.chmod(0o555)
    else:
        statement.chmod(0)
    done = as_nobody(["segment"], workspace)
    assert done.returncode == 1 and "Permission denied; " in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    statement.parent.chmod(0o755)
    statement.chmod(0o644)
    assert statement.read_bytes() == before and litter(workspace) == []


def test_a_conflict_a_half_saved_and_an_empty_file_are_named_and_the_rest_goes_on(statement, workspace, pipeline):
    for name in ("conflict", "half", "empty"):
        shutil.copy(workspace / "seeds" / "statement.txt", workspace / "seeds" / f"{name}.txt")
    pipeline("segment")
    folder = statement.parent
    text = statement.read_text("utf-8")
    broken = {
        "conflict": text.replace(
            'msgid "بیانیه"', '<<<<<<< HEAD\nmsgid "بیانیه"\n=======\nmsgid "نامه"\n>>>>>>> theirs'
        ),
        "half": text[: text.rindex("msgstr")],
        "empty": "",
    }
    for name, content in broken.items():
        (folder / f"{name}.po").write_text(content, "utf-8")
        (workspace / "seeds" / f"{name}.txt").write_text("بیانیه\n\n" + " ".join(sentences(9)) + "\n", "utf-8")
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\n" + " ".join(sentences(9)) + "\n", "utf-8")
    done = pipeline("segment")
    assert done.returncode == 1
    for message in (
        " a merge conflict;",
        "half.po:",
        "the entry is cut off",
        "empty.po: the file is empty",
        "wrote translations/en/statement.po",
    ):
        assert message in done.stderr, done.stderr
    for name, content in broken.items():
        assert (folder / f"{name}.po").read_text("utf-8") == content


def test_history_shows_what_was_replaced_and_restore_undoes_it_and_can_be_undone(statement, workspace, pipeline):
    first = sentences(8)[0]
    review(statement, first, "First.")
    old = statement.read_bytes()
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\n" + " ".join(sentences(8, "نو")) + "\n", "utf-8")
    pipeline("segment")
    new = statement.read_bytes()
    assert new != old
    (version,) = json.loads(pipeline("history", "statement", "--json").stdout)["versions"]
    assert (version["language"], version["units"], version["translated"]) == ("en", 9, 1)
    assert version["version"] in pipeline("history", "statement").stdout
    shown = pipeline("restore", "statement", "--dry-run")
    assert "would write" in shown.stderr and statement.read_bytes() == new
    assert pipeline("restore", "statement").returncode == 0
    assert statement.read_bytes() == old
    assert pipeline("restore", "statement").returncode == 0
    assert statement.read_bytes() == new
    assert pipeline("restore", "statement", "--version", version["version"][:6]).returncode == 0
    assert statement.read_bytes() == old
    assert "no version ffff" in pipeline("restore", "statement", "--version", "ffff").stderr
    assert "Traceback" not in pipeline("restore", "../../etc/passwd").stderr
    statement.write_bytes(b"")  # an accident in an editor
    assert pipeline("restore", "statement").returncode == 0 and len(statement.read_bytes()) > 1000
    copies = list((workspace / ".pipeline" / "history").rglob("2*.gz"))
    assert (
        len(copies) == len({path.name[-19:] for path in copies})
        and (workspace / ".pipeline").stat().st_mode & 0o77 == 0
    )


def test_old_versions_go_but_the_last_of_each_file_stays(statement, workspace, pipeline):
    from datetime import UTC, datetime, timedelta

    from pipeline.workspace import config, history

    settings = config.read(workspace)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for days in (800, 500, 400):
        history.keep(settings, statement, b"version %d" % days, now - timedelta(days=days))
    history.keep(settings, statement.with_name("other.po"), b"old", now - timedelta(days=900))
    assert len(history.versions(settings, statement)) == 3  # whatever the clock says now, it may be wrong
    for week in range(100):
        history.keep(settings, statement, b"today", now + timedelta(days=7 * week))
    assert [version.read() for version in history.versions(settings, statement)] == [b"today"]
    assert [version.read() for version in history.versions(settings, statement.with_name("other.po"))] == [b"old"]


def test_a_file_system_that_cannot_exchange_files_is_written_all_the_same(statement, workspace):
    trace = ["strace", "-f", "-o", "/dev/null", "-e", "trace=renameat2", "-e", "inject=renameat2:error=EINVAL"]
    if subprocess.run([*trace[:4], "true"], capture_output=True).returncode:
        pytest.skip("no process can be traced here")
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\n" + " ".join(sentences(8, "نو")) + "\n", "utf-8")
    (workspace / "seeds" / "another.txt").write_text("بیانیه\n\n" + " ".join(sentences(3)) + "\n", "utf-8")
    done = subprocess.run(
        [*trace, sys.executable, "-m", "pipeline", "segment"], cwd=workspace, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (
        "نو" in statement.read_text("utf-8") and statement.with_name("another.po").exists() and litter(workspace) == []
    )


def test_the_dry_run_shows_the_merge_and_writes_nothing(statement, workspace, pipeline):
    first = sentences(8)[0]
    review(statement, first, "First.")
    (workspace / "seeds" / "statement.txt").write_text(
        "بیانیه\n\n" + " ".join([first.replace("بزرگ", "کوچک"), *sentences(8)[2:]]) + "\n", "utf-8"
    )
    before = statement.read_bytes()
    done = pipeline("segment", "--dry-run")
    assert re.search(
        r"would write translations/en/statement.po\n  \+ line 3: «.*  \[changed: 9\d ?% similar\]\n      .*\[-بزرگ-\] \{\+کوچک\+\}.*\n      → «First.»\n",
        done.stderr,
    ), done.stderr
    assert re.search(r"  - «.*  \[translated, kept as obsolete\]\n", done.stderr)
    assert statement.read_bytes() == before


def test_what_a_machine_wrote_is_told_from_what_a_person_made_of_it(statement):
    first, second, third = sentences(8)[:3]
    text = statement.read_text("utf-8")
    from pipeline.catalogue.origin import machine

    for source, target, proof in (
        (first, "Draft.", "Draft."),
        (second, "Edited draft.", "Draft."),
        (third, "Done.", "Draft."),
    ):
        flag = "" if source == third else "#, fuzzy\n"
        text = text.replace(
            f'#: seeds/statement\nmsgctxt "paragraph"\nmsgid "{source}"\nmsgstr ""',
            f'#. origin: {machine("argos 1", proof)}\n#: seeds/statement\n{flag}msgctxt "paragraph"\nmsgid "{source}"\nmsgstr "{target}"',
        )
    statement.write_text(text, "utf-8")
    states = {unit.source: unit.state for unit in po.read(statement, "statement", "fa", "en").units}
    assert (states[first], states[second], states[third]) == (State.MACHINE, State.DOUBT, State.TRANSLATED)


def test_a_version_kept_beside_is_told_of_until_somebody_has_seen_to_it(statement, workspace, pipeline):
    kept = statement.with_name("statement.po.0123456789abcdef.conflict")
    kept.write_text("another", "utf-8")
    assert (
        f"{kept}: saved at the same time as statement.po; take over what you need, then delete it"
        in pipeline("segment").stderr
    )


def entries(content: bytes) -> list[bytes]:
    return content.rstrip(b"\n").split(b"\n\n")[1:]


@pytest.mark.parametrize("order", ["--no-location", "--sort-output"])
def test_the_wrapping_and_the_order_of_a_po_editor_are_kept(order, statement, workspace, pipeline):
    """msgcat folds long lines, and sorts, as editors and version control filters do."""
    review(statement, sentences(8)[0], "First. " * 30)
    subprocess.run(["msgcat", order, statement, "-o", statement], check=True)
    before = entries(statement.read_bytes())
    assert "nothing to do" in pipeline("segment").stderr
    (workspace / "seeds" / "statement.txt").write_text(
        "بیانیه\n\n" + " ".join([*sentences(8)[:4], "یک جمله نو.", *sentences(8)[4:]]) + "\n", "utf-8"
    )
    assert "wrote" in pipeline("segment").stderr
    after = entries(statement.read_bytes())
    assert [entry for entry in after if entry in before] == before and len(after) == len(before) + 1
    assert "nothing to do" in pipeline("segment").stderr
