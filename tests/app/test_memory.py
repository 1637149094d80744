"""The translation memory of a workspace, and the memories of others in it."""

import json

import pytest

from pipeline.app import memory
from pipeline.app.session import Session
from pipeline.cli import console
from pipeline.exchange.formats import tmx
from tests.support.statement import edit

TEXT = "بیانیه ما\n\nاین متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد.\n"


TMX = """<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="fa-IR"><seg>بيانيه  ما</seg></tuv><tuv xml:lang="en"><seg>Our statement</seg></tuv></tu>
<tu><tuv xml:lang="fa"><seg>این متن کوتاهی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد.</seg></tuv>
<tuv xml:lang="en"><seg>A short text.</seg></tuv></tu></body></tmx>"""


def test_the_memory_of_others_is_offered_and_can_be_taken_away(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    (workspace / "partner.tmx").write_text(TMX, "utf-8")
    done = pipeline("memory", "import", "partner.tmx")
    assert done.returncode == 0 and "2 translations into en, 0 translations into fr" in done.stderr
    pipeline("translate")
    text = (workspace / "translations" / "en" / "statement.po").read_text("utf-8")
    assert "#. origin: memory 100%: partner.tmx [" in text and "#. origin: memory 9" in text
    assert text.count("#, fuzzy\n") == 2 and '#| msgid "این متن کوتاهی' in text
    listed = json.loads(pipeline("memory", "list", "--json").stdout)["origins"]
    assert listed[0] == {"source_language": "fa", "language": "en", "origin": "partner.tmx", "translations": 2}
    found = json.loads(pipeline("memory", "search", "بیانیه ما", "--languages", "en", "--json").stdout)["matches"]
    assert [(one["similarity"], one["target"]) for one in found] == [(100, "Our statement")]
    assert "wrote" not in pipeline("translate").stderr
    assert pipeline("memory", "remove", "partner.tmx").returncode == 0
    assert not (workspace / "translations" / "memory" / "partner.tmx").exists()
    assert "partner.tmx" not in pipeline("memory", "list").stdout


NAMED = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">
<header creationtool="OmegaT" creationid="reza" o-tmf="/home/sara/tm" srclang="fa"><note>by sara</note></header><body>
<tu tuid="sara-1" creationid="Sara Mohammadi" changeid="reza"><note>sara says so</note><prop type="x-user">sara</prop>
<prop type="x-mark">1: link https://example.org/</prop>
<tuv xml:lang="fa" creationid="sara"><prop type="file">/home/sara/x.docx</prop><seg>بيانيه <hi type="sara">ما</hi>
 <bpt i="1" x="1">[</bpt>اینجا<ept i="1">]{1}</ept> <ph type="sara">&lt;img src="/home/sara/1.png"/&gt;</ph>.</seg></tuv>
<tuv xml:lang="en" changeid="reza"><seg>Our <hi>statement</hi> <bpt i="1">[</bpt>here<ept i="1">]{1}</ept>.</seg></tuv>
</tu></body></tmx>"""


def test_who_translated_for_a_partner_is_not_kept_where_git_takes_it(pipeline, workspace):
    (workspace / "partner.tmx").write_text(NAMED, "utf-8")
    assert pipeline("memory", "import", "partner.tmx").returncode == 0
    file = workspace / "translations" / "memory" / "partner.tmx"
    kept = file.read_bytes()
    assert b"sara" not in kept.lower() and b"reza" not in kept
    assert list(tmx.pairs(kept, "fa", "en")) == list(tmx.pairs(NAMED.encode(), "fa", "en"))
    assert "wrote" not in pipeline("memory", "import", "partner.tmx").stderr
    file.write_text(NAMED.replace("Our", "This"), "utf-8")  # as an earlier version kept it
    assert "it says who translated, and git takes it" in pipeline("memory", "list").stderr
    pipeline("memory", "import", "translations/memory/partner.tmx")
    assert b"reza" not in file.read_bytes() and b"This" in file.read_bytes()


def test_of_other_originals_than_those_a_memory_is_from_nothing_is_told(pipeline, workspace):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[sources.ar]\nlanguages = ["en", "fr"]\n', "utf-8")
    (workspace / "partner.tmx").write_text(TMX, "utf-8")
    assert (
        "partner.tmx: 2 translations into en, 0 translations into fr\n"
        in pipeline("memory", "import", "partner.tmx").stderr
    )


def test_a_memory_is_refused_before_anything_is_kept(pipeline, workspace):
    (workspace / "broken.tmx").write_text("<tmx><body>", "utf-8")
    (workspace / "german.tmx").write_text(TMX.replace('"en"', '"de"'), "utf-8")
    (workspace / "partner.tmx").write_text(TMX, "utf-8")
    for name, message in (
        ("broken", "not well-formed"),
        ("german", "nothing in it from fa into en or fr"),
        ("missing", "No such file"),
    ):
        done = pipeline("memory", "import", f"{name}.tmx")
        assert done.returncode == 1 and message in done.stderr and "Traceback" not in done.stderr
    assert not (workspace / "translations" / "memory").exists()
    pipeline("memory", "import", "partner.tmx")
    (workspace / "partner.tmx").write_text(TMX.replace("Our", "Their"), "utf-8")
    assert "exists already" in pipeline("memory", "import", "partner.tmx").stderr
    assert "no such memory" in pipeline("memory", "remove", "../en/statement.po").stderr


def test_a_damaged_index_is_made_again(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    (workspace / "partner.tmx").write_text(TMX, "utf-8")
    pipeline("memory", "import", "partner.tmx")
    assert "partner.tmx" in pipeline("memory", "list").stdout
    index = workspace / ".pipeline" / "memory.fa-en.sqlite"
    index.write_bytes(b"\xff" * 10_000)
    assert "partner.tmx" in pipeline("memory", "list").stdout
    assert (workspace / ".pipeline").stat().st_mode & 0o777 == 0o700


def test_the_memory_of_another_workspace_is_neither_read_nor_changed_through_a_link(pipeline, workspace, tmp_path):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    (workspace / "partner.tmx").write_text(TMX, "utf-8")
    pipeline("memory", "import", "partner.tmx")
    theirs, index = tmp_path / "theirs.sqlite", workspace / ".pipeline" / "memory.fa-en.sqlite"
    index.rename(theirs)
    (workspace / "translations" / "memory" / "partner.tmx").unlink()
    before = theirs.read_bytes()
    for words in (("memory", "search", "بیانیه ما"), ("translate", "--dry-run"), ("translate",)):
        index.unlink(missing_ok=True)
        index.symlink_to(theirs)
        assert "Our statement" not in pipeline(*words).stdout
        assert theirs.read_bytes() == before and not list(tmp_path.glob("theirs.sqlite-*"))


@pytest.fixture
def read(monkeypatch):
    """The names of the PO files that the memory reads from now on."""
    names, parse = [], memory.po.parse
    monkeypatch.setattr(
        memory.po, "parse", lambda content, name, *more, **said: names.append(name.rsplit("/")[-1]) or parse(content, name, *more, **said)
    )  # fmt: skip
    return names


def known(workspace, clock=console.clock):
    with memory.opened(Session(Session.open(workspace, clock).config, clock), "fa", "en") as index:
        return {entry.target for text in ("بیانیه ما", "جمله دوم این است.") for entry in index.exact(text)}


def test_files_that_are_as_they_were_are_not_read_again(workspace, reviewed, read, monkeypatch):
    later = lambda: console.clock().replace(year=2099)  # noqa: E731
    assert "Our statement" in known(workspace, later)
    read.clear()
    opened = []
    monkeypatch.setattr(memory.storage, "read_bytes", lambda config, path: opened.append(path) or path.read_bytes())
    assert "Our statement" in known(workspace, later) and opened == []
    edit(reviewed, "بیانیه ما", "A statement of ours")
    assert "A statement of ours" in known(workspace, later) and opened == [reviewed] and read == ["statement.po"]
    reviewed.unlink()
    assert known(workspace, later) == set()


def test_a_file_written_twice_in_a_moment_is_read_twice(workspace, reviewed):
    """It can have the same size, and on some disks the same time."""
    assert "Our statement" in known(workspace)
    edit(reviewed, "بیانیه ما", "0ur statement")
    assert "0ur statement" in known(workspace) and "Our statement" not in known(workspace)


def test_a_file_that_becomes_unreadable_is_said_and_what_it_said_is_kept_until_it_can_be_read(
    pipeline, workspace, reviewed
):
    assert "Our statement" in known(workspace)
    content = reviewed.read_text("utf-8")
    reviewed.write_text(content + "no PO", "utf-8")
    done = pipeline("memory", "search", "بیانیه ما", "--languages", "en", "--json")
    assert done.returncode == 1 and "statement.po" in done.stderr
    assert json.loads(done.stdout)["matches"][0]["target"] == "Our statement"
    reviewed.write_text(content, "utf-8")
    assert pipeline("memory", "search", "بیانیه ما").returncode == 0


@pytest.mark.parametrize("name", ["statement - sara", "statement (1)", "statement (conflicted copy 2026-11-28)"])
def test_nothing_is_taken_from_a_copy_that_waits_for_a_person(name, pipeline, workspace, reviewed):
    """Whoever lays what a volunteer returns beside the file is told to take over what they need."""
    content = reviewed.read_text("utf-8")
    edit(reviewed, "بیانیه ما", "Theirs")
    (reviewed.parent / f"{name}.po").write_bytes(reviewed.read_bytes())
    reviewed.write_text(content, "utf-8")
    assert "Our statement" in known(workspace) and "Theirs" not in known(workspace)
    edit(reviewed, "بیانیه ما", "")
    said = pipeline("translate").stderr
    assert "take over what you need" in said and "Theirs" not in reviewed.read_text("utf-8")


def test_a_translation_of_two_documents_is_told_once_with_their_number(pipeline, workspace, reviewed):
    (workspace / "seeds" / "other.txt").write_bytes((workspace / "seeds" / "statement.txt").read_bytes())
    pipeline("translate", "-q")
    found = json.loads(pipeline("memory", "search", "بیانیه ما", "--languages", "en", "--json").stdout)["matches"]
    assert [(one["target"], one["documents"]) for one in found if one["similarity"] == 100] == [("Our statement", 2)]


ANNOUNCED = "سخنرانی مهمانی از لیون دربارهٔ اعتصاب کارگران بندر در شهر ما"


@pytest.mark.parametrize("folder", ["", "fa", "1988"])
def test_who_comes_to_a_seminar_is_in_no_draft_and_in_no_table_of_another_document(folder, pipeline, workspace):
    """Its announcement says nearly the same, without the names."""
    home = workspace / "seeds" / folder
    home.mkdir(exist_ok=True)
    name = "1988/meeting" if folder == "1988" else "meeting"
    held = ANNOUNCED.replace("مهمانی", "سارا محمدی")
    (home / "meeting.seminar").write_text(f'title = "سمینار"\n[[agenda]]\ntime = "09:30"\ntitle = "{held}"\n', "utf-8")
    pipeline("segment")
    said = "Speech of Sara Qwfname from Lyon on the strike"
    edit(workspace / "translations" / "en" / f"{name}.po", held, said)
    (workspace / "seeds" / "evening.txt").write_text(f"برنامهٔ شب همبستگی\n\n{ANNOUNCED}.\n", "utf-8")
    pipeline("translate")
    pipeline("build-pdf", "evening")
    for kind in ("csv", "html"):
        pipeline("export", "evening", "--format", kind, "--languages", "en")
    (edited,) = (workspace / "translations" / "en").rglob("evening.po")
    tables = [workspace / "output" / "exchange" / f"evening.en.{kind}" for kind in ("csv", "html")]
    for path in (edited, *tables):
        text = path.read_text("utf-8")
        assert ANNOUNCED in text and "Qwfname" not in text and "سارا" not in text
    assert said in (workspace / "translations" / "en" / f"{name}.po").read_text("utf-8")
    assert "Qwfname" not in pipeline("memory", "search", held, "--languages", "en", "--json").stdout
    (home / "meeting.seminar").unlink()
    (workspace / "seeds" / "evening.txt").write_text(f"برنامهٔ شب دیگر\n\n{ANNOUNCED}!\n", "utf-8")
    pipeline("translate")
    assert "Qwfname" not in edited.read_text("utf-8")
    (workspace / "seeds" / "evening.txt").write_text(f"برنامهٔ شب دیگر\n\n{held}\n", "utf-8")
    pipeline("translate")
    assert "Qwfname" not in edited.read_text("utf-8")
