"""Files replaced in one step: what somebody saved in the meantime stands."""

import contextlib
import errno
import os
import subprocess
import sys
import threading
import time

import pytest

from pipeline.workspace import replacement
from pipeline.workspace.replacement import Changed

OLD, OURS, THEIRS = b"old text\n", b"our text\n", b"what a translator saved\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "statement.po"
    path.write_bytes(OLD)
    return path


def litter(path):
    return [one.name for one in path.parent.iterdir() if one != path]


def test_a_file_that_is_as_it_was_read_is_replaced_and_keeps_its_mode(file):
    file.chmod(0o640)
    replacement.exchange(file, OURS, OLD)
    assert (file.read_bytes(), file.stat().st_mode & 0o777, litter(file)) == (OURS, 0o640, [])


def test_what_was_saved_in_the_meantime_stands(file):
    file.write_bytes(THEIRS)
    with pytest.raises(Changed, match=r"statement\.po: it was saved by somebody"):
        replacement.exchange(file, OURS, OLD)
    assert (file.read_bytes(), litter(file)) == (THEIRS, [])


def test_a_new_file_does_not_replace_one_that_came_in_the_meantime(file):
    with pytest.raises(Changed, match="it was saved by somebody"):
        replacement.exchange(file, OURS, b"")
    with pytest.raises(Changed, match="it was made by somebody"):
        replacement._create(file, OURS)
    assert (file.read_bytes(), litter(file)) == (OLD, [])
    file.unlink()
    replacement.exchange(file, OURS, b"")
    assert (file.read_bytes(), litter(file)) == (OURS, [])


def test_a_file_removed_in_the_meantime_stays_removed(file):
    file.unlink()
    with pytest.raises(Changed, match="it was removed"):
        replacement.exchange(file, OURS, OLD)
    assert not file.exists() and not litter(file)


def test_an_editor_that_is_just_writing_into_the_file_is_waited_for(file):
    editor = file.open("wb")

    def finish():
        time.sleep(0.3)
        editor.write(THEIRS)
        editor.close()

    thread = threading.Thread(target=finish)
    thread.start()
    with pytest.raises(Changed):
        replacement.exchange(file, OURS, b"")  # a half-saved file is empty
    thread.join()
    assert file.read_bytes() == THEIRS
    file.write_bytes(OLD)
    slow = [
        sys.executable,
        "-c",
        f"import time; f = open({str(file)!r}, 'r+b'); print(flush=True); time.sleep(.3); f.write({THEIRS!r})",
    ]
    with subprocess.Popen(slow, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        with pytest.raises(Changed):
            replacement.exchange(file, OURS, OLD)
    assert (file.read_bytes(), litter(file)) == (THEIRS, [])


def test_a_program_that_keeps_the_file_open_for_writing_is_named_as_the_reason(file):
    with open(file, "r+b") as editor, pytest.raises(Changed, match="another program has it open for writing"):
        replacement.exchange(file, OURS, OLD)
        editor.close()
    assert (file.read_bytes(), litter(file)) == (OLD, [])


def left_behind(file, content):
    """What a command that was killed leaves: the second file, under the name it had then."""
    swap = file.with_name(f".{file.name}.{replacement._digest(OLD)}-{replacement._digest(OURS)}.swap")
    swap.write_bytes(content)


@pytest.mark.parametrize(
    ("standing", "left", "after"),
    [
        (OLD, OURS, OLD),  # killed before the exchange
        (OURS, OLD, OURS),  # killed after it
        (OURS, THEIRS, THEIRS),  # killed after it, and a translator had saved before it
        (THEIRS, OLD, THEIRS),  # killed after it, and a translator saved since
        (None, OURS, OURS),
    ],
)
def test_what_a_killed_command_began_is_ended(file, standing, left, after):
    file.write_bytes(standing) if standing else file.unlink()
    left_behind(file, left)
    (file.parent / ".statement.po.ab12cd34.part").write_bytes(b"half")
    replacement.recover(file.parent)
    assert (file.read_bytes(), litter(file)) == (after, [])


def test_of_two_versions_by_translators_both_are_kept(file):
    file.write_bytes(b"a second save\n")
    left_behind(file, THEIRS)
    (remark,) = replacement.recover(file.parent)
    assert file.read_bytes() == b"a second save\n" and "kept as statement.po." in remark
    assert [path.read_bytes() for path in file.parent.glob("*.conflict")] == [THEIRS]


def stands(file, text):
    """Whether a text stands in a file, or does once a command that just met it has put it back."""
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if text in file.read_bytes() or any(text in path.read_bytes() for path in file.parent.glob("*.conflict")):
            return True
    return False


def test_a_race_with_an_editor_loses_no_save(file):
    """The editor makes sure, before each save of its own, that the last one was not thrown away."""
    lost = []
    count = {"written": 0, "refused": 0}

    def edit():
        last = OLD
        for number in range(40_000):
            # On a busy machine it takes longer until both sides have had their turns.
            if number >= 400 and min(count.values()) > 10:
                break
            if not stands(file, last):
                lost.append(last)
            last = b"save %d.\n" % number
            if number % 2:
                file.with_name("editor.tmp").write_bytes(last)
                os.replace(file.with_name("editor.tmp"), file)
            else:
                with open(file, "wb", buffering=0) as out:
                    out.write(last[:3])
                    out.write(last[3:])

    thread = threading.Thread(target=edit)
    thread.start()
    while thread.is_alive():
        read = file.read_bytes()
        if not read.endswith(b".\n") and read != OLD:
            continue  # half saved, it would not be parsed
        try:
            replacement.exchange(file, b"ours " + read.removeprefix(b"ours "), read)
            count["written"] += 1
        except Changed:
            count["refused"] += 1
    thread.join()
    assert not lost and min(count.values()) > 10
    assert [name for name in litter(file) if not name.endswith(".conflict")] == []


@pytest.mark.parametrize("old", [OLD, b""])
def test_what_is_written_is_on_the_disk_before_it_is_renamed_and_the_folder_after(file, tmp_path, old):
    """A power cut leaves the old file or the new one, never an empty one."""
    if not old:
        file.unlink()
    log = tmp_path.with_suffix(".strace")
    script = f"from pathlib import Path; from pipeline.workspace import replacement as r; r.exchange(Path({str(file)!r}), {OURS!r}, {old!r})"
    trace = ["strace", "-f", "-y", "-o", log, "-e", "trace=write,fsync,renameat2", sys.executable, "-c", script]
    if subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode:
        pytest.skip("no process can be traced here")
    subprocess.run(trace, check=True)
    calls = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines() if str(tmp_path) in line]
    names = [call.partition("(")[0] for call in calls]
    assert names == ["write", "fsync", "renameat2", "fsync"]
    assert ".part>" in calls[1] and f"<{tmp_path}>" in calls[3]


def test_a_file_goes_that_is_as_it_was_read(file):
    replacement.remove(file, replacement._digest(OLD))
    assert not file.exists() and not litter(file)


@pytest.mark.parametrize("swaps", [True, False])
def test_what_was_saved_since_it_was_read_is_not_removed(file, monkeypatch, swaps):
    if not swaps:
        monkeypatch.setattr(replacement, "_rename", _unsupported)
    file.write_bytes(THEIRS)
    with pytest.raises(Changed, match="saved by somebody"):
        replacement.remove(file, replacement._digest(OLD))
    assert (file.read_bytes(), litter(file)) == (THEIRS, [])


def _unsupported(*_):
    raise OSError(errno.EINVAL, "as exFAT says")


def test_a_race_of_removing_and_saving_loses_no_save(file):
    """An editor writes into the file, or gives another its name; its last text stands at the end."""
    for number in range(100):
        file.write_bytes(OLD)
        text = b"saved %d" % number

        def save(text=text, number=number):
            time.sleep(number % 10 / 20_000)
            if number % 2:
                with file.open("wb") as opened:
                    opened.write(text)
            else:
                beside = file.with_suffix(".new")
                beside.write_bytes(text)
                beside.replace(file)

        editor = threading.Thread(target=save)
        editor.start()
        with contextlib.suppress(Changed):
            replacement.remove(file, replacement._digest(OLD))
        editor.join()
        assert file.read_bytes() == text
        for left in litter(file):
            assert left.endswith(".conflict") and file.with_name(left).read_bytes() == OLD
            file.with_name(left).unlink()


def test_a_removal_that_was_killed_has_removed_nothing(file):
    swap = file.with_name(f".{file.name}.{replacement._digest(OLD)}-{replacement._digest(b'')}.swap")
    file.rename(swap)
    assert "restored" in replacement.recover(file.parent)[0]
    assert (file.read_bytes(), litter(file)) == (OLD, [])


STRANGE = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "nowhere": lambda path: path.symlink_to("nowhere"),
    "circle": lambda path: path.symlink_to(path.name),
    "elsewhere": lambda path: path.symlink_to("/etc/passwd"),
    "endless": lambda path: (path.touch(), os.truncate(path, 20_000_000_000)),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_has_the_name_of_something_left_and_is_no_such_file_stops_nobody(file, kind):
    """Whoever shares the workspace can give anything that name; it is told, and neither read nor put into use."""
    for name in (file.name, "other.po"):
        STRANGE[kind](file.with_name(f".{name}.0123456789abcdef-0123456789abcdef.swap"))
    said = replacement.recover(file.parent)
    assert len(said) == 2 and all(".swap: not a file that a command left behind; move it away" in one for one in said)
    assert file.read_bytes() == OLD and not os.path.lexists(file.with_name("other.po"))


@pytest.mark.parametrize("kind", ["pipe", "device", "endless"])
def test_a_file_that_is_none_any_more_is_not_waited_for(file, kind):
    file.with_name(f".{file.name}.0123456789abcdef-0123456789abcdef.swap").write_bytes(THEIRS)
    file.unlink()
    STRANGE[kind](file)
    assert replacement.recover(file.parent) == [] and len(litter(file)) == 1


@pytest.mark.parametrize("lost", [b"", b"\0" * 4000])
def test_what_a_power_cut_took_is_put_back_from_what_it_replaced(file, lost):
    swap = file.with_name(f".{file.name}.{replacement._digest(OLD)}-{replacement._digest(OURS)}.swap")
    swap.write_bytes(OLD)
    file.write_bytes(lost)
    assert "restored" in replacement.recover(file.parent)[0]
    assert (file.read_bytes(), litter(file)) == (OLD, [])
