"""pipeline models: the Argos packages on this machine. `install` alone ever uses a network."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import packages
from pipeline.cli.options import DryRun

app = typer.Typer(help="Show and install machine translation models.", no_args_is_help=True)

Wanted = Annotated[
    list[str], typer.Argument(metavar="PAIR|FILE…", help="Language pairs to fetch (fa-en), or .argosmodel files.")
]


@app.command("list")
def list_installed() -> None:
    """List the installed packages."""
    found = packages.installed()
    for package in found:
        print(f"{package.from_code}-{package.to_code}\t{package.package_version}\t{package.package_path}")
    if not found:
        print("no package is installed; install one: pipeline models install fa-en")


@app.command()
def install(wanted: Wanted, dry_run: DryRun = False) -> None:
    """Install packages: from files, or fetched from the Argos index over the network."""
    for name in wanted:
        if dry_run:
            print(f"would install {name}{'' if Path(name).is_file() else ', fetched over the network'}")
            continue
        content = Path(name).read_bytes() if Path(name).is_file() else packages.fetch(name)
        print(f"installed {packages.install(content, name)}")
