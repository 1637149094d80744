"""Fields show their result, lead somewhere, count, or show nothing."""

import pytest

from pipeline.model import MarkKind
from tests.support.documents import p, r
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
