"""Documents are divided into shards; what is drafted is not planned again; a trial says how long the rest would take."""

import json
import re

from tests.app.shards.conftest import translations


def test_a_trial_says_how_many_sentences_and_how_long(archive, pipeline):
    done = pipeline("shards", "plan", "--documents", "3", "--json")
    made = json.loads(done.stdout)
    assert (made["shards"], made["new"], made["documents"]) == (3, 3, 7)
    assert made["seconds"] > 0 and made["memory"] > 10e6 and made["sentences"] > 20
    assert {one["pair"] for one in made["speeds"]} == {"fa-en", "fa-fr"}
    assert re.search(r"sentences: \d+ seconds on this machine alone", pipeline("shards", "plan").stdout)


def test_without_models_the_plan_says_that_it_could_not_try(workspace, pipeline, statement):
    done = pipeline("shards", "plan")
    assert done.returncode == 0 and "not tried: not installed" in done.stdout and "hours" not in done.stdout
    done = pipeline("shards", "run", 1)
    assert done.returncode == 1 and "pipeline models install" in done.stderr


def test_what_is_drafted_is_not_planned_again(archive, pipeline):
    pipeline("shards", "plan", "--documents", "4", "--no-trial")
    pipeline("shards", "run", 1)
    (archive / "seeds" / "a-new-one.txt").write_text("متن تازه.\n", "utf-8")
    assert "2 shards, 1 of them done: 4 documents" in pipeline("shards", "plan", "--no-trial").stdout
    pipeline("shards", "run", 2)
    assert "2 shards, 2 of them done: 0 documents" in pipeline("shards", "plan").stdout
    pipeline("shards", "merge")
    assert len(translations(archive)) == 16
    assert "2 shards, 2 of them done: 0 documents" in pipeline("shards", "plan").stdout


def test_drafts_are_not_dropped_from_the_plan_by_another_version(archive, pipeline):
    pipeline("shards", "plan", "--no-trial")
    pipeline("shards", "run", 1)
    settings = archive / "pipeline.toml"
    before = settings.read_text("utf-8")
    settings.write_text(before.replace('["en", "fr"]', '["en"]'), "utf-8")
    done = pipeline("shards", "plan")
    assert done.returncode == 1 and "1 shards are drafted and not merged" in done.stderr
    assert "1 shards, 0 of them done" in pipeline("shards", "plan", "--anew", "--no-trial").stdout


def test_only_what_is_asked_for_is_planned(archive, pipeline):
    assert (
        "1 shards, 0 of them done: 2 documents"
        in pipeline("shards", "plan", "letter-1", "letter-2", "--no-trial").stdout
    )
    assert pipeline("shards", "plan", "nowhere").returncode == 2
