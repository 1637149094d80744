"""Bundles put into a folder: whole, once, and never over what is somebody else's."""

import hashlib

import pytest

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

    assert asked() is False and asked(tmp_path / "a disk taken away") is None

    class Killed(BaseException):
        pass

    def kill():
        raise Killed

    with pytest.raises(Killed):
        put(folder, tmp_path, Commit(kill))
    assert asked() is False and not list(tmp_path.iterdir())
    put(folder, tmp_path)
    assert asked() is True


def test_what_a_killed_command_left_in_a_folder_is_removed(tmp_path):
    (tmp_path / ".bundle.abcdefgh.part" / "data").mkdir(parents=True)
    put(folder, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [PARCEL.bundle.name]


def test_a_folder_of_another_content_is_left_alone(tmp_path):
    put(folder, tmp_path)
    changed = tmp_path / PARCEL.bundle.name / "bagit.txt"
    changed.write_text("mine")
    with pytest.raises(DeliveryError, match="move it away"):
        put(folder, tmp_path)
    assert changed.read_text() == "mine"


def test_a_folder_may_be_named_from_the_workspace(tmp_path):
    (tmp_path / "paris").mkdir()
    assert put(folder, "paris", settings=Settings(tmp_path, SENDER, None, NOW)).outcome is Outcome.ACCEPTED
    assert (tmp_path / "paris" / PARCEL.bundle.name / "bagit.txt").is_file()


def test_a_missing_folder_is_not_made(tmp_path):
    commit = Commit()
    answer = put(folder, tmp_path / "stick", commit)
    assert answer.outcome is Outcome.FAILED and "attach" in answer.reason
    assert not commit.count and not list(tmp_path.iterdir())
