"""Text as it is printed: whole words, other scripts set apart, addresses as links, changes marked."""

import json
import re
from dataclasses import replace
from xml.etree.ElementTree import Element, tostring

import pytest

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.edition.design import CHANGES, Design
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import composition
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Mark, MarkKind
from tests.support.pages import PROSE, built, html


def test_no_line_ends_inside_a_persian_word_and_no_double_space_is_printed():
    made = html(
        "سازمان های ما می گویند که نمی توانند  در\u00a0 خانه\u00a0\u00a0بمانند و این را همه می دانند.",
        lambda text: "Text",
    )
    assert "سازمان\u00a0های ما می\u00a0گویند که نمی\u00a0توانند در خانه بمانند" in made


def test_telephone_numbers_are_set_apart_on_one_line_and_words_stand_as_they_are():
    made = html(f"{PROSE}\nنسخه Unicode 15.1 و شماره ۵۱۴ ۲۵۸ ۸۱۸۶ است.", lambda text: "In Persian: سلام دنیا.")
    assert "نسخه Unicode 15.1 و شماره" in made and "In Persian: سلام دنیا." in made
    assert "\u2066۵۱۴\u00a0۲۵۸\u00a0۸۱۸۶\u2069" in made


def test_what_changed_is_marked_in_both_columns():
    old = built("عنوان\nاین جمله کهنه است و می ماند.\n\nاین جمله رفته است.\n\nاین آخری است.", lambda t: f"T {t[4:8]}")
    units = tuple(replace(unit, target=f"Old {index}") for index, unit in enumerate(leverage.extract(old.document)))
    new = built("عنوان\nاین جمله نو است و می ماند.\n\nاین یکی آمده است تا بماند.\n\nاین آخری است.", lambda t: "New")
    made = revision.compare(new, Catalogue("statement", "fa", "en", units), "2026-01-01")
    (sheet,) = pdf.sheets(made, Design(CHANGES), release=True)
    html = json.loads(sheet.job)["html"]
    marked = {tag: re.findall(f"<{tag}[ >][^>]*>(.*?)</{tag}>", html) for tag in ("del", "ins")}
    assert {"کهنه", "این جمله رفته است.", "Old 1", "Old 2"} <= set(marked["del"])
    assert {"نو", "این یکی آمده است تا بماند.", "New"} <= set(marked["ins"])
    assert "since the version of" in html


def printed(text, lang="en"):
    line = Element("p")
    composition.marked(line, text, SHIPPED[lang], None)
    return line


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("write to a@example.org, or see www.example.org", ["mailto:a@example.org", "https://www.example.org"]),
        ("http://example.org/x?a=1&b=2", ["http://example.org/x?a=1&b=2"]),
        ("javascript:alert(1) data:text/html,x file:///etc/passwd", []),
        (f"https://example.org/{'a' * composition.LONGEST_LINK}", []),
    ],
)
def test_an_address_is_a_link_and_nothing_else_is(text, links):
    line = printed(text)
    assert [link.get("href") for link in line.iter("a")] == links
    assert re.sub("[\u200b\u200e]", "", "".join(line.itertext())) == text


def test_nothing_in_a_text_turns_or_breaks_what_stands_around_it():
    made = tostring(printed("one \u202etwo\u2066 <b>three</b>\x07 \ud800four", "en"), encoding="unicode")
    assert made == "<p>one two &lt;b&gt;three&lt;/b&gt;\ufffd \ufffdfour</p>"


def test_a_word_without_end_has_places_to_break_it():
    for text, most in (("a" * 100, 30), ("\ufffd\u00a0" * 500, 60)):
        line = printed(text)
        assert max(map(len, line.text.split("\u200b"))) <= most and line.text.replace("\u200b", "") == text


def test_marks_of_a_reworded_sentence_survive_and_a_listener_hears_what_changed():
    line = Element("p")
    signs = (Mark(0, 0, MarkKind.LINK, "https://a.example"), Mark(0, 0, MarkKind.NOTE, "1"))
    composition.reworded(line, "An old word here", "An **new** word [here too]{1}{2}", SHIPPED["en"], signs)
    made = tostring(line, encoding="unicode").replace("\u200b", "").replace("\u2060", "")
    assert made == (
        '<p>An <del data-spoken="[removed: old]">old</del> <ins data-spoken="[added: new]"><strong>new</strong></ins> word '
        '<a href="https://a.example">here</a> <ins data-spoken="[added: too]"><a href="https://a.example">too</a>'
        '<sup class="reference">1</sup></ins></p>'
    )


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("sv", "De är 12 500 och 1 250 000.", "De är 12\u00a0500 och \u20661\u00a0250\u00a0000\u2069."),
        ("az", "2024 ildə 3500 nəfər", "2024 ildə 3500 nəfər"),
        ("es", "En 1990 200 personas", "En 1990 200 personas"),
        ("sv", "1 maj 2024 5 1234", "1 maj 2024 5 1234"),
    ],
)
def test_no_line_ends_inside_a_number_of_a_language_that_parts_thousands_by_spaces(lang, text, expected):
    line = Element("p")
    composition.compose(line, text, SHIPPED[lang])
    assert "".join(line.itertext()) == expected


def test_a_long_address_goes_on_behind_a_stroke_and_never_behind_a_hyphen():
    address = "https://www.example.org/documents/2024/annual-report-on-workers.html?lang=fa#chapter-2"
    (link,) = printed(f"see {address} there", "en").iter("a")
    parts = link.text.split("\u200b")
    assert "".join(parts) == address and len(parts) > 8
    assert not any(part.endswith("-") for part in parts) and "documents/" in parts and "-report" in parts
    (short,) = printed("write to info@example.org", "en").iter("a")
    assert short.text == "info@example.org"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("dire «\u00a0non\u00a0» et « oui »", "fr", "dire «\u202fnon\u202f» et «\u202foui\u202f»"),
        ("dire «non» aux maîtres", "fr", "dire «non» aux maîtres"),
        ("گفت « نه » و رفت", "fa", "گفت « نه » و رفت"),
    ],
)
def test_the_space_inside_quotation_marks_grows_with_no_line_where_a_language_has_one(text, lang, expected):
    assert "".join(printed(text, lang).itertext()) == expected
