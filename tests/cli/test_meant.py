"""What is meant is taken: files for ids, capitals for small letters, names of languages for codes."""

import json

import pytest

from tests.conftest import ROOT

NAME = "seventh-congress-international-relations"


@pytest.fixture
def root(workspace):
    (workspace / "seeds" / f"{NAME}.txt").write_bytes((ROOT / "seeds" / f"{NAME}.txt").read_bytes())
    (workspace / "seeds" / "a.b.txt").write_text("بیانیه\n", "utf-8")
    return workspace


@pytest.mark.parametrize(
    ("typed", "document"),
    [
        (NAME, NAME), (f"{NAME}.txt", NAME), (f"seeds/{NAME}.txt", NAME), (f"./seeds/{NAME}", NAME),
        (f"seeds/{NAME}.toml", NAME), (f"translations/fr/{NAME}.po", NAME), (NAME.upper(), NAME), ("a.b", "a.b"),
        ("a.b.TXT", "a.b"), ("seeds/../seeds/a.b.txt", "a.b"),
    ],
)  # fmt: skip
def test_a_document_is_named_by_its_file_too(root, pipeline, typed, document):
    done = pipeline("status", typed, "--json")
    assert {row["document"] for row in json.loads(done.stdout)["documents"]} == {document}, done.stderr


@pytest.mark.parametrize("typed", ["a", "a.b.pdf", "/etc/a.b.txt", "output/a.b.txt", "", "/", "..", "\x00"])
def test_what_is_no_document_of_the_workspace_is_refused(root, pipeline, typed):
    done = pipeline("status", typed)
    assert done.returncode == 2 and "unknown" in done.stderr and "Traceback" not in done.stderr


def test_capitals_do_not_count(root, pipeline):
    assert pipeline("segment", "-q").returncode == 0
    done = pipeline("check", f"{NAME}.txt", "--languages", "EN, Fr", "--json")
    assert {one["language"] for one in json.loads(done.stdout)["findings"]} == {"en", "fr"}
    assert "wrote" in pipeline("export", "a.b", "--format", "CSV", "--languages", "FR").stderr
    done = pipeline("build-pdf", "a.b", "--languages", "FA,EN", "--layout", "Facing", "--paper", "A5", "--dry-run")
    assert "a.b.fa-en.facing.a5.pdf" in done.stderr, done.stderr


def test_a_language_is_known_by_its_name_in_english_or_in_itself(root, pipeline):
    assert pipeline("segment", "-q").returncode == 0
    done = pipeline("check", NAME, "--languages", "English, français", "--json")
    assert {one["language"] for one in json.loads(done.stdout)["findings"]} == {"en", "fr"}
    done = pipeline("build-pdf", "a.b", "--languages", "فارسی,english", "--layout", "facing", "--dry-run")
    assert "a.b.fa-en.facing.pdf" in done.stderr, done.stderr
    done = pipeline("check", NAME, "--languages", "Klingon")
    assert done.returncode == 2 and "'Klingon' is unknown; known are: en, fr, fa" in done.stderr


def test_settings_are_understood_in_capitals(root, pipeline):
    settings = root / "pipeline.toml"
    text = settings.read_text("utf-8").replace('"a4"', '"A4"').replace('["en", "fr"]', '["EN", "Fr"]')
    text = (
        text.replace('"fa"', '"FA"').replace('"argos"', '"Argos"').replace("editions = []", 'editions = ["fa,EN,fr"]')
    )
    settings.write_text(text.replace('["parallel"]', '["Parallel"]'), "utf-8")
    (root / "partners.toml").write_text(
        '[partners.oslo]\nname = "Oslo"\nlanguages = ["FR"]\ndelivery = "Folder"\naddress = "oslo"\n'
        'formats = ["PARALLEL", "po"]\ncontact_language = "EN"\n',
        "utf-8",
    )
    done = pipeline("partners", "show", "OSLO", "--json")
    (partner,) = json.loads(done.stdout)["partners"]
    assert (partner["languages"], partner["delivery"], partner["formats"]) == (["fr"], "folder", ["parallel", "po"])
    assert pipeline("segment", "-q").returncode == 0 and (root / "translations/en/a.b.po").exists()


def test_what_cannot_be_meant_is_refused_still(root, pipeline):
    settings = root / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('"a4"', '"A 4"').replace('["en"', '["E N"'), "utf-8")
    done = pipeline("status")
    assert done.returncode == 2 and "paper" in done.stderr and "languages" in done.stderr
