"""Errors of the system say where they happened and what to do."""

import errno
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.workspace import failures


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free some disk space"),
        (errno.EDQUOT, "free some disk space"),
        (errno.EROFS, "allow writing to this folder"),
        (errno.EIO, "look whether the disk is in order"),
    ],
)
def test_an_error_of_the_system_is_told_with_a_remedy(number, remedy):
    with pytest.raises(PipelineError, match=f"letter.po: .*; {remedy}"), failures.told(Path("letter.po")):
        raise OSError(number, "said")
