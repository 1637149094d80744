"""A recipient's keys are read as they are, or not at all: no condition is lost, no name stands for many."""

import re

import pytest

from pipeline.distribution import keyring, signing
from pipeline.distribution.keyring import TrustedKey
from pipeline.errors import SigningError


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> str:
    place = tmp_path_factory.mktemp("keys") / "key"
    signing.make(place)
    return signing.open(place).public


def test_public_keys_and_allowed_signers_are_read_and_written_for_ssh_keygen(key):
    text = f'# ours\n\n{key}\n{key} office at home\noffice@a.example {key} x\nb@b.example namespaces="pipeline" {key}\n'
    names = [known.name for known in keyring.parse(text.encode(), "senders")]
    assert names == [signing.fingerprint(key), "office-at-home", "office@a.example", "b@b.example"]
    assert keyring.parse(f"\ufeff{key} a\r\n".encode(), "senders") == [TrustedKey("a", key)]
    (called,) = keyring.parse(f"{key} x\n".encode(), "senders", "oslo")
    assert called == TrustedKey("oslo", key)
    assert keyring.parse(keyring.written([called]), "senders") == [called]
    assert keyring.written([called]).decode() == f'oslo namespaces="pipeline" {key}\n'


FAULTS = {
    "": "no key in it",
    "# nothing\n": "no key in it",
    "-----BEGIN OPENSSH PRIVATE KEY-----\n": "a private key: keep it secret",
    "hello\n": "s:1: no public key",
    "KEY\nhello KEY\nhello\n": "s:3: no public key",
    'a cert-authority KEY\n': "with conditions",
    "cert-authority KEY\n": "a key that vouches for others",
    "ssh-ed25519-cert-v01@openssh.com BLOB office\n": "a certificate",
    'a valid-before="20200101" KEY\n': "with conditions",
    'a namespaces="git" KEY\n': "for something else than bundles",
    "* KEY\n": "cannot be the name of a sender",
    "a,b KEY\n": "cannot be the name of a sender",
    "!a KEY\n": "cannot be the name of a sender",
    '"a b" KEY\n': "no public key",
    "KEY \x1b[2J\n": "cannot be the name of a sender",
    "ssh-ed25519 AAAA\n": "a damaged public key",
    "ssh-rsa BLOB\n": "a damaged public key",
    "ssh-ed25519 ====\n": "a damaged public key",
    "KEY SHA256:l3jM/9oaNz9uYjDJQ+AaxtTYZ4PF7kl+dceN3VjEIHo\n": "cannot be the name of a sender",
    f"KEY {'x' * 200}\n": "cannot be the name of a sender",
    "KEY cert authority\n": "cannot be the name of a sender",
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_no_file_of_public_keys_is_refused_with_its_line(text, key):
    with pytest.raises(SigningError) as caught:
        keyring.parse(re.sub(r"\bKEY\b(?!---)", key, text).replace("BLOB", key.split()[1]).encode(), "s")
    assert FAULTS[text] in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "sk-office@example.org",
        "ssh-rsa",
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "namespaces=x",
        "namespaces",
        "-x",
        "a#b",
    ],
)
def test_a_sender_may_be_called_as_a_kind_of_key_and_is_read_as_was_written(name, key):
    """Otherwise one such key would make every other one unreadable."""
    for line in (f"{key} {name}\n", f"{name} {key}\n"):
        known = keyring.parse(line.encode(), "s")
        assert [one.name for one in known] == [name]
        assert keyring.parse(keyring.written(known) + keyring.written(known), "s") == [*known, *known]


@pytest.mark.parametrize("line_break", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_a_comment_with_another_kind_of_line_break_brings_no_second_key(line_break, key):
    """ssh-keygen, and whoever looks at the file, sees a line."""
    try:
        known = keyring.parse(f"{key} office{line_break}evil {key}\n".encode(), "s")
    except SigningError:
        return
    assert len(known) == 1


@pytest.mark.parametrize(
    "name",
    ["\u043effice@example.org", "office\u200b@example.org", "office\u200c@example.org", "\uff4fffice@example.org",
     "office@ex\u0430mple.org", "office\u202e@x", "\u0441\u043e@example.org"],
)  # fmt: skip
def test_a_name_that_looks_like_another_is_found_out(name):
    assert list(keyring.deceptions(name))


@pytest.mark.parametrize(
    "name",
    ["office@example.org", "bureau-é@exemple.fr", "شورای-همکاری", "هم\u200cبستگی@example.org", "совет@пример.рф"],
)
def test_a_name_in_any_script_is_one(name):
    assert not list(keyring.deceptions(name))


def test_names_that_a_reader_takes_for_one_look_the_same():
    for one, other in (
        ("Office@Example.org", "office@example.org"), ("شورای-همکاري", "شورای-همکاری"),
        ("شورا\u200cی-همکاری", "شورای-همکاری"), ("wilson", "wiIson"), ("wilson", "wi1son"), ("coco", "сосо"),
        ("office", "0ffice"), ("ΑΘΗΝΑ", "AΘHNA"), ("arnheim", "amheim"), ("vvest", "west"), ("a-b", "a\u2010b"),
        ("شورا۱", "شورا١"), ("шутка", "ШУТКА"), ("همه", "ھمہ"), ("عاطفه", "عاطفە"), ("آزادی", "ازادى"), ("کارگر", "ڪارگر"),
        ("مسئول", "مسيول"), ("SOS", "ՏՕՏ"), ("office", "offıce"), ("office", "ọffice"), ("office", "Officé"), ("lodz", "łódź"),
        ("office@example.org", "office@example.org."), ("a_b", "a-b"), ("a.b", "a·b"), ("clara", "dara"),
    ):  # fmt: skip
        assert keyring.looks(one) & keyring.looks(other), (one, other)
    for one, other in (
        ("oslo", "paris"),
        ("office-1", "office-2"),
        ("шутка", "шапка"),
        ("شورا", "شهر"),
        ("कमल", "कमला"),
    ):
        assert not keyring.looks(one) & keyring.looks(other), (one, other)
