"""Each kind of block in its rows."""

import re
from dataclasses import replace
from xml.etree.ElementTree import fromstring

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.edition.design import CHANGES, SINGLE, Design
from pipeline.edition.render.pdf import page
from pipeline.model import Catalogue, Kind
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
    assert made.count('"row paragraph continued"') > 5
    text = re.sub("<[^>]*>", "", made).replace("\u00a0", " ")
    assert all(sentence.split(".")[0] in text for sentence in sentences)


def test_a_language_alone_runs_on_and_is_not_divided():
    one = built(" ".join(f"{PROSE} شماره {n} است." for n in range(40)), lambda text: "Text.")
    assert "continued" not in page.html(one, Design(layout=SINGLE), release=True)


def kinds(made):
    rows = (row.get("class").split()[1:] for row in made.iter("div") if "row" in row.get("class", "").split())
    return [row for row in rows if "titled" not in row]


def test_few_slogans_stay_together_and_what_closes_a_document_stays_with_what_is_before():
    def blocks(*names):
        return tuple(rich.block(Kind[name], f"متن {number} است", level=0) for number, name in enumerate(names))

    def kept(*names):
        return ["kept" in row for row in kinds(rich_page(blocks=blocks(*names)))[: len(names)]]

    assert kept("PARAGRAPH", "SLOGAN", "SLOGAN", "SLOGAN", "PARAGRAPH") == [False, False, True, True, False]
    assert kept("SLOGAN", "SLOGAN", "SLOGAN", "SLOGAN", "PARAGRAPH") == [False] * 5
    assert kept("PARAGRAPH", "SIGNATURE", "CONTACT") == [False, True, True]
    assert kept("PARAGRAPH", *["SIGNATURE"] * 9) == [*[False] * 7, *[True] * 3]


def test_an_editorial_title_stands_in_brackets_and_is_explained():
    made = html(PROSE, lambda text: "Call", editorial_title="فراخوان", issuer="شورا")
    assert re.sub("<[^>]*>", "", re.search("<h1[^>]*>.*?</h1>", made)[0]) == "[فراخوان]"
    assert "The title in square brackets was added by the editors" in made


def test_deeper_items_are_moved_in_and_deeper_headings_are_headings():
    made = rich_page()
    assert [row.get("class") for row in made.iter("div") if "depth" in row.get("class", "")] == [
        "row list-item marked depth-2", "row list-item marked depth-3",
    ]  # fmt: skip
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


def test_what_ends_in_a_colon_stays_with_what_it_announces():
    def leads(text, kind=Kind.LIST_ITEM):
        blocks = (rich.block(Kind.PARAGRAPH, text, level=0), rich.block(kind, "متن دیگر است", level=0))
        return "leads" in kinds(rich_page(blocks=blocks))[0]

    assert leads("آنچه می‌خواهیم:") and leads("شعر این است:", Kind.VERSE)
    assert not leads("آنچه می‌خواهیم.") and not leads(f"{PROSE * 6}:")


def test_lines_of_a_contact_stay_together_and_the_last_items_of_a_list_are_not_alone():
    def kept(*names, text="متن {0} است"):
        blocks = tuple(rich.block(Kind[name], text.format(n), level=0) for n, name in enumerate(names))
        return ["kept" in row for row in kinds(rich_page(blocks=blocks))[: len(names)]]

    assert kept("PARAGRAPH", "CONTACT", "CONTACT", "CONTACT", "PARAGRAPH") == [False, False, True, True, False]
    assert kept("PARAGRAPH", *["LIST_ITEM"] * 5) == [False] * 3 + [True] * 3
    assert kept("PARAGRAPH", *["LIST_ITEM"] * 5, text=PROSE * 4 + "{0}") == [False] * 6
