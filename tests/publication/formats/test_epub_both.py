"""Books for e-readers and phones, original and translation paragraph by paragraph."""

from pipeline.publication.formats import epub, epub_both
from tests.publication.formats.test_epub import XHTML, pages, said
from tests.support.published import PUBLISHER, published


def test_every_paragraph_is_followed_by_its_translation():
    page = pages(epub_both.made(published("en"), PUBLISHER))["text-1.xhtml"]
    pairs = [one for one in page.iter() if one.get("class") == "pair"]
    assert {tuple(part.get("lang") for part in pair) for pair in pairs} == {("fa", "en")} and len(pairs) > 10


def test_the_book_is_that_of_its_reader_and_names_both_languages():
    made = epub_both.made(published("en"), PUBLISHER)
    assert said(made, "language") == ["en", "fa"]
    assert said(made, "title") == ["gzarc sal · گزارش سال"]
    contents = [link.text for link in pages(made)["nav.xhtml"].find(f".//{XHTML}nav").iter(f"{XHTML}a")]
    assert contents == ["gzarc sal", "madh ۱ kargran", "bkc dvm", "About this edition"]


def test_no_reader_takes_it_for_the_book_in_one_language():
    one, both = (said(format.made(published("en"), PUBLISHER), "identifier") for format in (epub, epub_both))
    assert one[0] != both[0] and one[0] in both
    assert both[0] != said(epub_both.made(published("fr"), PUBLISHER), "identifier")[0]


def test_an_original_is_alone():
    made = epub_both.made(published("fa"), PUBLISHER)
    assert said(made, "language") == ["fa"]
    assert [one for one in pages(made)["text-1.xhtml"].iter() if one.get("class") == "pair"] == []
