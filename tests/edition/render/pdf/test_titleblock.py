"""The title block: what the editor states stands in brackets, what the document says does not."""

from dataclasses import replace

import pytest

from pipeline.model import Kind
from tests.support import rich
from tests.support.pages import PROSE, html, html_of, parsed, words

DATED = {"issuer": "شورا", "date": "2016-10-30", "number": "12/95", "place": "تهران"}

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def block(text, **meta):
    """The lines above a text, by the name of their row, in the source and in the translation."""
    page = parsed(html(text, lambda text: text.translate(rich.LATIN), **meta))
    rows = [row for row in page.iter("div") if "titled" in row.get("class", "").split()]
    return {row.get("class").split()[1]: tuple(map(words, row)) for row in rows}


def test_the_issuer_the_number_the_title_the_place_and_both_dates_stand_in_this_order():
    assert list(block(f"عنوان سند\n\n{PROSE}", **DATED).items()) == [
        ("issuer", ("[شورا]", "[cvra]")),
        ("number", ("[شمارۀ ۱۲/۹۵]", "[No. 12/95]")),
        ("title", ("عنوان سند", "envan snd")),
        ("dateline", ("[تهران، ۹ آبان ۱۳۹۵ (۳۰ اکتبر ۲۰۱۶)]", "[thran, 30 October 2016 (9 Aban 1395)]")),
    ]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        *(
            (f"{label}12/95", "12/95")
            for label in ("No. ", "no.", "№", "Nº ", "N° ", "N.º ", "Nr. ", "شمارهٔ ", "شماره: ")
        ),
        ("A/RES/12", "A/RES/12"),
        ("N12", "N12"),
        ("Res. 12", "Res. 12"),
    ],
)
def test_a_number_that_is_given_with_a_label_is_labelled_once_in_each_language(number, shown):
    numbers = block(f"عنوان سند\n\n{PROSE}", number=number)["number"]
    assert numbers == (f"[شمارۀ {shown.translate(PERSIAN)}]", f"[No. {shown}]")


@pytest.mark.parametrize(("date", "said"), [("2016-10", "October 2016"), ("2016", "2016")])
def test_a_month_or_a_year_alone_stays_one(date, said):
    assert block(f"عنوان سند\n\n{PROSE}", date=date)["dateline"][1] == f"[{said}]"


def test_a_document_without_a_title_has_the_rest_of_the_block():
    assert list(block(PROSE, **DATED)) == ["issuer", "number", "dateline"]
    assert list(block(PROSE)) == []


def test_what_the_document_says_itself_is_not_repeated_and_has_no_brackets():
    named = block(f"بیانیه شورا\n\n{PROSE}\n\nتهران، ۹ آبان ۱۳۹۵", **DATED)
    assert list(named) == ["number", "title"], "the issuer is in the title, the place and date in the last line"
    assert block(f"عنوان سند\n\n{PROSE}\n\nاین را شورا نوشت.", issuer="شورا")["issuer"] == ("شورا", "cvra")


def test_lines_of_the_document_that_follow_the_title_belong_to_the_block_and_the_last_has_the_rule():
    blocks = (
        rich.BLOCKS[0],
        rich.block(Kind.SUBTITLE, "مصوب نشست"),
        rich.block(Kind.DATE, "مهر ۱۳۹۵"),
        *rich.BLOCKS[1:],
    )
    page = parsed(html_of(rich.edition(blocks=blocks)))
    rows = [row.get("class").split()[1:] for row in page.iter("div") if "titled" in row.get("class", "").split()]
    assert [row[0] for row in rows] == ["issuer", "title", "subtitle", "date"]
    assert ["last" in row for row in rows] == [False, False, False, True]


def test_brackets_are_explained_where_there_are_any():
    explained = "Details in square brackets"
    assert explained in html(f"عنوان سند\n\n{PROSE}", str, date="2016")
    assert explained not in html(f"عنوان سند\n\n{PROSE}", str)
    assert explained not in html(PROSE, str, editorial_title="فراخوان"), "of a title alone another sentence speaks"


def test_a_place_that_is_not_translated_is_shown_and_marked():
    made = rich.edition()
    bare = replace(
        made, place=replace(made.issuer, source="تهران", units={"en": replace(made.issuer.units["en"], target="")})
    )
    page = parsed(html_of(bare))
    (row,) = [row for row in page.iter("div") if "dateline" in row.get("class", "").split()]
    assert "تهران" in words(row[1])
