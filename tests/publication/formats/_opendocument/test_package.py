"""What an OpenDocument text says of itself."""

from lxml import etree

from tests.support.opendocumentparts import part


def test_the_type_comes_first_and_can_be_read_in_the_bytes(persian):
    assert persian[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")


def test_a_text_says_what_it_is_called_and_nothing_else(persian):
    said = {etree.QName(one).localname: one.text for one in part(persian, "meta.xml")[0]}
    assert said == {"title": "گزارش سال", "subject": "Labour", "language": "fa"}
