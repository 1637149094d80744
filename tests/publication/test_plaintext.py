"""A text without any markup."""

from dataclasses import replace

import pytest
from bidi import get_display

from pipeline.edition.content import Phrase, StyledRun
from pipeline.edition.direction import LRI, LRM, PDI, RLI, RLM
from pipeline.languages import SHIPPED
from pipeline.model import Kind, MarkKind
from pipeline.publication import plaintext
from tests.support import rich
from tests.support.published import published

FA, EN = SHIPPED["fa"], SHIPPED["en"]


def test_the_structure_of_a_text_is_read_from_its_lines():
    text = plaintext.joined(plaintext.paragraphs(published("fa").text, FA))
    assert text.startswith("[شورا]\n\nگزارش سال\n\n")
    assert "بخش دوم\nاین متن" in text and "خیابان یک\nشهر دو\n\n۱- مورد نخست\n    • مورد درونی\n" in text
    assert "شهر | شمار کارگران | یادداشت[۲]\nتهران | ۱۲ | –\n" in text
    assert "مصراع نخست این است\nمصراع دوم این است\nمصراع سوم" in text
    assert "رضا احمدی\nدبیر\n\nمریم کریمی\nخزانه‌دار" in text
    assert text.index("است.[۱]") < text.index("* * *\n\n[۱] یادداشت نخست")


def test_links_are_written_out_once_behind_their_words():
    mixed = (
        Phrase((StyledRun("سازمان ", link="https://ilo.org"),)),
        Phrase(
            (StyledRun("ILO", (MarkKind.STRONG,), "https://ilo.org"), StyledRun("+", link="https://ilo.org")), "ltr"
        ),
    )
    assert plaintext.said(mixed, FA) == f"سازمان {LRI}ILO+ (https://ilo.org){PDI}"
    bare = (Phrase((StyledRun("office@example.org", link="mailto:office@example.org"),)),)
    assert plaintext.said(bare, EN) == "office@example.org"


def test_what_reads_in_the_other_direction_is_isolated_on_each_of_its_lines():
    words = (
        Phrase((StyledRun("سلام"), StyledRun("", is_break=True), StyledRun("دوست")), "rtl"),
        Phrase((StyledRun("!"),)),
    )
    assert plaintext.said(words, EN) == f"{RLI}سلام{PDI}\n{RLI}دوست{PDI}!"


@pytest.mark.parametrize(("lang", "base"), [("fa", "R"), ("ar", "R"), ("en", "L")])
def test_every_line_reads_in_the_direction_of_its_language_where_a_program_takes_it_from_the_letters(lang, base):
    blocks = (
        rich.block(Kind.PARAGRAPH, "ILO (2016) را خواندیم."),
        rich.block(Kind.HEADING, "«سلام» ۱ / ۲", level=2),
        rich.block(Kind.CONTACT, "+98 (0)21 5550 4321"),
        rich.block(Kind.LIST_ITEM, "WFTU", marker="a)", depth=1),
    )
    edition = rich.edition(*([lang] if lang != "fa" else []), blocks=blocks)
    text = plaintext.joined(plaintext.paragraphs(published(lang, edition).text, SHIPPED[lang]))
    assert "(2016)" in text
    for line in filter(None, text.split("\n")):
        is_neutral = not any(letter.isalpha() for letter in line)
        assert is_neutral or get_display(line) == get_display(line, base_dir=base)


def test_a_line_that_begins_in_the_wrong_direction_has_a_mark_before_it():
    assert plaintext.led(f"{RLI}سلام{PDI} 5", EN) == f"{LRM}{RLI}سلام{PDI} 5"
    assert plaintext.led("سلام dear", EN) == f"{LRM}سلام dear"
    assert plaintext.led("ILO سلام", FA) == f"{RLM}ILO سلام" and plaintext.led("۱ / ۲", FA) == f"{RLM}۱ / ۲"
    assert plaintext.led(f"{LRI}ILO{PDI} سلام", FA) == f"{LRI}ILO{PDI} سلام"
    assert plaintext.led("", FA) == "" and plaintext.led("1916", EN) == "1916"


def test_a_raised_number_is_no_digit_of_the_number_before_it():
    words = (
        Phrase((StyledRun("10"), StyledRun("۲", (MarkKind.SUPERSCRIPT,)), StyledRun("er", (MarkKind.SUPERSCRIPT,)))),
    )
    assert plaintext.said(words, EN) == "10²er"


def test_an_editorial_title_and_remarks_stand_in_brackets():
    text = published("en").text
    first = replace(text.blocks[3], remarks=("A remark.",))
    found = plaintext.joined(
        plaintext.paragraphs(replace(text, title="A title", title_is_editorial=True, blocks=(first,)), EN)
    )
    assert "[A title]" in found and found.endswith("\n[Translator’s note: A remark.]")
