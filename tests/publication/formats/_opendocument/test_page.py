"""The page of an OpenDocument text: its size, its head and its foot."""

from tests.support.opendocumentparts import found, part


def test_the_head_has_the_title_and_the_foot_the_number_of_the_page(persian):
    styles = part(persian, "styles.xml")
    [head], [foot] = found(styles, "//style:header/text:p"), found(styles, "//style:footer/text:p")
    assert "گزارش سال" in head.text
    assert [one.text for one in found(foot, "text:page-number | text:page-count")] == ["1", "1"]


def test_the_page_is_upright_a4(persian):
    [layout] = found(part(persian, "styles.xml"), "//style:page-layout-properties")
    said = {name.rpartition("}")[2]: value for name, value in layout.attrib.items()}
    assert (said["page-width"], said["page-height"], said["print-orientation"]) == ("210mm", "297mm", "portrait")
    assert said["margin-left"] == said["margin-right"] == "23mm"
