"""The shards of a plan, and how far each is."""

from typing import Any

from pipeline.app.session import Session
from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.errors import PipelineError

Row = dict[str, Any]


def rows(session: Session) -> list[Row]:
    """Return a row for every shard: missing, done, merged or refused; why one is refused is a remark.

    Raises UsageError when there is no plan.
    """
    plan = plans.read(session.config)
    return [_row(session, plans.shard(session.config, plan, number), plan) for number in range(1, len(plan.names) + 1)]


def _row(session: Session, shard: plans.Shard, plan: plans.ShardPlan) -> Row:
    state, sentences = "missing", 0
    try:
        if result := results.read(session.config, plan, shard.name):
            state = "merged" if results.is_merged(session.config, shard.name) else "done"
            sentences = result.sentences
    except PipelineError as error:
        session.say(str(error))
        state = "refused"
    return {"shard": shard.number, "state": state, "documents": len(shard.documents), "sentences": sentences}
