"""An e-mail as it is composed, before it goes anywhere."""

import hashlib
import sys
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from pipeline.distribution.deliver import Closed, Settings, smtp
from pipeline.distribution.sender import Server
from pipeline.errors import DeliveryError
from pipeline.model import Artifact
from tests.support.parcels import HOME, LETTER, NOW, PARCEL, SENDER, SUBJECT

OSLO = "oslo@partner.example"


def drafted(letter=LETTER, sender=SENDER, address=OSLO, server=None, zipped=PARCEL.zipped) -> tuple[bytes, tuple]:
    parcel = replace(PARCEL, bundle=replace(PARCEL.bundle, letter=letter), zipped=zipped)
    draft = smtp.drafts(parcel, address, Settings(HOME, sender, server, NOW))
    (message,) = draft.files
    assert (message.path, message.media_type) == ("statement.3f2a9c1b.eml", "message/rfc822")
    return message.content, draft.uploads


def test_what_is_in_ascii_is_written_as_it_is():
    content, uploads = drafted(replace(LETTER, subject="Statement of the Council"), replace(SENDER, name="The Council"))
    assert (
        b"\r\nSubject: Statement of the Council\r\n" in content
        and b"From: The Council <office@example.org>\r\n" in content
    )
    assert b"=?utf-8?" not in content.partition(b"\r\n\r\n")[0] and uploads == ()


def test_a_title_that_looks_like_an_encoded_word_is_the_subject_as_it_is():
    title = "=?utf-8?q?Withdrawn?= statement"
    content, _ = drafted(replace(LETTER, subject=title))
    assert message_from_bytes(content, policy=default)["Subject"] == title
    assert b"Subject: =?utf-8?q?Withdrawn" not in content


def test_without_an_address_for_answers_the_senders_is_told():
    content, _ = drafted(sender=replace(SENDER, reply_to=""))
    assert (
        b"Reply-To" not in content and b"List-Unsubscribe: <mailto:office@example.org?subject=unsubscribe>" in content
    )


def test_who_sends_and_whom_to_must_be_known():
    with pytest.raises(Closed, match=r"does not say who sends; write \[sender\]"):
        drafted(sender=replace(SENDER, address=""))
    with pytest.raises(DeliveryError, match="the address is none for e-mail"):
        drafted(address="nobody")


def test_what_is_attached_takes_the_place_of_the_zip_and_is_never_linked():
    server, linking = Server("localhost", 25, "none", max_megabytes=1), replace(SENDER, link="https://example.org/")

    def drafts(size):
        parcel = replace(PARCEL, attached=Artifact("digest.pdf", "application/pdf", b"%PDF" + b"x" * size))
        return smtp.drafts(parcel, OSLO, Settings(HOME, linking, server, NOW))

    fitting = drafts(500_000)
    (attached,) = message_from_bytes(fitting.files[0].content, policy=default).iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("digest.pdf", "application/pdf")
    assert attached.get_content() == b"%PDF" + b"x" * 500_000 and fitting.uploads == ()
    with pytest.raises(DeliveryError, match=r"digest\.pdf is too large for an e-mail; raise smtp\.max_megabytes"):
        drafts(1_000_000)


def test_a_zip_above_the_limit_is_linked_and_one_below_is_not():
    linking = replace(SENDER, link="https://example.org/a b/")
    for megabytes in (10, 1):
        server = None if megabytes == 10 else Server("localhost", 25, "none", max_megabytes=1)
        fits = b"x" * (
            (megabytes * 1_000_000 - 4000 - 3 * len((SUBJECT + LETTER.text + LETTER.html).encode())) * 75 // 104
        )
        content, uploads = drafted(sender=linking, server=server, zipped=fits)
        assert uploads == () and len(content) <= megabytes * 1_000_000
        content, (zipped,) = drafted(sender=linking, server=server, zipped=fits + b"xx")
        assert (zipped.path, zipped.media_type, zipped.content) == (
            "statement.3f2a9c1b.zip",
            "application/zip",
            fits + b"xx",
        )
        message = message_from_bytes(content, policy=default)
        lines = message.get_body(("plain",)).get_content().splitlines()
        digest = hashlib.sha256(fits + b"xx").hexdigest()
        assert lines[:4] == [
            "https://example.org/a%20b/statement.3f2a9c1b.zip", f"{len(fits) + 2:,} B".replace(",", "\u202f"), f"SHA-256 {digest}", "",
        ]  # fmt: skip
        page = message.get_body(("html",)).get_content()
        assert page.startswith('<html><body><p dir="ltr"><a href="https://example.org/a%20b/statement.3f2a9c1b.zip">')
        assert digest in page and page.strip().endswith(f"<p>{SUBJECT}</p></body></html>")
    with pytest.raises(DeliveryError, match=r"too large for an e-mail .*write sender\.link"):
        drafted(zipped=b"x" * 10_000_000)


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 1000, 100_000])
def test_a_file_of_any_size_arrives_as_it_is_in_lines_that_every_server_takes(size):
    file = bytes(range(256)) * 400
    content, _ = drafted(zipped=b"." + file[:size])
    (attached,) = message_from_bytes(content, policy=default).iter_attachments()
    assert attached.get_content() == b"." + file[:size]
    assert all(len(line) <= 78 and not line.endswith(b"\r") for line in content.split(b"\r\n")[20:])


def test_a_large_file_costs_no_work_again_for_each_partner_who_gets_it():
    """Each line of it was looked at anew for each of them: two thousand partners took minutes."""

    def steps(zipped):
        count = 0

        def count_one(frame, event, argument):
            nonlocal count
            count += 1

        drafted(zipped=zipped)
        sys.setprofile(count_one)
        try:
            drafted(zipped=zipped, address="paris@example.org")
        finally:
            sys.setprofile(None)
        return count

    assert steps(b"x" * 1_000_000) < 2 * steps(b"x" * 1000)
