from lxml import etree

from pipeline.document.formats._word.styles import WordStyles
from pipeline.model import MarkKind
from tests.support.documents import NAMES


def styles(inner: str) -> WordStyles:
    return WordStyles(etree.fromstring(f"<w:styles {NAMES}>{inner}</w:styles>"))


def style(id: str, based_on: str, properties: str, kind: str = "paragraph") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{id}"/><w:basedOn w:val="{based_on}"/>'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def test_bold_over_bold_is_off_and_what_stands_in_the_run_decides():
    read = styles(style("P", "", "<w:b/>") + style("C", "", "<w:b/>", "character"))
    assert read.look("P", {}, is_complex=False).is_bold
    assert not read.look("P", {"rStyle": "C"}, is_complex=False).is_bold
    assert read.look("P", {"rStyle": "C", "b": "1"}, is_complex=False).is_bold
    assert not read.look("P", {}, is_complex=True).is_bold


def test_a_circle_of_styles_ends():
    read = styles(style("A", "B", '<w:szCs w:val="40"/>') + style("B", "A", ""))
    assert read.look("A", {}, is_complex=True).size == 20.0


def test_letters_that_stand_above_or_beneath_the_line_are_raised_or_lowered():
    """LibreOffice saves the 10⁶ and H₂O of a page so, as a Word document."""
    read = styles(style("P", "", '<w:sz w:val="24"/>') + style("U", "P", '<w:position w:val="8"/>'))

    def kinds(paragraph: str, **direct: str) -> tuple[MarkKind, ...]:
        return read.look(paragraph, direct, is_complex=False).kinds

    assert kinds("P", position="8", sz="19") == kinds("P", position="8") == (MarkKind.SUPERSCRIPT,)
    assert kinds("P", position="-2", sz="19") == (MarkKind.SUBSCRIPT,)
    assert kinds("P", position="2") == kinds("P", position="0", sz="19") == kinds("U") == kinds("P", position="x") == ()
