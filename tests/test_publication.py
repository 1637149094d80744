"""What is known of a published text."""

from tests.support.published import published


def test_a_text_in_the_language_of_its_document_is_the_original():
    assert published("fa").is_original and published("fa").text == published("fa").original
    assert not published("en").is_original and published("en").original.lang == "fa"
    assert published("en").key == ("report", "en")
