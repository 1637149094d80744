"""Many files made on all cores."""

import os

import pytest

from pipeline.app import making
from pipeline.errors import DocumentError
from pipeline.publication import PlannedFile


def refuse() -> bytes:
    raise DocumentError("report: no picture")


@pytest.mark.parametrize("count", [3, 200])
def test_files_come_in_their_order_and_a_faulty_one_keeps_none_from_being_made(count):
    files = [PlannedFile(f"en/{number}.txt", "", lambda number=number: b"%d" % number) for number in range(count)]
    files[1] = PlannedFile("en/1.txt", "", refuse)
    found = list(making.made(files))
    assert str(found.pop(1)) == "report: no picture"
    assert found == [b"%d" % number for number in range(count) if number != 1]


@pytest.mark.skipif(os.cpu_count() == 1, reason="this machine has one core")
def test_many_files_are_made_by_several_processes():
    files = [PlannedFile(f"en/{number}.txt", "", lambda: b"%d" % os.getpid()) for number in range(200)]
    assert len(set(making.made(files))) > 1
