"""The format finds what is said in its files."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import srt
from pipeline.languages import SHIPPED


def test_what_is_said_is_a_paragraph_with_the_lines_of_the_file():
    text = "1\n00:00:01,000 --> 00:00:02,000\nHello,\nyou.\n"
    (block,) = srt.read(text.encode(), "a", SHIPPED["en"], Corrections()).blocks
    assert (block.text, block.first, block.last) == ("Hello, you.", 3, 4)
