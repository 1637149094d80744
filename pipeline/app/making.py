"""Many files made on all cores of the machine."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from pipeline import forking
from pipeline.errors import PipelineError
from pipeline.publication import PlannedFile

FEW = 100
"""Files that are made before other processes would have begun."""

Made = tuple[PlannedFile, bytes | PipelineError]


def made(files: Sequence[PlannedFile]) -> Iterator[Made]:
    """Yield each file with its bytes, or why it cannot be made; those of a folder together.

    Files of a folder are made by one process, after each other: they are made of the same text, or of the same index.
    """
    if len(files) <= FEW:
        yield from ((file, _made(file)) for file in files)
        return
    folders = [list(its) for _, its in groupby(sorted(files, key=_folder), _folder)]
    folders.sort(key=len, reverse=True)  # the longest work is not begun last
    first = _one_of_each_kind(files)
    done = {file.path: _made(file) for file in first}  # fonts that are cut and templates that are read serve all forks
    rest = [[file for file in its if file.path not in done] for its in folders]
    yield from ((file, done[file.path]) for file in first)
    for its, contents in zip(rest, forking.each(_all_made, rest, 1), strict=True):
        yield from zip(its, contents, strict=True)


def _folder(file: PlannedFile) -> str:
    return file.path.rpartition("/")[0]


def _one_of_each_kind(files: Sequence[PlannedFile]) -> list[PlannedFile]:
    """Return a file of all that are made of the same fonts and templates: of each language, in each format.

    What is made of all texts, or for all pages, is left to be made beside the rest.
    """
    texts = [file for file in files if file.path.split("/")[0] not in _OF_ALL]
    kinds = {(file.path.partition("/")[0], PurePosixPath(file.path).suffix): file for file in reversed(texts)}
    return list(kinds.values())


_OF_ALL = {"assets", "feeds", "lists", "search", "sitemaps"}


def _all_made(files: Sequence[PlannedFile]) -> list[bytes | PipelineError]:
    return list(map(_made, files))


def _made(file: PlannedFile) -> bytes | PipelineError:
    try:
        return file.make()
    except PipelineError as error:
        return error
