"""The results of shards → PO files, the same that `pipeline run` would make; no other step writes them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cache, partial

from pipeline.app import memory, numbering, postediting, translating
from pipeline.app.session import Session
from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.app.shards.plan import Shard, ShardPlan
from pipeline.app.shards.results import ShardResult
from pipeline.app.translating import Drafter, Pair, Work
from pipeline.catalogue import leverage
from pipeline.catalogue.memory import Memory
from pipeline.errors import PipelineError
from pipeline.model import Document, Draft
from pipeline.workspace import privacy, reading

Memories = Callable[[Pair], Memory]
"""Gives the memory of a pair of languages, opened once."""


@dataclass
class Merged:
    """What was merged: files written, units still untranslated, and numbers of shards.

    `before` were merged by an earlier command; `missing` have no result yet; `refused` have one that cannot be used.
    `changed` are documents that are no longer as their shard was planned.
    """

    written: int = 0
    untranslated: int = 0
    merged: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def merge(session: Session) -> Merged:
    """Write the drafts of every shard that has a result into the PO files; say which have none, or one that is refused.

    A document that has changed since it was planned is left as it is, for the next plan.
    """
    done, merged = Merged(), set[str]()
    with session.locked():
        plan = plans.read(session.config)
        with ExitStack() as held:
            memories = cache(lambda pair: held.enter_context(memory.opened(session, *pair)))
            numbers = range(1, len(plan.names) + 1)
            for number in session.progress(numbers, "Merging", len(numbers)):
                merged |= _merge_shard(session, plan, number, done, memories)
    done.changed = [name for name in dict.fromkeys(done.changed) if name not in merged]
    _tell(session, done)
    return done


def _merge_shard(session: Session, plan: ShardPlan, number: int, done: Merged, memories: Memories) -> set[str]:
    """Merge a shard, if it has a result that was not merged before; return the documents that were merged."""
    faults, name = len(session.faults), plan.names[number - 1]
    if results.is_merged(session.config, name):
        done.before.append(number)
        return set()
    try:
        shard, result = plans.shard(session.config, plan, number), results.read(session.config, plan, name)
        if result is None:
            done.missing.append(number)
            return set()
        drafts = results.drafts(session.config, plan, result)
    except PipelineError as error:
        session.fault(error)
        done.refused.append(number)
        return set()
    for one, reason in result.left_out.items():
        session.fault(PipelineError(f"{one}: not drafted in shard {number}: {reason}"))
    merged = _merge_drafts(session, shard, result, drafts, done, memories)
    if len(session.faults) == faults + len(result.left_out) and not session.dry_run:
        results.mark_merged(session.config, name, session.day)
    done.merged.append(number)
    return merged


def _merge_drafts(
    session: Session,
    shard: Shard,
    result: ShardResult,
    drafts: dict[str, dict[str, Draft]],
    done: Merged,
    memories: Memories,
) -> set[str]:
    documents = list(_unchanged(session, shard, result, done))
    for pair, its in translating.by_pair(session.config, documents).items():
        made = drafts.get("-".join(pair), {})
        written, empty = translating.fill_from(session, pair[1], its, memories(pair), partial(_drafter, made))
        done.written, done.untranslated = done.written + written, done.untranslated + empty
    _keep(session, [draft for its in drafts.values() for draft in its.values()])
    return {document.id for document in documents}


def _unchanged(session: Session, shard: Shard, result: ShardResult, done: Merged) -> Iterator[Document]:
    """Yield the documents of a shard that are as they were planned and drafted, said to be so after they were read."""
    files = session.sources().documents
    for name, planned in shard.documents:
        if name in result.left_out:
            continue
        if name not in files or name in result.changed:
            done.changed.append(name)
            continue
        with session.guarded():
            document = reading.read(session.config, files[name])
            if plans.document_digest(session.config, files[name]) != planned:
                done.changed.append(name)
                continue
            for remark in document.remarks:
                session.say_once(remark)
            yield document


def _drafter(made: dict[str, Draft], work: Work) -> Drafter:
    units = [unit for _, catalogue in work for unit in leverage.undrafted(catalogue)]
    by_key = {unit.key: made[unit.source] for unit in units if unit.source in made}
    return partial(leverage.draft, drafts=by_key)


def _keep(session: Session, made: Sequence[Draft]) -> None:
    """Keep drafts as `pipeline translate` does, to tell later how much of them stands in what people made of them."""
    if not session.dry_run:
        privacy.private_folder(session.config)
    with closing(postediting.cache(session)) as drafts:
        postediting.keep(drafts, made)


def _tell(session: Session, done: Merged) -> None:
    if done.missing:
        session.say(f"no result yet of shards {numbering.ranges(done.missing)}; type: pipeline shards run NUMBER")
    for name in done.changed:
        session.say(f"{name}: changed or gone since the plan; left as it is, for the next: pipeline shards plan")
    if not (done.merged or done.missing or done.refused):
        session.say("nothing to merge: every shard was merged before")
