"""A text is read as it was packed, and what stands below it unpacked is told."""

import pytest

from pipeline.inbox import mail


def read(content):
    return mail.read(content, lambda name: False)


@pytest.mark.parametrize(
    ("packed", "text"),
    [(b"QnJlYWQ=\nIGZvciBhbGw=\n", b"Bread for all"), (b"QnJlYWQ=\nfooter of a list = x\n", b"Bread")],
)
def test_a_text_that_was_packed_line_by_line_is_read_whole(packed, text):
    content = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + packed
    assert read(content).documents[0].content == text


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        (b"base64", b"QnJlYWQgYW5kIHJvc2VzLg=="),
        (b"base64", b"QnJlYWQgYW5k\nIHJvc2Vz"),
        (b"x-uuencode", b"begin 644 a.txt\n+0G)E860@86YD(')O\n`\nend"),
    ],
)
@pytest.mark.parametrize(
    "footer",
    [
        b"____\nlist = a@example.org\nhttp://example.org/?a=b\n",
        b"-- \nTo leave the list, write\n",
        b"\nUnsubscribe\nhttp://example.org/?a=b\n",
    ],
)
def test_what_a_list_puts_below_a_packed_text_is_told_of(coding, packed, footer):
    """Without the signs that fill it at its end, it was read as packed, too: signs without sense."""
    letter = read(b"Content-Type: text/plain\nContent-Transfer-Encoding: " + coding + b"\n\n" + packed + b"\n" + footer)
    assert letter.documents[0].content in (b"Bread and roses.", b"Bread and roses", b"Bread and r")
    lines = len(list(filter(None, footer.splitlines())))
    assert any("lines below its text" in one and one.endswith(f": {lines}") for one in letter.guessed)
