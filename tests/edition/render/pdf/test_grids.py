"""Tables, verse and signatures on the page."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest

from pipeline.edition import alignment
from pipeline.edition.design import FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page
from pipeline.model import Catalogue, Kind, State
from tests.support import rich
from tests.support.pages import PROSE, cells, rich_page, words
from tests.support.structure import Structure


def test_a_table_has_its_head_and_all_its_cells_in_the_order_of_each_language():
    for lang, first in (("fa", "شهر"), ("en", "chr")):
        tables = [cell.find("table") for cell in cells(rich_page(), lang, "table")]
        assert [[cell.tag for cell in table.find(".//tr")] for table in tables] == [
            ["th"] * 3,
            ["td"] * 3,
            ["td"] * 3,
        ]
        assert words(tables[0].find(".//th")) == first
    assert words(list(tables[1].iter("td"))[2]) == "", "an empty cell is one"


def test_a_cell_that_is_not_translated_shows_the_source_and_its_row_is_marked():
    made = rich_page(state=State.MACHINE)
    row = cells(made, "en", "table")[0]
    assert "unreviewed" in row.get("class")
    edition = alignment.build(rich.document(), {"en": Catalogue("report", "fa", "en", ())})
    made = fromstring(page.html(edition, Design(), release=True))
    cell = cells(made, "en", "table")[0].find(".//th")
    assert (cell.get("lang"), cell.get("dir"), words(cell)) == ("fa", "rtl", "شهر")


def grids(made, name):
    return [table for table in made.iter("table") if name in table.get("class", "").split()]


def test_a_table_that_is_too_wide_to_stand_beside_its_translation_has_the_whole_width_in_each():
    narrow = rich.block(Kind.TABLE, "شهر\tشمار\nتهران\t۱۲", header_rows=1)
    wide = rich.block(Kind.TABLE, "\t".join(["شهرستان‌های‌بزرگ"] * 6) + "\n" + "\t".join(["۱۲"] * 6), header_rows=1)
    for block, languages in ((narrow, [["en", "fa"]]), (wide, [["fa"], ["en"]])):
        tables = grids(rich_page(blocks=(block,)), "rows")
        assert [
            [cell.get("lang") for cell in table.find("thead/tr") if cell.get("lang")] for table in tables
        ] == languages
    facing = page.html(rich.edition(blocks=(wide,)), Design(layout=FACING), release=True)
    assert len(grids(fromstring(facing), "rows")) == 1


def test_a_column_of_short_texts_has_room_for_its_longest_word():
    block = rich.block(Kind.TABLE, "شمار کارگران\tیادداشت\n۱۲\t" + "واژه " * 40, header_rows=1)
    (table, *_) = grids(rich_page(blocks=(block,)), "grid")
    narrow, wide = (float(re.search("width: ([0-9.]+)%", cell.get("style"))[1]) for cell in table.iter("th"))
    assert narrow + wide == pytest.approx(100, abs=0.1) and wide > narrow > 20


def test_halves_of_verse_stand_side_by_side_where_there_is_room_and_else_below_each_other():
    short = rich.block(Kind.VERSE, "نان و کار\tآزادی و داد")
    long = rich.block(Kind.VERSE, "بنی آدم اعضای یکدیگرند در این آفرینش\tکه در آفرینش ز یک گوهرند همه با هم")
    for block, count in ((short, 1), (long, 2)):
        inner = grids(rich_page(blocks=(block,)), "grid")
        assert [len(table.findall(".//tr")) for table in inner] == [count] * 2


@pytest.mark.parametrize("rows", [3, 60])
def test_a_short_grid_stays_together_and_the_head_of_a_long_one_is_on_every_page(rows, tmp_path):
    text = "شهر\tشمار\n" + "\n".join(f"تهران\t{number}" for number in range(rows))
    block = rich.block(Kind.TABLE, text, header_rows=1)
    filler = [rich.block(Kind.PARAGRAPH, PROSE) for _ in range(25)]
    path = tmp_path / "table.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(rich.edition(blocks=(*filler, block))))).content)
    with pypdfium2.PdfDocument(path) as document:
        pages = [one.get_textpage().get_text_range() for one in document]
    holding = [text for text in pages if "thran" in text]
    assert (len(holding) > 1) is (rows > 8) and all("shhr" in text or "chr" in text for text in holding)
    structure = Structure(path)
    (table,) = [one for one in structure.within(structure.sections["en"]) if one["/S"] == "/Table"]
    first, *_ = structure.children(table)
    assert [cell["/S"] for cell in structure.children(first)] == ["/TH"] * 2 and len(
        structure.children(table)
    ) == rows + 1
    assert all(isinstance(mark, int) for cell in structure.children(first) for mark in cell["/K"]), (
        "read on one page only"
    )


def test_facing_pages_have_a_grid_each_in_its_own_language(tmp_path):
    path = tmp_path / "facing.pdf"
    block = rich.block(Kind.TABLE, "شهر\tشمار\nتهران\t۱۲", header_rows=1)
    path.write_bytes(pdf.typeset(next(pdf.sheets(rich.edition(blocks=(block,)), Design(layout=FACING)))).content)
    with pypdfium2.PdfDocument(path) as document:
        left, right = (document[number].get_textpage().get_text_range() for number in (1, 2))
    assert "thran" in left and "تهران" not in left and "تهران" in right and "thran" not in right


@pytest.mark.parametrize("design", [Design(), Design(FACING, Paper.A5), Design(print=LARGE)], ids=["a4", "a5", "large"])
def test_a_table_of_many_columns_has_every_word_and_number_whole_and_its_first_column_in_each_part(design, tmp_path):
    numbers = [f"{number}" for number in range(123401, 123414)]
    head = ["شهر", *["بازنشستگی"] * 13]
    block = rich.block(Kind.TABLE, "\t".join(head) + "\n" + "\t".join(["تهران", *numbers]), header_rows=1)
    (sheet,) = pdf.sheets(rich.edition(blocks=(block,)), design, release=True)
    path = tmp_path / "wide.pdf"
    path.write_bytes(pdf.typeset(sheet).content)
    with pypdfium2.PdfDocument(path) as document:
        found = " ".join(one.get_textpage().get_text_range() for one in document).split()
    assert [found.count(number) for number in numbers] == [2] * 13, "once in each language"
    structure = Structure(path)
    for lang, first in (("fa", "تهران"), ("en", "thran")):
        parts = structure.names(lang).count("/Table")
        assert parts > 1 and found.count(first) == parts


@pytest.mark.parametrize("design", [Design(FACING, print=LARGE), Design(SINGLE, Paper.A5, LARGE)], ids=["facing", "a5"])
@pytest.mark.parametrize("name", ["آذربایجان‌غربی‌و‌شرقی", "کهگیلویه‌و‌بویراحمد‌و‌چهارمحال"])
def test_each_part_of_a_table_begins_with_the_first_column_however_wide_it_is(name, design):
    head = ["استان", "دستمزدشان", "تورم‌سالانه", "ساعت‌های‌کار"]
    text = "\t".join(head) + "\n" + "\t".join([name, "۱", "۲", "۳"])
    made = rich.edition(blocks=(rich.block(Kind.TABLE, text, header_rows=1),))
    tables = grids(fromstring(page.html(made, design, release=True)), "grid")
    heads = [words(table.find(".//th")) for table in tables if table.find(".//th") is not None]
    assert len(heads) > 2 and {*heads} <= {head[0], head[0].translate(rich.LATIN)}


def test_a_table_that_fits_when_it_is_a_little_smaller_is_not_divided():
    cells = ["شهرستان‌های"] * 9
    block = rich.block(Kind.TABLE, "\t".join(cells) + "\n" + "\t".join(["۱۲"] * 9), header_rows=1)
    tables = grids(rich_page(blocks=(block,)), "rows")
    assert len(tables) == 2
    assert all("font-size: " in one.get("style") for table in tables for one in grids(table, "grid"))


def test_a_word_of_wide_letters_is_whole_beside_longer_ones(tmp_path):
    row = "Mammommama\tKoordinator\tOrganisation"
    block = rich.block(Kind.TABLE, f"Name\tRolle\tOrganisation\n{row}", header_rows=1)
    (sheet,) = pdf.sheets(rich.edition(blocks=(block,)), Design(), release=True)
    path = tmp_path / "people.pdf"
    path.write_bytes(pdf.typeset(sheet).content)
    with pypdfium2.PdfDocument(path) as document:
        found = " ".join(one.get_textpage().get_text_range() for one in document).split()
    assert {"Mammommama", "Koordinator", "Organisation"} <= set(found)


def test_numbers_stand_unit_below_unit():
    text = "شهر\tشمار\tسهم\nتهران\t۱۲۰\t۴۵٫۷٪\nاهواز\t۷\t–\nقم\tدو\t۱"
    (table, *_) = grids(rich_page(blocks=(rich.block(Kind.TABLE, text, header_rows=1),)), "rows")
    rows = [row for row in table.iter("tr") if row.get("class") is None]
    assert {tuple(cell.get("class") for cell in row) for row in rows} == {(None, None, "figure")}


def test_a_column_is_no_wider_than_its_texts_while_others_have_lines_to_save():
    block = rich.block(Kind.TABLE, "شهر\tیادداشت\nقم\t" + "واژه " * 30, header_rows=1)
    (table, *_) = grids(rich_page(blocks=(block,)), "grid")
    first, second = (float(cell.get("style").removeprefix("width: ").rstrip("%")) for cell in table.iter("th"))
    assert first < 20 and second > 80


def test_a_table_that_stands_alone_is_no_wider_than_it_needs_and_begins_where_its_language_does():
    def style(cell, *langs):
        block = rich.block(Kind.TABLE, f"شهر\tشمار\nتهران\t{cell}", header_rows=1)
        made = rich.edition(*langs, blocks=(block,)) if langs else alignment.build(rich.document(block), {})
        html = fromstring(page.html(made, Design(SINGLE), release=True))
        (table,) = [table for table in html.iter("table") if "rows" in table.get("class", "").split()]
        return table.get("style", "")

    for found, side in ((style("۱۲"), "left"), (style("۱۲", "en"), "right")):
        assert f"margin-{side}: auto" in found and 10 < float(re.search(r"width: ([\d.]+)%", found)[1]) < 50
    assert style("متن " * 60, "en") == ""


def lines(made, design=None):
    """Return what stands on the pages of an edition, line by line, each with its left, bottom, right and top."""
    found = []
    content = pdf.typeset(next(pdf.sheets(made, design or Design(), release=True))).content
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        for one in document:
            text = one.get_textpage()
            places = [text.get_rect(number) for number in range(text.count_rects())]
            found += [(text.get_text_bounded(*place).strip(), *place) for place in places]
    return found


def units(made, texts):
    """Return where the units of numbers end, in points, in each column of each language."""
    content, found = pdf.typeset(next(pdf.sheets(made, Design(), release=True))).content, {}
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        text = document[0].get_textpage()
        letters = text.get_text_range()
        for number in texts:
            end = len(re.match(r"\d+", number)[0])
            for place in re.finditer(rf"(?<![\d.٫]){re.escape(number)}(?![\d.٫])", letters):
                _, _, right, _ = text.get_charbox(place.start() + end - 1, loose=True)
                found.setdefault(round(right / 100), []).append(right)
    return found.values()


@pytest.mark.parametrize("numbers", [("58", "57.5", "105", "6.25"), ("۵۸", "۵۷٫۵", "۱۰۵", "۶٫۲۵")])
def test_units_stand_below_units_whatever_decimals_some_numbers_have(numbers):
    rows = "\n".join(f"شهر\t{number}" for number in numbers)
    made = rich.edition(blocks=(rich.block(Kind.TABLE, f"شهر\tشمار\n{rows}", header_rows=1),))
    columns = [rights for rights in units(made, numbers) if len(rights) == len(numbers)]
    assert columns and min(max(rights) - min(rights) for rights in columns) < 1.5


def test_pairs_of_names_stand_farther_from_each_other_than_the_lines_of_one_name():
    name = "انجمن صنفی معلمان و فرهنگیان و پژوهشگران استان کردستان " * 2
    block = rich.block(Kind.SIGNATURES, "\n".join([f"{name.strip()}\tمریم"] * 3))
    feet = sorted(
        line[2] for line in lines(rich.edition(blocks=(block,)), Design(SINGLE)) if line[0].startswith("anjmn")
    )
    steps = [after - before for before, after in pairwise(feet)]
    assert [step > min(steps) + 5 for step in steps] == [False, True, False, True, False]


def test_a_row_with_a_bar_stands_below_the_others():
    block = rich.block(Kind.TABLE, "شهر\tشمار\nتهران\tنان\nتهران\tکار", header_rows=1)
    made = rich.edition(blocks=(block,))
    (row,) = made.rows
    passages = [
        replace(one, units={"en": replace(one.units["en"], state=State.MACHINE)}) if one.source == "کار" else one
        for one in row.passages
    ]
    found = lines(replace(made, rows=(replace(row, passages=tuple(passages)),)))
    lefts = [left for text, left, *_ in found if text.startswith("thran")]
    assert len(lefts) == 2 and abs(lefts[0] - lefts[1]) < 2


def test_marks_on_letters_take_no_room_of_a_line_of_verse():
    plain = "قد خلقوا من جوهر وضياء\tبنو آدم جسم واحد الأعضاء"
    marked = "قَدْ خُلِقُوا مِنْ جَوْهَرٍ وَضِيَاءٍ\tبَنُو آدَمَ جِسْمٌ وَاحِدُ الأَعْضَاءِ"
    design = Design(SINGLE)
    for text in (plain, marked):
        made = alignment.build(rich.document(rich.block(Kind.VERSE, text)), {})
        (table,) = grids(fromstring(page.html(made, design, release=True)), "grid")
        assert len(table.findall(".//tr")) == 1
