import pytest

from pipeline.office import xml

READERS = [xml.parse, lambda content: list(xml.pieces(content, "body", ["p"]))]


@pytest.mark.parametrize("read", READERS)
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


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("many", ["a='' ", "xmlns:a='u' "])
def test_more_attributes_than_may_be_are_refused(monkeypatch, read, many):
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 20)
    monkeypatch.setattr(xml.parse, "__defaults__", (20,))
    one = "<b " + "".join(many.replace("a=", f"a{number}=") for number in range(60)) + "/>"
    with pytest.raises(xml.XmlError, match="more than"):
        read(f"<a><body><p>{one}</p></body></a>".encode())


def test_comments_and_instructions_take_no_memory_and_cut_no_text_off():
    kept = "<p>one<!-- a --> two<?b c?> three</p>"
    content = f"<a><body>{kept}{'<!----><?d?>' * 3}</body></a>".encode()
    assert [node.tag for node in xml.parse(content).iter()] == ["a", "body", "p"]
    assert [piece.text for piece in xml.pieces(content, "body", ["p"])] == ["one two three"]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("encoding", ["utf-7", "UTF-7", "cp037", "cp500"])
def test_what_hides_the_signs_that_are_counted_is_refused(read, encoding):
    text = f"<?xml version='1.0' encoding = '{encoding}'?><a><body><p/></body></a>"
    head, rest = text[: text.index("<a")], text[text.index("<a") :]
    hidden = (head + rest.replace("<", "+ADw-")).encode() if encoding.lower() == "utf-7" else text.encode(encoding)
    with pytest.raises(xml.XmlError, match="encoding"):
        read(hidden)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-6", "windows-1256", "cp1256"])
def test_the_encodings_that_programs_write_are_read(read, encoding):
    declared = encoding.removesuffix("-sig")
    read(
        f"<?xml version='1.0' encoding='{declared}'?><a><body><p>متن</p></body></a>".encode(
            encoding.replace("cp", "windows-")
        )
    )


@pytest.mark.parametrize(("said", "number"), [("12", 12), ("", 7), ("-1", 7), ("1.5", 7), ("1234567", 7), ("۳", 7)])
def test_an_attribute_that_is_no_whole_number_counts_as_another(said, number):
    element = xml.parse(f'<a xmlns:x="u" x:level="{said}"/>'.encode())
    assert xml.whole_number(element, "level", 7) == number
    assert xml.whole_number(element, "other", 7) == 7
