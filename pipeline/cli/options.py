"""Options and arguments that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Panel(StrEnum):
    """Where `pipeline --help` lists a command; each command module names its own as PANEL."""

    DAILY = "Every day"
    TRANSLATORS = "For translators and reviewers"
    PARTNERS = "For partners"
    SETUP = "Setting up"


Workspace = Annotated[
    Path, typer.Option("--workspace", "-C", help="The folder that holds pipeline.toml.", show_default="this folder")
]
Documents = Annotated[
    list[str] | None, typer.Argument(help="Document ids (file names in seeds/ without suffix).", show_default="all")
]
Languages = Annotated[
    str | None, typer.Option(help="Target languages, separated by commas.", show_default="those of pipeline.toml")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would be written; write nothing.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait while another command is writing here.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON for programs.")]
RequireComplete = Annotated[
    bool, typer.Option("--require-complete", help="Exit with 1 while a sentence is untranslated.")
]
Release = Annotated[
    bool, typer.Option("--release", help="Without the draft stamp: reviewed throughout and free of errors.")
]
Force = Annotated[bool, typer.Option("--force", help="Build PDFs that are up to date again.")]

Private = Annotated[bool, typer.Option("--private", help="With names and addresses, and ids in JSON.")]
Send = Annotated[bool, typer.Option("--send", help="Send it. Without this, drafts are written to output/outbox.")]
Rehearsal = Annotated[bool, typer.Option("--dry-run", "-n", help="What happens without --send.")]

HERE = Path(".")
