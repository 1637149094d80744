"""What was changed in a bundle is named; one that may do harm is refused; nothing is unpacked."""

import base64
import hashlib
import json
import os
import random
import re
import shutil
import socket
import stat
import struct
import subprocess
import unicodedata
import warnings
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.distribution import bundle, contents, names, signing, verification, zips
from pipeline.distribution.reasons import StatedReason
from pipeline.errors import BundleError
from tests.support.bundles import SENDER, release, unpack


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> tuple[signing.Signer, signing.Signer]:
    """The sender's key, and that of somebody else."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        signing.make(folder / name)
    return signing.open(folder / "ours"), signing.open(folder / "theirs")


@pytest.fixture(scope="module")
def made(tmp_path_factory, keys) -> bundle.Bundle:
    folder = tmp_path_factory.mktemp("files")
    return bundle.make([release(folder), release(folder, lang="fr")], "en", SENDER, replaces={}, sign=keys[0])


@pytest.fixture
def folder(made, tmp_path) -> Path:
    return unpack(made, tmp_path)


@pytest.fixture
def packed(made, tmp_path) -> Path:
    path = tmp_path / f"{made.name}.zip"
    path.write_bytes(bundle.zipped(made))
    return path


def problems(path: Path, signers: bytes | None = None) -> list[str]:
    return list(verification.verify(path, signers, "signers").problems)


def test_a_whole_bundle_is_found_whole_as_zip_as_folder_and_packed_anew(packed, folder, keys, tmp_path):
    again = shutil.make_archive(str(tmp_path / "again"), "zip", folder.parent, folder.name)
    for path in (packed, folder, Path(again)):
        report = verification.verify(path, signing.allowed("office@sender.example", keys[0].public).encode(), "signers")
        assert (report.problems, report.signer) == ((), "office@sender.example")
        assert report.fingerprint == keys[0].fingerprint and len(report.manifest["documents"]) == 2


def test_every_single_file_is_missed_and_every_changed_byte_seen(folder):
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = str(path.relative_to(folder)), path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert any(name in problem for problem in problems(folder)), f"{name}: a changed byte was not seen"
        path.unlink()
        if name == "bagit.txt":
            with pytest.raises(BundleError, match=r"no bagit\.txt"):
                problems(folder)
        else:
            assert any(problem.startswith(name) for problem in problems(folder)), f"{name} was not missed"
        path.write_bytes(content)
    assert problems(folder) == []


def test_what_was_added_is_named(folder):
    (folder / "data" / "extra.pdf").write_bytes(b"x")
    (folder / "run.sh").write_bytes(b"x")
    assert problems(folder) == [
        "data/extra.pdf: not listed in manifest-sha256.txt; it did not come from the sender",
        "run.sh: not listed in tagmanifest-sha256.txt; it did not come from the sender",
        "data/extra.pdf: not listed in data/manifest.json; it did not come from the sender",
    ]


TAG_LISTS = ("tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig")


def resum(folder: Path, key: signing.Signer | None = None) -> None:
    """Write the sums anew, as an attacker would; with a key, sign them too."""
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    for name, wanted in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {file}\n"
            for file, path in files.items() if file.startswith("data/") == wanted and file not in TAG_LISTS
        ]  # fmt: skip
        (folder / name).write_text("".join(lines))
    if key:
        (folder / "tagmanifest-sha256.txt.sig").write_bytes(key((folder / "tagmanifest-sha256.txt").read_bytes()))


def forge(folder: Path) -> None:
    """Replace a PDF and put all sums right."""
    pdf = next(folder.glob("data/*/*.fa-en.pdf"))
    pdf.write_bytes(b"%PDF-1.7 forged")
    manifest = folder / "data" / "manifest.json"
    table = json.loads(manifest.read_text())
    for file in table["files"]:
        if file["path"] == str(pdf.relative_to(folder)):
            file |= {"bytes": len(pdf.read_bytes()), "sha256": hashlib.sha256(pdf.read_bytes()).hexdigest()}
    manifest.write_text(json.dumps(table))
    resum(folder)


def test_a_forger_who_corrects_all_sums_fails_at_the_signatures(folder):
    forge(folder)
    found = problems(folder)
    assert [problem.split(":")[0] for problem in found] == ["manifest.json.sig", "tagmanifest-sha256.txt.sig"]
    assert all("the signature does not fit what was signed" in problem for problem in found)


def test_a_bundle_signed_with_a_key_that_others_can_forge_is_not_in_order(tmp_path):
    key = tmp_path / "weak"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "1024", "-N", "", "-C", "", "-f", key], check=True)
    public = key.with_name("weak.pub").read_bytes()
    sign = signing.Signer(key, public.decode().strip())
    made = bundle.make([release(tmp_path / "files")], "en", SENDER, replaces={}, sign=sign)
    report = verification.verify(unpack(made, tmp_path), public)
    assert report.signer and "1024 bits" in " ".join(report.problems) and len(report.problems) == 1


def test_a_forger_with_a_key_of_their_own_fails_where_ours_is_known(folder, keys):
    ours, theirs = keys
    forge(folder)
    manifest = folder / "data" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"signer": theirs.fingerprint}))
    (folder / "signer.pub").write_text(f"{theirs.public}\n")
    (folder / "allowed_signers").write_text(signing.allowed("office@sender.example", theirs.public))
    (folder / "manifest.json.sig").write_bytes(theirs(manifest.read_bytes()))
    resum(folder, theirs)
    report = verification.verify(folder)
    assert (report.problems, report.fingerprint, report.signer) == ((), theirs.fingerprint, "")
    for trusted in (ours.public, signing.allowed("office@sender.example", ours.public)):
        assert problems(folder, trusted.encode()) == [
            f"signed with {theirs.fingerprint}, which is none of the keys in signers"
        ]


def test_keys_that_disagree_are_told(folder, keys):
    ours, theirs = keys
    (folder / "signer.pub").write_text(f"{theirs.public}\n")
    resum(folder, ours)
    assert problems(folder) == [f"signer.pub: not the key that signed ({ours.fingerprint}) alone"]
    (folder / "signer.pub").write_text(f"{ours.public}\n")
    (folder / "manifest.json.sig").write_bytes(theirs((folder / "data" / "manifest.json").read_bytes()))
    resum(folder, ours)
    assert problems(folder) == ["its signatures are of different keys"]
    (folder / "allowed_signers").write_text(signing.allowed("office@sender.example", theirs.public))
    (folder / "signer.pub").write_text(f"{theirs.public}\n")
    resum(folder, theirs)
    assert problems(folder) == [
        f"data/manifest.json: names another key than the one that signed ({theirs.fingerprint})"
    ]


def test_the_manifest_is_compared_too(tmp_path):
    folder = unpack(bundle.make([release(tmp_path)], "en", SENDER, replaces={}, sign=None), tmp_path)
    letter = folder / "data" / "letter.txt"
    letter.write_bytes(letter.read_bytes() + b"PS: send money")
    resum(folder)
    (problem,) = problems(folder)
    assert problem.startswith("data/letter.txt: not the file that data/manifest.json lists")


def test_a_bundle_stripped_of_its_signature_is_noticed(folder, keys):
    for name in ("manifest.json.sig", "tagmanifest-sha256.txt.sig"):
        (folder / name).unlink()
    resum(folder)
    assert problems(folder) == ["manifest.json.sig: missing; the manifest says it was signed"]
    assert problems(folder, keys[0].public.encode())[-1] == "not signed, and so by none of the keys in signers"


def test_an_unsigned_bundle_is_whole_but_for_those_who_trust_a_key(tmp_path, keys):
    made = bundle.make([release(tmp_path)], "en", SENDER, replaces={}, sign=None)
    folder = unpack(made, tmp_path)
    assert problems(folder) == []
    assert problems(folder, keys[0].public.encode()) == ["not signed, and so by none of the keys in signers"]


def entry(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.external_attr = mode << 16
    return found


def zipped(*entries: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    opened = BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(opened, "w", method) as archive:
        archive.writestr("b/bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        for name, content in entries:
            archive.writestr(name, content, method)
    return opened.getvalue()


def overlapping() -> bytes:
    """A zip of a thousand names for one file of 100 kB: its directory is written twice over the same bytes."""
    whole = zipped(("b/data/a", os.urandom(100_000)))
    end = whole.rfind(b"PK\5\6")
    count, length, offset = struct.unpack_from("<HII", whole, end + 10)
    directory = whole[offset:end]
    last = directory[directory.rfind(b"PK\1\2") :]
    many = b"".join(last.replace(b"b/data/a", f"b/data/{chr(97 + n)}".encode()) for n in range(1, 9))
    record = whole[end : end + 8] + struct.pack("<HHIIH", count + 8, count + 8, length + len(many), offset, 0)
    return whole[:offset] + directory + many + record


def large() -> bytes:
    """A zip with the marks of more than 4 GB, which Python reads and other programs do not."""
    whole = zipped()
    end = whole.rfind(b"PK\5\6")
    count, length, offset = struct.unpack_from("<HII", whole, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    return whole[:end] + record + locator + whole[end:]


DANGEROUS = {
    "zip64": (large, "a zip of the large kind (zip64)"),
    "absolute": (lambda: zipped(("/etc/passwd", b"x")), "is an absolute path"),
    "parent": (lambda: zipped(("b/data/../../../x", b"x")), "leads out of the bundle (..)"),
    "backslash": (lambda: zipped(("b\\..\\x", b"x")), "has \\ in its name"),
    "drive": (lambda: zipped(("C:x", b"x")), "has : in its name"),
    "dot": (lambda: zipped(("b/./x", b"x")), "is not a plain path"),
    "empty part": (lambda: zipped(("b//x", b"x")), "is not a plain path"),
    "parent folder": (lambda: zipped(("b/../", b"")), "leads out of the bundle"),
    "control character": (lambda: zipped(("b/\x1b[2Jx", b"x")), "invisible characters"),
    "right-to-left override": (lambda: zipped(("b/\u202efdp.exe", b"x")), "invisible characters"),
    "nul": (lambda: zipped(("b/dataX", b"x")).replace(b"dataX", b"dat\0X"), "invisible characters"),
    "symbolic link": (lambda: zipped((entry("b/data/x", stat.S_IFLNK | 0o777), b"/etc/passwd")), "is a link or a device"),
    "device": (lambda: zipped((entry("b/data/x", stat.S_IFCHR | 0o666), b"")), "is a link or a device"),
    "twice": (lambda: zipped(("b/data/x", b"1"), ("b/data/x", b"2")), "is in it twice"),
    "capitals": (lambda: zipped(("b/data/x", b"1"), ("b/data/X", b"2")), "are one file on some systems"),
    "accents": (lambda: zipped(("b/data/é", b"1"), ("b/data/e\u0301", b"2")), "are one file on some systems"),
    "file in file": (lambda: zipped(("b/data/x", b"1"), ("b/data/x/y", b"2")), "lies in a file"),
    "deep": (lambda: zipped((f"b/{'d/' * 20}x", b"1")), "is too long or too deep"),
    "long": (lambda: zipped((f"b/{'d' * 2000}", b"1")), "is too long or too deep"),
    "packed oddly": (lambda: zipped(("b/data/x", b"1"), method=zipfile.ZIP_LZMA), "is packed in a way no bundle is"),
    "bomb": (lambda: zipped(("b/data/x", bytes(20_000_000)), method=zipfile.ZIP_DEFLATED), "as in a zip bomb"),
    "overlapping bomb": (overlapping, "overlaps another, as in a zip bomb"),
    "too many": (lambda: zipped(*((f"b/data/{n}", b"") for n in range(10_001))), "more than 10,000 files"),
    "prefix": (lambda: b"#!/bin/sh\nexit\n" + zipped(("b/data/x", b"1")), "something before the first"),
    "no bag": (lambda: zipped(("c/x", b"1")), "no bagit.txt"),
    "no zip": (lambda: b"%PDF-1.7", "not a zip, nor a folder"),
    "empty": (lambda: b"", "not a zip, nor a folder"),
    "end alone": (lambda: b"PK\5\6" + bytes(17), "not a zip, nor a folder"),
    "cut off": (lambda: zipped(("b/data/x", bytes(9000)))[-60:], "refused"),
}  # fmt: skip


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_dangerous_bundle_is_refused_and_nothing_is_written(name, tmp_path, monkeypatch):
    content, fault = DANGEROUS[name]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = tmp_path / "bundle.zip"
    path.write_bytes(content())
    with pytest.raises(BundleError) as caught:
        verification.verify(path)
    assert (
        fault in str(caught.value)
        and str(caught.value).startswith("bundle.zip: refused")
        and str(caught.value).isprintable()
    )
    assert sorted(tmp_path.iterdir()) == [path, temporary] and not list(temporary.iterdir())


def test_an_encrypted_file_is_refused(tmp_path):
    content = bytearray(zipped(("b/data/x", b"1")))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.rfind(mark) + at] |= 1
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BundleError, match="is encrypted"):
        verification.verify(tmp_path / "b.zip")


def test_damage_in_a_zip_is_named(packed, made):
    content = packed.read_bytes()
    packed.write_bytes(content.replace(b"%PDF-1.7 2016-10-statement en", b"%PDF-1.7 2016-10-statement xx"))
    assert any("fa-en.pdf: damaged in the zip" in problem for problem in problems(packed))


def test_a_size_that_lies_is_not_believed(tmp_path):
    content = bytearray(zipped(("b/data/x", bytes(3_000_000)), method=zipfile.ZIP_DEFLATED))
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", content, content.rfind(mark) + at, 100)
    (tmp_path / "b.zip").write_bytes(content)
    report = verification.verify(tmp_path / "b.zip")
    assert report.size < 1000 and any("data/x: damaged" in problem for problem in report.problems)


def test_no_damage_whatever_makes_it_crash(packed, folder, tmp_path):
    dice = random.Random(8)
    deflated = Path(shutil.make_archive(str(tmp_path / "deflated"), "zip", folder.parent, folder.name)).read_bytes()
    kinds = set()
    for whole in [packed.read_bytes(), deflated] * 60:
        content = bytearray(whole)
        for _ in range(dice.choice((1, 2, 8))):
            first = 0 if dice.random() < 0.4 else len(content) * 3 // 4  # where the directory is
            content[dice.randrange(first, len(content))] = dice.randrange(256)
        packed.write_bytes(content)
        try:
            kinds.add("matches" if not problems(packed) else "problems")
        except BundleError:
            kinds.add("refused")
    assert {"problems", "refused"} <= kinds


@pytest.mark.parametrize("kind", ["link", "folder link", "pipe", "socket"])
def test_a_folder_with_anything_but_files_is_refused(kind, folder, tmp_path, monkeypatch):
    place = folder / "data" / "x"
    if kind == "link":
        place.symlink_to("/etc/hostname")
    elif kind == "folder link":
        place.symlink_to(tmp_path)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        monkeypatch.chdir(folder / "data")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("x")
    with pytest.raises(BundleError, match="is a link or a device"):
        verification.verify(folder)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BundleError, match="neither a file nor a folder"):
        verification.verify(tmp_path / "pipe")


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "null", "[]", "{}", '{"files": 3}', '{"schema_version": 1, "files": [{"path": 1}], "documents": []}',
             '{"schema_version": 2, "files": [], "documents": []}', '{"schema_version": 1, "files": [], "documents": [3]}', "\xff",
             '{"schema_version": 1, "files": [], "documents": [], "documents": []}', '{"schema_version": 1, "files": [], "documents": [], "serial": NaN}'],
)  # fmt: skip
def test_a_manifest_that_is_none_is_a_problem_and_no_crash(text, folder):
    (folder / "data" / "manifest.json").write_bytes(text.encode("latin-1"))
    found = problems(folder)
    assert "data/manifest.json: not a manifest this version of pipeline can read" in found
    assert not any("names another key" in problem for problem in found)


@pytest.mark.parametrize("key", ["document", "language", "origin"])
def test_a_manifest_with_half_a_character_is_a_problem_and_no_crash(key, folder, keys):
    """Signed by a sender who is trusted, too."""
    manifest = folder / "data" / "manifest.json"
    table = json.loads(manifest.read_text())
    table["documents"][0][key] = "\ud800"
    manifest.write_text(json.dumps(table))
    (folder / "manifest.json.sig").write_bytes(keys[0](manifest.read_bytes()))
    resum(folder, keys[0])
    assert f"{contents.MANIFEST}: not a manifest this version of pipeline can read" in problems(folder)


def test_sums_that_are_none_have_their_line(folder):
    sums = folder / "manifest-sha256.txt"
    lines = sums.read_text().splitlines()
    sums.write_text("\n".join([lines[0], *lines, "nonsense", f"{'0' * 64}  ../../etc/passwd"]))
    found = problems(folder)
    assert "manifest-sha256.txt:2: listed twice" in found
    assert f"manifest-sha256.txt:{len(lines) + 2}: not a sum and a path" in found
    assert "../../etc/passwd: listed in manifest-sha256.txt, but missing" in found


def test_what_was_added_behind_a_zip_is_noticed(packed, tmp_path):
    longer = tmp_path / "longer.zip"
    longer.write_bytes(packed.read_bytes() + b"more")
    with pytest.raises(BundleError, match="something was added behind its end"):
        verification.verify(longer)


def refused(content: bytes, tmp_path) -> str:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BundleError) as caught:
        verification.verify(tmp_path / "b.zip")
    return str(caught.value)


def accepted(content: bytes, tmp_path) -> verification.Report:
    (tmp_path / "b.zip").write_bytes(content)
    return verification.verify(tmp_path / "b.zip")


def test_what_is_just_within_the_bounds_is_read(tmp_path):
    deepest = f"b/{'d/' * names.MAX_DEPTH}"[: -len("d/")]
    report = accepted(zipped((f"{deepest}x", b"1"), (f"b/{'n' * (names.MAX_PATH_BYTES - 2)}", b"2")), tmp_path)
    assert (report.files, report.size) == (3, 56)
    assert "is too long or too deep" in refused(zipped((f"{deepest}d/d/x", b"1")), tmp_path)
    assert "is too long or too deep" in refused(zipped((f"b/{'n' * (names.MAX_PATH_BYTES - 1)}", b"2")), tmp_path)
    small = bytes(zips.RATIO_FREE)
    assert accepted(zipped(("b/data/x", small), method=zipfile.ZIP_DEFLATED), tmp_path).size > zips.RATIO_FREE
    assert "as in a zip bomb" in refused(zipped(("b/data/x", small + b"\0"), method=zipfile.ZIP_DEFLATED), tmp_path)


def test_a_letter_to_a_machine_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "MAX_KEPT", 1000)
    assert accepted(zipped(("b/data/manifest.json", b"x" * 1000)), tmp_path).files == 2
    assert "larger than 1,000 bytes" in refused(zipped(("b/data/manifest.json", b"x" * 1001)), tmp_path)


def test_a_bundle_has_a_limit_in_all(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "MAX_BYTES", 60)
    assert accepted(zipped(("b/data/x", b"x" * 6)), tmp_path).size == 60
    assert "more than 60 bytes" in refused(zipped(("b/data/x", b"x" * 7)), tmp_path)


def test_a_bag_may_lie_in_no_folder_or_in_one(folder, tmp_path):
    flat = shutil.make_archive(str(tmp_path / "flat"), "zip", folder)
    report = verification.verify(Path(flat))
    assert report.problems == () and report.files == sum(path.is_file() for path in folder.rglob("*"))
    assert report.size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_bag_of_another_version_is_noticed(folder, keys):
    (folder / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    resum(folder, keys[0])
    assert problems(folder) == ["bagit.txt: not that of a bag of version 1.0 in UTF-8"]


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt", "data/manifest.json"])
def test_a_list_that_is_missing_is_told_and_the_others_are_compared(name, folder):
    (folder / name).unlink()
    (folder / "data" / "letter.txt").write_bytes(b"x")
    found = problems(folder)
    assert f"{name}: missing" in found
    lists = {"manifest-sha256.txt", "data/manifest.json"} - {name}
    assert all(
        any(told.startswith(f"data/letter.txt: not the file that {one} lists") for told in found) for one in lists
    )


def test_sums_may_be_written_in_capitals_and_with_a_star(tmp_path):
    folder = unpack(bundle.make([release(tmp_path)], "en", SENDER, replaces={}, sign=None), tmp_path)
    lines = (folder / "tagmanifest-sha256.txt").read_text().splitlines()
    (folder / "tagmanifest-sha256.txt").write_text("".join(f"{line[:64].upper()} *{line[66:]}\n" for line in lines))
    assert problems(folder) == []


def test_a_size_that_the_manifest_states_wrongly_is_noticed(tmp_path):
    folder = unpack(bundle.make([release(tmp_path)], "en", SENDER, replaces={}, sign=None), tmp_path)
    manifest = folder / "data" / "manifest.json"
    table = json.loads(manifest.read_text())
    table["files"][0]["bytes"] += 1
    manifest.write_text(json.dumps(table))
    resum(folder)
    (problem,) = problems(folder)
    assert problem.startswith(f"{table['files'][0]['path']}: not the file that data/manifest.json lists")


@pytest.mark.parametrize("name", ["manifest.json.sig", "tagmanifest-sha256.txt.sig"])
def test_one_signature_of_two_is_too_few(name, folder, keys):
    (folder / name).unlink()
    resum(folder, None if name.startswith("tag") else keys[0])
    report = verification.verify(folder, keys[0].public.encode(), "signers")
    assert (report.problems, report.fingerprint, report.signer) == ((f"{name}: missing",), "", "")


@pytest.mark.parametrize("name", ["signer.pub", "allowed_signers"])
def test_another_key_beside_the_one_that_signed_is_noticed(name, folder, keys):
    """Whoever has compared one fingerprint, and trusts the file, would trust both."""
    with (folder / name).open("a") as file:
        file.write(f"{keys[1].public} office@another.example\n")
    resum(folder, keys[0])
    assert problems(folder) == [f"{name}: not the key that signed ({keys[0].fingerprint}) alone"]


def test_without_the_public_key_beside_it_that_is_noticed(folder, keys):
    (folder / "signer.pub").unlink()
    resum(folder, keys[0])
    assert problems(folder) == [f"signer.pub: not the key that signed ({keys[0].fingerprint}) alone"]


def test_a_folder_that_is_too_deep_is_refused_before_it_is_read(folder):
    place = folder.joinpath(*"d" * names.MAX_DEPTH)
    place.mkdir(parents=True)
    (place.parent / "x").write_bytes(b"1")
    with pytest.raises(BundleError, match="lies deeper than 10 folders"):
        verification.verify(folder)
    place.rmdir()
    assert any("not listed" in told for told in problems(folder))


def test_what_is_not_there_is_told_with_its_path(tmp_path):
    with pytest.raises(BundleError, match="gone: No such file or directory; check that it exists and can be read"):
        verification.verify(tmp_path / "gone")


def test_folders_in_a_zip_are_no_files(tmp_path):
    assert accepted(zipped(("b/data/", b""), (entry("b/data/x/", 0o040755), b"")), tmp_path).files == 1


def test_of_a_file_without_rights_nothing_is_asked(tmp_path):
    assert accepted(zipped((entry("b/data/x", 0), b"1")), tmp_path).files == 2


ADDED = ("page.html", "data/page.html", "data/2016-10-statement/second.pdf", "autorun.inf", "manifest-md5.txt",
         "data.txt", "signer.pub.sig", "tagmanifest-sha256.txt.sig.sig", ".hidden", "fetch.txt")  # fmt: skip


@pytest.mark.parametrize("name", ADDED)
def test_whatever_is_added_is_noticed_though_all_sums_are_right(name, folder, keys):
    (folder / name).write_bytes(b"<html>")
    assert any(problem.startswith(f"{name}: not listed in") for problem in problems(folder))
    resum(folder)
    assert any("signature does not fit" in problem for problem in problems(folder, keys[0].public.encode()))


ALTERED = {
    "bag-info.txt": lambda said: said.replace(b"answers@", b"enemy@"),
    "allowed_signers": lambda said: said + b"enemy ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILSCkeA\n",
    "signer.pub": lambda said: said + b"#",
    "bagit.txt": lambda said: said + b"\n",
    "manifest-sha256.txt": lambda said: said + b"0" * 64 + b"  data/x\n",
    "data/letter.html": lambda said: said.replace(b"answers@", b"enemy@"),
    "data/metadata.xml": lambda said: said + b"<!-- -->",
}


@pytest.mark.parametrize("name", ALTERED)
def test_no_file_can_be_altered_though_all_sums_are_right(name, folder):
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(ALTERED[name](content))
    assert (folder / name).read_bytes() != content
    if not name.startswith("manifest"):
        resum(folder)
    else:
        tags = folder / "tagmanifest-sha256.txt"
        sums = [hashlib.sha256(text).hexdigest() for text in (content, (folder / name).read_bytes())]
        tags.write_text(tags.read_text().replace(*sums))
    assert "tagmanifest-sha256.txt.sig: the signature does not fit" in " ".join(problems(folder))


@pytest.mark.parametrize("change", [lambda text: text + b"\n", lambda text: b" " + text, lambda text: text.replace(b"\n", b"\r\n"),
                                    lambda text: text.replace(b"NATURE-----\nU", b"NATURE-----\n\nU")])  # fmt: skip
def test_the_signature_itself_can_hold_nothing_else(change, folder):
    place = folder / "tagmanifest-sha256.txt.sig"
    place.write_bytes(change(place.read_bytes()))
    assert problems(folder)[0] == f"{place.name}: more than a signature, or not as ssh-keygen writes it"


def test_a_folder_with_nothing_in_it_did_not_come_from_the_sender(folder, tmp_path):
    (folder / "data" / "evil" / "deeper").mkdir(parents=True)
    told = "a folder with nothing in it; it did not come from the sender"
    assert problems(folder) == [f"data/evil: {told}", f"data/evil/deeper: {told}"]
    packed = shutil.make_archive(str(tmp_path / "again"), "zip", folder.parent, folder.name)
    assert problems(Path(packed)) == problems(folder)


@pytest.mark.parametrize(
    "name", ["Data/x", "DATA/2016-10-statement/x", "data/2016-10-STATEMENT/x", "Signer.pub", "data/LETTER.txt"]
)
def test_a_second_spelling_of_a_folder_or_file_is_refused(name, folder):
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"x")
    with pytest.raises(BundleError, match="are one file on some systems"):
        verification.verify(folder)


@pytest.mark.parametrize("name", ["data./x", "signer.pub.", "data/con.txt", "data /x", "a:b", "data/letter.txt "])
def test_a_name_that_windows_takes_for_another_is_refused(name, folder):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"x")
    with pytest.raises(BundleError, match="refused"):
        verification.verify(folder)


def test_the_copy_of_a_mac_is_the_same_bundle_and_that_is_said(tmp_path, keys):
    made = bundle.make([release(tmp_path, "déclaration-é")], "en", SENDER, replaces={}, sign=keys[0])
    folder = unpack(made, tmp_path / "ours")
    mac = tmp_path / "mac"
    for path in folder.rglob("*"):
        if path.is_file():
            place = mac / unicodedata.normalize("NFD", str(path.relative_to(folder.parent)))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    for bag in (mac, next(mac.iterdir())):
        report = verification.verify(bag, keys[0].public.encode(), "signers")
        assert report.problems == () and report.signer
        assert len(report.remarks) == 2 and all("another form of Unicode" in remark for remark in report.remarks)
    assert verification.verify(folder).remarks == ()
    pdf = next(mac.glob("*/data/*/*.pdf"))
    pdf.with_name(unicodedata.normalize("NFC", pdf.name)).write_bytes(b"evil")
    with pytest.raises(BundleError, match="are one file on some systems"):
        verification.verify(mac)


def test_documents_whose_names_meet_on_some_systems_make_a_bundle_that_is_in_order(tmp_path, keys):
    ids = ("Call", "cALL", "a b", "a-b", "manifest.json", "letter.txt", "é", "e\u0301", "straße", "STRASSE", "Com¹")
    found = [release(tmp_path / str(number), id) for number, id in enumerate(ids)]
    made = bundle.make(found, "en", SENDER, replaces={}, sign=keys[0])
    (tmp_path / "b.zip").write_bytes(bundle.zipped(made))
    report = verification.verify(tmp_path / "b.zip", keys[0].public.encode(), "signers")
    assert (report.problems, report.remarks, report.files) == ((), (), len(made.artifacts))
    assert len({artifact.path.split("/")[1] for artifact in made.artifacts if artifact.path.endswith(".pdf")}) == len(
        ids
    )


def line(made: bundle.Bundle) -> str:
    """Return the line of the letter that checks it."""
    return next(line for line in made.letter.text.splitlines() if line.startswith(("ssh-keygen", "sha256sum")))


@pytest.mark.parametrize("summing", ["sha256sum", "shasum -a 256"])
def test_no_name_in_a_bundle_can_write_over_what_the_line_in_the_letter_shows(summing, folder, made, tmp_path):
    """A forger signs with a key of their own, and has the terminal show another one; shasum says names as they are."""
    other = tmp_path / "other"
    signing.make(other)
    sign = signing.open(other)
    sums = folder / "tagmanifest-sha256.txt"
    sums.write_bytes(sums.read_bytes() + b"0" * 64 + b'  \x1b[1A\x1b[2KGood "pipeline" signature: SHA256:ours\n')
    (folder / f"{sums.name}.sig").write_bytes(sign(sums.read_bytes()))
    (folder / "allowed_signers").write_text(signing.allowed(SENDER.address, sign.public))
    typed = re.sub(r"\bsha256sum\b", summing, line(made))
    done = subprocess.run(["sh", "-c", typed], cwd=folder, capture_output=True, text=True)
    assert sign.fingerprint in done.stdout and "SHA256:ours" not in done.stdout and done.stdout.count("\n") == 1
    assert "\x1b" not in done.stdout + done.stderr


def test_the_line_in_the_letter_says_so_where_there_is_nothing_to_sum_with(folder, made, tmp_path):
    """As on many a Mac: nothing else would tell such a bundle from one that was altered."""
    for name in ("ssh-keygen", "find", "wc"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        ["/bin/sh", "-c", line(made)], cwd=folder, capture_output=True, text=True, env={"PATH": str(tmp_path)}
    )
    assert "sha256sum" in done.stderr and "nothing added" not in done.stdout


@pytest.mark.parametrize("is_signed", [True, False])
def test_the_line_in_the_letter_notices_what_is_added_altered_and_missing(is_signed, folder, made, tmp_path):
    if not is_signed:
        made = bundle.make([release(tmp_path / "files")], "en", SENDER, replaces={}, sign=None)
        folder = unpack(made, tmp_path / "unsigned")

    def said() -> str:
        done = subprocess.run(["sh", "-c", line(made)], cwd=folder, capture_output=True, text=True)
        assert (done.returncode == 0) == (done.stdout.splitlines()[-1:] == ["nothing added"])
        return "whole" if done.returncode == 0 else "not"

    assert said() == "whole"
    (folder / "empty").mkdir()
    assert said() == "whole"  # the letter does not claim to see that
    for name in ("autorun.inf", "data/page.html", ".hidden", "Data/x", "a\nb"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
        assert said() == "not", name
        (folder / name).unlink()
    (folder / "link").symlink_to("/etc/hostname")
    assert said() == "not"
    (folder / "link").unlink()
    (folder / "loop").symlink_to(".")  # `find` cannot say what is in it
    assert said() == "not"
    (folder / "loop").unlink()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "tagmanifest-sha256.txt"):
        content = path.read_bytes()
        path.write_bytes(content + b"x")
        assert said() == "not" or path.name.endswith("tagmanifest-sha256.txt.sig"), path
        path.unlink()
        assert said() == "not", path
        path.write_bytes(content)
    assert said() == "whole"


@pytest.mark.skipif(os.geteuid() == 0, reason="root lists every folder")
def test_what_cannot_be_listed_makes_no_room_for_other_files_in_the_line_in_the_letter(folder, made):
    """A zip keeps the rights of a folder: unzip and bsdtar give it those."""
    shut = folder / "data" / "2016-10-statement"
    for path in list(shut.iterdir()):
        (folder / path.name).write_bytes(b"forged")
    shut.chmod(0o111)
    try:
        done = subprocess.run(["sh", "-c", line(made)], cwd=folder, capture_output=True, text=True)
    finally:
        shut.chmod(0o700)
    assert done.returncode and "nothing added" not in done.stdout and not done.stderr


def test_each_bit_that_is_flipped_in_a_bundle_is_noticed_or_changes_nothing(packed, made, keys):
    dice = random.Random(11)
    whole = packed.read_bytes()
    trusted = keys[0].public.encode()
    kinds = Counter()
    for place in dice.sample(range(len(whole)), 40):
        content = bytearray(whole)
        content[place] ^= 1 << dice.randrange(8)
        packed.write_bytes(content)
        try:
            report = verification.verify(packed, trusted, "signers")
        except BundleError:
            kinds["refused"] += 1
            continue
        kinds["problems" if report.problems else "unchanged"] += 1
        if not report.problems:
            with zipfile.ZipFile(packed) as archive:
                found = {name: archive.read(name) for name in archive.namelist()}
            assert found == {f"{made.name}/{artifact.path}": artifact.content for artifact in made.artifacts}
    assert kinds["refused"] and kinds["problems"]


def test_the_folder_in_a_zip_is_called_as_the_sender_called_it(made, tmp_path):
    """Its name says whether it is a draft or a withdrawal, and where it is unpacked to."""
    for name in (".config", made.name.replace("2016", "2017"), made.name[:-1]):
        path = tmp_path / "b.zip"
        path.write_bytes(bundle.zipped(replace(made, name=name)))
        assert problems(path) == [f"its folder is called {name}, and not {made.name}, as the sender called it"]


@pytest.mark.parametrize("changes", [{"kind": "withdrawal", "reason": StatedReason("x")}, {"drafts": True}, {}])
def test_every_kind_of_bundle_is_called_as_its_manifest_says(changes, tmp_path):
    is_draft = changes.pop("drafts", False)
    found = [release(tmp_path, document, is_draft=is_draft) for document in ("b", "a é", "a", "é")]
    made = bundle.make(found, "en", SENDER, replaces={}, sign=None, **changes)
    (tmp_path / "b.zip").write_bytes(bundle.zipped(made))
    assert problems(tmp_path / "b.zip") == []


@pytest.mark.parametrize("name", [contents.SUMS, contents.TAG_SUMS])
def test_a_list_longer_than_a_bundle_can_be_is_not_gone_through(name, folder):
    (folder / name).write_bytes(b"\n" * (zips.MAX_FILES + 1))
    with pytest.raises(BundleError, match="refused: more than 10,000 lines"):
        problems(folder)


@pytest.mark.parametrize("name", ["manifest.json.sig", "tagmanifest-sha256.txt.sig"])
def test_a_signature_larger_than_one_can_be_keeps_nobody_waiting(name, folder):
    """ssh-keygen takes half a minute for one of 10 MB, which a zip holds in a hundredth of that."""
    packed = base64.encodebytes(b"SSHSIG\0\0\0\1" + (8_000_000).to_bytes(4, "big") + b"\xff" * 8_000_000)
    (folder / name).write_bytes(b"-----BEGIN SSH SIGNATURE-----\n" + packed + b"-----END SSH SIGNATURE-----\n")
    with pytest.raises(BundleError, match=f"{name}: refused: larger than 100,000 bytes"):
        problems(folder)


@pytest.mark.parametrize("key", ["files", "documents"])
def test_a_manifest_of_more_than_a_bundle_can_have_is_refused(key, folder):
    path = folder / contents.MANIFEST
    table = json.loads(path.read_bytes())
    path.write_text(json.dumps(table | {key: [{}] * (zips.MAX_FILES + 1)}))
    with pytest.raises(BundleError, match="more than 10,000 files or documents"):
        problems(folder)
