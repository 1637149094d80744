"""Lists of an OpenDocument text count as they show."""

import pytest

from pipeline.model import Kind
from tests.support.opendocuments import PROSE, blocks


def test_lists_count_as_they_show_and_go_on_where_they_say():
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = (
        f"<text:list>{item('الف است', '')}{item('ب است', '<text:list>' + item('ریز', '') + '</text:list>')}</text:list>"
    )
    body = (
        f'<text:list text:style-name="L">{item("یک", "")}{item("دو", inner)}</text:list>{PROSE}'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("سه", "<text:p>دنباله‌ی همان بند است و تمام.</text:p>")}</text:list>'
        f'<text:list text:style-name="L">{item("از نو", "")}</text:list>{PROSE}'
    )
    found = [(block.marker, block.depth, block.ordinal) for block in blocks(body) if block.kind is Kind.LIST_ITEM]
    assert found == [
        ("۱-", 1, 1),
        ("۲-", 1, 2),
        ("۲.a)", 2, 1),
        ("۲.b)", 2, 2),
        ("–", 3, None),
        ("۳-", 1, 3),
        ("۱-", 1, 1),
    ]


def test_lists_in_cells_keep_their_numbers_also_where_nothing_else_is_in_them():
    def row(first: str, second: str) -> str:
        item = f"<text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>{first}</text:p></text:list-item></text:list>"
        return f"<table:table-row><table:table-cell>{item}</table:table-cell><table:table-cell><text:p>{second}</text:p></table:table-cell></table:table-row>"

    table = blocks(f"{PROSE}<table:table>{row('', 'سارا')}{row('نان', 'علی')}</table:table>{PROSE}")[1]
    assert table.text == "۱-\tسارا\n۲- نان\tعلی"


def nested(inside: str, more: str = "") -> str:
    return f"<text:list text:style-name='L' {more}>{inside}</text:list>"


def entry(text: str, inside: str = "") -> str:
    return f"<text:list-item>{f'<text:p>{text}</text:p>' if text else ''}{inside}</text:list-item>"


GOES_ON = "text:continue-numbering='true'"


@pytest.mark.parametrize(
    ("body", "markers"),
    [  # as LibreOffice 7.4 shows them
        (nested(entry("یک", nested(entry("دو") + entry("سه")))) + PROSE + nested(entry("", nested(entry("چهار"))), GOES_ON), "۱- ۱.a) ۱.b) ۱.c)"),
        (nested(entry("یک", nested(entry("دو")))) + PROSE + nested(entry("سه", nested(entry("چهار"))), GOES_ON), "۱- ۱.a) ۲- ۲.a)"),
        (nested(entry("یک", nested(entry("دو")))) + PROSE + nested(entry("", nested(entry("سه")))), "۱- ۱.a) ۱.a)"),
        (nested(entry("یک", nested(entry("دو")) + "<text:p>میان</text:p>" + nested(entry("سه")))), "۱- ۱.a) ۱.a)"),
        (nested(entry("", nested(entry("یک"))) + entry("دو")), "۱.a) ۲-"),
    ],
)  # fmt: skip
def test_inner_items_go_on_where_their_list_does(body, markers):
    read = blocks(PROSE + body + PROSE)
    assert [block.marker for block in read if block.marker] == markers.split()
