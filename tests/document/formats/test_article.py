"""What of a page is its article, and what stands around it."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _page, _tree, html
from pipeline.document.formats._article import Article
from pipeline.document.lines import patterns
from pipeline.languages import SHIPPED
from pipeline.model import Kind

PROSE = "این بند از بیانیه است که باید خوانده شود و چیزی از آن کم نشود."
BODY = "".join(f"<p>{number} {PROSE}</p>" for number in range(4))
LINKS = "".join(f"<a href='/{number}.html'>صفحه {number}</a> " for number in range(8))


def texts(page: str, base: str = "") -> list[str]:
    article = Article(_page.parsed(page), base)
    return [line.text for line in _tree.shown(article.root, article.aside, article.title()).lines if line.text]


def body(count: int = 4) -> list[str]:
    return [f"{number} {PROSE}" for number in range(count)]


@pytest.mark.parametrize(
    "around",
    [
        f"<nav>{LINKS}</nav>",
        f"<div id='cookie-consent'><p>{PROSE}</p></div>",
        f"<aside><p>{PROSE}</p></aside>",
        f"<div role=navigation>{LINKS}</div>",
        f"<footer><p>{PROSE}</p></footer>",
        f"<section class='related-posts'><p>{PROSE}</p></section>",
        f"<div class='share_buttons'>{LINKS}</div>",
        f"<form><label>{PROSE}</label></form>",
        f"<div hidden><p>{PROSE}</p></div>",
        f"<div id=comments>{BODY}{BODY}{BODY}</div>",
        f"<ol class=comment-list><li><article class=comment>{BODY}{BODY}</article></li></ol>",
        f"<div title=footer><p>{PROSE}</p></div>",
        f"<script>{PROSE}</script><style>p {{}}</style><noscript>{PROSE}</noscript><template>{PROSE}</template>",
    ],
)
def test_what_stands_around_an_article_is_left_out_wherever_it_stands(around):
    assert texts(f"{around}{BODY}") == texts(f"{BODY}{around}") == body()
    assert texts(f"<article>{BODY}{around}</article>") == texts(f"<main>{around}{BODY}</main>") == body()


@pytest.mark.parametrize(
    "page",
    [
        f"<form id=aspnetForm>{BODY}</form>",
        f"<div class=sidebar-left>{BODY}</div>",
        f"<div class='post category-social tag-banner'>{BODY}</div><div id=comments>{BODY}{BODY}{BODY}</div>",
        f"<div class=comments-open><main>{BODY}</main></div>",
        f"<div id=comments><main>{BODY}</main></div>",
        f"<div class='elementor-widget'>{BODY}</div>",
        f"<div class='entry-content'>{BODY}</div><div><p>{PROSE}</p></div>",
        f"<article>{BODY}</article><div>{'<p>دیگر</p>' * 120}</div>",
        f"<div role=main>{BODY}</div><div>{'<p>دیگر</p>' * 120}</div>",
        f"<div itemprop=articleBody>{BODY}</div><p>{PROSE}</p>",
    ],
)
def test_what_holds_the_text_is_the_article_whatever_its_name(page):
    assert texts(page) == body()


@pytest.mark.parametrize("names", ["post category-social tag-ads", "has-sidebar", "note-social"])
def test_what_an_article_is_about_does_not_make_it_furniture(names):
    """On a page with twice as much besides."""
    page = f"<div class='{names}'>{BODY}</div><table>{'<tr><td>نام<td>سال</tr>' * 100}</table>"
    assert texts(page)[:4] == body()


def test_of_several_articles_without_a_main_one_nothing_is_lost():
    page = "".join(f"<article><p>{number} {PROSE}</p></article>" for number in range(4))
    assert texts(page) == body()


def test_on_a_page_whose_names_say_nothing_what_holds_all_prose_and_the_title_is_the_article():
    page = f"<div class=x1>{LINKS}</div><div class=x2><h1>عنوان</h1><p>دیباچه</p>{BODY}</div><div class=x3><h4>پربیننده‌ها</h4></div>"
    assert texts(page) == ["عنوان", "دیباچه", *body()]
    assert texts(page.replace("h1>", "b>"))[-1] == "پربیننده‌ها"


def test_a_reply_is_no_article_whatever_is_in_it():
    replies = f"<ol class=comment-list><li><article>{BODY}{BODY}</article></li></ol>"
    assert texts(f"<main><article>{BODY}</article>{replies}</main>") == body()


@pytest.mark.parametrize(
    ("above", "inside"),
    [("<h1>عنوان</h1>", ""), ("<h1><a href='/'>پایگاه</a></h1>", "<h3 class='post-title entry-title'>عنوان</h3>")],
)
def test_the_title_is_that_of_the_article_and_not_of_the_site(above, inside):
    article = Article(_page.parsed(f"{above}<div class=hentry>{inside}{BODY}</div>"), "https://example.org/1")
    found = _tree.shown(article.root, article.aside, article.title()).lines[0]
    assert (found.paragraph.kind, found.text) == (Kind.TITLE, "عنوان")


def test_the_title_above_the_article_is_read_and_that_of_the_site_is_not():
    page = f"<header class=masthead><h1>پایگاه</h1></header><h1>عنوان</h1><article>{BODY}</article>"
    assert texts(page) == ["عنوان", *body()]


@pytest.mark.parametrize(
    ("bar", "base", "is_left_out"),
    [
        ("<td><a href='index.htm'>خانه</a> | <a href='#'>بالا</a></td>", "", True),
        ("<td><a href='https://e.org/'>خانه</a> | <a href='https://e.org/2'>دو</a></td>", "https://e.org/1", True),
        (
            "<td><a href='https://other.org/'>منبع یک</a> | <a href='https://e.org/2'>دو</a></td>",
            "https://e.org/1",
            False,
        ),
        ("<td><a href='#one'>بند یک</a> | <a href='#two'>بند دو</a></td>", "", False),
        (f"<td><a href='index.htm'>خانه</a> {PROSE}</td>", "", False),
    ],
)
def test_on_pages_that_mark_nothing_bars_of_links_within_the_site_are_left_out(bar, base, is_left_out):
    read = texts(f"<table><tr>{bar}</tr></table>{BODY}", base)
    assert (read == body()) is is_left_out


def test_how_much_is_left_out_is_counted():
    assert Article(_page.parsed(BODY)).left_out == 0
    assert Article(_page.parsed(f"<nav>چهار ها</nav><script>x</script>{BODY}")).left_out == len("چهارها")


def test_of_a_page_that_a_table_parts_into_columns_the_one_with_the_prose_is_the_article():
    column = f"<table><tr><td class=titr>عنوان</td></tr><tr><td>{BODY}</td></tr></table>"
    page = f"<table><tr><td colspan=3><img alt='نشان سازمان'></td></tr><tr><td>بخش‌ها</td><td>{column}</td><td>تازه‌ها</td></tr><tr><td colspan=3>حق چاپ</td></tr></table>"
    assert texts(page) == ["عنوان", *body()]


def test_from_a_label_on_what_stands_below_an_article_is_left_out():
    furniture = patterns(SHIPPED["fa"]).furniture
    below = "<div><b>نظرها (۲)</b><br>بهرام: دمتان گرم.</div><p>سارا: ما هم.</p>"
    page = _page.parsed(f"<article>{BODY}{below}</article>")
    found = Article(page, "", furniture)
    assert [line.text for line in _tree.shown(found.root, found.aside).lines] == body()
    page = _page.parsed(f"<article><h2>نظرها</h2>{BODY}</article>")
    found = Article(page, "", furniture)
    assert [line.text for line in _tree.shown(found.root, found.aside).lines] == ["نظرها", *body()]


def test_links_above_the_title_of_an_article_are_no_part_of_it_and_those_below_are():
    page = f"<article><div><a href='/topics'>حقوق کار</a></div><h1>عنوان</h1>{BODY}<p><a href='/2'>متن کامل</a></p></article>"
    assert texts(page) == ["عنوان", *body(), "متن کامل"]


@pytest.mark.parametrize(
    "heading", ["<h2 itemprop=headline>عنوان</h2>", "<h2>عنوان</h2>", "<div><h3 class=post-title>عنوان</h3></div>"]
)
def test_a_heading_that_names_the_page_is_its_title(heading):
    for page in (f"{heading}<article>{BODY}</article>", f"<article>{heading}{BODY}</article>"):
        article = Article(_page.parsed(f"<title>عنوان « پایگاه</title><h1><a href='/'>پایگاه</a></h1>{page}"))
        found = _tree.shown(article.root, article.aside, article.title()).lines
        assert (found[0].paragraph.kind, found[0].text) == (Kind.TITLE, "عنوان")


def test_words_beside_an_article_are_read_where_they_are_not_also_in_it():
    beside = "<aside>دیوارها گوش دارند.</aside>"
    found = Article(_page.parsed(f"<article>{BODY}{beside}</article>"))
    assert _tree.shown(found.root, found.aside).lines[-1].paragraph.kind is Kind.QUOTATION
    assert texts(f"<article>{BODY}<p>گفت: دیوارها گوش دارند.</p>{beside}</article>")[-1] == "گفت: دیوارها گوش دارند."
    assert texts(f"<article>{BODY}<aside><a href='/2'>بیشتر</a></aside></article>") == body()


@pytest.mark.parametrize(
    "section",
    [
        "<section id=share-of-women><h2>Share of women</h2>{}</section>",
        "<div id=social-rights class='section level2'><h2>Social rights</h2>{}</div>",
        "<h2 id=Related_laws>Related laws</h2>{}",
        "<h2><a class=toc-backref href='#t'>Comments on the law</a></h2>{}",
    ],
)
def test_what_is_called_as_its_heading_is_text(section):
    """Programs make such ids of headings."""
    words = "It is low, as everybody knows, and has been for long."
    page = html.read(
        f"<main><h1>Law</h1><p>{words * 5}</p>{section.format(f'<p>{words}</p>')}</main>".encode(),
        "d",
        SHIPPED["en"],
        Corrections(),
    )
    kinds = [block.kind for block in page.blocks]
    assert kinds == [Kind.TITLE, Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]


@pytest.mark.parametrize("label", ["Related posts", "Comments"])
def test_what_is_called_as_its_label_stands_around(label):
    called = label.lower().replace(" ", "-")
    page = f"<main><h1>Law</h1><p>{'This is prose of it. ' * 9}</p><section id={called}><h2>{label}</h2><p>Others.</p></section><p>{'More. ' * 40}</p></main>"
    document = html.read(page.encode(), "d", SHIPPED["en"], Corrections())
    assert "Others." not in " ".join(block.text for block in document.blocks)
