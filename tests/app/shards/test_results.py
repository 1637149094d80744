"""A result is written as a whole or not at all, once; what is in it comes back as it was."""

from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.model import Draft
from tests.app.shards.test_plan import USING, written
from tests.support.sessions import begun

DRAFTS = {"متن": Draft("text {1}", "engine", "", ("{2}",)), "دیگر": Draft("", "engine", "it is cut off")}


def test_drafts_come_back_as_they_were_and_the_first_result_stays(workspace):
    config, name = written(workspace)
    plan = plans.read(config)
    shard = plans.shard(config, plan, 1)
    assert results.read(config, plan, name) is None
    assert results.write(config, shard, USING, {"fa-en": results.rows_of(DRAFTS)}, ["gone"], {"letter": "why"})
    assert not results.write(config, shard, USING, {}, [], {})
    result = results.read(config, plan, name)
    assert (result.changed, result.left_out, result.sentences) == (("gone",), {"letter": "why"}, 2)
    assert results.drafts(config, plan, result) == {"fa-en": DRAFTS}
    results.remove(config, name)
    assert results.read(begun(workspace)[0].config, plan, name) is None
