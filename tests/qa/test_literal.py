"""How closely a target follows its source."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import _literal
from pipeline.text import vocabulary

CONTEXT = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [])
SOURCE = "کارگران اعتصاب کردند و معلمان به خیابان آمدند"


def test_a_word_inside_an_expression_is_none_by_itself():
    spans = _literal.spans(vocabulary.source("محیط زیست و آب", CONTEXT.source))
    assert [(span[0].first, span[0].last) for span in spans if any(one.is_exact for one in span)] == [(0, 2), (3, 4)]


@pytest.mark.parametrize(
    ("target", "literal"),
    [
        ("The workers went on strike and teachers came out onto the streets", True),
        ("The workers went on strike and teachers joined them outside", True),  # all words but one
        ("Everybody joined in", False),
    ],
)
def test_a_target_that_says_most_words_is_literal(target, literal):
    assert _literal.is_literal(Unit("paragraph", SOURCE, target), CONTEXT, 0.9) is literal


def test_half_a_sentence_is_shorter_than_usual():
    assert _literal.is_shorter(Unit("paragraph", SOURCE, "The workers went on strike"), CONTEXT)
    assert not _literal.is_shorter(
        Unit("paragraph", SOURCE, "The workers went on strike and the teachers came out onto the streets"), CONTEXT
    )
