"""What comes out of a PDF is put in the order a reader expects, and what cannot be known is said."""

import pytest

from pipeline.document.extraction import cleaned
from tests.support.growth import is_steep

RLE, LRE, PDF = "\u202b", "\u202a", "\u202c"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (f"{RLE}تهران{LRE} ،{PDF}تبریز{PDF}", "تهران، تبریز"),
        (f"{RLE}دست‌کم {LRE} ۲۱۴{PDF}دانشجو{PDF}", "دست‌کم ۲۱۴ دانشجو"),
        (f"{RLE}{LRE}( ۵٫۳{PDF}با مزایا {LRE})۸٫۱{PDF}{PDF}", "۵٫۳ (با مزایا ۸٫۱)"),
        (f"{RLE}{LRE}.{PDF}پایان{PDF}", ".پایان"),
        ("A plain line, 2 (of 3).", "A plain line, 2 (of 3)."),
        ("\uf0b7 یک", "• یک"),
        ("ه گفت‌وگو\nبر پای \u0654\n", "بر پایه\u0654 گفت‌وگو"),
        ("ه گزارش\nه انگلیسی به صفح \u0654\nبرای نسخ \u0654", "برای نسخه\u0654 انگلیسی به صفحه\u0654 گزارش"),
    ],
)
def test_signs_stand_where_a_reader_meets_them(printed, text):
    assert cleaned(printed).text == f"{text}\n"


def test_what_stands_on_every_page_is_left_out_and_said():
    pages = "".join(f"Report of the council\n\nText {'abcd'[number]}.\n\n{number}\n\f" for number in range(4))
    extracted = cleaned(pages)
    assert extracted.text == "Text a.\n\nText b.\n\nText c.\n\nText d.\n"
    assert any("«Report of the council»" in doubt for doubt in extracted.doubts)


def test_what_looks_like_the_head_or_foot_of_pages_inside_a_text_stays_in_it():
    votes = [(7, 3), (12, 9), (5, 5), (8, 1)]
    pages = "".join(
        f"Article {number + 1}\n\nArticle {number}\n\nFor:\n{yes}\n\nAgainst:\n\n{no}\n\n{number}\n\f"
        for number, (yes, no) in enumerate(votes, 1)
    )
    extracted = cleaned(pages)
    assert (
        extracted.text
        == "\n\n".join(
            f"Article {number}\n\nFor:\n{yes}\n\nAgainst:\n\n{no}" for number, (yes, no) in enumerate(votes, 1)
        )
        + "\n"
    )
    assert extracted.doubts == (
        "left out 4 times at the head or foot of a page, because it stands on most: «1», «2», «3», «4»",
        "left out 4 times at the head or foot of a page, because it stands on most: «Article 2», «Article 3», «Article 4», «Article 5»",
    )  # fmt: skip


def test_a_number_at_the_head_of_a_page_is_text_where_numbers_of_pages_stand_at_the_foot():
    pages = [f"{text}\n\nMore of {text}.\n\n{number}\n" for number, text in enumerate(("a", "1999", "b", "c"), 1)]
    assert "1999\n\nMore of 1999.\n\nb" in cleaned("\f".join(pages)).text


def test_what_stands_at_the_head_and_the_foot_of_a_page_is_counted_as_often_as_it_goes():
    pages = [
        f"The Report\n\n{text} is\n\nwhat {text} was\n\nThe Report\n" for text in ("Bread", "Work", "Peace", "Land")
    ]
    assert cleaned("\f".join(pages)).doubts == (
        "left out 8 times at the head or foot of a page, because it stands on most: «The Report»",
    )


def test_a_line_that_two_pages_share_is_text():
    assert cleaned("Yes.\n\fYes.\n\f").text == "Yes.\n\nYes.\n"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("متن\f\f", "no text on page 2: a picture, perhaps a scan"),
        ("جنبش انقالب و عالقه", "as in «انقالب», «عالقه»"),
        ("یک\nبر پای \u0654", "line 2"),
        ("\ue123", "signs that no other font has: line 1"),
        ("آنها می روند", "no non-joiner"),
    ],
)
def test_what_is_doubtful_is_said(printed, words):
    assert any(words in doubt for doubt in cleaned(printed).doubts)
    assert cleaned("متنی بی‌گمان و درست.").doubts == ()


def test_what_could_control_a_terminal_is_left_out_and_said():
    extracted = cleaned("a\x1b[31mb\x9b\nc\f")
    assert extracted.text == "a[31mb\nc\n" and extracted.doubts == (
        "2 characters that are no text, and could control a terminal, are left out",
    )


def test_of_many_pages_without_text_a_few_are_named():
    assert len("".join(cleaned("\f" * 1_000 + "a").doubts)) < 200


def test_lines_that_are_torn_again_and_again_take_time_in_proportion_to_their_number():
    """A PDF of twenty kilobytes has a hundred thousand of them."""
    torn = "ه x \u0654\n"
    assert cleaned(torn * 3).text == "ه xه\u0654 xه\u0654 x \u0654\n"
    assert not is_steep(cleaned, lambda size: torn * (size // len(torn)), 400_000)
