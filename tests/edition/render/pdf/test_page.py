import json
import re
from dataclasses import replace

import pytest
import weasyprint

from pipeline.catalogue import leverage
from pipeline.document import structure
from pipeline.edition import alignment, revision
from pipeline.edition.design import CHANGES, Design
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Document, Kind, MarkKind, Meta, State
from tests.support import rich

PROSE = "این متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد."


def built(text, translated=None, lang="en", state=State.REVIEWED, **meta):
    """The edition of a text whose sentences are translated by the function `translated`."""
    document = Document(
        "statement", SHIPPED["fa"], Meta(**meta), structure.propose(text.split("\n"), SHIPPED["fa"]), "ab" * 32
    )
    units = leverage.extract(document)
    if translated:
        units = tuple(replace(unit, target=translated(unit.source), state=state) for unit in units)
    return alignment.build(document, {lang: Catalogue("statement", "fa", lang, units)})


def html(*args, **kwargs):
    return page.html(built(*args, **kwargs), Design(), release=True)


@pytest.mark.parametrize(
    ("date", "moment", "day"),
    [
        ("2016-10-30", "2016-10-30T00:00:00Z", "2016-10-30"),
        ("2016-10", "2016-10", "2016-10-01"),
        ("2016", "2016", "2016-01-01"),
        ("", "1970-01-01T00:00:00Z", "1970-01-01"),
    ],
)
def test_a_file_is_dated_as_far_as_its_document(date, moment, day):
    job = json.loads(next(pdf.sheets(built("عنوان", str, date=date))).job)
    assert job["html"].count(f'content="{moment}"') == 2
    assert f"<xmp:CreateDate>{moment}</xmp:CreateDate>" in job["rdf"]
    assert job["date"] == day  # of what is attached, which a PDF dates to the second


HOSTILE = '<img src="file:///etc/passwd"><link rel=attachment href=x>&lt;<script>alert(1)</script>'


def test_text_is_text_and_never_markup():
    source = f"{PROSE} {HOSTILE}"
    made = html(f"عنوان\n{source}", lambda text: HOSTILE, issuer=HOSTILE)
    elements = [element.tag for element in weasyprint.HTML(string=made).etree_element.iter()]
    assert not {"img", "script", "link"} & set(elements)
    assert "&lt;img src=" in made


def test_every_direction_is_stated_by_the_language():
    made = html(f"عنوان\n{PROSE}", lambda text: "Text", lang="fr")
    cells = re.findall(r'class="cell column-(\d) (\w+)[^"]*" lang="(\w+)" dir="(\w+)"', made)
    assert set(cells) == {("0", "source", "fa", "rtl"), ("1", "target", "fr", "ltr")}


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


def test_lists_keep_their_markers_in_both_numerals():
    made = html(f"{PROSE}\n۱- نان\n۲- کار", lambda text: "Text")
    assert re.findall(r'class="marker">([^<]*)', made) == ["۱-", "1.", "۲-", "2."]


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


def test_an_editorial_title_stands_in_brackets_and_is_explained():
    made = html(PROSE, lambda text: "Call", editorial_title="فراخوان", issuer="شورا")
    assert re.sub("<[^>]*>", "", re.search("<h1[^>]*>.*?</h1>", made)[0]) == "[فراخوان]"
    assert "The title in square brackets was added by the editors" in made


def colophon(made):
    return re.sub("<[^>]*>|[\u2066-\u2069]", "", made[made.index('class="colophon"') :])


def test_the_colophon_counts_truthfully_in_both_languages():
    one = built(f"عنوان\n{PROSE}", lambda text: "Text")
    machine = built(f"عنوان\n{PROSE}", lambda text: "Text", state=State.MACHINE)
    assert "English: every sentence has been reviewed (2 in all)." in colophon(page.html(one, Design(), release=True))
    assert "انگلیسی: از ۲ جمله، ۰ جمله بازبینی‌شده، ۰ جمله ترجمه‌شده و بازبینی‌نشده، ۲ جمله ترجمۀ ماشینی" in colophon(
        page.html(machine, Design(), release=True)
    )
    assert "not been endorsed by the issuer" in colophon(page.html(one, Design(), release=True))
    assert "ab" * 32 in colophon(page.html(one, Design(), release=True))


@pytest.mark.parametrize("state", [State.DOUBT, State.CHANGED, State.MEMORY])
def test_what_waits_for_review_is_counted_as_in_doubt(state):
    text = colophon(html(f"عنوان\n{PROSE}", lambda text: "Text", state=state))
    assert "0 of 2 sentences reviewed; 0 translated but" in text and "2 marked “to be reviewed”" in text
    assert "A line in the margin marks text that is unfinished" in text


def test_the_colophon_states_the_origin_in_each_language():
    origin = "project translation; not checked by a professional translator or by the issuing organisation"
    one = replace(built(PROSE, lambda text: "Texte", lang="fr"), origins={"fr": origin})
    text = colophon(page.html(one, Design(), release=True))
    assert "établie pour la présente édition, elle n’a été vérifiée ni par un traducteur professionnel" in text
    assert "نه مترجم حرفه‌ای آن را وارسی کرده است" in text


def test_a_sheet_changes_when_and_only_when_the_page_does():
    (one,), (same,) = pdf.sheets(built(PROSE, str.upper)), pdf.sheets(built(PROSE, str.upper))
    (other,) = pdf.sheets(built(PROSE, lambda text: "x"))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def rich_page(**options):
    made = page.html(rich.edition(**options), Design(), release=True)
    return weasyprint.HTML(string=made).etree_element


def cells(made, lang, name):
    return [
        cell
        for row in made.iter("div")
        if name in row.get("class", "").split()
        for cell in row
        if cell.get("lang") == lang
    ]


def words(element):
    return "".join(character for character in "".join(element.itertext()) if not "\u2060" <= character <= "\u2069")


def test_every_mark_is_an_element_in_both_languages():
    (source,) = [cell for cell in cells(rich_page(), "fa", "paragraph") if cell.find(".//strong") is not None]
    found = {
        element.tag: words(element) for element in source.find("p").iter() if element.tag not in ("p", "span", "br")
    }
    assert found == {"strong": "مهم", "em": "نو", "a": "نشانی ما", "sup": "2", "sub": "2O", "code": "run()"}
    (target,) = [cell for cell in cells(rich_page(), "en", "paragraph") if cell.find(".//strong") is not None]
    assert (words(target.find(".//strong")), target.find(".//a").get("href")) == ("mhm", "https://example.org/a")
    assert words(target.find(".//sup")) == "1", "the marker of a note, in the digits of the language"
    assert "ast.1 ab H2O" in words(target)


def test_signs_of_marks_are_never_printed():
    text = words(rich_page().find("body"))
    assert not re.search(r"\{\d|\*\*|\]\{", text)


@pytest.mark.parametrize(
    ("address", "is_link"), [("https://a.example", True), ("javascript:alert(1)", False), ("#x", False)]
)
def test_only_addresses_of_the_web_and_of_mail_become_links(address, is_link):
    one = rich.block(Kind.PARAGRAPH, "این نشانی است.", ("نشانی", MarkKind.LINK, address))
    made = rich_page(blocks=(one,))
    assert [link.get("href") for link in made.iter("a")] == [address] * 2 * is_link


def test_words_of_another_script_in_several_spans_stay_in_their_own_order():
    source = next(cell for cell in cells(rich_page(), "fa", "paragraph") if cell.find(".//sub") is not None)
    runs = [run for run in source.iter("span") if run.get("class") == "apart"]
    assert [(words(run), run.get("dir")) for run in runs] == [("H2O", "ltr"), ("m2", "ltr")]


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
    made = weasyprint.HTML(string=page.html(edition, Design(), release=True)).etree_element
    cell = cells(made, "en", "table")[0].find(".//th")
    assert (cell.get("lang"), cell.get("dir"), words(cell)) == ("fa", "rtl", "شهر")


def test_deeper_items_are_moved_in_and_deeper_headings_are_headings():
    made = rich_page()
    assert [row.get("class") for row in made.iter("div") if "depth" in row.get("class", "")] == [
        "row list-item marked depth-2", "row list-item marked depth-3",
    ]  # fmt: skip
    assert len(list(made.iter("h3"))) == 2


def test_changes_are_of_words_and_unchanged_sentences_keep_their_marks():
    made = rich.edition()
    units = tuple(
        replace(unit, target=made.rows[3].passages[0].units["en"].target.replace("mhm", "tazh"), state=State.REVIEWED)
        if "**" in unit.source and "{" in unit.source
        else replace(unit, target=unit.source.translate(rich.LATIN))
        for unit in leverage.extract(rich.document())
    )
    compared = revision.compare(made, Catalogue("report", "fa", "en", units), "2026-01-02")
    shown = weasyprint.HTML(string=page.html(compared, Design(layout=CHANGES), release=True)).etree_element
    assert [words(gone) for gone in shown.iter("del")] == ["tazh"] and [words(new) for new in shown.iter("ins")] == [
        "mhm"
    ]
    assert {words(strong) for strong in shown.iter("strong")} == {"مهم", "درونی", "drvni"}
