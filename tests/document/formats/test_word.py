"""What a reader of a Word document sees."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import docx, p, r
from tests.support.worddocuments import ARTICLES, NUMBERED, PROSE, blocks, marked, texts

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My Heading"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
)


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType="separate"/>'
    '<w:t>جدول ۱</w:t><w:fldChar w:fldCharType="end"/></w:r>'
)


def test_changes_are_accepted():
    moved = "<w:moveFrom>" + r("رفته ") + "</w:moveFrom>"
    body = p(
        r("این ") + "<w:del>" + r("کهنه").replace("w:t", "w:delText") + "</w:del><w:ins>" + r("نو") + "</w:ins>" + moved
    )
    ends = (
        p(r("یک، "), '<w:rPr><w:del w:id="1"/></w:rPr>') + p(r("دو، "), '<w:rPr><w:del w:id="2"/></w:rPr>') + p("سه.")
    )
    assert texts(body + ends + p(PROSE)) == ["این نو", "یک، دو، سه.", PROSE]


def test_a_deleted_end_of_the_last_paragraph_loses_nothing():
    assert texts(p(PROSE) + p(r("پایان"), "<w:rPr><w:del/></w:rPr>")) == [PROSE, "پایان"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>می</w:t><w:softHyphen/><w:t>دانیم ۱</w:t><w:noBreakHyphen/><w:t>۲</w:t></w:r>", "می\u00adدانیم ۱\u2011۲"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> ۲</w:t></w:r>', "≥ ۲"),
        (r("دیده") + r(" نهان", "<w:vanish/>") + r(" شد"), "دیده شد"),
        (FIELD, "جدول ۱"),
        ('<w:fldSimple w:instr="PAGE"><w:r><w:t>۷</w:t></w:r></w:fldSimple>', "۷"),
        (r("می\u200cرود   به\t\tخانه\n "), "می\u200cرود به خانه"),
        (r("با\u00a0فاصله"), "با\u00a0فاصله"),
        ('<w:ruby><w:rt>' + r("خوانش") + "</w:rt><w:rubyBase>" + r("واژه") + "</w:rubyBase></w:ruby>", "واژه"),
        ("<m:oMath><m:r><m:t>x=۲</m:t></m:r></m:oMath>", "x=۲"),
        ('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + r("کلیک کنید") + "</w:sdtContent></w:sdt>" + r("هست"), "هست"),
        (r("متن") + '<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:commentReference w:id="0"/></w:r>', "متن"),
        ('<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>' + r("هست") + "</w:sdtContent></w:sdt>", "هست"),
    ],
)  # fmt: skip
def test_what_shows_is_read(inner, text):
    assert texts(p(f"<w:bookmarkStart/>{inner}") + p(PROSE)) == [text, PROSE]


@pytest.mark.parametrize("name", ["annotation reference", "Unresolved Mention", "Mention légale"])
def test_words_in_a_style_of_comments_or_calls_that_stand_in_the_text_are_read(name):
    """Who goes on typing behind a comment writes in the style of its mark."""
    style = f'<w:style w:type="character" w:styleId="C"><w:name w:val="{name}"/></w:style>'
    body = p(r("بر اساس ") + r("مادهٔ دوازده", '<w:rStyle w:val="C"/>') + r(" این قانون.")) + p(PROSE)
    assert texts(body, styles=style) == ["بر اساس مادهٔ دوازده این قانون.", PROSE]


def test_bold_and_italic_are_those_of_the_script():
    (block, *_) = blocks(
        p(r("این ", "<w:rtl/>") + r("پررنگ", "<w:bCs/><w:rtl/>") + r(" نه این", "<w:b/><w:rtl/>") + r(" و ") + r("bold", "<w:b/>")
          + r(" و ") + r("کج", "<w:iCs/><w:rtl/>") + r(" است.")) + p(PROSE)
    )  # fmt: skip
    assert marked(block) == [("strong", "پررنگ"), ("strong", "bold"), ("emphasis", "کج")]


def test_styles_turn_each_other_off_and_what_all_of_a_style_is_is_no_mark():
    heading, prose, *_ = blocks(
        p(r("سرفصل ") + r("کم‌رنگ", '<w:rStyle w:val="Strong"/>'), '<w:pStyle w:val="Own"/>')
        + p(r("متن ") + r("مهم", '<w:rStyle w:val="Strong"/>') + r("تر.")) + p(PROSE),
        styles=STYLES,
    )  # fmt: skip
    assert (heading.kind, heading.level, heading.marks) in [(Kind.HEADING, 2, ()), (Kind.TITLE, 1, ())]
    assert marked(prose) == [("strong", "مهم")]


def test_a_mark_over_several_runs_is_one():
    (block, *_) = blocks(
        p(r("سه ") + r("سی‌و", "<w:bCs/>") + r("هفت ", "<w:bCs/>") + r("شهر", "<w:bCs/>") + r(" شد.")) + p(PROSE)
    )
    assert marked(block) == [("strong", "سی‌وهفت شهر")]


def test_only_links_to_pages_and_mailboxes_lead_anywhere_and_others_are_said():
    body = p(
        "".join(f'<w:hyperlink r:id="{id}">{r(id)}</w:hyperlink> ' for id in ("web", "mail", "file", "script")) + r(".")
    )
    links = {
        "web": "https://example.org/?a=1&amp;b=2",
        "mail": "mailto:a@example.org",
        "file": "file:///etc/passwd",
        "script": "javascript:x",
    }
    document = form.read(docx(body + p(PROSE), links=links), "d", SHIPPED["fa"], Corrections())
    assert [mark.value for mark in document.blocks[0].marks] == ["https://example.org/?a=1&b=2", "mailto:a@example.org"]
    assert any("name an account: 2" in remark for remark in document.remarks)


def test_the_contents_and_page_furniture_are_left_out():
    toc = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    document = form.read(
        docx(toc + p("فصل یک ۷") + "</w:sdtContent></w:sdt>" + p(PROSE)), "d", SHIPPED["fa"], Corrections()
    )
    assert [block.text for block in document.blocks] == [PROSE]
    assert "contents" in document.remarks[0]


@pytest.mark.parametrize(("sides", "kind"), [(720, Kind.QUOTATION), (100, Kind.PARAGRAPH)])
def test_prose_that_is_narrower_at_both_sides_is_a_quotation(sides, kind):
    narrow = p(r(PROSE), f'<w:ind w:left="{sides}" w:end="{sides}"/>')
    assert blocks(p(PROSE) + narrow + p(PROSE) + p(PROSE))[1].kind is kind


def test_a_large_first_letter_stands_with_its_word():
    initial = p(r("د"), '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(initial + p("ر سال گذشته کار نبود.") + p(PROSE)) == ["در سال گذشته کار نبود.", PROSE]


@pytest.mark.parametrize(
    "inner",
    [
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('نهان')}</w:sdtContent></w:sdt>",
        p("<m:oMath><m:r><m:rPr/><w:rPr><w:vanish/></w:rPr><m:t>نهان</m:t></m:r></m:oMath>"),
        p('<m:oMath><m:r><w:del w:id="1"><w:rPr/></w:del><m:t>نهان</m:t></m:r></m:oMath>'),
        p('<m:oMath><m:r><w:del w:id="1"><m:t>نهان</m:t></w:del></m:r></m:oMath>'),
        p(
            '<m:oMath><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>نهان</m:t></m:r></m:e></m:phant></m:oMath>'
        ),
        p(f'<x:conflictDel xmlns:x="http://schemas.microsoft.com/office/word/2010/wordml">{r("نهان")}</x:conflictDel>'),
    ],
)
def test_controls_that_nobody_filled_in_hidden_formulas_and_deletions_in_conflict_are_not_read(inner):
    assert texts(inner + p(PROSE)) == [PROSE]


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@pytest.mark.parametrize(
    ("fill", "is_pale"),
    [
        ('<w14:srgbClr w14:val="FFFFFF"/>', True),
        ('<w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr>', True),
        ('<w14:schemeClr w14:val="bg1"/>', True),
        ('<w14:srgbClr w14:val="FF0000"/>', False),
        ('<w14:schemeClr w14:val="bg1"><w14:lumMod w14:val="50000"/></w14:schemeClr>', False),
    ],
)
def test_letters_filled_in_the_colour_of_the_paper_are_told(fill, is_pale):
    filled = f"<w14:textFill {W14}><w14:solidFill>{fill}</w14:solidFill></w14:textFill>"
    first = f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="00FF00"/></w14:solidFill></w14:textFill>'
    found = form.read(docx(p(r("دیده ", first) + r("سپید", filled)) + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert any("«سپید»" in remark for remark in found.remarks) is is_pale


@pytest.mark.parametrize("name", ["header", "footer", "Header note", "Footer 2", "index of names"])
def test_a_paragraph_of_the_text_shows_whatever_its_style_is_called(name):
    style = f'<w:style w:type="paragraph" w:styleId="S"><w:name w:val="{name}"/></w:style>'
    assert texts(p(PROSE) + p("پایان سخن.", '<w:pStyle w:val="S"/>'), styles=style) == [PROSE, "پایان سخن."]


def test_what_an_office_program_made_of_headings_and_marks_is_left_out_and_said():
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="index 1"/></w:style>'
    body = p(PROSE) + p("آزادی، ۳", '<w:pStyle w:val="S"/>')
    read = form.read(docx(body, styles=style), "d", SHIPPED["fa"], Corrections())
    assert [block.text for block in read.blocks] == [PROSE]
    assert any("contents" in remark for remark in read.remarks)


def test_a_heading_in_the_style_of_that_of_the_contents_is_read_unless_these_stand_below_it():
    """Authors take that style for the headings that they want in no contents: «Preface», «Summary»."""
    names = {"T": "TOC Heading", "L": "toc 1"}
    style = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{names[id]}"/></w:style>' for id in names
    )
    heading, line = (p(text, f'<w:pStyle w:val="{id}"/>') for text, id in (("Contents", "T"), ("Part one 7", "L")))
    read = texts(heading + p("") + line + p("Summary", '<w:pStyle w:val="T"/>') + p(PROSE), styles=style)
    assert read == ["Summary", PROSE]


@pytest.mark.parametrize(
    ("between", "number"),
    [
        (p("<w:r/>", NUMBERED), "3."),
        (p("<w:r/>", f"{NUMBERED}<w:rPr><w:vanish/></w:rPr>"), "2."),
        (p("<w:r/>", f"{NUMBERED}<w:rPr><w:del/></w:rPr>"), "2."),
        (p("<w:r/>"), "2."),
    ],
)
def test_an_empty_item_that_shows_is_counted(between, number):
    read = blocks(p(PROSE) + p("یکم است.", NUMBERED) + between + p("دیگری است.", NUMBERED), numbering=ARTICLES)
    assert read[-1].marker == number


def test_the_heading_of_a_bibliography_is_read():
    style = '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Bibliography Heading"/></w:style>'
    heading = p("Sources", '<w:pPr><w:pStyle w:val="B"/></w:pPr>')
    assert texts(p(PROSE) + heading + p("Marx: Capital."), styles=style)[1] == "Sources"


def test_a_formula_keeps_its_fractions_and_what_stands_above_and_is_told():
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    sign = "<m:r><m:t>{}</m:t></m:r>".format
    half = f"<m:f><m:num>{sign(1)}</m:num><m:den>{sign(2)}</m:den></m:f>"
    power = f"<m:sSup><m:e>{sign(10)}</m:e><m:sup>{sign(6)}</m:sup></m:sSup>"
    body = p(r("مزد ") + f"<m:oMath {m}>{half}</m:oMath>" + r(" و ") + f"<m:oMath {m}>{power}</m:oMath>" + r(" شد."))
    read = form.read(docx(p(PROSE) + body), "d", SHIPPED["fa"], Corrections())
    assert read.blocks[1].text == "مزد 1/2 و 106 شد."
    assert marked(read.blocks[1]) == [("superscript", "6")]
    assert any("2 formulas" in remark for remark in read.remarks)
    read = form.read(docx(p(PROSE) + p(r("3") + f"<m:oMath {m}>{half}</m:oMath>")), "d", SHIPPED["fa"], Corrections())
    assert read.blocks[1].text == "3 1/2"


def test_brackets_and_sums_of_a_formula_are_read_and_its_columns_stand_apart():
    def sign(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    bracket = f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr><m:e>{sign('a')}</m:e><m:e>{sign('b')}</m:e></m:d>"
    total = f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{sign('i')}</m:sub><m:e><m:d><m:e>{sign('c')}</m:e></m:d></m:e></m:nary>"
    cells = f"<m:mr><m:e>{sign('1')}</m:e><m:e>{sign('2')}</m:e></m:mr>"
    (read, _) = texts(p(r("آن ") + f"<m:oMath>{bracket}{total}<m:m><m:mPr/>{cells}{cells}</m:m></m:oMath>") + p(PROSE))
    assert read == "آن [a|b∑i(c)1 2 1 2"


def test_the_degree_of_a_root_stands_above_and_before_it():
    inner = "<m:rad><m:deg><m:r><m:t>3</m:t></m:r></m:deg><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>"
    (read, _) = blocks(p(r("آن ") + f"<m:oMath>{inner}</m:oMath>") + p(PROSE))
    assert read.text == "آن 3√x" and marked(read) == [("superscript", "3")]
