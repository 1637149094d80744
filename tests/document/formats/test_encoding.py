import pytest

from pipeline.document.formats import _encoding
from pipeline.office.archive import OfficeError

TEXT = "بيانيه سياسي درباره آزادي"
PAGE = f"<html><head>{{}}</head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=windows-1256>", "windows-1256"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Windows-1256">', "windows-1256"),
        ("<META HTTP-EQUIV=content-type CONTENT='text/html;CHARSET=iso-8859-6'>", "iso-8859-6"),
        ("<meta charset=arabic>", "iso-8859-6"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-16-le"),
        ("", "windows-1256"),
    ],
)
def test_a_page_is_read_in_the_encoding_a_browser_finds(stated, encoding):
    page = PAGE.format(stated)
    assert _encoding.page(page.encode(encoding))[0] == page


@pytest.mark.parametrize(
    ("stated", "encoding", "said"),
    [
        ("windows-1256", "utf-8", "read as UTF-8, which it is, and not as cp1256, as it says"),
        ("utf-16", "utf-8", ""),
        ("utf-8", "windows-1256", "read as windows-1256"),
        ("unicode_escape", "utf-8", ""),
        ("base64", "utf-8", ""),
        ("replacement", "utf-8", ""),
        ("x" * 5000, "utf-8", ""),
    ],
)
def test_a_page_that_states_a_wrong_encoding_is_read_all_the_same(stated, encoding, said):
    page = PAGE.format(f"<meta charset={stated}>")
    assert _encoding.page(page.encode(encoding)) == (page, said)


def test_a_page_of_ascii_bytes_is_what_it_states_and_there_is_nothing_to_say():
    assert _encoding.page(b"<meta charset=windows-1256><p>abc") == ("<meta charset=windows-1256><p>abc", "")
    page = "<meta charset=iso-2022-jp><p>日本"
    assert _encoding.page(page.encode("iso-2022-jp")) == (page, "")


def test_a_damaged_character_is_said_and_does_not_change_the_others():
    content = PAGE.format("").encode().replace("س".encode(), b"\xd8", 1)
    text, said = _encoding.page(content)
    assert text == PAGE.format("").replace("س", "\ufffd", 1)
    assert said.startswith("1 characters are damaged")


def test_bytes_that_are_no_text_are_no_page():
    with pytest.raises(OfficeError, match="no text in utf-8"):
        _encoding.page(bytes(range(256)) * 20)


def test_the_first_byte_of_a_text_that_makes_no_sense_is_named():
    with pytest.raises(OfficeError, match="byte 4: not valid UTF-8"):
        _encoding.text("آز".encode() + b"\xff" + TEXT.encode())


@pytest.mark.parametrize(
    ("content", "label", "text", "guessed"),
    [
        ("“Größe”".encode("cp1252"), "iso-8859-1", "“Größe”", ""),
        ("“Größe”".encode(), "iso-8859-1", "“Größe”", ""),
        (b"Statement", "utf-16", "Statement", ""),
        ("Statement".encode("utf-16"), "utf-8", "Statement", ""),
        ("Größe".encode("cp1252"), "utf-8", "Größe", "windows-1252"),
        ("آزادی برای همه".replace("ی", "ي").encode("cp1256"), "", "آزادي براي همه", "windows-1256"),
        (b"a-b", "punycode", "a-b", ""),
    ],
)
def test_what_is_stated_beside_a_text_is_believed_as_far_as_it_can_be(content, label, text, guessed):
    assert _encoding.stated(content, label) == (text, guessed)
