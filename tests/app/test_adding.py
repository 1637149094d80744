"""A file from anywhere becomes a document under a good id, and nothing that is there is lost."""

import json
import unicodedata

import pytest

TEXT = "فراخوان\n\nما در ماه مه دیدار کردیم. باز هم خواهیم کرد.\n"


@pytest.mark.parametrize(
    ("name", "document_id"),
    [
        ("Statement No. 5 (final).TXT", "statement-no.-5-final"),
        ("بیانیه_ی شماره ۵.txt", "بیانیه-ی-شماره-۵"),
        (unicodedata.normalize("NFD", "Déclaration: été.txt"), "déclaration-été"),
        ("..--.txt", "document"),
        ("-C.txt", "c"),
        ("README.txt", "readme-document"),
        ("ی" * 120 + ".txt", "ی" * 100),
    ],
)
def test_an_id_is_like_the_name_and_fit_for_a_file_anywhere(pipeline, workspace, tmp_path, name, document_id):
    path = tmp_path / name
    path.write_text(TEXT, "utf-8")
    done = pipeline("add", "--json", "--", path)
    assert done.returncode == 0, done.stderr
    (added,) = json.loads(done.stdout)["documents"]
    assert (added["document"], added["added"]) == (document_id, True)
    assert (workspace / added["file"]).read_text("utf-8") == TEXT
    assert pipeline("segment", document_id).returncode == 0


def test_what_is_there_is_never_replaced(pipeline, workspace, tmp_path):
    path = tmp_path / "call.txt"
    path.write_text(TEXT, "utf-8")
    assert "seeds/call.txt" in pipeline("add", path).stderr
    assert "it was here already" in pipeline("add", path).stderr
    path.write_text(TEXT * 2, "utf-8")
    done = pipeline("add", path)
    assert done.returncode == 1 and "another document of this id; give it another with --id" in done.stderr
    assert (workspace / "seeds" / "call.txt").read_text("utf-8") == TEXT
    assert pipeline("add", path, "--id", "second-call").returncode == 0
    assert (workspace / "seeds" / "second-call.txt").read_text("utf-8") == TEXT * 2


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_added(pipeline, workspace, tmp_path):
    good, bad, empty = tmp_path / "good.txt", tmp_path / "bad.xyz", tmp_path / "empty.txt"
    good.write_text(TEXT, "utf-8")
    bad.write_bytes(b"\x7fELF")
    empty.write_text(" \n", "utf-8")
    done = pipeline("add", tmp_path / "none.txt", bad, empty, tmp_path, good)
    assert done.returncode == 1
    for words in (
        "none.txt: no such file",
        "bad.xyz: a program; ",
        "the document is empty",
        "a folder, with 2 documents in it",
    ):
        assert words in done.stderr
    assert {path.name for path in (workspace / "seeds").iterdir()} >= {"good.txt"}
    assert not list((workspace / "seeds").glob("bad*")) and not list((workspace / "seeds").glob("empty*"))


def test_a_dry_run_shows_how_it_is_read_and_copies_nothing(pipeline, workspace, tmp_path):
    path = tmp_path / "call.txt"
    path.write_text("ما در ماه مه دیدار کردیم، و باز خواهیم کرد.\n\nآری.\n", "utf-8")
    done = pipeline("add", path, "--dry-run")
    assert "2 paragraphs" in done.stderr and "doubtful: no title was found" in done.stderr
    assert not (workspace / "seeds" / "call.txt").exists()


def test_one_id_is_for_one_file(pipeline, workspace, tmp_path):
    path = tmp_path / "call.txt"
    path.write_text(TEXT, "utf-8")
    assert pipeline("add", path, path, "--id", "call").returncode == 2
    assert pipeline("add", path, "--id", "../call").returncode == 2


def test_what_could_not_be_printed_is_said_at_once(pipeline, workspace, tmp_path):
    path = tmp_path / "call.txt"
    path.write_text(TEXT.replace("دیدار", "中国 √۲ ✓"), "utf-8")
    said = pipeline("add", path)
    assert said.returncode == 0 and "no font of the page can show “中” (U+4E2D" in said.stdout + said.stderr
    path.write_text(TEXT.replace("دیدار", "√۲ ✓ №"), "utf-8")
    said = pipeline("add", path, "--id", "other")
    assert "no font" not in said.stdout + said.stderr


def test_a_script_that_no_font_has_is_said_once_with_what_to_do(pipeline, workspace, tmp_path):
    path = tmp_path / "call.txt"
    path.write_text("关于保留社区图书馆的声明\n\n我们不同意这一决定。\n\n请公布全部预算。\n", "utf-8")
    said = pipeline("add", path)
    assert (said.stdout + said.stderr).count("no font of the page can show") == 1
    assert " others of this document: name fonts of their script in [theme]" in said.stdout + said.stderr


def test_what_a_document_is_read_as_is_counted_in_the_singular_and_the_plural(pipeline, workspace):
    names = "ف. رستگار      م. آذرنوش"
    text = f"بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می‌یابد.\n\n۱. نان\n۲. کار\n\n{names}\n"
    (workspace / "call.txt").write_text(text, "utf-8")
    said = pipeline("add", "call.txt").stderr
    assert "2 list items, 1 title, 1 paragraph, 1 group of signatures\n" in said
