"""Rules that can apply to a page are kept, all others left out: no page looks otherwise."""

import pytest
import weasyprint

from pipeline.edition.render.pdf import applying, child

PAGE = '<html><body class="wide"><h1>A</h1><p class="lead first">B</p><p class=\'late\'>C <em>D</em></p></body></html>'


def test_a_page_names_its_elements_and_classes():
    assert applying.names(PAGE) == {*["html", "body", "h1", "p", "em", ".wide", ".lead", ".first", ".late"]}


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("p { a: b }", "p { a: b }"),
        ("blockquote { a: b }", ""),
        ("h1, h2,\n.lead.first { a: b }", "h1,\n.lead.first { a: b }"),
        (".lead.second, .wide .lost { a: b }", ""),
        (".wide > p + p em::before { a: b }", ".wide > p + p em::before { a: b }"),
        (".wide > p + q::before { a: b }", ""),
        ('[lang][dir="q r"] { a: b }', '[lang][dir="q r"] { a: b }'),
        (":link, ins:hover { a: b }", ":link{ a: b }"),
        ("p:not(.lost) { a: b }", "p:not(.lost) { a: b }"),
        ("q:not(.lost, :is(p, em)) { a: b }", ""),
        (":is(p, q) em { a: b }", ":is(p, q) em { a: b }"),
        ("* { a: b } .lost * { a: b }", "* { a: b }"),
        ("/* q */ p { a: b /* } */ } /* , */", "p { a: b  }"),
        ('p { content: "q" } q { content: "p" }', 'p { content: "q" }'),
        ("@page { @footnote { a: b } c: d }", "@page { @footnote { a: b } c: d }"),
        ("@counter-style one { symbols: x } p { content: counter(page, one) }", None),
        ("@counter-style one { symbols: x }", ""),
    ],
)
def test_a_rule_is_kept_when_all_that_it_names_is_on_the_page(rule, kept):
    assert applying.rules(rule, applying.names(PAGE)).strip() == (rule if kept is None else kept)


def test_what_browsers_know_of_usual_elements_is_kept_whole():
    page = "".join(f"<{name}/>" for name in sorted(applying.USUAL))
    known = applying.rules(weasyprint.html.UA, applying.USUAL)
    styled = [styles(page, css) for css in (weasyprint.html.UA, known)]
    assert styled[0] == styled[1] != styles(page, "")


def styles(page, css):
    """Return the values of the rules that apply to each element of a page."""
    matcher = weasyprint.CSS(string=css, counter_style={}).matcher
    return {
        element.etree_element.tag: [(pseudo, repr(values)) for _, _, pseudo, values in matcher.match(element)]
        for element in child._page(f"<html>{page}</html>", None).wrapper_element.iter_subtree()
    }


def test_an_element_that_pages_do_not_have_is_not_usual():
    assert applying.is_usual(frozenset(("p", ".marquee"))) and not applying.is_usual(frozenset(("p", "marquee")))
