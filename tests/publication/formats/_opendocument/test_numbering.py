"""An OpenDocument text counts in the digits of its language."""

from dataclasses import replace

import pytest
from lxml import etree

from pipeline.languages import SHIPPED
from pipeline.publication.formats._numbering import BULLET, CountedLevel
from pipeline.publication.formats._opendocument.elements import root
from pipeline.publication.formats._opendocument.numbering import list_style, sample
from tests.support.opendocumentparts import found, part


def test_numbers_are_in_the_digits_of_the_language_and_counted(persian):
    content, styles = part(persian, "content.xml"), part(persian, "styles.xml")
    assert "۱, ۲, ۳, ..." in found(content, "//text:list-level-style-number/@style:num-format")
    assert found(styles, "//text:notes-configuration/@style:num-format") == ["۱, ۲, ۳, ..."]
    assert set(found(styles, "//style:footer//@style:num-format")) == {"۱, ۲, ۳, ..."}
    assert not found(content, "//text:note-citation/@text:label")


def test_a_language_whose_digits_no_program_counts_in_has_no_sample():
    assert [sample(SHIPPED[code]) for code in ("fa", "ar", "en")] == ["۱, ۲, ۳, ...", "١, ٢, ٣, ...", "1"]
    assert sample(replace(SHIPPED["en"], digits="abcdefghij")) == ""


@pytest.mark.parametrize(
    ("level", "place", "said"),
    [
        (CountedLevel("decimal", "%1.", 1), 0, {"num-format": "1", "num-suffix": ".", "start-value": "1", "level": "1"}),
        (CountedLevel("lowerLetter", "(%1.%2)", 3), 1, {"num-format": "a", "num-prefix": "(", "num-suffix": ")", "display-levels": "2", "start-value": "3", "level": "2"}),
        (CountedLevel(BULLET, "•", 1), 0, {"level": "1", "bullet-char": "•"}),
        (CountedLevel(BULLET, "(*)", 1), 0, {"level": "1", "num-format": "", "num-prefix": "(*)", "start-value": "1"}),
    ],
)  # fmt: skip
def test_a_level_says_what_stands_around_its_number(level, place, said):
    styles = root("office:document-content")
    list_style(styles, "A0", {place: level}, is_rtl=False)
    [made] = styles[0]
    assert {etree.QName(name).localname: value for name, value in made.attrib.items()} == said
