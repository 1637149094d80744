"""Bundles put into a folder: whole, once, and never over what is somebody else's."""

import errno
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline import disk
from pipeline.distribution.deliver import Outcome, Settings, folder
from pipeline.errors import DeliveryError
from tests.support.parcels import ARTIFACTS, HOME, MANIFEST, NOW, PARCEL, SENDER, Commit, files, put


def test_a_folder_gets_the_whole_bag_once(tmp_path):
    place, written = tmp_path / PARCEL.bundle.name, []

    def look():
        (part,) = tmp_path.iterdir()
        written.append((part.stat().st_ino, set(files(part))))

    commit = Commit(look)
    assert put(folder, tmp_path, commit).outcome is Outcome.ACCEPTED
    assert written == [(place.stat().st_ino, {artifact.path for artifact in ARTIFACTS})]  # whole, and then renamed
    assert files(place) == {artifact.path: artifact.content for artifact in ARTIFACTS}
    before = place.stat().st_mtime_ns
    assert put(folder, tmp_path).outcome is Outcome.ACCEPTED
    assert place.stat().st_mtime_ns == before and commit.count == 1
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


def test_a_folder_tells_after_a_kill_whether_the_bag_arrived(tmp_path):
    digest = hashlib.sha256(MANIFEST).hexdigest()

    def asked(address=tmp_path):
        return folder.arrived(PARCEL.bundle.name, digest, str(address), Settings(HOME, SENDER, None, NOW))

    assert asked(tmp_path / "a disk taken away") is None

    class Killed(BaseException):
        pass

    def kill():
        raise Killed

    with pytest.raises(Killed):
        put(folder, tmp_path, Commit(kill))
    assert asked() is False
    settings = Settings(HOME, SENDER, None, NOW)
    assert folder.clear(PARCEL.bundle.name, str(tmp_path), settings) and not list(tmp_path.iterdir())
    assert not folder.clear(PARCEL.bundle.name, str(tmp_path / "a disk taken away"), settings)
    put(folder, tmp_path)
    assert asked() is True
    assert [path.name for path in tmp_path.iterdir()] == [PARCEL.bundle.name]
    (tmp_path / PARCEL.bundle.name).rename(tmp_path / "fetched")
    assert asked() is None  # and not sent once more


def test_a_bag_that_may_not_be_committed_leaves_nothing(tmp_path):
    def stop():
        raise DeliveryError("no")

    with pytest.raises(DeliveryError):
        put(folder, tmp_path, Commit(stop))
    assert not list(tmp_path.iterdir())


def disturbed(monkeypatch, tmp_path, step, act):
    """Have somebody who may write in the folder act on the bag once, right behind a step of making it."""
    module, name, count = step
    made, calls = getattr(module, name), []

    def watched(*words, **more):
        done = made(*words, **more)
        calls.append(name)
        if len(calls) == count:
            (part,) = tmp_path.iterdir()
            act(part)
        return done

    monkeypatch.setattr(module, name, watched)


@pytest.mark.parametrize("clear", [shutil.rmtree, lambda part: (part / "bagit.txt").unlink()], ids=["whole", "a file"])
def test_a_bag_that_others_cleared_away_while_it_was_written_is_not_delivered(tmp_path, monkeypatch, clear):
    """As a sender of another workspace does who takes it for a rest of a killed command."""
    commit = Commit()
    disturbed(monkeypatch, tmp_path, (os, "fsync", 2), clear)
    with suppress(DeliveryError):
        assert put(folder, tmp_path, commit).outcome is Outcome.FAILED
    assert not commit.count and not list(tmp_path.iterdir())


def tree(place):
    return {path: (path.stat().st_mode, path.is_file() and path.read_bytes()) for path in (place, *place.rglob("*"))}


@pytest.mark.parametrize(
    "step",
    [
        (tempfile, "mkdtemp", 1),
        *((os, "fsync", count) for count in range(1, 7)),
        *((os, "mkdir", 2 + n) for n in (0, 1)),
    ],
    ids=lambda step: f"{step[1]} {step[2]}",
)
@pytest.mark.parametrize("inside", ["", "data", "data/statement"])
def test_a_link_in_place_of_a_bag_that_is_being_made_is_not_followed(tmp_path, monkeypatch, step, inside):
    """Who may write in the partner's folder may rename the bag, and have the sender write and open another place."""
    shared, home = tmp_path / "shared", tmp_path / "home"
    for place in (shared, home / "data" / "statement", home / ".ssh"):
        place.mkdir(mode=0o700, parents=True)
    shared.chmod(0o777)
    for name in ("partners.toml", "allowed_signers", ".ssh/id_ed25519", "data/manifest.json"):
        (home / name).write_bytes(b"mine")
        (home / name).chmod(0o600)
    before = tree(home)

    def swap(part):
        if (part / inside).exists():
            os.rename(part / inside, tmp_path / "away")
            (part / inside).symlink_to(home / inside)

    disturbed(monkeypatch, shared, step, swap)
    with suppress(DeliveryError):
        put(folder, shared)
    assert tree(home) == before


def test_what_another_is_writing_into_the_folder_is_left_alone(tmp_path):
    (tmp_path / ".another.1a2b3c4d.abcdefgh.part" / "data").mkdir(parents=True)
    put(folder, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_killed_command_left_in_a_folder_is_removed(tmp_path):
    (tmp_path / f".{PARCEL.bundle.name}.abcdefgh.part" / "data").mkdir(parents=True)
    put(folder, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [PARCEL.bundle.name]


@pytest.mark.parametrize("kind", ["pipe", "link", "file", "folders without end"])
def test_what_others_put_where_a_killed_command_leaves_things_stops_no_delivery(tmp_path, kind):
    """Whoever may write in the partner's folder: a pipe is not waited for, a link not followed."""
    left, kept = tmp_path / f".{PARCEL.bundle.name}.x.part", tmp_path / "kept"
    kept.mkdir()
    (kept / "letter").write_bytes(b"mine")
    if kind == "folders without end":
        left.mkdir()
        deep = os.open(left, os.O_RDONLY)
        for _ in range(2 * sys.getrecursionlimit()):
            os.mkdir("d", dir_fd=deep)
            above, deep = deep, os.open("d", os.O_RDONLY, dir_fd=deep)
            os.close(above)
        os.close(deep)
    else:
        {"pipe": os.mkfifo, "link": lambda path: path.symlink_to(kept), "file": Path.touch}[kind](left)
    assert put(folder, tmp_path).outcome is Outcome.ACCEPTED
    assert (kept / "letter").read_bytes() == b"mine"
    shutil.rmtree(kept)
    subprocess.run(["rm", "-rf", left], check=True)  # which has no end to what it can remove


def test_a_folder_of_another_content_is_left_alone(tmp_path):
    put(folder, tmp_path)
    changed = tmp_path / PARCEL.bundle.name / "bagit.txt"
    changed.write_text("mine")
    with pytest.raises(DeliveryError, match="move it away"):
        put(folder, tmp_path)
    assert changed.read_text() == "mine"


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def as_endless(path: Path) -> None:
    os.truncate(path, 1 << 42)


@pytest.mark.parametrize("turned", [as_pipe, as_device, as_endless])
@pytest.mark.parametrize("name", ["data/manifest.json", "data/statement/statement.fa-en.pdf"])
def test_whatever_stands_in_the_place_of_a_bag_is_not_waited_for_nor_read_to_its_end(
    tmp_path, monkeypatch, turned, name
):
    put(folder, tmp_path)
    turned(tmp_path / PARCEL.bundle.name / name)
    monkeypatch.setattr(folder, "_MOST_BYTES", 1000)
    with pytest.raises(DeliveryError, match="move it away"):
        put(folder, tmp_path)
    digest = hashlib.sha256(MANIFEST).hexdigest()
    found = folder.arrived(PARCEL.bundle.name, digest, str(tmp_path), Settings(HOME, SENDER, None, NOW))
    assert found is True if name.endswith(".pdf") else not found


def test_a_place_that_is_taken_in_the_last_moment_has_not_got_the_bag(tmp_path):
    place = tmp_path / PARCEL.bundle.name
    answer = put(folder, tmp_path, Commit(lambda: (place / "data").mkdir(parents=True)))
    assert answer.outcome is Outcome.FAILED and not files(place)
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


def test_a_folder_may_be_named_from_the_workspace(tmp_path):
    (tmp_path / "paris").mkdir()
    assert put(folder, "paris", settings=Settings(tmp_path, SENDER, None, NOW)).outcome is Outcome.ACCEPTED
    assert (tmp_path / "paris" / PARCEL.bundle.name / "bagit.txt").is_file()


def test_a_missing_folder_is_not_made(tmp_path):
    commit = Commit()
    answer = put(folder, tmp_path / "stick", commit)
    assert answer.outcome is Outcome.FAILED and "attach" in answer.reason
    assert not commit.count and not list(tmp_path.iterdir())


def modes(place: Path) -> set[tuple[bool, int]]:
    """Return whether each path of a bag is a folder, and its mode."""
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (place, *place.rglob("*"))}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize(
    ("folder_mode", "file_mode"),
    [(0o755, 0o644), (0o700, 0o600), (0o750, 0o640), (0o2775, 0o644), (0o2770, 0o640), (0o711, 0o600), (0o777, 0o644)],
)
def test_a_bag_is_as_readable_as_its_folder_whatever_the_umask(tmp_path, umask, folder_mode, file_mode):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(folder_mode)
    before = os.umask(umask)
    try:
        assert put(folder, shared).outcome is Outcome.ACCEPTED
    finally:
        os.umask(before)
    assert modes(shared / PARCEL.bundle.name) == {(True, folder_mode), (False, file_mode)}


@pytest.fixture
def open_place():
    """A folder that every user can enter; those of pytest are its user's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        if not all(parent.stat().st_mode & stat.S_IXOTH for parent in Path(name).parents):
            pytest.skip("only its owner can enter a folder above those of temporary files")
        yield Path(name)


def delivered_by(user: int, groups: list[int], shared: Path) -> bool:
    """Whether a user who is a member of these groups could deliver, with a umask that keeps all from others."""
    if not (child := os.fork()):
        try:
            os.setgroups(groups)
            os.setgid(user)
            os.setuid(user)
            os.umask(0o077)
            os._exit(put(folder, shared).outcome is not Outcome.ACCEPTED)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


PARTNERS_GROUP, NOBODY = 60001, 65534


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(
    ("groups", "folder_mode", "group", "file_mode"),
    [
        ([PARTNERS_GROUP], 0o2770, PARTNERS_GROUP, 0o640),
        ([PARTNERS_GROUP], 0o770, PARTNERS_GROUP, 0o640),
        ([], 0o777, NOBODY, 0o644),
        ([], 0o773, NOBODY, 0o600),
    ],
)
def test_the_group_of_a_folder_can_read_what_a_member_delivers(open_place, groups, folder_mode, group, file_mode):
    """And a group that has no part in it can read no more than anybody."""
    shared = open_place / "shared"
    shared.mkdir()
    os.chown(shared, 0, PARTNERS_GROUP)
    shared.chmod(folder_mode)
    assert delivered_by(NOBODY, groups, shared)
    bag = shared / PARCEL.bundle.name
    owners = {(path.stat().st_uid, path.stat().st_gid) for path in (bag, *bag.rglob("*"))}
    assert owners == {(NOBODY, group)}
    assert {mode for is_folder, mode in modes(bag) if not is_folder} == {file_mode}
    others = folder_mode & 0o7 if group == NOBODY else folder_mode >> 3 & 0o7
    assert {mode >> 3 & 0o7 for is_folder, mode in modes(bag) if is_folder} == {others}


def test_nobody_can_put_a_link_into_a_bag_while_it_is_made(tmp_path, monkeypatch):
    """Until all files have their modes, the folder they are in is the sender's alone."""
    tmp_path.chmod(0o777)
    seen = []
    change = os.chmod

    def watched(path, mode):
        (part,) = tmp_path.iterdir()
        seen.append(stat.S_IMODE(part.stat().st_mode))
        change(path, mode)

    monkeypatch.setattr(os, "chmod", watched)
    put(folder, tmp_path)
    assert len(seen) > 3 and set(seen) == {0o700}


def test_a_folder_that_cannot_be_reached_is_a_failure_that_does_not_name_it(tmp_path):
    """As one below a folder that somebody has shut, which root would still enter."""
    address, settings, commit = tmp_path / ("secret" * 50), Settings(HOME, SENDER, None, NOW), Commit()
    for answer in (put(folder, address, commit), *folder.reached([str(address)], settings)):
        assert answer.outcome is Outcome.FAILED and answer.reason == "the folder cannot be reached: File name too long"
    assert folder.arrived(PARCEL.bundle.name, "0" * 64, str(address), settings) is None and not commit.count


def test_a_disk_that_does_not_flush_is_told_of_without_the_address(tmp_path, monkeypatch):
    def refused(descriptor: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refused)
    said: list[str] = []
    with disk.weaknesses_told(said.append):
        assert put(folder, tmp_path).outcome is Outcome.ACCEPTED
    assert said == [f"the folder of a partner: {disk.Weakness.FLUSH}"]


def test_nothing_is_put_below_a_disk_of_fstab_that_is_not_attached(tmp_path, monkeypatch):
    """Its folder is there and empty without it, and what is put there nobody carries to the partner."""
    stick = tmp_path / "my stick"
    (stick / "office").mkdir(parents=True)
    fstab = tmp_path / "fstab"
    fstab.write_text(f"# disks\nproc /proc proc defaults 0 0\nLABEL=x {tmp_path}/my\\040stick vfat noauto,user 0 0\n")
    monkeypatch.setattr(disk, "FSTAB", fstab)
    settings, commit = Settings(HOME, SENDER, None, NOW), Commit()
    answer = put(folder, stick / "office", commit)
    assert (answer.outcome, answer.reason) == (Outcome.FAILED, folder.DETACHED)
    assert not commit.count and not files(stick)
    (reached,) = folder.reached([str(stick / "office")], settings)
    assert reached.reason == folder.DETACHED
    assert folder.arrived(PARCEL.bundle.name, "", str(stick / "office"), settings) is None
    assert put(folder, tmp_path).outcome is Outcome.ACCEPTED
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sdb1 {tmp_path}/my\\040stick vfat rw 0 0\n")
    monkeypatch.setattr(disk, "MOUNTS", mounts)
    assert put(folder, stick / "office").outcome is Outcome.ACCEPTED


def test_nor_where_a_link_on_a_disk_that_is_attached_leads_below_it(tmp_path, monkeypatch):
    home, stick = tmp_path / "home", tmp_path / "media" / "stick"
    home.mkdir()
    (stick / "office").mkdir(parents=True)
    (tmp_path / "run").symlink_to(tmp_path / "media")
    (home / "office").symlink_to(stick / "office")
    fstab, mounts = tmp_path / "fstab", tmp_path / "mounts"
    fstab.write_text(f"LABEL=h {home} ext4 defaults 0 0\nLABEL=x {tmp_path}/run/stick vfat noauto,user 0 0\n")
    mounts.write_text(f"/dev/sda2 {home} ext4 rw 0 0\n")
    monkeypatch.setattr(disk, "FSTAB", fstab)
    monkeypatch.setattr(disk, "MOUNTS", mounts)
    assert put(folder, home / "office").reason == folder.DETACHED and not files(stick)
    assert put(folder, tmp_path / "run" / "stick" / "office").reason == folder.DETACHED
    mounts.write_text(f"/dev/sda2 {home} ext4 rw 0 0\n/dev/sdb1 {stick} vfat rw 0 0\n")
    assert put(folder, home / "office").outcome is Outcome.ACCEPTED
