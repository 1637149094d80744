"""The server of the review page, on this machine alone."""

import gc
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from pipeline.app.session import Clock
from pipeline.errors import PipelineError
from pipeline.web.desks import Desks
from pipeline.web.guard import Gate
from pipeline.web.people import People, Role
from pipeline.web.site import Site

HOST = "127.0.0.1"

MOST_AT_ONCE = 64
"""Requests that are answered at a time; more are told to come again."""


def listening(port: int) -> socket.socket:
    """Return a socket on this machine that listens on a port, or on any that is free for 0.

    Raises PipelineError when the port is taken.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        raise PipelineError(f"port {port}: {error.strerror}; choose another: --port 0 takes any that is free") from None
    return found


def serve(
    folder: Path,
    clock: Clock,
    listener: socket.socket,
    by: str,
    tell: Callable[[str], None],
    started: Callable[[str], None],
) -> None:
    """Serve the workspace at a folder until somebody stops it; `started` is given the address that opens it once.

    When that address has been used, `tell` is given another one. Raises UsageError when the settings are faulty.
    """
    gc.enable()  # a command ends soon; this does not
    port = listener.getsockname()[1]
    people = People(clock)
    hosts = (f"{HOST}:{port}", f"localhost:{port}")
    gate = Gate(people, hosts, "http", f"pipeline-review-{port}-{secrets.token_hex(4)}")
    base = f"http://{HOST}:{port}/come-in?invitation="
    people.used = lambda: tell(base + people.invite(Role.APPROVE, by))
    site = Site(Desks(folder, clock), gate)
    settings = uvicorn.Config(
        site.app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=32_768,
    )
    started(base + people.invite(Role.APPROVE, by))
    uvicorn.Server(settings).run(sockets=[listener])
