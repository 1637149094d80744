"""A machine drafts what it is asked in the workspace, or out of what it was sent; what goes wrong is an answer, too."""

import json
from dataclasses import replace

import pytest

from pipeline.app.shards import attempts, plan, remote, requests, results, working
from pipeline.app.shards.beside import ProcessBeside
from pipeline.app.shards.remote import Post
from pipeline.app.shards.requests import ShardLoad, ShardRequest
from pipeline.app.shards.working import Worked
from tests.support.sessions import begun, clock

MARK = "0" * 32


@pytest.fixture
def asked(archive, pipeline):
    """A request for the only shard, with its load."""
    assert pipeline("shards", "plan", "--no-trial").returncode == 0
    session = begun(archive)[0]
    planned = plan.read(session.config)
    shard = plan.shard(session.config, planned, 1)
    with attempts.begun(attempts.place(session.config, shard.name)) as attempt:
        single = [one for _, its in working.wanted(session, shard, attempt, Worked()) for one in its]
    load = ShardLoad(requests.settings_of(session.config), single)
    return ShardRequest(plan.SCHEMA_VERSION, MARK, 1, shard.name, planned.made_with, load)


def answered(post, asked):
    return requests.answer(remote.answered(post, requests.encoded(asked)))


def elsewhere(tmp_path):
    return Post("elsewhere", tmp_path / "nothing", tmp_path / "scratch", 1, clock)


def test_what_is_sent_is_drafted_as_in_the_workspace(archive, asked, tmp_path):
    assert answered(elsewhere(tmp_path), replace(asked, load=None)).outcome == "needs"
    sent = answered(elsewhere(tmp_path), asked)
    here = Post("here", archive, tmp_path / "scratch", 1, clock)
    (archive / ".pipeline" / "shards" / f"{MARK}{requests.MARK}").touch()
    assert answered(here, asked).outcome == "filed"
    config = begun(archive)[0].config
    planned = plan.read(config)
    made = results.drafts(config, planned, results.read(config, planned, asked.name))
    assert sent.outcome == "drafted" and made
    assert {pair: results.drafts_of(rows) for pair, rows in sent.drafts.items()} == made


def test_a_plan_that_was_made_anew_meanwhile_is_said(archive, asked, tmp_path):
    (archive / ".pipeline" / "shards" / f"{MARK}{requests.MARK}").touch()
    done = answered(Post("here", archive, tmp_path, 1, clock), replace(asked, name="1" * 32))
    assert done.outcome == "failed" and "planned anew meanwhile" in done.fault


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "x"}, "another version of the program"),
        ({"settings": "x"}, "other settings"),
        ({"models": "x"}, "another models.lock"),
        ({"engines": {"fa-en": ("x",)}}, "other models for fa-en"),
    ],
)
def test_a_machine_that_would_draft_otherwise_is_unfit(asked, tmp_path, changed, said):
    done = answered(elsewhere(tmp_path), replace(asked, made_with=replace(asked.made_with, **changed)))
    assert done.outcome == "unfit" and "elsewhere: " in done.fault and said in done.fault


def test_a_machine_without_models_is_unfit(asked, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no models"))
    done = answered(elsewhere(tmp_path), asked)
    assert done.outcome == "unfit" and "pipeline models install" in done.fault


@pytest.mark.parametrize("content", [b"", b"{", b"\x80\x04.", b'{"schema_version": 1}'])
def test_what_is_no_request_is_answered_so(tmp_path, content):
    assert requests.answer(remote.answered(elsewhere(tmp_path), content)).outcome == "failed"


def never(content):
    raise SystemExit


def test_a_process_that_is_ended_again_and_again_is_given_up(monkeypatch):
    monkeypatch.setattr(remote, "MOST_ENDED", 2)
    beside = ProcessBeside(never)
    done = json.loads(remote.patiently(beside, b""))
    assert done["outcome"] == "failed" and "ended 2 times" in done["fault"]
    beside.close()
