"""The translations of this workspace, held to the rules of docs/translations.md."""

import re
import subprocess
from pathlib import Path

import pytest

from pipeline import termbase
from pipeline.catalogue import leverage, po
from pipeline.languages import SHIPPED
from pipeline.model import State
from pipeline.qa import checks
from pipeline.termbase import Status
from pipeline.text import segment
from pipeline.text.orthography import SCRIPT, western_digits
from pipeline.workspace import config, reading, sources
from tests.conftest import ROOT

CONFIG = config.read(ROOT)
LANGS = ("en", "fr")
DOCUMENTS = {name: reading.read(CONFIG, path) for name, path in sources.documents(CONFIG).items()}
PATHS = [ROOT / "translations" / lang / f"{name}.po" for lang in LANGS for name in DOCUMENTS]
TERMS = termbase.read((ROOT / "translations" / termbase.FILE_NAME).read_text("utf-8"), termbase.FILE_NAME, "fa")


def catalogue(lang, name):
    return po.read(ROOT / "translations" / lang / f"{name}.po", name, "fa", lang)


UNITS = [
    pytest.param(lang, unit, id=f"{lang}-{name[:7]}-{number}")
    for lang in LANGS
    for name in DOCUMENTS
    for number, unit in enumerate(catalogue(lang, name).units, 1)
]
each_unit = pytest.mark.parametrize(("lang", "unit"), UNITS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_sentence_is_translated_and_reviewed(lang, name):
    units = leverage.merge(leverage.extract(DOCUMENTS[name]), catalogue(lang, name)).units
    assert [unit.source for unit in units if unit.state not in (State.REVIEWED, State.COPIED)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_sentences_are_those_of_the_document_to_the_letter(lang, name):
    """So that a first `make run` writes nothing into translations/."""
    document = DOCUMENTS[name]
    assert [unit.key for unit in leverage.extract(document)] == [unit.key for unit in catalogue(lang, name).units]
    lines = (ROOT / "seeds" / document.file).read_text("utf-8-sig").splitlines()
    for block in document.blocks:
        assert block.text in "\n".join(lines[block.first - 1 : block.last])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}-{path.stem[:7]}")
def test_gettext_has_nothing_to_say(path):
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_header_says_what_the_translation_is_and_names_nobody(lang, name):
    headers = dict(catalogue(lang, name).headers)
    assert headers["X-Translation-Origin"] == (
        "project translation; not checked by a professional translator or by the issuing organisation"
    )
    assert not headers["Last-Translator"] and not headers["Language-Team"]


@each_unit
def test_no_persian_letter_is_left(lang, unit):
    assert not SCRIPT.search(unit.target)


NUMBER_WORDS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
    "fr": "zéro un|une|1er|premier deux trois quatre cinq six sept huit neuf dix onze douze",
}


@each_unit
def test_every_number_is_there(lang, unit):
    target = unit.target.lower().replace("\u202f", "").replace("\u00a0", "")
    words = NUMBER_WORDS[lang].split()
    for number in re.findall(r"\d+", western_digits(unit.source)):
        spelt = words[int(number)] if int(number) < len(words) else None
        assert re.search(rf"(?<!\d){number}(?!\d)", target) or (spelt and re.search(rf"\b({spelt})\b", target)), number


@each_unit
def test_every_address_is_there(lang, unit):
    for address in segment.ADDRESS.findall(unit.source):
        assert address in unit.target


BASES = {lang: termbase.Termbase(TERMS, SHIPPED["fa"], SHIPPED[lang]) for lang in LANGS}


@each_unit
def test_the_termbase_holds(lang, unit):
    base = BASES[lang]
    for source in base.occurring(unit.source):
        allowed = base.renderings(source, Status.PREFERRED, Status.ADMITTED)
        assert not allowed or any(
            termbase.times_rendered(unit.target, term.target, SHIPPED[lang]) for term in allowed
        ), source
        for term in base.renderings(source, Status.FORBIDDEN):
            assert not termbase.times_rendered(unit.target, term.target, SHIPPED[lang], exactly=True), (
                source,
                term.target,
            )


def test_the_termbase_stands_in_most_sentences():
    """The test above would pass if no term were ever found."""
    for lang, base in BASES.items():
        units = [unit for name in DOCUMENTS for unit in catalogue(lang, name).units]
        assert sum(bool(base.occurring(unit.source)) for unit in units) > 0.7 * len(units)


def test_the_checks_find_no_error():
    catalogues = {lang: [catalogue(lang, name) for name in DOCUMENTS] for lang in LANGS}
    for lang in LANGS:
        known = checks.context(SHIPPED["fa"], SHIPPED[lang], TERMS, catalogues[lang])
        for one in catalogues[lang]:
            assert [finding for finding in checks.examine(one.units, known) if finding.severity == "error"] == []


@each_unit
def test_quotation_marks_and_spaces_are_those_of_the_language(lang, unit):
    text = unit.target
    assert not re.search("[\"']|  |^ | $", text)
    if lang == "en":
        assert not re.search("[«»]", text)
        assert text.count("“") == text.count("”")
    elif unit.state is State.REVIEWED:
        assert not re.search("[“”]", text)
        assert text.count("«\u00a0") == text.count("«") == text.count("\u00a0»") == text.count("»")
        assert not re.search("[^\u202f];|[^\u202f!?]!|[^\u202f!?]\\?|[^\u00a0]:(?!//)", text)


ENDINGS = {".": ".", "؟": "?", "?": "?", ":": ":", "؛": ";"}


@each_unit
def test_a_sentence_ends_as_its_source_does(lang, unit):
    source = unit.source.rstrip(" )»\"'”")
    if source.endswith(("..", "…")) or unit.context == "slogan":
        return
    wanted = ENDINGS.get(source[-1:], "")
    if wanted:
        assert unit.target.rstrip(" )”»\u00a0").endswith(wanted)
    elif unit.context in ("title", "heading"):
        assert unit.target[-1] not in ".:;"


def test_slogans_are_slogans():
    for lang, opening in (("en", "Long live|Down with|The struggle"), ("fr", "Vive|À bas|La lutte")):
        for name in DOCUMENTS:
            for unit in catalogue(lang, name).units:
                if unit.context == "slogan":
                    assert re.match(opening, unit.target) and unit.target.endswith("!")


def test_the_termbase_is_worth_having():
    preferred = {term.source for term in TERMS if term.status is Status.PREFERRED}
    assert len(preferred) >= 100
    assert all({"en", "fr"} <= {t.lang for t in TERMS if t.source == source} for source in preferred)
    texts = " ".join(" ".join(block.text for block in document.blocks) for document in DOCUMENTS.values())
    from pipeline.text.orthography import fold

    assert all(fold(term.source) in fold(texts) for term in TERMS)


def test_seeds_are_kept_byte_for_byte():
    """The hashes of the documents as they were received."""
    import hashlib

    sums = (Path(__file__).with_name("seeds.sha256")).read_text().splitlines()
    assert len(sums) == 6
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == digest
