"""Options and arguments that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli import completion


class Panel(StrEnum):
    """Where `pipeline --help` lists a command; each command module names its own as PANEL."""

    DAILY = "Every day"
    TRANSLATORS = "For translators and reviewers"
    PARTNERS = "For partners"
    SETUP = "Setting up"


def flag(*names: str, **more: Any) -> Any:
    """Return an option that takes no value; help would show its type as if one were to be typed."""
    return typer.Option(*names, metavar="", **more)


Workspace = Annotated[
    Path,
    typer.Option("--workspace", "-C", help="The workspace: the folder with pipeline.toml.", show_default="this folder"),
]
Document = Annotated[
    str, typer.Argument(metavar="DOCUMENT", autocompletion=completion.documents, help="The id of the document.")
]
Documents = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DOCUMENT",
        autocompletion=completion.documents,
        help="Ids of documents: their file names in seeds/, without suffix.",
        show_default="all",
    ),
]
Languages = Annotated[
    str | None,
    typer.Option(
        help="Target languages, by code or name, separated by commas.",
        autocompletion=completion.languages,
        show_default="those of pipeline.toml",
    ),
]
Quiet = Annotated[bool, flag("--quiet", "-q", help="Print errors only.")]
DryRun = Annotated[bool, flag("--dry-run", "-n", help="Show what would be written, and write nothing.")]
Verbose = Annotated[bool, flag("--verbose", "-v", help="Name each text that is not sent, however many there are.")]
Wait = Annotated[bool, flag("--wait", help="Wait for another command that is writing here, instead of failing.")]
Json = Annotated[bool, flag("--json", help="Print JSON, for other programs.")]
RequireComplete = Annotated[
    bool, flag("--require-complete", help="Exit with status 1 if any sentence is untranslated.")
]
Release = Annotated[
    bool, flag("--release", help="Release what is fully reviewed and free of errors: without the draft stamp.")
]

Private = Annotated[bool, flag("--private", help="Show names and addresses, and ids in JSON.")]
Send = Annotated[bool, flag("--send", help="Send. Without this, previews are written to output/outbox.")]
Rehearsal = Annotated[bool, flag("--dry-run", "-n", help="The same as without --send.")]
Reasons = Annotated[
    list[str] | None,
    typer.Option(
        "--reason",
        metavar="[LANG=]TEXT",
        help="The reason, printed in the letter; may be repeated for each language: --reason fr=TEXT",
        show_default=False,
    ),
]
TrustLedger = Annotated[
    bool,
    flag(
        "--trust-ledger",
        help="Once: go on with a ledger that is new, was moved here, or is an older one.",
    ),
]

Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="local|tls://HOST:PORT",
        help="Spread the machine drafts: over the processors here, or the workers of a scheduler.",
        show_default=False,
    ),
]
Certificates = Annotated[
    Path | None,
    typer.Option(
        "--certificates",
        metavar="FOLDER",
        help="Where ca.pem, cert.pem and key.pem of the cluster are.",
        show_default="keys/cluster in the workspace",
    ),
]

HERE = Path(".")
