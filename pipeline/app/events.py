"""What a use case tells while it works, to whoever listens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the user should know; nothing failed."""

    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One document, file or delivery failed; the others go on."""

    error: PipelineError


@dataclass(frozen=True, slots=True)
class Written:
    """A file was written, or would be (`is_planned`) in a dry run. `path` is absolute."""

    path: Path
    name: str
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task has come: `done` of `total` steps, where `total` is None when nobody knows it."""

    task: str
    done: int
    total: int | None
    is_over: bool = False


Event = Remark | Fault | Written | Progress

Listener = Callable[[Event], None]


def ignore(event: Event) -> None:
    """Listen to nothing."""
