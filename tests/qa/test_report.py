"""The findings as a page."""

import re

import pytest
from lxml import html

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Finding, Location, Severity, State, Unit
from pipeline.qa import report

UNIT = Unit("paragraph", "۳۷ نفر", "38 people", State.REVIEWED)


def page(*severities: Severity) -> str:
    findings = tuple(Finding("numbers", severity, UNIT, f"{severity}!") for severity in severities)
    catalogue = Catalogue("statement", "fa", "en", (UNIT,))
    return report.html("Statements", [report.Result("statement", "en", catalogue, findings)], SHIPPED)


@pytest.mark.parametrize(
    "order", [(Severity.WARNING, Severity.ERROR), (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
)
def test_a_sentence_is_marked_by_the_worst_that_was_found_in_it(order):
    assert re.search(r'<a href="#r1-1" class="reviewed error" title="1: reviewed, error">', page(*order))


def test_a_warning_is_no_error():
    assert 'class="reviewed warning"' in page(Severity.NOTE, Severity.WARNING)


def test_each_side_is_written_in_its_own_direction():
    assert '<div lang="en" dir="ltr">38 people</div><div lang="fa" dir="rtl">۳۷ نفر</div>' in page(Severity.ERROR)


OTHERS = (
    Unit("paragraph", "نان", "bread", State.MACHINE, locations=(Location(3), Location(7, "کار")), line=12),
    Unit("paragraph", "PPF", "PPF", State.COPIED),
    Unit("paragraph", "کار <b>", "", State.UNTRANSLATED),
)


@pytest.fixture
def tree():
    """The page of two documents, the first with two findings in one sentence and one in another."""
    found = (
        Finding("numbers", Severity.NOTE, UNIT, "37 & more", "37", suggestion="38"),
        Finding("terms", Severity.WARNING, UNIT, "no term", "38"),
        Finding("length", Severity.ERROR, OTHERS[0], "too <short>"),
    )
    results = [
        report.Result(
            "first", "en", Catalogue("first", "fa", "en", (UNIT, *OTHERS)), found, 0, "translations/en/first.po"
        ),
        report.Result("second", "fr", Catalogue("second", "fa", "fr", ()), ()),
    ]
    return html.fromstring(report.html("Statements & more", results, SHIPPED))


def test_a_page_without_a_title_names_nothing_else():
    root = html.document_fromstring(report.html("", [], {}))
    assert root.findtext("head/title") == root.findtext("body/h1") == "Translations checked"


def test_a_page_says_what_it_is_in_which_letters_and_fits_a_telephone(tree):
    assert tree.findtext("head/title") == tree.findtext("body/h1") == "Statements & more: translations checked"
    assert tree.find("head/meta[@charset]").get("charset") == "utf-8"
    assert tree.find("head/meta[@name='viewport']").get("content") == "width=device-width"
    assert ".reviewed" in tree.findtext("head/style")
    assert not tree.xpath("//script | //link | //@src")


def test_no_service_of_a_browser_is_given_the_texts(tree):
    assert tree.get("translate") == "no" and tree.find("head/meta[@name='google']").get("content") == "notranslate"


def test_a_key_explains_every_colour_once(tree):
    key = tree.find("body/p[@class='key']")
    assert [(span.get("class"), span.text) for span in key] == [
        (state.value, text) for state, text in report.STATES.items() if state is not State.COPIED
    ]
    assert key.text_content().endswith(" An outline marks a finding; red is an error.")


def test_every_class_of_the_page_has_a_style(tree):
    style = tree.findtext("head/style")
    used = {name for names in tree.xpath("//@class") for name in names.split()} - {"note"}
    assert {name for name in used if f".{name}" not in style} == set()


def test_progress_is_told_and_drawn(tree):
    first, second = tree.findall("body/section")
    assert first.findtext("h2") == "first · en" and second.findtext("h2") == "second · fr"
    assert first.findtext("p") == "2 of 4 units reviewed, 3 findings"
    assert second.findtext("p") == "0 of 0 units reviewed, 0 findings"
    (bar,) = first.find_class("bar")
    assert (bar.get("role"), bar.get("aria-label")) == ("img", "2 of 4 units reviewed, 3 findings")
    assert [(part.get("class"), part.get("style")) for part in bar] == [
        (state, "width:25.00%") for state in ("reviewed", "copied", "machine", "untranslated")
    ]
    assert not len(second.find_class("bar")[0])


def test_every_sentence_has_a_cell_that_leads_to_what_was_found(tree):
    (cells,) = tree.find("body/section").find_class("cells")
    assert [(cell.tag, cell.get("href"), cell.get("class"), cell.get("title")) for cell in cells] == [
        ("a", "#r1-1", "reviewed warning", "1: reviewed, warning"),
        ("a", "#r1-2", "machine error", "2: machine, not reviewed, error"),
        ("span", None, "copied", "3: copied"),
        ("span", None, "untranslated", "4: untranslated"),
    ]


def test_a_sentence_has_one_card_with_all_that_was_found_and_where_it_stands(tree):
    first, second = tree.find_class("finding")
    assert [one.get("id") for one in (first, second)] == ["r1-1", "r1-2"]
    assert [what.text_content().strip() for what in first.find_class("what")] == [
        "note numbers: 37 & more → 38",
        "warning terms: no term",
    ]
    assert [what.text_content().strip() for what in second.find_class("what")] == ["error length: too <short>"]
    assert second.find_class("where")[0].text == "line 3, line 7, under «کار» · translations/en/first.po:12"
    (sides,) = second.find_class("sides")
    assert [(side.get("lang"), side.get("dir"), side.text) for side in sides] == [
        ("en", "ltr", "bread"),
        ("fa", "rtl", "نان"),
    ]


def test_a_card_says_what_would_accept_it_and_marks_the_words_it_is_about(tree):
    first, _ = tree.find_class("finding")
    assert [code.text for code in first.findall(".//code")] == ["# check: numbers ok — why", "# check: terms ok — why"]
    assert [mark.text for mark in first.findall(".//mark")] == ["38", "۳۷"]
    assert first.find_class("sides")[0].text_content() == "38 people۳۷ نفر"


def test_untranslated_sentences_are_counted_and_have_no_card():
    found = tuple(Finding("untranslated", Severity.ERROR, unit, "not translated") for unit in OTHERS[1:])
    result = report.Result("first", "en", Catalogue("first", "fa", "en", OTHERS), found)
    tree = html.fromstring(report.html("x", [result], SHIPPED))
    assert "2 sentences are not translated." in tree.text_content() and not tree.find_class("finding")
    assert report.untranslated(found[:1]) == "1 sentence is not translated" and report.untranslated([]) == ""


@pytest.mark.parametrize("comment", ["read: Sara and 900 45 678", "check: Sara ok"])
def test_a_comment_that_is_not_printed_is_not_quoted(comment):
    """The report is handed on, and a comment may name a person; what is said of it stands there all the same."""
    unit = Unit("paragraph", "نان", "bread", State.TRANSLATED, notes=(comment, "note: for everybody"))
    about = [
        Finding("comments", Severity.WARNING, unit, f"the comment «{note}» says nothing", note) for note in unit.notes
    ]
    found = report.Result("statement", "en", Catalogue("statement", "fa", "en", (unit,)), tuple(about))
    text = html.fromstring(report.html("x", [found], SHIPPED)).text_content()
    assert "Sara" not in text and "678" not in text and "the comment «…» says nothing" in text
    assert "the comment «note: for everybody» says nothing" in text
