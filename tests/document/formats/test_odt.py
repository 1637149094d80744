"""What pandoc writes as .odt, it and this reader read alike: every word, in its order."""

import re

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt
from pipeline.languages import SHIPPED
from tests.support import pandoc

pytestmark = pandoc.needed


@pytest.fixture(scope="module")
def content():
    return pandoc.written("odt")


@pytest.fixture(scope="module")
def document(content):
    return odt.read(content, "d", SHIPPED["fa"], Corrections())


def test_no_word_that_pandoc_reads_is_missing_or_stands_elsewhere(content, document):
    ours = "".join(re.sub(r"\s", "", block.text) for block in document.blocks)
    assert ours.count("\u200c") >= pandoc.TEXT.count("\u200c")
    place = 0
    for word in pandoc.words(content, "odt"):
        place = ours.index(word, place) + len(word)


def test_every_block_is_what_its_author_made_it(document):
    assert pandoc.shape(document) == pandoc.SHAPE


def test_every_mark_is_there(document):
    assert pandoc.marks(document) == pandoc.MARKS
