"""A shard → its drafts: what any machine can do that has the workspace and its models, beside as many others.

Nothing is written but the result of the shard, and what has been drafted of it meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pipeline.app import catalogues, memory, translating
from pipeline.app.session import Session
from pipeline.app.shards import attempts, results
from pipeline.app.shards import plan as plans
from pipeline.app.shards.attempts import MOST_DEATHS, Attempt
from pipeline.app.shards.plan import Shard, ShardPlan
from pipeline.app.shards.results import Row
from pipeline.app.translating import Asked, Pair, WantedDrafts
from pipeline.catalogue import leverage
from pipeline.catalogue.memory import Memory
from pipeline.errors import PipelineError
from pipeline.model import Document
from pipeline.text.orthography import fold
from pipeline.translate import drafting
from pipeline.translate.cache import DraftCache
from pipeline.translate.drafting import Route
from pipeline.workspace import config, reading, sources
from pipeline.workspace.config import Config

TOGETHER = 2000
"""Sentences that are drafted together, as many documents as they come from: what a killed worker loses at most."""

KILLS = f"{MOST_DEATHS} workers were killed while they were at it; translate it alone, or take it out of the documents"


BETWEEN = ""
"""What a worker is at that is at no document."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Sentences of one document, or of several, that are drafted together: then its `parts` are those of each."""

    documents: tuple[str, ...]
    wanted: WantedDrafts
    parts: "tuple[Portion, ...]" = ()

    @property
    def name(self) -> str:
        return plans.digest([self.documents, sorted(self.wanted.sources)])


@dataclass
class Worked:
    """What has become of a shard: drafts by pair, documents that changed, and those left out, with the reason."""

    drafts: dict[str, list[Row]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShardRun:
    """What `shards run` did: `is_new` when the result was not there; how many sentences were drafted."""

    shard: int
    name: str
    is_new: bool
    documents: int
    sentences: int
    changed: tuple[str, ...]
    left_out: dict[str, str]


def run(session: Session, number: int, asked: Asked = translating.ASKED, *, rehearse: bool = False) -> ShardRun:
    """Draft a shard, unless its result is there; the session is one that writes nothing.

    A document that cannot be drafted is a fault, and left out. Raises PipelineError when this worker has another
    version or other models than the plan.
    """
    settings = session.config
    plan = plans.read(settings)
    using = plans.made_with(settings)
    if difference := plan.made_with.difference(using):
        raise PipelineError(f"shard {number}: not drafted here: this machine has {difference} than the plan; {_REMEDY}")
    shard = plans.shard(settings, plan, number)
    if known := _known(session, plan, shard, rehearse):
        return ShardRun(number, shard.name, False, len(shard.documents), known.sentences, known.changed, known.left_out)
    if rehearse:
        session.say(f"shard {number}: would draft {len(shard.documents)} documents")
        return ShardRun(number, shard.name, True, len(shard.documents), 0, (), {})
    with attempts.begun(settings, shard.name) as attempt:
        done = worked(session, shard, attempt, asked)
        for document, reason in done.left_out.items():
            session.fault(PipelineError(f"{document}: left out of shard {number}: {reason}"))
        results.write(settings, shard, using, done.drafts, done.changed, done.left_out)
    attempts.clear(settings, shard.name)
    count = sum(map(len, done.drafts.values()))
    return ShardRun(number, shard.name, True, len(shard.documents), count, tuple(done.changed), done.left_out)


_REMEDY = "make them the same, or plan again: pipeline shards plan"


def _known(session: Session, plan: ShardPlan, shard: Shard, rehearse: bool) -> results.ShardResult | None:
    """Return the result that is there; what merging would refuse is taken away, and said."""
    try:
        known = results.read(session.config, plan, shard.name)
        if known:
            results.drafts(session.config, plan, known)
        return known
    except PipelineError as error:
        session.say(str(error).partition("; ")[0])
        if not rehearse:
            results.remove(session.config, shard.name)
        return None


def worked(session: Session, shard: Shard, attempt: Attempt, asked: Asked) -> Worked:
    """Return the drafts of a shard, those of an earlier worker that was killed among them."""
    done = Worked()
    documents = list(_documents(session, shard, attempt, done))
    attempt.at(BETWEEN)
    for pair, its in translating.by_pair(session.config, documents).items():
        portions = _portions(session, pair, its, done)
        rows: list[Row] = []
        for portion in session.progress(portions, f"Drafting {pair[0]}→{pair[1]}", len(portions)):
            rows += _drafted(session, pair, portion, attempt, asked, done)
        done.drafts["-".join(pair)] = rows
    return done


def _documents(session: Session, shard: Shard, attempt: Attempt, done: Worked) -> Iterator[Document]:
    """Yield the documents of a shard that are still as planned."""
    files = sources.documents(session.config)
    for document_id, planned in shard.documents:
        if attempt.deaths(_reading(document_id)) >= MOST_DEATHS:
            done.left_out[document_id] = KILLS
            continue
        attempt.at(_reading(document_id))
        try:
            if document_id not in files or plans.document_digest(session.config, files[document_id]) != planned:
                done.changed.append(document_id)
                session.say(f"{document_id}: changed since the plan; left for the next: pipeline shards plan")
            else:
                yield reading.read(session.config, files[document_id])
        except PipelineError as error:
            done.left_out[document_id] = _one_line(error)


def _reading(document_id: str) -> str:
    return f"reading {document_id}"


def _portions(session: Session, pair: Pair, documents: Sequence[Document], done: Worked) -> list[Portion]:
    """Return what the memory leaves to an engine, in portions of whole documents."""
    single: list[Portion] = []
    with memory.opened(session, *pair) as translations:
        for document in (one for one in documents if one.id not in done.left_out):
            try:
                wanted = wanted_of(session, document, pair[1], translations)
            except PipelineError as error:
                done.left_out[document.id] = _one_line(error)
                continue
            if wanted.sources:
                single.append(Portion((document.id,), wanted))
    if not single:
        return []
    people = translating.pivots(session, translating.route(session.config, pair))
    return [_joined(portions, people) for portions in _together(single)]


def wanted_of(session: Session, document: Document, lang: str, translations: Memory) -> WantedDrafts:
    """Return the sentences of a document that neither people nor the memory have translated into a language."""
    now = catalogues.current(session, document, lang)
    units = leverage.undrafted(leverage.fill(now.catalogue, translations))
    sources = {unit.source: bool(unit.marks) for unit in units}
    around = {key: one for key, one in drafting.contexts([document]).items() if key in sources}
    return WantedDrafts(sources, around=around)


def _together(single: Sequence[Portion]) -> Iterator[list[Portion]]:
    gathered: list[Portion] = []
    count = 0
    for portion in single:
        gathered.append(portion)
        count += len(portion.wanted.sources)
        if count >= TOGETHER:
            yield gathered
            gathered, count = [], 0
    if gathered:
        yield gathered


def _joined(parts: Sequence[Portion], people: Mapping[str, str]) -> Portion:
    """Return portions as one, and each with those of people's translations into the language between that it has."""
    ready = tuple(replace(part, wanted=replace(part.wanted, pivots=_of(part.wanted, people))) for part in parts)
    if len(ready) == 1:
        return ready[0]
    wanted = WantedDrafts({}, {}, {})
    for part in ready:
        one = part.wanted
        wanted = WantedDrafts(
            {**wanted.sources, **one.sources}, {**wanted.pivots, **one.pivots}, {**one.around, **wanted.around}
        )
    return Portion(tuple(name for part in ready for name in part.documents), wanted, ready)


def _of(wanted: WantedDrafts, people: Mapping[str, str]) -> dict[str, str]:
    return {key: people[key] for key in map(fold, wanted.sources) if key in people} if people else {}


def _one_line(error: PipelineError) -> str:
    return str(error).replace("\n", "; ")[: results.MOST_SAID]


def _drafted(session: Session, pair: Pair, portion: Portion, attempt: Attempt, asked: Asked, done: Worked) -> list[Row]:
    """Return the drafts of a portion: made by a worker that was killed later, or now.

    What killed a worker is tried again document by document, until it is known which it was.
    """
    made = attempt.made(portion.name)
    if made is not None:
        return made
    parts = portion.parts if len(portion.parts) > 1 and attempt.deaths(portion.name) else (portion,)
    rows: list[Row] = []
    for part in parts:
        deaths = attempt.deaths(part.name) + (attempt.deaths(portion.name) if part is not portion else 0)
        if deaths >= MOST_DEATHS:
            done.left_out.update(dict.fromkeys(part.documents, KILLS))
            continue
        attempt.at(part.name)
        rows += (made := attempt.made(part.name) or _made(session, pair, part, asked))
        attempt.keep(part.name, made)
        attempt.at(BETWEEN)
    return rows


@cache
def _opened(root: Path, engine: str, pair: Pair, asked: Asked) -> Route:
    """Return a way whose models, once loaded, stay in this process."""
    return translating.route(config.read(root), pair, asked)


def opened(settings: Config, pair: Pair, asked: Asked) -> Route:
    """Return the way of a pair; its models are loaded once in a process, however many shards it works on."""
    return _opened(settings.root, settings.engine, pair, asked)


def _made(session: Session, pair: Pair, portion: Portion, asked: Asked) -> list[Row]:
    way = opened(session.config, pair, asked)
    with closing(DraftCache(None)) as drafts:
        return results.rows_of(translating.drafts(session.config, way, portion.wanted, drafts, _untold))


def _untold(windows: Iterable[list[str]], task: str, total: int) -> Iterable[list[str]]:
    return windows
