"""pipeline partners: who receives documents. Names and addresses are shown with --private alone."""

import json
import secrets
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from pipeline.cli.init import IGNORED
from pipeline.cli.options import HERE, Json, Workspace
from pipeline.cli.session import Session
from pipeline.distribution import letter, partners
from pipeline.distribution.partners import FILE_NAME, Partner
from pipeline.edition.design import SINGLE
from pipeline.errors import PartnersError, UsageError
from pipeline.workspace import storage

app = typer.Typer(help="Check and show the partners in partners.toml.", no_args_is_help=True)

SALT = "salt"
_EXAMPLE = '[partners.oslo], with name, languages = ["en"], delivery = "smtp", address'

Private = Annotated[bool, typer.Option("--private", help="With names and addresses, and ids in JSON.")]
Id = Annotated[str, typer.Argument(metavar="PARTNER", help="The id of a partner.")]


def known(session: Session) -> tuple[Partner, ...]:
    """Return the partners of the workspace; raise PartnersError with all faults of the file, or when there is none."""
    settings = session.config
    path = settings.root / FILE_NAME
    if not path.is_file():
        raise PartnersError(f"{FILE_NAME}: no partners yet; write a table for each: {_EXAMPLE} (docs/distribution.md)")
    languages = (settings.source_language, *settings.languages)
    letters = letter.known(settings.root / letter.FOLDER)
    found = partners.read(storage.read_bytes(settings, path), FILE_NAME, languages, letters)
    if path.stat().st_mode & 0o077:
        session.remark(f"{FILE_NAME}: others on this machine can read it; type: chmod 600 {FILE_NAME}")
    return found


def salt(session: Session) -> bytes:
    """Return what pseudonyms are made with, kept in the workspace's private folder."""
    path = storage.private_folder(session.config) / SALT
    if not path.is_file():
        storage.write(path, secrets.token_bytes(32))
    return path.read_bytes()


def handle(session: Session, partner_id: str, *, private: bool) -> str:
    """Return what stands for a partner in JSON: the id, or a pseudonym that this workspace alone can resolve."""
    return partner_id if private else partners.pseudonym(salt(session), partner_id)


@app.command()
def check(workspace_folder: Workspace = HERE) -> None:
    """Say what is wrong in partners.toml, with line and remedy."""
    session = Session.open(workspace_folder)
    found = known(session)
    active = sum(partner.active for partner in found)
    for name in _not_ignored(session):
        session.say(f"{name}: git may take it up; add a line to .gitignore: {name}")
    for one in found:
        if session.config.source_language in one.languages and SINGLE not in session.config.layouts:
            session.say(f'{FILE_NAME}: {one.id}: the originals alone are printed with layouts = [..., "single"]')
    print(f"{FILE_NAME}: no fault; partners: {len(found)}, active: {active}")


def _not_ignored(session: Session) -> Iterator[str]:
    """Yield what is private, and not named in the .gitignore of a workspace that git looks after."""
    root = session.config.root
    if any((folder / ".git").exists() for folder in (root, *root.parents)):
        file = root / ".gitignore"
        listed = file.read_text("utf-8", "replace").split() if file.is_file() else []
        yield from (name for name in IGNORED.split() if name.strip("/") not in [one.strip("/") for one in listed])


@app.command("list")
def list_partners(private: Private = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the partners: their languages, formats, and way of delivery."""
    session = Session.open(workspace_folder, quiet=as_json)
    _print(session, known(session), private=private, as_json=as_json)


@app.command()
def show(partner: Id, private: Private = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Show one partner."""
    session = Session.open(workspace_folder, quiet=as_json)
    found = {one.id: one for one in known(session)}
    if partner not in found:
        raise UsageError(f"partner {partner!r} is unknown; see pipeline partners list")
    _print(session, [found[partner]], private=private, as_json=as_json)


def _row(one: Partner, *, private: bool) -> dict[str, Any]:
    known_to_all = {
        "partner": one.id,
        "languages": list(one.languages),
        "every_language": one.every_language,
        "formats": list(one.formats),
        "delivery": one.delivery,
        "contact_language": one.contact_language,
        "active": one.active,
        "topics": list(one.topics),
    }
    return known_to_all | ({"name": one.name, "address": one.address} if private else {})


def _print(session: Session, found: Sequence[Partner], *, private: bool, as_json: bool) -> None:
    rows = [_row(one, private=private) for one in found]
    if as_json:
        for row in rows:
            row["partner"] = handle(session, row["partner"], private=private)
        print(json.dumps({"schema_version": 1, "partners": rows}, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for key in rows[0] if rows else ():
        table.add_column(key.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 200).print(table if rows else "no partners", markup=False)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
