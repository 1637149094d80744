"""A model folder of the user's own, through the commands and by itself."""

import zipfile

import pytest

from pipeline.errors import EngineError
from pipeline.model import State
from pipeline.translate.mt import EngineSettings, ctranslate2
from pipeline.translate.mt._ctranslate2 import longest, loops
from tests.support import tiny_argos
from tests.translate.mt.test_openai import configure, units


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A converted model with its SentencePiece model beside it, as such folders are."""
    place = tmp_path_factory.mktemp("converted")
    with zipfile.ZipFile(tiny_argos.package(place, "fa", "fr", tiny_argos.FA_EN)) as archive:
        archive.extractall(place)
    (root,) = place.glob("translate-*/")
    model = root / "model"
    (root / "sentencepiece.model").rename(model / "sentencepiece.model")
    return model.rename(place / "opus-tiny")


def test_a_model_folder_translates_directly(pipeline, workspace, folder):
    configure(workspace, "ctranslate2", f'[engines.ctranslate2.fa-fr]\nfolder = "{folder}"')
    done = pipeline("translate")
    assert done.returncode == 0, done.stderr
    found = units(workspace)
    assert [unit.state for unit in found] == [State.MACHINE] * 3 and "2010" in found[2].target
    assert found[0].origin.startswith("machine: ctranslate2 opus-tiny (beam 4) [")


def test_tokens_before_and_behind_are_handed_over(folder):
    options = {"fa-fr": {"folder": str(folder), "source_prefix": ["a"], "source_suffix": ["b"], "target_prefix": ["a"]}}
    engine = ctranslate2.open("fa", "fr", EngineSettings(options=options))
    assert [result.text for result in engine.translate(["سلام"])] == ["slamb"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "names no model folder for fa-fr; add"),
        ({"fa-fr": {"folder": "nowhere"}}, "no model.bin there"),
        ({"fa-fr": {"folder": "x", "beams": 2}}, "beams: unknown key"),
        ({"fa-fr": {"folder": "x", "target_prefix": "fra"}}, "is not a list of tokens; write: target_prefix"),
        ({"fa-fr": {}}, "folder: missing; write where the model is"),
    ],
)
def test_a_fault_in_the_settings_is_named(options, message):
    settings = EngineSettings(options=options)
    with pytest.raises(EngineError, match=message):
        [ctranslate2.open(*pair, settings) for pair in ctranslate2.plan("fa", "fr", settings)]


def test_a_loop_is_known_by_its_rounds_and_a_list_of_equal_words_is_none():
    assert loops(list("abccdcdcdcdcd")) and loops(["x"] * 12)
    assert not loops(["no"] * 3) and not loops(list("ababacab")) and not loops([])


def test_a_sentence_may_become_twice_as_long_and_those_of_a_length_go_together():
    allowed = [longest(length) for length in range(1, 400)]
    assert all(most >= 2 * length for length, most in enumerate(allowed, 1))
    assert allowed == sorted(allowed) and len(set(allowed)) < 12
