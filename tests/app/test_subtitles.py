"""A file of subtitles goes the whole way: PO file, draft, review, release; what is the same is not written again."""

import json

import pytest

from tests.support.statement import edit, files

TALK = "1\n00:00:01,000 --> 00:00:03,500\nکارگران بندر از دوشنبه\n\n2\n00:00:03,600 --> 00:00:06,000\nدر اعتصاب هستند. چرا؟\n"


@pytest.fixture
def talk(workspace):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    (workspace / "seeds" / "talk.srt").write_text(TALK, "utf-8")
    return workspace


def listed(pipeline, *words):
    done = pipeline("subtitles", "--json", *words)
    return json.loads(done.stdout)


def test_drafts_are_told_from_releases_which_only_what_is_reviewed_becomes(pipeline, talk):
    pipeline("segment", "--quiet")
    (row,) = listed(pipeline)["subtitles"]
    assert (row["not_translated"], row["released"], row["file"]) == (2, False, "output/subtitles/talk.en.draft.srt")
    assert "sentences untranslated" in listed(pipeline, "--release")["faults"][0]
    po = talk / "translations" / "en" / "talk.po"
    edit(po, "کارگران بندر از دوشنبه در اعتصاب هستند.", "The dockers have been on strike since Monday.")
    edit(po, "چرا؟", "Why?")
    assert pipeline("approve", "talk", "--as", "reader").returncode == 0
    (row,) = listed(pipeline, "--release")["subtitles"]
    assert row["released"] and row["written"]
    folder = talk / "output" / "subtitles"
    assert [path.name for path in folder.iterdir()] == ["talk.en.srt"]
    text = (folder / "talk.en.srt").read_text("utf-8")
    assert "The dockers have been" in text and text.endswith("Why?\n\n") and text.count("-->") == 2
    before = files(talk)
    assert (
        "nothing to do" in pipeline("subtitles").stderr and "nothing to do" in pipeline("subtitles", "--release").stderr
    )
    assert files(talk) == before
    edit(po, "چرا؟", "Why so?")
    assert "older than its text" in pipeline("subtitles").stderr and (folder / "talk.en.draft.srt").is_file()


def test_nothing_is_written_in_a_dry_run_and_what_is_no_subtitle_is_named(pipeline, talk):
    (talk / "seeds" / "statement.txt").write_text("بیانیه\n\nمتن است.\n", "utf-8")
    before = files(talk)
    assert "talk.en.draft.srt" in pipeline("subtitles", "--dry-run").stderr + pipeline("subtitles", "--dry-run").stdout
    assert files(talk) == before
    done = pipeline("subtitles", "statement")
    assert done.returncode == 1 and "statement.txt: no subtitles; print it with pipeline build-pdf" in done.stderr
    (talk / "seeds" / "talk.srt").unlink()
    assert "no document is a file of subtitles" in pipeline("subtitles").stderr
