"""Tables go out to volunteers and come back, through the commands."""

import csv
import json
import sys
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import pairwise

import docx
import pytest
from docx.shared import Cm
from openpyxl import Workbook, load_workbook

from pipeline.app import importing
from pipeline.catalogue import po
from pipeline.exchange import table
from pipeline.exchange.formats import FORMATS
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED
from pipeline.model import State
from tests.exchange.test_incoming import LONG

TEXT = "بیانیه ما\n\nاین متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد.\n"


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_table_goes_out_and_comes_back_through_the_commands(name, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    first = 'msgctxt "title"\nmsgid "بیانیه ما"\nmsgstr "{}"'
    path.write_text(path.read_text("utf-8").replace(first.format(""), "#, fuzzy\n" + first.format("Draft")), "utf-8")
    done = pipeline("export", "-f", name, "--languages", "en")
    (table,) = (workspace / "output" / "exchange").iterdir()
    assert done.stderr == f"wrote output/exchange/{table.name}\n"
    assert "nothing to do" in pipeline("export", "-f", name, "--languages", "en").stderr
    form = FORMATS.load(name)
    lines = [replace(line, target="Our statement") for line in form.read(table.read_bytes())[:1]]
    renamed = workspace / f"from a friend{form.SUFFIXES[0].upper()}"
    renamed.write_bytes(form.write(Table("statement", SHIPPED["fa"], SHIPPED["en"], tuple(lines))))
    shown = pipeline("import", "--dry-run", renamed)
    assert "would write translations/en/statement.po" in shown.stderr and "→ «Our statement»" in shown.stderr
    done = pipeline("import", renamed)
    assert done.returncode == 0 and "1 accepted" in done.stderr, done.stderr
    unit = po.read(path, "statement", "fa", "en").units[0]
    assert (unit.target, unit.state) == ("Our statement", State.DOUBT)
    before = path.read_bytes()
    assert "wrote" not in pipeline("import", renamed).stderr and path.read_bytes() == before


def test_a_bad_file_is_named_and_the_others_are_imported(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", "csv", "--languages", "en")
    table = workspace / "output" / "exchange" / "statement.en.csv"
    rows = table.read_text("utf-8-sig").splitlines()
    rows[1] = rows[1].replace(",,,", ",Our statement,,")
    table.write_text("\n".join([*rows, f"{'0' * 12}-{'1' * 16},x,lost,,yes"]), "utf-8")
    (workspace / "broken.docx").write_bytes(b"PK broken")
    done = pipeline("import", "--json", "broken.docx", "missing.csv", "notes.doc", table)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    for message in (
        "broken.docx: not a whole file",
        "missing.csv: No such file",
        "notes.doc: unknown suffix; known are: ",
    ):
        assert message in done.stderr
    rows = json.loads(done.stdout)["lines"]
    assert [row["outcome"] for row in rows] == ["unknown", "taken", "same"]
    assert 'msgstr "Our statement"' in (workspace / "translations" / "en" / "statement.po").read_text("utf-8")


def test_an_import_says_nothing_of_how_documents_are_read_that_are_not_in_the_table(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    (workspace / "seeds" / "letter.txt").write_bytes(TEXT.replace("بیانیه", "نامه").encode("utf-16"))
    pipeline("segment")
    pipeline("export", "-f", "csv", "--languages", "en")
    tables = workspace / "output" / "exchange"
    for name in ("statement.en.csv", "letter.en.csv"):
        rows = list(csv.reader(StringIO((tables / name).read_text("utf-8-sig"))))
        rows[1][2] = "Our words"
        with (workspace / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    said = pipeline("import", "statement.en.csv").stderr
    assert "statement.po" in said and "letter" not in said
    assert "letter.txt: read as UTF-16" in pipeline("import", "letter.en.csv").stderr


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_table_of_which_one_column_was_sorted_is_left_out(name, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    (workspace / "seeds" / "other.txt").write_text("خبر تازه\n\nخبر دیگری هم هست که به پایان می رسد.\n", "utf-8")
    pipeline("segment")
    pipeline("export", "-f", name, "--languages", "en")
    form = FORMATS.load(name)
    folder = workspace / "output" / "exchange"
    units = [
        po.read(path, path.stem, "fa", "en").units for path in sorted((workspace / "translations/en").glob("*.po"))
    ]
    lines = [
        Line(table.line_id(of, "en", unit), unit.source, f"This is about {unit.source}")
        for of, its in zip(("other", "statement"), units, strict=True)
        for unit in its
    ]
    ids = sorted(line.id for line in lines)
    while any(line.id == one for line, one in zip(lines, ids, strict=True)):
        ids = [*ids[1:], ids[0]]
    sorted_alone = tuple(replace(line, id=one, state=State.REVIEWED) for line, one in zip(lines, ids, strict=True))
    back = folder / f"back{form.SUFFIXES[0]}"
    back.write_bytes(form.write(Table("statement", SHIPPED["fa"], SHIPPED["en"], sorted_alone)))
    done = pipeline("import", "--json", back)
    rows = json.loads(done.stdout)["lines"]
    assert done.returncode == 1 and {row["outcome"] for row in rows} == {"left out"} and len(rows) == len(lines)
    assert "wrote" not in done.stderr and all("sorted alone" in row["fault"] for row in rows)


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx", "html"])
def test_reviewed_translations_that_moved_by_a_row_are_left_out(name, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8")
    for source, target in zip(TEXT.strip().split("\n\n"), ("Our statement", "This is a long text."), strict=True):
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(text, "utf-8")
    pipeline("approve", "statement", "--languages", "en", "--as", "reza")
    before = path.read_bytes()
    pipeline("export", "-f", name, "--languages", "en")
    form, (out,) = FORMATS.load(name), (workspace / "output" / "exchange").iterdir()
    lines = form.read(out.read_bytes())
    moved = (*(replace(one, target=next.target) for one, next in pairwise(lines)), replace(lines[-1], target=""))
    out.write_bytes(form.write(Table("statement", SHIPPED["fa"], SHIPPED["en"], moved)))
    done = pipeline("import", out)
    assert done.returncode == 1 and "left out" in done.stderr and path.read_bytes() == before


def test_a_row_whose_cells_moved_is_left_out(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه ما\n", "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    path.write_text(path.read_text("utf-8").removesuffix('msgstr ""\n') + 'msgstr "Our statement"\n', "utf-8")
    pipeline("export", "-f", "csv", "--languages", "en")
    (out,) = (workspace / "output" / "exchange").iterdir()
    rows = [row.split(",") for row in out.read_text("utf-8-sig").splitlines()]
    rows[1] = [rows[1][0], rows[1][2], "a remark", rows[1][4], ""]
    out.write_text("\n".join(map(",".join, rows)), "utf-8")
    done = pipeline("import", out)
    assert done.returncode == 1 and "cells of this row are merged" in done.stderr
    assert "a remark" not in path.read_text("utf-8")


def as_a_spreadsheet_opens(text, separator):
    """The workbook that a spreadsheet program makes of a CSV, taking this separator."""
    book = Workbook()
    for row in csv.reader(StringIO(text), delimiter=separator):
        book.active.append(["".join(filter(str.isprintable, cell)) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "separator", "reason"),
    [
        ("utf-8-sig", ";", "all columns stand in one cell; open the CSV anew, choosing the separator"),
        ("cp1252", ",", "its letters were read in another encoding; open the CSV anew as UTF-8"),
        ("cp1256", ",", "its letters were read in another encoding; open the CSV anew as UTF-8"),
    ],
)
def test_a_csv_that_was_opened_with_another_separator_or_encoding_is_left_out(
    encoding, separator, reason, pipeline, workspace
):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", "csv", "--languages", "en")
    content = (workspace / "output" / "exchange" / "statement.en.csv").read_bytes()
    text = content.decode(encoding, "replace").replace(",,,", ",Our “own” réponse,,")
    path = workspace / "translations" / "en" / "statement.po"
    before = path.read_bytes()
    (workspace / "sent.xlsx").write_bytes(as_a_spreadsheet_opens(text, separator))
    done = pipeline("import", "sent.xlsx")
    assert done.returncode == 1 and reason in done.stderr, done.stderr
    assert "accepted" not in done.stderr and path.read_bytes() == before


def test_a_sentence_that_moved_keeps_what_came_back_for_its_earlier_place(pipeline, workspace):
    seed = workspace / "seeds" / "statement.txt"
    seed.write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", "csv", "--languages", "en")
    exported = workspace / "output" / "exchange" / "statement.en.csv"
    seed.write_text(f"خبر تازه\n\n{TEXT}", "utf-8")
    pipeline("segment")
    filled = exported.read_text("utf-8-sig").replace("بیانیه ما,,", "بیانیه ما,Our statement,")
    exported.write_text(filled, "utf-8-sig")
    done = pipeline("import", "--json", exported)
    assert "left out" not in {row["outcome"] for row in json.loads(done.stdout)["lines"]}


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx"])
@pytest.mark.parametrize("id", ["", "53a4-", "EE503109DE9C-E3B0C44298FC1C14"])
def test_a_row_that_lost_its_id_is_known_by_its_sentence_or_said_to_be_left_out(name, id, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", name, "--languages", "en")
    form, (out,) = FORMATS.load(name), (workspace / "output" / "exchange").iterdir()
    first, second = form.read(out.read_bytes())
    lines = (
        replace(first, target="One"),
        replace(second, target="Two", id=id),
        replace(second, target="Three", id=id, source="جمله‌ای دیگر"),
        Line("", "", "Four"),
        Line("id", "Persian", "English"),
        Line("", "", "", note="a remark below the table"),
    )
    out.write_bytes(form.write(Table("statement", SHIPPED["fa"], SHIPPED["en"], lines)))
    done = pipeline("import", "--json", out)
    rows = [row["outcome"] for row in json.loads(done.stdout)["lines"]]
    assert sorted(rows) == ["left out", "taken", "taken", "unknown"]
    catalogue = po.read(workspace / "translations" / "en" / "statement.po", "statement", "fa", "en")
    assert [unit.target for unit in catalogue.units] == ["One", "Two"]
    assert done.returncode == 1 and "neither an id nor a sentence stands beside «Four»" in done.stdout


@pytest.mark.parametrize("name", FORMATS.names())
@pytest.mark.parametrize("options", [(), ("--reviewed",), ("--reviewed", "--as", "sara"), ("--as", "sara")])
def test_what_is_said_of_a_sentence_that_was_changed_in_the_file_is_not_said_of_ours(
    name, options, pipeline, workspace
):
    """Somebody takes the «not» out of the sentence, or touches it by mistake, and whoever compares finds it right."""
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    drafts = (
        path.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "Draft"\n\n').replace("msgctxt", "#, fuzzy\nmsgctxt")
    )
    path.write_text(drafts.rstrip().removesuffix('""') + '"Long"\n', "utf-8")
    pipeline("export", "-f", name, "--languages", "en")
    form, (out,) = FORMATS.load(name), (workspace / "output" / "exchange").iterdir()
    first, second = (replace(line, state=State.REVIEWED) for line in form.read(out.read_bytes()))
    for target in (first.target, "Ours"):
        lines = replace(first, source="بیانیه آنها", target=target, texts=()), replace(second, texts=())
        out.write_bytes(form.write(Table("statement", SHIPPED["fa"], SHIPPED["en"], lines)))
        said = pipeline("import", *options, out).stderr
        assert "the sentence itself was changed in 1 row («بیانیه آنها»)" in said, said
        unit, other = po.read(path, "statement", "fa", "en").units
        assert (unit.target, unit.state.is_fuzzy, unit.notes) == (target, True, ())
    assert not (other.state.is_fuzzy and "--reviewed" in options)


@pytest.mark.parametrize("name", FORMATS.names())
def test_whoever_had_no_sentence_beside_a_translation_has_not_read_it(name, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    head, *entries = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *(one.replace('msgstr ""', 'msgstr "Ours"') for one in entries)]), "utf-8")
    pipeline("export", "-f", name, "--languages", "en")
    form, (out,) = FORMATS.load(name), (workspace / "output" / "exchange").iterdir()
    ours, other = (replace(line, source="", texts=(), state=State.REVIEWED) for line in form.read(out.read_bytes()))
    lines = (ours, replace(other, target="New"))
    out.write_bytes(form.write(Table("statement", SHIPPED["fa"], SHIPPED["en"], lines)))
    said = pipeline("import", "--reviewed", "--as", "sara", out).stderr
    assert "the sentence itself is missing in 2 rows («Ours»)" in said, said
    ours, new = po.read(path, "statement", "fa", "en").units
    assert (ours.notes, new.target, new.state) == ((), "New", State.DOUBT)


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_printed_note_that_came_after_a_table_went_out_is_read_by_nobody_with_it(name, pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه ما\n", "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8").replace('msgid "بیانیه ما"\nmsgstr ""', 'msgid "بیانیه ما"\nmsgstr "Ours"')
    path.write_text(text.replace("\n#. place", "\n# note: as agreed\n#. place"), "utf-8")
    pipeline("export", "-f", name, "--languages", "en")
    (out,) = (workspace / "output" / "exchange").iterdir()
    path.write_text(path.read_text("utf-8").replace("\n#. place", "\n# note: by Maryam\n#. place"), "utf-8")
    said = pipeline("import", "--reviewed", "--as", "sara", out).stderr
    assert "1 row («بیانیه ما») without a note that is printed" in said and "read: sara" not in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("# note: by Maryam\n", ""), "utf-8")
    assert "without a note" not in pipeline("import", "--reviewed", "--as", "sara", out).stderr
    assert "read: sara" in path.read_text("utf-8")


def test_a_table_of_a_document_that_is_called_as_another_was_is_for_that_document(pipeline, workspace):
    seeds, translations = workspace / "seeds", workspace / "translations" / "en"

    def translate(name, text):
        path = translations / f"{name}.po"
        path.write_text(path.read_text("utf-8").replace('ما"\nmsgstr ""', f'ما"\nmsgstr "{text}"'), "utf-8")

    def targets():
        return [po.read(translations / f"{name}.po", name, "fa", "en").units[0].target for name in ("call", "later")]

    (seeds / "call.txt").write_text("بیانیه ما\n", "utf-8")
    pipeline("segment")
    translate("call", "Ours")
    pipeline("export", "-f", "csv", "--languages", "en")
    (workspace / "output/exchange/call.en.csv").rename(workspace / "before.csv")
    pipeline("rename", "call", "later")
    (seeds / "call.txt").write_text("بیانیه ما\n", "utf-8")
    pipeline("segment")
    translate("call", "New")
    pipeline("export", "call", "-f", "csv", "--languages", "en")
    for file, then in (
        ("before.csv", ["New", "Our statement"]),
        ("output/exchange/call.en.csv", ["A new one", "Our statement"]),
    ):
        out = workspace / file
        out.write_text(out.read_text("utf-8").replace("Ours", "Our statement").replace("New", "A new one"), "utf-8")
        assert "1 accepted" in pipeline("import", out).stderr
        assert targets() == then


def test_translations_that_a_file_shows_to_nobody_are_told(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", "xlsx", "--languages", "en")
    (out,) = (workspace / "output" / "exchange").iterdir()
    book = load_workbook(out)
    book.active["C2"], book.active.row_dimensions[2].hidden = "Our statement", True
    book.save(out)
    said = pipeline("import", "--reviewed", out).stderr
    assert "1 row («بیانیه ما»): shown to nobody who opens the file" in said and "1 accepted" in said


def test_a_column_of_what_is_reviewed_that_was_sorted_alone_is_not_believed(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8").replace('msgid "بیانیه ما"\nmsgstr ""', 'msgid "بیانیه ما"\nmsgstr "Ours"')
    path.write_text(text.rstrip().removesuffix('""') + '"A draft"\n', "utf-8")
    path.write_text(path.read_text("utf-8").replace('msgctxt "paragraph"', '#, fuzzy\nmsgctxt "paragraph"'), "utf-8")
    pipeline("approve", "statement", "--languages", "en", "--as", "reza", "--units", "1")
    before = path.read_bytes()
    pipeline("export", "-f", "xlsx", "--languages", "en")
    (out,) = (workspace / "output" / "exchange").iterdir()
    book = load_workbook(out)
    assert (book.active["E2"].value, book.active["E3"].value) == ("yes", None)
    book.active["E2"], book.active["E3"] = None, "yes"
    book.save(out)
    said = pipeline("import", "--as", "sara", out).stderr
    assert "as when the column «reviewed» is sorted alone" in said and path.read_bytes() == before
    pipeline("import", "--as", "sara", "--reviewed", out)
    assert path.read_bytes() != before


def test_lines_without_ids_are_known_by_their_sentence_and_wait_for_review(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    tmx = '<tmx version="1.4"><header/><body><tu><tuv xml:lang="fa"><seg>بيانيه  ما</seg></tuv><tuv xml:lang="en"><seg>Our statement</seg></tuv></tu></body></tmx>'
    (workspace / "theirs.tmx").write_text(tmx, "utf-8")
    done = pipeline("import", "--reviewed", "theirs.tmx")
    assert done.returncode == 0, done.stderr
    unit = po.read(workspace / "translations" / "en" / "statement.po", "statement", "fa", "en").units[0]
    assert (unit.target, unit.state) == ("Our statement", State.DOUBT)


def test_a_sentence_that_was_empty_and_is_gone_is_remembered_by_its_place(pipeline, workspace):
    seed = workspace / "seeds" / "statement.txt"
    seed.write_text(f"بیانیه ما\n\n{LONG}\n", "utf-8")
    pipeline("segment")
    pipeline("export", "-f", "csv", "--languages", "en")
    table = workspace / "output" / "exchange" / "statement.en.csv"
    table.write_text(
        table.read_text("utf-8-sig")
        .replace(f"{LONG},,", f"{LONG},Rivalry.,")
        .replace(f'"{LONG}",,', f'"{LONG}",Rivalry.,'),
        "utf-8",
    )
    seed.write_text(f"بیانیه ما\n\n{LONG.replace('بزرگ', 'کوچک')}\n", "utf-8")
    pipeline("segment")
    done = pipeline("import", table)
    assert "1 offered as a suggestion" in done.stderr, done.stderr
    text = (workspace / "translations" / "en" / "statement.po").read_text("utf-8")
    assert f'#| msgid "{LONG}"' in text and 'msgstr "Rivalry."' in text and "#, fuzzy" in text


def test_of_very_many_lines_that_match_nothing_the_first_are_shown_and_all_are_counted(one, pipeline):
    rows = [f"{number:012x}-0123456789abcdef,الف {number},A {number},," for number in range(500)]
    (one / "back.csv").write_text("\n".join(["id,fa,en,note,reviewed", *rows]), "utf-8")
    done = pipeline("import", "back.csv")
    assert done.stderr.count("unknown") == 20 and "500 of sentences that are not here" in done.stderr
    assert "--json has all" in done.stderr and done.returncode == 1


@contextmanager
def calls_of(function):
    """Give a list that has an entry for every call of a function meanwhile."""
    made = []

    def look(frame, event, _):
        if event == "call" and frame.f_code is function.__code__:
            made.append(1)

    sys.setprofile(look)
    try:
        yield made
    finally:
        sys.setprofile(None)


def test_lines_with_ids_that_nobody_knows_are_looked_for_within_bounds(pipeline, workspace, monkeypatch):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    rows = [f"{number:012x}-{'1' * 16},x {number},lost,," for number in range(200)]
    (workspace / "t.csv").write_text("\n".join(["id,source,target,note,reviewed", *rows]), "utf-8")
    counts = []
    for most in (importing.MOST_RECALLED, 100):
        monkeypatch.setattr(importing, "MOST_RECALLED", most)
        with calls_of(table.unit_id) as made:
            done = pipeline("import", "t.csv")
        assert "200 of sentences that are not here" in done.stderr
        counts.append(len(made))
    assert counts[1] < counts[0] / 20


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx"])
def test_a_column_that_was_put_in_behind_the_others_is_not_passed_over(name, pipeline, workspace, tmp_path):
    """Who corrects a table may write beside it: nobody would have read that."""
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", name, "--languages", "en")
    (path,) = (workspace / "output" / "exchange").iterdir()
    back = tmp_path / path.name
    if name == "csv":
        rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
        text = StringIO(newline="")
        csv.writer(text).writerows([*row, "Corrected" if number else "Mine"] for number, row in enumerate(rows))
        back.write_text(text.getvalue(), "utf-8")
    elif name == "xlsx":
        book = load_workbook(path)
        for number, row in enumerate(book.active.iter_rows(), 1):
            book.active.cell(number, len(row) + 1).value = "Corrected" if number > 1 else "Mine"
        book.save(back)
    else:
        document = docx.Document(str(path))
        for number, cell in enumerate(document.tables[0].add_column(Cm(3)).cells):
            cell.text = "Corrected" if number else "Mine"
        document.save(str(back))
    done = pipeline("import", back)
    assert done.returncode == 1 and "the column «mine» was put in behind those" in done.stderr


def test_what_came_back_for_a_sentence_that_was_reworded_stays_when_that_is_taken_out(pipeline, workspace, tmp_path):
    """It is offered for the new wording, and kept with the old one, which nobody had translated here."""
    seed = workspace / "seeds" / "statement.txt"
    seed.write_text(TEXT, "utf-8")
    pipeline("segment")
    pipeline("export", "-f", "csv", "--languages", "en")
    (path,) = (workspace / "output" / "exchange").iterdir()
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
    text, back = StringIO(newline=""), tmp_path / "back.csv"
    csv.writer(text).writerows([*rows[:2], [*rows[2][:2], "A long text", *rows[2][3:]]])
    back.write_text(text.getvalue(), "utf-8")
    seed.write_text(TEXT.replace("معمولی", "بسیار معمولی"), "utf-8")
    pipeline("segment")
    assert "offered" in pipeline("import", back).stderr
    seed.write_text(TEXT.partition("\n")[0] + "\n", "utf-8")
    pipeline("segment")
    seed.write_text(TEXT, "utf-8")
    pipeline("segment")
    units = po.read(workspace / "translations" / "en" / "statement.po", "statement", "fa", "en").units
    assert (units[1].target, units[1].state) == ("A long text", State.DOUBT)


def test_that_a_sentence_has_another_vowel_now_is_said_of_who_read_the_former(pipeline, workspace):
    seed, out = workspace / "seeds" / "statement.txt", workspace / "output" / "exchange" / "statement.en.csv"
    seed.write_text("او گل را کِشت و به خانه رفت.\n", "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    path.write_text(
        'msgstr "He planted the flower and went home."'.join(path.read_text("utf-8").rsplit('msgstr ""', 1)), "utf-8"
    )
    pipeline("export", "-f", "csv", "--languages", "en")
    assert "vowel" not in pipeline("import", "--dry-run", "--reviewed", "--as", "sara", out).stderr
    seed.write_text("او گل را کُشت و به خانه رفت.\n", "utf-8")
    pipeline("segment")
    said = pipeline("import", "--reviewed", "--as", "sara", out).stderr
    assert "another vowel or number now: no reading is recorded" in said and "read: sara" not in path.read_text("utf-8")
