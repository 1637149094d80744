"""In which language a document is: the editor says it, its folder, or its text, in this order."""

from importlib import resources

import pytest

from pipeline.errors import DocumentError
from pipeline.workspace import config, reading
from tests.text.test_identification import TEXTS


@pytest.fixture
def read(tmp_path):
    (tmp_path / "pipeline.toml").write_text("")
    settings = config.read(tmp_path)

    def read(name, text, toml=""):
        path = tmp_path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        if toml:
            path.with_suffix(".toml").write_text(toml, "utf-8")
        document = reading.read(settings, path)
        return document, settings.targets_of(document)

    return read


def test_its_text_says_it_and_so_does_a_remark(read):
    document, targets = read("call.txt", TEXTS["en"])
    assert (document.lang, targets) == ("en", ("fa",))
    assert document.remarks == (
        'call.txt: in English, by its text; to settle it, write into call.toml: language = "en", or "fa" if that is wrong',
    )


def test_its_folder_says_it_whatever_its_text(read):
    document, targets = read("en/call.txt", TEXTS["fa"])
    assert (document.lang, targets, document.remarks, document.file) == ("en", ("fa",), (), "en/call.txt")


def test_the_editor_says_it_whatever_its_folder(read):
    document, targets = read("en/call.txt", TEXTS["fa"], 'language = "AR"\nlanguages = ["en", "ar", "fr"]\n')
    assert (document.lang, targets, document.remarks) == ("ar", ("en", "fr"), ())


def test_the_usual_language_needs_no_word(read):
    document, targets = read("call.txt", TEXTS["fa"])
    assert (document.lang, targets, document.remarks) == ("fa", ("en", "fr"), ())


def test_what_is_not_sure_is_asked(read):
    document, _ = read("call.txt", "A statement of the unions on the strike in the south")
    assert document.lang == "en" and document.remarks[0].startswith("call.txt: perhaps in English, read as en; write")


def test_where_the_script_is_that_of_the_usual_language_it_is_read_so_until_somebody_says_which_it_is(tmp_path):
    (tmp_path / "pipeline.toml").write_text('source_language = "en"\nlanguages = ["fa"]\n')
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "call.txt").write_text("Una dichiarazione dei sindacati sullo sciopero", "utf-8")
    document = reading.read(config.read(tmp_path), tmp_path / "seeds" / "call.txt")
    assert document.lang == "en" and document.remarks[0].startswith("call.txt: perhaps in Italian, read as en; write")


@pytest.mark.parametrize(("usual", "read_as"), [("en", "hi"), ("he", "hi")])
def test_a_text_in_a_script_that_the_usual_language_has_not_is_in_another(tmp_path, usual, read_as):
    (tmp_path / "pipeline.toml").write_text(f'source_language = "{usual}"\nlanguages = ["fa"]\n')
    for folder in ("languages", "seeds"):
        (tmp_path / folder).mkdir()
    english = resources.files("pipeline.languages").joinpath("en.toml").read_text("utf-8")
    (tmp_path / "languages" / "hi.toml").write_text(english, "utf-8")
    hebrew = english.replace("About this edition", "על מהדורה זו").replace(
        "The translation has not been endorsed by the issuer of the document. Only the source text is authoritative.",
        "התרגום לא אושר בידי מפרסם המסמך. רק טקסט המקור מחייב.",
    )
    (tmp_path / "languages" / "he.toml").write_text(hebrew.replace('"ltr"', '"rtl"'), "utf-8")
    (tmp_path / "seeds" / "call.txt").write_text("हर परिवार को रोज़ कम से कम २०० लीटर पानी मिले।", "utf-8")
    assert reading.read(config.read(tmp_path), tmp_path / "seeds" / "call.txt").lang == read_as


def test_a_language_without_a_file_is_named(read):
    document, _ = read("call.txt", TEXTS["ur"])
    assert document.lang == "fa" and "in Urdu, by its text, which has no file in languages/" in document.remarks[0]


def test_an_unknown_language_is_a_fault_with_its_line(read):
    with pytest.raises(DocumentError, match=r'^call.toml:2: language: language "klingon" is unknown; known are: ar, '):
        read("call.txt", TEXTS["fa"], 'date = 2020\nlanguage = "klingon"\n')
    with pytest.raises(DocumentError, match=r'^other.toml:1: languages: language "xx" is unknown'):
        read("other.txt", TEXTS["fa"], 'languages = ["en", "xx"]\n')


def test_sentences_are_those_of_its_language(read):
    text = (
        "Dr. Smith met Mr. Jones at No. 5 on Monday morning, as the union had asked. They did not agree on the terms."
    )
    document, _ = read("en/call.txt", text)
    assert document.blocks[0].text == text and document.language.code == "en"


@pytest.mark.parametrize(
    ("archives", "file", "toml", "waits"),
    [
        ("[]", "call.txt", "", False), ('["."]', "call.txt", "", True), ('["."]', "en/call.txt", "", True),
        ('["en"]', "en/call.txt", "", True), ('["en"]', "call.txt", "", False), ('["e"]', "en/call.txt", "", False),
        ('["en"]', "en/call.txt", 'selected = true\n', False), ('["en"]', "en/call.txt", 'languages = ["fa"]\n', True),
    ],
)  # fmt: skip
def test_a_document_of_an_archive_waits_until_it_is_selected(tmp_path, archives, file, toml, waits):
    (tmp_path / "pipeline.toml").write_text(f"archives = {archives}\n")
    settings, path = config.read(tmp_path), tmp_path / "seeds" / file
    path.parent.mkdir(parents=True)
    path.write_text(TEXTS["en"], "utf-8")
    if toml:
        path.with_suffix(".toml").write_text(toml, "utf-8")
    assert reading.waits(settings, path) is waits
    assert bool(settings.targets_of(reading.read(settings, path))) is not waits


def test_a_document_whose_statements_are_wrong_does_not_wait_for_it_must_be_said(tmp_path):
    (tmp_path / "pipeline.toml").write_text('archives = ["."]\n')
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "call.toml").write_text("selected = 1\n")
    assert not reading.waits(config.read(tmp_path), tmp_path / "seeds" / "call.txt")
