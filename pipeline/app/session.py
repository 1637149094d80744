"""One run of a use case: its settings, its listener, and the faults met on the way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline import disk, forking
from pipeline.app.events import Event, Fault, Listener, Progress, Remark, Written, ignore
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Document
from pipeline.tables import meant
from pipeline.workspace import config, locking, mending, privacy, sources
from pipeline.workspace.config import Config
from pipeline.workspace.sources import Sources

T = TypeVar("T")
R = TypeVar("R")

MOST_NAMED = 50
"""Names in a message."""

FEW = 24
"""Documents that are worked on before other processes would have begun."""

Clock = Callable[[], datetime]
"""Gives the time, in UTC."""


@dataclass
class Session:
    """The workspace a use case works in, and how it works there.

    A fault in one document goes to the listener and stops that document only; `faults` are
    all that were met. `now` is when the session began. `seen` are the PO
    files it has looked at, each with the digest of its bytes, and whether the workspace was locked then. Where somebody
    saves one sentence after the other, a version of the file is kept only once in a `step`.
    """

    config: Config
    clock: Clock
    listen: Listener = ignore
    dry_run: bool = False
    wait: bool = False
    step: timedelta = timedelta()
    now: datetime = field(init=False)
    faults: list[str] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)
    is_locked: bool = False
    seen: dict[Path, tuple[str, bool]] = field(default_factory=dict)
    _looked: Sources | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.now = self.clock()

    @classmethod
    def open(
        cls, folder: Path, clock: Clock, listen: Listener = ignore, *, dry_run: bool = False, wait: bool = False
    ) -> "Session":
        """Return a session in the workspace at `folder`, with what is private there shut.

        Raises UsageError when its settings are faulty.
        """
        session = cls(config.read(folder), clock, listen, dry_run, wait)
        for remark in () if dry_run else privacy.keep_private(session.config):
            session.say(remark)
        return session

    @property
    def day(self) -> str:
        """The day on which it began, in UTC (ISO 8601)."""
        return f"{self.now:%Y-%m-%d}"

    def time_ns(self) -> int:
        """Return the time, in nanoseconds since 1970."""
        return int(self.clock().timestamp() * 1_000_000_000)

    def sources(self) -> Sources:
        """Return what lies among the documents; raise DocumentError as `sources.look` does."""
        self._looked = sources.look_again(self.config, self._looked, self.time_ns())
        return self._looked

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace against other writing commands, and report what needs a person."""
        with disk.weaknesses_told(self.say_once), locking.locked(self.config, wait=self.wait, say=self.say):
            mending.require_own_folders(self.config)
            for remark in () if self.dry_run else mending.mend(self.config):
                self.say(remark)
            self._tell_of(mending.conflicts_of_settings(self.config))  # before it is sent to whoever is named there
            self.is_locked = True
            try:
                yield
            finally:
                self.is_locked = False
            self._tell_of(mending.conflicts(self.config))

    def _tell_of(self, conflicts: Iterable[tuple[Path, Path]]) -> None:
        for path, original in conflicts:
            self.say_once(f"{path}: saved at the same time as {original.name}; take over what you need, then delete it")

    def say(self, text: str) -> None:
        self.listen(Remark(text))

    def say_once(self, text: str) -> None:
        """Say something once, however many stages come upon it."""
        if text not in self.remarks:
            self.remarks.add(text)
            self.say(text)

    def name(self, path: Path) -> str:
        """Return a path as it is shown: from the workspace, if it lies there."""
        root = self.config.root
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

    def wrote(self, path: Path) -> None:
        self.listen(Written(path, self.name(path), self.dry_run))

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
            self.listen(Fault(error))

    @contextmanager
    def apart(self) -> Iterator[list[Event]]:
        """Collect what there is to say, for `repeat` to say it later, maybe in another process."""
        said: list[Event] = []
        kept = self.listen, self.faults, self.remarks
        self.listen, self.faults, self.remarks = said.append, [], set()
        try:
            yield said
        finally:
            self.listen, self.faults, self.remarks = kept

    def repeat(self, said: Iterable[Event]) -> None:
        """Say what was collected `apart`, each thing once."""
        for event in said:
            if isinstance(event, Fault):
                self.fault(event.error)
            elif isinstance(event, Remark):
                self.say_once(event.text)
            else:
                self.listen(event)

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
        """Yield what `work` returns of each thing, None where there was a fault; done on all cores.

        Unless there are only a FEW, forks of this process do it: what they have to say is said here, in order, and
        what else they know is forgotten.
        """
        for said, result in forking.each(partial(self._alone, work), things, FEW):
            self.repeat(said)
            yield result

    def _alone(self, work: Callable[[T], R], thing: T) -> tuple[list[Event], R | None]:
        with self.apart() as said, self.guarded():
            return said, work(thing)
        return said, None

    def progress(self, steps: Iterable[T], task: str, total: int | None) -> Iterator[T]:
        """Yield the steps of a task, reporting each; a `total` of None is not known."""
        done = 0
        try:
            self.listen(Progress(task, done, total))
            for done, step in enumerate(steps, 1):
                yield step
                self.listen(Progress(task, done, total))
        finally:
            self.listen(Progress(task, done, total, is_over=True))

    def targets(self, document: Document, langs: Sequence[str]) -> list[str]:
        """Return those of some languages that a document is translated into."""
        return [lang for lang in langs if lang in self.config.targets_of(document)]

    def languages(self, asked: Sequence[str] | None) -> list[str]:
        """Return the target languages asked for, by code or by name, or all; raise UsageError for another."""
        return chosen_languages(self.config, self.config.targets, asked)


def chosen(names: Sequence[str], asked: Sequence[str] | None, what: str) -> list[str]:
    """Return the names asked for, in capitals or not, or all; raise UsageError for one that does not exist."""
    if not asked:
        return list(dict.fromkeys(names))
    known = frozenset(names)
    wanted = [name if name in known else meant(name, names) for name in asked]
    for name in wanted:
        if name not in known:
            raise UsageError(f"{what} {name!r} is unknown; known are: {some(names)}")
    return list(dict.fromkeys(wanted))


def chosen_languages(settings: Config, known: Sequence[str], asked: Sequence[str] | None) -> list[str]:
    """Return the languages asked for, each by code or by name, or all; raise UsageError for one that is not known."""
    return chosen(known, codes(settings, asked), "language")


def codes(settings: Config, languages: Sequence[str] | None) -> list[str]:
    """Return the codes of languages that are given by code or by name; what is neither stays."""
    known = settings.all_languages
    return [lang if lang in known else known.meant(lang) for lang in languages or ()]


def some(names: Sequence[str]) -> str:
    """Return names for a message: of very many the first, and how many more there are."""
    more = f", and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return (", ".join(names[:MOST_NAMED]) or "none") + more
