"""pipeline keys: the key the organisation signs with."""

from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Panel, Workspace

PANEL = Panel.PARTNERS

group = typer.Typer(help="Make the key that signs bundles, and show its public half.", no_args_is_help=True)

Passphrase = Annotated[
    bool,
    typer.Option(
        "--passphrase", help="Protect the key with a passphrase; unlock it with ssh-add before you distribute."
    ),
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="keys", rich_help_panel=PANEL)


@group.command()
def make(passphrase: Passphrase = False, workspace_folder: Workspace = HERE, dry_run: DryRun = False) -> None:
    """Make a signing key (ed25519) with no name in it; an existing key is left alone."""
    from pipeline.app import keys

    with console.session(workspace_folder, dry_run=dry_run) as session:
        key = keys.make(session, passphrase=passphrase)
    if dry_run:
        console.out(f"would write {key}")
    else:
        console.out(f"wrote {key}")
        console.out("keep it secret, and keep a copy in a safe place; show its public half: pipeline keys show")


@group.command()
def show(workspace_folder: Workspace = HERE) -> None:
    """Show the public key, its fingerprint, and the line for a partner's file of allowed signers."""
    from pipeline.app import keys

    with console.session(workspace_folder) as session:
        key = keys.public(session)
    console.out(f"public key: {key.public}")
    console.out(f"fingerprint: {key.fingerprint}")
    console.out(f"allowed signer: {key.allowed_signer}")
