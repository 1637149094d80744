"""pipeline review: translate, correct and approve in a browser on this machine."""

from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Panel, Workspace, flag

PANEL = Panel.TRANSLATORS

Name = Annotated[
    str,
    typer.Option("--as", metavar="NAME", help="Your pseudonym, for what you translate and approve. Never a real name."),
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="The port to use.", show_default="any that is free")
]
NoBrowser = Annotated[bool, flag("--no-browser", help="Print the address, and open no browser.")]


def add_to(app: typer.Typer) -> None:
    app.command("review", rich_help_panel=PANEL)(review)


def review(name: Name = "", port: Port = 0, no_browser: NoBrowser = False, workspace_folder: Workspace = HERE) -> None:
    """Open a page in your browser on which to translate, correct and approve; Ctrl-C ends it.

    Only this machine can reach it, and only with the address that is printed. What you save goes into the PO files at
    once; others can go on in Poedit or Weblate meanwhile.
    """
    from pipeline.app import approving
    from pipeline.web import server

    if name:
        approving.pseudonym(name)
    with console.session(workspace_folder):
        pass  # what is private in the workspace is shut

    def started(address: str) -> None:
        console.say("The review page is open until you press Ctrl-C. It opens once with this address:")
        console.say(address)
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    def opened(address: str) -> None:
        console.say("To open it in another browser of this machine:")
        console.say(address)

    server.serve(workspace_folder, console.clock, server.listening(port), name, opened, started)
