"""What goes out to volunteers, and what does not."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from pipeline.app import exporting, segmenting
from pipeline.app.events import Remark, Written
from pipeline.app.session import Session
from pipeline.errors import UsageError
from pipeline.exchange.formats import FORMATS
from pipeline.exchange.table import Table
from pipeline.languages import SHIPPED
from tests.app.test_importing import TEXT
from tests.support.sessions import clock, told
from tests.support.statement import edit


@pytest.mark.parametrize(
    ("name", "length", "place"),
    [("csv", 131_073, "statement.po:15: a text"), ("xlsx", 32_768, "sentence 1 («بیانیه ما»)")],
)
def test_what_could_not_come_back_does_not_go_out(name, length, place, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    path.write_text(path.read_text("utf-8").replace('msgstr ""\n\n', f'msgstr "{"x" * length}"\n\n'), "utf-8")
    done = pipeline("export", "-f", name, "--languages", "en")
    assert done.returncode == 1 and place in done.stderr and "characters" in done.stderr
    assert not (workspace / "output" / "exchange").exists()


def test_only_open_leaves_out_what_is_reviewed_and_a_table_that_says_nothing_new_is_not_written(one):
    events = []
    session = Session.open(one, clock, events.append)
    assert exporting.export(session, None, ["en"], "CSV") == 1
    (written,) = told(events, Written)
    lines = FORMATS.load("csv").read(written.path.read_bytes())
    assert exporting.export(session, None, ["en"], "csv") == 0
    po = next((one / "translations" / "en").iterdir())
    po.write_text(po.read_text("utf-8").replace("\nmsgctxt", "\n#, fuzzy\nmsgctxt", 1), "utf-8")
    assert exporting.export(session, None, ["en"], "csv", one / "open", only_open=True) == 1
    (table,) = (one / "open").iterdir()
    rest = FORMATS.load("csv").read(table.read_bytes())
    assert 1 <= len(rest) < len(lines) and rest[0].source == lines[0].source


def test_a_dry_run_and_an_unknown_format_write_nothing(workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    segmenting.update(Session.open(workspace, clock), None)
    assert exporting.export(Session.open(workspace, clock, dry_run=True), None, None, "csv") == 2
    with pytest.raises(UsageError, match="format 'pages' is unknown; choose one of: csv"):
        exporting.export(Session.open(workspace, clock), None, None, "pages")
    assert not (workspace / "output").exists()


def test_a_table_says_what_it_has_of_an_earlier_wording(one):
    """A name may have been taken out of the source, so that it does not leave: the translation still has it."""
    po = next((one / "translations" / "en").iterdir())
    before = '#. origin: changed: 91% similar\n#, fuzzy\n#| msgid "Zehra Yaqubi"\nmsgctxt'
    po.write_text(po.read_text("utf-8").replace("msgctxt", before, 1), "utf-8")
    for name in FORMATS.names():
        events = []
        exporting.export(Session.open(one, clock, events.append), None, ["en"], name)
        (written,) = told(events, Written)
        said = [remark.text for remark in told(events, Remark) if "as before the last change" in remark.text]
        is_shown = b"Zehra" in unpacked(written.path.read_bytes())
        assert is_shown == (name in ("docx", "html")), name
        assert f"{'shows' if is_shown else 'translates'} 1 sentence as before" in said[0]
        assert "correct or empty the translation first" in said[0]


def unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(map(archive.read, archive.namelist()))


NAMED, UNNAMED = "زهرا یعقوبی در اعتصاب معلمان شهر سنندج بازداشت شد.", "معلمی در اعتصاب معلمان شهر سنندج بازداشت شد."


@pytest.mark.parametrize("gone", ["a sentence", "a sentence just now", "a document", "nothing"])
def test_a_review_kit_suggests_no_sentence_that_was_taken_out(gone, pipeline, workspace):
    """The memory keeps them; a volunteer has no need of a name that was taken out."""
    seeds, other = workspace / "seeds", workspace / "translations" / "en" / "other.po"
    (seeds / "other.txt").write_text(f"بیانیه\n\nجمله نخست. {NAMED}\n", "utf-8")
    pipeline("segment")
    edit(other, NAMED, "Zehra Yaqubi was arrested in the strike.")
    if gone.startswith("a sentence"):
        (seeds / "other.txt").write_text("بیانیه\n\nجمله نخست.\n", "utf-8")
    if gone == "a document":
        (seeds / "other.txt").unlink()
    (seeds / "statement.txt").write_text(f"بیانیه ما\n\n{UNNAMED}\n", "utf-8")
    pipeline("segment", *(["statement"] if gone == "a sentence just now" else []))
    assert pipeline("export", "statement", "--format", "html", "--languages", "en").returncode == 0
    kit = (workspace / "output" / "exchange" / "statement.en.html").read_text("utf-8")
    assert ("Zehra" in kit) == ("زهرا" in kit) == (gone == "nothing")


@pytest.mark.parametrize("gone", ["a sentence", "a document", "nothing"])
@pytest.mark.parametrize("is_known", [True, False])
def test_no_sentence_that_was_taken_out_is_filled_into_another_document(is_known, gone, pipeline, workspace):
    """The memory keeps them: the same sentence gets its translation again, one like it does not."""
    seeds, other = workspace / "seeds", workspace / "translations" / "en" / "other.po"
    (seeds / "other.txt").write_text(f"بیانیه\n\nجمله نخست. {NAMED}\n", "utf-8")
    pipeline("segment")
    edit(other, NAMED, "Zehra Yaqubi was arrested in the strike.")
    if is_known:  # to the memory, before it was taken out
        pipeline("memory", "list")
    if gone == "a sentence":
        (seeds / "other.txt").write_text("بیانیه\n\nجمله نخست.\n", "utf-8")
    if gone == "a document":
        (seeds / "other.txt").unlink()
    (seeds / "statement.txt").write_text(f"بیانیه ما\n\n{UNNAMED}\n", "utf-8")
    pipeline("run")
    for name in FORMATS.names():
        assert pipeline("export", "statement", "--format", name, "--languages", "en").returncode == 0
    tables = list((workspace / "output" / "exchange").glob("statement.en.*"))
    assert len(tables) == len(FORMATS.names())
    assert {b"Zehra" in unpacked(path.read_bytes()) for path in tables} == {gone == "nothing"}
    (seeds / "again.txt").write_text(f"بیانیه دیگر\n\n{NAMED}\n", "utf-8")
    pipeline("translate")
    assert "Zehra" in (workspace / "translations" / "en" / "again.po").read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_table_that_was_filled_in_where_it_lay_is_not_written_over(name, pipeline, one):
    """Before it is imported, nobody else has what was written in it."""
    form = FORMATS.load(name)
    export = ("export", "-f", name, "--languages", "en")
    pipeline(*export)
    (path,) = (one / "output" / "exchange").iterdir()
    table = Table(path.name.partition(".")[0], SHIPPED["fa"], SHIPPED["en"], form.read(path.read_bytes())[:1])
    path.write_bytes(form.write(replace(table, lines=(replace(table.lines[0], target="Typed here"),))))
    filled = path.read_bytes()
    done = pipeline(*export)
    assert done.returncode == 1 and "not imported; import it" in done.stderr and path.read_bytes() == filled
    pipeline("import", path)
    assert pipeline(*export).returncode == 0 and path.read_bytes() != filled
    po = next((one / "translations" / "en").iterdir())
    po.write_text(po.read_text("utf-8").replace("Typed here", "Better"), "utf-8")
    assert pipeline(*export).returncode == 0  # nobody has written in it since it went out
    path.write_bytes(b"something else")
    assert pipeline(*export).returncode == 1 and path.read_bytes() == b"something else"


def test_a_table_below_which_somebody_wrote_is_read_out_and_not_written_over(pipeline, one):
    export = ("export", "-f", "csv", "--languages", "en")
    pipeline(*export)
    (path,) = (one / "output" / "exchange").iterdir()
    path.write_text(f"{path.read_text('utf-8-sig')}\nI was not sure of the second,,,,\n", "utf-8")
    assert (
        "belong to no sentence, and are left out: 22 («I was not sure of the second»)"
        in pipeline("import", path).stderr
    )
    po = next((one / "translations" / "en").iterdir())
    po.write_text(po.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "Changed"\n\n', 1), "utf-8")
    done = pipeline(*export)
    assert done.returncode == 1 and "«I was not sure of the second»" in done.stderr and "delete it" in done.stderr
    assert "I was not sure" in path.read_text("utf-8")
