"""A text in Markdown, as other programs read it."""

import re

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.model import Kind
from pipeline.publication.formats import markdown
from tests.support import rich
from tests.support.published import PUBLISHER, published

READER = MarkdownIt("commonmark").enable("table").use(footnote_plugin)


def html(one):
    return READER.render(markdown.made(one, PUBLISHER).decode().split("\n---\n", 1)[1])


def words(text):
    return " ".join(re.sub("<[^>]*>", " ", text).split())


def test_a_text_is_read_as_it_is():
    made = html(published("en"))
    assert "<h1>gzarc sal</h1>" in made and "<h2>madh ۱ kargran</h2>" in made
    assert '<strong>mhm</strong> v <em>nv</em> dr <a href="https://example.org/a">ncani ma</a>' in made
    assert "H<sub>2O</sub>" in made and "<code>run()</code>" in made
    assert re.search(r"<li>\s*<p>1\. mvrd nkst</p>\s*<ul>\s*<li>\s*<p>• mvrd <strong>drvni</strong></p>\s*<ul>", made)
    assert "<th>cmar kargran</th>" in made and "<td>۳۴</td>" in made
    assert "kiaban ik<br />\nchr dv" in made and "rza ahmdi<br />\ndbir" in made
    assert made.count('class="footnote-item"') == 2


@pytest.mark.parametrize(
    "text",
    [
        "# heading", "- item", "1. item", "12) item", "> quotation", "*stars* _lines_ `code` ~~out~~", "[a](/evil)",
        "<b>bold</b> &amp; &lt;", "a | b", "---", "===", "+ plus", "![x](y)", "[^1]: note", "\\* back", "    code", "[b]: /evil", "<mailto:a>", "$x$ ==y==", "a  b", "~~~", "{{ site.secret }}", "{% include x %}", "{::nomarkdown}", ": meaning", "::: box", "{#id} {.class} {=html}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTATION])
def test_signs_of_a_text_are_signs(text, kind):
    one = published("fa", rich.edition(blocks=(rich.BLOCKS[0], rich.block(kind, text, depth=kind is Kind.LIST_ITEM))))
    made = html(one)
    plain = "<".join(words(made).split("&lt;")).replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert " ".join(text.split()) in plain
    assert not re.search("<(b|em|strong|code|a|img|del|table|pre|h2|ol|hr)[ >]", made.split("<hr")[0])


def test_no_program_that_makes_sites_finds_code_of_its_own_in_a_text():
    """Liquid and Nunjucks look for these before Markdown is read, Hugo for its shortcodes."""
    text = "a {{ site.secret }} {%- include x -%} {{< raw >}} {{% figure %}} {# b #}"
    one = published("fa", rich.edition(blocks=(rich.BLOCKS[0], rich.block(Kind.PARAGRAPH, text))))
    body = markdown.made(one, PUBLISHER).decode().split("\n---\n", 1)[1]
    assert text not in body and not re.search(r"\{[{%#]", body)
