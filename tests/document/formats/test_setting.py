"""How words on a page stand because of the elements around them."""

import pytest

from pipeline.document.formats import _page, _setting
from pipeline.document.formats._setting import Setting
from pipeline.document.formats._sight import Sight
from pipeline.model import Kind, MarkKind


def setting(html: str) -> Setting:
    """Return how the words in the innermost element stand."""
    innermost = list(_page.body(_page.parsed(html)).iter())[-1]
    found = Setting()
    for element in [*reversed(list(innermost.iterancestors())), innermost]:
        found = _setting.within(element, found)
    return found


@pytest.mark.parametrize(
    ("html", "points"),
    [
        ("<p>", 12.0),
        ("<p style='font-size: 8px'>", 6.0),
        ("<div style='font-size: 20pt'><p style='font-size: 50%'>", 10.0),
        ("<div style='font-size: 20pt'><p style='font-size: 1.5rem'>", 18.0),
        ("<font size=1>", 7.5),
        ("<p style='font-size: large'>", 12.0),
    ],
)
def test_the_size_of_letters_is_in_points_whatever_it_is_stated_in(html, points):
    assert setting(html).size == points


def test_marks_add_up_until_a_style_says_that_words_are_plain():
    assert setting("<b><i>").marks == (MarkKind.STRONG, MarkKind.EMPHASIS)
    assert setting("<b><i style='font-weight: normal'>").marks == (MarkKind.EMPHASIS,)


def test_struck_out_and_pale_words_may_not_be_seen():
    assert Sight.STRUCK in _setting.doubts(setting("<s><b>"))
    assert _setting.doubts(setting("<p style='color: white; background: white'>")) == {Sight.PALE}
    assert not _setting.doubts(setting("<p style='color: black; background: white'>"))


def test_a_heading_an_address_with_a_name_and_a_quotation_are_what_they_hold():
    assert (setting("<h2><b>").kind, setting("<h2><b>").level) == (Kind.HEADING, 2)
    assert setting("<blockquote><p>").kind is Kind.QUOTATION
    assert setting("<blockquote><ul>").kind is None


def test_what_is_centred_stays_so_until_an_element_is_not():
    assert setting("<center><p>").is_centred and setting("<p align=center><b>").is_centred
    assert not setting("<center><p style='text-align: left'>").is_centred
