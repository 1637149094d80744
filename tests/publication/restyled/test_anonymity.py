"""Looks are taken over without what tells of people."""

from lxml import etree

from pipeline.office.word import W
from pipeline.publication.restyled.anonymity import anonymous, forget

NAMES = f'xmlns:w="{W[1:-1]}"'


def element(markup: str) -> etree._Element:
    return etree.fromstring(markup.replace(">", f" {NAMES}>", 1))


def test_earlier_looks_other_programs_words_and_sessions_stay_behind():
    theirs = element(
        '<w:pPr><w:ind w:left="5" w:rsidR="00AB"/><w:pPrChange w:author="Reza"><w:pPr/></w:pPrChange>'
        '<p:made xmlns:p="urn:program"/>Sara</w:pPr>'
    )
    assert etree.tostring(anonymous(theirs)) == etree.tostring(element('<w:pPr><w:ind w:left="5"/></w:pPr>'))
    assert len(theirs) == 3  # the original is as it was


def test_styles_are_called_by_names_that_say_nothing_and_the_unused_go():
    def style(id: str, name: str, based: str = "") -> str:
        said = f'<w:basedOn w:val="{based}"/>' if based else ""
        return f'<w:style w:styleId="{id}"><w:name w:val="{name}"/>{said}</w:style>'

    styles = element(
        f"<w:styles>{style('Stycke', 'Normal')}{style('CasaReza', 'Reza', 'Stycke')}{style('Sara', 'Sara')}</w:styles>"
    )
    text = element('<w:document><w:pStyle w:val="CasaReza"/><w:rStyle w:val="Nobody"/></w:document>')
    forget([text, styles, element("<w:numbering></w:numbering>")])
    assert [one.get(f"{W}styleId") for one in styles] == ["Normal", "Style2"]
    assert [one.get(f"{W}val") for one in styles.iter(f"{W}name", f"{W}basedOn")] == ["Normal", "Style 2", "Normal"]
    assert [one.get(f"{W}val") for one in text] == ["Style2"]
