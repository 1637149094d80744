"""How a command ends: in one line and a status, whatever went wrong, even if nothing more can be printed."""

import subprocess
import sys

import pytest

from tests.cli.test_terminal import ATTACK


def test_even_a_fault_of_ours_that_quotes_a_file_controls_no_terminal(pipeline, monkeypatch):
    monkeypatch.setattr("pipeline.app.workspaces.create", lambda *a, **o: {}[ATTACK])
    done = pipeline("init", "new")
    assert done.returncode == 1 and "KeyError" in done.stderr and "\x1b" not in done.stderr + done.stdout


@pytest.mark.parametrize("words", [("status", "--json"), ("status",), ("--help",), ("--version",)])
def test_a_full_disk_is_said_in_one_line(workspace, words):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nآزادی برای همه.\n", "utf-8")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *words], cwd=workspace, stdout=full, stderr=subprocess.PIPE, text=True
        )
        both = subprocess.run([sys.executable, "-m", "pipeline", *words], cwd=workspace, stdout=full, stderr=full)
    assert done.returncode == both.returncode == 1
    assert done.stderr.count("\n") == 1 and "could not be written: No space left on device; free" in done.stderr


def test_whoever_no_longer_reads_is_told_nothing(workspace):
    (workspace / "seeds" / "statement.txt").write_text("\n\n".join(f"جمله {n} است." for n in range(9000)), "utf-8")
    words = [sys.executable, "-m", "pipeline", "segment", "--show", "statement", "--json"]
    process = subprocess.Popen(words, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()
