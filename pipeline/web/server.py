"""The server of the review page: on this machine alone, or for the people of one room."""

import asyncio
import errno
import gc
import secrets
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import escape
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipeline import loopback, scratch
from pipeline.app.session import Clock
from pipeline.catalogue import readings
from pipeline.errors import PipelineError, UsageError
from pipeline.web import certificate
from pipeline.web.desks import Desks
from pipeline.web.guard import Gate
from pipeline.web.people import Invitation, People, Role
from pipeline.web.site import Site
from pipeline.workspace import storage

HOST = "127.0.0.1"

_DOORMAT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>pipeline review</title>
<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url={0}"></head>
<body><p><a href="{0}">pipeline review</a></p></body></html>
"""

PATIENCE = 10
"""Seconds for a request to arrive, from the first moment of a connection."""

MOST_AT_ONCE = 64
"""Requests that are answered at a time; more are told to come again."""


MOST_CONNECTIONS = 2 * MOST_AT_ONCE
"""That are kept; whoever comes then is hung up on, so that files can still be opened for what people save."""

_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


@dataclass(frozen=True, slots=True)
class Opened:
    """An address that opens the page once, for whom it is, and the fingerprint of the certificate behind it, if any."""

    address: str
    invitation: Invitation
    fingerprint: str = ""


class PatientProtocol(H11Protocol):
    """A connection that is given up when no whole request arrives on it in time; a part of one buys no time.

    Else a few connections on which nothing comes would keep everybody out.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def data_received(self, data: bytes) -> None:
        timer, self.timeout_keep_alive_task = self.timeout_keep_alive_task, None
        super().data_received(data)
        if timer and (self._is_at_work or self.transport.is_closing()):
            timer.cancel()
        else:
            self.timeout_keep_alive_task = timer

    def timeout_keep_alive_handler(self) -> None:
        if not self._is_at_work:
            super().timeout_keep_alive_handler()

    @property
    def _is_at_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete


class QuietServer(uvicorn.Server):
    """A server that says nothing of those for whom there is no room: they could fill the terminal."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        asyncio.get_running_loop().set_exception_handler(_unless_full)
        await super().startup(sockets)


def _unless_full(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if not (isinstance(error, OSError) and error.errno in _FULL):
        loop.default_exception_handler(context)


@contextmanager
def doormat(folder: Path, address: str) -> Iterator[str]:
    """Give an address that leads to another, and can be told to a program: all users see the arguments of programs.

    It is that of a file in a private folder, which is removed in the end; raise PipelineError when it cannot be made.
    """
    file = folder / "open.html"
    storage.write(file, _DOORMAT.format(escape(address)).encode())
    try:
        yield file.absolute().as_uri()
    finally:
        file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and to whom: the host, called `by` a pseudonym, and `guests`, by their pseudonyms and roles."""

    folder: Path
    clock: Clock
    listener: socket.socket
    by: str = ""
    guests: Sequence[tuple[str, Role]] = ()

    @property
    def address(self) -> str:
        host, port = self.listener.getsockname()[:2]
        return f"{host}:{port}"

    @property
    def is_shared(self) -> bool:
        """Whether other machines can reach it."""
        return not loopback.is_loopback(self.listener.getsockname()[0])


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a number of this machine, on a port, or on any that is free for 0.

    Raises PipelineError when it cannot.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(MOST_AT_ONCE)  # whoever is told an address may come at once
    except OSError as error:
        found.close()
        raise PipelineError(
            f"{host}, port {port}: {error.strerror or error}; choose another, or --port 0 for any"
        ) from None
    return found


def own_number() -> str:
    """Return the number by which other machines of the network reach this one; nothing is sent to find it.

    Raises PipelineError when there is no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        try:
            found.connect(("192.0.2.1", 9))  # a number for examples (RFC 5737): to connect sends nothing
        except OSError:
            raise PipelineError("this machine is in no network; join one, or leave out --share") from None
        return str(found.getsockname()[0])


def serve(served: Serving, tell: Callable[[Opened], None]) -> None:
    """Serve a workspace until somebody stops it; `tell` is given each address that opens the page once.

    When the host's has been used, it is given another. Raises UsageError when the settings are faulty.
    """
    _require_guests(served)
    gc.enable()  # a command ends soon; this does not
    with ExitStack() as stack:
        made = None
        if served.is_shared:
            folder = stack.enter_context(scratch.folder())
            made = certificate.make(folder, served.listener.getsockname()[0])
        gate = _gate(served, made.fingerprint if made else "")
        _invite(served, gate, tell)
        site = Site(Desks(served.folder, served.clock), gate)
        Thread(target=site.prepare, daemon=True).start()
        settings = uvicorn.Config(
            site.app,
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
            limit_concurrency=MOST_AT_ONCE,
            backlog=MOST_AT_ONCE,  # as many are taken at a time, before any is hung up on
            http=PatientProtocol,
            timeout_keep_alive=PATIENCE,
            timeout_graceful_shutdown=5,
            h11_max_incomplete_event_size=32_768,
            ssl_certfile=made.file if made else None,
            ssl_keyfile=made.key if made else None,
        )
        QuietServer(settings).run(sockets=[served.listener])


def _require_guests(served: Serving) -> None:
    """Raise UsageError when nobody could come, or two would be taken for one."""
    if served.is_shared and not served.guests:
        raise UsageError("nobody is invited; add --invite NAME:ROLE for each guest, such as sara:translate")
    host = served.listener.getsockname()[0]
    if ip_address(host).is_unspecified:
        raise UsageError(f"no browser goes to {host}; give --at the number of this machine in your network")
    names = [served.by, *(name for name, _ in served.guests)]
    for place, name in enumerate(names):
        if any(readings.is_by(name, other) for other in names[:place]):
            raise UsageError(f"two people are called {name}; give each a pseudonym of their own")


def _gate(served: Serving, fingerprint: str) -> Gate:
    port = served.listener.getsockname()[1]
    hosts = (served.address,) if served.is_shared else (served.address, f"localhost:{port}")
    scheme = "https" if served.is_shared else "http"
    cookie, root = f"pipeline-review-{secrets.token_hex(4)}", f"/{secrets.token_urlsafe(12)}"
    return Gate(People(served.clock), hosts, scheme, cookie, root, fingerprint)


def _invite(served: Serving, gate: Gate, tell: Callable[[Opened], None]) -> None:
    """Tell the addresses of the host and of the guests, and a new one when the host has used theirs."""

    def invite(role: Role, by: str, *, is_host: bool) -> None:
        secret = gate.people.invite(role, by, is_host=is_host)
        invitation = gate.people.invited(secret)
        if invitation:
            address = f"{gate.scheme}://{served.address}{gate.root}/come-in?invitation={secret}"
            tell(Opened(address, invitation, gate.fingerprint))

    def used(invitation: Invitation) -> None:
        if invitation.is_host:
            invite(Role.APPROVE, served.by, is_host=True)

    gate.people.used = used
    invite(Role.APPROVE, served.by, is_host=True)
    for name, role in served.guests:
        invite(role, name, is_host=False)
