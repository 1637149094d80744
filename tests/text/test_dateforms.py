"""Dates whose month is no word of its own are known by the form that the language has for them."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Dates
from pipeline.text import dateforms, days
from pipeline.text.orthography import letters_and_digits

CHINESE = replace(
    SHIPPED["en"],
    code="zh",
    dates=Dates(
        form="{year}年{month}{day}日", month_form="{year}年{month}", gregorian={f"{n}月": n for n in range(1, 13)}
    ),
)
HEBREW = replace(
    SHIPPED["en"],
    code="he",
    dates=Dates(form="{day} ב{month} {year}", month_form="{month} {year}", gregorian={"אפריל": 4, "דצמבר": 12}),
)
KOREAN = replace(
    SHIPPED["en"],
    code="ko",
    dates=Dates(
        form="{year}년 {month} {day}일", month_form="{year}년 {month}", gregorian={f"{n}월": n for n in range(1, 13)}
    ),
)
VIETNAMESE = replace(
    SHIPPED["en"],
    code="vi",
    dates=Dates(
        form="ngày {day} {month} năm {year}",
        month_form="{month} năm {year}",
        gregorian={f"tháng {n}": n for n in range(1, 13)},
    ),
)


@pytest.mark.parametrize(
    ("language", "text", "parts", "numbers"),
    [
        (CHINESE, "2026年3月15日", [(2026, 3, 15)], []),
        (CHINESE, "（2025年11月8日）的诊断", [(2025, 11, 8)], []),
        (CHINESE, "将在今年6月30日关闭420个", [(None, 6, 30)], [420]),
        (CHINESE, "自 2026 年 12 月 5 日起 420 人", [(2026, 12, 5)], [420]),
        (CHINESE, "自 2024 年 12 月以来", [(2024, 12, None)], []),
        (CHINESE, "自2024年12月以来", [(2024, 12, None)], []),
        (CHINESE, "2026年03月05日", [(2026, 3, 5)], []),
        (HEBREW, "ב־12 באפריל 2026 נסגר", [(2026, 4, 12)], []),
        (HEBREW, "מאז 1 בדצמבר", [(None, 12, 1)], []),
        (KOREAN, "2026년 3월 15일에 420명", [(2026, 3, 15)], [420]),
        (KOREAN, "2025년 11월부터", [(2025, 11, None)], []),
        (VIETNAMESE, "Ngày 15 tháng 3 năm 2026", [(2026, 3, 15)], []),
        (VIETNAMESE, "từ tháng 12 năm 2025", [(2025, 12, None)], []),
    ],
)
def test_a_date_is_read_with_all_that_is_written_onto_its_month(language, text, parts, numbers):
    dates, left = days.read(text, language)
    assert [day.parts for day in dates] == parts
    assert [one.value for one in left] == numbers


def test_a_language_that_writes_nothing_onto_its_months_is_read_as_before():
    for code in ("en", "fa", "de", "fr", "ar"):
        assert dateforms.found(letters_and_digits("12 April 2026, 3. Mai 2020"), SHIPPED[code]) == []
