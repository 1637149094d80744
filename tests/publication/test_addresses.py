"""Where everything of a published text is."""

from dataclasses import replace

from pipeline.publication import addresses
from tests.support.published import PUBLISHER, published


def test_a_page_and_what_lies_beside_it_have_addresses_of_their_own():
    text = published("en")
    assert addresses.page(text) == "en/report/index.html"
    assert addresses.on_the_web(addresses.page(text), PUBLISHER) == f"{PUBLISHER.address}en/report/"
    pdf = addresses.file(text, "report.en.pdf")
    assert addresses.on_the_web(pdf, PUBLISHER) == f"{PUBLISHER.address}en/report/report.en.pdf"


def test_no_name_of_a_document_leads_elsewhere():
    text = replace(published("en"), document_id="گزارش #1?")
    address = addresses.on_the_web(addresses.page(text), PUBLISHER)
    assert address.isascii() and "#" not in address and "?" not in address


def test_a_section_without_a_place_has_no_addresses():
    assert addresses.on_the_web("en/report/index.html", replace(PUBLISHER, address="")) == ""


def test_no_folder_of_a_document_is_where_the_page_of_its_language_is():
    ids = ("index.html", "INDEX.HTML_", "index.html__", "index.htm", "index", "with-fa.html")
    found = [addresses.folder(replace(published("en"), document_id=one)).rstrip("/").lower() for one in ids]
    assert addresses.home("en") not in found and len(set(found)) == len(ids)
