"""Text for messengers."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.publication import Standing
from pipeline.publication.formats import txt
from tests.support.published import PUBLISHER, published

PDF = {"pdf": "report.en.pdf"}


def test_a_text_that_fits_is_one_message_with_its_addresses_at_the_end():
    (message,) = txt.messages(replace(published("en"), formats=PDF), PUBLISHER)
    assert message.startswith("[cvra]\n\ngzarc sal\n\n")
    address = "https://example.org/international/en/report/"
    assert message.endswith(f"On the web:\n{address}\n\nPDF\n{address}report.en.pdf")
    assert "Every sentence of the English translation has been reviewed" in message


@pytest.mark.parametrize("lang", sorted(SHIPPED))
def test_parts_are_numbered_in_the_digits_of_each_language(lang):
    text = replace(published(lang if lang != "fa" else "fa"), standing=Standing.STALE)
    found = txt.messages(text, replace(PUBLISHER, longest_message=300))
    language = SHIPPED[lang]
    assert len(found) > 3 and all(len(message.encode("utf-16-le")) <= 600 for message in found)
    assert f"({language.number(2)}/{language.number(len(found))}) " in found[1].splitlines()[0]
    assert language.publication.stale.split()[0] in found[0]
    written = txt.made(text, replace(PUBLISHER, longest_message=300)).decode()
    assert written.removesuffix("\n").split(f"\n\n{txt.CUT}\n\n") == found


def test_without_a_place_on_the_web_there_are_no_addresses():
    (message,) = txt.messages(replace(published("en"), formats=PDF), replace(PUBLISHER, address=""))
    assert "On the web" not in message and "report.en.pdf" not in message


def test_of_a_withdrawn_text_there_is_the_notice_alone():
    gone = replace(published("fa"), standing=Standing.WITHDRAWN, reason="نامی در آن بود.", formats=PDF)
    (message,) = txt.messages(gone, PUBLISHER)
    assert "نامی در آن بود." in message and "ابطال" in message
    assert "مورد" not in message and "PDF" not in message and message.endswith("/fa/report/")
