"""Each shard is missing, done, merged or refused."""

import json

from pipeline.app.shards import results


def test_each_shard_says_how_far_it_is(archive, pipeline):
    assert "no shards are planned" in pipeline("shards", "list").stderr
    pipeline("shards", "plan", "--documents", "2", "--no-trial")
    for number in (1, 2):
        pipeline("shards", "run", number)
    pipeline("shards", "merge")
    for number in (3, 4):
        pipeline("shards", "run", number)
    rows = json.loads(pipeline("shards", "list", "--json").stdout)["shards"]
    assert [row["state"] for row in rows] == ["merged", "merged", "done", "done"]
    for path in (archive / ".pipeline" / "shards").glob(f"*/{results.RECORD}"):
        if not (path.parent / results.MERGED).exists():
            path.write_text("{}")
    rows = json.loads(pipeline("shards", "list", "--json").stdout)["shards"]
    assert [row["state"] for row in rows] == ["merged", "merged", "refused", "refused"]
    assert pipeline("shards", "list", "--missing").stdout == "3\n4\n"
