"""A process beside answers; killed, it is started again; with whoever started it, it ends."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from pipeline.app.shards.beside import ProcessBeside, ProcessLostError
from tests.support.clusters import until


def answer(request: bytes) -> bytes:
    """Answer with the number of the process, or be ended, or never answer."""
    if request == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    while request == b"sleep":
        time.sleep(1)
    return request[::-1] if request == b"abc" else str(os.getpid()).encode()


@pytest.fixture
def beside():
    made = ProcessBeside(answer)
    yield made
    made.close()


def test_one_process_answers_everything_until_it_is_lost(beside):
    first = beside.ask(b"who")
    assert beside.ask(b"abc") == b"cba" and beside.ask(b"who") == first != str(os.getpid()).encode()
    with pytest.raises(ProcessLostError, match="ended"):
        beside.ask(b"die")
    assert beside.ask(b"who") != first


def test_a_process_killed_between_two_questions_is_started_again(beside):
    os.kill(int(beside.ask(b"who")), signal.SIGKILL)
    until(lambda: not beside._process.is_alive())
    assert beside.ask(b"abc") == b"cba"


def test_who_waits_for_an_answer_is_told_that_it_was_closed(beside):
    beside.ask(b"who")
    said = []

    def ask():
        try:
            beside.ask(b"sleep")
        except ProcessLostError as error:
            said.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    until(beside._turn.locked)
    beside.close()
    waiting.join(60)
    assert len(said) == 1 and beside.is_closed
    with pytest.raises(ProcessLostError):
        beside.ask(b"abc")


@pytest.mark.parametrize("seconds", [0, 0.002, 0.005, 0.01, 0.02])
def test_closed_while_it_starts_it_answers_nobody_and_leaves_no_process(seconds):
    beside, said = ProcessBeside(answer), []

    def ask():
        with pytest.raises(ProcessLostError):
            beside.ask(b"sleep")
        said.append("lost")

    waiting = threading.Thread(target=ask, daemon=True)
    waiting.start()
    until(beside._turn.locked)
    time.sleep(seconds)
    beside.close()
    waiting.join(60)
    assert said == ["lost"]
    assert not beside._process or not beside._process.is_alive()


@pytest.mark.parametrize("name", ["pickle", "multiprocessing", "signal", "json"])
def test_it_runs_no_program_of_the_current_folder(tmp_path, name):
    """A workspace may be somebody else's, and commands are typed in it."""
    workspace, elsewhere = tmp_path / "workspace", tmp_path / "elsewhere"
    for folder in (workspace, elsewhere):
        folder.mkdir()
    (workspace / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    script = """if __name__ == "__main__":
        from pipeline.app.shards.beside import ProcessBeside
        from tests.app.shards.test_beside import answer
        print(ProcessBeside(answer).ask(b"abc"))
    """
    (elsewhere / "script.py").write_text(textwrap.dedent(script))
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    line = [sys.executable, elsewhere / "script.py"]
    done = subprocess.run(line, cwd=workspace, env=env, capture_output=True, text=True, timeout=120)
    assert not (tmp_path / "ran").exists()
    assert done.stdout == "b'cba'\n", done.stderr


def test_it_ends_with_a_parent_that_is_killed_even_while_it_works(tmp_path):
    script = textwrap.dedent(
        """
        import os, signal, sys, threading
        from pipeline.app.shards.beside import ProcessBeside
        from tests.app.shards.test_beside import answer

        if __name__ == "__main__":
            beside = ProcessBeside(answer)
            print(beside.ask(b"who").decode(), flush=True)
            threading.Thread(target=beside.ask, args=(b"sleep",), daemon=True).start()
            sys.stdin.read()
        """
    )
    (tmp_path / "script.py").write_text(script)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    line = [sys.executable, tmp_path / "script.py"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as one:
        process = int(one.stdout.readline())
        one.kill()
    until(lambda: not is_alive(process))


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_processes_that_are_started_at_once_leave_the_environment_as_it_was():
    before, several = dict(os.environ), [ProcessBeside(answer) for _ in range(4)]
    threads = [threading.Thread(target=one.ask, args=(b"who",)) for one in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in several:
        one.close()
    assert dict(os.environ) == before
