"""What no engine may touch: addresses, numbers and terms, behind marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import SHIPPED
from pipeline.translate.protection import protect
from tests.translate.test_drafting import TERMS


@pytest.mark.parametrize(
    ("source", "text", "values"),
    [
        ("در ۱۳ آگوست ۲۰۱۰ در ٪۵۰", "در X0X آگوست X1X در ٪X2X", ("13", "2010", "50")),
        (
            "به a.b@example.org یا https://example.org/fa؟x بنویسید.",
            None,
            ("a.b@example.org", "https://example.org/fa؟x"),
        ),
        ("تلفن: ۵۱۴-۲۵۸-۸۱۸۶", "تلفن: X0X", ("514-258-8186",)),
        ("شورای همکاری و شورا و شوراها", "X0X و X1X و شوراها", ("Cooperation Council", "council")),
        ("بمب57 و a4", "بمب57 و a4", ()),
        ("X1X مانند نشان است ۵", "X1X مانند نشان است 5", ()),
        (f"X{'9' * 5000}X", f"X{'9' * 5000}X", ()),
    ],
)
def test_what_no_engine_may_touch_is_a_mark(source, text, values):
    protected = protect(source, SHIPPED["fa"], SHIPPED["en"], TERMS)
    assert protected.values == values and text in (None, protected.text)
    if values:
        assert protected.restored(protected.text.replace("X0X", " x 0 x")) is not None
        assert protected.restored(protected.text.replace("X0X", "")) is None
        assert protected.restored(protected.text + " X0X") is None


@given(st.text("ابپ ۱۲۳.@-/X0aشورا همکاری", max_size=40))
def test_a_sentence_whose_marks_are_left_alone_keeps_all_it_says(source):
    protected = protect(source, SHIPPED["fa"], SHIPPED["en"])
    pieces = protected.pieces() if protected.values else [(protected.text, "")]
    assert "".join(text + value for text, value in pieces) == protected.restored(protected.text)
