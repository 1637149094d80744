"""A spreadsheet that comes back: what somebody wrote is taken, and what the program made of it is left out and said."""

import io
import subprocess
import zipfile

import openpyxl
import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange.formats import _remarks as remarks
from pipeline.exchange.formats import docx, xlsx
from pipeline.exchange.table import Line, Table
from pipeline.languages import SHIPPED
from tests.conftest import CASES
from tests.support.documents import odt

ID = "0123456789ab-0123456789abcdef"
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"


def read(name):
    return xlsx.read((CASES / "exchange" / name).read_bytes())


def related(*targets):
    each = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def book(cell, form="General", **parts):
    """A workbook whose only row has an id, a source, and this cell; `form` is the format of its style 1."""
    texts = "".join(
        f'<c r="{name}7" t="inlineStr"><is><t>{text}</t></is></c>' for name, text in (("A", ID), ("B", "الف"))
    )
    content = {
        "xl/workbook.xml": f"<workbook {S}/>",
        "xl/_rels/workbook.xml.rels": related((f"{OFFICE}/worksheet", "sheet.xml"), (f"{OFFICE}/styles", "styles.xml")),
        "xl/styles.xml": f'<styleSheet {S}><numFmts><numFmt numFmtId="164" formatCode="{form}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sheet.xml": f'<worksheet {S}><sheetData><row r="7">{texts}{cell}</row></sheetData></worksheet>',
    } | parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "form", "text"),
    [
        ('<c r="C7" t="str"><f>TRANSLATE(B7)</f><v>A</v></c>', "General", "A"),
        ('<c r="C7" t="str"><f>A()</f><v></v></c>', "General", ""),
        ('<c r="C7" s="1"><v>7</v></c>', "000", "007"),
        ('<c r="C7" s="1"><v>2011</v></c>', "@", "2011"),
        ('<c r="C7"><v>-5</v></c>', "General", "-5"),
        ('<c r="C7" t="inlineStr"><is><t>a_x000D_\nb_x005F_x000D_</t></is></c>', "General", "a\nb_x000D_"),
        ('<c r="C7"/>', "General", ""),
    ],
)  # fmt: skip
def test_what_a_cell_shows_is_taken(cell, form, text):
    (line,) = xlsx.read(book(cell, form))
    assert (line.target, line.fault) == (text, "")


@pytest.mark.parametrize(
    ("cell", "form", "fault"),
    [
        ('<c r="C7"><f>TRANSLATE(B7)</f></c>', "General", "a formula that has no value"),
        ('<c r="C7" t="e"><v>#N/A</v></c>', "General", "a spreadsheet's error (#N/A)"),
        ('<c r="C7" t="str"><f>X</f><v>#NAME?</v></c>', "General", "a spreadsheet's error (#NAME?)"),
        ('<c r="C7" t="b"><v>1</v></c>', "General", "true or false"),
        ('<c r="C7" s="1"><v>0.15</v></c>', "0%", "a percentage (0.15)"),
        ('<c r="C7" s="1"><v>40770</v></c>', "[$-409]d mmmm yyyy", "a date or time (40770)"),
        ('<c r="C7" s="2"><v>40770</v></c>', "General", "a date or time (40770)"),
        ('<c r="C7" t="d"><v>2011-08-15</v></c>', "General", "a date (2011-08-15)"),
        ('<c r="C7" s="1"><v>1234567.5</v></c>', "#,##0.00&quot; days&quot;", "a number (1234567.5)"),
        ('<c r="C7"><v>0.1</v></c>', "General", "a number (0.1)"),
        (f'<c r="C7" t="inlineStr"><is><t>{"x" * 32_767}</t></is></c>', "General", "as long as a cell"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_left_out_with_its_row(cell, form, fault):
    (line,) = xlsx.read(book(cell, form))
    assert line.fault.startswith(f"row 7: {fault}")


@pytest.mark.parametrize("name", ["formulas.xlsx", "formulas.ods"])
def test_formulas_give_their_value_and_errors_are_said(name):
    lines = read(name)
    assert (lines[0].target, lines[2].target) == ("Trial statement", "Line one\nline two")
    assert [line.fault[:29] for line in lines[3:5]] == [
        "row 5: a spreadsheet's error ",
        "row 6: a spreadsheet's error ",
    ]
    # LibreOffice does not know the function, and says so; Excel's value stands in the other file.
    assert (lines[1].fault != "") is name.endswith(".ods") and not any(line.fault for line in lines[5:])


@pytest.mark.parametrize("name", ["typed_and_comments.xlsx", "typed_and_comments.ods"])
def test_numbers_and_dates_are_said_and_of_comments_the_remark_alone_is_a_note(name):
    lines = read(name)
    assert [line.note for line in lines if line.note] == ["Is this the right word?", "please check the number"]
    assert [line.fault.partition("(")[0] for line in lines if line.fault and "true" not in line.fault] == [
        "row 5: a percentage ", f"row 8: a date {'or time ' if name.endswith('xlsx') else ''}",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["comment_saved_by_libreoffice.xlsx", "comment_saved_by_libreoffice.ods"])
def test_a_comment_of_excel_that_libreoffice_saved_names_nobody(name):
    """It loses the author and the bold face of the name, in whatever script, on the first line."""
    assert [line.note for line in read(name)] == ["this is wrong"]


def test_a_conversation_is_read_from_its_own_part_without_the_names_of_those_it_calls():
    said = '<threadedComment ref="C7"><text>@Sara Ex is it right?</text><mentions><mention startIndex="0" length="8"/></mentions></threadedComment>'
    more = '<threadedComment ref="C7" parentId="1"><text>yes</text></threadedComment>'
    legacy = '<comments xmlns="{}"><authors><author>tc=1</author></authors><commentList><comment ref="C7" authorId="0"><text><t>[x] old</t></text></comment></commentList></comments>'
    parts = {
        "xl/_rels/sheet.xml.rels": related((f"{OFFICE}/comments", "c.xml"), (f"{MICROSOFT}/threadedComment", "t.xml")),
        "xl/c.xml": legacy.format(S[7:-1]),
        "xl/t.xml": f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">{said}{more}</ThreadedComments>',
    }
    assert xlsx.read(book('<c r="C7"/>', **parts))[0].note == "is it right?\nyes"


@pytest.mark.parametrize(
    ("text", "author", "remark"),
    [
        ("[Commentaire]\n\nVotre version d’Excel …: https://go.microsoft.com/fwlink/?linkid=870924\n\nCommentaire :\n    Un\n    deux\nRéponse :\n    Trois", "tc={1}", "Un\ndeux\nTrois"),
        ("Sara Example:\nplease check: now", "Sara Example", "please check: now"),
        ("Sara Example:\nplease check", "", "please check"),
        ("is it right?\n\t-Sara Example\n----\nyes\n\t-Reza", "", "is it right?\nyes"),
        ("Note: see above", "Sara", "Note: see above"),
        ("لطفا ببینید:\nاین", "", "لطفا ببینید:\nاین"),
    ],
)  # fmt: skip
def test_of_a_comment_the_remark_is_left(text, author, remark):
    assert remarks.alone(text, author) == remark


def table(target):
    return Table("s", SHIPPED["fa"], SHIPPED["en"], (Line(ID, "الف", target),))


def test_what_a_cell_cannot_hold_is_refused_with_the_sentence():
    for target in ("x" * 32_768, "\U0001f54a" * 16_384):
        with pytest.raises(ExchangeError, match=r"sentence 1 \(«الف»\): 32,768 characters, and a cell .* holds 32,767"):
            xlsx.write(table(target))
    assert xlsx.read(xlsx.write(table("x" * 32_767)))[0].target == "x" * 32_767


@pytest.mark.parametrize("text", ["_x000D_", "_x005F_x000d_", "a_x0041_b", "_x00_", "__x0041__"])
def test_a_text_that_looks_like_an_escape_stays_itself(text):
    assert xlsx.read(xlsx.write(table(text)))[0].target == text


RICH = '<c r="C7" t="inlineStr"><is><r><t>a </t></r><r><rPr><strike{}/></rPr><t>{}</t></r></is></c>'


@pytest.mark.parametrize(
    ("cell", "is_struck"),
    [
        (RICH.format("", "b"), True),
        (RICH.format("", " "), False),
        (RICH.format(' val="0"', "b"), False),
        ('<c r="C7" s="1" t="inlineStr"><is><t>b</t></is></c>', True),
        ('<c r="C7" s="0" t="inlineStr"><is><t>b</t></is></c>', False),
        ('<c r="C7" s="1"/>', False),
    ],
)
def test_a_translation_with_words_struck_through_is_left_for_a_person(cell, is_struck):
    styles = (
        f"<styleSheet {S}><fonts><font/><font><strike/></font></fonts>"
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
    )
    (line,) = xlsx.read(book(cell, **{"xl/styles.xml": styles}))
    assert ("struck through" in line.fault) is is_struck


def test_an_opendocument_table_with_words_struck_through_is_left_for_a_person():
    style = '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    row = "<table:table-row>{}</table:table-row>"
    for inner, is_struck in (('<text:span text:style-name="S">b</text:span>', True), ("b", False)):
        cells = "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in (ID, "الف", inner))
        content = odt(f"<table:table>{row.format(cells)}</table:table>", automatic=style)
        (line,) = docx.read(content)
        assert ("struck through" in line.fault) is is_struck


def test_figures_above_others_stay_there():
    rich = (
        '<c r="C7" t="inlineStr"><is><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r></is></c>'
    )
    (line,) = xlsx.read(book(rich))
    assert line.target == "10⁶"
    (line,) = xlsx.read(book(rich.replace("<t>6</t>", "<t>_x000A_6</t>")))
    assert line.target == "10\n⁶"
    (line,) = xlsx.read(book(rich.replace("<t>6</t>", "<t>۶</t>")))
    assert "raised" in line.fault


ITEM = "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>"


@pytest.mark.parametrize(
    ("inner", "target", "fault"),
    [
        ("<text:p>10<text:span text:style-name='A'>6</text:span></text:p>", "10⁶", ""),
        ("<text:p>m<text:span text:style-name='B'>2</text:span></text:p>", "m₂", ""),
        ("<text:p>۱۰<text:span text:style-name='A'>۶</text:span></text:p>", None, "raised"),
        (ITEM.format("May 1979"), None, "a list"),
        (ITEM.format("") + "<text:p>May</text:p>", None, ""),
        ("<text:p>b<draw:frame><draw:object/></draw:frame></text:p>", None, "a formula"),
    ],
)
def test_an_opendocument_table_has_no_lists_or_formulas_and_keeps_what_stands_above(inner, target, fault):
    style = '<style:style style:name="{}" style:family="text"><style:text-properties style:text-position="{} 58%"/></style:style>'
    cells = "".join(
        f"<table:table-cell>{one}</table:table-cell>"
        for one in (f"<text:p>{ID}</text:p>", "<text:p>الف</text:p>", inner)
    )
    content = odt(
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>",
        automatic=style.format("A", "super") + style.format("B", "-33%"),
    )
    (line,) = docx.read(content)
    assert target is None or line.target == target
    assert fault in line.fault and bool(fault) == bool(line.fault)


@pytest.mark.parametrize("before", ["", "<table:table-cell table:number-columns-repeated='2'/>", "<table:table-cell/>"])
def test_a_row_of_an_opendocument_table_that_lost_its_id_is_read(before):
    def row(*texts):
        cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
        return f"<table:table-row>{before}{cells}</table:table-row>"

    empty = "<table:table-row><table:table-cell table:number-columns-repeated='1024'/></table:table-row>"
    rows = (
        row("above", "it", "x"), row("id", "Persian", "English"), row(ID, "الف", "One"), row("", "ب", "Two"), empty,
        row("id", "Persian", "English"), row("x", "", "Three"), row("", "پ", ""),
    )  # fmt: skip
    lines = docx.read(odt(f"<table:table>{''.join(rows)}</table:table>"))
    assert [(line.id, line.source, line.target) for line in lines] == [
        (ID, "الف", "One"),
        ("", "ب", "Two"),
        ("", "", "Three"),
    ]
    assert [bool(line.fault) for line in lines] == [False, False, True]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize("what", ["row", "column", "ids", "sheet"])
def test_what_a_workbook_shows_to_nobody_is_said(what, suffix, tmp_path):
    made = xlsx.write(Table("x", SHIPPED["fa"], SHIPPED["en"], (Line(ID, "الف", "A"), Line(ID[:-1] + "0", "ب", "B"))))
    workbook = openpyxl.load_workbook(io.BytesIO(made))
    sheet = workbook.active
    sheet.row_dimensions[3].hidden = what == "row"
    sheet.column_dimensions["C"].hidden, sheet.column_dimensions["A"].hidden = what == "column", what == "ids"
    workbook.create_sheet("seen")
    workbook.active, sheet.sheet_state = 1, "hidden" if what == "sheet" else "visible"
    path = tmp_path / "table.xlsx"
    workbook.save(path)
    if suffix == "ods":
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        words = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", tmp_path, path]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
    told = [bool(line.remark) for line in xlsx.read(path.with_suffix(f".{suffix}").read_bytes())]
    assert told == {"row": [False, True], "ids": [False, False]}.get(what, [True, True])


def test_an_earlier_sentence_in_a_word_table_that_libreoffice_saved_says_nothing_of_the_translation():
    cells = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in (ID, "خیر", "Yes", "", "بله")
    )
    (line,) = docx.read(odt(f"<table:table><table:table-row>{cells}</table:table-row></table:table>"))
    assert line.state is None


@pytest.mark.parametrize(
    "section", ['text:display="none"', 'text:display="condition" text:is-hidden="true"', 'text:display="true"']
)
def test_a_table_in_a_hidden_section_of_libreoffice_is_said_to_be(section):
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in (ID, "الف", "A"))
    rows = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    (line,) = docx.read(odt(f"<text:section {section}>{rows}</text:section>"))
    assert (line.target, bool(line.remark)) == ("A", "true" not in section.removesuffix('is-hidden="true"'))
