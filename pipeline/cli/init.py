"""pipeline init: a new, empty workspace."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DryRun
from pipeline.errors import PipelineError
from pipeline.workspace import config, storage

IGNORED = "/.pipeline/\n/output/\n/partners.toml\n/ledger.sqlite*\n/keys/\n"
"""What is private, or made again at any time."""

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist.")]


def init(folder: Folder, dry_run: DryRun = False) -> None:
    """Make a workspace: settings, and folders for documents and translations."""
    if (folder / config.FILE_NAME).exists():
        raise PipelineError(f"{folder / config.FILE_NAME} is there already; edit it, or choose another folder")
    title = json.dumps(folder.resolve().name, ensure_ascii=False)[1:-1]  # a JSON string is a TOML string too
    files = {config.FILE_NAME: config.TEMPLATE.format(title=title)}
    if missing := _not_ignored(folder / ".gitignore"):
        files[".gitignore"] = missing
    for name, text in files.items():
        if not dry_run:
            storage.write(folder / name, text.encode("utf-8", "surrogateescape"))
        print(f"{'would write' if dry_run else 'wrote'} {folder / name}")
    if not dry_run:
        for name in ("seeds", "translations"):
            (folder / name).mkdir(exist_ok=True)
        print(f"put documents into {folder / 'seeds'}, then type: pipeline run -C {folder}")


def _not_ignored(file: Path) -> str:
    """Return a .gitignore with what is private in it, if that is not there already."""
    known = file.read_text("utf-8", "surrogateescape") if file.is_file() else ""
    missing = [line for line in IGNORED.split() if line not in known.split()]
    return "\n".join([*known.splitlines(), *missing, ""]) if missing else ""
