"""The shards of a plan, given to a cluster: what comes back is a result of each, the same that `shards run` writes."""

import secrets
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.app.session import Session, some
from pipeline.app.shards import attempts, cluster, merging, planning, portions, requests, results, working
from pipeline.app.shards import plan as plans
from pipeline.app.shards.cluster import ClusterLostError, Crew
from pipeline.app.shards.plan import Shard, ShardPlan
from pipeline.app.shards.portions import Portion
from pipeline.app.shards.requests import DraftSettings, ShardAnswer, ShardLoad, ShardRequest
from pipeline.app.shards.working import Worked
from pipeline.errors import PipelineError
from pipeline.workspace import privacy, storage

if TYPE_CHECKING:
    from distributed import Future

AHEAD = 2
"""Shards that are given away for each worker, so that none waits for its next."""

PATIENCE = 180
"""Looks at a cluster without workers, a second apart, before it is given up."""


FEW = 5
"""The same, of a cluster whose workers have said that they can do nothing."""


@dataclass(slots=True)
class _Open:
    """A shard whose sentences were sent to machines without the workspace, and what came back of them."""

    shard: Shard
    done: Worked
    waiting: int = 1


@dataclass(frozen=True, slots=True)
class _Errand:
    """A shard, or a part of its sentences, as it is given away.

    `load` is what is sent with it, None for who sees the workspace; `alone` is one over which workers were lost before.
    """

    shard: Shard
    load: tuple[Portion, ...] | None = None
    alone: bool = False

    @property
    def documents(self) -> list[str]:
        return list(dict.fromkeys(name for one in self.load or () for name in one.documents))


@dataclass(slots=True)
class Spreading:
    """Shards that a crew drafts, until each has a result, is refused or has ended those who were at it."""

    session: Session
    plan: ShardPlan
    crew: Crew
    mark: str
    waiting: deque[_Errand]
    settings: DraftSettings
    running: "dict[Future, _Errand]" = field(default_factory=dict)
    unfit: list[str] = field(default_factory=list)
    suspects: deque[_Errand] = field(default_factory=deque)
    open: dict[int, _Open] = field(default_factory=dict)

    def run(self) -> Iterator[Shard]:
        """Yield each shard when it is done with; raise ClusterLostError when nobody is left."""
        idle = 0
        while self.waiting or self.running or self.suspects:
            if not self.crew.is_connected:
                raise ClusterLostError("the scheduler was lost")
            self._give()
            done = self.crew.done(self.running) if self.running else []
            idle = 0 if done or self.crew.workers() else idle + 1
            if idle > (FEW if self.unfit else PATIENCE):
                raise ClusterLostError("; ".join(["no worker is left", *self.unfit[:1]]))
            for future in done:
                yield from self._taken(self.running.pop(future), future)

    def _give(self) -> None:
        """Give away what there is room for; over what workers were lost, one at a time when all else is done."""
        room = AHEAD * max(1, self.crew.workers()) - len(self.running)
        for _ in range(min(room, len(self.waiting))):
            self._ask(self.waiting.popleft())
        if not self.running and self.suspects:
            self._ask(self.suspects.popleft())

    def _ask(self, errand: _Errand) -> None:
        shard = errand.shard
        load = ShardLoad(self.settings, list(errand.load)) if errand.load else None
        asked = ShardRequest(plans.SCHEMA_VERSION, self.mark, shard.number, shard.name, self.plan.made_with, load)
        self.running[self.crew.asked(requests.encoded(asked))] = errand

    def _taken(self, errand: _Errand, future: "Future") -> Iterator[Shard]:
        """Take what came back; yield the shard when nothing more will."""
        if future.status == "cancelled":
            raise ClusterLostError("the scheduler was lost")
        content = self.crew.answer(future)
        if content is None:
            yield from self._lost(errand)
            return
        try:
            answer = requests.answer(content)
            if answer.outcome == "unfit":
                self._put_back(errand, answer.fault)
                return
            if answer.outcome == "failed":
                raise PipelineError(answer.fault)
            if answer.outcome == "needs" and errand.load is None:
                yield from self._opened(errand)
                return
            yield from self._filed(errand) if errand.load is None else self._gathered(errand, answer)
        except PipelineError as error:
            self._refuse(errand, error)
            yield errand.shard

    def _put_back(self, errand: _Errand, fault: str) -> None:
        """Give an errand to another, as who had it can do none."""
        if fault not in self.unfit:
            self.unfit.append(fault)
            self.session.say(f"a worker leaves: {fault}")
        (self.suspects if errand.alone else self.waiting).append(errand)

    def _refuse(self, errand: _Errand, error: PipelineError) -> None:
        number = errand.shard.number
        said = str(error) if str(error).startswith(f"shard {number}: ") else f"shard {number}: {error}"
        self.session.fault(PipelineError(said))
        self.open.pop(number, None)

    def _filed(self, errand: _Errand) -> Iterator[Shard]:
        """See that the result is there which a worker says that it has written."""
        if not results.read(self.session.config, self.plan, errand.shard.name):
            raise PipelineError("a worker says that it is done, and no result is there; see that all share one disk")
        yield errand.shard

    def _opened(self, errand: _Errand) -> Iterator[Shard]:
        """Send the sentences of a shard to who does not see the workspace."""
        config, shard, done = self.session.config, errand.shard, Worked()
        with attempts.begun(attempts.place(config, shard.name)) as attempt, self.session.apart():
            by_pair = dict(working.wanted(self.session, shard, attempt, done))
        done.drafts = {"-".join(pair): [] for pair in by_pair}
        load = tuple(portion for single in by_pair.values() for portion in single)
        self.open[shard.number] = _Open(shard, done)
        if load:
            self.waiting.appendleft(replace(errand, load=load))
        else:
            yield self._written(self.open.pop(shard.number))

    def _gathered(self, errand: _Errand, answer: ShardAnswer) -> Iterator[Shard]:
        assert errand.load
        found = self.open.get(errand.shard.number)
        if not found:  # another part of it was refused
            return
        asked = {("-".join(one.pair), source) for one in errand.load for source in one.wanted.sources}
        for name, rows in found.done.drafts.items():
            rows += [row for row in answer.drafts.get(name, []) if (name, row[0]) in asked]
        names = set(errand.documents)
        found.done.left_out |= {name: why for name, why in answer.left_out.items() if name in names}
        yield from self._counted(found)

    def _counted(self, found: _Open) -> Iterator[Shard]:
        found.waiting -= 1
        if not found.waiting:
            yield self._written(self.open.pop(found.shard.number))

    def _written(self, found: _Open) -> Shard:
        done, using = found.done, self.plan.made_with
        results.write(self.session.config, found.shard, using, done.drafts, done.changed, done.left_out)
        attempts.clear(attempts.place(self.session.config, found.shard.name))
        return found.shard

    def _lost(self, errand: _Errand) -> Iterator[Shard]:
        """Keep apart what workers were lost over; what they are lost over alone is left out, and named."""
        if not errand.alone and not errand.load:
            self.suspects.append(replace(errand, alone=True))
        elif errand.load and len(errand.documents) > 1:
            parts = list(_by_document(errand))
            self.open[errand.shard.number].waiting += len(parts) - 1
            self.suspects.extend(parts)
        elif errand.load and not errand.alone:
            self.suspects.append(replace(errand, alone=True))
        elif errand.load:
            found = self.open[errand.shard.number]
            found.done.left_out |= dict.fromkeys(errand.documents, portions.KILLS)
            yield from self._counted(found)
        else:
            names = some([name for name, _ in errand.shard.documents])
            self._refuse(errand, PipelineError(f"workers were lost over it again and again; its documents: {names}"))
            yield errand.shard


def _by_document(errand: _Errand) -> Iterator[_Errand]:
    for name in errand.documents:
        its = tuple(one for one in errand.load or () if name in one.documents)
        yield _Errand(errand.shard, its, alone=True)


def spread(session: Session, plan: ShardPlan, crew: Crew) -> None:
    """Have a crew draft every shard that has no result yet; what goes wrong with one is a fault, and the others go on.

    Raises ClusterLostError when nobody is left; what is done by then stays.
    """
    todo = [shard for shard in _shards(session, plan) if not working.known(session, plan, shard)]
    total = sum(len(shard.documents) for shard in todo)
    with _marked(session) as mark:
        errands = deque(map(_Errand, todo))
        spreading = Spreading(session, plan, crew, mark, errands, requests.settings_of(session.config))
        steps = (name for shard in spreading.run() for name in shard.documents)
        for _ in session.progress(steps, "Drafting", total):
            pass


def _shards(session: Session, plan: ShardPlan) -> Iterator[Shard]:
    for number in range(1, len(plan.names) + 1):
        yield plans.shard(session.config, plan, number)


@contextmanager
def _marked(session: Session) -> Iterator[str]:
    """Put a file into the workspace by which a machine knows that it sees this one, and not a copy of it."""
    name = secrets.token_hex(16)
    path = privacy.made_private(plans.folder(session.config)) / f"{name}{requests.MARK}"
    storage.write(path, b"")
    try:
        yield name
    finally:
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class SpreadDrafts:
    """What became of it: how many files were written, and which documents are not drafted; a fault says why."""

    written: int = 0
    undrafted: frozenset[str] = frozenset()


def draft(
    session: Session, scheduler: str, certificates: Path | None, todo: Callable[[], Sequence[str] | None]
) -> SpreadDrafts:
    """Plan the documents `todo` (None: all), have a scheduler's workers draft them, and merge what they made.

    Certificates are a folder, if not the usual one.
    """
    folder = certificates or session.config.root / cluster.FOLDER
    cluster.require_allowed(session.config, scheduler)
    chosen = todo()
    if chosen is not None and not chosen:
        return SpreadDrafts()
    with cluster.joined(session.config, scheduler, folder, session.clock) as crew:
        made = planning.make(session, chosen, None, workers=crew.workers())
        if session.dry_run:
            session.say(f"would draft {made.documents} documents in {made.new} shards")
            return SpreadDrafts(undrafted=frozenset(chosen or session.sources().documents))
        plan = plans.read(session.config)
        try:
            spread(session, plan, crew)
        except ClusterLostError as error:
            session.fault(PipelineError(f"{scheduler}: {error}; what is done stays: type the command again to go on"))
    if all(results.is_merged(session.config, name) for name in plan.names):
        return SpreadDrafts(undrafted=_undrafted(session, plan))
    session.wait = True  # for whoever began to write meanwhile
    merged = merging.merge(session)
    return SpreadDrafts(merged.written, _undrafted(session, plan))


def _undrafted(session: Session, plan: ShardPlan) -> frozenset[str]:
    planned, drafted = set[str](), set[str]()
    for shard in _shards(session, plan):
        names = {name for name, _ in shard.documents}
        planned |= names
        with suppress(PipelineError):  # merging has said it
            if result := results.read(session.config, plan, shard.name):
                drafted |= names - {*result.left_out, *result.changed}
    return frozenset(planned - drafted)
