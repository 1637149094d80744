"""House style is of the page alone: marks and digits of its language where they are meant, and nowhere else."""

import pytest

from pipeline.edition import house
from pipeline.edition.design import Design, Theme
from pipeline.edition.render.pdf import page
from pipeline.languages import SHIPPED
from tests.support.pages import PROSE, built

BOTH = Theme(quotation_marks=True, digits=True)


@pytest.mark.parametrize(
    ("text", "lang", "printed"),
    [
        ('گفت "آزادی" و رفت', "fa", "گفت «آزادی» و رفت"), ('"یک" و "دو".', "fa", "«یک» و «دو»."),
        ('a "word" here', "en", "a “word” here"), ('un "mot" ici', "fr", "un «\u00a0mot\u00a0» ici"),
        ('بلندی 5" است', "fa", 'بلندی ۵" است'), ('"ناتمام است', "fa", '"ناتمام است'),
        ("در سال 1402 و 3.5 درصد", "fa", "در سال ۱۴۰۲ و ۳.۵ درصد"), ("تاریخ 1402/03/05", "fa", "تاریخ ۱۴۰۲/۰۳/۰۵"),
        ("شبکه 5G و CO2 و P5+1", "fa", "شبکه 5G و CO2 و P5+1"), ("در a2024@example.org", "fa", "در a2024@example.org"),
        ("از https://example.org/2024/12 بخوانید", "fa", "از https://example.org/2024/12 بخوانید"),
        ("تلفن +98 (0)21 5550 4321", "fa", "تلفن +98 (0)21 5550 4321"), ("واژه{1} و 12{2}", "fa", "واژه{1} و ۱۲{2}"),
        ("#2024 و @user7 و v2.0.1", "fa", "#2024 و @user7 و v2.0.1"), ("in 1402 and ۱۴۰۲", "en", "in 1402 and ۱۴۰۲"),
        ("1.2.3a", "fa", "1.2.3a"),
    ],
)  # fmt: skip
def test_marks_and_digits_are_those_of_the_language_where_they_are_meant(text, lang, printed):
    assert house.styled(text, SHIPPED[lang], BOTH) == printed
    assert house.styled(text, SHIPPED[lang], Theme()) == text


def test_the_page_has_the_style_and_the_edition_keeps_its_text():
    one = built(f'عنوان 7\n{PROSE} گفت "نه".', lambda text: text)
    made = page.html(one, Design(theme=BOTH), release=True)
    assert "۷" in made and "«نه»" in made
    assert any('"نه"' in passage.source for row in one.rows for passage in row.passages)
