"""Fields show their result, lead somewhere, count, or show nothing."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind, MarkKind
from tests.support.documents import docx, p, r
from tests.support.worddocuments import PROSE, blocks, texts


def test_a_field_leads_where_a_link_does():
    code = '<w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "mailto:</w:instrText><w:instrText>a@example.org" </w:instrText>'
    body = p(
        f'<w:r>{code}<w:fldChar w:fldCharType="separate"/></w:r>{r("نشانی")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{r(" ما.")}'
    )
    (mark,) = blocks(body + p(PROSE))[0].marks
    assert (mark.kind, mark.value, mark.end) == (MarkKind.LINK, "mailto:a@example.org", 5)


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


REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTE = f'<w:footnote w:id="2">{p("یادداشت.")}</w:footnote>'


def test_what_is_behind_a_field_that_does_not_end_is_read_or_said_to_be_missing():
    def read(code: str, **parts):
        begun = field(code, r("یک"))[: -len('<w:r><w:fldChar w:fldCharType="end"/></w:r>')]
        body = p(r("آغاز ") + REFERENCE + begun) + p(PROSE)
        made = docx(body, footnotes=NOTE)
        return form.read(made, "d", SHIPPED["fa"], Corrections())

    assert [block.text for block in read(" REF x ").blocks] == ["آغاز یک", PROSE, "یادداشت."]
    unseen = read(" SET x y ")
    assert [block.text for block in unseen.blocks] == ["آغاز", "یادداشت."]
    assert "a field that shows nothing does not end" in unseen.remarks[0]


@pytest.mark.parametrize(
    ("code", "remarks"),
    [
        (" FORMDROPDOWN ", 1),
        (" eq \\o\\ac(○,1) ", 1),
        (" LISTNUM ", 1),
        (" XE x ", 0),
        (" DATE ", 1),
        (" FORMCHECKBOX ", 1),
        (" PAGE ", 0),
        (" PRIVATE ", 0),
    ],
)
@pytest.mark.parametrize("is_whole", [False, True])
def test_a_field_that_word_draws_from_its_code_alone_is_told_of(code, remarks, is_whole):
    """Word writes the boxes that are ticked with a result, in which there is nothing."""
    kept = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    drawn = field(code, "") if is_whole else field(code, "").replace(kept.format("separate"), "")
    read = form.read(docx(p(r("آغاز ") + drawn + r("پایان")) + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert [block.text for block in read.blocks] == ["آغاز پایان", PROSE]
    assert len(read.remarks) == remarks
    assert all("does not keep what they show: 1" in remark for remark in read.remarks)


def test_a_document_that_stands_in_another_file_is_told_of():
    read = form.read(docx(p(PROSE) + p('<w:subDoc r:id="rId7" xmlns:r="r"/>')), "d", SHIPPED["fa"], Corrections())
    assert any("documents of their own: 1" in remark for remark in read.remarks)


def test_a_field_that_only_begins_a_count_anew_shows_no_number_and_makes_no_caption():
    """As templates have in the headings of chapters, so that figures count from one in each."""

    def counting(switches: str) -> str:
        return field(f" SEQ Figure {switches}", "")

    body = p(r("فصل نخست") + counting("\\h \\r 0"), '<w:outlineLvl w:val="0"/>') + p(PROSE)
    figures = p(r("شکل ") + counting("\\* ARABIC")) + p(r("باز شکل ") + counting("\\c")) + p(r("شکل ") + counting(""))
    read = blocks(body + figures + p(PROSE))
    assert [block.text for block in read] == ["فصل نخست", PROSE, "شکل 1", "باز شکل 1", "شکل 2", PROSE]
    assert read[0].kind is not Kind.CAPTION


def test_a_field_of_which_no_result_is_kept_is_told_of():
    """Programs put it there, and Word writes the day or the words of a file when it opens the document."""

    def remarks(inner: str) -> list[str]:
        return list(form.read(docx(p(r("آغاز ") + inner) + p(PROSE)), "d", SHIPPED["fa"], Corrections()).remarks)

    for lost in (field(" INCLUDETEXT a.docx ", ""), '<w:fldSimple w:instr=" AUTHOR "/>'):
        (remark,) = remarks(lost)
        assert "does not keep what they show: 1" in remark
    hidden = field(" REF x ", "").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    kept = (
        field(" MERGEFIELD x ", "")
        + field(" REF x ", r("دو"))
        + '<w:fldSimple w:instr=" DATE "><w:r><w:t>۱</w:t></w:r></w:fldSimple>'
    )
    assert remarks(hidden + kept) == []


def test_the_code_of_a_condition_may_go_over_paragraphs_and_what_it_shows_is_read_once():
    kept = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    begun = p(r("آغاز ") + kept.format("begin") + code.format(' IF 1 = 1 "یک'))
    on = p(code.format("دو ") + field(" REF x ", r("نام")) + code.format('" "سه"') + kept.format("separate") + r("یک"))
    ended = p(r("دو نام") + kept.format("end") + r(" پایان"))
    assert texts(begun + "<w:p/>" + on + ended + p(PROSE)) == ["آغاز", "یک", "دو نام پایان", PROSE]
    assert texts(begun + p(r("متن ") + field(" REF x ", r("نام"))) + p(PROSE)) == ["آغاز", "متن نام", PROSE]
    read = form.read(docx(begun + p(code.format("دو") + r("متن")) + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert any("a field that shows nothing does not end" in one for one in read.remarks)


def test_what_a_condition_hides_is_not_read_where_it_is_fields_or_a_table_alone():
    """Letters to many have the name and the address of each person in paragraphs of their own."""
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF 1 = 2 "</w:instrText></w:r>'
    end = '<w:r><w:instrText>" "هیچ" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end += f'{r("هیچ")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    name, place = p(field(" MERGEFIELD name ", r("نام"))), p(field(" MERGEFIELD place ", r("خیابان")))
    table = f"<w:tbl><w:tr><w:tc>{name}</w:tc><w:tc>{place}</w:tc></w:tr></w:tbl>"
    for hidden in (name + place, table, name + p("") + table):
        assert texts(p(r("آغاز") + begun) + hidden + p(end) + p(PROSE)) == ["آغاز", "هیچ", PROSE]


def test_what_follows_a_field_that_never_ends_is_read():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF "</w:instrText></w:r>'
    goes_on = p("<w:r><w:instrText>x</w:instrText></w:r>")
    assert texts(p(r("آغاز") + begun) + p(PROSE) * 3) == ["آغاز", PROSE, PROSE, PROSE]
    assert texts(p(r("آغاز") + begun) + p(PROSE) * 50 + goes_on + p(PROSE)) == ["آغاز", *[PROSE] * 51]
    assert texts(p(r("آغاز") + begun) + p(PROSE) + p(r("دو") + begun) + goes_on)[:3] == ["آغاز", PROSE, "دو"]
