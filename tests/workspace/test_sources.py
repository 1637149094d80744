"""Whatever lies among the documents is read, or said with what it is and what can be done, in each command alike."""

import json
import os

import pytest

from pipeline.workspace import config, sources
from tests.support.documents import docx, p

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است.\n"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
SILENT = (
    "~$good.docx",
    ".~lock.good.docx#",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "README.md",
    "readme",
    ".hidden.txt",
)
SAID = {
    "old.doc": (OLD, "a document of Word before 2007", "save it as .docx or .odt"),
    "scan.jpg": (b"\xff\xd8\xff\xe0", "a picture (JPEG)", "must be typed"),
    "paper.pdf": (b"%PDF-1.4", "a PDF", "pipeline convert"),
    "sums.ods": (b"", "an empty file", "delete it"),
    "word": (docx(p("x")), "a Word document", "give its name the ending .docx"),
    "cyrillic.text": ("Заявление".encode("koi8-r"), "in no format known here", "save it as one of"),
    "notes.text": (b"x", "a plain text with an unknown ending", "give its name the ending .txt"),
    "good.txt~": (TEXT.encode(), "a copy that a program keeps of a file", "delete it"),
    "half.docx.part": (b"PK", "a download that was not finished", "download it again"),
}


@pytest.fixture
def full(workspace):
    """A workspace with one document, and much else among the documents."""
    seeds = workspace / "seeds"
    (seeds / "good.txt").write_text(TEXT, "utf-8")
    for name in SILENT:
        (seeds / name).write_bytes(b"x")
    for name, (content, _, _) in SAID.items():
        (seeds / name).write_bytes(content)
    for folder in ("1988.05", "page_files", "empty", "site", "pictures"):
        (seeds / folder).mkdir()
    for place in ("1988.05/a.docx", "page_files/frame.html", "site/a.txt", "pictures/a.jpg"):
        (seeds / place).write_bytes(b"x")
    (seeds / "outside.txt.lnk").symlink_to("/etc/hostname")
    os.mkfifo(seeds / "pipe")
    return workspace


def test_all_is_said_once_with_what_it_is_and_what_can_be_done(full, pipeline):
    found = {one["file"]: one for one in json.loads(pipeline("status", "--json").stdout)["not_read"]}
    for name, (_, what, remedy) in SAID.items():
        one = found.pop(f"seeds/{name}")
        assert one["what"] == what and remedy in one["remedy"]
    assert found.pop("seeds/1988.05")["what"] == "a folder with a full stop in its name"
    assert found.pop("seeds/page_files")["remedy"] == "it is not needed"
    assert found.pop("seeds/empty")["what"] == "an empty folder"
    assert found.pop("seeds/site")["what"] == "a folder called site, as one in output/ is"
    assert found.pop("seeds/pictures")["what"] == "a folder with no document in it"
    assert found.pop("seeds/outside.txt.lnk")["what"].startswith("a link that leads out of the workspace")
    assert found.pop("seeds/pipe")["what"] == "a pipe or a device" and not found


@pytest.mark.parametrize("words", [("segment",), ("run", "--dry-run"), ("status",)])
def test_each_command_says_it_and_goes_on(full, pipeline, words):
    done = pipeline(*words)
    assert done.returncode == 0, done.stderr
    for name, (_, what, _) in SAID.items():
        (line,) = (line for line in (done.stdout + done.stderr).splitlines() if line.startswith(f"seeds/{name}"))
        assert what in line
    assert not any(name in done.stderr for name in SILENT)


@pytest.mark.parametrize("asked", ["old", "old.doc", "seeds/old.doc"])
@pytest.mark.parametrize("command", ["segment", "status", "run"])
def test_what_is_asked_for_and_cannot_be_read_is_an_error_that_says_so(full, pipeline, command, asked):
    done = pipeline(command, asked)
    assert done.returncode == 1 and "seeds/old.doc: a document of Word before 2007; open it" in done.stderr


def test_what_is_added_and_cannot_be_read_is_said_in_the_same_words(full, pipeline):
    seeds = full / "seeds"
    done = pipeline("add", "--json", seeds / "old.doc", seeds / "1988.05", seeds / "~$good.docx", seeds / "word")
    answer = json.loads(done.stdout)
    assert done.returncode == 1 and [one["file"] for one in answer["documents"]] == ["seeds/word.docx"]
    for name, said in (("old.doc", "a document of Word before 2007"), ("1988.05", "a folder, with 1 document in it"),
                       ("~$good.docx", "a note of an office program")):  # fmt: skip
        (fault,) = (fault for fault in answer["faults"] if fault.startswith(f"{seeds / name}: {said}"))
        assert "; " in fault


def test_a_name_that_makes_no_id_and_two_files_of_one_id_stop_only_themselves(workspace, pipeline):
    for name in ("good.txt", "two.txt", "two.md", "-x.txt", " y.txt", "a\nb.txt", f"{'z' * 210}.txt"):
        (workspace / "seeds" / name).write_text(TEXT, "utf-8")
    done = pipeline("segment")
    assert done.returncode == 1 and (workspace / "translations/en/good.po").exists()
    assert done.stderr.count("its name makes no id; give it another") == 4
    assert "seeds/two.txt: there is two.md too, of the same id; give one another name" in done.stderr
    assert not list(workspace.glob("translations/en/two*")) and not list(workspace.glob("translations/en/-*"))
    assert json.loads(pipeline("status", "--json").stdout)["faults"]


COPIES = (
    "s.sync-conflict-20261130-080000-ABCDEFG.txt", "s (Sara's conflicted copy 2026-11-30).txt", "s (1).docx",
    "s (conflicted copy 2026-11-30 080000).txt", "s (Copie en conflit de Sara 2026-11-30).txt", "s - Copy.txt",
    "s_conflict-20261130-080000.txt", "s - Kopie (2).txt", "s-DESKTOP-AB12CD3.txt", "s-LAPTOP7.txt", "S (2).md",
    "s (SFConflict sara 2026-11-30-08-00-00).txt", "s [conflict 2].txt", "1988/letter 12 (1).txt",
)  # fmt: skip
DOCUMENTS = (
    "s-on-the-conflict.txt",
    "s-2.txt",
    "s-win-the-strike.txt",
    "s (final).txt",
    "t (1).txt",
    "s-2026-11-30.txt",
)


def test_a_copy_of_a_document_is_no_document_of_its_own(workspace, pipeline):
    (workspace / "seeds/1988").mkdir()
    for name in ("s.txt", "1988/letter 12.txt", *COPIES, *DOCUMENTS):
        (workspace / "seeds" / name).write_text(TEXT, "utf-8")
    done = pipeline("segment")
    assert done.returncode == 1 and done.stderr.count("take over what you need, and delete it") == len(COPIES)
    assert "seeds/s (1).docx: named like a copy of s;" in done.stderr
    found = {
        path.relative_to(workspace / "seeds").as_posix() for path in sources.documents(config.read(workspace)).values()
    }
    assert found == {"s.txt", "1988/letter 12.txt", *DOCUMENTS}
    (workspace / "seeds/s.txt").rename(workspace / "seeds/other.txt")
    assert "s (1)" in sources.documents(config.read(workspace))


@pytest.mark.parametrize("name", ["s - Annex", "s (2)", "s (2026-11-30)", 's - "Annex"', "s-conflict-2023"])
def test_a_document_that_was_translated_before_another_with_the_beginning_of_its_name_came_stays(
    workspace, pipeline, name
):
    (workspace / "seeds/letter.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("rename", "letter", "s - Renamed")
    (workspace / f"seeds/{name}.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    (workspace / "seeds/s.txt").write_text(TEXT, "utf-8")
    assert pipeline("segment").returncode == 0
    assert set(sources.documents(config.read(workspace))) == {"s", name, "s - Renamed"}


@pytest.mark.parametrize("first", ["s", "letter"])
def test_a_copy_whose_translation_was_copied_too_is_no_document(workspace, pipeline, first):
    (workspace / f"seeds/{first}.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("rename", first, "s")
    for path in (*workspace.glob("seeds/s.*"), *workspace.glob("translations/*/s.po")):
        path.with_stem("s (1)").write_bytes(path.read_bytes())
    assert "seeds/s (1).txt: named like a copy of s;" in pipeline("segment").stderr


def test_translations_of_a_document_that_cannot_be_read_now_are_not_left_over(workspace, pipeline):
    (workspace / "seeds/a.docx").write_bytes(docx(p("x")))
    (workspace / "seeds/good.txt").write_text(TEXT, "utf-8")
    assert pipeline("segment").returncode == 0
    (workspace / "seeds/a.docx").rename(workspace / "seeds/a.doc")
    assert not json.loads(pipeline("status", "--json").stdout)["belongs_to_no_document"]


def test_without_any_document_all_else_is_said(workspace, pipeline):
    (workspace / "seeds/old.doc").write_bytes(OLD)
    done = pipeline("segment")
    assert (
        done.returncode == 1
        and "no documents here" in done.stderr
        and "seeds/old.doc: a document of Word" in done.stderr
    )
    assert sources.documents(config.read(workspace)) == {}


def test_what_an_editor_states_in_another_folder_than_the_document_is_not_left_out_without_a_word(workspace, pipeline):
    (workspace / "seeds/en").mkdir()
    (workspace / "seeds/en/call.txt").write_text("To all members\n\nWe call on you to come.\n", "utf-8")
    for place in ("seeds", "seeds/en"):
        (workspace / place / "call.toml").write_text('issuer = "The council"\n', "utf-8")
    (workspace / "seeds/gone.toml").write_text('issuer = "The council"\n', "utf-8")
    found = sources.look(config.read(workspace))
    assert [path.relative_to(workspace).as_posix() for path in found.others] == ["seeds/call.toml"]
    assert "seeds/call.toml: what an editor states about a document" in pipeline("segment").stderr


def test_names_that_some_disk_takes_for_the_same_are_of_one_id_and_one_that_nobody_sees_is_none(workspace, pipeline):
    for name in ("Call.txt", "caf\u00e9.txt", "\u200c.txt"):
        (workspace / "seeds" / name).write_text("بیانیه\n", "utf-8")
    for name in ("call", "cafe\u0301"):
        assert (
            "another document of this id"
            in pipeline("add", "seeds/Call.txt" if name == "call" else "seeds/caf\u00e9.txt", "--id", name).stderr
        )
    for name in ("call.txt", "cafe\u0301.txt"):
        (workspace / "seeds" / name).write_text("بیانیه\n", "utf-8")
    done = pipeline("status")
    assert done.stderr.count("of the same id") == 4 and done.stderr.count("its name makes no id") == 1
