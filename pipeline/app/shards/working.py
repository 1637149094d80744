"""A shard → its drafts: what any machine can do that has the workspace and its models, beside as many others.

Nothing is written but the result of the shard, and what has been drafted of it meanwhile.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.app import catalogues, memory, translating
from pipeline.app.session import Session
from pipeline.app.shards import attempts, portions, results
from pipeline.app.shards import plan as plans
from pipeline.app.shards.attempts import MOST_DEATHS, Attempt
from pipeline.app.shards.plan import Shard, ShardPlan
from pipeline.app.shards.portions import Bench, Portion
from pipeline.app.shards.results import Row
from pipeline.app.translating import Asked, Pair, WantedDrafts
from pipeline.catalogue import leverage
from pipeline.catalogue.memory import Memory
from pipeline.errors import PipelineError
from pipeline.model import Document
from pipeline.text.orthography import fold
from pipeline.translate import drafting
from pipeline.workspace import reading


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
    plans.require_same(number, plan.made_with, using)
    shard = plans.shard(settings, plan, number)
    if there := known(session, plan, shard, rehearse=rehearse):
        return ShardRun(number, shard.name, False, len(shard.documents), there.sentences, there.changed, there.left_out)
    if rehearse:
        session.say(f"shard {number}: would draft {len(shard.documents)} documents")
        return ShardRun(number, shard.name, True, len(shard.documents), 0, (), {})
    with attempts.begun(place := attempts.place(settings, shard.name)) as attempt:
        done = worked(session, shard, attempt, Bench(settings, using, asked))
        for document, reason in done.left_out.items():
            session.fault(PipelineError(f"{document}: left out of shard {number}: {reason}"))
        results.write(settings, shard, using, done.drafts, done.changed, done.left_out)
    attempts.clear(place)
    count = sum(map(len, done.drafts.values()))
    return ShardRun(number, shard.name, True, len(shard.documents), count, tuple(done.changed), done.left_out)


def known(session: Session, plan: ShardPlan, shard: Shard, *, rehearse: bool = False) -> results.ShardResult | None:
    """Return the result that is there; what merging would refuse is taken away, and said."""
    try:
        if there := results.read(session.config, plan, shard.name):
            results.drafts(session.config, plan, there)
        return there
    except PipelineError as error:
        session.say(str(error).partition("; ")[0])
        if not rehearse:
            results.remove(session.config, shard.name)
        return None


def worked(session: Session, shard: Shard, attempt: Attempt, bench: Bench) -> Worked:
    """Return the drafts of a shard, those of an earlier worker that was killed among them."""
    done = Worked()
    for pair, single in wanted(session, shard, attempt, done):
        rows: list[Row] = []
        larger = portions.together(single)
        for portion in session.progress(larger, f"Drafting {pair[0]}→{pair[1]}", len(larger)):
            rows += portions.drafted(bench, portion, attempt, done.left_out)
        done.drafts["-".join(pair)] = rows
    return done


def wanted(session: Session, shard: Shard, attempt: Attempt, done: Worked) -> Iterator[tuple[Pair, list[Portion]]]:
    """Yield what an engine must draft of a shard, by pair: a portion of each document; the rest is `done`."""
    documents = list(_documents(session, shard, attempt, done))
    attempt.at(portions.BETWEEN)
    yield from _single(session, documents, done)


def _documents(session: Session, shard: Shard, attempt: Attempt, done: Worked) -> Iterator[Document]:
    """Yield the documents of a shard that are still as planned."""
    files = session.sources().documents
    for document_id, planned in shard.documents:
        if attempt.deaths(_reading(document_id)) >= MOST_DEATHS:
            done.left_out[document_id] = portions.KILLS
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


def _single(session: Session, documents: Sequence[Document], done: Worked) -> Iterator[tuple[Pair, list[Portion]]]:
    """Yield what the memory leaves to an engine, by pair: a portion of each document that has any."""
    for pair, its in translating.by_pair(session.config, documents).items():
        single: list[Portion] = []
        with memory.opened(session, *pair) as translations:
            for document in (one for one in its if one.id not in done.left_out):
                try:
                    wanted = wanted_of(session, document, pair[1], translations)
                except PipelineError as error:
                    done.left_out[document.id] = _one_line(error)
                    continue
                if wanted.sources:
                    single.append(Portion(pair, (document.id,), wanted))
        if single:
            people = translating.pivots(session, translating.route(session.config, pair))
            single = [replace(part, wanted=replace(part.wanted, pivots=_of(part.wanted, people))) for part in single]
        yield pair, single


def wanted_of(session: Session, document: Document, lang: str, translations: Memory) -> WantedDrafts:
    """Return the sentences of a document that neither people nor the memory have translated into a language."""
    now = catalogues.current(session, document, lang)
    units = leverage.undrafted(leverage.fill(now.catalogue, translations))
    sources = {unit.source: bool(unit.marks) for unit in units}
    around = {key: one for key, one in drafting.contexts([document]).items() if key in sources}
    return WantedDrafts(sources, around=around)


def _of(wanted: WantedDrafts, people: Mapping[str, str]) -> dict[str, str]:
    return {key: people[key] for key in map(fold, wanted.sources) if key in people} if people else {}


def _one_line(error: PipelineError) -> str:
    return str(error).replace("\n", "; ")[: results.MOST_SAID]
