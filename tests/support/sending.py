"""What the use cases of distribution send, without typesetting it: releases of small files to partners with folders."""

from contextlib import contextmanager
from pathlib import Path

from pipeline.app import deliveries, distributing, partners
from pipeline.app.witnesses import Consent
from pipeline.distribution import planning
from tests.support.sessions import begun

SENDER = '\n[sender]\nname = "شورای همکاری"\naddress = "office@example.org"\n'
TABLE = '[partners.{0}]\nname = "House of {0}"\nlanguages = ["en"]\ndelivery = "folder"\naddress = "{0}"\n'
GIVEN = Consent(ask=lambda question: True)


def prepare(workspace: Path, *names: str) -> None:
    """Give a workspace a sender and partners, each with a folder of that name."""
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(SENDER)
    (workspace / "partners.toml").write_text("".join(map(TABLE.format, names)), "utf-8")
    for name in names:
        (workspace / name).mkdir()


@contextmanager
def planned(workspace: Path, *releases, consent=None, **known):
    """Give a session, what it tells, its ledger, and the plan for these releases, with what is `known` beside."""
    session, events = begun(workspace)
    with session.locked(), deliveries.opened(session, consent) as book:
        plan = planning.plan(partners.known(session), releases, book.entries(), book.decisions.withdrawn(), **known)
        yield session, events, book, plan


def send(workspace: Path, *releases, **known) -> distributing.Distribution:
    """Send releases to all partners, as `distribute` does."""
    with planned(workspace, *releases, consent=GIVEN, **known) as (session, _, book, plan):
        settings = deliveries.settings(session)
        return distributing.carry_out(session, book, plan, settings, (), "nothing to do", {}, send=True, private=False)


def delivered(workspace: Path, name: str) -> list[str]:
    """Return the names of the bundles in a partner's folder."""
    return sorted(path.name for path in (workspace / name).iterdir())
