"""Languages: what their files may say, and a workspace that brings one of its own."""

import json
import re
import shutil
from dataclasses import replace

import pytest

from benchmarks import languages
from pipeline.languages import SHIPPED, Languages
from pipeline.model import State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import CHECKS
from pipeline.text import days, numerals
from pipeline.text.dates import in_words
from pipeline.text.segment import split
from pipeline.workspace import config
from tests.conftest import CASES, ROOT
from tests.support import readers, tiny_argos

WESTERN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
DUTCH = CASES / "languages" / "nl.toml"
TEXT = "بیانیه آزادی\n\nآزادی حق همه است و این حق را از هیچ کس نمی توان گرفت.\n\n۸ مارس ۲۰۱۶\n"
TARGETS = {
    "بیانیه آزادی": "Verklaring van vrijheid",
    "آزادی حق همه است و این حق را از هیچ کس نمی توان گرفت.": "Vrijheid is een recht dat niemand mag worden ontnomen.",
    "۸ مارس ۲۰۱۶": "8 maart 2016",
}


@pytest.fixture
def dutch(workspace):
    """A workspace from Persian into Dutch, which the package does not know, with a language file and letters of its own."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["nl"]'), "utf-8")
    (workspace / "languages").mkdir()
    shutil.copy(DUTCH, workspace / "languages")
    (workspace / "letters").mkdir()
    for path in (ROOT / "pipeline" / "distribution" / "letters").glob("*.en.*"):
        text = path.read_text("utf-8").replace("Greetings", "Gegroet").replace("Hello", "Beste vrienden")
        (workspace / "letters" / path.name.replace(".en.", ".nl.")).write_text(text, "utf-8")
    (workspace / "seeds" / "call.txt").write_text(TEXT, "utf-8")
    (workspace / "seeds" / "call.toml").write_text("date = 2016-03-08\n")
    return workspace


def translated(path):
    """Write the reviewed translations into a PO file, as a translator does."""
    text = re.sub(r"#, fuzzy\n", "", path.read_text("utf-8"))
    for source, target in TARGETS.items():
        text, count = re.subn(rf'(msgid "{source}"\n)msgstr ".*"', rf'\1msgstr "{target}"', text)
        assert count == 1, source
    path.write_text(text, "utf-8")


def test_a_language_of_the_workspace_goes_from_the_sentences_to_a_verified_bundle(dutch, pipeline, tmp_path):
    po = dutch / "translations" / "nl" / "call.po"
    assert pipeline("models", "install", tiny_argos.package(tmp_path, "fa", "nl", tiny_argos.FA_EN)).returncode == 0
    for command in ("segment", "translate"):
        done = pipeline(command)
        assert done.returncode == 0, done.stderr
    assert 'msgstr "8 mars 2016"' in po.read_text("utf-8") and "nplurals=2; plural=(n != 1);" in po.read_text("utf-8")
    assert pipeline("build-pdf").returncode == 0
    page = readers.poppler(dutch / "output" / "call.fa-nl.pdf")
    assert "Ontwerp, niet vrijgegeven" in page and "Brontekst in het Perzisch" in page

    translated(po)
    checked = pipeline("check", "--severity", "note")
    assert (checked.returncode, "0 findings" in checked.stdout) == (0, True), checked.stdout
    assert pipeline("approve", "call", "--as", "lezer").returncode == 0
    assert pipeline("run", "--release", "--quiet").returncode == 0
    assert "Pagina 1 van" in readers.poppler(dutch / "output" / "call.fa-nl.pdf")

    (dutch / "shelf").mkdir()
    with (dutch / "pipeline.toml").open("a") as settings:
        settings.write('[sender]\nname = "De groep"\naddress = "office@example.org"\n')
    (dutch / "partners.toml").write_text(
        '[partners.utrecht]\nname = "Utrecht"\nlanguages = ["nl"]\ncontact_language = "nl"\n'
        f'formats = ["parallel"]\ndelivery = "folder"\naddress = "{dutch / "shelf"}"\n'
    )
    assert pipeline("partners", "check").returncode == 0
    sent = pipeline("distribute", "--send", "--trust-ledger")
    assert sent.returncode == 0, sent.stderr
    (bundle,) = (dutch / "shelf").iterdir()
    assert pipeline("verify", bundle).stdout.startswith("intact: ")
    letter = (bundle / "data" / "letter.txt").read_text("utf-8")
    assert "Verklaring van vrijheid" in letter and "8 maart 2016" in letter and "Nederlands" in letter


def test_its_words_serve_the_checks(dutch, pipeline):
    pipeline("segment")
    po = dutch / "translations" / "nl" / "call.po"
    translated(po)
    text = po.read_text("utf-8").replace("maart", "mei").replace("Verklaring van vrijheid", "Verklaring")
    po.write_text(text.replace("niemand mag worden ontnomen", "iedereen mag hebben"), "utf-8")
    findings = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert {(finding["check"], finding["place"], finding["suggestion"]) for finding in findings} == {
        ("dates", "8 mei 2016", "8 maart 2016"),
        ("negation", "هیچ", ""),
        ("polarity", "آزادی", ""),
    }


def test_a_document_may_be_written_in_it(dutch, pipeline):
    settings = dutch / "pipeline.toml"
    text = settings.read_text("utf-8").replace('source_language = "fa"', 'source_language = "nl"')
    settings.write_text(text.replace('["nl"]', '["en"]'), "utf-8")
    prose = "Dit is een zin die lang genoeg is. Wij spraken met dhr. Jansen en met mevr. De Vries."
    (dutch / "seeds" / "call.txt").write_text(
        f"Oproep\n\n{prose}\n\n8 maart 2016\n\nTelefoon: 030 123 45 67\n", "utf-8"
    )
    blocks = json.loads(pipeline("segment", "--show", "call", "--json").stdout)["blocks"]
    assert [(block["kind"], len(block["sentences"])) for block in blocks] == [
        ("title", 1),
        ("paragraph", 2),
        ("date", 1),
        ("contact", 2),
    ]


def test_two_workspaces_in_one_process_do_not_mix(dutch, tmp_path):
    shipped = Languages(tmp_path / "none")
    own = config.read(dutch).all_languages
    assert "nl" in own and "nl" not in shipped and "nl" not in SHIPPED
    assert own["fa"] is shipped["fa"]


def test_a_file_of_the_workspace_replaces_that_of_the_package(dutch):
    text = (ROOT / "pipeline" / "languages" / "en.toml").read_text("utf-8")
    (dutch / "languages" / "en.toml").write_text(text.replace("Page {page} of", "Sheet {page} of"), "utf-8")
    assert config.read(dutch).language("en").labels.page == "Sheet {page} of {pages}"
    assert SHIPPED["en"].labels.page == "Page {page} of {pages}"


def test_all_faults_of_all_files_are_told_at_once(dutch, pipeline):
    path = dutch / "languages" / "nl.toml"
    path.write_text(path.read_text("utf-8").replace('"ltr"', '"left"').replace("maart = 3", 'maart = "3"'), "utf-8")
    (dutch / "languages" / "eo.toml").write_text('direction = "ltr"\n')
    faults = pipeline("status").stderr.splitlines()
    assert [re.search(r"(\w+)\.toml:(\d+)", fault)[0] for fault in faults[:3]] == [
        "nl.toml:1",
        "nl.toml:36",
        "eo.toml:1",
    ]


def test_a_file_is_named_by_the_code_of_its_language(dutch, pipeline):
    (dutch / "languages" / "nl.toml").rename(dutch / "languages" / "Dutch.toml")
    assert 'language "nl" is unknown' in pipeline("status").stderr
    shutil.copy(DUTCH, dutch / "languages")
    assert "name the file like nl.toml" in pipeline("status").stderr


def test_languages_are_called_as_cldr_has_it():
    names = {code: [SHIPPED[code].name_of(SHIPPED[other]) for other in ("fa", "en", "fr")] for code in SHIPPED}
    assert names == {
        "ar": ["الفارسية", "الإنجليزية", "الفرنسية"],
        "ckb": ["فارسی", "ئینگلیزی", "فەرەنسی"],
        "de": ["Persisch", "Englisch", "Französisch"],
        "ku": ["farisî", "îngilîzî", "fransizî"],
        "fa": ["فارسی", "انگلیسی", "فرانسوی"],
        "en": ["Persian", "English", "French"],
        "fr": ["persan", "anglais", "français"],
        "az": ["fars", "ingilis", "fransız"],
        "es": ["persa", "inglés", "francés"],
        "it": ["persiano", "inglese", "francese"],
        "sv": ["persiska", "engelska", "franska"],
        "tr": ["Farsça", "İngilizce", "Fransızca"],
    }


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("az", "ingilis", "İngilis"),
        ("tr", "ilk", "İlk"),
        ("tr", "ıssız", "Issız"),
        ("it", "inglese", "Inglese"),
        ("fa", "", ""),
    ],
)
def test_a_capital_is_that_of_the_language(code, text, expected):
    assert SHIPPED[code].capitalised(text) == expected


def test_a_language_that_cldr_does_not_know_has_its_own_name(tmp_path):
    text = DUTCH.read_text("utf-8")
    for code, name in (("qaa", 'own_name = "Nedersaksisch"\n'), ("qab", "")):
        (tmp_path / f"{code}.toml").write_text(name + text, "utf-8")
    languages = Languages(tmp_path)
    assert [SHIPPED["fr"].name_of(languages[code]) for code in ("qaa", "qab")] == ["Nedersaksisch", "qab"]


def test_a_check_without_words_does_not_run_and_the_doctor_says_so(dutch, pipeline):
    path = dutch / "languages" / "nl.toml"
    text = path.read_text("utf-8").replace('negations = ["niet", "geen", "nooit", "niemand"]', "")
    path.write_text(text, "utf-8")
    assert (
        "negation is not checked from fa into nl: languages/nl.toml has no target.negations"
        in pipeline("doctor").stdout
    )
    pipeline("segment")
    po = dutch / "translations" / "nl" / "call.po"
    translated(po)
    po.write_text(po.read_text("utf-8").replace("niemand mag worden ontnomen", "iedereen mag hebben"), "utf-8")
    assert "0 findings" in pipeline("check").stdout


def test_the_first_of_a_month_is_written_as_the_language_writes_it():
    days = ("2016-03-01", "2016-03-02", "2016-03-21")
    assert [in_words(day, SHIPPED["fr"]) for day in days] == ["1er mars 2016", "2 mars 2016", "21 mars 2016"]
    assert [in_words(day, SHIPPED["en"]) for day in days[:2]] == ["1 March 2016", "2 March 2016"]
    assert in_words("2016-10-30", SHIPPED["fa"]) == "۹ آبان ۱۳۹۵ (۳۰ اکتبر ۲۰۱۶)"


def test_a_language_without_months_keeps_a_date_as_it_is(tmp_path):
    text = re.sub(r"\[dates\.gregorian\]\n(\w+ = \d+\n)+", "", DUTCH.read_text("utf-8"))
    (tmp_path / "nl.toml").write_text(text, "utf-8")
    assert in_words("2016-03-08", Languages(tmp_path)["nl"]) == "2016-03-08"


def test_abbreviations_are_those_of_the_language(tmp_path):
    shutil.copy(DUTCH, tmp_path)
    dutch, text = Languages(tmp_path)["nl"], "Met dhr. Jansen."
    assert [len(split(text, language)) for language in (dutch, SHIPPED["en"])] == [1, 2]


def test_separators_are_those_of_the_language(tmp_path):
    shutil.copy(DUTCH, tmp_path)
    languages = Languages(tmp_path)
    numbers = [numerals.localised("1٬234٫5", SHIPPED["fa"], languages[code]) for code in ("nl", "en", "fr", "fa")]
    assert numbers == ["1.234,5", "1,234.5", "1\u202f234,5", "۱٬۲۳۴٫۵"]


def test_changed_words_are_checked_anew(dutch, pipeline):
    pipeline("segment")
    translated(dutch / "translations" / "nl" / "call.po")
    assert "0 findings" in pipeline("check").stdout
    path = dutch / "languages" / "nl.toml"
    path.write_text(path.read_text("utf-8").replace('"vrijheid", "vrij"', '"bevrijd"'), "utf-8")
    assert "polarity" in pipeline("check", "--changed").stdout


@pytest.mark.parametrize("code", [code for code in SHIPPED if code != "fa"])
def test_every_check_can_run_from_persian_and_into_it(code):
    assert [*checks.unable(SHIPPED["fa"], SHIPPED[code]), *checks.unable(SHIPPED[code], SHIPPED["fa"])] == []


@pytest.mark.parametrize("code", languages.LANGS)
def test_right_translations_are_found_right(code):
    """Of the sentences that stood in view when the words were chosen; those of the figures in docs are others."""
    assert sum(bool(findings) for _, _, findings in languages.found("set.csv", code)) == 0


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("az", ["1 mart 2016", "mart 2016"]),
        ("ckb", ["١ی ئازاری ٢٠١٦", "ئازاری ٢٠١٦"]),
        ("de", ["1. März 2016", "März 2016"]),
        ("es", ["1.º de marzo de 2016", "marzo de 2016"]),
        ("it", ["1º marzo 2016", "marzo 2016"]),
        ("ku", ["1ê adara 2016an", "adara 2016an"]),
        ("sv", ["1 mars 2016", "mars 2016"]),
        ("tr", ["1 Mart 2016", "Mart 2016"]),
    ],
)
def test_a_date_is_written_as_its_language_writes_it_and_read_again(code, written):
    language = SHIPPED[code]
    assert [in_words("2016-03-01", language), in_words("2016-03", language)] == written
    assert [[day.parts for day in days.read(text, language)[0]] for text in written] == [
        [(2016, 3, 1)],
        [(2016, 3, None)],
    ]


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("az", "1 234,5"), ("ckb", "١٬٢٣٤٫٥"), ("de", "1.234,5"), ("es", "1.234,5"), ("it", "1.234,5"), ("ku", "1.234,5"),
        ("sv", "1 234,5"), ("tr", "1.234,5"),
    ],
)  # fmt: skip
def test_a_number_has_the_separators_of_its_language(code, written):
    assert (
        numerals.localised("۱٬۲۳۴٫۵".translate(WESTERN), SHIPPED["fa"], SHIPPED[code]).replace("\u00a0", " ") == written
    )


def test_a_language_has_the_country_of_most_readers():
    assert [SHIPPED[code].locale for code in ("fa", "ar", "en")] == [("fa", "IR"), ("ar", "EG"), ("en", "US")]
    assert replace(SHIPPED["en"], code="qtz").locale == ("qtz", "")


@pytest.mark.parametrize("code", [code for code in SHIPPED if code != "fa"])
def test_every_place_is_found_by_the_usual_names_of_both_languages(code):
    context = checks.context(SHIPPED["fa"], SHIPPED[code], [], [])
    wrong = {}
    for meaning in SHIPPED["fa"].places.keys() & SHIPPED[code].places.keys():
        persian, other = (SHIPPED[lang].places[meaning][0].strip("~").replace("*", "") for lang in ("fa", code))
        unit = Unit("paragraph", f"او در {persian} بود.", f"a {other} e.", State.REVIEWED)
        if found := [one.message for one in CHECKS.load("places").check(unit, context)]:
            wrong[meaning] = found
    assert wrong == {}


@pytest.mark.parametrize("code", [code for code in SHIPPED if code not in ("fa", "en")])
def test_bodies_and_towns_that_english_has_under_another_sound_are_in_every_language(code):
    named = ("security_council", "irgc", "hrw", "rsf", "world_bank", "ilo", "icc", "prague", "warsaw", "hanover")
    assert [name for name in named if name not in SHIPPED[code].places] == []
