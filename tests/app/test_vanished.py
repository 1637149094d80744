"""What another program takes out of a PO file is noticed by the next command, and can be had back."""

import re

import pytest

from pipeline.catalogue import po

TEXT = "بیانیه ما\n\nآزادی برای همه مردم جهان است. ما می‌مانیم. آنان می‌روند. پایان کار نزدیک است.\n"
DRAFTS = ["Our statement", "Freedom is for all people of the world.", "We stay.", "They go.", "The end is near."]
GONE = "translations/en/statement.po: gone since the last command: "


@pytest.fixture
def path(pipeline, workspace):
    """A PO file with a reviewed title and four fuzzy drafts, as a command last saw it."""
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    words = iter(DRAFTS)
    text = re.sub('msgstr ""\n(?=\n|$)', lambda _: f'msgstr "{next(words)}"\n', path.read_text("utf-8"))
    path.write_text(re.sub('(?=msgctxt "paragraph")', "#, fuzzy\n", text), "utf-8")
    assert "gone" not in pipeline("segment").stderr
    return path


def empty_fuzzy(path):
    """As OmegaT's console writes a PO file."""
    path.write_text(re.sub('(#, fuzzy\n(?:.*\n)*?)msgstr ".*"', r'\1msgstr ""', path.read_text("utf-8")), "utf-8")


def targets(path):
    return [unit.target for unit in po.read(path, "statement", "fa", "en").units]


@pytest.mark.parametrize("command", ["segment", "status", "check", "export"])
def test_the_next_command_says_what_has_vanished_and_how_to_get_it_back(command, pipeline, path):
    empty_fuzzy(path)
    said = pipeline(command).stderr
    assert f"{GONE}4 translations; to get them back: " in said
    assert "pipeline restore statement --languages en --units 2-5" in said
    assert pipeline("restore", "statement", "--languages", "en", "--units", "2-5").returncode == 0
    assert targets(path) == DRAFTS and path.read_text("utf-8").count("#, fuzzy") == 4
    assert GONE not in pipeline("segment").stderr


def test_a_writing_command_says_it_once_and_a_reading_one_until_then(pipeline, path):
    empty_fuzzy(path)
    assert GONE in pipeline("export", "--dry-run").stderr
    assert GONE in pipeline("segment").stderr and GONE not in pipeline("segment").stderr
    pipeline("restore", "statement", "--languages", "en", "--units", "3")
    assert targets(path) == ["Our statement", "", "We stay.", "", ""]


def test_a_file_that_is_gone_or_without_entries_is_noticed_too(pipeline, path):
    text = path.read_text("utf-8")
    path.write_text(text[: text.rindex("\n#. place")], "utf-8")
    assert f"{GONE}1 translation; " in pipeline("segment").stderr
    path.unlink()
    assert f"{GONE}4 translations; " in pipeline("segment").stderr
    pipeline("restore", "statement", "--languages", "en", "--units", "1-5")
    assert targets(path) == DRAFTS


def test_what_stands_elsewhere_or_was_changed_has_not_vanished(pipeline, path):
    text = path.read_text("utf-8")
    moved = text.replace('msgid "ما می‌مانیم."', 'msgid "ما همه می‌مانیم."').replace("They go.", "They leave.")
    path.write_text(moved, "utf-8")
    assert GONE not in pipeline("segment").stderr


def test_a_restored_file_lacks_nothing(pipeline, path):
    empty_fuzzy(path)
    pipeline("restore", "statement", "--languages", "en", "--units", "2-5")
    pipeline("restore", "statement", "--languages", "en")
    assert not any(targets(path)[1:]) and GONE not in pipeline("segment").stderr


@pytest.mark.parametrize("content", [b"", b'msgid "', b'msgid ""\nmsgstr "Language: fr\\n"\n', None])
@pytest.mark.parametrize("first", [["segment"], ["history", "statement"], []])
def test_of_a_file_that_can_be_read_no_more_the_last_version_is_had_back(pipeline, path, content, first):
    """A full disk leaves an empty file, a mail program puts the French one in its place: nothing has replaced it yet."""
    before = path.read_bytes()
    path.unlink() if content is None else path.write_bytes(content)
    if first:
        pipeline(*first)
    assert pipeline("restore", "statement", "--languages", "en").returncode == 0
    assert path.read_bytes() == before


def test_a_file_that_can_be_read_has_no_version_that_no_command_replaced(pipeline, path):
    path.write_text(path.read_text("utf-8").replace("They go.", "They left."), "utf-8")
    assert len(pipeline("history", "statement", "--languages", "en").stdout.splitlines()) == 2


DROPPED = "all comments of translators, those on who has read it among them, of 5 translations"


def uncommented(path):
    """As programs write a PO file that know no comments of translators."""
    path.write_text(re.sub("(?m)^# .*\n", "", path.read_text("utf-8")), "utf-8")


def test_comments_that_a_program_dropped_are_noticed_and_had_back(pipeline, path):
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "1-5")
    before = path.read_bytes()
    uncommented(path)
    said = pipeline("segment").stderr
    assert DROPPED in said and DROPPED not in pipeline("segment").stderr
    remedy = said.partition("as it was: pipeline ")[2].splitlines()[0].split()
    assert pipeline(*remedy).returncode == 0
    assert path.read_bytes() == before


def test_one_comment_that_a_person_takes_out_is_theirs(pipeline, path):
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "1-5")
    path.write_text(re.sub("(?m)^# read.*\n", "", path.read_text("utf-8"), count=4), "utf-8")
    assert "gone" not in pipeline("segment").stderr


def test_an_older_copy_with_its_readings_is_told_and_the_newer_had_back(pipeline, path):
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "1-3")
    older = path.read_bytes()
    path.write_text(path.read_text("utf-8").replace("We stay.", "We remain."), "utf-8")
    pipeline("approve", "statement", "--languages", "en", "--as", "maryam", "--units", "3")
    newer = path.read_text("utf-8")
    path.write_bytes(older)
    said = pipeline("check").stderr
    assert f"{GONE}what had been read, or corrected, of 1 sentence; " in said
    assert "pipeline restore statement --languages en --units 3" in said
    assert GONE not in pipeline("check").stderr
    pipeline("restore", "statement", "--languages", "en", "--units", "3")
    assert targets(path)[2] == "We remain." and "# read: maryam" in path.read_text("utf-8")
    later = newer.replace("We remain.", "We are here.")
    path.write_text(re.sub("# read: maryam .*", "# read: maryam", later), "utf-8")
    assert "read no later" not in pipeline("check").stderr, "who reads what they change says so anew"


@pytest.mark.parametrize("mark", ["", "#, fuzzy\n"])
def test_a_correction_that_nobody_has_read_yet_is_told_and_had_back_too(mark, pipeline, path):
    """It stood in no version of the history: no command had written the file since."""
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "1-5")
    older = path.read_text("utf-8")
    corrected = older.replace("We stay.", "We remain.")
    place = corrected.rindex("msgctxt", 0, corrected.index("We remain."))
    path.write_text(corrected[:place] + mark + corrected[place:], "utf-8")
    assert "gone" not in pipeline("segment").stderr
    path.write_text(older, "utf-8")
    said = pipeline("segment").stderr
    assert f"{GONE}what had been read, or corrected, of 1 sentence; " in said
    pipeline("restore", "statement", "--languages", "en", "--units", "3")
    assert targets(path)[2] == "We remain."
    path.write_text(path.read_text("utf-8").replace("We remain.", "We are here."), "utf-8")
    assert "gone" not in pipeline("segment").stderr, "whoever corrects it once more puts nothing back"


def test_what_a_colleague_changed_and_read_on_a_later_day_is_taken_as_it_is(pipeline, path):
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "3")
    ours = path.read_text("utf-8")
    path.write_text(ours.replace("We stay.", "We remain."), "utf-8")
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "3")
    path.write_text(re.sub(r"(# read: reza) \d{4}", r"\1 2999", path.read_text("utf-8")), "utf-8")
    theirs = path.read_bytes()
    path.write_text(ours, "utf-8")
    pipeline("segment")
    path.write_bytes(theirs)
    assert "read no later" not in pipeline("segment").stderr
