"""Pages as sites and programs write them, from the bytes on."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import html
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support import pandoc

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0035)https://kanun.example.org/bayaniye/ -->
<html lang="fa-IR" dir="rtl"><head><meta charset="utf-8"><title>بیانیه – کانون</title>
<script>document.write("نه")</script></head>
<body class="post-template">
<header class="site-header"><nav><ul><li><a href="/">خانه</a></li><li><a href="/about">درباره</a></li></ul></nav></header>
<div class="cookie-notice">این پایگاه کوکی می‌گذارد. <button>پذیرفتن</button></div>
<main><article class="post">
<h1>بیانیهٔ کانون صنفی معلمان</h1>
<p class="meta">۱۳ مهر ۱۴۰۲ <a href="#comments">۲ دیدگاه</a></p>
<p>همکاران گرامی، می‌دانیم که <strong>هیچ‌کس</strong> تنها نیست<sup id="r1"><a href="#n1">۱</a></sup> و <a href="../asnad/">این سند</a> را خوانده است.</p>
<h2>خواسته‌های ما</h2>
<ol><li>آزادی معلمان زندانی؛<ul><li>بی‌قید و شرط</li></ul></li><li>آموزش رایگان.</li></ol>
<blockquote><p>«ما ایستاده‌ایم.»</p></blockquote>
<table><caption>جدول ۱: احکام</caption><thead><tr><th>نام</th><th>حکم</th></tr></thead><tbody><tr><td>سارا</td><td>۵ سال</td></tr></tbody></table>
<figure><img src="data:image/png;base64,AAAA" alt="معلمان در برابر مجلس"><figcaption>تجمع ۱۳ مهر</figcaption></figure>
<div class="share">هم‌رسانی: <a href="https://t.example.org">تلگرام</a></div>
<section class="footnotes"><ol><li id="n1">نک. آیین‌نامه. <a href="#r1">↩</a></li></ol></section>
</article></main>
<aside><h3>خبرهای دیگر</h3><p>خبری که ربطی به این بیانیه ندارد.</p></aside>
<section id="comments"><h2>دیدگاه‌ها</h2><p>آفرین بر شما که ایستاده‌اید و می‌مانید.</p></section>
<footer>همه حقوق محفوظ است.</footer></body></html>
"""


def read(content: bytes):
    return html.read(content, "d", SHIPPED["fa"], Corrections())


@pytest.fixture(scope="module")
def document():
    return read(PAGE.encode())


def test_a_saved_page_is_its_article(document):
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.TITLE, "بیانیهٔ کانون صنفی معلمان"),
        (Kind.DATE, "۱۳ مهر ۱۴۰۲"),
        (Kind.PARAGRAPH, "همکاران گرامی، می‌دانیم که هیچ‌کس تنها نیست و این سند را خوانده است."),
        (Kind.HEADING, "خواسته‌های ما"),
        (Kind.LIST_ITEM, "آزادی معلمان زندانی؛"),
        (Kind.LIST_ITEM, "بی‌قید و شرط"),
        (Kind.LIST_ITEM, "آموزش رایگان."),
        (Kind.QUOTATION, "«ما ایستاده‌ایم.»"),
        (Kind.CAPTION, "جدول ۱: احکام"),
        (Kind.TABLE, "نام\tحکم\nسارا\t۵ سال"),
        (Kind.IMAGE, "معلمان در برابر مجلس"),
        (Kind.CAPTION, "تجمع ۱۳ مهر"),
        (Kind.NOTE, "نک. آیین‌نامه."),
    ]


def test_its_marks_are_there_and_its_links_lead_where_they_led(document):
    marks = {
        (mark.kind.value, block.text[mark.start : mark.end], mark.value)
        for block in document.blocks
        for mark in block.marks
    }
    assert {
        ("strong", "هیچ‌کس", ""),
        ("note", "", "۱"),
        ("link", "این سند", "https://kanun.example.org/asnad/"),
    } <= marks


def test_what_is_left_out_is_said(document):
    around, pictures = document.remarks
    assert around.startswith("d.html: ") and around.endswith(
        "around the article are left out (menus, notices, comments)"
    )
    assert pictures.startswith("d.html: pictures of which the alternative text is printed: 1; they are not in the file")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1256"])
def test_the_encoding_changes_nothing(encoding):
    text = "<meta charset=windows-1256><p>معلمان زنداني را آزاد كنيد.</p>"
    assert read(text.encode(encoding)).blocks[0].text == "معلمان زنداني را آزاد كنيد."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "d.html: the document is empty"),
        (b"<script>x</script>", "d.html: the document is empty"),
        (b"<div>" * 100_000, "d.html: elements are too deep"),
        (b"<p>" + b"x" * 11_000_000, "d.html:1: a paragraph of more than 50,000 characters"),
        (b"<p>a" * 200_001, "d.html: more than 200,000 paragraphs"),
        (b"<p>" + b"a" * 50_001, "d.html:1: a paragraph of more than 50,000 characters"),
        (
            b"<h1>T</h1><p>Some prose of it.</p><table border><tr><td>a<td>b<tr><td>"
            + b"a " * 26_000
            + b"<td>x</table>",
            "d.html:3: a cell of a table with more than 50,000",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_remedy(content, said):
    with pytest.raises(DocumentError, match=said):
        read(content)


@pytest.mark.parametrize(
    ("source", "is_kept"),
    [
        ("data:image/png;base64,iVBORw0KGgo=", True),
        ("data:image/png;base64,iVBORw0KGgo", False),
        ("data:image/svg+xml;base64,PHN2Zz4=", False),
        ("data:image/png,%89PNG", False),
        ("data:,0", False),
        ("page_files/a.png", False),
        ("https://tracker.example/a.png", False),
    ],
)
def test_a_picture_is_printed_when_it_is_written_into_the_page(source, is_kept):
    document = read(f"<p>متن آن این است.</p><img alt='معلمان' src='{source}'>".encode())
    assert (list(document.pictures.values()) == [b"\x89PNG\r\n\x1a\n"]) is is_kept
    assert bool(document.blocks[1].picture) is is_kept and document.blocks[1].text == "معلمان"


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<style><!-- p.MsoTitle, li.MsoTitle {font-size:28.0pt;} @page S {size:595.3pt 841.9pt;} --></style></head><body lang=EN-US>
<p class=MsoTitle dir=RTL><span lang=FA>بیانیهٔ کانون</span></p>
<p class=MsoNormal dir=RTL>همکاران، <b>هیچ‌کس</b> تنها نیست<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.</p>
<p class=MsoListParagraph>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span>آزادی؛</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp;</span></span><![endif]>نان.<o:p></o:p></p>
<br clear=all><hr size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> نک. آیین‌نامه.</p></div></body></html>"""
GOOGLE = """<html><head><style>.c0{font-weight:700}.c1{font-style:italic}</style></head><body>
<p class="c2 title">بیانیهٔ کانون</p>
<p><span>همکاران، </span><span class="c0">هیچ‌کس</span><span> تنها نیست</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span>.</span></p>
<ol class="lst-kix_a-0" start="1"><li><span>آزادی؛</span></li><li>نان.</li></ol>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;نک. آیین‌نامه.</span></p></div></body></html>"""


@pytest.mark.parametrize("page", [WORD, GOOGLE], ids=["Word", "Google"])
def test_what_a_word_processor_saves_as_a_page_is_read_as_it_shows(page):
    document = read(page.encode())
    assert [(block.kind, block.marker, block.text) for block in document.blocks] == [
        (Kind.TITLE, "", "بیانیهٔ کانون"),
        (Kind.PARAGRAPH, "", "همکاران، هیچ‌کس تنها نیست."),
        (Kind.LIST_ITEM, "1.", "آزادی؛"),
        (Kind.LIST_ITEM, "2.", "نان."),
        (Kind.NOTE, "[1]", "نک. آیین‌نامه."),
    ]
    assert pandoc.marks(document) == {("strong", "هیچ‌کس"), ("note", "[1]")}
    assert document.remarks == ()


@pandoc.needed
def test_what_pandoc_writes_is_read_as_its_author_made_it():
    document = read(pandoc.written("html", "--standalone"))
    assert pandoc.shape(document) == pandoc.SHAPE
    assert pandoc.marks(document) == pandoc.MARKS


def test_a_page_that_is_not_closed_may_be_cut_off_and_a_fragment_is_none():
    page = "<html><body><p>این جمله‌ای است که به پایان می‌رسد.</p>"
    assert "not closed at its end" in "".join(read(page.encode()).remarks)
    for whole in (f"{page}</body></html>", page.removeprefix("<html><body>")):
        assert read(whole.encode()).remarks == ()


PROSE = "<p>این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند.</p>"
GOOGLE = (
    '<p>این جمله<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> پایان می‌یابد.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>'
    f"</p>{PROSE}<hr>"
    '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> یادداشت می‌ماند.</p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>'
    "نام رضا را بردار</p><p>نهان</p></div>"
)
WORD = (
    '<p>این جمله<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1" name="_msoanchor_1">[رض1]</a></span>'
    f" پایان می‌یابد.</p>{PROSE}<div style='mso-element:comment-list'><hr><div style='mso-element:comment'><div id=_com_1>"
    '<p class=MsoCommentText><a name="_msocom_1"></a>نام رضا را بردار، نهان</p></div></div></div>'
)


def test_words_that_were_typed_on_in_the_style_of_a_remark_are_read():
    words = (
        "<p>این جمله <span class=MsoCommentReference><span style='font-size:8.0pt'>مادهٔ دوازده</span></span> است.</p>"
    )
    document = read(f'<html lang="fa"><body><h1>عنوان</h1>{words}{PROSE}</body></html>'.encode())
    assert document.blocks[1].text == "این جمله مادهٔ دوازده است."


@pytest.mark.parametrize(
    ("page", "notes"), [(GOOGLE, ["یادداشت می‌ماند."]), (f"<div>{GOOGLE}</div>", ["یادداشت می‌ماند."]), (WORD, [])]
)
def test_what_colleagues_remarked_is_no_note_and_no_text(page, notes):
    document = read(f'<html lang="fa"><body><h1>عنوان</h1>{page}</body></html>'.encode())
    assert [block.text for block in document.blocks if block.kind is Kind.NOTE] == notes
    assert all(word not in repr(document.blocks) for word in ("رضا", "نهان", "[a]", "رض1"))
    assert any("remarked on the text" in remark for remark in document.remarks)


@pytest.mark.parametrize(("sign", "marker"), [("Ø", "⮚"), ("§", "▪"), ("ü", "✓"), ("v", "❖")])
def test_what_word_numbers_with_a_sign_of_a_font_is_a_list(sign, marker):
    """The third of Word's own bullets is an arrow, for which the page has a letter."""
    item = f"<p class=MsoListParagraph><span style='font-family:Wingdings'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>نان برای همه.</p>"
    items = [one for one in read(f"<h1>عنوان</h1><p>متن.</p>{item * 2}".encode()).blocks if one.kind is Kind.LIST_ITEM]
    assert [one.marker for one in items] == [marker] * 2


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body>{PROSE}</body></html><p>آزادی برای سارا.</p>",
        f"<html><body>{PROSE}</body></html>\n<html><head><title>دو</title></head><body><p>آزادی برای سارا.</p></body></html>",
        f"<body>{PROSE}</BODY ><p>آزادی برای سارا.</p>",
        f'<body>{PROSE}<div><embed src="a.swf">آزادی برای سارا.<br></div>',
        f'<body>{PROSE}<div class="hidden md:block">آزادی برای سارا.</div><p class="md:hidden">آزادی!</p>',
    ],
)
def test_what_a_browser_shows_is_read_wherever_the_parser_would_end(page):
    texts = [block.text for block in read(page.encode()).blocks]
    assert len(texts) == 2 and texts[1].strip() == "آزادی برای سارا."


@pytest.mark.parametrize("tag", ["s", "strike", "S", "del"])
def test_paragraphs_that_are_struck_through_are_quoted(tag):
    document = read(f"<body>{PROSE}<{tag}><p>اعتصاب پایان یافت.</p></{tag}>{PROSE}".encode())
    assert any("struck through" in remark and "اعتصاب" in remark for remark in document.remarks)


@pytest.mark.parametrize(
    "part",
    [
        "<my-text><template shadowrootmode='open'><p>آزادی</p></template></my-text>",
        "<iframe srcdoc='&lt;p&gt;آزادی&lt;/p&gt;'></iframe>",
    ],
)
def test_parts_of_a_page_that_are_pages_of_their_own_are_told(part):
    assert any("pages of their own" in remark for remark in read(f"<body>{PROSE}{part}".encode()).remarks)
    assert not read(
        f"<body>{PROSE}<template><p>آزادی</p></template><iframe srcdoc='&lt;p&gt;'></iframe>".encode()
    ).remarks


def test_links_of_a_note_that_name_a_place_are_words_of_it():
    page = (
        f"<body><section id=a>{PROSE}<p id=b>خواست ما این است.<a id=r href='#n'><sup>1</sup></a></p></section>"
        "<section class=footnotes><ol><li id=n>نک. <a href='#a'>خواسته‌های سارا</a> و <a href='#b'>این بند</a>."
        " <a href='#r'>بازگشت</a><a href='#b'>↑</a></li></ol></section>"
    )
    assert read(page.encode()).blocks[-1].text == "نک. خواسته‌های سارا و این بند."


@pytest.mark.parametrize(
    "page",
    [
        "<b style='display:none'><p>hidden</b>shown",
        "<font style='display:none'><center>hidden</center></font>shown",
        "<p style='display:none'>hidden<section>shown</section>",
        "<a hidden><table><td>hidden</table></a>shown",
        "<noscript><p>hidden</noscript>shown",
        "<p title='<noscript>'>shown</p>",
        "<textarea><noscript></textarea>shown",
        "<script>'<noscript>'</script>shown",
        "<svg><p>shown",
        "<embed src=x>shown</body></html>",
    ],
)
def test_what_shows_is_what_browsers_show(page):
    text = " ".join(block.text for block in read(f"<p>before</p>{page}".encode()).blocks)
    assert text.split() == ["before", "shown"]


@pytest.mark.parametrize("address", ["https://a.b[c/d", "https://[::1/", "https://a.b:x/"])
def test_a_page_saved_from_no_address_is_read(address):
    assert read(f"<!-- saved from url=(0014){address} --><p>Here.<a href='x'>there</a>".encode()).blocks


@pytest.mark.parametrize("kind", ["", ' xmlns="http://www.w3.org/1999/xhtml"'])
def test_the_address_of_a_link_may_end_with_a_slash_and_have_no_quotation_marks(kind):
    page = f"<html{kind}><body><p>One <a href=http://example.org/>two</a> three.</p><p>Four <b class='x'/> five.</p></body></html>"
    first, second = read(page.encode()).blocks
    assert [(mark.value, first.text[mark.start : mark.end]) for mark in first.marks] == [("http://example.org/", "two")]
    assert second.text == "Four five."


@pytest.mark.parametrize("media", ["print", "(max-width: 600px)", "handheld, print"])
def test_what_is_hidden_in_print_or_on_telephones_alone_is_read(media):
    """Newspapers hide all of a page in print, so that nobody copies it."""
    page = f"<style media='{media}'>body, p {{display: none}}</style><p>All that we demand is bread.</p>"
    assert [block.text for block in read(page.encode()).blocks] == ["All that we demand is bread."]
    with pytest.raises(DocumentError, match="is empty"):
        read(page.replace(media, "all, print").encode())


MJML = "<table><tr><td style='font-size:0px;padding:10px'>{}</td></tr></table>"
"""As newsletters are made, with the size of the letters stated within."""


@pytest.mark.parametrize(
    ("page", "is_read"),
    [
        (MJML.format("<div style='font-family:a;font-size:13px'>متن نامه</div>"), True),
        (MJML.format(f"<div style='font-size:0'>{MJML.format('<a href=https://a.example/ style=font-size:12pt>متن نامه</a>')}</div>"), True),
        ("<style>.w{font-size:0} .w p{font-size:16px}</style><div class=w><p>متن نامه</p></div>", True),
        ("<style>.w{font-size:0} p{color:red}</style><div class=w><p>متن نامه</p></div>", False),
        (MJML.format("متن نامه<div style='font-size:13px'>.</div>"), False),
        (MJML.format("<h1>متن نامه</h1><div style='font-size:13px'>.</div>"), False),
        (MJML.format("<div style='font-size:2em'>متن نامه</div>"), False),
        ("<div id=root aria-hidden=true><p>متن نامه و آنچه پس از آن می‌آید، تا پایان این جملهٔ دراز که همه می‌بینند.</p></div>", True),
        ("<p><span aria-hidden=true>متن نامه</span></p>", False),
    ],
)  # fmt: skip
def test_words_with_a_size_of_their_own_show_and_so_does_prose_that_is_hidden_from_who_hears_a_page(page, is_read):
    document = read(f"<html><body><p>این جمله‌ای است که به پایان می‌رسد.</p>{page}</body></html>".encode())
    assert ("متن نامه" in " ".join(block.text for block in document.blocks)) is is_read
