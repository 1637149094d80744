"""What a scheduler's workers draft are the PO files of one machine; whoever is killed meanwhile, the rest is done."""

import json
import os
import subprocess
import sys

import pytest

from pipeline.app.shards import plan as plans
from pipeline.app.shards import requests, results, spreading
from tests.app.shards.conftest import plainly, translations
from tests.support import command
from tests.support.clusters import until, use_brittle
from tests.support.sessions import begun


def test_the_processors_of_this_machine_make_what_a_plain_run_makes(archive, process):
    wanted = plainly(archive)
    done = process("translate", "--scheduler", "local")
    assert done.returncode == 0, done.stderr
    assert translations(archive) == wanted
    assert [path.suffix for path in (archive / ".pipeline" / "shards").iterdir() if path.suffix == ".mark"] == []
    done = process("translate", "--scheduler", "local")
    assert done.returncode == 0 and "nothing to do" in done.stderr


def test_a_whole_run_ends_as_a_plain_one_and_once_more_does_nothing(archive, process):
    """With its PDFs; of what has not changed nothing is planned."""
    (archive / "pipeline.toml").write_text('languages = ["en"]\n', "utf-8")
    for number in range(2, 7):
        (archive / "seeds" / f"letter-{number}.txt").unlink()
    done = process("run", "--scheduler", "local")
    assert done.returncode == 0, done.stderr
    assert len(list((archive / "output").glob("*.pdf"))) == 2
    done = process("run", "--scheduler", "local")
    assert done.stderr == "nothing to do: everything is up to date\n"


def test_two_commands_at_once_make_what_one_makes(archive):
    wanted = plainly(archive)
    line = [sys.executable, "-m", "pipeline", "translate", "--scheduler", "local", "--wait"]
    both = [subprocess.Popen(line, cwd=archive, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=300)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert translations(archive) == wanted


def test_workers_with_the_workspace_and_without_make_what_one_machine_makes(letters, machines, tmp_path):
    wanted = plainly_there(letters, machines)
    machines.scheduler()
    machines.worker(letters)
    machines.worker(tmp_path / "nowhere")
    done = machines.command(letters, "translate")
    assert done.returncode == 0, done.stderr
    assert translations(letters) == wanted


def test_a_worker_alone_without_the_workspace_is_sent_the_sentences(letters, machines, tmp_path):
    """Its own folder stays empty, and terms and languages of the workspace count."""
    (letters / "translations").mkdir(exist_ok=True)
    (letters / "translations" / "termbase.csv").write_text("fa,en,status\nشهر,Missive,preferred\n", "utf-8")
    wanted = plainly_there(letters, machines)
    machines.scheduler()
    machines.worker(tmp_path / "nowhere")
    done = machines.command(letters, "translate")
    assert done.returncode == 0, done.stderr
    assert translations(letters) == wanted and b"Missive" in wanted["en/letter-1.po"]
    assert list((tmp_path / "nowhere").iterdir()) == []


@pytest.mark.parametrize("sees", [True, False], ids=["with the workspace", "without"])
def test_a_document_that_kills_who_drafts_it_three_times_is_named_and_the_rest_is_done(
    letters, machines, tmp_path, sees
):
    use_brittle(letters, kills="زهر")
    machines.scheduler()
    machines.worker(letters if sees else tmp_path / "nowhere")
    done = machines.command(letters, "translate")
    assert done.returncode == 1 and "letter-3: not drafted in shard" in done.stderr
    assert "3 workers were killed while they were at it" in done.stderr
    assert drafted(letters) == {0, 1, 2, 4, 5, 6}
    use_brittle(letters)
    done = machines.command(letters, "translate")
    assert done.returncode == 0, done.stderr
    assert drafted(letters) == set(range(7))


def test_a_document_over_which_whole_workers_are_lost_is_found_too(letters, machines, tmp_path):
    """As on a machine that ends all processes of a job when it is short of memory."""
    use_brittle(letters, kills="زهر", worker=True)
    machines.scheduler()
    workers = [machines.worker(tmp_path / "nowhere")]
    with machines.begun(letters, "translate") as one:
        while one.poll() is None:
            if workers[-1].poll() is not None:
                workers.append(machines.worker(tmp_path / "nowhere"))
            until(lambda: one.poll() is not None or workers[-1].poll() is not None)
        said = one.communicate()[1]
    assert "letter-3: not drafted in shard" in said, said
    assert len(workers) > spreading.attempts.MOST_DEATHS
    assert drafted(letters) == {0, 1, 2, 4, 5, 6}


def test_the_shard_of_a_killed_worker_is_done_by_another(letters, machines, tmp_path):
    waits = tmp_path / "go"
    use_brittle(letters, waits=str(waits))
    machines.scheduler()
    worker, _ = machines.worker(letters), machines.worker(letters)
    with machines.begun(letters, "translate") as one:
        until((tmp_path / f"go.{worker.pid}").exists)
        worker.kill()
        waits.touch()
        said = one.communicate(timeout=300)[1]
        assert one.returncode == 0, said
    assert drafted(letters) == set(range(7))


def test_when_the_scheduler_is_lost_what_is_done_is_merged_and_the_rest_is_for_the_next_time(
    letters, machines, tmp_path
):
    waits = tmp_path / "go"
    use_brittle(letters)
    scheduler = machines.scheduler()
    machines.worker(letters)
    assert machines.command(letters, "translate", "letter-0", "letter-1").returncode == 0
    for path in (letters / "translations").rglob("*.po"):
        path.unlink()
    with machines.begun(letters, "translate") as one:
        until(lambda: len(list((letters / ".pipeline" / "shards").glob(f"*/{results.RECORD}"))) > 2)
        scheduler.kill()
        said = one.communicate(timeout=300)[1]
    assert one.returncode in (0, 1) and "Traceback" not in said
    assert one.returncode == 0 or "the scheduler was lost; what is done stays: type the command again to go on" in said
    until(lambda: "waiting for it" in machines.said(1))
    waits.touch()
    machines.scheduler()
    until(lambda: machines.said(1).count("working for") > 1)
    done = machines.command(letters, "translate")
    assert done.returncode == 0, done.stderr
    assert drafted(letters) == set(range(7))


def test_a_scheduler_lost_in_the_middle_of_a_shard_is_said(letters, machines, tmp_path):
    use_brittle(letters, waits=str(tmp_path / "go"))
    scheduler = machines.scheduler()
    worker = machines.worker(letters)
    with machines.begun(letters, "translate") as one:
        until((tmp_path / f"go.{worker.pid}").exists)
        scheduler.kill()
        said = one.communicate(timeout=300)[1]
    assert one.returncode == 1 and "Traceback" not in said
    assert f"{machines.address}: the scheduler was lost; what is done stays: type the command again to go on" in said


def test_without_any_worker_the_command_gives_up(letters, machines, monkeypatch):
    monkeypatch.setattr(spreading, "PATIENCE", 1)
    monkeypatch.setattr(sys, "path", [machines.env["PYTHONPATH"].split(os.pathsep)[0], *sys.path])
    machines.scheduler()
    (letters / "pipeline.toml").write_text('languages = ["en"]\n', "utf-8")
    done = command.run(letters, "translate", "--scheduler", machines.address, "--certificates", machines.certificates)
    assert done.returncode == 1 and "no worker is left" in done.stderr and "no result yet of shards" in done.stderr


def test_a_worker_of_another_version_leaves_and_others_do_its_shards(letters, machines, tmp_path):
    wanted = plainly_there(letters, machines)
    machines.scheduler()
    other = tmp_path / "other"
    machines.env["PYTHONPATH"] = another_version(other, machines)
    bad = machines.worker(tmp_path / "nowhere")
    machines.env["PYTHONPATH"] = machines.env["PYTHONPATH"].replace(f"{other}{os.pathsep}", "")
    machines.worker(letters)
    done = machines.command(letters, "translate")
    assert done.returncode == 0, done.stderr
    assert translations(letters) == wanted
    assert "a worker leaves" in done.stderr and "another version of the program" in done.stderr
    assert bad.wait(60) == 3 and "another version of the program" in machines.said(1)


def test_when_no_worker_can_draft_that_is_said_at_once(archive, process, private_models):
    for path in private_models.glob("data/pipeline/packages/*"):
        subprocess.run(["rm", "-r", path], check=True)
    done = process("translate", "--scheduler", "local")
    assert done.returncode == 1 and "no worker is left; local: " in done.stderr
    assert "pipeline models install" in done.stderr and "Traceback" not in done.stderr


def test_a_rehearsal_says_what_would_be_drafted(archive, process):
    done = process("run", "letter-1", "--scheduler", "local", "--dry-run")
    assert "would draft 1 documents in 1 shards" in done.stderr
    assert not (archive / ".pipeline" / "shards").exists()


def test_what_a_worker_answers_is_not_believed(archive, pipeline):
    """A crew of one that says whatever it likes: the shard is refused, or what was not asked for dropped."""
    assert pipeline("shards", "plan", "letter-1", "letter-2", "--no-trial").returncode == 0
    evil = ["پاسخ می خواهد.", "It wants an answer.", "engine", "", []]
    foreign = ["متنی دیگر", "Evil", "engine", "", []]
    for answer, said in (
        (b"no answer", "cannot be read"),
        (requests.encoded(requests.ShardAnswer("filed")), "no result is there"),
        (
            json.dumps({"outcome": "drafted", "drafts": {"fa-en": [["a", "b\x1b[2J", "e", "", []]]}}).encode(),
            "characters that no text has",
        ),
        (json.dumps({"outcome": "drafted", "left_out": {"a\nb": ""}}).encode(), "names of what is no document"),
        (["no", "bytes"], "a list instead of text"),
    ):
        session, _ = begun(archive)
        spreading.spread(session, plans.read(session.config), Liar(answer))
        assert len(session.faults) == 1 and said in session.faults[0]
    needs = requests.encoded(requests.ShardAnswer("needs"))
    drafted = json.dumps({"outcome": "drafted", "drafts": {"fa-en": [evil, foreign], "xx-yy": [foreign]}}).encode()
    session, _ = begun(archive)
    spreading.spread(session, plans.read(session.config), Liar(needs, drafted))
    (path,) = (archive / ".pipeline" / "shards").glob(f"*/{results.DRAFTS}")
    made = json.loads(path.read_bytes())
    assert made == {"fa-en": [], "fa-fr": []} or made == {"fa-en": [evil], "fa-fr": []}


class Liar:
    """Answers in its turn, whatever it is asked."""

    is_connected = True

    def __init__(self, *answers):
        self.answers = list(answers)

    def workers(self):
        return 1

    def asked(self, request):
        return Future(self.answers.pop(0))

    def done(self, futures):
        return list(futures)

    def answer(self, future):
        return future.content


class Future:
    status = "finished"

    def __init__(self, content):
        self.content = content


def drafted(workspace) -> set[int]:
    """Return the numbers of letters of which all PO files are full."""
    full = {
        path.stem
        for path in (workspace / "translations").rglob("*.po")
        if 'msgstr ""\n\n' not in path.read_text("utf-8")
    }
    empty = {
        path.stem for path in (workspace / "translations").rglob("*.po") if 'msgstr ""\n\n' in path.read_text("utf-8")
    }
    return {int(name.removeprefix("letter-")) for name in full - empty}


def plainly_there(workspace, machines):
    """Return what a plain command makes, with the plug-in there."""
    other = workspace.parent / "plain"
    subprocess.run(["cp", "-r", workspace, other], check=True)
    line = [sys.executable, "-m", "pipeline", "translate"]
    subprocess.run(line, cwd=other, env=machines.env, check=True, capture_output=True)
    return translations(other)


def another_version(place, machines):
    """Copy the program with a file more, and return the path with it in front."""
    from tests.conftest import ROOT

    place.mkdir()
    subprocess.run(["cp", "-r", ROOT / "pipeline", place / "pipeline"], check=True)
    (place / "pipeline" / "newer.py").write_text("NEWER = True\n")
    return f"{place}{os.pathsep}{machines.env['PYTHONPATH']}"
