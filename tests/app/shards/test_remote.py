"""A machine drafts what it is asked in the workspace, or out of what it was sent; what goes wrong is an answer, too."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.app.shards import attempts, plan, remote, requests, results, working
from pipeline.app.shards.beside import ProcessBeside
from pipeline.app.shards.remote import Post
from pipeline.app.shards.requests import ShardLoad, ShardRequest
from pipeline.app.shards.working import Worked
from pipeline.workspace import config
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


OPENAI = """
[engines.openai]
address = "{}"
model = "any"
allow_remote = true
"""


@pytest.fixture
def server():
    """A server of an OpenAI-compatible kind, and what it was asked."""
    questions = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            questions.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"choices": [{"message": {"content": "An answer."}}]}')

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}/v1", questions
        made.shutdown()


def served(asked, address, tmp_path):
    """Return a request to draft by a server, as whoever holds a certificate may write it."""
    settings = replace(asked.load.settings, settings='engine = "openai"\n' + OPENAI.format(address))
    settings.write(tmp_path / "theirs")
    using = plan.made_with(config.read(tmp_path / "theirs"))
    return replace(asked, made_with=using, load=replace(asked.load, settings=settings))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (None, "no pipeline.toml"),
        ("", "not what was sent"),
        ("offline = true\n", "not what was sent"),
        (OPENAI.format("http://127.0.0.1:9/v1"), "not what was sent"),
    ],
)
def test_no_server_is_asked_that_its_own_settings_do_not_name(asked, server, tmp_path, own, said):
    address, questions = server
    post = elsewhere(tmp_path)
    post.workspace.mkdir()
    if own is not None:
        (post.workspace / "pipeline.toml").write_text(own)
    done = answered(post, served(asked, address, tmp_path))
    assert done.outcome == "unfit" and said in done.fault
    assert not questions


def test_no_server_on_another_machine_is_asked_where_settings_say_offline(asked, tmp_path):
    post, address = elsewhere(tmp_path), "https://192.0.2.1/v1"
    post.workspace.mkdir()
    (post.workspace / "pipeline.toml").write_text(f"offline = true\n{OPENAI.format(address)}")
    done = answered(post, served(asked, address, tmp_path))
    assert done.outcome == "unfit" and "offline = true" in done.fault


def test_a_server_that_its_own_settings_name_is_asked(asked, server, tmp_path):
    address, questions = server
    post = elsewhere(tmp_path)
    post.workspace.mkdir()
    (post.workspace / "pipeline.toml").write_text(OPENAI.format(address))
    assert answered(post, served(asked, address, tmp_path)).outcome == "drafted"
    assert questions


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
