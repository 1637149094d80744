"""How far a shard has come on its way, so that whoever takes it up after a killed worker goes on from there.

Each worker notes what it is at in a file that it holds locked. A file that nobody holds was left by a worker that was
killed at that place: three of them at one document say that it is the document that kills.
"""

import fcntl
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from pipeline import disk
from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.app.shards.results import Row
from pipeline.errors import PipelineError
from pipeline.workspace import privacy, storage
from pipeline.workspace.config import Config

MOST_DEATHS = 3
"""Workers that a document may kill before it is left out."""

_NOTE, _MADE = ".at", ".json"
_NOTE_BYTES = 1000
_TRIES = 5


class Attempt:
    """A worker's own try at a shard, and what those before it have left."""

    def __init__(self, folder: Path, note: int, deaths: Counter[str]) -> None:
        self._folder, self._note, self._deaths = folder, note, deaths

    def deaths(self, what: str) -> int:
        """Return how many workers were killed at something."""
        return self._deaths[what]

    def at(self, what: str) -> None:
        """Note what is done next."""
        os.pwrite(self._note, what.encode().ljust(_NOTE_BYTES), 0)

    def made(self, what: str) -> list[Row] | None:
        """Return the drafts that an earlier worker made of something before it was killed, None without any."""
        try:
            return plans.decoded(self._folder / f"{what}{_MADE}", list[Row], results.MAX_DRAFT_BYTES)
        except PipelineError:
            return None

    def keep(self, what: str, rows: list[Row]) -> None:
        """Keep drafts for whoever goes on when this worker is killed; where that cannot be, they are made again."""
        with suppress(PipelineError):  # another worker may have done with the shard, and cleared it
            storage.write_beside(self._folder / f"{what}{_MADE}", msgspec.json.encode(rows))


def place(config: Config, name: str) -> Path:
    """Return where those who share a workspace keep what they are at in a shard.

    Raises DocumentError when that is a link that leads out of the workspace.
    """
    folder = plans.folder(config) / f".{name}.work"
    privacy.require_inside(config, folder)
    return folder


@contextmanager
def begun(folder: Path) -> Iterator[Attempt]:
    """Give an attempt at a shard; one that ends in any way but by being killed leaves no note in the folder."""
    path = folder / f"{secrets.token_hex(8)}{_NOTE}"
    note = _note(path)
    deaths = Counter(_left(folder))
    try:
        yield Attempt(folder, note, deaths)
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(note)


def _note(path: Path) -> int:
    """Return a new file, open and locked; whoever has done with the shard may clear its folder meanwhile."""
    for _ in range(_TRIES):
        privacy.made_private(path.parent)
        with suppress(FileNotFoundError):
            note = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            with suppress(OSError):  # a disk without locks: then no document is ever known to kill
                fcntl.flock(note, fcntl.LOCK_EX)
            return note
    raise PipelineError(f"{path.parent}: taken away again and again; look who else works on this shard")


def _left(folder: Path) -> Iterator[str]:
    """Yield what each worker was at that was killed."""
    for path in folder.glob(f"*{_NOTE}"):
        with suppress(OSError), disk.opened(path) as note:
            fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
            yield note.read(_NOTE_BYTES).decode("utf-8", "replace").strip()


def clear(folder: Path) -> None:
    """Remove what attempts have left of a shard that is done."""
    storage.remove_folder(folder)
