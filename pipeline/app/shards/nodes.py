"""The parts of Dask that stand on a machine: a scheduler and a worker that do what shards need, and nothing else.

Dask's own would also run what somebody sends them, take files and load them as programs, and serve pages about
themselves over plain http. Importing this module needs the extra `dask`.
"""

import asyncio
import sys
import warnings
from contextlib import suppress
from typing import Any

from distributed import Client, Scheduler, Worker
from distributed.scheduler import DEFAULT_EXTENSIONS

from pipeline.app.shards import pickles
from pipeline.app.shards.beside import ProcessBeside

pickles.guard()

Client._default_event_handlers = {}  # a scheduler would have whoever asks print what it likes, at their terminal

MOST_LOST = 2
"""Workers that may be lost over a shard before whoever asked is told: one more is the third."""

_WAITS = 50
"""Tenths of a second for which an answer waits to be fetched."""

_SCHEDULER = frozenset(
    {
        "identity", "connection_stream", "register-client", "register-worker", "unregister", "heartbeat_worker",
        "gather", "ncores", "who_has", "terminate", "add_keys", "subscribe_worker_status", "retire_workers",
        "get_metadata", "set_metadata", "log_event",
    }
)  # fmt: skip
_WORKER = frozenset({"identity", "connection_stream", "gather", "get_data", "free_keys", "terminate", "ping"})
_EXTENSIONS = ("spans", "stealing")
_TOPICS = ("subscribe-topic", "unsubscribe-topic")
"""What every client asks for when it comes: without an answer of some kind it would be cut off."""


class ShardScheduler(Scheduler):
    """A scheduler that has one kind of task, and no pages.

    `scratch` is a folder that its user alone may write in: Dask's own, in /tmp, has a name that anybody may take first.
    """

    def __init__(self, scratch: str, **options: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it would show on pages
            extensions = {name: DEFAULT_EXTENSIONS[name] for name in _EXTENSIONS}
            options |= {"dashboard": False, "allowed_failures": MOST_LOST, "extensions": extensions}
            super().__init__(local_directory=scratch, **options)
        _import_nothing_from(self.local_directory)
        self.handlers: dict[str, Any] = _only(self.handlers, _SCHEDULER)
        self.stream_handlers.pop("update-data", None)
        self.stream_handlers |= dict.fromkeys(_TOPICS, _tell_nobody)

    def start_http_server(self, *_: object, **__: object) -> None:
        """Serve no pages."""


class ShardWorker(Worker):
    """A worker that does one shard at a time, in a process beside it; `scratch` is a folder of its user alone."""

    def __init__(self, scheduler: str, beside: ProcessBeside, scratch: str, **options: Any) -> None:
        super().__init__(scheduler, nthreads=1, memory_limit=0, local_directory=scratch, **options)
        _import_nothing_from(self.local_directory)
        self.beside = beside
        self.unfit = ""
        self.handlers: dict[str, Any] = _only(self.handlers, _WORKER)

    def start_http_server(self, *_: object, **__: object) -> None:
        """Serve no pages."""

    async def plugin_add(self, *_: object, **__: object) -> dict[str, Any]:
        """Take no plug-in, whatever the scheduler sends when this worker comes."""
        return {"status": "OK"}

    def leave(self, fault: str) -> None:
        """Go, once it is known why, as this machine can draft nothing; others then do what there is to do."""
        if not self.unfit:
            self.unfit = fault
            self.loop.add_callback(self._leave)

    async def _leave(self) -> None:
        for _ in range(_WAITS):
            await asyncio.sleep(0.1)
            if not self.data:
                break
        await self.close()


def _import_nothing_from(folder: str) -> None:
    """Look for no modules in a folder, where Dask puts first what it was sent."""
    with suppress(ValueError):
        sys.path.remove(folder)


def _tell_nobody(**_: object) -> None:
    """Have no topic."""


def _only(handlers: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: handler for name, handler in handlers.items() if name in names}
