"""One run of one command: its settings, what it says, and the faults it met on the way."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import typer

from pipeline.errors import PipelineError, UsageError
from pipeline.workspace import config, storage
from pipeline.workspace.config import Config

T = TypeVar("T")


@dataclass
class Session:
    """A fault in one document is said, and stops that document only; the exit status tells."""

    config: Config
    quiet: bool = False
    dry_run: bool = False
    wait: bool = False
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    faults: list[str] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, folder: Path, *, quiet: bool = False, dry_run: bool = False, wait: bool = False) -> "Session":
        return cls(config.read(folder), quiet, dry_run, wait)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace against other writing commands, and tell of what needs a person."""
        with storage.locked(self.config, wait=self.wait, say=self.say):
            for remark in () if self.dry_run else storage.mend(self.config):
                self.say(remark)
            yield
            for path in storage.conflicts(self.config):
                original = path.name.rsplit(".", 2)[0]
                self.say(f"{path}: saved at the same time as {original}; take over what you need, then delete it")

    def say(self, text: str) -> None:
        if not self.quiet:
            print(text, file=sys.stderr)

    def remark(self, text: str) -> None:
        """Say something once, however many stages come upon it."""
        if text not in self.remarks:
            self.remarks.add(text)
            self.say(text)

    def wrote(self, path: Path) -> None:
        name = path.relative_to(self.config.root) if path.is_relative_to(self.config.root) else path
        self.say(f"{'would write' if self.dry_run else 'wrote'} {name}")

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Note a fault and go on with the next document."""
        try:
            yield
        except PipelineError as error:
            self.fault(error)

    def fault(self, error: PipelineError) -> None:
        if str(error) not in self.faults:
            self.faults.append(str(error))
            print(f"error: {error}", file=sys.stderr)

    def finish(self) -> None:
        if self.faults:
            raise typer.Exit(1)

    def progress(self, items: Iterable[T], text: str, total: int | None) -> Iterator[T]:
        """Yield the items under a progress bar on stderr; without one where nobody watches.

        A `total` of None is not known.
        """
        if self.quiet or not sys.stderr.isatty() or (total is not None and total < 2):
            yield from items
            return
        from rich.console import Console
        from rich.progress import track

        yield from track(items, text, total, console=Console(stderr=True), transient=True)


def split(names: str | None) -> list[str] | None:
    """Return names separated by commas, as «en, fr»."""
    return [name.strip() for name in names.split(",")] if names else None


def chosen(known: Sequence[str], asked: Sequence[str] | None, what: str) -> list[str]:
    """Return what was asked for, or all; raise UsageError for what is not there."""
    for name in asked or ():
        if name not in known:
            raise UsageError(f"{what} {name!r} is unknown; known are: {', '.join(known) or 'none'}")
    return list(dict.fromkeys(asked or known))
