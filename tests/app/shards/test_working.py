"""A worker drafts one shard: killed, it costs little; a document that kills it is found; with other models it does nothing."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from pipeline.app.shards import attempts, portions, results, working
from pipeline.app.shards import plan as plans
from tests.app.shards.conftest import plainly, translations
from tests.support.sessions import begun

KILLING = textwrap.dedent(
    """
    import os, signal, sys
    from pipeline import __main__
    from pipeline.app.shards import portions, working

    portions.TOGETHER = int(sys.argv.pop(1))
    place, word, module = sys.argv.pop(1), sys.argv.pop(1), working.{module}
    before = module.{name}

    def killing(*words, **options):
        if word in str(words):
            os.kill(os.getpid(), signal.SIGKILL)
        return before(*words, **options)

    module.{name} = killing
    __main__.main()
    """
)
PLACES = {"reading": ("reading", "read"), "drafting": ("translating", "drafts")}


def killed(workspace, place, word, number=1, together=2000) -> subprocess.CompletedProcess[str]:
    """Run a worker that is killed when it comes to a word, at some place."""
    module, name = PLACES[place]
    line = [sys.executable, "-c", KILLING.format(module=module, name=name), str(together), place, word]
    return subprocess.run(
        [*line, "shards", "run", str(number), "--quiet"], cwd=workspace, capture_output=True, text=True
    )


@pytest.fixture
def planned(archive, pipeline):
    assert pipeline("shards", "plan", "--documents", "100", "--no-trial").returncode == 0
    return archive


@pytest.mark.parametrize("place", PLACES)
def test_a_document_that_kills_three_workers_is_left_out_and_named(planned, pipeline, place):
    word = "letter-3" if place == "reading" else "نامه 3"
    for _ in range(attempts.MOST_DEATHS):
        assert killed(planned, place, word).returncode == -signal.SIGKILL
        assert pipeline("shards", "list", "--missing").stdout == "1\n"
    done = killed(planned, place, word)
    assert done.returncode == 1 and "letter-3: left out of shard 1: 3 workers were killed" in done.stderr
    assert not [path for path in plans.folder(begun(planned)[0].config).iterdir() if path.name.startswith(".")]
    merged = pipeline("shards", "merge")
    assert merged.returncode == 1 and "letter-3: not drafted in shard 1" in merged.stderr
    assert {path for path in translations(planned) if "letter" in path} >= {"en/letter-1.po", "fr/letter-4.po"}
    assert "letter-3" not in str(translations(planned).keys())


def test_what_a_killed_worker_had_drafted_is_not_drafted_again(planned, pipeline, monkeypatch):
    wanted = plainly(planned)
    assert killed(planned, "drafting", "نامه 3", together=1).returncode == -signal.SIGKILL
    asked = []
    monkeypatch.setattr(portions, "TOGETHER", 1)
    drafts = working.translating.drafts
    monkeypatch.setattr(working.translating, "drafts", lambda *words: asked.append(words[2].sources) or drafts(*words))
    assert pipeline("shards", "run", 1).returncode == 0
    assert not any("نامه 1" in source for sources in asked[:1] for source in sources)
    assert pipeline("shards", "merge").returncode == 0
    assert translations(planned) == wanted


def test_a_worker_killed_while_it_writes_leaves_no_half_result(planned, pipeline):
    wanted = plainly(planned)
    for call in ("rename", "fsync", "mkdir"):
        line = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when=2+"]
        subprocess.run(
            [*line, sys.executable, "-m", "pipeline", "shards", "run", "1"], cwd=planned, capture_output=True
        )
        if pipeline("shards", "list", "--missing").stdout:
            assert pipeline("shards", "merge").returncode == 0
            assert len(translations(planned)) == 2
    assert pipeline("shards", "run", 1).returncode == 0
    assert pipeline("shards", "merge").returncode == 0
    assert translations(planned) == wanted


def test_two_workers_at_once_make_one_result(planned, pipeline):
    wanted = plainly(planned)
    line = [sys.executable, "-m", "pipeline", "shards", "run", "1"]
    both = [subprocess.Popen(line, cwd=planned, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert [path.name for path in plans.folder(begun(planned)[0].config).iterdir() if path.name.startswith(".")] == []
    assert pipeline("shards", "merge").returncode == 0
    assert translations(planned) == wanted


def test_other_models_than_those_of_the_plan_draft_nothing(planned, pipeline, private_models):
    (model,) = private_models.glob("data/pipeline/packages/*fa_en*/metadata.json")
    model.write_text(model.read_text() + " ")
    done = pipeline("shards", "run", 1)
    assert done.returncode == 1 and "not the package that models.lock names" in done.stderr
    assert pipeline("shards", "list", "--missing").stdout == "1\n"


def test_another_lock_than_that_of_the_plan_drafts_nothing(planned, pipeline):
    (planned / "models.lock").unlink()
    done = pipeline("shards", "run", 1)
    assert done.returncode == 1 and "another models.lock" in done.stderr and "pipeline shards plan" in done.stderr


def test_a_result_that_is_there_is_not_made_again(planned, pipeline):
    assert pipeline("shards", "run", 1).returncode == 0
    plan = plans.read(begun(planned)[0].config)
    before = os.stat(results.place(begun(planned)[0].config, plan.names[0])).st_ino
    done = pipeline("shards", "run", 1)
    assert "its result is there" in done.stderr
    assert os.stat(results.place(begun(planned)[0].config, plan.names[0])).st_ino == before


def test_a_document_that_cannot_be_read_is_left_out(planned, pipeline):
    (planned / "seeds" / "broken.docx").write_bytes(b"PK\x03\x04")
    assert pipeline("shards", "plan", "--no-trial").returncode == 0
    done = pipeline("shards", "run", 1)
    assert done.returncode == 1 and "broken: left out of shard 1" in done.stderr
    assert pipeline("shards", "merge").returncode == 1
    assert len(translations(planned)) == 14


@pytest.mark.parametrize("place", [".", "shards", "work"])
def test_a_worker_writes_nothing_through_a_link_that_leads_out(planned, pipeline, tmp_path, place):
    private, outside = planned / ".pipeline", tmp_path / "outside"
    link = private / "shards" / f".{plan_of(planned).names[0]}.work" if place == "work" else private / place
    if link.exists():
        link.rename(outside)
    else:
        outside.mkdir()
    link.symlink_to(outside)
    outside.chmod(0o755)
    before = sorted(outside.rglob("*"))
    done = pipeline("shards", "run", 1)
    assert done.returncode == 1 and "leads out of the workspace" in done.stderr and "Traceback" not in done.stderr
    assert sorted(outside.rglob("*")) == before and outside.stat().st_mode & 0o777 == 0o755


def test_a_pipe_in_the_place_of_a_note_is_not_waited_for(planned, pipeline):
    folder = planned / ".pipeline" / "shards" / f".{plan_of(planned).names[0]}.work"
    folder.mkdir()
    os.mkfifo(folder / "0.at")
    assert pipeline("shards", "run", 1).returncode == 0


def plan_of(workspace):
    return plans.read(begun(workspace)[0].config)


def test_there_is_no_such_shard(planned, pipeline):
    for number in (0, 2):
        done = pipeline("shards", "run", number)
        assert done.returncode == 2 and "there are 1" in done.stderr
