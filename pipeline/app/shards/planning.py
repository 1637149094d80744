"""The documents that are not drafted yet → shards, and from a short trial how long these would take."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pipeline.app import catalogues
from pipeline.app.session import Session
from pipeline.app.shards import plan as plans
from pipeline.app.shards import results, trial
from pipeline.app.shards.plan import MadeWith, ShardPlan
from pipeline.app.shards.trial import Speed
from pipeline.document import seminar
from pipeline.errors import PipelineError, UsageError

SHARD_SECONDS = 120
"""What a shard takes on this machine, where nobody says how many documents it is to have."""
MOST_DOCUMENTS = 500
SHARDS_A_WORKER = 4


@dataclass(frozen=True, slots=True)
class Planned:
    """The shards there are to run; what was drafted before; and what the trial found.

    `seconds` is what all would take on this machine alone, None when that is not known; `memory` is in bytes.
    """

    shards: int
    new: int
    done: int
    documents: int
    sentences: int
    seconds: float | None
    memory: int
    speeds: tuple[Speed, ...]


def make(
    session: Session, asked: Sequence[str] | None, size: int | None,
    *, tries: bool = True, anew: bool = False, workers: int = 1,
) -> Planned:  # fmt: skip
    """Plan the drafting of all that no shard has drafted yet, in shards of so many documents.

    Without a `size`, each takes minutes by what the trial found, and there are enough of them for so many `workers`.

    Results that are there stay in the plan. Raises PipelineError when those of another version would be dropped from
    it before they are merged, unless it is to begin `anew`.
    """
    config = session.config
    with session.locked():
        files = session.sources().documents
        names = {path: name for name, path in files.items()}
        digest = cache(partial(_digest, session, files))
        using = plans.made_with(config)
        kept, covered = _kept(session, using, digest, anew=anew)
        # Who comes to a seminar is told to no other machine, and a shard may be drafted on any.
        chosen = [names[path] for path in catalogues.files(session, asked) if not seminar.is_one(path.name)]
        looked = session.progress(chosen, "Looking through the documents", len(chosen))
        todo = [(name, found) for name in looked if (found := digest(name))]
        todo = [one for one in todo if one not in covered]
        speeds = trial.speeds(session, [name for name, _ in todo]) if tries and todo else ()
        parts = plans.divided(todo, size or _size(speeds, len(todo), workers))
        contents = {plans.name(part, using): part for part in parts}
        plan = ShardPlan(plans.SCHEMA_VERSION, using, (*kept, *(name for name in contents if name not in kept)))
        if not session.dry_run:
            plans.write(config, plan, contents)
    return _planned(plan, len(contents), len(kept), len(todo), speeds)


def _size(speeds: Sequence[Speed], documents: int, workers: int) -> int:
    """Return how many documents make a shard of minutes, of a few at least for each worker."""
    each = sum(one.sentences_a_document / one.sentences_a_second for one in speeds if one.sentences_a_second)
    of_minutes = int(SHARD_SECONDS / each) if each else MOST_DOCUMENTS
    return max(1, min(of_minutes, -(-documents // (SHARDS_A_WORKER * max(1, workers))), MOST_DOCUMENTS))


def _digest(session: Session, files: Mapping[str, Path], name: str) -> str:
    """Return the digest of a document; empty for one that is gone, or cannot be read, which is a fault."""
    if name in files:
        with session.guarded():
            return plans.document_digest(session.config, files[name])
    return ""


def _kept(
    session: Session, using: MadeWith, digest: Callable[[str], str], *, anew: bool
) -> tuple[list[str], set[tuple[str, str]]]:
    """Return the shards whose results are there, and the documents that these have drafted as they stand now."""
    config = session.config
    try:
        before = plans.read(config)
    except (UsageError, PipelineError):
        return [], set()
    difference = before.made_with.difference(using)
    there = [name for name in before.names if results.is_there(config, name)]
    if difference:
        unmerged = [name for name in there if not results.is_merged(config, name)]
        if unmerged and not anew:
            raise PipelineError(
                f"{len(unmerged)} shards are drafted and not merged, with {difference}; put that back and type: "
                "pipeline shards merge; or give their drafts up: pipeline shards plan --anew"
            )
        return [], set()
    kept, covered = [], set[tuple[str, str]]()
    for name in there:
        with session.guarded():
            if result := results.read(config, before, name):
                gone = {*result.changed, *result.left_out}
                documents = plans.shard(config, before, before.names.index(name) + 1).documents
                its = {(one, was) for one, was in documents if one not in gone and digest(one) == was}
                if its:
                    kept.append(name)
                    covered |= its
    return kept, covered


def _planned(plan: ShardPlan, new: int, kept: int, documents: int, speeds: tuple[Speed, ...]) -> Planned:
    known = bool(speeds) and all(one.sentences_a_second or not one.sentences_a_document for one in speeds)
    needed = [one for one in speeds if one.sentences_a_document]
    seconds = sum(documents * one.sentences_a_document / one.sentences_a_second for one in needed) if known else None
    sentences = round(sum(documents * one.sentences_a_document for one in speeds))
    most = max((one.memory for one in speeds), default=0)
    return Planned(len(plan.names), new, kept, documents, sentences, seconds, most, speeds)
