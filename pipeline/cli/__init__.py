"""The command line: one file a command in commands/, found there; options, and how results are shown, beside it."""

from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.commands import COMMANDS
from pipeline.cli.options import Panel

app = typer.Typer(
    name="pipeline",
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
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Translate an organisation's statements offline and typeset them beside the original."""


def _add_commands() -> None:
    panels = list(Panel)
    for command in sorted(COMMANDS, key=lambda command: panels.index(command.PANEL)):
        command.add_to(app)


_add_commands()
