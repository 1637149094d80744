"""An engine beside Argos: a server that the user runs, through the commands."""

import http.server
import json
import os
import threading

import pytest

from pipeline.catalogue import po
from pipeline.errors import EngineError
from pipeline.model import State
from pipeline.translate.mt import EngineSettings, openai
from tests.support import tiny_argos

TEXT = "بیانیه\n\nسلام دنیا، آزادی برای همه مردم است. در سال ۲۰۱۰ نوشتند.\n"


def configure(workspace, engine, table):
    text = (workspace / "pipeline.toml").read_text().replace('"argos"', f'"{engine}"').replace('["en", "fr"]', '["fr"]')
    (workspace / "pipeline.toml").write_text(f"{text}\n{table}\n")
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")


def units(workspace):
    return po.read(workspace / "translations" / "fr" / "statement.po", "statement", "fa", "fr").units


class Server(http.server.BaseHTTPRequestHandler):
    """Speaks as llama.cpp and Ollama do; it spells Persian letters in Latin ones."""

    answer, asked, most = None, [], None
    refused, shut = "-", None

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.most is not None and len(self.asked) >= self.most:
            return
        self.asked.append((self.path, body))
        if self.refused in body["messages"][1]["content"]:
            self.send_error(400, "content_filter")
            return
        if self.shut is not None and len(self.asked) > self.shut:
            self.send_error(403, "account suspended")
            return
        text = body["messages"][1]["content"].translate(str.maketrans(tiny_argos.FA_EN))
        content = self.answer or json.dumps(
            {"choices": [{"message": {"content": f"{text}\n"}, "finish_reason": "stop"}]}
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Server.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    Server.answer = Server.most = Server.shut = None
    Server.refused = "-"


def test_a_server_on_this_machine_translates(pipeline, workspace, address, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")  # what stays here goes through no proxy
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    done = pipeline("translate")
    assert done.returncode == 0, done.stderr
    found = units(workspace)
    assert [unit.state for unit in found] == [State.MACHINE] * 3 and "2010" in found[2].target
    assert found[0].origin.startswith("machine: openai tiny fa→fr (temperature 0) [")
    path, body = Server.asked[0]
    assert path == "/v1/chat/completions" and "from Persian into French" in body["messages"][0]["content"]
    assert all("۲۰۱۰" not in body["messages"][1]["content"] for _, body in Server.asked)
    said = next(body["messages"][0]["content"] for _, body in Server.asked if "X0X" in body["messages"][1]["content"])
    assert "X0X stands for: 2010" in said and "The sentence before it, for context only: سلام دنیا" in said
    asked = len(Server.asked)
    pipeline("translate", "--redo")
    assert len(Server.asked) == asked


def test_what_a_server_answered_before_it_failed_is_not_asked_for_again(pipeline, workspace, address):
    """A model of one's own needs hours for a long text, and many servers take a sum for each sentence."""
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    Server.most = 2
    done = pipeline("translate")
    assert "3 sentences stay untranslated" in done.stderr, done.stderr
    asked, Server.most = len(Server.asked), None
    assert pipeline("translate").returncode == 0
    assert [unit.state for unit in units(workspace)] == [State.MACHINE] * 3
    assert len(Server.asked) - asked == 3 - 2


SURROGATE = '{"choices": [{"message": {"content": "a\\ud800"}}]}'


@pytest.mark.parametrize(
    "answer",
    ["no JSON", "{}", '{"choices": [{"message": {"content": 7}}]}', '{"choices": []}', "[" * 100_000, SURROGATE],
)
def test_an_answer_that_is_none_leaves_the_rest_to_go_on(pipeline, workspace, address, answer):
    Server.answer = answer
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    done = pipeline("translate")
    assert "stay untranslated" in done.stderr and "this is not how an OpenAI-compatible server replies" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "sent",
    [
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n500\r\nabc",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 70_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_a_server_that_does_not_speak_http_leaves_the_rest_to_go_on(pipeline, workspace, address, monkeypatch, sent):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.wfile.write(sent)

    monkeypatch.setattr(Server, "do_POST", do_POST)
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    done = pipeline("translate")
    assert done.returncode == 0 and "stay untranslated" in done.stderr and "Traceback" not in done.stderr


def test_an_item_of_a_list_comes_with_the_sentence_it_goes_on_from(pipeline, workspace, address):
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    text = "بیانیه\n\nسلام دنیا. ما خواهان این هستیم:\n\n۱- آزادی برای همه\n۲- دنیای بهتر\n\nاین پایان است.\n"
    (workspace / "seeds" / "statement.txt").write_text(text, "utf-8")
    assert pipeline("translate").returncode == 0
    said = {body["messages"][1]["content"]: body["messages"][0]["content"] for _, body in Server.asked}
    opening = "It continues this sentence, for context only: ما خواهان این هستیم:"
    assert {sentence for sentence, prompt in said.items() if opening in prompt} == {"آزادی برای همه", "دنیای بهتر"}
    assert len(said) == 6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "no server; write its address"),
        ({"address": "http://192.0.2.1/v1", "model": "m"}, "another machine, and the texts would go there"),
        ({"address": "http://example.org/v1", "model": "m", "allow_remote": True}, "over https only"),
        ({"address": "https://127.0.0.1.example.org/v1", "model": "m"}, "another machine"),
        ({"address": "file:///etc/passwd", "model": "m"}, "is not the address of a server; write: address = "),
        ({"address": "http://127.0.0.1/v1", "model": "m", "key": "x"}, "key: unknown key"),
        ({"address": "http://[::1/v1", "model": "m"}, "is not the address of a server; write: address = "),
        ({"address": "http://127.0.0.1:abc/v1", "model": "m"}, "is not the address of a server; write: address = "),
        ({"address": "http://127.0.0.1/v 1", "model": "m"}, "is not the address of a server; write: address = "),
        ({"address": 7, "model": "m"}, "is not the address of a server; write: address = "),
        ({"address": "http://127.0.0.1/v1", "model": 7}, "7 is not its name in quotes; write: model ="),
        (
            {"address": "http://127.0.0.1/v1", "model": "m", "timeout_seconds": "x"},
            "is not a number of seconds; write: timeout_seconds = 300",
        ),
    ],
)
def test_nothing_goes_to_another_machine_unasked(options, message):
    with pytest.raises(EngineError, match=message):
        openai.plan("fa", "fr", EngineSettings(options=options))


REMOTE = '[engines.openai]\naddress = "https://192.0.2.77/v1"\nmodel = "m"\nallow_remote = true\ntimeout_seconds = 1'


def test_a_dry_run_shows_nothing_to_another_machine(pipeline, workspace):
    configure(workspace, "openai", REMOTE)
    done = pipeline("translate", "--dry-run")
    assert "a dry run shows nothing to the server of the engine openai, which is another machine" in done.stderr


def test_who_comes_to_a_seminar_is_shown_to_no_other_machine(pipeline, workspace):
    configure(workspace, "openai", REMOTE)
    people = 'title = "نشست"\n[[people]]\nname = "سارا"\nrole = "آموزگار"\n'
    (workspace / "seeds" / "meeting.seminar").write_text(people, "utf-8")
    said = pipeline("translate", "meeting").stderr
    assert "meeting: a seminar is not shown to the server of the engine openai" in said and "192.0.2.77" not in said


@pytest.mark.parametrize(
    "words",
    [
        ("shards", "plan"), ("shards", "plan", "--dry-run"), ("translate", "--scheduler", "local"),
        ("run", "--scheduler", "local", "--dry-run"), ("find", "سارا", "--gist", "fr"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_who_comes_to_a_seminar_is_shown_to_no_other_machine_by_any_command(pipeline, workspace, words):
    """Whoever is asked at 192.0.2.77 does not answer, and that would be said."""
    configure(workspace, "openai", REMOTE)
    people = 'title = "نشست"\n[[people]]\nname = "سارا"\nrole = "آموزگار"\n'
    (workspace / "seeds" / "statement.txt").unlink()
    (workspace / "seeds" / "meeting.SEMINAR").write_text(people, "utf-8")
    pipeline("segment")
    done = pipeline(*words)
    assert "192.0.2.77" not in done.stdout + done.stderr
    assert "seminar" in done.stderr or "--dry-run" in words or "plan" in words


def test_planning_shards_shows_nothing_to_another_machine_in_a_dry_run(pipeline, workspace, statement):
    configure(workspace, "openai", REMOTE)
    done = pipeline("shards", "plan", "--dry-run")
    assert "192.0.2.77" not in done.stdout + done.stderr and "a dry run shows nothing to the server" in done.stdout
    assert "192.0.2.77" in pipeline("shards", "plan").stdout


def test_offline_no_text_leaves_this_machine(pipeline, workspace):
    configure(
        workspace, "openai", '[engines.openai]\naddress = "https://example.org/v1"\nmodel = "m"\nallow_remote = true'
    )
    text = (workspace / "pipeline.toml").read_text()
    (workspace / "pipeline.toml").write_text(f"offline = true\n{text}")
    done = pipeline("translate")
    assert (
        "stay untranslated" in done.stderr
        and "example.org is another machine, and pipeline.toml has offline = true" in done.stderr
    )
    settings = EngineSettings(options={"address": "http://[::1]:8080/v1", "model": "m"}, offline=True)
    assert openai.plan("fa", "fr", settings) == [("fa", "fr")]


def test_a_server_that_is_not_there_is_named(pipeline, workspace):
    configure(workspace, "openai", '[engines.openai]\naddress = "http://127.0.0.1:9/v1"\nmodel = "tiny"')
    done = pipeline("translate")
    assert done.returncode == 0 and "Connection refused" in done.stderr and "start the server" in done.stderr


OUTSIDE = """
from pipeline.translate.mt import Translation

class Engine:
    name, model, fingerprint = "outside", "mirror 1", "mirror 1"

    def translate(self, sentences):
        return [Translation(sentence.translate({ord(letter): "a" for letter in sentence if letter.isalpha()})) for sentence in sentences]

def plan(source_lang, target_lang, settings):
    return [(source_lang, target_lang)]

def open(source_lang, target_lang, settings):
    return Engine()
"""


def test_an_engine_of_another_package_is_found_by_its_entry_point(process, workspace, tmp_path, monkeypatch):
    place = tmp_path / "installed"
    (place / "mirror-1.0.dist-info").mkdir(parents=True)
    (place / "mirror.py").write_text(OUTSIDE)
    (place / "mirror-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: mirror\nVersion: 1.0\n")
    (place / "mirror-1.0.dist-info" / "entry_points.txt").write_text("[pipeline.translate.mt]\noutside = mirror\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(place), os.environ.get("PYTHONPATH", "")]))
    configure(workspace, "outside", "")
    done = process("translate")
    assert done.returncode == 0, done.stderr
    assert [unit.state for unit in units(workspace)] == [State.MACHINE] * 3
    assert units(workspace)[0].origin.startswith("machine: outside mirror 1 [")


def test_a_sentence_that_a_server_refuses_keeps_none_behind_it_from_being_translated(pipeline, workspace, address):
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    Server.refused = "بیانیه"  # the shortest, and the first that is asked for
    done = pipeline("translate")
    assert "1 draft was unusable and left out: the engine refuses to translate it (بیانیه)" in done.stderr
    assert [unit.state for unit in units(workspace)] == [State.UNTRANSLATED, State.MACHINE, State.MACHINE]
    Server.refused = "-"
    pipeline("translate")
    assert [unit.state for unit in units(workspace)] == [State.MACHINE] * 3


def test_a_server_that_refuses_every_sentence_is_asked_for_no_more_than_two(pipeline, workspace, address):
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "none of these"')
    Server.refused = ""
    done = pipeline("translate")
    assert "3 sentences stay untranslated" in done.stderr and "400" in done.stderr, done.stderr
    assert len(Server.asked) == 2


def test_an_account_that_is_shut_in_the_middle_is_no_refusal_of_all_that_is_left(pipeline, workspace, address):
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    Server.shut = 1
    done = pipeline("translate")
    assert "403" in done.stderr and "refuses to translate" not in done.stderr, done.stderr
    assert len(Server.asked) == 4


@pytest.mark.parametrize(
    "choice",
    [
        {"message": {"role": "assistant", "content": None, "refusal": "I cannot help with that."}},
        {"message": {"content": None}, "finish_reason": "content_filter"},
        {"message": {"content": "Salam donya, azadi baraye"}, "finish_reason": "content_filter"},
        {"message": {"content": ""}, "finish_reason": "content_filter"},
    ],
)
def test_an_answer_that_a_filter_left_out_or_cut_off_is_no_translation_and_stops_nothing(
    pipeline, workspace, address, choice
):
    configure(workspace, "openai", f'[engines.openai]\naddress = "{address}"\nmodel = "tiny"')
    Server.answer = json.dumps({"choices": [choice]})
    done = pipeline("translate")
    assert "3 drafts were unusable and left out: the engine refuses to translate it (the first:" in done.stderr
    assert [unit.state for unit in units(workspace)] == [State.UNTRANSLATED] * 3
    Server.answer = None
    pipeline("translate")
    assert [unit.state for unit in units(workspace)] == [State.MACHINE] * 3
