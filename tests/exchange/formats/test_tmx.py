"""Which variant of a memory's unit is the source and which the translation, its language says."""

import json

import pytest

from pipeline.catalogue import po
from pipeline.errors import ExchangeError
from pipeline.exchange.formats import tmx
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED
from pipeline.text import markup
from tests.conftest import CASES

TEXT = "بیانیه آزمایشی\n\nاین نخستین جمله است. جمله دوم درباره ۲۵ نفر است. جمله سوم کوتاه است.\n"
NAMES = {"fa": "این نخستین جمله است.", "en": "This is the first sentence.", "fr": "Ceci est la première phrase."}


def memory(*variants, srclang="fa"):
    texts = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants)
    return f'<tmx version="1.4"><header srclang="{srclang}"/><body><tu>{texts}</tu></body></tmx>'.encode()


@pytest.mark.parametrize("order", [("fa", "en"), ("en", "fa")])
@pytest.mark.parametrize("tags", [{}, {"fa": "FA-IR", "en": "en-GB"}, {"fa": "fa_IR", "en": "EN"}])
def test_the_language_tells_source_from_translation(order, tags):
    (line,) = tmx.read(memory(*((tags.get(lang, lang), NAMES[lang]) for lang in order)))
    assert (line.source, line.target) == (NAMES["fa"], NAMES["en"])
    ours = line.between("fa", "en")
    assert (ours.source, ours.target) == (NAMES["fa"], NAMES["en"]) and line.between("fa", "fr") is None


def test_a_memory_that_begins_every_unit_with_the_translation_has_the_same_sources():
    lines = tmx.read((CASES / "exchange" / "translation_first.tmx").read_bytes())
    assert len(lines) == 8 and (lines[1].source, lines[1].target) == (NAMES["fa"], NAMES["en"])


def test_a_languages_own_words_come_before_those_of_a_region():
    (line,) = tmx.read(memory(("fa", "الف"), ("en-US", "Color"), ("en", "Colour"), ("eng-x", "no")))
    assert line.between("fa", "en").target == "Colour" and line.between("fa", "en-us").target == "Color"
    assert line.between("fa", "en-gb").target == "Colour"


def test_a_memory_keeps_our_signs_and_what_they_stand_for():
    marks = ("{1}: link to https://example.org/",)
    lines = [
        Line("1", "این **متن** [پیوند]{1} است.", "This *text* is a [link]{1}.", context="paragraph", marks=marks),
        Line("2", "دو * سه", "two * three", context="paragraph"),
    ]
    content = tmx.write(Table("d", SHIPPED["fa"], SHIPPED["en"], tuple(lines)))
    assert list(tmx.pairs(content, "fa", "en")) == [
        tmx.MemoryPair(lines[0].source, lines[0].target, marks),
        tmx.MemoryPair("دو * سه", "two * three"),
    ]


def test_codes_of_other_programs_are_no_words_of_a_memory():
    (pair,) = tmx.pairs(
        memory(("fa", '<bpt i="1">&lt;b&gt;</bpt>متن<ept i="1">&lt;/b&gt;</ept>'), ("en", "Text")), "fa", "en"
    )
    assert pair == tmx.MemoryPair("متن", "Text")


def test_a_text_beside_one_with_signs_has_none():
    """A translation without codes says in letters what looks like a sign."""
    content = memory(("fa", '<bpt i="1">**</bpt>متن<ept i="1">**</ept>'), ("en", "Text *one*"))
    (pair,) = tmx.pairs(content, "fa", "en")
    assert pair.source == "**متن**" and pair.marks and markup.plain(pair.target) == "Text *one*"


def imported(pipeline, *words):
    done = pipeline("import", "--json", *words)
    return [(row["outcome"], row["target"]) for row in json.loads(done.stdout)["lines"]]


@pytest.fixture
def bayan(pipeline, workspace):
    (workspace / "seeds" / "bayan.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    return lambda lang: po.read(workspace / "translations" / lang / "bayan.po", "bayan", "fa", lang).units


def test_of_three_languages_each_catalogue_takes_its_own(pipeline, bayan):
    file = CASES / "exchange" / "three_languages.tmx"
    wanted = ["This is the first sentence.", "The second sentence is about 25 people.", "The third sentence is short."]
    found = imported(pipeline, file, "--languages", "en")
    assert sorted(target for _, target in found) == sorted(wanted)
    assert [unit.target for unit in bayan("en")][1:] == wanted and not any(unit.target for unit in bayan("fr"))
    found = imported(pipeline, file)
    assert ("taken", "La deuxième phrase parle de 25 personnes.") in found
    assert [outcome for outcome, _ in found].count("same") == 3


def test_a_file_in_other_languages_is_said_to_be_so(pipeline, bayan, workspace):
    (workspace / "other.tmx").write_bytes(memory(("de", "Das"), ("sv", "Det")))
    done = pipeline("import", "other.tmx")
    assert done.returncode == 1 and "no text in fa and en or fr; its languages are de, sv" in done.stderr
    (workspace / "other.tmx").write_bytes(b'<tmx version="1.4"><header/><body/></tmx>')
    assert "other.tmx: no sentence with a translation in it" in pipeline("import", "other.tmx").stderr


@pytest.mark.parametrize(
    ("tag", "lang", "is_in"),
    [("pt-BR", "pt-BR", True), ("pt_br", "pt-BR", True), ("pt-BR", "pt", True), ("zh-Hans-CN", "zh-Hans", True),
     ("zh-Hans", "zh-Hant", False), ("en", "pt-BR", False)],
)  # fmt: skip
def test_a_memory_serves_a_language_of_a_region(tag, lang, is_in):
    unit = f'<tu><tuv xml:lang="fa"><seg>الف</seg></tuv><tuv xml:lang="{tag}"><seg>A</seg></tuv></tu>'
    content = f'<tmx version="1.4"><header srclang="fa"/><body>{unit}</body></tmx>'.encode()
    assert [pair.target for pair in tmx.pairs(content, "fa", lang)] == ["A"] * is_in


def test_attributes_are_counted_before_they_fill_the_memory():
    attributes = " ".join(f'a{number:x}=""' for number in range(600_000))
    unit = '<tuv xml:lang="fa"><seg>الف</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv>'
    content = f'<tmx version="1.4"><header/><body><tu {attributes}>{unit}</tu></body></tmx>'.encode()
    with pytest.raises(ExchangeError, match="more than 500,000 attributes"):
        list(tmx.pairs(content, "fa", "en"))
    many = f'<tmx version="1.4"><header/><body>{f"<tu {attributes[:5000]}>{unit}</tu>" * 1500}</body></tmx>'.encode()
    assert many.count(b"=") > 700_000 and len(list(tmx.pairs(many, "fa", "en"))) == 1500
