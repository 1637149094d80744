"""pipeline init: a new, empty workspace."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline import config, workspace
from pipeline.cli.options import DryRun
from pipeline.errors import PipelineError

IGNORED = "/.pipeline/\n/output/\n/partners.toml\n/ledger.sqlite*\n/keys/\n"
"""What is private, or made again at any time."""

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist.")]


def init(folder: Folder, dry_run: DryRun = False) -> None:
    """Make a workspace: settings, and folders for documents and translations."""
    if (folder / config.FILE_NAME).exists():
        raise PipelineError(f"{folder / config.FILE_NAME} is there already; edit it, or choose another folder")
    title = json.dumps(folder.resolve().name, ensure_ascii=False)[1:-1]  # a JSON string is a TOML string too
    files = {config.FILE_NAME: config.TEMPLATE.format(title=title)}
    if not (folder / ".gitignore").exists():
        files[".gitignore"] = IGNORED
    for name, text in files.items():
        if not dry_run:
            workspace.write(folder / name, text.encode())
        print(f"{'would write' if dry_run else 'wrote'} {folder / name}")
    if not dry_run:
        for name in ("seeds", "translations"):
            (folder / name).mkdir(exist_ok=True)
        print(f"put documents into {folder / 'seeds'}, then type: pipeline run -C {folder}")
