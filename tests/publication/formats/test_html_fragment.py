"""A piece of a page for content management systems."""

from dataclasses import replace

from tinyhtml5.parser import HTMLParser

from pipeline.model import Provenance
from pipeline.publication import Standing
from pipeline.publication.formats import html_fragment
from tests.support.published import PUBLISHER, published


def fragment(one):
    return html_fragment.made(one, PUBLISHER).decode().split("\n---\n", 1)[1]


def test_it_is_a_valid_piece_that_says_its_language():
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(f"<!doctype html><title>x</title>{fragment(published('fa'))}")
    assert parser.errors == []
    article = root.find("body/article")
    assert (article.get("lang"), article.get("dir")) == ("fa", "rtl")
    assert len(article.findall("footer/p")) == len(published("fa").text.colophon) > 0


def test_words_of_a_text_are_words():
    one = published("en")
    text = replace(one.text, title="<script>", title_is_editorial=True, colophon=("<b>&amp;",))
    made = fragment(replace(one, text=text))
    assert "[&lt;script&gt;]" in made and "<p>&lt;b&gt;&amp;amp;</p>" in made


def test_a_browser_that_opens_the_file_itself_finds_no_element_in_what_stands_before_the_text():
    tag = "</p><script>document.body.innerHTML = 1</script><svg onload=x>"
    one = replace(published("en"), issuer=tag, topics=(tag,), provenance=Provenance(f"https://example.org/{tag}"))
    made = html_fragment.made(replace(one, text=replace(one.text, title=tag)), PUBLISHER).decode()
    root = HTMLParser(namespace_html_elements=False).parse(made)
    assert [one.tag for one in root.find("body")] == ["article"] and root.find(".//script") is None


def test_a_stale_text_says_so():
    assert fragment(published("en", standing=Standing.STALE)).count("has changed since") == 1


def test_no_program_that_makes_sites_finds_code_of_its_own_in_a_text():
    one = published("en")
    made = fragment(replace(one, text=replace(one.text, title="{{ site.secret }} {% x %}", title_is_editorial=True)))
    parser = HTMLParser(namespace_html_elements=False)
    assert "{" not in made and "}" not in made
    assert "[{{ site.secret }} {% x %}]" in "".join(parser.parse(f"<!doctype html><title>x</title>{made}").itertext())
