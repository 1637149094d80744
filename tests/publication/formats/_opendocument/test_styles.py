"""Styles of an OpenDocument text."""

from tests.support.opendocumentparts import found, part


def test_what_reads_from_the_right_says_so(persian):
    content, styles = part(persian, "content.xml"), part(persian, "styles.xml")
    for kind in ("paragraph-properties", "table-properties"):
        assert set(found(content, f"//style:{kind}/@style:writing-mode")) == {"rl-tb"}
    assert found(styles, "//style:page-layout-properties/@style:writing-mode") == ["rl-tb"]
    assert set(found(content, "//style:text-properties/@style:language-complex")) == {"fa"}
    assert found(content, "//style:text-properties[@fo:font-weight]/@style:font-weight-complex") == ["bold"]
