"""What is kept together, and how strongly."""

import io
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest

from pipeline.edition.design import LARGE, Design
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page
from pipeline.edition.render.pdf.keeps import Keep
from pipeline.model import Kind
from tests.support import rich
from tests.support.pages import PROSE


def blocks(*names, text="متن {0} است"):
    return tuple(rich.block(Kind[name], text.format(number), level=0) for number, name in enumerate(names))


def classes(made, *langs, design=None):
    """The classes of the rows of an edition with these blocks, without those of its title block."""
    html = page.html(rich.edition(*langs, blocks=made), design or Design(), release=True)
    rows = (row.get("class", "").split() for row in fromstring(html).find("body"))
    return [row for row in rows if {"row", "separator"} & {*row} and "titled" not in row]


def kept(*names, **more):
    return ["kept" in row for row in classes(blocks(*names, **more))]


def test_few_slogans_and_the_lines_of_a_contact_stay_together():
    assert kept("PARAGRAPH", "SLOGAN", "SLOGAN", "SLOGAN", "PARAGRAPH") == [False, False, True, True, False]
    assert kept("SLOGAN", "SLOGAN", "SLOGAN", "SLOGAN", "PARAGRAPH") == [False, True, True, True, False]
    assert kept("PARAGRAPH", "CONTACT", "CONTACT", "CONTACT", "PARAGRAPH") == [False, True, True, True, False]
    assert kept("PARAGRAPH", "DATE", "DATE", "PARAGRAPH") == [False, True, True, False]


def keeps(*names, **more):
    """How strongly each row is kept with the one before it."""
    html = page.html(rich.edition(blocks=blocks(*names, **more)), Design(), release=True)
    rows = (row for row in fromstring(html).find("body") if "row" in row.get("class", "").split())
    return [Keep(int(row.get("data-kept", 0))) for row in rows if "titled" not in row.get("class")]


def test_of_slogans_the_first_and_the_last_are_kept_with_others_before_all_else():
    *_, one, two, three = keeps("PARAGRAPH", "SLOGAN", "SLOGAN", "SLOGAN", "SLOGAN")
    assert one == three == Keep.ALONE and two == Keep.TOGETHER


def test_of_many_slogans_the_first_and_the_last_are_not_alone():
    assert kept(*["SLOGAN"] * 12, "PARAGRAPH") == [False, True, *[False] * 9, True, False]


def test_a_list_may_go_on_on_the_next_page_with_two_short_entries_on_both():
    assert kept("PARAGRAPH", *["LIST_ITEM"] * 5, "PARAGRAPH") == [False, False, True, False, False, True, False]
    assert not any(kept("PARAGRAPH", *["LIST_ITEM"] * 5, "PARAGRAPH", text=PROSE * 4 + "{0}"))


@pytest.mark.parametrize("text", ["نام {0}", PROSE * 4 + "{0}"])
def test_many_names_may_go_on_on_the_next_page_with_two_on_both(text):
    found = kept("PARAGRAPH", *["SIGNATURE"] * 5, "PARAGRAPH", text=text)
    assert found == [False, True, True, False, False, True, False]


def test_what_a_text_is_signed_with_stays_together_and_less_strongly_with_text_or_slogans_before_it():
    signed, together, belonging = Keep.SIGNED, Keep.TOGETHER, Keep.BELONGING
    assert keeps("PARAGRAPH", "SIGNATURE", "DATE", "CONTACT", "PARAGRAPH")[1:4] == [signed, belonging, together]
    assert keeps("SLOGAN", "SIGNATURE", "SIGNATURE", "DATE", "PARAGRAPH")[1:4] == [signed, together, belonging]
    assert keeps("PARAGRAPH", "DATE", "SIGNATURE", "CONTACT", "PARAGRAPH")[1:4] == [signed, together, together]


def test_several_lines_of_a_contact_leave_a_name_before_they_leave_each_other():
    assert keeps("PARAGRAPH", "SIGNATURE", *["CONTACT"] * 3, "PARAGRAPH")[2:5] == [
        Keep.ADDRESSED,
        Keep.TOGETHER,
        Keep.TOGETHER,
    ]
    assert keeps("PARAGRAPH", "SIGNATURE", "CONTACT", "PARAGRAPH")[2] == Keep.TOGETHER


def test_a_last_line_is_kept_with_the_one_before_it():
    assert keeps("PARAGRAPH", "CONTACT")[1:] == [Keep.ALONE] != keeps("PARAGRAPH", "CONTACT", "PARAGRAPH")[1:2]


def test_a_separator_neither_begins_nor_ends_a_page():
    made = blocks("PARAGRAPH", "SEPARATOR", "PARAGRAPH")
    assert kept("PARAGRAPH", "SEPARATOR", "PARAGRAPH") == [False, True, False]
    assert ["leads" in row for row in classes(made)] == [False, True, False]


def leads(text, kind=Kind.PARAGRAPH, after=Kind.LIST_ITEM):
    made = (rich.block(kind, text, level=0), rich.block(after, "متن دیگر است", level=0))
    return "leads" in classes(made)[0]


@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTATION])
def test_what_ends_in_a_colon_stays_with_what_it_announces(kind):
    assert leads("آنچه می‌خواهیم:", kind) and leads("شعر این است:", kind, Kind.VERSE)
    assert leads("我们的要求：", kind) and leads("ጥያቄዎቻችን፦", kind)
    assert not leads("آنچه می‌خواهیم.", kind) and leads(f"{PROSE.removesuffix('.') * 16}:", kind)


def test_languages_below_each_other_are_not_parted_where_they_are_short():
    made = (*blocks("PARAGRAPH", "SLOGAN"), *(rich.block(Kind.PARAGRAPH, PROSE * count) for count in (2, 4, 8)))
    found = classes(made, "en", "fr", design=Design(print=LARGE))
    assert ["short" in row for row in found] == [True, True, True, False, False]
    assert not any("short" in row for row in classes(made, "en", "fr"))


def test_each_of_them_is_whole_if_it_has_some_lines_only():
    made = (*blocks("PARAGRAPH"), *(rich.block(Kind.PARAGRAPH, PROSE * count) for count in (2, 4, 8)))
    html = page.html(rich.edition("en", "fr", blocks=made), Design(print=LARGE), release=True)
    rows = [row for row in fromstring(html).iter() if "paragraph" in row.get("class", "").split()]
    assert ["whole" in row[0].get("class") for row in rows] == [True, True, False, False]


@pytest.mark.parametrize("more", range(8))
def test_no_page_has_one_name_of_a_list_alone_and_none_ends_half_empty_before_it(more):
    text = [rich.block(Kind.PARAGRAPH, PROSE * 3)] * 8 + [rich.block(Kind.PARAGRAPH, "یک خط است.")] * more
    names = [rich.block(Kind.SIGNATURE, f"نام {number}۹", level=0) for number in range(12)]
    made = rich.edition(blocks=(rich.BLOCKS[0], *text, *names))
    content = pdf.typeset(next(pdf.sheets(made, release=True))).content
    pages = [one.get_textpage() for one in pypdfium2.PdfDocument(io.BytesIO(content))]
    found = [text.get_text_bounded().count("nam ") for text in pages]
    assert sum(found) == 12 and 1 not in found
    for text, following in zip(pages, found[1:], strict=False):
        ends = (text.get_rect(number)[1] for number in range(text.count_rects()))
        lowest = min(y for y in ends if y > 70)
        assert not following or lowest < 300, "a third of the page is empty"


def test_a_caption_stays_with_what_it_stands_above_or_else_below():
    def where(*names):
        return [{"leads", "kept"} & {*row} for row in classes(blocks(*names)) if "caption" in row]

    assert where("PARAGRAPH", "CAPTION", "IMAGE", "PARAGRAPH") == [{"leads"}]
    assert where("PARAGRAPH", "IMAGE", "CAPTION", "PARAGRAPH") == [{"kept"}]
    assert where("IMAGE", "CAPTION", "IMAGE") == [{"leads"}]
    assert where("PARAGRAPH", "CAPTION", "PARAGRAPH") == [set()]


def test_a_caption_below_a_picture_is_never_parted_from_it_and_one_below_a_table_hardly():
    for kind, keep in ((Kind.IMAGE, Keep.ALWAYS), (Kind.TABLE, Keep.ALONE)):
        text = "نان\tکار\nنان\tداد" if kind is Kind.TABLE else "عکس"
        made = (rich.block(kind, text), rich.block(Kind.CAPTION, "شکل ۱"), rich.block(Kind.PARAGRAPH, PROSE))
        html = fromstring(page.html(rich.edition(blocks=made), Design(), release=True))
        (caption,) = [row for row in html.find("body") if "caption" in row.get("class", "").split()]
        assert Keep(int(caption.get("data-kept"))) is keep
