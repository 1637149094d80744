"""Many files made on all cores of the machine."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from pipeline.errors import PipelineError
from pipeline.publication import PlannedFile

FEW = 40
"""Files that are made before other processes would have begun."""

TOGETHER = 8
"""Files that a process is given at once."""


def made(files: Sequence[PlannedFile]) -> Iterator[bytes | PipelineError]:
    """Yield the bytes of each file, in order, or why it cannot be made.

    Forks of this process make them, which have all that the files are made of without its being sent to them.
    """
    if len(files) <= FEW or (os.cpu_count() or 1) == 1:
        yield from map(_made, files)
        return
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _take, (files,)) as pool:
        yield from pool.map(_made_of, range(len(files)), chunksize=TOGETHER)


_taken: Sequence[PlannedFile] = ()
"""In a fork: what there is to make."""


def _take(files: Sequence[PlannedFile]) -> None:
    global _taken
    _taken = files


def _made_of(number: int) -> bytes | PipelineError:
    return _made(_taken[number])


def _made(file: PlannedFile) -> bytes | PipelineError:
    try:
        return file.make()
    except PipelineError as error:
        return error
