"""What a recipient trusts is their own: in a folder of theirs, that nobody else reads or writes."""

import base64
import os
import stat
from pathlib import Path

import pytest

from pipeline.app import senders
from pipeline.distribution import signing
from pipeline.distribution.seen import Seen
from pipeline.errors import EnvironmentMissing, SigningError


@pytest.fixture
def key(tmp_path) -> Path:
    signing.make(tmp_path / "key")
    return tmp_path / "key.pub"


def test_a_place_of_settings_that_depends_on_where_one_stands_is_not_believed(monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "config")
    assert senders.folder() == Path.home() / ".config" / "pipeline"


def test_a_home_that_depends_on_where_one_stands_is_none(monkeypatch):
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", "unpacked")
    with pytest.raises(EnvironmentMissing, match="set HOME"):
        senders.folder()


def test_without_a_home_it_says_what_to_do(monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(EnvironmentMissing, match="set HOME"):
        senders.folder()


def test_what_is_written_is_private_under_any_umask_and_over_any_file(key):
    senders.folder().mkdir(parents=True)
    (senders.folder() / "senders").touch(0o644)
    before = os.umask(0)
    try:
        (trusted,) = senders.trust(key, "oslo")
        senders.remember(lambda seen: {**seen, trusted.fingerprint: Seen("2026-11-01", 1)})
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in senders.folder().iterdir()}
    assert modes == {"senders": 0o600, "seen.json": 0o600}


def test_a_key_that_is_trusted_twice_is_known_once_by_its_last_name(key):
    senders.trust(key, "oslo")
    senders.trust(key, "lyon")
    assert [known.name for known in senders.trusted()] == ["lyon"]
    assert [known.name for known in senders.forget(senders.trusted()[0].fingerprint)] == ["lyon"]
    assert senders.trusted() == [] and senders.remembered() == {}


def test_a_keyring_that_others_can_write_is_not_believed(key):
    senders.trust(key)
    for place in (senders.folder(), senders.folder() / "senders"):
        mode = place.stat().st_mode
        place.chmod(mode | stat.S_IWGRP)
        with pytest.raises(SigningError, match="others may write here"):
            senders.trusted()
        place.chmod(mode)
    assert len(senders.trusted()) == 1


def test_a_keyring_that_is_damaged_is_told_with_its_line(key):
    senders.trust(key)
    (senders.folder() / "senders").write_text("what is this\n")
    with pytest.raises(SigningError, match="senders:1: no public key"):
        senders.trusted()


def test_a_new_key_does_not_take_the_name_of_another_sender(key, tmp_path):
    """Its maker wrote the name: whoever is trusted as one sender would sign as another."""
    signing.make(tmp_path / "other")
    senders.trust(key, "office@a.example")
    for name in ("office@a.example", "Office@A.example", "0ffice@a.example", "office@a.exampIe"):
        with pytest.raises(SigningError, match="the name of a key that you trust already"):
            senders.trust(tmp_path / "other.pub", name)
    assert len(senders.trusted()) == 1
    senders.forget("office@a.example")
    senders.trust(tmp_path / "other.pub", "office@a.example")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_keyring_of_another_user_is_not_believed(key):
    senders.trust(key)
    for place in (senders.folder() / "senders", senders.folder()):
        os.chown(place, 65534, -1)
        with pytest.raises(SigningError, match="belongs to another user"):
            senders.trusted()
        os.chown(place, os.geteuid(), -1)


def test_no_key_is_trusted_that_others_can_forge(tmp_path):
    packed = b"".join(len(part).to_bytes(4) + part for part in (b"ssh-rsa", b"\1\0\1", b"\0" + b"\xff" * 128))
    (tmp_path / "weak.pub").write_text(f"ssh-rsa {base64.b64encode(packed).decode()} oslo\n")
    with pytest.raises(SigningError, match=r"1024 bits.*ask oslo for another key"):
        senders.trust(tmp_path / "weak.pub")
    assert senders.trusted() == []


def test_a_sender_with_more_keys_than_are_kept_makes_none_of_them_unreadable(key, tmp_path, monkeypatch):
    monkeypatch.setattr(senders, "MAX_KEY_BYTES", 1000)
    senders.trust(key, "office@example.org")
    kind, blob = key.read_text().split()[:2]
    packed = base64.b64decode(blob)
    others = (base64.b64encode(packed[:-1] + bytes([number])).decode() for number in range(10))
    (tmp_path / "many.pub").write_text("".join(f"{kind} {other} {n}\n" for n, other in enumerate(others)))
    with pytest.raises(SigningError, match="more keys than are kept"):
        senders.trust(tmp_path / "many.pub")
    assert [one.name for one in senders.trusted()] == ["office@example.org"]


def test_folders_of_settings_are_private_under_any_umask_with_those_above_them(key, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    before = os.umask(0)
    try:
        senders.trust(key, "oslo")
    finally:
        os.umask(before)
    made = (tmp_path / "home", *(tmp_path / "home").rglob("*"))
    assert [oct(path.stat().st_mode & 0o077) for path in made] == ["0o0"] * 4


def test_what_a_killed_command_left_half_written_is_gone_with_the_next(key):
    senders.trust(key, "office@example.org")
    for name in (senders.KEYRING, senders.SEEN):
        (senders.folder() / f".{name}.abcd_123.part").write_bytes(b"half")
    senders.remember(lambda seen: {**seen, "SHA256:x": Seen()})
    assert {path.name for path in senders.folder().iterdir()} == {senders.KEYRING, senders.SEEN}
