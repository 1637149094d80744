"""Markers of items and notes, as each language counts."""

import pytest

from pipeline.edition import counting
from pipeline.edition.render.pdf import faces
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support import rich


@pytest.mark.parametrize(
    ("marker", "ordinal", "persian", "english"),
    [
        ("۱-", 1, "۱-", "1."), ("۱ -", 1, "۱-", "1."), ("( ۳ )", 3, "(۳)", "3."), ("1.", 1, "۱.", "1."),
        ("ماده 1-", 1, "ماده ۱-", "1."), ("2-1-", 1, "۲-۱-", "2.1."), ("الف)", 1, "الف)", "1."),
        ("•", None, "•", "•"), ("-", None, "-", "–"), ("◦", None, "◦", "◦"),
        ("●", None, "●", "●"), ("➢", None, "➢", "➢"), ("✔️", None, "✔️", "✔️"), ("〓", None, "•", "•"), ("\uf0a7", None, "•", "•"),
    ],
)  # fmt: skip
def test_a_marker_is_printed_as_its_language_counts(marker, ordinal, persian, english):
    block = rich.block(Kind.LIST_ITEM, "نان", marker=marker, ordinal=ordinal, depth=1)
    assert [counting.marker(block, SHIPPED[code], drawn=faces.shown()) for code in ("fa", "en")] == [persian, english]


@pytest.mark.parametrize(
    ("marker", "ordinal", "english", "persian"),
    [
        ("a)", 1, "a)", "الف)"), ("(b)", 2, "(b)", "(ب)"), ("2.", 2, "2.", "۲."), ("1)", 1, "1)", "۱)"), ("ii)", 2, "ii)", "۲)"),
        ("Art. 3", 3, "Art. 3", "Art. ۳"), ("–", None, "–", "–"), ("Z)", 26, "Z)", "۲۶)"),
    ],
)  # fmt: skip
def test_a_marker_of_an_english_source_is_its_own_and_is_lettered_in_persian(marker, ordinal, english, persian):
    block = rich.block(Kind.LIST_ITEM, "bread", marker=marker, ordinal=ordinal, depth=1)
    assert counting.marker(block, SHIPPED["en"], is_source=True) == english
    assert counting.marker(block, SHIPPED["fa"]) == persian
