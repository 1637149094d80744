"""The site map."""

from xml.etree import ElementTree

from tests.support import sections


def test_the_site_map_names_every_text_with_its_versions():
    files = sections.usual()
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert [place.text.rsplit("/", 1)[1] for place in index.findall(".//{*}loc")] == ["en.xml", "fa.xml", "fr.xml"]
    page = ElementTree.fromstring(files["sitemaps/fr.xml"])
    assert [place.text for place in page.findall(".//{*}loc")] == [
        "https://example.org/international/fr/", "https://example.org/international/fr/report/",
    ]  # fmt: skip
    assert {link.get("hreflang") for link in page.iter("{http://www.w3.org/1999/xhtml}link")} == {"fa", "en", "fr"}
    assert page.find("{*}url/{*}lastmod").text == "2026-11-28"
