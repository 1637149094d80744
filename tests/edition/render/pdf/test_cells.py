"""Passages in a cell: their marks, what changed in them, and what is not yet right."""

import re
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.edition.design import CHANGES, Design
from pipeline.edition.render.pdf import page
from pipeline.model import LINE_BREAK, Catalogue, Kind, MarkKind, State
from tests.support import rich
from tests.support.pages import PROSE, cells, html, rich_page, words


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (State.MACHINE, "machine translation"),
        *((state, "to be reviewed") for state in (State.DOUBT, State.CHANGED, State.MEMORY)),
    ],
)
def test_unreviewed_rows_are_marked_in_the_margin(state, mark):
    made = html(f"عنوان\n{PROSE}", lambda text: "Text", state=state)
    assert made.count(f'.mark">{mark}</div>') == 2
    assert 'class="mark"' not in html(f"عنوان\n{PROSE}", lambda text: "Text")


def test_an_untranslated_row_shows_the_source_and_says_so():
    made = html(f"عنوان\n{PROSE}")
    assert made.replace("\u00a0", " ").count(PROSE) == 2
    assert "not yet translated" in made


def test_changes_are_of_words_and_every_sentence_keeps_its_marks():
    made = rich.edition()
    units = tuple(
        replace(unit, target=made.rows[3].passages[0].units["en"].target.replace("mhm", "tazh"), state=State.REVIEWED)
        if "**" in unit.source and "{" in unit.source
        else replace(unit, target=unit.source.translate(rich.LATIN))
        for unit in leverage.extract(rich.document())
    )
    compared = revision.compare(made, Catalogue("report", "fa", "en", units), "2026-01-02")
    shown = fromstring(page.html(compared, Design(layout=CHANGES), release=True))
    assert [words(gone) for gone in shown.iter("del")] == ["tazh"] and [words(new) for new in shown.iter("ins")] == [
        "mhm"
    ]
    assert {words(strong) for strong in shown.iter("strong")} == {"مهم", "mhm", "درونی", "drvni"}


def test_every_mark_is_an_element_in_both_languages():
    (source,) = [cell for cell in cells(rich_page(), "fa", "paragraph") if cell.find(".//strong") is not None]
    found = {
        element.tag: words(element)
        for element in source.find("p").iter()
        if element.tag not in ("p", "span", "br") and not element.get("href", "").startswith("#")
    }
    assert found == {"strong": "مهم", "em": "نو", "a": "نشانی ما", "sup": "2", "sub": "2O", "code": "run()"}
    (target,) = [cell for cell in cells(rich_page(), "en", "paragraph") if cell.find(".//strong") is not None]
    assert (words(target.find(".//strong")), target.find(".//a").get("href")) == ("mhm", "https://example.org/a")
    assert words(target.find(".//sup")) == "1", "the marker of a note, in the digits of the language"
    assert "ast.1 ab H2O" in words(target)


def test_signs_of_marks_are_never_printed():
    text = words(rich_page().find("body"))
    assert not re.search(r"\{\d|\*\*|\]\{", text)


def test_a_line_end_between_two_sentences_is_one_on_the_page():
    text = f"متن نخست است.{LINE_BREAK}متن دوم است."
    made = rich_page(blocks=(rich.block(Kind.PARAGRAPH, text, (LINE_BREAK, MarkKind.BREAK, "")),))
    for lang in ("fa", "en"):
        (cell,) = cells(made, lang, "paragraph")
        assert len(list(cell.iter("br"))) == 1 and LINE_BREAK not in words(cell)
