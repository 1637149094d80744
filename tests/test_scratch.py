"""Files of a while are gone afterwards, whatever becomes of the process that had them."""

import gc
import os
import signal
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline import scratch

HELD = (
    "from pipeline import scratch\nwith scratch.folder() as folder:\n"
    "    (folder / 'a').write_text('x'); print(folder, flush=True); input()"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def held(place: Path) -> tuple[subprocess.Popen, Path]:
    """Return a process that has a folder, and the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HELD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(place)},
    )
    return process, Path(process.stdout.readline().decode().strip())


def ended(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.stdout.close()
    process.wait()


def test_a_folder_is_private_and_gone_after_success_and_failure(place):
    with pytest.raises(ZeroDivisionError), scratch.folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "a").write_text("x")
        raise ZeroDivisionError
    assert list(place.iterdir()) == []


def test_what_a_killed_process_leaves_is_removed_by_the_next_and_what_a_living_one_has_is_not(place):
    (killed, left), (living, used) = held(place), held(place)
    killed.send_signal(signal.SIGKILL)
    ended(killed)
    assert (left / "a").exists()
    with scratch.folder() as folder:
        assert {left, used, folder} & set(place.iterdir()) == {used, folder}
    ended(living)
    assert list(place.iterdir()) == []


def test_nothing_else_in_the_folder_for_temporary_files_is_touched(place):
    (place / "home").mkdir()
    (place / "home" / "a").write_text("x")
    (place / f"{scratch.PREFIX}aaaaaaaa").symlink_to("home")
    (place / f"{scratch.PREFIX}bbbbbbbb").write_text("x")
    (place / f"{scratch.PREFIX}mine").mkdir()
    with scratch.folder():
        pass
    left = {path.name.removeprefix(scratch.PREFIX) for path in place.iterdir()}
    assert left == {"home", "aaaaaaaa", "bbbbbbbb", "mine"}
    assert (place / "home" / "a").exists()


def test_commands_that_begin_at_once_remove_what_is_left_and_leave_nothing_open(place):
    for number in range(1000):
        (place / f"{scratch.PREFIX}{number:08}").mkdir()
    with ThreadPoolExecutor(4) as pool:
        for clearing in [pool.submit(scratch._clear, Path(tempfile.gettempdir())) for _ in range(4)]:
            clearing.result()
    gc.collect()  # whoever left a list of the folder open is heard of here
    assert list(place.iterdir()) == []


def test_a_folder_that_was_taken_for_a_left_one_is_made_anew(place, monkeypatch):
    monkeypatch.setattr(
        scratch, "_lock", lambda descriptor, how, lock=scratch._lock: taken(descriptor) and lock(descriptor, how)
    )
    gone = []

    def taken(descriptor: int) -> bool:
        if not gone:
            gone.append(os.readlink(f"/proc/self/fd/{descriptor}"))
            os.rmdir(gone[0])
        return True

    with scratch.folder() as folder:
        assert folder.exists() and str(folder) not in gone
