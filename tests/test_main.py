"""How a command ends: in one line and a status, whatever went wrong, even if nothing more can be printed."""

import os
import subprocess
import sys

import pytest

from tests.cli.test_terminal import ATTACK


@pytest.fixture(autouse=True)
def buffered(monkeypatch):
    """Python keeps what is printed until the end, as it does unless somebody says otherwise."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)


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


def test_work_is_done_whether_or_not_messages_can_be_written(workspace, statement):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "segment"], cwd=workspace, stdout=subprocess.PIPE, stderr=full
        )
    assert done.returncode == 0 and (workspace / "translations" / "en" / "statement.po").exists()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_work_is_done_where_nothing_is_open_to_say_it_to(workspace, statement, closed):
    """As some programs start others. What is opened next must not be what messages are written to."""
    command = f"exec {sys.executable} -m pipeline segment {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=workspace, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr, done.stdout) == (0, False, "")
    assert (workspace / "translations" / "en" / "statement.po").read_text("utf-8").startswith("msgid")


def test_a_program_that_is_called_where_nothing_is_open_has_something_to_write_to(tmp_path):
    call = "import subprocess, sys; from pipeline import __main__; __main__._open_closed()"
    shell = "echo a && echo b >&2 && cat && echo done > done"
    code = f"{call}; sys.exit(subprocess.call(['sh', '-c', {shell!r}]))"
    subprocess.run(["sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, code], cwd=tmp_path, check=True)
    assert (tmp_path / "done").exists()


def test_whoever_no_longer_reads_is_told_nothing(workspace):
    """In the middle of more than a pipe holds, and when Python writes the little there was, in the end."""
    (workspace / "seeds" / "statement.txt").write_text("\n\n".join(f"جمله {n} است." for n in range(2000)), "utf-8")
    for words, read in (("segment", "--show", "statement", "--json"), b"{"), (("--version",), b""):
        command = [sys.executable, "-m", "pipeline", *words]
        with subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout.read(len(read)) == read
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 1


@pytest.mark.parametrize("path", [".::{}", "{}:", ""])
def test_no_program_is_looked_for_in_the_folder_a_command_is_typed_in(workspace, path):
    """As with PATH=$PATH:$NOTHING in somebody's settings."""
    for name in ("ssh-keygen", "rclone"):
        (workspace / name).write_text("#!/bin/sh\necho run > was.run\n")
        (workspace / name).chmod(0o755)
    (workspace / "partners.toml").write_text(
        '[partners.oslo]\nname = "O"\nlanguages = ["en"]\ndelivery = "rclone"\naddress = "office:in"\n'
    )
    with_path = os.environ | {"PATH": path.format(os.environ["PATH"] if path == ".::{}" else "/nowhere")}
    for words in (("keys", "make"), ("partners", "check", "--connect")):
        subprocess.run(
            [sys.executable, "-m", "pipeline", *words], cwd=workspace, env=with_path, capture_output=True, timeout=60
        )
    assert not (workspace / "was.run").exists()
