"""What PGP writes around a text it signs is no text, and names who wrote it."""

import pytest

from pipeline.inbox import mail, pgp

SIGNED = """Dear all,

-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512
Comment: by kari

We support the strike.
- -- 
- ----- not ours
-----BEGIN PGP SIGNATURE-----
Version: 1

iQIzBAEBCgAdFiEEKARI
-----END PGP SIGNATURE-----
Kari
"""


def test_the_text_alone_is_left():
    assert pgp.without_signatures(SIGNED) == "Dear all,\n\nWe support the strike.\n-- \n----- not ours\nKari\n"


@pytest.mark.parametrize(
    "text",
    [
        "no word of it",
        SIGNED.replace("END", "AND"),
        SIGNED.replace("BEGIN PGP SIGNATURE", "x"),
        "-----BEGIN PGP SIGNED MESSAGE-----\n" * 9,
    ],
)
def test_what_is_not_whole_stays_as_it_is(text):
    assert pgp.without_signatures(text) == text


def test_a_signed_e_mail_is_read_without_and_that_is_told():
    content = f"Subject: Support\nFrom: kari@partner.example\nContent-Type: text/plain\n\n{SIGNED}".encode()
    found = mail.read(content, lambda name: False)
    [document] = found.documents
    assert (
        b"PGP" not in document.content
        and b"iQIz" not in document.content
        and b"We support the strike." in document.content
    )
    assert pgp.SIGNATURE in found.left_out


def test_a_signed_e_mail_that_quotes_one_keeps_neither_signature():
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n{}\n{}\n-----BEGIN PGP SIGNATURE-----{}\n\niQ{}\n-----END PGP SIGNATURE-----{}\n"
    inner = signed.format("", "Nobody knows.", "", "Kari", "")
    quoted = "".join(f"> {line}\n" for line in inner.splitlines())
    for blank in ("", " "):
        outer = signed.format(
            blank,
            f"We demand bread.\n\nOn 2 May 2026, Kari <kari@x.example> wrote:\n{quoted}\n- -- \nOla, +47 123",
            blank,
            "Ola",
            blank,
        )
        letter = mail.read(f"Subject: Re: Bread\nFrom: o@x.example\n\n{outer}".encode(), lambda name: False)
        assert letter.documents[0].content == b"We demand bread.\n" and pgp.SIGNATURE in letter.left_out
