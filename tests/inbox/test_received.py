"""Files, mailboxes and Maildir folders are taken apart into messages; what is none is refused."""

import os

import pytest

from pipeline.errors import InboxError
from pipeline.inbox import received

MESSAGE = b"From: a@example.org\nSubject: One\n\nFirst.\n"


def test_a_file_is_what_it_is(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Text.")
    assert list(received.contents(tmp_path / "a.txt")) == [b"Text."]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_an_mbox_is_its_messages_and_a_line_that_begins_with_from_is_text(tmp_path, end):
    lines = [
        b"From a@example.org Sat Nov 28 2026", b"Subject: One", b"", b"A.", b">From here on", b"",
        b"From b@example.org Sat Nov 28 2026", b"Subject: Two", b"", b"B.", b"",
    ]  # fmt: skip
    (tmp_path / "box").write_bytes(end.join(lines))
    first, second = received.contents(tmp_path / "box")
    assert first.endswith(b"A." + end + b"From here on") and b"Subject: Two" in second


TEXT = b"From the river in 2026 we write.\n\nWe demand bread.\n\nFrom our prisons since 1988\n\nEnd.\n"


@pytest.mark.parametrize("head", [b"", b"From a@example.org Sat Nov 28 09:00:00 2026\nSubject: One\n\n"])
def test_no_line_of_a_text_that_begins_with_from_is_lost(tmp_path, head):
    (tmp_path / "a.txt").write_bytes(head + TEXT)
    (content,) = received.contents(tmp_path / "a.txt")
    assert content.endswith(TEXT)


def test_a_maildir_is_its_messages(tmp_path):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "cur" / "1:2,S").write_bytes(MESSAGE)
    (tmp_path / "new" / "2").write_bytes(MESSAGE)
    (tmp_path / "tmp" / "3").write_bytes(b"half")
    assert list(received.contents(tmp_path)) == [MESSAGE, MESSAGE]


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "none"):
        with pytest.raises(InboxError, match=str(path)):
            list(received.contents(path))


@pytest.mark.parametrize(
    ("content", "name", "is_mail"),
    [
        (MESSAGE, "x", True),
        (b"Received: by x\n\tand y\nFrom: a@example.org\n\n", "x.txt", True),
        (b"Anything", "x.EML", True),
        (b"Subject: One\nFrom: =?utf-8?q?A?=\n <a@example.org>\n\nText.\n", "x", True),
        (b"Subject: One\nDate: Sat, 28 Nov 2026 09:00:00 +0100\n\nText.\n", "x", True),
        (b"To: all workers\nFrom: the union\nDate: 1 May\n\nBread @ noon.\n", "x.txt", False),
        (b"Statement: we demand\nTime: now\n\nText.\n", "x.txt", False),
        (b"A text.\nSubject: what\n", "x.txt", False),
        (b"Call: general strike\nPlace: the square\nDate: Monday, 30 November, 10:30\n\nCome all.\n", "x.txt", False),
        (b"Title: The strike\nDate: 2026-11-30 10:20\nTags: work\n\nText.\n", "x.md", False),
        (
            b"Anna: We stay.\nReza: We do.\n\nKari: So it is.\nFrom: a@example.org\nDate: 1 May 2026 10:30\n",
            "x.txt",
            False,
        ),
        (b"", "x.txt", False),
    ],
)
def test_an_e_mail_is_known_by_its_fields(content, name, is_mail):
    assert received.is_mail(content, name) is is_mail


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_messages_of_an_mbox_need_no_empty_line_between_them(tmp_path, end):
    path = tmp_path / "inbox"
    one, two = (
        "From - Mon Nov 30 10:00:00 2026\nSubject: {0}\n\n--{0}\n--{0}--\n".format,
        "From 2026 on: we strike\nNo: 1\n",
    )
    path.write_bytes((one("a") + one("b") + two).replace("\n", end).encode())
    found = [content.decode().splitlines() for content in received.contents(path)]
    assert [lines[0] for lines in found] == ["Subject: a", "Subject: b"]
    assert found[1][-2:] == ["From 2026 on: we strike", "No: 1"]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n", b"_" * 32 + b"\r\n", b""])
def test_an_e_mail_is_known_however_it_was_saved_as_a_text(before):
    saved = "From: Kari <kari@x.example>\r\nSent: 2 May 2026 10:00\r\nTo: Per\r\n\r\nWe demand bread.\r\n"
    assert received.is_mail(before + saved.encode(), "a.txt")
    assert received.is_mail(saved.encode("utf-16"), "a.txt")
    assert not received.is_mail(before + b"We demand bread.\r\n", "a.txt")
