"""The command line: one file per command in commands/, found there; options, and how results are shown, beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline import __version__
from pipeline.cli.commands import COMMANDS
from pipeline.cli.options import Panel, flag
from pipeline.cli.terminal import visible


class _Typed(TyperGroup):
    """The commands; what a complaint quotes of the command line, names of files among it, is shown as `visible`."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        with _shown():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        with _shown():
            return super().invoke(ctx)


@contextmanager
def _shown() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(getattr(error, "message", None), str):  # a usage error of Typer, whatever its class
            error.message = visible(error.message)  # type: ignore[attr-defined]
        raise


app = typer.Typer(
    name="pipeline",
    cls=_Typed,
    help="Translate an organisation's statements offline and typeset them beside the original.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"pipeline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, flag("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Translate an organisation's statements offline and typeset them beside the original."""


def _add_commands() -> None:
    panels = list(Panel)
    for command in sorted(COMMANDS, key=lambda command: panels.index(command.PANEL)):
        command.add_to(app)


_add_commands()
