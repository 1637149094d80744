"""Of an archive, what somebody selects is translated; all is searched; what somebody has translated stays selected."""

import json

import pytest

from tests.support.statement import TEXT, edit

OTHER = "فراخوان دیگر\n\nاین متن دیگری است که با نقطه پایان می یابد.\n"


@pytest.fixture
def archive(workspace, statement):
    """A workspace that is an archive, with two documents."""
    settings = workspace / "pipeline.toml"
    settings.write_text('archives = ["."]\n' + settings.read_text("utf-8"), "utf-8")
    (workspace / "seeds" / "other.txt").write_text(OTHER, "utf-8")
    return workspace


def catalogues(folder):
    return sorted(
        path.relative_to(folder / "translations").as_posix() for path in (folder / "translations").rglob("*.po")
    )


def status(pipeline):
    return json.loads(pipeline("status", "--json").stdout)


def test_only_what_is_selected_gets_po_files(pipeline, archive):
    assert pipeline("run").returncode == 0 and catalogues(archive) == []
    found = status(pipeline)
    assert found["documents"] == [] and found["not_selected"] == {"documents": 2, "translated": []}
    assert "not selected, and so not translated: 2" in pipeline("status").stdout
    done = pipeline("select", "statement")
    assert (
        done.returncode == 0 and "wrote seeds/statement.toml" in done.stderr and "now type: pipeline run" in done.stderr
    )
    assert pipeline("run").returncode == 0
    assert catalogues(archive) == ["en/statement.po", "fr/statement.po"]
    assert {row["document"] for row in status(pipeline)["documents"]} == {"statement"}
    assert "nothing to do: they were selected already" in pipeline("select", "statement.txt").stderr


def test_all_are_found_with_whether_they_are_selected_and_can_be_selected_by_that(pipeline, archive):
    pipeline("select", "statement")
    texts = json.loads(pipeline("find", "متن", "--json").stdout)["texts"]
    assert {one["document"]: one["selected"] for one in texts} == {"statement": True, "other": False}
    shown = pipeline("find", "متن").stdout
    assert "other  [fa]  not selected" in shown and "statement  [fa]\n" in shown
    assert set(pipeline("find", "متن", "--ids").stdout.split()) == {"statement", "other"}


def test_whoever_names_a_document_that_waits_is_told_so(pipeline, archive):
    done = pipeline("translate", "other")
    assert (
        done.returncode == 0
        and "other: not selected to be translated; to select it: pipeline select other" in done.stderr
    )
    assert catalogues(archive) == []


def test_what_an_editor_states_stays_as_it_was(pipeline, archive):
    beside = archive / "seeds" / "statement.toml"
    text = '# نوشته سردبیر\ntitle = "بیانیه"   # of ours\n\n[[block]]\nlines = [1, 1]\nkind = "heading"\nlevel = 2\n'
    beside.write_text(text, "utf-8")
    pipeline("select", "statement")
    assert beside.read_text("utf-8") == f"selected = true\n{text}"
    pipeline("unselect", "statement")
    assert beside.read_text("utf-8") == text
    beside.write_text(f"selected = false # not yet\n{text}", "utf-8")
    pipeline("select", "statement")
    assert beside.read_text("utf-8") == f"selected = true\n{text}"


def test_what_machines_made_goes_with_the_selection_and_can_be_brought_back(pipeline, archive):
    pipeline("select", "statement", "other")
    pipeline("run")
    assert len(catalogues(archive)) == 4 and list((archive / "output").glob("statement*.pdf"))
    done = pipeline("unselect", "statement")
    assert done.returncode == 0 and "removed translations/en/statement.po" in done.stderr
    assert catalogues(archive) == ["en/other.po", "fr/other.po"] and not list(
        (archive / "output").glob("statement*.pdf")
    )
    assert "nothing to do: they were not selected" in pipeline("unselect", "statement").stderr
    assert pipeline("restore", "statement").returncode == 0 and "en/statement.po" in catalogues(archive)
    assert "which no command looks at before they are selected: statement" in pipeline("status").stdout


@pytest.mark.parametrize("how", ["translated", "a comment"])
def test_what_somebody_has_begun_to_translate_stays_selected(pipeline, archive, how):
    pipeline("select", "statement", "other")
    pipeline("segment")
    po = archive / "translations" / "en" / "statement.po"
    if how == "translated":
        edit(po, "بیانیه ما", "Our statement")
    else:
        po.write_text(po.read_text("utf-8").replace("#. kind: title", "# who are we?\n#. kind: title", 1), "utf-8")
        assert "who are we" in po.read_text("utf-8")
    before = po.read_bytes()
    done = pipeline("unselect", "statement", "other")
    assert done.returncode == 1 and "somebody has begun to translate statement; it stays selected" in done.stderr
    assert po.read_bytes() == before and "selected = true" in (archive / "seeds" / "statement.toml").read_text("utf-8")
    assert "en/other.po" not in catalogues(archive)


def test_a_dry_run_writes_nothing(pipeline, archive):
    done = pipeline("select", "statement", "--dry-run")
    assert done.returncode == 0 and "would write seeds/statement.toml" in done.stderr
    assert not (archive / "seeds" / "statement.toml").exists()


def test_what_cannot_be_selected_says_why(pipeline, archive):
    settings = archive / "pipeline.toml"
    assert "document 'none' is unknown" in pipeline("select", "none").stderr
    pipeline("select", "other")
    pipeline("segment")
    for content in (b"title = \n", b"\xff"):
        (archive / "seeds" / "other.toml").write_bytes(content)
        done = pipeline("unselect", "other")
        assert done.returncode == 1 and "other.toml" in done.stderr and "Traceback" not in done.stderr
        assert "en/other.po" in catalogues(archive)
    settings.write_text(settings.read_text("utf-8").replace('["."]', '["old"]'), "utf-8")
    done = pipeline("select", "statement")
    assert done.returncode == 2 and "statement: in no archive, so that it is translated anyway" in done.stderr


def test_an_archive_can_be_a_folder_beside_what_is_always_translated(pipeline, archive):
    settings = archive / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["."]', '["1988"]'), "utf-8")
    (archive / "seeds" / "1988").mkdir()
    (archive / "seeds" / "1988" / "letter.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    assert catalogues(archive) == ["en/other.po", "en/statement.po", "fr/other.po", "fr/statement.po"]
    done = pipeline("translate", "1988/letter")
    assert "to select it: pipeline select 1988/letter" in done.stderr
    pipeline("select", "1988/letter")
    pipeline("segment")
    assert "en/1988/letter.po" in catalogues(archive)
    pipeline("unselect", "1988/letter")
    assert "en/1988/letter.po" not in catalogues(archive) and not (archive / "seeds" / "1988" / "letter.toml").exists()


def test_the_line_of_the_settings_can_be_used_as_it_stands(pipeline, workspace, statement):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace("# archives = ", "archives = "), "utf-8")
    (workspace / "seeds" / "archive").mkdir()
    (workspace / "seeds" / "archive" / "old.txt").write_text(TEXT, "utf-8")
    assert status(pipeline)["not_selected"]["documents"] == 1
