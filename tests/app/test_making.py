"""Many files made on all cores."""

import os
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.app import making
from pipeline.errors import DocumentError
from pipeline.publication import PlannedFile


def refuse() -> bytes:
    raise DocumentError("report: no picture")


@pytest.mark.parametrize("count", [3, 200])
def test_every_file_comes_with_its_bytes_and_a_faulty_one_keeps_none_from_being_made(count):
    files = [PlannedFile(f"en/{number}/t", "", lambda number=number: b"%d" % number) for number in range(count)]
    files[1] = PlannedFile("en/1/t", "", refuse)
    found = {file.path: content for file, content in making.made(files)}
    assert str(found.pop("en/1/t")) == "report: no picture"
    assert found == {f"en/{number}/t": b"%d" % number for number in range(count) if number != 1}


@pytest.mark.skipif(os.cpu_count() == 1, reason="this machine has one core")
def test_many_files_are_made_by_several_processes_and_those_of_a_folder_by_one(tmp_path):
    files = [PlannedFile(f"lists/{number // 4}/{number}", "", partial(meet, tmp_path)) for number in range(200)]
    makers = {file.path: content for file, content in making.made(files)}
    assert len(set(makers.values())) > 1
    assert all(makers[f"lists/{one // 4}/{one}"] == makers[f"lists/{one // 4}/{one // 4 * 4}"] for one in range(200))


def meet(folder: Path) -> bytes:
    """Say which process this is, once another has come too: work so small could all be done before it is awake."""
    (folder / str(os.getpid())).touch()
    deadline = time.monotonic() + 60
    while len(list(folder.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    return b"%d" % os.getpid()
