"""The termbase goes out and comes in: nothing that people agreed is changed, and what becomes of the rest is told."""

import csv
import io
import json
import shutil

import pytest

from pipeline import termbase
from tests.conftest import ROOT

OURS = "fa,en,fr,status,note\nاعتصاب,strike,grève,preferred,agreed\nاعتصاب,riot,,forbidden,\n"

THEIRS = """<tbx style="dca" type="TBX-Basic" xml:lang="fa"><text><body>
<conceptEntry><langSec xml:lang="en"><termSec><term>strike</term></termSec>
<termSec><term>walkout</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>riot</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="fa"><termSec><term>اعتصاب</term></termSec></langSec>
<langSec xml:lang="sv"><termSec><term>strejk</term></termSec></langSec>
<langSec xml:lang="xx"><termSec><term>zzz</term></termSec></langSec></conceptEntry>
<conceptEntry><langSec xml:lang="fa"><termSec><term>کارگران</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>=cmd()</term></termSec><termSec><term>workers</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""


@pytest.fixture
def path(workspace):
    file = workspace / "translations" / "termbase.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(OURS, "utf-8")
    return file


@pytest.fixture
def theirs(tmp_path):
    file = tmp_path / "theirs.tbx"
    file.write_text(THEIRS, "utf-8")
    return file


def renderings(path, source="fa"):
    """Return what is agreed, whatever row it stands in."""
    return {
        (one.source, one.lang, one.target, one.status)
        for one in termbase.read(path.read_text("utf-8-sig"), "t", source)
    }


def test_the_termbase_of_this_workspace_goes_out_and_comes_back_whole(pipeline, workspace, tmp_path):
    path = workspace / "translations" / "termbase.csv"
    path.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "translations" / "termbase.csv", path)
    before, notes = renderings(path), {row["note"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))}
    content = path.read_bytes()
    assert pipeline("terms", "export", tmp_path / "own.tbx").returncode == 0
    assert pipeline("terms", "import", tmp_path / "own.tbx").returncode == 0
    assert path.read_bytes() == content  # nothing was new
    path.unlink()
    assert pipeline("terms", "import", tmp_path / "own.tbx").returncode == 0
    assert renderings(path) == before
    assert {row["note"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))} == notes


def test_what_is_new_is_added_and_what_was_agreed_stays(pipeline, path, theirs):
    done = pipeline("terms", "import", theirs, "--json")
    outcomes = {row["rendering"]: row["outcome"] for row in json.loads(done.stdout)["terms"]}
    assert outcomes == {
        "strike": "same", "walkout": "admitted", "riot": "differs", "strejk": "new", "zzz": "left_out",
        "=cmd()": "formula", "workers": "new",
    }  # fmt: skip
    found = {(source, lang, target): status.value for source, lang, target, status in renderings(path)}
    assert found["اعتصاب", "en", "walkout"] == "admitted" and found["اعتصاب", "en", "riot"] == "forbidden"
    assert found["کارگران", "en", "workers"] == "preferred" and found["اعتصاب", "sv", "strejk"] == "preferred"
    assert "=cmd" not in path.read_text("utf-8")


@pytest.mark.parametrize("term", ["=1", "＝1", "a;=1", "'=1", "a|@1"])
def test_no_term_is_a_formula_for_any_spreadsheet_program(pipeline, path, tmp_path, term):
    (tmp_path / "t.tbx").write_text(THEIRS.replace("=cmd()", term), "utf-8")
    rows = json.loads(pipeline("terms", "import", tmp_path / "t.tbx", "--json").stdout)["terms"]
    assert {row["rendering"]: row["outcome"] for row in rows}[term] == "formula"
    assert term not in path.read_text("utf-8")


def test_concepts_with_a_hundred_terms_in_each_language_are_refused_by_the_hundred(pipeline, path, tmp_path):
    def terms(lang: str) -> str:
        return f'<langSet xml:lang="{lang}">{"<tig><term>a</term></tig>" * 100}</langSet>'

    concept = f"<termEntry>{terms('fa')}{terms('en')}</termEntry>"
    (tmp_path / "t.tbx").write_text(f"<martif><text><body>{concept * 150}</body></text></martif>", "utf-8")
    before = path.read_bytes()
    done = pipeline("terms", "import", tmp_path / "t.tbx")
    assert done.returncode == 1 and "more than 1,000,000 pairs" in done.stderr
    assert path.read_bytes() == before


def test_what_has_no_place_here_is_told(pipeline, path, tmp_path):
    text = THEIRS.replace("<term>strike</term>", "<term>strike</term><note>another note</note>")
    text = text.replace(
        "<termSec><term>اعتصاب</term></termSec>",
        "<termSec><term>اعتصاب</term></termSec><termSec><term>شورش</term>"
        '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>',
    )
    (tmp_path / "t.tbx").write_text(text, "utf-8")
    rows = json.loads(pipeline("terms", "import", tmp_path / "t.tbx", "--json").stdout)["terms"]
    assert {row["rendering"]: row["outcome"] for row in rows}.items() >= {"strike": "noted", "شورش": "own"}.items()


def test_rows_are_added_behind_those_that_stand_there_to_the_byte(pipeline, path, tmp_path):
    content = b"\xef\xbb\xbf" + OURS.replace("\n", "\r\n").encode()
    path.write_bytes(content)
    file = tmp_path / "more.tbx"
    file.write_text(THEIRS.replace('xml:lang="sv"', 'xml:lang="xx"'), "utf-8")
    assert pipeline("terms", "import", file).returncode == 0
    assert path.read_bytes().startswith(content) and path.read_bytes().endswith(b"workers,,preferred,\r\n")


def test_a_dry_run_writes_nothing_and_says_what_it_would(pipeline, path, theirs):
    done = pipeline("terms", "import", theirs, "--dry-run")
    assert "workers" in done.stderr and "would write" in done.stderr and path.read_text("utf-8") == OURS


def test_terms_explained_in_another_language_keep_it(pipeline, path, tmp_path):
    text = "fa,en,status,note,source\n,trade union,preferred,,en\nاتحادیه,trade union,preferred,,en\nصنف,union,forbidden,,en\n"
    text = text.replace(",trade union,preferred,,en\nا", "ا")
    path.write_text(text, "utf-8")
    before = renderings(path, "en"), renderings(path, "fa")
    assert pipeline("terms", "export", tmp_path / "t.tbx").returncode == 0
    path.unlink()
    assert pipeline("terms", "import", tmp_path / "t.tbx").returncode == 0
    assert (renderings(path, "en"), renderings(path, "fa")) == before


@pytest.mark.parametrize("content", [b"", b"<html/>", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_changes_nothing(pipeline, path, tmp_path, content):
    (tmp_path / "bad.tbx").write_bytes(content)
    done = pipeline("terms", "import", tmp_path / "bad.tbx")
    assert done.returncode == 1 and "bad.tbx" in done.stderr and path.read_text("utf-8") == OURS


def test_without_a_termbase_it_is_said_what_to_do(pipeline, workspace):
    done = pipeline("terms", "export")
    assert done.returncode == 1 and "pipeline terms import FILE" in done.stderr
    assert pipeline("terms", "import", workspace / "nothing.tbx").returncode == 1


def test_columns_that_are_no_languages_stay_here(pipeline, path, tmp_path):
    """Who proposed a term went out as a term in the language «who»."""
    path.write_text(OURS.replace("note\n", "note,who,nl\n").replace("agreed\n", "agreed,Maryam,staking\n"), "utf-8")
    done = pipeline("terms", "export", tmp_path / "own.tbx")
    assert "not exported, as they are no languages: who" in done.stdout + done.stderr
    written = (tmp_path / "own.tbx").read_text("utf-8")
    assert "Maryam" not in written and "who" not in written and "staking" in written and "grève" in written


def test_a_new_language_becomes_no_termbases_first_and_its_mark_stays(pipeline, path, theirs):
    rows = "\ufeffstatus,fa,en,fr,note\npreferred,اعتصاب,strike,grève,agreed\n"
    path.write_text(rows, "utf-8")
    assert pipeline("terms", "import", theirs).returncode == 0
    text = path.read_text("utf-8")
    assert text.startswith("\ufeffstatus,fa,en,fr,sv,note\n") and "strejk" in text


def test_a_term_that_another_keyboard_writes_otherwise_is_the_term_of_here(pipeline, path, tmp_path):
    """What people agreed here would else be overturned, without a word, by whoever writes ك and ي."""
    path.write_text("fa,en,status\nاعتصاب کارگری,strike,preferred\nاعتصاب کارگری,walkout,forbidden\n", "utf-8")
    before = renderings(path)
    file = tmp_path / "arabic.tbx"
    term = "<termSec><term>{}</term><termNote type='administrativeStatus'>{}-admn-sts</termNote></termSec>"
    english = term.format("walkout", "preferredTerm") + term.format("strike", "deprecatedTerm")
    file.write_text(
        f"<tbx><text><body><conceptEntry><langSec xml:lang='fa'><termSec><term>اعتصاب كارگري</term></termSec></langSec>"
        f"<langSec xml:lang='en'>{english}</langSec></conceptEntry></body></text></tbx>",
        "utf-8",
    )
    done = pipeline("terms", "import", file)
    assert renderings(path) == before and "status is another one" in done.stdout + done.stderr


def test_nothing_of_somebody_is_written_over(pipeline, path, workspace):
    """Who names what is to be exported, or checked, in place of where it is to be written would lose it."""
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n", "utf-8")
    seed, before = workspace / "seeds" / "statement.txt", path.read_bytes()
    done = pipeline("terms", "export", path)
    assert done.returncode == 2 and "name another file" in done.stderr and path.read_bytes() == before
    content = seed.read_bytes()
    assert pipeline("check", "--html", seed).returncode == 2 and seed.read_bytes() == content
    own, page = workspace / "own.tbx", workspace / "own.html"
    for _ in range(2):
        assert pipeline("terms", "export", own).returncode == 0
        assert "name another" not in pipeline("check", "--html", page).stderr
        path.write_text(OURS.replace("strike", "walkout"), "utf-8")
    assert b"walkout" in own.read_bytes()
