"""The checks over a workspace: what is found, accepted, and seen; the fonts of its pages."""

import io
import json
import re

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.support.statement import edit, files


def test_a_reviewed_document_is_clean_and_a_mistake_is_found(pipeline, reviewed):
    assert pipeline("check").returncode == 0
    edit(reviewed, "۵۱۴-۲۵۸-۸۱۸۶", "514-258-8188")
    done = pipeline("check", "--json")
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["check"], found["severity"], found["suggestion"]) == ("addresses", "error", "514-258-8186")
    assert (found["document"], found["language"]) == ("statement", "en")
    assert "addresses" in pipeline("check").stdout
    assert pipeline("check", "--severity", "fatal").returncode == 2


def test_what_is_no_file_is_no_termbase(pipeline, workspace, reviewed):
    (workspace / "translations" / "termbase.csv").unlink(missing_ok=True)
    (workspace / "translations" / "termbase.csv").mkdir()
    done = pipeline("check")
    assert done.returncode and "termbase.csv: a folder, a pipe or a device" in done.stderr


def test_a_faulty_termbase_is_named_with_its_line(pipeline, workspace, reviewed):
    table = workspace / "translations" / "termbase.csv"
    table.write_text("\ufefffa,en,status\nمتن,text,preferred\n…,dots,preferred\n", "utf-8")
    done = pipeline("check")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "termbase.csv:3: a row needs a term" in done.stderr
    table.write_text('\ufefffa,en,status,note\nمتن,text,preferred,"two\nlines"\nجمله,clause,preferred,\n', "utf-8")
    assert "«جمله» should be translated as “clause”" in pipeline("check", "--severity", "hint").stdout


def test_changed_checks_only_what_changed(pipeline, reviewed):
    edit(reviewed, "تلفن :", "Telephone :")
    edit(reviewed, "بیانیه ما", "Our  statement")
    assert len(json.loads(pipeline("check", "--json").stdout)["findings"]) == 1
    assert json.loads(pipeline("check", "--changed", "--json").stdout)["findings"] == []
    edit(reviewed, "جمله دوم این است.", "This is is the second sentence.")
    (found,) = json.loads(pipeline("check", "--changed", "--json").stdout)["findings"]
    assert found["message"] == "“is” is written twice in a row"


def accept(path, words):
    text = path.read_text("utf-8")
    path.write_text(text.replace("#. place: line 1\n", f"# {words}\n#. place: line 1\n"), "utf-8")


def test_a_finding_accepted_in_a_comment_stays_quiet_until_the_text_changes(pipeline, reviewed):
    edit(reviewed, "بیانیه ما", "Our  statement")
    accept(reviewed, "check: punctuation ok — quoted so by the issuer")
    assert pipeline("check").returncode == 0
    edit(reviewed, "بیانیه ما", "Our  own statement")
    assert pipeline("check").returncode == 1


def test_an_acceptance_lapses_with_the_source_too(pipeline, workspace, statement, reviewed):
    """Whoever accepted «37» for «38» did not see «42»."""
    seed = statement.read_text("utf-8")
    statement.write_text(seed.replace("جمله دوم این است.", "جمله ۳۷ این است."), "utf-8")
    pipeline("segment", "-q")
    text = reviewed.read_text("utf-8").replace("#, fuzzy\n", "")
    reviewed.write_text(
        re.sub(r'(?m)^(msgctxt .*\nmsgid "جمله ۳۷)', r"# check: numbers ok — counted otherwise\n\1", text), "utf-8"
    )
    edit(reviewed, "جمله ۳۷ این است.", "This is sentence 38.")
    assert pipeline("segment", "-q").returncode == pipeline("check").returncode == 0
    statement.write_text(seed.replace("جمله دوم این است.", "جمله ۴۲ این است."), "utf-8")
    pipeline("segment", "-q")
    reviewed.write_text(reviewed.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    assert "42 is missing from the target" in pipeline("check").stdout


def test_an_acceptance_that_names_no_check_is_a_finding(pipeline, reviewed):
    accept(reviewed, "check: lenght ok")
    (found,) = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert found["check"] == "comments" and "lenght" in found["message"]


def test_a_release_is_no_look_at_the_findings(pipeline, reviewed):
    """Only `check` shows them, so only `check` counts them as seen."""
    edit(reviewed, "بیانیه ما", "Our  statement")
    pipeline("run", "--release")
    assert len(json.loads(pipeline("check", "--changed", "--json").stdout)["findings"]) == 1
    assert json.loads(pipeline("check", "--changed", "--json").stdout)["findings"] == []


def test_hints_are_counted_and_shown_to_whoever_asks(pipeline, workspace, reviewed):
    """Right as often as wrong, they would hide what is wrong more often."""
    edit(reviewed, "بیانیه ما", "Our 'statement'")
    done = pipeline("check", "--html", "output/check.html")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == [
        "0 findings in 5 units",
        "1 hint, which is wrong as often as not: pipeline check --severity hint",
    ]
    page = (workspace / "output" / "check.html").read_text("utf-8")
    assert "straight" not in page and "0 findings and 1 less severe, not shown" in page
    asked = pipeline("check", "--severity", "hint", "--html", "output/check.html")
    assert asked.returncode == 1 and "hint: punctuation: straight quotation mark '" in asked.stdout
    assert "wrong as often" not in asked.stdout
    assert "straight" in (workspace / "output" / "check.html").read_text("utf-8")


def test_the_report_is_one_page_without_scripts_that_escapes_everything(pipeline, workspace, reviewed):
    edit(reviewed, "بیانیه ما", "<script>alert(1)</script> آزادی")
    done = pipeline("check", "--html", "output/check.html")
    assert done.returncode == 1
    page = (workspace / "output" / "check.html").read_text("utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.search(r'(?:src|href)="(?!#)', page) and "url(" not in page
    found = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert page.count('class="finding"') == len({(one["context"], one["source"]) for one in found}) == 1
    assert 'dir="rtl"' in page and "width:60.00%" in page


def test_check_shows_a_sentence_once_with_its_place_its_fault_and_what_would_accept_it(pipeline, workspace, reviewed):
    edit(reviewed, "بیانیه ما", "Our statement of 37 of those \u2028 places in Oslo")
    done = pipeline("check")
    (heading,) = [line for line in done.stdout.splitlines() if line.startswith("statement (en), line ")]
    path, line = heading.rsplit(": ", 1)[1].rsplit(":", 1)
    entry = (workspace / path).read_text("utf-8").split("\n")[int(line) - 1 :]
    assert any("37 of those" in row for row in entry[:8])
    assert "  | Our statement of >37< of those" in done.stdout and "to accept: # check: numbers ok — why" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    (found, *_) = json.loads(pipeline("check", "--json").stdout)["findings"]
    assert (found["file"], str(found["line"])) == (path, line) and found["accept"].startswith("# check: ")


def test_check_can_be_tried_without_writing(pipeline, workspace, reviewed):
    before = files(workspace)
    assert pipeline("check", "--dry-run", "--html", "output/check.html", "--languages", " en ").returncode == 0
    assert files(workspace) == before


def test_untranslated_sentences_are_one_line_of_a_document(pipeline, statement):
    pipeline("segment")
    lines = pipeline("check", "--languages", "en").stdout.splitlines()
    assert sum("not translated" in line for line in lines) == 1 and len(lines) == 2, lines


THEME = '\n[theme]\nlatin = ["own.ttf", "own.ttf"]\n'


@pytest.fixture
def sign(workspace, pipeline):
    """A workspace with one translated sentence, and a sign in it that the fonts of the package do not have."""
    (workspace / "seeds" / "statement.txt").write_text("نان برای همه.", "utf-8")
    assert pipeline("segment").returncode == 0
    path = workspace / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8").replace('همه."\nmsgstr ""', 'همه."\nmsgstr "Bread for everybody 中."')
    path.write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    return workspace


def test_a_sign_is_missing_until_a_font_of_the_theme_has_it(sign, pipeline):
    assert "no font of the page can show “中”" in pipeline("check").stdout
    (sign / "own.ttf").write_bytes(font("中"))
    with (sign / "pipeline.toml").open("a", encoding="utf-8") as settings:
        settings.write(THEME)
    assert "no font" not in (done := pipeline("check")).stdout and "not translated" in done.stdout


@pytest.mark.parametrize("command", ["check", "build-pdf"])
def test_a_damaged_font_of_the_theme_is_one_line(command, sign, pipeline):
    (sign / "own.ttf").write_bytes(font("中")[:300])
    with (sign / "pipeline.toml").open("a", encoding="utf-8") as settings:
        settings.write(THEME)
    lines = [
        line for line in pipeline(command).stderr.splitlines() if "[theme] in pipeline.toml: a font is damaged" in line
    ]
    assert lines and all(line.endswith("put a sound file in its place") for line in lines)


def font(characters: str) -> bytes:
    """Return a font that has so many characters, all of them empty."""
    names = [f"glyph{number}" for number in range(len(characters))]
    made = FontBuilder(1000)
    made.setupGlyphOrder([".notdef", *names])
    made.setupCharacterMap(dict(zip(map(ord, characters), names, strict=True)))
    made.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", *names)})
    made.setupHorizontalMetrics(dict.fromkeys((".notdef", *names), (500, 0)))
    made.setupHorizontalHeader()
    made.setupOS2()
    made.setupPost()
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()
