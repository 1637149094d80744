"""The letters and labels that the tool brings, held to the typography of their languages."""

import re
from dataclasses import asdict

import pytest

from pipeline.distribution import letter
from pipeline.languages import SHIPPED

TEMPLATES = sorted(letter._OWN.iterdir())
LANGUAGES = sorted({path.name.split(".")[1] for path in TEMPLATES})
FAULTS = {
    "en": r"[«»]|\s[;:!?]",
    "fr": "«(?!\u00a0)|(?<!\u00a0)»|(?<!\u202f)[;!?]|(?<!\u00a0):(?!//)|'",
    "fa": r"[\u0654يك'?;]|\s[،؛؟:!]",
}
"""French: U+00A0 inside « » and before a colon, U+202F before ; ! ?. Persian: ۀ as one letter, for a reader
of PDF tears the two of هٔ apart; no Arabic ي and ك."""


def printed(template: str) -> str:
    """What a template says itself: without its tags, and without what it is filled in with."""
    return re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", "x", re.sub(r"<[^>]*>", "", template)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_typography_of_its_language(path):
    assert re.findall(f".*(?:{FAULTS[path.name.split('.')[1]]}).*", printed(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if ".fr." in path.name], ids=lambda path: path.name)
def test_a_french_list_is_joined_with_narrow_spaces(path):
    assert re.findall(r'join\("(?!\u202f; ").*?"\)', path.read_text("utf-8")) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_template_of_every_kind_in_every_form(lang):
    names = {f"{kind}.{lang}.{form}" for kind in letter.KINDS for form in ("txt", "html")}
    assert names <= {path.name for path in TEMPLATES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_label_keeps_to_the_typography_of_its_language(lang):
    language = SHIPPED[lang]
    labels = [*asdict(language.labels).values(), *language.origins.values()]
    assert [label for label in labels if re.search(FAULTS[lang], re.sub("{.*?}", "x", label))] == []


def test_a_subject_keeps_its_no_break_spaces_and_is_one_line(tmp_path):
    (tmp_path / "letter.fr.txt").write_text("Correction\u00a0:   deux \tmots\nBonjour\n", "utf-8")
    (tmp_path / "letter.fr.html").write_text("<p>Bonjour</p>", "utf-8")
    assert letter.compose("letter", "fr", {}, tmp_path).subject == "Correction\u00a0: deux mots"
