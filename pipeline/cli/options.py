"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

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

HERE = Path(".")
