"""What a reader of a Word document sees."""

import io
import zipfile

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind, MarkKind
from tests.support.documents import RELATIONS, docx, p, r, zipped

PROSE = "این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند."
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My Heading"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
)


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType="separate"/>'
    '<w:t>جدول ۱</w:t><w:fldChar w:fldCharType="end"/></w:r>'
)


def blocks(body: str, lang: str = "fa", **parts) -> list:
    return list(form.read(docx(body, **parts), "d", SHIPPED[lang], Corrections()).blocks)


def texts(body: str, **parts) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def marked(block) -> list[tuple[str, str]]:
    return [(mark.kind.value, block.text[mark.start : mark.end] or mark.value) for mark in block.marks]


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
    ],
)  # fmt: skip
def test_what_shows_is_read(inner, text):
    assert texts(p(f"<w:bookmarkStart/>{inner}") + p(PROSE)) == [text, PROSE]


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


def test_a_field_leads_where_a_link_does():
    code = '<w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "mailto:</w:instrText><w:instrText>a@example.org" </w:instrText>'
    body = p(
        f'<w:r>{code}<w:fldChar w:fldCharType="separate"/></w:r>{r("نشانی")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{r(" ما.")}'
    )
    (mark,) = blocks(body + p(PROSE))[0].marks
    assert (mark.kind, mark.value, mark.end) == (MarkKind.LINK, "mailto:a@example.org", 5)


def notes(kind: str, **bodies: str) -> str:
    first = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    return first + "".join(f'<w:{kind} w:id="{id[1:]}">{body}</w:{kind}>' for id, body in bodies.items())


def test_notes_stand_at_the_end_with_the_markers_that_show():
    def reference(kind, id, more=""):
        return f'<w:r><w:{kind}Reference w:id="{id}"{more}/></w:r>'

    own = '<w:r><w:footnoteReference w:id="5" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    read = blocks(
        p(r("یک") + reference("footnote", 2) + r(" دو") + reference("endnote", 1) + own + r(" سه") + reference("footnote", 3) + r(".")) + p(PROSE),
        footnotes=notes("footnote", _2=p("<w:r><w:footnoteRef/></w:r>" + r(" نخست.")), _3=p("دیگر.") + p("ادامه."), _5=p("* ستاره.")),
        endnotes=notes("endnote", _1=p("پایانی.")),
    )  # fmt: skip
    assert read[0].text == "یک دو سه."
    assert [(mark.value, mark.start) for mark in read[0].marks] == [("1", 2), ("i", 5), ("*", 5), ("2", 8)]
    found = [(block.marker, block.text) for block in read if block.kind is Kind.NOTE]
    assert found == [("1", "نخست."), ("*", "ستاره."), ("2", "دیگر.\u2028ادامه."), ("i", "پایانی.")]


def test_text_boxes_are_read_once_after_their_paragraph():
    box = p("در کادر است و تمام می‌شود.")
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr descr='x'/><w:txbxContent>"
        f"{box}</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(r("پیش از کادر این هست.") + shape) + p(PROSE)) == [
        "پیش از کادر این هست.",
        "در کادر است و تمام می‌شود.",
        PROSE,
    ]


@pytest.mark.parametrize(
    "drawing",
    ["<w:drawing><wp:inline><wp:docPr hidden='1' descr='نهان'/></wp:inline></w:drawing>",
     f"<w:drawing><wp:anchor><wp:docPr hidden='1'/><w:txbxContent>{p('نهان')}</w:txbxContent></wp:anchor></w:drawing>",
     f"<w:pict><v:shape style='width:3pt;visibility: hidden'><v:textbox><w:txbxContent>{p('نهان')}</w:txbxContent></v:textbox></v:shape></w:pict>"],
)  # fmt: skip
def test_a_drawing_made_invisible_is_not_read(drawing):
    assert texts(p(r("پیدا") + f"<w:r>{drawing}</w:r>") + p(PROSE)) == ["پیدا", PROSE]


def test_pictures_are_their_alternative_texts():
    picture = "<w:r><w:drawing><wp:inline><wp:docPr descr='{}'/></wp:inline></w:drawing></w:r>"
    body = (
        p(r("نگاه ") + picture.format("مشت") + r(" کنید."))
        + p(picture.format("کارگران"))
        + p(picture.format("C:\\img\\a 1.png"))
    )
    document = form.read(docx(body + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert [(block.kind, block.text) for block in document.blocks][:3] == [
        (Kind.PARAGRAPH, "نگاه کنید."), (Kind.IMAGE, "مشت"), (Kind.IMAGE, "کارگران")]  # fmt: skip
    assert "pictures left out, since they have no alternative text: 1" in " ".join(document.remarks)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def test_cells_that_are_merged_are_read_once_and_keep_their_place():
    head = "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>"
    rows = (
        head.format(cell("نام", '<w:vMerge w:val="restart"/>') + cell("شمار", '<w:gridSpan w:val="2"/>'))
        + head.format(cell("نام", "<w:vMerge/>") + cell("زن") + cell("مرد"))
        + "<w:tr>" + cell("تهران") + cell("۴") + cell("۵") + "</w:tr>"
        + "<w:tr><w:trPr><w:del/></w:trPr>" + cell("رفته") + cell("") + cell("") + "</w:tr>"
    )  # fmt: skip
    (table,) = [one for one in blocks(p(PROSE) + f"<w:tbl>{rows}</w:tbl>" + p(PROSE)) if one.kind is Kind.TABLE]
    assert table.text == "نام\tشمار\t\n\tزن\tمرد\nتهران\t۴\t۵"
    assert table.header_rows == 2


def test_a_table_of_one_cell_is_a_frame():
    assert texts(f"<w:tbl><w:tr>{cell(PROSE)}</w:tr></w:tbl>" + p(PROSE)) == [PROSE, PROSE]


def test_the_contents_and_page_furniture_are_left_out():
    toc = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    document = form.read(
        docx(toc + p("فصل یک ۷") + "</w:sdtContent></w:sdt>" + p(PROSE)), "d", SHIPPED["fa"], Corrections()
    )
    assert [block.text for block in document.blocks] == [PROSE]
    assert "contents" in document.remarks[0]


def test_the_strict_variant_is_read_alike():
    with zipfile.ZipFile(io.BytesIO(docx(p(PROSE)))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    members["word/document.xml"] = members["word/document.xml"].replace(usual, strict)
    (block,) = form.read(zipped(members), "d", SHIPPED["fa"], Corrections()).blocks
    assert block.text == PROSE


@pytest.mark.parametrize(("sides", "kind"), [(720, Kind.QUOTATION), (100, Kind.PARAGRAPH)])
def test_prose_that_is_narrower_at_both_sides_is_a_quotation(sides, kind):
    narrow = p(r(PROSE), f'<w:ind w:left="{sides}" w:end="{sides}"/>')
    assert blocks(p(PROSE) + narrow + p(PROSE) + p(PROSE))[1].kind is kind


def test_words_in_a_box_are_a_quotation_and_who_said_them_its_caption():
    inside = p("«اگر دارو دیر برسد، دیگر نرسد بهتر است.»") + p("نگار، ۲۹ ساله")
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert [one.kind for one in blocks(p(r(PROSE) + box) + p(PROSE))][1:3] == [Kind.QUOTATION, Kind.CAPTION]


def grid(*rows: str, borders: str = "") -> str:
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{inner}</w:tbl>"


def held(*lines: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, lines))}</w:tc>"


BORDERS = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'


def test_a_table_that_places_a_letterhead_is_no_table():
    head = grid(held("شماره: ۱۲۳/ص", "تاریخ: ۱۴۰۲/۰۵/۱۲") + held("سندیکای کارگران"))
    found = blocks(head + p(PROSE))
    assert [one.text for one in found] == ["شماره: ۱۲۳/ص", "تاریخ: ۱۴۰۲/۰۵/۱۲", "سندیکای کارگران", PROSE]
    assert [one.kind for one in found[:2]] == [Kind.CONTACT, Kind.DATE]


def test_rows_of_labels_are_lines_where_no_lines_are_drawn_around_them():
    rows = [held("تلفن:") + held("۰۲۱-۵۵۵۵۰۱۰۰"), held("رایانامه:") + held("a@example.org")]
    assert texts(grid(*rows) + p(PROSE))[:2] == ["تلفن: ۰۲۱-۵۵۵۵۰۱۰۰", "رایانامه: a@example.org"]
    assert blocks(grid(*rows, borders=BORDERS) + p(PROSE))[0].kind is Kind.TABLE


def test_a_coloured_row_is_the_head_of_its_table():
    shade = '<w:shd w:fill="D9E2F3"/>'
    head = held("نام", properties=shade) + held("حکم", properties=shade)
    row = held("سارا") + held("۵ سال")
    assert blocks(grid(head, row, borders=BORDERS) + p(PROSE))[0].header_rows == 1
    assert blocks(grid(head, head, borders=BORDERS) + p(PROSE))[0].header_rows == 0


def test_a_large_first_letter_stands_with_its_word():
    initial = p(r("د"), '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(initial + p("ر سال گذشته کار نبود.") + p(PROSE)) == ["در سال گذشته کار نبود.", PROSE]


def test_charts_and_diagrams_are_said_to_be_left_out():
    chart = '<w:r><w:drawing><wp:inline><wp:docPr id="1"/><c:chart xmlns:c="x"/></wp:inline></w:drawing></w:r>'
    document = form.read(docx(p(r(PROSE) + chart)), "d", SHIPPED["fa"], Corrections())
    assert document.remarks == ("d.docx: charts and diagrams left out: 1; write into the text what they say",)


def test_links_of_notes_are_those_of_their_own_part():
    relation = '<Relationship Id="r1" Type="x" Target="https://example.org/note" TargetMode="External"/>'
    link = '<w:hyperlink r:id="r1"><w:r><w:t>اینجا</w:t></w:r></w:hyperlink>'
    made = docx(
        p(link + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        links={"r1": "https://example.org/text"},
        footnotes=f'<w:footnote w:id="2">{p(link)}</w:footnote>',
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/_rels/footnotes.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'.encode()
    found = form.read(zipped(parts), "d", SHIPPED["fa"], Corrections()).blocks
    links = [mark.value for block in found for mark in block.marks if mark.kind is MarkKind.LINK]
    assert links == ["https://example.org/text", "https://example.org/note"]


def field(code: str, result: str) -> str:
    kept = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{kept.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{kept.format('separate')}{result}{kept.format('end')}"


@pytest.mark.parametrize(
    "code", [' SET name "x"', " ASK name", " private ", " TC x ", " NEXT", " XE x", " RD x", " ADVANCE \\x 5 "]
)
def test_of_a_field_that_shows_nothing_no_result_is_read(code):
    """A letter to many keeps the name it asked for; an index keeps its words."""
    inner = field(" REF x ", r("نام", ""))
    whole = texts(p(r("آغاز ") + field(code, r("نام") + inner) + r("پایان")) + p(PROSE))
    simple = texts(
        p(r("آغاز ") + f'<w:fldSimple w:instr="{code.replace(chr(34), "")}">{r("نام")}</w:fldSimple>' + r("پایان"))
        + p(PROSE)
    )
    assert whole == simple == ["آغاز پایان", PROSE]


def test_a_field_that_only_begins_like_one_of_those_is_read():
    assert texts(p(field(" SETTING x ", r("دیده"))) + p(PROSE)) == ["دیده", PROSE]


@pytest.mark.parametrize(
    "inner",
    [
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('نهان')}</w:sdtContent></w:sdt>",
        p("<m:oMath><m:r><m:rPr/><w:rPr><w:vanish/></w:rPr><m:t>نهان</m:t></m:r></m:oMath>"),
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


@pytest.mark.parametrize(
    ("own", "inside", "read"),
    [
        ("<w:footnoteRef/>", "1984 بود.", "1984 بود."),
        ("<w:footnoteRef/>", " 1 May بود.", "1 May بود."),
        ("<w:t>1</w:t>", " بود.", "بود."),
    ],
)
def test_a_note_that_begins_with_the_figures_of_its_marker_keeps_them(own, inside, read):
    note = f'<w:footnote w:id="2"><w:p><w:r>{own}</w:r>{r(inside)}</w:p></w:footnote>'
    assert texts(p(r(PROSE) + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note) == [PROSE, read]


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


ARTICLES = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


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


def test_a_column_that_numbers_itself_is_read():
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    rows = row(p("ردیف"), p("نام")) + "".join(row(p("<w:r/>", NUMBERED), p(name)) for name in ("سارا", "علی"))
    table = '<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>' + rows + "</w:tbl>"
    assert texts(p(PROSE) + table + p(PROSE), numbering=ARTICLES)[1] == "ردیف\tنام\n1.\tسارا\n2.\tعلی"


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
