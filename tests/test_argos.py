import io
import os
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import packages
from pipeline.errors import EngineError
from tests import tiny_argos


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """Two real packages: Persian to English, English to French."""
    folder = tmp_path_factory.mktemp("packages")
    return [
        tiny_argos.package(folder, "fa", "en", tiny_argos.FA_EN),
        tiny_argos.package(folder, "en", "fr", tiny_argos.EN_FR),
    ]


@pytest.fixture
def models(tiny, pipeline):
    """Both packages installed, by the command that installs them."""
    done = pipeline("models", "install", *tiny)
    assert done.returncode == 0, done.stderr
    return done


TRANSLATE = """
import json, sys
from pipeline import drafting
from pipeline.mt import Settings, argos
way = drafting.route(argos, sys.argv[1], sys.argv[2], Settings())
texts = json.loads(sys.stdin.read())
for engine in way.engines:
    texts = [result.text for result in engine.translate(texts)]
print(json.dumps([way.name, texts]))
print(json.dumps([name for name in sys.modules if name in ("torch", "stanza", "spacy", "argostranslate.translate")]))
"""


def translate(source, target, sentences):
    import json
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", TRANSLATE, source, target],
        input=json.dumps(sentences), capture_output=True, text=True, env=dict(os.environ), check=True,
    )  # fmt: skip
    result, heavy = done.stdout.splitlines()
    assert json.loads(heavy) == []
    return json.loads(result)


def test_a_real_package_translates(models):
    assert translate("fa", "en", ["سلام دنیا", "آزادی،"]) == ["argos fa→en 1.0 (beam 4)", ["slam dnya", "Azady,"]]


def test_french_goes_through_english(models):
    name, (target,) = translate("fa", "fr", ["دنیع"])
    assert (name, target) == ("argos fa→en 1.0, en→fr 1.0 (beam 4)", "dnyé")


def test_order_and_length_are_kept_for_thousands_of_sentences(models):
    sentences = ["سلام" * (n % 7 + 1) + tiny_argos.FA[n % 36] for n in range(2000)]
    table = str.maketrans(tiny_argos.FA_EN)
    assert translate("fa", "en", sentences)[1] == [sentence.translate(table) for sentence in sentences]


def test_a_long_sentence_is_not_cut(models):
    assert len(translate("fa", "en", ["آزادی " * 50])[1][0]) == 6 * 50 - 1


def test_a_pair_without_packages_is_named_with_the_remedy(pipeline):
    from pipeline.mt import Settings, argos

    with pytest.raises(EngineError, match=r"no Argos package fa→en and en→fr .* pipeline models install fa-en en-fr"):
        argos.plan("fa", "fr", Settings())


def test_what_the_engine_writes_is_marked_as_machine_text(models, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nسلام دنیا، آزادی برای همه مردم است.\n", "utf-8")
    done = pipeline("run")
    assert done.returncode == 0, done.stderr
    text = (workspace / "translations" / "fr" / "statement.po").read_text("utf-8")
    assert text.count("#, fuzzy\n") == 2
    assert "#. origin: machine: argos fa→en 1.0, en→fr 1.0 (beam 4) [" in text
    assert (workspace / "output" / "statement.fa-fr.pdf").read_bytes().startswith(b"%PDF")


def test_a_damaged_package_is_named_and_the_rest_goes_on(models, pipeline, workspace, private_models):
    model = next(private_models.rglob("translate-fa_en*/model/model.bin"))
    model.write_bytes(model.read_bytes()[:1000])
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nسلام دنیا، آزادی برای همه مردم است.\n", "utf-8")
    done = pipeline("run")
    assert "damaged" in done.stderr and "Traceback" not in done.stderr
    assert (workspace / "output" / "statement.fa-en.pdf").exists()


def hostile(*names, **attributes):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            for key, value in attributes.items():
                setattr(entry, key, value)
            archive.writestr(entry, '{"from_code": "fa", "to_code": "en"}')
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"no zip",
        hostile("../evil/metadata.json"),
        hostile("/evil/metadata.json"),
        hostile("one/metadata.json", "two/metadata.json"),
        hostile("one/metadata.json", "one/../../evil"),
        hostile("one/metadata.json", external_attr=0o120777 << 16),
        hostile("one/model.bin"),
        hostile(*(f"one/{n}" for n in range(packages.MAX_FILES + 1))),
    ],
)
def test_an_unsafe_or_foreign_zip_leaves_nothing_behind(pipeline, tmp_path, private_models, content):
    file = tmp_path / "model.argosmodel"
    file.write_bytes(content)
    before = {path for path in private_models.rglob("*") if path.is_file()}
    done = pipeline("models", "install", file)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ") and "Traceback" not in done.stderr
    assert {path for path in private_models.rglob("*") if path.is_file()} == before
    assert "no package is installed" in pipeline("models", "list").stdout


def test_without_a_network_the_message_says_how_to_carry_the_file_over(pipeline, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGES_INDEX", "https://127.0.0.1:9/")
    done = pipeline("models", "install", "fa-en")
    assert done.returncode == 3
    assert "pipeline models install FILE.argosmodel" in done.stderr


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5, deadline=None)
@given(st.lists(st.text(tiny_argos.FA[:30], min_size=1, max_size=30), min_size=1, max_size=40))
def test_one_target_for_every_source(models, sentences):
    assert len(translate("fa", "en", sentences)[1]) == len(sentences)
