"""What is found wrong in a section, whoever spoilt it."""

import pytest

from tests.support import growth, sections

PAGE = "en/report/index.html"


@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        (PAGE, '<a href="../../en/index.html"', '<a href="../../en/none.html"', "leads to nothing: ../../en/none.html"),
        (PAGE, "#note-en-14", "#note-en-99", "leads to no place of a page: #note-en-99"),
        (PAGE, "</main>", "<img src=x.png alt=''></main>", "no alternative text"),
        (PAGE, "</main>", '<p id="text"></main>', "2 elements have the id 'text'"),
        (PAGE, '<html lang="en" dir="ltr">', "<html>", "says no language"),
        (PAGE, '<html lang="en" dir="ltr">', '<html lang="en">', "says no direction"),
        (PAGE, "</article>", "</p></div></article>", "not HTML: "),
        (PAGE, "</main>", '<script src="https://evil.example/x.js"></script></main>', "loads something from elsewhere"),
        (PAGE, "</main>", '<p style="color: red">x</p></main>', "a style of its own"),
        (PAGE, "</main>", '<a href="./"></a></main>', "a link has no words"),
        (PAGE, "<h1", "<h2", "has no main heading"),
        ("fr/report/index.html", "/en/report/", "/en/", "its version in en does not lead back to it"),
        (
            "assets/style.css",
            "body {",
            "body { background: url(http://evil.example/a.png);",
            "loads something from elsewhere",
        ),
        ("assets/fonts.css", "serif-400.woff2", "serif.woff2", "leads to nothing: fonts/serif.woff2"),
        ("feeds/en.xml", "</feed>", "", "not XML"),
        ("feeds/en.xml", "<id>", "<nid>", "not"),
        ("feeds/en.json", '"items"', '"things"', "not a JSON feed"),
        ("sitemaps/en.xml", "/en/report/</loc>", "/en/reports/</loc>", "leads to nothing"),
    ],
)
def test_a_fault_is_found_where_it_is(path, before, after, said):
    files = dict(sections.usual())
    assert before.encode() in files[path]
    files[path] = files[path].replace(before.encode(), after.encode())
    found = sections.faults(files)
    assert any(fault.startswith(path) and said in fault for fault in found), found


def test_a_fault_says_its_line():
    files = dict(sections.usual())
    files[PAGE] = files[PAGE].replace(b"</main>", b"<a href='gone.pdf'>x</a></main>")
    line = files[PAGE][: files[PAGE].index(b"gone.pdf")].count(b"\n") + 1
    assert f"{PAGE}:{line}: leads to nothing: gone.pdf" in sections.faults(files)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"<html><frameset>", b"<a href='http://[x'>x</a>", b"<" * 5000]
)
def test_any_bytes_are_a_page_with_faults(content):
    assert sections.faults({"a.html": content}) != []


def test_a_piece_for_another_system_is_no_page_of_the_section():
    whole = dict(sections.usual())
    piece = {"en/report/report.fragment.html": b"---\nlang: en\n---\n<h2>x</h2>"}
    assert sections.faults(whole | piece) == sections.faults(whole)


def _page(body: bytes) -> dict[str, bytes]:
    begin = b'<!doctype html><html lang="en" dir="ltr"><head><title>x</title></head><body><main><h1>x</h1>'
    return {"en/a.html": begin + body}


MANY = {
    "links to nothing": lambda n: _page(b"".join(b"<a href='g&amp;%d.pdf'>x</a>\n" % one for one in range(n))),
    "elements in each other": lambda n: _page(b"<ul><li>" * n),
    "links in each other": lambda n: _page(b"<a href=#x><object>" * n),
    "emphasis that is not closed": lambda n: _page(b"".join(b"<b id=x%d><p>x" % one for one in range(n))),
    "pictures in a style sheet": lambda n: {"a.css": b"".join(b"a{b:url(x%d)}\n" % one for one in range(n))},
}


@pytest.mark.parametrize("name", MANY)
def test_a_section_takes_no_more_than_it_is_long(name):
    assert not growth.is_steep(sections.faults, MANY[name], 4000)


def test_all_links_to_nothing_are_told_and_the_first_with_their_lines():
    found = sections.faults(_page(b"".join(b"\n<a href='g%d.pdf'>x</a>" % one for one in range(1500))))
    dead = [fault for fault in found if "leads to nothing" in fault]
    assert len(dead) == 1500
    assert "en/a.html:1001: leads to nothing: g999.pdf" in dead


def test_a_page_of_elements_in_each_other_is_told_of_and_the_others_are_looked_at():
    whole = dict(sections.usual())
    deep = {"en/a.html": b"<!doctype html>" + b"<div>" * 600}
    assert [*deep] == [fault.split(":")[0] for fault in sections.faults(whole | deep)]
