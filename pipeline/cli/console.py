"""What a command shows: results on stdout, events on stderr, as text for people or JSON for programs."""

import csv
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.app.events import Event, Fault, Progress, Remark, Written
from pipeline.cli.terminal import visible, visible_json
from pipeline.errors import PipelineError, UsageError
from pipeline.text.excerpt import bounded

if TYPE_CHECKING:
    import rich.progress

    from pipeline.app.session import Session

SCHEMA_VERSION = 1
"""Of the JSON that commands write."""

AT_ONCE = 1000
"""Rows of JSON that are made at once."""

WIDTH = 200
"""Columns of a table where the output is no terminal."""

Row = Mapping[str, Any]


def clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def session(folder: Path, *, quiet: bool = False, dry_run: bool = False, wait: bool = False) -> "Iterator[Session]":
    """Give a session whose events are shown on stderr; exit with 1 afterwards when there was a fault."""
    from pipeline.app.session import Session

    listener = Console(quiet=quiet)
    try:
        session = Session.open(folder, clock, listener, dry_run=dry_run, wait=wait)
        yield session
    finally:
        listener.end()
    if session.faults:
        raise typer.Exit(1)


class Console:
    """Shows the events of a use case on stderr; only faults when `quiet`."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.bar: rich.progress.Progress | None = None
        self.tasks: dict[str, rich.progress.TaskID] = {}

    def __call__(self, event: Event) -> None:
        match event:
            case Fault(error):
                say_error(error)
            case Progress() if not self.quiet and sys.stderr.isatty():
                self.show(event)
            case Remark(text) if not self.quiet:
                say(text)
            case Written(_, name, is_planned) if not self.quiet:
                say(f"{'would write' if is_planned else 'wrote'} {name}")

    def show(self, event: Progress) -> None:
        """Draw, move or take away the bar of a task; a single step has none."""
        if event.total is not None and event.total < 2:
            return
        bar = self.bar = self.bar or bars()
        if event.task not in self.tasks:
            self.tasks[event.task] = bar.add_task(visible(event.task), total=event.total)
            bar.start()
        bar.update(self.tasks[event.task], completed=event.done)
        if event.is_over:
            bar.remove_task(self.tasks.pop(event.task))
        if not self.tasks:
            self.end()

    def end(self) -> None:
        """Take away every bar, so that what is printed next stands alone."""
        if self.bar:
            self.bar.stop()
        self.bar = None
        self.tasks.clear()


def bars(*columns: "rich.progress.ProgressColumn") -> "rich.progress.Progress":
    """Return bars of progress for stderr, with more columns than the usual ones."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    # Not the usual first column, which takes square brackets in a file's name for markup.
    usual = (TextColumn("{task.description}", markup=False), *Progress.get_default_columns()[1:])
    return Progress(*usual, *columns, console=Console(stderr=True), transient=True)


def say(text: str) -> None:
    """Write a line to stderr: what goes on, and what went wrong."""
    with suppress(OSError):  # a full disk behind stderr stops no work
        print(visible(bounded(text)), file=sys.stderr, flush=True)


def say_error(error: PipelineError) -> None:
    """Write every fault of an error to stderr, a line each."""
    for fault in error.faults:
        say(f"error: {fault}")


def out(text: str) -> None:
    """Write a line to stdout: what was asked for."""
    print(visible(text))


def show_json(schema_version: int = SCHEMA_VERSION, /, **values: Any) -> None:
    """Print values as one JSON object with the version of its schema."""
    for piece in _pieces({"schema_version": schema_version, **values}):
        print(piece, end="")


def _pieces(whole: dict[str, Any]) -> Iterator[str]:
    """Yield the text of a JSON object; of long lists some at a time, as 100,000 rows at once take much memory."""
    before = "{\n"
    for name, value in whole.items():
        count = len(value) if isinstance(value, list) else 0
        for start in range(0, max(count, 1), AT_ONCE):
            some = value[start : start + AT_ONCE] if count else value
            text = _formatted({name: some}).removeprefix("{\n").removesuffix("\n}")
            if start:
                text = text.partition("[\n")[2]
            if start + AT_ONCE < count:
                text = text.removesuffix("\n  ]")
            yield before + text
            before = ",\n"
    yield "\n}\n"


def _formatted(value: object) -> str:
    import msgspec

    try:
        return msgspec.json.format(visible_json(msgspec.json.encode(value).decode()), indent=2)
    except (UnicodeEncodeError, TypeError):  # the name of a file that is half a character; a library's own strings
        return visible_json(json.dumps(value, ensure_ascii=False, indent=2))  # takes ten times as long


def show(name: str, rows: Sequence[Row], *, as_json: bool, empty: str = "") -> None:
    """Print rows as JSON under their name, or as a table whose columns are the keys of the first row."""
    if as_json:
        show_json(**{name: rows})
    elif rows:
        columns = [key.replace("_", " ") for key in rows[0]]
        show_table(columns, [[cell(value) for value in row.values()] for row in rows])
    elif empty:
        out(empty)


def show_csv(rows: Sequence[Row]) -> None:
    """Print rows as CSV whose columns are the keys of the first row; no cell is a formula, or controls a terminal."""
    from pipeline.exchange.table import guarded

    if rows:
        table = csv.DictWriter(sys.stdout, list(rows[0]))
        table.writeheader()
        table.writerows({name: guarded(visible(cell(value))) for name, value in row.items()} for row in rows)


def cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def show_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str = "",
    whole: Sequence[str] = (),
    right: Sequence[str] = (),
) -> None:
    """Print a table; long cells are folded, but not in the `whole` columns, whose words people copy.

    Columns named in `right` hold numbers and end at the right.
    """
    from pipeline.cli import table

    if title:
        out(title)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    for line in table.lines(columns, [[*map(visible, row)] for row in rows], width, whole=whole, right=right):
        print(line)


def split(names: str | None, option: str = "--languages") -> list[str] | None:
    """Return the names that an option has, separated by commas, as «en, fr»; None where it is left out, for all.

    Raises UsageError for none: a script whose variable is empty would withdraw, or approve, in all languages.
    """
    if names is None:
        return None
    if not names.strip():
        raise UsageError(f"{option} has no names; write some, separated by commas, or leave it out")
    return [name.strip() for name in names.split(",")]
