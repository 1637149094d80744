"""A recipient, who has no workspace, trusts senders and learns what is whole, whose it is, and what is out of date."""

import fcntl
import json
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.app import senders
from pipeline.distribution import bundle, signing
from pipeline.distribution.reasons import StatedReason
from pipeline.distribution.release import Number
from tests.support import command
from tests.support.bundles import SENDER, release, unpack


class Recipient:
    """A home, and the bundles that came."""

    def __init__(self, folder: Path, keys: dict[str, signing.Signer]) -> None:
        self.folder, self.keys = folder, keys
        self.settings = Path(os.environ["XDG_CONFIG_HOME"]) / "pipeline"

    def __call__(self, *words: object, status: int = 0) -> str:
        done = command.run(self.folder, *words)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def key(self, name: str = "ours") -> Path:
        path = self.folder / f"{name}.pub"
        path.write_text(f"{self.keys[name].public} {name}@sender.example\n")
        return path

    def bundle(
        self, name: str, day: str = "2026-11-01", serial: int = 1, *, sign: str | None = "ours", numbers=True, **changes
    ) -> Path:
        kind = changes.pop("kind", "letter")
        text = release(self.folder / "files", **changes)
        made = bundle.make(
            [text], "en", SENDER, replaces={}, kind=kind, reason=StatedReason("x" * (kind != "letter")),
            numbers={text.key: Number(day, serial)} if numbers else None, sign=self.keys[sign] if sign else None,
        )  # fmt: skip
        path = self.folder / f"{name}.zip"
        path.write_bytes(bundle.zipped(made))
        return path


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> dict[str, signing.Signer]:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        signing.make(folder / name)
    return {name: signing.open(folder / name) for name in ("ours", "theirs")}


@pytest.fixture
def recipient(tmp_path, monkeypatch, keys) -> Recipient:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return Recipient(tmp_path, keys)


def test_without_a_trusted_key_it_fails_and_says_what_to_compare(recipient):
    path = recipient.bundle("b")
    said = recipient("verify", path, status=1)
    assert "intact: 15 files" in said and "ask the sender for the fingerprint" in said
    assert said.count(recipient.keys["ours"].fingerprint) == 2 and "pipeline keys trust" in said
    assert "not signed: anybody may have made it" in recipient("verify", recipient.bundle("u", sign=None), status=1)
    assert not recipient.settings.exists()
    recipient("keys", "trust", recipient.key("theirs"))
    assert "signed by nobody whom you trust" in recipient("verify", path, status=1)
    table = json.loads(recipient("verify", path, "--json", status=1).partition("\nerror")[0])
    assert (table["matches"], table["trusted"], table["signer"]) == (True, False, None)


def test_a_sender_is_trusted_listed_and_forgotten(recipient):
    path, ours = recipient.bundle("b"), recipient.keys["ours"].fingerprint
    assert recipient("keys", "list") == ""
    said = recipient("keys", "trust", recipient.key(), "--name", "oslo")
    assert f"trusted: {ours}  oslo" in said and "compare the fingerprint" in said
    assert recipient("keys", "list") == f"{ours}  oslo\n"
    assert f"signed by oslo, whose key in {recipient.settings / 'senders'} is {ours}" in recipient("verify", path)
    recipient("keys", "trust", recipient.key())
    assert recipient("keys", "list") == f"{ours}  ours@sender.example\n"
    assert "no sender whom you trust is called so" in recipient("keys", "forget", "oslo", status=2)
    recipient("keys", "forget", ours)
    assert recipient("keys", "list") == "" and json.loads((recipient.settings / "seen.json").read_text()) == {}
    recipient("verify", path, status=1)
    recipient("verify", path, "--signer", recipient.key())
    assert recipient("keys", "list") == ""
    recipient("verify", path, "--signer", recipient.key("theirs"), status=1)
    assert "no such file" in recipient("verify", "gone.zip", status=2).lower()
    assert "give a public key" in recipient("verify", path, "--signer", "gone.pub", status=2)


@pytest.mark.parametrize("name", ["\u043eurs@sender.example", "ours\u200b@sender.example"])
def test_a_key_is_not_trusted_under_a_name_that_looks_like_that_of_another(name, recipient):
    """What `verify` says of both would look the same."""
    recipient("keys", "trust", recipient.key())
    known = recipient("keys", "list")
    theirs = recipient.key("theirs")
    theirs.write_text(f"{recipient.keys['theirs'].public} {name}\n", "utf-8")
    assert "give another with --name" in recipient("keys", "trust", theirs, status=1)
    assert recipient("keys", "list") == known
    assert "keys trusted besides: 1" in recipient("keys", "trust", theirs, "--name", "theirs")  # it may be an older one


def test_a_file_of_keys_beside_a_bundle_is_not_believed(recipient):
    """Whoever sends a bundle can lay anything beside it, a whole workspace too."""
    path = recipient.bundle("b", sign="theirs")
    for name in ("signers", "senders", "allowed_signers"):
        (recipient.folder / name).write_text(signing.allowed("office@sender.example", recipient.keys["theirs"].public))
    (recipient.folder / "pipeline.toml").write_text('[sender]\nkey = "theirs"\n')
    assert "signed by nobody whom you trust" in recipient("verify", path, status=1)


def test_what_is_trusted_is_private_and_nobody_else_can_add_to_it(recipient):
    recipient.settings.mkdir(parents=True, mode=0o755)
    (recipient.settings / "senders").write_text("")
    (recipient.settings / "senders").chmod(0o644)
    recipient("keys", "trust", recipient.key())
    recipient("verify", recipient.bundle("b"))
    for name in ("senders", "seen.json"):
        assert stat.S_IMODE((recipient.settings / name).stat().st_mode) == 0o600
    for place in (recipient.settings, recipient.settings / "senders"):
        mode = place.stat().st_mode
        place.chmod(0o777)
        assert "others may write here" in recipient("verify", recipient.bundle("b"), status=1)
        place.chmod(mode)
    assert "2016" not in (recipient.settings / "seen.json").read_text().replace("2026", "")


def test_an_older_text_is_told_when_a_newer_one_was_received(recipient):
    recipient("keys", "trust", recipient.key())
    new = recipient.bundle("new", "2026-11-02", 4, text_sha256="22" * 32)
    old = recipient.bundle("old", "2026-11-02", 3, text_sha256="11" * 32)
    recipient("verify", old)
    assert "note:" not in recipient("verify", new)
    said = recipient("verify", old, status=1)
    assert "out of date: 2016-10-statement (en): this text is of 2026-11-02, and older than" in said
    assert "note: this bundle (serial 3, 2026-11-02) is older" in said
    assert "as it was sent, but out of date; do not use it" in said and "intact: " in said
    table = json.loads(recipient("verify", old, "--json", status=1).partition("\nerror")[0])
    assert (table["matches"], table["trusted"], len(table["outdated"])) == (True, True, 1)
    recipient("verify", new)
    other = recipient.bundle("other", "2026-11-01", 2, document="2011-01-call")
    assert "is older than another of this sender" in recipient("verify", other)


def test_the_senders_are_told_apart(recipient):
    recipient("keys", "trust", recipient.key())
    recipient("keys", "trust", recipient.key("theirs"))
    recipient("verify", recipient.bundle("a", "2026-11-09", 9, text_sha256="22" * 32))
    assert "note:" not in recipient("verify", recipient.bundle("b", sign="theirs"))


def test_a_text_that_was_withdrawn_is_told(recipient):
    recipient("keys", "trust", recipient.key())
    text = recipient.bundle("text", "2026-11-02", 3)
    notice = recipient.bundle("notice", "2026-11-05", 4, kind="withdrawal")
    recipient("verify", text)
    recipient("verify", notice)
    assert "2016-10-statement (en): this text was withdrawn on 2026-11-05" in recipient("verify", text, status=1)
    recipient("verify", notice)
    earlier = recipient.bundle("earlier", "2026-11-01", 1, text_sha256="33" * 32)
    assert "one that came in its place was withdrawn on 2026-11-05" in recipient("verify", earlier, status=1)
    assert "out of date" not in recipient("verify", recipient.bundle("new", "2026-11-06", 5, text_sha256="22" * 32))


def test_of_two_that_are_verified_at_once_the_older_does_not_pass(recipient):
    recipient("keys", "trust", recipient.key())
    recipient("verify", recipient.bundle("new", "2026-11-02", 4, text_sha256="22" * 32))
    remembered = (recipient.settings / "seen.json").read_bytes()
    (recipient.settings / "seen.json").unlink()
    old = recipient.bundle("old", "2026-11-02", 3, text_sha256="11" * 32)
    descriptor = os.open(recipient.settings, os.O_RDONLY)
    with ThreadPoolExecutor() as pool:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        at_once = pool.submit(recipient, "verify", old, status=1)
        with suppress(TimeoutError):
            at_once.result(timeout=3)  # it has read what was seen, and waits to add to it
        (recipient.settings / "seen.json").write_bytes(remembered)
        os.close(descriptor)
        assert "older than that of 2026-11-02 which you have received" in at_once.result()


def test_a_notice_that_comes_again_says_that_it_does_not_withdraw_the_corrected_text(recipient):
    recipient("keys", "trust", recipient.key())
    notice = recipient.bundle("notice", "2026-11-05", 4, kind="withdrawal")
    recipient("verify", notice)
    assert "came after it" not in recipient("verify", notice)
    recipient("verify", recipient.bundle("corrected", "2026-11-06", 5, text_sha256="22" * 32))
    assert "the text of 2026-11-06, which you have received, came after it, and it does not withdraw that" in recipient(
        "verify", notice
    )
    recipient("verify", recipient.bundle("again", "2026-11-07", 6, kind="withdrawal", text_sha256="22" * 32))
    said = recipient("verify", notice)
    assert "the text of 2026-11-07, which you have received, came after it" not in said and "withdraw that" not in said


def test_what_was_withdrawn_or_replaced_with_another_key_is_told(recipient):
    """A sender has a new key, and partners trust both: whoever kept a bundle of the old one can send it again."""
    recipient("keys", "trust", recipient.key())
    recipient("keys", "trust", recipient.key("theirs"))
    text = recipient.bundle("text", "2026-11-02", 3)
    assert "note:" not in recipient("verify", text)
    recipient("verify", recipient.bundle("notice", "2026-11-05", 4, kind="withdrawal", sign="theirs"))
    said = f"a notice of 2026-11-05, signed with {recipient.keys['theirs'].fingerprint}, withdrew this text"
    assert f"note: 2016-10-statement (en): {said}" in recipient("verify", text)


def test_a_translation_goes_with_its_original_which_a_notice_withdrew(recipient):
    """The original stands beside it in every PDF; who kept one would bring back the name for which it was withdrawn."""
    recipient("keys", "trust", recipient.key())
    text = recipient.bundle("text", "2026-11-02", 3)
    other = recipient.bundle(
        "other", "2026-11-02", 3, source_sha256="ab" * 32, document="2011-01-call", text_sha256="44" * 32
    )
    translations = recipient.bundle("fr", "2026-11-04", 4, kind="withdrawal", lang="fr")
    recipient("verify", translations)
    recipient("verify", text)  # of another language alone
    recipient(
        "verify", recipient.bundle("notice", "2026-11-05", 5, kind="withdrawal", lang="fa", text_sha256="33" * 32)
    )
    said = recipient("verify", text, status=1)
    assert "2016-10-statement (en): its original, which goes with it, was withdrawn on 2026-11-05" in said
    recipient("verify", other)
    recipient("verify", recipient.bundle("new", "2026-11-06", 6, text_sha256="22" * 32))  # the sender allowed that


def test_what_is_not_trusted_or_not_whole_is_not_remembered(recipient):
    recipient("verify", recipient.bundle("evil", "2026-11-09", 99, sign="theirs", text_sha256="22" * 32), status=1)
    recipient("keys", "trust", recipient.key())
    damaged = recipient.bundle("damaged", "2026-11-09", 99, text_sha256="22" * 32)
    content = damaged.read_bytes()
    damaged.write_bytes(content.replace(b"%PDF-1.7 2016-10-statement en", b"%PDF-1.7 2016-10-statement xx"))
    recipient("verify", damaged, status=1)
    assert "note:" not in recipient("verify", recipient.bundle("b"))


def test_a_bundle_of_days_to_come_is_said_and_remembered_by_its_serial(recipient):
    recipient("keys", "trust", recipient.key())
    to_come = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    assert f"it is dated {to_come}, in the future" in recipient("verify", recipient.bundle("b", to_come, 9))
    assert "note:" not in recipient("verify", recipient.bundle("c", serial=10, text_sha256="22" * 32))
    old = recipient.bundle("old", serial=8, text_sha256="33" * 32)
    assert "out of date" in recipient("verify", old, status=1)


def test_a_bundle_without_a_number_says_that_nobody_can_tell_its_age(recipient):
    recipient("keys", "trust", recipient.key())
    assert "it has no serial number and no day" in recipient("verify", recipient.bundle("b", numbers=False))


@pytest.mark.parametrize(
    "content", ["{", "[" * 100_000, "[]", '{"SHA256:x": {"serial": "many"}}', '{"a": {"texts": {"x": {}}}}']
)
def test_a_damaged_memory_is_told_and_left_alone(content, recipient):
    recipient("keys", "trust", recipient.key())
    (recipient.settings / "seen.json").write_text(content)
    assert "seen.json: damaged; delete it" in recipient("verify", recipient.bundle("b"), status=1)
    assert (recipient.settings / "seen.json").read_text() == content


def test_a_sender_who_numbers_without_end_keeps_nobody_from_verifying(recipient, monkeypatch):
    monkeypatch.setattr(senders, "_MAX_SEEN_BYTES", 2000)
    monkeypatch.setattr(senders, "_MAX_OF_SENDER", 1000)
    recipient("keys", "trust", recipient.key())
    recipient("keys", "trust", recipient.key("theirs"))
    old, new = (recipient.bundle(f"b{n}", serial=n, text_sha256=f"{n}{n}" * 32) for n in (1, 2))
    assert "note:" not in recipient("verify", new)
    for number in range(10):
        bundle = recipient.bundle("t", serial=9, sign="theirs", document=f"t-{number}", text_sha256=f"3{number}" * 32)
        last = recipient("verify", bundle)
    assert "could not be remembered" in last and "no room for more" in last
    assert "out of date" in recipient("verify", old, status=1)
    assert "note:" not in recipient("verify", recipient.bundle("b3", serial=3, text_sha256="44" * 32))
    recipient("keys", "forget", "theirs@sender.example")
    assert "out of date" in recipient("verify", old, status=1)


def test_what_cannot_be_remembered_is_said(recipient, monkeypatch):
    path, key = recipient.bundle("b"), recipient.key()
    monkeypatch.setenv("XDG_CONFIG_HOME", "/proc/config")
    assert "note: it could not be remembered" in recipient("verify", path, "--signer", key)
    assert "/proc/config/pipeline" in recipient("keys", "trust", key, status=1)


def test_an_unpacked_bundle_is_verified_where_one_stands(recipient, monkeypatch):
    recipient("keys", "trust", recipient.key())
    made = bundle.make([release(recipient.folder / "files")], "en", SENDER, replaces={}, sign=recipient.keys["ours"])
    recipient.folder = unpack(made, recipient.folder)
    assert "intact" in recipient("verify", ".")
    next(recipient.folder.glob("data/*/*.pdf")).write_bytes(b"x")
    said = recipient("verify", ".", status=1)
    assert "does not match: data/2016-10-statement/2016-10-statement.fa-en.pdf: not the file that" in said


def test_without_ssh_keygen_it_says_what_is_missing(recipient, monkeypatch):
    path = recipient.bundle("b")
    monkeypatch.setenv("PATH", "/nowhere")
    assert "ssh-keygen is missing; install it" in recipient("verify", path, status=3)


def test_who_has_no_home_can_verify_with_a_key_at_hand(recipient, monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    path, key = recipient.bundle("b"), recipient.key()
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert "note: nobody can tell whether it is the latest: senders: this user has no home folder" in recipient(
        "verify", path, "--signer", key
    )
    assert "this user has no home folder; set HOME, or give --signer" in recipient("verify", path, status=3)


def test_a_bundle_without_a_number_is_out_of_date_for_who_has_seen_numbers_of_its_sender(recipient):
    """Otherwise a withdrawn text comes back in a bundle from before there were numbers."""
    recipient("keys", "trust", recipient.key())
    recipient("verify", recipient.bundle("w", "2026-11-02", 2, kind="withdrawal"))
    assert "out of date: it has no serial number" in recipient("verify", recipient.bundle("b", numbers=False), status=1)


def test_an_altered_bundle_does_not_invite_to_trust_the_key_in_it(recipient):
    folder = recipient.folder / "unpacked"
    shutil.unpack_archive(recipient.bundle("b"), folder)
    (signer,) = folder.glob("*/signer.pub")
    assert "keys trust FILE" in recipient("verify", signer.parent, status=1)
    signer.write_text(signer.read_text() + f"{recipient.keys['theirs'].public}\n")
    assert "keys trust FILE" not in recipient("verify", signer.parent, status=1)


@pytest.mark.parametrize("name", ["signer.pub", "allowed_signers"])
def test_the_key_in_a_bundle_is_no_key_of_its_sender(recipient, name):
    folder, packed = recipient.folder / "unpacked", recipient.bundle("b")
    shutil.unpack_archive(packed, folder)
    (signer,) = folder.glob(f"*/{name}")
    (recipient.folder / "link").symlink_to(signer.parent)
    for key in (signer, recipient.folder / "link" / name):
        for path in (signer.parent, packed):
            assert "came with a bundle" in recipient("verify", path, "--signer", key, status=2)


def test_blanks_in_the_name_of_a_document_begin_no_line_of_a_terminal(recipient):
    folder = recipient.folder / "unpacked"
    shutil.unpack_archive(recipient.bundle("b"), folder)
    (manifest,) = folder.glob("*/data/manifest.json")
    named = f"x{' ' * 73}signed by wilson"
    manifest.write_text(manifest.read_text("utf-8").replace('"document": "', f'"document": "{named}', 1), "utf-8")
    assert "in it: x signed by wilson" in recipient("verify", manifest.parents[1], status=1)
