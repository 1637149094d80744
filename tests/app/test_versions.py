"""Sentences come back from the newest version that has them, and all else stays."""

import json

import pytest

from pipeline.catalogue import po

TEXT = "بیانیه ما\n\nآزادی برای همه مردم جهان است. ما می‌مانیم.\n"


@pytest.fixture
def said(pipeline, workspace):
    """Write a translation of the first sentence as a translator would, and let a command see it."""
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"

    def write(target, number=0):
        unit = po.read(path, "statement", "fa", "en").units[number]
        old, new = (f'msgid "{unit.source}"\nmsgstr "{text}"' for text in (unit.target, target))
        text = path.read_text("utf-8").replace(old, new)
        path.write_text(text, "utf-8")
        # A reading is dated, so that the command writes and keeps what it replaced.
        path.write_text(text.replace("#. place", f"# read: reader{len(target)}\n#. place", 1), "utf-8")
        pipeline("segment")

    return write


def units(workspace):
    return po.read(workspace / "translations" / "en" / "statement.po", "statement", "fa", "en").units


def restore(pipeline, *words):
    return pipeline("restore", "statement", "--languages", "en", *words)


def test_the_newest_other_translation_comes_back_and_that_can_be_undone(pipeline, workspace, said):
    said("One")
    said("Second")
    said("World", 1)
    done = restore(pipeline, "--units", "1")
    assert done.returncode == 0 and "  1: «بیانیه ما» → «One»" in done.stderr
    assert [unit.target for unit in units(workspace)] == ["One", "World", ""]
    restore(pipeline, "--units", "1")
    assert units(workspace)[0].target == "Second"


@pytest.mark.parametrize("words", [("--units", "1"), ()])
def test_a_note_that_is_printed_again_is_told(pipeline, workspace, said, words):
    path = workspace / "translations" / "en" / "statement.po"
    said("One")
    path.write_text(path.read_text("utf-8").replace("#. place", "# note: told by Kari\n#. place", 1), "utf-8")
    said("Second")
    path.write_text(path.read_text("utf-8").replace("Second", "One").replace("# note: told by Kari\n", ""), "utf-8")
    said("Third")
    done = restore(pipeline, *words, "--version", _version_with(pipeline, "Kari"))
    assert done.returncode == 0 and "«note: told by Kari»" in done.stderr


def _version_with(pipeline, words):
    """Return the newest version that has these words when it is restored."""
    rows = [line.split() for line in pipeline("history", "statement").stdout.splitlines()[1:]]
    told = {row[1]: restore(pipeline, "--dry-run", "--version", row[1]).stderr for row in rows if row}
    return next(version for version, text in told.items() if words in text)


def test_what_was_put_there_from_another_language_does_not_come_back_unasked(pipeline, workspace, said):
    """It is kept, as what a restore replaces is."""
    said("One")
    path = workspace / "translations" / "en" / "statement.po"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"Language: en", b"Language: fr").replace(b'"One"', b'"Un"'))
    assert restore(pipeline).returncode == 0 and path.read_bytes() == good
    path.write_bytes(b"")
    assert restore(pipeline).returncode == 0 and path.read_bytes() == good
    assert restore(pipeline, "--units", "1").returncode == 2 and path.read_bytes() == good


def test_a_version_may_be_named_and_a_dry_run_writes_nothing(pipeline, workspace, said):
    said("One")
    said("Second")
    versions = [line.split()[1] for line in pipeline("history", "statement").stdout.splitlines()[1:]]
    before = units(workspace)
    assert "would write" in restore(pipeline, "--units", "1", "--dry-run").stderr and units(workspace) == before
    for version in reversed(versions):
        done = restore(pipeline, "--units", "1", "--version", version, "--dry-run")
        assert ("«One»" in done.stderr) is (done.returncode == 0)


def test_what_no_version_has_is_said(pipeline, workspace, said):
    said("One")
    said("Second")
    done = restore(pipeline, "--units", "1,3")
    assert done.returncode == 0 and "statement (en): no version has another translation of 3\n" in done.stderr
    done = restore(pipeline, "--units", "3")
    assert done.returncode == 2 and "no version has another translation of 3; see pipeline history" in done.stderr
    assert "there is no sentence 4; there are 3" in restore(pipeline, "--units", "2-4").stderr
    assert "write numbers of sentences" in restore(pipeline, "--units", "x").stderr
    assert "unknown" in pipeline("restore", "other", "--units", "1").stderr
    assert "name the document" in pipeline("restore", "--units", "1").stderr


def test_a_respelled_sentence_finds_its_earlier_translation(pipeline, workspace, said):
    said("One")
    said("Second")
    seed = workspace / "seeds" / "statement.txt"
    seed.write_text(TEXT.replace("بیانیه", "بيانيه"), "utf-8")
    pipeline("segment")
    restore(pipeline, "--units", "1")
    assert (units(workspace)[0].source, units(workspace)[0].target) == ("بيانيه ما", "One")


def test_a_kept_version_that_cannot_be_read_is_named_and_todays_file_is_not_blamed(pipeline, workspace, said):
    said("One")
    path = workspace / "translations" / "en" / "statement.po"
    whole = path.read_bytes()
    path.write_bytes(whole + b'broken "')
    before = {row["version"] for row in history_of(pipeline)}
    pipeline("restore", "statement", "--languages", "en")
    listed = pipeline("history", "statement", "--json")
    (fault,) = [line for line in listed.stderr.splitlines() if line.startswith("error:")]
    assert "statement.po, version " in fault and "not a PO line" in fault
    assert fault.split("version ")[1].split(":")[0] not in before


def history_of(pipeline):
    return json.loads(pipeline("history", "statement", "--json").stdout)["versions"]
