"""Signs of marks, put back into a draft."""

import pytest

from pipeline.translate import placing


@pytest.mark.parametrize(
    ("source", "draft", "became", "text", "left_out"),
    [
        ("[کار]{1} ما", "Our work", {"کار": "Work."}, "Our [work]{1}", ()),
        ("**کار** ما", "Our labour", {"کار": "work"}, "Our labour", ("**",)),
        ("**کار** ما", "Work is work", {"کار": "work"}, "Work is work", ("**",)),
        ("*کار*{1} ما", "Our work{1}", {"کار": "work"}, "Our *work*{1}", ()),
        ("[**کار** ما]{1}", "Our work", {"کار ما": "our work", "کار": "work"}, "[Our **work**]{1}", ()),
        ("[الف ب]{1} *ب ج*", "a b c", {"الف ب": "a b", "ب ج": "b c"}, "[a b]{1} c", ("*",)),
        ("[۱]{1} ما{2}", "We 1 {2}", {"۱": "1"}, "We [1]{1} {2}", ()),
        ("**کار** ما{1}", "Work *our* [x]{1}", {"کار": "work"}, r"**Work** \*our\* \[x\]{1}", ()),
    ],
)
def test_a_pair_goes_where_its_words_are_once_or_is_said_to_be_left_out(source, draft, became, text, left_out):
    assert placing.put_back(source, draft, became) == (text, left_out)


def test_a_place_stands_as_close_to_its_words_as_in_the_source():
    assert placing.closed_up("این است.{1}", "This is it. {1}") == "This is it.{1}"
    assert placing.closed_up("این{1} است.", "This {1} .") == "This{1}."
    assert placing.closed_up("این {1} است.", "This {1} is it.") == "This {1} is it."
