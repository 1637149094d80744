from pipeline.languages import SHIPPED
from pipeline.office.word import W
from pipeline.publication.formats._word.styles import id_of, style_names, styles_part


def test_letters_of_arabic_have_sizes_and_fonts_of_their_own():
    root = styles_part(SHIPPED["fa"])
    letters = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert letters.find(f"{W}rFonts").get(f"{W}cs")
    sizes = {name: int(letters.find(f"{W}{name}").get(f"{W}val")) for name in ("sz", "szCs")}
    assert sizes["szCs"] > sizes["sz"]
    heading = next(one for one in root.iter(f"{W}style") if one.get(f"{W}styleId") == "Heading1")
    assert heading.find(f"{W}name").get(f"{W}val") == "heading 1"
    assert [heading.find(f"{W}rPr/{W}{name}") is not None for name in ("b", "bCs")] == [True, True]


def test_whoever_changes_the_styles_of_a_document_changes_those_of_no_other():
    styles_part(SHIPPED["fa"]).clear()
    styles = styles_part(SHIPPED["fa"]).iter(f"{W}style")
    assert {id_of(name) for name, _ in style_names()} <= {style.get(f"{W}styleId") for style in styles}
