"""One workspace, both directions: what is Persian goes into English and French, what is English or Arabic into Persian."""

import json

import pypdf
import pypdfium2
import pytest

from pipeline.catalogue import po
from tests.support import readers
from tests.support.statement import edit
from tests.support.structure import Structure

ENGLISH = """Statement on the prisoners

The union demands the release of all prisoners. We will not accept a return to silence.
"""
ARABIC = """بيان حول السجناء

تطالب النقابة بإطلاق سراح جميع السجناء. لن نقبل العودة إلى الصمت.
"""
INTO_PERSIAN = {
    "Statement on the prisoners": "بیانیه درباره‌ی زندانیان",
    "The union demands the release of all prisoners.": "اتحادیه خواهان آزادی همه‌ی زندانیان است.",
    "We will not accept a return to silence.": "بازگشت به سکوت را نمی‌پذیریم.",
    "بيان حول السجناء": "بیانیه درباره‌ی زندانیان",
    "تطالب النقابة بإطلاق سراح جميع السجناء.": "اتحادیه خواهان آزادی همه‌ی زندانیان است.",
    "لن نقبل العودة إلى الصمت.": "بازگشت به سکوت را نمی‌پذیریم.",
}


@pytest.fixture
def both(workspace, statement):
    (workspace / "seeds" / "en").mkdir()
    (workspace / "seeds" / "en" / "prisoners.txt").write_text(ENGLISH, "utf-8")
    (workspace / "seeds" / "bayan.txt").write_text(ARABIC, "utf-8")
    (workspace / "seeds" / "bayan.toml").write_text('language = "ar"\n', "utf-8")
    return workspace


@pytest.fixture
def reviewed(pipeline, both):
    pipeline("segment", "--quiet")
    for name in ("prisoners", "bayan"):
        path = both / "translations" / "fa" / f"{name}.po"
        for unit in po.read(path, name, "", "fa").units:
            edit(path, unit.source, INTO_PERSIAN[unit.source])
        assert pipeline("approve", name, "--languages", "fa", "--as", "reader", "--quiet").returncode == 0
    return both


def test_each_document_has_the_languages_of_its_own_direction(pipeline, both):
    assert pipeline("run", "--quiet").returncode == 0
    rows = json.loads(pipeline("status", "--json").stdout)["documents"]
    assert [(row["document"], row["language"]) for row in rows] == [
        ("bayan", "fa"), ("prisoners", "fa"), ("statement", "en"), ("statement", "fr"),
    ]  # fmt: skip
    assert {path.name for path in (both / "output").glob("*.pdf")} == {
        "bayan.ar-fa.pdf", "prisoners.en-fa.pdf", "statement.fa-en.pdf", "statement.fa-fr.pdf",
    }  # fmt: skip
    assert all(row["pdf_up_to_date"] for row in rows)
    text = (both / "translations" / "fa" / "prisoners.po").read_text("utf-8")
    assert '"X-Source-Language: en\\n"' in text and "#: seeds/en/prisoners" in text


def test_english_and_arabic_statements_are_released_in_persian(pipeline, reviewed):
    done = pipeline("build-pdf", "--release", "prisoners", "bayan")
    assert done.returncode == 0, done.stderr
    for name, source in (("prisoners.en-fa", "en"), ("bayan.ar-fa", "ar")):
        path = reviewed / "output" / f"{name}.pdf"
        assert "نمی‌پذیریم" in readers.mupdf(path)
        catalog = pypdf.PdfReader(path).trailer["/Root"]
        assert (catalog["/Lang"], set(Structure(path).sections)) == ("fa", {"fa", source})
    assert pipeline("run").returncode == 0
    rows = json.loads(pipeline("status", "--json").stdout)["documents"]
    assert {row["document"] for row in rows if row["released"]} == {"prisoners", "bayan"}


def test_the_memory_is_one_of_its_pair_alone(pipeline, reviewed):
    """What was translated from Arabic is not offered for the same words in English, nor the other way round."""
    (reviewed / "seeds" / "en" / "again.txt").write_text(ENGLISH, "utf-8")
    assert pipeline("translate", "again").returncode == 0
    text = (reviewed / "translations" / "fa" / "again.po").read_text("utf-8")
    assert text.count('msgstr "بازگشت به سکوت را نمی‌پذیریم."') == 1
    listed = json.loads(pipeline("memory", "list", "--json").stdout)["origins"]
    ways = {(row["source_language"], row["language"], row["origin"]) for row in listed if row["translations"]}
    assert ("en", "fa", "prisoners") in ways and ("en", "fa", "bayan") not in ways
    found = json.loads(pipeline("memory", "search", "We will not accept a return to silence!", "--json").stdout)[
        "matches"
    ]
    assert {(row["language"], row["target"]) for row in found} == {("fa", "بازگشت به سکوت را نمی‌پذیریم.")}


def test_the_termbase_serves_the_way_back_but_for_what_is_forbidden(pipeline, both):
    (both / "translations" / "termbase.csv").write_text(
        "fa,en,status,note\nزندانیان,prisoners,preferred,\nساکتی,silence,forbidden,\n", "utf-8"
    )
    pipeline("segment", "--quiet")
    path = both / "translations" / "fa" / "prisoners.po"
    edit(path, "The union demands the release of all prisoners.", "اتحادیه خواهان آزادی همه است.")
    edit(path, "We will not accept a return to silence.", "بازگشت به ساکتی را نمی‌پذیریم.")
    found = json.loads(pipeline("check", "prisoners", "--json", "--severity", "hint").stdout)["findings"]
    terms = [one["message"] for one in found if one["check"] == "terms"]
    assert terms == ["«prisoners» should be translated as “زندانیان”"]


def test_a_pdf_of_a_language_that_no_document_has_is_refused(pipeline, both):
    done = pipeline("build-pdf", "prisoners", "--languages", "fr")
    assert done.returncode == 2 and "parallel cannot show fr" in done.stderr
    done = pipeline("build-pdf", "--languages", "fr")
    assert done.returncode == 0 and [path.name for path in (both / "output").glob("*.pdf")] == ["statement.fa-fr.pdf"]
    done = pipeline("build-pdf", "--languages", "xx")
    assert done.returncode == 2 and "language 'xx' is unknown" in done.stderr


def test_a_document_in_a_folder_of_its_language_is_renamed_and_cleaned_there(pipeline, both):
    (both / "seeds" / "en" / "prisoners.toml").write_text('issuer = "The union"\n', "utf-8")
    pipeline("segment", "--quiet")
    assert pipeline("rename", "prisoners", "release").returncode == 0
    assert (both / "seeds" / "en" / "release.txt").exists() and (both / "translations" / "fa" / "release.po").exists()
    stated = (both / "seeds" / "en" / "release.toml").read_text("utf-8")
    assert 'formerly = ["prisoners"]' in stated and 'issuer = "The union"' in stated
    (both / "seeds" / "en" / "release.txt").unlink()
    assert "seeds/en/release.toml" in pipeline("status").stdout
    assert pipeline("clean", "--yes").returncode == 0
    assert not (both / "seeds" / "en" / "release.toml").exists()


def test_a_table_of_each_direction_goes_out_and_comes_back(pipeline, both):
    pipeline("segment", "--quiet")
    assert pipeline("export", "--format", "csv", "--quiet").returncode == 0
    tables = both / "output" / "exchange"
    assert {path.name for path in tables.iterdir()} == {
        "bayan.fa.csv", "prisoners.fa.csv", "statement.en.csv", "statement.fr.csv",
    }  # fmt: skip
    path = tables / "prisoners.fa.csv"
    source = "We will not accept a return to silence."
    path.write_text(path.read_text("utf-8").replace(f"{source},", f"{source},{INTO_PERSIAN[source]}"), "utf-8")
    assert pipeline("import", path).returncode == 0
    text = (both / "translations" / "fa" / "prisoners.po").read_text("utf-8")
    assert f'msgstr "{INTO_PERSIAN[source]}"' in text


@pytest.mark.parametrize(("target", "word"), [("fr", "traduit"), ("fa", "نشده")])
def test_the_word_for_what_is_open_stands_over_its_own_column(pipeline, both, target, word):
    (both / "seeds" / "en" / "prisoners.toml").write_text(f'languages = ["{target}"]\n', "utf-8")
    assert pipeline("run", "--quiet", "prisoners").returncode == 0
    with pypdfium2.PdfDocument(both / "output" / f"prisoners.en-{target}.pdf") as pdf:
        page = pdf[0]
        text = page.get_textpage()
        place, _ = text.search(word).get_next()
        left, *_ = text.get_charbox(place)
        assert left > page.get_width() / 2
