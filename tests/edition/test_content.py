"""What a reader reads of a document, as plain values."""

import pytest

from pipeline.edition import content
from pipeline.edition.content import Phrase, StyledRun, TextBlock
from pipeline.model import Kind


def test_the_plain_text_of_a_block_has_no_references_and_keeps_its_lines():
    runs = (StyledRun("نان"), StyledRun("۱", note=3), StyledRun("", is_break=True), StyledRun("کار"))
    assert TextBlock(0, Kind.PARAGRAPH, (Phrase(runs),)).plain == "نان\nکار"
    cell = (Phrase((StyledRun("a"),)),)
    assert TextBlock(0, Kind.TABLE, lines=((cell, cell), (cell, ()))).plain == "a\ta\na\t"


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.org/a", True), ("mailto:a@example.org", True), ("javascript:alert(1)", False),
        ("//example.org", False), ("https://example.org/\u202e", False), ("https://" + "a" * 3000, False),
    ],
)  # fmt: skip
def test_only_safe_addresses_are_links(address, leads):
    assert content.is_link(address) is leads
