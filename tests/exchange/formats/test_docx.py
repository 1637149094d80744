"""A Word table that comes back says what its reader sees who accepts all changes."""

import io
import zipfile

import pytest
from lxml import etree

from pipeline.exchange.formats import docx
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED
from pipeline.model import State
from tests.conftest import CASES

ID = "0123456789ab-0123456789abcdef"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OTHERS = (
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
DELETED = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


def read(name):
    return {line.source: line for line in docx.read((CASES / "exchange" / name).read_bytes())}


def word(*cells, **parts):
    """A document of one row: the id, a source, and these cells."""
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in (p(t(ID)), p(t("الف")), *cells))
    return document(f"<w:tr>{row}</w:tr>", **parts)


def document(rows, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W} {MC} {OTHERS}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return out.getvalue()


def p(runs, properties=""):
    return f"<w:p>{properties}{runs}</w:p>"


def t(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


SEEN = {
    "deleted and inserted words": "The quick crimson fox.",
    "deleted paragraph mark": "This is the first sentence.",
    "deleted paragraph": "One\nTwo",
    "moved": "first moved last",
    "symbol": "25 → x ✓",
    "hidden": "Not hidden",
    "hyphens and tabs": "e\u2011mail co\u00adop\tx\ny",
    "field": "On Monday then",
    "spaces": "a  b   c",
    "comment": "Word",
    "text box": "Box: \ninside",
    "footnote-free link": "See this.",
    "inserted row": "T14.",
}


def test_all_changes_are_accepted_and_every_sign_is_read_once():
    lines = read("word.docx")
    assert {name: line.target for name, line in lines.items()} == SEEN
    assert lines["comment"].note == "Is this right?" and not any(line.fault for line in lines.values())


def test_what_libreoffice_saves_in_its_own_format_is_the_same():
    lines = read("libreoffice.odt")
    # LibreOffice itself lost a space there, and wrote the day of the conversion into the field.
    others = {"deleted paragraph mark": "This is the firstsentence.", "field": "On 11/28/26 then"}
    assert {name: line.target for name, line in lines.items()} == SEEN | others
    assert lines["comment"].note == "Is this right?" and not any(line.fault for line in lines.values())


def test_the_cases_that_users_reported():
    assert [line.target for line in read("marks_and_signs.docx").values()][1:7] == [
        "This is the first sentence.", "The second sentence costs 25 € for people.", "The third sentence is short.",
        "This is paragraph two X.", "The fifth is the e\u2011nd.", "15 August\n2011",
    ]  # fmt: skip
    assert [line.target for line in read("tracked_and_boxes.docx").values()][1:6] == [
        "The quick crimson fox jumps.", "See this page for 25 people.", "Delaware is short.",
        "Para two has\ttwo sentences.", "The fifth.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (p(t("one "), DELETED) + p(t("two "), DELETED) + p(t("three")) + p(t("four")), "one two three\nfour"),
        (p(t("gone"), "<w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>").replace("<w:r>", "<w:moveFrom><w:r>").replace("</w:r>", "</w:r></w:moveFrom>") + p(t("here")), "here"),
        (p(t("last"), DELETED), "last"),
        (p(field("begin") + t("IF ") + field("begin") + t("code") + field("separate") + t("inner") + field("end") + field("separate") + t("shown") + field("end")), "shown"),
        (p(field("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + field("end") + t("after")), "after"),
        (p(field("begin") + field("separate") + t("one")) + p(t("two") + field("end")), "one\ntwo"),
        (p("<w:r><w:ruby><w:rt>" + t("reading") + "</w:rt><w:rubyBase>" + t("base") + "</w:rubyBase></w:ruby></w:r>"), "base"),
        (p(t("a", '<w:rPr><w:vanish w:val="0"/></w:rPr>') + t("b", "<w:rPr><w:vanish/></w:rPr>")), "a"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p(t("Click here")) + "</w:sdtContent></w:sdt>" + p(t("x")), "x"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p(t("filled in")) + "</w:sdtContent></w:sdt>", "filled in"),
        (p('<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F54A"/></mc:Choice><mc:Fallback><w:t>no</w:t></mc:Fallback></mc:AlternateContent></w:r>'), "🕊"),
        (p('<w:r><mc:AlternateContent><mc:Choice Requires="new"><w:drawing/></mc:Choice><mc:Fallback><w:t>yes</w:t></mc:Fallback></mc:AlternateContent></w:r>'), "yes"),
        (p(t("x\uf0b3y", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>')), "x≥y"),
        (p("<m:oMath><m:r><m:t>2+2</m:t></m:r></m:oMath>"), "2+2"),
        ("<w:tbl><w:tr><w:tc>" + p(t("nested"), DELETED) + "</w:tc><w:tc>" + p(t("cells")) + "</w:tc></w:tr></w:tbl>", "nested\ncells"),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(cell, seen):
    (line,) = docx.read(word(cell))
    assert (line.target, line.fault) == (seen, "")


STYLES = (
    '<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Letters"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:styleId="Shown"><w:basedOn w:val="Letters"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
)


def test_a_row_that_word_hides_is_said_to_be():
    row = "".join(f"<w:tc>{p(t(text))}</w:tc>" for text in (ID, "الف", "A"))
    for properties, is_said in (("<w:hidden/>", True), ('<w:hidden w:val="0"/>', False), ("", False)):
        (line,) = docx.read(document(f"<w:tr><w:trPr>{properties}</w:trPr>{row}</w:tr>"))
        assert (line.target, bool(line.remark)) == ("A", is_said)


def test_words_that_a_style_hides_are_read_in_no_sentence():
    """Who compares the table in Word would find right what is read here with a «not» in it."""
    letters, shown, round = (f'<w:rPr><w:rStyle w:val="{name}"/></w:rPr>' for name in ("Letters", "Shown", "Round"))
    on = '<w:rPr><w:rStyle w:val="Letters"/><w:vanish w:val="0"/></w:rPr>'
    cell = p(t("We do ") + t("not ", letters) + t("accept ", shown) + t("this ", on) + t("offer.", round))
    cell += p(t("hidden") + t("seen", on), '<w:pPr><w:pStyle w:val="Letters"/></w:pPr>')
    (line,) = docx.read(word(cell, styles=STYLES))
    assert line.target == "We do accept this offer.\nseen"


@pytest.mark.parametrize("sign", ['w:font="Wingdings" w:char="F0FF"', 'w:font="Own" w:char="F041"', 'w:char="zz"', ""])
def test_a_sign_that_nobody_knows_is_said_with_its_row(sign):
    (line,) = docx.read(word(p(t("a ") + f"<w:r><w:sym {sign}/></w:r>")))
    assert line.fault.startswith("row 1: signs that cannot be read (") and "type them as characters" in line.fault


def test_cells_in_controls_count_and_deleted_cells_do_not():
    gone = "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc>"
    rows = f"<w:tr>{gone}<w:sdt><w:sdtContent><w:tc>{p(t(ID))}</w:tc></w:sdtContent></w:sdt>" + "".join(
        f"<w:tc>{p(t(text))}</w:tc>" for text in ("الف", "A", "note")
    )
    (line,) = docx.read(document(f"{rows}</w:tr>"))
    assert (line.source, line.target, line.note) == ("الف", "A", "note")


NAMES = "".join(f"<w:tc>{p(t(name))}</w:tc>" for name in ("id", "Persian", "English", "note"))


@pytest.mark.parametrize(
    "texts", [(ID, "الف\nA", "a remark"), (f"{ID}\nالف", "A", "a remark"), (ID, "الف", "A", "B", "n"), (ID,)]
)
def test_a_row_whose_cells_were_merged_or_divided_is_left_out(texts):
    """Word has no cell in place of one that was merged: the remark would be the translation."""
    cells = "".join(f"<w:tc>{p(t(text))}</w:tc>" for text in texts)
    (line,) = docx.read(document(f"<w:tr>{NAMES}</w:tr><w:tr>{cells}</w:tr>"))
    assert line.fault.startswith("row 2: cells of this row are merged") and not line.target


def test_comments_and_footnotes_are_notes_without_the_names_of_those_they_call():
    mention = t("@Sara Example ", '<w:rPr><w:rStyle w:val="Mention"/></w:rPr>')
    content = word(
        p(t("A") + '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'),
        comments=f'<w:comment w:id="1" w:author="Reza">{p(mention + t("look"))}</w:comment>',
        footnotes=f'<w:footnote w:id="1">{p(t("a footnote"))}</w:footnote>',
    )
    assert docx.read(content)[0].note == "look\na footnote"


def test_words_typed_on_in_the_style_of_a_name_stay_in_a_translation():
    typed_on = t("and not the owners ", '<w:rPr><w:rStyle w:val="Mention"/></w:rPr>')
    content = word(p(t("We back them ") + typed_on + t("in this.")))
    assert docx.read(content)[0].target == "We back them and not the owners in this."


NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
EARLIER = Line(
    ID, "حقوق چهار ماه را می‌خواهند.", "Three months.", state=State.DOUBT, previous="حقوق سه ماه را می‌خواهند."
)


def test_a_changed_row_shows_what_it_was_and_marks_what_is_new():
    plain = Line(f"1{ID[1:]}", "ب", "B", "a note", state=State.REVIEWED)
    content = docx.write(Table("s", SHIPPED["fa"], SHIPPED["en"], (EARLIER, plain)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))

    def marked(mark):
        return [text.strip() for text in root.xpath(f"//w:tbl//w:r[w:rPr/w:{mark}]/w:t/text()", namespaces=NAMESPACES)]

    assert (marked("u"), marked("strike")) == (["چهار"], ["سه"])
    last = ["".join(row.xpath(".//w:tc[5]//w:t/text()", namespaces=NAMESPACES)) for row in root.iterfind(".//{*}tr")]
    assert last == ["Persian, earlier", EARLIER.previous, ""]
    assert [(line.source, line.target, line.note) for line in docx.read(content)] == [
        (line.source, line.target, line.note) for line in (EARLIER, plain)
    ]


@pytest.mark.parametrize("name", ["strike", "dstrike"])
def test_a_translation_with_words_struck_through_is_left_for_a_person(name):
    struck, plain = f"<w:rPr><w:{name}/></w:rPr>", f'<w:rPr><w:{name} w:val="0"/></w:rPr>'
    (line,) = docx.read(word(p(t("the fox ") + t("jumps", struck))))
    assert "struck through" in line.fault
    (line,) = docx.read(word(p(t("the fox ", struck.replace("w:rPr", "w:x")) + t("jumps", plain) + t(" ", struck))))
    assert (line.target, line.fault) == ("the fox jumps ", "")


LIST = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'


def test_a_number_of_which_word_made_a_list_is_left_for_a_person():
    (line,) = docx.read(word(p(t("May 1979 was a day."), LIST.format(7)), p(t("b"))))
    assert "a list" in line.fault
    (line,) = docx.read(
        word(p(t("May 1979 was a day."), LIST.format(0)) + p("", LIST.format(7)), p(t("b"), LIST.format(7)))
    )
    assert (line.target, line.note, line.fault) == ("May 1979 was a day.", "b", "")


def test_figures_above_and_below_others_stay_there():
    raised, lowered = (f'<w:rPr><w:vertAlign w:val="{place}"/></w:rPr>' for place in ("superscript", "subscript"))
    (line,) = docx.read(word(p(t("10") + t("6", raised) + t(" m") + t("2", lowered) + t(" 1") + t("er", raised))))
    assert line.target == "10⁶ m₂ 1er"


def test_figures_above_others_that_no_character_shows_are_left_for_a_person():
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    power = p(t("۱۰") + t("۶", raised))
    (line,) = docx.read(word(power))
    assert "raised" in line.fault
    (line,) = docx.read(word(p(t("ten")), power))
    assert (line.target, line.fault) == ("ten", "")


def test_a_formula_is_left_for_a_person():
    half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    (line,) = docx.read(word(p(t("We want ") + half)))
    assert "a formula" in line.fault


def test_the_parts_of_a_document_are_those_that_it_names():
    """Word for the web numbers them."""
    whole = word(
        p(t("A") + '<w:r><w:commentReference w:id="1"/></w:r>'),
        comments=f'<w:comment w:id="1">{p(t("look"))}</w:comment>',
    )
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name.replace(".xml", "2.xml"): archive.read(name) for name in archive.namelist()}
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for name, kind, target in (
        ("_rels/.rels", "officeDocument", "word/document2.xml"),
        ("word/_rels/document2.xml.rels", "comments", "comments2.xml"),
    ):
        one = f'<Relationship Id="r" Type="{kinds}/{kind}" Target="{target}"/>'
        parts[name] = f'<Relationships xmlns="{relations}">{one}</Relationships>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (line,) = docx.read(out.getvalue())
    assert (line.target, line.note) == ("A", "look")
