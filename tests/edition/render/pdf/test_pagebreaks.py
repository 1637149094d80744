"""Where pages end that have no room for all that is kept together, read from the positions of text in real PDFs."""

import re
from itertools import pairwise

import pytest

from pipeline.edition.design import MILLIMETRE, geometry
from pipeline.model import Kind
from tests.edition.render.pdf.test_parting import LAYOUTS, LINES, SIGN_OFF, block, noted, paragraph, sheets
from tests.support import rich

UPRIGHT = ["two columns", "three columns", "a5", "single", "large", "below each other"]
ABOUT_A_QUARTER, AT_MOST = 0.3, 0.45
"""Of the height of a text; the room between rows is part of what is empty."""

SLOGANS = tuple(block("SLOGAN", f"زنده باد {word}") for word in ("یکی", "دومی", "سومی", "چهارمی"))
NAMES = tuple(block("SIGNATURE", f"نام {number}۹") for number in range(12))
PLACES = range(0, 24, 3)
"""How many lines stand before what is looked at, so that pages end at another place of it."""


def area(layout, page):
    """The top and foot of the text of a page, in points above its lower edge."""
    langs, design = LAYOUTS[layout]
    sheet = geometry(design, 1 if layout == "single" else 1 + len(langs))
    return page.height - sheet.top * sheet.zoom * MILLIMETRE, sheet.bottom * sheet.zoom * MILLIMETRE


def empty(layout, page):
    """The part of a page that is empty at its foot."""
    top, foot = area(layout, page)
    return (min(line.bottom for line in page) - foot) / (top - foot)


def inside(pages):
    """The pages behind which the text goes on."""
    *_, last = (number for number, page in enumerate(pages) if page.of("nam ") or page.of("ncani") or page.of("mtn"))
    return pages[:last]


def split(pages, words):
    """How often some words stand on each page that has them."""
    return [count for page in pages if (count := page.text.count(words))]


@pytest.mark.parametrize("layout", UPRIGHT)
def test_no_page_inside_a_text_is_much_emptier_than_a_quarter_to_keep_rows_together(layout):
    for more in PLACES:
        pages = sheets((paragraph(4), *[LINES] * more, paragraph(), *SLOGANS, *SIGN_OFF, *NAMES), layout, longer=9)
        gaps = [empty(layout, page) for page in inside(pages) if page is not colophon(pages)[1]]
        few = 2 if layout == "below each other" else 1
        assert max(gaps, default=0) < AT_MOST and sum(gap > ABOUT_A_QUARTER for gap in gaps) <= few, (more, gaps)


@pytest.mark.parametrize("layout", UPRIGHT)
def test_of_four_slogans_none_is_torn_from_the_others(layout):
    each = len(LAYOUTS[layout][0])
    for more in PLACES:
        pages = sheets((paragraph(4), *[LINES] * more, *SLOGANS, *SIGN_OFF), layout)
        assert split(pages, "zndh bad") in ([4 * each], [2 * each, 2 * each])


@pytest.mark.parametrize("layout", UPRIGHT)
def test_no_name_of_many_is_alone_over_a_page_or_at_its_end(layout):
    each = len(LAYOUTS[layout][0])
    for more in PLACES:
        pages = sheets((paragraph(4), *[LINES] * more, *NAMES), layout)
        first, *_, last = split(pages, "nam ") * 2
        assert first > each and last > each


@pytest.mark.parametrize("layout", UPRIGHT)
def test_dates_stand_on_the_page_of_their_signature(layout):
    for more in PLACES:
        pages = sheets((paragraph(4), *[LINES] * more, *SLOGANS, *SIGN_OFF), layout)
        (page,) = (page for page in pages if page.of("cvrai kargran"))
        assert page.of("aban dirvz")


@pytest.mark.parametrize("more", range(8))
def test_of_a_text_that_ends_in_a_colon_five_lines_go_along_whole_or_stay(more):
    """They are parted only where the page itself ends in them."""
    short = block("PARAGRAPH", ("این متن بلندی است که مانند یک بند نوشته شده " * 4).strip() + ":")
    item = block("LIST_ITEM", "نکته ای که سه خط دارد و در یک ستون از صفحه جا می شود و بس")
    pages = sheets((*[LINES] * more, short, item, item), "large")
    found = [page for page in pages if page.of("blndi") or page.of("mannd")]
    assert len(found) == 1 or empty("large", found[0]) < 0.18


@pytest.mark.parametrize("more", range(8))
def test_nothing_is_broken_off_a_text_that_ends_in_a_colon_above_more_than_some_empty_lines(more):
    long = block("PARAGRAPH", ("این متن بلندی است که مانند یک بند نوشته شده " * 5).strip() + ":")
    item = block("LIST_ITEM", "نکته ای که سه خط دارد و در یک ستون از صفحه جا می شود و بس")
    pages = sheets((*[LINES] * more, long, item, item), "large")
    for page, following in pairwise(pages):
        is_parted = page.of("blndi") and following.of("mannd")
        assert not is_parted or empty("large", page) < 0.22


@pytest.mark.parametrize("rows", [12, 16, 20])
def test_what_closes_a_document_leaves_no_page_half_empty_for_a_table_before_it(rows):
    table = rich.block(Kind.TABLE, "\n".join(["شهر\tشمار"] * rows), header_rows=1)
    for more in range(8, 28, 2):
        pages = sheets((*[LINES] * more, table, block("DATE", "نشانی مهر")))
        assert all(empty("two columns", page) < 0.5 for page in inside(pages))


@pytest.mark.parametrize("more", range(10, 26, 3))
def test_a_heading_stands_above_two_lines_of_its_text_and_needs_no_more_room(more):
    heading = rich.block(Kind.HEADING, "بخش تازه", level=2)
    pages = sheets((*[LINES] * more, heading, paragraph(8)))
    (page,) = (page for page in pages if page.of("bkc tazh"))
    below = [line for line in page.of("mtn") if line.top < page.of("bkc tazh")[0].bottom]
    assert below
    before = pages[pages.index(page) - 1] if page is not pages[0] else None
    assert before is None or empty("two columns", before) < 0.14


@pytest.mark.parametrize("more", range(2, 7, 2))
def test_a_row_with_a_note_begins_where_its_lines_have_room_and_goes_on_before_the_one_with_the_reference(more):
    text, notes = noted(4, 0, "همین جا و آن جا و در هر جای دیگر است " * 2)
    pages = sheets((*[LINES] * more, *text, *notes), "large", longer=9)
    assert all(empty("large", page) < ABOUT_A_QUARTER for page in inside(pages))


@pytest.mark.parametrize("more", range(6))
def test_no_last_row_of_a_table_is_alone_on_a_page(more):
    table = rich.block(Kind.TABLE, "\n".join(["نام\tشمار", *["سطر\tشمار"] * 16]), header_rows=1)
    assert 1 not in split(sheets((*[LINES] * more, table, LINES), "large"), "سطر")


HEADING = re.compile("About this edition|بارۀ این نسخه")


def colophon(pages):
    """The page on which the colophon begins, the one before it, and the lines above the colophon."""
    number = next(number for number, page in enumerate(pages) if any(HEADING.search(line.text) for line in page))
    page = pages[number]
    top = max(line.top for line in page if HEADING.search(line.text))
    return page, pages[number - 1] if number else None, [line for line in page if line.bottom > top - 1]


@pytest.mark.parametrize("layout", UPRIGHT[:-1])
def test_no_colophon_is_alone_on_its_page_and_what_is_above_it_is_more_than_a_row(layout):
    """In large print, where it is more than half a page, it may be one row."""
    columns = 1 if layout == "single" else 1 + len(LAYOUTS[layout][0])
    for more in PLACES:
        for blocks in ((*SLOGANS, *SIGN_OFF), (*SLOGANS, *SIGN_OFF, *NAMES)):
            page, before, above = colophon(sheets((paragraph(4), *[LINES] * more, *blocks), layout))
            assert len(above) > columns or (above and layout == "large"), (more, [line.text for line in page])
            assert before is None or empty(layout, before) < 0.68, more


@pytest.mark.parametrize("layout", ["two columns", "three columns", "a5", "single"])
def test_the_page_before_a_colophon_is_not_much_emptier_than_40_per_cent(layout):
    for more in PLACES:
        _, before, _ = colophon(sheets((paragraph(4), *[LINES] * more, *SLOGANS, *SIGN_OFF), layout))
        assert before is None or empty(layout, before) < AT_MOST, more


@pytest.mark.parametrize("layout", ["two columns", "three columns", "a5", "single"])
def test_a_long_text_gives_its_last_two_lines_to_the_page_of_a_colophon(layout):
    for more in PLACES:
        _, before, above = colophon(sheets((*[LINES] * more, paragraph(7)), layout, longer=9))
        assert above
        assert before is None or empty(layout, before) < AT_MOST, more


@pytest.mark.parametrize("layout", ["two columns", "single"])
def test_a_long_table_gives_its_last_two_rows(layout):
    table = rich.block(Kind.TABLE, "\n".join(["نام\tشمار", *["سطر\tشمار"] * 24]), header_rows=1)
    for more in PLACES:
        pages = sheets((*[LINES] * more, table), layout)
        page, before, _ = colophon(pages)
        assert page.text.count("sIr") >= 2 and empty(layout, before or page) < AT_MOST, more
        assert sum(page.text.count("sIr") for page in pages) == 24 * len(LAYOUTS[layout][0])


@pytest.mark.parametrize("layout", ["two columns", "a5", "single"])
def test_a_colophon_stands_closer_to_the_text_where_it_has_no_room_otherwise(layout):
    """So that some texts need no page more; not so close that it would seem to be one of their rows."""
    rooms = set()
    for more in range(10, 24):
        page, before, above = colophon(sheets((*[LINES] * more,), layout))
        if before is None:
            heading = next(line for line in page if HEADING.search(line.text))
            rooms.add(round(min(line.bottom for line in above if line.bottom > heading.top) - heading.top))
    assert len(rooms) > 1 and max(rooms) - min(rooms) < 20 and min(rooms) > 12


def test_three_slogans_in_three_languages_below_each_other_stay_together_in_all_places_but_one_of_eight():
    found = [
        split(sheets((paragraph(4), *[LINES] * more, *SLOGANS[:3], *SIGN_OFF), "below each other"), "zndh bad")
        for more in PLACES
    ]
    assert found.count([6]) >= len(PLACES) - 1
