"""Lists of an OpenDocument text count as they show."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import odt
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


def test_headings_have_the_numbers_that_libreoffice_shows():
    def heading(level: int, more: str = "") -> str:
        return f'<text:h text:outline-level="{level}" {more}>سرفصل</text:h>{PROSE}'

    starts = {1: 'text:start-value="3"', 2: "", 3: ""}
    levels = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-format="1" text:display-levels="{level}" {start}/>'
        for level, start in starts.items()
    )
    restarted = heading(1, 'text:restart-numbering="true" text:start-value="9"')
    unnumbered = heading(1, 'text:is-list-header="true"')
    body = heading(1) + heading(3) + heading(2) + unnumbered + heading(1) + restarted + heading(2)
    content = odt(body, styles=f"<text:outline-style>{levels}</text:outline-style>")
    read = form.read(content, "d", SHIPPED["fa"], Corrections()).blocks
    assert [block.marker for block in read if block.text == "سرفصل"] == ["3", "3.1.1", "3.2", "", "4", "9", "9.1"]


def test_a_list_may_begin_at_0():
    automatic = '<text:list-style style:name="Z"><text:list-level-style-number text:level="1" style:num-format="1" text:start-value="0"/></text:list-style>'
    body = f'{PROSE}<text:list text:style-name="Z">{entry("صفر")}{entry("یک")}</text:list>{PROSE}'
    read = form.read(odt(body, automatic=automatic), "d", SHIPPED["fa"], Corrections()).blocks
    assert [block.marker for block in read if block.kind is Kind.LIST_ITEM] == ["0", "1"]
