"""What books say of themselves."""

from pipeline.languages import SHIPPED
from pipeline.publication.formats import _metadata, epub
from tests.publication.formats.test_epub import pictured, said
from tests.support.published import PUBLISHER, published


def test_the_metadata_say_what_is_known_and_no_more():
    made = epub.made(published("en"), PUBLISHER)
    assert said(made, "identifier") == [f"urn:sha256:{published('en').text_sha256}"]
    assert said(made, "source") == [f"urn:sha256:{published('en').source_sha256}"]
    assert said(made, "date") == ["2026-11-28"] and said(made, "dcterms:created") == ["2016-10-30"]
    assert said(made, "creator") == [published("en").issuer] and said(made, "publisher") == [PUBLISHER.name]
    assert said(made, "schema:accessMode") == ["textual"] and said(made, "schema:accessibilityHazard") == ["none"]
    assert said(made, "schema:accessibilitySummary") == [SHIPPED["en"].publication.accessible]
    assert said(made, "dcterms:conformsTo") == said(made, "rights") == []
    assert said(epub.made(published("fa"), PUBLISHER), "source") == []


def test_a_text_of_others_says_where_it_comes_from_and_that_it_is_permitted():
    made = epub.made(pictured(), PUBLISHER)
    assert said(made, "source")[1:] == ["https://example.org/?a=1&b=<2>"]
    assert said(made, "rights") == [SHIPPED["en"].labels.permitted]


def test_a_picture_without_words_is_not_said_to_be_described():
    described = list(_metadata.accessibility(SHIPPED["en"], ["a march", ""]))
    assert ("schema:accessModeSufficient", "textual") not in described
    assert ("schema:accessibilityFeature", "alternativeText") not in described
    assert ("schema:accessMode", "visual") in described
    assert said(epub.made(pictured(), PUBLISHER), "schema:accessibilityFeature")[-1] == "alternativeText"
