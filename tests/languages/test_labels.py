"""What is printed, in the words of a language."""

import tomllib
from dataclasses import asdict
from importlib import resources

import pytest

from pipeline.languages import SHIPPED


@pytest.mark.parametrize("table", ["labels", "digest", "publication", "newsletter", "seminar"])
def test_no_shipped_language_leaves_a_label_to_english(table):
    folder = resources.files("pipeline.languages")
    for code, language in SHIPPED.items():
        own = tomllib.loads((folder / f"{code}.toml").read_text("utf-8"))[table]
        assert asdict(getattr(language, table)).keys() - own.keys() == set(), code


def test_sentences_are_counted_by_their_state():
    labels = SHIPPED["en"].labels
    assert labels.counted("machine", "12").startswith("12 machine-translated")
    assert labels.state("untranslated") == "not yet translated"
