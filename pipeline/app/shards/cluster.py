"""Machines that draft together: the processors of this one, or a scheduler and whatever workers come to it, by Dask.

Every connection between machines is encrypted, and both its ends show a certificate of the cluster's own authority.
"""

import asyncio
import gc
import logging
import os
import re
import signal
import socket
import warnings
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import loopback, scratch
from pipeline.app.session import Clock
from pipeline.app.shards import certificates, remote, tasks
from pipeline.app.shards.beside import ProcessBeside
from pipeline.app.shards.certificates import Certificates
from pipeline.app.shards.remote import Post
from pipeline.errors import EnvironmentMissing, PipelineError, UsageError
from pipeline.workspace.config import Config

if TYPE_CHECKING:
    from distributed import Client, Future, Security

LOCAL = "local"
FOLDER = "keys/cluster"
"""Of a workspace: where the certificates are, unless another folder is named."""

PORT = 8786
MOST_LOCAL = 16
"""Processes on this machine, each with its models in memory; with more processors, each has several."""

_POLL = 1.0
"""Seconds between two looks at what has become of the cluster."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SchedulerPlace:
    """Where a scheduler is, or shall be."""

    host: str
    port: int

    @property
    def address(self) -> str:
        return f"tls://{self.host}:{self.port}"


def place(text: str) -> SchedulerPlace:
    """Return where «tls://host:port» is; raise UsageError when it is not that."""
    scheme, _, rest = text.rpartition("://")
    found = re.fullmatch(r"([\w.-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})", rest)
    if scheme not in ("tls", ""):
        raise UsageError(
            f"{text}: only tls:// is encrypted; over another way anybody between could read the texts and give orders; "
            f"write tls://{rest or 'HOST:PORT'}"
        )
    if not scheme or not found or not 0 < int(found[2]) < 65536:
        raise UsageError(f"{text}: no scheduler is called so; write {LOCAL}, or tls://HOST:PORT")
    return SchedulerPlace(found[1], int(found[2]))


def require_allowed(config: Config, scheduler: str) -> None:
    """Raise UsageError when a scheduler is none, or on another machine though the workspace is `offline`."""
    if scheduler == LOCAL:
        return
    where = place(scheduler)
    if config.offline and not loopback.is_loopback(where.host):
        raise UsageError(
            f"{scheduler}: on another machine, and pipeline.toml says offline = true; use --scheduler local"
        )


class ClusterLostError(PipelineError):
    """The scheduler, or the last worker, is gone."""


class Crew:
    """A scheduler's workers, as somebody sees them who has shards to draft."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    @property
    def is_connected(self) -> bool:
        """Whether the scheduler is there; what it was given is lost when it was not for a moment."""
        return bool(self._client.status == "running")

    def workers(self) -> int:
        """Return how many workers there are."""
        try:
            return len(self._client.nthreads())
        except Exception:  # whatever Dask makes of a scheduler that is gone
            return 0

    def asked(self, request: bytes) -> "Future":
        """Give somebody a shard to draft; raise ClusterLostError when the scheduler is gone."""
        try:
            return self._client.submit(tasks.draft, request, pure=False)
        except Exception:  # whatever Dask makes of it
            raise ClusterLostError("the scheduler was lost") from None

    def done(self, futures: "Collection[Future]") -> "list[Future]":
        """Return what is done of what was asked; wait a moment while nothing is."""
        from distributed import CancelledError, wait

        with self._client.as_current(), suppress(TimeoutError, CancelledError):
            wait(list(futures), timeout=_POLL, return_when="FIRST_COMPLETED")
        return [one for one in futures if one.status != "pending"]

    def answer(self, future: "Future") -> object:
        """Return what was answered; None when workers were lost over it, or what they sent was refused."""
        try:
            return future.result(timeout=60) if future.status == "finished" else None
        except Exception:  # of whatever kind: none was put there by our task, which says what goes wrong
            return None


@contextmanager
def joined(config: Config, scheduler: str, folder: Path, clock: Clock) -> Iterator[Crew]:
    """Give the workers of a scheduler, or those of this machine, which end afterwards.

    Raises UsageError or EnvironmentMissing when there is no such scheduler, or no way to it.
    """
    require_dask()
    with ExitStack() as held:
        held.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # of other versions, large messages and whatever else Dask advises
        client = _here(config, clock, held) if scheduler == LOCAL else _there(place(scheduler), folder, held)
        yield Crew(client)


def require_dask() -> None:
    """Import Dask, and have it be silent; raise EnvironmentMissing when it is not installed."""
    try:
        import dask
        import distributed  # noqa: F401
    except ImportError:
        raise EnvironmentMissing(
            "a scheduler needs Dask, which is missing; install it: pip install distributed (or pipeline with [dask])"
        ) from None
    gc.enable()  # a command that ends soon does without; these may run for weeks
    import pipeline.app.shards.nodes  # noqa: F401  # from here on no pickle is read but what is listed

    routes = "distributed.{}.http.routes"
    dask.config.set({routes.format("scheduler"): [], routes.format("worker"): []})
    for name in ("distributed", "tornado", "asyncio", *_loggers()):
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False


def _loggers() -> list[str]:
    return [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in ("distributed", "tornado")]


def _here(config: Config, clock: Clock, held: ExitStack) -> "Client":
    from distributed import Client, SpecCluster

    from pipeline.app.shards.nodes import ShardScheduler, ShardWorker

    folder = held.enter_context(scratch.folder())
    cores = len(os.sched_getaffinity(0))
    count = min(cores, MOST_LOCAL)
    post = Post(LOCAL, config.root, folder, max(1, cores // count), clock)
    beside = [ProcessBeside(remote.answering(post)) for _ in range(count)]
    workers = {
        number: {"cls": ShardWorker, "options": {"beside": one, "protocol": "inproc", "scratch": str(folder)}}
        for number, one in enumerate(beside)
    }
    scheduler = {"cls": ShardScheduler, "options": {"protocol": "inproc", "scratch": str(folder)}}
    cluster = held.enter_context(SpecCluster(workers, scheduler=scheduler))
    client = held.enter_context(Client(cluster, set_as_default=False))
    for one in beside:
        held.callback(one.close)
    return client


def _there(where: SchedulerPlace, folder: Path, held: ExitStack) -> "Client":
    from distributed import Client

    ours = certificates.read(folder)
    certificates.require_reached(where.host, where.port, ours)
    try:
        return held.enter_context(Client(where.address, security=_security(ours), set_as_default=False, timeout=20))
    except OSError as error:
        raise EnvironmentMissing(f"{where.address}: {error}; look what the scheduler says") from None


def _security(ours: Certificates) -> "Security":
    from distributed import Security

    roles = ("client", "scheduler", "worker")
    files = {f"tls_{role}_cert": str(ours.certificate) for role in roles}
    files |= {f"tls_{role}_key": str(ours.key) for role in roles}
    return Security(require_encryption=True, tls_ca_file=str(ours.authority), **files)


def schedule(where: SchedulerPlace, folder: Path, say: Say) -> None:
    """Be the scheduler, until this process is told to end; raise EnvironmentMissing where it cannot listen."""
    require_dask()
    ours = certificates.read(folder)
    host = where.host.strip("[]")
    from pipeline.app.shards.nodes import ShardScheduler

    async def scheduling(private: Path) -> None:
        options: dict[str, Any] = {"host": host, "port": where.port, "protocol": "tls", "security": _security(ours)}
        async with ShardScheduler(str(private), **options) as scheduler:
            say(f"scheduler at {scheduler.address}; end it with Ctrl-C")
            await scheduler.finished()

    try:
        with socket.create_server((host, where.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass  # Dask would leave its socket open where it cannot listen
        with scratch.folder() as private:
            _until_ended(scheduling(private))
    except (OSError, RuntimeError) as error:
        raise EnvironmentMissing(
            f"{where.address}: cannot be listened at ({_cause(error)}); name another: --listen HOST:PORT"
        ) from None


def work(where: SchedulerPlace, folder: Path, workspace: Path, threads: int, clock: Clock, say: Say) -> None:
    """Be a worker, until this process is told to end; when the scheduler goes, it is waited for."""
    require_dask()
    ours = certificates.read(folder)
    certificates.require_reached(where.host, where.port, ours)
    with scratch.folder() as private:
        beside = ProcessBeside(remote.answering(Post(socket.gethostname(), workspace, private, threads, clock)))
        try:
            _until_ended(_working(where, ours, beside, private, say))
        except (OSError, RuntimeError) as error:
            raise EnvironmentMissing(f"{where.address}: {_cause(error)}; look what the scheduler says") from None
        finally:
            beside.close()


def _cause(error: BaseException) -> str:
    """Return what went wrong, of which Dask says only that something did not start."""
    cause = error.__cause__ or error
    return getattr(cause, "strerror", "") or str(cause)


async def _working(where: SchedulerPlace, ours: Certificates, beside: ProcessBeside, private: Path, say: Say) -> None:
    from pipeline.app.shards.nodes import ShardWorker

    while True:
        async with ShardWorker(where.address, beside, str(private), security=_security(ours)) as worker:
            say(f"working for {where.address}; end it with Ctrl-C")
            await worker.finished()
        if worker.unfit:
            raise EnvironmentMissing(worker.unfit)
        say(f"{where.address}: the scheduler is gone; waiting for it")
        await asyncio.sleep(_POLL)


def _until_ended(working: Coroutine[Any, Any, None]) -> None:
    """Run until it is over, or this process is told to end by Ctrl-C or a terminal or cluster that wants it back."""

    async def running() -> None:
        task = asyncio.ensure_future(working)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            return

    asyncio.run(running())
