"""Pages are read from the tree that browsers build, whatever their markup forgets."""

import random

import pytest

from pipeline.document.formats import _html5
from pipeline.office.archive import OfficeError

PIECES = (
    *(f"<{tag}>" for tag in ("p", "div", "b", "i", "a href=x", "font color=red", "table", "tr", "td", "ul", "li", "h2", "span", "s", "section")),
    *(f"</{tag}>" for tag in ("p", "div", "b", "i", "a", "font", "table", "tr", "td", "ul", "li", "h2", "span", "s", "section", "html", "body")),
    "<br>", "<hr/>", "<embed src=x>", "<svg><path/></svg>", "<select><option>x</select>", "<!-- c -->", "<button>", "<dl><dt>x<dd>y",
    "<math><mi>x</mi></math>", "<caption>", "<tbody>", "<center>", "<nobr>", "<address>", "<template><p>t</template>", "<body class=y>",
    "<o:p></o:p>", "<p/>", "&amp;", "&nbsp", "&#128;", " ", "\n",
)  # fmt: skip

TREES = """pages => pages.map(page => {
  const tree = node => {
    const found = [];
    for (const child of [...(node.content ? node.content.childNodes : []), ...node.childNodes]) {
      if (child.nodeType === Node.TEXT_NODE) {
        if (typeof found[found.length - 1] === "string") found[found.length - 1] += child.data;
        else found.push(child.data);
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        found.push([child.nodeName.toLowerCase(), ...tree(child)]);
      }
    }
    return found.filter(one => one !== "");
  };
  return tree(new DOMParser().parseFromString(page, "text/html"))[0];
})"""


def plain(element) -> list:
    inside = [element.text or ""]
    for child in element:
        inside += [plain(child), child.tail or ""]
    return [element.tag, *(one for one in inside if one)]


def test_random_broken_markup_has_the_tree_of_chromium(browser):
    chosen = random.Random(5)
    pages = ["".join(f"{chosen.choice(PIECES)}w{n}" for n in range(chosen.randint(3, 30))) for _ in range(400)]
    page = browser.new_page()
    theirs = page.evaluate(TREES, pages)
    page.close()
    differing = [
        (text, ours, its)
        for text, its in zip(pages, theirs, strict=True)
        if (ours := plain(_html5.tree(text, 9_999))) != its
    ]
    assert differing == []


def test_attributes_and_names_are_kept_as_pages_write_them():
    root = _html5.tree('<html lang=fa><p ID=A epub:type="note" hidden x"y=1>a<epub:case>b</epub:case><a"b>c', 99)
    [p] = root.iter("p")
    assert dict(p.attrib) == {"id": "A", "epub:type": "note", "hidden": "", 'x"y': "1"}
    assert root.get("lang") == "fa" and [one.tag for one in p] == ["epub:case", "a_b"]


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 300,
        "<div>" * 200_000,
        "<b>" * 300 + "x",
        "".join(f"<font color=c{n}>" for n in range(20_000)) + "<p>x" * 20_000,
        "<p>" + "<i><u>" * 150 + "<p>x" * 1_000,
        "<table><td>" * 11_000,
        "<ul>" * 2_000 + "</x>" * 2_000,
        "<rt>" * 20_000,
        "<optgroup>" * 20_000,
        "".join(f"<body a{n}=1>" for n in range(20_000)),
    ],
)
def test_what_would_cost_the_square_of_its_length_is_refused(text):
    with pytest.raises(OfficeError, match="too deep in each other"):
        _html5.tree(text, 600_000)


def test_paragraphs_that_forget_to_close_their_styles_are_read():
    text = "<p><font color=red><b>one" * 2_000 + "<table><td><span>two</table>" * 50
    assert len(list(_html5.tree(text, 600_000).iter("p"))) == 2_000


def test_more_elements_than_are_wanted_are_refused():
    with pytest.raises(OfficeError):
        _html5.tree("<br>" * 100, 50)


def test_names_of_any_characters_are_read():
    """Templates, and programs that write into pages, name attributes as they like."""
    signs = [chr(code) for code in (*range(0x80), 0xAD, 0x200C, 0x202E, 0xFDD0, 0x1FFFE, 0xE0001)]
    for sign in signs:
        for page in (
            f"<p a{sign}b=1>x",
            f"<p {sign}=1>x",
            f"<p {sign}a>x",
            f"<a{sign}b>x",
            f"<{sign}>x",
            f"</{sign}>x",
            f"&{sign};x",
        ):
            assert "x" in "".join(_html5.tree(page, 99).itertext()), repr(sign)


def test_a_form_feed_is_a_space_and_what_no_text_can_have_is_left_out():
    root = _html5.tree("<p title='a\fb&#12;c&#1;d'>a\fb&#12;c&#xFFFF;d\x0ee", 99)
    assert ["".join(root.itertext()), *(one.get("title") for one in root.iter("p"))] == ["a b cde", "a b cd"]
