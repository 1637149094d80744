import io
import json
import os
import random
import subprocess
import sys
import zipfile

import ctranslate2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import po
from pipeline.errors import EngineError
from pipeline.model import State
from pipeline.translate import models
from pipeline.translate.mt import EngineSettings, argos
from pipeline.workspace import config
from pipeline.workspace.locking import locked
from tests.conftest import ROOT
from tests.support import readers, tiny_argos


@pytest.fixture
def installed(tiny, pipeline):
    """Both packages installed, by the command that installs them."""
    done = pipeline("models", "install", *tiny)
    assert done.returncode == 0, done.stderr
    return done


TRANSLATE = """
import json, sys
from pipeline.translate import drafting
from pipeline.translate.mt import EngineSettings, argos
way = drafting.route(argos, sys.argv[1], sys.argv[2], EngineSettings())
texts = json.loads(sys.stdin.read())
for engine in way.engines:
    texts = [result.text for result in engine.translate(texts)]
print(json.dumps([way.name, texts]))
print(json.dumps([name for name in sys.modules if name in ("torch", "stanza", "spacy", "argostranslate.translate")]))
"""


def translate(source, target, sentences):
    done = subprocess.run(
        [sys.executable, "-c", TRANSLATE, source, target],
        input=json.dumps(sentences), capture_output=True, text=True, env=dict(os.environ), check=True,
    )  # fmt: skip
    result, heavy = done.stdout.splitlines()
    assert json.loads(heavy) == []
    return json.loads(result)


def test_a_real_package_translates(installed):
    assert translate("fa", "en", ["سلام دنیا", "آزادی،"]) == ["argos fa→en 1.0 (beam 4)", ["slam dnya", "Azady,"]]


def test_french_goes_through_english(installed):
    name, (target,) = translate("fa", "fr", ["دنیع"])
    assert (name, target) == ("argos fa→en 1.0, en→fr 1.0 (beam 4)", "dnyé")


def test_order_and_length_are_kept_for_thousands_of_sentences(installed):
    sentences = ["سلام" * (n % 7 + 1) + tiny_argos.FA[n % 36] for n in range(2000)]
    table = str.maketrans(tiny_argos.FA_EN)
    assert translate("fa", "en", sentences)[1] == [sentence.translate(table) for sentence in sentences]


def test_a_long_sentence_is_not_cut(installed):
    assert len(translate("fa", "en", ["آزادی " * 50])[1][0]) == 6 * 50 - 1


def test_a_pair_without_packages_is_named_with_the_remedy(pipeline):
    with pytest.raises(
        EngineError,
        match=r"not installed: the Argos packages fa→en and en→fr; type: pipeline models install fa-en en-fr",
    ):
        argos.plan("fa", "fr", EngineSettings())


def test_what_the_engine_writes_is_marked_as_machine_text(installed, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nسلام دنیا، آزادی برای همه مردم است.\n", "utf-8")
    done = pipeline("run")
    assert done.returncode == 0, done.stderr
    text = (workspace / "translations" / "fr" / "statement.po").read_text("utf-8")
    assert text.count("#, fuzzy\n") == 2
    assert "#. origin: machine: argos fa→en 1.0, en→fr 1.0 (beam 4) [" in text
    pages = readers.poppler(workspace / "output" / "statement.fa-fr.pdf")
    assert "traduction automatique" in " ".join(pages.split()) and "Version provisoire, non publiée" in pages
    assert "argos fa→en 1.0, en→fr 1.0 (beam 4)" in pages


@pytest.mark.parametrize(
    "broken", [lambda old: old[:1000], lambda old: old.replace(b"embeddings/weight", b"embeddings/w8ight")]
)
def test_a_damaged_package_is_named_and_the_rest_goes_on(installed, pipeline, workspace, private_models, broken):
    model = next(private_models.rglob("translate-fa_en*/model/model.bin"))
    model.write_bytes(broken(model.read_bytes()))
    (workspace / "models.lock").unlink()
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nسلام دنیا، آزادی برای همه مردم است.\n", "utf-8")
    done = pipeline("run")
    assert "damaged" in done.stderr and "Traceback" not in done.stderr
    assert (workspace / "output" / "statement.fa-en.pdf").exists()


def hostile(*names, text='{"from_code": "fa", "to_code": "en"}', **attributes):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            for key, value in attributes.items():
                setattr(entry, key, value)
            archive.writestr(entry, text)
    return content.getvalue()


def damaged():
    """A zip whose compressed metadata are none."""
    text = json.dumps(
        {"from_code": "fa", "to_code": "en", "text": "".join(map(chr, range(300, 3000)))}, ensure_ascii=False
    )
    content = bytearray(hostile("one/metadata.json", text=text, compress_type=zipfile.ZIP_DEFLATED))
    content[60:80] = b"\xff" * 20
    return bytes(content)


def encrypted():
    """A zip that says that its entries are encrypted."""
    content = bytearray(hostile("one/metadata.json"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


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
        hostile(*(f"one/{n}" for n in range(models.MAX_FILES + 1))),
        hostile("one/metadata.json", text='{"from_code": ["x"], "to_code": "en"}'),
        hostile("one/metadata.json", text='{"from_code": "fa", "to_code": "en", "target_prefix": [1]}'),
        hostile("one/metadata.json", text="[" * 100_000),
        hostile("one/metadata.json", text="[]"),
        damaged(),
        encrypted(),
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


@pytest.mark.parametrize("text", ["[]", "[" * 100_000, '{"from_code": ["x"], "to_code": "en"}'])
def test_an_installed_folder_that_is_no_package_is_named(pipeline, private_models, text):
    place = private_models / "data" / "pipeline" / "packages" / "odd"
    place.mkdir(parents=True)
    (place / "metadata.json").write_text(text)
    for words in (("models", "list"), ("models", "verify"), ("models", "remove", "fa-en")):
        done = pipeline(*words)
        assert done.returncode == 1 and done.stderr.startswith(f"error: {place}: not an Argos package"), done.stderr
        assert "remove the folder" in done.stderr


@pytest.fixture
def no_argostranslate(tmp_path, monkeypatch):
    """As after `pip install` of a wheel, which does not bring it."""
    (tmp_path / "argostranslate.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))


def test_without_argostranslate_packages_are_installed_and_translate(no_argostranslate, installed, process):
    assert "fa-en\t1.0\tlocked" in process("models", "list").stdout
    assert translate("fa", "en", ["سلام دنیا"])[1] == ["slam dnya"]


def test_without_argostranslate_a_package_of_the_older_kind_says_what_to_type(
    no_argostranslate, process, workspace, tmp_path
):
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    assert process("models", "install", tiny_argos.bpe_package(tmp_path, "fa", "en", {"س": "s"})).returncode == 0
    done = process("run")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert "stay untranslated" in done.stderr and "pip install --no-deps argostranslate" in done.stderr
    assert (workspace / "output" / "statement.fa-en.pdf").exists()


@pytest.mark.parametrize(
    "lock", ['{"fa-en": {"version": "1", "size": "x", "sha256": "", "files": ""}}', "[" * 100_000, "[]"]
)
def test_a_damaged_lock_is_named(pipeline, workspace, tiny, lock):
    (workspace / "models.lock").write_text(lock)
    done = pipeline("models", "install", tiny[0])
    assert done.returncode == 1 and "models.lock: damaged" in done.stderr and "Traceback" not in done.stderr


def test_without_a_network_the_message_says_how_to_carry_the_file_over(pipeline, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "https://127.0.0.1:9/")
    done = pipeline("models", "install", "fa-en")
    assert done.returncode == 3
    assert "pipeline models install FILE.argosmodel" in done.stderr


@pytest.fixture(scope="session")
def opened(tiny, tmp_path_factory):
    """The engine of Persian into English, opened once in this process."""
    place = tmp_path_factory.mktemp("opened")
    with zipfile.ZipFile(tiny[0]) as archive:
        archive.extractall(place)
    (package,) = models.opened(place)
    return argos.ArgosEngine(package, EngineSettings(fast=True))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 2500))
def test_thousands_of_sentences_come_back_each_in_its_place(opened, seed, count):
    """Of every length, some of them twice, in letters that this model knows one by one."""
    rng = random.Random(seed)
    sentences = ["".join(rng.choices(tiny_argos.FA[:30], k=rng.randint(1, 30))) for _ in range(count)]
    sentences += rng.choices(sentences, k=50)
    table = str.maketrans(tiny_argos.FA_EN)
    assert [result.text for result in opened.translate(sentences)] == [text.translate(table) for text in sentences]


def test_a_pivot_says_what_its_two_steps_say(installed):
    sentences = ["سلام دنیا", "دنیع به کوشش", "آزادی، برای همه؟"]
    english = translate("fa", "en", sentences)[1]
    assert translate("fa", "fr", sentences)[1] == translate("en", "fr", english)[1] != english


def test_french_goes_into_persian_through_english(pipeline, tmp_path):
    into_persian = {latin: persian for persian, latin in reversed(tiny_argos.FA_EN.items())}
    for source, target, table in (("fr", "en", {"é": "e", "ù": "u", "ô": "v"}), ("en", "fa", into_persian)):
        package = tiny_argos.package(tmp_path, source, target, table)
        assert pipeline("models", "install", package).returncode == 0
    assert translate("fr", "fa", ["slam dnya", "dnyô"]) == [
        "argos fr→en 1.0, en→fa 1.0 (beam 4)",
        ["سلام دنیا", "دنیو"],
    ]


MAKE_RUN = "run --release"
SENTENCES = "بیانیه\n\nسلام دنیا، آزادی برای همه مردم است. در سال ۲۰۱۰ به a.b@example.org نوشتند.\n"


def test_the_first_install_locks_the_workspace_and_another_package_is_refused(
    installed, pipeline, workspace, tmp_path, private_models
):
    lock = json.loads((workspace / "models.lock").read_text())
    assert set(lock) == {"fa-en", "en-fr"} and lock["fa-en"]["version"] == "1.0" and len(lock["fa-en"]["sha256"]) == 64
    assert pipeline("models", "verify").stdout == "en-fr matches models.lock\nfa-en matches models.lock\n"
    other = tiny_argos.package(tmp_path, "fa", "en", {**tiny_argos.FA_EN, "س": "z"})
    assert pipeline("models", "remove", "fa-en").returncode == 0
    assert "fa-en is not installed" in pipeline("models", "verify").stdout
    refused = pipeline("models", "install", other)
    assert refused.returncode == 1 and "not the fa-en that models.lock names" in refused.stderr
    assert "fa-en\t" not in pipeline("models", "list").stdout


def test_a_package_changed_behind_our_back_is_not_opened(installed, pipeline, workspace, private_models):
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    readme = next(private_models.rglob("translate-fa_en*")) / "README.md"
    readme.write_text("anything")
    done = pipeline("translate")
    assert "not the package that models.lock names" in done.stderr and "untranslated" in done.stderr
    assert pipeline("models", "verify").returncode == 1


def test_a_package_that_is_not_locked_is_told_once(installed, pipeline, workspace, tiny):
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    assert "not locked" not in pipeline("translate", "--dry-run").stderr
    (workspace / "models.lock").unlink()
    done = pipeline("translate")
    assert done.returncode == 0
    for pair in ("fa-en", "en-fr"):
        assert done.stderr.count(f"{pair}: not in models.lock; to add it, type: pipeline models install FILE") == 1
    pipeline("models", "install", *tiny)
    assert "not locked" not in pipeline("translate", "--redo").stderr


@pytest.mark.parametrize("setting", ["", "ARGOS_PACKAGES_DIR"])
def test_what_argospm_installed_is_found_and_left_alone(
    tiny, pipeline, workspace, private_models, monkeypatch, setting
):
    place = private_models / "data" / "argos-translate" / "packages"
    if setting:
        place = private_models / "elsewhere"
        monkeypatch.setenv(setting, str(place))
    place.mkdir(parents=True)
    with zipfile.ZipFile(tiny[0]) as archive:
        archive.extractall(place)
    assert "fa-en\t1.0\tnot locked" in pipeline("models", "list").stdout
    assert "another program installed it" in pipeline("models", "remove", "fa-en").stderr


def test_offline_is_offline(pipeline, workspace, tiny):
    (workspace / "pipeline.toml").write_text("offline = true\n" + (workspace / "pipeline.toml").read_text())
    for words in (("available",), ("install", "fa-en"), ("install", "fa", "en", "fr")):
        done = pipeline("models", *words)
        assert done.returncode == 3 and "offline = true" in done.stderr
    assert pipeline("models", "install", tiny[0]).returncode == 0
    (workspace / "pipeline.toml").write_text((workspace / "pipeline.toml").read_text().replace("offline = true\n", ""))
    assert "--offline" in pipeline("models", "install", "en-fr", "--offline").stderr


def test_run_opens_no_connection(installed, pipeline, workspace, tmp_path):
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    log = tmp_path / "calls"
    trace = ["strace", "-f", "-o", log, "-e", "trace=connect,sendto,sendmsg,bind"]
    if subprocess.run([*trace, "true"], capture_output=True).returncode:
        pytest.skip("no process can be traced here")
    done = subprocess.run(
        [*trace, sys.executable, "-m", "pipeline", "run"], cwd=workspace, capture_output=True, text=True
    )
    assert done.returncode == 0 and "by argos" in done.stderr
    assert "AF_INET" not in log.read_text()


def test_run_works_without_any_network(installed, workspace):
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        pytest.skip("no network can be taken away here")
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-m", "pipeline", "run"], cwd=workspace, capture_output=True, text=True
    )
    assert done.returncode == 0 and (workspace / "output" / "statement.fa-fr.pdf").exists(), done.stderr


def test_a_new_document_becomes_drafts_in_both_languages(installed, pipeline, workspace):
    """By the command that `make run` types: what nobody has reviewed is no release, and printed as the draft it is."""
    assert f"pipeline {MAKE_RUN}\n" in (ROOT / "Makefile").read_text()
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    assert pipeline(*MAKE_RUN.split()).returncode == 0
    for lang, label in (("en", "machine translation"), ("fr", "traduction automatique")):
        assert label in readers.poppler(workspace / "output" / f"statement.fa-{lang}.pdf")
    for lang, mark in (("en", "fa→en 1.0 (beam 4)"), ("fr", "fa→en 1.0, en→fr 1.0 (beam 4)")):
        units = po.read(workspace / "translations" / lang / "statement.po", "statement", "fa", lang).units
        assert [unit.state for unit in units] == [State.MACHINE] * 3
        assert "2010" in units[2].target and "a.b@example.org" in units[2].target
        assert all(unit.origin.startswith(f"machine: argos {mark} [") for unit in units)
    first = pipeline("translate", "--redo", "--fast")
    assert "(beam 1)" in first.stderr
    assert "wrote" not in pipeline("translate").stderr


def test_a_warm_run_loads_no_model(installed, pipeline, workspace, tmp_path):
    (workspace / "seeds" / "statement.txt").write_text(SENTENCES, "utf-8")
    assert pipeline("translate").returncode == 0
    for lang in ("en", "fr"):
        (workspace / "translations" / lang / "statement.po").unlink()
    script = "import sys\nsys.argv = ['pipeline', 'translate']\nfrom pipeline import __main__\ntry:\n __main__.main()\nexcept SystemExit:\n pass\nprint('ctranslate2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=workspace, capture_output=True, text=True)
    assert done.stdout == "False\n" and done.stderr.count("wrote") == 2, done.stderr


def test_killed_in_the_middle_of_an_install_nothing_is_installed(pipeline, workspace, tiny):
    trace = ["strace", "-f", "-o", "/dev/null", "-e", "trace=rename", "-e", "inject=rename:signal=SIGKILL:when=1"]
    if subprocess.run([*trace[:4], "true"], capture_output=True).returncode:
        pytest.skip("no process can be traced here")
    subprocess.run(
        [*trace, sys.executable, "-m", "pipeline", "models", "install", tiny[0]], cwd=workspace, capture_output=True
    )
    assert "no package is installed" in pipeline("models", "list").stdout
    assert pipeline("models", "install", *tiny).returncode == 0
    assert pipeline("models", "verify").returncode == 0


def test_a_package_that_is_there_already_is_locked_from_its_file(installed, pipeline, workspace, tiny, tmp_path):
    (workspace / "models.lock").unlink()
    done = pipeline("models", "install", tiny[0])
    assert done.returncode == 0 and set(json.loads((workspace / "models.lock").read_text())) == {"fa-en"}
    (workspace / "models.lock").unlink()
    other = tiny_argos.package(tmp_path, "fa", "en", {**tiny_argos.FA_EN, "س": "z"})
    assert "another translate-fa_en-1_0 is installed already" in pipeline("models", "install", other).stderr


def test_two_installs_at_once_lock_both_packages(tiny, pipeline, workspace):
    """One waits for the other, and reads then what the other has locked."""
    settings = config.read(workspace)
    with locked(settings):
        command = [sys.executable, "-m", "pipeline", "models", "install"]
        running = [subprocess.Popen([*command, file], cwd=workspace, stderr=subprocess.PIPE) for file in tiny]
        assert all(b"waiting" in process.stderr.readline() for process in running)
        assert not (workspace / "models.lock").exists()
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0, 0]
    assert set(json.loads((workspace / "models.lock").read_text())) == {"fa-en", "en-fr"}


def test_a_package_of_the_older_kind_translates_too(pipeline, tmp_path):
    letters = "سلامدنیآز"
    path = tiny_argos.bpe_package(tmp_path, "fa", "en", {letter: tiny_argos.FA_EN[letter] for letter in letters})
    assert pipeline("models", "install", path).returncode == 0
    assert translate("fa", "en", ["سلام دنیا", "آزادی"]) == ["argos fa→en 0.9 (beam 4)", ["slam dnya", "Azady"]]


def test_an_underscore_stays_one(installed):
    assert translate("en", "fr", ["snake_case"])[1] == ["snaké_casé"]


def test_english_goes_into_persian_too(pipeline, tmp_path):
    table = {latin: persian for persian, latin in reversed(tiny_argos.FA_EN.items())}
    assert pipeline("models", "install", tiny_argos.package(tmp_path, "en", "fa", table)).returncode == 0
    assert translate("en", "fa", ["slam dnya"]) == ["argos en→fa 1.0 (beam 4)", ["سلام دنیا"]]


RESULTS = """
import json, sys
from pipeline.translate.mt import EngineSettings, argos
print(json.dumps([[result.text, sorted(result.flags)] for result in argos.open("fa", "en", EngineSettings(fast=sys.argv[1] == "fast")).translate(json.load(sys.stdin))]))
"""


def results(pipeline, folder, table, sentences, speed="", **options):
    """Install such a model; return what it makes of sentences, with the flags."""
    assert pipeline("models", "install", tiny_argos.package(folder, "fa", "en", table, **options)).returncode == 0
    return made(sentences, speed)


def made(sentences, speed=""):
    done = subprocess.run(
        [sys.executable, "-c", RESULTS, speed], input=json.dumps(sentences), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_an_output_that_runs_in_a_loop_is_tried_again_and_only_one_that_reads_so_itself_may_be_one(pipeline, tmp_path):
    """This model says «a» for four letters; the second try may say it three times only."""
    sentences = ["ابپتاپبتپاتبباتپتاپباتبپ", "ا" * 30, "اب"]
    (changed, _), (same, none), (short, _) = results(pipeline, tmp_path, dict.fromkeys("ابپت", "a"), sentences)
    assert changed.startswith("aaa") and "aaaa" not in changed
    assert (same, none, short) == ("a" * 30, [], "aa")


def test_an_output_that_does_not_end_is_flagged(pipeline, tmp_path):
    ((text, flags),) = results(pipeline, tmp_path, {**tiny_argos.FA_EN, "</s>": "."}, ["سلام"])
    assert text.startswith("slam") and "truncated" in flags


def test_a_result_does_not_depend_on_its_neighbours(pipeline, tmp_path):
    """This model never ends: how long it goes on shows what it was allowed."""
    sentences = ["سلام", "سلام دنیا" * 3, "آزادی " * 30]
    together = results(pipeline, tmp_path, {**tiny_argos.FA_EN, "</s>": "."}, sentences)
    assert [made([sentence])[0] for sentence in sentences] == together
    for sentence, (text, flags) in zip(sentences, together, strict=True):
        assert "truncated" in flags and len(text) < 3 * len(sentence) + 60


def test_a_sentence_of_more_than_a_thousand_tokens_comes_back_whole(pipeline, tmp_path):
    source = "آزادی " * 250 + "سلام"
    ((text, flags),) = results(pipeline, tmp_path, tiny_argos.FA_EN, [source], "fast", positions=2048)
    assert (text, flags) == ("Azady " * 250 + "slam", [])


def test_a_sentence_too_long_for_the_model_does_not_cost_the_others_their_drafts(pipeline, tmp_path):
    found = results(pipeline, tmp_path, tiny_argos.FA_EN, ["سلام", "دنیا", "آزادی " * 250, "آزادی"])
    assert found == [["slam", []], ["dnya", []], ["", ["truncated"]], ["Azady", []]]


def card(workspace, device):
    settings = workspace / "pipeline.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[engines.argos]\ndevice = "{device}"\n', "utf-8")


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a card")
def test_without_a_graphics_card_a_setting_that_asks_for_one_says_so(installed, pipeline, workspace, statement):
    card(workspace, "cuda")
    done = pipeline("translate", "--require-complete")
    assert done.returncode == 1 and "no NVIDIA card is seen here" in done.stderr and 'device = "cpu"' in done.stderr
    plan = pipeline("shards", "plan")
    assert plan.returncode == 0 and "not tried" in plan.stdout and "no NVIDIA card" in plan.stdout
    assert pipeline("shards", "run", 1).returncode == 3


def test_what_a_card_drafts_is_kept_apart(installed, workspace):
    (package, *_) = models.installed()
    cpu, cuda = (argos.ArgosEngine(package, EngineSettings(options={"device": name})) for name in ("cpu", "cuda"))
    assert cuda.fingerprint == f"{cpu.fingerprint} on cuda"


def test_a_device_that_is_none_is_a_fault_of_the_settings(pipeline, workspace):
    card(workspace, "gpu")
    done = pipeline("status")
    assert done.returncode == 2 and "engines.argos.device" in done.stderr and "cuda" in done.stderr
