"""pipeline keys: the key the organisation signs with."""

from typing import Annotated

import typer

from pipeline.cli.options import HERE, DryRun, Workspace
from pipeline.distribution import bundle, signing
from pipeline.distribution.sender import DEFAULT_KEY
from pipeline.errors import SigningError
from pipeline.workspace import config, storage

app = typer.Typer(help="Make the key that bundles are signed with, and show its public half.", no_args_is_help=True)

Passphrase = Annotated[bool, typer.Option("--passphrase", help="Ask for one; then unlock the key in ssh-agent.")]


@app.command()
def make(passphrase: Passphrase = False, workspace_folder: Workspace = HERE, dry_run: DryRun = False) -> None:
    """Make an ed25519 key without a name in it; one that is there already is left alone."""
    settings = config.read(workspace_folder)
    key = settings.sender.key or settings.root / DEFAULT_KEY
    if dry_run:
        print(f"would write {key}")
        return
    if not key.parent.is_dir():
        key.parent.mkdir(mode=0o700, parents=True)
        storage.write(key.parent / ".gitignore", b"*\n")
    signing.make(key, passphrase=passphrase)
    print(f"wrote {key}\nkeep it secret, and a copy of it in a safe place; see its public half: pipeline keys show")


@app.command()
def show(workspace_folder: Workspace = HERE) -> None:
    """Show the public key, its fingerprint, and the line by which partners know it."""
    settings = config.read(workspace_folder)
    if not settings.sender.key:
        raise SigningError(f"{settings.root / DEFAULT_KEY}: no key yet; make one: pipeline keys make")
    signer = signing.open(settings.sender.key)
    print(f"public key: {signer.public}")
    print(f"fingerprint: {signer.fingerprint}")
    print(f"allowed signer: {signing.allowed(bundle.principal(settings.sender), signer.public).strip()}")
