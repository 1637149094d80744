"""A plan is read as it was written, or not at all; its shards are named by what is in them and what they depend on."""

import pytest

from pipeline.app.shards import plan as plans
from pipeline.errors import PipelineError, UsageError
from tests.support.sessions import begun

USING = plans.MadeWith("code", "settings", "models", {"fa-en": ("one",)})
DOCUMENTS = (("letter", "0" * 32), ("1988/letter", "1" * 32))


def written(workspace):
    config = begun(workspace)[0].config
    name = plans.name(DOCUMENTS, USING)
    plans.write(config, plans.ShardPlan(plans.SCHEMA_VERSION, USING, (name,)), {name: DOCUMENTS})
    return config, name


def test_a_plan_is_read_as_it_was_written(workspace):
    config, name = written(workspace)
    plan = plans.read(config)
    assert plans.shard(config, plan, 1) == plans.Shard(1, name, DOCUMENTS)
    with pytest.raises(UsageError, match="there are 1"):
        plan.name(2)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\x80\x04", b"[" * 100_000, b'{"schema_version": 1}'])
def test_a_damaged_plan_is_said_to_be_so(workspace, content):
    config, name = written(workspace)
    plan = plans.read(config)
    (plans.folder(config) / f"{name}.json").write_bytes(content)
    with pytest.raises(PipelineError, match=r"damaged.*pipeline shards plan"):
        plans.shard(config, plan, 1)
    (plans.folder(config) / "plan.json").write_bytes(content)
    with pytest.raises(PipelineError, match=r"damaged.*pipeline shards plan"):
        plans.read(config)


def test_documents_put_into_a_shard_afterwards_are_not_taken(workspace):
    config, name = written(workspace)
    path = plans.folder(config) / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b"letter", b"../../x", 1))
    with pytest.raises(PipelineError, match="damaged"):
        plans.shard(config, plans.read(config), 1)


@pytest.mark.parametrize("key", ["code", "settings", "models"])
def test_a_shard_of_another_version_has_another_name(key):
    other = plans.MadeWith(**{"code": "code", "settings": "settings", "models": "models", "engines": {}} | {key: "x"})
    assert plans.name(DOCUMENTS, other) != plans.name(DOCUMENTS, USING)


def test_models_that_are_missing_on_one_machine_make_no_difference():
    assert USING.difference(plans.MadeWith("code", "settings", "models", {})) == ""
    assert "fa-en" in USING.difference(plans.MadeWith("code", "settings", "models", {"fa-en": ("two",)}))


@pytest.mark.parametrize("name", ["../../../seeds", "..", "", "a" * 31, "A" * 32, "a" * 32 + "\n", "/etc"])
def test_a_plan_of_somebody_else_names_no_other_folder(workspace, name):
    """What stands in the place of a result that cannot be used is cleared."""
    config = begun(workspace)[0].config
    plans.write(config, plans.ShardPlan(plans.SCHEMA_VERSION, USING, (name,)), {})
    with pytest.raises(PipelineError, match="damaged"):
        plans.read(config)
