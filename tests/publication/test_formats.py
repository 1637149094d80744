"""What every format of publication promises."""

import pytest

from pipeline.errors import UsageError
from pipeline.publication import formats
from tests.support.published import PUBLISHER, published


def test_no_two_formats_write_the_same_file():
    suffixes = [formats.load(name).SUFFIX for name in formats.names()]
    assert len({*suffixes, ".pdf", ".html"}) == len(suffixes) + 2


@pytest.mark.parametrize("name", formats.names())
def test_the_same_text_becomes_the_same_bytes(name):
    one = formats.load(name)
    assert one.made(published("en"), PUBLISHER) == one.made(published("en"), PUBLISHER) != b""


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(UsageError, match=r"format 'odf' is unknown; choose one of: .*docx-both"):
        formats.load("odf")
