"""What is sent to a machine without the workspace makes the same drafts there; what comes from it is read as a stranger's."""

import json

import pytest

from pipeline.app.shards import plan as plans
from pipeline.app.shards import requests
from pipeline.app.shards.portions import Portion
from pipeline.app.shards.requests import ShardAnswer, ShardLoad, ShardRequest
from pipeline.app.translating import WantedDrafts
from pipeline.errors import PipelineError
from pipeline.translate.mt import Surroundings
from pipeline.workspace import config
from tests.conftest import ROOT
from tests.support.sessions import begun

SETTINGS = """
title = "Secret"
languages = ["en", "nl"]
engine = "ctranslate2"
[sender]
name = "Somebody"
[sources.en]
languages = ["fa"]
[topics."labour and \\"more\\""]
languages = ["fr"]
[engines.ctranslate2.fa-en]
folder = "/models/a \\\\ b"
[engines.argos]
device = "cpu"
"""


@pytest.fixture
def settings(workspace):
    (workspace / "pipeline.toml").write_text(SETTINGS, "utf-8")
    (workspace / "languages").mkdir()
    dutch = (
        (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("```toml pipeline/languages/nl.toml\n")[1].split("```")[0]
    )
    (workspace / "languages" / "nl.toml").write_text(dutch, "utf-8")
    (workspace / "translations" / "fr").mkdir(parents=True)
    (workspace / "translations" / "termbase.csv").write_text("fa,en,status\nشهر,Missive,preferred\n", "utf-8")
    return begun(workspace)[0].config


def test_drafts_made_from_what_is_sent_are_those_of_the_workspace(settings, tmp_path):
    sent = requests.settings_of(settings)
    sent.write(tmp_path / "there")
    there = config.read(tmp_path / "there")
    assert plans.made_with(there) == plans.made_with(settings)
    assert there.engines == {"ctranslate2": settings.engines["ctranslate2"]} and there.pairs == settings.pairs


def test_nothing_of_the_sender_and_the_partners_is_sent(settings):
    content = str(requests.settings_of(settings))
    assert "Somebody" not in content and "Secret" not in content


def test_a_request_comes_as_it_was_sent(settings):
    wanted = WantedDrafts({"متن {1}": True}, {"متن": "text"}, {"متن {1}": Surroundings("a", "b", marks=("c",))})
    load = ShardLoad(requests.settings_of(settings), [Portion(("fa", "en"), ("1988/letter",), wanted)])
    asked = ShardRequest(plans.SCHEMA_VERSION, "0" * 32, 3, "1" * 32, plans.made_with(settings), load)
    assert requests.request(requests.encoded(asked)) == asked


@pytest.mark.parametrize(
    ("key", "value"),
    [("mark", "../../etc/passwd"), ("name", ""), ("number", "1"), ("schema_version", 99), ("load", {"settings": {}})],
)
def test_a_request_of_another_form_is_refused(settings, key, value):
    asked = ShardRequest(plans.SCHEMA_VERSION, "0" * 32, 3, "1" * 32, plans.made_with(settings))
    content = json.loads(requests.encoded(asked)) | {key: value}
    with pytest.raises(PipelineError):
        requests.request(json.dumps(content).encode())


def test_a_language_that_leads_elsewhere_is_refused(settings):
    load = ShardLoad(requests.settings_of(settings), [])
    asked = ShardRequest(plans.SCHEMA_VERSION, "0" * 32, 3, "1" * 32, plans.made_with(settings), load)
    content = json.loads(requests.encoded(asked))
    content["load"]["settings"]["languages"] = {"../../x": ""}
    with pytest.raises(PipelineError):
        requests.request(json.dumps(content).encode())


@pytest.mark.parametrize(
    "content",
    [
        None, "text", object(), b"", b"{", b"[]", b'{"outcome": "else"}', b"[" * 100_000,
        b'{"outcome": "drafted", "drafts": {"fa-en": [["a", "b", "c", "d"]]}}',
        json.dumps({"outcome": "drafted", "drafts": {"fa-en": [["a", "b" * 10_000, "", "", []]]}}).encode(),
        json.dumps({"outcome": "drafted", "drafts": {"fa-en": [["a", "b\x1b[2J", "", "", []]]}}).encode(),
        json.dumps({"outcome": "drafted", "left_out": {"letter": "a\nb"}}).encode(),
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_refused(content):
    with pytest.raises(PipelineError):
        requests.answer(content)


def test_an_answer_comes_as_it_was_sent():
    answer = ShardAnswer("drafted", drafts={"fa-en": [("a", "b", "engine", "", ("{1}",))]}, left_out={"letter": "why"})
    assert requests.answer(requests.encoded(answer)) == answer
    assert requests.is_unfit(requests.encoded(ShardAnswer("unfit", "why")))
    assert not requests.is_unfit(requests.encoded(answer))
