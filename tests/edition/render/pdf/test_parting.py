"""Where pages end: what stands on both sides of it, read from the positions of text in real PDFs."""

import io
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest

from pipeline.edition.design import FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.model import Kind, MarkKind
from tests.support import rich

SENTENCE = "این متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد "
LAYOUTS = {
    "two columns": (("en",), Design()),
    "three columns": (("en", "fr"), Design()),
    "a5": (("en",), Design(paper=Paper.A5)),
    "single": (("en",), Design(SINGLE)),
    "facing": (("en",), Design(FACING)),
    "large": (("en",), Design(print=LARGE)),
    "below each other": (("en", "fr"), Design(print=LARGE)),
}
SIDE_BY_SIDE = {"two columns": 2, "three columns": 3, "a5": 2}
PLACES = range(0, 16, 4)
"""How many lines are put before the end of a statement, so that pages end at another place of it."""

MARGIN, LINE = 62.0, 14.0
"""Points that running heads and page numbers take of a page, and a line of Latin text."""


@dataclass(frozen=True)
class Line:
    left: float
    bottom: float
    right: float
    top: float
    text: str


class Sheet(list):
    """The lines of a page, from its head to its foot, without running heads."""

    def __init__(self, page):
        self.width, self.height = page.get_size()
        text = page.get_textpage()
        self.text = text.get_text_range()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
        lines = [Line(*rect, text.get_text_bounded(*rect)) for rect in rects]
        inside = (line for line in lines if MARGIN < line.bottom < self.height - MARGIN)
        super().__init__(sorted(inside, key=lambda line: -line.top))

    def of(self, word):
        return [line for line in self if word in line.text]

    def columns(self, count):
        """Return the lines of each of so many columns."""
        found = {}
        for line in self:
            found.setdefault(int((line.left + line.right) / 2 / self.width * count), []).append(line)
        return found.values()


@cache
def sheets(blocks, layout="two columns", longer=0):
    """Return the pages of an edition with these blocks; translations are some words longer and shorter by turns."""
    langs, design = LAYOUTS[layout]
    made = rich.edition(*langs, blocks=(rich.BLOCKS[0], *blocks))
    made = replace(made, rows=tuple(_longer(row, longer * (-1) ** number) for number, row in enumerate(made.rows)))
    content = pdf.typeset(next(pdf.sheets(made, design, release=True))).content
    return [Sheet(page) for page in pypdfium2.PdfDocument(io.BytesIO(content))]


def _longer(row, words):
    if row.block.kind is not Kind.PARAGRAPH or len(row.block.text) < 200:
        return row

    def said(unit):
        target = unit.target + " word" * words if words >= 0 else " ".join(unit.target.split()[:words])
        return replace(unit, target=target)

    passages = (
        replace(passage, units={lang: said(unit) for lang, unit in passage.units.items()}) for passage in row.passages
    )
    return replace(row, passages=tuple(passages))


def block(kind, text):
    return rich.block(Kind[kind], text, level=0)


def paragraph(length=3):
    return block("PARAGRAPH", (SENTENCE * length).strip() + ".")


LINES = block("PARAGRAPH", "یک خط است.")
SIGN_OFF = (
    block("SIGNATURE", "شورای کارگران"), block("DATE", "آبان دیروز"), block("DATE", "دی امروز"),
    block("CONTACT", "نشانی نخست"), block("CONTACT", "نشانی دوم"),
)  # fmt: skip
SLOGANS = tuple(
    block("SLOGAN", text)
    for text in ("زنده باد یکی", "زنده باد " + "همه مردم زحمتکش دنیا و هم ایران و شهر ما", "زنده باد سه")
)
WISH = "خواست ما این است که همه در آن شریک باشند و آن را بخواهند"
ITEM, LONGER_ITEM = (block("LIST_ITEM", text) for text in (WISH, f"{WISH} و برای آن با هم کار کنند"))


def statement(more):
    """Blocks that end about a page, with so many lines more."""
    separator = block("SEPARATOR", "***")
    text = (paragraph(), paragraph(), *[LINES] * more, ITEM, ITEM, separator, paragraph())
    return (*text, *SLOGANS, *SIGN_OFF)


def statements(*layouts):
    """Return pages of the statement, with more and more lines before its end."""
    return [sheets(statement(more), layout, longer=9) for layout in layouts for more in PLACES]


ONCE = {"mannd": 9, "kvast": 2, "iki": 1, "kargran": 1, "amrvz": 1, "dvm": 1, "endorsed": 1}
"""Words of a statement and its colophon, and how often each stands in a translation."""


@pytest.mark.parametrize("layout", ["two columns", "a5", "single", "facing", "large"])
def test_nothing_is_lost_or_printed_twice_where_a_page_ends(layout):
    for pages in statements(layout):
        text = " ".join(page.text for page in pages)
        assert {word: len(re.findall(rf"\b{word}\b", text)) for word in ONCE} == ONCE


@pytest.mark.parametrize(("layout", "count"), SIDE_BY_SIDE.items())
def test_a_row_goes_on_on_the_next_page_in_every_language_or_begins_there(layout, count):
    for page in (page for pages in statements(layout) for page in pages[1:]):
        tops = [column[0].top for column in page.columns(count)]
        assert len(tops) == count and max(tops) - min(tops) < LINE / 2


def test_a_signature_and_its_dates_stand_together_below_a_line_of_text_and_a_contact_there_or_above_the_colophon():
    for pages in statements(*SIDE_BY_SIDE, "single"):
        (page,) = (page for page in pages if page.of("cvrai kargran"))
        signed = page.of("cvrai kargran")[0]
        assert [line for line in page if line.bottom > signed.top and re.search("[a-z]", line.text)]
        assert page.of("aban") and page.of("di amrvz")
        (below,) = (page for page in pages if page.of("ncani nkst"))
        assert below.of("ncani dvm") and (below is page or below.of("About this edition"))


@pytest.mark.parametrize("more", range(21, 29))
def test_a_separator_neither_begins_nor_ends_a_page(more):
    pages = sheets((*[LINES] * more, block("SEPARATOR", "***"), paragraph()))
    ((page, line),) = ((page, line) for page in pages for line in page.of("* * *"))
    assert page[0].bottom > line.top and page.of("mtn")[-1].top < line.bottom


@pytest.mark.parametrize("more", range(12, 18))
def test_a_separator_takes_lines_of_a_long_paragraph_along_to_what_it_leads_to(more):
    pages = sheets((*[LINES] * more, paragraph(9), block("SEPARATOR", "***"), *SLOGANS[:3]))
    ((page, line),) = ((page, line) for page in pages for line in page.of("* * *"))
    assert page[0].bottom > line.top and page[-1].top < line.bottom


def test_slogans_are_equally_far_apart_whatever_lines_they_have():
    for pages in statements("two columns"):
        (page,) = (page for page in pages if page.of("zndh bad iki"))
        first, *rest = (
            page.of(words)[0] for words in ("zndh bad iki", "zndh bad hmh", "airan v chr ma", "zndh bad sh")
        )
        to_second, _, to_third = (above.bottom - line.bottom for above, line in pairwise([first, *rest]))
        assert to_second == pytest.approx(to_third, abs=1)


@pytest.mark.parametrize("more", range(8))
def test_a_colophon_takes_two_names_of_a_list_to_its_page_if_it_has_no_room_below_them(more):
    names = [block("SIGNATURE", f"نام {word} است") for word in ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت")]
    *pages, last = sheets((*[paragraph()] * 4, *[LINES] * more, *names))
    (colophon,) = last.of("About this edition")
    assert len([line for line in last.of("nam ") if line.bottom > colophon.top]) >= (2 if pages else 8)


def test_a_colophon_stands_below_the_text_where_it_has_room():
    (page,) = sheets((*[paragraph()] * 4,))
    assert page.of("About this edition") and page.of("mtn")


@pytest.mark.parametrize("more", range(4))
def test_room_that_a_row_fills_at_the_end_of_a_page_is_filled(more):
    page, *_ = sheets((*[LINES] * more, *[ITEM] * 24))
    assert page[-1].bottom < MARGIN + 3 * LINE


@pytest.mark.parametrize("more", range(0, 30, 3))
def test_a_long_paragraph_gives_two_lines_to_what_is_kept_with_it_and_stays_on_its_page(more):
    """Whatever is kept with it: a signature, or what it announces. A colophon has a quarter of the page."""
    long = block("PARAGRAPH", (SENTENCE * 6).strip() + ":")
    page, *following = sheets((*[LINES] * more, long, SIGN_OFF[0]))
    assert not following or not following[0].of("cvrai kargran") or page[-1].bottom < 0.3 * page.height


@pytest.mark.parametrize("more", range(21, 28))
def test_of_a_paragraph_no_line_stands_alone_on_a_page_in_any_language(more):
    pages = sheets((*[LINES] * more, paragraph(6)), longer=9)
    for words in ("mtn|mannd|nvcth|paian|iabd|bnd|word", "متن|مانند|نوشته|پایان|یابد"):
        found = [sum(bool(re.search(words, line.text)) for line in page) for page in pages]
        assert sum(found) > 5 and 1 not in found, (words, found)


@pytest.mark.parametrize("more", range(1, 4))
def test_languages_below_each_other_are_not_parted_where_they_are_short(more):
    """Short items are whole, but where more than a quarter of a page would be empty; then each language is."""
    pages = sheets((*[LINES] * more, *[LONGER_ITEM, ITEM] * 3, paragraph()), "below each other")
    found = [(len(page.of("kvast ma")), len(page.of("خواست ما"))) for page in pages]
    assert sum(persian for _, persian in found) == 6 and sum(latin for latin, _ in found) == 12
    parted = [page for page, (latin, persian) in zip(pages, found, strict=True) if latin != 2 * persian]
    assert len(parted) <= 2 and all(re.search("kvast ma|خواست ما", page[0].text) for page in parted[1:])


@pytest.mark.parametrize(("layout", "words"), [("large", 100), ("a5", 160), ("facing", 160)])
def test_what_comes_behind_a_row_is_printed_once_however_long_one_language_of_it_goes_on(layout, words):
    langs, design = LAYOUTS[layout]
    last = rich.block(Kind.PARAGRAPH, "پایان و بس.")
    made = rich.edition(*langs, blocks=(rich.BLOCKS[0], rich.block(Kind.PARAGRAPH, f"{'سخن ' * words}است."), last))
    for ratio in (2, 3):
        longer = replace(made, rows=tuple(_longer(row, round(words * ratio)) for row in made.rows))
        content = pdf.typeset(next(pdf.sheets(longer, design, release=True))).content
        text = "".join(Sheet(page).text for page in pypdfium2.PdfDocument(io.BytesIO(content)))
        assert text.count("پایان") == 1


FRUIT = {"گیلاس": "نمک", "انجیر": "فلفل", "پسته": "زیره", "بادام": "خرما"}
"""Words that references stand behind, and words of their notes."""
IN_LATIN = {
    "گیلاس": "gilas",
    "انجیر": "anjir",
    "پسته": "psth",
    "بادام": "badam",
    "نمک": "nmk",
    "فلفل": "flfl",
    "زیره": "zirh",
    "خرما": "krma",
}


def noted(before, after, said="که در این جا است"):
    """Blocks of text, of so many sentences before and after a reference each, with their notes."""
    text = [
        rich.block(
            Kind.PARAGRAPH,
            f"{SENTENCE * before}{fruit} {SENTENCE * after}است.",
            (fruit, MarkKind.NOTE, str(n)),
            level=0,
        )
        for n, fruit in enumerate(FRUIT, 1)
    ]
    notes = [rich.block(Kind.NOTE, f"شرح {spice} {said}.", marker=str(n)) for n, spice in enumerate(FRUIT.values(), 1)]
    return (*text, *[LINES] * 2), notes


def page_of(pages, word):
    (found,) = {number for number, page in enumerate(pages) if word in page.text}
    return found


@pytest.mark.parametrize("layout", ["two columns", "three columns", "a5", "single", "large"])
def test_a_note_stands_on_the_page_of_its_reference_in_every_language(layout):
    for more in range(0, 18, 6):
        for before, after in ((0, 3), (4, 1)):
            text, notes = noted(before, after)
            pages = sheets((*[LINES] * more, *text, *notes), layout, longer=9)
            for fruit, spice in FRUIT.items():
                for one, other in ((fruit, spice), (IN_LATIN[fruit], IN_LATIN[spice])):
                    if layout != "single" or one in IN_LATIN.values():
                        assert page_of(pages, one) == page_of(pages, other), (more, before, one)


@pytest.mark.parametrize("kind", ["PARAGRAPH", "QUOTATION", "SLOGAN", "SIGNATURE", "DATE"])
def test_what_follows_a_list_stands_farther_from_it_than_its_items_do_from_each_other(kind):
    items = [block("LIST_ITEM", f"نکته {word}") for word in ("یک", "دو")]
    (page, *_) = sheets((paragraph(), *items, block(kind, "سخن پایان")))
    first, second, after = (page.of(words)[0] for words in ("nkth ik", "nkth dv", "skn paian"))
    assert second.bottom - after.bottom > first.bottom - second.bottom + 3


@pytest.mark.parametrize("more", range(18, 24))
def test_no_number_of_a_list_stands_on_another_page_than_its_text_whose_note_has_no_room(more):
    def item(number, *marks):
        return rich.block(Kind.LIST_ITEM, "نان و کار هست", *marks, marker=f"{number}.", ordinal=number, depth=1)

    note = rich.block(Kind.NOTE, SENTENCE * 6, marker="1")
    items = (item(1), item(2), item(3, ("هست", MarkKind.NOTE, "1")))
    pages = sheets((*[LINES] * more, *items, note), "single")
    ((page, marker),) = ((page, line) for page in pages for line in page if line.text.startswith("3."))
    assert any(abs(line.bottom - marker.bottom) < 4 for line in page.of("nan v kar"))
