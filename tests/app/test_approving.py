"""A second person's reading: recorded, counted, asked for by the gate."""

import json
import re

import pytest

from tests.support.readings import read_all


def fill(path, *targets, fuzzy=()):
    """Put targets into the entries of a PO file, in their order."""
    entries = path.read_text("utf-8").strip("\n").split("\n\n")
    for index, target in enumerate(targets, 1):
        head, _, _ = entries[index].rpartition("msgstr")
        head = head.replace("msgctxt", "#, fuzzy\nmsgctxt") if index in fuzzy else head
        entries[index] = f'{head}msgstr "{target}"'
    path.write_text("\n\n".join(entries) + "\n", "utf-8")


@pytest.fixture
def letter(pipeline, workspace):
    """The PO file of a letter: two sentences translated by a person, the third a draft."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    (workspace / "seeds" / "letter.txt").write_text("نامه سرگشاده\n\nجمله یک این است. جمله دو این است.\n", "utf-8")
    pipeline("segment", "-q")
    path = workspace / "translations" / "en" / "letter.po"
    fill(path, "Open letter", "This is sentence one.", "This is sentence two.", fuzzy=(3,))
    return path


def outcomes(pipeline, *words):
    done = pipeline("approve", "letter", *words, "--json")
    assert done.returncode == 0, done.stderr
    return {row["number"]: row["outcome"] for row in json.loads(done.stdout)["sentences"]}


def states(pipeline):
    (row,) = json.loads(pipeline("status", "--json").stdout)["documents"]
    return {key: row[key] for key in ("reviewed", "translated", "doubt")}


def test_what_a_person_translated_is_reviewed_once_another_has_read_it(pipeline, letter):
    assert states(pipeline) == {"reviewed": 0, "translated": 2, "doubt": 1}
    assert outcomes(pipeline, "--as", "sara") == {1: "read", 2: "read", 3: "not translated by a person"}
    assert states(pipeline) == {"reviewed": 2, "translated": 0, "doubt": 1}
    assert outcomes(pipeline, "--as", "Sara") == {1: "read before", 2: "read before", 3: "not translated by a person"}


def test_a_draft_is_approved_by_its_number_alone(pipeline, letter):
    assert outcomes(pipeline, "--as", "sara", "--units", "2") == {2: "read"}
    said = pipeline("approve", "letter", "--as", "sara", "--units", "3").stderr
    assert re.search("     3  read: «[^«»]+» → «[^«»]+»", said) and "     2  " not in said  # numbers may have moved
    assert states(pipeline) == {"reviewed": 2, "translated": 1, "doubt": 0}


def test_a_comment_that_would_be_printed_unread_keeps_a_text_from_being_released(pipeline, letter):
    """Translators begin comments with “Note:” that are meant for each other alone."""
    pipeline("approve", "letter", "--as", "sara", "--units", "1-3")
    assert pipeline("build-pdf", "--release").returncode == 0
    text = letter.read_text("utf-8")
    letter.write_text(text.replace("# read: sara", "# Note: ask Kari first\n# read: sara", 1), "utf-8")
    assert "1 of 3 sentences not read by anybody but" in pipeline("build-pdf", "--release").stderr
    told = "     1  printed with it, and approved: «Note: ask Kari first»\n"
    assert told in pipeline("approve", "letter", "--as", "sara", "--dry-run").stderr
    assert told in pipeline("approve", "letter", "--as", "sara").stderr
    assert pipeline("build-pdf", "--release").returncode == 0


def test_an_edit_after_the_reading_asks_for_another(pipeline, letter):
    pipeline("approve", "letter", "--as", "sara", "--units", "1-3")
    letter.write_text(letter.read_text("utf-8").replace("sentence two", "the second sentence"), "utf-8")
    assert states(pipeline) == {"reviewed": 2, "translated": 1, "doubt": 0}
    assert "1 of 3 sentences not read by anybody but" in pipeline("build-pdf", "--release").stderr


def test_a_change_of_the_source_ends_the_reading(pipeline, workspace, letter):
    pipeline("approve", "letter", "--as", "sara", "--units", "1-3")
    seed = workspace / "seeds" / "letter.txt"
    seed.write_text(seed.read_text("utf-8").replace("جمله دو این است", "جمله دو این نیست"), "utf-8")
    pipeline("segment", "-q")
    assert states(pipeline)["reviewed"] == 2


def test_trying_it_writes_nothing_and_shows_the_numbers(pipeline, letter):
    before = letter.read_bytes()
    done = pipeline("approve", "letter", "--as", "sara", "--dry-run")
    assert letter.read_bytes() == before
    assert "     3  not translated by a person: «جمله دو این است.»" in done.stderr
    assert "would be read by sara" in done.stderr and "now read" not in done.stderr


@pytest.mark.parametrize(
    ("readers", "read_by", "ready"), [(0, 0, True), (1, 0, False), (1, 1, True), (2, 1, False), (2, 2, True)]
)
def test_the_gate_asks_for_as_many_readers_as_the_settings_say(pipeline, workspace, letter, readers, read_by, ready):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace("readers = 1", f"readers = {readers}"), "utf-8")
    letter.write_text(letter.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    for name in ("sara", "reza")[:read_by]:
        pipeline("approve", "letter", "--as", name)
    done = pipeline("build-pdf", "--release")
    assert (done.returncode == 0) is ready, done.stderr
    remedy = "pipeline approve letter --languages en --as NAME"
    assert (remedy in done.stderr) is (not ready)


def test_a_name_written_in_an_editor_is_dated_by_the_next_command(pipeline, letter):
    read_all(letter, "sara")
    assert states(pipeline) == {"reviewed": 2, "translated": 0, "doubt": 1}
    pipeline("segment", "-q")
    text = letter.read_text("utf-8")
    assert text.count("# read: sara 2") == 3 and states(pipeline) == {"reviewed": 2, "translated": 0, "doubt": 1}
    letter.write_text(text.replace("#, fuzzy\n", "").replace("This is sentence two.", "Written after sara read it."))
    assert states(pipeline) == {"reviewed": 2, "translated": 1, "doubt": 0}, "nobody has read what was written since"


@pytest.mark.parametrize(
    "words",
    [
        ["--as", "Sara Smith"],
        ["--as", ""],
        ["--as", "a@b.example"],
        ["--as", "x", "--units", ""],
        ["--as", "x", "--units", "0"],
        ["--as", "x", "--units", "3-1"],
        ["--as", "x", "--units", "a"],
        ["--as", "x", "--units", "1,"],
    ],
)
def test_a_name_or_number_that_cannot_be_is_a_fault_of_usage(pipeline, letter, words):
    before = letter.read_bytes()
    assert pipeline("approve", "letter", *words).returncode == 2
    assert letter.read_bytes() == before


def test_a_sentence_that_is_not_there_is_named(pipeline, letter):
    done = pipeline("approve", "letter", "--as", "x", "--units", "3-9")
    assert done.returncode == 1 and "there is no sentence 9; there are 3" in done.stderr


def test_a_note_that_is_printed_with_a_copied_address_is_read_by_somebody(pipeline, letter, workspace):
    pipeline("approve", "letter", "--as", "sara", "--units", "1-3")
    seed = workspace / "seeds" / "letter.txt"
    seed.write_text(seed.read_text("utf-8") + "\noffice@example.org\n", "utf-8")
    pipeline("translate", "-q")
    assert pipeline("build-pdf", "--release").returncode == 0
    head, mark, rest = letter.read_text("utf-8").rpartition("#. origin: copied")
    letter.write_text(f"{head}# note: ask Kari first\n{mark}{rest}", "utf-8")
    assert "1 of 4 sentences not read by anybody but" in pipeline("build-pdf", "--release").stderr
    assert outcomes(pipeline, "--as", "sara")[4] == "read"
    assert pipeline("build-pdf", "--release").returncode == 0
