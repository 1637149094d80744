"""A trial drafts a few sentences of a few documents in a process beside; what kills that is no end of the plan."""

import json
import subprocess
import sys

import pytest

from pipeline.app.shards import trial
from tests.support.clusters import use_brittle
from tests.support.sessions import begun


def test_sentences_of_documents_from_all_over_are_counted_and_drafted(archive):
    (archive / "seeds" / "letter-6.txt").write_text("\n\n".join(f"سطر {number} است." for number in range(80)), "utf-8")
    session = begun(archive)[0]
    names = [f"letter-{number}" for number in range(1, 7)]
    english, french = trial.speeds(session, names)
    assert (english.pair, french.pair) == ("fa-en", "fa-fr") and not session.faults
    assert french.sentences_a_document == pytest.approx((5 * 3 + 80) / 6)
    assert english.sentences_a_second > 0 and english.memory > 10e6 and english.why == ""


def test_a_trial_reads_some_documents_alone(archive, monkeypatch):
    monkeypatch.setattr(trial, "SAMPLE", 2)
    session = begun(archive)[0]
    (archive / "seeds" / "letter-1.txt").write_bytes(b"\xff\xfe\x00")
    trial.speeds(session, [f"letter-{number}" for number in (0, 1, 2, 3)])
    assert not session.faults


def test_a_sentence_that_kills_the_trial_leaves_the_speed_unknown(letters, machines):
    use_brittle(letters, kills="زهر")
    line = [sys.executable, "-m", "pipeline", "shards", "plan", "--json"]
    done = subprocess.run(line, cwd=letters, env=machines.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for one in json.loads(done.stdout)["speeds"]:
        assert one["sentences_a_second"] == 0 and "was ended" in one["why"]
