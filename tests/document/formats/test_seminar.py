"""A seminar is a document like any other, and its file is refused with the lines of its faults."""

import pytest

from pipeline.document import formats
from pipeline.document.corrections import Corrections, parse
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED


def test_its_name_and_its_faults():
    document = formats.read('title = "سمینار"\n'.encode(), "a.seminar", SHIPPED["fa"], Corrections())
    assert (document.id, document.blocks[0].text) == ("a", "سمینار")
    with pytest.raises(DocumentError, match=r"a.seminar:2: x: unknown key"):
        formats.read('title = "سمینار"\nx = 1\n'.encode(), "a.seminar", SHIPPED["fa"], Corrections())
    stated = parse(b'[[block]]\nkind = "heading"\nparagraphs = [1, 1]\n', "a.toml", ())
    with pytest.raises(DocumentError, match="no blocks to state"):
        formats.read('title = "سمینار"\n'.encode(), "a.seminar", SHIPPED["fa"], stated)
