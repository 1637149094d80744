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
