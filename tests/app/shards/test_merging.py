"""Drafts made in shards become the PO files that one machine would have made; what cannot be trusted becomes nothing."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.workspace import storage
from tests.app.shards.conftest import plainly, translations
from tests.support.sessions import begun


def ran(pipeline, *words) -> str:
    done = pipeline("shards", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rewrite(folder, **changed):
    """Change what a result says of itself, as whoever made it could."""
    path = folder / results.RECORD
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def forge(folder, rows):
    """Put other drafts into a result, with the right size and digest."""
    content = json.dumps({"fa-en": rows}).encode()
    (folder / results.DRAFTS).write_bytes(content)
    rewrite(folder, size=len(content), sha256=storage.sha256(content))


def first(workspace):
    plan = plans.read(begun(workspace)[0].config)
    return plans.folder(begun(workspace)[0].config) / plan.names[0]


def test_merged_shards_are_what_one_machine_makes(archive, pipeline):
    wanted = plainly(archive)
    ran(pipeline, "plan", "--documents", "3")
    for number in (3, 1, 2):
        ran(pipeline, "run", number)
        assert translations(archive).keys() == {"en/letter-0.po", "fr/letter-0.po"}  # only merge writes PO files
    ran(pipeline, "merge", "--require-complete")
    assert translations(archive) == wanted
    assert "nothing to merge" in pipeline("shards", "merge").stderr
    assert "nothing to do" in pipeline("translate").stderr


def test_each_language_gets_its_own_drafts_where_nothing_is_translated_yet(archive, pipeline):
    """Then the same sentences of the same documents are to be drafted into all of them."""
    shutil.rmtree(archive / "translations")
    wanted = plainly(archive)
    ran(pipeline, "plan", "--no-trial")
    ran(pipeline, "run", 1)
    ran(pipeline, "merge")
    assert "éyd" in (archive / "translations" / "fr" / "letter-1.po").read_text("utf-8")
    assert translations(archive) == wanted


def test_gnu_parallel_runs_them_all(archive, pipeline):
    if not shutil.which("parallel"):
        pytest.skip("GNU parallel is missing; make test installs it")
    wanted = plainly(archive)
    ran(pipeline, "plan", "--documents", "4", "--no-trial")
    numbers = ran(pipeline, "list", "--missing")
    assert numbers == "1\n2\n"
    line = ["parallel", "-j2", sys.executable, "-m", "pipeline", "shards", "run", "{}", "--threads", "1"]
    done = subprocess.run(line, cwd=archive, input=numbers, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert ran(pipeline, "list", "--missing") == ""
    ran(pipeline, "merge")
    assert translations(archive) == wanted


def test_a_changed_document_is_left_for_the_next_plan(archive, pipeline):
    ran(pipeline, "plan", "--documents", "100", "--no-trial")
    ran(pipeline, "run", 1)
    path = archive / "seeds" / "letter-2.txt"
    path.write_text(path.read_text("utf-8").replace("پاسخ", "پول"), "utf-8")
    done = pipeline("shards", "merge")
    assert "letter-2: changed or gone since the plan" in done.stderr
    assert not (archive / "translations" / "en" / "letter-2.po").exists()
    assert (archive / "translations" / "en" / "letter-1.po").exists()
    assert "2 shards, 1 of them done: 1 documents" in ran(pipeline, "plan", "--no-trial")
    ran(pipeline, "run", 2)
    ran(pipeline, "merge")
    assert translations(archive) == plainly(archive)


def test_a_document_changed_before_its_shard_runs_is_said_and_the_others_are_drafted(archive, pipeline):
    ran(pipeline, "plan", "--documents", "100", "--no-trial")
    (archive / "seeds" / "letter-2.txt").unlink()
    done = pipeline("shards", "run", 1)
    assert done.returncode == 0 and "letter-2: changed since the plan" in done.stderr
    assert "letter-2: changed or gone" in pipeline("shards", "merge").stderr
    assert len(translations(archive)) == 12


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ({"code": "0"}, "another version of the program"),
        ({"models": "0"}, "another models.lock"),
        ({"settings": "0"}, "other settings"),
        ({"engines": {"fa-en": ["0"]}}, "other models for fa-en"),
    ],
)
def test_a_result_of_another_version_is_refused_and_made_again(archive, pipeline, which, said):
    ran(pipeline, "plan", "--documents", "100", "--no-trial")
    ran(pipeline, "run", 1)
    record = json.loads((first(archive) / results.RECORD).read_text())
    rewrite(first(archive), made_with=record["made_with"] | which)
    done = pipeline("shards", "merge")
    assert done.returncode == 1 and f"made with {said}" in done.stderr and "pipeline shards run 1" in done.stderr
    assert len(translations(archive)) == 2
    assert said in pipeline("shards", "run", 1).stderr
    ran(pipeline, "merge")
    assert translations(archive) == plainly(archive)


EVIL = 'x\n\nmsgid ""\nmsgstr ""'


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / results.DRAFTS).unlink(),
        lambda folder: (folder / results.RECORD).unlink(),
        lambda folder: (folder / results.RECORD).write_bytes(b"\x80\x04\x95"),  # as a pickle begins
        lambda folder: (folder / results.DRAFTS).write_bytes(b"{}"),
        lambda folder: os.truncate(folder / results.DRAFTS, 100),
        lambda folder: os.truncate(folder / results.DRAFTS, results.MAX_DRAFT_BYTES + 2),
        lambda folder: (folder / results.DRAFTS).unlink() or (folder / results.DRAFTS).symlink_to("/etc/passwd"),
        lambda folder: shutil.rmtree(folder) or folder.symlink_to(folder.parent),
        lambda folder: shutil.rmtree(folder) or folder.mkdir(),
        lambda folder: forge(folder, [["نامه", "x", EVIL, "", []]]),
        lambda folder: forge(folder, [["نامه", "", "x", EVIL, []]]),
        lambda folder: forge(folder, [["نامه", EVIL, "x", "", []]]),
        lambda folder: forge(folder, [["نامه", "x" * 100_000, "x", "", []]]),
        lambda folder: forge(folder, [["نامه"]]),
        lambda folder: forge(folder, {"نامه": "x"}),
        lambda folder: forge(folder, [["\ud800", "x", "x", "", []]]),
        lambda folder: rewrite(folder, left_out={"letter-1": EVIL}),
        lambda folder: rewrite(folder, shard="0" * 32),
        lambda folder: rewrite(folder, schema_version=99),
    ],
)  # fmt: skip
def test_a_result_that_is_none_is_refused_and_made_again(archive, pipeline, harm):
    ran(pipeline, "plan", "--documents", "100", "--no-trial")
    ran(pipeline, "run", 1)
    harm(first(archive))
    before = translations(archive)
    done = pipeline("shards", "merge")
    assert done.returncode == 1 and "pipeline shards run 1" in done.stderr and "Traceback" not in done.stderr
    assert translations(archive) == before
    assert ran(pipeline, "list", "--missing") in ("1\n", "")
    ran(pipeline, "run", 1)
    ran(pipeline, "merge")
    assert len(translations(archive)) == 14


def test_a_sentence_that_no_document_has_goes_nowhere(archive, pipeline):
    ran(pipeline, "plan", "--documents", "100", "--no-trial")
    ran(pipeline, "run", 1)
    forge(first(archive), [["جمله ای که نیست.", "Evil.", "x", "", []]])
    ran(pipeline, "merge")
    assert not any(b"Evil" in content for content in translations(archive).values())


def test_what_a_translator_did_meanwhile_stays(archive, pipeline):
    pipeline("segment")
    ran(pipeline, "plan", "--documents", "100", "--no-trial")
    ran(pipeline, "run", 1)
    path = archive / "translations" / "en" / "letter-1.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace('msgid "نامه 1"\nmsgstr ""', 'msgid "نامه 1"\nmsgstr "Letter 1"'), "utf-8")
    ran(pipeline, "merge")
    assert 'msgstr "Letter 1"' in path.read_text("utf-8") and 'msgstr ""\n\n' not in path.read_text("utf-8")


def test_a_disk_full_in_the_middle_of_a_merge_costs_nothing(archive, pipeline, tmp_path):
    if not shutil.which("strace"):
        pytest.skip("strace is missing; make test installs it")
    wanted = plainly(archive)
    ran(pipeline, "plan", "--documents", "3", "--no-trial")
    for number in (1, 2, 3):
        ran(pipeline, "run", number)
    inject = ["-e", "trace=fsync", "-e", "inject=fsync:error=ENOSPC:when=9+"]
    line = ["strace", "-f", "-o", "/dev/null", *inject, sys.executable, "-m", "pipeline", "shards", "merge"]
    done = subprocess.run(line, cwd=archive, capture_output=True, text=True)
    assert done.returncode == 1 and "free some disk space" in done.stderr and "Traceback" not in done.stderr
    assert len(translations(archive)) < 14
    ran(pipeline, "merge")
    assert translations(archive) == wanted


def test_a_rehearsal_writes_nothing(archive, pipeline):
    assert "7 documents" in ran(pipeline, "plan", "--dry-run", "--no-trial")
    assert pipeline("shards", "list").returncode == 2
    ran(pipeline, "plan", "--no-trial")
    assert "would draft 7 documents" in pipeline("shards", "run", 1, "--dry-run").stderr
    assert ran(pipeline, "list", "--missing") == "1\n"
    ran(pipeline, "run", 1)
    assert "would write" in pipeline("shards", "merge", "--dry-run").stderr
    assert len(translations(archive)) == 2
    assert json.loads(ran(pipeline, "merge", "--json"))["merged"] == [1]
