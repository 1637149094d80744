"""One file per command: its options, one call of a use case in pipeline/app, one table."""

from typing import Protocol

import typer

from pipeline.cli.options import Panel
from pipeline.plugins import Plugins


class Command(Protocol):
    """A file in this folder. `PANEL` is where `pipeline --help` lists the command.

    It imports its use case where it calls it, so that help and completion do not wait for what they do not need.
    """

    PANEL: Panel

    def add_to(self, app: typer.Typer) -> None:
        """Add the command, or a group of commands, to the application."""


COMMANDS: Plugins[Command] = Plugins("cli.commands")
