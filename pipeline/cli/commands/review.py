"""pipeline review: translate, correct and approve in a browser."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Panel, Workspace, flag
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.web.people import Role
    from pipeline.web.server import Opened

PANEL = Panel.TRANSLATORS

Name = Annotated[
    str,
    typer.Option("--as", metavar="NAME", help="Your pseudonym, for what you translate and approve. Never a real name."),
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="The port to use.", show_default="any that is free")
]
NoBrowser = Annotated[bool, flag("--no-browser", help="Print the address, and open no browser.")]
Share = Annotated[bool, flag("--share", help="Let other machines of this network in, with the invitations printed.")]
Invite = Annotated[
    list[str] | None,
    typer.Option(
        "--invite",
        metavar="NAME:ROLE",
        help="With --share: a guest by pseudonym, who may read, translate or approve; may be repeated.",
        show_default=False,
    ),
]
At = Annotated[
    str,
    typer.Option("--at", metavar="NUMBER", help="With --share: the number of this machine.", show_default="found out"),
]


def add_to(app: typer.Typer) -> None:
    app.command("review", rich_help_panel=PANEL)(review)


def review(
    name: Name = "",
    share: Share = False,
    invite: Invite = None,
    at: At = "",
    port: Port = 0,
    no_browser: NoBrowser = False,
    workspace_folder: Workspace = HERE,
) -> None:
    """Open a page in your browser on which to translate, correct and approve; Ctrl-C ends it.

    Only this machine can reach it, and only with the address that is printed. What you save goes into the PO files at
    once; others can go on in Poedit or Weblate meanwhile.
    """
    import webbrowser

    from pipeline.app import approving
    from pipeline.web import server
    from pipeline.workspace import privacy

    if name:
        approving.pseudonym(name)
    if (invite or at) and not share:
        raise UsageError("--invite and --at are for --share, which lets other machines in; add it, or leave these out")
    guests = [_guest(one) for one in invite or ()]
    with console.session(workspace_folder) as session:
        config = session.config  # what is private in the workspace is shut
    told: list[Opened] = []

    host = (at or server.own_number()) if share else server.HOST
    with server.listening(host, port) as listener, ExitStack() as doormats:

        def tell(opened: "Opened") -> None:
            _say(opened, is_first=not told)
            if opened.invitation.is_host:
                doormats.close()  # what was told to them before has been used
            if not told and not no_browser:
                webbrowser.open(doormats.enter_context(server.doormat(privacy.opened(config), opened.address)))
            told.append(opened)

        server.serve(server.Serving(workspace_folder, console.clock, listener, name, guests), tell)


def _guest(text: str) -> "tuple[str, Role]":
    from pipeline.app import approving
    from pipeline.web.people import Role

    name, _, role = text.partition(":")
    if role not in list(Role):
        raise UsageError(f"--invite {text!r}: write a pseudonym and one of {', '.join(Role)}, such as sara:translate")
    return approving.pseudonym(name), Role(role)


def _say(opened: "Opened", *, is_first: bool) -> None:
    if is_first:
        console.say("The review page is open until you press Ctrl-C. Your address, which opens it once:")
        if opened.fingerprint:
            console.say(
                f"Its certificate has the fingerprint {opened.fingerprint}; guests compare it before they go on."
            )
    elif opened.invitation.is_host:
        console.say("To open it in another browser:")
    else:
        console.say(f"For {opened.invitation.by}, who may {opened.invitation.role}, once:")
    console.say(opened.address)
