"""pipeline keys: the key the organisation signs with, and those of senders whom a recipient trusts."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Panel, Workspace, flag

PANEL = Panel.PARTNERS

group = typer.Typer(help="Make the key that signs bundles; trust the keys of others.", no_args_is_help=True)

Passphrase = Annotated[
    bool,
    flag("--passphrase", help="Protect the key with a passphrase; unlock it with ssh-add before you distribute."),
]


Key = Annotated[Path, typer.Argument(metavar="FILE", help="A public key, or a file of allowed signers.")]
Name = Annotated[str, typer.Option(metavar="NAME", help="What to call the sender.", show_default="as the file says")]
Sender = Annotated[
    str, typer.Argument(metavar="SENDER", help="A name or a fingerprint, as shown by pipeline keys list.")
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


@group.command()
def trust(file: Key, name: Name = "") -> None:
    """Trust a sender's key: pipeline verify then accepts bundles signed with it. Needs no workspace."""
    from pipeline.app import senders

    new = senders.trust(file, name)
    for line in senders.shown(new):
        console.out(f"trusted: {line}")
    console.out(
        "compare the fingerprint with the sender, by telephone for instance; if it differs: pipeline keys forget"
    )
    if others := len(senders.trusted()) - len(new):
        console.out(
            f"keys trusted besides: {others} (pipeline keys list); forget one that this sender no longer uses, or what "
            "was signed with it is accepted"
        )


@group.command("list")
def trusted() -> None:
    """List the senders whom you trust."""
    from pipeline.app import senders

    for line in senders.shown(senders.trusted()):
        console.out(line)


@group.command()
def forget(sender: Sender) -> None:
    """Trust a sender no more, and forget what you received of them."""
    from pipeline.app import senders

    for line in senders.shown(senders.forget(sender)):
        console.out(f"forgotten: {line}")
