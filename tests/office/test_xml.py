import pytest

from pipeline.office import xml


@pytest.mark.parametrize("read", [xml.parse, lambda content: list(xml.pieces(content, "body", ["p"]))])
@pytest.mark.parametrize(
    "content", [b"", b"<a><body>", b"<!DOCTYPE a><a><body><p/></body></a>", b"<a>" * 300 + b"</a>" * 300]
)
def test_what_is_damaged_or_declares_anything_is_refused(read, content):
    with pytest.raises(xml.XmlError):
        read(content)


def test_pieces_are_the_children_of_one_element_each_gone_after_its_turn():
    content = b"<d><head><p/></head><body><p>1<p/></p>x<t><body><p/></body></t></body></d>"
    seen = []
    for piece in xml.pieces(content, "body", ["p"]):
        seen.append((xml.name(piece), len(list(piece.iter()))))
        assert all(len(one) == 0 for one in piece.itersiblings(preceding=True))
    assert seen == [("p", 2), ("t", 3)]


def test_more_elements_than_may_be_are_refused():
    with pytest.raises(xml.XmlError, match="more than 10"):
        xml.parse(b"<a>" + b"<b/>" * 10 + b"</a>", 10)
