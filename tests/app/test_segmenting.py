"""Documents become PO files, once."""

import json

from pipeline.app import catalogues, segmenting
from pipeline.app.events import Written
from pipeline.languages import SHIPPED
from pipeline.model import Block, Document, Kind, Mark, MarkKind, Meta
from tests.support.sessions import begun, remarks, told


def test_every_language_gets_a_po_file_and_a_second_time_nothing_is_written(workspace, statement):
    session, events = begun(workspace)
    assert segmenting.update(session, None) == 2
    assert [event.name for event in told(events, Written)] == [
        "translations/en/statement.po",
        "translations/fr/statement.po",
    ]
    assert segmenting.update(session, ["statement"]) == 0 and len(told(events, Written)) == 2


def test_a_new_document_named_after_another_and_with_its_sentences_is_told(workspace):
    """So OneDrive names a copy; its sentences would all come reviewed from the other, and it would be released."""
    seeds, text = workspace / "seeds", "بیانیه ما\n\nما از کارگران پشتیبانی می کنیم.\n\nاین متن دیگری است.\n"
    (seeds / "statement.txt").write_text(text, "utf-8")
    session, events = begun(workspace)
    segmenting.update(session, None)
    assert not remarks(events)
    (seeds / "statement-OFFICE.txt").write_text(text.replace("این متن دیگری است.", "نام او رضا است."), "utf-8")
    (seeds / "statement-2.txt").write_text("خبر تازه\n\nکارگران بندر در اعتصاب اند.\n", "utf-8")
    (seeds / "other.txt").write_text(text, "utf-8")
    session, events = begun(workspace)
    segmenting.update(session, None)
    (said,) = remarks(events)
    assert said.startswith("statement-OFFICE is new, and has the sentences of statement; ")
    assert "delete seeds/statement-OFFICE.txt" in said
    session, events = begun(workspace)
    segmenting.update(session, None)
    assert not remarks(events)


def test_sentences_stand_in_their_blocks(workspace, statement):
    session, _ = begun(workspace)
    (document,) = catalogues.documents(session, None)
    found = segmenting.sentences(document)
    assert [len(sentences) for _, sentences in found] == [1, 2, 2]
    assert all(
        "".join(one.source for one in sentences).replace(" ", "") == block.text.replace(" ", "")
        for block, sentences in found
    )


def read(*blocks):
    return Document("d", SHIPPED["en"], Meta(), blocks, "", counted="paragraph")


def test_a_block_is_described_with_its_place_its_marks_its_rows_and_its_notes():
    marks = (Mark(0, 3, MarkKind.LINK, "https://example.org"), Mark(8, 8, MarkKind.NOTE, "1"))
    item = Block(Kind.LIST_ITEM, "One two.", 3, 3, marker="a)", depth=2, marks=marks)
    table = Block(Kind.TABLE, "Town\tPeople\nOslo\t", 4, 4, header_rows=1)
    note = Block(Kind.NOTE, "A note.", 5, 5, marker="1")
    first, second, _ = segmenting.described(read(item, table, note))
    assert first == {
        "kind": "list_item", "level": 0, "depth": 2, "marker": "a)", "paragraphs": [3, 3],
        "sentences": ["[One]{1} two.{2}"],
        "marks": [
            {"kind": "link", "text": "One", "target": "https://example.org"}, {"kind": "note", "text": "", "target": "1"},
        ],
        "header_rows": 0, "rows": [], "notes": [{"marker": "1", "text": "A note."}],
    }  # fmt: skip
    assert (second["header_rows"], second["rows"]) == (1, [["Town", "People"], ["Oslo", ""]])


def test_people_see_depth_rows_and_what_signs_stand_for(workspace, pipeline):
    (workspace / "seeds" / "statement.txt").write_text("نام    سال\nسلام    ۱۲\nرضا    ۱۳\n")
    (workspace / "seeds" / "statement.toml").write_text("[[block]]\nlines = [1, 3]\nkind = 'table'\nheader_rows = 1\n")
    shown = pipeline("segment", "--show", "statement").stdout
    assert "table, 1 header row" in shown and "| نام | سال" in shown
    found = json.loads(pipeline("segment", "--show", "statement", "--json").stdout)
    assert found["schema_version"] == 2 and found["blocks"][0]["lines"] == [1, 3]
    assert found["blocks"][0]["rows"] == [["نام", "سال"], ["سلام", "۱۲"], ["رضا", "۱۳"]]
