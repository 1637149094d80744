"""A signature holds for one content, one purpose and one key, and what is none is refused in words."""

import base64
import subprocess

import pytest

from pipeline.distribution import signing
from pipeline.errors import EnvironmentMissing, SigningError


@pytest.fixture(scope="module")
def signature(signer) -> bytes:
    return signer(b"content")


def armoured(packed: bytes) -> bytes:
    return b"-----BEGIN SSH SIGNATURE-----\n" + base64.b64encode(packed) + b"\n-----END SSH SIGNATURE-----\n"


def packed(signature: bytes) -> bytes:
    return base64.b64decode(b"".join(signature.split(b"\n")[1:-2]))


def test_what_was_signed_is_known_by_its_key_and_by_no_other_content(signer, signature):
    assert signing.verify(b"content", signature) == signing.public(signature) == signer.public
    with pytest.raises(SigningError, match="the signature does not fit what was signed"):
        signing.verify(b"another", signature)


def test_a_signature_for_another_purpose_is_not_ours(signer):
    words = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", signer.key]
    other = subprocess.run(words, input=b"content", capture_output=True, check=True).stdout
    with pytest.raises(SigningError, match="does not fit"):
        signing.verify(b"content", other)
    assert signing.known(other, b"content", signer.public.encode()) == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: b"hello",
        lambda text: text[1:],
        lambda text: text.strip()[:-1],
        lambda text: text.replace(b"U1NIU0lH", b"!!!!!!!!"),
        lambda text: armoured(b"XSHSIG\0\0\0\1" + packed(text)[10:]),
        lambda text: armoured(b"SSHSIG\0\0\0\2" + packed(text)[10:]),
        lambda text: armoured(packed(text)[:10]),
        lambda text: armoured(packed(text)[:12]),
        lambda text: armoured(packed(text)[:30]),
        lambda text: armoured(packed(text)[:10] + b"\0\0\0\0"),
        lambda text: armoured(packed(text)[:10] + b"\0\0\0\6\0\0\0\2\xff\xfe"),
    ],
)  # fmt: skip
def test_what_is_no_signature_names_no_key(damage, signature):
    with pytest.raises(SigningError, match="no signature of ssh-keygen, or a damaged one"):
        signing.public(damage(signature))


def test_a_signature_may_have_blank_lines_around_it(signer, signature):
    assert signing.public(b"\n\n" + signature + b"\n \n") == signer.public


def test_a_fingerprint_is_the_one_ssh_keygen_shows(signer):
    shown = subprocess.run(["ssh-keygen", "-lf", signer.key], capture_output=True, text=True, check=True).stdout
    assert signer.fingerprint == signing.fingerprint(f"{signer.public} a comment") == shown.split()[1]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{} Kari Nordmann", "Kari-Nordmann"),
        ("{}", "the-key-given"),
        ('{} a,"b*?!', "ab"),
        ("{} !", "the-key-given"),
        ('kari namespaces="pipeline" {}', "kari"),
        ("# who may sign\n\nssh-rsa\nkari,oslo {}", "kari"),
        ('sk-kari namespaces="pipeline" {}', "sk-kari"),
        ("ssh-rsa {}", "ssh-rsa"),
        ('kari namespaces="git" {}', ""),
        ("# {}", ""),
        ("", ""),
    ],
)
def test_a_key_is_known_by_the_name_the_file_gives_it(line, name, signer, signature):
    assert signing.known(signature, b"content", line.format(signer.public).encode()) == name
    assert signing.known(signature, b"another", line.format(signer.public).encode()) == ""


def test_a_key_is_never_made_over_another(tmp_path, signer):
    for taken in (tmp_path / "one", tmp_path / "two.pub"):
        taken.write_text("mine")
        with pytest.raises(SigningError, match="is there already"):
            signing.make(taken.with_suffix(""))
        assert taken.read_text() == "mine"
    (tmp_path / "three").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SigningError, match="is there already"):
        signing.make(tmp_path / "three")
    assert not (tmp_path / "elsewhere").exists()


def test_a_key_is_for_its_owner_alone_and_says_nobodys_name(tmp_path):
    signing.make(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert len((tmp_path / "key.pub").read_text().split()) == 2
    with pytest.raises(SigningError, match=r"no key was made: .*No such file"):
        signing.make(tmp_path / "gone" / "key")


def test_what_is_no_private_key_is_told_with_a_remedy(tmp_path, signer):
    (tmp_path / "text").write_text("hello")
    (tmp_path / "text").chmod(0o600)
    with pytest.raises(
        SigningError, match=r"text: cannot sign: .*; see that it is a private key, unlocked in ssh-agent"
    ):
        signing.open(tmp_path / "text")
    with pytest.raises(SigningError, match=r"no such key; make one: pipeline keys make"):
        signing.open(tmp_path)


def test_a_key_of_rsa_signs_the_same_each_time(tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", tmp_path / "rsa"], check=True)
    signer = signing.open(tmp_path / "rsa")
    assert signer.public.startswith("ssh-rsa ") and signing.verify(b"x", signer(b"x")) == signer.public


def test_a_certificate_has_names_in_it_and_signs_nothing(tmp_path, signer):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "id"], check=True)
    named = ["-I", "the laptop of reza", "-n", "reza", tmp_path / "id.pub"]
    subprocess.run(["ssh-keygen", "-q", "-s", signer.key, *named], check=True, capture_output=True)
    with pytest.raises(SigningError, match=r"a certificate, which has names in it; write the key itself"):
        signing.open(tmp_path / "id-cert.pub")
    assert signing.open(tmp_path / "id").public.startswith("ssh-ed25519 ")


def test_a_line_of_a_file_of_signers_ends_where_ssh_keygen_ends_it(signer, signature):
    line = f"office {signer.public}"
    for known in (line, f"{line}\r\n", f"# a comment\r\n{line}\r\n"):
        assert signing.known(signature, b"content", known.encode()) == "office", known
    for break_ in ("\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"):
        assert signing.known(signature, b"content", f"# a comment{break_}{line}\n".encode()) == ""


def test_without_ssh_keygen_the_package_to_install_is_named(signer, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EnvironmentMissing, match="apt-get install openssh-client"):
        signer(b"x")


def plainly(packed: bytes) -> bytes:
    text = base64.b64encode(packed)
    lines = (text[at : at + 70] for at in range(0, len(text), 70))
    return b"\n".join((b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""))


def test_nothing_unsigned_is_said_in_a_plain_signature(signer, signature):
    """ssh-keygen takes both: a reserved field with anything in it, and the number written as a larger one."""
    content = packed(signature)
    number = int.from_bytes(content[-32:], "little")
    assert signing.is_plain(signature) and plainly(content) == signature
    reserved = content.replace(b"pipeline" + bytes(4), b"pipeline" + (4).to_bytes(4, "big") + b"five")
    larger = content[:-32] + (number + 2**252 + 27742317777372353535851937790883648493).to_bytes(32, "little")
    for changed in (reserved, larger):
        assert changed != content and not signing.is_plain(plainly(changed))
    for length in range(10, len(content)):
        assert not signing.is_plain(plainly(content[:length]))


def test_a_signature_of_rsa_is_plain_too(tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", tmp_path / "rsa"], check=True)
    assert signing.is_plain(signing.open(tmp_path / "rsa")(b"content"))


def rsa(folder, bits: int):
    key = folder / f"rsa{bits}"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", str(bits), "-N", "", "-C", "", "-f", key], check=True)
    return key, key.with_name(f"{key.name}.pub").read_text()


def test_a_key_that_others_can_forge_signs_nothing(tmp_path):
    weak, public = rsa(tmp_path, 1024)
    assert signing.weakness(public).startswith("an RSA key of 1024 bits")
    with pytest.raises(SigningError, match=r"1024 bits.*pipeline keys make"):
        signing.open(weak)
    strong, public = rsa(tmp_path, 2048)
    assert signing.weakness(public) == "" and signing.open(strong).public == " ".join(public.split()[:2])


def test_an_exponent_of_one_and_keys_of_dsa_are_weak(signer):
    parts = (b"ssh-rsa", b"\1", b"\0" + b"\xff" * 512)
    packed = b"".join(len(part).to_bytes(4) + part for part in parts)
    assert "exponent 1" in signing.weakness(f"ssh-rsa {base64.b64encode(packed).decode()}")
    assert signing.weakness("ssh-dss AAAA") and not signing.weakness(signer.public)


IDENTITY = (1).to_bytes(32, "little")
SMALL = [
    IDENTITY, bytes(32), b"\xec" + b"\xff" * 30 + b"\x7f", b"\xee" + b"\xff" * 30 + b"\x7f", b"\1" + bytes(30) + b"\x80",
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
]  # fmt: skip


def strings(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4) + part for part in parts)


@pytest.mark.parametrize("point", SMALL, ids=bytes.hex)
def test_a_key_of_ed25519_for_which_nobody_needs_a_secret_is_weak(point, signer):
    """Of small order (RFC 8032, 5.1): ssh-keygen takes what anybody writes for its signature."""
    for kind, more in (("ssh-ed25519", ()), ("sk-ssh-ed25519@openssh.com", (b"ssh:",))):
        blob = strings(kind.encode(), point, *more)
        assert "no secret" in signing.weakness(f"{kind} {base64.b64encode(blob).decode()}")
    assert not signing.weakness(signer.public)


def test_ssh_keygen_takes_a_signature_that_nobody_made():
    """Why such keys are weak."""
    blob = strings(b"ssh-ed25519", IDENTITY)
    made = strings(b"ssh-ed25519", IDENTITY + bytes(32))
    packed = base64.b64encode(b"SSHSIG\0\0\0\1" + strings(blob, b"pipeline", b"", b"sha512", made))
    forged = b"-----BEGIN SSH SIGNATURE-----\n" + packed + b"\n-----END SSH SIGNATURE-----\n"
    assert signing.weakness(signing.verify(b"whatever is said", forged))
