"""What a machine of a cluster does with a request: draft a shard, in the workspace or out of what it was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal

from pipeline.app.session import Clock, Session
from pipeline.app.shards import attempts, portions, requests, results, working
from pipeline.app.shards import plan as plans
from pipeline.app.shards.beside import ProcessBeside, ProcessLostError
from pipeline.app.shards.plan import UnlikePlanError
from pipeline.app.shards.portions import Bench
from pipeline.app.shards.requests import ShardAnswer, ShardRequest
from pipeline.app.translating import Asked
from pipeline.errors import EngineError, EnvironmentMissing, PipelineError
from pipeline.translate.mt import ENGINES, EngineSettings
from pipeline.workspace import config
from pipeline.workspace.config import Config

MOST_ENDED = 30
"""Times that the process is started again which drafts a shard: a document ends it three times at most."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where a machine works, by its name: where the workspace may be, a folder that is cleared, and processors."""

    machine: str
    workspace: Path
    scratch: Path
    threads: int
    clock: Clock


def answered(post: Post, content: bytes) -> bytes:
    """Do what is asked, and say what has become of it, whatever goes wrong."""
    try:
        return requests.encoded(_done(post, requests.request(content)))
    except (UnlikePlanError, EngineError, EnvironmentMissing) as error:
        return _failed(f"{post.machine}: {'; '.join(error.faults)}", "unfit")
    except OSError as error:
        return _failed(f"{post.machine}: {error.filename or post.scratch}: {error.strerror}", "unfit")
    except PipelineError as error:
        return _failed("; ".join(error.faults))
    except Exception as error:  # whoever asked shall know, and not only this machine
        return _failed(f"a fault of this program: {error!r}")


def _failed(fault: str, outcome: Literal["failed", "unfit"] = "failed") -> bytes:
    return requests.encoded(ShardAnswer(outcome, fault[: results.MOST_SAID]))


def patiently(beside: ProcessBeside, content: bytes) -> bytes:
    """Have a request answered by a process beside; where that is ended over it, it is started again."""
    for _ in range(MOST_ENDED):
        try:
            return beside.ask(content)
        except ProcessLostError:
            if beside.is_closed:
                break
    return _failed(
        f"the process that drafts was ended {MOST_ENDED} times; see that the machine has memory enough for the models"
    )


def _done(post: Post, asked: ShardRequest) -> ShardAnswer:
    if (post.workspace / plans.PLACE / f"{asked.mark}{requests.MARK}").is_file():
        return _in_the_workspace(post, asked)
    return _out_of_the_load(post, asked) if asked.load else ShardAnswer("needs")


def _in_the_workspace(post: Post, asked: ShardRequest) -> ShardAnswer:
    session = Session.open(post.workspace, post.clock, dry_run=True)
    plan = plans.read(session.config)
    if plan.name(asked.number) != asked.name:
        raise PipelineError("planned anew meanwhile; type the command again")
    working.run(session, asked.number, Asked(threads=post.threads))
    return ShardAnswer("filed")


def _out_of_the_load(post: Post, asked: ShardRequest) -> ShardAnswer:
    assert asked.load
    folder = post.scratch / plans.digest(asked.load.settings)
    if not (folder / config.FILE_NAME).exists():
        asked.load.settings.write(folder)
    settings = config.read(folder)
    _require_allowed(post, settings)
    using = plans.made_with(settings)
    plans.require_same(asked.number, asked.made_with, using)
    bench, drafts, left_out = Bench(settings, using, Asked(threads=post.threads)), results.Drafts(), dict[str, str]()
    with attempts.begun(place := attempts.place(settings, asked.name)) as attempt:
        for pair, single in groupby(asked.load.single, key=attrgetter("pair")):
            rows = drafts.setdefault("-".join(pair), [])
            for portion in portions.together(list(single)):
                rows += portions.drafted(bench, portion, attempt, left_out)
    attempts.clear(place)
    return ShardAnswer("drafted", drafts=drafts, left_out=left_out)


def _require_allowed(post: Post, settings: Config) -> None:
    """Raise EngineError when sentences would go to a server that this machine's own settings do not name, or forbid."""
    plugin, name = ENGINES.load(settings.engine), settings.engine
    if not getattr(plugin, "ASKS_A_SERVER", False):
        return
    if not (post.workspace / config.FILE_NAME).is_file():
        raise EngineError(f"no {config.FILE_NAME} where the worker was started, to name the server that may be asked")
    own = config.read(post.workspace)
    if own.engines.get(name) != settings.engines.get(name):
        raise EngineError(f"{config.FILE_NAME}: [engines.{name}] is not what was sent, and no other server is asked")
    for pair in settings.pairs:
        plugin.plan(*pair, EngineSettings(options=own.engines.get(name, {}), offline=own.offline))


def answering(post: Post) -> Callable[[bytes], bytes]:
    """Return what a process beside is given to do."""
    return partial(answered, post)
