"""Who issued a document, its number, place and date, as they are stated in a language."""

from dataclasses import replace

from pipeline.edition import circumstances
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support import rich
from tests.support.pages import PROSE, built

EN, FA = SHIPPED["en"], SHIPPED["fa"]


def test_what_only_the_editor_states_stands_in_brackets():
    edition = built(f"عنوان سند\n\n{PROSE}", str, issuer="شورا", number="No. 12/95", date="2016-10-30", place="تهران")
    assert circumstances.issuer(edition, FA) == "[شورا]"
    assert [circumstances.number(edition, one) for one in (FA, EN)] == ["[شمارۀ ۱۲/۹۵]", "[No. 12/95]"]
    assert circumstances.dateline(edition, FA) == "[تهران، ۹ آبان ۱۳۹۵ (۳۰ اکتبر ۲۰۱۶)]"


def test_what_the_text_says_is_not_said_again():
    edition = built(f"عنوان سند\n\n{PROSE}\n\nتهران، ۹ آبان ۱۳۹۵", str, date="2016-10-30", place="تهران")
    assert circumstances.dateline(edition, FA) == circumstances.number(edition, EN) == ""


def test_a_title_is_read_without_its_marks():
    title = rich.edition(blocks=(rich.block(Kind.TITLE, "گزارش سال", level=1),))
    unit = replace(title.title.units["en"], target="The **year**")
    marked = replace(title, title=replace(title.title, signs=(), units={"en": unit}))
    assert circumstances.title(marked, EN) == "The year"
