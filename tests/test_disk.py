"""Only files are read, up to a limit: nothing waits for a pipe or fills the memory from a device."""

import os
from pathlib import Path

import pytest

from pipeline import disk


def test_a_file_is_cut_off_after_the_limit(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(b"abcdef")
    assert disk.read(path, 4) == b"abcd"
    assert disk.read(path, 9) == b"abcdef"


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="a pipe or a device, not a file"):
        disk.read(tmp_path / "pipe", 4)


def test_a_device_is_refused():
    with pytest.raises(OSError, match="a pipe or a device, not a file"):
        disk.read(Path("/dev/zero"), 4)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(OSError, match="Is a directory"):
        disk.read(tmp_path, 4)


def test_rights_are_given_where_a_disk_knows_any(tmp_path):
    path = tmp_path / "letter.txt"
    path.touch(0o644)
    disk.permit(path, 0o600)
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open() as file:
        disk.permit(file.fileno(), 0o640)
    assert path.stat().st_mode & 0o777 == 0o640
    disk.permit(Path("/proc/version"), 0o600)
    with pytest.raises(FileNotFoundError):
        disk.permit(tmp_path / "none", 0o600)
