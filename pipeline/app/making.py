"""Many files made on all cores of the machine."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import PurePosixPath

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
    first = {_kind(file): file for file in reversed(files)}.values()
    done = {file.path: _made(file) for file in first}  # fonts that are cut and templates that are read serve all forks
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _take, (files,)) as pool:
        rest = [number for number, file in enumerate(files) if file.path not in done]
        made = pool.map(_made_of, rest, chunksize=TOGETHER)
        yield from (done[file.path] if file.path in done else next(made) for file in files)


def _kind(file: PlannedFile) -> tuple[str, str]:
    """Return what files have in common that are made of the same fonts and templates: language and suffix."""
    return file.path.partition("/")[0], PurePosixPath(file.path).suffix


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
