"""Words of others: quoted mail, equally deep lines together; and what stands apart in quotation marks."""

from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from tests.support.plain import PROSE


def blocks(text: str) -> list[tuple[str, str, int, int]]:
    return [
        (block.kind.value, block.text, block.first, block.last) for block in propose(text.split("\n"), SHIPPED["fa"])
    ]


def test_quoted_mail_is_one_block_as_far_as_it_is_equally_deep():
    found = blocks(f"{PROSE}\n\n> یک\n> دو\n>> سه\n\n{PROSE}")
    assert found[1:3] == [("quotation", "یک\nدو", 3, 4), ("quotation", "سه", 5, 5)]


def test_a_sign_alone_parts_the_paragraphs_of_quoted_mail():
    found = blocks(f"{PROSE}\n\n> یک\n> باز\n>\n> دو\n>\n\n{PROSE}")
    assert found[1:3] == [("quotation", "یک\nباز", 3, 4), ("quotation", "دو", 6, 6)]


def test_what_a_colon_announces_in_quotation_marks_is_a_quotation():
    said = "«ما هرگز از خواسته‌های خود دست برنمی‌داریم و تا پایان می‌ایستیم.»"
    assert blocks(f"{PROSE}\n\nاو گفت:\n\n{said}\n\n{PROSE}")[2] == ("quotation", said, 5, 5)


def test_a_quotation_inside_a_sentence_is_a_part_of_its_paragraph():
    line = f"او گفت «نه» و رفت. {PROSE}"
    assert blocks(f"{PROSE}\n\n{line}")[1] == ("paragraph", line, 3, 3)


def test_words_in_quotation_marks_above_the_name_of_their_author_are_a_quotation():
    said = "«هر کتابی که سوزانده شود جهان را روشن می‌کند.»"
    found = blocks(f"زنی که ماند\n\n{said}\nرالف امرسون\n\n{PROSE}")
    assert found[1:3] == [("quotation", said, 3, 3), ("caption", "رالف امرسون", 4, 4)]


def test_lines_that_alone_are_indented_between_gaps_are_a_quotation():
    letter = "    آقای رئیس، برای آزادی هفت چاپگر می نویسم که در زندان اند\n    و به هیچ کس آسیبی نرسانده اند."
    assert [kind for kind, *_ in blocks(f"نمونه\n\n{PROSE}\n\n{letter}\n\n{PROSE}")] == [
        "title", "paragraph", "quotation", "paragraph",
    ]  # fmt: skip


def test_a_paragraph_in_quotation_marks_from_beginning_to_end_is_a_quotation():
    said = "«قانونی که در تاریکی نوشته شود نور را نمی بیند.»"
    assert blocks(f"{PROSE}\n\n{said}\n\n{PROSE}")[1] == ("quotation", said, 3, 3)
    assert blocks(f"{PROSE}\n\n«نه» گفت و «بله» شنید و باز «نه» گفت.\n\n{PROSE}")[1][0] == "paragraph"
