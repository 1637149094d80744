"""Calls, with and without exclamation marks."""

import pytest

from pipeline.document.slogans import is_refrain
from tests.support.plain import LONG, read


@pytest.mark.parametrize(
    "text",
    [
        "نه تهدید نه زندان، دیگر اثر ندارد", "اتحاد، اتحاد، رمز پیروزی", "نان و کار و آزادی", "زن، زندگی، آزادی",
        "Études pour tous, papiers pour tous", "Un coup contre un seul est un coup contre tous", "No justice, no peace",
    ],
)  # fmt: skip
def test_a_refrain_says_a_word_again_or_one_word_after_another(text):
    assert is_refrain(text)


@pytest.mark.parametrize("line", ["نان -   - کار", "Name   -   -   -", "- -   -", "!   !"])
def test_signs_with_nothing_between_them_are_read(line):
    assert read(f"بیانیه\n\n{LONG}\n\n{line}\n- {line}\n* {line}\n\n{LONG}")


@pytest.mark.parametrize(
    "text", ["دبیر کانون نویسندگان", "Moira Kelleher, branch secretary", "Union of Bakers", "زیبا نیک‌روش، منشی"]
)
def test_names_and_offices_are_no_refrains(text):
    assert not is_refrain(text)


def test_refrains_above_those_who_sign_are_slogans():
    assert read(f"فراخوان\n\n{LONG}\n\nنه تهدید نه زندان\nنان و کار و آزادی\n\nکارگران نورد لوله")[1:] == [
        ("slogan", 5, 5),
        ("slogan", 6, 6),
        ("signature", 8, 8),
    ]


def test_a_call_alone_behind_the_prose_is_a_slogan_and_a_greeting_before_it_is_none():
    text = f"نامه به رئیس\n\nآقای رئیس!\n\n{LONG}\n\n{LONG}\n\nقلم زن شکستنی نیست!\n\nکانون نویسندگان"
    assert read(text)[1:] == [("slogan", 9, 9), ("signature", 11, 11)]
