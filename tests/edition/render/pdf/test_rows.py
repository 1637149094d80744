"""Each kind of block in its rows."""

import io
import re
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.edition.design import CHANGES, FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page
from pipeline.model import LINE_BREAK, Catalogue, Kind, MarkKind
from tests.support import rich
from tests.support.pages import PROSE, built, html, rich_page, words


def test_a_contact_reads_label_then_value_in_both_languages():
    made = html(f"{PROSE}\n\na@example.org\n\nای – میل :", lambda text: "a@example.org" if "@" in text else "E-mail:")
    cells = re.findall(r'dir="(?:rtl|ltr)"><p [^>]*>(.*?)</p>', made)
    plain = [re.sub("<[^>]*>", "", cell).replace("\u00a0", " ") for cell in cells]
    assert "ای – میل : a@example.org" in plain and "E-mail: a@example.org" in plain
    assert 'href="mailto:a@example.org"' in made


def test_long_paragraphs_are_divided_at_sentences_and_nothing_is_lost():
    sentences = [f"{PROSE} شماره {n} است." for n in range(40)]
    made = html(" ".join(sentences), lambda text: "Text.")
    assert made.count('"row paragraph continued') > 5
    text = re.sub("<[^>]*>", "", made).replace("\u00a0", " ")
    assert all(sentence.split(".")[0] in text for sentence in sentences)


def test_a_language_alone_runs_on_and_is_not_divided():
    one = built(" ".join(f"{PROSE} شماره {n} است." for n in range(40)), lambda text: "Text.")
    assert "continued" not in page.html(one, Design(layout=SINGLE), release=True)


def kinds(made):
    rows = (row.get("class").split()[1:] for row in made.iter("div") if "row" in row.get("class", "").split())
    return [row for row in rows if "titled" not in row]


def test_an_editorial_title_stands_in_brackets_and_is_explained():
    made = html(PROSE, lambda text: "Call", editorial_title="فراخوان", issuer="شورا")
    assert re.sub("<[^>]*>", "", re.search("<h1[^>]*>.*?</h1>", made)[0]) == "[فراخوان]"
    assert "The title in square brackets was added by the editors" in made


def test_deeper_items_are_moved_in_and_deeper_headings_are_headings():
    made = rich_page()
    rows = [row.get("class").split()[1:4] for row in made.iter("div") if "depth" in row.get("class", "")]
    assert rows == [["list-item", "marked", "depth-2"], ["list-item", "marked", "depth-3"]]
    assert len(list(made.iter("h3"))) == 2


def test_the_bars_beside_a_quotation_meet_from_block_to_block_and_end_with_it():
    said = rich.block(Kind.QUOTATION, f"{PROSE} {PROSE}" * 6)
    made = rich_page(blocks=(said, said, rich.block(Kind.PARAGRAPH, PROSE)))
    rows = [row.get("class").split() for row in made.iter("div") if "row" in row.get("class", "").split()]
    quoted = [("goes-on" in row) for row in rows if "quotation" in row]
    assert len(quoted) > 2 and all(quoted[:-1]) and not quoted[-1]


def test_an_edition_of_changes_says_under_its_title_what_is_compared_and_has_bars():
    made = rich.edition()
    units = tuple(
        replace(unit, target=unit.source.translate(rich.LATIN).replace("mhm", "tazh"))
        for unit in leverage.extract(rich.document())
    )
    compared = revision.compare(made, Catalogue("report", "fa", "en", units), "2026-01-02")
    body = fromstring(page.html(compared, Design(CHANGES), release=True)).find("body")
    rows = [row for row in body if "row" in row.get("class", "").split()]
    names = [row.get("class").split()[1] for row in rows[:3]]
    assert names == ["issuer", "title", "compared"]
    assert "since the version of 2 January 2026" in words(rows[2]) and "۱۲ دی ۱۴۰۴" in words(rows[2])
    changed = [cell for cell in body.iter() if "changed" in cell.get("class", "").split()]
    assert [cell.get("lang") for cell in changed] == ["en"] and "tazh" in words(changed[0])


STACKED = Design(print=LARGE)

LISTS = (rich.block(Kind.LIST_ITEM, PROSE, marker="•"),) * 2
DEEP = (*LISTS, replace(LISTS[0], depth=5))
OTHERS = tuple(rich.block(kind, PROSE) for kind in (Kind.PARAGRAPH, Kind.QUOTATION))


def ragged(design, blocks, **lengths):
    """Return the kinds of rows that are ragged, when each translation is so many times as long as its source."""
    made = rich.edition(*lengths, blocks=blocks)
    for row in made.rows:
        for passage in row.passages:
            for lang, unit in passage.units.items():
                passage.units[lang] = replace(unit, target=(unit.target * 3)[: int(len(unit.target) * lengths[lang])])
    rows = [row for row in kinds(fromstring(page.html(made, design, release=True))) if row]
    found = {row[0] for row in rows if "ragged" in row}
    assert all("ragged" in row for row in rows if row[0] in found)
    return found


@pytest.mark.parametrize(
    ("design", "listed", "wanted"),
    [
        (Design(), LISTS, set()),
        (Design(), DEEP, {"list-item"}),
        (Design(paper=Paper.A5), LISTS, {"list-item", "paragraph", "quotation"}),
        (Design(SINGLE), DEEP, set()),
    ],
)
def test_all_lists_of_a_document_are_ragged_if_one_has_no_room_for_even_lines(design, listed, wanted):
    assert ragged(design, (*listed, *OTHERS), en=1.6) == wanted


@pytest.mark.parametrize(
    ("lengths", "wanted"),
    [
        ({"en": 1.5, "fr": 1.5}, set()),
        ({"en": 1.5, "fr": 1.8}, {"list-item"}),
        ({"en": 1.2, "fr": 1.9}, {"list-item", "paragraph", "quotation"}),
    ],
)
def test_a_list_is_ragged_or_even_in_all_languages_at_once(lengths, wanted):
    """In three columns the shorter translation has a narrower one, which alone would be ragged."""
    assert ragged(Design(), (*LISTS, *OTHERS), **lengths) == wanted


def test_languages_below_each_other_have_bars_of_their_own():
    said = rich.block(Kind.QUOTATION, PROSE)
    made = fromstring(page.html(rich.edition("en", "fr", blocks=(said, said)), STACKED, release=True))
    assert [row for row in kinds(made) if "quotation" in row] and not [row for row in kinds(made) if "goes-on" in row]


@pytest.mark.parametrize(
    ("langs", "design", "table"),
    [
        (("en", "fr"), STACKED, "شهر\tشمار\nتهران\t۱۲"),
        (("en",), Design(), "\t".join(f"دستاوردهای{number}" for number in range(6)) + "\nا\tب\tپ\tت\tث\tج"),
    ],
)
def test_a_table_that_stands_there_in_each_language_has_its_caption_in_each(langs, design, table):
    blocks = (
        rich.block(Kind.CAPTION, "جدول ۱: شهرها"), rich.block(Kind.TABLE, table, header_rows=1), rich.block(Kind.PARAGRAPH, PROSE),
    )  # fmt: skip
    made = fromstring(page.html(rich.edition(*langs, blocks=blocks), design, release=True))
    rows = [row for row in made.find("body") if {"caption", "table"} & set(row.get("class", "").split())]
    found = [
        (row.get("class").split()[1], {cell.get("lang") for cell in row.iter() if cell.get("lang")}) for row in rows
    ]
    order = ["fa", *langs]
    assert found == [(kind, {lang}) for lang in order for kind in ("caption", "table")]


def test_a_table_that_all_languages_share_has_one_caption():
    blocks = (rich.block(Kind.CAPTION, "جدول ۱: شهرها"), rich.block(Kind.TABLE, "شهر\tشمار\nتهران\t۱۲", header_rows=1))
    made = rich_page(blocks=blocks)
    (caption,) = [row for row in made.find("body") if "caption" in row.get("class", "").split()]
    assert [cell.get("lang") for cell in caption] == ["fa", "en"]


@pytest.mark.parametrize(("lines", "cell"), [(20, "۱۲"), (6, PROSE * 3)])
def test_a_table_that_a_page_may_part_begins_where_its_head_and_two_rows_have_room(lines, cell):
    def before(table):
        made = rich_page(blocks=(rich.block(Kind.PARAGRAPH, PROSE), rich.block(Kind.TABLE, table, header_rows=1)))
        body = list(made.find("body"))
        (place,) = [number for number, row in enumerate(body) if "table" in row.get("class", "").split()]
        return body[place - 1].get("class").split()

    assert "guard" in before("شهر\tشمار" + f"\nتهران\t{cell}" * lines)
    assert "guard" not in before("شهر\tشمار" + "\nتهران\t۱۲" * 6)


ONE, SAID = (rich.block(kind, " ".join([PROSE] * 16)) for kind in (Kind.PARAGRAPH, Kind.QUOTATION))
ITEM, BREAK = rich.block(Kind.LIST_ITEM, "مورد", marker="•"), rich.block(Kind.SEPARATOR, "***")
ADDRESS = rich.block(Kind.PARAGRAPH, f"خیابان یک{LINE_BREAK}شهر دو", (LINE_BREAK, MarkKind.BREAK, ""))
FLUSH, INDENTED = ["paragraph", False], ["paragraph", True]


def begun(design, *blocks):
    """Return the kinds of the rows that blocks begin with, whether with an indent, and of those they go on in."""
    made = fromstring(page.html(rich.edition("en", blocks=blocks), design, release=True))
    rows = [row for row in kinds(made) if row]
    first, more = ([row for row in rows if ("continued" in row) is is_more] for is_more in (False, True))
    return [[row[0], "indented" in row] for row in first], [[row[0], "indented" in row] for row in more]


@pytest.mark.parametrize("design", [Design(), Design(FACING), STACKED])
@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ([ONE, ONE, ONE], [FLUSH, INDENTED, INDENTED]),
        ([rich.BLOCKS[1], ONE, BREAK, ONE], [["heading", False], FLUSH, FLUSH]),
        ([ONE, ITEM, ONE], [FLUSH, ["list-item", False], INDENTED]),
        ([SAID, SAID, ONE], [["quotation", False], ["quotation", True], INDENTED]),
        ([ONE, ADDRESS], [FLUSH, FLUSH]),
    ],
)
def test_a_paragraph_begins_with_an_indent_but_where_nobody_takes_it_for_the_rest_of_another(design, blocks, wanted):
    first, more = begun(design, *blocks)
    assert [row for row in first if row[0] != "separator"] == wanted
    assert not any(is_indented for _, is_indented in more)
    assert {kind for kind, _ in more} == {block.kind.value for block in blocks} & {"paragraph", "quotation"}


def test_a_language_alone_whose_paragraphs_are_never_divided_needs_no_indents():
    first, more = begun(Design(SINGLE), ONE, ONE, SAID, SAID)
    assert not any(is_indented for _, is_indented in first) and not more


def test_the_first_paragraph_below_what_an_edition_of_changes_says_of_itself_has_no_indent():
    made = replace(rich.edition(blocks=(ONE, ONE)), since="2026-01-02")
    rows = kinds(fromstring(page.html(made, Design(CHANGES), release=True)))
    assert [("indented" in row) for row in rows if "paragraph" in row and "continued" not in row] == [False, True]


def test_a_table_once_in_each_language_has_its_caption_in_each_below_it_if_it_stands_there():
    wide = rich.block(Kind.TABLE, "\t".join(["شهرستان‌های‌بزرگ"] * 6) + "\n" + "\t".join(["۱۲"] * 6), header_rows=1)
    caption, prose = rich.block(Kind.CAPTION, "جدول یک"), rich.block(Kind.PARAGRAPH, PROSE)
    expected = {
        (caption, wide, prose): ["caption fa", "rows fa", "caption en", "rows en"],
        (wide, caption, prose): ["rows fa", "caption fa", "rows en", "caption en"],
    }
    for blocks, order in expected.items():
        body = fromstring(page.html(rich.edition(blocks=blocks), Design(), release=True)).find("body")
        found = [row for row in body if {"rows", "caption"} & {*row.get("class", "").split()}]
        kinds = ["rows" if row.tag == "table" else "caption" for row in found]
        langs = [next(cell.get("lang") for cell in row.iter() if cell.get("lang")) for row in found]
        assert [f"{kind} {lang}" for kind, lang in zip(kinds, langs, strict=True)] == order
        leads = [row.get("data-leads") for row in found if row.tag != "table"]
        assert all(leads) is (blocks[0] is caption), "none is kept with the table of the next language"


def test_a_paragraph_of_code_goes_from_the_left_in_every_language_and_is_not_filled():
    command = "ssh-keygen -Y verify -f allowed_signers -I office@example.org -n file -s statement.txt.sig"
    code = rich.block(Kind.PARAGRAPH, command, (command, MarkKind.CODE, ""))
    partly = rich.block(Kind.PARAGRAPH, f"فرمان {command}", (command, MarkKind.CODE, ""))
    made = rich.edition(blocks=(rich.block(Kind.PARAGRAPH, PROSE), code, partly))
    body = fromstring(page.html(made, Design(), release=True)).find("body")
    names = [row.get("class").split() for row in body if "paragraph" in row.get("class", "")]
    assert ["code" in name for name in names] == [False, True, False]
    assert ["indented" in name for name in names] == [False, False, True]
    content = pdf.typeset(next(pdf.sheets(rich.edition(blocks=(code,)), Design(), release=True))).content
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        text = document[0].get_textpage()
        places = [text.get_rect(number) for number in range(text.count_rects())]
        found = [place for place in places if re.match("ssh|office|-[Ins] ?", text.get_text_bounded(*place))]
    for column in ([place for place in found if place[0] < 200], [place for place in found if place[0] > 200]):
        lines: dict[int, list[tuple[float, float]]] = {}
        for left, bottom, right, _ in column:
            lines.setdefault(round(bottom / 10), []).append((left, right))
        starts, ends = ([side(line)[at] for line in lines.values()] for side, at in ((min, 0), (max, 1)))
        assert len(lines) > 1 and max(starts) - min(starts) < 3 < max(ends) - min(ends)
